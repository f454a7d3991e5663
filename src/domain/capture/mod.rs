//! One line typed at the stand, understood: `Co.opmart | kẹo dừa | 2 tấn/tháng | gọi T2`.
//!
//! The parts stand between `|`. The first is the partner, with `OUR FIRM >` before it where it is not the one chosen. Of the
//! others each is known by what it looks like: a phone, an e-mail address, `@Person`, an amount with a unit, something to
//! do with a day; what is left is the product.

pub mod told;

use chrono::{Datelike, Days, Weekday};

use crate::base::dates::{Date, plus_months, read_date};
use crate::base::email::Email;
use crate::base::ids::Id;
use crate::base::phone::Phone;
use crate::base::text::{Text, fold};
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::contact::Contact;
use crate::domain::intent::{Intent, Meeting};
use crate::domain::lead::Lead;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::view::suggest::suggest;
use crate::domain::{Business, Partner};
use crate::say;

/// In how many days somebody is called when nobody said when.
const USUAL_DAYS: u64 = 3;
/// How many partners of a similar name are offered.
const ALIKE_MAX: usize = 4;
/// The first words of something to do: `gọi` is one, `gói` is a packet.
const DOING: &[&str] = &[
    "gọi", "gửi", "hẹn", "báo", "gặp", "mời", "thăm", "làm", "call", "send", "mail", "email", "visit", "quote", "meet",
];
/// Days by their names; one that is not known is a date or none.
const TODAY: &[&str] = &["hôm nay", "today"];
const TOMORROW: &[&str] = &["mai", "ngày mai", "tomorrow"];
const IN_TWO_DAYS: &[&str] = &["mốt", "ngày mốt", "ngày kia"];
const NEXT_WEEK: &[&str] = &["tuần sau", "next week"];
const NEXT_MONTH: &[&str] = &["tháng sau", "next month"];
/// The days of the week. `thu` is none: in Vietnamese it is the autumn, or a fish.
const WEEK: [(Weekday, &[&str]); 7] = [
    (Weekday::Mon, &["t2", "thứ 2", "thứ hai", "mon", "monday"]),
    (Weekday::Tue, &["t3", "thứ 3", "thứ ba", "tue", "tuesday"]),
    (Weekday::Wed, &["t4", "thứ 4", "thứ tư", "wed", "wednesday"]),
    (Weekday::Thu, &["t5", "thứ 5", "thứ năm", "thurs", "thursday"]),
    (Weekday::Fri, &["t6", "thứ 6", "thứ sáu", "fri", "friday"]),
    (Weekday::Sat, &["t7", "thứ 7", "thứ bảy", "sat", "saturday"]),
    (Weekday::Sun, &["cn", "chủ nhật", "sun", "sunday"]),
];

/// A line as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captured {
    /// Our firm, when one is meant and known.
    pub business: Option<Id>,
    /// What was written for our firm, when no firm fits it.
    pub business_unknown: Text,
    /// The partner on file.
    pub partner: Option<Id>,
    /// The partner's name as written.
    pub partner_name: Text,
    /// Partners on file whose names are close, when none is the same.
    pub alike: Vec<Id>,
    /// The person.
    pub person: Text,
    /// The person's phone, in international form.
    pub phone: Text,
    /// The person's e-mail address.
    pub email: Text,
    /// Which products.
    pub interest: Text,
    /// How much and how often.
    pub volume: Text,
    /// What is to be done next.
    pub next_step: Text,
    /// By when.
    pub due_on: Option<Date>,
    /// The open lead of the same firm, partner and product, to which this is one more touch.
    pub known: Option<Id>,
}

/// Where and when a line is typed.
#[derive(Clone, Copy, Debug)]
pub struct Stand {
    /// The day.
    pub today: Date,
    /// Our firm, when the line names none.
    pub business: Option<Id>,
    /// The fair.
    pub fair: Option<Id>,
}

