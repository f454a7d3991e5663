//! From the text of a scheme to its rules, and what of them can be asked without a case.

use serde_json::Value;

use crate::base::money::{Currency, MoneyFault, Rounding};
use crate::base::words::Words;
use crate::domain::refusal::Refusal;
use crate::domain::subsidy::rules::{Caps, Counter, Group, ItemBasis, RateRow, Rules, Same, Stacking, Window, Written};
use crate::say;

/// True when a text within holds what a terminal would obey: an escape that TOML and JSON allow to be written.
pub(super) fn steers_a_terminal(value: &Value) -> bool {
    match value {
        Value::String(text) => text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\t')),
        Value::Array(values) => values.iter().any(steers_a_terminal),
        Value::Object(values) => {
            values.iter().any(|(key, value)| steers_a_terminal(&Value::String(key.clone())) || steers_a_terminal(value))
        }
        _ => false,
    }
}

impl Rules {
    /// Reads a scheme file and checks that what it says can be computed.
    ///
    /// # Errors
    /// A refusal with the line, what is wrong there and what would be right.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let rules: Self = toml::from_str(text).map_err(|error| unreadable(text, &error))?;
        let values: Option<Value> = serde_json::to_value(&rules).ok();
        if values.as_ref().is_some_and(steers_a_terminal) {
            let what = Words::new("Có ký tự điều khiển trong chữ.", "There are control characters in a text.");
            return Err(wrong("scheme", what));
        }
        rules.check()?;
        Ok(rules)
    }

    /// The currency of every amount.
    ///
    /// # Errors
    /// When the code is none.
    pub fn money(&self) -> Result<Currency, MoneyFault> {
        if self.currency.is_empty() { Ok(Currency::VND) } else { Currency::read(&self.currency) }
    }

    pub(super) fn round(&self) -> Rounding {
        Rounding { mode: self.rounding.mode, unit: self.rounding.unit.unwrap_or(1) }
    }

    /// The title in both languages.
    #[must_use]
    pub fn words(&self) -> Words {
        let en = if self.title_en.is_empty() { &self.title } else { &self.title_en };
        Words { vi: self.title.clone().into(), en: en.clone().into() }
    }

    fn check(&self) -> Result<(), Refusal> {
        let currency = self.money().map_err(|fault| wrong("currency", fault.words()))?;
        if self.code.trim().is_empty() {
            return Err(wrong("code", Words::new("Thiếu mã.", "The code is missing.")));
        }
        if self.items.is_empty() {
            return Err(wrong(
                "item",
                Words::new("Chưa có khoản chi nào được hỗ trợ ([[item]]).", "No cost counts yet ([[item]])."),
            ));
        }
        if self.rounding.unit.is_some_and(|unit| unit < 1) {
            return Err(wrong("rounding.unit", Words::new("Phải từ 1 trở lên.", "It is 1 or more.")));
        }
        if self.stacking == Stacking::UpTo && self.stack_up_to.is_none() {
            let words = Words::new(
                "stacking = \"up_to\" cần tỷ lệ chung cao nhất.",
                "stacking = \"up_to\" needs the most that all schemes give together.",
            );
            return Err(wrong("stack_up_to", words));
        }
        let amount = |at: &str, written: Option<Written>| {
            let Some(written) = written else { return Ok(()) };
            let money = written.in_currency(currency).map_err(|fault| wrong(at, fault.words()))?;
            if money.is_negative() {
                return Err(wrong(at, Words::new("Số tiền không được âm.", "An amount is not negative.")));
            }
            Ok(())
        };
        for (place, item) in self.items.iter().enumerate() {
            let at = |key: &str| format!("item “{}”.{key}", item.kind);
            if self.items.iter().take(place).any(|other| other.is_of(&item.kind)) {
                return Err(wrong(&at("kind"), Words::new("Khoản này ghi hai lần.", "This kind stands twice.")));
            }
            if item.rate.is_none() && item.rates.is_empty() {
                return Err(wrong(&at("rate"), Words::new("Thiếu mức hỗ trợ.", "The rate is missing.")));
            }
            if item.basis == ItemBasis::Flat && item.flat.is_none() {
                return Err(wrong(&at("flat"), Words::new("Thiếu mức khoán.", "The flat sum is missing.")));
            }
            for (key, written) in [("norm", item.norm), ("flat", item.flat), ("cap", item.cap)] {
                amount(&at(key), written)?;
            }
        }
        let Caps { per_event, per_booth, min_base, min_grant, ref per_event_for, .. } = self.caps;
        let caps =
            [("per_event", per_event), ("per_booth", per_booth), ("min_base", min_base), ("min_grant", min_grant)];
        for (key, written) in caps {
            amount(&format!("caps.{key}"), written)?;
        }
        for row in per_event_for {
            amount("caps.per_event_for.cap", Some(row.cap))?;
        }
        for row in &self.cap_per {
            amount("cap_per.cap", Some(row.cap))?;
            row.counter().check("cap_per")?;
        }
        for row in &self.times {
            row.counter().check("times")?;
        }
        self.participation.check("participation")
    }

    /// The least OCOP stars that a test asks for.
    #[must_use]
    pub fn stars_least(&self) -> Option<i64> {
        let tests = self.eligibility.iter().filter(|test| test.fact == "stars");
        tests.filter_map(|test| test.at_least?.to_whole()).max()
    }

    /// True when limits are shared with connected firms, or times counted over them.
    #[must_use]
    pub fn looks_at_group(&self) -> bool {
        let names_group = |same: &[Same]| same.contains(&Same::Group);
        self.group != Group::None
            || names_group(&self.participation.same)
            || self.cap_per.iter().any(|row| names_group(&row.same))
            || self.times.iter().any(|row| names_group(&row.same))
    }

    /// True when what was had before can change the result.
    #[must_use]
    pub fn looks_back(&self) -> bool {
        let by_turn = |row: &RateRow| row.nth_from.is_some() || row.nth_to.is_some();
        !self.cap_per.is_empty()
            || !self.times.is_empty()
            || self.items.iter().any(|item| item.rates.iter().any(by_turn))
    }
}

