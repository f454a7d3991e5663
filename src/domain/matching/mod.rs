//! Which of our producers a buyer's request fits: ranked by stated points, each with its reason, and with what is missing.
//!
//! A request is a lead that says what is wanted. Nothing is hidden: who fits in part is listed with what is lacking, and
//! who knows the buyer already is listed too, marked, because nobody is introduced twice.

pub mod amount;
mod finding;
pub mod goods;

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike as _;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::{Text, fold};
use crate::domain::book::Book;
use crate::domain::business::BusinessStatus;
use crate::domain::field::Chosen as _;
use crate::domain::lead::LeadStage;
use crate::domain::product::Month;
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::{Business, Certificate, Lead, Product};
use crate::say;
use amount::{Amount, Period};
use goods::Goods;

pub use finding::{Finding, Weight};

/// What is found of goods that are of the set wanted and of another name, in percent.
const SET_ALONE: i64 = 60;

/// A business that fits a request, by the product that fits it best.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The business.
    pub business: Id,
    /// Its product.
    pub product: Id,
    /// What speaks for it and what is missing, in the order of the request.
    pub findings: Vec<Finding>,
    /// The lead by which this buyer and this business know each other for these goods already.
    pub known: Option<Id>,
}

impl Match {
    /// The points of all findings together; the more, the better it fits.
    #[must_use]
    pub fn points(&self) -> i64 {
        self.findings.iter().map(Finding::points).sum()
    }

    /// True when nothing that was asked for is known to be lacking.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.findings.iter().all(|finding| finding.weight() != Weight::Lacking)
    }
}

/// What a request asks for, prepared once.
struct Wanted<'a> {
    lead: &'a Lead,
    goods: Vec<Goods<'a>>,
    /// Words of which a name has one, or else it has none of the goods.
    openings: BTreeSet<String>,
    /// The sets of products on file that are the one wanted, however they are written.
    sets: BTreeSet<&'a str>,
    from: Date,
    until: Date,
    amount: Option<Amount>,
    price_for: Option<Amount>,
}

impl<'a> Wanted<'a> {
    fn new(book: &'a Book, lead: &'a Lead, today: Date) -> Self {
        let from = lead.needed_from.unwrap_or(today).max(today);
        let names = lead.interest.as_str().split([',', ';', '+']);
        let goods: Vec<Goods<'a>> = names.map(Goods::new).filter(|goods| !goods.is_empty()).collect();
        let set = Goods::new(lead.product_set.as_str());
        let mut sets = BTreeSet::new();
        if !set.is_empty() {
            sets.extend(book.all::<Product>().iter().map(|product| product.product_set.as_str()));
            sets.retain(|written| Goods::new(written).is_same(&set));
        }
        Self {
            lead,
            openings: goods.iter().flat_map(Goods::openings).map(str::to_owned).collect(),
            goods,
            sets,
            from,
            until: lead.needed_until.unwrap_or(from).max(from),
            amount: Amount::read(lead.volume.as_str(), Period::Once),
            price_for: price_for(&lead.price_per),
        }
    }

    /// How much of the goods a product is, in percent, and whether it is of the set.
    fn share(&self, product: &Product) -> (i64, bool) {
        let of_set = self.sets.contains(product.product_set.as_str());
        if self.goods.is_empty() {
            return (if of_set { 100 } else { 0 }, of_set);
        }
        let folded = fold(product.name.as_str());
        let mut named = 0;
        if self.openings.iter().any(|word| folded.contains(word)) {
            let name = Goods::new(product.name.as_str());
            named = self.goods.iter().map(|goods| name.share_of(goods)).max().unwrap_or(0);
        }
        (named.max(if of_set { SET_ALONE } else { 0 }), of_set)
    }
}

/// The unit of a price, as an amount of one.
fn price_for(unit: &Text) -> Option<Amount> {
    if unit.is_empty() { None } else { Amount::read(&format!("1 {unit}"), Period::Once) }
}

