//! What businesses say of a fair: days of sales, reports, and what becomes of their registrations.

use hoicho::base::ids::Id;
use hoicho::base::money::Money;
use hoicho::base::text::Text;
use hoicho::domain::book::Book;
use hoicho::domain::check::check;
use hoicho::domain::decide::decide;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::domain::registration::RegistrationStatus;
use hoicho::domain::view::doctor::{Stage, findings};
use hoicho::domain::view::results::{ReportState, days_missing, known_before, report_by, report_state};
use hoicho::domain::view::today::{DueKind, due};
use hoicho::domain::{Claim, FairReport, Registration, Sale};

use crate::kit::{after, day, env, find, small, today, with_table};

/// A fair that ended on the 20th, with two firms that stood there for three days and one that was absent.
fn over() -> Book {
    let fair = "code,name,opens_on,closes_on,status\nCU,Hội chợ cũ,18/11/2026,20/11/2026,finished\n";
    let book = with_table(&small(), Kind::Fair, fair, today());
    let registrations = "fair,business,status
        CU,9900003810,attended
        CU,9900002246,attended
        CU,Hộ kinh doanh Bánh tráng Mỹ Lồng,no_show";
    with_table(&book, Kind::Registration, registrations, today())
}

fn registration(book: &Book, tax_code: &str) -> Id {
    find(book, Kind::Registration, &format!("CU/{tax_code}"))
}

fn of(book: &Book, id: Id) -> Registration {
    book.get::<Registration>(id).unwrap().clone()
}

fn sale(registration: Id, on: u32, amount: i64) -> Intent {
    let fields = vec![
        ("registration".to_owned(), Value::Link(registration)),
        ("on".to_owned(), Value::Date(day(2026, 11, on))),
        ("amount".to_owned(), Value::Money(Money::vnd(amount))),
        ("contacts".to_owned(), Value::Number(2)),
    ];
    Intent::Add { kind: Kind::Sale, fields }
}

fn report(registration: Id, turnover: i64) -> Intent {
    let fields = vec![
        ("registration".to_owned(), Value::Link(registration)),
        ("turnover".to_owned(), Value::Money(Money::vnd(turnover))),
    ];
    Intent::Add { kind: Kind::FairReport, fields }
}

#[track_caller]
fn refused(book: &Book, intent: &Intent, code: &str) {
    match decide(book, intent, &env(today(), "Mai", 9), book.seq + 1) {
        Err(refusal) => assert_eq!(refusal.code, code, "{refusal}"),
        Ok(decision) => panic!("not refused: {}", decision.words.en),
    }
}

#[test]
fn a_day_is_written_once_within_the_fair_by_who_stood_there() {
    let book = over();
    let (firm, absent) = (registration(&book, "9900003810"), registration(&book, "Hộ kinh doanh Bánh tráng Mỹ Lồng"));
    let book = after(&book, &sale(firm, 18, 4_000_000), &env(today(), "Mai", 1));
    assert_eq!(book.pointing::<Sale>(firm).next().map(|sale| sale.by.clone()), Some(Text::new("Mai")));
    refused(&book, &sale(firm, 18, 1), "day-written");
    refused(&book, &sale(firm, 21, 1), "day-outside-fair");
    refused(&book, &sale(absent, 18, 1), "was-not-there");
    // A day without a sale is 0 and is not missing; a day that nobody wrote is.
    let book = after(&book, &sale(firm, 19, 0), &env(today(), "Mai", 2));
    assert_eq!(days_missing(&book, &of(&book, firm), today()), [day(2026, 11, 20)]);
    assert_eq!(days_missing(&book, &of(&book, absent), today()), []);
    assert!(check(&book).is_empty());
}

#[test]
fn a_report_knows_what_the_days_and_leads_say() {
    let mut book = over();
    let firm = registration(&book, "9900003810");
    for (seed, on, amount) in [(1, 18, 4_000_000), (2, 19, 0), (3, 20, 6_500_000)] {
        book = after(&book, &sale(firm, on, amount), &env(today(), "Mai", seed));
    }
    let leads = "business,partner,fair,interest,stage,contract_value
        9900003810,Siêu thị Bình Tây,CU,Kẹo dừa,contract,120000000
        9900003810,Siêu thị Bình Tây,CU,Kẹo chuối,duplicate,50000000
        9900002246,Siêu thị Bình Tây,CU,Bưởi,contract,70000000";
    let book = with_table(&book, Kind::Lead, leads, today());
    let known = known_before(&book, &of(&book, firm), today());
    assert_eq!(known.turnover, Some(Money::vnd(10_500_000)));
    assert_eq!((known.contacts, known.contracts), (Some(6), Some(1)));
    assert_eq!(known.contracts_value, Some(Money::vnd(120_000_000)));
    assert_eq!(known.orders, None, "nobody wrote orders");
}

