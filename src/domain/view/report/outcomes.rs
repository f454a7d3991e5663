//! What a fair or a year came to (R12, R13): meetings, partners, what was intended, signed and delivered, after how long and at
//! what cost; by business, product group, commune, fair and owner.

use std::collections::{BTreeMap, BTreeSet};

use super::leads::{Among, is_among};
use super::money::{Support, supports};
use super::{Amount, Asked, Figure, Report, Row, Table, chart, count, name, number, records, share};
use crate::base::dates::{Date, plus_months};
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::field::Chosen;
use crate::domain::lead::LeadStage;
use crate::domain::record::Kind;
use crate::domain::view::outcome::{
    Total, group_of, has_contract, has_delivery, has_mou, market_openers, meetings, total,
};
use crate::domain::view::title::title;
use crate::domain::{Business, Fair, FairReport, Lead, Registration};
use crate::say;

/// After how many months results are looked for.
const MONTHS: [u32; 3] = [3, 6, 12];

/// What is reported on: leads, and the fairs they and the money belong to.
struct Field<'a> {
    leads: Vec<&'a Lead>,
    fairs: Vec<&'a Fair>,
    supports: Vec<Support<'a>>,
}

fn field<'a>(book: &'a Book, asked: &Asked) -> Result<Field<'a>, MoneyFault> {
    let among = asked.fair.map_or(Among::Year(asked.year), Among::Fair);
    let leads = book.all::<Lead>().iter().filter(|lead| lead.stage != LeadStage::Duplicate);
    let is_wanted = |fair: &Fair| match asked.fair {
        Some(chosen) => fair.id == chosen,
        None => super::opens_in(fair, asked.year),
    };
    Ok(Field {
        leads: leads.filter(|lead| is_among(book, lead, among)).collect(),
        fairs: book.all::<Fair>().iter().filter(|fair| is_wanted(fair)).collect(),
        supports: supports(book, is_wanted)?,
    })
}

fn ids<'a>(leads: impl IntoIterator<Item = &'a &'a Lead>) -> Vec<(Kind, Id)> {
    records(Kind::Lead, leads.into_iter().map(|lead| lead.id))
}

/// What a fair, or the fairs and leads of a year, came to.
///
/// # Errors
/// When amounts overflow.
pub fn outcomes(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let field = field(book, asked)?;
    let mut notes = Vec::new();
    let mut figures = met(book, &field);
    figures.extend(signed(&field, &mut notes)?);
    figures.extend(further(book, &field));
    figures.extend(cost(&field, &mut notes)?);
    figures.extend(at_the_fair(book, &field, &mut notes)?);
    let undated = field.leads.iter().filter(|lead| has_contract(lead) && lead.signed_on.is_none()).count();
    if undated > 0 {
        notes.push(say!(
            "{undated} hợp đồng chưa ghi ngày ký, nên không tính vào 3, 6, 12 tháng.",
            "{undated} contracts have no day of signing and are in none of the 3, 6 and 12 months."
        ));
    }
    let mut tables = vec![funnel(&field), after_months(book, &field, asked.today)?];
    tables.extend(parted(book, &field, asked)?);
    let about = match asked.fair {
        Some(id) => Words::same(title(book, Kind::Fair, id, Lang::Vi)),
        None => Words::same(asked.year.to_string()),
    };
    let title = say!("Kết quả xúc tiến {}", "What came of {}"; about);
    Ok(Report { key: "outcomes", title, figures, notes, tables })
}