/// Our businesses that fit what a lead asks for, the best first; each once, by its best product. A business that no longer
/// trades is left out, and so is the lead's own.
///
/// # Errors
/// When the lead does not say which goods are wanted.
pub fn matches(book: &Book, request: &Lead, today: Date) -> Result<Vec<Match>, Refusal> {
    let wanted = Wanted::new(book, request, today);
    if wanted.goods.is_empty() && Goods::new(request.product_set.as_str()).is_empty() {
        return refuse(
            "request-without-goods",
            say!("Yêu cầu chưa ghi cần mặt hàng nào.", "The request does not say which goods are wanted."),
            say!("Ghi mặt hàng quan tâm hoặc bộ sản phẩm.", "Write the goods or the product set."),
        )
        .map_err(|refusal: Refusal| refusal.at("interest"));
    }
    let mut best: BTreeMap<Id, (i64, Match)> = BTreeMap::new();
    for product in book.all::<Product>().iter() {
        let (share, of_set) = wanted.share(product);
        let Some(business) = product.business.filter(|id| share > 0 && request.business != Some(*id)) else { continue };
        if book.get::<Business>(business).is_none_or(|firm| firm.status != BusinessStatus::Active) {
            continue;
        }
        let findings = product_findings(book, &wanted, product, share, of_set);
        let points = findings.iter().map(Finding::points).sum();
        if best.get(&business).is_none_or(|(known, _)| *known < points) {
            best.insert(business, (points, Match { business, product: product.id, findings, known: None }));
        }
    }
    let mut found: Vec<Match> = best.into_values().map(|(_, found)| found).collect();
    for one in &mut found {
        dealings(book, request, one);
    }
    found.sort_by_cached_key(|one| (std::cmp::Reverse(one.points()), one.business));
    Ok(found)
}

fn product_findings(book: &Book, wanted: &Wanted<'_>, product: &Product, share: i64, of_set: bool) -> Vec<Finding> {
    let mut findings = vec![Finding::Goods(share)];
    if of_set {
        findings.push(Finding::OfSet);
    }
    findings.extend(stars(book, wanted, product));
    for paper in &wanted.lead.papers.0 {
        findings.push(match (product.papers.0.contains(paper), product.papers_until) {
            (false, _) => Finding::PaperMissing(*paper),
            (true, Some(until)) if until < wanted.from => Finding::PaperOver(*paper, until),
            (true, _) => Finding::Paper(*paper),
        });
    }
    findings.extend(capacity(wanted, product));
    findings.extend(season(wanted, product));
    findings.extend(price(wanted, product));
    findings
}

/// The best certificate that is valid on the first day on which the goods are needed; nothing to say where none is asked for.
fn stars(book: &Book, wanted: &Wanted<'_>, product: &Product) -> Option<Finding> {
    let valid = book.pointing::<Certificate>(product.id).filter(|one| one.is_valid_on(wanted.from));
    let best = valid.max_by_key(|one| (one.stars, one.valid_until));
    let stars = best.and_then(|one| one.stars).unwrap_or(0);
    let least = wanted.lead.stars_min.unwrap_or(0);
    let until = best.and_then(|one| one.valid_until).filter(|until| *until < wanted.until);
    if stars < least {
        return Some(Finding::StarsBelow { stars, least });
    }
    (stars > 0).then_some(Finding::Stars { stars, until })
}

fn capacity(wanted: &Wanted<'_>, product: &Product) -> Option<Finding> {
    if wanted.lead.volume.is_empty() {
        return None;
    }
    if product.capacity.is_empty() {
        return Some(Finding::CapacityUnknown);
    }
    let able = Amount::read(product.capacity.as_str(), Period::Month);
    let percent = able.zip(wanted.amount.as_ref()).and_then(|(able, amount)| able.percent_of(amount));
    Some(match percent {
        None => Finding::CapacityUnclear,
        Some(percent) if percent >= 100 => Finding::CapacityCovers(percent),
        Some(percent) => Finding::CapacityPart(percent),
    })
}

