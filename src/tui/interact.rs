//! What keys and pastes do, layer by layer: the part of the app that talks with the person.

use std::sync::Arc;

use crate::base::ids::Id;
use crate::base::text::{Align, pad};
use crate::base::words::{Words, capital};
use crate::command::{Act, COMMANDS, Move, Scope, Screen};
use crate::domain::change::Entry;
use crate::domain::record::Kind;
use crate::domain::view::replay::told;
use crate::domain::view::title::title;
use crate::tui::app::{App, Weight};
use crate::tui::effect::Effect;
use crate::tui::key::{Code, Key};
use crate::tui::layer::Layer;
use crate::tui::layer::choose::{Choose, Chosen};
use crate::tui::layer::form::Filled;
use crate::tui::layer::import::{Import, Step};
use crate::tui::layer::palette::{Palette, Picked};
use crate::tui::layer::picker::Found;
use crate::tui::layer::prompt::Purpose;
use crate::tui::layer::record::RecordLayer;
use crate::tui::layer::text::{TextLayer, text_columns};
use crate::tui::screen::floor::Enter;
use crate::tui::screen::history::entry_lines;
use crate::tui::screen::list::List;
use crate::tui::screen::today::{FirstStep, Line};
use crate::tui::term::COPY_BYTES_MAX;
use crate::tui::theme::Role;
use crate::tui::widget::field::Field;
use crate::tui::widget::ink;

impl App {
    /// The topmost layer takes the key; `None` when there is none, or when it is a list whose keys are commands.
    pub(super) fn layer_key(&mut self, key: Key) -> Option<Vec<Effect>> {
        let (book, lang) = (Arc::clone(&self.book), self.lang);
        let mut layer = match self.layers.pop()? {
            Layer::Match(layer) => return Some(self.match_key(layer, key)),
            Layer::Timetable(grid) => return Some(self.timetable_key(grid, key)),
            Layer::Meetings(layer) => return Some(self.meetings_key(layer, key)),
            Layer::Text(text) if text.person.is_some() => return Some(self.person_key(text, key)),
            other => other,
        };
        let mut effects = Vec::new();
        let keep = match &mut layer {
            Layer::Form(form) => match self.here(|here| form.key(key, here, lang)) {
                Filled::Open => true,
                Filled::Submit(intent, signature) => {
                    let ticket = self.ticket();
                    form.waiting = Some(ticket);
                    effects.push(Effect::Submit(ticket, intent, signature));
                    true
                }
                Filled::Left => {
                    self.layers.push(layer);
                    self.leave_form();
                    return Some(effects);
                }
            },
            Layer::Choose(choose) => match choose.key(key, self.lang) {
                Chosen::Open => true,
                Chosen::Taken(place) => {
                    let act = choose.option(place).cloned();
                    return Some(act.map(|act| self.act(act)).unwrap_or_default());
                }
                Chosen::Left => false,
            },
            Layer::Columns(choose) => match choose.key(key, self.lang) {
                Chosen::Open => true,
                Chosen::Taken(place) => {
                    self.toggle_column(choose, place);
                    true
                }
                Chosen::Left => false,
            },
            Layer::Confirm(_, intent) => {
                // Another key than the one that asked: y, or c for "có".
                if matches!(key.typed(), Some('y' | 'c' | 'Y' | 'C')) {
                    effects.push(self.submit(intent.clone()));
                }
                false
            }
            Layer::Palette(palette) => match palette.key(key, &self.scopes()) {
                Picked::Open => true,
                Picked::Run(command) => return Some(self.run(command)),
                Picked::Left => false,
            },
            Layer::Picker(picker) => match picker.key(key, &book) {
                Found::Open => true,
                Found::Taken(id) => {
                    self.choose_fair(id);
                    false
                }
                Found::Left => false,
            },
            Layer::Prompt(prompt) => match key.code {
                Code::Esc => false,
                Code::Enter => {
                    let path = prompt.field.value().trim().to_owned();
                    match &prompt.purpose {
                        _ if path.is_empty() => {}
                        Purpose::Export => effects.extend(self.export_to(&path)),
                        Purpose::Print(name, kind, ids) => effects.extend(self.print_to(&path, name, *kind, ids)),
                        Purpose::Minutes(draw) => effects.extend(self.minutes_to(&path, *draw)),
                        Purpose::Calendar(meetings) => effects.extend(self.calendar_to(&path, meetings)),
                        Purpose::Person(id) => effects.extend(self.person_to(&path, *id)),
                        Purpose::Mentions => self.show_mentions(&path),
                    }
                    path.is_empty()
                }
                _ => {
                    prompt.field.key(key);
                    true
                }
            },
            Layer::Import(import) => self.import_key(import, key, &mut effects),
            Layer::File(file) => self.file_key(file, key, &mut effects),
            Layer::Code(_) => false,
            Layer::Capture(capture) => self.capture_key(capture, key, &mut effects),
            Layer::Text(text) => text.key(key),
            Layer::Proposal(proposal) => self.proposal_key(proposal, key, &mut effects),
            Layer::Records(..) | Layer::Record(_) | Layer::Match(_) | Layer::Timetable(_) | Layer::Meetings(_) => {
                self.layers.push(layer);
                return None;
            }
        };
        if keep {
            self.layers.push(layer);
        }
        Some(effects)
    }

