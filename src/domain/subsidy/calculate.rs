//! The calculation, in the order: conditions, basis, rate, cap per fair, cap per year.

use crate::base::money::{BasisPoints, Money, MoneyFault, Rounding};
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::field::Chosen;
use crate::domain::scheme::{Scheme, VatBasis};
use crate::domain::subsidy::{Calculation, Case, CostRow, TraceStep};
use crate::say;

/// Computes a case under a scheme version. A condition that fails gives nothing and says so; all that fail are said.
///
/// # Errors
/// When an amount overflows or currencies mix.
pub fn calculate(scheme: &Scheme, case: &Case) -> Result<Calculation, MoneyFault> {
    let rate = scheme.rate.unwrap_or(BasisPoints(0));
    let mut trace = Trace::default();
    let cost = whole_cost(case)?;
    trace.step(say!("Tổng chi phí thuê gian hàng, gồm thuế", "Whole booth rent, tax included"), Some(cost));
    let barred = conditions(scheme, case);
    for reason in &barred {
        trace.step(reason.clone(), None);
    }
    let basis = basis(scheme, case, &mut trace)?;
    let mut grant = if barred.is_empty() { basis } else { Money::ZERO };
    if barred.is_empty() {
        grant = by_rate(scheme, rate, basis, &mut trace)?;
        grant = capped(grant, scheme.cap, &mut trace, |cap| {
            say!("Không vượt mức tối đa mỗi lần {cap}", "Not above the cap per fair {cap}")
        });
        if let Some(cap_year) = scheme.cap_year {
            let room = cap_year.minus(case.amount_used)?.at_least_zero();
            let used = case.amount_used.show(Lang::Vi);
            grant = capped(grant, Some(room), &mut trace, |room| {
                say!("Trong năm đã dùng {used}, còn lại {room}", "{used} used this year, {room} is left")
            });
        }
    }
    trace.step(say!("Số tiền hỗ trợ", "Grant"), Some(grant));
    let own_share = cost.minus(grant)?;
    trace.step(say!("Doanh nghiệp tự chi", "Own share"), Some(own_share));
    Ok(Calculation { scheme: scheme.code.clone(), rate, cost, basis, grant, own_share, steps: trace.0, barred })
}

#[derive(Default)]
struct Trace(Vec<TraceStep>);

impl Trace {
    fn step(&mut self, words: Words, amount: Option<Money>) {
        self.0.push(TraceStep { words, amount });
    }
}

fn whole_cost(case: &Case) -> Result<Money, MoneyFault> {
    case.costs.iter().try_fold(Money::ZERO, |sum, row| sum.plus(row.net)?.plus(row.vat))
}

/// Every condition that fails, not the first alone: the applicant mends them in one go.
fn conditions(scheme: &Scheme, case: &Case) -> Vec<Words> {
    let mut failed = Vec::new();
    if !scheme.covers(case.opening) {
        let opening = crate::base::dates::show_date(case.opening);
        failed.push(say!(
            "Hội chợ khai mạc {opening}, ngoài thời gian áp dụng của chương trình",
            "The fair opens on {opening}, outside the scheme's dates"
        ));
    }
    if !scheme.scopes.0.is_empty() && !scheme.scopes.0.contains(&case.scope) {
        let scope = case.scope.words();
        failed.push(say!("Chương trình không áp dụng cho hội chợ {}", "The scheme does not cover {} fairs"; scope));
    }
    if !scheme.applicants.0.is_empty() && !scheme.applicants.0.contains(&case.applicant) {
        let applicant = case.applicant.words();
        failed.push(say!("Chương trình không áp dụng cho {}", "The scheme does not cover: {}"; applicant));
    }
    if let Some(least) = scheme.stars_min
        && case.stars < least
    {
        let stars = case.stars;
        failed.push(say!(
            "Cần OCOP từ {least} sao còn hiệu lực ngày khai mạc, hiện có {stars}",
            "Needs {least} OCOP stars valid on the opening day; it has {stars}"
        ));
    }
    if let Some(most) = scheme.times_year
        && case.times_used >= most
    {
        let used = case.times_used;
        failed.push(say!(
            "Đã hỗ trợ {used} lần trong năm, tối đa {most} lần",
            "Supported {used} times this year; {most} is the most"
        ));
    }
    failed
}

