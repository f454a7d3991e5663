//! What somebody types to narrow a list: words, and terms such as `status:held`, `stars>=4`, `due<7d`.

use chrono::{Datelike, TimeDelta};
use memchr::memmem;

use crate::base::dates::{Date, days_until, plus_months, read_date};
use crate::base::limits::{QUERY_CHARS, QUOTE_CHARS};
use crate::base::search::Query;
use crate::base::text::{Text, ellipsis, fold};
use crate::base::words::Lang;
use crate::domain::book::Book;
use crate::domain::field::{Choice, Field, Shape, Value, Wording};
use crate::domain::reading::Reader;
use crate::domain::record::{AnyNoun, Kind};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::view::columns::{Column, column, columns, value};
use crate::domain::view::title::title;
use crate::say;

/// By which column a list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column's key; one that the kind does not have leaves the oldest first.
    pub key: &'static str,
    /// True for the greatest first.
    pub descending: bool,
}

impl Sort {
    /// The least first.
    #[must_use]
    pub const fn by(key: &'static str) -> Self {
        Self { key, descending: false }
    }

    /// The greatest first.
    #[must_use]
    pub const fn down(key: &'static str) -> Self {
        Self { key, descending: true }
    }

    /// How a list of a kind is sorted until somebody chooses otherwise.
    #[must_use]
    pub const fn usual(kind: Kind) -> Self {
        match kind {
            Kind::Fair => Self::down("opens_on"),
            Kind::Hall | Kind::Booth | Kind::Draw | Kind::Scheme => Self::by("code"),
            Kind::Fixture => Self::by("kind"),
            Kind::BudgetLine => Self::down("fiscal_year"),
            Kind::Target => Self::down("year"),
            Kind::Registration => Self::by("received_at"),
            Kind::Placement => Self::by("booth"),
            Kind::Pairing => Self::by("business"),
            Kind::Claim => Self::down("file_no"),
            Kind::Payment => Self::down("voucher_on"),
            Kind::PaymentList => Self::down("made_on"),
            Kind::Recovery => Self::by("due_on"),
            Kind::Lead => Self::by("due_on"),
            Kind::Touch | Kind::Sale => Self::down("on"),
            Kind::FairReport => Self::down("received_on"),
            Kind::Conference => Self::by("on"),
            Kind::Meeting => Self::by("starts"),
            Kind::Wish | Kind::Attendance => Self::by("partner"),
            Kind::Certificate => Self::by("valid_until"),
            Kind::ConsentText => Self::down("from_on"),
            Kind::Consent => Self::down("given_on"),
            Kind::Request => Self::by("due_on"),
            Kind::Evidence => Self::by("document"),
            Kind::Expense => Self::by("claim"),
            Kind::Office | Kind::Person | Kind::Partner | Kind::Business | Kind::Product | Kind::Contact => {
                Self::by("name")
            }
        }
    }

    /// Reads `grant` or `-grant`; the key as in a filter.
    ///
    /// # Errors
    /// When the kind has no such column; the refusal lists close ones.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, Refusal> {
        let text = text.trim();
        let (descending, key) = text.strip_prefix('-').map_or((false, text), |key| (true, key));
        let column = find_column(key, kind)?;
        Ok(Self { key: column.field.key, descending })
    }
}

/// A prepared filter: words that must occur, words that must not, and terms about columns.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    query: Query,
    phrases: Vec<(bool, memmem::Finder<'static>)>,
    terms: Vec<Term>,
}

/// One comparison of a column.
#[derive(Clone, Debug)]
pub(super) struct Term {
    column: &'static Column,
    sign: Sign,
    wanted: Wanted,
    negated: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// `:` — has it in it.
    Has,
    Is,
    Not,
    Less,
    Most,
    More,
    Least,
}

