//! Any subsidy rule as data: what a scheme file says (the parameters P1–P33 of the design's scheme engine), and one plain
//! case computed against it.
//!
//! A file is TOML that a person copies and edits. What it says is closed: an unknown key, a wrong amount or a wrong word is
//! refused with its line. A scheme of the book is written the same way, or by its plain fields (`super::plain_fields`): there
//! is one engine.

mod case;
mod compute;
mod conditions;
mod items;
mod ratio;
mod reading;
pub mod shipped;
mod window;
mod written;

use serde::{Deserialize, Serialize};

use crate::base::money::{Allocation, BasisPoints, Currency, Money, MoneyFault, RoundingMode};

pub use case::OtherScheme;
pub use case::{Applicant, Cost, Event, Expected, Past, PastStatus, PlainCase, read_case};
pub use compute::{Hit, Outcome, Settlement, compute};
pub use conditions::Failed;
pub use items::{ItemResult, item_title};
pub(in crate::domain) use window::usage;
pub use window::{Usage, same_scheme};
pub use written::{Day, Percent, Written};

/// The rules of one scheme version.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// The code that history and exclusions name it by.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Its title in English.
    pub title_en: String,
    /// The text it rests on.
    pub legal_ref: String,
    /// Anything a reader should know: the source, what is not known.
    pub note: String,
    /// ISO 4217; empty is VND.
    pub currency: String,
    /// First day, `dd/mm/yyyy` or ISO; empty is open. In a book the record's own days rule.
    pub valid_from: Day,
    /// Last day.
    pub valid_to: Day,
    /// Which day decides the version.
    pub validity_basis: Basis,
    /// Province or old-province codes; none is everywhere.
    pub territory: Vec<String>,
    /// Kinds of applicant; none is all.
    pub applicants: Vec<String>,
    /// Where the event may lie; none is anywhere.
    pub scopes: Vec<String>,
    /// What the event must be.
    pub event: EventRule,
    /// Further tests of the applicant.
    pub eligibility: Vec<Test>,
    /// The costs that count, in order.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
    /// What limits one grant.
    pub caps: Caps,
    /// What limits all grants in a window.
    pub cap_per: Vec<CapPer>,
    /// How often, in a window.
    pub times: Vec<Times>,
    /// How the n-th participation is counted.
    pub participation: Counter,
    /// What counts as used.
    pub used: Used,
    /// Whether a no-show keeps its place.
    pub no_show_counts: Option<bool>,
    /// Whether connected firms share the limits.
    pub group: Group,
    /// Schemes that may not pay for the same; `*` is any.
    pub exclusive_with: Vec<String>,
    /// What happens when another scheme pays too.
    pub stacking: Stacking,
    /// With stacking `up_to`: both together at most so much of the cost.
    pub stack_up_to: Option<Percent>,
    /// Refused when the firm had committed itself before applying.
    pub prior_commitment_forbidden: bool,
    /// Apply at least so many days before the opening.
    pub apply_days_before: Option<i64>,
    /// Apply at the earliest so many days before the opening.
    pub apply_days_earliest: Option<i64>,
    /// Claim within so many days after the closing.
    pub claim_within_days: Option<i64>,
    /// The advance.
    pub advance: Option<Advance>,
    /// The papers.
    pub evidence: Vec<Paper>,
    /// Who is paid: `organiser`, `business` or `either`.
    pub payee: Payee,
    /// Whether tax belongs to the base.
    pub vat: Vat,
    /// How amounts are rounded.
    pub rounding: RoundingRule,
    /// Who comes first when money is short.
    pub selection: Selection,
    /// What is to be repaid, and when.
    pub recovery: Vec<Recovery>,
    /// The report of the firm after the fair.
    pub report: Option<ReportRule>,
    /// What the firm promises beside it.
    pub obligations: Vec<String>,
}

/// Which day decides the version and the windows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The fair's opening.
    #[default]
    Opening,
    /// The day of the application.
    Application,
    /// The day on which the right to the grant arises.
    Decision,
}

/// What an event must be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EventRule {
    /// At least so many booths.
    pub min_booths: Option<i64>,
    /// At least so many exhibitors.
    pub min_exhibitors: Option<i64>,
    /// At least so many days.
    pub min_days: Option<i64>,
    /// It must be on the approved list.
    pub approved_only: bool,
    /// Trade visitors only.
    pub trade_only: bool,
    /// Kinds of event; none is all.
    pub kinds: Vec<String>,
}

