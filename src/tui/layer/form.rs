//! A form on the screen: one line a field, choices and records offered while typing, refusals at their fields.

mod drawn;

use std::path::PathBuf;

use crate::base::ids::Id;
use crate::base::money::Currency;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::command::Here;
use crate::command::form::{Form, Making, Signature};
use crate::domain::Scheme;
use crate::domain::book::Book;
use crate::domain::field::{Field as Description, Held, Need, Shape, Value, Wording};
use crate::domain::intent::Intent;
use crate::domain::reading::Reader;
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::Refusal;
use crate::domain::showing::{Mask, is_restricted, show};
use crate::domain::view::alike::alike;
use crate::domain::view::sample::sample;
use crate::domain::view::title::title;
use crate::tui::effect::Ticket;
use crate::tui::key::{Code, Key};
use crate::tui::layer::offers::{Offer, offers};
use crate::tui::layer::order::Order;
use crate::tui::layer::write::{Example, Writer};
use crate::tui::widget::field::{Edited, Field};
use crate::tui::widget::window;

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
    /// The order of aims that is being changed.
    ordering: Option<Order>,
    /// Of a scheme's form: what it comes to so far.
    example: Example,
}

/// What follows once a form is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// The first fair.
    FirstFair,
    /// The first import.
    FirstImport,
    /// Personal data of this record in full.
    Whole(Kind, Id),
    /// Cards of these persons, into this file.
    Cards(PathBuf, Vec<Id>),
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
        let subject = form.subject.as_ref().and_then(|(_, ids)| ids.first().copied()).unwrap_or(Id::NIL);
        for (place, (field, value)) in form.fields.iter().zip(&form.values).enumerate() {
            if field.need == Need::Kept {
                continue;
            }
            // What stands in a record is seen in full with a reason only; typing puts another value in its place.
            let text = if matches!(form.making, Making::Edit(..)) && is_masked(field) {
                show(here.book, subject, field, value, lang, Mask::Masked)
            } else {
                as_text(here, subject, field, value, lang)
            };
            let most = match field.shape {
                Shape::Text(_, most) => most,
                _ => 400,
            };
            let mut input = Field::new(&text, most);
            input.select_all();
            if matches!(field.shape, Shape::Text(Wording::Aims, _)) {
                // What counts most stands at the beginning.
                input.key(Key::plain(Code::Home));
            }
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
            ordering: None,
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
        if self.ordering.is_some() || (self.takes_order() && (key.code == Code::Enter || key.typed().is_some())) {
            self.order(key, lang);
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

    /// True on the line of an order of aims.
    fn takes_order(&self) -> bool {
        let shape = self.lines.get(self.focus).map(|line| line.description.shape);
        matches!(shape, Some(Shape::Text(Wording::Aims, _)))
    }

    /// Opens the order of aims, or gives it the key; what comes of it stands in the line.
    fn order(&mut self, key: Key, lang: Lang) {
        let Some(line) = self.lines.get_mut(self.focus) else { return };
        let Some(order) = &mut self.ordering else {
            self.ordering = Some(Order::of(line.settled.1.as_text()));
            return;
        };
        if order.key(key) {
            let value = order.value();
            let shown = show(&Book::default(), Id::NIL, line.description, &value, lang, Mask::Whole);
            line.input.set(&shown);
            line.input.key(Key::plain(Code::Home));
            line.settled = (line.input.value().to_owned(), value);
            line.refusal = None;
            self.touched = true;
        } else {
            self.ordering = None;
        }
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
            } else if is_masked(line.description) && line.settled.0.contains("**") && line.input.value().contains("**")
            {
                Err(half_typed())
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

/// True for a field of which lists show a part only.
fn is_masked(field: &Description) -> bool {
    field.is_personal() || matches!(field.shape, Shape::Text(Wording::TaxCode, _))
}

/// Half of a value cannot be typed over where the other half is not seen.
fn half_typed() -> Refusal {
    Refusal::new(
        "masked-half",
        Words::new("Giá trị này đang được che một phần.", "A part of this value is hidden."),
        Words::new(
            "Gõ lại cả giá trị, hoặc Esc để giữ như cũ. Xem đầy đủ bằng phím @.",
            "Type the whole value, or press Esc to keep it. The key @ shows it in full.",
        ),
    )
}

/// How a value of the subject stands in its line: a text that reads back, or the name of a record. Of somebody whose data is
/// restricted it stands masked, and stays as it is until something else is typed.
fn as_text(here: &Here<'_>, subject: Id, field: &Description, value: &Value, lang: Lang) -> String {
    match value {
        Value::Number(number) if matches!(field.shape, Shape::Number(..)) => number.to_string(),
        Value::Money(amount) if amount.currency == Currency::VND => amount.show_plain(),
        value => {
            let mask = if is_restricted(here.book, subject) { Mask::Masked } else { Mask::Whole };
            show(here.book, subject, field, value, lang, mask)
        }
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
