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
