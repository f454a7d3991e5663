//! What a withdrawn registration gets back: the fair's own table of days before the opening and percent of the fee.

use crate::base::dates::{Date, days_until};
use crate::base::money::{BasisPoints, Money, MoneyFault, Rounding};
use crate::base::words::{Lang, Words};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::{Fair, Registration};
use crate::say;

/// Tables seen at real fairs, offered where none is written yet.
pub const TEMPLATES: &[(&str, Words)] = &[
    ("90:50, 60:25, 30:0", Words::new("giảm dần theo thời hạn", "falling with time")),
    ("50:50", Words::new("một nửa, báo trước 50 ngày", "half, 50 days ahead")),
    ("0:0", Words::new("không hoàn", "nothing back")),
];

/// One line of a table: at least so many days before the opening, this part of the fee goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefundRow {
    /// Days before the opening.
    pub days: i64,
    /// Which part of the fee.
    pub rate: BasisPoints,
}

/// What a registration withdrawn on a day gets back, each step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refund {
    /// Days from the withdrawal to the opening.
    pub days: i64,
    /// What had been paid.
    pub paid: Money,
    /// The part that the table gives back.
    pub rate: BasisPoints,
    /// What is kept of it in any case.
    pub fee: Money,
    /// What goes back: never less than nothing.
    pub amount: Money,
}

/// Reads a table as people write it: `90:50, 60:25%; 30:0`. The earlier a firm withdraws, the more it gets.
///
/// # Errors
/// A refusal at the field when a line is no pair of days and percent, or the lines contradict each other.
pub fn read_refund_table(text: &str) -> Result<Vec<RefundRow>, Refusal> {
    let mut rows = Vec::new();
    for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let Some(row) = read_row(part) else { return unreadable(part) };
        rows.push(row);
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.days));
    let wrong = rows.windows(2).find(|pair| pair[0].days == pair[1].days || pair[0].rate < pair[1].rate);
    if let Some([early, late]) = wrong.map(|pair| [pair[0], pair[1]]) {
        let (early, late) = (early.days, late.days);
        return Err(Refusal::new(
            "refund-table-crossed",
            say!(
                "Rút trước {early} ngày không được hoàn ít hơn rút trước {late} ngày.",
                "Withdrawing {early} days ahead may not give back less than {late} days ahead."
            ),
            say!(
                "Mỗi số ngày ghi một lần, càng sớm hoàn càng nhiều.",
                "Each number of days once; the earlier, the more."
            ),
        )
        .at("refund_table"));
    }
    Ok(rows)
}

fn read_row(part: &str) -> Option<RefundRow> {
    let (days, rate) = part.split_once(':')?;
    let days: i64 = days.trim().trim_start_matches(['≥', '>', '=']).trim().parse().ok()?;
    let (whole, tenths) = {
        let rate = rate.trim().trim_end_matches('%').trim();
        rate.split_once('.').unwrap_or((rate, "0"))
    };
    let whole: u32 = whole.parse().ok()?;
    let tenths: u32 = if tenths.len() == 1 { tenths.parse().ok()? } else { return None };
    let rate = whole.checked_mul(100)?.checked_add(tenths * 10)?;
    ((0..=1_000).contains(&days) && rate <= 10_000).then_some(RefundRow { days, rate: BasisPoints(rate) })
}

fn unreadable<T>(part: &str) -> Result<T, Refusal> {
    let part = crate::base::text::Text::new(part);
    let example = TEMPLATES[0].0;
    refuse(
        "refund-table-unreadable",
        say!("“{part}” không phải là số ngày và phần trăm.", "“{part}” is no number of days and percent."),
        say!("Ghi như {example}: rút trước 90 ngày hoàn 50 %.", "Write it as {example}: 90 days ahead give 50 % back."),
    )
    .map_err(|refusal: Refusal| refusal.at("refund_table"))
}