fn met(book: &Book, field: &Field<'_>) -> Vec<Figure> {
    let mut meeting_count = 0;
    let mut touches: Vec<(Kind, Id)> = Vec::new();
    for lead in &field.leads {
        let (found, behind) = meetings(book, lead);
        meeting_count += found;
        // A meeting that is known by the lead alone opens the lead.
        if behind.is_empty() && found > 0 {
            touches.push((Kind::Lead, lead.id));
        } else {
            touches.extend(behind.into_iter().map(|touch| (Kind::Touch, touch)));
        }
    }
    // One list shows one kind: touches where there are some.
    let any_touch = touches.iter().any(|(kind, _)| *kind == Kind::Touch);
    touches.sort_by_key(|(kind, id)| ((*kind == Kind::Touch) != any_touch, *id));
    let firms = field.leads.iter().filter_map(|lead| lead.business);
    let partners = field.leads.iter().filter_map(|lead| lead.partner);
    vec![
        number("leads", Words::new("Đầu mối", "Leads"), ids(&field.leads)),
        Figure {
            key: "meetings",
            words: Words::new("Lượt gặp", "Meetings"),
            value: count(meeting_count),
            records: touches,
        },
        number("partners", Words::new("Đối tác", "Partners"), records(Kind::Partner, partners)),
        number("firms", Words::new("Doanh nghiệp có đầu mối", "Firms with leads"), records(Kind::Business, firms)),
    ]
}

/// A count and a value for each of the three things that are never added together.
fn signed(field: &Field<'_>, notes: &mut Vec<Words>) -> Result<Vec<Figure>, MoneyFault> {
    let of = |wanted: Wanted| ids(field.leads.iter().copied().filter(|lead| wanted(lead)).collect::<Vec<_>>().iter());
    let mut worth = |key, words: Words, of: fn(&Lead) -> Option<Money>| -> Result<Figure, MoneyFault> {
        let found = total(field.leads.iter().copied(), of)?;
        without_rate(field, &found, &words, of, notes);
        let behind = records(Kind::Lead, found.leads);
        Ok(Figure { key, words, value: Amount::Money(found.sum), records: behind })
    };
    let principle = |lead: &Lead| lead.stage == LeadStage::Principle;
    Ok(vec![
        number("mous", Words::new("Biên bản ghi nhớ", "MOU"), of(has_mou)),
        worth("mou_value", Words::new("Giá trị ghi nhớ (dự định)", "MOU value (intended)"), |lead| {
            lead.mou_value
        })?,
        number("principles", Words::new("Hợp đồng nguyên tắc", "Principle contracts"), of(principle)),
        number("contracts", Words::new("Hợp đồng", "Contracts"), of(has_contract)),
        worth("contract_value", Words::new("Giá trị đã ký", "Value signed"), |lead| lead.contract_value)?,
        number("deliveries", Words::new("Đang hoặc đã giao", "With deliveries"), of(has_delivery)),
        worth("delivered_value", Words::new("Giá trị đã giao", "Value delivered"), |lead| lead.delivered_value)?,
    ])
}

/// Says which foreign amounts have no rate, each in its own currency.
fn without_rate(
    field: &Field<'_>,
    found: &Total,
    words: &Words,
    of: fn(&Lead) -> Option<Money>,
    notes: &mut Vec<Words>,
) {
    if found.without_rate.is_empty() {
        return;
    }
    let shown = |lang: Lang| {
        let leads = field.leads.iter().filter(|lead| found.without_rate.contains(&lead.id));
        leads.filter_map(|lead| of(lead)).map(|amount| amount.show(lang)).collect::<Vec<_>>().join(", ")
    };
    let (vi, en) = (shown(Lang::Vi), shown(Lang::En));
    notes.push(say!(
        "{}: chưa cộng {vi} vì thiếu tỷ giá (ghi tỷ giá và ngày ở đầu mối).",
        "{}: {en} is not in the sum, its rate is missing (enter rate and day in the lead).";
        words
    ));
}

fn further(book: &Book, field: &Field<'_>) -> Vec<Figure> {
    let openers = market_openers(book);
    let new: Vec<&Lead> = field.leads.iter().copied().filter(|lead| openers.contains(&lead.id)).collect();
    let repeat: Vec<&Lead> = field.leads.iter().copied().filter(|lead| lead.stage == LeadStage::Repeat).collect();
    let lost: Vec<&Lead> = field.leads.iter().copied().filter(|lead| lead.stage == LeadStage::Lost).collect();
    vec![
        number("new_markets", Words::new("Thị trường mới", "New markets"), ids(&new)),
        number("repeat_orders", Words::new("Mua lại", "Repeat orders"), ids(&repeat)),
        number("lost", Words::new("Không thành", "Lost"), ids(&lost)),
    ]
}

