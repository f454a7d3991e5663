//! The public draw (bốc thăm): an order that nobody could choose and everybody can repeat.
//!
//! Each party publishes the hash of a secret, then the list is frozen, then public chance is read and the secrets are
//! shown; only then is there a seed. A ticket is `SHA-256("SEED:CODE:NUMBER")`; a business counts with its smallest, and
//! the smallest goes first. There is no generator and no shuffle: taking a business out leaves the others in their order,
//! and one line of shell repeats any ticket. All that is hashed is text, so that `printf … | sha256sum` can do it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base::words::Words;
use crate::domain::placing::turns::take_turns;
use crate::say;

/// The form of minutes that this version writes and repeats.
pub const FORM: &str = "hoicho-draw-1";

/// The most tickets that one business may have.
pub const MOST_TICKETS: u32 = 10_000;

/// What is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The order in which the businesses choose.
    #[default]
    Order,
    /// The booth itself: in the drawn order each takes the best of its choices that leaves room for all who still fit.
    Booth,
}

/// The rules as they were published; their hash is in the invitation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The fair's code.
    pub fair: String,
    /// What is drawn.
    pub mode: Mode,
    /// Who may take part, who has how many tickets, what happens to a secret that is not shown.
    pub text: String,
    /// Where the public chance comes from, with the day and the fallback, fixed in advance.
    pub chance_from: String,
}

/// One who vouches for the draw with a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Who: the organiser, an association, an exhibitor.
    pub role: String,
    /// The hash published before the list was frozen.
    pub commitment: String,
    /// The secret, 64 hexadecimal digits, once it was shown. One that never was is left out of the seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// One who takes part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entrant {
    /// The code by which the list names it.
    pub code: String,
    /// How many tickets it has.
    pub tickets: u32,
    /// Where the booth itself is drawn: the booths it may take and wants, the best first. Several at once are joined by `+`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
}

/// One line of the result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drawn {
    /// The code.
    pub code: String,
    /// Which of its tickets was the smallest, from 0.
    pub number: u32,
    /// The ticket.
    pub ticket: String,
    /// What it took, where the booth itself was drawn; empty when nothing it may take was left.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub booth: String,
}

/// The minutes (biên bản): all that is needed to repeat the draw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minutes {
    /// [`FORM`].
    pub form: String,
    /// How it is drawn, in words that anybody can follow; empty in minutes that were written before they had them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub algorithm: Vec<String>,
    /// The published rules.
    pub rules: Rules,
    /// Their hash.
    pub rules_sha256: String,
    /// Who vouched, sorted by role.
    pub parties: Vec<Party>,
    /// The frozen list, sorted by code.
    pub list: Vec<Entrant>,
    /// Its hash.
    pub list_sha256: String,
    /// The public chance, as it was read.
    pub chance: String,
    /// The seed.
    pub seed: String,
    /// Where the draw was held.
    pub place: String,
    /// When, as the minutes say it.
    pub held: String,
    /// Who was there.
    pub present: String,
    /// The result, the first first.
    pub order: Vec<Drawn>,
    /// The hash of everything above.
    pub sha256: String,
}

/// SHA-256 of a text, in hexadecimal.
#[must_use]
pub fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// True for 64 lower-case hexadecimal digits.
#[must_use]
pub fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Parts that cannot run into each other, `LENGTH:TEXT,` each, led by what they are for.
fn joined(purpose: &str, parts: &[&str]) -> String {
    let parts = [FORM, purpose].into_iter().chain(parts.iter().copied());
    parts.map(|part| format!("{}:{part},", part.len())).collect()
}

