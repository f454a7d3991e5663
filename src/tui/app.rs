//! The app: plain data in, plain data out. It knows no terminal, no clock and no disk.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ratatui::layout::Size;

use crate::base::dates::{Date, Moment};
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::command::{Act, COMMANDS, Command, Here, Move, Scope, Screen};
use crate::domain::Office;
use crate::domain::book::{Book, clock_behind};
use crate::domain::record::Kind;
use crate::tui::effect::{Effect, Msg, Ticket};
use crate::tui::fair;
use crate::tui::hit::Hits;
use crate::tui::input::Input;
use crate::tui::key::Key;
use crate::tui::layer::Layer;
use crate::tui::layer::choose::Choose;
use crate::tui::layer::form::FormLayer;
use crate::tui::layer::import::Import;
use crate::tui::layer::timetable::TimetableLayer;
use crate::tui::screen::floor::Floor;
use crate::tui::screen::history::{History, READ_ENTRIES};
use crate::tui::screen::list::List;
use crate::tui::screen::reports::Reports;
use crate::tui::screen::today::Today;
use crate::tui::theme::Theme;
use crate::tui::view::{self, Target};

/// How many messages are remembered.
const MESSAGES_MAX: usize = 200;

/// How grave a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Something was done.
    Done,
    /// Something cannot be done now.
    Refused,
    /// Something is wrong with the disk or the book.
    Trouble,
}

/// Everything the screen shows and remembers.
#[derive(Debug)]
pub struct App {
    pub(super) book: Arc<Book>,
    pub(super) now: Moment,
    pub(super) who: Text,
    pub(super) lang: Lang,
    pub(super) theme: Theme,
    theme_name: String,
    pub(super) size: Size,
    pub(super) screen: Screen,
    pub(super) fair: Option<Id>,
    pub(super) arranging: bool,
    /// What was found while something else had the keyboard.
    pub(super) found: Option<Box<crate::tui::layer::proposal::ProposalLayer>>,
    /// A timetable that was found while something else had the keyboard.
    pub(super) found_meetings: Option<Box<crate::tui::layer::meetings::MeetingsLayer>>,
    /// How far a search is, as long as nothing else is said.
    pub(super) progress: Option<Words>,
    /// The fair to come back to while all fairs are shown; the map stays on it.
    pub(super) fair_before: Option<Id>,
    /// True while nobody has chosen the fair.
    pub(super) fair_is_guess: bool,
    /// True once somebody was told of drafts that would be lost.
    is_leaving: bool,
    /// Which list each screen shows.
    /// The acts that are not answered yet.
    pub(super) waiting: BTreeSet<Ticket>,
    pub(super) list_at: BTreeMap<Screen, usize>,
    pub(super) lists: BTreeMap<Kind, List>,
    pub(super) today: Today,
    pub(super) floor: Floor,
    pub(super) reports: Reports,
    pub(super) history: History,
    /// The filter line of Today and History is open.
    pub(super) line_filter: Option<crate::tui::widget::field::Field>,
    pub(super) layers: Vec<Layer>,
    pub(super) drafts: BTreeMap<String, FormLayer>,
    /// The firm for which a lead was last taken down.
    pub(super) captured_for: Option<Id>,
    /// A line of a lead that was left before it was stored.
    pub(super) captured_line: Option<String>,
    pub(super) status: Option<(Weight, Words)>,
    pub(super) messages: Vec<(Moment, Weight, Words)>,
    pub(super) read_only: Option<Words>,
    tickets: Ticket,
    /// What can be clicked, from the last frame.
    pub hits: Hits<Target>,
    keymap: Vec<(Scope, Key, &'static Command)>,
    /// What is on the screen is no longer what would be drawn.
    is_stale: bool,
}

/// What the app is started with.
#[derive(Debug)]
pub struct Start {
    /// The book as it was opened.
    pub book: Arc<Book>,
    /// The moment.
    pub now: Moment,
    /// Who sits here.
    pub who: Text,
    /// The language.
    pub lang: Lang,
    /// The theme's name.
    pub theme: String,
    /// The window.
    pub size: Size,
    /// Why nothing can be stored, when it cannot.
    pub read_only: Option<Words>,
}

impl App {
    /// The app on its first screen; an empty book asks for the office first.
    #[must_use]
    pub fn new(start: Start) -> Self {
        let today = start.now.date();
        let fair = fair::likely(&start.book, today);
        let mut app = Self {
            floor: Floor::default(),
            reports: Reports::new(&start.book, today),
            book: start.book,
            now: start.now,
            who: start.who,
            lang: start.lang,
            theme: Theme::named(&start.theme).unwrap_or_default(),
            theme_name: start.theme,
            size: start.size,
            screen: Screen::Today,
            fair,
            arranging: false,
            found: None,
            found_meetings: None,
            progress: None,
            fair_before: None,
            fair_is_guess: true,
            is_leaving: false,
            waiting: BTreeSet::new(),
            list_at: BTreeMap::new(),
            lists: BTreeMap::new(),
            today: Today::default(),
            history: History::default(),
            line_filter: None,
            layers: Vec::new(),
            drafts: BTreeMap::new(),
            captured_for: None,
            captured_line: None,
            status: None,
            messages: Vec::new(),
            read_only: start.read_only,
            tickets: 0,
            hits: Hits::new(),
            keymap: keymap(),
            is_stale: true,
        };
        if let Some(why) = app.read_only.clone() {
            app.say(Weight::Trouble, why);
        } else if app.book.office().is_none() {
            app.ask_office();
        } else if let Some(words) = clock_behind(&app.book, app.now) {
            app.say(Weight::Trouble, words);
        }
        app.follow();
        app
    }

