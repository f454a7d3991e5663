//! The public draw, stage by stage.

use crate::command::Command;
use crate::command::Scope::On;
use crate::command::Shell::Verb;
use crate::command::acts::draw;
use crate::command::table::{asks, at_shell, row, w};
use crate::domain::record::Kind;

pub(super) static ROWS: &[Command] = &[
    at_shell(
        row(
            "draw-publish",
            &["p"],
            On(Kind::Draw),
            w("Công bố thể lệ", "Publish the rules"),
            w("Công bố thể lệ bốc thăm với mã băm của nó.", "Publish the rules of the draw with their hash."),
            draw::publish,
        ),
        Verb(Some(Kind::Draw), "publish"),
        &[],
    ),
    at_shell(
        row(
            "draw-commit",
            &["m"],
            On(Kind::Draw),
            w("Cam kết", "Commit"),
            w(
                "Ghi cam kết của một bên: mã băm của số bí mật.",
                "Record what a party commits to: the hash of its secret.",
            ),
            draw::commit,
        ),
        Verb(Some(Kind::Draw), "commit"),
        &[asks::ROLE, asks::COMMITMENT],
    ),
    at_shell(
        row(
            "draw-freeze",
            &["z"],
            On(Kind::Draw),
            w("Chốt danh sách", "Freeze the list"),
            w("Chốt danh sách bốc thăm với mã băm của nó.", "Freeze the list of the draw with its hash."),
            draw::freeze,
        ),
        Verb(Some(Kind::Draw), "freeze"),
        &[],
    ),
    at_shell(
        row(
            "draw-reveal",
            &["o"],
            On(Kind::Draw),
            w("Mở số bí mật", "Reveal"),
            w("Một bên mở số bí mật đã cam kết.", "A party shows the secret it committed to."),
            draw::reveal,
        ),
        Verb(Some(Kind::Draw), "reveal"),
        &[asks::ROLE, asks::SECRET],
    ),
    at_shell(
        row(
            "draw-run",
            &["d"],
            On(Kind::Draw),
            w("Bốc thăm", "Draw"),
            w("Ghi kết quả ngẫu nhiên công khai và bốc thăm.", "Read the public chance and draw."),
            draw::run,
        ),
        Verb(Some(Kind::Draw), "run"),
        &[asks::CHANCE, asks::PLACE, asks::HELD_ON, asks::PRESENT],
    ),
    row(
        "draw-minutes",
        &["M"],
        On(Kind::Draw),
        w("Biên bản", "Minutes"),
        w(
            "Ghi biên bản ra tệp: JSON để ai cũng làm lại được, văn bản để ký.",
            "Write the minutes into a file: JSON for anybody to repeat, text to sign.",
        ),
        draw::minutes,
    ),
    at_shell(
        row(
            "draw-place",
            &["w"],
            On(Kind::Draw),
            w("Xếp theo thăm", "Place as drawn"),
            w("Xếp mọi đơn vị vào gian đã bốc được, một lần.", "Put everybody on the booth drawn, in one step."),
            draw::place,
        ),
        Verb(Some(Kind::Draw), "place"),
        &[],
    ),
];
