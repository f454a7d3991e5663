//! The values of a sheet, gathered from the book. Personal data is masked (domain rules on privacy) unless somebody asks for it;
//! the payment list goes to the treasury, which needs whole accounts.

use std::collections::BTreeSet;

use super::facts::{Fact, Facts};
use super::schedule::schedule;
use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{BasisPoints, Money, MoneyFault};
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::field::{Chosen, Value};
use crate::domain::record::{AnyNoun, Kind};
use crate::domain::showing::{Mask, show};
use crate::domain::subsidy::rules::{Rules, item_title};
use crate::domain::subsidy::{Calculation, TraceStep};
use crate::domain::view::derived::{claimant, missing_evidence};
use crate::domain::view::money::{listed, paid_net};
use crate::domain::view::title::{days, decision_no, list_no, title, voucher_no};
use crate::domain::{
    Booth, BudgetLine, Business, Claim, ConsentText, Evidence, Expense, Fair, Partner, Payment, PaymentList, Placement,
    Registration, Scheme,
};

/// What a sheet is about.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The book.
    pub book: &'a Book,
    /// Claims, payments, payment lists, conferences or fairs.
    pub kind: Kind,
    /// The records, in the order in which they are printed.
    pub ids: &'a [Id],
    /// Today.
    pub today: Date,
    /// Whether personal data is masked.
    pub mask: Mask,
}

impl Subject<'_> {
    const fn is_about_payments(&self) -> bool {
        matches!(self.kind, Kind::Payment | Kind::PaymentList)
    }
}

/// Gathers the values of a sheet about claims, or about payments and their claims.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn gather(subject: &Subject<'_>) -> Result<Facts, MoneyFault> {
    let book = subject.book;
    let (claims, payments): (Vec<&Claim>, Vec<&Payment>) = if subject.is_about_payments() {
        let payments: Vec<&Payment> = if subject.kind == Kind::PaymentList {
            subject.ids.iter().flat_map(|id| listed(book, *id)).collect()
        } else {
            subject.ids.iter().filter_map(|id| book.get(*id)).collect()
        };
        let mut claims: Vec<&Claim> = Vec::new();
        for claim in payments.iter().filter_map(|payment| book.follow::<Claim>(payment.claim)) {
            if !claims.iter().any(|other| other.id == claim.id) {
                claims.push(claim);
            }
        }
        (claims, payments)
    } else {
        let claims: Vec<&Claim> = subject.ids.iter().filter_map(|id| book.get(*id)).collect();
        let alive = |claim: &&Claim| book.pointing::<Payment>(claim.id).filter(|payment| payment.status.is_alive());
        let payments = claims.iter().flat_map(alive).collect();
        (claims, payments)
    };
    let mut facts = Facts::default();
    office(book, &mut facts);
    facts.put("today", Some(subject.today));
    if subject.kind == Kind::Conference {
        schedule(book, subject.ids, &mut facts);
    }
    if subject.kind == Kind::Fair {
        consent_text(subject, &mut facts);
    }
    heads(subject, &claims, &mut facts);
    sums(book, &claims, &payments, &mut facts)?;
    let lists: Vec<String> = subject.ids.iter().filter_map(|id| book.get::<PaymentList>(*id)).map(list_no).collect();
    // Vouchers that are on no list yet leave its number to be filled in.
    facts.put("list_no", if lists.is_empty() { "BK ……/……".to_owned() } else { lists.join(", ") });
    let items = claims.iter().zip(1..).map(|(claim, n)| claim_facts(subject, claim, n)).collect::<Result<_, _>>()?;
    facts.list("claims", items);
    facts.list("payments", payments.iter().zip(1..).map(|(payment, n)| payment_facts(subject, payment, n)).collect());
    Ok(facts)
}

fn office(book: &Book, facts: &mut Facts) {
    let Some(office) = book.office() else { return };
    for (name, text) in [
        ("office.name", &office.name),
        ("office.short_name", &office.short_name),
        ("office.mark", &office.document_mark),
        ("office.parent", &office.parent),
        ("office.province", &office.province),
        ("office.address", &office.address),
        ("office.phone", &office.phone),
        ("office.email", &office.email),
        ("office.director", &office.director),
    ] {
        facts.put(name, text.to_string());
    }
}

