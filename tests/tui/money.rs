//! The finance desk by keys: a statement looked into and stored, a code on the screen, a form printed, reports chosen.

use fast_qr::{ECL, QRBuilder};
use hoicho::base::vietqr::payload;
use hoicho::domain::evidence::EvidenceStatus;
use hoicho::domain::payment::PaymentStatus;
use hoicho::domain::record::Kind;
use hoicho::domain::view::transfer::transfer_of;
use hoicho::domain::{Evidence, Payment};
use ratatui::style::Color;

use super::driver::Driver;
use super::sessions::list;

/// A cost beside the rent is added to the claim under the cursor, and its grant follows.
#[test]
fn an_expense_is_added_where_the_claim_is() {
    let mut driver = Driver::empty();
    driver.resize(140, 40);
    super::sessions::office_and_fair(&mut driver);
    list(&mut driver, "5", Kind::Scheme);
    driver.keys("n").fill("Code", "DT-2021").fill("Title", "Hội chợ trong nước").fill("Valid from", "01/01/2024");
    driver.seek("Rules (TOML)").paste(
        "code = \"DT-2021\"\n[[item]]\nkind = \"booth\"\nrate = \"50%\"\n[[item]]\nkind = \"transport\"\ntitle = \"Vận chuyển hàng\"\nrate = \"100%\"\n",
    );
    driver.keys("ctrl+s").keys("ctrl+s").expect("u takes it back");
    super::sessions::step(&mut driver, "active");
    driver.keys("4 n").fill("Name", "Cơ sở Mỏ Cày").keys("ctrl+s");
    list(&mut driver, "2", Kind::Registration);
    driver.keys("n").fill("Business", "Mo Cay").keys("tab ctrl+s");
    super::sessions::confirm(&mut driver);
    driver.keys("p").fill("Booths", "A3").keys("ctrl+s");
    driver.keys("C").fill("Scheme", "DT-2021").keys("ctrl+s");
    list(&mut driver, "5", Kind::Claim);
    driver.expect("4.500.000 ₫").keys("a").expect("New expense");
    driver.fill("Scheme item", "ticket").fill("Cost before tax", "3000000").keys("ctrl+s");
    driver.expect("The items of scheme DT-2021: transport.");
    driver.seek("Scheme item").keys("ctrl+u").text("van chuyen hang").keys("ctrl+s").expect("7.500.000 ₫");
    list(&mut driver, "5", Kind::Expense);
    driver.expect("transport").expect("3.000.000 ₫").keys("D y").expect_not("3.000.000 ₫");
    list(&mut driver, "5", Kind::Claim);
    driver.expect("4.500.000 ₫").keys("u").expect("7.500.000 ₫");
}

/// The modules of the code on the screen, each cell two of them: true where it is dark.
fn modules(driver: &Driver) -> Vec<Vec<bool>> {
    let buffer = driver.buffer();
    let (white, black) = (Color::Rgb(255, 255, 255), Color::Rgb(0, 0, 0));
    let is_code = |x: u16, y: u16| {
        buffer.cell((x, y)).is_some_and(|cell| cell.symbol() == "█" && (cell.fg, cell.bg) == (white, black))
    };
    let (columns, rows) = (
        (0..buffer.area.width).take_while(|x| is_code(*x, 0)).count(),
        (0..buffer.area.height).take_while(|y| is_code(0, *y)).count(),
    );
    let half = |x: usize, y: usize| {
        let symbol = buffer[(u16::try_from(x).unwrap(), u16::try_from(y / 2).unwrap())].symbol();
        match symbol {
            "█" => false,
            "▀" => !y.is_multiple_of(2),
            "▄" => y.is_multiple_of(2),
            " " => true,
            other => panic!("“{other}” is no part of a code"),
        }
    };
    (0..rows * 2).map(|y| (0..columns).map(|x| half(x, y)).collect()).collect()
}

#[test]
fn a_voucher_not_sent_has_its_code_black_on_white_in_every_theme_and_size() {
    for (columns, rows) in [(80, 24), (140, 40)] {
        let mut driver = Driver::demo();
        driver.resize(columns, rows);
        list(&mut driver, "5", Kind::Claim);
        driver.keys("/").text("HS-TN-15").keys("enter A").fill("Signed by", "Trần Hoài Nam");
        driver.fill("Budget line", "2026-XTTM").fill("Passphrase", "hoicho-mau").keys("ctrl+s").expect("decided");
        driver.keys("N ctrl+s").expect("Accepted").keys("P ctrl+s").expect("Vouchers prepared");
        list(&mut driver, "5", Kind::Payment);
        let book = driver.book();
        let prepared = |payment: &&Payment| payment.status == PaymentStatus::Prepared;
        let payment = book.all::<Payment>().iter().find(prepared).unwrap();
        let text = payload(transfer_of(payment).unwrap().asked());
        driver.keys("/").text("status:prepared").keys("enter");
        for theme in ["dark", "light", "contrast", "mono"] {
            driver.keys("Q").expect("Bank transfer");
            let seen = modules(&driver);
            let made = [ECL::Q, ECL::M, ECL::L].map(|ecl| QRBuilder::new(text.as_str()).ecl(ecl).build().unwrap());
            let fits = made.iter().any(|code| {
                let border = (seen[0].len() - code.size.min(seen[0].len())) / 2;
                border == 4
                    && seen.iter().enumerate().all(|(y, row)| {
                        row.iter().enumerate().all(|(x, dark)| {
                            let inside =
                                (border..border + code.size).contains(&y) && (border..border + code.size).contains(&x);
                            *dark == (inside && code[y - border][x - border].value())
                        })
                    })
            });
            assert!(fits, "{theme} {columns}x{rows}\n{}", driver.screen());
            driver.keys("esc f3");
        }
    }
}

