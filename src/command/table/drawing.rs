//! At the map: the faults of the plan one after the other, and the plan drawn by keys.

use crate::base::words::Words;
use crate::command::Scope::{Drawing, Faults, Floor};
use crate::command::table::{row, w};
use crate::command::{Act, Command, Here, MapAct, Pen, acts};
use crate::domain::field::Chosen;
use crate::domain::fixture::FixtureKind;
use crate::domain::record::Kind;

fn with_fair(here: &Here<'_>, act: MapAct) -> Result<Act, Words> {
    if here.fair.is_none() {
        return Err(Words::new("Chọn hội chợ trước (phím f).", "Choose the fair first (key f)."));
    }
    Ok(Act::Map(act))
}

/// Drawing on the chosen booths or things.
fn pen(here: &Here<'_>, pen: Pen) -> Result<Act, Words> {
    acts::writable(here)?;
    here.chosen(here.kind.unwrap_or(Kind::Booth))?;
    with_fair(here, MapAct::Pen(pen))
}

/// A new booth, or one of the kinds of things.
fn new(here: &Here<'_>) -> Result<Act, Words> {
    acts::writable(here)?;
    if here.kind != Some(Kind::Fixture) {
        return with_fair(here, MapAct::Pen(Pen::New));
    }
    // The kinds that are drawn most come first, where a number takes them.
    let kinds = FixtureKind::CHOICES.iter().filter_map(|choice| Some((choice, FixtureKind::from_key(choice.key)?)));
    let (others, kinds): (Vec<_>, Vec<_>) = kinds.partition(|(_, kind)| *kind == FixtureKind::Other);
    let options =
        kinds.into_iter().chain(others).map(|(choice, kind)| (choice.words(), Act::Map(MapAct::Pen(Pen::Thing(kind)))));
    Ok(Act::Choose(Words::new("Vẽ vật gì?", "Draw what?"), options.collect()))
}

pub(super) static ROWS: &[Command] = &[
    row(
        "plan-faults",
        &["!"],
        Floor,
        w("Lỗi mặt bằng", "Faults"),
        w(
            "Danh sách lỗi của mặt bằng: chồng nhau, lối hẹp, lối cụt, cửa bị chắn; đi lần lượt từng chỗ.",
            "What is wrong with the plan: overlaps, narrow ways, dead ends, blocked doors; walk from one to the next.",
        ),
        |here| with_fair(here, MapAct::Faults),
    ),
    row(
        "fault-next",
        &["n"],
        Faults,
        w("Lỗi sau", "Next fault"),
        w("Bay đến lỗi kế tiếp.", "Fly to the next fault."),
        |_| Ok(Act::Map(MapAct::Fault(true))),
    ),
    row(
        "fault-previous",
        &["N"],
        Faults,
        w("Lỗi trước", "Fault before"),
        w("Bay về lỗi trước.", "Fly to the fault before."),
        |_| Ok(Act::Map(MapAct::Fault(false))),
    ),
    row(
        "plan-draw",
        &["E"],
        Floor,
        w("Vẽ mặt bằng", "Draw"),
        w(
            "Vẽ mặt bằng bằng phím hoặc chuột: gian mới, sân khấu, cột, cửa, dời, kích thước, xoay, chia, gộp, đánh số; bấm lần nữa để thôi.",
            "Draw the plan by keys or mouse: booths, stages, pillars, doors, move, size, turn, split, combine, renumber; again to stop.",
        ),
        |here| {
            acts::writable(here)?;
            with_fair(here, MapAct::Draw)
        },
    ),
    row(
        "draw-new",
        &["N"],
        Drawing,
        w("Vẽ mới", "New"),
        w(
            "Một gian mới cạnh gian đang chọn, Enter đặt xuống và sang gian kế tiếp; ở phần vật thì chọn sân khấu, cột hoặc cửa.",
            "A new booth beside the chosen one, Enter lays it down and goes on to the next; among things a stage, pillar or door.",
        ),
        new,
    ),
    row(
        "draw-move",
        &["M"],
        Drawing,
        w("Dời", "Move"),
        w("Dời các gian hoặc vật đã chọn bằng mũi tên.", "Move the chosen booths or things by arrows."),
        |here| pen(here, Pen::Move),
    ),
    row(
        "draw-size",
        &["T"],
        Drawing,
        w("Kích thước", "Size"),
        w("Kéo rộng, thu hẹp gian hoặc vật bằng mũi tên.", "Make the booth or thing larger or smaller by arrows."),
        |here| pen(here, Pen::Size),
    ),
    row(
        "draw-turn",
        &["R"],
        Drawing,
        w("Xoay", "Turn"),
        w("Xoay các gian hoặc vật đã chọn bằng mũi tên.", "Turn the chosen booths or things by arrows."),
        |here| pen(here, Pen::Turn),
    ),
    row(
        "grid-finer",
        &["<"],
        Drawing,
        w("Bước nhỏ hơn", "Finer step"),
        w("Mỗi mũi tên đi một bước nhỏ hơn.", "An arrow goes a smaller step."),
        |_| Ok(Act::Map(MapAct::Grid(false))),
    ),
    row(
        "grid-coarser",
        &[">"],
        Drawing,
        w("Bước lớn hơn", "Coarser step"),
        w("Mỗi mũi tên đi một bước lớn hơn.", "An arrow goes a larger step."),
        |_| Ok(Act::Map(MapAct::Grid(true))),
    ),
    row(
        "day-next",
        &[")"],
        Floor,
        w("Ngày sau", "Next day"),
        w(
            "Sơ đồ của ngày hội chợ kế tiếp: gian có thể đổi đơn vị theo ngày.",
            "The map of the next day of the fair: a booth may have another firm each day.",
        ),
        |here| with_fair(here, MapAct::Day(true)),
    ),
    row(
        "day-previous",
        &["("],
        Floor,
        w("Ngày trước", "Day before"),
        w(
            "Sơ đồ của ngày trước; trước ngày khai mạc là hôm nay.",
            "The map of the day before; before the opening it is today.",
        ),
        |here| with_fair(here, MapAct::Day(false)),
    ),
];
