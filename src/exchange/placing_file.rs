//! A fair to be placed as a plain file, without a book: the form of the instances by which the placing is measured.
//!
//! ```json
//! {"booths": [{"id": 0, "x_m": 0, "y_m": 0, "w_m": 3, "h_m": 3, "zone": "z0", "water": true, "status": "free"}],
//!  "firms":  [{"id": 0, "booths": 1, "zone": "z0", "priority": 57, "wishes": [0], "pinned": []}],
//!  "competitor_groups": [[0, 3]], "together": [[1, 2]]}
//! ```
//!
//! Booths and firms are named by their `id`, else by their place in the list. What is left out is false, zero or nobody; what is
//! there and cannot be read is refused with its place.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::base::words::Words;
use crate::domain::placing::problem::Unsound;
use crate::domain::placing::solve::Solution;
use crate::domain::placing::{Firm, Problem, Rect, Spot, Standing, Tier};
use crate::say;

/// Most booths and most firms of one file.
const MOST: usize = 20_000;
/// No number of a file is larger.
const LARGEST: f64 = 1e12;
/// The tiers as the files call them.
const KEYS: [(Tier, &str); 7] = [
    (Tier::Placed, "n"),
    (Tier::Priority, "pri"),
    (Tier::Zone, "zone"),
    (Tier::Separation, "sep"),
    (Tier::Partners, "co"),
    (Tier::Wishes, "wish"),
    (Tier::Quality, "qual"),
];

/// How the files call a tier; nothing for one that they do not have.
#[must_use]
pub fn key(tier: Tier) -> &'static str {
    KEYS.iter().find(|(known, _)| *known == tier).map_or("", |(_, key)| key)
}

/// Reads a fair.
///
/// # Errors
/// In words with the place: what is no JSON, no fair, or cannot be read in it.
pub fn read(text: &str) -> Result<Problem, Words> {
    let file: Json = serde_json::from_str(text)
        .map_err(|fault| say!("Không phải JSON đọc được: {fault}.", "This is no readable JSON: {fault}."))?;
    let (booths, firms) = (list(&file, "booths")?, list(&file, "firms")?);
    let (booth_at, firm_at) = (numbered(booths, "booths")?, numbered(firms, "firms")?);
    let mut zones: BTreeMap<String, u32> = BTreeMap::new();
    let mut problem = Problem::default();
    for (place, booth) in booths.iter().enumerate() {
        problem.spots.push(spot(&Entry { list: "booths", place, value: booth }, &mut zones)?);
    }
    for (place, firm) in firms.iter().enumerate() {
        problem.firms.push(applicant(&Entry { list: "firms", place, value: firm }, &booth_at, &mut zones)?);
    }
    for group in groups(&file, "competitor_groups", &firm_at)? {
        problem.rivals.push(group);
    }
    for (place, pair) in groups(&file, "together", &firm_at)?.into_iter().enumerate() {
        let [one, other] = pair.as_slice() else {
            let number = place + 1;
            return Err(say!(
                "together, mục {number}: cần đúng hai đơn vị.",
                "together, entry {number}: two firms are needed."
            ));
        };
        problem.together.push((*one, *other));
    }
    problem.check().map_err(|unsound| match unsound {
        Unsound::TooLarge => Words::new("Một số trong tệp quá lớn.", "A number of the file is too large."),
        _ => say!("Tệp không nhất quán: {unsound:?}.", "The file contradicts itself: {unsound:?}."),
    })?;
    Ok(problem)
}

fn list<'a>(file: &'a Json, key: &str) -> Result<&'a [Json], Words> {
    let found = file.get(key).and_then(Json::as_array);
    let found = found.ok_or_else(|| say!("Tệp không có danh sách “{key}”.", "The file has no list “{key}”."))?;
    if found.len() > MOST {
        return Err(say!("“{key}” có hơn {MOST} mục.", "“{key}” has more than {MOST} entries."));
    }
    Ok(found)
}

