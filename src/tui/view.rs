//! The frame: office, fair and person on top, the tabs, the screen, one status line, one hint line; layers over it.
//!
//! Drawing reads the app and changes nothing; what it returns is what can be clicked.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use crate::base::dates::show_date;
use crate::base::words::{Lang, Words};
use crate::command::{COMMANDS, Scope, Screen};
use crate::domain::Fair;
use crate::domain::view::list::has_fair;
use crate::domain::view::title::days;
use crate::tui::app::{App, Weight};
use crate::tui::hit::Hits;
use crate::tui::key::Key;
use crate::tui::layer::Layer;
use crate::tui::layer::form::FormHit;
use crate::tui::layer::record::read_only_lines;
use crate::tui::screen::floor::FloorHit;
use crate::tui::screen::list::{List, Seen};
use crate::tui::theme::Role;
use crate::tui::widget::hint_bar::{self, Hint};
use crate::tui::widget::ink::{self, Align};
use crate::tui::widget::table::Place;
use crate::tui::widget::{paragraph, popup, tabs};

/// The smallest window in which everything can be done.
const COLUMNS_MIN: u16 = 60;
const ROWS_MIN: u16 = 20;
/// From this width on the record under the cursor stands beside its list.
const BESIDE_COLUMNS: u16 = 110;

/// What can be clicked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A screen's tab.
    Tab(Screen),
    /// A list of the screen.
    List(usize),
    /// The fair on top.
    Fair,
    /// A hint, by its command.
    Hint(&'static str),
    /// A line of Today, Reports or History.
    Line(usize),
    /// A line or heading of a list.
    Table(Place),
    /// A booth on the map, or one who waits for a booth.
    Floor(FloorHit),
    /// A line or offer of a form.
    Form(FormHit),
    /// A line of a choice, the palette or a search.
    Option(usize),
}

/// The parts of the window.
#[derive(Clone, Copy, Debug)]
pub struct Areas {
    /// Office, fair, person, day.
    pub header: Rect,
    /// The screens.
    pub tabs: Rect,
    /// The lists of the screen.
    pub lists: Rect,
    /// The screen.
    pub body: Rect,
    /// The newest message, or the count.
    pub status: Rect,
    /// What can be done here.
    pub hints: Rect,
}

/// Cuts the window into its parts.
#[must_use]
pub fn areas(size: Size) -> Areas {
    let row = |y: u16, height: u16| Rect {
        x: 0,
        y: y.min(size.height),
        width: size.width,
        height: height.min(size.height.saturating_sub(y)),
    };
    let body_rows = size.height.saturating_sub(5);
    Areas {
        header: row(0, 1),
        tabs: row(1, 1),
        lists: row(2, 1),
        body: row(3, body_rows),
        status: row(3 + body_rows, 1),
        hints: row(4 + body_rows, 1),
    }
}

/// The part of the screen that its list takes; the rest shows the record under the cursor. A board takes all of it.
#[must_use]
pub fn list_area(areas: &Areas, list: &List) -> Rect {
    let body = areas.body;
    if body.width < BESIDE_COLUMNS || list.is_board() {
        return body;
    }
    Rect { width: body.width - detail_columns(body.width), ..body }
}

const fn detail_columns(width: u16) -> u16 {
    let third = width / 3;
    if third < 44 { 44 } else { third }
}

/// The list over the screen that shows the records behind a figure.
#[must_use]
pub fn records_area(size: Size) -> Rect {
    let (x, y) = (2, 2);
    let whole = Rect { x, y, width: size.width.saturating_sub(2 * x), height: size.height.saturating_sub(2 * y) };
    Rect {
        x: whole.x + 1,
        y: whole.y + 1,
        width: whole.width.saturating_sub(2),
        height: whole.height.saturating_sub(2),
    }
}

