//! The table of commands: one file for each part of the office, one row for each thing a person can do.

use std::sync::LazyLock;

use crate::base::words::Words;
use crate::command::Shell::No;
use crate::command::{Act, Command, Here, Scope, Shell};
use crate::domain::field::Field;

pub mod asks;
mod conference;
mod draw;
mod drawing;
mod floor;
mod general;
mod leads;
mod money;
mod persons;
mod plan;
mod results;

/// Every command, in the order of help and palette.
pub static COMMANDS: LazyLock<Vec<&'static Command>> = LazyLock::new(|| {
    let parts = [
        general::ROWS,
        floor::ROWS,
        drawing::ROWS,
        plan::ROWS,
        draw::ROWS,
        money::ROWS,
        results::ROWS,
        leads::ROWS,
        persons::ROWS,
        conference::ROWS,
    ];
    parts.into_iter().flatten().collect()
});

/// The commands that do the same to several records at once.
const FOR_SEVERAL: [&str; 22] = [
    "registration-claim",
    "booth-shift",
    "booth-turn",
    "booth-combine",
    "booth-renumber",
    "booth-rent",
    "booth-hold",
    "booth-release",
    "booth-offer",
    "booth-accept",
    "booth-decline",
    "claim-decide",
    "claim-accept",
    "claim-pay",
    "lead-snooze",
    "lead-assign",
    "claim-advance",
    "claim-list",
    "partner-merge",
    "contact-merge",
    "contact-restrict",
    "contact-unrestrict",
];

/// True for a command that is about several records at once; others are about one.
#[must_use]
pub fn takes_several(id: &str) -> bool {
    FOR_SEVERAL.contains(&id)
}

const fn row(
    id: &'static str,
    keys: &'static [&'static str],
    scope: Scope,
    title: Words,
    doc: Words,
    run: fn(&Here<'_>) -> Result<Act, Words>,
) -> Command {
    Command { id, title, doc, scope, keys, shell: No, asks: &[], run }
}

const fn at_shell(mut command: Command, shell: Shell, asks: &'static [Field]) -> Command {
    command.shell = shell;
    command.asks = asks;
    command
}

const fn w(vi: &'static str, en: &'static str) -> Words {
    Words::new(vi, en)
}
