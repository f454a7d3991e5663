//! What fairs brought, by hand-made books whose figures were reckoned by hand, and by the demonstration.

use hoicho::base::dates::Date;
use hoicho::base::money::{BasisPoints, Money};
use hoicho::base::words::Lang;
use hoicho::domain::book::Book;
use hoicho::domain::record::Kind;
use hoicho::domain::view::report::{
    Amount, Asked, REPORTS, Report, after_fair, certificates, collection, daily_sales, follow_ups, outcomes, targets,
};

use crate::kit::{day, demo, find, small, today, with_table};

#[expect(clippy::panic, reason = "a missing piece fails its test")]
fn value(report: &Report, key: &str) -> Amount {
    report.figure(key).unwrap_or_else(|| panic!("no figure {key}")).value.clone()
}

#[expect(clippy::panic, reason = "a missing piece fails its test")]
fn rows<'a>(report: &'a Report, key: &str) -> Vec<&'a [Amount]> {
    let table = report.tables.iter().find(|table| table.key == key).unwrap_or_else(|| panic!("no table {key}"));
    table.rows.iter().map(|row| row.cells.as_slice()).collect()
}

fn vnd(amount: i64) -> Amount {
    Amount::Money(Money::vnd(amount))
}

/// A fair that cost 30 million, with an MOU, three contracts (two of them in foreign money), a lost lead and a duplicate.
fn brought() -> Book {
    let tables = [
        (Kind::Partner, "name,kind,city,country\nMaple Coast Trading,importer,Vancouver,Canada\n"),
        (
            Kind::Fair,
            "code,name,opens_on,closes_on,status,cost\nCU,Hội chợ cũ,18/11/2026,20/11/2026,finished,30000000\n",
        ),
        (
            Kind::Registration,
            "fair,business,status\nCU,9900003810,attended\nCU,9900002246,attended\n",
        ),
        (
            Kind::Lead,
            "business,partner,fair,interest,stage,mou_value,mou_on,contract_value,fx_rate,fx_on,signed_on,delivered_value,owner
            9900003810,Siêu thị Bình Tây,CU,Kẹo dừa,mou,50000000,19/11/2026,,,,,,Khoa
            9900003810,Maple Coast Trading,CU,Kẹo chuối,contract,,,1000 USD,25000,20/11/2026,20/11/2026,,Khoa
            9900002246,Siêu thị Bình Tây,CU,Bưởi da xanh,repeat,,,70000000,,,20/11/2026,40000000,Diệp
            9900002246,Maple Coast Trading,CU,Bưởi tươi,contract,,,500 EUR,,,,,Diệp
            9900002246,Siêu thị Bình Tây,CU,Mứt bưởi,duplicate,,,90000000,,,,,Diệp
            9900002246,Siêu thị Bình Tây,CU,Tinh dầu,lost,,,,,,,,Diệp",
        ),
        (
            Kind::Sale,
            "registration,on,amount,orders
            CU/9900003810,18/11/2026,4000000,1
            CU/9900003810,19/11/2026,0,
            CU/9900003810,20/11/2026,6000000,2
            CU/9900002246,18/11/2026,2000000,",
        ),
        (Kind::FairReport, "registration,turnover,satisfied,opinion\nCU/9900003810,10000000,4,Khách đông\n"),
        (Kind::Target, "year,measure,count,value\n2026,contracts,4,\n2026,contract_value,,190000000\n"),
    ];
    tables.iter().fold(small(), |book, (kind, table)| with_table(&book, *kind, table, today()))
}

fn asked(book: &Book, today: Date) -> Asked {
    Asked { year: 2026, fair: Some(find(book, Kind::Fair, "CU")), today }
}

