//! The minutes of a draw repeated by anybody: what was changed in them, and in which line of the file.
//!
//! The hashes bind each other: rules and list have their own, the seed binds both with the secrets and the public chance, and
//! every ticket binds the seed. What no longer fits its neighbours, while these still fit each other, is what was changed.

use std::collections::BTreeSet;

use crate::base::words::Words;
use crate::domain::placing::draw::{
    Drawn, Entrant, FORM, Minutes, Mode, algorithm, canonical, check_list, check_secret, draw, rules_hash, seed,
    sha256, take_booths, ticket,
};
use crate::say;

/// Most lines of the result that are named one by one.
const NAMED_MAX: usize = 6;

/// Reads minutes and repeats the draw: what differs in words, or why they cannot be read. The bytes themselves count: minutes
/// that were written otherwise than [`Minutes::to_json`] writes them are not those of the draw.
///
/// # Errors
/// In words, when this is no file of minutes.
pub fn verify(written: &str) -> Result<(Minutes, Vec<Words>), Words> {
    let minutes: Minutes = serde_json::from_str(written)
        .map_err(|why| say!("Không phải biên bản bốc thăm: {why}", "These are no minutes of a draw: {why}"))?;
    let mut found = minutes.differences();
    let again = minutes.to_json();
    if let Some(line) = first_difference(written, &again) {
        let words = say!(
            "Dòng {line}: tệp không còn như lúc lập biên bản; số dòng nêu ở đây là của tệp gốc.",
            "Line {line}: the file is not written as the minutes were; lines are named as in the original file."
        );
        found.push(words);
    }
    Ok((minutes, found))
}

fn first_difference(one: &str, other: &str) -> Option<usize> {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.lines().collect(), other.lines().collect());
    let at = one.iter().zip(&other).position(|(one, other)| one != other);
    at.or_else(|| (one.len() != other.len()).then(|| one.len().min(other.len()))).map(|at| at + 1)
}

impl Minutes {
    /// Repeats the draw and says everything that differs with its line; nothing when the minutes are right.
    #[must_use]
    pub fn differences(&self) -> Vec<Words> {
        let mut check = Check { minutes: self, lines: Lines::of(self), found: Vec::new() };
        check.all();
        check.found
    }
}

/// The lines of minutes as they are written.
struct Lines(Vec<String>);

impl Lines {
    fn of(minutes: &Minutes) -> Self {
        Self(minutes.to_json().lines().map(str::to_owned).collect())
    }

    /// The line of a key, from 1.
    fn key(&self, key: &str) -> usize {
        self.from(0, &format!("  \"{key}\":"))
    }

    fn from(&self, first: usize, start: &str) -> usize {
        self.0.iter().skip(first).position(|line| line.starts_with(start)).map_or(first, |at| first + at) + 1
    }

    /// The lines of a list or of a part of it: the first and the last.
    fn section(&self, key: &str) -> (usize, usize) {
        let first = self.key(key);
        let is_end = |line: &String| line.starts_with("  ]") || line.starts_with("  }");
        (first, self.0.iter().skip(first).position(is_end).map_or(first, |at| first + at + 1))
    }

    /// The line of a key in the entry of a list, from 0; of the entry itself where it has no such key.
    fn entry(&self, list: &str, place: usize, key: &str) -> usize {
        let first = self.key(list);
        let entries = self.0.iter().enumerate().skip(first).filter(|(_, line)| line.as_str() == "    {");
        let Some((start, _)) = entries.into_iter().nth(place) else { return first };
        let inside = self.0.iter().enumerate().skip(start).take_while(|(_, line)| !line.starts_with("    }"));
        let wanted = format!("      \"{key}\":");
        let found = inside.into_iter().find(|(_, line)| line.starts_with(&wanted)).map_or(start, |(at, _)| at);
        found + 1
    }
}

struct Check<'a> {
    minutes: &'a Minutes,
    lines: Lines,
    found: Vec<Words>,
}

/// Which of two that should agree was changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Changed {
    Neither,
    /// What was hashed.
    Content,
    /// The hash.
    Hash,
}