/// What was spent: the office's own cost and the support, by lead and by đồng signed.
fn cost(field: &Field<'_>, notes: &mut Vec<Words>) -> Result<Vec<Figure>, MoneyFault> {
    let support = Money::sum(field.supports.iter().map(|support| support.claim.due()))?;
    let own = Money::sum(field.fairs.iter().filter_map(|fair| fair.cost))?;
    let spent = support.plus(own)?;
    let claims = || records(Kind::Claim, field.supports.iter().map(|support| support.claim.id));
    let fairs = || records(Kind::Fair, field.fairs.iter().filter(|fair| fair.cost.is_some()).map(|fair| fair.id));
    let unsaid = field.fairs.iter().filter(|fair| fair.cost.is_none()).count();
    if unsaid > 0 {
        notes.push(say!(
            "{unsaid} hội chợ chưa ghi chi phí của cơ quan; chi phí dưới đây chỉ gồm phần đã ghi.",
            "{unsaid} fairs do not say what they cost the office; the costs below hold what is written down only."
        ));
    }
    let signed = total(field.leads.iter().copied(), |lead| lead.contract_value)?.sum;
    Ok(vec![
        super::sum("support", Words::new("Hỗ trợ đã quyết định", "Support decided"), support, claims()),
        super::sum("office_cost", Words::new("Chi phí của cơ quan", "Cost to the office"), own, fairs()),
        Figure {
            key: "cost_per_lead",
            words: Words::new("Chi phí và hỗ trợ mỗi đầu mối", "Cost and support per lead"),
            value: per(spent, field.leads.len()),
            records: ids(&field.leads),
        },
        Figure {
            key: "cost_per_signed_bp",
            words: Words::new("Chi phí và hỗ trợ trên giá trị đã ký", "Cost and support to value signed"),
            value: share(spent.minor, signed.minor),
            records: ids(field.leads.iter().copied().filter(|lead| has_contract(lead)).collect::<Vec<_>>().iter()),
        },
    ])
}

/// An amount for each of so many, rounded down; nothing where there are none.
fn per(amount: Money, count: usize) -> Amount {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    match amount.minor.checked_div(count) {
        Some(each) => Amount::Money(Money { minor: each, ..amount }),
        None => Amount::Empty,
    }
}

/// What was counted at the fairs themselves: firms, visits, turnover of all and of our firms.
fn at_the_fair(book: &Book, field: &Field<'_>, notes: &mut Vec<Words>) -> Result<Vec<Figure>, MoneyFault> {
    let stood: Vec<&Registration> =
        field.fairs.iter().flat_map(|fair| crate::domain::view::results::who_stood(book, fair.id)).collect();
    let told: Vec<&FairReport> = stood
        .iter()
        .filter_map(|registration| crate::domain::view::results::report_of(book, registration.id))
        .collect();
    let own = Money::sum(told.iter().filter_map(|report| report.turnover))?;
    let counted: Vec<&&Fair> = field.fairs.iter().filter(|fair| fair.turnover.is_some()).collect();
    let whole = Money::sum(counted.iter().filter_map(|fair| fair.turnover))?;
    let visited: Vec<&&Fair> = field.fairs.iter().filter(|fair| fair.visits.is_some()).collect();
    let visits = visited.iter().filter_map(|fair| fair.visits).fold(0, i64::saturating_add);
    let fairs = |fairs: &[&&Fair]| records(Kind::Fair, fairs.iter().map(|fair| fair.id));
    if stood.len() > told.len() {
        let (told, stood) = (told.len(), stood.len());
        notes.push(say!(
            "Doanh thu của đơn vị cộng từ {told}/{stood} báo cáo.",
            "The firms' turnover comes from {told} of {stood} reports."
        ));
    }
    let took_part = || records(Kind::Registration, stood.iter().map(|registration| registration.id));
    Ok(vec![
        number("fairs", Words::new("Hội chợ", "Fairs"), records(Kind::Fair, field.fairs.iter().map(|fair| fair.id))),
        number(
            "firms_there",
            Words::new("Doanh nghiệp tham gia", "Firms that took part"),
            records(Kind::Business, stood.iter().filter_map(|registration| registration.business)),
        ),
        number("participations", Words::new("Lượt tham gia", "Participations"), took_part()),
        Figure {
            key: "visits",
            words: Words::new("Lượt khách", "Visits"),
            value: if visited.is_empty() { Amount::Empty } else { Amount::Number(visits) },
            records: fairs(&visited),
        },
        Figure {
            key: "fair_turnover",
            words: Words::new("Doanh thu cả hội chợ", "Turnover of whole fairs"),
            value: if counted.is_empty() { Amount::Empty } else { Amount::Money(whole) },
            records: fairs(&counted),
        },
        super::sum(
            "own_turnover",
            Words::new("Doanh thu đơn vị báo cáo", "Turnover our firms report"),
            own,
            records(Kind::FairReport, told.iter().map(|report| report.id)),
        ),
    ])
}