/// What a term compares with.
#[derive(Clone, Debug)]
enum Wanted {
    /// Nothing behind `=` or `!=`: the value is empty.
    Nothing,
    /// Folded text, or a name.
    Text(String),
    /// Places in the list of choices.
    Choices(&'static [Choice], Vec<usize>),
    Number(i64),
    Flag(bool),
    /// From the first to the last day, both included.
    Days(Date, Date),
    /// So many days from the day of filtering.
    Distance(i64),
}

impl Filter {
    /// Reads what somebody typed. Words are looked for in the row's text; `-word` must not occur; `"two words"` occur
    /// side by side; `key:value`, `=`, `!=`, `<`, `<=`, `>`, `>=` compare a column, `-key:value` the opposite.
    ///
    /// # Errors
    /// When a term's key is no column of this kind or its value cannot be read; the refusal says what would be right.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, Refusal> {
        let text = Text::new(text);
        let (mut words, mut filter) = (Vec::new(), Self::default());
        for piece in pieces(text.as_str()) {
            let (negated, bare) = match piece.text.strip_prefix('-') {
                Some(bare) if !bare.is_empty() && !piece.starts_quoted => (true, bare),
                _ => (false, piece.text.as_str()),
            };
            match piece.sign.and_then(|(place, sign)| term_parts(&piece.text, place, sign)) {
                Some((key, sign, wanted)) => {
                    let key = if negated { key.trim_start_matches('-') } else { key };
                    let column = find_column(key, kind)?;
                    let wanted = read_wanted(&column.field, sign, wanted).map_err(|refusal| refusal.at("filter"))?;
                    filter.terms.push(Term { column, sign, wanted, negated });
                }
                None if !negated && !piece.quoted => words.push(bare.to_owned()),
                None => {
                    let folded = fold(bare);
                    filter.phrases.push((!negated, memmem::Finder::new(folded.as_bytes()).into_owned()));
                }
            }
        }
        filter.query = Query::new(&words.join(" "));
        Ok(filter)
    }

    /// True when it leaves every row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.has_words() && !self.has_terms()
    }

    /// The words that must occur.
    #[must_use]
    pub const fn query(&self) -> &Query {
        &self.query
    }

    pub(super) fn has_words(&self) -> bool {
        !self.query.is_empty() || !self.phrases.is_empty()
    }

    pub(super) const fn has_terms(&self) -> bool {
        !self.terms.is_empty()
    }

    /// The terms about columns.
    pub(super) fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// True when the phrases of the filter fit a row's folded text; its plain words are another question.
    pub(super) fn text_fits(&self, folded: &str) -> bool {
        self.phrases.iter().all(|(wanted, phrase)| phrase.find(folded.as_bytes()).is_some() == *wanted)
    }

    fn terms_fit(&self, book: &Book, noun: &dyn AnyNoun, today: Date) -> bool {
        self.terms.iter().all(|term| term.fits(book, noun, today))
    }

    /// True when one record fits; lists use [`Rows::filtered`](crate::domain::view::list::Rows::filtered).
    #[must_use]
    pub fn fits(&self, book: &Book, noun: &dyn AnyNoun, today: Date) -> bool {
        let mut row = String::new();
        if self.has_words() {
            crate::domain::view::list::row_text(book, noun, today, &mut row);
        }
        let folded = fold(&row);
        self.query.matches(&folded) && self.text_fits(&folded) && self.terms_fit(book, noun, today)
    }
}