/// What all claims of the sheet have in common, or each of them in a row.
fn heads(subject: &Subject<'_>, claims: &[&Claim], facts: &mut Facts) {
    let book = subject.book;
    facts.put("number", numbers(book, claims));
    facts.put("date", claims.iter().filter_map(|claim| claim.decided_on).max());
    let mut fairs: Vec<&Fair> = Vec::new();
    // Sorted together, so that a day stands at the place of its fair.
    let by_day = |fair: &&Fair| (fair.opens_on, fair.code.clone());
    let own = subject.ids.iter().filter_map(|id| book.get::<Fair>(*id));
    for fair in claims.iter().filter_map(|claim| fair_of(book, claim)).chain(own) {
        if !fairs.iter().any(|other| other.id == fair.id) {
            fairs.push(fair);
        }
    }
    fairs.sort_by_key(by_day);
    let each = |of: &dyn Fn(&Fair) -> String| {
        let mut texts: Vec<String> = fairs.iter().map(|fair| of(fair)).filter(|text| !text.is_empty()).collect();
        texts.dedup();
        Fact::from(texts.join("; "))
    };
    facts.put("fairs", each(&|fair| fair.name.to_string()));
    facts.put("fair.days", each(&days));
    facts.put("fair.place", each(&place));
    facts.put("fair.organiser", each(&|fair| organiser(book, fair)));
    let scheme = one(claims.iter().map(|claim| claim.scheme)).and_then(|id| book.get::<Scheme>(id));
    scheme_facts(scheme, facts);
    let budget = one(claims.iter().map(|claim| claim.budget)).and_then(|id| book.get::<BudgetLine>(id));
    let text = |of: fn(&BudgetLine) -> String| Fact::from(budget.map(of).unwrap_or_default());
    facts.put("budget.code", text(|line| line.code.to_string()));
    facts.put("budget.title", text(|line| line.title.to_string()));
    facts.put("budget.year", budget.and_then(|line| line.fiscal_year));
    facts.put("budget.source", budget.map_or(Fact::Empty, |line| Fact::Words(line.source.words())));
    facts.put("budget.decision_no", text(|line| line.decision_no.to_string()));
    facts.put("budget.treasury_codes", text(|line| line.treasury_codes.to_string()));
}

/// The words that people consent to today.
fn consent_text(subject: &Subject<'_>, facts: &mut Facts) {
    let in_use =
        subject.book.all::<ConsentText>().iter().filter(|text| text.from_on.is_none_or(|on| on <= subject.today));
    if let Some(text) = in_use.max_by_key(|text| (text.from_on, text.id)) {
        facts.put("consent.code", text.code.to_string());
        let foreign = if text.text_foreign.is_empty() { &text.text } else { &text.text_foreign };
        let words = Words { vi: text.text.to_string().into(), en: foreign.to_string().into() };
        facts.put("consent.text", Fact::Words(words));
    }
}

fn scheme_facts(scheme: Option<&Scheme>, facts: &mut Facts) {
    let text = |of: fn(&Scheme) -> String| Fact::from(scheme.map(of).unwrap_or_default());
    facts.put("scheme.code", text(|scheme| scheme.code.to_string()));
    facts.put("scheme.title", text(|scheme| scheme.title.to_string()));
    facts.put("scheme.legal_ref", text(|scheme| scheme.legal_ref.to_string()));
}

/// The value that all have, if they have the same.
fn one(values: impl Iterator<Item = Option<Id>>) -> Option<Id> {
    let distinct: BTreeSet<Option<Id>> = values.collect();
    if distinct.len() == 1 { distinct.into_iter().next().flatten() } else { None }
}

/// `07/QĐ-TTXT`, `07–18/QĐ-TTXT` for several, dots to be filled in by hand while nothing is decided.
fn numbers(book: &Book, claims: &[&Claim]) -> String {
    let found: BTreeSet<i64> = claims.iter().filter_map(|claim| claim.decision_number).collect();
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return decision_no(book, 0).replacen("00", "……", 1);
    };
    if first == last {
        return decision_no(book, *first);
    }
    let in_a_row = usize::try_from(last - first + 1).is_ok_and(|many| many == found.len());
    let shown: Vec<String> = found.iter().map(|number| format!("{number:02}")).collect();
    let shown = if in_a_row { format!("{first:02}–{last:02}") } else { shown.join(", ") };
    decision_no(book, 0).replacen("00", &shown, 1)
}

