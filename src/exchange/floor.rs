//! From typed runs of booths (`A1..A12 3x3`) to booths of a fair that lie somewhere.

use std::collections::BTreeMap;

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::book::Book;
use crate::domain::booth::BoothKind;
use crate::domain::field::{Chosen, Value};
use crate::domain::intent::{Draft, Fields};
use crate::domain::record::Kind;
use crate::domain::{Booth, Hall};
use crate::exchange::booth_run::{Along, BoothRun, RunFault, RunKind, read_booth_runs};
use crate::exchange::incoming::Incoming;
use crate::exchange::sheet::Remark;
use crate::say;

/// The free way between two runs that are laid without a place, in centimetres: two people with goods pass.
const AISLE_CM: i64 = 300;

/// The booths that a text lays in a fair and, where the fair has some, in a hall.
///
/// # Errors
/// The first place of the text that is not understood.
pub fn typed(book: &Book, fair: Id, hall: Option<Id>, text: &str) -> Result<Incoming, RunFault> {
    Ok(booths(book, fair, hall, &read_booth_runs(text)?))
}

/// The booths of these runs. A run without a place begins at the left wall, an aisle below all that lies there; a booth
/// that the fair has already keeps its place.
#[must_use]
pub fn booths(book: &Book, fair: Id, hall: Option<Id>, runs: &[BoothRun]) -> Incoming {
    let mut lying: BTreeMap<Option<Id>, Lying> = BTreeMap::new();
    let mut incoming = Incoming::of(Kind::Booth, Vec::new());
    for run in runs {
        let named = run.hall.as_deref().and_then(|code| {
            let found = book.named(Kind::Hall, "code", Some(fair), code).first().copied();
            if found.is_none() {
                let first = run.codes.first().cloned().unwrap_or_default();
                incoming.warnings.push(Remark::on_file(say!(
                    "Hội chợ không có nhà {code}: gian {first} được đặt ngoài các nhà. Thêm nhà {code} trước rồi nhập lại.",
                    "The fair has no hall {code}: booth {first} is laid outside the halls. Add the hall {code} first and import again."
                )));
            }
            found
        });
        let into = if run.hall.is_some() { named } else { hall };
        lying.entry(into).or_insert_with(|| Lying::of(book, fair, into)).lay(book, run, &mut incoming);
    }
    incoming
}

/// What lies in a hall, and how far down.
struct Lying {
    fair: Id,
    hall: Option<Id>,
    size: (Option<i64>, Option<i64>),
    /// The lower edge of the lowest booth; none when nothing lies there yet.
    bottom: Option<i64>,
}

impl Lying {
    fn of(book: &Book, fair: Id, hall: Option<Id>) -> Self {
        let there = book.pointing::<Booth>(fair).filter(|booth| booth.hall == hall);
        let bottom = there.filter_map(|booth| Some(booth.y?.saturating_add(booth.depth.unwrap_or(0)))).max();
        let size = book.follow::<Hall>(hall).map_or((None, None), |hall| (hall.width, hall.depth));
        Self { fair, hall, size, bottom }
    }

