//! Reports of fairs: who came, how full the hall was, what it cost, what came of it.

use super::leads::lead_sums;
use super::money::{sums, supports};
use super::{Amount, Figure, Report, Row, Table, count, number, records, sum};
use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::base::words::Words;
use crate::domain::book::Book;
use crate::domain::field::Chosen;
use crate::domain::lead::LeadStage;
use crate::domain::record::Kind;
use crate::domain::registration::RegistrationStatus;
use crate::domain::view::derived::{BoothState, booth_status, rent_of, share_of};
use crate::domain::{Booth, Fair, Lead, Registration};
use crate::say;

/// How a fair went: who came, how full it was, what it cost, what came of it.
///
/// # Errors
/// When amounts overflow or mix currencies.
pub fn fair(book: &Book, fair: Id, today: Date) -> Result<Report, MoneyFault> {
    let Some(record) = book.get::<Fair>(fair) else {
        let title = Words::new("Không còn hội chợ này", "This fair is no longer in the book");
        return Ok(Report { key: "fair", title, figures: Vec::new(), notes: Vec::new(), tables: Vec::new() });
    };
    let registrations: Vec<&Registration> = book.pointing::<Registration>(fair).collect();
    let alive = || registrations.iter().filter(|registration| registration.status.is_alive());
    let mut figures = vec![
        number(
            "registrations",
            Words::new("Đăng ký", "Registrations"),
            records(Kind::Registration, alive().map(|registration| registration.id)),
        ),
        number(
            "businesses",
            Words::new("Doanh nghiệp", "Businesses"),
            records(Kind::Business, alive().filter_map(|registration| registration.business)),
        ),
    ];
    booth_figures(book, fair, today, &mut figures);
    let mut rent = Money::ZERO;
    for registration in &registrations {
        rent = rent.plus(rent_of(book, registration.id)?)?;
    }
    let ids = || records(Kind::Registration, registrations.iter().map(|registration| registration.id));
    figures.push(sum("rent", Words::new("Tiền thuê gian trước thuế", "Booth rent before tax"), rent, ids()));
    let found = supports(book, |other| other.id == fair)?;
    let sums = sums(&found)?;
    let claims = || records(Kind::Claim, found.iter().map(|support| support.claim.id));
    figures.push(sum("granted", Words::new("Hỗ trợ", "Support"), sums.granted, claims()));
    figures.push(sum("own_share", Words::new("Doanh nghiệp tự chi", "Own share"), sums.own_share, claims()));
    let leads: Vec<&Lead> = book.pointing::<Lead>(fair).filter(|lead| lead.stage != LeadStage::Duplicate).collect();
    figures.push(number(
        "leads",
        Words::new("Đầu mối", "Leads"),
        records(Kind::Lead, leads.iter().map(|lead| lead.id)),
    ));
    figures.extend(lead_sums(&leads)?);
    let own = || vec![(Kind::Fair, fair)];
    let visits = record.visits.map_or(Amount::Empty, Amount::Number);
    figures
        .push(Figure { key: "visits", words: Words::new("Lượt khách", "Visits"), value: visits, records: own() });
    let turnover = record.turnover.map_or(Amount::Empty, Amount::Money);
    let words = Words::new("Doanh thu tại hội chợ", "Turnover at the fair");
    figures.push(Figure { key: "turnover", words, value: turnover, records: own() });
    let (code, name) = (&record.code, &record.name);
    Ok(Report {
        key: "fair",
        title: say!("Kết quả {code}: {name}", "Results of {code}: {name}"),
        figures,
        notes: Vec::new(),
        tables: vec![by_state(&registrations)],
    })
}

fn booth_figures(book: &Book, fair: Id, today: Date, figures: &mut Vec<Figure>) {
    let booths: Vec<(Id, BoothState)> =
        book.pointing::<Booth>(fair).map(|booth| (booth.id, booth_status(book, booth, today))).collect();
    let of = |wanted: &dyn Fn(BoothState) -> bool| {
        booths.iter().filter(|(_, state)| wanted(*state)).map(|(id, _)| (Kind::Booth, *id)).collect::<Vec<_>>()
    };
    let rented =
        of(&|state| !matches!(state, BoothState::Free | BoothState::Held | BoothState::Offered | BoothState::Blocked));
    let held = of(&|state| matches!(state, BoothState::Held | BoothState::Offered));
    let taken: Vec<(Kind, Id)> = rented.iter().chain(&held).copied().collect();
    let share = share_of(taken.len(), booths.len()).map_or(Amount::Empty, Amount::Rate);
    figures.push(number("booths", Words::new("Gian hàng", "Booths"), of(&|_| true)));
    figures.push(number("booths_rented", Words::new("Gian đã thuê", "Booths rented"), rented));
    figures.push(number("booths_held", Words::new("Gian giữ chỗ", "Booths held"), held));
    figures.push(number(
        "booths_free",
        Words::new("Gian trống", "Booths free"),
        of(&|state| state == BoothState::Free),
    ));
    let blocked = of(&|state| state == BoothState::Blocked);
    figures.push(number("booths_blocked", Words::new("Gian khóa", "Booths blocked"), blocked));
    figures.push(Figure { key: "taken_bp", words: Words::new("Lấp đầy", "Taken"), value: share, records: taken });
}

fn by_state(registrations: &[&Registration]) -> Table {
    let rows = RegistrationStatus::CHOICES
        .iter()
        .filter_map(|choice| {
            let found = registrations.iter().filter(|registration| registration.status.key() == choice.key);
            let found = records(Kind::Registration, found.map(|registration| registration.id));
            let many = count(found.len());
            (!found.is_empty()).then(|| Row { subject: None, cells: vec![Amount::Group(choice.words(), found), many] })
        })
        .collect();
    Table {
        key: "registrations",
        title: Words::new("Đăng ký theo tình trạng", "Registrations by state"),
        headings: vec![("status", Words::new("Tình trạng", "Status")), ("count", Words::new("Số lượng", "Count"))],
        rows,
    }
}
