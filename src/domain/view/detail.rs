//! One record in full: its fields, what is computed from it, what belongs to it, and what a decision about it costs.

use std::collections::BTreeMap;

use crate::base::dates::{Date, show_date};
use crate::base::ids::Id;
use crate::base::money::{BasisPoints, Money};
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::claim::Override;
use crate::domain::consent::Purpose;
use crate::domain::field::Choice;
use crate::domain::field::{Chosen, Value};
use crate::domain::lead::{LeadStage, LossReason};
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::showing::{Mask, show};
use crate::domain::subsidy::from_book::BOOTH;
use crate::domain::subsidy::rules::{Cost, PlainCase, Rules, Written};
use crate::domain::subsidy::{Calculation, calculate, case_of};
use crate::domain::view::columns::{columns, value};
use crate::domain::view::consent::leave;
use crate::domain::view::derived::agreed_or_asked;
use crate::domain::view::doctor::{Stage, findings, matters};
use crate::domain::view::drawn;
use crate::domain::view::lead_care;
use crate::domain::view::money::budget_sums;
use crate::domain::view::priority::priority;
use crate::domain::view::suits::{Comparison, suits};
use crate::domain::view::title::{title, unnamed};
use crate::domain::view::usage;
use crate::domain::{Booth, BudgetLine, Claim, Contact, Fair, Lead, Placement, Registration, Scheme, Touch};
use crate::say;

/// How many of the records that belong to one are named.
const NAMED: usize = 3;

/// What only a lead says that was made by introducing two.
const ANSWERS: [&str; 5] = ["request", "seller_answer", "seller_answered_on", "buyer_answer", "buyer_answered_on"];

/// For whom a record is shown.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// The day of computed values.
    pub today: Date,
    /// The language.
    pub lang: Lang,
    /// Whether personal data is shown whole.
    pub mask: Mask,
}

/// Some lines under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The stable key: `fields`, `computed`, `drawn`, `parties`, `priority`, `price`, `usage`, `suits`, `call`, `touches`, `may`, `findings`, `calculation`, `adjustments`, `related`.
    pub key: &'static str,
    /// The heading.
    pub title: Words,
    /// The lines.
    pub lines: Vec<Line>,
}

/// One line: a label and what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The key of the column or kind; empty for the steps of a calculation.
    pub key: &'static str,
    /// The label.
    pub label: String,
    /// What stands behind it; empty when nothing was entered.
    pub text: String,
    /// The records it leads to.
    pub to: Vec<(Kind, Id)>,
}

impl Line {
    pub(super) fn new(key: &'static str, label: &Words, text: String, lang: Lang) -> Self {
        Self { key, label: label.in_lang(lang).to_owned(), text, to: Vec::new() }
    }
}

/// A record section by section; nothing when it is not in the book.
#[must_use]
pub fn detail(book: &Book, kind: Kind, id: Id, view: View) -> Vec<Section> {
    if book.noun(kind, id).is_none() {
        return Vec::new();
    }
    let sections = [
        fields(book, kind, id, view, false),
        fields(book, kind, id, view, true),
        drawn::result(book, kind, id, view),
        drawn::parties(book, kind, id, view),
        priority_section(book, kind, id, view),
        price_section(book, kind, id, view),
        usage_section(book, kind, id, view),
        suits_section(book, kind, id, view),
        call_reasons(book, kind, id, view),
        touches(book, kind, id, view),
        allowed(book, kind, id, view),
        checks(book, kind, id, view),
        calculation(book, kind, id, view),
        adjustments(book, kind, id, view),
        related(book, id, view),
    ];
    sections.into_iter().filter(|section| !section.lines.is_empty()).collect()
}

