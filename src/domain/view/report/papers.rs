//! Reports on the papers of claims: contracts by organiser, the checklist of each file, the appraisal of each claim.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::{Amount, Asked, Figure, Report, Row, Table, amount, count, day, name, number, records, sum};
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::base::order::natural_compare;
use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::claim::ClaimStatus;
use crate::domain::evidence::{EvidenceKind, EvidenceStatus};
use crate::domain::field::{Choice, Chosen};
use crate::domain::payee::payee_of;
use crate::domain::record::Kind;
use crate::domain::terms::claim_by;
use crate::domain::view::derived::claimant;
use crate::domain::{Business, Claim, Evidence, Fair, Partner, Scheme};
use crate::say;

/// A claim with the fair and the business it follows from.
#[derive(Clone, Copy)]
pub(super) struct Filed<'a> {
    pub(super) claim: &'a Claim,
    pub(super) fair: &'a Fair,
    pub(super) business: &'a Business,
}

/// The living claims of the chosen fair, else of the fairs that open in the year: by opening, then by file.
pub(super) fn filed<'a>(book: &'a Book, asked: &Asked) -> Vec<Filed<'a>> {
    let mut found: Vec<Filed<'a>> = Vec::new();
    for claim in book.all::<Claim>().iter().filter(|claim| claim.status.is_alive()) {
        let (fair, business) = claimant(book, claim);
        let (Some(fair), Some(business)) = (book.follow::<Fair>(fair), book.follow::<Business>(business)) else {
            continue;
        };
        let wanted = match asked.fair {
            Some(chosen) => fair.id == chosen,
            None => fair.opens_on.is_some_and(|opens| opens.year() == asked.year),
        };
        if wanted {
            found.push(Filed { claim, fair, business });
        }
    }
    found.sort_by(|one, other| {
        let place = |filed: &Filed<'_>| (filed.fair.opens_on, filed.fair.id);
        place(one)
            .cmp(&place(other))
            .then_with(|| natural_compare(one.claim.file_no.as_str(), other.claim.file_no.as_str()))
            .then_with(|| one.claim.id.cmp(&other.claim.id))
    });
    found
}

/// What the title of a report says it is about: the fair, else the year.
pub(super) fn about(book: &Book, asked: &Asked) -> Words {
    match book.follow::<Fair>(asked.fair) {
        Some(fair) => Words::same(fair.code.to_string()),
        None => {
            let year = asked.year;
            say!("năm {year}", "{year}")
        }
    }
}

fn ids<'a>(filed: impl IntoIterator<Item = &'a Filed<'a>>) -> Vec<(Kind, Id)> {
    records(Kind::Claim, filed.into_iter().map(|filed| filed.claim.id))
}

/// The booth contracts by organiser: what each has to be paid, and by when the papers are handed in.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn contracts(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let found = filed(book, asked);
    let signed: Vec<&Filed<'_>> = found.iter().filter(|filed| !filed.claim.contract_no.is_empty()).collect();
    let lacking: Vec<&Filed<'_>> = found.iter().filter(|filed| filed.claim.contract_no.is_empty()).collect();
    let mut by_organiser: BTreeMap<Text, Vec<&Filed<'_>>> = BTreeMap::new();
    for filed in &found {
        by_organiser.entry(organiser(book, filed)).or_default().push(filed);
    }
    let (mut net, mut whole) = (Money::ZERO, Money::ZERO);
    let mut tables = Vec::new();
    for (organiser, group) in by_organiser {
        let (rows, sums) = contract_rows(book, &group)?;
        net = net.plus(sums.0)?;
        whole = whole.plus(sums.1)?;
        let title = if organiser.is_empty() {
            Words::new("Chưa rõ đơn vị tổ chức", "Organiser not known")
        } else {
            Words::same(organiser.to_string())
        };
        tables.push(Table { key: "contracts", title, headings: contract_headings(), rows });
    }
    let all = || ids(&found);
    let title = say!("Hợp đồng thuê gian hàng, {}", "Booth contracts, {}"; about(book, asked));
    let figures = vec![
        number("contracts", Words::new("Hợp đồng", "Contracts"), ids(signed.iter().copied())),
        number("without", Words::new("Chưa ghi hợp đồng", "Without a contract"), ids(lacking.iter().copied())),
        sum("net", Words::new("Trước thuế", "Before tax"), net, all()),
        sum("whole", Words::new("Gồm thuế", "Tax included"), whole, all()),
    ];
    Ok(Report { key: "contracts", title, figures, notes: Vec::new(), tables })
}

