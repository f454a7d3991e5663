//! `hoicho export`: records into CSV or a workbook that opens well elsewhere and can come back by import.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;

use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::output::json_text;
use crate::cli::{Said, Shell, noun};
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::view::columns::Column;
use crate::exchange::contact_report::blank;
use crate::exchange::outgoing::{Going, all_columns, bytes, file as file_bytes};
use crate::exchange::table::{Out, Table};
use crate::exchange::write_csv::write_csv;
use crate::exchange::write_ledger::write_ledger;
use crate::say;

/// All movements of money, as a text that hledger reads.
const LEDGER: &str = "ledger";

/// The next steps and follow-ups of leads, as a calendar.
const CALENDAR: &str = "ics";

/// The office's contact report with no rows yet.
const REPORT: &str = "contact-report";

/// Adds this command.
pub(super) fn grammar(root: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let flag = |id: &'static str, vi: &'static str, en: &'static str| {
        Arg::new(id).long(id).action(ArgAction::SetTrue).help(say(vi, en))
    };
    let text = |id: &'static str, value: &'static str, vi: &'static str, en: &'static str| {
        Arg::new(id).long(id).value_name(value).help(say(vi, en))
    };
    let kinds = Kind::ALL.iter().flat_map(|kind| [kind.plural(), kind.key()]).chain([LEDGER, CALENDAR, REPORT]);
    let plurals: Vec<&str> = Kind::ALL.iter().map(|kind| kind.plural()).chain([LEDGER, CALENDAR, REPORT]).collect();
    root.subcommand(
        Command::new("export")
            .about(say(
                "Xuất bản ghi ra CSV, Excel, danh thiếp (vCard) hoặc lịch (iCalendar)",
                "Write records to CSV, Excel, cards (vCard) or a calendar (iCalendar)",
            ))
            .arg(
                Arg::new("kind")
                    .value_name("KIND")
                    .required(true)
                    .value_parser(PossibleValuesParser::new(kinds))
                    .hide_possible_values(true)
                    .help(format!("{}: {}", say("Xuất gì", "What"), plurals.join(", "))),
            )
            .arg(
                Arg::new("file")
                    .value_name("FILE")
                    .value_parser(value_parser!(PathBuf))
                    .help(say("Tệp mới; không ghi là đầu ra chuẩn", "A new file; standard output when not given")),
            )
            .arg(text("fair", "CODE", "Chỉ của hội chợ này", "Of this fair only"))
            .arg(text("filter", "TEXT", "Lọc như ở list", "Filter as in list"))
            .arg(text("sort", "KEY", "Sắp theo cột", "Sort by a column").allow_hyphen_values(true))
            .arg(
                text(
                    "format",
                    "csv|xlsx|vcf|ics",
                    "Dạng tệp; mặc định theo đuôi tệp",
                    "The format; by the file's ending if not given",
                )
                .value_parser(PossibleValuesParser::new(["csv", "xlsx", "vcf", "ics"]))
                .hide_possible_values(true),
            )
            .arg(flag("personal", "Cả dữ liệu cá nhân", "Personal data too"))
            .arg(flag("keys", "Khóa thay cho tên cột và chữ", "Keys in place of labels and words"))
            .arg(flag("ids", "Thêm cột id để nhập lại được", "A column with ids, so that the file can come back")),
    )
}

