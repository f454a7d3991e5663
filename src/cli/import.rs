//! `hoicho import`: a file into the book as one entry, or nothing.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Value as Json, json};

use crate::base::text::{Text, fold};
use crate::base::words::{Lang, Words};
use crate::cli::exit::{Exit, Trouble, row_json, row_text};
use crate::cli::files::read;
use crate::cli::grammar::doc;
use crate::cli::output::{done, json_text};
use crate::cli::{Said, Shell};
use crate::domain::book::Book;
use crate::domain::env::Env;
use crate::domain::field::Field;
use crate::domain::reading::Reader;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::engine::import::{Source, preview_file, preview_sheet, sheet, source_name};
use crate::exchange::ImportKind;
use crate::exchange::mapping::Mapping;
use crate::exchange::plan_svg::Scale;
use crate::exchange::preview::Preview;
use crate::exchange::question::{Decision, Decisions, Question};
use crate::exchange::sheet::Remark;
use crate::say;

/// Adds this command.
pub(super) fn grammar(root: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let flag = |id: &'static str, vi: &'static str, en: &'static str| {
        Arg::new(id).long(id).action(ArgAction::SetTrue).help(say(vi, en))
    };
    let text = |id: &'static str, value: &'static str, vi: &'static str, en: &'static str| {
        Arg::new(id).long(id).value_name(value).help(say(vi, en))
    };
    let words: Vec<&'static str> = ImportKind::all().map(ImportKind::word).collect();
    let singular: Vec<&'static str> = Kind::ALL.iter().map(|kind| kind.key()).collect();
    let help = format!("{}: {}", say("Nhập gì", "What it holds"), words.join(", "));
    root.subcommand(
        Command::new("import")
            .about(doc("import", lang))
            .arg(
                Arg::new("kind")
                    .value_name("KIND")
                    .required(true)
                    .value_parser(PossibleValuesParser::new(words.into_iter().chain(singular)))
                    .hide_possible_values(true)
                    .help(help),
            )
            .arg(Arg::new("file").value_name("FILE").required(true).value_parser(value_parser!(PathBuf)).help(say(
                "CSV, XLSX, XLS, ODS, danh thiếp VCF; - là đầu vào chuẩn",
                "CSV, XLSX, XLS, ODS, cards in VCF; - is standard input",
            )))
            .arg(text("fair", "CODE", "Hội chợ của các dòng", "The fair of the rows"))
            .arg(text(
                "business",
                "RECORD",
                "Phiếu tiếp xúc: doanh nghiệp của tỉnh, nếu dòng không ghi",
                "Contact report: our firm, where a row names none",
            ))
            .arg(text("hall", "CODE", "Nhà của các gian được gõ", "The hall in which typed booths lie"))
            .arg(text(
                "booth",
                "WxD",
                "SVG: kích thước thật của hình chữ nhật gặp nhiều nhất, mét, như 3x3",
                "SVG: the real size of the commonest rectangle in metres, as 3x3",
            ))
            .arg(text("cm-per-unit", "CM", "SVG: một đơn vị vẽ là bao nhiêu cm", "SVG: centimetres in one unit"))
            .arg(text("sheet", "NAME", "Trang tính", "The sheet"))
            .arg(
                text(
                    "map",
                    "HEADER=FIELD",
                    "Cột này là trường này (lặp được)",
                    "This column is this field (repeatable)",
                )
                .action(ArgAction::Append),
            )
            .arg(
                text(
                    "row",
                    "LINE=RECORD",
                    "Dòng này là bản ghi này, hoặc new (mới), skip (bỏ qua); lặp được",
                    "This row is this record, or new, or skip (repeatable)",
                )
                .action(ArgAction::Append),
            )
            .arg(flag("dry-run", "Chỉ xem trước, không ghi", "Only preview, store nothing"))
            .arg(flag("skip-bad", "Ghi các dòng tốt, bỏ dòng xấu", "Store the good rows, leave the bad ones out")),
    )
}

