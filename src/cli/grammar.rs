//! The command line, made from the table of kinds and the table of commands.

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, Command, value_parser};
use std::path::PathBuf;

use crate::base::dates::Date;
use crate::base::text::Text;
use crate::base::words::{Lang, Words, capital};
use crate::command::table::asks::is_signature;
use crate::command::table::takes_several;
use crate::command::{Act, COMMANDS, Here, Screen, Shell, find};
use crate::domain::book::Book;
use crate::domain::field::{Field, Shape};
use crate::domain::record::Kind;
use crate::domain::steps;

/// The record or records that a command is about.
pub const RECORD: &str = "RECORD";

/// A verb that stands for one step of a record's life.
#[derive(Clone, Copy, Debug)]
pub struct StepVerb {
    /// Whose.
    pub kind: Kind,
    /// The verb.
    pub verb: &'static str,
    /// The state it leads to.
    pub to: &'static str,
}

const fn verb(kind: Kind, verb: &'static str, to: &'static str) -> StepVerb {
    StepVerb { kind, verb, to }
}

/// The steps that have a verb of their own.
pub const STEP_VERBS: &[StepVerb] = &[
    verb(Kind::Claim, "submit", "submitted"),
    verb(Kind::Claim, "check", "in_check"),
    verb(Kind::Claim, "appraise", "appraised"),
    verb(Kind::Claim, "return", "returned_for_evidence"),
    verb(Kind::Claim, "reject", "rejected"),
    verb(Kind::Claim, "cancel", "cancelled"),
    verb(Kind::Claim, "close", "closed"),
    verb(Kind::Evidence, "receive", "received"),
    verb(Kind::Evidence, "accept", "accepted"),
    verb(Kind::Evidence, "reject", "rejected"),
    verb(Kind::Evidence, "waive", "waived"),
    verb(Kind::Payment, "sign", "signed"),
    verb(Kind::Payment, "send", "sent"),
    verb(Kind::Payment, "credit", "credited"),
    verb(Kind::Payment, "return", "returned"),
    verb(Kind::Payment, "cancel", "cancelled"),
    verb(Kind::Payment, "again", "prepared"),
    verb(Kind::PaymentList, "sign", "signed"),
    verb(Kind::PaymentList, "send", "sent"),
    verb(Kind::PaymentList, "cancel", "cancelled"),
    verb(Kind::Recovery, "dispute", "disputed"),
    verb(Kind::Recovery, "write-off", "written_off"),
];

/// The themes that come with the screen; a test holds this to them.
pub const THEMES: [&str; 4] = ["dark", "light", "contrast", "mono"];

/// The whole grammar in one language.
#[must_use]
pub fn grammar(lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let mut root = Command::new("hoicho")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(
            "Bàn làm việc hội chợ của cơ quan xúc tiến thương mại: gian hàng, hỗ trợ, đầu mối, trong một sổ",
            "The fair desk of a trade-promotion office: booths, subsidies and leads in one book",
        ))
        .long_about(say(
            "Bàn làm việc hội chợ của cơ quan xúc tiến thương mại: gian hàng, hỗ trợ, đầu mối, trong một sổ. Không có lệnh thì mở màn hình.",
            "The fair desk of a trade-promotion office: booths, subsidies and leads in one book. Without a command it opens the screen.",
        ))
        .subcommand_required(false)
        .disable_help_subcommand(true)
        .max_term_width(100)
        .args(global_args(lang));
    for kind in Kind::ALL {
        root = root.subcommand(noun(*kind, lang));
    }
    root = super::book::grammar(root, lang);
    root = super::import::grammar(root, lang);
    root = super::export::grammar(root, lang);
    root = super::print::grammar(root, lang);
    root = super::floor::grammar(root, lang);
    root = super::report::grammar(root, lang);
    root = super::capture::grammar(root, lang);
    root = super::demo::grammar(root, lang);
    root = super::place::grammar(root, lang);
    in_language(root, lang)
}

