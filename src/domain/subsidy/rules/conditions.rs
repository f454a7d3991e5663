//! Whether a case may be supported at all: every test that fails, said at once. What a case does not tell is not held
//! against it; it is named as not checked.

use crate::base::dates::{Date, days_until, show_date};
use crate::base::money::{Currency, Money, MoneyFault};
use crate::base::words::{Lang, Words};
use crate::domain::business::{BusinessKind, LegacyProvince};
use crate::domain::fair::{EventKind, EventScope};
use crate::domain::field::Chosen;
use crate::domain::subsidy::rules::case::Fact;
use crate::domain::subsidy::rules::items::taken_by;
use crate::domain::subsidy::rules::window::{reference, span, usage};
use crate::domain::subsidy::rules::{PlainCase, Rules, Stacking, Test, Vat, Window, Written, amount, same_scheme};
use crate::say;

/// A test that failed, or that could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The stable code (`min_booths`).
    pub code: String,
    /// Why, and what would be right.
    pub words: Words,
}

/// What the tests came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tested {
    /// Those that failed.
    pub failed: Vec<Failed>,
    /// What the case does not say.
    pub unchecked: Vec<Words>,
}

impl Tested {
    fn fail(&mut self, code: &str, words: Words) {
        self.failed.push(Failed { code: code.to_owned(), words });
    }

    fn unknown(&mut self, what: Words) {
        self.unchecked.push(say!("Chưa kiểm tra được {}", "Not checked: {}"; what));
    }
}

/// Makes every test.
///
/// # Errors
/// When amounts overflow.
pub(super) fn conditions(rules: &Rules, case: &PlainCase, currency: Currency) -> Result<Tested, MoneyFault> {
    let mut tested = Tested::default();
    validity(rules, case, &mut tested);
    applicant(rules, case, &mut tested);
    event(rules, case, &mut tested);
    for test in &rules.eligibility {
        eligibility(test, case, &mut tested);
    }
    deadlines(rules, case, &mut tested);
    for limit in &rules.times {
        let counter = limit.counter();
        let used = usage(rules, case, &counter, false, currency)?;
        if used.times >= limit.max {
            let (max, times) = (limit.max, used.times);
            let span = window_words(&counter, reference(rules, case));
            tested.fail(
                "max_times",
                say!("Đã hỗ trợ {times} lần, tối đa {max} lần{}", "max times {max}{}: {times} used"; span),
            );
        }
    }
    stacking(rules, case, currency, &mut tested)?;
    for (place, item) in rules.items.iter().enumerate().filter(|(_, item)| item.required) {
        if !case.costs.iter().any(|cost| taken_by(rules, cost) == Some(place)) {
            let kind = &item.kind;
            tested
                .fail("item_missing", say!("Thiếu khoản chi bắt buộc: {kind}", "The required cost is missing: {kind}"));
        }
    }
    Ok(tested)
}

/// `/2025` for a calendar year, the days of other windows.
pub(in crate::domain) fn window_words(counter: &super::Counter, on: Option<Date>) -> Words {
    use chrono::Datelike;
    let Some(on) = on else { return Words::default() };
    match (counter.window, span(counter, on)) {
        (Window::CalendarYear, _) => {
            let year = on.year();
            say!(" trong năm {year}", "/{year}")
        }
        (_, (Some(from), _)) => {
            let from = show_date(from);
            say!(" kể từ {from}", " since {from}")
        }
        _ => Words::default(),
    }
}

fn validity(rules: &Rules, case: &PlainCase, tested: &mut Tested) {
    let (from, to) = (rules.valid_from.0, rules.valid_to.0);
    if from.is_none() && to.is_none() {
        return;
    }
    match reference(rules, case) {
        None => tested.unknown(Words::new("thời gian áp dụng (chưa có ngày)", "the scheme's dates (no day is given)")),
        Some(on) if from.is_some_and(|from| on < from) || to.is_some_and(|to| on > to) => {
            let on = show_date(on);
            tested.fail(
                "not_valid",
                say!("Ngày {on} ngoài thời gian áp dụng của chương trình", "{on} is outside the scheme's dates"),
            );
        }
        Some(_) => {}
    }
}

fn listed(tested: &mut Tested, code: &str, wanted: &[String], found: &str, what: Words) {
    if wanted.is_empty() {
        return;
    }
    if found.is_empty() {
        tested.unknown(what);
    } else if !wanted.iter().any(|one| fits(one, found)) {
        let (list, found) = (joined(wanted), named(found));
        tested.fail(code, say!("{}: “{}” không thuộc {}", "{}: “{}” is not among {}"; what, found, list));
    }
}

/// The code of the province of today covers the three that were merged into it; `old:86` is the old one alone.
const MERGED: (&str, [&str; 3]) = ("86", ["old:83", "old:84", "old:86"]);

