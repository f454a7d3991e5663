//! At the map: the faults of the plan one after the other, and the plan drawn by keys.

use crate::base::words::Words;
use crate::command::Scope::{Drawing, Faults, Floor};
use crate::command::table::{row, w};
use crate::command::{Act, Command, Here, MapAct, Pen, acts};

fn with_fair(here: &Here<'_>, act: MapAct) -> Result<Act, Words> {
    if here.fair.is_none() {
        return Err(Words::new("Chọn hội chợ trước (phím f).", "Choose the fair first (key f)."));
    }
    Ok(Act::Map(act))
}

/// Drawing on what is chosen.
fn pen(here: &Here<'_>, pen: Pen) -> Result<Act, Words> {
    acts::writable(here)?;
    if pen != Pen::New {
        here.chosen(crate::domain::record::Kind::Booth)?;
    }
    with_fair(here, MapAct::Pen(pen))
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
            "Vẽ mặt bằng bằng phím: gian mới, dời, kích thước, xoay, chia, gộp, đánh số; bấm lần nữa để thôi.",
            "Draw the plan by keys: new booths, move, size, turn, split, combine, renumber; again to stop.",
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
        w("Gian mới", "New booth"),
        w(
            "Một gian mới cạnh gian đang chọn; Enter đặt xuống và sang gian kế tiếp.",
            "A new booth beside the chosen one; Enter lays it down and goes on to the next.",
        ),
        |here| pen(here, Pen::New),
    ),
    row(
        "draw-move",
        &["M"],
        Drawing,
        w("Dời", "Move"),
        w("Dời các gian đã chọn bằng mũi tên.", "Move the chosen booths by arrows."),
        |here| pen(here, Pen::Move),
    ),
    row(
        "draw-size",
        &["T"],
        Drawing,
        w("Kích thước", "Size"),
        w("Kéo rộng, thu hẹp gian bằng mũi tên.", "Make the booth larger or smaller by arrows."),
        |here| pen(here, Pen::Size),
    ),
    row(
        "draw-turn",
        &["R"],
        Drawing,
        w("Xoay", "Turn"),
        w("Xoay các gian đã chọn bằng mũi tên.", "Turn the chosen booths by arrows."),
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
