//! `hoicho demo`: a new book to look at, filled from the plain files that come with the program.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use crate::base::words::{Lang, Words};
use crate::cli::book::make_room;
use crate::cli::exit::Trouble;
use crate::cli::output::json_text;
use crate::cli::{Said, Shell};
use crate::engine::{DEMO_PASSPHRASE, fill_demo, open};
use crate::say;
use crate::store::OpenMode;

/// Adds this command.
pub(super) fn grammar(root: Command, lang: Lang) -> Command {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    root.subcommand(
        Command::new("demo")
            .about(say(
                "Sổ mẫu để xem thử, ở thư mục tạm hoặc ở --book",
                "A sample book to look at, in a temporary directory or at --book",
            ))
            .arg(
                Arg::new("no-open")
                    .long("no-open")
                    .action(ArgAction::SetTrue)
                    .help(say("Chỉ tạo, không mở màn hình", "Only make it, do not open the screen")),
            ),
    )
}

/// Makes the sample book, then opens the screen on it.
pub(super) fn run(shell: &Shell, matches: &ArgMatches) -> Result<Said, Trouble> {
    shell.now_only()?;
    let dir = if shell.book_named { shell.settings.book.clone() } else { fresh(shell) };
    make_room(&dir)?;
    let engine = open(&dir, OpenMode::CreateNew, &shell.settings.who, shell.outside())?;
    let desk = engine.desk();
    fill_demo(&desk, &shell.settings.who, shell.today())?;
    let seq = desk.book().seq;
    drop(engine);
    let place = dir.display().to_string();
    let words = say!(
        "Sổ mẫu ở {place}; người mẫu ký bằng mật khẩu {DEMO_PASSPHRASE}",
        "A sample book at {place}; its people sign with {DEMO_PASSPHRASE}"
    );
    let text = words.in_lang(shell.lang());
    let told =
        if shell.json { json_text(&json!({"book": place, "seq": seq, "did": text})) } else { format!("{text}\n") };
    if matches.get_flag("no-open") {
        return Ok(Said::Text(told));
    }
    let mut start = shell.start();
    start.settings.book = dir;
    Ok(Said::Screen(told, Box::new(start)))
}

/// A directory of its own below the system's temporary one, which clears it in time.
fn fresh(shell: &Shell) -> PathBuf {
    let chance = shell.outside().chance();
    let name: String = chance.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    std::env::temp_dir().join(format!("hoicho-demo-{name}"))
}
