//! The case of a claim, as the book tells it: firm, fair, costs, what was had before, other public money, papers' days.

use std::collections::BTreeMap;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{Currency, Money, MoneyFault};
use crate::base::text::fold;
use crate::domain::book::Book;
use crate::domain::business::LegacyProvince;
use crate::domain::fair::{EventScope, FairStatus};
use crate::domain::field::Chosen;
use crate::domain::record::Kind;
use crate::domain::registration::RegistrationStatus;
use crate::domain::subsidy::rules::{
    Applicant, Basis, Cost, Day, Event, OtherScheme, Past, PastStatus, PlainCase, Rules, Stacking, Written,
};
use crate::domain::{Booth, Business, Certificate, Claim, Expense, Fair, Placement, Registration, Scheme};

/// The kind of cost that the office supports: the rent of booths.
pub const BOOTH: &str = "booth";

/// The firms of each connected group, by the folded name of the group.
#[derive(Debug, Default)]
pub struct Groups(BTreeMap<String, Vec<Id>>);

impl Groups {
    /// The groups of a book.
    #[must_use]
    pub fn of(book: &Book) -> Self {
        let mut groups: BTreeMap<String, Vec<Id>> = BTreeMap::new();
        for business in book.all::<Business>().iter().filter(|business| !business.group.is_empty()) {
            groups.entry(fold(business.group.as_str())).or_default().push(business.id);
        }
        Self(groups)
    }

    /// The groups of a book where rules look at the one of this firm, else none: looking through all firms costs.
    #[must_use]
    pub fn around(book: &Book, business: &Business, rules: &Rules) -> Self {
        if business.group.is_empty() || !rules.looks_at_group() { Self::default() } else { Self::of(book) }
    }

    /// The other firms of the group of one.
    pub fn beside<'a>(&'a self, business: &Business) -> impl Iterator<Item = Id> + 'a {
        let (own, name) = (business.id, fold(business.group.as_str()));
        let found = if name.is_empty() { None } else { self.0.get(&name) };
        found.into_iter().flatten().copied().filter(move |other| *other != own)
    }
}

/// What of the past counts: how much an earlier claim brought, or none where it does not count.
pub type Counted<'a> = &'a dyn Fn(&Claim) -> Option<Money>;

/// What was decided and not cancelled, with what is really due: the final grant once accepted. A no-show keeps its place,
/// a cancelled claim gives it back.
#[must_use]
pub fn as_it_stands(claim: &Claim) -> Option<Money> {
    claim.status.counts_as_used().then(|| claim.due())
}

/// Gathers the case of a claim from the book.
///
/// # Errors
/// When amounts are in another currency than the rules. A claim whose registration, fair, opening day or business is
/// missing gives `None`.
pub fn case_of(book: &Book, claim: &Claim, rules: &Rules) -> Result<Option<PlainCase>, MoneyFault> {
    let registration = book.follow::<Registration>(claim.registration);
    let business = registration.and_then(|registration| book.follow::<Business>(registration.business));
    let groups = business.map(|business| Groups::around(book, business, rules)).unwrap_or_default();
    case_with(book, claim, rules, &groups, &as_it_stands)
}

/// The same with a past of one's own: groups gathered once for many claims, and earlier claims as `counted` has them.
///
/// # Errors
/// As [`case_of`].
pub fn case_with(
    book: &Book,
    claim: &Claim,
    rules: &Rules,
    groups: &Groups,
    counted: Counted<'_>,
) -> Result<Option<PlainCase>, MoneyFault> {
    let Some(registration) = book.follow::<Registration>(claim.registration) else { return Ok(None) };
    let (Some(fair), Some(business)) =
        (book.follow::<Fair>(registration.fair), book.follow::<Business>(registration.business))
    else {
        return Ok(None);
    };
    let Some(opening) = fair.opens_on else { return Ok(None) };
    let currency = rules.money()?;
    let applied = registration.received_at.map(|at| at.date());
    let history =
        if rules.looks_back() { history(book, (business, claim.id), rules, groups, counted)? } else { Vec::new() };
    Ok(Some(PlainCase {
        applicant: applicant_of(book, business, opening, rules),
        event: event_of(book, fair, rules),
        costs: costs_of(book, claim, registration, currency)?,
        history,
        applied_on: Day(applied),
        claimed_on: Day(claim.submitted_on),
        decided_on: Day(claim.decided_on),
        committed_before: matches!((claim.contract_on, applied), (Some(signed), Some(applied)) if signed < applied),
        other_schemes: others_of(book, claim, registration, rules, currency)?,
        ..PlainCase::default()
    }))
}