    /// An import takes a key; false when it is left.
    fn import_key(&mut self, import: &mut Import, key: Key, effects: &mut Vec<Effect>) -> bool {
        match import.key(key, self.fair_here()) {
            Step::Open => true,
            Step::Read(file) => {
                let ticket = self.next_ticket();
                import.reading = Some(ticket);
                effects.push(Effect::Preview(ticket, file));
                true
            }
            Step::Store(intent) => {
                let ticket = self.ticket();
                import.waiting = Some(ticket);
                effects.push(Effect::Submit(ticket, intent, None));
                true
            }
            Step::Left => false,
        }
    }

    /// The filter line takes the key while it is open; arrows go on moving the list.
    pub(super) fn filter_key(&mut self, key: Key) -> Option<Vec<Effect>> {
        let (book, day) = (Arc::clone(&self.book), self.day());
        if let Some(list) = self.list_mut().filter(|list| list.is_filtering()) {
            match key.code {
                Code::Enter | Code::Tab => list.close_filter(),
                Code::Esc => drop(list.back(&book, day)),
                Code::Up => list.go(Move::Up),
                Code::Down => list.go(Move::Down),
                Code::PageUp => list.go(Move::PageUp),
                Code::PageDown => list.go(Move::PageDown),
                _ => drop(list.filter_key(key, &book, day)),
            }
            return Some(Vec::new());
        }
        let mut field = self.line_filter.take()?;
        match key.code {
            Code::Enter | Code::Tab => {}
            Code::Esc => self.set_line_filter(""),
            Code::Up | Code::Down => {
                drop(self.act(Act::Move(if key.code == Code::Up { Move::Up } else { Move::Down })));
                self.line_filter = Some(field);
            }
            _ => {
                field.key(key);
                self.set_line_filter(field.value());
                self.line_filter = Some(field);
            }
        }
        Some(Vec::new())
    }

    fn set_line_filter(&mut self, text: &str) {
        match self.screen {
            Screen::Today => self.today.set_filter(text),
            Screen::History => self.history.set_filter(text),
            Screen::Floor => drop(self.floor.find(text)),
            _ => {}
        }
    }

    pub(super) fn start_filter(&mut self) {
        if let Some(list) = self.list_mut() {
            list.start_filter();
            return;
        }
        let standing = match self.screen {
            Screen::Today => self.today.filter.clone(),
            Screen::History => self.history.filter.clone(),
            Screen::Floor => String::new(),
            _ => {
                self.say(Weight::Refused, Words::new("Báo cáo không có lọc.", "Reports have no filter."));
                return;
            }
        };
        self.line_filter = Some(Field::new(&standing, crate::base::limits::QUERY_CHARS));
    }

    /// A paste goes where the typing goes.
    pub(super) fn paste(&mut self, text: &str) {
        let (book, day, lang) = (Arc::clone(&self.book), self.day(), self.lang);
        let scopes = self.scopes();
        if let Some(mut layer) = self.layers.pop() {
            match &mut layer {
                Layer::Form(form) => self.here(|here| form.paste(text, here, lang)),
                Layer::Palette(palette) => palette.paste(text, &scopes),
                Layer::Prompt(prompt) => drop(prompt.field.paste(text)),
                Layer::Import(import) => import.paste(text),
                Layer::File(file) => file.paste(text),
                Layer::Capture(capture) => capture.paste(text, &book, lang),
                Layer::Picker(picker) => picker.paste(text, &book),
                Layer::Records(_, list) if list.is_filtering() => list.filter_paste(text, &book, day),
                _ => {}
            }
            self.layers.push(layer);
            return;
        }
        if let Some(list) = self.list_mut().filter(|list| list.is_filtering()) {
            list.filter_paste(text, &book, day);
        } else if let Some(mut field) = self.line_filter.take() {
            field.paste(text);
            self.set_line_filter(field.value());
            self.line_filter = Some(field);
        } else {
            // Commands are never run from a paste.
            self.say(
                Weight::Refused,
                Words::new("Chỗ này không dán được; bấm / để lọc.", "Nothing can be pasted here; / filters."),
            );
        }
    }

