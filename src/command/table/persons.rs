//! What is done about the data of persons: consent, restriction, requests.

use crate::command::Scope::{Global, List, On};
use crate::command::Shell::{No, Nouns, Verb};
use crate::command::table::{asks, at_shell, row, w};
use crate::command::{Act, Command, acts};
use crate::domain::record::Kind;

pub(super) static ROWS: &[Command] = &[
    row(
        "person-search",
        &["ctrl+o"],
        Global,
        w("Tìm người ở mọi nơi", "Find somebody everywhere"),
        w(
            "Mọi nơi trong sổ có tên, số máy hoặc địa chỉ này.",
            "Every place in the book with this name, number or address.",
        ),
        |_| Ok(Act::Mentions),
    ),
    at_shell(
        row(
            "person-look",
            &["@"],
            List,
            w("Dữ liệu cá nhân đầy đủ", "Personal data in full"),
            w(
                "Xem đầy đủ dữ liệu cá nhân, với lý do; nhật ký ghi lại ai xem.",
                "See personal data in full, with a reason; the journal keeps who saw it.",
            ),
            acts::persons::look,
        ),
        No,
        &[asks::REASON_NEEDED],
    ),
    at_shell(
        row(
            "contact-consent",
            &["C"],
            On(Kind::Contact),
            w("Ghi sự đồng ý", "Consent"),
            w("Người này đồng ý điều gì, khi nào, bằng cách nào.", "What this person agrees to, when and how."),
            acts::persons::consent,
        ),
        Nouns,
        &[],
    ),
    at_shell(
        row(
            "contact-request",
            &["Q"],
            On(Kind::Contact),
            w("Ghi yêu cầu", "Request"),
            w(
                "Người này yêu cầu gì về dữ liệu của mình; hạn trả lời và hạn làm được tính ra.",
                "What this person asks about their data; the days to answer and to act follow.",
            ),
            acts::persons::request,
        ),
        Nouns,
        &[],
    ),
    at_shell(
        row(
            "contact-restrict",
            &["R"],
            On(Kind::Contact),
            w("Hạn chế xử lý", "Restrict"),
            w(
                "Che dữ liệu, không xuất, không liên hệ những người đã chọn.",
                "Mask the data of the chosen persons, export none of it, contact none of them.",
            ),
            acts::persons::restrict,
        ),
        Verb(Some(Kind::Contact), "restrict"),
        &[asks::REASON_NEEDED],
    ),
    at_shell(
        row(
            "contact-unrestrict",
            &["Z"],
            On(Kind::Contact),
            w("Thôi hạn chế", "End restriction"),
            w("Dữ liệu của những người đã chọn lại được dùng.", "The data of the chosen persons may be used again."),
            acts::persons::unrestrict,
        ),
        Verb(Some(Kind::Contact), "unrestrict"),
        &[asks::REASON_NEEDED],
    ),
    at_shell(
        row(
            "request-close",
            &["W"],
            On(Kind::Request),
            w("Xong yêu cầu", "Close"),
            w(
                "Làm điều được yêu cầu (rút, hạn chế, xóa) và ghi đã làm gì.",
                "Do what is asked (withdraw, restrict, erase) and say what was done.",
            ),
            acts::persons::close,
        ),
        Verb(Some(Kind::Request), "close"),
        &[asks::OUTCOME],
    ),
];
