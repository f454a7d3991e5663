//! A file brought in: which, what it would do, and then all of it as one step.

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::base::ids::Id;
use crate::base::text::{Text, fold};
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::intent::{Draft, Intent};
use crate::domain::record::Kind;
use crate::domain::showing::{Mask, show};
use crate::exchange::ImportKind;
use crate::exchange::preview::Preview;
use crate::exchange::sheet::Remark;
use crate::tui::effect::{ImportFile, Ticket};
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::field::Field;
use crate::tui::widget::hint_bar::Hint;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::paragraph;
use crate::tui::widget::popup::Popup;
use crate::tui::widget::window;

/// What can be brought in at the screen, the likeliest first.
const KINDS: &[ImportKind] = &[
    ImportKind::Records(Kind::Business),
    ImportKind::Records(Kind::Registration),
    ImportKind::Floor,
    ImportKind::Records(Kind::Booth),
    ImportKind::Records(Kind::Product),
    ImportKind::Records(Kind::Certificate),
    ImportKind::Records(Kind::Fair),
    ImportKind::Records(Kind::Hall),
    ImportKind::Records(Kind::Placement),
    ImportKind::Records(Kind::Partner),
    ImportKind::Records(Kind::Contact),
    ImportKind::ContactReport,
    ImportKind::Records(Kind::Lead),
    ImportKind::Records(Kind::Touch),
    ImportKind::Records(Kind::Sale),
    ImportKind::Records(Kind::FairReport),
    ImportKind::Records(Kind::Conference),
    ImportKind::Records(Kind::Wish),
    ImportKind::Records(Kind::Attendance),
    ImportKind::Records(Kind::Meeting),
    ImportKind::Records(Kind::Scheme),
    ImportKind::Records(Kind::BudgetLine),
    ImportKind::Records(Kind::Claim),
    ImportKind::Records(Kind::Expense),
    ImportKind::Records(Kind::Evidence),
    ImportKind::Records(Kind::Payment),
];

/// The most questions that are seen at once.
const ASKED_ROWS: usize = 8;

/// How many rows a preview shows.
const ROWS_SHOWN: usize = 12;

/// An import in the making.
#[derive(Debug)]
pub struct Import {
    kind: usize,
    path: Field,
    on_path: bool,
    /// The file that is being read.
    pub reading: Option<Ticket>,
    preview: Option<Box<Preview>>,
    fault: Option<Words>,
    top: usize,
    /// The question under the cursor.
    asked: usize,
    /// Something was decided since the file was read: what would be stored is not known yet.
    is_stale: bool,
    /// The fair that the rows belong to.
    fair: Option<Id>,
    /// The first rows that would be stored.
    rows: Vec<Words>,
    /// The act that waits for its outcome.
    pub waiting: Option<Ticket>,
}

/// What a key came to.
#[derive(Debug)]
pub enum Step {
    /// Nothing yet.
    Open,
    /// Read this and say what it would do.
    Read(ImportFile),
    /// Store the rows that can be stored.
    Store(Box<Intent>),
    /// Leave it.
    Left,
}

impl Import {
    /// An import of the kind in focus.
    #[must_use]
    pub fn new(kind: Option<Kind>) -> Self {
        let place = kind.and_then(|kind| KINDS.iter().position(|known| *known == ImportKind::Records(kind)));
        Self {
            kind: place.unwrap_or(0),
            path: Field::new("", 4_000),
            on_path: true,
            reading: None,
            preview: None,
            fault: None,
            top: 0,
            asked: 0,
            is_stale: false,
            fair: None,
            rows: Vec::new(),
            waiting: None,
        }
    }

    /// An import of booths as people type them.
    #[must_use]
    pub fn floor() -> Self {
        Self { kind: KINDS.iter().position(|known| *known == ImportKind::Floor).unwrap_or(0), ..Self::new(None) }
    }

    /// Takes what an import would do.
    pub fn previewed(&mut self, preview: Result<Preview, Words>, book: &Book) {
        self.reading = None;
        match preview {
            Ok(preview) => {
                self.is_stale = false;
                self.rows = first_rows(&preview, book);
                self.preview = Some(Box::new(preview));
            }
            Err(words) => self.fault = Some(words),
        }
    }

    /// Takes why the rows were not stored.
    pub fn failed(&mut self, words: Words) {
        self.waiting = None;
        self.fault = Some(words);
        self.preview = None;
    }