/// The fair's organiser, else the payee whom the claim names.
fn organiser(book: &Book, filed: &Filed<'_>) -> Text {
    match book.follow::<Partner>(filed.fair.organiser) {
        Some(partner) => partner.name.clone(),
        None if filed.claim.payee.is_empty() => Text::default(),
        None => payee_of(book, filed.claim).name,
    }
}

fn contract_headings() -> Vec<(&'static str, Words)> {
    vec![
        ("business", Words::new("Doanh nghiệp", "Business")),
        ("contract_no", Words::new("Số hợp đồng", "Contract no.")),
        ("contract_on", Words::new("Ngày", "Date")),
        ("booths", Words::new("Gian", "Booths")),
        ("net", Words::new("Trước thuế", "Before tax")),
        ("vat", Words::new("Thuế", "VAT")),
        ("whole", Words::new("Gồm thuế", "With tax")),
        ("due_on", Words::new("Hạn hồ sơ", "Papers by")),
        ("fair", Words::new("Hội chợ", "Fair")),
    ]
}

fn contract_rows(book: &Book, group: &[&Filed<'_>]) -> Result<(Vec<Row>, (Money, Money)), MoneyFault> {
    let (mut net_sum, mut whole_sum, mut booths_sum) = (Money::ZERO, Money::ZERO, 0_i64);
    let mut rows = Vec::new();
    for filed in group {
        let claim = filed.claim;
        let net = claim.contract_amount.or(claim.cost);
        let whole = net.map(|net| net.plus(claim.vat.unwrap_or(Money::ZERO))).transpose()?;
        net_sum = net_sum.plus(net.unwrap_or(Money::ZERO))?;
        whole_sum = whole_sum.plus(whole.unwrap_or(Money::ZERO))?;
        booths_sum = booths_sum.saturating_add(claim.booths.unwrap_or(0));
        rows.push(Row {
            subject: Some((Kind::Claim, claim.id)),
            cells: vec![
                name(filed.business.name.to_string()),
                name(claim.contract_no.to_string()),
                day(claim.contract_on),
                claim.booths.map_or(Amount::Empty, Amount::Number),
                amount(net),
                amount(claim.vat),
                amount(whole),
                day(claim_by(book, claim)),
                name(filed.fair.code.to_string()),
            ],
        });
    }
    rows.push(Row {
        subject: None,
        cells: vec![
            Amount::Group(Words::new("Cộng", "Total"), ids(group.iter().copied())),
            Amount::Empty,
            Amount::Empty,
            Amount::Number(booths_sum),
            Amount::Money(net_sum),
            Amount::Money(whole_sum.minus(net_sum)?),
            Amount::Money(whole_sum),
            Amount::Empty,
            Amount::Empty,
        ],
    });
    Ok((rows, (net_sum, whole_sum)))
}

/// One mark for the state of a document, so that twelve of them stand side by side.
const fn mark(status: EvidenceStatus) -> &'static str {
    match status {
        EvidenceStatus::Missing => "-",
        EvidenceStatus::Received => "n",
        EvidenceStatus::Accepted => "x",
        EvidenceStatus::Rejected => "!",
        EvidenceStatus::Waived => "m",
    }
}