    /// The record or line under the cursor, opened.
    pub(super) fn open(&mut self) -> Vec<Effect> {
        if let Some(Layer::Record(record)) = self.layers.last() {
            let to = record.under_cursor(&self.book, self.record_view(), self.size.width);
            self.open_records(to);
            return Vec::new();
        }
        match (self.list().map(|list| (list.kind, list.under_cursor())), self.screen) {
            (Some((kind, Some(id))), _) => self.show_record(kind, id),
            (Some(_), _) => {}
            (None, Screen::Today) => match self.today.under_cursor(&self.book) {
                Some(Line::First(step)) => self.first_step(step),
                Some(Line::Record(kind, id)) => self.show_record(kind, id),
                None => {}
            },
            (None, Screen::History) => {
                if let Some(entry) = self.history.under_cursor() {
                    let lines = entry_lines(&self.book, entry, self.lang);
                    self.layers.push(Layer::Text(TextLayer::new(Words::new("Mục nhật ký", "Journal entry"), lines)));
                }
            }
            (None, Screen::Reports) => self.open_figure(),
            (None, Screen::Floor) => {
                if let Enter::Taken(act) = self.floor.enter() {
                    return act.map_or_else(Vec::new, |act| self.act(act));
                }
                if let Some(id) = self.floor.chosen().first() {
                    self.show_record(self.floor.kind(), *id);
                }
            }
            (None, _) => {}
        }
        Vec::new()
    }

    fn open_figure(&mut self) {
        let Some((words, records)) = self.reports.under_cursor() else { return };
        let Some((kind, _)) = records.first() else {
            self.say(Weight::Done, Words::new("Con số này không có bản ghi nào.", "No record is behind this figure."));
            return;
        };
        let ids = records.iter().filter(|(of, _)| of == kind).map(|(_, id)| *id).collect();
        let list = List::of_records(&self.book, *kind, ids, self.day());
        self.layers.push(Layer::Records(words, Box::new(list)));
    }

    /// One record is shown, several of a kind are listed.
    fn open_records(&mut self, to: Vec<(Kind, Id)>) {
        match to.as_slice() {
            [] => self.say(
                Weight::Refused,
                Words::new("Dòng này không dẫn tới bản ghi nào.", "This line leads to no record."),
            ),
            [(kind, id)] => self.show_record(*kind, *id),
            [(kind, _), ..] => {
                let kind = *kind;
                let ids = to.iter().filter(|(of, _)| *of == kind).map(|(_, id)| *id).collect();
                let list = List::of_records(&self.book, kind, ids, self.day());
                self.layers.push(Layer::Records(kind.words(), Box::new(list)));
            }
        }
    }

    fn first_step(&mut self, step: FirstStep) {
        match step {
            FirstStep::Office => self.ask_office(),
            FirstStep::Fair => self.push_form(crate::command::form::Form::add(Kind::Fair, None), None),
            FirstStep::Booths => {
                let import = Import::floor();
                self.layers.push(Layer::Import(Box::new(import)));
            }
            FirstStep::Import => {
                let import = Import::new(Some(Kind::Business));
                self.layers.push(Layer::Import(Box::new(import)));
            }
        }
    }

    pub(super) fn show_record(&mut self, kind: Kind, id: Id) {
        self.layers.push(Layer::Record(RecordLayer::new(kind, id)));
    }

    pub(super) fn show_record_history(&mut self, kind: Kind, id: Id, entries: &[Entry]) {
        let mut lines = Vec::new();
        for entry in entries {
            lines.extend(entry_lines(&self.book, entry, self.lang));
            lines.push((Role::Text, String::new()));
        }
        let name = title(&self.book, kind, id, self.lang);
        let words = crate::say!("Lịch sử: {name}", "History: {name}");
        self.layers.push(Layer::Text(TextLayer::new(words, lines)));
    }

    /// Back one stage: the list's own stages, the layer, the filter of the screen.
    pub(super) fn back(&mut self) {
        let (book, day) = (Arc::clone(&self.book), self.day());
        let over_list = matches!(self.layers.last(), Some(Layer::Record(_)));
        if !over_list && self.list_mut().is_some_and(|list| list.back(&book, day)) {
            return;
        }
        if self.layers.pop().is_some() {
            return;
        }
        match self.screen {
            Screen::Today if !self.today.filter.is_empty() => self.today.set_filter(""),
            Screen::History if !self.history.filter.is_empty() => self.history.set_filter(""),
            Screen::Floor if self.floor.back() => {}
            Screen::Today => self.say(Weight::Done, Words::new("q để thoát.", "q quits.")),
            _ => self.screen = Screen::Today,
        }
    }