/// Cost rows dearest first up to the number of booths that count, with or without tax, less other public money.
fn basis(scheme: &Scheme, case: &Case, trace: &mut Trace) -> Result<Money, MoneyFault> {
    let mut rows: Vec<&CostRow> = case.costs.iter().collect();
    rows.sort_by(|one, other| dearer(other, one));
    let mut room = scheme.booths_max.filter(|most| *most > 0).unwrap_or(i64::MAX);
    let mut sum = Money::ZERO;
    for row in rows {
        let counted = row.quantity.min(room);
        room -= counted;
        if counted <= 0 {
            trace.step(left_out(&row.what), None);
            continue;
        }
        let eligible = match scheme.vat_basis {
            VatBasis::Exclude => row.net,
            VatBasis::Include => row.net.plus(row.vat)?,
        };
        let part = part_of(eligible, counted, row.quantity)?;
        sum = sum.plus(part)?;
        trace.step(row_words(row, counted, scheme.vat_basis), Some(part));
    }
    if case.other_public.minor > 0 {
        sum = sum.minus(case.other_public)?.at_least_zero();
        trace.step(
            say!("Trừ hỗ trợ công khác cho cùng chi phí", "Less other public money for the same cost"),
            Some(sum),
        );
    }
    trace.step(say!("Chi phí được hỗ trợ", "Eligible cost"), Some(sum));
    Ok(sum)
}

/// Compares the cost of one booth of each row; rows at the same price keep their order.
fn dearer(one: &CostRow, other: &CostRow) -> std::cmp::Ordering {
    let part = |row: &CostRow, times: i64| i128::from(row.net.minor) * i128::from(times.max(1));
    part(one, other.quantity).cmp(&part(other, one.quantity))
}

fn left_out(what: &Text) -> Words {
    say!("{what}: vượt số gian được hỗ trợ, không tính", "{what}: beyond the booths that count, left out")
}

fn row_words(row: &CostRow, counted: i64, basis: VatBasis) -> Words {
    let (what, quantity, base) = (&row.what, row.quantity, basis.words());
    if counted == quantity {
        say!("{what}: {}", "{what}: {}"; base)
    } else {
        say!("{what}: tính {counted} trên {quantity} gian, {}", "{what}: {counted} of {quantity} booths, {}"; base)
    }
}

/// `counted` of `quantity` equal parts of an amount, rounded down.
fn part_of(amount: Money, counted: i64, quantity: i64) -> Result<Money, MoneyFault> {
    if counted == quantity || quantity <= 0 {
        return Ok(amount);
    }
    let minor = i128::from(amount.minor) * i128::from(counted) / i128::from(quantity);
    Ok(Money { minor: i64::try_from(minor).map_err(|_| MoneyFault::TooLarge)?, currency: amount.currency })
}

fn by_rate(scheme: &Scheme, rate: BasisPoints, basis: Money, trace: &mut Trace) -> Result<Money, MoneyFault> {
    let unit = scheme.rounding_unit.map_or(1, |unit| unit.minor.max(1));
    let grant = basis.share_bp(rate, Rounding::down_to(unit))?;
    let shown = rate.show(Lang::Vi);
    let words = if unit == 1 {
        say!("Mức hỗ trợ {shown}, làm tròn xuống đồng", "Rate {shown}, rounded down to the đồng")
    } else {
        say!(
            "Mức hỗ trợ {shown}, làm tròn xuống bội số của {unit} đồng",
            "Rate {shown}, rounded down to a multiple of {unit} đồng"
        )
    };
    trace.step(words, Some(grant));
    Ok(grant)
}

fn capped(grant: Money, cap: Option<Money>, trace: &mut Trace, words: impl Fn(&str) -> Words) -> Money {
    match cap {
        Some(cap) if cap.minor < grant.minor => {
            trace.step(words(&cap.show(Lang::Vi)), Some(cap));
            cap
        }
        _ => grant,
    }
}