    fn scroll(&mut self, by: isize) {
        let told =
            self.preview.as_ref().map_or(0, |preview| preview.refused.len() + preview.warnings.len() + self.rows.len());
        self.top = window::step(self.top, by, told);
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key, fair: Option<Id>) -> Step {
        if self.reading.is_some() || self.waiting.is_some() {
            return if key.code == Code::Esc { Step::Left } else { Step::Open };
        }
        match (key.code, self.preview.is_some()) {
            (Code::Esc, true) => self.preview = None,
            (Code::Esc, false) => return Step::Left,
            (Code::Down, true) if self.count_asked() > 0 => {
                self.asked = window::step(self.asked, 1, self.count_asked())
            }
            (Code::Up, true) if self.count_asked() > 0 => self.asked = window::step(self.asked, -1, self.count_asked()),
            (Code::Down, true) => self.scroll(1),
            (Code::Up, true) => self.scroll(-1),
            (Code::PageDown, true) => self.scroll(10),
            (Code::PageUp, true) => self.scroll(-10),
            (Code::Enter, true) if self.is_stale => return self.read(),
            (Code::Enter, true) => return self.store(),
            (Code::Enter, false) => {
                (self.fair, self.preview, self.asked) = (fair, None, 0);
                return self.read();
            }
            (Code::Tab | Code::Up | Code::Down, false) => self.on_path = !self.on_path,
            (Code::Left, false) if !self.on_path => self.kind = self.kind.checked_sub(1).unwrap_or(KINDS.len() - 1),
            (Code::Right, false) if !self.on_path => self.kind = (self.kind + 1) % KINDS.len(),
            (_, false) if !self.on_path => self.jump(key),
            (_, false) => {
                self.path.key(key);
                self.fault = None;
            }
            (_, true) if key.typed() == Some(' ') => self.decide(),
            (_, true) => {}
        }
        Step::Open
    }

    fn count_asked(&self) -> usize {
        self.preview.as_ref().map_or(0, |preview| preview.questions.len())
    }

    /// The next decision about the question under the cursor.
    fn decide(&mut self) {
        let questions = self.preview.as_mut().map(|preview| &mut preview.questions);
        if let Some(question) = questions.and_then(|all| all.get_mut(self.asked)) {
            question.decision = question.next();
            self.is_stale = true;
        }
    }

    /// Takes a paste: a path, or lines typed elsewhere.
    pub fn paste(&mut self, text: &str) {
        self.path.paste(text);
    }

    /// A letter jumps to the next kind that begins with it.
    fn jump(&mut self, key: Key) {
        let Some(letter) = key.typed() else { return };
        let wanted = fold(&letter.to_string());
        let begins = |at: &usize| {
            let words = kind_words(KINDS[*at]);
            fold(&words.vi).starts_with(&wanted) || fold(&words.en).starts_with(&wanted)
        };
        let after = (1..=KINDS.len()).map(|by| (self.kind + by) % KINDS.len()).find(begins);
        self.kind = after.unwrap_or(self.kind);
    }

    fn read(&mut self) -> Step {
        let written = self.path.value().trim();
        if written.is_empty() {
            self.fault = Some(Words::new("Ghi tên tệp trước.", "Name the file first."));
            return Step::Open;
        }
        self.fault = None;
        self.top = 0;
        let kind = KINDS[self.kind];
        // A list of booths may be typed right here; a file of that name goes before.
        let typed = (kind == ImportKind::Floor && !names_a_file(written)).then(|| written.to_owned());
        let questions = self.preview.iter().flat_map(|preview| &preview.questions);
        let decisions = questions.map(|one| ((one.kind, one.line), one.decision)).collect();
        Step::Read(ImportFile { kind, path: PathBuf::from(written), typed, fair: self.fair, decisions })
    }

    fn store(&mut self) -> Step {
        let Some(preview) = &self.preview else { return Step::Open };
        let source = Text::new(self.path.value().rsplit(['/', '\\']).next().unwrap_or_default());
        if preview.is_empty() { Step::Left } else { Step::Store(Box::new(preview.intent(&source))) }
    }

    /// Draws it and tells where the terminal's cursor belongs.
    pub fn draw(&self, place: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) -> Option<Position> {
        let words = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
        let hints = match &self.preview {
            Some(preview) => {
                let enter =
                    if self.is_stale { words("xem lại", "look again") } else { words("ghi vào sổ", "store") };
                let mut hints = vec![Hint::new("Enter", enter), Hint::new("Esc", words("quay lại", "back"))];
                if !preview.questions.is_empty() {
                    hints.insert(0, Hint::new("Space", words("mới · là một · bỏ qua", "new · the same · leave out")));
                }
                hints
            }
            None => vec![
                Hint::new("Enter", words("xem trước", "preview")),
                Hint::new("Tab", words("ô khác", "other line")),
                Hint::new("←→", words("loại", "kind")),
                Hint::new("Esc", words("đóng", "close")),
            ],
        };
        let title = Words::new("Nhập tệp", "Import");
        let rows = if self.preview.is_some() { place.height.saturating_sub(4).min(24) } else { 7 };
        let popup =
            Popup { title: title.in_lang(lang), hints: &hints, columns: place.width.saturating_sub(8).min(88), rows };
        let (inside, _) = popup.draw(place, buffer, theme);
        match &self.preview {
            Some(preview) => {
                self.draw_preview(preview, inside, buffer, theme, lang);
                None
            }
            None => self.draw_question(inside, buffer, theme, lang),
        }
    }

