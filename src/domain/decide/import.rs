//! Many rows as one entry. Rows may bring a history in the state the office's papers show.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::change::Change;
use crate::domain::check;
use crate::domain::decide::record::{Filling, fill, find, one_office, required};
use crate::domain::decide::{Desk, expense, payment, result, settle, step};
use crate::domain::env::Env;
use crate::domain::field::{Shape, Value};
use crate::domain::intent::{Draft, Fields};
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::Refusal;
use crate::domain::steps;
use crate::domain::view::money::{budget_sums, open_grant};
use crate::domain::{BudgetLine, Claim, Contact, Payment};
use crate::say;

/// Stores all rows, or none: the first that cannot be stored is refused with its line.
pub(super) fn import(desk: &mut Desk<'_>, kind: Kind, drafts: &[Draft], source: &Text) -> Result<Words, Refusal> {
    let mut running = Running::default();
    for draft in drafts {
        let line = draft.line;
        row(desk, &mut running, kind, draft)
            .map_err(|refusal| Refusal {
                what: say!("Dòng {line}: {}", "Line {line}: {}"; refusal.what), ..refusal
            })?;
    }
    let counted = counted(kind, drafts.len());
    Ok(say!("Nhập {} từ {source}", "Imported {} from {source}"; counted))
}

/// Stores parts of several kinds, one after the other, or nothing.
pub(super) fn plan(desk: &mut Desk<'_>, parts: &[(Kind, Vec<Draft>)], source: &Text) -> Result<Words, Refusal> {
    for (kind, drafts) in parts {
        import(desk, *kind, drafts, source)?;
    }
    let (mut vi, mut en) = (Vec::new(), Vec::new());
    for (kind, drafts) in parts {
        let counted = counted(*kind, drafts.len());
        vi.push(counted.vi);
        en.push(counted.en);
    }
    let (vi, en) = (vi.join(", "), en.join(", "));
    Ok(if parts.iter().any(|(kind, _)| *kind == Kind::Booth) {
        say!("Nhập mặt bằng {source}: {vi}", "Imported the plan {source}: {en}")
    } else {
        say!("Nhập {source}: {vi}", "Imported {source}: {en}")
    })
}

/// `3 claims`, `1 claim`.
fn counted(kind: Kind, count: usize) -> Words {
    let noun = kind.words();
    Words {
        vi: format!("{count} {}", noun.vi).into(),
        en: if count == 1 { format!("1 {}", noun.en) } else { format!("{count} {}", kind.plural().replace('-', " ")) }
            .into(),
    }
}

/// What an import would come to.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    /// Of each row, why it would be refused.
    pub refusals: Vec<Option<Refusal>>,
    /// Why the other rows could not be stored together, if they could not: numbers with a gap.
    pub whole: Option<Refusal>,
}

/// Tries every row on a copy of the book and says of each why it would be refused; a refused row is left out for the
/// rows after it, so that what remains can be stored.
#[must_use]
pub fn trial(book: &Book, parts: &[(Kind, Vec<Draft>)], env: &Env) -> Trial {
    let mut desk = Desk::new(book, env, book.seq + 1);
    desk.book.at = env.at;
    let mut running = Running::default();
    let rows = parts.iter().flat_map(|(kind, drafts)| drafts.iter().map(|draft| (*kind, draft)));
    let refusals = rows.map(|(kind, draft)| row(&mut desk, &mut running, kind, draft).err()).collect();
    let whole = check::check_around(&desk.book, &desk.changes).into_iter().next().map(check::Breach::into_refusal);
    Trial { refusals, whole }
}

/// Stores one row, or leaves everything as it was. A row about a record on file takes the step that its state asks for, as a
/// person would.
fn row(desk: &mut Desk<'_>, running: &mut Running, kind: Kind, draft: &Draft) -> Result<(), Refusal> {
    let Some((id, step)) = draft.id.and_then(|id| Some((id, Step::asked(desk, kind, id, draft)?))) else {
        return fill_row(desk, running, kind, draft);
    };
    let (book, first) = (desk.book.clone(), desk.changes.len());
    let stored = fill_row(desk, running, kind, &step.rest)
        .and_then(|()| step::step(desk, kind, id, &step.to, &step.reason).map(drop))
        .and_then(|()| match check::check_around(&desk.book, &desk.changes[first..]).into_iter().next() {
            Some(breach) => Err(breach.into_refusal()),
            None => Ok(()),
        });
    if stored.is_err() {
        desk.book = book;
        desk.changes.truncate(first);
    }
    stored
}

