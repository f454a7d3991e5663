//! What a form offers for a line while it is typed, and says of it.

use crate::base::ids::Id;
use crate::base::text::{Text, fold};
use crate::base::words::{Lang, Words};
use crate::command::Here;
use crate::domain::field::{Choice, Field, Shape, Value, Wording};
use crate::domain::view::suggest::suggest;
use crate::domain::view::title::title;

/// What is offered for a line.
#[derive(Clone, Debug)]
pub struct Offer {
    /// As it is shown.
    pub words: String,
    /// What the line then holds.
    pub value: Value,
}

/// What fits the letters typed so far; records of this fair where they belong to one.
#[must_use]
pub fn offers(here: &Here<'_>, field: &Field, typed: &str, fair: Option<Id>, lang: Lang) -> Vec<Offer> {
    let wanted = fold(typed.rsplit([';', ',']).next().unwrap_or(typed).trim());
    let fits = |choice: &&Choice| {
        let word = fold(choice.words().in_lang(lang));
        wanted.is_empty() || word.contains(&wanted) || choice.key.starts_with(&wanted)
    };
    let text = |key: &str| Value::Text(Text::new(key));
    match field.shape {
        Shape::Choice(choices) => choices
            .iter()
            .filter(fits)
            .map(|choice| Offer { words: choice.words().in_lang(lang).to_owned(), value: text(choice.key) })
            .collect(),
        Shape::Flag if wanted.is_empty() => Vec::new(),
        Shape::Link(kind) => suggest(here.book, kind, fair, typed, 50)
            .into_iter()
            .map(|id| Offer { words: title(here.book, kind, id, lang), value: Value::Link(id) })
            .collect(),
        _ => Vec::new(),
    }
}

/// What a line takes, said while the cursor is on it.
#[must_use]
pub fn advice(field: &Field) -> Words {
    match field.shape {
        Shape::Date => Words::new(
            "Ngày: 05/02/2026, hoặc +7 (bảy ngày nữa), 0 (hôm nay).",
            "A day: 05/02/2026, or +7 (in seven days), 0 (today).",
        ),
        Shape::Moment => Words::new("Thời điểm: 05/02/2026 08:30.", "A moment: 05/02/2026 08:30."),
        Shape::Money => Words::new("Số tiền bằng đồng: 4.500.000.", "An amount in đồng: 4.500.000."),
        Shape::Percent => Words::new("Tỷ lệ: 50 hoặc 12,5.", "A percentage: 50 or 12,5."),
        Shape::Length => Words::new("Mét: 3 hoặc 4,5.", "Metres: 3 or 4,5."),
        Shape::Flag => Words::new("có hoặc để trống.", "yes, or leave it empty."),
        Shape::Choice(_) | Shape::Link(_) => {
            Words::new("Gõ vài chữ rồi ↓ để chọn.", "Type some letters, then ↓ to choose.")
        }
        Shape::Choices(_) => Words::new("Nhiều lựa chọn, cách nhau bằng dấu ;", "Several, with ; between."),
        Shape::Number(least, most, _) if most < 10_000 => {
            crate::say!("Số từ {least} đến {most}.", "A number from {least} to {most}.")
        }
        Shape::Text(Wording::Rules, _) => Words::new(
            "Enter để viết; dán cả tệp được. Xem mẫu bằng “hoicho scheme shipped 02”.",
            "Enter to write; a whole file can be pasted. See “hoicho scheme shipped 02” for the form.",
        ),
        Shape::Text(Wording::Aims, _) => {
            Words::new("Enter: chọn mục tiêu, đưa lên xuống.", "Enter: choose an aim, move it up or down.")
        }
        _ if field.key == "booths" => Words::new("Mã gian: A1, A2.", "Booth codes: A1, A2."),
        _ => Words::default(),
    }
}
