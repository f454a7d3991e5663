//! What somebody wants: the only door to a change.

use serde::{Deserialize, Serialize};

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{BasisPoints, Money};
use crate::base::text::Text;
use crate::domain::book::Book;
use crate::domain::conference::from_book::{Away, Planned};
use crate::domain::evidence::EvidenceKind;
use crate::domain::field::Value;
use crate::domain::lead::{Answer, Side};
use crate::domain::payment::PaymentStatus;
use crate::domain::record::Kind;
use crate::domain::recovery::{Instalment, RecoveryCause};
use crate::domain::request::{Request, RequestKind};

/// The name of an intent that looks at personal data in full.
pub const LOOK: &str = "look";

/// The fields that somebody filled in, by key.
pub type Fields = Vec<(String, Value)>;

/// One row of an import: a new record, or the fields of one that exists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The record to change; none makes a new one.
    pub id: Option<Id>,
    /// What the row says.
    pub fields: Fields,
    /// The row's place in its file, for refusals.
    pub line: u32,
}

/// One stage of a public draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant is described, and its fields carry the names of the glossary")]
pub enum DrawAct {
    /// The rules are published, with their hash.
    Publish,
    /// A party commits to a secret, of which only the hash is told.
    Commit { role: Text, commitment: Text },
    /// The list of those who take part is frozen.
    Freeze,
    /// A party shows its secret.
    Reveal { role: Text, secret: Text },
    /// The public chance is read, and it is drawn.
    Run { chance: Text, place: Text, held_on: Option<Date>, present: Text },
    /// Everybody is placed as drawn.
    Place,
}