/// Imports a file.
pub(super) fn run(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    let word = matches.get_one::<String>("kind").map(String::as_str).unwrap_or_default();
    let Some(what) = ImportKind::read(word) else { return Ok(Said::Text(String::new())) };
    let path = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    shell.now_only()?;
    let bytes = read(&path)?;
    let engine = shell.open()?;
    let desk = engine.desk();
    let book = desk.book();
    let reader = shell.reader(&book, matches)?;
    let hall = match matches.get_one::<String>("hall") {
        Some(code) => Some(reader.read_link(Kind::Hall, code).map_err(|refusal| refusal.at("hall"))?),
        None => None,
    };
    let business = match matches.get_one::<String>("business") {
        Some(written) => Some(reader.read_link(Kind::Business, written).map_err(|refusal| refusal.at("business"))?),
        None => None,
    };
    let name = if path == Path::new("-") { "stdin".into() } else { path.to_string_lossy() };
    let sheet = matches.get_one::<String>("sheet").map(String::as_str);
    // Booths may come as a list with headers, or as runs that somebody typed.
    let what = if what == ImportKind::Records(Kind::Booth) { ImportKind::Floor } else { what };
    let source =
        Source { sheet, fair: reader.fair, business, hall, scale: scale(matches)?, ..Source::of(&name, &bytes) };
    let outside = shell.outside();
    let env = Env::new(outside.now(), shell.settings.who.clone(), outside.chance());
    let decisions = decisions(&reader, matches, &previewed(&book, what, source, &env, matches)?.questions)?;
    let found = previewed(&book, what, Source { decisions: &decisions, ..source }, &env, matches)?;
    let skip_bad = matches.get_flag("skip-bad");
    let refusal = found.whole.clone().filter(|_| found.refused.is_empty() || skip_bad);
    if matches.get_flag("dry-run") {
        return Ok(Said::Text(told(shell, &found, None)));
    }
    if let Some(refusal) = refusal {
        return Err(refusal.into());
    }
    if !found.refused.is_empty() && !skip_bad {
        return Err(refused(&found));
    }
    if found.is_empty() && found.unchanged == 0 && found.skipped.is_empty() {
        return Err(nothing(&found));
    }
    let receipt = match found.is_empty() {
        true => None,
        false => Some(desk.act(&shell.settings.who, found.intent(&source_name(&name)))?),
    };
    let stored = receipt.map(|receipt| done(&[receipt], shell.lang(), shell.json));
    Ok(Said::Text(told(shell, &found, stored.as_deref())))
}

/// How many remarks about a file that holds nothing are told.
const WARNINGS_TOLD: usize = 10;

/// A file that holds nothing of the kind: a script must not take it for done.
fn nothing(found: &Preview) -> Trouble {
    let noun = found.kind.words();
    let headers: Vec<Words> = found.kind.fields().iter().filter(|field| field.listed).map(Field::label).collect();
    let in_lang = |lang| headers.iter().map(|words| words.in_lang(lang)).collect::<Vec<_>>().join(", ");
    let headers = Words { vi: in_lang(Lang::Vi).into(), en: in_lang(Lang::En).into() };
    let told = found
        .warnings
        .iter()
        .take(WARNINGS_TOLD)
        .fold(Words::default(), |told, remark| say!("{}\n{}", "{}\n{}"; told, remark.words));
    Refusal::new(
        "nothing-to-import",
        say!("Không đọc ra {} nào trong tệp này.{}", "This file holds no {} that can be read.{}"; noun, told),
        say!(
            "Cần một bảng có dòng tiêu đề như: {}. Xem thử bằng --dry-run, hoặc chọn loại khác.",
            "It takes a table with headers such as: {}. Look with --dry-run, or choose another kind.";
            headers
        ),
    )
    .into()
}

/// What was decided of rows about which something is asked.
fn decisions(reader: &Reader<'_>, matches: &ArgMatches, asked: &[Question]) -> Result<Decisions, Trouble> {
    let mut found = Decisions::new();
    for written in matches.get_many::<String>("row").into_iter().flatten() {
        let (line, said) = written.split_once('=').unwrap_or((written, ""));
        let line: u32 = line.trim().parse().unwrap_or_default();
        let mut here = asked.iter().filter(|question| question.line == line).peekable();
        if here.peek().is_none() {
            let lines: Vec<String> = asked.iter().map(|question| question.line.to_string()).collect();
            let lines = lines.join(", ");
            return Err(Trouble::wrong_use(
                "row-not-asked",
                "row",
                say!(
                    "“{written}”: dòng đó không có gì phải quyết định.",
                    "“{written}”: nothing is asked about that row."
                ),
                say!("Các dòng cần quyết định: {lines}.", "Rows about which something is asked: {lines}."),
            ));
        }
        for question in here {
            let decision = match said.trim() {
                "new" => Decision::New,
                "skip" => Decision::Skip,
                name => Decision::Same(reader.read_link(question.kind, name).map_err(|refusal| refusal.at("row"))?),
            };
            found.insert((question.kind, question.line), decision);
        }
    }
    Ok(found)
}

/// How the units of a drawing become metres.
fn scale(matches: &ArgMatches) -> Result<Scale, Trouble> {
    let given = |key: &str| matches.get_one::<String>(key).map(String::as_str);
    let fault = |key: &str, written: &str| {
        Trouble::wrong_use(
            "scale-unreadable",
            key,
            say!("“{written}” không phải tỷ lệ.", "“{written}” is no scale."),
            say!("Ghi --booth 3x3 hoặc --cm-per-unit 34,3.", "Write --booth 3x3 or --cm-per-unit 34.3."),
        )
    };
    if let Some(written) = given("booth") {
        let run = crate::exchange::booth_run::read_booth_runs(&format!("A1 {written}")).ok();
        let size = run.and_then(|runs| runs.first().map(|run| (i64::from(run.width_cm), i64::from(run.depth_cm))));
        return size.map(|(width, depth)| Scale::Booth(width, depth)).ok_or_else(|| fault("booth", written));
    }
    if let Some(written) = given("cm-per-unit") {
        let cm = written.replace(',', ".").parse::<f64>().ok().filter(|cm| cm.is_finite() && *cm > 0.0);
        return cm.map(Scale::CmPerUnit).ok_or_else(|| fault("cm-per-unit", written));
    }
    Ok(Scale::Guess)
}

