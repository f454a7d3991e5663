//! A form on the screen: one line a field, choices and records offered while typing, refusals at their fields.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::base::ids::Id;
use crate::base::money::Currency;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::command::Here;
use crate::command::form::{Form, Making, Signature};
use crate::domain::Scheme;
use crate::domain::field::{Field as Description, Held, Need, Shape, Value, Wording};
use crate::domain::intent::Intent;
use crate::domain::reading::Reader;
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::Refusal;
use crate::domain::showing::{Mask, show};
use crate::domain::view::alike::alike;
use crate::domain::view::sample::sample;
use crate::domain::view::title::title;
use crate::tui::effect::Ticket;
use crate::tui::hit::Hits;
use crate::tui::key::{Code, Key};
use crate::tui::layer::offers::{Offer, advice, offers};
use crate::tui::layer::write::{Example, Writer};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::field::{Edited, Field};
use crate::tui::widget::hint_bar::Hint;
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::paragraph;
use crate::tui::widget::popup::Popup;
use crate::tui::widget::window;

/// How many offers stand below a field.
const OFFERS_MAX: usize = 6;

/// One line of a form.
#[derive(Debug)]
struct Line {
    description: &'static Description,
    /// Its place among the form's fields.
    place: usize,
    input: Field,
    /// The value that stands for the text, as long as the text is this one.
    settled: (String, Value),
    refusal: Option<Refusal>,
}

impl Line {
    /// The text of all lines, where the value stands for what is shown.
    fn whole(&self) -> &str {
        if self.input.value() == self.settled.0 { self.settled.1.as_text() } else { self.input.value() }
    }
}

/// A form with what was typed into it so far.
#[derive(Debug)]
pub struct FormLayer {
    /// What it is, about which record, and below which it began.
    name: String,
    form: Form,
    lines: Vec<Line>,
    focus: usize,
    offers: Vec<Offer>,
    /// The offer under the cursor, once the arrows have gone down to it.
    offer: Option<usize>,
    /// Records on file that are like the one being typed.
    alike: Option<Words>,
    /// A refusal about the whole.
    refusal: Option<Refusal>,
    /// The act that waits for its outcome.
    pub waiting: Option<Ticket>,
    /// True when something was typed.
    pub touched: bool,
    /// Where it came from, to continue there.
    pub then: Option<Then>,
    /// The text of several lines that is being written.
    writing: Option<Writer>,
    /// Of a scheme's form: what it comes to so far.
    example: Example,
}

/// What follows once a form of the first steps is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// The first fair.
    FirstFair,
    /// The first import.
    FirstImport,
}

/// What a key came to.
#[derive(Debug)]
pub enum Filled {
    /// Nothing yet.
    Open,
    /// The form is filled and comes to this.
    Submit(Box<Intent>, Option<Box<Signature>>),
    /// It is left; what was typed stays with the layer.
    Left,
}

impl FormLayer {
    /// A form to be filled in, the first empty line under the cursor.
    #[must_use]
    pub fn new(form: Form, here: &Here<'_>, lang: Lang) -> Self {
        let mut lines = Vec::new();
        for (place, (field, value)) in form.fields.iter().zip(&form.values).enumerate() {
            if field.need == Need::Kept {
                continue;
            }
            let text = as_text(here, field, value, lang);
            let most = match field.shape {
                Shape::Text(_, most) => most,
                _ => 400,
            };
            let mut input = Field::new(&text, most);
            input.select_all();
            // A line shows the first of several lines; as long as it does, the value is all of them.
            let text = input.value().to_owned();
            lines.push(Line { description: field, place, input, settled: (text, value.clone()), refusal: None });
        }
        // A new record begins at its first gap, a record that is there at its top.
        let edits = matches!(form.making, Making::Edit(..));
        let first_empty = if edits { 0 } else { lines.iter().position(|line| line.settled.1.is_empty()).unwrap_or(0) };
        let links: Vec<Id> = form.values.iter().filter_map(Value::as_link).collect();
        let mut layer = Self {
            name: format!("{:?} {:?} {links:?}", form.title.en, form.subject),
            form,
            lines,
            focus: first_empty,
            offers: Vec::new(),
            offer: None,
            alike: None,
            refusal: None,
            waiting: None,
            touched: false,
            then: None,
            writing: None,
            example: Example::default(),
        };
        layer.refresh_offers(here, lang);
        layer.refresh_example(here, lang);
        layer
    }