fn fields(book: &Book, kind: Kind, id: Id, view: View, derived: bool) -> Section {
    let (key, title) = if derived {
        ("computed", Words::new("Tính ra", "Computed"))
    } else {
        ("fields", Words::new("Thông tin", "Record"))
    };
    let mut lines = Vec::new();
    let lead = book.get::<Lead>(id).filter(|_| kind == Kind::Lead);
    let is_idle = |key: &str| {
        lead.is_some_and(|lead| match key {
            "loss" => lead.stage != LeadStage::Lost && lead.loss == LossReason::default(),
            _ => lead.request.is_none() && ANSWERS.contains(&key),
        })
    };
    for column in columns(kind).iter().filter(|column| column.is_derived() == derived && !is_idle(column.field.key)) {
        let Some(noun) = book.noun(kind, id) else { continue };
        let found = value(book, column, noun, view.today);
        let text = show(book, id, &column.field, &found, view.lang, view.mask);
        let mut line = Line::new(column.field.key, &column.field.label(), text, view.lang);
        if let (Value::Link(to), crate::domain::field::Shape::Link(kind)) = (&found, column.field.shape) {
            line.to.push((kind, *to));
        }
        lines.push(line);
    }
    Section { key, title, lines }
}

/// The priority points of a registration, a line a reason.
fn priority_section(book: &Book, kind: Kind, id: Id, view: View) -> Section {
    let found = book.get::<Registration>(id).filter(|_| kind == Kind::Registration);
    let priority = found.map(|registration| priority(book, registration, view.today)).unwrap_or_default();
    let line = |(words, points): &(Words, i64)| Line::new("", words, format!("{points:+}"), view.lang);
    let lines = priority.reasons.iter().map(line).collect();
    Section { key: "priority", title: Words::new("Điểm ưu tiên", "Priority points"), lines }
}

/// What was used of the limits of schemes, a line a limit.
fn usage_section(book: &Book, kind: Kind, id: Id, view: View) -> Section {
    let found = match kind {
        Kind::Business => usage::of_business(book, id, view.today),
        Kind::Registration => usage::of_registration(book, id),
        _ => Ok(Vec::new()),
    };
    let rows = found.unwrap_or_default();
    let line = |row: &usage::Row| {
        let label = Words::same(title(book, Kind::Scheme, row.scheme, view.lang));
        let text = format!("{}: {}", row.label().in_lang(view.lang), row.state().in_lang(view.lang));
        let mut line = Line::new("", &label, text, view.lang);
        line.to.push((Kind::Scheme, row.scheme));
        line
    };
    let lines = rows.iter().map(line).collect();
    Section { key: "usage", title: Words::new("Đã dùng hạn mức", "Limits used"), lines }
}

/// What does not fit of a claim that may still be decided or paid, what it stops, and who has answered for it. An answer
/// stays, also when what it answered is gone.
fn checks(book: &Book, kind: Kind, id: Id, view: View) -> Section {
    let title = Words::new("Điểm kiểm tra", "Checks");
    let mut section = Section { key: "findings", title, lines: Vec::new() };
    let Some(claim) = book.get::<Claim>(id).filter(|_| kind == Kind::Claim) else { return section };
    let found = if matters(book, claim) { findings(book, claim, view.today) } else { Vec::new() };
    let answered = |answer: &Override| {
        let (by, reason, day) = (&answer.by, &answer.reason, answer.on.map(show_date).unwrap_or_default());
        say!("{by} cho qua {day}: {reason}", "{by} answered on {day}: {reason}")
    };
    for finding in &found {
        let label = match (&finding.answered, finding.stops) {
            (Some(_), _) => Words::new("đã cho qua", "answered for"),
            (None, Stage::Nothing) => Words::new("nhắc", "reminder"),
            (None, stops) => say!("chặn {}", "stops {}"; stops.words()),
        };
        let said = match &finding.answered {
            Some(answer) => say!("{} {}.", "{} {}."; finding.words, answered(answer)),
            None => say!("{} {}", "{} {}"; finding.words, finding.fix),
        };
        let mut line = Line::new(finding.code, &label, said.in_lang(view.lang).to_owned(), view.lang);
        line.to.extend(finding.other);
        section.lines.push(line);
    }
    let stands = |answer: &&Override| !found.iter().any(|finding| finding.answered.as_ref() == Some(*answer));
    for answer in claim.overrides.iter().filter(stands) {
        let label = Words::new("đã cho qua trước đây", "answered before");
        let said = answered(answer);
        section.lines.push(Line::new(
            "",
            &label,
            format!("{}: {}", answer.finding, said.in_lang(view.lang)),
            view.lang,
        ));
    }
    section
}

