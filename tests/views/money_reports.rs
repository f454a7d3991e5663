//! The reports of money, against a small book reckoned by hand and against the demonstration.

use hoicho::base::ids::Id;
use hoicho::base::money::{BasisPoints, Money};
use hoicho::base::text::Text;
use hoicho::base::words::Lang;
use hoicho::domain::book::Book;
use hoicho::domain::field::Value;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::domain::recovery::RecoveryCause;
use hoicho::domain::showing::Mask;
use hoicho::domain::view::detail::{View, detail};
use hoicho::domain::view::report::{Amount, Asked, REPORTS, Report, Row, offered};
use hoicho::domain::view::today::DueKind;
use hoicho::domain::{Claim, Fair, Recovery};
use hoicho::exchange::report_out::{report_bytes, report_tables};

use crate::kit::{demo, find};
use crate::law::world::{World, day, on, text, vnd};

fn report(book: &Book, key: &str, year: i32, fair: Option<Id>, today: &str) -> Report {
    let offer = offered(key).unwrap_or_else(|| panic!("no report {key}"));
    (offer.make)(book, &Asked { year, fair, today: day(today) }).unwrap()
}

fn value(report: &Report, key: &str) -> i64 {
    match report.figure(key).unwrap_or_else(|| panic!("no figure {key}")).value {
        Amount::Number(number) => number,
        Amount::Money(money) => money.minor,
        Amount::Rate(rate) => i64::from(rate.0),
        ref other => panic!("{key}: {other:?}"),
    }
}

/// The cell of a row below a heading.
fn cell<'a>(report: &'a Report, table: usize, row: &'a Row, key: &str) -> &'a Amount {
    let at = report.tables[table].headings.iter().position(|(heading, _)| *heading == key);
    &row.cells[at.unwrap_or_else(|| panic!("no column {key}"))]
}

fn money(dong: i64) -> Amount {
    Amount::Money(Money::vnd(dong))
}

/// A fair with three firms: Ánh is paid and has to give a part back, Bình has an advance, Cúc waits for a decision.
struct Small {
    world: World,
    fair: Id,
    claims: [Id; 3],
    firms: [Id; 3],
}

fn small() -> Small {
    let mut world = World::new();
    world.add(Kind::Office, [("name", text("TTXT")), ("document_mark", text("TTXT"))]);
    let scheme = world.scheme("BT", [("times_year", Value::Number(1)), ("cap", vnd(10_000_000))]);
    let line = world.budget("N-2026", 20_000_000);
    world.edit(Kind::BudgetLine, line, [("treasury_codes", text("1059632-599-281"))]);
    world.act(
        "Nam",
        Intent::Adjust {
            budget: line,
            amount: Money::vnd(2_000_000),
            lower: true,
            decision_no: Text::new("20/QĐ"),
            on: None,
            reason: Text::new("tiết kiệm"),
        },
    );
    let organiser = world.add(Kind::Partner, [("name", text("Công ty Hội chợ Sao"))]);
    let fair = world.fair("XUAN-26", "10/03/2026", "15/03/2026");
    world.edit(Kind::Fair, fair, [("organiser", Value::Link(organiser))]);
    let (mut claims, mut firms) = (Vec::new(), Vec::new());
    for (name, no) in [("HTX Ánh", "01/HĐ"), ("HTX Bình", "02/HĐ"), ("HTX Cúc", "")] {
        let firm = world.business(name);
        world.edit(
            Kind::Business,
            firm,
            [
                ("bank", text("BIDV")),
                ("account", text(&format!("99006129509{}", 9 - claims.len()))),
                ("commune", text("Xã Dừa")),
            ],
        );
        let registration = world.registration(fair, firm);
        let claim = world.claim(
            registration,
            scheme,
            [("cost", vnd(9_000_000)), ("vat", vnd(720_000)), ("booths", Value::Number(1))],
        );
        if !no.is_empty() {
            let fields =
                [("contract_no", text(no)), ("contract_on", on("01/02/2026")), ("contract_amount", vnd(9_000_000))];
            world.edit(Kind::Claim, claim, fields);
        }
        world.appraise(claim);
        claims.push(claim);
        firms.push(firm);
    }
    world.decide(claims[0], line);
    world.decide(claims[1], line);
    world.accept(claims[0]);
    world.pay(claims[0]);
    world.act("Hà", Intent::Advance { claims: vec![claims[1]], share: Some(BasisPoints(7_000)), on: None });
    world.act(
        "Hà",
        Intent::Recover {
            claim: claims[0],
            amount: Money::vnd(1_000_000),
            cause: RecoveryCause::Audit,
            decision_no: Text::new("31/QĐ"),
            due_on: Some(day("01/02/2026")),
        },
    );
    let recovery = world.book.all::<Recovery>().iter().next().unwrap().id;
    world.wait(8);
    world.act(
        "Hà",
        Intent::Repay {
            recovery,
            amount: Money::vnd(400_000),
            on: Some(day("10/01/2026")),
            reference: Text::new("FT1"),
        },
    );
    Small { world, fair, claims: claims.try_into().unwrap(), firms: firms.try_into().unwrap() }
}

