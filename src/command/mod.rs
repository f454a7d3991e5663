//! Everything a person can do, as one table: the second of the two tables that carry the program.
//!
//! Keymap, hints, help, palette, shell and the pages under `docs/` read [`table::COMMANDS`]. A command's `run` answers
//! "may I, and if not why not" and "what happens" in one place, so that a hint and an act cannot disagree.

mod about;
mod acts;
pub mod form;
pub mod reference;
pub mod table;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::conference::from_book::Planning;
use crate::domain::field::{Choice, Field};
use crate::domain::fixture::FixtureKind;
use crate::domain::intent::Intent;
use crate::domain::record::Kind;
use form::Form;

pub use acts::floor::swap_with;
pub use acts::leads::introduce;
pub use acts::persons::look_form;
pub use table::COMMANDS;

/// A screen, in the order of its number key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Screen {
    /// What is due.
    Today,
    /// Fairs and registrations.
    Fairs,
    /// The map of the fair.
    Floor,
    /// Businesses, products, certificates.
    Businesses,
    /// Claims, evidence, payments, budget lines, schemes.
    Subsidies,
    /// Leads, partners, the data of persons.
    Leads,
    /// Figures.
    Reports,
    /// The journal.
    History,
    /// Trade-connection conferences: wishes, attendance, meetings.
    Conferences,
}

impl Screen {
    /// Every screen, in the order of its number key.
    pub const ALL: [Self; 9] = [
        Self::Today,
        Self::Fairs,
        Self::Floor,
        Self::Businesses,
        Self::Subsidies,
        Self::Leads,
        Self::Reports,
        Self::History,
        Self::Conferences,
    ];

    /// The name on the tab.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Today => Words::new("Hôm nay", "Today"),
            Self::Fairs => Words::new("Hội chợ", "Fairs"),
            Self::Floor => Words::new("Sơ đồ", "Floor"),
            Self::Businesses => Words::new("Đơn vị", "Businesses"),
            Self::Subsidies => Words::new("Hỗ trợ", "Subsidies"),
            Self::Leads => Words::new("Đầu mối", "Leads"),
            Self::Reports => Words::new("Báo cáo", "Reports"),
            Self::History => Words::new("Lịch sử", "History"),
            Self::Conferences => Words::new("Kết nối", "Meetings"),
        }
    }

    /// The lists of the screen, the first shown first.
    #[must_use]
    pub const fn lists(self) -> &'static [Kind] {
        match self {
            Self::Fairs => &[
                Kind::Fair,
                Kind::Registration,
                Kind::FairReport,
                Kind::Sale,
                Kind::Placement,
                Kind::Draw,
                Kind::Hall,
                Kind::Booth,
                Kind::Fixture,
                Kind::Pairing,
            ],
            Self::Businesses => &[Kind::Business, Kind::Product, Kind::Certificate],
            Self::Subsidies => &[
                Kind::Claim,
                Kind::Expense,
                Kind::Evidence,
                Kind::Payment,
                Kind::PaymentList,
                Kind::Recovery,
                Kind::BudgetLine,
                Kind::Scheme,
                Kind::Person,
            ],
            Self::Leads => &[
                Kind::Lead,
                Kind::Touch,
                Kind::Partner,
                Kind::Contact,
                Kind::Consent,
                Kind::Request,
                Kind::ConsentText,
                Kind::Target,
            ],
            Self::Conferences => &[Kind::Conference, Kind::Wish, Kind::Attendance, Kind::Meeting],
            Self::Today | Self::Floor | Self::Reports | Self::History => &[],
        }
    }

    /// The screen that lists a kind.
    #[must_use]
    pub fn of(kind: Kind) -> Self {
        Self::ALL.into_iter().find(|screen| screen.lists().contains(&kind)).unwrap_or(Self::Today)
    }
}

/// Where a command's keys count. Inner scopes are asked first; no key means two things in scopes that meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Everywhere outside a layer and a text field.
    Global,
    /// On every list of lines, Today, Reports and History included.
    Lines,
    /// On a list of records.
    List,
    /// On the map.
    Floor,
    /// On the reports.
    Figures,
    /// On the list of the plan's faults beside the map.
    Faults,
    /// On the map while the plan is drawn.
    Drawing,
    /// On a list of one kind.
    On(Kind),
}

impl Scope {
    /// The scope in words, as help heads it.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Global => Words::new("mọi nơi", "everywhere"),
            Self::Lines => Words::new("mọi danh sách", "every list"),
            Self::List => Words::new("danh sách bản ghi", "lists of records"),
            Self::Floor => Words::new("sơ đồ", "the map"),
            Self::Figures => Words::new("báo cáo", "reports"),
            Self::Faults => Words::new("lỗi mặt bằng", "faults of the plan"),
            Self::Drawing => Words::new("vẽ mặt bằng", "drawing the plan"),
            Self::On(kind) => kind.words(),
        }
    }

    /// True when both scopes can be asked for the same key.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        match (self, other) {
            (Self::On(one), Self::On(two)) => one == two,
            (Self::Floor | Self::Drawing, Self::On(kind)) | (Self::On(kind), Self::Floor | Self::Drawing) => {
                matches!(kind, Kind::Booth | Kind::Fixture)
            }
            (Self::Faults, Self::On(_) | Self::List | Self::Drawing)
            | (Self::On(_) | Self::List | Self::Drawing, Self::Faults) => false,
            (Self::Figures, other) | (other, Self::Figures) => {
                matches!(other, Self::Figures | Self::Lines | Self::Global)
            }
            _ => true,
        }
    }
}

