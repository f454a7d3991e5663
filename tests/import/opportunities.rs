//! A pipeline from another program, as such files are: accounts missing, unknown or written two ways, goods spelled two ways,
//! years of two digits. Each row is stored, left out by decision or refused with its line; nothing disappears.

use std::fmt::Write as _;

use hoicho::domain::lead::LeadStage;
use hoicho::domain::view::outcome::has_contract;
use hoicho::domain::{Lead, Partner};

use super::*;

const ROWS: usize = 8_800;
const GOODS: &[&str] =
    &["Kẹo dừa sữa", "Kẹo Dừa Sữa", "KẹoDừaSữa", "Mật hoa dừa", "Bưởi da xanh", "Bưởi-da-xanh", "Cá khô"];
const STAGES: &[&str] = &["Won", "Won", "Lost", "Engaging", "Prospecting"];

/// A row in six has no account, one in fifty an account that nobody has entered.
fn pipeline() -> String {
    let mut text = String::from("opportunity_id,sales_agent,product,account,deal_stage,close_date,close_value\n");
    for number in 0..ROWS {
        let account = match number {
            number if number % 6 == 0 => String::new(),
            number if number % 50 == 1 => "Chợ nổi Cái Răng".to_owned(),
            number if number % 97 == 2 => "Đại lý số 7 Ltd".to_owned(),
            number if number % 9 == 4 => format!("ĐẠI LÝ SỐ {}", number % 85),
            number => format!("Đại lý số {}", number % 85),
        };
        let (goods, stage) = (GOODS[number * 5 % GOODS.len()], STAGES[number % STAGES.len()]);
        let value = if stage == "Won" { number % 900 + 50 } else { 0 };
        let day =
            if stage.len() > 4 { String::new() } else { format!("{:02}-{:02}-17", number % 28 + 1, number % 12 + 1) };
        let _ = writeln!(text, "O{number:05},Hùng,{goods},{account},{stage},{day},{value}");
    }
    text
}

fn office() -> Engine {
    let engine = empty_engine();
    let mut partners = String::from("account\n");
    (0..85).for_each(|number| writeln!(partners, "Đại lý số {number}").unwrap());
    let found = seen(&engine.desk().book(), Kind::Partner, "accounts.csv", partners.as_bytes());
    engine.desk().act(&who(), found.intent(&Text::new("accounts.csv"))).unwrap();
    engine
}

fn looked_at(book: &Book, text: &str, decisions: &Decisions) -> Preview {
    let source = Source { decisions, ..Source::of("opportunities.csv", text.as_bytes()) };
    preview_file(book, ImportKind::Records(Kind::Lead), source, &env()).unwrap()
}

#[test]
fn every_row_of_a_pipeline_is_stored_merged_asked_about_or_refused() {
    let engine = office();
    let (book, text) = (engine.desk().book(), pipeline());
    let found = looked_at(&book, &text, &Decisions::new());
    assert_eq!(found.drafts.len() + found.refused_rows() + found.skipped.len(), ROWS);
    let without: Vec<u32> =
        (0..ROWS).filter(|number| number % 6 == 0).map(|number| u32::try_from(number).unwrap() + 2).collect();
    assert_eq!(found.refused.iter().map(|row| row.line).collect::<Vec<_>>(), without);
    assert!(found.refused.iter().all(|row| row.column == "account"));
    // Of the accounts, one is new, and one is close to one on file: that is asked, once.
    assert_eq!(
        found.along.iter().map(|(kind, drafts)| (*kind, drafts.len())).collect::<Vec<_>>(),
        [(Kind::Partner, 2)]
    );
    assert_eq!(found.questions.len(), 1, "{:?}", found.questions);
    let asked = &found.questions[0];
    assert_eq!((asked.name.as_str(), asked.decision), ("Đại lý số 7 Ltd", Decision::New));
    let told = |part: &str| found.warnings.iter().filter(|remark| remark.words.vi.contains(part)).count();
    assert_eq!((told("cùng một mặt hàng"), told("hai chữ số")), (3, 1));

    let same = Decisions::from([((Kind::Partner, asked.line), Decision::Same(asked.candidates[0].id))]);
    let left_out = looked_at(&book, &text, &Decisions::from([((Kind::Partner, asked.line), Decision::Skip)]));
    assert!(left_out.skipped.len() > 50);
    assert_eq!(left_out.drafts.len() + left_out.refused_rows() + left_out.skipped.len(), ROWS);
    let found = looked_at(&book, &text, &same);
    engine.desk().act(&who(), found.intent(&Text::new("opportunities.csv"))).unwrap();
    let book = engine.desk().book();
    assert_eq!(check(&book), []);
    assert_eq!(book.count(Kind::Lead), ROWS - without.len());
    assert_eq!(book.count(Kind::Partner), 86, "one came along; names written otherwise are one");
    assert!(book.all::<Partner>().iter().all(|partner| !partner.name.as_str().contains("Ltd")));
    let goods: BTreeSet<&str> = book.all::<Lead>().iter().map(|lead| lead.interest.as_str()).collect();
    assert_eq!(goods.len(), 4, "{goods:?}");
    let contracts: Vec<&Lead> = book.all::<Lead>().iter().filter(|lead| has_contract(lead)).collect();
    assert!(contracts.iter().all(|lead| lead.stage == LeadStage::Contract), "what was lost is no contract");
    assert_eq!(contracts.len(), (0..ROWS).filter(|number| number % 6 != 0 && number % 5 < 2).count());
    // The same file again says nothing new, and one undo takes all of it back.
    let again = looked_at(&book, &text, &same);
    assert_eq!((again.new, again.changed, again.unchanged), (0, 0, ROWS - without.len()));
    engine.desk().wait(|desk, answer| desk.take_back(who(), false, answer)).unwrap();
    assert_eq!((engine.desk().book().count(Kind::Lead), engine.desk().book().count(Kind::Partner)), (0, 85));
}