    /// Takes one thing and says what is to be done about it.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        // The pointer passes over much that answers to it in no way.
        self.is_stale |= !matches!(msg, Msg::Now(_) | Msg::Input(Input::Hover { .. } | Input::Focus(_)));
        let effects = match msg {
            Msg::Input(input) => self.input(input),
            Msg::Book(book) => {
                self.book = book;
                self.find_fair();
                Vec::new()
            }
            Msg::ReadOnly(why) => {
                self.say(Weight::Trouble, why.clone());
                self.read_only = Some(why);
                Vec::new()
            }
            Msg::Now(now) => {
                self.now = now;
                Vec::new()
            }
            Msg::Outcome(ticket, outcome) => self.outcome(ticket, outcome),
            Msg::Entries(Ok(entries)) => {
                self.history.take(entries);
                Vec::new()
            }
            Msg::RecordHistory(kind, id, Ok(entries)) => {
                self.show_record_history(kind, id, &entries);
                Vec::new()
            }
            Msg::Entries(Err(words)) | Msg::RecordHistory(_, _, Err(words)) | Msg::Written(Err(words)) => {
                self.say(Weight::Trouble, words);
                Vec::new()
            }
            Msg::Previewed(ticket, preview) => {
                if let Some(Layer::Import(import)) = self.layers.last_mut()
                    && import.reading == Some(ticket)
                {
                    import.previewed(*preview, &self.book);
                }
                Vec::new()
            }
            Msg::FileRead(ticket, read) => {
                if let Some(Layer::File(file)) = self.layers.last_mut()
                    && file.reading == Some(ticket)
                {
                    file.arrived(*read);
                }
                Vec::new()
            }
            Msg::Arranging(thousandths) => self.arranging_at(thousandths),
            Msg::Arranged(found) => self.arranged(*found),
            Msg::Explained(registration, lines) => self.explained(registration, lines),
            Msg::MeetingsPlanned(found) => self.meetings_planned(*found),
            Msg::Written(Ok(path)) => {
                let path = path.display();
                self.say(Weight::Done, crate::say!("Đã ghi {path}.", "Wrote {path}."));
                Vec::new()
            }
            Msg::End => vec![Effect::Quit],
        };
        self.remind_of_found();
        let mut effects = effects;
        effects.extend(self.follow());
        effects
    }

    /// Does a piece of what later keys will need, while nobody waits; true when there is more to do.
    pub fn spare_work(&mut self) -> bool {
        let book = Arc::clone(&self.book);
        self.list_mut().is_some_and(|list| list.prepare(&book))
    }