/// What somebody stands before: plain data, so that any command can be tried without a screen.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    /// The newest book.
    pub book: &'a Book,
    /// Today.
    pub today: Date,
    /// Who acts.
    pub who: &'a Text,
    /// The fair that all screens follow.
    pub fair: Option<Id>,
    /// The screen.
    pub screen: Screen,
    /// The kind of record in focus.
    pub kind: Option<Kind>,
    /// The marked records, else the one under the cursor.
    pub chosen: &'a [Id],
    /// Why nothing can be stored, when it cannot.
    pub read_only: Option<&'a Words>,
}

impl Here<'_> {
    /// The one chosen record of this kind: nothing is done to the first of many that are marked.
    ///
    /// # Errors
    /// The words for "choose one first", or that more are marked.
    pub fn one(&self, kind: Kind) -> Result<Id, Words> {
        match self.chosen(kind)? {
            [one] => Ok(*one),
            many => Err(only_one(kind, many.len())),
        }
    }

    /// The first of the chosen records of this kind, whose values stand for all of them.
    ///
    /// # Errors
    /// The words for "choose one first".
    pub fn first(&self, kind: Kind) -> Result<Id, Words> {
        self.chosen(kind)?.first().copied().ok_or_else(|| none_chosen(kind))
    }

    /// The chosen records, all of this kind and at least one.
    ///
    /// # Errors
    /// The words for "choose one first".
    pub fn chosen(&self, kind: Kind) -> Result<&[Id], Words> {
        if self.kind == Some(kind) && !self.chosen.is_empty() { Ok(self.chosen) } else { Err(none_chosen(kind)) }
    }
}

fn none_chosen(kind: Kind) -> Words {
    let noun = kind.words();
    crate::say!("Chưa chọn {} nào.", "No {} is chosen."; noun)
}

fn only_one(kind: Kind, marked: usize) -> Words {
    let noun = kind.words();
    crate::say!(
        "Đang đánh dấu {marked} {}; lệnh này làm từng bản ghi một (Esc bỏ đánh dấu).",
        "{marked} {} records are marked; this is done one by one (Esc clears the marks).";
        noun
    )
}

/// A move within a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each says itself")]
pub enum Move {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    First,
    Last,
}

/// How the map is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapAct {
    /// Larger.
    Nearer,
    /// Smaller.
    Farther,
    /// All of it.
    Whole,
    /// With or without the panel beside it.
    Panel,
    /// By what it is coloured.
    Colouring,
    /// The list of what is wrong with the plan.
    Faults,
    /// The next of them, or the one before.
    Fault(bool),
    /// The plan is drawn, or no longer.
    Draw,
    /// What is drawn next.
    Pen(Pen),
    /// A larger step, or a smaller one.
    Grid(bool),
    /// The next day of the fair, or the one before.
    Day(bool),
}

/// How the plan is drawn at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pen {
    /// A new booth.
    New,
    /// A new thing of this kind that is no booth.
    Thing(FixtureKind),
    /// The chosen booths or things elsewhere.
    Move,
    /// The chosen booth or thing larger or smaller.
    Size,
    /// The chosen booths or things turned.
    Turn,
}

/// What is looked for in a fair's placing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seek {
    /// The best booths for all who have none.
    Rest,
    /// A place for as many as possible while as few as possible move.
    FewMoves,
    /// Swaps that make what stands better.
    Swaps,
    /// What would be if this registration had these booths, with as few moves as it takes.
    Pin(Id, Vec<Id>),
}

/// What a file is looked into for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileUse {
    /// A bank statement, set against the payments.
    Statement,
    /// The scan of this paper.
    Scan(Id),
    /// The scans of these papers, set against what was handed in.
    Scans(Vec<Id>),
}

impl FileUse {
    /// What is asked.
    #[must_use]
    pub const fn title(&self) -> Words {
        match self {
            Self::Statement => Words::new("Đối chiếu sao kê", "Match a bank statement"),
            Self::Scan(_) => Words::new("Gắn tệp quét", "Attach a scan"),
            Self::Scans(_) => Words::new("So tệp quét với lúc nộp", "Scans against what was handed in"),
        }
    }

    /// What will come of it.
    #[must_use]
    pub const fn about(&self) -> Words {
        match self {
            Self::Statement => Words::new(
                "Sao kê CSV hoặc Excel của ngân hàng. Chưa ghi gì cho đến khi bạn xem trước.",
                "The bank's statement, CSV or workbook. Nothing is stored before you have seen what fits.",
            ),
            Self::Scans(_) => Words::new(
                "Tệp nào đã đổi hay mất từ khi nộp.",
                "Which files changed or went since they were handed in.",
            ),
            Self::Scan(_) => Words::new(
                "Tên, cỡ và mã SHA-256 của tệp được giữ; tệp vẫn nằm ở chỗ của nó.",
                "Name, size and SHA-256 of the file are kept; the file stays where it lies.",
            ),
        }
    }
}

