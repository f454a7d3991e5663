//! Places the firms of a fair that is given as a file: `place FILE.json [--seconds N] [--seed N] [--steps N] [--json]`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks to who runs it")]

use std::process::ExitCode;
use std::time::Instant;

use hoicho::domain::placing::search::Watch;
use hoicho::domain::placing::solve::{self, Settings, Solution};
use hoicho::domain::placing::{Firm, Problem, Rect, Score, Spot, Standing, Tier};
use serde_json::{Map, Value, json};

/// The time that may be used.
struct Clock {
    from: Instant,
    seconds: f64,
    talk: bool,
}

impl Watch for Clock {
    fn spent(&self) -> u32 {
        (self.from.elapsed().as_secs_f64() / self.seconds * 1000.0) as u32
    }

    fn bounded(&self, tier: Tier, bound: i64) {
        if self.talk {
            eprintln!("{:7.2} s  {} at most {bound}", self.from.elapsed().as_secs_f64(), tier.key());
        }
    }

    fn better(&self, score: &Score) {
        if self.talk {
            eprintln!("{:7.2} s  {:?}", self.from.elapsed().as_secs_f64(), score.0);
        }
    }
}

/// What was asked for.
struct Asked {
    file: String,
    seconds: f64,
    settings: Settings,
    json: bool,
    talk: bool,
}

fn asked() -> Result<Asked, String> {
    let mut asked = Asked {
        file: String::new(),
        seconds: 20.0,
        settings: Settings { steps: u64::MAX, ..Settings::default() },
        json: false,
        talk: false,
    };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut number =
            || args.next().and_then(|text| text.parse::<f64>().ok()).ok_or(format!("{arg} needs a number"));
        match arg.as_str() {
            "--seconds" => asked.seconds = number()?.max(0.05),
            "--seed" => asked.settings.seed = number()? as u64,
            "--steps" => asked.settings.steps = number()? as u64,
            "--threads" => asked.settings.threads = number()? as usize,
            "--json" => asked.json = true,
            "--talk" => asked.talk = true,
            _ if !arg.starts_with("--") && asked.file.is_empty() => asked.file = arg,
            _ => return Err(format!("what is {arg}?")),
        }
    }
    if asked.file.is_empty() { Err("which file?".to_owned()) } else { Ok(asked) }
}

/// The fair of a file. What is left out is false, zero or nobody.
fn problem(fair: &Value) -> Result<Problem, String> {
    let list = |key: &str| fair.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let truth = |value: &Value, key: &str| value.get(key).and_then(Value::as_bool).unwrap_or_default();
    let whole = |value: &Value, key: &str| {
        value.get(key).and_then(|number| number.as_i64().or_else(|| number.as_f64().map(|n| n.round() as i64)))
    };
    let cm =
        |value: &Value, key: &str| (value.get(key).and_then(Value::as_f64).unwrap_or_default() * 100.0).round() as i64;
    let indices = |value: Option<&Value>| -> Vec<usize> {
        let numbers = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        numbers.iter().filter_map(Value::as_u64).map(|number| number as usize).collect()
    };
    let mut zones: Vec<String> = Vec::new();
    let mut zone = |value: &Value| {
        let name = value.get("zone").filter(|zone| !zone.is_null())?.to_string();
        let at = zones.iter().position(|known| *known == name).unwrap_or_else(|| {
            zones.push(name);
            zones.len() - 1
        });
        Some(at as u32)
    };
    let mut problem = Problem::default();
    for booth in list("booths") {
        problem.spots.push(Spot {
            code: whole(&booth, "id").map(|id| id.to_string()).unwrap_or_default(),
            hall: whole(&booth, "hall").unwrap_or_default() as u32,
            rect: Rect {
                x_cm: cm(&booth, "x_m"),
                y_cm: cm(&booth, "y_m"),
                w_cm: cm(&booth, "w_m"),
                h_cm: cm(&booth, "h_m"),
            },
            zone: zone(&booth),
            water: truth(&booth, "water"),
            power: truth(&booth, "power_3kw"),
            accessible: truth(&booth, "accessible"),
            corner: truth(&booth, "corner"),
            prime: truth(&booth, "prime"),
            attractiveness: whole(&booth, "attractiveness").unwrap_or_default(),
            price: whole(&booth, "price_kvnd").unwrap_or_default(),
            standing: match booth.get("status").and_then(Value::as_str) {
                None | Some("free") => Standing::Free,
                Some("held") => Standing::Held,
                Some(_) => Standing::Blocked,
            },
        });
    }
    for firm in list("firms") {
        problem.firms.push(Firm {
            name: whole(&firm, "id").map(|id| id.to_string()).unwrap_or_default(),
            booths: whole(&firm, "booths").unwrap_or(1).max(0) as usize,
            zone: zone(&firm),
            priority: whole(&firm, "priority").unwrap_or_default(),
            received: whole(&firm, "received_min").unwrap_or_default(),
            needs_water: truth(&firm, "needs_water"),
            needs_power: truth(&firm, "needs_power_3kw"),
            needs_accessible: truth(&firm, "needs_accessible"),
            price_limit: whole(&firm, "max_price_kvnd").filter(|limit| *limit != 0),
            prime_last_year: truth(&firm, "prime_last_year"),
            wishes: indices(firm.get("wishes")),
            pinned: indices(firm.get("pinned")),
            stands: Vec::new(),
            allowed: None,
        });
    }
    problem.rivals = list("competitor_groups").iter().map(|group| indices(Some(group))).collect();
    for pair in list("together") {
        if let [one, other] = indices(Some(&pair)).as_slice() {
            problem.together.push((*one, *other));
        }
    }
    problem.check().map_err(|unsound| format!("{unsound:?}"))?;
    Ok(problem)
}

fn by_key(values: impl Fn(Tier) -> Value) -> Value {
    Value::Object(Tier::USUAL.iter().map(|tier| (tier.key().to_owned(), values(*tier))).collect::<Map<_, _>>())
}

fn show(solution: &Solution, seconds: f64, as_json: bool) {
    if as_json {
        let plan: Map<String, Value> = solution
            .plan
            .spots
            .iter()
            .enumerate()
            .filter(|(_, spots)| !spots.is_empty())
            .map(|(firm, spots)| (firm.to_string(), json!(spots)))
            .collect();
        let answer = json!({
            "tiers": by_key(|tier| json!(solution.score.get(tier))),
            "bounds": by_key(|tier| json!(solution.bounds.get(tier))),
            "proven": by_key(|tier| json!(solution.bounds.get(tier) == solution.score.get(tier))),
            "seconds": seconds,
            "plan": plan,
        });
        println!("{answer}");
        return;
    }
    for tier in Tier::USUAL {
        let (value, bound) = (solution.score.get(tier), solution.bounds.get(tier));
        let proof = if value == bound { "proven" } else { "open" };
        println!("{:5} {value:>8}  at most {bound:>8}  {proof}", tier.key());
    }
    println!("{seconds:.2} s");
}

fn run() -> Result<(), String> {
    let from = Instant::now();
    let asked = asked()?;
    let text = std::fs::read_to_string(&asked.file).map_err(|error| format!("{}: {error}", asked.file))?;
    let fair: Value = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", asked.file))?;
    let problem = problem(&fair)?;
    let watch = Clock { from, seconds: asked.seconds, talk: asked.talk };
    let solution = solve::solve(&problem, &asked.settings, &watch);
    show(&solution, from.elapsed().as_secs_f64(), asked.json);
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(wrong) => {
            eprintln!("{wrong}");
            ExitCode::FAILURE
        }
    }
}
