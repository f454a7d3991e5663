//! A list of twelve firms from the plan to the money: one budget that is short, one paper sent back, one over-payment that
//! comes back, one payment reversed. In the end the ledger says what the book says.

use super::{Session, begun};
use crate::kit::ledger::{balances, hledger_agrees};

fn firm(number: usize) -> String {
    format!("OCOP-2026/'Hợp tác xã {number:02}'")
}

fn firms(numbers: std::ops::RangeInclusive<usize>) -> String {
    numbers.map(firm).collect::<Vec<_>>().join(" ")
}

fn papers(numbers: std::ops::RangeInclusive<usize>) -> String {
    let four = |number| ["ev04", "ev05", "ev06", "ev07"].map(|paper| format!("{}/{paper}", firm(number))).join(" ");
    numbers.map(four).collect::<Vec<_>>().join(" ")
}

/// Twelve firms on twelve booths, each with a claim of 4,500,000 that was appraised.
fn appraised() -> Session {
    let mut session = Session::new("en");
    begun(&mut session);
    session.done(&["fair edit OCOP-2026 --price-m2 1000000"]);
    let mut rows = String::from("Tên doanh nghiệp,Số tài khoản,Ngân hàng\n");
    let mut registrations = String::from("Doanh nghiệp,Số gian\n");
    for number in 1..=12 {
        rows.push_str(&format!("Hợp tác xã {number:02},99006129{number:04},BIDV\n"));
        registrations.push_str(&format!("Hợp tác xã {number:02},1\n"));
    }
    session.write("firms.csv", &rows);
    session.write("list.csv", &registrations);
    for name in ["Mai", "Hùng", "Nam", "Hà"] {
        session.done(&[&format!("person add --name {name}"), &format!("person passphrase {name}")]);
    }
    session.done(&["import businesses firms.csv", "import registrations list.csv --fair OCOP-2026"]);
    for state in ["under_review", "selected", "confirmed"] {
        session.done(&[&format!("registration step {} {state}", firms(1..=12))]);
    }
    for number in 1..=12 {
        session.done(&[&format!("registration place {} --booths A{number}", firm(number))]);
    }
    let claim = format!("registration claim {} --scheme BT-2026 --budget 2026-XTTM", firms(1..=12));
    assert_eq!(session.run(&format!("{claim} --cost 9000000")), 1, "{}", session.told);
    session.done(&[
        &claim,
        &format!("claim check {}", firms(1..=12)),
        &format!("--as Hùng claim appraise {}", firms(1..=12)),
        "--as Nam budget adjust 2026-XTTM --amount 60000000 --lower yes --decision-no 21/QĐ",
    ]);
    session
}

fn budget(session: &Session, key: &str) -> i64 {
    session.json("report budget --year 2026")["rows"][0][key].as_i64().unwrap()
}

#[test]
fn twelve_firms_from_the_plan_to_the_money() {
    let mut session = appraised();
    let fit = session.json("budget fit 2026-XTTM");
    assert_eq!((&fit["asked"], &fit["lacking"]), (&54_000_000.into(), &14_000_000.into()));
    assert_eq!(
        session.run(&format!("--as Nam claim decide {} --budget 2026-XTTM", firms(1..=12))),
        1,
        "{}",
        session.told
    );
    session.done(&[
        "--as Nam budget adjust 2026-XTTM --amount 10000000 --decision-no 22/QĐ",
        &format!("--as Nam claim decide {} --budget 2026-XTTM", firms(1..=11)),
    ]);
    assert_eq!((budget(&session, "committed"), budget(&session, "free")), (49_500_000, 500_000));

    // One paper is sent back, mended and handed in again.
    session.done(&[
        &format!("evidence receive {}", papers(1..=11)),
        &format!("evidence accept {}", papers(2..=11)),
        &format!("evidence reject {}/ev05 --reason 'sai mã số thuế'", firm(1)),
        &format!("evidence accept {0}/ev04 {0}/ev06 {0}/ev07", firm(1)),
    ]);
    assert_eq!(session.run(&format!("claim accept {}", firm(1))), 1, "{}", session.told);
    session.done(&[&format!("evidence receive {}/ev05", firm(1)), &format!("evidence accept {}/ev05", firm(1))]);
    session.done(&[&format!("claim accept {}", firms(1..=11))]);
    session.done(&[&format!("--as Hà claim list-pay {} --title 'Đợt 1'", firms(1..=11))]);
    let list = session.json("payment-list list")[0]["id"].as_str().unwrap().to_owned();
    session.done(&[&format!("--as Nam payment-list sign {list}"), &format!("--as Hà payment-list send {list}")]);
    assert_eq!((budget(&session, "paid"), budget(&session, "committed")), (49_500_000, 0));

    // One was paid too much and gives it back, one payment is reversed.
    session.done(&[&format!(
        "claim recover {} --amount 1000000 --cause audit --decision-no 31/QĐ --due-on 31/12/2026",
        firm(2)
    )]);
    let recovery = session.json("recovery list")[0]["id"].as_str().unwrap().to_owned();
    session.done(&[
        &format!("--as Hà recovery repay {recovery} --amount 1000000 --reference FT9"),
        "--as Hà payment reverse 3/2026 --reason 'sai tài khoản'",
    ]);
    let register = session.json("report register --year 2026");
    assert_eq!((&register["businesses"], &register["total"]), (&11.into(), &48_500_000.into()));
    assert_eq!(session.json("report recoveries")["outstanding"], 0);
    assert_eq!(session.json("report carry-over --year 2026")["open"], 4_500_000, "the reversed one is due once more");

    let output = session.output(&["export", "ledger"], "");
    let ledger = String::from_utf8(output.stdout).unwrap();
    assert_eq!(hledger_agrees(&ledger), Ok(()));
    let found = balances(&ledger).unwrap();
    for (account, key, sign) in [
        ("allotted", "whole", -1),
        ("free", "free", 1),
        ("committed", "committed", 1),
        ("paid", "paid", 1),
        ("returned", "returned", -1),
    ] {
        let balance = found[&format!("budget:2026:2026-XTTM:{account}")];
        assert_eq!(balance, sign * budget(&session, key), "{account}");
    }
    assert_eq!(
        (budget(&session, "paid"), budget(&session, "returned"), budget(&session, "free")),
        (49_500_000, 5_500_000, 1_500_000)
    );
    session.done(&["book verify"]);
}
