//! Books to test with, made by the decisions that everybody's books are made by.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a book that cannot be made fails its test")]

pub mod ledger;

use std::path::Path;

use hoicho::base::dates::{Date, Moment};
use hoicho::base::ids::Id;
use hoicho::base::text::Text;
use hoicho::domain::book::Book;
use hoicho::domain::decide::decide;
use hoicho::domain::env::Env;
use hoicho::domain::field::Value;
use hoicho::domain::intent::{Draft, Intent};
use hoicho::domain::reading::Reader;
use hoicho::domain::record::Kind;

/// A day.
pub fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).unwrap()
}

/// The day on which the books of the tests are made.
pub fn today() -> Date {
    day(2026, 11, 24)
}

/// An environment on a day, with its own identities.
pub fn env(today: Date, who: &str, seed: u8) -> Env {
    Env::new(Moment::start_of(today), Text::new(who), [seed; 32])
}

/// The book after an intent that is allowed.
pub fn after(book: &Book, intent: &Intent, env: &Env) -> Book {
    match decide(book, intent, env, book.seq + 1) {
        Ok(decision) => decision.next,
        Err(refusal) => panic!("{refusal} ({})", refusal.field),
    }
}

/// The book with the rows of a table: a header of field keys, then values as an office writes them.
pub fn with_table(book: &Book, kind: Kind, table: &str, today: Date) -> Book {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(table.trim().as_bytes());
    let keys: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let links = Reader { book, today, fair: None };
    let mut drafts = Vec::new();
    for (row, line) in reader.records().zip(2_u32..) {
        let row = row.unwrap();
        let mut fields: Vec<(String, Value)> = Vec::new();
        for (key, cell) in keys.iter().zip(row.iter()) {
            let field = kind.field(key).unwrap_or_else(|| panic!("{kind:?} has no field {key}"));
            let value = links.read(field, cell).unwrap_or_else(|refusal| panic!("{kind:?} line {line}: {refusal}"));
            if !value.is_empty() {
                fields.push((key.clone(), value));
            }
        }
        drafts.push(Draft { id: None, fields, line });
    }
    let seed = u8::try_from(book.seq + 1).unwrap();
    let intent = Intent::Import { kind, drafts, source: Text::new("bảng thử") };
    after(book, &intent, &env(today, "Lê Thị Mai", seed))
}

/// The book of the demonstration, as it is on [`today`].
pub fn demo() -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/demo");
    let mut book = Book::default();
    for kind in [
        Kind::Office,
        Kind::BudgetLine,
        Kind::Scheme,
        Kind::Partner,
        Kind::Fair,
        Kind::Hall,
        Kind::Booth,
        Kind::Business,
        Kind::Product,
        Kind::Certificate,
        Kind::Contact,
        Kind::ConsentText,
        Kind::Consent,
        Kind::Request,
        Kind::Registration,
        Kind::Placement,
        Kind::Claim,
        Kind::Evidence,
        Kind::Payment,
        Kind::Lead,
        Kind::Sale,
        Kind::FairReport,
        Kind::Target,
    ] {
        let table = std::fs::read_to_string(folder.join(format!("{}.csv", kind.plural()))).unwrap();
        book = with_table(&book, kind, &table, today());
    }
    book
}

/// The one record of a kind with this value in a naming field.
pub fn find(book: &Book, kind: Kind, name: &str) -> Id {
    Reader { book, today: today(), fair: None }.read_link(kind, name).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// A small book: two fairs, four booths, three businesses, one held and one rented booth, one claim, two leads.
pub fn small() -> Book {
    let tables = [
        (Kind::Office, "name,short_name,document_mark\nTrung tâm Xúc tiến Thương mại,TTXT,TTXT\n"),
        (Kind::BudgetLine, "code,title,fiscal_year,source,amount\nN-2026,Xúc tiến 2026,2026,province,100000000\n"),
        (
            Kind::Scheme,
            "code,title,valid_from,scopes,rate,vat_basis,status\nBT-50,Hỗ trợ 50 %,01/01/2024,domestic,50,exclude,active\n",
        ),
        (Kind::Partner, "name,kind,city\nSiêu thị Bình Tây,supermarket,TP. Hồ Chí Minh\n"),
        (
            Kind::Fair,
            "code,name,kind,city,opens_on,closes_on,register_by,price_m2,corner_extra,vat,scheme,budget,status
            OCOP-26,Hội chợ OCOP 2026,fair_out,Cần Thơ,+10,+14,+2,1000000,10,8,BT-50,N-2026,closed
            TET-27,Phiên chợ Tết 2027,market,Bến Tre,+60,+64,+20,,,,,,draft",
        ),
        (Kind::Hall, "fair,code,name,width,depth\nOCOP-26,A,Nhà A,30,20\n"),
        (
            Kind::Booth,
            "fair,hall,code,zone,kind,x,y,width,depth,blocked
            OCOP-26,OCOP-26/A,A1,Dừa,inline,0,0,3,3,
            OCOP-26,OCOP-26/A,A2,Dừa,corner,3,0,3,3,
            OCOP-26,OCOP-26/A,A10,Trái cây,inline,0,5,\"4,5\",3,
            OCOP-26,,B1,,inline,,,3,3,cột nhà",
        ),
        (
            Kind::Business,
            "name,kind,tax_code,phone,commune,representative
            Công ty TNHH Kẹo dừa Đông Á,enterprise,9900003810,0900 000 001,Phường Phú Tân,Nguyễn Văn An
            Hợp tác xã Dương Hòa,cooperative,9900002246,0900 000 002,Xã Giồng Trôm,Trần Thị Đào
            Hộ kinh doanh Bánh tráng Mỹ Lồng,household,,0900 000 003,Xã Mỹ Thạnh,Lê Ánh",
        ),
        (
            Kind::Product,
            "business,name,group\nCông ty TNHH Kẹo dừa Đông Á,Kẹo dừa sầu riêng,F\nHợp tác xã Dương Hòa,Bưởi da xanh,F\n",
        ),
        (
            Kind::Certificate,
            "product,stars,issued_on,valid_until
            Kẹo dừa sầu riêng,5,01/07/2024,01/07/2027
            Bưởi da xanh,3,01/01/2024,+20",
        ),
        (
            Kind::Registration,
            "fair,business,booths_wanted,goods,status
            OCOP-26,9900003810,1,Kẹo dừa,booth_assigned
            OCOP-26,9900002246,1,Bưởi,confirmed
            OCOP-26,Hộ kinh doanh Bánh tráng Mỹ Lồng,1,Bánh tráng,withdrawn",
        ),
        (
            Kind::Placement,
            "booth,registration,held_for,held_until,status
            OCOP-26/A1,OCOP-26/9900003810,,,rented
            OCOP-26/A2,,Ông Đường,+1,held
            OCOP-26/A10,OCOP-26/9900002246,,-1,held",
        ),
        (
            Kind::Lead,
            "business,partner,fair,interest,stage,next_step,due_on,owner,mou_value
            9900003810,Siêu thị Bình Tây,OCOP-26,Kẹo dừa,quoted,Gọi lại,-2,Khoa,50000000
            9900002246,Siêu thị Bình Tây,,Bưởi,new,,,Khoa,",
        ),
    ];
    tables.iter().fold(Book::default(), |book, (kind, table)| with_table(&book, *kind, table, today()))
}
