//! Invented lists of any length, in the form in which an office brings its own: CSV files.

use std::fmt::Write as _;
use std::sync::Arc;

use hoicho::base::dates::Moment;
use hoicho::base::text::Text;
use hoicho::domain::book::Book;
use hoicho::domain::env::Env;
use hoicho::domain::record::Kind;
use hoicho::engine::import::{Source, preview_file};
use hoicho::engine::{Desk, Engine, Outside, opened};
use hoicho::exchange::ImportKind;
use hoicho::exchange::preview::Preview;
use hoicho::store::MemoryStore;

const FORMS: &[(&str, &str)] = &[
    ("Công ty TNHH", "enterprise"),
    ("Hợp tác xã", "cooperative"),
    ("Hộ kinh doanh", "household"),
    ("Công ty CP", "enterprise"),
    ("Cơ sở", "craft_village"),
    ("Tổ hợp tác", "cooperative_group"),
];
/// What is made.
pub const GOODS: &[&str] = &[
    "Kẹo dừa",
    "Bưởi da xanh",
    "Mật hoa dừa",
    "Cá khô",
    "Chiếu cói",
    "Rượu Phú Lễ",
    "Bánh tráng Mỹ Lồng",
    "Sầu riêng",
    "Chôm chôm",
    "Gốm đỏ",
    "Tôm khô",
    "Trà mãng cầu",
    "Dầu dừa",
    "Bánh phồng Sơn Đốc",
    "Nghêu",
    "Xoài tứ quý",
    "Gạo hữu cơ",
];
const FAMILY: &[&str] =
    &["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô"];
const GIVEN: &[&str] = &[
    "Ánh", "Bình", "Châu", "Dũng", "Đào", "Giang", "Hạnh", "Khánh", "Lan", "Minh", "Ngọc", "Oanh", "Phúc", "Quỳnh",
    "Sơn", "Thảo", "Út", "Vân", "Xuân", "Yến", "Đức", "Hường", "Lượng",
];
const COMMUNES: &[&str] = &[
    "Phường Bến Tre",
    "Xã Chợ Lách",
    "Xã Ba Tri",
    "Xã Giồng Trôm",
    "Xã Bình Đại",
    "Phường Trà Vinh",
    "Xã Cầu Kè",
    "Xã Vũng Liêm",
    "Phường Long Châu",
    "Xã Mỏ Cày",
    "Xã Thạnh Phú",
];

/// How many fairs a mixed book has.
const FAIRS: usize = 10;
const BUDGETS: &str =
    "code,title,fiscal_year,source,amount\n2025-XTTM,Hỗ trợ thuê gian hàng 2025,2025,province,900000000000\n";
const SCHEMES: &str = "code,title,legal_ref,valid_from,scopes,rate,vat_basis,booths_max,cap,times_year,status\nBT-2025,Hỗ trợ tiền thuê gian hàng,Văn bản mẫu,01/01/2024,domestic,50,exclude,2,10000000,2,active\n";

fn of<T: Copy>(list: &[T], number: usize) -> T {
    list[number % list.len()]
}

