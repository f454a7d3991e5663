//! What a firm has used of every limit of the schemes in force: in each window how much, what is left, when it begins anew.

use chrono::Datelike;

use crate::base::dates::{Date, show_date};
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::fair::EventScope;
use crate::domain::field::Chosen;
use crate::domain::refusal::Refusal;
use crate::domain::scheme::SchemeStatus;
use crate::domain::subsidy::from_book::{Groups, as_it_stands, event_of, history};
use crate::domain::subsidy::rules::{Counter, Day, Event, Group, Past, PlainCase, Rules, Same, Usage, Window, usage};
use crate::domain::{Business, Claim, Fair, Registration, Scheme};
use crate::say;

/// A limit and how far it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// At most so many times, of which so many are left.
    Times {
        /// The limit.
        most: i64,
        /// What is left of it.
        left: i64,
    },
    /// At most so much, of which so much is left.
    Amount {
        /// The limit.
        most: Money,
        /// What is left of it.
        left: Money,
    },
}

/// One limit of one scheme in its present window.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The scheme.
    pub scheme: Id,
    /// The limit.
    pub limit: Limit,
    /// What was used of it.
    pub used: Usage,
    /// The window in words.
    pub window: Words,
    /// The series, scope or country that is counted by itself; empty where all count together.
    pub of: Words,
    /// Whether connected firms use it too.
    pub shared: bool,
}

impl Row {
    /// `2 lần, năm 2026, chuỗi OCOP`.
    #[must_use]
    pub fn label(&self) -> Words {
        let limit = match self.limit {
            Limit::Times { most, .. } => say!("{most} lần", "{most} times"),
            Limit::Amount { most, .. } => shown(most),
        };
        let mut words = say!("{}, {}", "{}, {}"; limit, self.window);
        if !self.of.is_empty() {
            words = say!("{}, {}", "{}, {}"; words, self.of);
        }
        if self.shared {
            words = say!("{}, cả nhóm liên kết", "{}, the connected group together"; words);
        }
        words
    }

    /// `đã dùng 1, còn 1, tính lại từ 01/01/2027`.
    #[must_use]
    pub fn state(&self) -> Words {
        let words = match self.limit {
            Limit::Times { left, .. } => {
                let used = self.used.times;
                say!("đã dùng {used}, còn {left}", "{used} used, {left} left")
            }
            Limit::Amount { left, .. } => {
                say!("đã dùng {}, còn {}", "{} used, {} left"; shown(self.used.amount), shown(left))
            }
        };
        match self.used.resets_on.map(show_date) {
            Some(day) => say!("{}, tính lại từ {day}", "{}, anew from {day}"; words),
            None => words,
        }
    }
}

fn shown(amount: Money) -> Words {
    use crate::base::words::Lang;
    Words { vi: amount.show(Lang::Vi).into(), en: amount.show(Lang::En).into() }
}

/// Every limit of the schemes in force on a day, as a firm has used it.
///
/// # Errors
/// When a scheme's rules cannot be read or amounts overflow.
pub fn of_business(book: &Book, business: Id, day: Date) -> Result<Vec<Row>, Refusal> {
    let Some(business) = book.get::<Business>(business) else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    let in_force = |scheme: &&Scheme| {
        scheme.status == SchemeStatus::Active
            && scheme.valid_from.is_some_and(|from| from <= day)
            && scheme.valid_to.is_none_or(|to| day <= to)
    };
    for scheme in book.all::<Scheme>().iter().filter(in_force) {
        let rules = Rules::of(scheme)?;
        let groups = Groups::around(book, business, &rules);
        let history = history(book, (business, Id::NIL), &rules, &groups, &as_it_stands)?;
        rows.extend(limits(scheme.id, &rules, &history, None, day)?);
    }
    Ok(rows)
}

/// Every limit of the scheme of a registration, as it stands on the opening of its fair, its own claim left out.
///
/// # Errors
/// As [`of_business`].
pub fn of_registration(book: &Book, registration: Id) -> Result<Vec<Row>, Refusal> {
    let Some(registration) = book.get::<Registration>(registration) else { return Ok(Vec::new()) };
    let (fair, business) = (book.follow::<Fair>(registration.fair), book.follow::<Business>(registration.business));
    let claim = book.pointing::<Claim>(registration.id).find(|claim| claim.status.is_alive());
    let scheme = claim.map_or(fair.and_then(|fair| fair.scheme), |claim| claim.scheme);
    let (Some(fair), Some(business), Some(scheme)) = (fair, business, book.follow::<Scheme>(scheme)) else {
        return Ok(Vec::new());
    };
    let Some(opening) = fair.opens_on else { return Ok(Vec::new()) };
    let rules = Rules::of(scheme)?;
    let without = claim.map_or(Id::NIL, |claim| claim.id);
    let history = history(book, (business, without), &rules, &Groups::around(book, business, &rules), &as_it_stands)?;
    Ok(limits(scheme.id, &rules, &history, Some(event_of(book, fair, &rules)), opening)?)
}