/// The schemes in force compared: what each would grant, or why it does not apply.
fn suits_section(book: &Book, kind: Kind, id: Id, view: View) -> Section {
    let found = if kind == Kind::Registration { suits(book, id).unwrap_or_default() } else { Comparison::default() };
    let mut lines: Vec<Line> = found
        .suits
        .iter()
        .map(|suit| {
            let name = title(book, Kind::Scheme, suit.scheme, view.lang);
            let text = if suit.barred.is_empty() {
                suit.grant.show(view.lang)
            } else {
                suit.barred.iter().map(|reason| reason.in_lang(view.lang)).collect::<Vec<_>>().join("; ")
            };
            let mut line = Line::new("", &Words::same(name), text, view.lang);
            line.to.push((Kind::Scheme, suit.scheme));
            line
        })
        .collect();
    if let Some(estimated) = found.estimated {
        lines.push(Line::new("", &estimated, String::new(), view.lang));
    }
    Section { key: "suits", title: Words::new("Chương trình phù hợp", "Schemes that suit"), lines }
}

/// The records that point to this one, a line a kind with how many there are and what the latest are called.
fn related(book: &Book, id: Id, view: View) -> Section {
    let mut kinds: BTreeMap<Kind, Vec<Id>> = BTreeMap::new();
    for (kind, from) in book.pointing_any(id) {
        let ids = kinds.entry(kind).or_default();
        // A record may point here by two of its fields.
        if ids.last() != Some(&from) {
            ids.push(from);
        }
    }
    let lines = kinds
        .into_iter()
        .map(|(kind, ids)| {
            let named: Vec<String> = ids.iter().rev().take(NAMED).map(|id| named(book, kind, *id, view.lang)).collect();
            let more = if ids.len() > NAMED { ", …" } else { "" };
            let text = format!("{} ({}{more})", ids.len(), named.join(", "));
            let to = ids.into_iter().map(|id| (kind, id)).collect();
            Line { to, ..Line::new(kind.plural(), &kind.words(), text, view.lang) }
        })
        .collect();
    Section { key: "related", title: Words::new("Liên quan", "Related"), lines }
}

fn named(book: &Book, kind: Kind, id: Id, lang: Lang) -> String {
    let name = title(book, kind, id, lang);
    if name.is_empty() { unnamed().in_lang(lang).to_owned() } else { name }
}

/// Why a lead should be called before others, each rule with its points.
fn call_reasons(book: &Book, kind: Kind, id: Id, view: View) -> Section {
    let lead = if kind == Kind::Lead { book.get::<Lead>(id) } else { None };
    let reasons = lead.map(|lead| lead_care::reasons(book, lead, view.today)).unwrap_or_default();
    let lines = reasons
        .into_iter()
        .map(|reason| Line::new("", &reason.words, format!("{:+}", reason.points), view.lang))
        .collect();
    Section { key: "call", title: Words::new("Vì sao nên gọi", "Why to call"), lines }
}

/// What a person's data may be used for.
fn allowed(book: &Book, kind: Kind, id: Id, view: View) -> Section {
    let contact = book.get::<Contact>(id).filter(|_| kind == Kind::Contact);
    let given = Words::new("đã đồng ý", "agreed");
    let line = |contact: &Contact, choice: &Choice| {
        let leave = leave(book, contact, Purpose::from_key(choice.key)?, view.today);
        let text = leave.words().unwrap_or(&given).in_lang(view.lang).to_owned();
        Some(Line::new("", &choice.words(), text, view.lang))
    };
    let lines = contact.map(|contact| Purpose::CHOICES.iter().filter_map(|choice| line(contact, choice)).collect());
    Section {
        key: "may", title: Words::new("Được dùng cho việc", "May be used for"), lines: lines.unwrap_or_default()
    }
}

