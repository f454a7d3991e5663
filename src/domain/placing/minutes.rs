//! The minutes of a draw as text for print, with the lines by which anybody can repeat it by hand.

use std::fmt::Write as _;

use super::draw::{Minutes, Mode, STEPS};
use crate::base::words::{Lang, Words};

/// The minutes in one language.
#[must_use]
pub fn to_text(minutes: &Minutes, lang: Lang) -> String {
    let say = |vi: &'static str, en: &'static str| Words::new(vi, en).in_lang(lang).to_owned();
    let mut text = String::new();
    let mut line = |label: String, value: &str| {
        let _ = writeln!(text, "{label}: {value}");
    };
    let rules = &minutes.rules;
    line(say("BIÊN BẢN BỐC THĂM", "MINUTES OF A DRAW"), &rules.fair);
    line(say("Nơi bốc thăm", "Place"), &minutes.place);
    line(say("Ngày", "Day"), &minutes.held);
    line(say("Người dự", "Present"), &minutes.present);
    line(
        say("Bốc thăm", "Drawn"),
        &match rules.mode {
            Mode::Order => say("thứ tự chọn gian", "order of choice"),
            Mode::Booth => say("gian hàng", "the booth itself"),
        },
    );
    line(say("Thể lệ", "Rules"), &rules.text);
    line(say("SHA-256 thể lệ", "SHA-256 of the rules"), &minutes.rules_sha256);
    for party in &minutes.parties {
        let secret = party.secret.clone().unwrap_or_else(|| say("không mở", "not shown"));
        line(say("Cam kết của ", "Commitment of ") + &party.role, &party.commitment);
        line(say("  số bí mật", "  secret"), &secret);
    }
    let list: Vec<String> =
        minutes.list.iter().map(|entrant| format!("{} ×{}", entrant.code, entrant.tickets)).collect();
    line(say("Danh sách, số thăm", "List, with tickets"), &list.join(", "));
    line(say("SHA-256 danh sách", "SHA-256 of the list"), &minutes.list_sha256);
    line(say("Nguồn ngẫu nhiên công khai", "Public chance from"), &rules.chance_from);
    line(say("Kết quả ngẫu nhiên", "Public chance"), &minutes.chance);
    line(say("Hạt giống", "Seed"), &minutes.seed);
    line(say("Kết quả", "Result"), "");
    for (place, drawn) in minutes.order.iter().enumerate() {
        let tickets =
            minutes.list.iter().find(|entrant| entrant.code == drawn.code).map_or(0, |entrant| entrant.tickets);
        let booth = match (rules.mode, drawn.booth.as_str()) {
            (Mode::Order, _) => String::new(),
            (Mode::Booth, "") => format!("  {}", say("(không còn gian hợp)", "(no booth left for it)")),
            (Mode::Booth, booth) => format!("  → {booth}"),
        };
        let _ = writeln!(
            text,
            "{:>4}. {}{booth}  [{}/{tickets}] {}",
            place + 1,
            drawn.code,
            drawn.number + 1,
            drawn.ticket
        );
    }
    let _ = writeln!(text, "{}:", say("Cách bốc thăm", "How it is drawn"));
    for (number, step) in STEPS.iter().enumerate() {
        let _ = writeln!(text, "  {}. {}", number + 1, step.in_lang(lang));
    }
    if let Some(first) = minutes.order.first() {
        let title = say("Tự kiểm tra một thăm", "To check a ticket by hand");
        let quoted = first.code.replace('\'', r"'\''");
        let _ = writeln!(text, "{title}:\n  printf %s '{}:{quoted}:{}' | sha256sum", minutes.seed, first.number);
    }
    let title = say("Làm lại cả bốc thăm", "To repeat the whole draw");
    let _ = writeln!(text, "{title}:\n  hoicho draw verify MINUTES.json");
    let title = say("SHA-256 biên bản", "SHA-256 of the minutes");
    let _ = writeln!(text, "{title}: {}", minutes.sha256);
    let title = say("Chữ ký", "Signatures");
    let roles: Vec<&str> = minutes.parties.iter().map(|party| party.role.as_str()).collect();
    let _ = writeln!(text, "\n{title}: {}", roles.join(" ______________   ") + " ______________");
    text
}
