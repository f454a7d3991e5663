//! Mistakes on the command line, told in the person's language.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::base::words::Words;
use crate::cli::exit::Trouble;
use crate::say;

/// What clap found wrong.
pub(super) fn of_clap(error: &Error) -> Trouble {
    let arg = said(error, ContextKind::InvalidArg).replace("...", "").replace(['<', '>'], "");
    let value = said(error, ContextKind::InvalidValue);
    let sub = said(error, ContextKind::InvalidSubcommand);
    let (code, field, what) = match error.kind() {
        ErrorKind::UnknownArgument => {
            ("argument-unknown", &arg, say!("Không có tham số “{arg}” ở đây.", "There is no argument “{arg}” here."))
        }
        ErrorKind::InvalidSubcommand => {
            ("command-unknown", &sub, say!("Không có lệnh “{sub}”.", "There is no command “{sub}”."))
        }
        ErrorKind::MissingSubcommand => {
            ("command-missing", &sub, say!("Chưa nói làm việc gì.", "It does not say what to do."))
        }
        ErrorKind::MissingRequiredArgument => ("argument-missing", &arg, say!("Thiếu {arg}.", "{arg} is missing.")),
        ErrorKind::InvalidValue if value.is_empty() => {
            ("value-missing", &arg, say!("{arg} thiếu giá trị.", "{arg} lacks its value."))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => (
            "value-unreadable",
            &arg,
            say!("{arg} không nhận giá trị “{value}”.", "{arg} does not take the value “{value}”."),
        ),
        ErrorKind::ArgumentConflict => {
            ("argument-twice", &arg, say!("{arg} ghi hai lần hoặc mâu thuẫn.", "{arg} is given twice or conflicts."))
        }
        ErrorKind::InvalidUtf8 => ("not-utf8", &arg, say!("Tham số không phải UTF-8.", "An argument is not UTF-8.")),
        _ => ("command-line", &arg, say!("Dòng lệnh không hiểu được.", "The command line is not understood.")),
    };
    let field = field.split([' ', '=']).next().unwrap_or_default().trim_start_matches('-').to_owned();
    Trouble::wrong_use(code, &field, what, fix(error))
}

fn fix(error: &Error) -> Words {
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue] {
        let meant = said(error, kind);
        if !meant.is_empty() {
            return say!("Có phải là {meant}?", "Did you mean {meant}?");
        }
    }
    for kind in [ContextKind::ValidSubcommand, ContextKind::ValidValue] {
        let open = said(error, kind);
        if !open.is_empty() {
            return say!("Chọn một trong: {open}.", "Choose one of: {open}.");
        }
    }
    say!("Xem cách dùng với --help.", "See the usage with --help.")
}

fn said(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
