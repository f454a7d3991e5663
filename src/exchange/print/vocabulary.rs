//! Every name that a form may print, with what it is.

use crate::base::words::Words;

/// A name and what it stands for.
pub type Named = (&'static str, Words);

/// A list: its name, the list in whose items it stands, what it is, and the values of its items.
#[derive(Debug)]
pub struct List {
    /// Its name.
    pub name: &'static str,
    /// The list in whose items it is found; none for the sheet itself.
    pub within: Option<&'static str>,
    /// What its items are.
    pub words: Words,
    /// The values of an item.
    pub values: &'static [Named],
}

const fn w(vi: &'static str, en: &'static str) -> Words {
    Words::new(vi, en)
}

/// The values of the sheet.
pub const SHEET: &[Named] = &[
    ("office.name", w("tên cơ quan", "the office")),
    ("office.short_name", w("tên viết tắt", "its short name")),
    ("office.mark", w("ký hiệu văn bản", "its document mark")),
    ("office.parent", w("cơ quan chủ quản", "the body above it")),
    ("office.province", w("tỉnh", "its province")),
    ("office.address", w("địa chỉ", "its address")),
    ("office.phone", w("điện thoại", "its phone")),
    ("office.email", w("thư điện tử", "its e-mail")),
    ("office.director", w("người ký", "who signs")),
    ("today", w("hôm nay", "today")),
    (
        "number",
        w("số quyết định của các hồ sơ, có chỗ trống khi chưa có", "the decision number, dotted while there is none"),
    ),
    ("date", w("ngày quyết định", "the day of the decision")),
    ("fairs", w("tên các hội chợ", "the fairs by name")),
    ("consent.code", w("phiên bản văn bản đồng ý đang dùng", "the version of the consent text in use")),
    ("consent.text", w("văn bản đồng ý đang dùng", "the consent text in use")),
    ("fair.days", w("thời gian hội chợ", "the days of the fair")),
    ("fair.place", w("nơi tổ chức", "where the fair is")),
    ("fair.organiser", w("đơn vị tổ chức", "who organises it")),
    ("scheme.code", w("mã chương trình", "the scheme's code")),
    ("scheme.title", w("tên chương trình", "the scheme")),
    ("scheme.legal_ref", w("căn cứ pháp lý", "the text it rests on")),
    ("budget.code", w("mã nguồn", "the budget line's code")),
    ("budget.title", w("nội dung nguồn", "the budget line")),
    ("budget.year", w("năm ngân sách", "its fiscal year")),
    ("budget.source", w("nguồn ngân sách", "its source")),
    ("budget.decision_no", w("quyết định giao dự toán", "the decision that gave it")),
    ("budget.treasury_codes", w("mã kho bạc", "its treasury codes")),
    ("count", w("số hồ sơ", "how many claims")),
    ("businesses", w("số đơn vị", "how many businesses")),
    ("cost_total", w("tổng chi phí gồm thuế", "all costs, tax included")),
    ("total", w("tổng tiền hỗ trợ", "all grants")),
    ("own_total", w("tổng đơn vị tự chi", "all own shares")),
    ("payment_count", w("số khoản chi", "how many payments")),
    ("paid_total", w("tổng các khoản chi", "all payments")),
    (
        "list_no",
        w("số bảng kê, có chỗ trống khi chưa lập", "the number of the payment list, dotted while there is none"),
    ),
    ("conference", w("tên hội nghị", "the conference")),
    ("conference.day", w("ngày hội nghị", "its day")),
];

/// The values of a person, a table or a slot of a conference.
const GROUP: &[Named] = &[
    ("name", w("tên người, bàn hoặc giờ", "the person, the table or the time")),
    ("later", w("có từ mục thứ hai", "there from the second on")),
    ("meeting_count", w("số cuộc hẹn", "how many meetings")),
];

/// The values of a meeting.
const MEETING: &[Named] = &[
    ("n", w("số thứ tự", "its place")),
    ("time", w("giờ", "when it begins")),
    ("table", w("số bàn", "its table")),
    ("buyer", w("bên mua", "the buyer")),
    ("seller", w("doanh nghiệp", "our business")),
];

const fn group(name: &'static str, words: Words) -> List {
    List { name, within: None, words, values: GROUP }
}

const fn meetings(within: &'static str) -> List {
    List { name: "meetings", within: Some(within), words: w("các cuộc hẹn", "the meetings"), values: MEETING }
}

/// The lists.
pub const LISTS: &[List] = &[
    List {
        name: "claims",
        within: None,
        words: w("các hồ sơ", "the claims"),
        values: &[
            ("n", w("số thứ tự", "its place")),
            ("later", w("có từ hồ sơ thứ hai", "there from the second on")),
            ("file_no", w("số hồ sơ", "file number")),
            ("business", w("tên đơn vị", "the business")),
            ("kind", w("loại hình", "its kind")),
            ("tax_code", w("mã số thuế", "tax code")),
            ("registration_no", w("số đăng ký kinh doanh", "business registration")),
            ("representative", w("người đại diện", "representative")),
            ("phone", w("điện thoại, che bớt", "phone, masked")),
            ("email", w("thư điện tử, che bớt", "e-mail, masked")),
            ("commune", w("xã, phường", "commune")),
            ("address", w("địa chỉ", "address")),
            ("bank", w("ngân hàng", "bank")),
            ("account", w("số tài khoản, che bớt", "account, masked")),
            ("account_holder", w("chủ tài khoản", "account holder")),
            ("fair", w("mã hội chợ", "the fair's code")),
            ("fair.name", w("tên hội chợ", "the fair")),
            ("fair.days", w("thời gian hội chợ", "its days")),
            ("fair.place", w("nơi tổ chức", "where it is")),
            ("fair.organiser", w("đơn vị tổ chức", "who organises it")),
            ("booths", w("các gian", "the booths")),
            ("booth_count", w("số gian", "how many booths")),
            ("goods", w("mặt hàng", "goods")),
            ("cost", w("chi phí trước thuế", "cost before tax")),
            ("vat", w("thuế GTGT", "VAT")),
            ("whole", w("chi phí gồm thuế", "cost, tax included")),
            ("other_public", w("hỗ trợ công khác", "other public money")),
            ("invoice_no", w("số hóa đơn", "invoice")),
            ("invoice_on", w("ngày hóa đơn", "its day")),
            ("scheme.code", w("mã chương trình", "the scheme's code")),
            ("scheme.title", w("tên chương trình", "the scheme")),
            ("scheme.legal_ref", w("căn cứ pháp lý", "the text it rests on")),
            ("rate", w("mức hỗ trợ", "rate")),
            ("cap", w("mức tối đa mỗi lần", "cap per fair")),
            ("basis", w("chi phí được hỗ trợ", "eligible cost")),
            ("grant", w("số tiền hỗ trợ", "grant")),
            ("own_share", w("đơn vị tự chi", "own share")),
            ("paid", w("đã chi", "paid")),
            ("status", w("tình trạng", "state")),
            ("reason", w("lý do", "reason")),
            ("proposed_by", w("người đề nghị", "who proposed it")),
            ("appraised_by", w("người thẩm định", "who appraised it")),
            ("decided_by", w("người duyệt", "who approved it")),
            ("decision_no", w("số quyết định", "decision number")),
            ("decided_on", w("ngày quyết định", "decided")),
            ("accepted_on", w("ngày nghiệm thu", "accepted")),
            ("missing", w("số chứng từ còn thiếu", "how many documents are missing")),
        ],
    },
    List {
        name: "steps",
        within: Some("claims"),
        words: w("các bước tính, như khi quyết định", "the steps of the calculation as it was decided"),
        values: &[
            ("n", w("số thứ tự", "its place")),
            ("what", w("làm gì và vì sao", "what was done and why")),
            ("amount", w("số tiền sau bước này", "the amount after it")),
        ],
    },
    List {
        name: "barred",
        within: Some("claims"),
        words: w("các lý do không hỗ trợ", "why nothing is granted"),
        values: &[("why", w("lý do", "the reason"))],
    },
    List {
        name: "expenses",
        within: Some("claims"),
        words: w("các khoản chi ngoài tiền thuê gian", "what is asked for beside the rent"),
        values: &[
            ("n", w("số thứ tự", "its place")),
            ("item", w("khoản theo chương trình", "the scheme's item")),
            ("what", w("nội dung", "what for")),
            ("quantity", w("số lượng", "quantity")),
            ("cost", w("chi phí trước thuế", "cost before tax")),
            ("vat", w("thuế GTGT", "VAT")),
            ("other_public", w("hỗ trợ công khác", "other public money")),
            ("accepted", w("được chấp nhận", "what of it was accepted")),
            ("invoice_no", w("số hóa đơn", "invoice")),
            ("invoice_on", w("ngày hóa đơn", "its day")),
        ],
    },
    List {
        name: "evidence",
        within: Some("claims"),
        words: w("các chứng từ", "the documents of the file"),
        values: &[
            ("n", w("số thứ tự", "its place")),
            ("code", w("mã chứng từ", "its code")),
            ("document", w("tên chứng từ", "the document")),
            ("status", w("tình trạng", "state")),
            ("received_on", w("ngày nhận", "received")),
            ("checked_by", w("người kiểm tra", "who checked it")),
            ("reason", w("lý do", "reason")),
            ("file", w("tệp", "file")),
            ("sha256", w("SHA-256 của tệp", "SHA-256 of the file")),
        ],
    },
    List {
        name: "payments",
        within: None,
        words: w("các khoản chi", "the payments"),
        values: &[
            ("n", w("số thứ tự", "its place")),
            ("business", w("đơn vị được hỗ trợ", "the business")),
            ("payee", w("người nhận", "payee")),
            ("tax_code", w("mã số thuế", "tax code")),
            ("commune", w("xã, phường", "commune")),
            ("bank", w("ngân hàng", "bank")),
            ("account", w("số tài khoản", "account")),
            ("amount", w("số tiền", "amount")),
            ("kind", w("loại", "kind")),
            ("voucher_no", w("số chứng từ", "voucher number")),
            ("voucher_on", w("ngày chứng từ", "voucher date")),
            ("note", w("nội dung chi", "remittance text")),
            ("file_no", w("số hồ sơ", "file number")),
            ("fair", w("mã hội chợ", "the fair's code")),
            ("decision_no", w("số quyết định", "decision number")),
            ("decided_on", w("ngày quyết định", "decided")),
            ("budget.code", w("mã nguồn", "budget line")),
            ("status", w("tình trạng", "state")),
        ],
    },
    group("people", w("các bên dự, bên mua trước", "those who meet, the buyers first")),
    meetings("people"),
    group("tables", w("các bàn", "the tables")),
    meetings("tables"),
    group("slots", w("các lượt hẹn", "the slots")),
    meetings("slots"),
];

/// The lists that can be named inside these lists.
pub fn lists<'a>(inside: &'a [&str]) -> impl Iterator<Item = &'static str> + use<'a> {
    let inside: Vec<String> = inside.iter().map(|name| (*name).to_owned()).collect();
    LISTS
        .iter()
        .filter(move |list| list.within.is_none_or(|within| inside.iter().any(|name| name == within)))
        .map(|list| list.name)
}

/// The values that can be named inside these lists.
pub fn values(inside: &[&str]) -> impl Iterator<Item = &'static str> {
    let inside: Vec<String> = inside.iter().map(|name| (*name).to_owned()).collect();
    let items = LISTS.iter().filter(move |list| inside.iter().any(|name| name == list.name));
    items.flat_map(|list| list.values).chain(SHEET).map(|(name, _)| *name)
}

/// True when a sheet or the items of any list have a value of this name.
#[must_use]
pub fn is_value(name: &str) -> bool {
    SHEET.iter().chain(LISTS.iter().flat_map(|list| list.values)).any(|(known, _)| *known == name)
}
