//! From what a person or a file writes to a [`Value`], by the field's description.

use chrono::Datelike as _;

use crate::base::account::AccountNumber;
use crate::base::citizen::CitizenNumber;
use crate::base::dates::{Date, Moment, YEARS, read_date};
use crate::base::email::Email;
use crate::base::gtin::Gtin;
use crate::base::ids::Id;
use crate::base::money::{BasisPoints, Currency, Money};
use crate::base::phone::Phone;
use crate::base::tax_code::TaxCode;
use crate::base::text::{Text, fold};
use crate::domain::Registration;
use crate::domain::book::Book;
use crate::domain::field::{Choice, Field, Shape, Unique, Value, Wording};
use crate::domain::geometry::Polygon;
use crate::domain::naming::composed;
use crate::domain::placing::Tier;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::subsidy::rules::Rules;
use crate::say;

/// What reading a value may look up: the book, the day, and the fair whose booths and halls are meant.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The book in which other records are found.
    pub book: &'a Book,
    /// Today, for days written as `+7`.
    pub today: Date,
    /// The fair below which codes are looked up when none is written.
    pub fair: Option<Id>,
}

impl Reader<'_> {
    /// Reads one field; empty text is [`Value::Empty`].
    ///
    /// # Errors
    /// A refusal at this field that says what would be right.
    pub fn read(&self, field: &Field, written: &str) -> Result<Value, Refusal> {
        let text = match field.shape {
            Shape::Text(Wording::Notes | Wording::Rules, _) => Text::lines(written),
            _ => Text::new(written),
        };
        if text.is_empty() {
            return Ok(Value::Empty);
        }
        self.read_shape(field, text).map_err(|refusal| refusal.at(field.key))
    }

    fn read_shape(&self, field: &Field, text: Text) -> Result<Value, Refusal> {
        match field.shape {
            Shape::Text(wording, chars_max) => read_wording(wording, chars_max, text),
            Shape::Choice(choices) => read_choice(choices, text.as_str()).map(|key| Value::Text(Text::new(key))),
            Shape::Choices(choices) => read_choices(choices, text.as_str()),
            Shape::Flag => read_flag(text.as_str()),
            Shape::Number(least, most, unit) => read_number(least, most, unit, text.as_str()),
            Shape::Money => read_money(text.as_str()),
            Shape::Percent => read_percent(text.as_str()),
            Shape::Length => read_length(text.as_str()),
            Shape::Area => read_area(text.as_str()),
            Shape::Date => self.read_day(text.as_str()).map(Value::Date),
            Shape::Moment => self.read_moment(text.as_str()).map(Value::Moment),
            Shape::Link(kind) => self.read_link(kind, text.as_str()).map(Value::Link),
        }
    }

    /// A day: `dd/mm/yyyy`, `yyyy-mm-dd`, or so many days from today as `+7`, `-3`, `0`.
    ///
    /// # Errors
    /// When it is no day.
    pub fn read_day(&self, text: &str) -> Result<Date, Refusal> {
        if let Some(day) = relative_day(self.today, text) {
            return Ok(day);
        }
        read_date(text).map_err(|fault| {
            Refusal::new(
                "date-unreadable",
                fault.words(),
                say!(
                    "Ghi ngày như 05/02/2026, hoặc +7 cho bảy ngày nữa.",
                    "Write a day as 05/02/2026, or +7 for seven days from now."
                ),
            )
        })
    }

    fn read_moment(&self, text: &str) -> Result<Moment, Refusal> {
        if let Ok(moment) = Moment::read(text) {
            return Ok(moment);
        }
        let (day, time) = text.split_once(' ').unwrap_or((text, "08:00"));
        let day = self.read_day(day)?;
        let stamp = format!("{} {time}", crate::base::dates::show_date(day));
        Moment::read(&stamp).map_err(|fault| {
            Refusal::new(
                "moment-unreadable",
                fault.words(),
                say!("Ghi như 05/02/2026 08:30.", "Write it as 05/02/2026 08:30."),
            )
        })
    }

    /// Another record: by identity, by a unique value, or by a name that only one record has. A booth, hall or
    /// registration is written below its fair: `FAIR/A12`.
    ///
    /// # Errors
    /// When no record or more than one fits.
    pub fn read_link(&self, kind: Kind, text: &str) -> Result<Id, Refusal> {
        let found = self.candidates_or_id(kind, text);
        let words = kind.words();
        match found.as_slice() {
            [only] => Ok(*only),
            [] => Err(Refusal::new(
                "not-found",
                say!("Không có {} nào là “{text}”.", "There is no {} “{text}”."; words),
                say!(
                    "Ghi mã, mã số thuế hoặc tên đúng như trong sổ; hoặc thêm mới trước.",
                    "Write its code, tax code or name as the book has it; or add it first."
                ),
            )),
            several => {
                let count = several.len();
                Err(Refusal::new(
                    "not-unique",
                    say!("Có {count} {} cùng là “{text}”.", "{count} {} records are called “{text}”."; words),
                    say!("Ghi mã hoặc mã số thuế để chỉ đúng một.", "Write the code or tax code to mean one."),
                ))
            }
        }
    }

    fn candidates(&self, kind: Kind, text: &str) -> Vec<Id> {
        if let Some((fair, rest)) = text.split_once('/')
            && let Some(fair) = self.book.named(Kind::Fair, "code", None, fair).first()
        {
            let found = self.below_fair(kind, *fair, rest);
            if !found.is_empty() {
                return found;
            }
        }
        for (index, field) in kind.fields().iter().enumerate() {
            let within = match field.unique {
                Unique::No => continue,
                Unique::Name | Unique::Book => None,
                Unique::Within(_) => self.fair,
            };
            let found = self.book.named(kind, kind.fields()[index].key, within, text);
            if !found.is_empty() {
                return found;
            }
        }
        let found = self.fair.map(|fair| self.below_fair(kind, fair, text)).unwrap_or_default();
        if found.is_empty() {
            composed(self.book, kind, text, &|kind, part| self.candidates_or_id(kind, part))
        } else {
            found
        }
    }

    fn candidates_or_id(&self, kind: Kind, text: &str) -> Vec<Id> {
        match text.parse::<Id>() {
            Ok(id) if self.book.noun(kind, id).is_some() => vec![id],
            _ => self.candidates(kind, text),
        }
    }

    fn below_fair(&self, kind: Kind, fair: Id, rest: &str) -> Vec<Id> {
        match kind {
            Kind::Booth | Kind::Hall | Kind::Draw => self.book.named(kind, "code", Some(fair), rest),
            Kind::Registration => {
                // A firm is at few fairs, a fair has many firms.
                let of = |business| self.book.pointing::<Registration>(business).filter(|one| one.fair == Some(fair));
                self.candidates(Kind::Business, rest).into_iter().flat_map(of).map(|one| one.id).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// So many days from today (`+7`, `-3`, `0`), or the words for today and tomorrow.
fn relative_day(today: Date, text: &str) -> Option<Date> {
    let days: i64 = match fold(text).as_str() {
        "0" | "today" | "hom nay" => 0,
        "tomorrow" | "ngay mai" | "mai" => 1,
        other if other.starts_with(['+', '-']) => other.parse().ok()?,
        _ => return None,
    };
    let day = today.checked_add_signed(chrono::TimeDelta::try_days(days)?)?;
    YEARS.contains(&day.year()).then_some(day)
}

fn read_wording(wording: Wording, chars_max: usize, text: Text) -> Result<Value, Refusal> {
    let found = text.as_str().chars().count();
    if found > chars_max {
        return Err(Refusal::new(
            "text-too-long",
            say!("Dài {found} ký tự, nhiều nhất là {chars_max}.", "{found} characters; at most {chars_max} fit."),
            say!("Rút ngắn lại.", "Make it shorter."),
        ));
    }
    let fault = |words| Refusal::new("text-unreadable", words, say!("Sửa rồi thử lại.", "Correct it and try again."));
    let read = match wording {
        Wording::Plain | Wording::Notes | Wording::Ways | Wording::Secret => return Ok(Value::Text(text)),
        Wording::Rules => return Rules::read(text.as_str()).map(|_| Value::Text(text)),
        Wording::Aims => {
            let order = Tier::read_order(text.as_str())?;
            return Ok(Value::Text(Text::new(&Tier::write_order(&order))));
        }
        Wording::Code => text.as_str().replace(' ', ""),
        Wording::TaxCode => TaxCode::read(text.as_str()).map_err(|found| fault(found.words()))?.to_string(),
        Wording::Phone => Phone::read(text.as_str()).map_err(|found| fault(found.words()))?.to_string(),
        Wording::Email => Email::read(text.as_str()).map_err(|found| fault(found.words()))?.to_string(),
        Wording::Citizen => CitizenNumber::read(text.as_str()).map_err(|found| fault(found.words()))?.to_string(),
        Wording::Account => AccountNumber::read(text.as_str()).map_err(|found| fault(found.words()))?.to_string(),
        Wording::Gtin => Gtin::read(text.as_str()).map_err(|found| fault(found.words()))?.to_string(),
        Wording::Outline => Polygon::read(text.as_str()).map_err(|found| fault(found.words()))?.write(),
    };
    Ok(Value::Text(Text::new(&read)))
}

/// Several choices, apart by semicolons or commas; a comma may also belong to the words of one.
fn read_choices(choices: &'static [Choice], text: &str) -> Result<Value, Refusal> {
    let apart = |text: &str, by: char| -> Result<Vec<Text>, Refusal> {
        let parts = text.split(by).filter(|part| !part.trim().is_empty());
        parts.map(|part| read_choice(choices, part).map(Text::new)).collect()
    };
    apart(text, ';').or_else(|_| apart(&text.replace(';', ","), ',')).map(Value::Texts)
}

/// A choice by its key, by its word in either language, by what other programs call it, or by the beginning of one that fits no other.
fn read_choice(choices: &'static [Choice], text: &str) -> Result<&'static str, Refusal> {
    let wanted = fold(text.trim());
    let is = |choice: &&Choice| {
        let Choice { key, vi, en, also } = choice;
        [key, vi, en].into_iter().any(|name| fold(name) == wanted) || also.contains(&wanted.as_str())
    };
    let exact = choices.iter().find(is);
    if let Some(choice) = exact {
        return Ok(choice.key);
    }
    let begins = |choice: &&Choice| fold(choice.vi).starts_with(&wanted) || fold(choice.en).starts_with(&wanted);
    let mut close = choices.iter().filter(begins);
    if let (Some(choice), None, true) = (close.next(), close.next(), wanted.chars().count() >= 3) {
        return Ok(choice.key);
    }
    let vi: Vec<&str> = choices.iter().map(|choice| choice.vi).collect();
    let en: Vec<&str> = choices.iter().map(|choice| choice.en).collect();
    let (vi, en) = (vi.join(", "), en.join(", "));
    Err(Refusal::new(
        "choice-unknown",
        say!("Không có lựa chọn “{text}”.", "There is no choice “{text}”."),
        crate::base::words::Words {
            vi: format!("Chọn một trong: {vi}.").into(),
            en: format!("Choose one of: {en}.").into(),
        },
    ))
}

fn read_flag(text: &str) -> Result<Value, Refusal> {
    match fold(text).as_str() {
        "x" | "co" | "yes" | "y" | "true" | "1" | "dung" | "v" => Ok(Value::Flag(true)),
        "khong" | "no" | "n" | "false" | "0" | "-" | "k" => Ok(Value::Flag(false)),
        _ => Err(Refusal::new(
            "flag-unreadable",
            say!("“{text}” không rõ là có hay không.", "“{text}” is neither yes nor no."),
            say!("Ghi có hoặc không (hoặc x).", "Write yes or no (or x)."),
        )),
    }
}

fn read_number(least: i64, most: i64, unit: &str, text: &str) -> Result<Value, Refusal> {
    match whole_number(text.trim_end_matches(unit).trim()) {
        Some(number) if (least..=most).contains(&number) => Ok(Value::Number(number)),
        Some(number) => Err(Refusal::new(
            "number-out-of-range",
            say!("{number} nằm ngoài {least}–{most}.", "{number} is not within {least}–{most}."),
            say!("Ghi số từ {least} đến {most}.", "Write a number from {least} to {most}."),
        )),
        None => Err(Refusal::new(
            "number-unreadable",
            say!("“{text}” không phải số nguyên.", "“{text}” is no whole number."),
            say!("Chỉ ghi chữ số.", "Write digits only."),
        )),
    }
}

/// Digits, or digits in groups of three with points or blanks between: `1.500` is 1500, and `1500.5` or `10.25` is none.
fn whole_number(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let Some(by) = digits.chars().find(|letter| matches!(letter, '.' | ' ')) else { return text.parse().ok() };
    let mut groups = digits.split(by);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()) && !first.starts_with('0'))?;
    let is_group = |group: &str| group.bytes().all(|digit| digit.is_ascii_digit());
    let grouped = is_group(first) && groups.all(|group| group.len() == 3 && is_group(group));
    grouped.then(|| text.replace(by, "").parse().ok()).flatten()
}

fn read_money(text: &str) -> Result<Value, Refusal> {
    let amount = Money::read(text, Currency::named_in(text)).map_err(|fault| {
        Refusal::new(
            "money-unreadable",
            fault.words(),
            say!("Ghi như 4.500.000 hoặc 4500000.", "Write it as 4.500.000 or 4500000."),
        )
    })?;
    Ok(Value::Money(amount))
}

fn read_percent(text: &str) -> Result<Value, Refusal> {
    match BasisPoints::read(text) {
        Ok(rate) if rate.0 <= 10_000 => Ok(Value::Number(i64::from(rate.0))),
        _ => Err(Refusal::new(
            "percent-unreadable",
            say!("“{text}” không phải tỷ lệ từ 0 đến 100 %.", "“{text}” is no percentage from 0 to 100 %."),
            say!("Ghi như 50 hoặc 12,5 %.", "Write it as 50 or 12,5 %."),
        )),
    }
}

/// A length in metres with at most two decimals, kept in centimetres.
fn read_length(text: &str) -> Result<Value, Refusal> {
    let bare = text.trim_end_matches(['m', 'M']).trim().replace(',', ".");
    let (whole, part) = bare.split_once('.').unwrap_or((&bare, ""));
    let digits = |piece: &str| piece.chars().all(|digit| digit.is_ascii_digit());
    let read = || -> Option<i64> {
        if whole.is_empty() || whole.len() > 5 || part.len() > 2 || !digits(whole) || !digits(part) {
            return None;
        }
        let centimetres: i64 = format!("{part:0<2}").parse().ok()?;
        Some(whole.parse::<i64>().ok()? * 100 + centimetres)
    };
    read().map(Value::Number).ok_or_else(|| {
        Refusal::new(
            "length-unreadable",
            say!("“{text}” không phải chiều dài bằng mét.", "“{text}” is no length in metres."),
            say!("Ghi như 3 hoặc 4,5 (mét).", "Write it as 3 or 4,5 (metres)."),
        )
    })
}

/// An area in square metres with at most four decimals, kept in square centimetres.
fn read_area(text: &str) -> Result<Value, Refusal> {
    let number = ["m²", "m2", "²"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text);
    let bare = number.trim().replace(',', ".");
    let (whole, part) = bare.split_once('.').unwrap_or((&bare, ""));
    let digits = |piece: &str| piece.chars().all(|digit| digit.is_ascii_digit());
    let read = || -> Option<i64> {
        if whole.is_empty() || whole.len() > 9 || part.len() > 4 || !digits(whole) || !digits(part) {
            return None;
        }
        let rest: i64 = format!("{part:0<4}").parse().ok()?;
        Some(whole.parse::<i64>().ok()? * 10_000 + rest)
    };
    read().map(Value::Number).ok_or_else(|| {
        Refusal::new(
            "area-unreadable",
            say!("“{text}” không phải diện tích bằng mét vuông.", "“{text}” is no area in square metres."),
            say!("Ghi như 9 hoặc 13,5 (m²).", "Write it as 9 or 13,5 (m²)."),
        )
    })
}