/// Understands a line; what it does not say is filled in `lang`, for the person to see.
#[must_use]
pub fn read(book: &Book, line: &str, at: Stand, lang: Lang) -> Captured {
    let line = Text::new(line);
    let mut parts = line.as_str().split('|').map(str::trim);
    let today = at.today;
    let mut found = Captured { business: at.business, ..Captured::default() };
    let head = parts.next().unwrap_or_default();
    let partner = match head.split_once('>') {
        Some((ours, partner)) => {
            let ours = ours.trim();
            found.business = one_business(book, ours);
            if found.business.is_none() {
                found.business_unknown = Text::new(ours);
            }
            partner.trim()
        }
        None => head,
    };
    found.partner_name = Text::new(partner);
    (found.partner, found.alike) = partners_called(book, partner);
    for part in parts.filter(|part| !part.is_empty()) {
        found.take(part, today);
    }
    if found.due_on.is_none() {
        found.due_on = today.checked_add_days(Days::new(USUAL_DAYS));
    }
    if found.next_step.is_empty() {
        found.next_step = Text::new(Words::new("Liên hệ lại", "Follow up").in_lang(lang));
    }
    found.known = found.same_lead(book, at.fair);
    found
}

impl Captured {
    fn take(&mut self, part: &str, today: Date) {
        let text = Text::new(part);
        if let Some(person) = part.strip_prefix('@') {
            self.person = Text::new(person);
        } else if let (true, Ok(email)) = (part.contains('@'), Email::read(part)) {
            self.email = Text::new(email.as_str());
        } else if let (true, Ok(phone)) = (is_number_like(part), Phone::read(part)) {
            self.phone = Text::new(phone.as_str());
        } else if is_to_do(part, today) {
            let (step, due) = step_and_day(part, today);
            self.next_step = step;
            self.due_on = due.or(self.due_on);
        } else if self.volume.is_empty() && is_volume(part) {
            self.volume = text;
        } else if self.interest.is_empty() {
            self.interest = text;
        } else {
            self.interest = Text::new(&format!("{}, {part}", self.interest));
        }
    }

    /// The partner that was picked among those alike.
    #[must_use]
    pub fn with_partner(mut self, book: &Book, fair: Option<Id>, partner: Id) -> Self {
        self.partner = Some(partner);
        self.alike.clear();
        self.known = self.same_lead(book, fair);
        self
    }

    fn same_lead(&self, book: &Book, fair: Option<Id>) -> Option<Id> {
        let (business, partner) = (self.business?, self.partner?);
        let wanted = compact(self.interest.as_str());
        book.pointing::<Lead>(partner)
            .filter(|lead| lead.business == Some(business) && lead.stage.is_open())
            .filter(|lead| fair.is_none() || lead.fair == fair)
            .find(|lead| compact(lead.interest.as_str()) == wanted)
            .map(|lead| lead.id)
    }

    /// The intent that stores it.
    ///
    /// # Errors
    /// When our firm or the partner is missing.
    pub fn intent(&self, fair: Option<Id>) -> Result<Intent, Refusal> {
        if !self.business_unknown.is_empty() {
            let written = &self.business_unknown;
            return Err(Refusal::new(
                "not-found",
                say!("Không có doanh nghiệp nào là “{written}”.", "There is no business “{written}”."),
                say!("Ghi tên hoặc mã số thuế như trong sổ.", "Write its name or tax code as the book has it."),
            )
            .at("business"));
        }
        let Some(business) = self.business else {
            return Err(Refusal::new(
                "business-missing",
                say!("Chưa rõ doanh nghiệp của tỉnh.", "Which of our businesses is not said."),
                say!(
                    "Chọn doanh nghiệp, hoặc ghi “DOANH NGHIỆP > đối tác | …”.",
                    "Choose the business, or write “OUR FIRM > partner | …”."
                ),
            )
            .at("business"));
        };
        if self.partner.is_none() && self.partner_name.is_empty() {
            return Err(Refusal::new(
                "partner-missing",
                say!("Chưa ghi đối tác.", "The partner is missing."),
                say!("Ghi tên đối tác trước dấu | đầu tiên.", "Write the partner's name before the first |."),
            )
            .at("partner"));
        }
        Ok(Intent::Capture {
            meeting: Box::new(Meeting {
                business,
                partner: self.partner,
                partner_name: self.partner_name.clone(),
                fair,
                person: self.person.clone(),
                role: Text::default(),
                phone: self.phone.clone(),
                email: self.email.clone(),
                interest: self.interest.clone(),
                volume: self.volume.clone(),
                next_step: self.next_step.clone(),
                due_on: self.due_on,
                met_on: None,
                note: Text::default(),
            }),
        })
    }
}