    /// Whether a new frame is needed since this was last asked.
    pub const fn take_stale(&mut self) -> bool {
        std::mem::replace(&mut self.is_stale, false)
    }

    /// Brings every screen up to the newest book, fair, day and window; asks for the journal when it is looked at.
    fn follow(&mut self) -> Option<Effect> {
        let (day, areas) = (self.day(), view::areas(self.size));
        let book = Arc::clone(&self.book);
        match self.screen {
            Screen::Today => {
                self.today.follow(&book, day);
                self.today.fit(areas.body.height, &book);
            }
            Screen::Floor => {
                self.floor.follow(&book, self.fair_here(), day);
                self.floor.fit(&areas);
            }
            Screen::Reports => {
                self.reports.follow(&book, self.fair, day);
                self.reports.fit(areas.body.height);
            }
            Screen::History => {
                self.history.fit(areas.body.height);
                if self.history.read_to != Some(book.seq) {
                    self.history.read_to = Some(book.seq);
                    return Some(Effect::Entries(book.seq.saturating_sub(READ_ENTRIES) + 1, book.seq));
                }
            }
            Screen::Fairs | Screen::Businesses | Screen::Subsidies | Screen::Leads | Screen::Conferences => {
                let (kind, fair) = (self.list_kind(), self.fair);
                if let Some(kind) = kind {
                    let list = self.lists.entry(kind).or_insert_with(|| List::new(&book, kind, fair, day));
                    list.follow(&book, fair, day);
                    // Claims and leads come after a fair: a guess at the next one hides none of them.
                    let comes_after = matches!(self.screen, Screen::Subsidies | Screen::Leads);
                    if self.fair_is_guess && comes_after && list.is_emptied_by_fair(&book) {
                        list.follow(&book, None, day);
                        (self.fair, self.fair_before, self.fair_is_guess) = (None, fair, false);
                    }
                    list.fit(view::list_area(&areas, list).height);
                }
            }
        }
        if let Some(Layer::Records(_, list)) = self.layers.last_mut() {
            list.follow(&book, None, day);
            list.fit(view::records_area(self.size).height);
        }
        None
    }

    /// Today, in the office's time.
    #[must_use]
    pub fn day(&self) -> Date {
        self.now.date()
    }

    /// The kind of the list on the screen.
    #[must_use]
    pub fn list_kind(&self) -> Option<Kind> {
        let lists = self.screen.lists();
        lists.get(self.list_at.get(&self.screen).copied().unwrap_or(0)).copied()
    }

    /// The list that has the keyboard: the records behind a figure, else the screen's.
    pub(super) fn list(&self) -> Option<&List> {
        let behind = self.layers.iter().rev().find_map(|layer| match layer {
            Layer::Records(_, list) => Some(list.as_ref()),
            _ => None,
        });
        behind.or_else(|| self.lists.get(&self.list_kind()?))
    }

    pub(super) fn list_mut(&mut self) -> Option<&mut List> {
        let kind = self.list_kind();
        let behind = self.layers.iter_mut().rev().find_map(|layer| match layer {
            Layer::Records(_, list) => Some(list.as_mut()),
            _ => None,
        });
        match behind {
            Some(list) => Some(list),
            None => self.lists.get_mut(&kind?),
        }
    }

    /// How records are shown here.
    pub(super) fn record_view(&self) -> crate::domain::view::detail::View {
        crate::tui::layer::record::view(self.day(), self.lang)
    }

