//! The lives of records: which state may follow which. Everything else is refused with the steps that are open.

use crate::base::words::Words;
use crate::domain::field::{Choice, Chosen, Shape};
use crate::domain::lead::LeadStage;
use crate::domain::record::Kind;

/// One legal transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The states it may start from.
    pub from: &'static [&'static str],
    /// The state it leads to.
    pub to: &'static str,
    /// True when a reason must be given.
    pub reason: bool,
}

const fn step(from: &'static [&'static str], to: &'static str) -> Step {
    Step { from, to, reason: false }
}

const fn with_reason(from: &'static [&'static str], to: &'static str) -> Step {
    Step { from, to, reason: true }
}

const FAIR: &[Step] = &[
    step(&["draft"], "approved"),
    step(&["approved"], "open"),
    step(&["open"], "closed"),
    step(&["closed"], "assigned"),
    step(&["assigned"], "running"),
    step(&["running"], "finished"),
    step(&["finished"], "reported"),
    with_reason(&["reported"], "finished"),
    step(&["reported"], "archived"),
    with_reason(&["draft", "approved", "open"], "cancelled"),
];

const REGISTRATION: &[Step] = &[
    step(&["received"], "under_review"),
    step(&["under_review", "waiting"], "selected"),
    step(&["under_review"], "waiting"),
    with_reason(&["under_review"], "refused"),
    with_reason(&["refused"], "under_review"),
    step(&["selected"], "confirmed"),
    step(&["selected"], "declined"),
    with_reason(&["selected", "confirmed", "booth_assigned"], "withdrawn"),
    step(&["confirmed"], "booth_assigned"),
    step(&["booth_assigned"], "confirmed"),
    step(&["booth_assigned"], "attending"),
    step(&["attending"], "attended"),
    with_reason(&["booth_assigned", "attending"], "no_show"),
    with_reason(&["attending"], "left_early"),
    step(&["attended"], "reported"),
    with_reason(&["reported"], "attended"),
    step(&["waiting"], "expired"),
    with_reason(&["received", "under_review", "waiting", "selected", "confirmed", "booth_assigned"], "event_cancelled"),
];

const DRAW: &[Step] = &[
    step(&["draft"], "published"),
    step(&["published"], "committed"),
    step(&["committed"], "frozen"),
    step(&["frozen"], "revealed"),
    step(&["revealed"], "drawn"),
    step(&["drawn"], "placed"),
    with_reason(&["draft", "published", "committed", "frozen", "revealed"], "cancelled"),
];

const PLACEMENT: &[Step] = &[
    step(&["held"], "offered"),
    step(&["held", "offered"], "rented"),
    step(&["rented"], "handed_over"),
    step(&["handed_over"], "used"),
    step(&["used"], "returned"),
];

const SCHEME: &[Step] =
    &[step(&["draft"], "active"), step(&["active"], "superseded"), step(&["superseded", "draft"], "archived")];

const CLAIM: &[Step] = &[
    step(&["draft"], "submitted"),
    step(&["submitted"], "in_check"),
    with_reason(&["in_check"], "returned_for_evidence"),
    step(&["returned_for_evidence"], "in_check"),
    step(&["in_check"], "appraised"),
    with_reason(&["appraised"], "in_check"),
    step(&["appraised"], "decided"),
    step(&["decided"], "advanced"),
    step(&["advanced"], "decided"),
    step(&["decided", "advanced"], "accepted"),
    step(&["accepted", "recovering"], "paid"),
    step(&["paid", "closed", "recovering"], "accepted"),
    step(&["accepted", "paid", "closed"], "recovering"),
    step(&["paid"], "closed"),
    with_reason(&["in_check", "appraised"], "rejected"),
    with_reason(&["draft", "submitted", "in_check", "returned_for_evidence", "appraised"], "withdrawn"),
    with_reason(&["decided", "accepted"], "cancelled"),
];

const EVIDENCE: &[Step] = &[
    step(&["missing", "rejected"], "received"),
    step(&["received"], "accepted"),
    with_reason(&["received", "accepted"], "rejected"),
    with_reason(&["missing", "received", "accepted", "rejected"], "waived"),
];

const PAYMENT: &[Step] = &[
    step(&["prepared"], "signed"),
    step(&["signed"], "sent"),
    step(&["sent"], "credited"),
    with_reason(&["sent", "credited"], "returned"),
    step(&["returned"], "prepared"),
    with_reason(&["prepared", "signed"], "cancelled"),
];

const PAYMENT_LIST: &[Step] =
    &[step(&["prepared"], "signed"), step(&["signed"], "sent"), with_reason(&["prepared", "signed"], "cancelled")];

const RECOVERY: &[Step] = &[
    step(&["open"], "partly_repaid"),
    step(&["partly_repaid"], "open"),
    step(&["open", "partly_repaid"], "settled"),
    step(&["settled"], "partly_repaid"),
    with_reason(&["open", "partly_repaid"], "disputed"),
    step(&["disputed"], "open"),
    step(&["disputed"], "partly_repaid"),
    with_reason(&["open", "partly_repaid"], "written_off"),
];

const CERTIFICATE: &[Step] = &[with_reason(&["valid"], "cancelled"), step(&["valid", "cancelled"], "replaced")];

const REQUEST: &[Step] = &[
    step(&["received"], "answered"),
    step(&["received", "answered"], "done"),
    with_reason(&["received", "answered"], "refused"),
];