    fn lay(&mut self, book: &Book, run: &BoothRun, incoming: &mut Incoming) {
        let (width, depth, gap) = (i64::from(run.width_cm), i64::from(run.depth_cm), i64::from(run.gap_cm));
        let below = self.bottom.map_or(0, |bottom| bottom.saturating_add(AISLE_CM));
        let mut x = run.x_cm.map_or(0, i64::from);
        let mut y = run.y_cm.map_or(below, i64::from);
        let placed = run.x_cm.is_some() || run.y_cm.is_some();
        let last = run.codes.len().saturating_sub(1);
        for (place, code) in run.codes.iter().enumerate() {
            let line = u32::try_from(incoming.drafts.len() + 1).unwrap_or(u32::MAX);
            let there = book.named(Kind::Booth, "code", Some(self.fair), code).first().copied();
            let stays = there.and_then(|id| book.get::<Booth>(id)).is_some_and(|booth| booth.y.is_some()) && !placed;
            let corner = run.corners && (place == 0 || place == last);
            let kind = if corner { Some(BoothKind::Corner) } else { run.kind.map(booth_kind) };
            let mut fields: Fields = vec![
                ("fair".to_owned(), Value::Link(self.fair)),
                ("code".to_owned(), Value::Text(Text::new(code))),
                ("width".to_owned(), Value::Number(width)),
                ("depth".to_owned(), Value::Number(depth)),
            ];
            fields.extend(self.hall.map(|hall| ("hall".to_owned(), Value::Link(hall))));
            if let Some(outline) = &run.outline {
                fields.push(("outline".to_owned(), Value::Text(Text::new(&outline.write()))));
            }
            if run.turn != 0 {
                fields.push(("turn".to_owned(), Value::Number(i64::from(run.turn))));
            }
            fields.extend(kind.map(|kind| ("kind".to_owned(), Value::Text(Text::new(kind.key())))));
            if !stays {
                fields.push(("x".to_owned(), Value::Number(x)));
                fields.push(("y".to_owned(), Value::Number(y)));
                self.bottom = self.bottom.max(Some(y.saturating_add(depth)));
                self.warn_outside(code, x.saturating_add(width), y.saturating_add(depth), line, incoming);
                match run.along {
                    Along::Row => x = x.saturating_add(width).saturating_add(gap),
                    Along::Column => y = y.saturating_add(depth).saturating_add(gap),
                }
            }
            incoming.drafts.push(Draft { id: there, fields, line });
        }
    }

    fn warn_outside(&self, code: &str, right: i64, low: i64, line: u32, incoming: &mut Incoming) {
        let beyond = |edge: i64, size: Option<i64>| size.is_some_and(|size| edge > size);
        if beyond(right, self.size.0) || beyond(low, self.size.1) {
            let words =
                say!("Gian {code} nằm ra ngoài nhà trưng bày.", "Booth {code} lies beyond the walls of the hall.");
            incoming.warnings.push(Remark { line: Some(line), words });
        }
    }
}

const fn booth_kind(kind: RunKind) -> BoothKind {
    match kind {
        RunKind::Inline => BoothKind::Inline,
        RunKind::Corner => BoothKind::Corner,
        RunKind::Peninsula => BoothKind::Peninsula,
        RunKind::Island => BoothKind::Island,
        RunKind::Raw => BoothKind::Raw,
        RunKind::Table => BoothKind::Table,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(text: &str) -> Vec<(String, Option<i64>, Option<i64>, String)> {
        let incoming = typed(&Book::default(), Id::NIL, None, text).unwrap();
        let number = |draft: &Draft, key: &str| {
            draft.fields.iter().find(|(said, _)| said == key).and_then(|(_, value)| value.as_number())
        };
        let word = |draft: &Draft, key: &str| {
            draft.fields.iter().find(|(said, _)| said == key).map_or("", |(_, value)| value.as_text()).to_owned()
        };
        let of = |draft: &Draft| (word(draft, "code"), number(draft, "x"), number(draft, "y"), word(draft, "kind"));
        incoming.drafts.iter().map(of).collect()
    }

    #[test]
    fn runs_without_a_place_stack_with_aisles_between() {
        let at = |code: &str, x, y, kind: &str| (code.to_owned(), Some(x), Some(y), kind.to_owned());
        assert_eq!(
            laid("A1..A3 3x3 corners; B1..B2 3x2 gap=0.5\nC1 6x6 x=12 y=0 island; D1 3x3"),
            [
                at("A1", 0, 0, "corner"),
                at("A2", 300, 0, ""),
                at("A3", 600, 0, "corner"),
                at("B1", 0, 600, ""),
                at("B2", 350, 600, ""),
                at("C1", 1_200, 0, "island"),
                at("D1", 0, 1_100, ""),
            ]
        );
        assert_eq!(laid("E1..E2 2x3 column gap=1")[1], at("E2", 0, 400, ""));
    }
}
