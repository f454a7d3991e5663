//! What reviewers do: leads, and the data of persons.

use crate::command::Scope::{Global, List, On};
use crate::command::Shell::{Nouns, Verb};
use crate::command::table::{asks, at_shell, row, w};
use crate::command::{Act, Command, acts};
use crate::domain::record::Kind;

pub(super) static ROWS: &[Command] = &[
    at_shell(
        row(
            "capture",
            &["ctrl+n"],
            Global,
            w("Ghi nhanh đầu mối", "Take down a lead"),
            w(
                "Một dòng tại gian: đối tác | hàng | sản lượng | việc tiếp và ngày.",
                "One line at the stand: partner | goods | volume | next step and day.",
            ),
            acts::leads::capture,
        ),
        Verb(None, "capture"),
        &[],
    ),
    at_shell(
        row(
            "lead-next",
            &["t"],
            On(Kind::Lead),
            w("Xong, việc tiếp", "Done, and next"),
            w(
                "Ghi đã liên hệ thế nào, rồi việc tiếp theo và hạn.",
                "What was done about it, then what comes next and by when.",
            ),
            acts::leads::next_step,
        ),
        Verb(Some(Kind::Lead), "next"),
        &[asks::MEANS, asks::TOUCH_NOTE, asks::NEXT_STEP, asks::DUE_ON],
    ),
    at_shell(
        row(
            "lead-snooze",
            &["w"],
            On(Kind::Lead),
            w("Dời hẹn", "Snooze"),
            w("Dời hạn của các đầu mối đã chọn.", "Another day for the chosen leads."),
            acts::leads::snooze,
        ),
        Verb(Some(Kind::Lead), "snooze"),
        &[asks::DUE_ON],
    ),
    at_shell(
        row(
            "lead-assign",
            &["O"],
            On(Kind::Lead),
            w("Giao người theo dõi", "Assign"),
            w("Giao các đầu mối đã chọn cho một người.", "Hand the chosen leads to somebody."),
            acts::leads::assign,
        ),
        Verb(Some(Kind::Lead), "assign"),
        &[asks::OWNER],
    ),
    row(
        "lead-board",
        &["b"],
        On(Kind::Lead),
        w("Bảng giai đoạn", "Stage board"),
        w(
            "Đầu mối theo cột giai đoạn, hoặc lại thành danh sách.",
            "Leads in a lane for each stage, or as a list again.",
        ),
        |_| Ok(Act::Board),
    ),
    at_shell(
        row(
            "lead-forward",
            &[">"],
            On(Kind::Lead),
            w("Tiến một giai đoạn", "One stage on"),
            w("Các đầu mối đã chọn sang giai đoạn kế tiếp.", "The chosen leads go on to the next stage."),
            acts::leads::forward,
        ),
        Nouns,
        &[],
    ),
    at_shell(
        row(
            "lead-backward",
            &["<"],
            On(Kind::Lead),
            w("Lùi một giai đoạn", "One stage back"),
            w(
                "Các đầu mối đã chọn về giai đoạn trước, có lý do.",
                "The chosen leads go back to the stage before, with a reason.",
            ),
            acts::leads::backward,
        ),
        Nouns,
        &[],
    ),
    at_shell(
        row(
            "partner-merge",
            &["M"],
            On(Kind::Partner),
            w("Gộp đối tác trùng", "Merge duplicates"),
            w(
                "Gộp các đối tác đã đánh dấu vào một; đầu mối, người liên hệ theo về, lịch sử còn cả hai.",
                "Make the marked partners one; leads and contacts move, both histories stay.",
            ),
            acts::leads::merge_partners,
        ),
        Verb(Some(Kind::Partner), "merge"),
        &[asks::KEEP_PARTNER],
    ),
    at_shell(
        row(
            "contact-merge",
            &["M"],
            On(Kind::Contact),
            w("Gộp người trùng", "Merge duplicates"),
            w(
                "Gộp những người đã đánh dấu vào một; đầu mối, sự đồng ý theo về, lịch sử còn cả hai.",
                "Make the marked persons one; leads and consents move, both histories stay.",
            ),
            acts::leads::merge_contacts,
        ),
        Verb(Some(Kind::Contact), "merge"),
        &[asks::KEEP_CONTACT],
    ),
    at_shell(
        row(
            "lead-match",
            &["M"],
            On(Kind::Lead),
            w("Tìm đơn vị phù hợp", "Match"),
            w(
                "Đơn vị nào phù hợp yêu cầu của bên mua, vì sao, còn thiếu gì; giới thiệu từ đó.",
                "Which of our businesses fit what the buyer asks for, why, and what is missing; introduce from there.",
            ),
            acts::leads::matching,
        ),
        Verb(Some(Kind::Lead), "match"),
        &[],
    ),
    at_shell(
        row(
            "lead-answer",
            &["R"],
            On(Kind::Lead),
            w("Trả lời giới thiệu", "Answer"),
            w(
                "Ghi bên bán hoặc bên mua trả lời lời giới thiệu thế nào, ngày nào.",
                "What the seller or the buyer says to the introduction, and when.",
            ),
            acts::leads::answer,
        ),
        Verb(Some(Kind::Lead), "answer"),
        &[asks::SIDE, asks::ANSWER, asks::ON, asks::REASON],
    ),
    at_shell(
        row(
            "person-erase",
            &["X"],
            List,
            w("Xóa dữ liệu cá nhân", "Erase personal data"),
            w(
                "Xóa dữ liệu cá nhân ở đây và trong nhật ký; số liệu vẫn còn.",
                "Erase a person's data here and in the journal; figures stay.",
            ),
            acts::erase,
        ),
        Nouns,
        &[asks::REASON_NEEDED],
    ),
];