#[test]
fn contracts_stand_below_their_organiser() {
    let small = small();
    let report = report(&small.world.book, "contracts", 2026, Some(small.fair), "11/02/2026");
    assert_eq!((value(&report, "contracts"), value(&report, "without")), (2, 1));
    assert_eq!((value(&report, "net"), value(&report, "whole")), (27_000_000, 29_160_000));
    let table = &report.tables[0];
    assert_eq!((table.title.vi.as_ref(), table.rows.len()), ("Công ty Hội chợ Sao", 4));
    let first = &table.rows[0];
    assert_eq!(cell(&report, 0, first, "contract_no").show(Lang::Vi), "01/HĐ");
    assert_eq!(cell(&report, 0, first, "due_on"), &Amount::Date(day("29/04/2026")), "45 days after the fair");
    assert_eq!(cell(&report, 0, &table.rows[3], "booths"), &Amount::Number(3));
    assert_eq!(report.figure("without").unwrap().records, [(Kind::Claim, small.claims[2])]);
}

#[test]
fn a_checklist_marks_each_document() {
    let small = small();
    let report = report(&small.world.book, "evidence", 2026, None, "11/02/2026");
    assert_eq!((value(&report, "files"), value(&report, "complete"), value(&report, "lacking")), (3, 1, 2));
    let rows = &report.tables[0].rows;
    let of = |row: usize, key: &str| cell(&report, 0, &rows[row], key).show(Lang::En);
    assert_eq!((of(0, "ev04"), of(1, "ev04"), of(0, "ev12")), ("x".to_owned(), "-".to_owned(), String::new()));
    let sum: i64 = (0..3).map(|row| of(row, "missing").parse::<i64>().unwrap()).sum();
    assert_eq!(sum, value(&report, "missing"));
    let counted: i64 = report.tables[1]
        .rows
        .iter()
        .flat_map(|row| &row.cells[1..])
        .map(|count| match count {
            Amount::Number(number) => *number,
            other => panic!("{other:?}"),
        })
        .sum();
    assert_eq!(counted, i64::try_from(small.world.book.count(Kind::Evidence)).unwrap());
}

#[test]
fn an_appraisal_says_basis_rate_and_who() {
    let small = small();
    let report = report(&small.world.book, "appraisal", 2026, Some(small.fair), "11/02/2026");
    assert_eq!((value(&report, "claims"), value(&report, "appraised"), value(&report, "decided")), (3, 1, 2));
    assert_eq!((value(&report, "granted"), value(&report, "own_share")), (12_500_000, 15_660_000));
    let row = &report.tables[0].rows[0];
    for (key, wanted) in [
        ("basis", money(9_000_000)),
        ("rate_bp", Amount::Rate(BasisPoints(5_000))),
        ("cap", money(10_000_000)),
        // What the audit asked back is no longer granted.
        ("grant", money(3_500_000)),
    ] {
        assert_eq!(cell(&report, 0, row, key), &wanted, "{key}");
    }
    assert_eq!(cell(&report, 0, row, "appraised_by").show(Lang::Vi), "Hùng");
}

#[test]
fn payments_and_vouchers_come_to_the_same_sum() {
    let small = small();
    let book = &small.world.book;
    // Ánh's 4,500,000 and Bình's advance of 3,150,000, less the 400,000 that came back.
    let lists = report(book, "payments", 2026, None, "11/02/2026");
    assert_eq!((value(&lists, "vouchers"), value(&lists, "prepared"), value(&lists, "total")), (3, 1, 7_250_000));
    assert_eq!(lists.notes[0].vi, "Bằng chữ: Bảy triệu hai trăm năm mươi nghìn đồng chẵn.");
    let row = &lists.tables[0].rows[0];
    assert_eq!(cell(&lists, 0, row, "account").show(Lang::Vi), "**** 5099");
    let treasury = report(book, "treasury", 2026, None, "11/02/2026");
    assert_eq!(
        (value(&treasury, "paid"), value(&treasury, "returned"), value(&treasury, "net")),
        (7_650_000, 400_000, 7_250_000)
    );
    assert_eq!(treasury.tables[0].title.en, "Line N-2026, treasury codes 1059632-599-281");
    let last = treasury.tables[0].rows.last().unwrap();
    assert_eq!(cell(&treasury, 0, last, "amount"), &money(7_250_000));
    assert_eq!(value(&report(book, "treasury", 2025, None, "11/02/2026"), "vouchers"), 0);
}