fn fits(wanted: &str, found: &str) -> bool {
    wanted.eq_ignore_ascii_case(found)
        || found.strip_prefix("old:").is_some_and(|bare| bare == wanted && bare != MERGED.0)
        || wanted == MERGED.0 && MERGED.1.contains(&found)
}

/// A code in words, where it is one of ours.
fn named(code: &str) -> Words {
    let bare = code.strip_prefix("old:").unwrap_or(code);
    let of_scope = EventScope::from_key(code).map(Chosen::words);
    let of_kind = || EventKind::from_key(code).map(Chosen::words);
    let of_firm = || BusinessKind::from_key(code).map(Chosen::words);
    let of_place = || LegacyProvince::from_key(bare).map(Chosen::words);
    of_scope.or_else(of_kind).or_else(of_firm).or_else(of_place).unwrap_or_else(|| Words::same(code.to_owned()))
}

fn joined(codes: &[String]) -> Words {
    let words: Vec<Words> = codes.iter().map(|code| named(code)).collect();
    let all = |of: fn(&Words) -> &str| words.iter().map(of).collect::<Vec<_>>().join(", ");
    Words { vi: all(|one| &one.vi).into(), en: all(|one| &one.en).into() }
}

fn applicant(rules: &Rules, case: &PlainCase, tested: &mut Tested) {
    let firm = &case.applicant;
    listed(
        tested,
        "applicant_kind",
        &rules.applicants,
        &firm.kind,
        Words::new("loại hình đơn vị", "the kind of applicant"),
    );
    listed(tested, "territory", &rules.territory, &firm.territory, Words::new("địa bàn", "the territory"));
    if rules.vat == Vat::ByMethod && firm.deducts_vat.is_none() {
        tested.unknown(Words::new("cách tính thuế GTGT của đơn vị", "whether the firm deducts VAT"));
    }
    if rules.prior_commitment_forbidden && case.committed_before {
        tested.fail(
            "committed_before",
            Words::new("Đã cam kết chi trước khi nộp hồ sơ", "The firm had committed itself before applying"),
        );
    }
}

fn event(rules: &Rules, case: &PlainCase, tested: &mut Tested) {
    let (rule, event) = (&rules.event, &case.event);
    listed(tested, "event_scope", &rules.scopes, &event.scope, Words::new("phạm vi hội chợ", "the scope of the event"));
    listed(tested, "event_kind", &rule.kinds, &event.kind, Words::new("loại sự kiện", "the kind of event"));
    let by_dates = match (event.opens_on.0, event.closes_on.0) {
        (Some(first), Some(last)) => Some(days_until(first, last) + 1),
        _ => None,
    };
    let least = [
        ("min_booths", rule.min_booths, event.booths, "min booths", Words::new("số gian", "the number of booths")),
        (
            "min_exhibitors",
            rule.min_exhibitors,
            event.exhibitors,
            "min exhibitors",
            Words::new("số đơn vị", "the number of exhibitors"),
        ),
        ("min_days", rule.min_days, event.days.or(by_dates), "min days", Words::new("số ngày", "the number of days")),
    ];
    for (code, wanted, found, english, what) in least {
        match (wanted, found) {
            (Some(_), None) => tested.unknown(what),
            (Some(wanted), Some(found)) if found < wanted => {
                let vi = what.vi;
                tested.fail(
                    code,
                    say!("Hội chợ cần {vi} từ {wanted}, chỉ có {found}", "{english} {wanted}: it has {found}"),
                );
            }
            _ => {}
        }
    }
    let flags = [
        (
            rule.approved_only,
            event.approved,
            "not_approved",
            Words::new("Hội chợ không thuộc danh mục được duyệt", "The event is not on the approved list"),
        ),
        (
            rule.trade_only,
            event.trade_only,
            "not_trade_only",
            Words::new("Hội chợ không chỉ dành cho khách thương mại", "The event is not for trade visitors only"),
        ),
    ];
    for (wanted, found, code, words) in flags {
        match (wanted, found) {
            (true, Some(false)) => tested.fail(code, words),
            (true, None) => tested.unknown(words),
            _ => {}
        }
    }
}

fn fact(test: &Test, case: &PlainCase) -> Option<Fact> {
    let firm = &case.applicant;
    if let Some(given) = firm.facts.get(&test.fact) {
        return Some(given.clone());
    }
    let number = |value: Option<Written>| value.map(Fact::Number);
    let word = |text: &String| (!text.is_empty()).then(|| Fact::Word(text.clone()));
    match test.fact.as_str() {
        "stars" => Some(Fact::Number(Written::whole(firm.stars?))),
        "age_years" => number(firm.age_years),
        "staff" => number(firm.staff),
        "turnover" => number(firm.turnover),
        "size" => word(&firm.size),
        "tier" => word(&firm.tier),
        "grade" => word(&case.event.grade),
        _ => None,
    }
}

