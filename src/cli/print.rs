//! `hoicho print`: a form about claims or a payment list, as pages, a workbook or text.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;

use crate::base::dates::{Date, show_date};
use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::cli::exit::Trouble;
use crate::cli::export::write_new;
use crate::cli::files::read_text;
use crate::cli::output::json_text;
use crate::cli::{Said, Shell, records};
use crate::domain::Claim;
use crate::domain::book::Book;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::exchange::print::form::{FORMS, Form, Format, PrintFault, print};
use crate::exchange::print::gather::Subject;
use crate::say;

/// The most bytes that a form of one's own may have.
const TEMPLATE_BYTES_MAX: usize = 400_000;

/// Adds this command.
pub(super) fn grammar(root: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let names = FORMS.iter().map(|form| format!("{} ({})", form.name, form.words.in_lang(lang))).collect::<Vec<_>>();
    let file = |id: &'static str, vi: &'static str, en: &'static str| {
        Arg::new(id).long(id).value_name("FILE").value_parser(value_parser!(PathBuf)).help(say(vi, en))
    };
    root.subcommand(
        Command::new("print")
            .about(say("In một mẫu ra PDF, Excel hoặc chữ", "Print a form as PDF, workbook or text"))
            .arg(
                Arg::new("form")
                    .value_name("FORM")
                    .required(true)
                    .value_parser(PossibleValuesParser::new(FORMS.iter().map(|form| form.name)))
                    .hide_possible_values(true)
                    .help(format!("{}: {}", say("Mẫu", "The form"), names.join(", "))),
            )
            .arg(
                Arg::new(super::grammar::RECORD)
                    .value_name("SUBJECT")
                    .num_args(1..)
                    .required_unless_present("show")
                    .help(say(
                        "Hồ sơ hỗ trợ; với payments là bảng kê hoặc các khoản chi; với schedule-… là hội nghị; với contact-report là hội chợ",
                        "Claims; for payments a payment list or vouchers; for schedule-… a conference; for contact-report a fair",
                    )),
            )
            .arg(file(
                "out",
                "Tệp mới .pdf, .xlsx hoặc .txt; không ghi là chữ ra màn hình",
                "A new file .pdf, .xlsx or .txt; text on standard output if not given",
            ))
            .arg(file(
                "template",
                "Mẫu của cơ quan thay cho mẫu có sẵn",
                "A form of your own in place of the shipped one",
            ))
            .arg(
                Arg::new("show")
                    .long("show")
                    .action(ArgAction::SetTrue)
                    .help(say("In chính mẫu, để chép và sửa", "Print the form itself, to copy and change")),
            )
            .arg(
                Arg::new("personal")
                    .long("personal")
                    .action(ArgAction::SetTrue)
                    .help(say("Cả dữ liệu cá nhân đầy đủ", "Personal data in full")),
            )
            .arg(
                Arg::new("fair")
                    .long("fair")
                    .value_name("CODE")
                    .help(say("Hội chợ mà các mã thuộc về", "The fair that codes belong to")),
            ),
    )
}

/// Prints.
pub(super) fn run(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let (lang, name) = (shell.lang(), matches.get_one::<String>("form").map(String::as_str).unwrap_or_default());
    let Some(form) = Form::named(name) else { return Ok(Said::Text(String::new())) };
    if matches.get_flag("show") {
        return Ok(Said::Text(form.text(lang).to_owned()));
    }
    let own = matches.get_one::<PathBuf>("template").map(|file| template(file)).transpose()?;
    let out = matches.get_one::<PathBuf>("out");
    let format = match out {
        None => Format::Plain,
        Some(file) => Format::of(&file.to_string_lossy()).ok_or_else(|| {
            Refusal::new(
                "format-unfit",
                say!("Không biết dạng tệp này.", "This kind of file is not known."),
                say!("Đặt tên tệp .pdf, .xlsx hoặc .txt.", "Name it .pdf, .xlsx or .txt."),
            )
            .at("out")
        })?,
    };
    let engine = shell.open()?;
    let book = shell.seen(&engine.desk())?;
    let reader = shell.reader(&book, matches)?;
    // A payment list that was not made yet can be printed from its vouchers.
    let (kind, ids) = match records(&reader, form.kind, matches) {
        Err(_) if form.kind == Kind::PaymentList => (Kind::Payment, records(&reader, Kind::Payment, matches)?),
        found => (form.kind, found?),
    };
    if form.name == "decision" {
        one_day(&book, &ids)?;
    }
    let mask = form.mask(matches.get_flag("personal"));
    let subject = Subject { book: &book, kind, ids: &ids, today: shell.today(), mask };
    let bytes = print(own.as_deref().unwrap_or_else(|| form.text(lang)), &subject, lang, format)
        .map_err(|fault| refused(&fault))?;
    let Some(file) = out else { return Ok(Said::Bytes(bytes)) };
    write_new(file, &bytes)?;
    let place = file.display().to_string();
    let (vi, en) = (&form.words.vi, &form.words.en);
    let words = say!("Đã in {vi} ra {place}.", "Printed the {en} to {place}.");
    let text = words.in_lang(lang);
    Ok(Said::Text(if shell.json { json_text(&json!({"file": place, "did": text})) } else { format!("{text}\n") }))
}

/// A decision has one day: claims that were decided on several are several decisions.
fn one_day(book: &Book, claims: &[Id]) -> Result<(), Refusal> {
    let decided = claims.iter().filter_map(|id| book.get::<Claim>(*id)).map(|claim| claim.decided_on);
    let days: BTreeSet<Option<Date>> = decided.collect();
    if days.len() < 2 {
        return Ok(());
    }
    let days: Vec<String> = days.into_iter().flatten().map(show_date).collect();
    let days = days.join(", ");
    Err(Refusal::new(
        "decision-days",
        say!(
            "Các hồ sơ này được quyết định khác ngày: {days}.",
            "These claims were decided on different days: {days}."
        ),
        say!("In từng ngày một quyết định.", "Print one decision for each day."),
    )
    .at("record"))
}

fn refused(fault: &PrintFault) -> Refusal {
    let next = say!(
        "Xem mẫu có sẵn bằng “hoicho print FORM --show”.",
        "See the shipped form with “hoicho print FORM --show”."
    );
    Refusal::new("form-unfit", fault.words(), next).at("template")
}

/// A form of one's own. Widths are known for composed letters only.
fn template(file: &Path) -> Result<String, Trouble> {
    Ok(crate::base::text::nfc(&read_text(file, TEMPLATE_BYTES_MAX)?))
}