/// Whether a lead is counted.
type Wanted = fn(&Lead) -> bool;

/// How many leads came at least so far: each stage holds those beyond it.
fn funnel(field: &Field<'_>) -> Table {
    let steps: [(Words, Wanted); 6] = [
        (Words::new("đầu mối", "leads"), |_| true),
        (Words::new("đã liên hệ", "contacted"), |lead| lead.stage != LeadStage::New),
        (Words::new("đã báo giá trở lên", "quoted and beyond"), |lead| {
            has_contract(lead) || (lead.stage >= LeadStage::Quoted && lead.stage.is_on_the_way())
        }),
        (Words::new("ghi nhớ trở lên", "MOU and beyond"), |lead| {
            has_mou(lead) || has_contract(lead) || lead.stage == LeadStage::Principle
        }),
        (Words::new("hợp đồng trở lên", "contract and beyond"), has_contract),
        (Words::new("mua lại", "repeat order"), |lead| lead.stage == LeadStage::Repeat),
    ];
    let most = i64::try_from(field.leads.len()).unwrap_or(i64::MAX);
    let rows = steps
        .into_iter()
        .map(|(words, wanted)| {
            let found: Vec<&Lead> = field.leads.iter().copied().filter(|lead| wanted(lead)).collect();
            let part = i64::try_from(found.len()).unwrap_or(i64::MAX);
            Row {
                subject: None,
                cells: vec![
                    Amount::Group(words, ids(&found)),
                    count(found.len()),
                    share(part, most),
                    Amount::Picture(chart::bar(part, most)),
                ],
            }
        })
        .collect();
    Table {
        key: "funnel",
        title: Words::new("Phễu", "Funnel"),
        headings: vec![
            ("step", Words::new("Đến", "Reached")),
            ("count", Words::new("Số lượng", "Count")),
            ("share_bp", Words::new("Tỷ lệ", "Share")),
            ("bar", Words::default()),
        ],
        rows,
    }
}