const MEETING: &[Step] = &[
    step(&["planned"], "held"),
    with_reason(&["planned"], "missed"),
    step(&["missed"], "held"),
    with_reason(&["held"], "missed"),
];

const BUSINESS: &[Step] = &[
    step(&["active", "suspended"], "dissolved"),
    step(&["active"], "suspended"),
    step(&["suspended", "dissolved"], "active"),
];

/// The key of the field that holds a kind's state.
#[must_use]
pub const fn state_field(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Fair
        | Kind::Registration
        | Kind::Draw
        | Kind::Placement
        | Kind::Scheme
        | Kind::Claim
        | Kind::Evidence
        | Kind::Payment
        | Kind::PaymentList
        | Kind::Recovery
        | Kind::Certificate
        | Kind::Request
        | Kind::Meeting
        | Kind::Business => Some("status"),
        Kind::Lead => Some("stage"),
        Kind::Office
        | Kind::Pairing
        | Kind::Person
        | Kind::BudgetLine
        | Kind::Partner
        | Kind::Hall
        | Kind::Booth
        | Kind::Fixture
        | Kind::Product
        | Kind::Contact
        | Kind::Expense
        | Kind::Sale
        | Kind::Target
        | Kind::FairReport
        | Kind::ConsentText
        | Kind::Consent
        | Kind::Conference
        | Kind::Wish
        | Kind::Attendance
        | Kind::Touch => None,
    }
}

const fn table(kind: Kind) -> &'static [Step] {
    match kind {
        Kind::Fair => FAIR,
        Kind::Registration => REGISTRATION,
        Kind::Draw => DRAW,
        Kind::Placement => PLACEMENT,
        Kind::Scheme => SCHEME,
        Kind::Claim => CLAIM,
        Kind::Evidence => EVIDENCE,
        Kind::Payment => PAYMENT,
        Kind::PaymentList => PAYMENT_LIST,
        Kind::Recovery => RECOVERY,
        Kind::Certificate => CERTIFICATE,
        Kind::Business => BUSINESS,
        Kind::Request => REQUEST,
        Kind::Meeting => MEETING,
        _ => &[],
    }
}

/// The step between two states: whether a reason must be given, or none when there is no such step.
#[must_use]
pub fn find(kind: Kind, from: &str, to: &str) -> Option<Step> {
    if kind == Kind::Lead {
        return lead_step(from, to);
    }
    table(kind).iter().copied().find(|step| step.to == to && step.from.contains(&from))
}

/// The states that may follow, in the order of the list of states.
#[must_use]
pub fn open_steps(kind: Kind, from: &str) -> Vec<(&'static Choice, bool)> {
    states(kind).iter().filter_map(|choice| find(kind, from, choice.key).map(|step| (choice, step.reason))).collect()
}

/// Every state of a kind.
#[must_use]
pub fn states(kind: Kind) -> &'static [Choice] {
    match state_field(kind).and_then(|key| kind.field(key)).map(|field| field.shape) {
        Some(Shape::Choice(choices)) => choices,
        _ => &[],
    }
}

/// The words of a state.
#[must_use]
pub fn state_words(kind: Kind, key: &str) -> Words {
    states(kind).iter().find(|choice| choice.key == key).map(Choice::words).unwrap_or_default()
}

/// A lead may jump forward, go back one stage with a reason, be lost, rest, or be a duplicate; a lost or resting one
/// starts again at "contacted" or where it stood.
fn lead_step(from: &str, to: &str) -> Option<Step> {
    let place = |key: &str| LeadStage::CHOICES.iter().position(|choice| choice.key == key);
    let last_stage = place("repeat")?;
    let (start, end) = (place(from)?, place(to)?);
    if start == end {
        return None;
    }
    let side = |index: usize| index > last_stage;
    match (side(start), side(end)) {
        (false, false) if end > start => Some(step(&[], LeadStage::CHOICES[end].key)),
        (false, false) if end + 1 == start => Some(with_reason(&[], LeadStage::CHOICES[end].key)),
        (false, true) => Some(with_reason(&[], LeadStage::CHOICES[end].key)),
        (true, false) if from == "lost" && to == "contacted" => Some(step(&[], "contacted")),
        (true, false) if from == "on_hold" => Some(step(&[], LeadStage::CHOICES[end].key)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_in_the_tables_is_a_state_of_its_kind() {
        for kind in Kind::ALL {
            let known: Vec<&str> = states(*kind).iter().map(|choice| choice.key).collect();
            for step in table(*kind) {
                assert!(known.contains(&step.to), "{kind:?} has no state {}", step.to);
                assert!(step.from.iter().all(|from| known.contains(from)), "{kind:?}: {:?}", step.from);
            }
        }
    }

    #[test]
    fn a_lead_jumps_forward_and_goes_back_one_stage_with_a_reason() {
        assert_eq!(find(Kind::Lead, "new", "contract").map(|step| step.reason), Some(false));
        assert_eq!(find(Kind::Lead, "quoted", "sample").map(|step| step.reason), Some(true));
        assert_eq!(find(Kind::Lead, "quoted", "new"), None);
        assert_eq!(find(Kind::Lead, "contract", "lost").map(|step| step.reason), Some(true));
        assert_eq!(find(Kind::Lead, "lost", "contacted").map(|step| step.reason), Some(false));
        assert_eq!(find(Kind::Lead, "duplicate", "new"), None);
    }
}