/// The letters and digits of a name, folded: `Co.op Mart` and `COOPMART` are the same.
#[must_use]
pub fn compact(name: &str) -> String {
    fold(name).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The partner with this very name, else those whose names are close.
#[must_use]
pub fn partners_called(book: &Book, name: &str) -> (Option<Id>, Vec<Id>) {
    let wanted = compact(name);
    if wanted.is_empty() {
        return (None, Vec::new());
    }
    let mut alike = Vec::new();
    for partner in book.all::<Partner>().iter() {
        let known = compact(partner.name.as_str());
        if known == wanted || (!partner.tax_no.is_empty() && compact(partner.tax_no.as_str()) == wanted) {
            return (Some(partner.merged_into.unwrap_or(partner.id)), Vec::new());
        }
        if partner.merged_into.is_some() {
            continue;
        }
        if let Some(distance) = closeness(&known, &wanted) {
            alike.push((distance, partner.id));
        }
    }
    alike.sort_unstable();
    alike.truncate(ALIKE_MAX);
    (None, alike.into_iter().map(|(_, id)| id).collect())
}

/// The person of a partner with this phone, address or name.
#[must_use]
pub fn person_at(book: &Book, partner: Id, person: &Text, phone: &Text, email: &Text) -> Option<Id> {
    let same = |one: &Text, other: &Text| !one.is_empty() && one == other;
    let named = compact(person.as_str());
    book.pointing::<Contact>(partner)
        .find(|contact| {
            same(&contact.phone, phone)
                || same(&contact.email, email)
                || (!named.is_empty() && compact(contact.name.as_str()) == named)
        })
        .map(|contact| contact.merged_into.unwrap_or(contact.id))
}

/// How far two names are apart, 0 the closest; none when they are not alike: one holds the other, or few letters differ.
pub(crate) fn closeness(known: &str, wanted: &str) -> Option<usize> {
    let (short, long) = if known.len() < wanted.len() { (known, wanted) } else { (wanted, known) };
    if short.len() < 4 {
        return None;
    }
    if long.contains(short) {
        return Some(0);
    }
    let most = if short.len() < 8 { 1 } else { 2 };
    (long.len() - short.len() <= most).then(|| letters_apart(short, long)).filter(|apart| *apart <= most)
}

/// The letters to change, add or drop between two folded names (Levenshtein).
fn letters_apart(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (place, letter) in one.iter().enumerate() {
        let mut before = row[0];
        row[0] = place + 1;
        for (at, wanted) in other.iter().enumerate() {
            let changed = before + usize::from(letter != wanted);
            before = row[at + 1];
            row[at + 1] = changed.min(row[at] + 1).min(before + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

fn one_business(book: &Book, written: &str) -> Option<Id> {
    for key in ["tax_code", "name", "short_name"] {
        if let [only] = book.named(Kind::Business, key, None, written).as_slice() {
            return Some(*only);
        }
    }
    match suggest(book, Kind::Business, None, written, 2).as_slice() {
        [only] => book.get::<Business>(*only).map(|business| business.id),
        _ => None,
    }
}

fn is_number_like(part: &str) -> bool {
    let digits = part.chars().filter(char::is_ascii_digit).count();
    digits >= 8 && part.chars().all(|letter| letter.is_ascii_digit() || " +.-()".contains(letter))
}

/// An amount and a unit: `2 tấn/tháng`, `500 hộp`, `1.200kg`.
fn is_volume(part: &str) -> bool {
    part.starts_with(|letter: char| letter.is_ascii_digit()) && part.chars().any(char::is_alphabetic)
}

/// True where a word of doing stands first, or a day that is nothing but a day: `hoa mai` and `cá thu` are goods.
fn is_to_do(part: &str, today: Date) -> bool {
    let first = part.split_whitespace().next().unwrap_or_default();
    let (rest, day) = step_and_day(part, today);
    let said = part.split_whitespace().count() - rest.as_str().split_whitespace().count();
    let is_plain = said > 1 || part.chars().any(|letter| letter.is_ascii_digit()) || is_one_of(part, &["cn"]);
    is_one_of(first, DOING) || (!is_volume(part) && day.is_some() && is_plain)
}

/// True when a word is one of these, whatever its case; marks count where any are written.
fn is_one_of(said: &str, words: &[&str]) -> bool {
    let lower = said.to_lowercase();
    words.iter().any(|word| lower == *word || (lower.is_ascii() && lower == fold(word)))
}

/// What is to be done, and the day that stands at its end or its beginning.
fn step_and_day(part: &str, today: Date) -> (Text, Option<Date>) {
    let words: Vec<&str> = part.split_whitespace().collect();
    for length in (1..=words.len().min(2)).rev() {
        let (rest, last) = words.split_at(words.len() - length);
        if let Some(day) = day_said(&last.join(" "), today) {
            return (Text::new(&rest.join(" ")), Some(day));
        }
        let (first, rest) = words.split_at(length);
        if let Some(day) = day_said(&first.join(" "), today) {
            return (Text::new(&rest.join(" ")), Some(day));
        }
    }
    (Text::new(part), None)
}

/// A day as people say it: `T2`, `CN`, `mai`, `tuần sau`, `+3`, `5/12`, `5/12/2026`, `Fri`, `next week`.
#[must_use]
pub fn day_said(said: &str, today: Date) -> Option<Date> {
    let in_days = |days| today.checked_add_days(Days::new(days));
    let next = |day: Weekday| {
        let ahead = (7 + day.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7;
        in_days(u64::from(if ahead == 0 { 7 } else { ahead }))
    };
    for (names, days) in [(TODAY, 0), (TOMORROW, 1), (IN_TWO_DAYS, 2), (NEXT_WEEK, 7)] {
        if is_one_of(said, names) {
            return in_days(days);
        }
    }
    if is_one_of(said, NEXT_MONTH) {
        return Some(plus_months(today, 1));
    }
    if let Some((day, _)) = WEEK.iter().find(|(_, names)| is_one_of(said, names)) {
        return next(*day);
    }
    if let Some(days) = said.strip_prefix('+') {
        return in_days(days.parse().ok().filter(|days| *days <= 3_650)?);
    }
    read_date(said).ok().or_else(|| day_and_month(said, today))
}

/// `5/12`: the next such day.
fn day_and_month(said: &str, today: Date) -> Option<Date> {
    let (day, month) = said.split_once('/')?;
    let (day, month): (u32, u32) = (day.parse().ok()?, month.parse().ok()?);
    let this_year = Date::from_ymd_opt(today.year(), month, day)?;
    if this_year >= today { Some(this_year) } else { Date::from_ymd_opt(today.year() + 1, month, day) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        // A Thursday.
        Date::from_ymd_opt(2026, 11, 26).unwrap()
    }

    fn understood(line: &str) -> Captured {
        read(&Book::default(), line, Stand { today: today(), business: None, fair: None }, Lang::Vi)
    }

    #[test]
    fn the_line_of_the_stand_is_understood() {
        let found = understood("Co.opmart | kẹo dừa | 2 tấn/tháng | gọi T2");
        assert_eq!(found.partner_name.as_str(), "Co.opmart");
        assert_eq!(found.interest.as_str(), "kẹo dừa");
        assert_eq!(found.volume.as_str(), "2 tấn/tháng");
        assert_eq!(found.next_step.as_str(), "gọi");
        assert_eq!(found.due_on, Date::from_ymd_opt(2026, 11, 30));
    }

    #[test]
    fn parts_are_known_by_what_they_look_like_in_any_order() {
        let found = understood("Lotte | 0938 123 456 | gửi mẫu 5/12 | @Chị Hà | 500 hộp | bưởi da xanh | ha@lotte.vn");
        assert_eq!(found.person.as_str(), "Chị Hà");
        assert_eq!(found.phone.as_str(), "+84938123456");
        assert_eq!(found.email.as_str(), "ha@lotte.vn");
        assert_eq!(found.interest.as_str(), "bưởi da xanh");
        assert_eq!(found.volume.as_str(), "500 hộp");
        assert_eq!((found.next_step.as_str(), found.due_on), ("gửi mẫu", Date::from_ymd_opt(2026, 12, 5)));
    }

    /// Goods whose words are days or deeds but for a mark, or but for what stands beside them.
    #[test]
    fn goods_are_not_taken_for_days() {
        for goods in [
            "cá thu",
            "hoa mai",
            "loại một",
            "Bánh mốt",
            "gói quà Tết",
            "cà phê mít",
            "mãng cầu",
            "kẹo chuối mai",
            "thu",
        ] {
            let found = understood(&format!("Co.opmart | {goods} | 2 tấn/tháng"));
            assert_eq!((found.interest.as_str(), found.next_step.as_str()), (goods, "Liên hệ lại"), "{goods}");
        }
        let day = |day| Date::from_ymd_opt(2026, 11, day);
        for (step, left, due) in [
            ("gọi mai", "gọi", day(27)),
            ("goi mai", "goi", day(27)),
            ("mai gửi mẫu 28/11", "mai gửi mẫu", day(28)),
            ("báo giá mốt", "báo giá", day(28)),
            ("ngày mai giao mẫu", "giao mẫu", day(27)),
            ("ký hợp đồng thứ hai", "ký hợp đồng", day(30)),
            ("gặp cá thu", "gặp cá thu", day(29)),
        ] {
            let found = understood(&format!("Co.opmart | {step} | kẹo dừa"));
            assert_eq!(
                (found.next_step.as_str(), found.due_on, found.interest.as_str()),
                (left, due, "kẹo dừa"),
                "{step}"
            );
        }
    }

    #[test]
    fn what_is_not_said_is_filled_and_shown() {
        let found = understood("Lotte | mật hoa dừa");
        assert_eq!(found.next_step.as_str(), "Liên hệ lại");
        assert_eq!(found.due_on, Date::from_ymd_opt(2026, 11, 29));
    }

    #[test]
    fn days_as_people_say_them() {
        let said = |text: &str| day_said(text, today());
        assert_eq!(said("T5"), Date::from_ymd_opt(2026, 12, 3), "today's weekday is the next one");
        assert_eq!(said("Chủ nhật"), Date::from_ymd_opt(2026, 11, 29));
        assert_eq!(said("mai"), Date::from_ymd_opt(2026, 11, 27));
        assert_eq!(said("1/2"), Date::from_ymd_opt(2027, 2, 1), "a day that has passed is next year's");
        assert_eq!(said("31/2"), None);
        assert_eq!(said("kẹo"), None);
    }

    #[test]
    fn names_are_the_same_without_marks_points_and_spaces() {
        assert_eq!(compact("Co.op Mart"), compact("COOPMART"));
        assert_eq!(letters_apart("coopmart", "copmart"), 1);
        assert_eq!(closeness("coopmart", "coopmartcongquynh"), Some(0));
        assert_eq!(closeness("lotte", "metro"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_taken_calmly(line in "\\PC{0,200}") {
            let _ = understood(&line);
        }
    }
}