#[test]
fn intended_signed_and_delivered_are_three_sums() {
    let book = brought();
    let report = outcomes(&book, &asked(&book, today())).unwrap();
    for (key, amount) in [
        ("leads", Amount::Number(5)),
        ("meetings", Amount::Number(5)),
        ("partners", Amount::Number(2)),
        ("firms", Amount::Number(2)),
        ("mous", Amount::Number(1)),
        ("mou_value", vnd(50_000_000)),
        ("contracts", Amount::Number(3)),
        // 1 000 USD at 25 000 đồng and 70 million; 500 EUR without a rate are in no sum.
        ("contract_value", vnd(95_000_000)),
        ("delivered_value", vnd(40_000_000)),
        ("new_markets", Amount::Number(3)),
        ("repeat_orders", Amount::Number(1)),
        ("lost", Amount::Number(1)),
        ("support", vnd(0)),
        ("office_cost", vnd(30_000_000)),
        ("cost_per_lead", vnd(6_000_000)),
        ("cost_per_signed_bp", Amount::Rate(BasisPoints(3158))),
        ("participations", Amount::Number(2)),
        ("own_turnover", vnd(10_000_000)),
    ] {
        assert_eq!(value(&report, key), amount, "{key}");
    }
    assert!(report.notes.iter().any(|note| note.en.contains("500")), "{:?}", report.notes);
    assert!(report.notes.iter().any(|note| note.en.starts_with("1 contracts have no day")), "{:?}", report.notes);
    // Nothing is three months old yet; in March everything is.
    assert_eq!(rows(&report, "months")[0][1], Amount::Number(0));
    let later = outcomes(&book, &asked(&book, day(2027, 3, 1))).unwrap();
    let months = rows(&later, "months");
    assert_eq!(
        (&months[0][1], &months[0][2], &months[0][3], &months[0][4]),
        (&Amount::Number(5), &Amount::Number(2), &Amount::Rate(BasisPoints(4000)), &vnd(95_000_000))
    );
    assert_eq!(months[1][1], Amount::Number(0), "six months have not gone by");
}

#[test]
fn what_is_parted_adds_up_to_the_whole() {
    let book = brought();
    for asked in [asked(&book, today()), Asked { fair: None, ..asked(&book, today()) }] {
        let report = outcomes(&book, &asked).unwrap();
        let parts =
            report.tables.iter().filter(|table| table.headings.get(2).is_some_and(|(key, _)| *key == "partners"));
        let mut seen = 0;
        for table in parts {
            seen += 1;
            let money = |place: usize| -> i64 {
                table
                    .rows
                    .iter()
                    .map(|row| match &row.cells[place] {
                        Amount::Money(money) => money.minor,
                        other => panic!("{other:?}"),
                    })
                    .sum()
            };
            assert_eq!(vnd(money(3)), value(&report, "mou_value"), "{}", table.key);
            assert_eq!(vnd(money(5)), value(&report, "contract_value"), "{}", table.key);
            assert_eq!(vnd(money(6)), value(&report, "delivered_value"), "{}", table.key);
        }
        assert_eq!(seen, if asked.fair.is_some() { 4 } else { 5 });
    }
}

#[test]
fn sales_by_day_firm_and_group_come_to_the_same() {
    let book = brought();
    let report = daily_sales(&book, &asked(&book, today())).unwrap();
    assert_eq!(value(&report, "sales"), vnd(12_000_000));
    assert_eq!((value(&report, "firms"), value(&report, "missing")), (Amount::Number(2), Amount::Number(1)));
    let days: Vec<&Amount> = rows(&report, "days").iter().map(|cells| &cells[3]).collect();
    assert_eq!(days, [&vnd(6_000_000), &vnd(0), &vnd(6_000_000)]);
    let firms = rows(&report, "firms");
    assert_eq!((&firms[0][1], &firms[1][1]), (&vnd(10_000_000), &vnd(2_000_000)));
    assert_eq!((firms[0][2].show(Lang::En), firms[1][3].clone()), ("▅▁█".to_owned(), Amount::Number(2)));
    assert_eq!(rows(&report, "groups")[0][1], vnd(12_000_000));
}

#[test]
fn reports_are_received_due_and_late() {
    let book = brought();
    let report = collection(&book, &asked(&book, today())).unwrap();
    for (key, amount) in [
        ("asked", Amount::Number(2)),
        ("received", Amount::Number(1)),
        ("due", Amount::Number(1)),
        ("late", Amount::Number(0)),
        ("received_bp", Amount::Rate(BasisPoints(5000))),
        ("turnover", vnd(10_000_000)),
    ] {
        assert_eq!(value(&report, key), amount, "{key}");
    }
    assert_eq!(value(&report, "satisfied").show(Lang::Vi), "4,0 / 5");
    let late = collection(&book, &asked(&book, day(2026, 12, 8))).unwrap();
    assert_eq!(value(&late, "late"), Amount::Number(1));
    assert_eq!(rows(&late, "owing")[0][4], Amount::Number(3));
    let whole = after_fair(&book, &asked(&book, today())).unwrap();
    assert_eq!(rows(&whole, "opinions").len(), 1);
    assert_eq!(value(&whole, "contract_value"), vnd(95_000_000));
}