    pub(super) fn choose_columns(&mut self) {
        let lang = self.lang;
        let Some(list) = self.list() else { return };
        let options =
            list.choosable(lang).into_iter().map(|(key, label, shown)| (column_words(&label, shown), key)).collect();
        self.layers.push(Layer::Columns(Choose::new(Words::new("Cột", "Columns"), options)));
    }

    pub(super) fn toggle_column(&mut self, choose: &mut Choose<&'static str>, place: usize) {
        let Some(key) = choose.option(place).copied() else { return };
        let lang = self.lang;
        if let Some(list) = self.list_mut() {
            list.toggle_column(key);
            let found = list.choosable(lang).into_iter().find(|(known, _, _)| *known == key);
            if let Some((_, label, shown)) = found {
                choose.reword(place, column_words(&label, shown));
            }
        }
    }

    pub(super) fn copy(&mut self) -> Vec<Effect> {
        let (book, day, lang) = (Arc::clone(&self.book), self.day(), self.lang);
        let text = match (self.list(), self.screen) {
            (Some(list), _) => list.as_text(&book, lang, day),
            (None, Screen::Reports) => self.reports.as_text(lang),
            (None, Screen::History) => {
                self.history.under_cursor().map(|entry| entry.words.in_lang(lang).to_owned()).unwrap_or_default()
            }
            (None, _) => String::new(),
        };
        if text.is_empty() {
            self.say(Weight::Refused, Words::new("Không có gì để chép.", "There is nothing to copy."));
            return Vec::new();
        }
        if text.len() > COPY_BYTES_MAX {
            let words = Words::new(
                "Nhiều quá, terminal không nhận: x để xuất ra tệp.",
                "Too much for the terminal to take: x exports it to a file.",
            );
            self.say(Weight::Refused, words);
            return Vec::new();
        }
        let lines = text.lines().count();
        self.say(
            Weight::Done,
            crate::say!("Đã chép {lines} dòng (nếu terminal cho phép).", "Copied {lines} lines (terminal permitting)."),
        );
        vec![Effect::Copy(text)]
    }

    pub(super) fn open_palette(&mut self) {
        let palette = Palette::new(&self.scopes());
        self.layers.push(Layer::Palette(palette));
    }

    /// Every key that works here, the innermost scope first.
    pub(super) fn open_help(&mut self) {
        const KEY_COLUMNS: usize = 15;
        let room = text_columns(self.size.width).saturating_sub(ink::cells(KEY_COLUMNS)).max(20);
        let mut lines = Vec::new();
        for scope in self.scopes() {
            lines.push((Role::Title, capital(scope.words().in_lang(self.lang))));
            for command in COMMANDS.iter().filter(|command| command.scope == scope) {
                let keys: Vec<String> =
                    command.keys.iter().filter_map(|key| key.parse::<Key>().ok()).map(Key::show).collect();
                let doc = command.doc.in_lang(self.lang);
                let mut before = keys.join(" ");
                for part in ink::wrap(doc, room) {
                    let column = pad(&before, KEY_COLUMNS, Align::Left);
                    lines.push((Role::Text, format!("{column}{}", doc.get(part).unwrap_or_default())));
                    before.clear();
                }
            }
            if scope == Scope::Global {
                break;
            }
            lines.push((Role::Text, String::new()));
        }
        self.layers.push(Layer::Text(TextLayer::new(Words::new("Trợ giúp", "Help"), lines)));
    }

    pub(super) fn open_messages(&mut self) {
        let lang = self.lang;
        let lines = self
            .messages
            .iter()
            .rev()
            .map(|(at, weight, words)| {
                let role = match weight {
                    Weight::Done => Role::Good,
                    Weight::Refused => Role::Warn,
                    Weight::Trouble => Role::Bad,
                };
                (role, format!("{}  {}", at.show(), words.in_lang(lang)))
            })
            .collect();
        self.layers.push(Layer::Text(TextLayer::new(Words::new("Thông báo", "Messages"), lines)));
    }

    /// A scheme tried on a past year, to read.
    pub(super) fn open_trial(&mut self, scheme: Id) {
        match told(&self.book, scheme) {
            Ok((title, lines)) => {
                let lang = self.lang;
                let lines = lines.iter().map(|line| (Role::Text, line.in_lang(lang).to_owned())).collect();
                self.layers.push(Layer::Text(TextLayer::new(title, lines)));
            }
            Err(refusal) => self.say(Weight::Refused, refusal.words()),
        }
    }
}

fn column_words(label: &str, shown: bool) -> Words {
    Words::same(format!("{} {label}", if shown { "[x]" } else { "[ ]" }))
}