fn global_args(lang: Lang) -> Vec<Arg> {
    let text = |id: &'static str, value: &'static str, vi: &'static str, en: &'static str| {
        Arg::new(id)
            .long(id)
            .global(true)
            .value_name(value)
            .help(Words::new(vi, en).in_lang(lang).to_owned())
            .display_order(900)
    };
    vec![
        text("book", "DIR", "Thư mục của sổ (hoặc HOICHO_BOOK)", "The directory of the book (or HOICHO_BOOK)")
            .value_parser(value_parser!(PathBuf)),
        text("lang", "vi|en", "Ngôn ngữ (hoặc HOICHO_LANG)", "The language (or HOICHO_LANG)")
            .value_parser(PossibleValuesParser::new(["vi", "en"]))
            .hide_possible_values(true),
        text("json", "", "Kết quả và lỗi là JSON", "Results and errors as JSON").action(ArgAction::SetTrue),
        text("as", "NAME", "Người thực hiện (hoặc HOICHO_USER)", "Who acts (or HOICHO_USER)"),
        text(
            "at",
            "DATE",
            "Sổ như vào cuối ngày này; chỉ xem",
            "The book as it was at the end of this day; nothing is stored",
        ),
        text(
            "passphrase-file",
            "FILE",
            "Tệp có mật khẩu của người ký (hoặc HOICHO_PASSPHRASE)",
            "A file with the signer's passphrase (or HOICHO_PASSPHRASE)",
        )
        .value_parser(value_parser!(PathBuf)),
        text("theme", "dark|light|contrast|mono", "Bộ màu của màn hình", "The theme of the screen")
            .value_parser(PossibleValuesParser::new(THEMES))
            .hide_possible_values(true),
    ]
}

fn noun(kind: Kind, lang: Lang) -> Command {
    let words = kind.words();
    let mut noun = Command::new(kind.key())
        .alias(kind.plural())
        .about(capital(words.in_lang(lang)))
        .subcommand_required(true)
        .arg_required_else_help(false);
    noun = noun.subcommand(list(lang)).subcommand(show(kind, lang));
    for (id, name) in [("record-add", "add"), ("record-edit", "edit"), ("record-remove", "remove")] {
        if name != "add" || may_add(kind) {
            let mut verb = Command::new(name).about(doc(id, lang));
            if name != "add" {
                verb = verb.arg(record(kind, 1, lang));
            }
            if name != "remove" {
                verb = verb.args(typed_fields(kind).map(|field| field_arg(field, lang)));
            }
            noun = noun.subcommand(with_fair(verb, lang));
        }
    }
    noun = noun.subcommand(with_fair(
        Command::new("history").about(doc("record-history", lang)).arg(record(kind, 1, lang)).arg(
            Arg::new("field")
                .long("field")
                .value_name("KEY")
                .help(Words::new("Chỉ trường này", "This field only").in_lang(lang).to_owned()),
        ),
        lang,
    ));
    if kind.fields().iter().any(Field::is_personal) {
        let erase = Command::new("erase").about(doc("person-erase", lang)).arg(record(kind, 1, lang));
        noun = noun.subcommand(with_fair(with_asks(erase, "person-erase", lang), lang));
    }
    if !steps::states(kind).is_empty() {
        noun = noun.subcommand(step(kind, lang));
    }
    for command in COMMANDS.iter().copied() {
        if let Shell::Verb(Some(of), name) = command.shell
            && of == kind
        {
            let most = if takes_several(command.id) { usize::MAX } else { 1 };
            let verb = Command::new(name).about(bare(command.doc.in_lang(lang))).arg(record(kind, most, lang));
            noun = noun.subcommand(with_fair(with_asks(verb, command.id, lang), lang));
        }
    }
    if kind == Kind::Draw {
        let fair = with_fair(Command::new("fair"), lang);
        let fair = fair.get_arguments().next().cloned();
        noun = super::draw::grammar(noun, record(kind, 1, lang), fair.unwrap_or_else(|| Arg::new("fair")), lang);
    }
    if kind == Kind::Lead {
        noun = super::board::grammar(noun, list(lang), lang);
        noun = super::matching::grammar(noun, record(kind, 1, lang), lang);
    }
    if kind == Kind::Contact {
        noun = super::contact::grammar(noun, lang);
    }
    if kind == Kind::Conference {
        noun = super::conference::grammar(noun, lang);
    }
    if kind == Kind::Scheme {
        noun = super::scheme::grammar(noun, record(kind, 1, lang), lang);
    }
    noun = super::subsidy::grammar(noun, kind, &record(kind, 1, lang), lang);
    noun = super::bank::grammar(noun, kind, record(kind, 1, lang), lang);
    noun = super::evidence::grammar(noun, kind, lang);
    if matches!(kind, Kind::BudgetLine | Kind::Claim) {
        noun = super::money::grammar(noun, kind, record(kind, 1, lang), lang);
    }
    for step in STEP_VERBS.iter().filter(|step| step.kind == kind) {
        let state = steps::state_words(kind, step.to);
        let about = crate::say!("Chuyển sang “{}”", "Move on to “{}”"; state);
        let verb = Command::new(step.verb)
            .about(about.in_lang(lang).to_owned())
            .arg(record(kind, usize::MAX, lang))
            .arg(reason(lang));
        noun = noun.subcommand(with_fair(verb, lang));
    }
    noun
}