impl Check<'_> {
    fn says(&mut self, line: usize, what: &Words) {
        self.found.push(say!("Dòng {line}: {}", "Line {line}: {}"; what));
    }

    fn all(&mut self) {
        let minutes = self.minutes;
        if minutes.form != FORM {
            let form = &minutes.form;
            let what = say!("mẫu biên bản là “{form}”, không phải {FORM}.", "the form is “{form}”, not {FORM}.");
            self.says(self.lines.key("form"), &what);
        }
        if !minutes.algorithm.is_empty() && minutes.algorithm != algorithm() {
            let what = Words::new(
                "lời tả cách bốc thăm không phải của mẫu biên bản này.",
                "the words that tell how it is drawn are not those of this form.",
            );
            let (first, last) = self.lines.section("algorithm");
            self.found.push(say!("Dòng {first}–{last}: {}", "Lines {first}–{last}: {}"; what));
        }
        if let Err(why) = check_list(&minutes.list) {
            self.says(self.lines.key("list"), &why);
            return;
        }
        let roles: BTreeSet<&str> = minutes.parties.iter().map(|party| party.role.as_str()).collect();
        if roles.len() != minutes.parties.len() {
            self.says(
                self.lines.key("parties"),
                &Words::new("một bên có hai cam kết.", "a party has two commitments."),
            );
        }
        let sorted = minutes.parties.is_sorted_by(|one, other| one.role <= other.role)
            && minutes.list.is_sorted_by(|one, other| one.code <= other.code);
        if !sorted {
            let what =
                Words::new("danh sách hoặc các bên không theo thứ tự.", "the list or the parties are out of order.");
            self.says(self.lines.key("list"), &what);
        }
        let (rules, list, drawn_with) = self.hashes();
        self.tell_rules(rules);
        self.tell_parties();
        self.tell_list(list, &drawn_with);
        if list != Changed::Content {
            self.tell_order(&drawn_with);
        }
        if self.found.is_empty() && minutes.sha256 != minutes.own_hash() {
            let at = |key| self.lines.key(key);
            let (place, held, present, hash) = (at("place"), at("held"), at("present"), at("sha256"));
            self.found.push(say!(
                "Nơi, ngày, người dự (dòng {place}, {held}, {present}) hoặc mã băm ở dòng {hash} đã bị sửa.",
                "Place, day, people (lines {place}, {held}, {present}) or the hash in line {hash} were changed."
            ));
        }
    }

    /// What of rules and list was changed, and the seed by which it was drawn. What makes the seed come out right is what it
    /// was drawn with; where nothing does, the tickets decide between the seed and what went into it.
    fn hashes(&mut self) -> (Changed, Changed, String) {
        let minutes = self.minutes;
        let rules = [rules_hash(&minutes.rules), minutes.rules_sha256.clone()];
        let list = [sha256(&canonical(&minutes.list)), minutes.list_sha256.clone()];
        let seed_of = |rules: &str, list: &str| seed(rules, list, &minutes.parties, &minutes.chance);
        let both = || [(0, 0), (0, 1), (1, 0), (1, 1)].into_iter();
        let fitting = both().find(|(r, l)| seed_of(&rules[*r], &list[*l]) == minutes.seed);
        let changed = |pair: &[String; 2], chosen: usize| match (pair[0] == pair[1], chosen) {
            (true, _) => Changed::Neither,
            (false, 0) => Changed::Hash,
            (false, _) => Changed::Content,
        };
        if let Some((r, l)) = fitting {
            return (changed(&rules, r), changed(&list, l), minutes.seed.clone());
        }
        let genuine = |drawn: &&Drawn| ticket(&minutes.seed, &drawn.code, drawn.number) == drawn.ticket;
        let by_written_seed = minutes.order.iter().filter(genuine).count() * 2 > minutes.order.len();
        // The hash beside it is the witness of what the content was, as long as no seed says otherwise.
        let (rules_changed, list_changed) = (changed(&rules, 1), changed(&list, 1));
        let other_is_named = rules_changed != Changed::Neither
            || list_changed != Changed::Neither
            || minutes.parties.iter().any(|party| check_secret(&minutes.rules.fair, party).is_err());
        if by_written_seed {
            if !other_is_named {
                let what = Words::new(
                    "kết quả ngẫu nhiên công khai đã bị sửa: hạt giống không tính ra từ nó.",
                    "the public chance was changed: the seed does not come from it.",
                );
                self.says(self.lines.key("chance"), &what);
            }
            return (rules_changed, list_changed, minutes.seed.clone());
        }
        let right = seed_of(&rules[0], &list[0]);
        if !other_is_named {
            let what = say!("hạt giống đã bị sửa, đúng ra là {right}.", "the seed was changed; it is {right}.");
            self.says(self.lines.key("seed"), &what);
        }
        (rules_changed, list_changed, right)
    }

    fn tell_rules(&mut self, changed: Changed) {
        match changed {
            Changed::Neither => {}
            Changed::Hash => {
                let what = Words::new("mã băm thể lệ đã bị sửa.", "the hash of the rules was changed.");
                self.says(self.lines.key("rules_sha256"), &what);
            }
            Changed::Content => {
                let (first, last) = self.lines.section("rules");
                self.found.push(say!(
                    "Dòng {first}–{last}: thể lệ đã bị sửa, không còn khớp mã băm đã công bố.",
                    "Lines {first}–{last}: the rules were changed and no longer fit the hash that was published."
                ));
            }
        }
    }

    fn tell_parties(&mut self) {
        for (place, party) in self.minutes.parties.iter().enumerate() {
            if let Err(why) = check_secret(&self.minutes.rules.fair, party) {
                // Whether the secret or the commitment was changed, the seed says where it still comes out right.
                let minutes = self.minutes;
                let again = seed(&minutes.rules_sha256, &minutes.list_sha256, &minutes.parties, &minutes.chance);
                let key = if again == minutes.seed { "commitment" } else { "secret" };
                self.says(self.lines.entry("parties", place, key), &why);
            }
        }
    }

    /// Names the entries that the tickets contradict; where none does, the whole list.
    fn tell_list(&mut self, changed: Changed, drawn_with: &str) {
        if changed == Changed::Hash {
            let what = Words::new("mã băm danh sách đã bị sửa.", "the hash of the list was changed.");
            self.says(self.lines.key("list_sha256"), &what);
        }
        if changed != Changed::Content {
            return;
        }
        let before = self.found.len();
        let drawn_of = |code: &str| self.minutes.order.iter().find(|drawn| drawn.code == code);
        let mut wrong: Vec<(usize, Words)> = Vec::new();
        for (place, entrant) in self.minutes.list.iter().enumerate() {
            let Entrant { code, tickets, .. } = entrant;
            match drawn_of(code) {
                None => {
                    let what = say!("{code} không có trong kết quả.", "{code} is not in the result.");
                    wrong.push((self.lines.entry("list", place, "code"), what));
                }
                Some(drawn) => {
                    let own = draw(drawn_with, std::slice::from_ref(entrant));
                    let fits = own.first().is_some_and(|own| own.number == drawn.number && own.ticket == drawn.ticket);
                    if !fits {
                        let what = say!(
                            "{tickets} thăm của {code} không khớp với thăm đã bốc.",
                            "the {tickets} tickets of {code} do not fit what was drawn."
                        );
                        wrong.push((self.lines.entry("list", place, "tickets"), what));
                    }
                }
            }
        }
        for (line, what) in wrong {
            self.says(line, &what);
        }
        if self.found.len() == before {
            let (first, last) = self.lines.section("list");
            self.found.push(say!(
                "Dòng {first}–{last}: danh sách đã bị sửa, không còn khớp mã băm của nó.",
                "Lines {first}–{last}: the list was changed and no longer fits its hash."
            ));
        }
    }

    fn tell_order(&mut self, drawn_with: &str) {
        let minutes = self.minutes;
        let mut right = draw(drawn_with, &minutes.list);
        if minutes.rules.mode == Mode::Booth {
            take_booths(&mut right, &minutes.list);
        }
        let mut differing = 0;
        for (place, right) in right.iter().enumerate() {
            let Some(written) = minutes.order.get(place).filter(|written| *written != right) else { continue };
            differing += 1;
            if differing > NAMED_MAX {
                continue;
            }
            let number = place + 1;
            let (key, said, is) = if written.code != right.code {
                ("code", written.code.clone(), right.code.clone())
            } else if written.ticket != right.ticket {
                ("ticket", written.ticket.clone(), right.ticket.clone())
            } else if written.number != right.number {
                ("number", written.number.to_string(), right.number.to_string())
            } else {
                ("booth", written.booth.clone(), right.booth.clone())
            };
            let what = say!(
                "thứ tự {number} ghi {said}, làm lại được {is}.",
                "place {number} says {said}, repeating gives {is}."
            );
            self.says(self.lines.entry("order", place, key), &what);
        }
        if differing > NAMED_MAX {
            let more = differing - NAMED_MAX;
            self.found.push(say!("… và {more} dòng kết quả khác.", "… and {more} more lines of the result."));
        }
        let (written, is) = (minutes.order.len(), right.len());
        if written != is {
            let what = say!(
                "kết quả có {written} dòng, đúng ra {is}.",
                "the result has {written} lines; there should be {is}."
            );
            self.says(self.lines.key("order"), &what);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::placing::draw::{Party, Rules, commitment, hex};

    fn minutes(mode: Mode) -> Minutes {
        let rules = Rules {
            fair: "HC-2026".into(),
            mode,
            text: "Mỗi sao OCOP một thăm.".into(),
            chance_from: "Xổ số Vĩnh Long ngày 20/11/2026".into(),
        };
        let party = |role: &str, byte: u8| {
            let secret = hex(&[byte; 32]);
            Party { role: role.into(), commitment: commitment("HC-2026", role, &secret), secret: Some(secret) }
        };
        let entrant = |number: u32| Entrant {
            code: format!("DN{number:03}"),
            tickets: number % 3 + 1,
            choices: if mode == Mode::Booth { vec!["A1".into(), format!("B{number}")] } else { Vec::new() },
        };
        let held = ("Sở Công Thương".into(), "21/11/2026".into(), "Bà Hoa".into());
        let list = (0..5).map(entrant).collect();
        Minutes::hold(rules, vec![party("Sở", 2), party("Ban tổ chức", 1)], list, "482913".into(), held).unwrap()
    }

    /// Changes one line of the file, and asks that exactly this line, or one of the lines that it names, is told.
    #[track_caller]
    fn tampered(mode: Mode, starts: &str, nth: usize, change: (&str, &str), named: usize) {
        let written = minutes(mode).to_json();
        let mut lines: Vec<String> = written.lines().map(str::to_owned).collect();
        let at = lines.iter().enumerate().filter(|(_, line)| line.trim_start().starts_with(starts)).nth(nth).unwrap().0;
        let before = lines[at].clone();
        lines[at] = before.replacen(change.0, change.1, 1);
        assert_ne!(lines[at], before, "nothing was changed in {before}");
        let (_, found) = verify(&(lines.join("\n") + "\n")).unwrap();
        let told: Vec<&str> = found.iter().map(|words| &*words.en).collect();
        let line = at + 1;
        assert_eq!(told.len(), named, "{told:?}");
        let first = told[0];
        let numbers: Vec<usize> = first
            .split(|c: char| !c.is_ascii_digit())
            .filter(|number| number.len() < 4)
            .filter_map(|number| number.parse().ok())
            .collect();
        let is_range = first.starts_with("Lines ") && numbers[0] <= line && line <= numbers[1];
        assert!(first.starts_with(&format!("Line {line}:")) || is_range || numbers.contains(&line), "{line}: {told:?}");
    }

    #[test]
    fn one_line_changed_is_told_with_its_line() {
        for mode in [Mode::Order, Mode::Booth] {
            assert_eq!(verify(&minutes(mode).to_json()).unwrap().1, []);
            tampered(mode, "\"text\":", 0, ("sao", "sào"), 1);
            tampered(mode, "\"rules_sha256\":", 0, (": \"", ": \"0"), 1);
            tampered(mode, "\"secret\":", 0, ("01", "03"), 1);
            tampered(mode, "\"commitment\":", 1, (": \"", ": \"f"), 1);
            tampered(mode, "\"list_sha256\":", 0, (": \"", ": \"0"), 1);
            tampered(mode, "\"tickets\": 3", 0, ("3", "9000"), 1);
            tampered(mode, "\"chance\":", 0, ("482913", "482914"), 1);
            tampered(mode, "\"seed\":", 0, (": \"", ": \"0"), 1);
            tampered(mode, "\"place\":", 0, ("Sở", "Nhà"), 1);
            tampered(mode, "\"present\":", 0, ("Hoa", "Lan"), 1);
            tampered(mode, "\"sha256\":", 0, (": \"", ": \"0"), 1);
            tampered(mode, "\"ticket\":", 2, (": \"", ": \"0"), 1);
            tampered(mode, "\"form\":", 0, ("-1", "-2"), 1);
            tampered(mode, "\"Ticket n", 0, ("from 0", "from 1"), 1);
        }
        tampered(Mode::Booth, "\"booth\":", 1, ("\"booth\": \"", "\"booth\": \"Z"), 1);
        tampered(Mode::Booth, "\"B3\"", 0, ("B3", "B9"), 1);
    }

    #[test]
    fn lines_taken_out_exchanged_or_laid_out_anew_are_told() {
        let held = minutes(Mode::Order);
        let mut swapped = held.clone();
        swapped.order.swap(0, 1);
        assert!(swapped.differences()[0].en.contains("place 1 says"), "{:?}", swapped.differences());
        let mut shorter = held.clone();
        shorter.order.pop();
        assert!(shorter.differences()[0].en.contains("has 4 lines; there should be 5"), "{:?}", shorter.differences());
        let mut without = held.clone();
        without.list.remove(2);
        assert!(!without.differences().is_empty());
        let flat = held.to_json().replace('\n', " ");
        let (_, found) = verify(&flat).unwrap();
        assert!(found.iter().any(|words| words.en.contains("as in the original file")), "{found:?}");
    }
}