fn eligibility(test: &Test, case: &PlainCase, tested: &mut Tested) {
    let name = &test.fact;
    let Some(found) = fact(test, case) else {
        tested.unknown(Words::same(name.clone()));
        return;
    };
    let holds = match &found {
        Fact::Number(found) => {
            test.at_least.is_none_or(|least| found.compare(least).is_ge())
                && test.at_most.is_none_or(|most| found.compare(most).is_le())
                && test.below.is_none_or(|below| found.compare(below).is_lt())
                && (test.one_of.is_empty() || test.one_of.contains(&found.to_string()))
        }
        Fact::Word(word) => test.one_of.iter().any(|one| one.eq_ignore_ascii_case(word)),
        Fact::Flag(flag) => test.one_of.is_empty() && *flag || test.one_of.contains(&flag.to_string()),
    };
    if holds {
        return;
    }
    let shown = match &found {
        Fact::Number(number) => number.to_string(),
        Fact::Word(word) => word.clone(),
        Fact::Flag(flag) => flag.to_string(),
    };
    let words = if test.reason.is_empty() {
        let bounds = bounds(test);
        say!("{name} là {shown}, cần {bounds}", "{name} is {shown}, {bounds} is needed")
    } else {
        let (vi, en) = (&test.reason, if test.reason_en.is_empty() { &test.reason } else { &test.reason_en });
        say!("{vi} (hiện có {shown})", "{en} (it has {shown})")
    };
    tested.fail(name, words);
}

fn bounds(test: &Test) -> String {
    let mut parts = Vec::new();
    parts.extend(test.at_least.map(|least| format!("≥ {least}")));
    parts.extend(test.at_most.map(|most| format!("≤ {most}")));
    parts.extend(test.below.map(|below| format!("< {below}")));
    if !test.one_of.is_empty() {
        parts.push(test.one_of.join(" / "));
    }
    parts.join(", ")
}

fn deadlines(rules: &Rules, case: &PlainCase, tested: &mut Tested) {
    let (opens, closes) = (case.event.opens_on.0, case.event.closes_on.0);
    if rules.apply_days_before.is_some() || rules.apply_days_earliest.is_some() {
        match (case.applied_on.0, opens) {
            (Some(applied), Some(opens)) => {
                let before = days_until(applied, opens);
                if let Some(least) = rules.apply_days_before.filter(|least| before < *least) {
                    tested.fail(
                        "applied_late",
                        say!(
                            "Nộp trước khai mạc {before} ngày, cần ít nhất {least}",
                            "Applied {before} days before the opening; at least {least} are needed"
                        ),
                    );
                }
                if let Some(most) = rules.apply_days_earliest.filter(|most| before > *most) {
                    tested.fail(
                        "applied_early",
                        say!(
                            "Nộp trước khai mạc {before} ngày, sớm nhất là {most}",
                            "Applied {before} days before the opening; {most} is the earliest"
                        ),
                    );
                }
            }
            _ => tested.unknown(Words::new("hạn nộp hồ sơ", "the application window")),
        }
    }
    if let Some(most) = rules.claim_within_days {
        match (case.claimed_on.0, closes.or(opens)) {
            (Some(claimed), Some(closes)) => {
                let after = days_until(closes, claimed);
                if after > most {
                    tested.fail(
                        "claimed_late",
                        say!(
                            "Đề nghị sau khi kết thúc {after} ngày, tối đa {most}",
                            "Claimed {after} days after the end; {most} is the most"
                        ),
                    );
                }
            }
            _ => tested.unknown(Words::new("hạn đề nghị thanh toán", "the claim window")),
        }
    }
}

/// Another scheme for the same cost, where rules forbid adding. The choice of the better one, and the sum up to a part of
/// the cost, are made when the grant is known.
fn stacking(rules: &Rules, case: &PlainCase, currency: Currency, tested: &mut Tested) -> Result<(), MoneyFault> {
    if rules.stacking != Stacking::Forbid {
        return Ok(());
    }
    for other in &case.other_schemes {
        let barred = rules.exclusive_with.iter().any(|code| code == "*" || same_scheme(code, &other.scheme));
        if barred {
            let elsewhere = || Words::new("nguồn công khác", "other public money");
            let from = if other.scheme.is_empty() { elsewhere() } else { Words::same(other.scheme.clone()) };
            let (sum, from) = (amount(other.amount, currency)?.unwrap_or(Money::new(0, currency)), from);
            let (vi, en) = (sum.show(Lang::Vi), sum.show(Lang::En));
            tested
                .fail("exclusive", say!("Đã nhận {vi} từ {} cho cùng chi phí", "{en} from {} for the same cost"; from));
        }
    }
    Ok(())
}