/// How it is drawn, step by step.
pub static STEPS: [Words; 5] = [
    Words::new(
        "Thể lệ được công bố kèm mã băm SHA-256; mỗi bên công bố SHA-256 của số bí mật của mình; sau đó danh sách được chốt: mỗi dòng MÃ, dấu tab, SỐ THĂM, xếp theo mã, rồi băm.",
        "The rules are published with their SHA-256; each party publishes the SHA-256 of its secret; then the list is frozen: a line CODE, tab, TICKETS for each, sorted by code, and hashed.",
    ),
    Words::new(
        "Hạt giống là SHA-256 của: mã băm thể lệ, mã băm danh sách, tên và số bí mật của từng bên đã mở (theo tên), kết quả ngẫu nhiên công khai; mỗi phần viết ĐỘ DÀI:CHỮ, và đứng đầu là 13:hoicho-draw-1,4:seed,",
        "The seed is the SHA-256 of: hash of the rules, hash of the list, name and secret of each party that showed it (by name), the public chance; each part is written LENGTH:TEXT, and 13:hoicho-draw-1,4:seed, stands before them.",
    ),
    Words::new(
        "Thăm số n của một đơn vị là SHA-256 của HẠT GIỐNG:MÃ:n, n từ 0; mỗi đơn vị lấy thăm nhỏ nhất của mình.",
        "Ticket n of a firm is the SHA-256 of SEED:CODE:n, n from 0; each firm keeps its smallest ticket.",
    ),
    Words::new(
        "Thăm nhỏ hơn đứng trước. Bớt một đơn vị không đổi thứ tự của các đơn vị khác.",
        "The smaller ticket goes first. Taking a firm out leaves the others in their order.",
    ),
    Words::new(
        "Nếu bốc chính gian hàng: theo thứ tự đó, mỗi đơn vị nhận gian tốt nhất trong các lựa chọn của mình mà vẫn chừa chỗ cho mọi đơn vị sau còn xếp được.",
        "Where the booth itself is drawn: in that order each takes the best of its choices that leaves room for all who still fit.",
    ),
];

/// The steps as minutes hold them: in Vietnamese, then in English.
#[must_use]
pub fn algorithm() -> Vec<String> {
    let (vi, en) = (STEPS.iter().map(|step| step.vi.to_string()), STEPS.iter().map(|step| step.en.to_string()));
    vi.chain(en).collect()
}

/// The hash of rules that goes into the invitation.
#[must_use]
pub fn rules_hash(rules: &Rules) -> String {
    let mode = match rules.mode {
        Mode::Order => "order",
        Mode::Booth => "booth",
    };
    sha256(&joined("rules", &[&rules.fair, mode, &rules.text, &rules.chance_from]))
}

/// The text whose hash commits a party to its secret.
#[must_use]
pub fn commitment_text(fair: &str, role: &str, secret: &str) -> String {
    joined("secret", &[fair, role, secret])
}

/// What a party publishes: the hash of its secret, bound to fair and role.
#[must_use]
pub fn commitment(fair: &str, role: &str, secret: &str) -> String {
    sha256(&commitment_text(fair, role, secret))
}

/// The list as it is hashed: a line `CODE<TAB>TICKETS` for each, sorted by code; where the booth itself is drawn the choices
/// follow behind another tab, separated by spaces.
#[must_use]
pub fn canonical(list: &[Entrant]) -> String {
    let mut lines: Vec<String> = list
        .iter()
        .map(|entrant| {
            let choices = entrant.choices.join(" ");
            let tab = if choices.is_empty() { "" } else { "\t" };
            format!("{}\t{}{tab}{choices}\n", entrant.code, entrant.tickets)
        })
        .collect();
    lines.sort_unstable();
    lines.concat()
}

/// What is wrong with a list, if anything.
///
/// # Errors
/// In words: nobody, a code twice or not writable in a line, no ticket or too many.
pub fn check_list(list: &[Entrant]) -> Result<(), Words> {
    if list.is_empty() {
        return Err(say!("Danh sách bốc thăm trống.", "The list of the draw is empty."));
    }
    let mut codes = BTreeSet::new();
    for Entrant { code, tickets, choices } in list {
        if code.is_empty() || code.chars().any(|letter| letter.is_control() || letter == ':') {
            return Err(say!("Mã “{code}” không dùng được trong bốc thăm.", "The code “{code}” cannot be drawn."));
        }
        if !codes.insert(code) {
            return Err(say!("Mã {code} có hai lần trong danh sách.", "The code {code} is in the list twice."));
        }
        if !(1..=MOST_TICKETS).contains(tickets) {
            return Err(say!(
                "{code}: số thăm phải từ 1 đến {MOST_TICKETS}.",
                "{code}: the number of tickets is from 1 to {MOST_TICKETS}."
            ));
        }
        if choices.iter().any(|choice| choice.is_empty() || choice.chars().any(|c| c.is_control() || c == ' ')) {
            return Err(say!("{code}: mã gian không đọc được.", "{code}: a booth's code cannot be read."));
        }
    }
    Ok(())
}

