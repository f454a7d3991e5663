//! A terminal for the real program: a pseudo-terminal that answers what terminals answer, and a screen that can be
//! read. Nothing sleeps: every wait is for something to be seen, until a deadline.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a session that goes wrong fails its test, and shows the screen"
)]

use std::io::{Read as _, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

/// How long anything may take, on a machine that is busy with other things.
const DEADLINE: Duration = Duration::from_secs(20);

/// What is asked of a terminal, and what this one answers.
const ANSWERS: [(&[u8], &[u8]); 3] =
    [(b"\x1b[6n", b"\x1b[1;1R"), (b"\x1b[?u", b"\x1b[?0u"), (b"\x1b[c", b"\x1b[?62;c")];

/// A program in a terminal.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    /// Everything that was written to the terminal.
    pub bytes: Vec<u8>,
    answered: usize,
    kitty: bool,
    modes_before: String,
}

/// How the terminal is.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
    /// It knows the kitty keyboard protocol.
    pub kitty: bool,
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

/// A usual terminal.
pub const USUAL: Kind = Kind { columns: 100, rows: 30, kitty: false };

impl Terminal {
    /// Starts a program in a terminal of its own with no environment but the given one.
    pub fn start(kind: Kind, program: &Path, args: &[&str], env: &[(&str, &str)]) -> Self {
        let size = PtySize { rows: kind.rows, cols: kind.columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let modes_before = format!("{:?}", pair.master.get_termios());
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.args(args);
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        // The program alone keeps the other end open, so that its end is seen.
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0_u8; 1 << 14];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if send.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            writer: pair.master.take_writer().unwrap(),
            master: pair.master,
            child,
            output,
            parser: vt100::Parser::new(cells(kind.rows), cells(kind.columns), 0),
            bytes: Vec::new(),
            answered: 0,
            kitty: kind.kitty,
            modes_before,
        }
    }

    /// Sends bytes as the terminal sends what is typed.
    pub fn send(&mut self, bytes: &[u8]) -> &mut Self {
        // A program that has ended meanwhile is found out by what is waited for next.
        let _ = self.writer.write_all(bytes);
        let _ = self.writer.flush();
        self
    }

    /// Types a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.send(text.as_bytes())
    }

    fn take(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        self.parser.process(bytes);
        // A question may be cut in two: what is looked at begins a little before the new bytes.
        loop {
            let rest = &self.bytes[self.answered..];
            let next = ANSWERS.iter().filter_map(|(question, answer)| {
                let at = rest.windows(question.len()).position(|window| window == *question)?;
                Some((at + question.len(), *question, *answer))
            });
            let Some((end, question, answer)) = next.min_by_key(|(end, _, _)| *end) else { break };
            self.answered += end;
            if self.kitty || question != b"\x1b[?u" {
                self.send(answer);
            }
        }
    }

    /// Waits until something is so.
    #[track_caller]
    pub fn until(&mut self, what: &str, so: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        let end = Instant::now() + DEADLINE;
        while !so(self.parser.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => panic!("{what} was not seen in time\n{}", self.screen()),
                Err(RecvTimeoutError::Disconnected) if so(self.parser.screen()) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("{what} was not seen before the program ended\n{}", self.screen())
                }
            }
        }
        self
    }

    /// Waits until the screen says this.
    #[track_caller]
    pub fn see(&mut self, words: &str) -> &mut Self {
        self.until(&format!("“{words}”"), |screen| screen.contents().contains(words))
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// The screen, cell by cell.
    pub fn cells(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Where the screen says this, as the mouse counts: column and row from 1.
    pub fn find(&self, words: &str) -> (usize, usize) {
        let columns = self.parser.screen().size().1.get();
        let found = self.parser.screen().rows(0, columns).zip(1..).find_map(|(row, y)| {
            let at = row.find(words)?;
            Some((hoicho::base::text::width(row.get(..at)?) + 1, y))
        });
        found.unwrap_or_else(|| panic!("nothing says “{words}”\n{}", self.screen()))
    }

    /// Gives the window another size.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.parser.screen_mut().set_size(cells(rows), cells(columns));
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
        self
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: Signal) {
        let pid = self.child.process_id().and_then(|pid| i32::try_from(pid).ok()).and_then(Pid::from_raw).unwrap();
        kill_process(pid, signal).unwrap();
    }

    /// Waits for the end of the program; its exit code.
    #[track_caller]
    pub fn end(&mut self) -> u32 {
        let end = Instant::now() + DEADLINE;
        loop {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("the program did not end\n{}", self.screen()),
            }
        }
        let status = self.child.wait().unwrap();
        assert_eq!(status.signal(), None, "{}", self.screen());
        status.exit_code()
    }

    /// True when the terminal is as it was before the program.
    #[track_caller]
    pub fn expect_given_back(&self) {
        let screen = self.parser.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is still on");
        assert!(!screen.bracketed_paste(), "bracketed paste is still on");
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is still on");
        assert_eq!(format!("{:?}", self.master.get_termios()), self.modes_before, "the line is not as it was");
        let times = |sequence: &[u8]| self.bytes.windows(sequence.len()).filter(|window| *window == sequence).count();
        assert_eq!(times(b"\x1b[>1u"), times(b"\x1b[<1u"), "the keyboard is not as it was");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // After a failure the program must not outlive its test; after its end there is nothing to kill.
        let _ = self.child.kill();
    }
}
