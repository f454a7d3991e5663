//! Places the firms of a fair that is given as a file: `place FILE.json [--seconds N] [--seed N] [--steps N] [--json]`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks to who runs it")]

use std::process::ExitCode;
use std::time::Instant;

use hoicho::domain::placing::search::Watch;
use hoicho::domain::placing::solve::{self, Settings, Solution};
use hoicho::domain::placing::{Problem, Score, Tier};
use hoicho::exchange::placing_file;

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
        let mut number = || {
            let number = args.next().and_then(|text| text.parse::<f64>().ok()).filter(|number| *number >= 0.0);
            number.ok_or(format!("{arg} needs a number that is not negative"))
        };
        match arg.as_str() {
            "--seconds" => asked.seconds = number()?.clamp(0.05, 1e6),
            "--seed" => asked.settings.seed = number()? as u64,
            "--steps" => asked.settings.steps = number()? as u64,
            "--threads" => asked.settings.threads = number()?.clamp(1.0, 2.0) as usize,
            "--json" => asked.json = true,
            "--talk" => asked.talk = true,
            _ if !arg.starts_with("--") && asked.file.is_empty() => asked.file = arg,
            _ => return Err(format!("what is {arg}?")),
        }
    }
    if asked.file.is_empty() { Err("which file?".to_owned()) } else { Ok(asked) }
}

fn show(problem: &Problem, solution: &Solution, seconds: f64, as_json: bool) {
    if as_json {
        println!("{}", placing_file::answer(problem, solution, seconds));
        return;
    }
    for tier in Tier::USUAL {
        let (value, bound) = (solution.score.get(tier), solution.bounds.get(tier));
        let proof = if value == bound { "proven" } else { "open" };
        println!("{:5} {value:>8}  at most {bound:>8}  {proof}", placing_file::key(tier));
    }
    println!("{seconds:.2} s");
}

fn run(asked: &Asked) -> Result<(), String> {
    let from = Instant::now();
    let text = std::fs::read_to_string(&asked.file).map_err(|error| format!("{}: {error}", asked.file))?;
    let problem = placing_file::read(&text).map_err(|words| format!("{}: {}", asked.file, words.en))?;
    let watch = Clock { from, seconds: asked.seconds, talk: asked.talk };
    let solution = solve::solve(&problem, &asked.settings, &watch);
    show(&problem, &solution, from.elapsed().as_secs_f64(), asked.json);
    Ok(())
}

fn main() -> ExitCode {
    let asked = match asked() {
        Ok(asked) => asked,
        Err(wrong) => {
            eprintln!("{wrong}");
            return ExitCode::from(2);
        }
    };
    match run(&asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(wrong) => {
            eprintln!("{wrong}");
            ExitCode::FAILURE
        }
    }
}
