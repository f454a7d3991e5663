//! The table of commands holds what keymap, hints and help rest on.

use hoicho::base::words::Lang;
use hoicho::command::{COMMANDS, Screen, find};
use hoicho::tui::key::Key;
use hoicho::tui::theme::Theme;
use hoicho::tui::view::Target;
use ratatui::layout::Size;

use super::driver::Driver;

#[test]
fn every_key_is_read_and_none_shadows_another() {
    let keys: Vec<_> = COMMANDS
        .iter()
        .flat_map(|command| command.keys.iter().map(move |key| (command, key.parse::<Key>(), key)))
        .collect();
    for (command, key, written) in &keys {
        assert!(key.is_ok(), "{command:?}: {written}");
    }
    for (place, (one, key, written)) in keys.iter().enumerate() {
        for (other, same, _) in keys.iter().skip(place + 1) {
            let both = one.scope.meets(other.scope) && key == same;
            assert!(!both, "{written} is both {one:?} and {other:?}");
        }
    }
}

#[test]
fn every_command_is_named_and_told_in_both_languages() {
    for command in COMMANDS.iter().copied() {
        for lang in Lang::ALL {
            let (title, doc) = (command.title.in_lang(lang), command.doc.in_lang(lang));
            assert!(!title.is_empty() && !title.ends_with('.'), "{command:?}: {title}");
            assert!(doc.ends_with('.') && doc.chars().count() > 3, "{command:?}: {doc}");
        }
        assert!(std::ptr::eq(find(command.id).unwrap(), command), "two commands are named {command:?}");
    }
}

#[test]
fn every_hint_names_a_command_that_can_run() {
    for demo in [false, true] {
        for screen in 1..=Screen::ALL.len() {
            let at = || {
                let mut driver = Driver::at(demo, Lang::En, Size::new(140, 40));
                driver.keys("esc").keys(&screen.to_string());
                driver
            };
            let first = at();
            let hints: Vec<_> = first
                .app
                .hits
                .iter()
                .filter_map(|(place, target)| match target {
                    Target::Hint(id) => Some((place, *id)),
                    _ => None,
                })
                .collect();
            assert!(!hints.is_empty(), "{}", first.screen());
            // Whether there is anything to take back is known only to the journal.
            for (place, id) in hints.into_iter().filter(|(_, id)| *id != "undo") {
                let mut driver = at();
                driver.input(hoicho::tui::input::Input::Click {
                    column: place.x,
                    row: place.y,
                    button: hoicho::tui::input::Button::Left,
                });
                let status = driver.status();
                assert!(find(id).is_some() && !status.starts_with(" !"), "{id} on screen {screen}: {status}");
            }
        }
    }
}

#[test]
fn every_theme_can_be_read() {
    for name in Theme::names() {
        assert!(Theme::named(name).is_some(), "{name}");
    }
}