/// The state that a row asks for of a record on file, why, and what else the row says.
struct Step {
    to: Text,
    reason: Text,
    rest: Draft,
}

impl Step {
    fn asked(desk: &Desk<'_>, kind: Kind, id: Id, draft: &Draft) -> Option<Self> {
        let key = steps::state_field(kind)?;
        let text = |key: &str| draft.fields.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_text());
        let to = Text::new(text(key).filter(|to| !to.is_empty())?);
        let before = desk.book.record(kind, id)?;
        if before.value(key).as_text() == to.as_str() {
            return None;
        }
        let reason = Text::new(text("reason").unwrap_or_default());
        let fields = draft.fields.iter().filter(|(known, _)| known != key && known != "reason").cloned().collect();
        Some(Self { to, reason, rest: Draft { fields, ..draft.clone() } })
    }
}

fn fill_row(desk: &mut Desk<'_>, running: &mut Running, kind: Kind, draft: &Draft) -> Result<(), Refusal> {
    let before = draft.id.map(|id| find(desk, kind, id)).transpose()?;
    if before.is_none() {
        one_office(desk, kind)?;
    }
    let mut after = before.clone().unwrap_or_else(|| kind.blank(desk.env.new_id()));
    let fields = linked(desk, kind, &draft.fields)?;
    match &before {
        None => fill(&mut after, fields.as_ref(), Filling::Brought)?,
        Some(before) => {
            // History comes in with new records; of one on file a column that the program keeps may only say what is so.
            let new: Fields = fields.iter().filter(|(key, value)| before.value(key) != *value).cloned().collect();
            fill(&mut after, &new, Filling::Typed)?;
        }
    }
    if let (Record::Payment(payment), None) = (&mut after, &before) {
        payment::complete(desk, Arc::make_mut(payment), |book, year| running.last_voucher(book, year))?;
    }
    settle::settle(desk, before.as_ref(), &mut after)?;
    required(&after)?;
    let change = match before {
        Some(before) => Change::edited(before, after),
        None => Change::added(after),
    };
    let (first, undo) = (desk.changes.len(), change.reversed());
    let taken_before = Taken::around(&desk.book, &change);
    running.open(&desk.book, &taken_before, &change);
    desk.push(change);
    let Some(change) = desk.changes.get(first) else { return Ok(()) };
    let taken_after = Taken::around(&desk.book, change);
    // Numbers may come in any order within a file, so that their law is held at the end of the whole import.
    let breach = check::check_row(&desk.book, change).or_else(|| running.book(&desk.book, &taken_before, &taken_after));
    if let Some(breach) = breach {
        desk.book.apply(&undo, desk.seq);
        desk.changes.truncate(first);
        return Err(breach.into_refusal());
    }
    running.number(change);
    let stored = change.after.clone();
    if let Some(record) = stored {
        result::follow(desk, &record);
        expense::follow(desk, &record)?;
    }
    Ok(())
}

/// The fields with their links found: a link to a record that the same act makes is given by that record's name.
fn linked<'a>(desk: &Desk<'_>, kind: Kind, fields: &'a Fields) -> Result<Cow<'a, Fields>, Refusal> {
    let target = |key: &str| kind.field(key).map(|field| field.shape);
    let by_name = |(key, value): &(String, Value)| match (target(key), value) {
        (Some(Shape::Link(to)), Value::Text(_)) => Some(to),
        _ => None,
    };
    if fields.iter().all(|field| by_name(field).is_none()) {
        return Ok(Cow::Borrowed(fields));
    }
    let mut found: Fields = Vec::with_capacity(fields.len());
    for field in fields {
        let (key, value) = field;
        let Some(to) = by_name(field) else {
            found.push(field.clone());
            continue;
        };
        let name = value.as_text();
        // Of persons with one name, the one at the partner or business that the same row names is meant.
        let place = |key: &str| found.iter().find(|(known, _)| known == key).and_then(|(_, value)| value.as_link());
        let fits = |id: &Id| {
            to != Kind::Contact
                || desk.book.get::<Contact>(*id).is_some_and(|contact| contact.partner == place("partner"))
        };
        let id = desk.book.named(to, "name", None, name).into_iter().rfind(fits).ok_or_else(|| {
            let noun = to.words();
            Refusal::new(
                "not-found",
                say!("Không có {} nào là “{name}”.", "There is no {} “{name}”."; noun),
                say!(
                    "Dòng của bản ghi đó không nhận được; sửa dòng đó trước.",
                    "Its own row was refused; mend that row first."
                ),
            )
            .at(key)
        })?;
        found.push((key.clone(), Value::Link(id)));
    }
    Ok(Cow::Owned(found))
}