/// Draws the whole window; gives back what can be clicked and where the terminal's cursor belongs.
#[must_use]
pub fn draw(app: &App, buffer: &mut Buffer) -> (Hits<Target>, Option<Position>) {
    let whole = buffer.area;
    ink::wipe(buffer, whole, app.theme.base());
    if whole.width < COLUMNS_MIN || whole.height < ROWS_MIN {
        draw_too_small(app, whole, buffer);
        return (Hits::new(), None);
    }
    let areas = areas(Size::new(whole.width, whole.height));
    let mut hits = Hits::new();
    draw_header(app, areas.header, buffer, &mut hits);
    draw_tabs(app, &areas, buffer, &mut hits);
    let mut cursor = draw_screen(app, &areas, buffer, &mut hits);
    draw_status(app, areas.status, buffer);
    draw_hints(app, areas.hints, buffer, &mut hits);
    for (place, layer) in app.layers.iter().enumerate() {
        hits.clear_below();
        let on_top = place + 1 == app.layers.len();
        let found = draw_layer(app, layer, whole, buffer, &mut hits);
        cursor = if on_top { found } else { None };
    }
    (hits, cursor)
}

fn draw_too_small(app: &App, whole: Rect, buffer: &mut Buffer) {
    let words = crate::say!(
        "Cửa sổ nhỏ quá ({}×{}). Cần ít nhất {COLUMNS_MIN}×{ROWS_MIN}; 80×24 là vừa.",
        "The window is too small ({}×{}). It takes {COLUMNS_MIN}×{ROWS_MIN} at least; 80×24 is fine.";
        Words::same(whole.width.to_string()), Words::same(whole.height.to_string())
    );
    paragraph::draw(&[(Role::Text, words.in_lang(app.lang))], 0, whole, buffer, &app.theme);
}

fn draw_header(app: &App, row: Rect, buffer: &mut Buffer, hits: &mut Hits<Target>) {
    let theme = &app.theme;
    let office = ink::put(buffer, row, &format!(" {}", app.office_name()), Align::Left, theme.style(Role::Title));
    let right = format!("{} · {} ", app.who, show_date(app.day()));
    let right_place = ink::put(buffer, row, &right, Align::Right, theme.style(Role::Muted));
    let fair = match app.fair_here().and_then(|id| app.book.get::<Fair>(id)) {
        Some(fair) => {
            let name = if fair.name.is_empty() { &fair.code } else { &fair.name };
            format!("{} · {} · {name}", fair.code, days(fair))
        }
        None => Words::new("mọi hội chợ (f chọn một)", "all fairs (f chooses one)").in_lang(app.lang).to_owned(),
    };
    let x = office.right() + 3;
    let room = Rect { x, width: right_place.x.saturating_sub(x + 2), ..row };
    let place = ink::put(buffer, room, &ink::fit(&fair, room.width), Align::Left, theme.style(Role::Accent));
    hits.push(place, Target::Fair);
}

fn draw_tabs(app: &App, areas: &Areas, buffer: &mut Buffer, hits: &mut Hits<Target>) {
    let titles: Vec<String> = Screen::ALL
        .iter()
        .enumerate()
        .map(|(at, screen)| format!("{} {}", at + 1, screen.words().in_lang(app.lang)))
        .collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let chosen = Screen::ALL.iter().position(|screen| *screen == app.screen).unwrap_or(0);
    let drawn = tabs::draw(&titles, chosen, areas.tabs, buffer, &app.theme);
    hits.append(drawn, |at| Target::Tab(Screen::ALL.get(at).copied().unwrap_or(Screen::Today)));
    let lists = app.screen.lists();
    if !lists.is_empty() {
        let names: Vec<String> = lists
            .iter()
            .map(|kind| {
                // A list that was not looked at since another fair was chosen counts that other fair.
                let list = app.lists.get(kind).filter(|list| list.follows(app.fair));
                let count = list.map(|list| format!(" {}", list.shown().len())).unwrap_or_default();
                format!("{}{count}", kind.words().in_lang(app.lang))
            })
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let at = app.list_at.get(&app.screen).copied().unwrap_or(0);
        let drawn = tabs::draw(&names, at, areas.lists, buffer, &app.theme);
        hits.append(drawn, Target::List);
    }
}

