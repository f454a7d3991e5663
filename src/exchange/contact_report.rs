//! The office's contact report: a row for each meeting at a stand, as firms hand it in after a fair. A row is read as a line
//! at the stand is, so that partner, person, lead and touch follow by the same rules.

use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::field::{Field, Shape, Value, Wording};
use crate::domain::intent::{Fields, Meeting};
use crate::domain::reading::Reader;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::exchange::incoming::{Incoming, RefusedRow, cells};
use crate::exchange::mapping::Mapping;
use crate::exchange::people_in::{Organisations, Workplace};
use crate::exchange::question::{Asking, Decisions};
use crate::exchange::sheet::Sheet;
use crate::exchange::table::Table;
use crate::say;

/// Where the report is from: the firm and the fair of the rows that name none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Origin {
    /// Our firm.
    pub business: Option<Id>,
    /// The fair.
    pub fair: Option<Id>,
}

const fn must(mut field: Field) -> Field {
    field.need = crate::domain::field::Need::Required;
    field
}

/// The columns of the report, in their order on the form.
pub const COLUMNS: &[Field] = &[
    Field::new("business", "Doanh nghiệp", "Our firm", Shape::Link(Kind::Business)).also(&[
        "ten doanh nghiep",
        "don vi",
        "ben ban",
        "co so",
    ]),
    must(Field::text("partner", "Đối tác", "Partner")).also(&[
        "ten doi tac",
        "khach hang",
        "cong ty",
        "ben mua",
        "don vi mua",
        "company",
        "organisation",
    ]),
    Field::text("person", "Người liên hệ", "Contact person").also(&[
        "ho ten",
        "ho va ten",
        "nguoi gap",
        "contact",
        "name",
    ]),
    Field::text("role", "Chức vụ", "Role").also(&["chuc danh", "title", "position"]),
    Field::worded("phone", "Điện thoại", "Phone", Wording::Phone).also(&[
        "so dien thoai",
        "sdt",
        "dt",
        "mobile",
        "tel",
    ]),
    Field::worded("email", "Thư điện tử", "E-mail", Wording::Email).also(&["mail"]),
    Field::text("interest", "Sản phẩm quan tâm", "Products")
        .also(&["san pham", "mat hang", "quan tam", "hang hoa", "product", "interest"]),
    Field::text("volume", "Sản lượng", "Volume").also(&["so luong", "khoi luong", "quantity"]),
    Field::text("next_step", "Việc tiếp theo", "Next step").also(&["buoc tiep theo", "viec can lam", "hen", "action"]),
    Field::new("due_on", "Hạn", "Due", Shape::Date).also(&["ngay hen", "han xu ly", "thoi han", "deadline"]),
    Field::new("met_on", "Ngày gặp", "Met on", Shape::Date).also(&["ngay", "ngay tiep xuc", "date"]),
    Field::notes("note", "Nội dung trao đổi", "What was said").also(&["noi dung", "ghi chu", "ket qua", "notes"]),
    Field::new("fair", "Hội chợ", "Fair", Shape::Link(Kind::Fair)).also(&["su kien", "ma hoi cho", "event"]),
];

/// The form with no rows yet, as an office sends it to its firms.
#[must_use]
pub fn blank(lang: Lang) -> Table {
    let headers = std::iter::once(Words::new("STT", "No."))
        .chain(COLUMNS.iter().map(Field::label))
        .map(|words| words.in_lang(lang).to_owned())
        .collect();
    Table { title: Some(Words::new("Phiếu tiếp xúc đối tác", "Contact report")), headers, rows: Vec::new() }
}

/// The rows of a report as meetings, with their lines.
#[must_use]
pub fn meetings(
    sheet: &Sheet,
    mapping: &Mapping,
    origin: Origin,
    reader: Reader<'_>,
    decisions: &Decisions,
) -> (Vec<(u32, Meeting)>, Incoming) {
    let (rows, mut incoming) = cells(sheet, mapping, reader);
    let (mut partners, mut asking) = (Organisations::new(reader.book), Asking::new(decisions));
    let mut found = Vec::new();
    for (line, fields) in rows {
        match meeting(&fields, origin, reader) {
            Ok(mut meeting) => {
                match partners.partner(&meeting.partner_name, line, Fields::new(), &mut asking) {
                    Workplace::Partner(id) => meeting.partner = Some(id),
                    Workplace::LeftOut => {
                        asking.skip(line);
                        continue;
                    }
                    _ => {}
                }
                found.push((line, meeting));
            }
            Err(refusal) => {
                let column = incoming.headers.get(refusal.field.as_str()).cloned().unwrap_or_default();
                incoming.refused.push(RefusedRow { line, column, refusal });
            }
        }
    }
    (incoming.questions, incoming.skipped) = asking.into_asked();
    (found, incoming)
}

fn meeting(fields: &Fields, origin: Origin, reader: Reader<'_>) -> Result<Meeting, Refusal> {
    let value = |key: &str| fields.iter().find(|(known, _)| known == key).map_or(&Value::Empty, |(_, value)| value);
    let text = |key: &str| Text::lines(value(key).as_text());
    let business = value("business").as_link().or(origin.business).ok_or_else(|| {
        Refusal::new(
            "business-missing",
            say!("Dòng này không ghi doanh nghiệp của tỉnh.", "The row does not say which of our firms it is about."),
            say!("Thêm cột “Doanh nghiệp”, hoặc ghi --business.", "Add a column “Our firm”, or give --business."),
        )
        .at("business")
    })?;
    let partner_name = text("partner");
    if partner_name.is_empty() {
        return Err(Refusal::new(
            "partner-missing",
            say!("Chưa ghi đối tác.", "The partner is missing."),
            say!("Ghi tên đối tác ở dòng này.", "Write the partner's name on this row."),
        )
        .at("partner"));
    }
    let met_on = value("met_on").as_date();
    if let Some(day) = met_on.filter(|day| *day > reader.today) {
        let day = crate::base::dates::show_date(day);
        return Err(Refusal::new(
            "day-ahead",
            say!("Ngày gặp {day} chưa đến.", "The meeting's day {day} has not come yet."),
            say!("Sửa ngày gặp.", "Correct the day."),
        )
        .at("met_on"));
    }
    Ok(Meeting {
        business,
        partner: None,
        partner_name,
        fair: value("fair").as_link().or(origin.fair),
        person: text("person"),
        role: text("role"),
        phone: text("phone"),
        email: text("email"),
        interest: text("interest"),
        volume: text("volume"),
        next_step: text("next_step"),
        due_on: value("due_on").as_date(),
        met_on,
        note: text("note"),
    })
}
