//! The mouse: what was drawn last is what can be clicked.

use std::sync::Arc;

use crate::command::{Act, Move, Screen};
use crate::tui::app::App;
use crate::tui::effect::Effect;
use crate::tui::input::{Button, Input};
use crate::tui::layer::Layer;
use crate::tui::view::Target;
use crate::tui::widget::table::Place;

/// How many lines one notch of the wheel turns.
const WHEEL_LINES: isize = 3;

impl App {
    /// Takes what the mouse does.
    pub(super) fn mouse(&mut self, input: Input) -> Vec<Effect> {
        if self.is_on_map()
            && let Some(effects) = self.map_mouse(&input)
        {
            return effects;
        }
        match input {
            Input::Wheel { up, .. } => {
                self.wheel(up);
                Vec::new()
            }
            Input::Click { column, row, button: Button::Left } => {
                self.status = None;
                match self.hits.at(column, row).cloned() {
                    Some(target) => self.click(target),
                    None => Vec::new(),
                }
            }
            _ => Vec::new(),
        }
    }

    /// What the mouse does on the map; nothing where it is on something else of the screen.
    fn map_mouse(&mut self, input: &Input) -> Option<Vec<Effect>> {
        let at = match *input {
            Input::Click { column, row, .. } | Input::Wheel { column, row, .. } => Some((column, row)),
            Input::Drag { .. } | Input::Release { .. } => None,
            _ => return None,
        };
        let hit = match at.and_then(|(column, row)| self.hits.at(column, row)) {
            Some(Target::Floor(hit)) => Some(*hit),
            _ if at.is_some() => return None,
            _ => None,
        };
        self.status = None;
        let book = Arc::clone(&self.book);
        let act = self.floor.mouse(input, hit, &crate::tui::view::areas(self.size), &book);
        Some(act.map(|act| self.act(act)).unwrap_or_default())
    }

    fn wheel(&mut self, up: bool) {
        let by = if up { -WHEEL_LINES } else { WHEEL_LINES };
        let book = Arc::clone(&self.book);
        match self.layers.last_mut() {
            Some(Layer::Text(text)) => return text.wheel(up),
            Some(Layer::Proposal(proposal)) => return proposal.wheel(up),
            Some(Layer::Meetings(proposal)) => return proposal.wheel(up),
            _ => {}
        }
        if matches!(self.layers.last(), Some(Layer::Record(_))) {
            drop(self.act(Act::Move(if up { Move::Up } else { Move::Down })));
            return;
        }
        if let Some(list) = self.list_mut() {
            list.wheel(by);
            return;
        }
        if !self.layers.is_empty() {
            return;
        }
        match self.screen {
            Screen::Today => self.today.wheel(by, &book),
            Screen::History => self.history.wheel(by),
            Screen::Reports => self.reports.wheel(by),
            _ => {}
        }
    }

    fn click(&mut self, target: Target) -> Vec<Effect> {
        let (book, day, lang) = (Arc::clone(&self.book), self.day(), self.lang);
        match target {
            Target::Tab(screen) => return self.act(Act::Go(screen)),
            Target::List(place) if self.screen == Screen::Reports => self.reports.choose(place),
            Target::List(place) => drop(self.list_at.insert(self.screen, place)),
            Target::Fair => return self.act(Act::ChooseFair),
            Target::Hint(id) => return crate::command::find(id).map(|command| self.run(command)).unwrap_or_default(),
            Target::Line(line) => match self.screen {
                Screen::Today => self.today.click(line, &book),
                Screen::History => self.history.click(line),
                Screen::Reports => self.reports.click(line),
                _ => {}
            },
            Target::Table(Place::Row(line)) => self.on_list(|list| list.click(line)),
            Target::Table(Place::Heading(place)) => self.on_list(|list| list.sort_by(place, &book, day)),
            Target::Table(Place::Bar(line)) => self.on_list(|list| list.click(line)),
            // The map takes its own clicks before.
            Target::Floor(_) => {}
            Target::Form(hit) => {
                if let Some(mut layer) = self.layers.pop() {
                    if let Layer::Form(form) = &mut layer {
                        self.here(|here| form.click(hit, here, lang));
                    }
                    self.layers.push(layer);
                }
            }
            Target::Option(place) => return self.click_option(place),
        }
        Vec::new()
    }

    fn click_option(&mut self, place: usize) -> Vec<Effect> {
        match self.layers.pop() {
            Some(Layer::Choose(choose)) => choose.option(place).cloned().map(|act| self.act(act)).unwrap_or_default(),
            Some(Layer::Palette(palette)) => palette.at(place).map(|command| self.run(command)).unwrap_or_default(),
            Some(Layer::Picker(picker)) => {
                if let Some(id) = picker.at(place) {
                    self.choose_fair(id);
                }
                Vec::new()
            }
            Some(Layer::Record(mut record)) => {
                record.click(place);
                self.layers.push(Layer::Record(record));
                Vec::new()
            }
            Some(Layer::Timetable(mut grid)) => {
                grid.click(place, &self.book);
                self.layers.push(Layer::Timetable(grid));
                Vec::new()
            }
            Some(Layer::Match(mut found)) => {
                found.click(place);
                self.layers.push(Layer::Match(found));
                Vec::new()
            }
            Some(Layer::Columns(mut choose)) => {
                self.toggle_column(&mut choose, place);
                self.layers.push(Layer::Columns(choose));
                Vec::new()
            }
            Some(other) => {
                self.layers.push(other);
                Vec::new()
            }
            None => Vec::new(),
        }
    }
}