/// Of the leads whose fair is so many months ago: which had a contract by then, and what it is worth.
fn after_months(book: &Book, field: &Field<'_>, today: Date) -> Result<Table, MoneyFault> {
    let mut rows = Vec::new();
    for months in MONTHS {
        let by = |lead: &Lead| {
            let closed = book.follow::<Fair>(lead.fair).and_then(|fair| fair.closes_on)?;
            Some(plus_months(closed, months)).filter(|by| *by <= today)
        };
        let old: Vec<&Lead> = field.leads.iter().copied().filter(|lead| by(lead).is_some()).collect();
        let signed: Vec<&Lead> = old
            .iter()
            .copied()
            .filter(|lead| lead.signed_on.is_some_and(|on| by(lead).is_some_and(|by| on <= by)))
            .collect();
        let worth = total(signed.iter().copied(), |lead| lead.contract_value)?.sum;
        let (part, all) = (i64::try_from(signed.len()).unwrap_or(0), i64::try_from(old.len()).unwrap_or(0));
        rows.push(Row {
            subject: None,
            cells: vec![
                // While none has signed the row opens those who might have.
                Amount::Group(
                    say!("{months} tháng", "{months} months"),
                    ids(if signed.is_empty() { &old } else { &signed }),
                ),
                count(old.len()),
                count(signed.len()),
                share(part, all),
                Amount::Money(worth),
                Amount::Picture(chart::bar(part, all)),
            ],
        });
    }
    Ok(Table {
        key: "months",
        title: Words::new("Sau hội chợ", "After the fair"),
        headings: vec![
            ("months", Words::new("Sau", "After")),
            ("leads", Words::new("Đầu mối đủ thời gian", "Leads old enough")),
            ("contracts", Words::new("Đã ký", "Signed")),
            ("share_bp", Words::new("Tỷ lệ", "Share")),
            ("contract_value", Words::new("Giá trị đã ký", "Value signed")),
            ("bar", Words::default()),
        ],
        rows,
    })
}