fn draw_screen(app: &App, areas: &Areas, buffer: &mut Buffer, hits: &mut Hits<Target>) -> Option<Position> {
    let (theme, lang, book) = (&app.theme, app.lang, app.book.as_ref());
    let mut cursor = None;
    if let Some(field) = &app.line_filter {
        ink::put(buffer, areas.lists, " /", Align::Left, theme.style(Role::Key));
        let room = Rect { x: areas.lists.x + 3, width: areas.lists.width.saturating_sub(4), ..areas.lists };
        cursor = field.draw(room, buffer, theme, true, false);
    }
    match app.screen {
        Screen::Today => {
            if app.line_filter.is_none() {
                let counts = app.today.counted();
                ink::put(
                    buffer,
                    areas.lists,
                    &format!(" {}", counts.in_lang(lang)),
                    Align::Left,
                    theme.style(Role::Muted),
                );
            }
            let lines = app.today.draw(areas.body, buffer, theme, lang, book);
            hits.append(lines, Target::Line);
        }
        Screen::History => {
            let lines = app.history.draw(areas.body, buffer, theme, lang);
            hits.append(lines, Target::Line);
        }
        Screen::Reports => {
            let how = match app.reports.year() {
                Some(year) => crate::say!(" ←→ {year} · o chọn ", " ←→ {year} · o list "),
                None => Words::new(" o chọn ", " o list "),
            };
            let shown = ink::put(buffer, areas.lists, how.in_lang(lang), Align::Right, theme.style(Role::Muted));
            let room = Rect { width: shown.x.saturating_sub(areas.lists.x), ..areas.lists };
            let tabs = tabs::draw(&app.reports.titles(lang), app.reports.chosen(), room, buffer, theme);
            hits.append(tabs, Target::List);
            let lines = app.reports.draw(areas.body, buffer, theme, lang);
            hits.append(lines, Target::Line);
        }
        Screen::Floor => {
            let booths = app.floor.draw(areas, buffer, theme, lang, book);
            hits.append(booths, Target::Floor);
        }
        Screen::Fairs | Screen::Businesses | Screen::Subsidies | Screen::Leads | Screen::Conferences => {
            if let Some(list) = app.list_kind().and_then(|kind| app.lists.get(&kind)) {
                let focused = app.layers.is_empty();
                let place = list_area(areas, list);
                cursor = draw_list(app, list, place, focused, buffer, hits);
                draw_beside(app, list, areas, place, buffer);
            }
        }
    }
    cursor
}

fn draw_list(
    app: &App,
    list: &List,
    place: Rect,
    focused: bool,
    buffer: &mut Buffer,
    hits: &mut Hits<Target>,
) -> Option<Position> {
    let noun = list.kind.words();
    let below_fair = app.fair.is_some() && has_fair(list.kind) && app.book.count(list.kind) > 0;
    let empty = if below_fair {
        crate::say!("Hội chợ này chưa có {} nào. F: mọi hội chợ.", "This fair has no {} yet. F shows all fairs."; noun)
    } else {
        crate::say!("Chưa có {} nào. n để thêm, i để nhập tệp.", "No {} yet. n adds one, i imports a file."; noun)
    };
    let seen = Seen { book: &app.book, lang: app.lang, today: app.day(), focused, empty: empty.in_lang(app.lang) };
    let (lines, cursor) = list.draw(place, buffer, &app.theme, &seen);
    hits.append(lines, Target::Table);
    cursor
}

/// The record under the cursor, beside its list where the window is wide.
fn draw_beside(app: &App, list: &List, areas: &Areas, place: Rect, buffer: &mut Buffer) {
    let x = place.right();
    let room = Rect { x, width: areas.body.right().saturating_sub(x), ..areas.body };
    if room.width < 20 {
        return;
    }
    popup::frame(room, buffer, &app.theme, false);
    let inside = Rect {
        x: room.x + 1,
        y: room.y + 1,
        width: room.width.saturating_sub(2),
        height: room.height.saturating_sub(2),
    };
    if let Some(id) = list.under_cursor() {
        let lines = read_only_lines(&app.book, list.kind, id, app.record_view(), inside.width);
        let lines: Vec<paragraph::Paragraph<'_>> = lines.iter().map(|(role, line)| (*role, line.as_str())).collect();
        paragraph::draw(&lines, 0, inside, buffer, &app.theme);
    }
}