/// The fields of a kind that a person types.
pub fn typed_fields(kind: Kind) -> impl Iterator<Item = &'static Field> {
    kind.fields().iter().filter(|field| field.is_typed())
}

/// True where the table's own command for a new record would open a form.
fn may_add(kind: Kind) -> bool {
    let (book, who) = (Book::default(), Text::default());
    let here = Here {
        book: &book,
        today: Date::default(),
        who: &who,
        fair: None,
        screen: Screen::of(kind),
        kind: Some(kind),
        chosen: &[],
        read_only: None,
    };
    find("record-add").is_some_and(|command| matches!((command.run)(&here), Ok(Act::Ask(_))))
}

fn list(lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let list = Command::new("list")
        .about(say("Danh sách", "List"))
        .arg(Arg::new("filter").long("filter").value_name("TEXT").help(say(
            "Lọc: chữ, hoặc trường như status:held stars>=4 due<7d",
            "Filter: words, or fields as status:held stars>=4 due<7d",
        )))
        .arg(
            Arg::new("sort")
                .long("sort")
                .value_name("KEY")
                .allow_hyphen_values(true)
                .help(say("Sắp theo cột; -KEY là ngược lại", "Sort by a column; -KEY turns it round")),
        )
        .arg(
            Arg::new("columns")
                .long("columns")
                .value_name("KEY,…")
                .help(say("Các cột, theo khóa của trường", "The columns, by the keys of fields")),
        )
        .arg(
            Arg::new("limit")
                .long("limit")
                .value_name("N")
                .value_parser(value_parser!(usize))
                .help(say("Nhiều nhất bấy nhiêu dòng", "At most so many lines")),
        )
        .arg(Arg::new("csv").long("csv").action(ArgAction::SetTrue).help(say("Ra CSV", "As CSV")));
    with_fair(list, lang)
}

fn show(kind: Kind, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let show = Command::new("show")
        .about(say("Một bản ghi với mọi thứ thuộc về nó", "One record with all that belongs to it"))
        .arg(record(kind, 1, lang))
        .arg(
            Arg::new("personal")
                .long("personal")
                .action(ArgAction::SetTrue)
                .help(say("Cả dữ liệu cá nhân đầy đủ", "Personal data in full")),
        );
    with_fair(show, lang)
}

fn step(kind: Kind, lang: Lang) -> Command {
    let states: Vec<&str> = steps::states(kind).iter().map(|choice| choice.key).collect();
    let help = Words::new("Trạng thái mới: ", "The new state: ");
    let step = Command::new("step")
        .about(doc("record-step", lang))
        .arg(record(kind, usize::MAX, lang))
        .arg(Arg::new("to").required(true).value_name("STATE").help(format!(
            "{}{}",
            help.in_lang(lang),
            states.join(", ")
        )))
        .arg(reason(lang));
    with_fair(step, lang)
}

fn reason(lang: Lang) -> Arg {
    let help = Words::new("Lý do", "Why");
    Arg::new("reason").long("reason").value_name("TEXT").help(help.in_lang(lang).to_owned())
}

/// The records that a command is about; at most `most` of them.
fn record(kind: Kind, most: usize, lang: Lang) -> Arg {
    let named = Words::new("mã, mã số thuế, tên, HỘI-CHỢ/MÃ hoặc id", "code, tax code, name, FAIR/CODE or id");
    let noun = kind.words();
    let arg = Arg::new(RECORD).required(true).value_name(RECORD).help(format!(
        "{}: {}",
        capital(noun.in_lang(lang)),
        named.in_lang(lang)
    ));
    if most == 1 { arg } else { arg.num_args(1..) }
}

