//! What was found for the placing of a fair: who gets which booth and why, to be read as a list or as a difference on the map,
//! accepted in one key or left. Swaps come several at once and are accepted singly.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::placing::proposal::{Proposal, Row, changes};
use crate::domain::record::Kind;
use crate::domain::view::title::title;
use crate::domain::{Booth, Registration};
use crate::say;
use crate::tui::key::{Code, Key};
use crate::tui::layer::text::TextLayer;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::hint_bar::{self, Hint};
use crate::tui::widget::ink::{self, Align};

/// What a key on the proposal comes to.
#[derive(Debug)]
pub enum Answer {
    /// It stays open.
    Open,
    /// It was left.
    Left,
    /// The difference is to be shown on the map.
    OnMap,
    /// The key is one for the map below.
    Map,
    /// This one is accepted; it is no longer among the others.
    Accepted(Box<Proposal>),
}

/// Proposals to read, accept or leave.
#[derive(Debug)]
pub struct ProposalLayer {
    found: Vec<Proposal>,
    at: usize,
    is_on_map: bool,
    text: TextLayer,
}

impl ProposalLayer {
    /// The first of the proposals as a list.
    #[must_use]
    pub fn new(book: &Book, found: Vec<Proposal>, lang: Lang) -> Self {
        let mut layer = Self { found, at: 0, is_on_map: false, text: TextLayer::new(Words::default(), Vec::new()) };
        layer.write(book, lang);
        layer
    }

    /// True when nothing is left to accept.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The proposal that the map shows.
    #[must_use]
    pub fn on_map(&self) -> Option<&Proposal> {
        self.found.get(self.at).filter(|_| self.is_on_map)
    }

    /// The heading.
    #[must_use]
    pub const fn title(&self) -> &Words {
        &self.text.title
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key, book: &Book, lang: Lang) -> Answer {
        let count = self.found.len();
        match (key.code, key.typed()) {
            (_, Some('a')) if self.at < count => {
                let taken = self.found.remove(self.at);
                self.at = self.at.min(self.found.len().saturating_sub(1));
                self.write(book, lang);
                Answer::Accepted(Box::new(taken))
            }
            (_, Some('m' | 'M')) => {
                self.is_on_map = !self.is_on_map;
                if self.is_on_map { Answer::OnMap } else { Answer::Open }
            }
            (Code::Tab, _) if count > 1 => {
                self.at = (self.at + if key.shift { count - 1 } else { 1 }) % count;
                self.write(book, lang);
                Answer::Open
            }
            (Code::Esc, _) => Answer::Left,
            _ if self.is_on_map => Answer::Map,
            _ => {
                self.text.key(key);
                Answer::Open
            }
        }
    }

    /// Turns the wheel.
    pub fn wheel(&mut self, up: bool) {
        self.text.wheel(up);
    }

    fn write(&mut self, book: &Book, lang: Lang) {
        let Some(proposal) = self.found.get(self.at) else { return };
        let (number, count) = (self.at + 1, self.found.len());
        let (changed, moves) = (proposal.places().len(), proposal.moves());
        let fair = title(book, Kind::Fair, proposal.fair, lang);
        let heading = match (proposal.bounds.is_none(), changed) {
            (true, _) => say!("{fair}: đổi chỗ có lợi {number}/{count}", "{fair}: swap that gains {number}/{count}"),
            (_, 0) => say!("{fair}: đề xuất xếp gian, không có gì đổi", "{fair}: proposed placing, nothing changes"),
            _ if moves == 1 => say!(
                "{fair}: đề xuất xếp gian, {changed} đơn vị thay đổi, một phải dời",
                "{fair}: proposed placing, {changed} firms change, 1 of them moves"
            ),
            _ => say!(
                "{fair}: đề xuất xếp gian, {changed} đơn vị thay đổi, {moves} phải dời",
                "{fair}: proposed placing, {changed} firms change, {moves} of them move"
            ),
        };
        self.text = TextLayer::new(heading, lines(book, proposal, lang));
    }