/// Sums that would be too slow to gather anew for each row: what each budget line has left, and the last voucher
/// number of each year.
#[derive(Default)]
struct Running {
    free: BTreeMap<Id, i128>,
    vouchers: BTreeMap<i64, i64>,
}

impl Running {
    fn last_voucher(&mut self, book: &Book, year: i64) -> i64 {
        *self.vouchers.entry(year).or_insert_with(|| payment::last_voucher(book, year))
    }

    fn number(&mut self, change: &Change) {
        if let Some(Record::Payment(payment)) = &change.after
            && let (Some(number), Some(year)) = (payment.voucher_number, payment.voucher_year)
            && let Some(last) = self.vouchers.get_mut(&year)
        {
            *last = number.max(*last);
        }
    }

    /// Sums up each line that a row touches, once, as it is before the row.
    fn open(&mut self, book: &Book, before: &Taken, change: &Change) {
        let named =
            [&change.before, &change.after].into_iter().flatten().filter_map(|record| record.value("budget").as_link());
        let lines: Vec<Id> = before.0.keys().copied().chain(named).collect();
        for line in lines {
            if let Some(found) = book.get::<BudgetLine>(line)
                && !self.free.contains_key(&line)
                && let Ok(sums) = budget_sums(book, found)
            {
                self.free.insert(line, i128::from(sums.free.minor));
            }
        }
    }

    /// Books what a row takes from its lines, unless one of them had too little.
    fn book(&mut self, book: &Book, before: &Taken, after: &Taken) -> Option<check::Breach> {
        let mut next = Vec::new();
        for line in before.0.keys().chain(after.0.keys()).copied().collect::<BTreeSet<Id>>() {
            let Some(free) = self.free.get(&line) else { continue };
            let of = |taken: &Taken| taken.0.get(&line).copied().unwrap_or(0);
            let more = of(after) - of(before);
            if more > 0 && *free < more {
                return check::budget_short(book, line, more - *free);
            }
            next.push((line, *free - more));
        }
        self.free.extend(next);
        None
    }
}

/// What one claim and its payments take from each budget line.
#[derive(Debug, Default)]
struct Taken(BTreeMap<Id, i128>);

impl Taken {
    fn around(book: &Book, change: &Change) -> Self {
        let mut taken = Self::default();
        let mut claims = BTreeSet::new();
        let Some((kind, id)) = change.subject() else { return taken };
        match kind {
            Kind::Claim => drop(claims.insert(id)),
            Kind::Payment => {
                let sides = [&change.before, &change.after].into_iter().flatten();
                claims.extend(sides.filter_map(|record| record.value("claim").as_link()));
                if let Some(payment) = book.get::<Payment>(id).filter(|payment| payment.status.is_alive()) {
                    taken.add(payment.budget, payment.amount);
                }
            }
            _ => {}
        }
        for claim in claims.into_iter().filter_map(|id| book.get::<Claim>(id)) {
            let open = open_grant(book, claim).unwrap_or(Money::ZERO);
            taken.add(claim.budget, Some(open));
        }
        taken
    }

    fn add(&mut self, line: Option<Id>, amount: Option<Money>) {
        if let (Some(line), Some(amount)) = (line, amount) {
            *self.0.entry(line).or_default() += i128::from(amount.minor);
        }
    }
}