/// Exports records.
pub(super) fn run(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let word = matches.get_one::<String>("kind").map(String::as_str).unwrap_or_default();
    if word == LEDGER {
        return ledger(shell, matches.get_one::<PathBuf>("file"));
    }
    if word == REPORT {
        return blank_report(shell, matches.get_one::<PathBuf>("file"));
    }
    let is_calendar = word == CALENDAR;
    let kind = if is_calendar { Some(Kind::Lead) } else { Kind::read(word) };
    let Some(kind) = kind else { return Ok(Said::Text(String::new())) };
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let fair = shell.reader(&book, matches)?.fair;
    let ids = noun::chosen(shell, &book, kind, fair, matches)?;
    let going = Going {
        lang: shell.lang(),
        keys: matches.get_flag("keys"),
        ids: matches.get_flag("ids"),
        with_personal: matches.get_flag("personal"),
    };
    let file = matches.get_one::<PathBuf>("file");
    // The format goes by the file's own name unless somebody says otherwise.
    let name = match (matches.get_one::<String>("format"), file) {
        _ if is_calendar => "out.ics".to_owned(),
        (Some(format), _) => format!("out.{format}"),
        (None, Some(file)) => file.to_string_lossy().into_owned(),
        (None, None) => "out.csv".to_owned(),
    };
    let bytes = file_bytes(&book, (kind, &ids), &all_columns(kind), shell.today(), going, &name)
        .map_err(|why| Refusal::new("format-unfit", why, say!("Hoặc thêm --format csv.", "Or add --format csv.")))?;
    match file {
        None => Ok(Said::Bytes(bytes)),
        Some(file) => {
            write_new(file, &bytes)?;
            let (count, place) = (ids.len(), file.display().to_string());
            let words = say!("Đã xuất {count} dòng ra {place}.", "Wrote {count} rows to {place}.");
            let text = words.in_lang(shell.lang());
            Ok(Said::Text(if shell.json {
                json_text(&json!({"rows": count, "file": place, "did": text}))
            } else {
                format!("{text}\n")
            }))
        }
    }
}

/// Exports the movements of money.
fn ledger(shell: &Shell, file: Option<&PathBuf>) -> Result<Said, Trouble> {
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let text = write_ledger(&book, shell.lang()).map_err(|fault| {
        Refusal::new("money-fault", fault.words(), say!("Xem “hoicho check”.", "See “hoicho check”."))
    })?;
    let Some(file) = file else { return Ok(Said::Text(text)) };
    write_new(file, text.as_bytes())?;
    let place = file.display().to_string();
    let words = say!(
        "Đã xuất sổ cái ra {place}. Kiểm tra bằng “hledger -f {place} check”.",
        "Wrote the ledger to {place}. Prove it with “hledger -f {place} check”."
    );
    let text = words.in_lang(shell.lang());
    Ok(Said::Text(if shell.json { json_text(&json!({"file": place, "did": text})) } else { format!("{text}\n") }))
}

/// The form that firms fill in after a fair and that `import contact-report` reads.
fn blank_report(shell: &Shell, file: Option<&PathBuf>) -> Result<Said, Trouble> {
    let name = file.map_or_else(|| "form.csv".to_owned(), |file| file.to_string_lossy().into_owned());
    let bytes = bytes(&blank(shell.lang()), &name, shell.lang()).map_err(|why| {
        Refusal::new("format-unfit", why, say!("Đặt tên tệp .xlsx hoặc .csv.", "Name the file .xlsx or .csv."))
    })?;
    let Some(file) = file else { return Ok(Said::Bytes(bytes)) };
    write_new(file, &bytes)?;
    let place = file.display().to_string();
    let words = say!("Đã ghi mẫu phiếu tiếp xúc ra {place}.", "Wrote the blank contact report to {place}.");
    let text = words.in_lang(shell.lang());
    Ok(Said::Text(if shell.json { json_text(&json!({"file": place, "did": text})) } else { format!("{text}\n") }))
}

/// Writes a file that is not there yet: what somebody has is never written over.
pub(super) fn write_new(file: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    use std::io::Write as _;
    std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(file)
        .and_then(|mut new| new.write_all(bytes).and_then(|()| new.sync_all()))
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                crate::store::StoreFault::AlreadyThere { path: file.to_path_buf() }.into()
            }
            _ => Trouble::file(file, &error),
        })
}

/// A list as CSV, as it is shown.
pub(super) fn listed(shell: &Shell, shown: &[&Column], rows: impl Iterator<Item = Vec<String>>) -> Said {
    let headers = shown.iter().map(|column| column.field.label().in_lang(shell.lang()).to_owned()).collect();
    let rows = rows.map(|cells| cells.into_iter().map(Out::Text).collect()).collect();
    Said::Bytes(write_csv(&Table { title: None, headers, rows }))
}