#[test]
fn a_budget_line_says_what_was_adjusted_and_used() {
    let small = small();
    let report = report(&small.world.book, "budget", 2026, None, "11/02/2026");
    for (key, wanted) in [
        ("amount", 20_000_000),
        ("adjusted", -2_000_000),
        ("whole", 18_000_000),
        ("paid", 7_650_000),
        ("returned", 400_000),
        ("advanced", 3_150_000),
        ("committed", 1_350_000),
        ("free", 9_400_000),
        // 8,600,000 of 18,000,000.
        ("used_bp", 4_777),
    ] {
        assert_eq!(value(&report, key), wanted, "{key}");
    }
}

#[test]
fn what_is_open_at_the_end_of_the_year_is_named() {
    let small = small();
    let report = report(&small.world.book, "carry-over", 2026, None, "31/12/2026");
    assert_eq!((value(&report, "claims"), value(&report, "open")), (1, 1_350_000));
    assert_eq!((value(&report, "advances"), value(&report, "advanced")), (1, 3_150_000));
    assert_eq!(report.tables[0].rows[0].subject, Some((Kind::Claim, small.claims[1])));
    assert_eq!(cell(&report, 1, &report.tables[1].rows[0], "settle_by"), &Amount::Date(day("29/04/2026")));
}

#[test]
fn a_recovery_is_late_by_days() {
    let small = small();
    let late = report(&small.world.book, "recoveries", 2026, None, "11/02/2026");
    assert_eq!(
        (value(&late, "asked"), value(&late, "repaid"), value(&late, "outstanding")),
        (1_000_000, 400_000, 600_000)
    );
    assert_eq!(value(&late, "late"), 1);
    assert_eq!(cell(&late, 0, &late.tables[0].rows[0], "days_late"), &Amount::Number(10));
    let due = report(&small.world.book, "recoveries", 2026, None, "01/02/2026");
    assert_eq!((value(&due, "late"), value(&due, "open")), (0, 1), "its last day is not late");
}

#[test]
fn a_scheme_says_who_used_it_up() {
    let small = small();
    let report = report(&small.world.book, "usage", 2026, None, "11/02/2026");
    assert_eq!((value(&report, "businesses"), value(&report, "times"), value(&report, "full")), (2, 2, 2));
    let row = &report.tables[0].rows[0];
    assert_eq!(row.subject, Some((Kind::Business, small.firms[0])));
    assert_eq!(cell(&report, 0, row, "left"), &Amount::Number(0));
    assert_eq!(cell(&report, 0, row, "resets_on"), &Amount::Date(day("01/01/2027")));
}

#[test]
fn the_register_names_no_person_and_no_account() {
    let small = small();
    let register = report(&small.world.book, "register", 2026, None, "11/02/2026");
    assert_eq!(
        (value(&register, "businesses"), value(&register, "total")),
        (2, 8_000_000),
        "what was asked back no longer counts"
    );
    let demo = demo();
    let shown = format!("{:?}", report_tables(&report(&demo, "register", 2024, None, "24/11/2026"), Lang::Vi));
    for business in demo.all::<hoicho::domain::Business>().iter() {
        for personal in [&business.phone, &business.account, &business.citizen_no] {
            assert!(personal.is_empty() || !shown.contains(personal.as_str()), "{personal}");
        }
    }
}

/// What of a report says a number and opens nothing.
fn mute(report: &Report) -> Vec<String> {
    let says = |amount: &Amount| match amount {
        Amount::Number(number) => *number != 0,
        Amount::Money(money) => !money.is_zero(),
        Amount::Rate(rate) => rate.0 != 0,
        _ => false,
    };
    let figures = report.figures.iter().filter(|figure| says(&figure.value) && figure.records.is_empty());
    let mut found: Vec<String> = figures.map(|figure| format!("{}: {}", report.key, figure.key)).collect();
    for table in &report.tables {
        for row in &table.rows {
            let opens = match row.cells.first() {
                Some(Amount::Group(_, records)) if !records.is_empty() => true,
                _ => row.subject.is_some(),
            };
            if !opens && row.cells.iter().any(says) {
                found.push(format!(
                    "{}: {} {:?}",
                    report.key,
                    table.key,
                    row.cells.first().map(|cell| cell.show(Lang::En))
                ));
            }
        }
    }
    found
}