    /// The scopes whose keys count now, the innermost first.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        let records = |kind: Kind| vec![Scope::On(kind), Scope::List, Scope::Lines, Scope::Global];
        let behind = self.layers.iter().rev().find_map(|layer| match layer {
            Layer::Records(_, list) => Some(list.kind),
            Layer::Record(record) => Some(record.kind),
            _ => None,
        });
        match (behind, self.screen) {
            (Some(kind), _) => records(kind),
            (_, Screen::Floor) => self.floor.scopes(),
            (_, Screen::Reports) => vec![Scope::Figures, Scope::Lines, Scope::Global],
            (_, Screen::Today | Screen::History) => vec![Scope::Lines, Scope::Global],
            _ => self.list_kind().map_or_else(|| vec![Scope::Lines, Scope::Global], records),
        }
    }

    /// Calls `look` with what the person stands before.
    pub(super) fn here<T>(&self, look: impl FnOnce(&Here<'_>) -> T) -> T {
        // The record that is open counts, unless a list lies over it.
        let opened = self.layers.iter().rev().find_map(|layer| match layer {
            Layer::Record(record) => Some(Some(record)),
            Layer::Records(..) => Some(None),
            _ => None,
        });
        let (kind, chosen) = match (self.list(), self.screen) {
            _ if opened.flatten().is_some() => {
                opened.flatten().map_or((None, Vec::new()), |record| (Some(record.kind), record.id.to_vec()))
            }
            (Some(list), _) => (Some(list.kind), list.chosen()),
            (None, Screen::Floor) => (Some(self.floor.kind()), self.floor.chosen()),
            (None, Screen::Today) => match self.today.under_cursor(&self.book) {
                Some(crate::tui::screen::today::Line::Record(kind, id)) => (Some(kind), vec![id]),
                _ => (None, Vec::new()),
            },
            _ => (None, Vec::new()),
        };
        look(&Here {
            book: &self.book,
            today: self.day(),
            who: &self.who,
            fair: self.fair_here(),
            screen: self.screen,
            kind,
            chosen: &chosen,
            read_only: self.read_only.as_ref(),
        })
    }

    /// The records that a command would be about now.
    #[must_use]
    pub fn chosen(&self) -> Vec<Id> {
        self.here(|here| here.chosen.to_vec())
    }

    /// Tells the person something, in the status line and among the messages.
    pub(super) fn say(&mut self, weight: Weight, words: Words) {
        if self.messages.len() == MESSAGES_MAX {
            self.messages.remove(0);
        }
        self.messages.push((self.now, weight, words.clone()));
        self.status = Some((weight, words));
    }

    fn input(&mut self, input: Input) -> Vec<Effect> {
        match input {
            Input::Resize { columns, rows } => {
                self.size = Size::new(columns, rows);
                Vec::new()
            }
            Input::Key(key) => {
                self.status = None;
                self.floor.leave_hover();
                self.key(key)
            }
            Input::Text(text) => {
                self.paste(&text);
                Vec::new()
            }
            Input::Click { .. } | Input::Drag { .. } | Input::Release { .. } | Input::Wheel { .. } => self.mouse(input),
            Input::Hover { column, row } => {
                self.is_stale |= self.is_on_map() && self.floor.hover((column, row), &view::areas(self.size));
                Vec::new()
            }
            Input::Focus(_) => Vec::new(),
        }
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        if let Some(effects) = self.layer_key(key) {
            return effects;
        }
        if let Some(effects) = self.filter_key(key) {
            return effects;
        }
        match self.command_for(key) {
            Some(command) => self.run(command),
            None => {
                let shown = key.show();
                self.say(
                    Weight::Refused,
                    crate::say!(
                        "Phím {shown} không dùng ở đây. ? để xem các phím.",
                        "{shown} does nothing here. ? shows the keys."
                    ),
                );
                Vec::new()
            }
        }
    }

    /// The command of a key: the innermost scope that knows it.
    pub(super) fn command_for(&self, key: Key) -> Option<&'static Command> {
        self.scopes().into_iter().find_map(|scope| {
            self.keymap.iter().find(|(at, known, _)| *at == scope && *known == key).map(|(_, _, command)| *command)
        })
    }

    /// Runs a command, or says why not.
    pub(super) fn run(&mut self, command: &'static Command) -> Vec<Effect> {
        match self.here(|here| (command.run)(here)) {
            Ok(act) => self.act(act),
            Err(why) => {
                self.say(Weight::Refused, why);
                Vec::new()
            }
        }
    }

    /// True for what is done to a list while a record lies over it.
    fn is_list_act_over_a_record(&self, act: &Act) -> bool {
        let of_lists = matches!(
            act,
            Act::Filter
                | Act::Sort(_)
                | Act::Mark
                | Act::MarkRange
                | Act::MarkAll
                | Act::Columns
                | Act::Board
                | Act::Export
                | Act::Copy
        );
        of_lists && matches!(self.layers.last(), Some(Layer::Record(_)))
    }

    /// Does what a command came to.
    pub(super) fn act(&mut self, act: Act) -> Vec<Effect> {
        let (book, day) = (Arc::clone(&self.book), self.day());
        if self.is_list_act_over_a_record(&act) {
            let words = Words::new(
                "Phím này của danh sách; Esc đóng bản ghi trước.",
                "That key is for lists; Esc closes the record first.",
            );
            self.say(Weight::Refused, words);
            return Vec::new();
        }
        match act {
            Act::Go(screen) => {
                self.layers.clear();
                self.line_filter = None;
                self.screen = screen;
            }
            Act::NextList(forward) => self.next_list(forward),
            Act::Move(to) => self.go(to),
            Act::Open => return self.open(),
            Act::Back => self.back(),
            Act::Filter => self.start_filter(),
            Act::Sort(reverse) => self.on_list(|list| list.sort(reverse, &book, day)),
            Act::Mark if self.is_on_map() => self.floor.mark(),
            Act::MarkAll if self.is_on_map() => self.floor.mark_all(),
            Act::Mark => self.on_list(List::mark),
            Act::MarkRange => {
                if let Some(words) = self.list_mut().and_then(List::mark_range) {
                    self.say(Weight::Done, words);
                }
            }
            Act::MarkAll => self.on_list(List::mark_all),
            Act::Board => self.on_list(|list| list.turn_board(&book, day)),
            Act::Columns => self.choose_columns(),
            Act::Copy => return self.copy(),
            Act::Export => self.ask_export(),
            Act::Report(place) => self.reports.choose(place),
            Act::File(wanted) => return self.look_into(wanted),
            Act::Code(id) => self.show_code(id),
            Act::Print(kind, ids) => self.choose_form(kind, &ids),
            Act::Minutes(draw) => self.ask_minutes(draw),
            Act::PrintForm(name, kind, ids) => self.ask_print(name, kind, ids),
            Act::Import => self.layers.push(Layer::Import(Box::new(self.import_layer()))),
            Act::Arrange(fair, seek) => return self.arrange(fair, seek),
            Act::TryHere => return self.try_here(),
            Act::Points(fair) => self.show_points(fair),
            Act::Reasons(registration) => return self.ask_reasons(registration),
            Act::History(kind, id) => return vec![Effect::RecordHistory(kind, id)],
            Act::Ask(form) => self.push_form(*form, None),
            Act::Look(form) => self.ask_to_look(*form),
            Act::Mentions => self.ask_mentions(),
            Act::Show(kind, id) => self.show_record(kind, id),
            Act::Choose(title, options) => self.layers.push(Layer::Choose(Choose::new(title, options))),
            Act::Do(intent) => return vec![self.submit(intent)],
            Act::Confirm(question, intent) => self.layers.push(Layer::Confirm(question, intent)),
            Act::TakeBack(redo) => {
                let ticket = self.ticket();
                return vec![Effect::TakeBack(ticket, redo)];
            }
            Act::Capture => self.open_capture(),
            Act::Timetable(conference) => {
                self.layers.push(Layer::Timetable(Box::new(TimetableLayer::new(conference))));
            }
            Act::PlanMeetings(conference, planning) => return self.plan_meetings(conference, planning),
            Act::Match(request) => self.open_matches(request),
            Act::Palette => self.open_palette(),
            Act::Help => self.open_help(),
            Act::ChooseFair => {
                self.layers.push(Layer::Picker(crate::tui::layer::picker::Picker::new(&book, Kind::Fair)))
            }
            Act::AllFairs => self.turn_to_all_fairs(),
            Act::Language => self.lang = if self.lang == Lang::Vi { Lang::En } else { Lang::Vi },
            Act::Theme => self.next_theme(),
            Act::Messages => self.open_messages(),
            Act::TryScheme(id) => self.open_trial(id),
            Act::Map(act) => self.floor.act(act, &book),
            Act::Suspend => return vec![Effect::Suspend],
            Act::Quit if !self.drafts.is_empty() && !std::mem::replace(&mut self.is_leaving, true) => {
                let count = self.drafts.len();
                let words = crate::say!(
                    "Còn {count} bản nháp chưa lưu; q lần nữa để bỏ và thoát.",
                    "Unsaved drafts: {count}; q again leaves them behind."
                );
                self.say(Weight::Refused, words);
            }
            Act::Quit => return vec![Effect::Quit],
        }
        Vec::new()
    }

    /// True while the map itself has the keyboard.
    pub(super) fn is_on_map(&self) -> bool {
        self.screen == Screen::Floor && self.layers.is_empty()
    }

    pub(super) fn on_list(&mut self, act: impl FnOnce(&mut List)) {
        match self.list_mut() {
            Some(list) => act(list),
            None => self.say(
                Weight::Refused,
                Words::new("Ở đây không có danh sách bản ghi.", "There is no list of records here."),
            ),
        }
    }

    fn next_list(&mut self, forward: bool) {
        let count = self.screen.lists().len();
        if self.screen == Screen::Reports {
            self.reports.next(forward);
        } else if self.screen == Screen::Floor {
            self.floor.next_part();
        } else if count > 0 {
            let at = self.list_at.entry(self.screen).or_insert(0);
            *at = (*at + if forward { 1 } else { count - 1 }) % count;
        }
    }

    fn go(&mut self, to: Move) {
        let (book, view, columns) = (Arc::clone(&self.book), self.record_view(), self.size.width);
        if let Some(Layer::Record(record)) = self.layers.last_mut() {
            record.go(to, &book, view, columns);
            return;
        }
        if let Some(list) = self.list_mut() {
            list.go(to);
            return;
        }
        match self.screen {
            Screen::Today => self.today.go(to, &book),
            Screen::Floor => self.floor.go(to),
            Screen::Reports => self.reports.go(to),
            Screen::History => self.history.go(to),
            _ => {}
        }
    }

    pub(super) fn submit(&mut self, intent: Box<crate::domain::intent::Intent>) -> Effect {
        let ticket = self.ticket();
        Effect::Submit(ticket, intent, None)
    }

    /// A new ticket for an act, which waits until it is answered.
    pub(super) fn ticket(&mut self) -> Ticket {
        let ticket = self.next_ticket();
        self.waiting.insert(ticket);
        ticket
    }

    /// A new ticket for something that is read.
    pub(super) const fn next_ticket(&mut self) -> Ticket {
        self.tickets += 1;
        self.tickets
    }

    fn import_layer(&self) -> Import {
        match (self.screen, self.list_kind()) {
            (Screen::Floor, _) | (_, Some(Kind::Booth)) => Import::floor(),
            (_, kind) => Import::new(kind),
        }
    }

    fn next_theme(&mut self) {
        let names: Vec<&str> = Theme::names().collect();
        let at = names.iter().position(|name| *name == self.theme_name).map_or(0, |at| (at + 1) % names.len());
        if let Some(name) = names.get(at)
            && let Some(theme) = Theme::named(name)
        {
            self.theme = theme;
            self.theme_name = (*name).to_owned();
            self.say(Weight::Done, Words::same(self.theme_name.clone()));
        }
    }

    /// The name at the head of the screen.
    pub(super) fn office_name(&self) -> Text {
        let named = |office: &Office| {
            if office.short_name.is_empty() { office.name.clone() } else { office.short_name.clone() }
        };
        self.book.office().map(named).unwrap_or_else(|| Text::new("hoicho"))
    }
}

/// The keys of the command table. A key that cannot be read is left out here; a test refuses it.
fn keymap() -> Vec<(Scope, Key, &'static Command)> {
    COMMANDS
        .iter()
        .copied()
        .flat_map(|command| {
            command.keys.iter().filter_map(move |key| Some((command.scope, key.parse::<Key>().ok()?, command)))
        })
        .collect()
}