/// How an entry is called: a number or a text.
fn name(value: &Json) -> Option<String> {
    match value {
        Json::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The place of every entry by its name.
fn numbered(entries: &[Json], list: &str) -> Result<BTreeMap<String, usize>, Words> {
    let mut places = BTreeMap::new();
    for (place, entry) in entries.iter().enumerate() {
        let id = entry.get("id").map_or_else(|| Some(place.to_string()), name);
        let number = place + 1;
        let id = id.ok_or_else(|| {
            say!("{list}, mục {number}: id không đọc được.", "{list}, entry {number}: its id cannot be read.")
        })?;
        if let Some(first) = places.insert(id.clone(), place) {
            let first = first + 1;
            return Err(say!(
                "{list}: id {id} có hai lần (mục {first} và {number}).",
                "{list}: the id {id} is there twice (entries {first} and {number})."
            ));
        }
    }
    Ok(places)
}

/// Groups of firms as places in the list of firms.
fn groups(file: &Json, key: &str, firm_at: &BTreeMap<String, usize>) -> Result<Vec<Vec<usize>>, Words> {
    let Some(value) = file.get(key).filter(|value| !value.is_null()) else { return Ok(Vec::new()) };
    let wrong =
        |number: usize| say!("{key}, mục {number}: không đọc được.", "{key}, entry {number}: it cannot be read.");
    let all = value.as_array().ok_or_else(|| wrong(1))?;
    let group = |(place, group): (usize, &Json)| {
        let firms = group.as_array().ok_or_else(|| wrong(place + 1))?;
        firms.iter().map(|firm| known(firm, firm_at, key, place, "firms")).collect()
    };
    all.iter().enumerate().map(group).collect()
}

fn known(value: &Json, at: &BTreeMap<String, usize>, list: &str, place: usize, of: &str) -> Result<usize, Words> {
    let number = place + 1;
    let id = name(value)
        .ok_or_else(|| say!("{list}, mục {number}: không đọc được.", "{list}, entry {number}: it cannot be read."))?;
    at.get(&id).copied().ok_or_else(|| {
        say!("{list}, mục {number}: không có {id} trong “{of}”.", "{list}, entry {number}: there is no {id} in “{of}”.")
    })
}

/// One entry of a list, for its fields and for what is said of them.
struct Entry<'a> {
    list: &'static str,
    place: usize,
    value: &'a Json,
}

impl Entry<'_> {
    fn wrong(&self, key: &str) -> Words {
        let (list, number) = (self.list, self.place + 1);
        let said: String = self.value.get(key).map(Json::to_string).unwrap_or_default().chars().take(40).collect();
        say!(
            "{list}, mục {number}: {key} không đọc được: {said}.",
            "{list}, entry {number}: {key} cannot be read: {said}."
        )
    }

    /// A field that is there and says something.
    fn said(&self, key: &str) -> Option<&Json> {
        self.value.get(key).filter(|value| !value.is_null())
    }

    fn truth(&self, key: &str) -> Result<bool, Words> {
        self.said(key).map_or(Ok(false), |value| value.as_bool().ok_or_else(|| self.wrong(key)))
    }

    #[expect(clippy::cast_possible_truncation, reason = "bounded above")]
    fn scaled(&self, key: &str, by: f64) -> Result<i64, Words> {
        let Some(value) = self.said(key) else { return Ok(0) };
        let number = value.as_f64().filter(|number| number.abs() <= LARGEST).ok_or_else(|| self.wrong(key))?;
        Ok((number * by).round() as i64)
    }

    fn whole(&self, key: &str) -> Result<i64, Words> {
        self.scaled(key, 1.0)
    }

    fn zone(&self, zones: &mut BTreeMap<String, u32>) -> Option<u32> {
        let name = self.said("zone")?.to_string();
        let next = u32::try_from(zones.len()).unwrap_or(u32::MAX);
        Some(*zones.entry(name).or_insert(next))
    }

    fn booths(&self, key: &str, at: &BTreeMap<String, usize>) -> Result<Vec<usize>, Words> {
        let Some(value) = self.said(key) else { return Ok(Vec::new()) };
        let booths = value.as_array().ok_or_else(|| self.wrong(key))?;
        let mut found = Vec::new();
        for booth in booths {
            let place = known(booth, at, self.list, self.place, "booths")?;
            // A wish that is written twice is one.
            if !found.contains(&place) {
                found.push(place);
            }
        }
        Ok(found)
    }

    fn called(&self) -> String {
        self.value.get("id").and_then(name).unwrap_or_else(|| self.place.to_string())
    }
}