fn draw_status(app: &App, row: Rect, buffer: &mut Buffer) {
    let theme = &app.theme;
    let right = match app.list() {
        Some(list) => list.summary(&app.book, app.day()),
        None if app.screen == Screen::Floor => Words::same(app.floor.summary(&app.book, app.lang)),
        None => Words::default(),
    };
    let mut marks = Vec::new();
    if !app.waiting.is_empty() {
        marks.push(Words::new("đang ghi…", "saving…").in_lang(app.lang).to_owned());
    }
    if app.read_only.is_some() {
        marks.push(Words::new("CHỈ ĐỌC", "READ-ONLY").in_lang(app.lang).to_owned());
    }
    let right = marks
        .into_iter()
        .chain((!right.is_empty()).then(|| right.in_lang(app.lang).to_owned()))
        .collect::<Vec<_>>()
        .join(" · ");
    let place = ink::put(buffer, row, &format!("{right} "), Align::Right, theme.style(Role::Muted));
    let progress = app.progress.as_ref().map(|words| (Weight::Done, words.clone()));
    if let Some((weight, words)) = app.status.as_ref().or(progress.as_ref()) {
        let (sign, role) = match weight {
            Weight::Done => ("", Role::Good),
            Weight::Refused => ("! ", Role::Warn),
            Weight::Trouble => ("!! ", Role::Bad),
        };
        let room = Rect { width: place.x.saturating_sub(row.x + 1), ..row };
        let text = format!(" {sign}{}", words.in_lang(app.lang));
        ink::put(buffer, room, &ink::fit(&text, room.width), Align::Left, theme.style(role));
    }
}

/// The hints that are true here and now: of the innermost scopes first, what cannot be done left out.
fn draw_hints(app: &App, row: Rect, buffer: &mut Buffer, hits: &mut Hits<Target>) {
    if !app.layers.is_empty() && !matches!(app.layers.last(), Some(Layer::Records(..))) {
        return;
    }
    let shown = hinted(app);
    let hints: Vec<Hint<'_>> = shown
        .iter()
        .map(|command| {
            let key = command.keys.first().and_then(|key| key.parse::<Key>().ok()).map(Key::show).unwrap_or_default();
            Hint::new(key, command.title.in_lang(app.lang).to_owned())
        })
        .collect();
    let drawn = hint_bar::draw(&hints, row, buffer, &app.theme);
    hits.append(drawn, |at| Target::Hint(shown.get(at).map_or("help", |command| command.id)));
}

fn hinted(app: &App) -> Vec<&'static crate::command::Command> {
    const LISTS: [&str; 6] = ["filter", "record-step", "record-edit", "record-add", "mark", "open"];
    const LINES: [&str; 2] = ["open", "filter"];
    const FLOOR: [&str; 7] = ["open", "filter", "zoom-in", "colouring", "plan-draw", "plan-faults", "map-panel"];
    const FAULTS: [&str; 5] = ["fault-next", "fault-previous", "open", "plan-draw", "back"];
    const DRAWING: [&str; 9] = [
        "draw-new",
        "draw-move",
        "draw-size",
        "draw-turn",
        "booth-split",
        "booth-combine",
        "booth-renumber",
        "record-remove",
        "plan-faults",
    ];
    let scopes = app.scopes();
    let able = |command: &&crate::command::Command| app.here(|here| (command.run)(here)).is_ok();
    let own = COMMANDS
        .iter()
        .filter(|command| !command.keys.is_empty())
        .copied()
        .filter(|command| matches!(command.scope, Scope::On(_)) && scopes.contains(&command.scope));
    let usual: &[&str] = match scopes.first() {
        Some(Scope::Faults) => &FAULTS,
        Some(Scope::Drawing) => &DRAWING,
        Some(Scope::Floor) => &FLOOR,
        _ if scopes.contains(&Scope::List) => &LISTS,
        _ => &LINES,
    };
    // While the plan is drawn or gone through, only what belongs to that is told.
    let is_apart = matches!(scopes.first(), Some(Scope::Faults | Scope::Drawing));
    let mut shown: Vec<&'static crate::command::Command> =
        own.filter(|command| !is_apart && !DRAWING.contains(&command.id)).filter(able).collect();
    shown.extend(usual.iter().filter_map(|id| crate::command::find(id)).filter(able));
    shown.extend(["fair-choose", "palette", "undo", "help"].iter().filter_map(|id| crate::command::find(id)));
    shown
}

