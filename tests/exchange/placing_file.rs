//! Fairs to be placed as plain files: what cannot be read is said with its place, and nothing brings the solver down.

use hoicho::domain::placing::search::Watch;
use hoicho::domain::placing::solve::{Settings, solve};
use hoicho::exchange::placing_file::{answer, read};
use proptest::prelude::*;
use serde_json::Value;

/// A clock that stands still: the steps end the search.
struct Still;

impl Watch for Still {
    fn spent(&self) -> u32 {
        0
    }
}

fn placed(text: &str) -> Value {
    let problem = read(text).unwrap_or_else(|words| panic!("{text}: {}", words.en));
    let settings = Settings { steps: 200, ..Settings::default() };
    answer(&problem, &solve(&problem, &settings, &Still), 0.0)
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    let booths = |inner: &str| format!("{{\"booths\": [{inner}], \"firms\": [{{\"id\": 0}}]}}");
    let firms = |inner: &str| format!("{{\"booths\": [{{\"id\": 0}}], \"firms\": [{inner}]}}");
    let rest = |inner: &str| format!("{{\"booths\": [], \"firms\": [{{\"id\": 0}}, {{\"id\": 1}}], {inner}}}");
    for (text, said) in [
        (String::new(), "no readable JSON"),
        ("[]".to_owned(), "no list “booths”"),
        ("{\"booths\": {}}".to_owned(), "no list “booths”"),
        ("{\"booths\": []}".to_owned(), "no list “firms”"),
        (booths("{\"x_m\": \"far\"}"), "booths, entry 1: x_m cannot be read: \"far\""),
        (booths("{\"x_m\": 1e300}"), "entry 1: x_m cannot be read"),
        (booths("{\"w_m\": -3}"), "entry 1: w_m cannot be read"),
        (booths("{\"hall\": -1}"), "entry 1: hall cannot be read"),
        (booths("{\"status\": \"gone\"}"), "entry 1: status cannot be read"),
        (booths("{\"water\": 1}"), "entry 1: water cannot be read"),
        (booths("{\"id\": [1]}"), "entry 1: its id cannot be read"),
        (booths("{\"id\": 4}, {\"id\": 4}"), "the id 4 is there twice (entries 1 and 2)"),
        (booths("{\"attractiveness\": 1e9}"), "too large"),
        (firms("{\"booths\": 0}"), "firms, entry 1: booths cannot be read"),
        (firms("{\"booths\": -2}"), "booths cannot be read"),
        (firms("{\"booths\": \"two\"}"), "booths cannot be read"),
        (firms("{\"priority\": 1e11}"), "too large"),
        (firms("{\"wishes\": [0, 7]}"), "firms, entry 1: there is no 7 in “booths”"),
        (firms("{\"pinned\": 0}"), "entry 1: pinned cannot be read"),
        (rest("\"competitor_groups\": [[0, 9]]"), "competitor_groups, entry 1: there is no 9 in “firms”"),
        (rest("\"competitor_groups\": 3"), "competitor_groups, entry 1: it cannot be read"),
        (rest("\"together\": [[0, 1], [1]]"), "together, entry 2: two firms are needed"),
    ] {
        let told = read(&text).map(|_| String::new()).unwrap_or_else(|words| words.en.to_string());
        assert!(told.contains(said), "{text}: {told}");
    }
}

#[test]
fn a_fair_without_booths_without_firms_or_without_room_is_placed_as_far_as_it_goes() {
    let booth = "{\"id\": \"A1\", \"w_m\": 3, \"h_m\": 3, \"price_kvnd\": 9}";
    for (booths, firms, count) in [
        ("", "", 0),
        ("", "{\"id\": 0}", 0),
        (booth, "", 0),
        ("{\"id\": \"A1\", \"status\": \"blocked\"}", "{\"id\": 0}", 0),
        (booth, "{\"id\": 0, \"booths\": 1000000000000}", 0),
        (booth, "{\"id\": 0, \"max_price_kvnd\": 8}", 0),
        (booth, "{\"id\": 0, \"needs_water\": true}", 0),
        (booth, "{\"id\": 0, \"wishes\": [\"A1\", \"A1\"]}, {\"id\": 1, \"priority\": 1}", 1),
    ] {
        let found = placed(&format!("{{\"booths\": [{booths}], \"firms\": [{firms}]}}"));
        assert_eq!(found["tiers"]["n"], count, "{booths} {firms}: {found}");
        assert_eq!((&found["bounds"]["n"], &found["proven"]["n"]), (&count.into(), &true.into()), "{found}");
        assert_eq!(found["plan"].as_object().unwrap().len(), usize::from(count == 1));
    }
    // The firm of more points gets the booth, by their names.
    let found =
        placed(&format!("{{\"booths\": [{booth}], \"firms\": [{{\"id\": \"HTX\"}}, {{\"id\": 7, \"priority\": 1}}]}}"));
    assert_eq!(found["plan"], serde_json::json!({"7": ["A1"]}));
    let keys: Vec<&str> = found["tiers"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys.len(), 7);
    assert!(["n", "pri", "zone", "sep", "co", "wish", "qual"].iter().all(|key| keys.contains(key)), "{keys:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_file_brings_it_down(
        text in any::<String>(),
        booths in prop::collection::vec((0..4_i64, -1..4_i64, any::<bool>()), 0..4),
        firms in prop::collection::vec((0..3_i64, -2..3_i64, prop::collection::vec(0..4_i64, 0..3)), 0..4),
    ) {
        let _ = read(&text);
        let booths: Vec<Value> = booths.iter().map(|(x, w, water)| serde_json::json!({"x_m": x, "w_m": w, "h_m": 3, "water": water})).collect();
        let firms: Vec<Value> = firms
            .iter()
            .map(|(booths, priority, wishes)| serde_json::json!({"booths": booths, "priority": priority, "wishes": wishes, "pinned": wishes}))
            .collect();
        let file = serde_json::json!({"booths": booths, "firms": firms, "competitor_groups": [[0, 1]]}).to_string();
        if let Ok(problem) = read(&file) {
            let solution = solve(&problem, &Settings { steps: 50, ..Settings::default() }, &Still);
            prop_assert!(answer(&problem, &solution, 1.0)["tiers"]["n"].is_number());
        }
    }
}