/// The months of the request in which the product is not to be had; nothing to say of goods of the whole year.
fn season(wanted: &Wanted<'_>, product: &Product) -> Option<Finding> {
    if product.season.0.is_empty() || (wanted.lead.needed_from.is_none() && wanted.lead.needed_until.is_none()) {
        return None;
    }
    let first = wanted.from.year() * 12 + wanted.from.month0().cast_signed();
    let last = wanted.until.year() * 12 + wanted.until.month0().cast_signed();
    let has = |month: i32| {
        let wanted = usize::try_from(month.rem_euclid(12)).unwrap_or(0);
        Month::CHOICES.get(wanted).is_some_and(|choice| product.season.0.iter().any(|own| own.key() == choice.key))
    };
    let lacking: Vec<u32> = (first..=last.min(first + 11))
        .filter(|month| !has(*month))
        .map(|month| month.rem_euclid(12).unsigned_abs() + 1)
        .collect();
    Some(if lacking.is_empty() { Finding::InSeason } else { Finding::OutOfSeason(lacking) })
}

fn price(wanted: &Wanted<'_>, product: &Product) -> Option<Finding> {
    let most = wanted.lead.price_most?;
    let Some(asked) = product.price else { return Some(Finding::PriceUnknown) };
    let ratio = match (price_for(&product.price_per), &wanted.price_for) {
        (Some(own), Some(theirs)) => own.ratio_to(theirs),
        (None, None) => Some((1, 1)),
        _ => None,
    };
    let comparable = ratio.and_then(|(by, of)| {
        let minor = i128::from(asked.minor).checked_mul(by)?.checked_add(of - 1)? / of.max(1);
        (asked.currency == most.currency).then_some(Money { minor: i64::try_from(minor).ok()?, ..asked })
    });
    Some(match comparable {
        None => Finding::PriceUnclear,
        Some(asked) if asked.minor <= most.minor => Finding::PriceWithin(asked),
        Some(asked) => Finding::PriceAbove(Money { minor: asked.minor - most.minor, ..asked }),
    })
}

/// What came of this business's leads: with this buyer, and with others.
fn dealings(book: &Book, request: &Lead, one: &mut Match) {
    let (mut with_buyer, mut elsewhere, mut lost) = (0, 0, None);
    for lead in book.pointing::<Lead>(one.business).filter(|lead| lead.business == Some(one.business)) {
        let ours = lead.partner == request.partner;
        let signed = matches!(lead.stage, LeadStage::Contract | LeadStage::Delivering | LeadStage::Repeat);
        match (ours, signed) {
            (true, true) => with_buyer += 1,
            (false, true) => elsewhere += 1,
            (true, false) if lead.stage == LeadStage::Lost => lost = Some(lead.loss),
            _ => {}
        }
        if ours && knows(lead, request) {
            one.known = Some(lead.id);
        }
    }
    if with_buyer > 0 {
        one.findings.push(Finding::SignedHere(with_buyer));
    } else if let Some(loss) = lost {
        one.findings.push(Finding::LostHere(loss));
    }
    if elsewhere > 0 {
        one.findings.push(Finding::SignedElsewhere(elsewhere));
    }
}

/// True when a lead of the same buyer already is about this request: introduced for it, or open and about the same goods.
#[must_use]
pub fn knows(lead: &Lead, request: &Lead) -> bool {
    if lead.partner != request.partner || lead.id == request.id || lead.stage == LeadStage::Duplicate {
        return false;
    }
    let same_goods = || {
        let (one, other) = (Goods::new(lead.interest.as_str()), Goods::new(request.interest.as_str()));
        one.share_of(&other) > 0 || other.share_of(&one) > 0
    };
    lead.request == Some(request.id) || (lead.stage.is_open() && same_goods())
}

/// The request that a lead belongs to: itself, or the one it was introduced for.
#[must_use]
pub fn request_of<'a>(book: &'a Book, lead: &'a Lead) -> &'a Lead {
    book.follow::<Lead>(lead.request).unwrap_or(lead)
}
