//! What reviewers do: leads, and the data of persons.

use crate::command::Scope::{List, On};
use crate::command::Shell::{Nouns, Verb};
use crate::command::table::{asks, at_shell, row, w};
use crate::command::{Command, acts};
use crate::domain::record::Kind;

pub(super) static ROWS: &[Command] = &[
    at_shell(
        row(
            "lead-next",
            &["t"],
            On(Kind::Lead),
            w("Xong, việc tiếp", "Done, and next"),
            w("Ghi việc tiếp theo và hạn.", "What comes next, and by when."),
            acts::next_step,
        ),
        Verb(Some(Kind::Lead), "next"),
        &[asks::NEXT_STEP, asks::DUE_ON],
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