#[test]
fn with_its_report_a_registration_has_reported_and_without_it_has_not() {
    let book = over();
    let firm = registration(&book, "9900003810");
    let status = |book: &Book| of(book, firm).status;
    let told = after(&book, &report(firm, 9_000_000), &env(today(), "Mai", 1));
    assert_eq!(status(&told), RegistrationStatus::Reported);
    assert_eq!(told.pointing::<FairReport>(firm).next().unwrap().received_on, Some(today()));
    refused(&told, &report(firm, 1), "report-exists");
    let id = told.pointing::<FairReport>(firm).next().unwrap().id;
    let removed = after(&told, &Intent::Remove { kind: Kind::FairReport, id }, &env(today(), "Mai", 2));
    assert_eq!(status(&removed), RegistrationStatus::Attended);
    assert!(check(&told).is_empty() && check(&removed).is_empty());
    // A file brings reports too.
    let brought = with_table(&book, Kind::FairReport, "registration,turnover\nCU/9900003810,9000000\n", today());
    assert_eq!(status(&brought), RegistrationStatus::Reported);
}

#[test]
fn reports_are_due_then_late_and_today_chases_them() {
    let book = over();
    let (one, other) = (registration(&book, "9900003810"), registration(&book, "9900002246"));
    let state = |book: &Book, id: Id, on| report_state(book, &of(book, id), on);
    // Fifteen days after the 20th of November.
    assert_eq!(report_by(&book, &of(&book, one)), Some(day(2026, 12, 5)));
    for (on, expected) in [
        (day(2026, 11, 20), None),
        (day(2026, 11, 21), Some(ReportState::Due)),
        (day(2026, 12, 5), Some(ReportState::Due)),
        (day(2026, 12, 6), Some(ReportState::Late)),
    ] {
        assert_eq!(state(&book, one, on), expected, "{on}");
    }
    let chased = |book: &Book, on| -> Vec<((Kind, Id), i64)> {
        let dues = due(book, on).into_iter().filter(|due| due.kind == DueKind::ReportMissing);
        dues.map(|due| (due.subject, due.days)).collect()
    };
    let fair = find(&book, Kind::Fair, "CU");
    assert_eq!(chased(&book, today()), [((Kind::Fair, fair), 11)]);
    assert_eq!(chased(&book, day(2026, 12, 8)), [((Kind::Fair, fair), -3)]);
    let book = after(&book, &report(one, 1), &env(today(), "Mai", 1));
    assert_eq!(state(&book, one, day(2026, 12, 6)), Some(ReportState::Received));
    // One firm is named itself.
    assert_eq!(chased(&book, today()), [((Kind::Registration, other), 11)]);
    let book = after(&book, &report(other, 1), &env(today(), "Mai", 2));
    assert_eq!(chased(&book, today()), []);
}

/// A claim of the firm that was accepted, under a scheme with these rules.
fn accepted(rules: &str) -> (Book, Id, Id) {
    let book = over();
    let scheme = format!(
        "code,title,valid_from,rate,status,rules\nR-1,Có báo cáo,01/01/2024,50,active,\"code = \"\"R-1\"\"\n{rules}\n[[item]]\nkind = \"\"booth\"\"\nrate = \"\"50%\"\"\"\n"
    );
    let book = with_table(&book, Kind::Scheme, &scheme, today());
    let claim = "registration,scheme,budget,cost,vat,booths,grant,status,proposed_by,appraised_by,decided_by,decision_number,decided_on,accepted_on,file_no
        CU/9900003810,R-1,N-2026,9000000,720000,1,4500000,accepted,Mai,Hùng,Nam,1,21/11/2026,23/11/2026,HS-1";
    let book = with_table(&book, Kind::Claim, claim, today());
    let claim = find(&book, Kind::Claim, "HS-1");
    let firm = registration(&book, "9900003810");
    (book, claim, firm)
}

fn stops(book: &Book, claim: Id, on: hoicho::base::dates::Date) -> Option<Stage> {
    let claim = book.get::<Claim>(claim).unwrap();
    findings(book, claim, on).into_iter().find(|finding| finding.code == "report-missing").map(|finding| finding.stops)
}

#[test]
fn a_scheme_may_let_the_last_payment_wait_for_the_report() {
    let (book, claim, firm) = accepted("[report]\nwithin_days = 5\npayment_waits = true");
    assert_eq!(stops(&book, claim, today()), Some(Stage::Payment));
    refused(&book, &Intent::Pay { claims: vec![claim], on: None }, "finding-open");
    let told = after(&book, &report(firm, 1), &env(today(), "Mai", 3));
    assert_eq!(stops(&told, claim, today()), None);
    // Where nothing waits for it, a late report is a reminder: after five days here, after fifteen elsewhere.
    let (book, claim, _) = accepted("[report]\nwithin_days = 5");
    assert_eq!(stops(&book, claim, day(2026, 11, 25)), None);
    assert_eq!(stops(&book, claim, day(2026, 11, 26)), Some(Stage::Nothing));
    let (book, claim, _) = accepted("");
    assert_eq!(stops(&book, claim, day(2026, 12, 5)), None);
    assert_eq!(stops(&book, claim, day(2026, 12, 6)), Some(Stage::Nothing));
}
