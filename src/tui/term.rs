//! The terminal while the screen has it: what is switched on, and that all of it is switched off again however the
//! program ends. Nothing here reads the environment; what it says comes in as [`TerminalWishes`].

use std::any::Any;
use std::backtrace::Backtrace;
use std::fs;
use std::io::{self, BufWriter, Stdout, Write};
use std::panic;
use std::path::PathBuf;
use std::sync::Once;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{
    self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use ratatui::crossterm::style::{ResetColor, force_color_output};
use ratatui::crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode, supports_keyboard_enhancement,
};
use ratatui::crossterm::{execute, queue};
use ratatui::layout::{Rect, Size};
use ratatui::prelude::Frame;
use signal_hook::consts::{SIGHUP, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use super::input::{self, Input};

/// What the person and the kind of terminal allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalWishes {
    /// The terminal may be asked whether it tells Escape and Shift+Enter apart (kitty keyboard protocol).
    pub kitty: bool,
    /// The mouse belongs to the program and not to the terminal's own selection.
    pub mouse: bool,
}

impl TerminalWishes {
    /// The wishes as far as a terminal of this name (`TERM`) can fulfil them: a console would only let us wait.
    #[must_use]
    pub fn within(self, term: Option<&str>) -> Self {
        let asks = !matches!(term, None | Some("" | "dumb" | "linux"));
        Self { kitty: self.kitty && asks, mouse: self.mouse && term != Some("dumb") }
    }
}

/// Something that is switched on in the terminal, in the order of switching on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Raw,
    Alternate,
    Kitty,
    Paste,
    Mouse,
}

const MODES: [Mode; 5] = [Mode::Raw, Mode::Alternate, Mode::Kitty, Mode::Paste, Mode::Mouse];

/// What is switched on now, one bit per [`Mode`]; here and not in [`Screen`], because a panic has no screen at hand.
static ON: AtomicU8 = AtomicU8::new(0);

impl Mode {
    const fn bit(self) -> u8 {
        1 << self as u8
    }

    fn switch_on(self, out: &mut impl Write) -> io::Result<()> {
        let kitty = KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES;
        match self {
            Self::Raw => enable_raw_mode(),
            Self::Alternate => execute!(out, EnterAlternateScreen),
            Self::Kitty => execute!(out, PushKeyboardEnhancementFlags(kitty)),
            Self::Paste => execute!(out, EnableBracketedPaste),
            Self::Mouse => execute!(out, EnableMouseCapture),
        }
    }

    fn switch_off(self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Raw => disable_raw_mode(),
            Self::Alternate => execute!(out, EndSynchronizedUpdate, ResetColor, Show, LeaveAlternateScreen, Show),
            Self::Kitty => execute!(out, PopKeyboardEnhancementFlags),
            Self::Paste => execute!(out, DisableBracketedPaste),
            Self::Mouse => execute!(out, DisableMouseCapture),
        }
    }
}

/// Switches off what `on` says, last switched on first, and every one of them even if another fails.
fn switch_off(on: u8, out: &mut impl Write) -> io::Result<()> {
    let mut result = Ok(());
    for mode in MODES.into_iter().rev().filter(|mode| on & mode.bit() != 0) {
        result = result.and(mode.switch_off(out));
    }
    result
}

/// Gives the terminal back as it was. A second call does nothing; every thread may call it.
///
/// # Errors
/// The first step that failed; all others were tried.
pub fn leave() -> io::Result<()> {
    switch_off(ON.swap(0, Ordering::SeqCst), &mut io::stdout())
}

/// The terminal, drawn on. Dropping it gives the terminal back.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    modes: Vec<Mode>,
}

/// A frame is written at once, whatever its size.
const FRAME_BYTES: usize = 1 << 16;

/// The most bytes that are copied: terminals drop longer texts without a word.
pub const COPY_BYTES_MAX: usize = 64_000;

impl Screen {
    /// Takes the terminal. To be called before [`watch_input`], since the one question that is asked reads the answer.
    ///
    /// # Errors
    /// The terminal does not take a step; it was given back.
    pub fn open(wishes: TerminalWishes) -> io::Result<Self> {
        let backend = CrosstermBackend::new(BufWriter::with_capacity(FRAME_BYTES, io::stdout()));
        let terminal = Terminal::new(backend)?;
        // Without this an environment with NO_COLOR makes every colour a full reset, which takes bold and reverse along.
        force_color_output(true);
        let mut screen = Self { terminal, modes: vec![Mode::Raw, Mode::Alternate] };
        screen.enter()?;
        if wishes.kitty && supports_keyboard_enhancement().unwrap_or(false) {
            screen.modes.push(Mode::Kitty);
        }
        screen.modes.push(Mode::Paste);
        if wishes.mouse {
            screen.modes.push(Mode::Mouse);
        }
        screen.enter()?;
        Ok(screen)
    }