/// A test of a number or a word known of the applicant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Test {
    /// Which fact: `stars`, `age_years`, `staff`, `turnover`, or any key of the case's `facts`.
    pub fact: String,
    /// At least so much.
    pub at_least: Option<Written>,
    /// At most so much.
    pub at_most: Option<Written>,
    /// Less than so much.
    pub below: Option<Written>,
    /// One of these words.
    pub one_of: Vec<String>,
    /// What is said when it fails.
    pub reason: String,
    /// The same in English.
    pub reason_en: String,
}

/// One kind of cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Item {
    /// The kind that rows of a case name; `*` takes every kind that no other item takes.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its title in English.
    pub title_en: String,
    /// The rate where no row of the table fits.
    pub rate: Option<Percent>,
    /// Rates by condition, the first that fits counts.
    pub rates: Vec<RateRow>,
    /// On what the rate is taken.
    pub basis: ItemBasis,
    /// The norm of one unit, where the case names none.
    pub norm: Option<Written>,
    /// The flat sum of one unit.
    pub flat: Option<Written>,
    /// At most so many units.
    pub unit_limit: Option<i64>,
    /// Which rows come first when units are limited.
    pub unit_pick: UnitPick,
    /// At most so much for the item.
    pub cap: Option<Written>,
    /// A case without it gets nothing.
    pub required: bool,
}

impl Item {
    /// True when it takes rows of this kind; case says nothing.
    #[must_use]
    pub fn is_of(&self, kind: &str) -> bool {
        self.kind.eq_ignore_ascii_case(kind)
    }
}

/// One row of a rate table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RateRow {
    /// The rate.
    pub rate: Percent,
    /// From this participation on.
    pub nth_from: Option<i64>,
    /// Up to this participation.
    pub nth_to: Option<i64>,
    /// For these kinds of applicant.
    pub applicants: Vec<String>,
    /// For these grades of fair.
    pub grades: Vec<String>,
    /// For these sizes of firm.
    pub sizes: Vec<String>,
    /// From so many stars.
    pub stars_min: Option<i64>,
}

/// On what a rate is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemBasis {
    /// The accepted cost.
    #[default]
    Actual,
    /// The norm.
    Norm,
    /// The tender price.
    Tender,
    /// The lesser of cost and norm.
    MinOf,
    /// A flat sum.
    Flat,
}

/// Which rows come first when units are limited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitPick {
    /// The dearest unit.
    #[default]
    Highest,
    /// The cheapest unit.
    Lowest,
    /// As entered.
    Entry,
}

/// What limits one grant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Caps {
    /// At most so much a fair.
    pub per_event: Option<Written>,
    /// At most so much a fair, by kind of applicant or grade; the first that fits counts before `per_event`.
    pub per_event_for: Vec<CapRow>,
    /// At most so much a booth.
    pub per_booth: Option<Written>,
    /// Nothing below so much eligible cost.
    pub min_base: Option<Written>,
    /// Nothing when the grant would be less.
    pub min_grant: Option<Written>,
    /// How items are cut to a cap.
    pub allocation: Cut,
}

/// A cap for some.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CapRow {
    /// The cap.
    pub cap: Written,
    /// For these kinds of applicant.
    pub applicants: Vec<String>,
    /// For these grades or tiers.
    pub grades: Vec<String>,
    /// In these scopes.
    pub scopes: Vec<String>,
}

/// How items are cut to a cap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// Earlier items stay whole.
    #[default]
    InOrder,
    /// Every item in proportion.
    Proportional,
}

impl From<Cut> for Allocation {
    fn from(cut: Cut) -> Self {
        match cut {
            Cut::InOrder => Self::InOrder,
            Cut::Proportional => Self::Proportional,
        }
    }
}

/// What is counted together, and in which span of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Counter {
    /// The span.
    pub window: Window,
    /// With `rolling`: so many months.
    pub months: Option<u32>,
    /// With `lifetime`: from this day.
    pub since: Day,
    /// With `fiscal_year`: the month in which it starts, 1 to 12.
    pub start_month: Option<u32>,
    /// What must be the same: `scope`, `series`, `country`, `market`; `any_scheme` counts other schemes too, `group` the
    /// connected firms too. The scheme itself is the same unless `any_scheme` is named.
    pub same: Vec<Same>,
}

/// A span of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// All of it, or from a day on.
    #[default]
    Lifetime,
    /// The calendar year.
    CalendarYear,
    /// A fiscal year that starts in a month.
    FiscalYear,
    /// So many months back.
    Rolling,
    /// The same edition of the same series.
    Edition,
}

