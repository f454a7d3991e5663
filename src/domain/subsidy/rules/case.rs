//! One plain case: a firm, a fair, its costs and what it had before. It stands alone, so that any scheme file can be tried
//! on it without a book.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::words::Words;
use crate::domain::refusal::Refusal;
use crate::domain::subsidy::rules::reading::steers_a_terminal;
use crate::domain::subsidy::rules::{Day, Written};
use crate::say;

/// A case as a file gives it. Every key may be missing but the costs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PlainCase {
    /// What the case shows; not computed with.
    pub title: String,
    /// Under which scheme file it is meant to be tried; not computed with.
    pub scheme: String,
    /// What should come of it; the shipped cases are tests.
    pub expect: Option<Expected>,
    /// The firm.
    #[serde(alias = "firm", alias = "business")]
    pub applicant: Applicant,
    /// The fair.
    #[serde(alias = "fair")]
    pub event: Event,
    /// What it cost, in the order of entry.
    #[serde(alias = "items")]
    pub costs: Vec<Cost>,
    /// What the firm, or a connected one, had before.
    pub history: Vec<Past>,
    /// The day of the application.
    pub applied_on: Day,
    /// The day of the claim.
    pub claimed_on: Day,
    /// The day on which the right to the grant arises.
    pub decided_on: Day,
    /// True when the firm had committed itself before applying.
    pub committed_before: bool,
    /// Other schemes that pay for the same, with their amounts.
    pub other_schemes: Vec<OtherScheme>,
    /// An advance that was paid.
    pub advance_paid: Option<Written>,
    /// What the budget line still has.
    pub budget_free: Option<Written>,
}

/// What should come of a case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Expected {
    /// The grant.
    pub grant: Option<Written>,
    /// What the firm bears.
    pub own_share: Option<Written>,
    /// Item by item.
    pub items: Vec<Written>,
    /// The codes of the tests that fail.
    pub failed: Vec<String>,
    /// What of an advance is to be given back.
    pub recover: Option<Written>,
    /// What beside an advance is still to be paid.
    pub pay: Option<Written>,
    /// By when an advance is settled.
    pub settle_by: String,
}

/// The firm of a case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Applicant {
    /// Its name; not computed with.
    pub name: String,
    /// Its kind (`enterprise`, `cooperative`, `craft_village` …).
    pub kind: String,
    /// Its size (`micro`, `small`, `medium`, `large`).
    pub size: String,
    /// The tier or grade that the scheme puts it in.
    pub tier: String,
    /// Province or old-province code.
    pub territory: String,
    /// The most OCOP stars valid on the opening day.
    pub stars: Option<i64>,
    /// Years since it was founded.
    pub age_years: Option<Written>,
    /// Staff.
    pub staff: Option<Written>,
    /// Yearly turnover.
    pub turnover: Option<Written>,
    /// Whether it deducts input tax; where that is not known, tax does not count.
    pub deducts_vat: Option<bool>,
    /// Any other fact that a test asks for: a number or a word.
    pub facts: BTreeMap<String, Fact>,
}

/// A fact: a number or a word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Fact {
    /// A truth.
    Flag(bool),
    /// A number.
    Number(Written),
    /// A word.
    Word(String),
}

/// The fair of a case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Event {
    /// Its name; not computed with.
    pub name: String,
    /// `in_province`, `domestic`, `foreign_in_country`, `abroad`, `online`.
    pub scope: String,
    /// Its kind (`fair_out`, `week` …).
    pub kind: String,
    /// The series whose editions are counted.
    pub series: String,
    /// Which edition it is.
    pub edition: String,
    /// Its country.
    pub country: String,
    /// Its market.
    pub market: String,
    /// Its grade.
    pub grade: String,
    /// First day.
    #[serde(alias = "opens")]
    pub opens_on: Day,
    /// Last day.
    #[serde(alias = "closes")]
    pub closes_on: Day,
    /// How many booths it has.
    pub booths: Option<i64>,
    /// How many exhibitors it has.
    pub exhibitors: Option<i64>,
    /// How many days it lasts; else by its first and last day.
    pub days: Option<i64>,
    /// Whether it is on the approved list.
    pub approved: Option<bool>,
    /// Whether it is for trade visitors only.
    pub trade_only: Option<bool>,
}