/// The most stars on a certificate of this business that counts on this day.
#[must_use]
pub fn stars_on(book: &Book, business: Id, day: Date) -> i64 {
    book.pointing::<Certificate>(business)
        .filter(|certificate| certificate.is_valid_on(day))
        .filter_map(|certificate| certificate.stars)
        .max()
        .unwrap_or(0)
}

fn applicant_of(book: &Book, business: &Business, opening: Date, rules: &Rules) -> Applicant {
    Applicant {
        name: business.name.to_string(),
        kind: business.kind.key().to_owned(),
        territory: territory_of(business.legacy_province, rules),
        stars: Some(stars_on(book, business.id, opening)),
        ..Applicant::default()
    }
}

/// The old province, whose rules go on after the merger. Elsewhere may be where the scheme applies; then it is not known.
fn territory_of(province: LegacyProvince, rules: &Rules) -> String {
    let ours = |code: &String| LegacyProvince::from_key(code.strip_prefix("old:").unwrap_or(code)).is_some();
    match province {
        LegacyProvince::Unknown => String::new(),
        LegacyProvince::Elsewhere if !rules.territory.iter().all(ours) => String::new(),
        LegacyProvince::Elsewhere => LegacyProvince::Elsewhere.key().to_owned(),
        known => format!("old:{}", known.key()),
    }
}

/// Where and of which series a fair is. A fair without a series is one of its own; its country is Vietnam where none is
/// entered, and the market is the country.
fn place_of(fair: &Fair) -> Event {
    let country = if fair.country.is_empty() { "VN".to_owned() } else { fair.country.to_string() };
    Event {
        scope: fair.kind.scope().key().to_owned(),
        series: if fair.series.is_empty() { fair.code.to_string() } else { fair.series.to_string() },
        edition: fair.code.to_string(),
        market: country.clone(),
        country,
        ..Event::default()
    }
}

/// What the book knows of a fair.
#[must_use]
pub fn event_of(book: &Book, fair: &Fair, rules: &Rules) -> Event {
    let scope = fair.kind.scope();
    // Of a fair elsewhere the book has the office's own part alone: enough is enough, less says nothing.
    let known = |count: usize, least: Option<i64>| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        (count > 0 && (scope == EventScope::InProvince || least.is_some_and(|least| count >= least))).then_some(count)
    };
    let (booths, exhibitors) = (rules.event.min_booths, rules.event.min_exhibitors);
    Event {
        name: fair.name.to_string(),
        kind: fair.kind.key().to_owned(),
        opens_on: Day(fair.opens_on),
        closes_on: Day(fair.closes_on),
        booths: booths.and_then(|least| known(book.pointing_ids(Kind::Booth, fair.id).count(), Some(least))),
        exhibitors: exhibitors.and_then(|least| {
            let alive = |one: &&Registration| one.status.is_alive();
            known(book.pointing::<Registration>(fair.id).filter(alive).count(), Some(least))
        }),
        approved: Some(!matches!(fair.status, FairStatus::Draft | FairStatus::Cancelled)),
        ..place_of(fair)
    }
}

/// The invoice where one is entered, else the rents of the registration's placements; then the expenses of the claim.
fn costs_of(
    book: &Book,
    claim: &Claim,
    registration: &Registration,
    currency: Currency,
) -> Result<Vec<Cost>, MoneyFault> {
    let written = |amount: Money| Written::of(amount, currency);
    let row = |label: String, quantity: i64, net: Option<Money>, vat: Option<Money>| {
        Ok::<_, MoneyFault>(Cost {
            kind: BOOTH.to_owned(),
            label,
            quantity: Some(quantity),
            cost: net.map(written).transpose()?.unwrap_or_default(),
            vat: vat.map(written).transpose()?,
            ..Cost::default()
        })
    };
    // What is only held or offered costs nothing and is no unit.
    let firm = |placement: &&Placement| placement.status.is_firm();
    let placements: Vec<&Placement> = book.pointing::<Placement>(registration.id).filter(firm).collect();
    let mut costs = Vec::new();
    if let Some(net) = claim.cost {
        let counted = i64::try_from(placements.len()).unwrap_or(i64::MAX).max(1);
        let quantity = claim.booths.filter(|booths| *booths > 0).unwrap_or(counted);
        let label = if claim.invoice_no.is_empty() { "HĐ" } else { claim.invoice_no.as_str() };
        costs.push(row(label.to_owned(), quantity, Some(net), claim.vat)?);
    } else {
        for placement in placements {
            let code = book.follow::<Booth>(placement.booth).map(|booth| booth.code.to_string()).unwrap_or_default();
            costs.push(row(code, 1, placement.rent, placement.vat)?);
        }
    }
    if let Some(first) = costs.first_mut() {
        first.other_public = claim.other_public.map(Money::at_least_zero).map(written).transpose()?;
    }
    for expense in book.pointing::<Expense>(claim.id) {
        let (net, vat) = expense.proved();
        costs.push(Cost {
            kind: expense.kind.to_string(),
            label: expense.name().to_owned(),
            norm: expense.norm.map(written).transpose()?,
            tender: expense.tender.map(written).transpose()?,
            other_public: expense.other_public.map(written).transpose()?,
            ..row(String::new(), expense.quantity.unwrap_or(1), net, vat)?
        });
    }
    Ok(costs)
}