    /// What tells this form from others, to find a draft again.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Puts a refusal at its field, or over the whole.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.waiting = None;
        match self.lines.iter().position(|line| line.description.key == refusal.field) {
            Some(place) => {
                self.lines[place].refusal = Some(refusal);
                self.focus = place;
            }
            None => self.refusal = Some(refusal),
        }
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key, here: &Here<'_>, lang: Lang) -> Filled {
        // While its act is being stored a form can neither change nor be left.
        if self.waiting.is_some() {
            return Filled::Open;
        }
        if self.writing.is_some() {
            self.write(key, here, lang);
            return Filled::Open;
        }
        let enters = key.code == Code::Enter && self.takes_rules();
        if enters || (key == Key::ctrl('e') && self.takes_lines()) || (key.typed().is_some() && self.has_lines()) {
            self.open_writer();
            return Filled::Open;
        }
        if key == Key::ctrl('s') {
            return self.submit(here);
        }
        match key.code {
            Code::Esc if self.offer.is_some() => {
                self.offer = None;
                return Filled::Open;
            }
            Code::Esc => return Filled::Left,
            Code::Enter => {
                self.settle_offer();
                self.refresh_example(here, lang);
                if self.focus + 1 == self.lines.len() {
                    return self.submit(here);
                }
                self.step(1, here, lang);
            }
            Code::Tab if key.shift => self.step(-1, here, lang),
            Code::Tab => {
                self.settle_offer();
                self.step(1, here, lang);
            }
            Code::Down if !self.offers.is_empty() && self.offering() => {
                let next = self.offer.map_or(0, |at| at + 1);
                if next < self.offers.len() { self.offer = Some(next) } else { self.step(1, here, lang) }
            }
            Code::Up if self.offer.is_some() => self.offer = self.offer.and_then(|at| at.checked_sub(1)),
            Code::Down => self.step(1, here, lang),
            Code::Up => self.step(-1, here, lang),
            Code::PageDown => self.step(8, here, lang),
            Code::PageUp => self.step(-8, here, lang),
            _ => self.edit(|input| input.key(key), here, lang),
        }
        Filled::Open
    }

    /// Takes a paste into the line under the cursor.
    pub fn paste(&mut self, text: &str, here: &Here<'_>, lang: Lang) {
        if self.waiting.is_some() {
            return;
        }
        if self.writing.is_none() && self.takes_lines() && text.trim().contains(['\n', '\r']) {
            self.open_writer();
        }
        if let Some(writer) = &mut self.writing {
            if writer.paste(text) == Edited::Text {
                self.written(here, lang);
            }
            return;
        }
        self.edit(|input| input.paste(text), here, lang);
    }

    /// A click on a line, or on an offer.
    pub fn click(&mut self, target: FormHit, here: &Here<'_>, lang: Lang) {
        if self.writing.is_some() {
            return;
        }
        match target {
            FormHit::Line(place) => {
                self.focus = place.min(self.lines.len().saturating_sub(1));
                self.refresh_offers(here, lang);
            }
            FormHit::Offer(place) => {
                self.offer = Some(place);
                self.settle_offer();
                self.step(1, here, lang);
            }
        }
    }

    fn edit(&mut self, change: impl FnOnce(&mut Field) -> Edited, here: &Here<'_>, lang: Lang) {
        let Some(line) = self.lines.get_mut(self.focus) else { return };
        if change(&mut line.input) == Edited::Text {
            line.refusal = None;
            self.refusal = None;
            self.touched = true;
            self.offer = None;
            self.refresh_offers(here, lang);
            self.refresh_example(here, lang);
        }
    }

    /// True on a line whose text may have several lines.
    fn takes_lines(&self) -> bool {
        let shape = self.lines.get(self.focus).map(|line| line.description.shape);
        matches!(shape, Some(Shape::Text(Wording::Notes | Wording::Rules, _)))
    }

    fn takes_rules(&self) -> bool {
        let shape = self.lines.get(self.focus).map(|line| line.description.shape);
        matches!(shape, Some(Shape::Text(Wording::Rules, _)))
    }

    /// True on a line whose text has several lines: typed into as one it would lose them.
    fn has_lines(&self) -> bool {
        self.takes_lines() && self.lines.get(self.focus).is_some_and(|line| line.whole().contains('\n'))
    }

    fn open_writer(&mut self) {
        let Some(line) = self.lines.get(self.focus) else { return };
        let most = match line.description.shape {
            Shape::Text(_, most) => most,
            _ => 400,
        };
        self.writing = Some(Writer::new(line.whole(), most));
    }

    fn write(&mut self, key: Key, here: &Here<'_>, lang: Lang) {
        match self.writing.as_mut().map(|writer| writer.key(key)) {
            Some(Some(Edited::Text)) => self.written(here, lang),
            Some(None) => {
                self.writing = None;
                let reader = Reader { book: here.book, today: here.today, fair: None };
                if let Some(line) = self.lines.get_mut(self.focus) {
                    line.refusal = reader.read(line.description, line.whole()).err();
                }
            }
            _ => {}
        }
    }

    /// Takes what is written over into its line.
    fn written(&mut self, here: &Here<'_>, lang: Lang) {
        let text = self.writing.as_ref().map(|writer| Text::lines(writer.value())).unwrap_or_default();
        if let Some(line) = self.lines.get_mut(self.focus) {
            line.input.set(text.as_str());
            line.settled = (line.input.value().to_owned(), text.to_value());
            line.refusal = None;
            self.touched = true;
            self.refusal = None;
        }
        self.refresh_example(here, lang);
    }

    /// Tries the scheme that is being written on a claim.
    fn refresh_example(&mut self, here: &Here<'_>, lang: Lang) {
        let scheme = match self.form.making {
            Making::Add(Kind::Scheme) => Scheme::default(),
            Making::Edit(Kind::Scheme, id) => here.book.get::<Scheme>(id).cloned().unwrap_or_default(),
            _ => return,
        };
        let reader = Reader { book: here.book, today: here.today, fair: None };
        let mut record = Record::Scheme(std::sync::Arc::new(scheme));
        for line in &self.lines {
            let typed = line.input.value() != line.settled.0;
            let value = if typed { reader.read(line.description, line.input.value()).ok() } else { None };
            let value = value.unwrap_or_else(|| line.settled.1.clone());
            let place = Kind::Scheme.field_index(line.description.key);
            let taken = place.is_some_and(|place| record.set(place, value));
            debug_assert!(taken, "a form of schemes has the fields of schemes");
        }
        if let Record::Scheme(scheme) = record {
            self.example = Example::of(sample(here.book, &scheme, here.today), lang);
        }
    }

    fn step(&mut self, by: isize, here: &Here<'_>, lang: Lang) {
        self.focus = window::step(self.focus, by, self.lines.len());
        if let Some(line) = self.lines.get_mut(self.focus) {
            line.input.select_all();
        }
        self.offer = None;
        self.refresh_offers(here, lang);
    }

    /// True while the text was changed or is empty, so that offers help.
    fn offering(&self) -> bool {
        self.lines.get(self.focus).is_some_and(|line| line.settled.1.is_empty() || line.input.value() != line.settled.0)
    }

    /// Takes the offer under the cursor, or the only one that fits what was typed.
    fn settle_offer(&mut self) {
        let only =
            self.offers.len() == 1 && self.lines.get(self.focus).is_some_and(|line| !line.input.value().is_empty());
        let at = match self.offer {
            Some(at) => at,
            None if only && self.offering() => 0,
            None => return,
        };
        if let (Some(offer), Some(line)) = (self.offers.get(at).cloned(), self.lines.get_mut(self.focus)) {
            line.input.set(&offer.words);
            line.settled = (offer.words, offer.value);
            line.refusal = None;
            self.touched = true;
        }
        self.offer = None;
    }

    fn refresh_offers(&mut self, here: &Here<'_>, lang: Lang) {
        let typed =
            if self.offering() { self.lines.get(self.focus).map(|line| line.input.value().to_owned()) } else { None };
        self.offers = match (typed, self.lines.get(self.focus)) {
            (Some(typed), Some(line)) => offers(here, line.description, &typed, self.fair(here), lang),
            _ => Vec::new(),
        };
        self.alike = self.lines.get(self.focus).and_then(|line| {
            let (kind, own) = match self.form.making {
                Making::Add(kind) => (kind, None),
                Making::Edit(kind, id) => (kind, Some(id)),
                Making::Own(_) => return None,
            };
            let found = alike(here.book, kind, line.description.key, line.input.value(), own);
            let names: Vec<String> = found.into_iter().map(|id| title(here.book, kind, id, lang)).collect();
            let names = names.join(" · ");
            (!names.is_empty()).then(|| crate::say!("Đã có trong sổ: {names}", "On file already: {names}"))
        });
    }

    /// The fair that the form is about: its own field, the subject's, or the screens'.
    fn fair(&self, here: &Here<'_>) -> Option<Id> {
        let own =
            self.lines.iter().find(|line| line.description.key == "fair").and_then(|line| line.settled.1.as_link());
        let subject = self.form.subject.as_ref().and_then(|(kind, ids)| {
            let noun = here.book.noun(*kind, *ids.first()?)?;
            noun.value("fair").as_link()
        });
        own.or(subject).or(here.fair)
    }

    fn submit(&mut self, here: &Here<'_>) -> Filled {
        let reader = Reader { book: here.book, today: here.today, fair: self.fair(here) };
        let mut first = None;
        for (place, line) in self.lines.iter_mut().enumerate() {
            line.refusal = None;
            let value = if line.input.value() == line.settled.0 {
                Ok(line.settled.1.clone())
            } else {
                reader.read(line.description, line.input.value())
            };
            match value {
                Ok(value) if value.is_empty() && line.description.need == Need::Required => {
                    line.refusal = Some(missing(line.description));
                    first = first.or(Some(place));
                }
                Ok(value) => self.form.values[line.place] = value,
                Err(refusal) => {
                    line.refusal = Some(refusal);
                    first = first.or(Some(place));
                }
            }
        }
        if let Some(place) = first {
            self.focus = place;
            self.offers.clear();
            return Filled::Open;
        }
        let intent = self.form.intent(here);
        let signature = self.form.take_signature(here.book).map(Box::new);
        self.forget_secrets();
        match intent {
            Ok(intent) => Filled::Submit(Box::new(intent), signature),
            Err(refusal) => {
                self.refuse(refusal);
                Filled::Open
            }
        }
    }

    /// Empties the lines of passphrases: they are typed anew for each try and never kept with a draft.
    pub fn forget_secrets(&mut self) {
        for line in self.lines.iter_mut().filter(|line| is_secret(line.description)) {
            line.input.set("");
            line.settled = (String::new(), Value::Empty);
        }
    }

    /// Draws it; hits are lines and offers.
    pub fn draw(
        &self,
        place: Rect,
        buffer: &mut Buffer,
        theme: &Theme,
        lang: Lang,
    ) -> (Hits<FormHit>, Option<Position>) {
        let words = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
        if let (Some(writer), Some(line)) = (&self.writing, self.lines.get(self.focus)) {
            let label = line.description.label();
            let cursor = writer.draw((label.in_lang(lang), &self.example), place, buffer, theme, lang);
            return (Hits::new(), cursor);
        }
        let mut hints = vec![
            Hint::new("Tab", words("ô sau", "next")),
            Hint::new("Ctrl+S", words("lưu", "save")),
            Hint::new("Esc", words("đóng, giữ nháp", "close, keep draft")),
        ];
        if self.takes_lines() {
            hints.insert(1, Hint::new("Ctrl+E", words("nhiều dòng", "several lines")));
        }
        let columns = place.width.saturating_sub(8).min(88);
        // The example stands below the lines where there is room for all of both.
        let steps = ink::cells(self.example.steps.len() + 1);
        let rows = self.rows();
        let (least, most) = (ink::cells(rows.len() + 3), place.height.saturating_sub(2));
        let shown = if !self.example.is_empty() && least + steps <= most { steps } else { 0 };
        let popup =
            Popup { title: self.form.title.in_lang(lang), hints: &hints, columns, rows: (least + shown).min(most) };
        let (inside, _) = popup.draw(place, buffer, theme);
        let label_width = self.label_width(lang, inside.width);
        let below = Rect { y: inside.bottom().saturating_sub(shown), height: shown, ..inside };
        self.example.draw(below, buffer, theme);
        let inside = Rect { height: inside.height.saturating_sub(shown), ..inside };
        let foot_rows = self.foot_rows(inside.width, lang).min(inside.height / 2).max(2).min(inside.height);
        let foot = Rect { y: inside.bottom().saturating_sub(foot_rows), height: foot_rows, ..inside };
        let body = Rect { height: inside.height.saturating_sub(foot_rows), ..inside };
        let focus = rows.iter().position(|row| matches!(row, Row::Line(at) if *at == self.focus)).unwrap_or(0);
        let offset = window::offset_from_cursor(focus, usize::from(body.height), rows.len());
        let (mut hits, mut cursor) = (Hits::new(), None);
        let (above, below) = (offset > 0, offset + usize::from(body.height) < rows.len());
        for (down, row) in rows.iter().skip(offset).take(usize::from(body.height)).enumerate() {
            let place = ink::row(body, ink::cells(down));
            match row {
                Row::Heading(words) => {
                    ink::put(buffer, place, words.in_lang(lang), Align::Left, theme.style(Role::Title));
                }
                Row::Line(at) => {
                    let found = self.draw_line(*at, place, label_width, buffer, theme, lang);
                    cursor = cursor.or(found);
                    hits.push(place, FormHit::Line(*at));
                }
            }
        }
        for (there, row, sign) in [(above, 0, "▴"), (below, body.height.saturating_sub(1), "▾")] {
            if there {
                ink::put(buffer, ink::row(body, row), sign, Align::Right, theme.style(Role::Accent));
            }
        }
        self.draw_foot(foot, buffer, theme, lang);
        if self.offering() && !self.offers.is_empty() {
            let line = ink::cells(focus.saturating_sub(offset) + 1);
            self.draw_offers(body, line, label_width, buffer, theme, &mut hits);
        }
        (hits, cursor)
    }

    /// The lines with the headings of their groups; a group of which nothing is typed has none.
    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut told = 0;
        for (at, line) in self.lines.iter().enumerate() {
            let begun = self.form.fields.get(told..=line.place).unwrap_or_default();
            let group = begun.iter().rev().find_map(|field| field.group);
            rows.extend(group.map(|(vi, en)| Row::Heading(Words::new(vi, en))));
            told = line.place + 1;
            rows.push(Row::Line(at));
        }
        rows
    }

    fn label_width(&self, lang: Lang, room: u16) -> u16 {
        let widest =
            self.lines.iter().map(|line| ink::width(line.description.label().in_lang(lang))).max().unwrap_or(0);
        (ink::cells(widest + 3) + self.indent()).min(room / 2)
    }

    /// Lines stand below their headings a little to the right.
    fn indent(&self) -> u16 {
        u16::from(self.lines.iter().any(|line| line.description.group.is_some()))
    }

    fn draw_line(
        &self,
        at: usize,
        row: Rect,
        label_width: u16,
        buffer: &mut Buffer,
        theme: &Theme,
        lang: Lang,
    ) -> Option<Position> {
        let line = &self.lines[at];
        let focused = at == self.focus;
        let label = line.description.label();
        let needed = if line.description.need == Need::Required { " *" } else { "" };
        let role = if focused { Role::Accent } else { Role::Text };
        let left = Rect { x: row.x + self.indent(), width: label_width.saturating_sub(self.indent()), ..row };
        ink::put(buffer, left, &format!("{}{needed}", label.in_lang(lang)), Align::Left, theme.style(role));
        let right = Rect { x: row.x + label_width, width: row.width.saturating_sub(label_width), ..row };
        match &line.refusal {
            // Away from the cursor a refusal takes the room beside the text; at the cursor it stands at the foot.
            Some(refusal) if !focused => {
                let half = right.width / 2;
                line.input.draw(Rect { width: half, ..right }, buffer, theme, false, true);
                let beside = Rect { x: right.x + half + 1, width: right.width.saturating_sub(half + 1), ..right };
                ink::put(
                    buffer,
                    beside,
                    &ink::fit(refusal.what.in_lang(lang), beside.width),
                    Align::Left,
                    theme.style(Role::Bad),
                );
                None
            }
            refusal if is_secret(line.description) => {
                let mut dots = Field::new(&"•".repeat(line.input.value().chars().count()), 400);
                dots.key(Key::plain(Code::End));
                dots.draw(right, buffer, theme, focused, refusal.is_some())
            }
            refusal => line.input.draw(right, buffer, theme, focused, refusal.is_some()),
        }
    }

    /// The refusal at the cursor, else the one about the whole.
    fn told(&self) -> Option<&Refusal> {
        let here = self.lines.get(self.focus).and_then(|line| line.refusal.as_ref());
        here.or(self.refusal.as_ref())
    }

    /// How many rows the foot takes: a refusal is read whole.
    fn foot_rows(&self, columns: u16, lang: Lang) -> u16 {
        let rows = self.told().map(|refusal| paragraph::height(&told_lines(refusal, lang), columns));
        ink::cells(rows.unwrap_or(2))
    }

    /// The refusal, else what the line under the cursor takes.
    fn draw_foot(&self, foot: Rect, buffer: &mut Buffer, theme: &Theme, lang: Lang) {
        match self.told() {
            Some(refusal) => {
                paragraph::draw(&told_lines(refusal, lang), 0, foot, buffer, theme);
            }
            None => {
                let (role, said) = match &self.alike {
                    Some(alike) => (Role::Warn, alike.in_lang(lang)),
                    None if self.example.fault => (Role::Bad, self.example.line.as_str()),
                    None => (Role::Accent, self.example.line.as_str()),
                };
                let said = ink::fit(said, foot.width);
                ink::put(buffer, ink::row(foot, 0), &said, Align::Left, theme.style(role));
                if let Some(line) = self.lines.get(self.focus) {
                    let advice = advice(line.description);
                    ink::put(
                        buffer,
                        ink::row(foot, 1),
                        &ink::fit(advice.in_lang(lang), foot.width),
                        Align::Left,
                        theme.style(Role::Muted),
                    );
                }
            }
        }
    }

    fn draw_offers(
        &self,
        body: Rect,
        below: u16,
        label_width: u16,
        buffer: &mut Buffer,
        theme: &Theme,
        hits: &mut Hits<FormHit>,
    ) {
        let count = ink::cells(self.offers.len().min(OFFERS_MAX));
        let above = below > count && below + count > body.height + 1;
        let first = if above { below - 1 - count } else { below };
        let cursor = self.offer.unwrap_or(0);
        let skip = cursor.saturating_sub(OFFERS_MAX - 1);
        for (down, (at, offer)) in self.offers.iter().enumerate().skip(skip).take(OFFERS_MAX).enumerate() {
            let row = Rect {
                x: body.x + label_width,
                y: body.y + first + ink::cells(down),
                width: body.width.saturating_sub(label_width),
                height: 1,
            };
            if row.y >= body.bottom() {
                break;
            }
            let style =
                if self.offer == Some(at) { theme.style(Role::Selected) } else { theme.style(Role::SelectedIdle) };
            ink::wipe(buffer, row, theme.base().patch(style));
            ink::put(buffer, row, &ink::fit(&offer.words, row.width), Align::Left, theme.base().patch(style));
            hits.push(row, FormHit::Offer(at));
        }
    }
}

