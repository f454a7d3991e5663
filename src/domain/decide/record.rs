//! Adding, editing, removing and erasing a record of any kind.

use crate::base::ids::Id;
use crate::base::money::Currency;
use crate::base::words::{Lang, Words};
use crate::domain::Claim;
use crate::domain::change::Change;
use crate::domain::check;
use crate::domain::decide::{Desk, conference, expense, offer, result, settle, step};
use crate::domain::field::{Field, Need, Shape, Value};
use crate::domain::intent::Fields;
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::steps;
use crate::domain::view::title::title;
use crate::say;

pub(super) fn add(desk: &mut Desk<'_>, kind: Kind, fields: &Fields) -> Result<Words, Refusal> {
    one_office(desk, kind)?;
    if matches!(kind, Kind::Placement | Kind::Claim | Kind::Payment | Kind::PaymentList | Kind::Recovery) {
        return own_command(kind);
    }
    let mut record = kind.blank(desk.env.new_id());
    fill(&mut record, fields, Filling::Typed)?;
    settle::settle(desk, None, &mut record)?;
    required(&record)?;
    let id = record.id();
    desk.push(Change::added(record.clone()));
    result::follow(desk, &record);
    expense::follow(desk, &record)?;
    Ok(said(desk, kind, id, &Words::new("Thêm", "Added")))
}

/// A book has one office.
pub(super) fn one_office(desk: &Desk<'_>, kind: Kind) -> Result<(), Refusal> {
    if kind == Kind::Office && desk.book.office().is_some() {
        return refuse(
            "office-exists",
            say!("Sổ này đã có cơ quan.", "This book has its office already."),
            say!("Sửa cơ quan hiện có.", "Edit the office that is there."),
        );
    }
    Ok(())
}

/// The same values in many records: all of them, or none.
pub(super) fn edit_all(desk: &mut Desk<'_>, kind: Kind, ids: &[Id], fields: &Fields) -> Result<Words, Refusal> {
    if ids.is_empty() || fields.is_empty() {
        return refuse(
            "nothing-to-edit",
            say!("Chưa có gì để sửa.", "There is nothing to change."),
            say!("Chọn bản ghi và ghi giá trị mới.", "Choose records and enter a new value."),
        );
    }
    for id in ids {
        edit(desk, kind, *id, fields)?;
    }
    let labels = |lang| {
        let fields = fields.iter().filter_map(|(key, _)| kind.field(key));
        fields.map(|field| field.label().in_lang(lang).to_owned()).collect::<Vec<_>>().join(", ")
    };
    let (count, noun, vi, en) = (ids.len(), kind.words(), labels(Lang::Vi), labels(Lang::En));
    Ok(Words {
        vi: format!("Sửa {vi} của {count} {}", noun.vi).into(),
        en: format!("Changed {en} of {count} {} records", noun.en).into(),
    })
}

pub(super) fn edit(desk: &mut Desk<'_>, kind: Kind, id: Id, fields: &Fields) -> Result<Words, Refusal> {
    let before = find(desk, kind, id)?;
    let mut after = before.clone();
    fill(&mut after, fields, Filling::Typed)?;
    let (from, to) = (state(&before), state(&after));
    if from != to && steps::find(kind, &from, &to).is_none() {
        return step::no_such_step(kind, &from, &to);
    }
    settle::settle(desk, Some(&before), &mut after)?;
    required(&after)?;
    desk.push(Change::edited(before.clone(), after.clone()));
    result::follow(desk, &before);
    result::follow(desk, &after);
    expense::follow(desk, &after)?;
    let said = said(desk, kind, id, &Words::new("Sửa", "Edited"));
    let more = if kind == Kind::Conference { conference::left_outside(desk, id) } else { None };
    Ok(offer::joined(said, more))
}