impl Counter {
    fn check(&self, at: &str) -> Result<(), Refusal> {
        if self.window == Window::Rolling && self.months.is_none() {
            return Err(wrong(&format!("{at}.months"), Words::new("Thiếu số tháng.", "The months are missing.")));
        }
        if self.start_month.is_some_and(|month| !(1..=12).contains(&month)) {
            return Err(wrong(&format!("{at}.start_month"), Words::new("Từ 1 đến 12.", "From 1 to 12.")));
        }
        Ok(())
    }
}

fn wrong(at: &str, what: Words) -> Refusal {
    Refusal::new(
        "scheme-wrong",
        say!("{at}: {}", "{at}: {}"; what),
        say!("Sửa tệp rồi thử lại.", "Correct the file and try again."),
    )
    .at(at)
}

/// Its words, as a person reads them in Vietnamese.
const SAID: [(&str, &str); 9] = [
    ("unknown field", "không có khóa"),
    ("unknown variant", "không có giá trị"),
    ("missing field", "thiếu khóa"),
    ("invalid type", "sai kiểu"),
    ("duplicate key", "khóa lặp lại"),
    ("key with no value", "khóa không có giá trị"),
    ("invalid string", "chuỗi viết sai"),
    ("unexpected", "không mong đợi"),
    ("expected", "cần"),
];

/// What the reader of TOML says, with the line it means.
fn unreadable(text: &str, error: &toml::de::Error) -> Refusal {
    let line =
        error.span().map_or(1, |span| text.get(..span.start).map_or(1, |before| before.matches('\n').count() + 1));
    let said = error.message().trim_end_matches('.').replace('\n', " ");
    let (said, known) = said.split_once(", expected one of ").unwrap_or((&said, ""));
    let mut said_vi = said.to_owned();
    for (english, vietnamese) in SAID {
        said_vi = said_vi.replace(english, vietnamese);
    }
    let known = known.replace('`', "");
    let fix = if known.is_empty() {
        say!("Sửa dòng đó; xem các tệp mẫu trong data/schemes.", "Correct that line; see the examples in data/schemes.")
    } else {
        say!("Ở đó chỉ có: {known}.", "Known there: {known}.")
    };
    Refusal::new("scheme-unreadable", say!("Dòng {line}: {said_vi}.", "Line {line}: {said}."), fix)
        .at(&format!("line {line}"))
}