    /// Switches on what is not yet on.
    fn enter(&mut self) -> io::Result<()> {
        for mode in &self.modes {
            if ON.fetch_or(mode.bit(), Ordering::SeqCst) & mode.bit() == 0
                && let Err(fault) = mode.switch_on(self.terminal.backend_mut())
            {
                // The first fault is what the caller must hear.
                let _ = leave();
                return Err(fault);
            }
        }
        Ok(())
    }

    /// Draws one frame, shown by the terminal all at once. Draws nothing when the terminal was given back meanwhile.
    ///
    /// # Errors
    /// The terminal cannot be written.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        if ON.load(Ordering::SeqCst) == 0 {
            return Ok(());
        }
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        let drawn = self.terminal.draw(view).map(|_| ());
        let ended = execute!(self.terminal.backend_mut(), EndSynchronizedUpdate);
        drawn.and(ended)
    }

    /// The size of the window in cells.
    ///
    /// # Errors
    /// The terminal does not tell.
    pub fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    /// Makes the next frame write every cell, without asking the terminal anything.
    ///
    /// # Errors
    /// The terminal cannot be written.
    pub fn redraw_all(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))
    }

    /// Gives the terminal to another program for the time of `meanwhile`, then takes it back.
    ///
    /// # Errors
    /// The terminal does not take a step.
    pub fn lend<T>(&mut self, meanwhile: impl FnOnce() -> T) -> io::Result<T> {
        // What could not be switched off must not keep the person from the shell.
        let _ = leave();
        let result = meanwhile();
        self.enter()?;
        self.redraw_all()?;
        Ok(result)
    }

    /// Stops the program until the shell continues it (Ctrl+Z).
    ///
    /// # Errors
    /// The terminal does not take a step, or the signal cannot be raised.
    pub fn suspend(&mut self) -> io::Result<()> {
        self.lend(|| signal_hook::low_level::raise(SIGTSTP))?
    }

    /// Hands a text to the clipboard through the terminal (OSC 52). False when it is longer than [`COPY_BYTES_MAX`] and
    /// was not copied. The terminal gives no answer, so that nobody knows whether it obeyed.
    ///
    /// # Errors
    /// The terminal cannot be written.
    pub fn copy(&mut self, text: &str) -> io::Result<bool> {
        if text.len() > COPY_BYTES_MAX {
            return Ok(false);
        }
        execute!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text))?;
        Ok(true)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Nobody is left to hear of a fault, and every step was tried.
        let _ = leave();
    }
}

/// Reads the keyboard and the mouse in a thread of its own until `send` says false or the terminal is gone.
///
/// # Errors
/// The thread cannot be started.
pub fn watch_input(send: impl Fn(io::Result<Input>) -> bool + Send + 'static) -> io::Result<()> {
    let read = move || {
        loop {
            let goes_on = match event::read() {
                Ok(event) => input::from_crossterm(event).is_none_or(|input| send(Ok(input))),
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => true,
                Err(fault) => {
                    send(Err(fault));
                    false
                }
            };
            if !goes_on {
                return;
            }
        }
    };
    thread::Builder::new().name("input".to_owned()).spawn(read).map(|_| ())
}

/// Why the system asks the program to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndSignal {
    /// Somebody ends it, or the machine shuts down (SIGTERM).
    Terminate,
    /// The terminal is gone (SIGHUP).
    HangUp,
}