/// A tax code with its check digit; some numbers have none, so that the `number`-th of those that have is not cheap.
fn tax_code(number: usize) -> Option<String> {
    const WEIGHTS: [usize; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
    let main = format!("13{:07}", number + 1);
    let sum: usize = main.bytes().zip(WEIGHTS).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    let check = 10_usize.checked_sub(sum % 11).filter(|check| *check < 10)?;
    Some(format!("{main}{check}"))
}

/// What the `number`-th business is called.
pub fn business_name(number: usize) -> String {
    let (form, _) = of(FORMS, number / 3);
    let (goods, family, given) = (of(GOODS, number), of(FAMILY, number / 17), of(GIVEN, number / 7));
    format!("{form} {goods} {family} {given} {number}")
}

/// A register of so many businesses.
pub fn businesses(count: usize) -> String {
    let mut text =
        String::from("name,kind,tax_code,representative,phone,email,commune,address,legacy_province,goods,bank\n");
    for number in 0..count {
        let (name, kind) = (business_name(number), of(FORMS, number / 3).1);
        let (code, given) = (tax_code(number).unwrap_or_default(), of(GIVEN, number / 5));
        let (family, commune, goods) = (of(FAMILY, number), of(COMMUNES, number / 2), of(GOODS, number));
        let _ = writeln!(
            text,
            "{name},{kind},{code},{family} Thị {given},09{:08},lienhe{number}@example.vn,{commune},\"Số {number}, ấp {}\",83,\"{goods}, {}\",Agribank",
            number * 7 % 100_000_000,
            number % 9 + 1,
            of(GOODS, number + 5).to_lowercase(),
        );
    }
    text
}

fn products(count: usize, businesses: usize) -> String {
    let mut text = String::from("business,name,group\n");
    for number in 0..count {
        let owner = business_name(number % businesses);
        let _ = writeln!(text, "{owner},{} số {number},F", of(GOODS, number % businesses));
    }
    text
}

fn certificates(count: usize) -> String {
    let mut text = String::from("product,stars,decision_no,issued_on\n");
    for number in 0..count {
        let _ = writeln!(
            text,
            "{} số {number},{},QĐ-{number},15/0{}/2024",
            of(GOODS, number),
            number % 3 + 3,
            number % 9 + 1
        );
    }
    text
}

fn fairs() -> String {
    let mut text = String::from("code,name,kind,city,opens_on,closes_on,register_by,price_m2,vat,scheme,budget\n");
    for number in 0..FAIRS {
        let month = number + 1;
        let _ = writeln!(
            text,
            "HC-{number:02},Hội chợ mẫu số {number},fair_out,Cần Thơ,20/{month:02}/2025,25/{month:02}/2025,01/{month:02}/2025,1000000,8,BT-2025,2025-XTTM"
        );
    }
    text
}

fn registrations(count: usize) -> String {
    let mut text = String::from("fair,business,received_at,booths_wanted,status\n");
    for number in 0..count {
        let _ = writeln!(text, "HC-{:02},{},02/01/2025 08:00,1,reported", number % FAIRS, business_name(number));
    }
    text
}

fn claims(count: usize) -> String {
    let mut text = String::from(
        "registration,scheme,budget,cost,booths,grant,status,proposed_by,appraised_by,decided_by,decision_number,decided_on,accepted_on,file_no\n",
    );
    for number in 0..count {
        let _ = writeln!(
            text,
            "HC-{:02}/{},BT-2025,2025-XTTM,9000000,1,4500000,accepted,Lê Mai,Phạm Hùng,Trần Nam,{},30/11/2025,01/12/2025,HS-{number}",
            number % FAIRS,
            business_name(number),
            number + 1
        );
    }
    text
}

/// A list of payments for the claims of [`claimed`].
pub fn payments(count: usize) -> String {
    let mut text = String::from(
        "claim,kind,amount,voucher_year,voucher_number,voucher_on,status,prepared_by,signed_by,reference\n",
    );
    for number in 0..count {
        let _ = writeln!(
            text,
            "HS-{number},final,4500000,2025,{},05/12/2025,credited,Đặng Hà,Trần Nam,R-{number}",
            number + 1
        );
    }
    text
}

/// Files for a book of about so many records: half businesses, the rest products, certificates and registrations.
pub fn mixed(count: usize) -> Vec<(Kind, String)> {
    let firms = count / 2;
    vec![
        (Kind::BudgetLine, BUDGETS.to_owned()),
        (Kind::Scheme, SCHEMES.to_owned()),
        (Kind::Fair, fairs()),
        (Kind::Business, businesses(firms)),
        (Kind::Product, products(count / 5, firms)),
        (Kind::Certificate, certificates(count / 5)),
        (Kind::Registration, registrations(count / 10)),
    ]
}

/// Files for a book with so many accepted claims, not yet paid.
pub fn claimed(count: usize) -> Vec<(Kind, String)> {
    vec![
        (Kind::BudgetLine, BUDGETS.to_owned()),
        (Kind::Scheme, SCHEMES.to_owned()),
        (Kind::Fair, fairs()),
        (Kind::Business, businesses(count)),
        (Kind::Registration, registrations(count)),
        (Kind::Claim, claims(count)),
    ]
}

/// The moment at which all of this happens.
pub fn now() -> Moment {
    Moment::read("2025-12-08T08:00:00").unwrap_or(Moment(1_765_155_600_000))
}

/// Who does it.
pub fn who() -> Text {
    Text::new("Lê Mai")
}

/// The outside of a book that is measured.
pub fn outside() -> Outside {
    Outside::seeded(now(), 7)
}

/// What bringing a file in would come to.
pub fn tried(book: &Book, kind: Kind, file: &str) -> Preview {
    let env = Env::new(now(), who(), [3; 32]);
    let source = Source::of("list.csv", file.as_bytes());
    let found = preview_file(book, ImportKind::Records(kind), source, &env).expect("the file is a table");
    if let Some(row) = found.refused.first() {
        panic_with(&row.words().en);
    }
    found
}

fn panic_with(words: &str) {
    println!("{words}");
    std::process::exit(1);
}

/// Brings the files in, one entry each.
pub fn fill(desk: &Desk, files: &[(Kind, String)]) {
    for (kind, file) in files {
        let found = tried(&desk.book(), *kind, file);
        if let Err(failure) = desk.act(&who(), found.intent(&Text::new("list.csv"))) {
            panic_with(&failure.words().en);
        }
    }
}

/// A book in memory with these files in it.
pub fn in_memory(files: &[(Kind, String)]) -> (Engine, Arc<Book>) {
    let engine = opened(Box::new(MemoryStore::new()), outside()).expect("an empty store opens");
    fill(&engine.desk(), files);
    let book = engine.desk().book();
    (engine, book)
}