/// By what leads are parted, and of which of them support is known.
type Key<'a> = (&'static str, Words, Words, &'a dyn Fn(&Lead) -> Words, Option<&'a dyn Fn(&Support<'_>) -> Words>);

fn parted(book: &Book, field: &Field<'_>, asked: &Asked) -> Result<Vec<Table>, MoneyFault> {
    let unknown = || Words::new("chưa rõ", "not known");
    let titled = |kind: Kind, id: Option<Id>| {
        id.map_or_else(unknown, |id| Words {
            vi: title(book, kind, id, Lang::Vi).into(),
            en: title(book, kind, id, Lang::En).into(),
        })
    };
    let commune = |business: Option<Id>| {
        let commune = book.follow::<Business>(business).map(|business| business.commune.to_string());
        commune.filter(|commune| !commune.is_empty()).map_or_else(unknown, Words::same)
    };
    let group = |lead: &Lead| group_of(book, lead).map_or_else(unknown, |group| group.words());
    let owner = |lead: &Lead| {
        if lead.owner.is_empty() { Words::new("chưa giao ai", "nobody") } else { Words::same(lead.owner.to_string()) }
    };
    let keys: [Key<'_>; 5] = [
        (
            "businesses",
            Words::new("Theo doanh nghiệp", "By business"),
            Words::new("Doanh nghiệp", "Business"),
            &|lead| titled(Kind::Business, lead.business),
            Some(&|support| titled(Kind::Business, support.business)),
        ),
        ("groups", Words::new("Theo nhóm sản phẩm", "By product group"), Words::new("Nhóm", "Group"), &group, None),
        (
            "communes",
            Words::new("Theo xã, phường", "By commune"),
            Words::new("Xã, phường", "Commune"),
            &|lead| commune(lead.business),
            Some(&|support| commune(support.business)),
        ),
        (
            "fairs",
            Words::new("Theo hội chợ", "By fair"),
            Words::new("Hội chợ", "Fair"),
            &|lead| titled(Kind::Fair, lead.fair),
            Some(&|support| titled(Kind::Fair, Some(support.fair.id))),
        ),
        ("owners", Words::new("Theo người theo dõi", "By owner"), Words::new("Người theo dõi", "Owner"), &owner, None),
    ];
    // The table by fair says nothing where there is one.
    let wanted = keys.into_iter().filter(|(key, ..)| !(*key == "fairs" && asked.fair.is_some()));
    wanted.map(|key| part(field, key)).collect()
}

fn part(field: &Field<'_>, (key, words, heading, of, supported): Key<'_>) -> Result<Table, MoneyFault> {
    let mut parts: BTreeMap<Words, (Vec<&Lead>, Vec<&Support<'_>>)> = BTreeMap::new();
    for lead in &field.leads {
        parts.entry(of(lead)).or_default().0.push(lead);
    }
    if let Some(supported) = supported {
        for support in &field.supports {
            parts.entry(supported(support)).or_default().1.push(support);
        }
    }
    let mut found = Vec::new();
    for (name, (leads, supports)) in parts {
        let value = |of| total(leads.iter().copied(), of).map(|total| total.sum);
        let support = Money::sum(supports.iter().map(|support| support.claim.due()))?;
        let signed = value(|lead| lead.contract_value)?;
        let contracts = leads.iter().filter(|lead| has_contract(lead)).count();
        let partners: BTreeSet<Id> = leads.iter().filter_map(|lead| lead.partner).collect();
        let behind = if leads.is_empty() {
            records(Kind::Claim, supports.iter().map(|support| support.claim.id))
        } else {
            ids(&leads)
        };
        let mut cells = vec![
            Amount::Group(name.clone(), behind),
            count(leads.len()),
            count(partners.len()),
            Amount::Money(value(|lead| lead.mou_value)?),
            count(contracts),
            Amount::Money(signed),
            Amount::Money(value(|lead| lead.delivered_value)?),
        ];
        if supported.is_some() {
            cells.extend([Amount::Money(support), per(support, leads.len()), share(support.minor, signed.minor)]);
        }
        found.push((std::cmp::Reverse((signed.minor, leads.len())), name, Row { subject: None, cells }));
    }
    found.sort_by(|one, other| (&one.0, &one.1).cmp(&(&other.0, &other.1)));
    let mut headings = vec![
        (key, heading),
        ("leads", Words::new("Đầu mối", "Leads")),
        ("partners", Words::new("Đối tác", "Partners")),
        ("mou_value", Words::new("Ghi nhớ", "MOU")),
        ("contracts", Words::new("Hợp đồng", "Contracts")),
        ("contract_value", Words::new("Đã ký", "Signed")),
        ("delivered_value", Words::new("Đã giao", "Delivered")),
    ];
    if supported.is_some() {
        headings.extend([
            ("support", Words::new("Hỗ trợ", "Support")),
            ("support_per_lead", Words::new("Mỗi đầu mối", "Per lead")),
            ("support_per_signed_bp", Words::new("Trên đã ký", "To signed")),
        ]);
    }
    Ok(Table { key, title: words, headings, rows: found.into_iter().map(|(.., row)| row).collect() })
}

/// The after-fair report of the office (R12, R13): place, time, scale, and what came of it, with what firms say.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn after_fair(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let Some(fair) = book.follow::<Fair>(asked.fair) else { return Ok(Report::without_fair("after-fair")) };
    let own = vec![(Kind::Fair, fair.id)];
    let said = |key, words, value: Amount| Figure { key, words, value, records: own.clone() };
    let mut figures = vec![
        said("name", Words::new("Tên", "Name"), name(fair.name.to_string())),
        said("place", Words::new("Địa điểm", "Place"), name([fair.venue.as_str(), fair.city.as_str()].join(", "))),
        said("days", Words::new("Thời gian", "Days"), name(crate::domain::view::title::days(fair))),
        said("kind", Words::new("Loại", "Kind"), Amount::Words(fair.kind.words())),
    ];
    let whole = super::fair(book, fair.id, asked.today)?;
    let counted = ["booths", "booths_rented", "taken_bp", "rent", "own_share"];
    figures.extend(whole.figures.into_iter().filter(|figure| counted.contains(&figure.key)));
    let came = outcomes(book, asked)?;
    figures.extend(came.figures);
    let told: Vec<(&Registration, &FairReport)> = crate::domain::view::results::who_stood(book, fair.id)
        .filter_map(|registration| {
            Some((registration, crate::domain::view::results::report_of(book, registration.id)?))
        })
        .collect();
    let mut tables: Vec<Table> =
        came.tables.into_iter().filter(|table| matches!(table.key, "funnel" | "groups" | "businesses")).collect();
    tables.push(super::told::opinions(book, &told));
    let code = &fair.code;
    let title = say!("Báo cáo sau hội chợ {code}", "After-fair report of {code}");
    Ok(Report { key: "after-fair", title, figures, notes: came.notes, tables })
}