fn previewed(
    book: &Book,
    what: ImportKind,
    source: Source<'_>,
    env: &Env,
    matches: &ArgMatches,
) -> Result<Preview, Trouble> {
    let Some(pairs) = matches.get_many::<String>("map") else {
        return Ok(preview_file(book, what, source, env)?);
    };
    let fields = what.fields();
    let sheet = sheet(what, source)?;
    let mut mapping = Mapping::among(what.kind(), fields, &sheet.headers);
    for pair in pairs {
        let (header, key) = pair.rsplit_once('=').unwrap_or((pair, ""));
        let place = sheet.headers.iter().position(|known| fold(Text::new(known).as_str()) == fold(header.trim()));
        let field = fields.iter().position(|field| field.key == key.trim().replace('-', "_"));
        match (place, field, key.trim().is_empty()) {
            (Some(place), Some(_), _) | (Some(place), None, true) => mapping.set(place, field),
            (None, ..) => {
                let headers = sheet.headers.join(", ");
                return Err(misfit(say!("Không có cột “{header}”.", "There is no column “{header}”."), &headers));
            }
            (_, None, false) => {
                let keys: Vec<&str> = fields.iter().map(|field| field.key).collect();
                return Err(misfit(say!("Không có trường “{key}”.", "There is no field “{key}”."), &keys.join(", ")));
            }
        }
    }
    Ok(preview_sheet(book, what, &sheet, &mapping, source, env))
}

fn misfit(what: Words, open: &str) -> Trouble {
    Trouble::wrong_use("mapping-unknown", "map", what, say!("Chọn trong: {open}.", "Choose among: {open}."))
}

fn refused(found: &Preview) -> Trouble {
    let count = found.refused_rows();
    Trouble {
        exit: Exit::Refused,
        code: "rows-refused".to_owned(),
        field: String::new(),
        what: say!("{count} dòng không nhận được; chưa ghi gì.", "Rows refused: {count}; nothing was stored."),
        fix: say!(
            "Sửa các dòng dưới đây, hoặc dùng --skip-bad để ghi các dòng còn lại.",
            "Correct the rows below, or store the others with --skip-bad."
        ),
        rows: found.refused.iter().map(|row| (row.line, in_column(row))).collect(),
    }
}

/// The refusal of a row, with the header of its column in front.
fn in_column(row: &crate::exchange::incoming::RefusedRow) -> Refusal {
    let column = &row.column;
    if column.is_empty() {
        return row.refusal.clone();
    }
    let what = &row.refusal.what;
    Refusal { what: say!("cột “{column}”: {}", "column “{column}”: {}"; what), ..row.refusal.clone() }
}

fn remark_text(remark: &Remark, lang: Lang) -> String {
    let words = remark.words.in_lang(lang);
    match remark.line {
        Some(line) => format!("{} {line}: {words}", Words::new("Dòng", "Line").in_lang(lang)),
        None => words.to_owned(),
    }
}

/// What the import came to, or would come to.
fn told(shell: &Shell, found: &Preview, stored: Option<&str>) -> String {
    let lang = shell.lang();
    let rows: Vec<(u32, Refusal)> = found.refused.iter().map(|row| (row.line, in_column(row))).collect();
    let asked: Vec<Remark> = found.questions.iter().map(Question::remark).collect();
    let warnings: Vec<String> = found.warnings.iter().chain(&asked).map(|remark| remark_text(remark, lang)).collect();
    if shell.json {
        let stored: Json = stored.and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Json::Null);
        return json_text(&json!({
            "kind": found.kind.key(),
            "new": found.new,
            "changed": found.changed,
            "unchanged": found.unchanged,
            "left_out": found.skipped,
            "refused": rows.iter().map(|(line, refusal)| row_json(*line, refusal, lang)).collect::<Vec<_>>(),
            "warnings": warnings,
            "seq": stored["seq"],
            "did": stored["did"],
        }));
    }
    let mut lines: Vec<String> = vec![found.words().in_lang(lang).to_owned()];
    lines.extend(found.along_words().map(|words| words.in_lang(lang).to_owned()));
    lines.extend(warnings);
    if let Some(question) = found.questions.iter().find(|question| question.decision == Decision::New) {
        let line = question.line;
        let words = say!(
            "Nếu là một: --row {line}=TÊN (hoặc --row {line}=skip để bỏ qua).",
            "If they are one: --row {line}=NAME (or --row {line}=skip to leave it out)."
        );
        lines.push(words.in_lang(lang).to_owned());
    }
    lines.extend(rows.iter().map(|(line, refusal)| row_text(*line, refusal, lang)));
    lines.extend(found.whole.as_ref().map(|refusal| refusal.what.in_lang(lang).to_owned()));
    match stored {
        Some(stored) => lines.push(stored.trim_end().to_owned()),
        None => lines.push(Words::new("Chưa ghi gì.", "Nothing was stored.").in_lang(lang).to_owned()),
    }
    lines.iter().map(|line| format!("{}\n", Text::lines(line))).collect()
}