impl Term {
    /// The column that it is about.
    pub(super) const fn column(&self) -> &'static Column {
        self.column
    }

    /// True when a record fits.
    pub(super) fn fits(&self, book: &Book, noun: &dyn AnyNoun, today: Date) -> bool {
        self.takes(book, value(book, self.column, noun, today), today)
    }

    /// True when a record fits that has this value in the term's column.
    pub(super) fn takes(&self, book: &Book, found: Value, today: Date) -> bool {
        self.agrees(book, found, today) != self.negated
    }

    fn agrees(&self, book: &Book, found: Value, today: Date) -> bool {
        // A flag that was never set says no.
        let found = match (found, self.column.field.shape) {
            (Value::Empty, Shape::Flag) => Value::Flag(false),
            (found, _) => found,
        };
        if let Wanted::Nothing = self.wanted {
            return found.is_empty() == (self.sign == Sign::Is);
        }
        if found.is_empty() {
            return self.sign == Sign::Not;
        }
        match &self.wanted {
            Wanted::Nothing => false,
            Wanted::Number(wanted) => number_of(&found).is_some_and(|number| self.between(number, *wanted, *wanted)),
            Wanted::Flag(wanted) => (found == Value::Flag(*wanted)) != (self.sign == Sign::Not),
            Wanted::Choices(choices, places) => self.fits_choice(choices, places, &found),
            Wanted::Days(first, last) => self.fits_days(&found, *first, *last),
            Wanted::Distance(days) => today
                .checked_add_signed(TimeDelta::try_days(*days).unwrap_or_default())
                .is_some_and(|day| self.fits_days(&found, day, day)),
            Wanted::Text(wanted) => self.fits_text(&text_of(book, &self.column.field, &found), wanted),
        }
    }

    fn between(&self, found: i64, first: i64, last: i64) -> bool {
        match self.sign {
            Sign::Has | Sign::Is => first <= found && found <= last,
            Sign::Not => found < first || last < found,
            Sign::Less => found < first,
            Sign::Most => found <= last,
            Sign::More => found > last,
            Sign::Least => found >= first,
        }
    }

    fn fits_days(&self, found: &Value, first: Date, last: Date) -> bool {
        let day = match found {
            Value::Date(day) => *day,
            Value::Moment(moment) => moment.date(),
            _ => return false,
        };
        let count = |day: Date| days_until(Date::default(), day);
        self.between(count(day), count(first), count(last))
    }

    fn fits_choice(&self, choices: &[Choice], places: &[usize], found: &Value) -> bool {
        let place = |key: &str| choices.iter().position(|choice| choice.key == key);
        let mut found = match found {
            Value::Text(key) => vec![place(key.as_str())],
            Value::Texts(keys) => keys.iter().map(|key| place(key.as_str())).collect(),
            _ => return false,
        }
        .into_iter()
        .flatten();
        let (Some(first), Some(last)) = (places.iter().min(), places.iter().max()) else { return false };
        match self.sign {
            Sign::Has | Sign::Is => found.any(|place| places.contains(&place)),
            Sign::Not => !found.any(|place| places.contains(&place)),
            Sign::Less => found.any(|place| place < *first),
            Sign::Most => found.any(|place| place <= *last),
            Sign::More => found.any(|place| place > *last),
            Sign::Least => found.any(|place| place >= *first),
        }
    }

    fn fits_text(&self, found: &str, wanted: &str) -> bool {
        let order = || crate::base::order::natural_compare(found, wanted);
        match self.sign {
            Sign::Has => found.contains(wanted),
            Sign::Is => found == wanted,
            Sign::Not => found != wanted,
            Sign::Less => order().is_lt(),
            Sign::Most => order().is_le(),
            Sign::More => order().is_gt(),
            Sign::Least => order().is_ge(),
        }
    }
}

fn number_of(found: &Value) -> Option<i64> {
    match found {
        Value::Number(number) => Some(*number),
        Value::Money(amount) => Some(amount.minor),
        _ => None,
    }
}

/// The folded text of a value as a term compares it.
fn text_of(book: &Book, field: &Field, found: &Value) -> String {
    match (found, field.shape) {
        (Value::Text(text), _) => fold(text.as_str()),
        (Value::Link(id), Shape::Link(kind)) => fold(&title(book, kind, *id, Lang::Vi)),
        _ => String::new(),
    }
}

/// One piece between blanks, without its quotes.
struct Piece {
    text: String,
    /// The first comparison outside quotes: its place and itself.
    sign: Option<(usize, char)>,
    quoted: bool,
    starts_quoted: bool,
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let fresh = || Piece { text: String::new(), sign: None, quoted: false, starts_quoted: false };
    let (mut piece, mut inside) = (fresh(), false);
    for letter in text.chars().take(QUERY_CHARS) {
        match letter {
            '"' | '“' | '”' => {
                piece.starts_quoted |= piece.text.is_empty();
                piece.quoted = true;
                inside = !inside;
            }
            ' ' if !inside => found.push(std::mem::replace(&mut piece, fresh())),
            _ => {
                if !inside && piece.sign.is_none() && matches!(letter, ':' | '=' | '<' | '>' | '!') {
                    piece.sign = Some((piece.text.len(), letter));
                }
                piece.text.push(letter);
            }
        }
    }
    found.push(piece);
    found.retain(|piece| !piece.text.is_empty());
    found
}

/// Key, comparison and value of a piece; nothing when no key stands before the comparison, as in a time or an address.
fn term_parts(text: &str, place: usize, sign: char) -> Option<(&str, Sign, &str)> {
    let (key, rest) = (text.get(..place)?, text.get(place + sign.len_utf8()..)?);
    if !key.trim_start_matches('-').starts_with(char::is_alphabetic) || rest.starts_with("//") {
        return None;
    }
    let (sign, wanted) = match (sign, rest.strip_prefix('=')) {
        ('<', Some(rest)) => (Sign::Most, rest),
        ('>', Some(rest)) => (Sign::Least, rest),
        ('!', Some(rest)) => (Sign::Not, rest),
        ('!', None) => return None,
        ('<', None) => (Sign::Less, rest),
        ('>', None) => (Sign::More, rest),
        ('=', _) => (Sign::Is, rest),
        _ => (Sign::Has, rest),
    };
    Some((key, sign, wanted))
}