fn sums(book: &Book, claims: &[&Claim], payments: &[&Payment], facts: &mut Facts) -> Result<(), MoneyFault> {
    let counted = |number: usize| Some(i64::try_from(number).unwrap_or(i64::MAX));
    facts.put("count", counted(claims.len()));
    let businesses: BTreeSet<Option<Id>> = claims.iter().map(|claim| claimant(book, claim).1).collect();
    facts.put("businesses", counted(businesses.len()));
    let of = |of: fn(&Claim) -> Option<Money>| Money::sum(claims.iter().filter_map(|claim| of(claim)));
    facts.put("total", Some(of(|claim| claim.grant)?));
    facts.put("own_total", Some(of(|claim| claim.own_share)?));
    facts.put("cost_total", Some(of(|claim| claim.calculation.as_ref().map(|calculation| calculation.cost))?));
    facts.put("payment_count", counted(payments.len()));
    facts.put("paid_total", Some(Money::sum(payments.iter().filter_map(|payment| payment.amount))?));
    Ok(())
}

fn fair_of<'a>(book: &'a Book, claim: &Claim) -> Option<&'a Fair> {
    book.follow::<Registration>(claim.registration).and_then(|registration| book.follow(registration.fair))
}

fn place(fair: &Fair) -> String {
    let parts = [fair.venue.as_str(), fair.city.as_str(), fair.country.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn organiser(book: &Book, fair: &Fair) -> String {
    fair.organiser
        .map(|id| title(book, Kind::Partner, id, Lang::Vi))
        .filter(|_| book.follow::<Partner>(fair.organiser).is_some())
        .unwrap_or_default()
}

/// A field as a list shows it, masked when the sheet masks.
fn field(subject: &Subject<'_>, noun: Option<&dyn AnyNoun>, key: &str, mask: Mask) -> Fact {
    let found = noun.and_then(|noun| {
        let place = noun.kind().fields().iter().position(|field| field.key == key)?;
        let field = noun.kind().fields().get(place)?;
        let value = noun.get(place);
        (value != Value::Empty).then(|| show(subject.book, noun.id(), field, &value, Lang::Vi, mask))
    });
    Fact::from(found.unwrap_or_default())
}

fn claim_facts(subject: &Subject<'_>, claim: &Claim, n: i64) -> Result<Facts, MoneyFault> {
    let book = subject.book;
    let registration = book.follow::<Registration>(claim.registration);
    let business = registration.and_then(|registration| book.follow::<Business>(registration.business));
    let mut facts = Facts::default();
    facts.put("n", Some(n));
    facts.put("later", (n > 1).then_some(1));
    let own = |key| field(subject, Some(claim as &dyn AnyNoun), key, subject.mask);
    for key in ["file_no", "invoice_no", "reason", "proposed_by", "appraised_by", "decided_by"] {
        facts.put(key, own(key));
    }
    let noun = business.map(|business| business as &dyn AnyNoun);
    facts.put("business", field(subject, noun, "name", subject.mask));
    facts.put("kind", business.map_or(Fact::Empty, |business| Fact::Words(business.kind.words())));
    for key in ["tax_code", "registration_no", "phone", "email", "commune", "address", "bank", "account"] {
        facts.put(key, field(subject, noun, key, subject.mask));
    }
    // Who signs for a firm stands in its papers by name.
    for key in ["representative", "account_holder"] {
        facts.put(key, field(subject, noun, key, Mask::Whole));
    }
    let fair = fair_of(book, claim);
    facts.put("fair", fair.map(|fair| fair.code.to_string()).unwrap_or_default());
    facts.put("fair.name", fair.map(|fair| fair.name.to_string()).unwrap_or_default());
    facts.put("fair.days", fair.map(days).unwrap_or_default());
    facts.put("fair.place", fair.map(place).unwrap_or_default());
    facts.put("fair.organiser", fair.map(|fair| organiser(book, fair)).unwrap_or_default());
    let booths: Vec<String> = registration
        .map(|registration| book.pointing::<Placement>(registration.id).filter_map(|at| book.follow::<Booth>(at.booth)))
        .into_iter()
        .flatten()
        .map(|booth| booth.code.to_string())
        .collect();
    facts.put("booth_count", claim.booths.or_else(|| i64::try_from(booths.len()).ok()));
    facts.put("booths", booths.join(", "));
    facts.put("goods", registration.map(|registration| registration.goods.to_string()).unwrap_or_default());
    scheme_facts(book.follow(claim.scheme), &mut facts);
    // What was frozen before caps were kept with it had the cap of its scheme's field.
    let cap = claim.calculation.as_ref().and_then(|calculation| calculation.cap);
    facts.put("cap", cap.or_else(|| book.follow::<Scheme>(claim.scheme).and_then(|scheme| scheme.cap)));
    figures(subject, claim, &mut facts)?;
    facts.list("evidence", evidence(subject, claim));
    facts.list("expenses", expenses(book, claim));
    Ok(facts)
}

/// The amounts, from the calculation as it was frozen.
fn figures(subject: &Subject<'_>, claim: &Claim, facts: &mut Facts) -> Result<(), MoneyFault> {
    let book = subject.book;
    let calculation = claim.calculation.as_ref();
    let (cost, vat) = asked(book, claim)?;
    facts.put("cost", Some(cost));
    facts.put("vat", Some(vat));
    facts.put("other_public", Some(claim.other_public.unwrap_or(Money::ZERO)));
    facts.put("invoice_on", claim.invoice_on);
    facts.put("whole", calculation.map(|calculation| calculation.cost));
    facts.put("basis", calculation.map(|calculation| calculation.basis));
    facts.put("rate", calculation.map_or(Fact::Empty, rates));
    facts.put("grant", claim.grant);
    facts.put("own_share", claim.own_share);
    facts.put("paid", Some(paid_net(book, claim.id)?));
    facts.put("status", Fact::Words(claim.status.words()));
    facts.put("decision_no", claim.decision_number.map(|number| decision_no(book, number)).unwrap_or_default());
    facts.put("decided_on", claim.decided_on);
    facts.put("accepted_on", claim.accepted_on);
    facts.put("missing", i64::try_from(missing_evidence(book, claim.id)).ok());
    let steps = calculation.map_or(&[][..], |calculation| &calculation.steps);
    let step = |(step, n): (&TraceStep, i64)| {
        let mut facts = Facts::default();
        facts.put("n", Some(n));
        facts.put("what", Fact::Words(step.words.clone()));
        facts.put("amount", step.amount);
        facts
    };
    facts.list("steps", steps.iter().zip(1..).map(step).collect());
    let reason = |words: &Words| {
        let mut facts = Facts::default();
        facts.put("why", Fact::Words(words.clone()));
        facts
    };
    facts.list("barred", calculation.map_or(&[][..], |calculation| &calculation.barred).iter().map(reason).collect());
    Ok(())
}

/// Cost before tax and tax: the invoice's, else the rents of the booths.
fn asked(book: &Book, claim: &Claim) -> Result<(Money, Money), MoneyFault> {
    if let Some(cost) = claim.cost {
        return Ok((cost, claim.vat.unwrap_or(Money::ZERO)));
    }
    let placements = || claim.registration.into_iter().flat_map(|id| book.pointing::<Placement>(id));
    let sum = |of: fn(&Placement) -> Option<Money>| Money::sum(placements().filter_map(of));
    Ok((sum(|placement| placement.rent)?, sum(|placement| placement.vat)?))
}

/// The rate; several where items have their own.
fn rates(calculation: &Calculation) -> Fact {
    let distinct: BTreeSet<BasisPoints> = calculation.items.iter().map(|item| item.rate).collect();
    if distinct.len() < 2 {
        return Fact::Rate(calculation.rate);
    }
    let all = |lang| distinct.iter().rev().map(|rate| rate.show(lang)).collect::<Vec<_>>().join("; ");
    Fact::Words(Words { vi: all(Lang::Vi).into(), en: all(Lang::En).into() })
}

/// What the claim asks beside the rent, by the scheme's own names for it.
fn expenses(book: &Book, claim: &Claim) -> Vec<Facts> {
    let rules = book.follow::<Scheme>(claim.scheme).and_then(|scheme| Rules::of(scheme).ok());
    let item = |(expense, n): (&Expense, i64)| {
        let named =
            rules.as_ref().and_then(|rules| rules.items.iter().find(|item| item.kind == *expense.kind.as_str()));
        let mut facts = Facts::default();
        facts.put("n", Some(n));
        facts
            .put("item", named.map_or_else(|| Fact::from(expense.kind.as_str()), |item| Fact::Words(item_title(item))));
        facts.put("what", expense.name());
        facts.put("quantity", Some(expense.quantity.unwrap_or(1)));
        facts.put("cost", expense.cost);
        facts.put("vat", Some(expense.vat.unwrap_or(Money::ZERO)));
        facts.put("other_public", Some(expense.other_public.unwrap_or(Money::ZERO)));
        facts.put("accepted", expense.proved().0);
        facts.put("invoice_no", expense.invoice_no.as_str());
        facts.put("invoice_on", expense.invoice_on);
        facts
    };
    book.pointing::<Expense>(claim.id).zip(1..).map(item).collect()
}

fn evidence(subject: &Subject<'_>, claim: &Claim) -> Vec<Facts> {
    let mut found: Vec<&Evidence> = subject.book.pointing::<Evidence>(claim.id).collect();
    found.sort_by_key(|evidence| evidence.document.key());
    let item = |(evidence, n): (&&Evidence, i64)| {
        let mut facts = Facts::default();
        facts.put("n", Some(n));
        facts.put("code", evidence.document.key().to_uppercase());
        facts.put("document", Fact::Words(evidence.document.words()));
        facts.put("status", Fact::Words(evidence.status.words()));
        facts.put("received_on", evidence.received_on);
        for (key, text) in [
            ("checked_by", &evidence.checked_by),
            ("reason", &evidence.reason),
            ("file", &evidence.file),
            ("sha256", &evidence.sha256),
        ] {
            facts.put(key, text.to_string());
        }
        facts
    };
    found.iter().zip(1..).map(item).collect()
}

fn payment_facts(subject: &Subject<'_>, payment: &Payment, n: i64) -> Facts {
    let book = subject.book;
    // On a list of payments accounts stand on purpose: the treasury pays by them.
    let mask = if subject.is_about_payments() { Mask::Whole } else { subject.mask };
    let claim = book.follow::<Claim>(payment.claim);
    let registration = claim.and_then(|claim| book.follow::<Registration>(claim.registration));
    let business = registration.and_then(|registration| book.follow::<Business>(registration.business));
    let (own, firm) = (Some(payment as &dyn AnyNoun), business.map(|business| business as &dyn AnyNoun));
    let mut facts = Facts::default();
    facts.put("n", Some(n));
    facts.put("business", field(subject, firm, "name", mask));
    facts.put("tax_code", field(subject, firm, "tax_code", mask));
    facts.put("commune", field(subject, firm, "commune", mask));
    for key in ["payee", "bank", "account", "note"] {
        facts.put(key, field(subject, own, key, mask));
    }
    facts.put("amount", payment.amount);
    facts.put("kind", Fact::Words(payment.kind.words()));
    facts.put("voucher_no", payment.voucher_number.map(|_| voucher_no(payment)).unwrap_or_default());
    facts.put("voucher_on", payment.voucher_on);
    facts.put("file_no", claim.map(|claim| claim.file_no.to_string()).unwrap_or_default());
    facts.put(
        "fair",
        claim.and_then(|claim| fair_of(book, claim)).map(|fair| fair.code.to_string()).unwrap_or_default(),
    );
    let number = claim.and_then(|claim| claim.decision_number);
    facts.put("decision_no", number.map(|number| decision_no(book, number)).unwrap_or_default());
    facts.put("decided_on", claim.and_then(|claim| claim.decided_on));
    facts.put(
        "budget.code",
        book.follow::<BudgetLine>(payment.budget).map(|line| line.code.to_string()).unwrap_or_default(),
    );
    facts.put("status", Fact::Words(payment.status.words()));
    facts
}