/// The limits of one scheme; counted for one event, or for every one that the past knows.
fn limits(
    scheme: Id,
    rules: &Rules,
    history: &[Past],
    event: Option<Event>,
    day: Date,
) -> Result<Vec<Row>, MoneyFault> {
    let currency = rules.money()?;
    let mut rows = Vec::new();
    let times = rules.times.iter().map(|row| (row.counter(), Err(row.max)));
    let caps = rules.cap_per.iter().map(|row| (row.counter(), Ok(row.cap)));
    for (counter, limit) in times.chain(caps) {
        for event in events(&counter, history, event.as_ref()) {
            let of = of_words(&counter, &event);
            let case = PlainCase {
                event: Event { opens_on: Day(Some(day)), ..event },
                applied_on: Day(Some(day)),
                decided_on: Day(Some(day)),
                history: history.to_vec(),
                ..PlainCase::default()
            };
            let used = usage(rules, &case, &counter, limit.is_ok(), currency)?;
            let shared = counter.same.contains(&Same::Group) || (limit.is_ok() && rules.group != Group::None);
            let limit = match limit {
                Err(most) => Limit::Times { most, left: (most - used.times).max(0) },
                Ok(cap) => {
                    let most = cap.in_currency(currency)?;
                    Limit::Amount { most, left: most.minus(used.amount)?.at_least_zero() }
                }
            };
            rows.push(Row { scheme, limit, window: window_words(&counter, day, &used), used, of, shared });
        }
    }
    Ok(rows)
}

/// One event for each key that a limit counts by itself.
fn events(counter: &Counter, history: &[Past], given: Option<&Event>) -> Vec<Event> {
    if let Some(event) = given {
        return vec![event.clone()];
    }
    let key = |event: &Event| of_words(counter, event).vi;
    let mut events: Vec<Event> = Vec::new();
    for past in history {
        let event = Event {
            scope: past.scope.clone(),
            series: past.series.clone(),
            edition: past.edition.clone(),
            country: past.country.clone(),
            market: past.market.clone(),
            ..Event::default()
        };
        if !events.iter().any(|other| key(other) == key(&event)) {
            events.push(event);
        }
    }
    if events.is_empty() {
        events.push(Event::default());
    }
    events.sort_by_key(key);
    events
}

/// What is counted by itself, as the event at hand has it.
fn of_words(counter: &Counter, event: &Event) -> Words {
    let mut parts: Vec<Words> = Vec::new();
    let named = |what: Words, value: &str| (!value.is_empty()).then(|| say!("{} {value}", "{} {value}"; what));
    for same in &counter.same {
        parts.extend(match same {
            Same::Scope => EventScope::from_key(&event.scope).map(|scope| {
                let words = scope.words();
                say!("hội chợ {}", "{} fairs"; words)
            }),
            Same::Series => named(Words::new("chuỗi", "series"), &event.series),
            Same::Country => named(Words::new("nước", "country"), &event.country),
            Same::Market => named(Words::new("thị trường", "market"), &event.market),
            Same::AnyScheme | Same::Group => None,
        });
    }
    if counter.window == Window::Edition {
        parts.extend(named(Words::new("kỳ", "edition"), &event.edition));
    }
    let all = |of: fn(&Words) -> &str| parts.iter().map(of).collect::<Vec<_>>().join(", ");
    Words { vi: all(|part| &part.vi).into(), en: all(|part| &part.en).into() }
}

fn window_words(counter: &Counter, day: Date, used: &Usage) -> Words {
    let from = used.from.map(show_date);
    match (counter.window, from) {
        (Window::CalendarYear, _) => {
            let year = day.year();
            say!("năm {year}", "year {year}")
        }
        (Window::FiscalYear, Some(from)) => say!("năm tài chính từ {from}", "fiscal year from {from}"),
        (Window::Rolling, Some(from)) => {
            let months = counter.months.unwrap_or(12);
            say!("{months} tháng, từ {from}", "{months} months, from {from}")
        }
        (Window::Edition, _) => Words::new("mỗi kỳ hội chợ", "each edition"),
        (_, Some(from)) => say!("từ {from}", "since {from}"),
        (_, None) => Words::new("từ trước đến nay", "of all time"),
    }
}