/// What somebody wants. Identities name records of the kind that the field says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant is described, and its fields carry the names of the glossary")]
pub enum Intent {
    /// A new record.
    Add { kind: Kind, fields: Fields },
    /// Other values in some fields of a record.
    Edit { kind: Kind, id: Id, fields: Fields },
    /// A record taken out, where nothing points to it.
    Remove { kind: Kind, id: Id },
    /// Many rows as one entry and one undo; rows may bring a history in the state the office's papers show.
    Import { kind: Kind, drafts: Vec<Draft>, source: Text },
    /// A plan with all that lies on it, or persons with where they work, as one entry and one undo: drafts of several kinds,
    /// in the order of the kinds.
    Plan { parts: Vec<(Kind, Vec<Draft>)>, source: Text },
    /// Booths or fixtures moved on the plan by so many centimetres.
    Shift { kind: Kind, ids: Vec<Id>, right: i64, down: i64 },
    /// Booths or fixtures turned clockwise, each about its own middle.
    Turn { kind: Kind, ids: Vec<Id>, degrees: i64 },
    /// A booth cut into equal ones, side by side or `stacked` below each other.
    Split { booth: Id, parts: i64, stacked: bool },
    /// Booths that share walls made one; the first gives its code.
    Combine { booths: Vec<Id> },
    /// Booths numbered anew in the order in which they lie, from a first code on.
    Renumber { booths: Vec<Id>, first: Text, step: i64 },
    /// A new fair on the plan and the prices of another.
    CopyFair { fair: Id, code: Text, name: Text, opens_on: Date, closes_on: Date },
    /// A record moved to another state of its life.
    Step { kind: Kind, id: Id, to: Text, reason: Text },
    /// Records of one kind moved to the same state, all or none, as one entry and one undo.
    StepAll { kind: Kind, ids: Vec<Id>, to: Text, reason: Text },
    /// A registration put on booths, each wholly or by a share, at the rent of the day.
    Place { registration: Id, booths: Vec<Id>, share: Option<BasisPoints>, from_on: Option<Date>, to_on: Option<Date> },
    /// Booths held until a day, for a registration or for a name that is not on file.
    Hold { booths: Vec<Id>, registration: Option<Id>, held_for: Text, until: Date },
    /// Booths offered to a registration, or to the next in line, to be answered until a day or the fair's own term.
    Offer { booths: Vec<Id>, registration: Option<Id>, until: Option<Date> },
    /// Offers accepted or declined.
    Answer { placements: Vec<Id>, accepts: bool, reason: Text },
    /// Everything held or offered at a fair whose day is over, taken back, and the next in line offered the booths.
    Lapse { fair: Id },
    /// A whole placing: each registration goes from exactly these booths to those.
    Arrange { fair: Id, places: Vec<Place> },
    /// Placements given up.
    Release { placements: Vec<Id>, reason: Text },
    /// A placement moved to another booth.
    Move { placement: Id, booth: Id, reason: Text },
    /// Two booths exchange all who stand on them.
    Swap { one: Id, other: Id, reason: Text },
    /// A stage of a public draw.
    Draw { draw: Id, act: DrawAct },
    /// Claims opened for registrations, each with its evidence checklist; amounts and papers are said of one.
    Claim { registrations: Vec<Id>, scheme: Option<Id>, fields: Fields },
    /// Claims approved and bound to a budget line by one decision, which has the next number.
    Decide { claims: Vec<Id>, budget: Id, on: Option<Date> },
    /// Payments prepared for claims, each with the next voucher number.
    Pay { claims: Vec<Id>, on: Option<Date> },
    /// A payment that left the house, taken back by its opposite.
    Reverse { payment: Id, reason: Text },
    /// A budget line raised or lowered by a decision.
    Adjust { budget: Id, amount: Money, lower: bool, decision_no: Text, on: Option<Date>, reason: Text },
    /// A lead taken down at the stand, with its partner and person where they are new.
    Capture { meeting: Box<Meeting> },
    /// The rows of a contact report with their lines, as one entry and one undo.
    Captures { meetings: Vec<(u32, Meeting)>, source: Text },
    /// What was done about a lead, and what comes next.
    Touch { lead: Id, means: Text, note: Text, next_step: Text, due_on: Option<Date> },
    /// Records of one partner or one person made one; the others stay on file and point to it.
    Merge { kind: Kind, into: Id, from: Vec<Id> },
    /// Businesses introduced to the buyer of a request, each by a lead of its own.
    Introduce { request: Id, businesses: Vec<Id>, next_step: Text, due_on: Option<Date> },
    /// What one side of an introduction says to it.
    AnswerIntroduction { lead: Id, side: Side, answer: Answer, on: Option<Date>, reason: Text },
    /// The whole timetable of a conference: exactly these meetings are planned; who does not come is kept as absent.
    Timetable { conference: Id, meetings: Vec<Planned>, away: Option<Away> },
    /// The same values in some fields of many records of a kind.
    EditAll { kind: Kind, ids: Vec<Id>, fields: Fields },
    /// Claims accepted on what was proved; empty amounts stand as they were decided, others are said of one.
    Accept { claims: Vec<Id>, cost: Option<Money>, vat: Option<Money>, other_public: Option<Money>, on: Option<Date> },
    /// A supplementary decision, which keeps the one before.
    Supplement {
        claim: Id,
        grant: Option<Money>,
        cost: Option<Money>,
        vat: Option<Money>,
        other_public: Option<Money>,
        on: Option<Date>,
        reason: Text,
    },
    /// Advances prepared for decided claims, a share of each grant.
    Advance { claims: Vec<Id>, share: Option<BasisPoints>, on: Option<Date> },
    /// Vouchers for accepted claims, on one payment list with its own number.
    PayList { claims: Vec<Id>, on: Option<Date>, title: Text },
    /// Somebody answers for a finding of the checks.
    Override { claim: Id, finding: Text, reason: Text },
    /// A scan put to a claim's file.
    Attach { claim: Id, document: EvidenceKind, file: Text, sha256: Text, file_bytes: i64, on: Option<Date> },
    /// Money asked back from a claim that was paid.
    Recover { claim: Id, amount: Money, cause: RecoveryCause, decision_no: Text, due_on: Option<Date> },
    /// Instalments for a recovery.
    Instalments { recovery: Id, instalments: Vec<Instalment> },
    /// Money that came back.
    Repay { recovery: Id, amount: Money, on: Option<Date>, reference: Text },
    /// What is decided and unpaid on a line carried over to the next year's, with its money.
    CarryOver { from: Id, to: Id, decision_no: Text, on: Option<Date> },
    /// What a bank statement says of payments.
    Statement { lines: Vec<BankLine>, source: Text },
    /// A person's passphrase set or changed; of it only the hash comes here.
    Passphrase { person: Id, hash: Text },
    /// Persons restricted (masked, not exported, not called), or free again.
    Restrict { contacts: Vec<Id>, on: bool, reason: Text },
    /// Personal data of records seen in full, with the reason: nothing changes, and the journal knows.
    Look { kind: Kind, ids: Vec<Id>, reason: Text },
    /// What a person asked about their data is done, and what was done is kept.
    CloseRequest { request: Id, outcome: Text },
    /// A record's personal fields erased, here and in the journal; amounts and statistics stay.
    Erase { kind: Kind, id: Id, reason: Text },
}

/// Where one registration stands, and where it is to stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The registration.
    pub registration: Id,
    /// The booths that it had when the placing was looked for.
    pub from: Vec<Id>,
    /// The booths that it is to have; none takes them away.
    pub to: Vec<Id>,
}