pub(super) fn remove(desk: &mut Desk<'_>, kind: Kind, id: Id) -> Result<Words, Refusal> {
    let record = find(desk, kind, id)?;
    if kind == Kind::Placement {
        return refuse(
            "own-command",
            say!("Bố trí gian không xóa bằng tay.", "A placement is not removed by hand."),
            say!("Dùng lệnh trả gian.", "Use the command that releases it."),
        );
    }
    let binds = matches!(&record, Record::Claim(claim) if claim.status.binds_money());
    if matches!(kind, Kind::Payment | Kind::PaymentList | Kind::Recovery | Kind::Office)
        || binds
        || !record.value("decision_number").is_empty()
    {
        return refuse(
            "never-removed",
            say!(
                "Số đã cấp và tiền đã ghi không bao giờ bị xóa.",
                "A number once given and money once booked are never removed."
            ),
            say!("Hủy hoặc ghi đảo, có lý do.", "Cancel or reverse it, with a reason."),
        );
    }
    kept_on_file(&record)?;
    if let Record::Expense(expense) = &record
        && let Some(claim) = desk.book.follow::<Claim>(expense.claim)
    {
        expense::may_change(claim)?;
    }
    let goes_along = |user: Kind| kind == Kind::Claim && matches!(user, Kind::Evidence | Kind::Expense);
    if let Some(user) = desk.book.pointing_any(id).find(|(user, _)| !goes_along(*user)) {
        return Err(check::still_used(&desk.book, user, (kind, id)).into_refusal());
    }
    let words = said(desk, kind, id, &Words::new("Xóa", "Removed"));
    // A claim takes its checklist and its expenses with it; nothing else is removed unasked.
    for kind in [Kind::Evidence, Kind::Expense].into_iter().filter(|_| kind == Kind::Claim) {
        let along: Vec<Id> = desk.book.pointing_ids(kind, id).collect();
        for id in along {
            let record = find(desk, kind, id)?;
            desk.push(Change::removed(record));
        }
    }
    desk.push(Change::removed(record.clone()));
    result::follow(desk, &record);
    expense::follow(desk, &record)?;
    Ok(words)
}

/// What others rely on stays on file: a public draw, a closed request, a consent, a paper that was judged, a signer.
fn kept_on_file(record: &Record) -> Result<(), Refusal> {
    let fix = match record {
        Record::Draw(draw) if draw.published.is_some() => {
            say!("Hủy bốc thăm có lý do; biên bản vẫn còn.", "Cancel the draw with a reason; what was public stays.")
        }
        Record::Request(request) if !request.status.is_open() => {
            say!("Sổ yêu cầu là bản cuối; ghi yêu cầu mới.", "The register is final; enter a new request.")
        }
        Record::Consent(_) => say!(
            "Ghi ngày rút đồng ý, hoặc xóa dữ liệu của người đó.",
            "Enter the day of its withdrawal, or erase the person's data."
        ),
        Record::Evidence(evidence) if evidence.status.is_judged() => {
            say!("Ghi “không đạt” có lý do.", "Reject it with a reason.")
        }
        Record::Person(person) if person.signs() => {
            say!(
                "Người khác ký đặt mật khẩu mới cho người đã nghỉ.",
                "Somebody else who signs sets a new passphrase for who has left."
            )
        }
        _ => return Ok(()),
    };
    let noun = record.kind().words();
    refuse(
        "kept-on-file",
        say!("Không xóa {} này: có việc đã dựa vào.", "This {} is not removed: others rely on it."; noun),
        fix,
    )
}

/// Who fills fields in: a person types only what may be typed, a file may bring history.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Filling {
    Typed,
    Brought,
}

pub(super) fn fill(record: &mut Record, fields: &Fields, filling: Filling) -> Result<(), Refusal> {
    let kind = record.kind();
    for (key, value) in fields {
        let Some(index) = kind.field_index(key) else {
            let noun = kind.words();
            return Err(Refusal::new(
                "field-unknown",
                say!("{} không có trường “{key}”.", "A {} has no field “{key}”."; noun),
                say!("Xem các trường bằng lệnh trợ giúp.", "See the fields in the command's help."),
            )
            .at(key));
        };
        let field = &kind.fields()[index];
        if filling == Filling::Typed && !field.is_typed() {
            let label = field.label();
            return Err(Refusal::new(
                "field-kept",
                say!("{} do chương trình đặt.", "{} is set by the program."; label),
                say!("Dùng lệnh chuyển trạng thái hoặc lệnh tương ứng.", "Use the step or the command that sets it."),
            )
            .at(key));
        }
        within_bounds(kind, field, value)?;
        in_book_currency(kind, field, value)?;
        if !record.set(index, value.clone()) {
            let label = field.label();
            return Err(Refusal::new(
                "value-misfit",
                say!("Giá trị không hợp với {}.", "The value does not fit {}."; label),
                say!("Nhập lại.", "Enter it again."),
            )
            .at(key));
        }
    }
    Ok(())
}