#[test]
fn the_year_stands_against_its_targets() {
    let book = brought();
    let report = targets(&book, &Asked { fair: None, ..asked(&book, today()) }).unwrap();
    let measures = rows(&report, "measures");
    let of = |name: &str| *measures.iter().find(|cells| cells[0].show(Lang::En) == name).unwrap();
    let contracts = of("Contracts");
    assert_eq!((&contracts[4], &contracts[5]), (&Amount::Number(3), &Amount::Number(3)));
    assert_eq!((&contracts[6], &contracts[7]), (&Amount::Number(4), &Amount::Rate(BasisPoints(7500))));
    let value = of("Contract value");
    assert_eq!((&value[5], &value[7]), (&vnd(95_000_000), &Amount::Rate(BasisPoints(5000))));
    assert_eq!(of("MOU value")[6], Amount::Empty);
    assert_eq!(of("Firms that took part")[5], Amount::Number(2));
}

#[test]
fn certificates_that_end_name_what_depends_on_them() {
    // The pomelo's certificate ends in 20 days, after the fair; this one ends within the fair.
    let table = "product,stars,issued_on,valid_until\nKẹo dừa sầu riêng,5,01/08/2027,+12\n";
    let book = with_table(&small(), Kind::Certificate, &table.replace("01/08/2027", "01/01/2025"), today());
    let asked = Asked { year: 2026, fair: None, today: today() };
    let report = certificates(&book, &asked).unwrap();
    // The later certificate of the same product follows it.
    assert_eq!(value(&report, "within30"), Amount::Number(1));
    let later = Asked { today: day(2027, 6, 10), ..asked };
    let report = certificates(&book, &later).unwrap();
    assert_eq!((value(&report, "within30"), value(&report, "expired")), (Amount::Number(1), Amount::Number(1)));
    let fair = "code,name,opens_on,closes_on,status\nHE-27,Hội chợ hè,28/06/2027,03/07/2027,open\n";
    let book = with_table(&book, Kind::Fair, fair, today());
    let book = with_table(&book, Kind::Registration, "fair,business,status\nHE-27,9900003810,received\n", today());
    let report = certificates(&book, &later).unwrap();
    assert_eq!(value(&report, "registrations"), Amount::Number(1));
    assert_eq!(rows(&report, "ends30")[0][4], Amount::Number(1));
}

#[test]
fn the_calls_are_counted_by_person() {
    let book = small();
    let report = follow_ups(&book, &Asked { year: 2026, fair: None, today: today() }).unwrap();
    assert_eq!((value(&report, "open"), value(&report, "overdue")), (Amount::Number(2), Amount::Number(1)));
    assert_eq!(rows(&report, "owners").len(), 1);
    assert_eq!(rows(&report, "weeks").len(), 8);
}

#[test]
fn every_figure_and_group_opens_records_that_are_there() {
    let book = demo();
    let fair = Some(find(&book, Kind::Fair, "HCDUA"));
    for offer in REPORTS {
        for (year, fair) in [(2024, None), (2026, None), (2026, fair)] {
            let report = (offer.make)(&book, &Asked { year, fair, today: today() }).unwrap();
            let groups = report.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
            let groups = groups.filter_map(|cell| match cell {
                Amount::Group(_, records) => Some(records),
                _ => None,
            });
            for (kind, id) in report.figures.iter().map(|figure| &figure.records).chain(groups).flatten() {
                assert!(book.noun(*kind, *id).is_some(), "{} {kind:?}", offer.key);
            }
            for table in &report.tables {
                assert!(
                    table.rows.iter().all(|row| row.cells.len() == table.headings.len()),
                    "{} {}",
                    offer.key,
                    table.key
                );
            }
        }
    }
}
