//! What a registration must have of a place, and what it wishes for: the rules that nobody may break by hand, and those
//! that a proposal keeps.

use crate::base::booth_code::codes_in;
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::domain::book::Book;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::{Booth, Fair, Registration};
use crate::say;

/// Hard rules of a place: the same fair; power and water as asked for, in one at least of all the booths it has then.
///
/// # Errors
/// A refusal that names the booth and what it lacks.
pub fn fits(booths: &[&Booth], registration: &Registration) -> Result<(), Refusal> {
    if let Some(astray) = booths.iter().find(|booth| booth.fair != registration.fair) {
        let code = &astray.code;
        return Err(Refusal::new(
            "other-fair",
            say!("Gian {code} thuộc hội chợ khác.", "Booth {code} belongs to another fair."),
            say!("Chọn gian của hội chợ đã đăng ký.", "Choose a booth of the registration's fair."),
        ));
    }
    let Some(first) = booths.first() else { return Ok(()) };
    let code = &first.code;
    if let Some(wanted) = registration.power_wanted
        && !has_power(booths, wanted)
    {
        let power = booths.iter().filter_map(|booth| booth.power).max().unwrap_or(0);
        return Err(Refusal::new(
            "power-short",
            say!("Gian {code} có {power} W, cần {wanted} W.", "Booth {code} has {power} W; {wanted} W are needed."),
            say!("Chọn gian khác, hoặc sửa công suất của gian.", "Choose another booth, or correct its power."),
        ));
    }
    if registration.water_wanted && !booths.iter().any(|booth| booth.water) {
        return Err(Refusal::new(
            "water-missing",
            say!("Gian {code} không có nước.", "Booth {code} has no water."),
            say!("Chọn gian có nước, hoặc sửa gian này.", "Choose one with water, or correct this one."),
        ));
    }
    Ok(())
}

/// A booth of which no power is known sets no limit.
fn has_power(booths: &[&Booth], wanted: i64) -> bool {
    booths.iter().any(|booth| booth.power.is_none_or(|power| power >= wanted))
}

/// A need that booths taken together do not meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// Too few booths or too small.
    Area,
    /// No booth has the power.
    Power,
    /// No booth has water.
    Water,
    /// Another kind of booth.
    Kind,
    /// More rent than it pays.
    Rent,
}

/// The first need that these booths together do not meet; power and water are met when one booth has them.
#[must_use]
pub fn lacks(book: &Book, registration: &Registration, booths: &[&Booth]) -> Option<Lack> {
    let area = booths.iter().fold(0_i64, |sum, booth| sum.saturating_add(booth.area_cm2()));
    if registration.area_wanted_m2.is_some_and(|wanted| area < wanted.saturating_mul(10_000)) {
        return Some(Lack::Area);
    }
    if registration.power_wanted.is_some_and(|wanted| !has_power(booths, wanted)) {
        return Some(Lack::Power);
    }
    if registration.water_wanted && !booths.iter().any(|booth| booth.water) {
        return Some(Lack::Water);
    }
    let kinds = &registration.kinds_wanted.0;
    if !kinds.is_empty() && !booths.iter().all(|booth| kinds.contains(&booth.kind)) {
        return Some(Lack::Kind);
    }
    let (Some(most), Some(fair)) = (registration.rent_most, book.follow::<Fair>(registration.fair)) else {
        return None;
    };
    let rent = booths.iter().try_fold(Money::ZERO, |sum, booth| booth.rent(fair).and_then(|rent| sum.plus(rent.net)));
    rent.map_or(true, |rent| rent.minor > most.minor).then_some(Lack::Rent)
}

/// The booths of its fair that a registration wishes for, the dearest first. A code that the fair does not have is left out.
#[must_use]
pub fn wishes(book: &Book, registration: &Registration) -> Vec<Id> {
    let find = |code: &str| book.named(Kind::Booth, "code", registration.fair, code).first().copied();
    let codes = codes_in(registration.wishes.as_str(), &|code| find(code).is_some());
    let mut booths = Vec::new();
    for booth in codes.iter().filter_map(|code| find(code)) {
        if !booths.contains(&booth) {
            booths.push(booth);
        }
    }
    booths
}

/// The place of the best wish among these booths, 0 being the dearest; `usize::MAX` when none of them is wished for.
#[must_use]
pub fn wished(wishes: &[Id], booths: &[&Booth]) -> usize {
    wishes.iter().position(|wish| booths.iter().any(|booth| booth.id == *wish)).unwrap_or(usize::MAX)
}
