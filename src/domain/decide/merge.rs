//! Records of one partner or one person made one: whoever points to the merged ones points to the one that stays, which takes
//! what it lacks; the merged ones stay on file and point to it, so that both histories can be read.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::ids::Id;
use crate::base::limits;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::book::MERGED;
use crate::domain::change::Change;
use crate::domain::decide::Desk;
use crate::domain::decide::record::find;
use crate::domain::field::{Shape, Value, Wording};
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::view::title::title;
use crate::say;

/// Merges records of a kind into one.
pub(super) fn merge(desk: &mut Desk<'_>, kind: Kind, into: Id, from: &[Id]) -> Result<Words, Refusal> {
    if kind.field(MERGED).is_none() {
        let noun = kind.words();
        return refuse(
            "merge-unfit",
            say!("Không gộp được {}.", "A {} is not merged."; noun),
            say!("Chỉ gộp đối tác và người liên hệ.", "Only partners and contacts are."),
        );
    }
    let from: BTreeSet<Id> = from.iter().copied().filter(|id| *id != into).collect();
    if from.is_empty() {
        return Err(Refusal::new(
            "merge-one",
            say!("Cần hai bản ghi khác nhau để gộp.", "It takes two different records to merge."),
            say!("Đánh dấu hai dòng (phím cách), hoặc ghi hai tên.", "Mark two lines (space), or name two."),
        )
        .at("keep"));
    }
    for id in from.iter().chain([&into]) {
        stands(desk, kind, *id)?;
    }
    let (vi, en) = (named(desk, kind, &from, Lang::Vi), named(desk, kind, &from, Lang::En));
    for id in from {
        merge_one(desk, kind, into, id)?;
    }
    let (noun, keeper) = (kind.words(), title(&desk.book, kind, into, Lang::Vi));
    Ok(say!("Gộp {} {vi} vào {keeper}", "Merged {} {en} into {keeper}"; noun))
}

fn named(desk: &Desk<'_>, kind: Kind, ids: &BTreeSet<Id>, lang: Lang) -> String {
    ids.iter().map(|id| title(&desk.book, kind, *id, lang)).collect::<Vec<_>>().join(", ")
}

/// A record that was merged already is spoken for by the one that stayed.
fn stands(desk: &Desk<'_>, kind: Kind, id: Id) -> Result<(), Refusal> {
    let record = find(desk, kind, id)?;
    let Some(survivor) = record.value(MERGED).as_link() else { return Ok(()) };
    let (name, survivor) = (title(&desk.book, kind, id, Lang::Vi), title(&desk.book, kind, survivor, Lang::Vi));
    refuse(
        "merged-already",
        say!("{name} đã được gộp vào {survivor}.", "{name} was merged into {survivor}."),
        say!("Chọn {survivor}.", "Choose {survivor}."),
    )
}

fn merge_one(desk: &mut Desk<'_>, kind: Kind, into: Id, from: Id) -> Result<(), Refusal> {
    let users: Vec<(Kind, Id)> = desk.book.pointing_any(from).collect();
    for (user, id) in users {
        let before = find(desk, user, id)?;
        let after = repointed(&before, from, into);
        desk.push(Change::edited(before, after));
    }
    let (keeper, merged) = (find(desk, kind, into)?, find(desk, kind, from)?);
    let after = joined(&keeper, &merged);
    if after != keeper {
        desk.push(Change::edited(keeper, after));
    }
    let mut gone = merged.clone();
    if let Some(index) = kind.field_index(MERGED) {
        let kept = gone.set(index, Value::Link(into));
        debug_assert!(kept, "the field is a link");
    }
    desk.push(Change::edited(merged, gone));
    Ok(())
}

/// The record with its links to one record made links to another.
fn repointed(record: &Record, from: Id, into: Id) -> Record {
    let mut after = record.clone();
    for (index, field) in record.kind().fields().iter().enumerate() {
        if matches!(field.shape, Shape::Link(_)) && record.as_noun().get(index) == Value::Link(from) {
            let kept = after.set(index, Value::Link(into));
            debug_assert!(kept, "the field is a link");
        }
    }
    after
}

/// The one that stays with what it lacks; notes of both stand below each other, and a second number or address of a person is
/// not lost.
fn joined(keeper: &Record, merged: &Record) -> Record {
    let mut after = keeper.clone();
    let blank = keeper.kind().blank(Id::NIL);
    for (index, field) in keeper.kind().fields().iter().enumerate() {
        let (own, other, empty) =
            (keeper.as_noun().get(index), merged.as_noun().get(index), blank.as_noun().get(index));
        if own == other || other == empty || matches!(field.key, MERGED | "sample") {
            continue;
        }
        let value = match field.shape {
            // The earlier day on which somebody asked to be left alone counts.
            Shape::Date if field.key == "restricted_on" => match (own.as_date(), other.as_date()) {
                (Some(own), Some(other)) => Value::Date(own.min(other)),
                (own, other) => own.or(other).map_or(Value::Empty, Value::Date),
            },
            _ if own == empty => other,
            Shape::Text(Wording::Notes, _) => {
                let both = format!("{}\n{}", own.as_text(), other.as_text());
                if both.chars().count() > limits::NOTE_CHARS { own } else { Value::Text(Text::lines(&both)) }
            }
            _ => own,
        };
        let kept = after.set(index, value);
        debug_assert!(kept, "the value is of the field");
    }
    if let (Record::Contact(after), Record::Contact(merged)) = (&mut after, merged) {
        let after = Arc::make_mut(after);
        let mut ways: Vec<Text> = Vec::new();
        for way in [&merged.phone, &merged.email] {
            let known = *way == after.phone || *way == after.email || after.other_ways.as_str().contains(way.as_str());
            if !way.is_empty() && !known {
                ways.push(way.clone());
            }
        }
        let all: Vec<&str> =
            std::iter::once(&after.other_ways).chain(&ways).map(Text::as_str).filter(|way| !way.is_empty()).collect();
        let all = all.join("; ");
        if all.chars().count() <= limits::TEXT_CHARS {
            after.other_ways = Text::new(&all);
        }
    }
    after
}