/// No report says a number that does not open its records.
#[test]
fn every_number_opens_its_records() {
    let mut found = std::collections::BTreeSet::new();
    for book in [demo(), small().world.book] {
        let fairs: Vec<Option<Id>> = book.all::<Fair>().iter().map(|fair| Some(fair.id)).chain([None]).collect();
        for offer in REPORTS {
            for year in 2024..=2027 {
                for fair in &fairs {
                    found.extend(mute(&report(&book, offer.key, year, *fair, "24/11/2026")));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Every report of the demonstration, by year and by fair: records exist, rows fit their headings, and it can be written.
#[test]
fn every_report_opens_to_records_and_goes_out() {
    let book = demo();
    let fairs: Vec<Option<Id>> = book.all::<Fair>().iter().map(|fair| Some(fair.id)).chain([None]).collect();
    for offer in REPORTS {
        for year in 2023..=2027 {
            for fair in &fairs {
                let report = report(&book, offer.key, year, *fair, "24/11/2026");
                let tables = report.tables.iter().flat_map(|table| &table.rows).filter_map(|row| row.subject);
                let figures = report.figures.iter().flat_map(|figure| figure.records.iter().copied());
                for (kind, id) in figures.chain(tables) {
                    assert!(book.noun(kind, id).is_some(), "{}: {kind:?} {id}", offer.key);
                }
                for table in &report.tables {
                    assert!(table.rows.iter().all(|row| row.cells.len() == table.headings.len()), "{}", offer.key);
                }
                if year == 2024 && fair.is_none() {
                    for (name, lang) in [("a.csv", Lang::Vi), ("a.xlsx", Lang::En)] {
                        assert!(
                            report_bytes(&report, name, lang).is_ok_and(|bytes| !bytes.is_empty()),
                            "{}",
                            offer.key
                        );
                    }
                }
            }
        }
    }
    assert!(report_bytes(&report(&book, "support", 2024, None, "24/11/2026"), "a.pdf", Lang::Vi).is_err());
}

/// What the reports of the demonstration say of 2024 is what its claims say.
#[test]
fn the_demonstration_adds_up() {
    let book = demo();
    let of = |key: &str| report(&book, key, 2024, None, "24/11/2026");
    let decided: Vec<&Claim> = book
        .all::<Claim>()
        .iter()
        .filter(|claim| claim.status.binds_money() && claim.decided_on.is_some_and(|on| on < day("01/01/2025")))
        .collect();
    let granted: i64 = decided.iter().map(|claim| claim.due().minor).sum();
    assert_eq!(value(&of("register"), "total"), granted);
    assert_eq!(value(&of("usage"), "times"), 41);
    assert_eq!(value(&of("treasury"), "net"), value(&of("support"), "paid"));
    assert_eq!(value(&of("payments"), "total"), value(&of("support"), "paid"));
    assert_eq!(value(&of("carry-over"), "open"), value(&of("budget"), "committed"));
    find(&book, Kind::BudgetLine, "2024-XTTM");
}

/// Working days: the New Year and the lunar new year of 2026 do not count.
#[test]
fn today_counts_working_days_for_decisions_settlements_and_recoveries() {
    let small = small();
    let due = |kind: DueKind, today: &str| {
        let dues = hoicho::domain::view::today::due(&small.world.book, day(today));
        dues.into_iter().find(|due| due.kind == kind)
    };
    // Handed in on Friday 2 January 2026, which is no working day; Saturday the 10th is worked in its stead, and the
    // seventh working day is Monday the 12th.
    let decide = due(DueKind::ClaimToDecide, "08/01/2026").unwrap();
    assert_eq!((decide.subject, decide.on), ((Kind::Claim, small.claims[2]), Some(day("12/01/2026"))));
    assert!(decide.words.en.ends_with("(by 12/01/2026, 3 working days left)"), "{}", decide.words.en);
    assert!(
        due(DueKind::ClaimToDecide, "15/01/2026").unwrap().words.vi.ends_with("(hạn 12/01/2026, trễ 3 ngày làm việc)")
    );
    // 29 April 2026 is worked; 1 February 2026 is a Sunday.
    let settle = due(DueKind::AdvanceToSettle, "20/04/2026").unwrap();
    assert_eq!((settle.subject, settle.on), ((Kind::Claim, small.claims[1]), Some(day("29/04/2026"))));
    assert!(due(DueKind::AdvanceToSettle, "01/03/2026").is_none(), "too early to be told");
    let recover = due(DueKind::RecoveryDue, "02/02/2026").unwrap();
    assert_eq!((recover.on, recover.days), (Some(day("02/02/2026")), 0));
    assert!(recover.words.en.starts_with("Collect 600.000 ₫"), "{}", recover.words.en);
}

#[test]
fn a_claim_is_accepted_after_its_fair_and_paid_with_what_is_left() {
    let mut small = small();
    let [_, _, claim] = small.claims;
    let line = crate::law::world::ids(&small.world.book, Kind::BudgetLine)[0];
    small.world.decide(claim, line);
    let due = |small: &Small, kind: DueKind, today: &str| {
        let dues = hoicho::domain::view::today::due(&small.world.book, day(today));
        dues.into_iter().find(|due| due.kind == kind && due.subject.1 == claim)
    };
    assert!(due(&small, DueKind::ClaimToAccept, "15/03/2026").is_none(), "the fair goes on");
    assert!(due(&small, DueKind::ClaimToPay, "16/03/2026").is_none(), "nothing is paid before it is accepted");
    assert!(due(&small, DueKind::ClaimToAccept, "16/03/2026").unwrap().words.en.starts_with("Accept claim"));
    let rows: Vec<Id> = small.world.book.pointing::<hoicho::domain::Evidence>(claim).map(|row| row.id).collect();
    for row in rows {
        small.world.step("Hà", Kind::Evidence, row, "waived");
    }
    let accept = Intent::Accept {
        claims: vec![claim],
        cost: Some(Money::vnd(6_000_000)),
        vat: Some(Money::ZERO),
        other_public: None,
        on: None,
    };
    small.world.act("Hà", accept);
    let pay = due(&small, DueKind::ClaimToPay, "16/03/2026").unwrap();
    assert!(pay.words.en.starts_with("Pay 3.000.000 ₫"), "{}", pay.words.en);
    let sums = |key: &str, figure: &str| value(&report(&small.world.book, key, 2026, None, "11/02/2026"), figure);
    assert_eq!(sums("support", "granted"), sums("register", "total"), "every report counts what is due");
    assert_eq!(sums("usage", "granted"), sums("register", "total"));
    small.world.act("Hà", Intent::Pay { claims: vec![claim], on: None });
    assert!(due(&small, DueKind::ClaimToPay, "16/03/2026").is_none(), "a voucher covers it");
}

#[test]
fn an_appraisal_names_the_cap_that_applied() {
    let mut world = World::new();
    let rules = "code = \"NN\"\n[[item]]\nkind = \"booth\"\nrate = \"50%\"\n[caps]\nper_event = 10000000\n[[caps.per_event_for]]\nscopes = [\"domestic\"]\ncap = 4000000\n";
    let scheme = world.add(
        Kind::Scheme,
        [
            ("code", text("NN")),
            ("title", text("Hỗ trợ")),
            ("valid_from", on("01/01/2024")),
            ("rules", Value::Text(Text::lines(rules))),
        ],
    );
    world.step("Mai", Kind::Scheme, scheme, "active");
    let fair = world.fair("XUAN-26", "10/03/2026", "15/03/2026");
    let (firm, booth) = (world.business("HTX Ánh"), world.booth(fair, "A1"));
    let registration = world.registration(fair, firm);
    world.place(registration, booth);
    world.claim(registration, scheme, []);
    let report = report(&world.book, "appraisal", 2026, None, "11/02/2026");
    assert_eq!(cell(&report, 0, &report.tables[0].rows[0], "cap"), &money(4_000_000));
}

#[test]
fn a_claim_shows_what_does_not_fit_and_who_answered() {
    let mut small = small();
    let claim = small.claims[2];
    small.world.edit(Kind::Claim, claim, [("payer", text("Công ty Lạ"))]);
    let shown = |small: &Small| {
        let view = View { today: day("03/01/2026"), lang: Lang::En, mask: Mask::Masked };
        let sections = detail(&small.world.book, Kind::Claim, claim, view);
        let checks = sections.into_iter().find(|section| section.key == "findings").unwrap();
        checks.lines.into_iter().find(|line| line.key == "payer-unlike").map(|line| (line.label, line.text))
    };
    let (label, _) = shown(&small).unwrap();
    assert!(label.starts_with("stops"), "{label}");
    small.world.act(
        "Nam",
        Intent::Override {
            claim, finding: Text::new("payer-unlike"), reason: Text::new("trả hộ theo ủy quyền")
        },
    );
    let (label, text) = shown(&small).unwrap();
    assert_eq!(label, "answered for");
    assert!(text.contains("Nam answered on") && text.contains("trả hộ theo ủy quyền"), "{text}");
}