/// The seed of a draw: list, shown secrets in the order of the roles, public chance.
#[must_use]
pub fn seed(rules_hash: &str, list_hash: &str, parties: &[Party], chance: &str) -> String {
    let shown: BTreeMap<&str, &str> = parties
        .iter()
        .filter_map(|party| party.secret.as_deref().map(|secret| (party.role.as_str(), secret)))
        .collect();
    let mut parts = vec![rules_hash, list_hash];
    parts.extend(shown.into_iter().flat_map(|(role, secret)| [role, secret]));
    parts.push(chance);
    sha256(&joined("seed", &parts))
}

/// One ticket.
#[must_use]
pub fn ticket(seed: &str, code: &str, number: u32) -> String {
    sha256(&format!("{seed}:{code}:{number}"))
}

/// The drawn order: each with its smallest ticket, ascending.
#[must_use]
pub fn draw(seed: &str, list: &[Entrant]) -> Vec<Drawn> {
    let mut order: Vec<Drawn> = list
        .iter()
        .filter_map(|entrant| {
            let tickets =
                (0..entrant.tickets.min(MOST_TICKETS)).map(|number| (ticket(seed, &entrant.code, number), number));
            let (ticket, number) = tickets.min()?;
            Some(Drawn { code: entrant.code.clone(), number, ticket, booth: String::new() })
        })
        .collect();
    order.sort_by(|one, other| (&one.ticket, &one.code).cmp(&(&other.ticket, &other.code)));
    order
}

/// Gives each, in the drawn order, the best of its choices that leaves room for all who still fit.
pub(super) fn take_booths(order: &mut [Drawn], list: &[Entrant]) {
    let mut booths: BTreeMap<&str, usize> = BTreeMap::new();
    let by_code: BTreeMap<&str, &Entrant> = list.iter().map(|entrant| (entrant.code.as_str(), entrant)).collect();
    for entrant in list {
        for booth in entrant.choices.iter().flat_map(|choice| choice.split('+')) {
            let next = booths.len();
            booths.entry(booth).or_insert(next);
        }
    }
    let numbered = |choice: &String| choice.split('+').filter_map(|booth| booths.get(booth).copied()).collect();
    let wanted: Vec<Vec<Vec<usize>>> = order
        .iter()
        .map(|drawn| {
            by_code
                .get(drawn.code.as_str())
                .map_or_else(Vec::new, |entrant| entrant.choices.iter().map(numbered).collect())
        })
        .collect();
    for (drawn, taken) in order.iter_mut().zip(take_turns(&wanted, booths.len())) {
        let choice = taken.and_then(|place| by_code.get(drawn.code.as_str())?.choices.get(place));
        drawn.booth = choice.cloned().unwrap_or_default();
    }
}

impl Minutes {
    /// The minutes of a draw that is held now: the hashes, the seed and the order follow from what is given.
    ///
    /// # Errors
    /// In words, when the list cannot be drawn or a shown secret is not the one committed to.
    pub fn hold(
        rules: Rules,
        mut parties: Vec<Party>,
        mut list: Vec<Entrant>,
        chance: String,
        held: (String, String, String),
    ) -> Result<Self, Words> {
        check_list(&list)?;
        parties.sort_by(|one, other| one.role.cmp(&other.role));
        for party in &parties {
            check_secret(&rules.fair, party)?;
        }
        if chance.trim().is_empty() {
            return Err(say!("Chưa có kết quả ngẫu nhiên công khai.", "The public chance is missing."));
        }
        list.sort_by(|one, other| one.code.cmp(&other.code));
        let rules_sha256 = rules_hash(&rules);
        let list_sha256 = sha256(&canonical(&list));
        let seed = seed(&rules_sha256, &list_sha256, &parties, &chance);
        let mut order = draw(&seed, &list);
        if rules.mode == Mode::Booth {
            take_booths(&mut order, &list);
        }
        let (place, held, present) = held;
        let mut minutes = Self {
            form: FORM.to_owned(),
            algorithm: algorithm(),
            rules,
            rules_sha256,
            parties,
            list,
            list_sha256,
            chance,
            seed,
            place,
            held,
            present,
            order,
            sha256: String::new(),
        };
        minutes.sha256 = minutes.own_hash();
        Ok(minutes)
    }