/// What must be the same to be counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Same {
    /// The scope of the event.
    Scope,
    /// The series of fairs.
    Series,
    /// The country.
    Country,
    /// The market.
    Market,
    /// Other schemes count too.
    AnyScheme,
    /// Connected firms count too.
    Group,
}

/// A cap over a window.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CapPer {
    /// At most so much.
    pub cap: Written,
    /// The span.
    pub window: Window,
    /// With `rolling`: so many months.
    pub months: Option<u32>,
    /// With `lifetime`: from this day.
    pub since: Day,
    /// With `fiscal_year`: its first month.
    pub start_month: Option<u32>,
    /// What must be the same.
    pub same: Vec<Same>,
}

/// A number of times over a window.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Times {
    /// At most so many.
    pub max: i64,
    /// The span.
    pub window: Window,
    /// With `rolling`: so many months.
    pub months: Option<u32>,
    /// With `lifetime`: from this day.
    pub since: Day,
    /// With `fiscal_year`: its first month.
    pub start_month: Option<u32>,
    /// What must be the same.
    pub same: Vec<Same>,
}

impl CapPer {
    pub(in crate::domain) fn counter(&self) -> Counter {
        let Self { window, months, since, start_month, ref same, .. } = *self;
        Counter { window, months, since, start_month, same: same.clone() }
    }
}

impl Times {
    pub(in crate::domain) fn counter(&self) -> Counter {
        let Self { window, months, since, start_month, ref same, .. } = *self;
        Counter { window, months, since, start_month, same: same.clone() }
    }
}

/// What counts as used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Used {
    /// Decided and not cancelled.
    #[default]
    Decided,
    /// Paid.
    Paid,
    /// Attended.
    Attended,
}

/// Whether connected firms share the money limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Each firm alone.
    #[default]
    None,
    /// Connected firms share.
    Connected,
    /// One single undertaking shares.
    SingleUndertaking,
}

/// What happens when another scheme pays for the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stacking {
    /// It is refused.
    #[default]
    Forbid,
    /// The firm may choose; the lesser one is refused.
    Best,
    /// Both, up to a part of the cost.
    UpTo,
}

/// Money before the fair.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Advance {
    /// At most so much of the grant.
    pub most: Percent,
    /// Paid within so many days of a complete file.
    pub pay_within_days: Option<i64>,
    /// Settled within so many days of the closing.
    pub settle_days: Option<i64>,
}

/// One paper of the file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Paper {
    /// Its code (`ev05`).
    pub code: String,
    /// What it is, where the code is the scheme's own.
    pub title: String,
    /// `selection` or `payment`.
    pub due: String,
    /// True for an original.
    pub original: bool,
    /// False where it may be missing.
    pub required: Option<bool>,
}

/// Who is paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payee {
    /// One or the other.
    #[default]
    Either,
    /// The organiser.
    Organiser,
    /// The business.
    Business,
}

/// Whether tax belongs to the base.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vat {
    /// Without tax.
    #[default]
    Exclude,
    /// With tax.
    Include,
    /// With tax for a firm that does not deduct it.
    ByMethod,
}

/// How amounts are rounded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RoundingRule {
    /// `floor`, `half_up` or `ceil`.
    pub mode: RoundingMode,
    /// To a multiple of so many minor units.
    pub unit: Option<i64>,
}

/// Who comes first when money is short.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Selection {
    /// `first_come`, `points` or `draw`.
    pub order: Order,
    /// Groups that win a tie.
    pub priority_groups: Vec<String>,
}

/// In which order files are served.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// By receipt.
    #[default]
    FirstCome,
    /// By points.
    Points,
    /// By lot.
    Draw,
}

/// What is to be repaid when something happens.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recovery {
    /// `no_show`, `withdrew_late`, `false_declaration`, `missing_report`, `below_minimum`.
    pub cause: String,
    /// So much of what was paid.
    pub repay: Percent,
}

/// What the firm reports after the fair.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReportRule {
    /// Within so many days of the closing.
    pub within_days: Option<i64>,
    /// Whether the last payment waits for it.
    pub payment_waits: bool,
}

/// The parts of an amount in the currency of the rules.
pub(super) fn amount(written: Option<Written>, currency: Currency) -> Result<Option<Money>, MoneyFault> {
    written.map(|written| written.in_currency(currency)).transpose()
}

/// The whole as a rate.
pub(super) const WHOLE: BasisPoints = BasisPoints::WHOLE;