/// The books are kept in đồng. A lead alone may name foreign money, beside which its rate stands.
fn in_book_currency(kind: Kind, field: &Field, value: &Value) -> Result<(), Refusal> {
    let Some(currency) = value.as_money().map(|amount| amount.currency) else { return Ok(()) };
    if currency == Currency::VND || (kind == Kind::Lead && field.key != "fx_rate") {
        return Ok(());
    }
    let label = field.label();
    Err(Refusal::new(
        "money-foreign",
        say!("{} ghi bằng đồng, không ghi bằng {currency}.", "{} is in đồng, not in {currency}."; label),
        say!("Đổi ra đồng theo tỷ giá rồi ghi.", "Turn it into đồng by its rate first."),
    )
    .at(field.key))
}

/// Refuses a number, an amount, a share or a text beyond what its field takes, whoever sends it.
fn within_bounds(kind: Kind, field: &Field, value: &Value) -> Result<(), Refusal> {
    let fits = match (field.shape, value) {
        (Shape::Number(least, most, _), Value::Number(number)) => (least..=most).contains(number),
        (Shape::Percent, Value::Number(number)) => (0..=10_000).contains(number),
        (Shape::Length | Shape::Area, Value::Number(number)) => *number >= 0,
        // A reversal is the one amount below zero.
        (Shape::Money, Value::Money(amount)) => !amount.is_negative() || kind == Kind::Payment,
        (Shape::Text(_, most), Value::Text(text)) => text.as_str().chars().count() <= most,
        _ => true,
    };
    if fits {
        return Ok(());
    }
    let label = field.label();
    Err(Refusal::new(
        "value-out-of-range",
        say!("Giá trị nằm ngoài giới hạn của {}.", "The value is beyond what {} takes."; label),
        say!("Ghi số không âm và trong giới hạn.", "Write one that is not negative and within its limits."),
    )
    .at(field.key))
}

/// Refuses at the first required field that is empty.
pub(super) fn required(record: &Record) -> Result<(), Refusal> {
    for (index, field) in record.kind().fields().iter().enumerate() {
        if field.need == Need::Required && record.as_noun().get(index).is_empty() {
            let label = field.label();
            return Err(Refusal::new(
                "field-missing",
                say!("Thiếu {}.", "{} is missing."; label),
                say!("Điền rồi lưu lại.", "Fill it in and save again."),
            )
            .at(field.key));
        }
    }
    Ok(())
}

pub(super) fn find(desk: &Desk<'_>, kind: Kind, id: Id) -> Result<Record, Refusal> {
    desk.book.record(kind, id).ok_or_else(|| {
        let words = kind.words();
        Refusal::new(
            "not-found",
            say!("Không còn {} này trong sổ.", "This {} is no longer in the book."; words),
            say!("Có thể người khác vừa xóa; xem lịch sử.", "Somebody may have removed it; see the history."),
        )
    })
}

/// The words of an act on one record: “Thêm doanh nghiệp X”.
pub(super) fn said(desk: &Desk<'_>, kind: Kind, id: Id, verb: &Words) -> Words {
    let noun = kind.words();
    Words {
        vi: format!("{} {} {}", verb.vi, noun.vi, title(&desk.book, kind, id, Lang::Vi)).into(),
        en: format!("{} {} {}", verb.en, noun.en, title(&desk.book, kind, id, Lang::En)).into(),
    }
}

fn own_command(kind: Kind) -> Result<Words, Refusal> {
    let noun = kind.words();
    let fix = match kind {
        Kind::Placement => say!("Dùng lệnh xếp gian hoặc giữ gian.", "Use the command that places or holds."),
        Kind::Claim => {
            say!("Dùng lệnh lập hồ sơ từ một đăng ký.", "Use the command that opens a claim for a registration.")
        }
        Kind::Recovery => say!("Dùng lệnh thu hồi của hồ sơ.", "Use the claim's command that recovers."),
        _ => say!("Dùng lệnh chi cho hồ sơ đã quyết định.", "Use the command that pays decided claims."),
    };
    refuse("own-command", say!("Không thêm {} bằng tay.", "A {} is not added by hand."; noun), fix)
}

pub(super) fn reason_missing<T>() -> Result<T, Refusal> {
    Err(Refusal::new(
        "reason-missing",
        say!("Việc này cần lý do.", "This needs a reason."),
        say!("Ghi lý do, một câu là đủ.", "Write the reason; one sentence is enough."),
    )
    .at("reason"))
}

/// The state of a record, as its kind's steps know it.
pub(super) fn state(record: &Record) -> String {
    steps::state_field(record.kind()).map(|key| record.value(key).as_text().to_owned()).unwrap_or_default()
}