/// The cost of some units at one price.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Cost {
    /// The item of the scheme (`booth`, `transport`, `stay`, `ticket` …); missing is the first item.
    pub kind: String,
    /// What the row is, for the steps: a booth, an invoice.
    pub label: String,
    /// How many units; 1 when missing.
    pub quantity: Option<i64>,
    /// The accepted cost of all of them before tax.
    #[serde(alias = "accepted_cost")]
    pub cost: Written,
    /// Tax on it.
    pub vat: Option<Written>,
    /// Public money from elsewhere for the same cost.
    pub other_public: Option<Written>,
    /// The norm of one unit.
    pub norm: Option<Written>,
    /// The tender price of all of them.
    pub tender: Option<Written>,
}

/// What was had before.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Past {
    /// Under which scheme; missing is the one that is tried. Versions of one scheme (`BT-2024`, `BT-2024/2`) are one.
    pub scheme: String,
    /// When: the fair's opening, or when the right arose, as the scheme counts.
    pub on: Day,
    /// How much.
    pub amount: Option<Written>,
    /// What became of it.
    pub status: PastStatus,
    /// The scope of the event; missing is the same.
    pub scope: String,
    /// The series; missing is the same.
    pub series: String,
    /// The edition.
    pub edition: String,
    /// The country; missing is the same.
    pub country: String,
    /// The market; missing is the same.
    pub market: String,
    /// True when a connected firm had it.
    #[serde(alias = "connected")]
    pub group_member: bool,
}

/// What became of an earlier grant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PastStatus {
    /// Decided.
    #[default]
    Decided,
    /// The firm took part.
    Attended,
    /// Paid.
    Paid,
    /// The firm did not come.
    NoShow,
    /// Cancelled, withdrawn or refused.
    Cancelled,
}

/// Another scheme for the same cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OtherScheme {
    /// Its code.
    pub scheme: String,
    /// What it pays.
    pub amount: Option<Written>,
}

/// Reads a case from JSON and checks its days and numbers.
///
/// # Errors
/// A refusal with the place, what is wrong there and what would be right.
pub fn read_case(text: &str) -> Result<PlainCase, Refusal> {
    let case: PlainCase = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let said = error.to_string();
        let said = said.rsplit_once(" at line").map_or(said.as_str(), |(said, _)| said).to_owned();
        Refusal::new(
            "case-unreadable",
            say!("Dòng {line}, cột {column}: {said}", "Line {line}, column {column}: {said}"),
            say!("Xem mẫu trong data/schemes/README.md.", "See the form in data/schemes/README.md."),
        )
        .at("case")
    })?;
    if serde_json::from_str(text).is_ok_and(|value| steers_a_terminal(&value)) {
        return Err(Refusal::new(
            "case-wrong",
            say!("Có ký tự điều khiển trong chữ.", "There are control characters in a text."),
            say!("Bỏ các ký tự đó rồi thử lại.", "Take them out and try again."),
        )
        .at("case"));
    }
    check(&case)?;
    Ok(case)
}

fn check(case: &PlainCase) -> Result<(), Refusal> {
    let wrong = |at: String, what: Words| {
        let fix = say!("Sửa chỗ đó rồi thử lại.", "Correct it and try again.");
        Refusal::new("case-wrong", say!("{at}: {}", "{at}: {}"; what), fix).at(&at)
    };
    if case.costs.is_empty() {
        return Err(wrong("costs".to_owned(), Words::new("Chưa có chi phí nào.", "There is no cost.")));
    }
    for (place, cost) in case.costs.iter().enumerate() {
        let at = |key: &str| format!("costs[{place}].{key}");
        if cost.quantity.is_some_and(|quantity| !(1..=1_000_000).contains(&quantity)) {
            return Err(wrong(at("quantity"), Words::new("Phải từ 1 trở lên.", "It is 1 or more.")));
        }
        let amounts = [
            ("cost", Some(cost.cost)),
            ("vat", cost.vat),
            ("other_public", cost.other_public),
            ("norm", cost.norm),
            ("tender", cost.tender),
        ];
        for (key, amount) in amounts {
            if amount.is_some_and(Written::is_negative) {
                return Err(wrong(at(key), Words::new("Số tiền không được âm.", "An amount is not negative.")));
            }
        }
    }
    Ok(())
}