fn told_lines(refusal: &Refusal, lang: Lang) -> [paragraph::Paragraph<'_>; 2] {
    [(Role::Bad, refusal.what.in_lang(lang)), (Role::Notice, refusal.fix.in_lang(lang))]
}

/// One row of a form as it is drawn.
enum Row {
    /// The heading of a group.
    Heading(Words),
    /// The line at this place.
    Line(usize),
}

/// What was clicked in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormHit {
    /// A line.
    Line(usize),
    /// An offer below the line under the cursor.
    Offer(usize),
}

fn is_secret(field: &Description) -> bool {
    matches!(field.shape, Shape::Text(Wording::Secret, _))
}

/// How a value stands in its line: a text that reads back, or the name of a record.
fn as_text(here: &Here<'_>, field: &Description, value: &Value, lang: Lang) -> String {
    match value {
        Value::Number(number) if matches!(field.shape, Shape::Number(..)) => number.to_string(),
        Value::Money(amount) if amount.currency == Currency::VND => amount.show_plain(),
        value => show(here.book, field, value, lang, Mask::Whole),
    }
}

fn missing(field: &Description) -> Refusal {
    let label = field.label();
    Refusal::new(
        "field-missing",
        crate::say!("Thiếu {}.", "{} is missing."; label),
        Words::new("Điền rồi lưu lại.", "Fill it in and save again."),
    )
    .at(field.key)
}