/// The touches of a lead, the newest first.
fn touches(book: &Book, kind: Kind, id: Id, view: View) -> Section {
    let mut touches: Vec<&Touch> = if kind == Kind::Lead { book.pointing::<Touch>(id).collect() } else { Vec::new() };
    touches.sort_by_key(|touch| std::cmp::Reverse((touch.on, touch.id)));
    let lines = touches
        .into_iter()
        .map(|touch| {
            let day = touch.on.map(show_date).unwrap_or_default();
            let label = format!("{day} · {}", touch.means.words().in_lang(view.lang));
            let said = [touch.note.as_str(), touch.by.as_str()];
            let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
            let mut line = Line::new("", &Words::same(label), said.join(" · "), view.lang);
            line.to.push((Kind::Touch, touch.id));
            line
        })
        .collect();
    Section { key: "touches", title: Words::new("Đã liên hệ", "In touch"), lines }
}

/// The steps from cost to grant, as they were frozen or would be now.
fn calculation(book: &Book, kind: Kind, id: Id, view: View) -> Section {
    let claim = if kind == Kind::Claim { book.get::<Claim>(id) } else { None };
    let steps = claim.and_then(|claim| claim.calculation.as_ref()).map_or(&[][..], |found| &found.steps);
    let lines = steps
        .iter()
        .map(|step| {
            let amount = step.amount.map_or_else(String::new, |amount| amount.show(view.lang));
            Line::new("", &step.words, amount, view.lang)
        })
        .collect();
    Section { key: "calculation", title: Words::new("Cách tính", "Calculation"), lines }
}

fn adjustments(book: &Book, kind: Kind, id: Id, view: View) -> Section {
    let line = if kind == Kind::BudgetLine { book.get::<BudgetLine>(id) } else { None };
    let lines = line
        .map_or(&[][..], |line| &line.adjustments)
        .iter()
        .map(|adjustment| {
            let day = adjustment.on.map(show_date).unwrap_or_default();
            let label = [day, adjustment.decision_no.to_string(), adjustment.reason.to_string()];
            let label: Vec<String> = label.into_iter().filter(|part| !part.is_empty()).collect();
            Line::new("", &Words::same(label.join(" · ")), adjustment.amount.show(view.lang), view.lang)
        })
        .collect();
    Section { key: "adjustments", title: Words::new("Điều chỉnh", "Adjustments"), lines }
}

/// What it costs and brings to give a booth to a registration.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// Rent before tax.
    pub net: Money,
    /// Tax on it.
    pub vat: Money,
    /// What is to be paid.
    pub total: Money,
    /// True when it is nothing because nobody has said yet what the booth costs.
    pub is_unpriced: bool,
    /// The scheme that the fair offers.
    pub scheme: Option<Id>,
    /// Its rate.
    pub rate: Option<BasisPoints>,
    /// How much more would be granted with this booth than without it; none without a registration and a scheme.
    pub grant: Option<Money>,
    /// All booths of the claim with this one, and the whole grant for them; none where this booth brings all of it.
    pub whole: Option<(usize, Money)>,
    /// What the business bears of this booth; none where no grant is known.
    pub own_share: Option<Money>,
    /// Why nothing would be granted: all reasons at once.
    pub barred: Vec<Words>,
    /// The budget line that would pay.
    pub budget: Option<Id>,
    /// What that line still has.
    pub budget_left: Option<Money>,
    /// What it has once the whole grant with this booth is decided; as now where a decision has bound the money already.
    pub budget_after: Option<Money>,
    /// What the firm has used of every limit of the scheme, this time not counted.
    pub used: Vec<usage::Row>,
}