/// Adds the fair below which records are named, unless the command asks for a fair of its own by the same flag.
fn with_fair(command: Command, lang: Lang) -> Command {
    if command.get_arguments().any(|arg| arg.get_id() == "fair") {
        return command;
    }
    let help = Words::new("Hội chợ mà các mã thuộc về", "The fair that codes belong to");
    command.arg(Arg::new("fair").long("fair").value_name("CODE").help(help.in_lang(lang).to_owned()).display_order(800))
}

fn with_asks(command: Command, id: &str, lang: Lang) -> Command {
    let asks = find(id).map_or(&[][..], |command| command.asks);
    // Who signs is who acts, and a passphrase never stands on a command line.
    let asked = asks.iter().filter(|field| !is_signature(field));
    command.args(asked.map(|field| field_arg(field, lang)))
}

/// The flag of a field: its key with hyphens.
pub fn field_arg(field: &'static Field, lang: Lang) -> Arg {
    let label = field.label();
    let arg = Arg::new(field.key)
        .long(field.key.replace('_', "-"))
        .value_name(value_name(field))
        .value_parser(ValueParser::string())
        .allow_negative_numbers(true)
        .help(format!("{}{}", label.in_lang(lang), choices(field)));
    match field.shape {
        Shape::Flag => arg.num_args(0..=1).default_missing_value("yes"),
        _ => arg,
    }
}

const fn value_name(field: &Field) -> &'static str {
    match field.shape {
        Shape::Text(..) => "TEXT",
        Shape::Choice(_) => "CHOICE",
        Shape::Choices(_) => "CHOICE,…",
        Shape::Flag => "yes|no",
        Shape::Money => "VND",
        Shape::Percent => "PERCENT",
        Shape::Length => "METRES",
        Shape::Date => "DATE",
        Shape::Moment => "TIME",
        Shape::Link(_) => "RECORD",
        _ => "NUMBER",
    }
}

fn choices(field: &Field) -> String {
    match field.shape {
        Shape::Choice(choices) | Shape::Choices(choices) => {
            let keys: Vec<&str> = choices.iter().map(|choice| choice.key).collect();
            format!(": {}", keys.join(", "))
        }
        _ => String::new(),
    }
}

/// The sentence of a command, as clap shows it: without its full stop.
pub fn doc(id: &str, lang: Lang) -> String {
    find(id).map(|command| bare(command.doc.in_lang(lang))).unwrap_or_default()
}

fn bare(sentence: &str) -> String {
    sentence.trim_end_matches('.').to_owned()
}

/// The words that clap itself would say in English only.
fn in_language(mut command: Command, lang: Lang) -> Command {
    if lang == Lang::En {
        return command;
    }
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    command = command
        .help_template("{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}")
        .subcommand_help_heading("Lệnh")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help("Hiện trợ giúp này")
                .display_order(990),
        );
    if command.get_version().is_some() {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command.arg(version.help("Hiện phiên bản").display_order(991));
    }
    let args: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    for id in args {
        command = command.mut_arg(&id, |arg| {
            let heading = if arg.is_positional() { "Đối số" } else { "Tùy chọn" };
            arg.help_heading(heading)
        });
    }
    for name in names {
        command = command.mut_subcommand(&name, |sub| in_language(sub, lang));
    }
    command
}

/// True when the value of a form's field was given on the command line.
pub fn is_given(matches: &clap::ArgMatches, field: &Field) -> bool {
    matches.try_contains_id(field.key).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_holds_in_both_languages() {
        for lang in Lang::ALL {
            grammar(lang).debug_assert();
        }
    }

    #[test]
    fn every_verb_of_the_table_is_reachable() {
        let root = grammar(Lang::En);
        for command in COMMANDS.iter().copied() {
            if let Shell::Verb(kind, verb) = command.shell {
                let mut at = kind.map_or(Some(&root), |kind| root.find_subcommand(kind.key()));
                for word in verb.split(' ') {
                    at = at.and_then(|at| match word.strip_prefix("--") {
                        Some(flag) => at.get_arguments().any(|arg| arg.get_long() == Some(flag)).then_some(at),
                        None => at.find_subcommand(word),
                    });
                }
                assert!(at.is_some(), "{}", command.id);
            }
        }
        for step in STEP_VERBS {
            assert!(steps::states(step.kind).iter().any(|choice| choice.key == step.to), "{step:?}");
        }
    }
}