    fn draw_question(&self, inside: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) -> Option<Position> {
        let label = |row: u16, words: Words, focused: bool, buffer: &mut Buffer| {
            let role = if focused { Role::Accent } else { Role::Text };
            ink::put(buffer, ink::row(inside, row), words.in_lang(lang), Align::Left, theme.style(role));
            let line = ink::row(inside, row);
            Rect { x: line.x + 14.min(line.width), width: line.width.saturating_sub(14), ..line }
        };
        let kind = label(0, Words::new("Loại", "Kind"), !self.on_path, buffer);
        let shown = format!("◂ {} ▸", kind_words(KINDS[self.kind]).in_lang(lang));
        ink::put(
            buffer,
            kind,
            &shown,
            Align::Left,
            theme.style(if self.on_path { Role::Text } else { Role::Selected }),
        );
        let is_floor = KINDS[self.kind] == ImportKind::Floor;
        let what = if is_floor { Words::new("Tệp hoặc dãy", "File or run") } else { Words::new("Tệp", "File") };
        let path = label(1, what, self.on_path, buffer);
        let cursor = self.path.draw(path, buffer, theme, self.on_path, self.fault.is_some());
        let below = Rect { y: inside.y + 3, height: inside.height.saturating_sub(3), ..inside };
        let (role, words) = match (&self.fault, self.reading.is_some()) {
            (Some(fault), _) => (Role::Bad, fault.clone()),
            (None, true) => (Role::Notice, Words::new("Đang đọc…", "Reading…")),
            (None, false) if is_floor => (
                Role::Muted,
                Words::new(
                    "Ví dụ: A1..A12 3x3; B1..B6 4,5x3 corners. Hoặc tên tệp SVG, JSON, Excel, CSV.",
                    "For example: A1..A12 3x3; B1..B6 4,5x3 corners. Or a file: SVG, JSON, Excel, CSV.",
                ),
            ),
            (None, false) if KINDS[self.kind] == ImportKind::Records(Kind::Contact) => (
                Role::Muted,
                Words::new(
                    "CSV, Excel hoặc danh thiếp của điện thoại (.vcf). Chưa ghi gì cho đến khi bạn xem trước.",
                    "CSV, Excel, or cards from a phone (.vcf). Nothing is stored before you have seen the preview.",
                ),
            ),
            (None, false) => (
                Role::Muted,
                Words::new(
                    "CSV hoặc Excel, tiêu đề tiếng Việt hay tiếng Anh. Chưa ghi gì cho đến khi bạn xem trước.",
                    "CSV or Excel, headers in Vietnamese or English. Nothing is stored before you have seen the preview.",
                ),
            ),
        };
        paragraph::draw(&[(role, words.in_lang(lang))], 0, below, buffer, theme);
        cursor
    }

    fn draw_preview(&self, preview: &Preview, inside: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) {
        let mut lines: Vec<(Role, String)> = Vec::new();
        let (new, changed, same, refused) = (preview.new, preview.changed, preview.unchanged, preview.refused_rows());
        let counts = crate::say!(
            "Mới {new} · thay đổi {changed} · như cũ {same} · không nhận {refused}",
            "New {new} · changed {changed} · unchanged {same} · refused {refused}"
        );
        let head = if self.is_stale {
            Words::new("Đã quyết định thêm: Enter để xem lại.", "Decided since: Enter to look again.")
        } else {
            counts
        };
        let inside = self.draw_questions(preview, &head, inside, buffer, theme, lang);
        if let Some(words) = preview.along_words() {
            lines.push((Role::Muted, words.in_lang(lang).to_owned()));
        }
        if !preview.skipped.is_empty() {
            let skipped = preview.skipped.len();
            let words = crate::say!("Bỏ qua theo quyết định: {skipped} dòng.", "Left out as decided: {skipped} rows.");
            lines.push((Role::Muted, words.in_lang(lang).to_owned()));
        }
        if refused > 0 {
            let note = Words::new(
                "Các dòng không nhận sẽ bị bỏ qua; hoàn tác (u) lấy lại cả tệp.",
                "Refused rows are left out; undo (u) takes the whole file back.",
            );
            lines.push((Role::Muted, note.in_lang(lang).to_owned()));
        }
        if let Some(fault) = &self.fault {
            lines.push((Role::Bad, fault.in_lang(lang).to_owned()));
        }
        let of_file = |remark: &&Remark| remark.line.is_none();
        for warning in preview.warnings.iter().filter(of_file) {
            lines.push((Role::Warn, warning.words.in_lang(lang).to_owned()));
        }
        for row in &preview.refused {
            let (line, column) = (row.line, &row.column);
            let at = crate::say!("Dòng {line} {column}: ", "Line {line} {column}: ");
            let (what, fix) = (row.refusal.what.in_lang(lang), row.refusal.fix.in_lang(lang));
            lines.push((Role::Bad, format!("{}{what} {fix}", at.in_lang(lang))));
        }
        if let Some(whole) = &preview.whole {
            lines.push((Role::Bad, format!("{} {}", whole.what.in_lang(lang), whole.fix.in_lang(lang))));
        }
        for warning in preview.warnings.iter().filter(|remark| !of_file(remark)) {
            lines.push((Role::Warn, warning.words.in_lang(lang).to_owned()));
        }
        lines.extend(self.rows.iter().map(|row| (Role::Text, row.in_lang(lang).to_owned())));
        let beyond = preview.drafts.len().saturating_sub(self.rows.len());
        if beyond > 0 {
            let words = crate::say!("… và {beyond} dòng nữa", "… and {beyond} more");
            lines.push((Role::Muted, words.in_lang(lang).to_owned()));
        }
        let paragraphs: Vec<paragraph::Paragraph<'_>> =
            lines.iter().map(|(role, line)| (*role, line.as_str())).collect();
        paragraph::draw(&paragraphs, self.top, inside, buffer, theme);
    }
}

