//! The two ways of writing a scheme of the book: a text of rules, or the plain fields of the common office case. Both come
//! to [`Rules`], so that they are computed alike; where there is a text, the plain fields follow it and are for lists.

use crate::base::money::{Money, RoundingMode};
use crate::base::text::Text;
use crate::domain::evidence::EvidenceKind;
use crate::domain::field::{Chosen, Field, Several, Value};
use crate::domain::record::{AnyNoun, Noun};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::scheme::{Scheme, SchemeStatus, VatBasis};
use crate::domain::subsidy::rules::{
    CapPer, Caps, Day, Item, Percent, RoundingRule, Rules, Test, Times, Vat, Window, Written, same_scheme,
};
use crate::say;

impl Rules {
    /// The rules of a scheme of the book. Its own days rule, whatever the text says: a version may be ended early.
    ///
    /// # Errors
    /// A refusal when it has no first day, or its text is not readable.
    pub fn of(scheme: &Scheme) -> Result<Self, Refusal> {
        let Some(from) = scheme.valid_from else {
            let code = &scheme.code;
            return Err(Refusal::new(
                "scheme-without-start",
                say!("Chương trình {code} chưa có ngày áp dụng.", "Scheme {code} has no first day."),
                say!("Ghi ngày áp dụng ở phiên bản dự thảo.", "Enter its first day while it is a draft."),
            )
            .at("valid_from"));
        };
        let mut rules = if scheme.rules.is_empty() { by_fields(scheme) } else { Self::read(scheme.rules.as_str())? };
        rules.code = scheme.code.to_string();
        rules.title = scheme.title.to_string();
        rules.valid_from = Day(Some(from));
        rules.valid_to = Day(scheme.valid_to);
        Ok(rules)
    }

    /// The rules as a text that reads back to the same, without what says nothing.
    ///
    /// # Errors
    /// When they cannot be written, which no rules that were read can cause.
    pub fn to_text(&self) -> Result<String, Refusal> {
        let whole = toml::to_string(self).map_err(|error| {
            let said = error.to_string();
            Refusal::new(
                "scheme-unwritable",
                say!("Không viết ra được: {said}.", "It cannot be written: {said}."),
                say!("Viết quy tắc bằng tay.", "Write the rules by hand."),
            )
        })?;
        let says_something = |line: &&str| !line.ends_with(" = \"\"") && !line.ends_with(" = []");
        let short: Vec<&str> = whole.lines().filter(says_something).collect();
        let short = short.join("\n") + "\n";
        // A note may have such a line in it.
        Ok(if Self::read(&short).is_ok_and(|read| read == *self) { short } else { whole })
    }
}

/// The common case: a share of the rent, so many booths, capped a fair and a year.
fn by_fields(scheme: &Scheme) -> Rules {
    let year = Window::CalendarYear;
    let written = |amount: Option<Money>| amount.map(|amount| Written::whole(amount.minor));
    let stars = scheme.stars_min.map(|least| Test {
        fact: "stars".to_owned(),
        at_least: Some(Written::whole(least)),
        reason: format!("Cần OCOP từ {least} sao còn hiệu lực ngày khai mạc"),
        reason_en: format!("Needs {least} OCOP stars valid on the opening day"),
        ..Test::default()
    });
    Rules {
        legal_ref: scheme.legal_ref.to_string(),
        applicants: scheme.applicants.0.iter().map(|kind| kind.key().to_owned()).collect(),
        scopes: scheme.scopes.0.iter().map(|scope| scope.key().to_owned()).collect(),
        eligibility: stars.into_iter().collect(),
        items: vec![Item {
            kind: "booth".to_owned(),
            title: "Tiền thuê gian hàng".to_owned(),
            title_en: "Booth rent".to_owned(),
            rate: Some(Percent(scheme.rate.unwrap_or_default())),
            unit_limit: scheme.booths_max.filter(|most| *most > 0),
            ..Item::default()
        }],
        caps: Caps { per_event: written(scheme.cap), ..Caps::default() },
        cap_per: written(scheme.cap_year)
            .map(|cap| CapPer { cap, window: year, ..CapPer::default() })
            .into_iter()
            .collect(),
        times: scheme.times_year.map(|max| Times { max, window: year, ..Times::default() }).into_iter().collect(),
        vat: match scheme.vat_basis {
            VatBasis::Exclude => Vat::Exclude,
            VatBasis::Include => Vat::Include,
        },
        rounding: RoundingRule { unit: scheme.rounding_unit.map(|unit| unit.minor.max(1)), ..RoundingRule::default() },
        ..Rules::default()
    }
}