#[test]
fn reports_are_chosen_by_name_and_written_to_a_file() {
    let mut driver = Driver::demo();
    driver.keys("7 o").expect("Treasury").expect("Recoveries").keys("end enter").expect("Register of support in 2025");
    driver.keys("left").expect("Register of support in 2024").keys("down down").keys("x").expect("Export to a file");
    driver.expect("register-2024.xlsx").keys("enter").expect("Wrote register-2024.xlsx");
    assert!(driver.dir().join("register-2024.xlsx").exists());
    driver.keys("o 5").expect("What came of OCOP-MIENTAY").keys("o 1").expect_not("What came of OCOP-MIENTAY");
}

#[test]
fn a_statement_is_looked_into_before_anything_is_stored() {
    let mut driver = Driver::demo();
    driver.resize(140, 40);
    let book = driver.book();
    let payment = book.all::<Payment>().iter().next().unwrap().clone();
    let (no, year) = (payment.voucher_number.unwrap(), payment.voucher_year.unwrap());
    let on = payment.sent_on.unwrap().format("%d/%m/%Y").to_string();
    let dong = payment.amount.unwrap().minor;
    let text = format!(
        "Ngày giao dịch,Ghi nợ,Nội dung,Số tham chiếu\n{on},{dong},CT{no:02}/{year},FT77\n{on},11000,PHI,FT78\n"
    );
    std::fs::write(driver.dir().join("sao-ke.csv"), text).unwrap();
    list(&mut driver, "5", Kind::Payment);
    driver.keys("M").expect("Match a bank statement").text("sao-ke.csv").keys("enter");
    driver.expect("Fits 1").expect("statement alone 1").expect("Not on the statement");
    assert_eq!(driver.book().get::<Payment>(payment.id).unwrap().bank_on, None, "it only looked");
    driver.keys("enter").expect("Statement sao-ke.csv: 1 vouchers");
    let kept = driver.book().get::<Payment>(payment.id).unwrap().clone();
    assert_eq!((kept.status, kept.bank_reference.as_str()), (PaymentStatus::Credited, "FT77"));
    driver.keys("M").text("no-such.csv").keys("enter esc").expect_not("Match a bank statement");
}

#[test]
fn a_scan_is_attached_to_the_paper_under_the_cursor() {
    let mut driver = Driver::demo();
    driver.resize(140, 40);
    std::fs::write(driver.dir().join("hd.pdf"), b"abc").unwrap();
    list(&mut driver, "5", Kind::Evidence);
    driver.keys("/").text("status:missing").keys("enter T").expect("Attach a scan").text("hd.pdf").keys("enter");
    driver.expect("ba7816bf8f01cfea").keys("enter").expect("received");
    // Any day later the file is what was handed in, or it is not, or it is gone.
    driver.keys("/ ctrl+u").text("hd.pdf").keys("enter Y").expect("1 files, all as they were handed in").keys("esc");
    let all = driver.book();
    let claim = all.all::<Evidence>().iter().find(|row| !row.sha256.is_empty()).and_then(|row| row.claim).unwrap();
    std::fs::write(driver.dir().join("hd.pdf"), b"abd").unwrap();
    list(&mut driver, "5", Kind::Claim);
    let file_no = all.get::<hoicho::domain::Claim>(claim).unwrap().file_no.to_string();
    driver.keys("/").text(&file_no).keys("enter Y").expect("1 of 1 files are not what was handed in").expect("CHANGED");
    driver.expect("Find the original").keys("esc");
    std::fs::remove_file(driver.dir().join("hd.pdf")).unwrap();
    driver.keys("Y").expect("cannot be read").keys("enter").expect_not("cannot be read");
    driver.keys("/ ctrl+u").text("status:appraised").keys("enter Y").expect("No scan is attached here yet");
    let kept = driver.book();
    let kept = kept.all::<Evidence>().iter().find(|row| row.sha256.as_str().starts_with("ba7816bf")).unwrap().clone();
    assert_eq!((kept.file_bytes, kept.status), (Some(3), EvidenceStatus::Received));
}

#[test]
fn a_voucher_that_is_sent_has_no_code_and_a_list_is_printed() {
    let mut driver = Driver::demo();
    driver.resize(140, 40);
    list(&mut driver, "5", Kind::Payment);
    driver.keys("Q").expect("there is nothing to send");
    driver
        .keys("p")
        .expect("Which form")
        .keys("1")
        .expect("Print into a file")
        .keys("enter")
        .expect("Wrote payments.pdf");
    assert!(std::fs::read(driver.dir().join("payments.pdf")).unwrap().starts_with(b"%PDF"));
    list(&mut driver, "5", Kind::Claim);
    driver.keys("p").expect("appraisal sheet");
}