/// How keys and labels are compared: without marks, case, blanks and signs.
fn bare(text: &str) -> String {
    fold(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The column that somebody means: by its key, by its label in either language, by another header of it.
fn find_column(key: &str, kind: Kind) -> Result<&'static Column, Refusal> {
    if let Some(found) = column(kind, key) {
        return Ok(found);
    }
    let wanted = bare(key);
    let all = columns(kind);
    let is = |text: &str| bare(text) == wanted;
    let found = all
        .iter()
        .find(|column| is(column.field.key))
        .or_else(|| all.iter().find(|column| is(column.field.vi) || is(column.field.en)))
        .or_else(|| all.iter().find(|column| column.field.also.iter().any(|header| is(header))));
    match found {
        Some(column) if !wanted.is_empty() => Ok(column),
        _ => {
            let (key, close, words) = (ellipsis(key, QUOTE_CHARS), close_keys(&wanted, kind), kind.words());
            let what = say!("Không có cột “{key}” ở {}.", "There is no column “{key}” for a {}."; words);
            let fix = say!("Cột gần giống: {close}.", "Close ones: {close}.");
            Err(Refusal::new("filter-key", what, fix).at("filter"))
        }
    }
}

/// Up to six keys that are closest to what was typed.
fn close_keys(wanted: &str, kind: Kind) -> String {
    let mut ranked: Vec<(usize, &str)> = columns(kind)
        .iter()
        .map(|column| {
            let far = [column.field.key, column.field.vi, column.field.en]
                .iter()
                .map(|name| {
                    let name = bare(name);
                    if name.starts_with(wanted) { 0 } else { 1 + steps_between(&name, wanted) }
                })
                .min();
            (far.unwrap_or(usize::MAX), column.field.key)
        })
        .collect();
    ranked.sort_by_key(|(far, _)| *far);
    let keys: Vec<&str> = ranked.into_iter().take(6).map(|(_, key)| key).collect();
    keys.join(", ")
}

/// How many letters must be put in, taken out or changed between two folded texts.
fn steps_between(one: &str, other: &str) -> usize {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.iter().enumerate() {
        let mut corner = line;
        let mut left = line + 1;
        for (above, wanted) in row.iter_mut().skip(1).zip(other) {
            let changed = corner + usize::from(letter != wanted);
            corner = *above;
            left = changed.min(left + 1).min(*above + 1);
            *above = left;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

fn read_wanted(field: &Field, sign: Sign, text: &str) -> Result<Wanted, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        let key = field.key;
        return match sign {
            Sign::Is | Sign::Not => Ok(Wanted::Nothing),
            _ => refuse(
                "filter-value",
                say!("“{key}” chưa có giá trị để so.", "“{key}” has nothing to compare with."),
                say!("Ghi giá trị, hoặc “{key}=” để tìm ô trống.", "Write a value, or “{key}=” to find empty ones."),
            ),
        };
    }
    match field.shape {
        Shape::Text(wording, _) => Ok(Wanted::Text(read_text(field, wording, sign, text))),
        Shape::Link(_) => Ok(Wanted::Text(fold(text))),
        Shape::Choice(choices) | Shape::Choices(choices) => read_choices(choices, text),
        Shape::Date | Shape::Moment => read_days(text),
        Shape::Flag => match plain(field, text)? {
            Value::Flag(flag) => Ok(Wanted::Flag(flag)),
            _ => Ok(Wanted::Flag(true)),
        },
        Shape::Number(_, _, unit) => {
            let any = Field { shape: Shape::Number(i64::MIN, i64::MAX, unit), ..*field };
            // `7d` reads well for a column that counts days.
            let days = relative(text).filter(|_| unit.is_empty());
            days.map_or_else(|| signed(&any, text), |days| Ok(Wanted::Number(days)))
        }
        Shape::Money | Shape::Percent | Shape::Length | Shape::Area => signed(field, text),
    }
}

/// A text in the form in which it is stored (a phone number as `+84…`), or as it was typed.
fn read_text(field: &Field, wording: Wording, sign: Sign, text: &str) -> String {
    let stored = match (wording, sign) {
        (Wording::Phone | Wording::TaxCode, _) | (Wording::Code, Sign::Is | Sign::Not) => plain(field, text).ok(),
        _ => None,
    };
    stored.map_or_else(|| fold(text), |value| fold(value.as_text()))
}

/// An amount, number or measure, with a minus before it where one stands there.
fn signed(field: &Field, text: &str) -> Result<Wanted, Refusal> {
    let (negative, bare) = text.strip_prefix('-').map_or((false, text), |bare| (true, bare));
    let number = number_of(&plain(field, bare)?).unwrap_or(0);
    Ok(Wanted::Number(if negative { number.saturating_neg() } else { number }))
}

/// A value that needs neither book nor day to be read.
fn plain(field: &Field, text: &str) -> Result<Value, Refusal> {
    let book = Book::default();
    Reader { book: &book, today: Date::default(), fair: None }.read(field, text)
}

/// The choices whose key or word is what was typed, else those in which a word begins so.
fn read_choices(choices: &'static [Choice], text: &str) -> Result<Wanted, Refusal> {
    let mut places = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let wanted = fold(part);
        let names = |choice: &Choice| [choice.key, choice.vi, choice.en].map(|name| fold(name).replace('_', " "));
        let wanted = wanted.replace('_', " ");
        let fitting = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let fit = |choice: &Choice| names(choice).iter().any(|name| fits(name));
            choices.iter().enumerate().filter(|(_, choice)| fit(choice)).map(|(place, _)| place).collect()
        };
        let mut found = fitting(&|name| name == wanted);
        if found.is_empty() {
            found = fitting(&|name| name.starts_with(&wanted));
        }
        if found.is_empty() {
            found = fitting(&|name| name.contains(&format!(" {wanted}")));
        }
        if found.is_empty() {
            let (part, vi, en) = (
                ellipsis(part, QUOTE_CHARS),
                listing(choices, |choice| choice.vi),
                listing(choices, |choice| choice.en),
            );
            let keys = listing(choices, |choice| choice.key);
            return refuse(
                "filter-choice",
                say!("Không có lựa chọn “{part}”.", "There is no choice “{part}”."),
                say!("Chọn một trong: {vi} ({keys}).", "Choose one of: {en} ({keys})."),
            );
        }
        places.extend(found);
    }
    Ok(Wanted::Choices(choices, places))
}