/// What the firm, and the firms connected with it, had before under any scheme; the claim `without` is left out.
///
/// # Errors
/// When amounts are in another currency than the rules.
pub fn history(
    book: &Book,
    (business, without): (&Business, Id),
    rules: &Rules,
    groups: &Groups,
    counted: Counted<'_>,
) -> Result<Vec<Past>, MoneyFault> {
    let mut history = Vec::new();
    let firms = std::iter::once((business.id, false)).chain(groups.beside(business).map(|id| (id, true)));
    for (firm, group_member) in firms {
        for registration in book.pointing::<Registration>(firm).filter(|one| one.business == Some(firm)) {
            let Some(fair) = book.follow::<Fair>(registration.fair) else { continue };
            for claim in book.pointing::<Claim>(registration.id).filter(|claim| claim.id != without) {
                let Some(amount) = counted(claim) else { continue };
                history.push(past_of(book, (registration, fair, claim), rules, (amount, group_member))?);
            }
        }
    }
    Ok(history)
}

fn past_of(
    book: &Book,
    (registration, fair, claim): (&Registration, &Fair, &Claim),
    rules: &Rules,
    (amount, group_member): (Money, bool),
) -> Result<Past, MoneyFault> {
    let event = place_of(fair);
    let on = match rules.validity_basis {
        Basis::Opening => fair.opens_on,
        Basis::Application => registration.received_at.map(|at| at.date()).or(fair.opens_on),
        Basis::Decision => claim.decided_on.or(fair.opens_on),
    };
    use crate::domain::claim::ClaimStatus as Status;
    let status = if registration.status == RegistrationStatus::NoShow {
        PastStatus::NoShow
    } else if matches!(claim.status, Status::Paid | Status::Recovering | Status::Closed) {
        PastStatus::Paid
    } else if registration.status.took_part() {
        PastStatus::Attended
    } else {
        PastStatus::Decided
    };
    Ok(Past {
        scheme: book.follow::<Scheme>(claim.scheme).map(|scheme| scheme.code.to_string()).unwrap_or_default(),
        on: Day(on),
        amount: Some(Written::of(amount, rules.money()?)?),
        status,
        scope: event.scope,
        series: event.series,
        edition: event.edition,
        country: event.country,
        market: event.market,
        group_member,
    })
}

/// Other money for the same cost: further claims at this fair, and what the firm declares where rules let nothing beside.
fn others_of(
    book: &Book,
    claim: &Claim,
    registration: &Registration,
    rules: &Rules,
    currency: Currency,
) -> Result<Vec<OtherScheme>, MoneyFault> {
    let mut others = Vec::new();
    for other in book.pointing::<Claim>(registration.id) {
        let Some(amount) = as_it_stands(other).filter(|_| other.id != claim.id && other.scheme != claim.scheme) else {
            continue;
        };
        let scheme = book.follow::<Scheme>(other.scheme).map(|scheme| scheme.code.to_string()).unwrap_or_default();
        others.push(OtherScheme { scheme, amount: Some(Written::of(amount, currency)?) });
    }
    let declared = claim.other_public.filter(|sum| sum.minor > 0);
    let alone = rules.stacking == Stacking::Forbid && rules.exclusive_with.iter().any(|code| code == "*");
    if let Some(sum) = declared.filter(|_| alone) {
        others.push(OtherScheme { scheme: String::new(), amount: Some(Written::of(sum, currency)?) });
    }
    Ok(others)
}
