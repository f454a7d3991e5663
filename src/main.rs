//! The binary: parse, run, exit code.

use std::process::ExitCode;

use hoicho::cli::exit::{Exit, Trouble};
use hoicho::cli::{Ending, Start, output, run};
use hoicho::engine::env::Settings;
use hoicho::say;

fn main() -> ExitCode {
    let exit = match run(std::env::args_os(), Settings::from_env()) {
        Ending::Exit(exit) => exit,
        Ending::Screen(start) => match screen(&start) {
            Ok(()) => Exit::Done,
            Err(trouble) => {
                output::print_error(&trouble.told(start.settings.lang, false));
                trouble.exit
            }
        },
    };
    ExitCode::from(exit.code())
}

/// Opens the screen on the book.
#[cfg(feature = "tui")]
fn screen(start: &Start) -> Result<(), Trouble> {
    use std::io::IsTerminal as _;
    use std::sync::Arc;

    use hoicho::engine::{Outside, back_up_daily, open_or_create};
    use hoicho::tui::run::{Wishes, run};

    let settings = &start.settings;
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() || settings.term == "dumb" {
        return Err(Trouble::wrong_use(
            "no-terminal",
            "",
            say!("Màn hình cần một cửa sổ dòng lệnh.", "The screen needs a terminal."),
            say!(
                "Chạy trong cửa sổ dòng lệnh, hoặc dùng lệnh: hoicho --help.",
                "Run it in one, or use a command: hoicho --help."
            ),
        ));
    }
    let outside = Outside::new(settings.now);
    let engine = open_or_create(&settings.book, &settings.who, outside)?;
    back_up_daily(&engine.desk(), &settings.book, Outside::new(settings.now).now().date());
    let theme = match (settings.no_color, &settings.theme) {
        (true, _) => "mono".to_owned(),
        (false, Some(theme)) => theme.clone(),
        (false, None) => "dark".to_owned(),
    };
    let wishes = Wishes {
        who: settings.who.clone(),
        lang: settings.lang,
        theme,
        term: settings.term.clone(),
        crash_file: settings.crash_file(),
        outside: Arc::new(Outside::new(settings.now)),
    };
    run(&engine.desk(), &wishes).map_err(Trouble::terminal)
}

/// Says that this build has no screen.
#[cfg(not(feature = "tui"))]
fn screen(_: &Start) -> Result<(), Trouble> {
    Err(Trouble::wrong_use(
        "no-screen",
        "",
        say!("Bản này được dựng không có màn hình.", "This build has no screen."),
        say!(
            "Dựng lại với “--features tui”, hoặc dùng lệnh: hoicho --help.",
            "Build it with “--features tui”, or use a command: hoicho --help."
        ),
    ))
}