/// The price of giving a booth to a registration, or to nobody yet; nothing when booth or fair are not in the book.
///
/// # Errors
/// When amounts overflow or mix currencies, or the rules of the scheme cannot be read.
pub fn price_of(book: &Book, booth: Id, registration: Option<Id>) -> Result<Option<Price>, Refusal> {
    let Some(booth) = book.get::<Booth>(booth) else { return Ok(None) };
    let Some(fair) = book.follow::<Fair>(booth.fair) else { return Ok(None) };
    // Who stands there already has it for what was agreed; a firm that is tried pays the price of the day.
    let (net, vat) = agreed_or_asked(book, (booth, fair), |placement| placement.registration == registration)?;
    let claim = registration.and_then(|id| book.pointing::<Claim>(id).find(|claim| claim.status.is_alive()));
    let scheme = book.follow::<Scheme>(claim.map_or(fair.scheme, |claim| claim.scheme));
    let budget = book.follow::<BudgetLine>(claim.and_then(|claim| claim.budget).or(fair.budget));
    let mut price = Price {
        net,
        vat,
        total: net.plus(vat)?,
        is_unpriced: net.is_zero() && booth.is_unpriced(fair),
        scheme: scheme.map(|scheme| scheme.id),
        rate: scheme.and_then(|scheme| scheme.rate),
        grant: None,
        whole: None,
        own_share: None,
        barred: Vec::new(),
        budget: budget.map(|line| line.id),
        budget_left: budget.map(|line| budget_sums(book, line)).transpose()?.map(|sums| sums.free),
        budget_after: None,
        used: registration.map(|id| usage::of_registration(book, id)).transpose()?.unwrap_or_default(),
    };
    if let (Some(registration), Some(scheme)) = (registration, scheme)
        && let Some((booths, with, without)) = both_ways(book, booth, registration, claim, scheme, (net, vat))?
    {
        let grant = with.grant.minus(without.grant)?.at_least_zero();
        price.grant = Some(grant);
        price.whole = (with.grant != grant).then_some((booths, with.grant));
        price.own_share = Some(price.total.minus(grant)?);
        price.barred = with.barred;
        let is_bound = claim.is_some_and(|claim| claim.status.binds_money());
        let more = if is_bound { Money::ZERO } else { with.grant };
        price.budget_after = price.budget_left.map(|left| left.minus(more)).transpose()?;
    }
    Ok(Some(price))
}

/// How many booths a registration has with this one, and the calculation with it and without it.
fn both_ways(
    book: &Book,
    booth: &Booth,
    registration: Id,
    claim: Option<&Claim>,
    scheme: &Scheme,
    (net, vat): (Money, Money),
) -> Result<Option<(usize, Calculation, Calculation)>, Refusal> {
    // An invoice of the whole stand says nothing about one booth, so that the rents of the placements are taken.
    let asked = Claim {
        id: claim.map_or(Id::NIL, |claim| claim.id),
        registration: Some(registration),
        scheme: Some(scheme.id),
        other_public: claim.and_then(|claim| claim.other_public),
        ..Claim::default()
    };
    let rules = Rules::of(scheme)?;
    let Some(case) = case_of(book, &asked, &rules)? else { return Ok(None) };
    let others = case.costs.iter().filter(|row| row.label != booth.code.as_str()).cloned().collect();
    let without = PlainCase { costs: others, ..case };
    let mut with = without.clone();
    let currency = rules.money()?;
    with.costs.push(Cost {
        kind: BOOTH.to_owned(),
        label: booth.code.to_string(),
        cost: Written::of(net, currency)?,
        vat: Some(Written::of(vat, currency)?),
        ..Cost::default()
    });
    let booths = with.costs.iter().filter(|cost| cost.kind == BOOTH).count();
    Ok(Some((booths, calculate(&rules, &with)?, calculate(&rules, &without)?)))
}