fn draw_layer(app: &App, layer: &Layer, whole: Rect, buffer: &mut Buffer, hits: &mut Hits<Target>) -> Option<Position> {
    let (theme, lang) = (&app.theme, app.lang);
    // A layer leaves the status line free, so that what went wrong can be read.
    let place = Rect { height: whole.height.saturating_sub(2), ..whole };
    match layer {
        Layer::Form(form) => {
            let (lines, cursor) = form.draw(place, buffer, theme, lang);
            hits.append(lines, Target::Form);
            cursor
        }
        Layer::Choose(choose) => {
            hits.append(choose.draw(place, buffer, theme, lang), Target::Option);
            None
        }
        Layer::Columns(choose) => {
            hits.append(choose.draw(place, buffer, theme, lang), Target::Option);
            None
        }
        Layer::Confirm(question, _) => {
            draw_confirm(question, place, buffer, app, lang);
            None
        }
        Layer::Palette(palette) => {
            let (lines, cursor) = app.here(|here| palette.draw(place, buffer, theme, lang, here));
            hits.append(lines, Target::Option);
            cursor
        }
        Layer::Picker(picker) => {
            let (lines, cursor) = picker.draw(place, buffer, theme, lang, &app.book);
            hits.append(lines, Target::Option);
            cursor
        }
        Layer::Prompt(prompt) => prompt.draw(place, buffer, theme, lang),
        Layer::Capture(capture) => capture.draw(place, buffer, theme, lang, &app.book),
        Layer::Import(import) => import.draw(place, buffer, theme, lang),
        Layer::Match(found) => {
            hits.append(found.draw(place, buffer, theme, lang, &app.book), Target::Option);
            None
        }
        Layer::File(file) => file.draw(place, buffer, theme, lang),
        Layer::Code(code) => {
            code.draw(whole, buffer, theme, lang);
            None
        }
        Layer::Timetable(grid) => {
            hits.append(grid.draw(place, buffer, theme, lang, &app.book), Target::Option);
            None
        }
        Layer::Meetings(proposal) => {
            proposal.draw(place, buffer, theme, lang);
            None
        }
        Layer::Proposal(proposal) => {
            proposal.draw(place, buffer, theme, lang);
            None
        }
        Layer::Text(text) => {
            text.draw(place, buffer, theme, lang);
            None
        }
        Layer::Record(record) => {
            hits.append(record.draw(place, buffer, theme, &app.book, app.record_view()), Target::Option);
            None
        }
        Layer::Records(words, list) => {
            let inside = records_area(Size::new(whole.width, whole.height));
            let frame = Rect { x: inside.x - 1, y: inside.y - 1, width: inside.width + 2, height: inside.height + 2 };
            ink::wipe(buffer, frame, theme.base());
            popup::frame(frame, buffer, theme, true);
            let head = Rect { x: frame.x + 1, width: frame.width.saturating_sub(2), height: 1, ..frame };
            ink::put(buffer, head, &format!(" {} ", words.in_lang(lang)), Align::Left, theme.style(Role::Title));
            draw_list(app, list, inside, true, buffer, hits)
        }
    }
}

fn draw_confirm(question: &Words, place: Rect, buffer: &mut Buffer, app: &App, lang: Lang) {
    let words = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let hints = [Hint::new("y", words("có", "yes")), Hint::new("Esc", words("không", "no"))];
    let columns = ink::cells(ink::width(question.in_lang(lang)) + 2).clamp(30, place.width.saturating_sub(8));
    let popup = popup::Popup { title: &words("Chắc chứ?", "Sure?"), hints: &hints, columns, rows: 3 };
    let (inside, _) = popup.draw(place, buffer, &app.theme);
    paragraph::draw(&[(Role::Warn, question.in_lang(lang))], 0, inside, buffer, &app.theme);
}