/// What the plain fields show of a text of rules.
fn shown(rules: &Rules) -> Scheme {
    let currency = rules.money().unwrap_or_default();
    let money = |written: Option<Written>| written.and_then(|written| written.in_currency(currency).ok());
    let first = rules.items.iter().find(|item| item.is_of("booth")).or(rules.items.first());
    let rate = first.and_then(|item| item.rate.or(item.rates.first().map(|row| row.rate)));
    let of_year = |window: Window, same: usize| window == Window::CalendarYear && same == 0;
    let vat_basis = if rules.vat == Vat::Include { VatBasis::Include } else { VatBasis::Exclude };
    let down = rules.rounding.mode == RoundingMode::Floor;
    Scheme {
        code: Text::new(&rules.code),
        title: Text::new(&rules.title),
        legal_ref: Text::new(&rules.legal_ref),
        valid_from: rules.valid_from.0,
        valid_to: rules.valid_to.0,
        scopes: Several(rules.scopes.iter().filter_map(|key| Chosen::from_key(key)).collect()),
        applicants: Several(rules.applicants.iter().filter_map(|key| Chosen::from_key(key)).collect()),
        rate: rate.map(|rate| rate.0),
        vat_basis,
        booths_max: first.and_then(|item| item.unit_limit),
        cap: money(rules.caps.per_event),
        cap_year: money(rules.cap_per.iter().find(|row| of_year(row.window, row.same.len())).map(|row| row.cap)),
        times_year: rules.times.iter().find(|row| of_year(row.window, row.same.len())).map(|row| row.max),
        stars_min: rules.stars_least(),
        rounding_unit: rules.rounding.unit.filter(|unit| down && *unit > 1).map(|unit| Money::new(unit, currency)),
        ..Scheme::default()
    }
}

/// The fields that only say again what the rules say.
const FOLLOWING: [&str; 9] =
    ["scopes", "applicants", "rate", "vat_basis", "booths_max", "cap", "cap_year", "times_year", "stars_min"];

/// Lets the plain fields of a scheme follow its text. What was typed into one of them and says something else is refused;
/// what stands there from a text before is replaced.
///
/// # Errors
/// A refusal at the field that contradicts the text, with both values.
pub(in crate::domain) fn follow_rules(before: Option<&Scheme>, scheme: &mut Scheme) -> Result<(), Refusal> {
    if scheme.rules.is_empty() {
        if scheme.rate.is_none() {
            return Err(Refusal::new(
                "field-missing",
                say!("Thiếu mức hỗ trợ.", "The rate is missing."),
                say!("Ghi mức, hoặc quy tắc đầy đủ.", "Enter the rate, or the full rules."),
            )
            .at("rate"));
        }
        return in_force(scheme, None);
    }
    let rules = Rules::read(scheme.rules.as_str()).map_err(|refusal| refusal.at("rules"))?;
    papers_known(&rules)?;
    let shown = shown(&rules);
    if scheme.code.is_empty() {
        scheme.code = shown.code.clone();
    } else if !same_scheme(scheme.code.as_str(), &rules.code) {
        return Err(contradicts(scheme, &shown, "code"));
    }
    for (own, said) in [(&mut scheme.title, &shown.title), (&mut scheme.legal_ref, &shown.legal_ref)] {
        if own.is_empty() {
            own.clone_from(said);
        }
    }
    if scheme.valid_from.is_none() {
        scheme.valid_from = shown.valid_from;
    } else if shown.valid_from.is_some_and(|said| scheme.valid_from != Some(said)) {
        return Err(contradicts(scheme, &shown, "valid_from"));
    }
    match (scheme.valid_to, shown.valid_to) {
        (None, Some(said)) => scheme.valid_to = Some(said),
        (Some(own), Some(said)) if own > said => return Err(contradicts(scheme, &shown, "valid_to")),
        _ => {}
    }
    let old = before.filter(|before| before.rules != scheme.rules);
    for key in FOLLOWING.into_iter().chain(["rounding_unit"]) {
        let (found, said) = ((scheme as &dyn AnyNoun).value(key), (&shown as &dyn AnyNoun).value(key));
        let untouched = found == (&Scheme::default() as &dyn AnyNoun).value(key);
        let of_before = old.is_some_and(|old| (old as &dyn AnyNoun).value(key) == found);
        if found == said {
            continue;
        }
        if !untouched && !of_before {
            return Err(contradicts(scheme, &shown, key));
        }
        set(scheme, key, said);
    }
    in_force(scheme, Some(&rules))
}