    /// The hash of everything but itself.
    pub(super) fn own_hash(&self) -> String {
        let bare = Self { sha256: String::new(), ..self.clone() };
        sha256(&joined("minutes", &[&serde_json::to_string(&bare).unwrap_or_default()]))
    }

    /// The minutes as a file, always the same bytes for the same minutes.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// A secret that was shown must be the one committed to.
///
/// # Errors
/// In words, naming the role.
pub fn check_secret(fair: &str, party: &Party) -> Result<(), Words> {
    let role = &party.role;
    if !is_hash(&party.commitment) {
        return Err(say!(
            "{role}: cam kết phải là 64 chữ số thập lục phân (SHA-256).",
            "{role}: a commitment is 64 hexadecimal digits (SHA-256)."
        ));
    }
    let Some(secret) = &party.secret else { return Ok(()) };
    if !is_hash(secret) {
        return Err(say!(
            "{role}: số bí mật phải là 64 chữ số thập lục phân (32 byte).",
            "{role}: a secret is 64 hexadecimal digits (32 bytes)."
        ));
    }
    if commitment(fair, role, secret) != party.commitment {
        return Err(say!(
            "{role}: số bí mật không khớp với cam kết đã công bố.",
            "{role}: the secret is not the one that was committed to."
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::placing::draw_check::verify;

    fn list(count: usize) -> Vec<Entrant> {
        (0..count).map(|number| Entrant { code: format!("DN{number:03}"), tickets: 1, choices: vec![] }).collect()
    }

    fn rules(mode: Mode) -> Rules {
        Rules {
            fair: "HC-2026".into(),
            mode,
            text: "Mỗi đơn vị một thăm.".into(),
            chance_from: "Xổ số Vĩnh Long ngày 20/11/2026, giải đặc biệt".into(),
        }
    }

    fn party(role: &str, byte: u8) -> Party {
        let secret = hex(&[byte; 32]);
        Party { role: role.into(), commitment: commitment("HC-2026", role, &secret), secret: Some(secret) }
    }

    fn minutes(mode: Mode) -> Minutes {
        let mut entrants = list(5);
        if mode == Mode::Booth {
            for (place, entrant) in entrants.iter_mut().enumerate() {
                entrant.choices = vec!["A1".into(), "A2".into(), format!("B{place}+C{place}")];
            }
        }
        let held = ("Hội trường Sở Công Thương".into(), "21/11/2026".into(), "Bà Hoa; ông Lâm".into());
        Minutes::hold(rules(mode), vec![party("Sở", 2), party("Ban tổ chức", 1)], entrants, "482913".into(), held)
            .unwrap()
    }

    #[test]
    fn known_answers_are_those_of_sha256sum() {
        // printf %s abc | sha256sum
        assert_eq!(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let seed = "1ae04d4b".repeat(8);
        // printf %s "1ae04d4b…:DN001:0" | sha256sum, with the eight digits eight times
        assert_eq!(ticket(&seed, "DN001", 0), TICKET);
        // printf '13:hoicho-draw-1,6:secret,7:HC-2026,3:BTC,64:%s,' 0101…01 | sha256sum
        assert_eq!(commitment("HC-2026", "BTC", &"01".repeat(32)), COMMITMENT);
        // printf 'A1\t2\nB2\t1\n' | sha256sum
        let entrant = |code: &str, tickets| Entrant { code: code.into(), tickets, choices: vec![] };
        assert_eq!(sha256(&canonical(&[entrant("B2", 1), entrant("A1", 2)])), LIST);
    }

    const TICKET: &str = "742fabb645a3eae445eb97b539fe6536cd2ef7fc8cb4e2480eacaeff752a15df";
    const COMMITMENT: &str = "f3fd303fa9c9ceaf7ead26ac835ca6b8b0c35f1712cf1cd0f08762d52f5ec1c0";
    const LIST: &str = "188f0e90664653a5dbcc75150d8b09e2234e6c6eb12e894052e7c6838e9276c6";

    /// The share of seeds with which each came first, against its share of tickets: chi-square over many fixed seeds.
    fn chi_square(tickets: &[u32], rounds: u32) -> f64 {
        let entrants: Vec<Entrant> = tickets
            .iter()
            .enumerate()
            .map(|(place, tickets)| Entrant { code: format!("DN{place}"), tickets: *tickets, choices: vec![] })
            .collect();
        let mut first = vec![0_u32; tickets.len()];
        for round in 0..rounds {
            let order = draw(&sha256(&format!("round {round}")), &entrants);
            let place = entrants.iter().position(|entrant| entrant.code == order[0].code).unwrap();
            first[place] += 1;
        }
        let all = f64::from(tickets.iter().sum::<u32>());
        let expected = |tickets: u32| f64::from(rounds) * f64::from(tickets) / all;
        first
            .iter()
            .zip(tickets)
            .map(|(got, tickets)| (f64::from(*got) - expected(*tickets)).powi(2) / expected(*tickets))
            .sum()
    }

    #[test]
    fn everybody_is_first_as_often_as_tickets_say() {
        // 18.47 and 16.27 are exceeded once in a thousand by chance, with four and three degrees of freedom.
        assert!(chi_square(&[1, 1, 1, 1, 1], 4_000) < 18.47);
        assert!(chi_square(&[1, 3, 2, 5], 4_000) < 16.27);
    }

    #[test]
    fn every_order_of_three_is_as_likely() {
        let mut seen: BTreeMap<Vec<String>, u32> = BTreeMap::new();
        for round in 0..3_000 {
            let order = draw(&sha256(&format!("order {round}")), &list(3));
            *seen.entry(order.into_iter().map(|drawn| drawn.code).collect()).or_default() += 1;
        }
        let sum: f64 = seen.values().map(|count| (f64::from(*count) - 500.0).powi(2) / 500.0).sum();
        assert!(seen.len() == 6 && sum < 20.52, "{sum}");
    }

    proptest! {
        #[test]
        fn who_withdraws_leaves_the_others_in_their_order(round in 0..1_000_u32, gone in 0..12_usize) {
            let seed = sha256(&format!("{round}"));
            let all = list(12);
            let mut fewer = all.clone();
            let gone = fewer.remove(gone);
            let mut order = draw(&seed, &all);
            order.retain(|drawn| drawn.code != gone.code);
            prop_assert_eq!(order, draw(&seed, &fewer));
        }

        #[test]
        fn a_flipped_bit_is_found(place in 0..10_000_usize, bit in 0..8_u32, booth in any::<bool>()) {
            let written = minutes(if booth { Mode::Booth } else { Mode::Order }).to_json();
            let mut bytes = written.clone().into_bytes();
            let place = place % bytes.len();
            bytes[place] ^= 1 << bit;
            if let Ok(text) = String::from_utf8(bytes) {
                prop_assert!(verify(&text).map_or(true, |(_, found)| !found.is_empty()), "{place} {bit}");
            }
        }
    }

    #[test]
    fn minutes_are_repeated() {
        for mode in [Mode::Order, Mode::Booth] {
            let held = minutes(mode);
            assert_eq!(held, minutes(mode));
            assert_eq!(verify(&held.to_json()).unwrap(), (held.clone(), vec![]));
            // Minutes from before the steps were written into them are right as they are.
            let mut older = Minutes { algorithm: Vec::new(), ..held };
            older.sha256 = older.own_hash();
            assert_eq!(verify(&older.to_json()).unwrap().1, []);
        }
        assert!(minutes(Mode::Booth).order.iter().all(|drawn| !drawn.booth.is_empty()));
    }

    #[test]
    fn a_list_that_cannot_be_drawn_is_refused() {
        assert!(check_list(&[]).is_err());
        for (code, tickets) in [("", 1), ("A:1", 1), ("A\n", 1), ("A", 0), ("A", MOST_TICKETS + 1)] {
            assert!(check_list(&[Entrant { code: code.into(), tickets, choices: vec![] }]).is_err(), "{code:?}");
        }
        assert!(check_list(&[list(1), list(1)].concat()).is_err());
    }
}