impl Import {
    /// The sums and below them the questions, each with what was decided; tells what is left of the place.
    fn draw_questions(
        &self,
        preview: &Preview,
        head: &Words,
        inside: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        lang: Lang,
    ) -> Rect {
        let mut row = 0;
        let mut line = |role: Role, text: &str, buffer: &mut Buffer| {
            let place = ink::row(inside, row);
            ink::put(buffer, place, &ink::fit(text, place.width), Align::Left, theme.style(role));
            row += 1;
        };
        line(if self.is_stale { Role::Notice } else { Role::Title }, head.in_lang(lang), buffer);
        let questions = &preview.questions;
        if !questions.is_empty() {
            let (count, at) = (questions.len(), self.asked + 1);
            let words = crate::say!("Có phải là một? ({at}/{count})", "Are they the same? ({at}/{count})");
            line(Role::Accent, words.in_lang(lang), buffer);
            let height = usize::from(inside.height.saturating_sub(4)).min(ASKED_ROWS);
            let offset = window::offset_from_cursor(self.asked, height, count);
            for (place, question) in questions.iter().enumerate().skip(offset).take(height) {
                let (at, name, outcome) = (question.line, &question.name, question.outcome());
                let near: Vec<&str> = question.candidates.iter().map(|one| one.told.as_str()).collect();
                let near = near.join("; ");
                let words = crate::say!(
                    "Dòng {at} “{name}”: {}  (trong sổ: {near})",
                    "Line {at} “{name}”: {}  (on file: {near})";
                    outcome
                );
                line(if place == self.asked { Role::Selected } else { Role::Text }, words.in_lang(lang), buffer);
            }
        }
        Rect { y: inside.y + row.min(inside.height), height: inside.height.saturating_sub(row), ..inside }
    }
}

/// The first rows as they would be stored, so that one sees which column went where.
fn first_rows(preview: &Preview, book: &Book) -> Vec<Words> {
    let fields = preview.kind.fields();
    let row = |draft: &Draft, lang: Lang| {
        let cells = draft.fields.iter().filter(|(_, value)| !value.is_empty()).filter_map(|(key, value)| {
            let field = fields.iter().find(|field| field.key == key)?;
            let shown = show(book, draft.id.unwrap_or(Id::NIL), field, value, lang, Mask::Masked);
            Some(format!("{} {shown}", field.label().in_lang(lang)))
        });
        cells.collect::<Vec<_>>().join(" · ")
    };
    let drafts = preview.drafts.iter().take(ROWS_SHOWN);
    drafts
        .map(|draft| {
            let line = draft.line;
            let cells = Words { vi: row(draft, Lang::Vi).into(), en: row(draft, Lang::En).into() };
            crate::say!("Dòng {line}: {}", "Line {line}: {}"; cells)
        })
        .collect()
}

/// True for what nobody would type as a run of booths: that the file is not there is then what to say.
fn names_a_file(written: &str) -> bool {
    let ending = written.rsplit('.').next().unwrap_or_default().to_lowercase();
    matches!(ending.as_str(), "svg" | "json" | "csv" | "txt" | "xlsx" | "xls" | "ods")
}

fn kind_words(kind: ImportKind) -> Words {
    match kind {
        ImportKind::Records(kind) => kind.words(),
        ImportKind::ContactReport => kind.words(),
        ImportKind::Floor => Words::new("mặt bằng: tệp hoặc dãy gian", "floor plan: file or runs of booths"),
    }
}