fn listing(choices: &[Choice], name: impl Fn(&Choice) -> &'static str) -> String {
    let names: Vec<&str> = choices.iter().map(name).collect();
    names.join(", ")
}

/// A day, a month (`11/2026`), a year (`2026`), or so many days or weeks from now (`7d`, `-3d`, `2w`).
fn read_days(text: &str) -> Result<Wanted, Refusal> {
    if let Some(days) = relative(text) {
        return Ok(Wanted::Distance(days));
    }
    if let Some((first, last)) = month_or_year(text) {
        return Ok(Wanted::Days(first, last));
    }
    match read_date(text) {
        Ok(day) => Ok(Wanted::Days(day, day)),
        Err(fault) => refuse(
            "filter-day",
            fault.words(),
            say!(
                "Ghi 05/02/2026, 02/2026, 2026, hoặc 7d, -3d, 2w tính từ hôm nay.",
                "Write 05/02/2026, 02/2026, 2026, or 7d, -3d, 2w from today."
            ),
        ),
    }
}

fn relative(text: &str) -> Option<i64> {
    let folded = fold(text);
    match folded.as_str() {
        "today" | "nay" | "hom nay" | "0" => return Some(0),
        "tomorrow" | "mai" | "ngay mai" => return Some(1),
        "yesterday" | "hom qua" => return Some(-1),
        _ => {}
    }
    let (number, unit) = folded.split_at_checked(folded.len().checked_sub(1)?)?;
    let number: i64 = number.strip_prefix('+').unwrap_or(number).parse().ok()?;
    let days = match unit {
        "d" | "n" => 1,
        "w" | "t" => 7,
        _ => return None,
    };
    // A thousand years are enough for everybody.
    number.checked_mul(days).filter(|days| days.unsigned_abs() <= 366_000)
}

fn month_or_year(text: &str) -> Option<(Date, Date)> {
    let (month, year) = text.split_once('/').map_or((None, text), |(month, year)| (Some(month), year));
    if year.len() != 4 {
        return None;
    }
    let year: i32 = year.parse().ok().filter(|year| (1900..=2199).contains(year))?;
    let first = Date::from_ymd_opt(year, month.map_or(Some(1), |month| month.parse().ok())?, 1)?;
    let next = if month.is_some() { plus_months(first, 1) } else { first.with_year(year + 1)? };
    Some((first, next.pred_opt()?))
}