/// What happens when a command runs.
#[derive(Clone, Debug)]
pub enum Act {
    /// Another screen.
    Go(Screen),
    /// The next or the previous list of the screen.
    NextList(bool),
    /// A move of the cursor.
    Move(Move),
    /// The record under the cursor with all it holds, or the line's record.
    Open,
    /// Back to where one was.
    Back,
    /// The filter line.
    Filter,
    /// The next column to sort by, or with `true` the other direction.
    Sort(bool),
    /// Mark or unmark the line.
    Mark,
    /// Mark from here to where the next mark is set.
    MarkRange,
    /// Mark all lines shown, or none.
    MarkAll,
    /// Leads as a board by stages, or as a list again.
    Board,
    /// Choose the columns.
    Columns,
    /// The chosen lines as text to the clipboard.
    Copy,
    /// What is on the screen into a file.
    Export,
    /// The report at a place of the table of reports.
    Report(usize),
    /// A file looked into, and what was found in it stored.
    File(FileUse),
    /// A payment as a code to scan.
    Code(Id),
    /// The forms that can be printed about these records.
    Print(Kind, Vec<Id>),
    /// The minutes of a draw, into a file.
    Minutes(Id),
    /// One form about these records, into a file.
    PrintForm(&'static str, Kind, Vec<Id>),
    /// A form that asks why personal data is looked at, and then the data in full.
    Look(Box<Form>),
    /// A name, number or address looked for in every record.
    Mentions,
    /// One record in full.
    Show(Kind, Id),
    /// A file into the book.
    Import,
    /// A lead in one line.
    Capture,
    /// Something of the placing of a fair, looked for beside all else; asked for again it ends with the best so far.
    Arrange(Id, Seek),
    /// The firm picked up, or the one on the marked booth, tried on the booth under the cursor.
    TryHere,
    /// The registrations of a fair by their priority points, each with its reasons.
    Points(Id),
    /// Why a registration stands where it stands; on the map that of the booth, or of the firm picked up.
    Reasons(Option<Id>),
    /// The businesses that fit the request of this lead.
    Match(Id),
    /// The timetable of a conference.
    Timetable(Id),
    /// A timetable looked for, to be accepted or left.
    PlanMeetings(Id, Planning),
    /// The history of the record.
    History(Kind, Id),
    /// A scheme tried on the claims of a past year.
    TryScheme(Id),
    /// A form to fill in.
    Ask(Box<Form>),
    /// A choice among a few steps, each with its own act.
    Choose(Words, Vec<(Words, Act)>),
    /// An act to be stored.
    Do(Box<Intent>),
    /// An act to be stored once another key has confirmed it.
    Confirm(Words, Box<Intent>),
    /// Take back the newest act of this person, or do it again.
    TakeBack(bool),
    /// The command palette.
    Palette,
    /// All keys of this place.
    Help,
    /// The choice of the fair that all screens follow.
    ChooseFair,
    /// All fairs, or again the one before.
    AllFairs,
    /// The other language.
    Language,
    /// The next theme.
    Theme,
    /// The last messages.
    Messages,
    /// Something that only changes how the map is looked at.
    Map(MapAct),
    /// Stop for a while (Ctrl+Z).
    Suspend,
    /// The end.
    Quit,
}

/// How the shell reaches a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// Only at the screen: it shows or moves, and stores nothing.
    No,
    /// By every noun's own verbs (`list`, `add`, `edit`, `step` …).
    Nouns,
    /// `hoicho VERB` or, with a noun, `hoicho NOUN VERB RECORD…`.
    Verb(Option<Kind>, &'static str),
}

/// One row of the table.
pub struct Command {
    /// The stable id, `noun-verb`.
    pub id: &'static str,
    /// A short name in the person's language.
    pub title: Words,
    /// One sentence about it.
    pub doc: Words,
    /// Where its keys count.
    pub scope: Scope,
    /// Its keys; the first is shown in hints.
    pub keys: &'static [&'static str],
    /// How the shell reaches it.
    pub shell: Shell,
    /// What it asks for beside the chosen records.
    pub asks: &'static [Field],
    /// May I, and what happens.
    pub run: fn(&Here<'_>) -> Result<Act, Words>,
}

impl std::fmt::Debug for Command {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(self.id)
    }
}

/// The command with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Command> {
    COMMANDS.iter().copied().find(|command| command.id == id)
}

/// The steps that are open to a record, as choices.
#[must_use]
pub fn open_steps(book: &Book, kind: Kind, id: Id) -> Vec<(&'static Choice, bool)> {
    let state = crate::domain::steps::state_field(kind)
        .and_then(|key| book.noun(kind, id).map(|noun| noun.value(key).as_text().to_owned()))
        .unwrap_or_default();
    crate::domain::steps::open_steps(kind, &state)
}