    fn hints(&self, lang: Lang) -> Vec<Hint<'static>> {
        let hint = |key: &'static str, vi: &'static str, en: &'static str| {
            Hint::new(key, Words::new(vi, en).in_lang(lang).to_owned())
        };
        let mut hints = vec![hint("a", "nhận", "accept")];
        if self.found.len() > 1 {
            hints.push(hint("Tab", "lần khác", "next"));
        }
        hints.push(if self.is_on_map {
            hint("M", "danh sách", "list")
        } else {
            hint("M", "trên sơ đồ", "on the map")
        });
        hints.push(hint("Esc", "bỏ", "leave"));
        hints
    }

    /// Draws it: as a list, or as one line below the map that shows the difference.
    pub fn draw(&self, place: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) {
        let hints = self.hints(lang);
        if !self.is_on_map {
            return self.text.draw_with(&hints, place, buffer, theme, lang);
        }
        let row = ink::row(place, place.height.saturating_sub(1));
        ink::wipe(buffer, row, theme.style(Role::Proposed));
        let keys = hint_bar::width(&hints).saturating_add(2).min(row.width);
        let right = Rect { x: row.right() - keys, width: keys, ..row };
        let left = Rect { width: row.width.saturating_sub(keys + 1), ..row };
        let title = ink::fit(self.text.title.in_lang(lang), left.width.saturating_sub(2));
        ink::put(buffer, left, &format!("≈ {title}"), Align::Left, theme.style(Role::Proposed));
        ink::wipe(buffer, right, theme.base());
        let inside = Rect { x: right.x + 1, width: right.width.saturating_sub(2), ..right };
        hint_bar::draw(&hints, inside, buffer, theme);
    }
}

/// A firm and its reason stand on one line up to so many columns, which a narrow window has.
const BESIDE_MAX: usize = 66;

/// The aims, then each firm that moves or has no place, with what it gains and why.
fn lines(book: &Book, proposal: &Proposal, lang: Lang) -> Vec<(Role, String)> {
    let mut lines: Vec<(Role, String)> = Vec::new();
    let whole = changes(&proposal.after.less(&proposal.before), &proposal.order);
    if proposal.bounds.is_none() && !whole.vi.is_empty() {
        lines.push((Role::Good, whole.in_lang(lang).to_owned()));
    }
    for tier in proposal.order.iter().filter(|_| proposal.bounds.is_some()) {
        let (now, then) = (proposal.before.get(*tier), proposal.after.get(*tier));
        let role = if now == then { Role::Muted } else { Role::Text };
        let (words, proof) = (tier.words(), proposal.proof(*tier));
        lines.push((role, format!("{}: {now} → {then}  {}", words.in_lang(lang), proof.in_lang(lang))));
    }
    if proposal.bounds.is_some() {
        let given = Words::new(
            "Mỗi mục tiêu được xét khi các mục tiêu ở trên giữ nguyên.",
            "Of each aim this is said with the aims above it kept.",
        );
        lines.push((Role::Muted, given.in_lang(lang).to_owned()));
    }
    lines.push((Role::Muted, String::new()));
    // A swap is about those whom it moves; a placing about those as well whom it leaves without a place.
    let is_told = |row: &&Row| row.differs() || (row.to.is_empty() && proposal.bounds.is_some());
    for row in proposal.rows.iter().filter(is_told) {
        let role = if row.to.is_empty() { Role::Warn } else { Role::Text };
        let (from, to, who) = (codes(book, &row.from), codes(book, &row.to), name(book, row, lang));
        let (text, why) = (format!("{from} → {to}  {who}"), row.why.in_lang(lang));
        let gains = row.gains(&proposal.order);
        let moved = row.differs() && !row.from.is_empty() && !gains.vi.is_empty();
        // A few words of reason stand beside the name: one line a firm shows twice as many.
        if !moved && ink::width(&text) + ink::width(why) < BESIDE_MAX {
            lines.push((role, format!("{text} · {why}")));
            continue;
        }
        lines.push((role, text));
        if moved {
            lines.push((Role::Accent, format!("    {}", gains.in_lang(lang))));
        }
        lines.push((Role::Muted, format!("    {why}")));
    }
    lines
}

fn codes(book: &Book, ids: &[Id]) -> String {
    let codes: Vec<&str> =
        ids.iter().filter_map(|id| book.get::<Booth>(*id)).map(|booth| booth.code.as_str()).collect();
    if codes.is_empty() { "—".to_owned() } else { codes.join("+") }
}

fn name(book: &Book, row: &Row, lang: Lang) -> String {
    let business = book.get::<Registration>(row.registration).and_then(|registration| registration.business);
    business.map(|id| title(book, Kind::Business, id, lang)).unwrap_or_default()
}
