//! Storing commands: the command table's own acts, with their forms filled from the command line.

use clap::ArgMatches;

use crate::base::text::Text;
use crate::base::words::Words;
use crate::cli::exit::Trouble;
use crate::cli::{Said, Shell, grammar, output, passphrase, records};
use crate::command::form::{Form, Making};
use crate::command::table::asks::is_signature;
use crate::command::{Act, Command, Here, Screen};
use crate::domain::field::{Need, Value};
use crate::domain::intent::Intent;
use crate::domain::reading::Reader;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::steps;
use crate::domain::view::list::fair_of;
use crate::say;

/// Runs a command of the table about the records that the command line names.
pub(super) fn act(shell: &Shell, kind: Kind, command: &Command, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open_to_store()?;
    let desk = engine.desk();
    let book = desk.book();
    let reader = shell.reader(&book, matches)?;
    let chosen = records(&reader, kind, matches)?;
    // What is named beside a record lies in its fair, unless the command says another.
    let near = chosen.first().and_then(|id| fair_of(&book, kind, *id));
    let reader = Reader { fair: reader.fair.or(near), ..reader };
    let here = Here {
        book: &book,
        today: shell.today(),
        who: &shell.settings.who,
        fair: reader.fair,
        screen: Screen::of(kind),
        kind: Some(kind),
        chosen: &chosen,
        read_only: desk.stopped(),
    };
    let act = (command.run)(&here).map_err(|why| not_now(kind, why))?;
    let intent = intent(act, command, &here, &reader, matches)?;
    let (signer, intent) = passphrase::signed(shell, &book, intent)?;
    let receipt = desk.act_signed(&shell.settings.who, signer, intent)?;
    Ok(Said::Text(output::done(&[receipt], shell.lang(), shell.json)))
}

fn intent(
    act: Act,
    command: &Command,
    here: &Here<'_>,
    reader: &Reader<'_>,
    matches: &ArgMatches,
) -> Result<Intent, Trouble> {
    match act {
        Act::Ask(mut form) => {
            fill(&mut form, reader, matches)?;
            Ok(form.intent(here)?)
        }
        Act::Do(_) if command.asks.iter().any(|field| grammar::is_given(matches, field)) => Err(Refusal::new(
            "not-asked",
            say!("Ở trạng thái này lệnh không hỏi gì thêm.", "In this state the command asks for nothing more."),
            say!(
                "Xem bản ghi bằng show, rồi bỏ tham số đó.",
                "See the record with show, then leave that argument out."
            ),
        )
        .into()),
        Act::Do(intent) | Act::Confirm(_, intent) => Ok(*intent),
        _ => Err(Refusal::new(
            "only-on-screen",
            say!("Lệnh này chỉ có trên màn hình.", "This command is for the screen only."),
            say!("Chạy hoicho không có lệnh.", "Run hoicho without a command."),
        )
        .into()),
    }
}

/// Fills a form from the command line. What a command asks for must be there; the fields of a record are judged when
/// it is stored.
fn fill(form: &mut Form, reader: &Reader<'_>, matches: &ArgMatches) -> Result<(), Trouble> {
    for field in form.fields.clone() {
        if let Ok(Some(written)) = matches.try_get_one::<String>(field.key) {
            form.fill(field.key, reader.read(field, written)?);
        }
    }
    if !matches!(form.making, Making::Own(_)) {
        return Ok(());
    }
    let empty = form.fields.iter().zip(&form.values).find(|(field, value)| {
        field.need == Need::Required
            && !is_signature(field)
            && (value.is_empty() || **value == Value::Text(Text::default()))
    });
    let Some((field, _)) = empty else { return Ok(()) };
    let (label, flag) = (field.label(), field.key.replace('_', "-"));
    Err(Trouble::wrong_use(
        "argument-missing",
        field.key,
        say!("Thiếu {}.", "{} is missing."; label),
        say!("Ghi --{flag}.", "Give --{flag}."),
    ))
}

fn not_now(kind: Kind, why: Words) -> Refusal {
    let key = kind.key();
    Refusal::new("not-now", why, say!("Xem bằng “hoicho {key} show”.", "Look with “hoicho {key} show”."))
}

/// Moves the named records to a state: all of them or none, in one entry.
pub(super) fn step(shell: &Shell, kind: Kind, to: &str, matches: &ArgMatches) -> Result<Said, Trouble> {
    let engine = shell.open_to_store()?;
    let desk = engine.desk();
    let book = desk.book();
    let reader = shell.reader(&book, matches)?;
    let chosen = records(&reader, kind, matches)?;
    let state = steps::state_field(kind).and_then(|key| kind.field(key));
    let to = match state {
        Some(field) => reader.read(field, to).map_err(|refusal| refusal.at("to"))?,
        None => Value::Empty,
    };
    let reason = matches.get_one::<String>("reason").map(|text| Text::new(text)).unwrap_or_default();
    let intent = Intent::stepping(kind, &chosen, Text::new(to.as_text()), reason);
    let (signer, intent) = passphrase::signed(shell, &book, intent)?;
    let receipt = desk.act_signed(&shell.settings.who, signer, intent)?;
    Ok(Said::Text(output::done(&[receipt], shell.lang(), shell.json)))
}
