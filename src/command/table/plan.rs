//! Drawing at the plan of a fair.

use crate::command::Command;
use crate::command::Scope::On;
use crate::command::Shell::Verb;
use crate::command::acts::plan;
use crate::command::table::{at_shell, row, w};
use crate::domain::field::{Field, Shape};
use crate::domain::record::Kind;

const RIGHT: Field = Field::new("right", "Sang phải", "Right", Shape::Number(-1_000_000, 1_000_000, "cm"));
const DOWN: Field = Field::new("down", "Xuống", "Down", Shape::Number(-1_000_000, 1_000_000, "cm"));
const DEGREES: Field = Field::new("degrees", "Góc", "Degrees", Shape::Number(-360, 360, "°")).required();
const PARTS: Field = Field::new("parts", "Số gian", "Parts", Shape::Number(2, 50, "")).required();
const STACKED: Field = Field::new("stacked", "Chồng lên nhau", "Stacked", Shape::Flag);
const FIRST: Field = Field::text("first", "Mã đầu", "First code").required();
const STEP: Field = Field::new("step", "Bước", "Step", Shape::Number(1, 100, ""));
const CODE: Field = Field::text("code", "Mã hội chợ mới", "Code").required();
const NAME: Field = Field::text("name", "Tên", "Name");
const OPENS_ON: Field = Field::new("opens_on", "Khai mạc", "Opens", Shape::Date).required();
const CLOSES_ON: Field = Field::new("closes_on", "Bế mạc", "Closes", Shape::Date).required();

pub(super) static ROWS: &[Command] = &[
    at_shell(
        row(
            "booth-shift",
            &[],
            On(Kind::Booth),
            w("Dời gian", "Shift"),
            w("Dời các gian trên mặt bằng, tính bằng centimét.", "Move booths on the plan, in centimetres."),
            plan::shift,
        ),
        Verb(Some(Kind::Booth), "shift"),
        &[RIGHT, DOWN],
    ),
    at_shell(
        row(
            "booth-turn",
            &[],
            On(Kind::Booth),
            w("Xoay gian", "Turn"),
            w("Xoay mỗi gian quanh tâm của nó.", "Turn each booth about its middle."),
            plan::turn,
        ),
        Verb(Some(Kind::Booth), "turn"),
        &[DEGREES],
    ),
    at_shell(
        row(
            "booth-split",
            &["|"],
            On(Kind::Booth),
            w("Chia gian", "Split"),
            w("Chia một gian trống thành nhiều gian bằng nhau.", "Split a free booth into equal ones."),
            plan::split,
        ),
        Verb(Some(Kind::Booth), "split"),
        &[PARTS, STACKED],
    ),
    at_shell(
        row(
            "booth-combine",
            &["&"],
            On(Kind::Booth),
            w("Gộp gian", "Combine"),
            w(
                "Gộp các gian kề nhau; một đơn vị thuê cả thì đi theo.",
                "Combine neighbours; one firm on all of them goes along.",
            ),
            plan::combine,
        ),
        Verb(Some(Kind::Booth), "combine"),
        &[],
    ),
    at_shell(
        row(
            "booth-renumber",
            &["#"],
            On(Kind::Booth),
            w("Đánh số lại", "Renumber"),
            w("Đánh số các gian từ một mã, theo vị trí.", "Number booths from a code on, by their places."),
            plan::renumber,
        ),
        Verb(Some(Kind::Booth), "renumber"),
        &[FIRST, STEP],
    ),
    at_shell(
        row(
            "fair-copy",
            &[],
            On(Kind::Fair),
            w("Lập theo hội chợ này", "Copy fair"),
            w(
                "Lập hội chợ mới với mặt bằng và giá của hội chợ này.",
                "Make a new fair on the plan and prices of this one.",
            ),
            plan::copy_fair,
        ),
        Verb(Some(Kind::Fair), "copy"),
        &[CODE, NAME, OPENS_ON, CLOSES_ON],
    ),
];