/// What a line at the stand, or a row of a contact report, says of one meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Our firm.
    pub business: Id,
    /// The partner on file, when it was picked.
    pub partner: Option<Id>,
    /// The partner's name as written.
    pub partner_name: Text,
    /// The fair.
    pub fair: Option<Id>,
    /// The person.
    pub person: Text,
    /// What the person does there.
    pub role: Text,
    /// The person's phone, in international form.
    pub phone: Text,
    /// The person's e-mail address.
    pub email: Text,
    /// Which products.
    pub interest: Text,
    /// How much and how often.
    pub volume: Text,
    /// What is to be done next.
    pub next_step: Text,
    /// By when.
    pub due_on: Option<Date>,
    /// When they met; none is today.
    pub met_on: Option<Date>,
    /// What was said.
    pub note: Text,
}

/// What a line of a bank statement says of a payment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BankLine {
    /// The payment.
    pub payment: Id,
    /// What became of it: sent, credited or returned.
    pub outcome: PaymentStatus,
    /// The bank's day.
    pub on: Date,
    /// The bank's reference.
    pub reference: Text,
    /// Why it came back.
    pub reason: Text,
}

impl Intent {
    /// A step of one record, or the same of many in one entry.
    #[must_use]
    pub fn stepping(kind: Kind, ids: &[Id], to: Text, reason: Text) -> Self {
        match ids {
            [id] => Self::Step { kind, id: *id, to, reason },
            ids => Self::StepAll { kind, ids: ids.to_vec(), to, reason },
        }
    }

    /// True for acts that somebody signs with a passphrase: approvals, and money on its way out.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        match self {
            Self::Decide { .. } | Self::Supplement { .. } => true,
            Self::Step { kind, to, .. } | Self::StepAll { kind, to, .. } => match kind {
                Kind::Payment | Kind::PaymentList => *to == *"signed",
                Kind::Recovery => *to == *"written_off",
                _ => false,
            },
            _ => false,
        }
    }

    /// The record whose personal data the act takes out of the journal too.
    #[must_use]
    pub fn erases(&self, book: &Book) -> Option<(Kind, Id)> {
        match self {
            Self::Erase { kind, id, .. } => Some((*kind, *id)),
            Self::CloseRequest { request, .. } => {
                let request = book.get::<Request>(*request).filter(|request| request.status.is_open())?;
                request.contact.filter(|_| request.kind == RequestKind::Erasure).map(|id| (Kind::Contact, id))
            }
            _ => None,
        }
    }

    /// The intent's name in the journal.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Add { .. } => "add",
            Self::Edit { .. } => "edit",
            Self::Remove { .. } => "remove",
            Self::Import { .. } => "import",
            Self::Plan { .. } => "plan",
            Self::Shift { .. } => "shift",
            Self::Turn { .. } => "turn",
            Self::Split { .. } => "split",
            Self::Combine { .. } => "combine",
            Self::Renumber { .. } => "renumber",
            Self::CopyFair { .. } => "copy-fair",
            Self::Step { .. } => "step",
            Self::StepAll { .. } => "step-all",
            Self::Place { .. } => "place",
            Self::Hold { .. } => "hold",
            Self::Offer { .. } => "offer",
            Self::Answer { .. } => "answer",
            Self::Lapse { .. } => "lapse",
            Self::Arrange { .. } => "arrange",
            Self::Release { .. } => "release",
            Self::Move { .. } => "move",
            Self::Swap { .. } => "swap",
            Self::Draw { .. } => "draw",
            Self::Claim { .. } => "claim",
            Self::Decide { .. } => "decide",
            Self::Pay { .. } => "pay",
            Self::Reverse { .. } => "reverse",
            Self::Adjust { .. } => "adjust",
            Self::Capture { .. } => "capture",
            Self::Captures { .. } => "captures",
            Self::Touch { .. } => "touch",
            Self::Merge { .. } => "merge",
            Self::Introduce { .. } => "introduce",
            Self::AnswerIntroduction { .. } => "answer-introduction",
            Self::Timetable { .. } => "timetable",
            Self::EditAll { .. } => "edit-all",
            Self::Accept { .. } => "accept",
            Self::Supplement { .. } => "supplement",
            Self::Advance { .. } => "advance",
            Self::PayList { .. } => "pay-list",
            Self::Override { .. } => "override",
            Self::Attach { .. } => "attach",
            Self::Recover { .. } => "recover",
            Self::Instalments { .. } => "instalments",
            Self::Repay { .. } => "repay",
            Self::CarryOver { .. } => "carry-over",
            Self::Statement { .. } => "statement",
            Self::Passphrase { .. } => "passphrase",
            Self::Erase { .. } => "erase",
            Self::CloseRequest { .. } => "close-request",
            Self::Restrict { .. } => "restrict",
            Self::Look { .. } => LOOK,
        }
    }
}