fn price_section(book: &Book, kind: Kind, id: Id, view: View) -> Section {
    let empty =
        Section {
            key: "price", title: Words::new("Giá của quyết định", "Price of the decision"), lines: vec![]
        };
    let (booth, registration) = match kind {
        Kind::Booth => {
            let holders = book.pointing::<Placement>(id).filter(|placement| placement.counts_on(view.today));
            (Some(id), holders.filter_map(|placement| placement.registration).last())
        }
        Kind::Placement => {
            book.get::<Placement>(id).map_or((None, None), |placement| (placement.booth, placement.registration))
        }
        _ => (None, None),
    };
    let Some(price) = booth.and_then(|booth| price_of(book, booth, registration).ok().flatten()) else { return empty };
    Section { lines: price_lines(book, &price, registration, view), ..empty }
}

/// The price line by line, as the map and the detail show it.
#[must_use]
pub fn price_lines(book: &Book, price: &Price, registration: Option<Id>, view: View) -> Vec<Line> {
    let lang = view.lang;
    let line = |key, label: Words, text: String| Line::new(key, &label, text, lang);
    let mut lines = vec![
        line("net", Words::new("Tiền thuê trước thuế", "Rent before tax"), price.net.show(lang)),
        line("vat", Words::new("Thuế GTGT", "VAT"), price.vat.show(lang)),
        line("total", Words::new("Phải trả", "To be paid"), price.total.show(lang)),
    ];
    if price.is_unpriced {
        let text = Words::new("Hội chợ chưa có giá thuê 1 m².", "The fair has no rent per m² yet.");
        lines.push(line("unpriced", Words::new("Chưa có giá", "No price"), text.in_lang(lang).to_owned()));
    }
    if let Some(registration) = registration.and_then(|id| book.get::<Registration>(id)) {
        let name = title(book, Kind::Registration, registration.id, lang);
        let mut who = line("registration", Words::new("Đăng ký", "Registration"), name);
        who.to.push((Kind::Registration, registration.id));
        lines.insert(0, who);
    }
    if let Some(scheme) = price.scheme {
        let rate = price.rate.map(|rate| rate.show(lang)).unwrap_or_default();
        let text = format!("{} {rate}", title(book, Kind::Scheme, scheme, lang));
        let mut scheme_line = line("scheme", Words::new("Chương trình hỗ trợ", "Scheme"), text);
        scheme_line.to.push((Kind::Scheme, scheme));
        lines.push(scheme_line);
    }
    if let Some(grant) = price.grant {
        let label = match price.whole {
            Some(_) => Words::new("Hỗ trợ gian này", "Booth's grant"),
            None => Words::new("Dự kiến hỗ trợ", "Expected grant"),
        };
        lines.push(line("grant", label, grant.show(lang)));
    }
    for reason in &price.barred {
        lines.push(line("barred", Words::new("Không được hỗ trợ", "No grant"), reason.in_lang(lang).to_owned()));
    }
    if let Some(own) = price.own_share {
        lines.push(line("own_share", Words::new("Doanh nghiệp tự chi", "Own share"), own.show(lang)));
    }
    for row in &price.used {
        let label = say!("Hạn mức {}", "Limit {}"; row.label());
        lines.push(line("used", label, row.state().in_lang(lang).to_owned()));
    }
    if let (Some(left), Some(budget)) = (price.budget_left, price.budget) {
        let text = format!("{} ({})", left.show(lang), title(book, Kind::BudgetLine, budget, lang));
        let mut left_line = line("budget_left", Words::new("Nguồn còn lại", "Budget left"), text);
        left_line.to.push((Kind::BudgetLine, budget));
        lines.push(left_line);
    }
    if let Some(after) = price.budget_after.filter(|after| Some(*after) != price.budget_left) {
        // What is taken from the line stands above what remains of it, where it is more than this booth's.
        if let Some((booths, whole)) = price.whole {
            let words = say!("Hỗ trợ {booths} gian", "Grant, all {booths}");
            lines.push(line("whole_grant", words, format!("−{}", whole.show(lang))));
        }
        lines.push(line("budget_after", Words::new("Nguồn sau đó", "Budget after"), after.show(lang)));
    }
    lines
}