/// Tells `send` when the system asks the program to end, from a thread and not from within the signal, until `send`
/// says false.
///
/// # Errors
/// The signals cannot be watched or the thread cannot be started.
pub fn watch_signals(send: impl Fn(EndSignal) -> bool + Send + 'static) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP])?;
    let watch = move || {
        for signal in signals.forever() {
            let end = if signal == SIGHUP { EndSignal::HangUp } else { EndSignal::Terminate };
            if !send(end) {
                return;
            }
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(watch).map(|_| ())
}

/// The exit code that says the program itself is at fault.
pub const EXIT_BUG: i32 = 70;

/// What is done when the program itself is at fault.
pub struct CrashPlan {
    /// The file that is written for whoever mends the program.
    pub file: PathBuf,
    /// The first lines of that file: version and what was done last, without any customer's name.
    pub opening: Box<dyn Fn() -> String + Send + Sync>,
    /// What the person reads afterwards, in the person's language; it should name the file.
    pub paragraph: String,
}

/// From now on a panic in any thread, unless it is caught as an expected one, gives the terminal back, writes the crash file, prints one paragraph and ends the
/// program with [`EXIT_BUG`]. The hook that was there before is not called. Only the first call counts.
pub fn on_panic(plan: CrashPlan) {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        panic::set_hook(Box::new(move |fault| {
            if crate::base::expected_panic::is_expected() {
                return;
            }
            // From here on every step is tried, whatever became of the one before.
            let _ = leave();
            let place = fault.location().map(ToString::to_string).unwrap_or_default();
            let name = thread::current().name().unwrap_or("?").to_owned();
            let report = crash_report(&(plan.opening)(), &name, &place, fault.payload(), &Backtrace::force_capture());
            let _ = fs::write(&plan.file, report);
            let _ = writeln!(io::stderr(), "{}", plan.paragraph);
            std::process::exit(EXIT_BUG);
        }));
    });
}

fn crash_report(opening: &str, thread: &str, place: &str, payload: &dyn Any, trace: &Backtrace) -> String {
    let said = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("?");
    format!("{opening}\nthread: {thread}\nat: {place}\nsaid: {said}\n\n{trace}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: [Mode; 4] = [Mode::Alternate, Mode::Kitty, Mode::Paste, Mode::Mouse];

    fn bits(modes: &[Mode]) -> u8 {
        modes.iter().fold(0, |bits, mode| bits | mode.bit())
    }

    #[test]
    fn leaving_is_entering_backwards() {
        let mut out = Vec::new();
        for mode in WRITTEN {
            mode.switch_on(&mut out).unwrap();
        }
        let entered = String::from_utf8(std::mem::take(&mut out)).unwrap();
        switch_off(bits(&WRITTEN), &mut out).unwrap();
        let left = String::from_utf8(out).unwrap();
        let order = |text: &str, signs: [&str; 4]| signs.map(|sign| text.find(sign).expect("a mode is not switched"));
        let [alternate, kitty, paste, mouse] =
            order(&entered, ["\x1b[?1049h", "\x1b[>1u", "\x1b[?2004h", "\x1b[?1003h"]);
        assert!(alternate < kitty && kitty < paste && paste < mouse);
        let [alternate, kitty, paste, mouse] = order(&left, ["\x1b[?1049l", "\x1b[<1u", "\x1b[?2004l", "\x1b[?1003l"]);
        assert!(mouse < paste && paste < kitty && kitty < alternate);
        assert!(left.contains("\x1b[?25h"), "the cursor is shown again");
    }

    #[test]
    fn only_what_is_on_is_switched_off() {
        let mut out = Vec::new();
        switch_off(bits(&[Mode::Paste]), &mut out).unwrap();
        assert_eq!(out, b"\x1b[?2004l");
        out.clear();
        switch_off(0, &mut out).unwrap();
        assert!(out.is_empty());
    }

    /// A terminal that takes nothing, and counts how often it was tried.
    struct Gone(usize);

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            self.0 += 1;
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn every_step_of_leaving_is_tried() {
        let mut out = Gone(0);
        let fault = switch_off(bits(&WRITTEN), &mut out).unwrap_err();
        assert_eq!(fault.kind(), io::ErrorKind::BrokenPipe);
        assert!(out.0 >= WRITTEN.len());
    }

    #[test]
    fn a_console_is_not_asked() {
        let all = TerminalWishes { kitty: true, mouse: true };
        assert_eq!(all.within(Some("xterm-256color")), all);
        assert_eq!(all.within(Some("linux")), TerminalWishes { kitty: false, mouse: true });
        assert_eq!(all.within(Some("dumb")), TerminalWishes { kitty: false, mouse: false });
        assert!(!all.within(None).kitty);
    }

    #[test]
    fn a_crash_report_tells_what_and_where() {
        let report = crash_report("hoicho 0.1.0", "main", "a.rs:1:2", &"hết chỗ", &Backtrace::disabled());
        for part in ["hoicho 0.1.0", "thread: main", "a.rs:1:2", "hết chỗ"] {
            assert!(report.contains(part), "{report}");
        }
    }
}