/// What the registration gets back if it is withdrawn on `day`; none when the fair has no table or no opening day.
///
/// # Errors
/// When amounts are in two currencies or too large.
pub fn refund_on(fair: &Fair, registration: &Registration, day: Date) -> Result<Option<Refund>, MoneyFault> {
    let Some(opens) = fair.opens_on else { return Ok(None) };
    let rows = match read_refund_table(fair.refund_table.as_str()) {
        Ok(rows) if !rows.is_empty() => rows,
        _ => return Ok(None),
    };
    let days = days_until(day, opens);
    let rate = rows.iter().find(|row| days >= row.days).map_or(BasisPoints(0), |row| row.rate);
    let paid = registration.fee_paid.unwrap_or(Money::ZERO);
    let fee = fair.refund_fee.unwrap_or(Money::ZERO);
    let back = paid.share_bp(rate, Rounding::DOWN)?;
    let amount = if back.minor > 0 { back.minus(fee)? } else { Money::ZERO };
    let amount = if amount.is_negative() { Money::ZERO } else { amount };
    Ok(Some(Refund { days, paid, rate, fee, amount }))
}

impl Refund {
    /// The sum with how it comes about: `4.500.000 ₫ (50% của 10.000.000 ₫, trừ 500.000 ₫; trước 70 ngày)`.
    #[must_use]
    pub fn words(&self) -> Words {
        let said = |lang: Lang| {
            let show = |money: Money| money.show(lang);
            (show(self.amount), self.rate.show(lang), show(self.paid), show(self.fee))
        };
        let days = self.days;
        let (vi, en) = (said(Lang::Vi), said(Lang::En));
        let less = |words: &str, fee: &str| {
            if self.fee.is_zero() { String::new() } else { format!(", {words} {fee}") }
        };
        Words {
            vi: format!("{} ({} của {}{}; trước khai mạc {days} ngày)", vi.0, vi.1, vi.2, less("trừ", &vi.3)).into(),
            en: format!("{} ({} of {}{}; {days} days before opening)", en.0, en.1, en.2, less("less", &en.3)).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::dates::read_date;
    use crate::base::text::Text;

    fn fair(table: &str, fee: i64) -> Fair {
        Fair {
            refund_table: Text::new(table),
            refund_fee: Some(Money::vnd(fee)),
            opens_on: read_date("01/06/2026").ok(),
            ..Fair::default()
        }
    }

    fn back(fair: &Fair, paid: i64, day: &str) -> Option<i64> {
        let registration = Registration { fee_paid: Some(Money::vnd(paid)), ..Registration::default() };
        let day = read_date(day).ok()?;
        refund_on(fair, &registration, day).ok().flatten().map(|refund| refund.amount.minor)
    }

    #[test]
    fn the_first_line_that_is_early_enough_counts() {
        let fair = fair("60:25, 90:50%, 30:0", 0);
        assert_eq!(back(&fair, 10_000_000, "03/03/2026"), Some(5_000_000), "90 days before");
        assert_eq!(back(&fair, 10_000_000, "04/03/2026"), Some(2_500_000), "89 days before");
        assert_eq!(back(&fair, 10_000_000, "02/04/2026"), Some(2_500_000), "60 days before");
        assert_eq!(back(&fair, 10_000_000, "03/04/2026"), Some(0), "59 days before");
        assert_eq!(back(&fair, 10_000_000, "05/06/2026"), Some(0), "after the opening");
    }

    #[test]
    fn the_fee_is_kept_and_nobody_pays_for_going() {
        let fair = fair("90:50", 600_000);
        assert_eq!(back(&fair, 10_000_000, "01/01/2026"), Some(4_400_000));
        assert_eq!(back(&fair, 1_000_000, "01/01/2026"), Some(0));
        assert_eq!(back(&fair, 0, "01/01/2026"), Some(0));
        assert_eq!(back(&self::fair("", 0), 1_000, "01/01/2026"), None, "without a table nothing is said");
    }

    #[test]
    fn a_table_that_says_no_days_or_contradicts_itself_is_refused() {
        for good in ["", "90:50, 60:25, 30:0", "30:12.5", " ≥ 10 : 5 % ;0:0", "50:50"] {
            assert!(read_refund_table(good).is_ok(), "{good}");
        }
        for bad in ["90", "90:", ":50", "90:150", "-1:5", "a:b", "90:5.55", "99999999999999999999:1", "90:99999999999"]
        {
            assert_eq!(read_refund_table(bad).map_err(|refusal| refusal.code), Err("refund-table-unreadable"), "{bad}");
        }
        for bad in ["90:25, 60:50", "30:1, 30:2"] {
            assert_eq!(read_refund_table(bad).map_err(|refusal| refusal.code), Err("refund-table-crossed"), "{bad}");
        }
    }

    #[test]
    fn every_template_can_be_read() {
        assert!(TEMPLATES.iter().all(|(table, _)| read_refund_table(table).is_ok()));
    }
}
