//! The pages under `docs/` that follow from the two tables.

use std::fmt::Write as _;

use crate::base::words::Lang;
use crate::command::{COMMANDS, Shell};
use crate::domain::field::{Field, Need, Privacy, Shape};
use crate::domain::record::Kind;

/// `docs/commands.md`: every command with its keys, in both languages.
#[must_use]
pub fn commands_page() -> String {
    let mut page = String::from("# Commands\n\nWritten from the command table; a test holds it to that.\n\n");
    page.push_str("| id | keys | where | at the shell | English | Vietnamese |\n|---|---|---|---|---|---|\n");
    for command in COMMANDS.iter().copied() {
        let keys: Vec<String> = command.keys.iter().map(|key| format!("`{key}`")).collect();
        let shell = match command.shell {
            Shell::No => "–".to_owned(),
            Shell::Nouns => "`hoicho NOUN …`".to_owned(),
            Shell::Verb(Some(kind), verb) => format!("`hoicho {} {verb}`", kind.key()),
            Shell::Verb(None, verb) => format!("`hoicho {verb}`"),
        };
        let scope = command.scope.words();
        let _ = writeln!(
            page,
            "| {} | {} | {} | {shell} | **{}** {} | **{}** {} |",
            command.id,
            keys.join(" "),
            scope.en,
            command.title.en,
            command.doc.en,
            command.title.vi,
            command.doc.vi
        );
    }
    page
}

/// `docs/fields.md`: every record with its fields.
#[must_use]
pub fn fields_page() -> String {
    let mut page =
        String::from("# Records and their fields\n\nWritten from the field descriptions; a test holds it to that.\n");
    for kind in Kind::ALL {
        let words = kind.words();
        let _ = writeln!(page, "\n## {} ({}, `{}`)\n", words.en, words.vi, kind.key());
        page.push_str("| key | English | Vietnamese | type | need | personal |\n|---|---|---|---|---|---|\n");
        for field in kind.fields() {
            let _ = writeln!(
                page,
                "| `{}` | {} | {} | {} | {} | {} |",
                field.key,
                field.en,
                field.vi,
                shape(field),
                need(field),
                privacy(field)
            );
        }
    }
    page
}

fn shape(field: &Field) -> String {
    match field.shape {
        Shape::Text(_, most) => format!("text, {most} characters"),
        Shape::Choice(choices) => {
            let keys: Vec<String> =
                choices.iter().map(|choice| format!("`{}` {}", choice.key, choice.words().in_lang(Lang::En))).collect();
            format!("one of: {}", keys.join(", "))
        }
        Shape::Choices(choices) => {
            let keys: Vec<String> = choices.iter().map(|choice| format!("`{}`", choice.key)).collect();
            format!("any of: {}", keys.join(", "))
        }
        Shape::Flag => "yes or no".to_owned(),
        Shape::Number(least, most, unit) => format!("{least}–{most} {unit}").trim_end().to_owned(),
        Shape::Money => "đồng".to_owned(),
        Shape::Percent => "percent".to_owned(),
        Shape::Length => "metres".to_owned(),
        Shape::Area => "square metres".to_owned(),
        Shape::Date => "day".to_owned(),
        Shape::Moment => "moment".to_owned(),
        Shape::Link(kind) => kind.words().en.into_owned(),
    }
}

const fn need(field: &Field) -> &'static str {
    match field.need {
        Need::Optional => "",
        Need::Required => "required",
        Need::Kept => "set by the program",
    }
}

const fn privacy(field: &Field) -> &'static str {
    match field.privacy {
        Privacy::Public => "",
        Privacy::Personal => "personal",
        Privacy::Sensitive => "sensitive",
    }
}
