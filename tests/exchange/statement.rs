//! Bank statements as banks write them, and as nobody does.

use hoicho::domain::view::statement::Movement;
use hoicho::exchange::statement::{Statement, read_statement};
use proptest::prelude::*;

#[expect(clippy::unwrap_used, reason = "a statement that is written here is read")]
fn read(text: &str) -> Statement {
    read_statement("sao-ke.csv", text.as_bytes(), None).unwrap()
}

fn amounts(statement: &Statement) -> Vec<i64> {
    let signed = |movement: &Movement| if movement.is_out { -movement.amount.minor } else { movement.amount.minor };
    statement.movements.iter().map(signed).collect()
}

#[test]
fn debit_and_credit_in_two_columns_below_a_title() {
    let statement = read(
        "SAO KÊ TÀI KHOẢN,,,,,\nSố tài khoản: 0071000123456,,,,,\nTừ ngày 01/01/2026 đến 31/01/2026,,,,,\n,,,,,\n\
         STT,Ngày giao dịch,Số tham chiếu,Số tiền ghi nợ,Số tiền ghi có,Mô tả\n\
         ,,,,,Số dư đầu kỳ\n\
         1,05/01/2026 09:12:44,FT26005001,\"4,500,000\",,CT01/2026 HO TRO GIAN HANG\n\
         2,06/01/2026,FT26006002,,400.000,HTX ANH NOP LAI\n\
         3,07/01/2026,FT26007003,\"11,000.00\",0,PHI CHUYEN TIEN\n",
    );
    assert_eq!(amounts(&statement), [-4_500_000, 400_000, -11_000]);
    let first = &statement.movements[0];
    assert_eq!((first.reference.as_str(), first.content.as_str()), ("FT26005001", "CT01/2026 HO TRO GIAN HANG"));
    assert_eq!(first.on.to_string(), "2026-01-05");
}

#[test]
fn one_column_with_a_sign_or_a_side_and_headers_in_two_languages() {
    let signed = read(
        "Transaction date;Description;Amount;Beneficiary account;Beneficiary name\n\
         2026-01-05;CT02/2026;-4500000;990003781024;HTX BINH\n2026-01-06;lai;1200;;\n",
    );
    assert_eq!(amounts(&signed), [-4_500_000, 1_200]);
    assert_eq!(signed.movements[0].account.as_str(), "990003781024");
    let sided = read(
        "Ngày GD\tSố tiền (VND)\tNợ/Có\tDiễn giải\tTK đối ứng\n05/01/2026\t4.500.000\tD\tCT03\t1\n06/01/2026\t90.000\tC\tlai\t\n",
    );
    assert_eq!(amounts(&sided), [-4_500_000, 90_000]);
    let both = read("Ngày / Date,Nợ / Debit,Có / Credit,Nội dung / Details\n05/01/2026,\"1.000\",,a\n");
    assert_eq!(amounts(&both), [-1_000]);
}

#[test]
fn what_cannot_be_read_is_said_with_its_line() {
    let statement = read(
        "Ngày,Ghi nợ,Ghi có,Nội dung\n05/01/2026,abc,,x\nhôm qua,5.000,,y\n05/01/2026,5.000,6.000,z\n06/01/2026,7.000,,w\n",
    );
    assert_eq!(amounts(&statement), [-7_000]);
    let lines: Vec<Option<u32>> = statement.remarks.iter().map(|remark| remark.line).collect();
    assert_eq!(lines, [Some(2), Some(3), Some(4)], "{:?}", statement.remarks);
    let code = |text: &str| read_statement("a.csv", text.as_bytes(), None).unwrap_err().code;
    assert_eq!(code("Tên,Điện thoại\nA,1\n"), "statement-columns");
    assert_eq!(code("Ngày,Số tiền\n05/01/2026,0\n"), "statement-empty");
    assert_eq!(code("  "), "statement-unreadable");
}

fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("05/01/2026".to_owned()),
        Just("-4.500.000,00".to_owned()),
        Just("9223372036854775807".to_owned()),
        Just("(1,000)".to_owned()),
        "[0-9.,/ +-]{0,24}",
        "\\PC{0,12}",
    ]
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600), name in "[a-z]{1,4}\\.(csv|xlsx|xls)") {
        let _ = read_statement(&name, &bytes, None);
    }

    #[test]
    fn any_table_under_known_headers_gives_sound_lines(rows in prop::collection::vec(prop::collection::vec(any_cell(), 5), 0..12)) {
        let mut text = String::from("Ngày giao dịch|Ghi nợ|Ghi có|Nội dung|Số tham chiếu\n");
        for row in &rows {
            text.push_str(&row.iter().map(|cell| cell.replace(['|', '\n', '\r', '"'], " ")).collect::<Vec<_>>().join("|"));
            text.push('\n');
        }
        if let Ok(statement) = read_statement("a.csv", text.as_bytes(), None) {
            prop_assert!(statement.movements.iter().all(|movement| movement.amount.minor > 0));
            prop_assert!(statement.movements.len() <= rows.len());
        }
    }
}