/// The checklist of every file: the state of each document, and what a file still lacks.
///
/// # Errors
/// None; the type is that of all reports.
pub fn checklists(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let found = filed(book, asked);
    let mut missing: Vec<Id> = Vec::new();
    let mut by_document = Papers::new();
    let (mut complete, mut lacking, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for filed in &found {
        let papers: Vec<&Evidence> = book.pointing::<Evidence>(filed.claim.id).collect();
        let open = papers.iter().filter(|paper| is_lacking(paper.status));
        let before = missing.len();
        missing.extend(open.map(|paper| paper.id));
        if missing.len() > before { &mut lacking } else { &mut complete }.push(filed.claim.id);
        for paper in &papers {
            let states = by_document.entry(paper.document.key()).or_default();
            states.entry(paper.status.key()).or_default().push(paper.id);
        }
        let state = |choice: &Choice| {
            let paper = papers.iter().find(|paper| paper.document.key() == choice.key);
            paper.map_or(Amount::Empty, |paper| Amount::Words(Words::same(mark(paper.status))))
        };
        let cells = [name(filed.claim.file_no.to_string()), name(filed.business.name.to_string())];
        let cells = cells.into_iter().chain(EvidenceKind::CHOICES.iter().map(state));
        let cells = cells.chain([count(missing.len() - before), name(filed.fair.code.to_string())]).collect();
        rows.push(Row { subject: Some((Kind::Claim, filed.claim.id)), cells });
    }
    let numbers =
        EvidenceKind::CHOICES.iter().map(|choice| (choice.key, Words::same(choice.key.trim_start_matches("ev"))));
    let first = [("file_no", Words::new("Số hồ sơ", "File")), ("business", Words::new("Doanh nghiệp", "Business"))];
    let last = [("missing", Words::new("Thiếu", "Missing")), ("fair", Words::new("Hội chợ", "Fair"))];
    let headings = first.into_iter().chain(numbers).chain(last).collect();
    let files = Table { key: "files", title: Words::new("Từng hồ sơ", "Each file"), headings, rows };
    let figures = vec![
        number("files", Words::new("Hồ sơ", "Files"), ids(&found)),
        number("complete", Words::new("Đủ chứng từ", "Complete"), records(Kind::Claim, complete)),
        number("lacking", Words::new("Còn thiếu", "Lacking papers"), records(Kind::Claim, lacking)),
        number(
            "missing",
            Words::new("Chứng từ thiếu, không đạt", "Papers missing or rejected"),
            records(Kind::Evidence, missing),
        ),
    ];
    let title = say!("Danh mục chứng từ, {}", "Evidence checklist, {}"; about(book, asked));
    let legend = EvidenceStatus::CHOICES.iter().filter_map(|choice| EvidenceStatus::from_key(choice.key));
    let listed = |lang| {
        let each = legend.clone().map(|status| format!("{} {}", mark(status), status.words().in_lang(lang)));
        each.collect::<Vec<_>>().join(" · ").into()
    };
    let notes = vec![Words { vi: listed(crate::base::words::Lang::Vi), en: listed(crate::base::words::Lang::En) }];
    Ok(Report { key: "evidence", title, figures, notes, tables: vec![files, documents(&by_document)] })
}

const fn is_lacking(status: EvidenceStatus) -> bool {
    matches!(status, EvidenceStatus::Missing | EvidenceStatus::Rejected)
}

/// The papers of each document by their state.
type Papers = BTreeMap<&'static str, BTreeMap<&'static str, Vec<Id>>>;

/// How often each document is in which state; a row opens those that are missing or rejected, else all.
fn documents(by_document: &Papers) -> Table {
    let rows = EvidenceKind::CHOICES.iter().filter_map(|document| {
        let states = by_document.get(document.key)?;
        let counts = EvidenceStatus::CHOICES.iter().map(|state| count(states.get(state.key).map_or(0, Vec::len)));
        let of = |wanted: fn(EvidenceStatus) -> bool| {
            let wanted = move |key: &str| EvidenceStatus::from_key(key).is_some_and(wanted);
            records(Kind::Evidence, states.iter().filter(|(key, _)| wanted(key)).flat_map(|(_, ids)| ids).copied())
        };
        let lacking = of(is_lacking);
        let papers = if lacking.is_empty() { of(|_| true) } else { lacking };
        let code = document.key.to_uppercase();
        let words = say!("{code} {}", "{code} {}"; document.words());
        Some(Row { subject: None, cells: std::iter::once(Amount::Group(words, papers)).chain(counts).collect() })
    });
    let first = ("document", Words::new("Chứng từ", "Document"));
    let states = EvidenceStatus::CHOICES.iter().map(|state| (state.key, state.words()));
    Table {
        key: "documents",
        title: Words::new("Theo chứng từ", "By document"),
        rows: rows.collect(),
        headings: std::iter::once(first).chain(states).collect(),
    }
}

/// The appraisal of every claim: basis, rate, cap, grant, own share, and who checked it.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn appraisals(book: &Book, asked: &Asked) -> Result<Report, MoneyFault> {
    let found: Vec<Filed<'_>> =
        filed(book, asked).into_iter().filter(|filed| filed.claim.status != ClaimStatus::Draft).collect();
    let of = |wanted: fn(ClaimStatus) -> bool| ids(found.iter().filter(|filed| wanted(filed.claim.status)));
    let total = |part: fn(&Claim) -> Option<Money>| Money::sum(found.iter().filter_map(|filed| part(filed.claim)));
    let mut rows = Vec::new();
    for filed in &found {
        let claim = filed.claim;
        let made = claim.final_calculation.as_ref().or(claim.calculation.as_ref());
        // What was frozen by an earlier version does not say which cap applied.
        let cap = made.and_then(|made| made.cap).or_else(|| book.follow::<Scheme>(claim.scheme)?.cap);
        rows.push(Row {
            subject: Some((Kind::Claim, claim.id)),
            cells: vec![
                name(claim.file_no.to_string()),
                name(filed.business.name.to_string()),
                amount(claim.accepted_cost.or(claim.cost)),
                amount(made.map(|made| made.basis)),
                made.map_or(Amount::Empty, |made| Amount::Rate(made.rate)),
                amount(cap),
                amount(claim.final_grant.or(claim.grant)),
                amount(claim.own_share),
                Amount::Words(claim.status.words()),
                name(claim.appraised_by.to_string()),
                name(filed.fair.code.to_string()),
            ],
        });
    }
    let headings = vec![
        ("file_no", Words::new("Số hồ sơ", "File")),
        ("business", Words::new("Doanh nghiệp", "Business")),
        ("cost", Words::new("Chi phí", "Cost")),
        ("basis", Words::new("Cơ sở tính", "Basis")),
        ("rate_bp", Words::new("Mức", "Rate")),
        ("cap", Words::new("Tối đa", "Cap")),
        ("grant", Words::new("Hỗ trợ", "Grant")),
        ("own_share", Words::new("Tự chi", "Own share")),
        ("status", Words::new("Tình trạng", "Status")),
        ("appraised_by", Words::new("Người thẩm định", "Appraised by")),
        ("fair", Words::new("Hội chợ", "Fair")),
    ];
    let waiting: fn(ClaimStatus) -> bool =
        |status| matches!(status, ClaimStatus::Submitted | ClaimStatus::InCheck | ClaimStatus::Returned);
    let grants: Figure =
        sum("granted", Words::new("Hỗ trợ", "Granted"), total(|claim| claim.final_grant.or(claim.grant))?, ids(&found));
    let figures = vec![
        number("claims", Words::new("Hồ sơ", "Claims"), ids(&found)),
        number("waiting", Words::new("Chưa thẩm định", "Not appraised yet"), of(waiting)),
        number(
            "appraised",
            Words::new("Chờ quyết định", "Waiting for a decision"),
            of(|status| status == ClaimStatus::Appraised),
        ),
        number("decided", Words::new("Đã quyết định", "Decided"), of(ClaimStatus::binds_money)),
        grants,
        sum("own_share", Words::new("Doanh nghiệp tự chi", "Own share"), total(|claim| claim.own_share)?, ids(&found)),
    ];
    let title = say!("Thẩm định hồ sơ, {}", "Appraisal, {}"; about(book, asked));
    let table = Table { key: "claims", title: Words::new("Từng hồ sơ", "Each claim"), headings, rows };
    Ok(Report { key: "appraisal", title, figures, notes: Vec::new(), tables: vec![table] })
}
