//! Trade-connection conferences: their timetables.

use crate::command::Scope::On;
use crate::command::Shell::Verb;
use crate::command::table::{at_shell, row, w};
use crate::command::{Command, acts};
use crate::domain::record::Kind;

pub(super) static ROWS: &[Command] = &[
    at_shell(
        row(
            "conference-timetable",
            &["T"],
            On(Kind::Conference),
            w("Lịch hẹn", "Timetable"),
            w(
                "Lịch hẹn theo bàn hoặc theo người; báo vắng bằng một phím.",
                "The timetable by tables or by persons; somebody absent in one key.",
            ),
            acts::conference::timetable,
        ),
        Verb(Some(Kind::Conference), "timetable"),
        &[],
    ),
    at_shell(
        row(
            "conference-plan",
            &["P"],
            On(Kind::Conference),
            w("Xếp lịch", "Plan"),
            w(
                "Xếp lịch hẹn tốt nhất theo nguyện vọng, với cận trên đã chứng minh.",
                "The best timetable for all wishes, beside the most there can be.",
            ),
            acts::conference::plan,
        ),
        Verb(Some(Kind::Conference), "plan"),
        &[],
    ),
    at_shell(
        row(
            "conference-mend",
            &["N"],
            On(Kind::Conference),
            w("Sửa lịch", "Mend"),
            w(
                "Sửa lịch khi có người vắng hoặc đổi giờ, dời ít cuộc hẹn nhất.",
                "Mends the timetable when somebody is absent or times have changed, moving as few as can be.",
            ),
            acts::conference::mend,
        ),
        Verb(Some(Kind::Conference), "mend"),
        &[],
    ),
    row(
        "conference-print",
        &["p"],
        On(Kind::Conference),
        w("In", "Print"),
        w("In lịch hẹn của từng bên, từng bàn hoặc từng lượt.", "Print the timetable by persons, tables or slots."),
        acts::money::print,
    ),
    row(
        "fair-print",
        &["p"],
        On(Kind::Fair),
        w("In", "Print"),
        w("In phiếu tiếp xúc trắng để ghi tay tại gian.", "Print the blank contact report for the stand."),
        acts::money::print,
    ),
];