fn set(scheme: &mut Scheme, key: &str, value: Value) {
    let place = Scheme::FIELDS.iter().position(|field| field.key == key);
    let taken = place.is_some_and(|place| scheme.set(place, value));
    debug_assert!(taken, "a field of a scheme takes the value of the same field of another");
}

fn contradicts(scheme: &Scheme, shown: &Scheme, key: &str) -> Refusal {
    let label = Scheme::FIELDS.iter().find(|field| field.key == key).map(Field::label).unwrap_or_default();
    let text = |scheme: &Scheme| plain_text(&(scheme as &dyn AnyNoun).value(key));
    let (own, said) = (text(scheme), text(shown));
    Refusal::new(
        "scheme-contradicts",
        say!("{}: ô ghi {own}, quy tắc ghi {said}.", "{}: the field says {own}, the rules say {said}."; label),
        say!("Để trống ô này, hoặc sửa trong quy tắc.", "Leave the field empty, or correct the rules."),
    )
    .at(key)
}

fn plain_text(value: &Value) -> String {
    match value {
        Value::Empty => "—".to_owned(),
        Value::Text(text) => text.to_string(),
        Value::Texts(texts) => texts.iter().map(Text::as_str).collect::<Vec<_>>().join(", "),
        Value::Number(number) => number.to_string(),
        Value::Money(amount) => amount.show_plain(),
        Value::Date(day) => crate::base::dates::show_date(*day),
        Value::Flag(_) | Value::Moment(_) | Value::Link(_) => String::new(),
    }
}

/// The papers of a file are rows of its checklist, which knows them by their codes.
fn papers_known(rules: &Rules) -> Result<(), Refusal> {
    let Some(paper) = rules.evidence.iter().find(|paper| EvidenceKind::from_key(&paper.code).is_none()) else {
        return Ok(());
    };
    let (code, known) =
        (&paper.code, EvidenceKind::CHOICES.iter().map(|choice| choice.key).collect::<Vec<_>>().join(", "));
    Err(Refusal::new(
        "paper-unknown",
        say!("Không có chứng từ mã “{code}”.", "There is no paper with the code “{code}”."),
        say!("Dùng một trong: {known}.", "Use one of: {known}."),
    )
    .at("rules"))
}

/// A version in force pays from the office's budget lines, which are kept in đồng.
fn in_force(scheme: &Scheme, rules: Option<&Rules>) -> Result<(), Refusal> {
    let foreign = rules.filter(|rules| !rules.currency.is_empty() && rules.currency != "VND");
    let Some(rules) = foreign.filter(|_| scheme.status == SchemeStatus::Active) else { return Ok(()) };
    let currency = &rules.currency;
    refuse(
        "scheme-currency",
        say!(
            "Quy tắc tính bằng {currency}, nguồn kinh phí bằng đồng.",
            "The rules reckon in {currency}, budget lines in đồng."
        ),
        say!("Đổi các số tiền sang đồng trước khi áp dụng.", "Write the amounts in đồng before it comes into force."),
    )
}