fn spot(entry: &Entry<'_>, zones: &mut BTreeMap<String, u32>) -> Result<Spot, Words> {
    let standing = match entry.said("status").map(|status| status.as_str()) {
        None | Some(Some("free")) => Standing::Free,
        Some(Some("held")) => Standing::Held,
        Some(Some("blocked")) => Standing::Blocked,
        Some(_) => return Err(entry.wrong("status")),
    };
    let cm = |key: &str| entry.scaled(key, 100.0);
    let rect = Rect { x_cm: cm("x_m")?, y_cm: cm("y_m")?, w_cm: cm("w_m")?, h_cm: cm("h_m")? };
    if rect.w_cm < 0 || rect.h_cm < 0 {
        return Err(entry.wrong(if rect.w_cm < 0 { "w_m" } else { "h_m" }));
    }
    Ok(Spot {
        code: entry.called(),
        hall: u32::try_from(entry.whole("hall")?).map_err(|_| entry.wrong("hall"))?,
        rect,
        zone: entry.zone(zones),
        water: entry.truth("water")?,
        power: entry.truth("power_3kw")?,
        accessible: entry.truth("accessible")?,
        corner: entry.truth("corner")?,
        prime: entry.truth("prime")?,
        attractiveness: entry.whole("attractiveness")?,
        price: entry.whole("price_kvnd")?,
        standing,
    })
}

fn applicant(
    entry: &Entry<'_>,
    booth_at: &BTreeMap<String, usize>,
    zones: &mut BTreeMap<String, u32>,
) -> Result<Firm, Words> {
    let booths = if entry.said("booths").is_some() { entry.whole("booths")? } else { 1 };
    Ok(Firm {
        name: entry.called(),
        booths: usize::try_from(booths).ok().filter(|booths| *booths > 0).ok_or_else(|| entry.wrong("booths"))?,
        zone: entry.zone(zones),
        priority: entry.whole("priority")?,
        received: entry.whole("received_min")?,
        needs_water: entry.truth("needs_water")?,
        needs_power: entry.truth("needs_power_3kw")?,
        needs_accessible: entry.truth("needs_accessible")?,
        price_limit: Some(entry.whole("max_price_kvnd")?).filter(|limit| *limit != 0),
        prime_last_year: entry.truth("prime_last_year")?,
        wishes: entry.booths("wishes", booth_at)?,
        pinned: entry.booths("pinned", booth_at)?,
        stands: Vec::new(),
        allowed: None,
    })
}

/// What was found, as one object: tiers and bounds by the keys of the files, and who stands where by their ids.
#[must_use]
pub fn answer(problem: &Problem, solution: &Solution, seconds: f64) -> Json {
    let by_key = |value: &dyn Fn(Tier) -> Json| {
        Json::Object(KEYS.iter().map(|(tier, key)| ((*key).to_owned(), value(*tier))).collect::<Map<_, _>>())
    };
    let id = |name: &str| name.parse::<i64>().map_or_else(|_| json!(name), |number| json!(number));
    let booths = |spots: &[usize]| -> Json {
        spots.iter().filter_map(|spot| problem.spots.get(*spot)).map(|spot| id(&spot.code)).collect()
    };
    let placed = problem.firms.iter().zip(&solution.plan.spots).filter(|(_, spots)| !spots.is_empty());
    let plan: Map<String, Json> = placed.map(|(firm, spots)| (firm.name.clone(), booths(spots))).collect();
    json!({
        "tiers": by_key(&|tier| json!(solution.score.get(tier))),
        "bounds": by_key(&|tier| json!(solution.bounds.get(tier))),
        "proven": by_key(&|tier| json!(solution.bounds.get(tier) == solution.score.get(tier))),
        "seconds": seconds,
        "plan": plan,
    })
}
