//! The table of commands.

use crate::base::words::Words;
use crate::command::Scope::{Floor, Global, Lines, List, On};
use crate::command::Shell::{No, Nouns, Verb};
use crate::command::{Act, Command, Here, Move, Scope, Screen, Shell, acts};
use crate::domain::field::Field;
use crate::domain::record::Kind;

/// The questions of commands, where they are no fields of the record.
pub mod asks {
    use crate::domain::field::{Field, Need, Shape};
    use crate::domain::record::Kind;

    const fn must(mut field: Field) -> Field {
        field.need = Need::Required;
        field
    }

    /// The state to move to.
    pub const TO: Field = must(Field::text("to", "Chuyển sang", "To"));
    /// Why.
    pub const REASON: Field = Field::text("reason", "Lý do", "Reason");
    /// Why, and it must be said.
    pub const REASON_NEEDED: Field = must(REASON);
    /// Booth codes.
    pub const BOOTHS: Field = must(Field::text("booths", "Gian hàng", "Booths"));
    /// Another booth.
    pub const OTHER: Field = must(Field::new("other", "Gian kia", "Other booth", Shape::Link(Kind::Booth)));
    /// A registration.
    pub const REGISTRATION: Field =
        Field::new("registration", "Đăng ký", "Registration", Shape::Link(Kind::Registration));
    /// A registration, and there must be one.
    pub const REGISTRATION_NEEDED: Field = must(REGISTRATION);
    /// Which share of each booth.
    pub const SHARE: Field = Field::new("share", "Phần gian", "Share", Shape::Percent);
    /// First day.
    pub const FROM_ON: Field = Field::new("from_on", "Từ ngày", "From", Shape::Date);
    /// Last day.
    pub const TO_ON: Field = Field::new("to_on", "Đến ngày", "To", Shape::Date);
    /// For whom, when not on file.
    pub const HELD_FOR: Field = Field::text("held_for", "Giữ cho", "Held for");
    /// The last day of a hold.
    pub const UNTIL: Field = must(Field::new("until", "Giữ đến hết ngày", "Until", Shape::Date));
    /// The scheme.
    pub const SCHEME: Field = Field::new("scheme", "Chương trình hỗ trợ", "Scheme", Shape::Link(Kind::Scheme));
    /// The budget line.
    pub const BUDGET: Field = Field::new("budget", "Nguồn kinh phí", "Budget line", Shape::Link(Kind::BudgetLine));
    /// The budget line, and there must be one.
    pub const BUDGET_NEEDED: Field = must(BUDGET);
    /// Rent before tax, as invoiced.
    pub const COST: Field = Field::new("cost", "Chi phí trước thuế", "Cost before tax", Shape::Money);
    /// Tax on it.
    pub const VAT: Field = Field::new("vat", "Thuế GTGT", "VAT", Shape::Money);
    /// The invoice.
    pub const INVOICE_NO: Field = Field::text("invoice_no", "Hóa đơn", "Invoice");
    /// Public money from elsewhere.
    pub const OTHER_PUBLIC: Field = Field::new("other_public", "Hỗ trợ công khác", "Other public money", Shape::Money);
    /// The day of a decision or voucher.
    pub const ON: Field = Field::new("on", "Ngày", "Date", Shape::Date);
    /// An amount.
    pub const AMOUNT: Field = must(Field::new("amount", "Số tiền", "Amount", Shape::Money));
    /// Whether the amount lowers.
    pub const LOWER: Field = Field::new("lower", "Giảm", "Lower", Shape::Flag);
    /// A decision's number.
    pub const DECISION_NO: Field = must(Field::text("decision_no", "Số quyết định", "Decision no."));
    /// What is to be done next.
    pub const NEXT_STEP: Field = must(Field::text("next_step", "Việc tiếp theo", "Next step"));
    /// By when.
    pub const DUE_ON: Field = must(Field::new("due_on", "Hạn", "Due", Shape::Date));
}

const fn row(
    id: &'static str,
    keys: &'static [&'static str],
    scope: Scope,
    title: Words,
    doc: Words,
    run: fn(&Here<'_>) -> Result<Act, Words>,
) -> Command {
    Command { id, title, doc, scope, keys, shell: No, asks: &[], run }
}

const fn at_shell(mut command: Command, shell: Shell, asks: &'static [Field]) -> Command {
    command.shell = shell;
    command.asks = asks;
    command
}

const fn w(vi: &'static str, en: &'static str) -> Words {
    Words::new(vi, en)
}

/// Every command.
pub static COMMANDS: &[Command] = &[
    row("go-today", &["1"], Global, w("Hôm nay", "Today"), w("Những việc đến hạn.", "What is due."), |_| {
        Ok(Act::Go(Screen::Today))
    }),
    row(
        "go-fairs",
        &["2"],
        Global,
        w("Hội chợ", "Fairs"),
        w("Hội chợ, đăng ký, gian hàng.", "Fairs, registrations, booths."),
        |_| Ok(Act::Go(Screen::Fairs)),
    ),
    row(
        "go-floor",
        &["3"],
        Global,
        w("Sơ đồ", "Floor"),
        w("Sơ đồ của hội chợ đang chọn.", "The map of the chosen fair."),
        |_| Ok(Act::Go(Screen::Floor)),
    ),
    row(
        "go-businesses",
        &["4"],
        Global,
        w("Doanh nghiệp", "Businesses"),
        w("Doanh nghiệp, sản phẩm, giấy chứng nhận.", "Businesses, products, certificates."),
        |_| Ok(Act::Go(Screen::Businesses)),
    ),
    row(
        "go-subsidies",
        &["5"],
        Global,
        w("Hỗ trợ", "Subsidies"),
        w("Hồ sơ, chứng từ, thanh toán, nguồn, chương trình.", "Claims, evidence, payments, budget lines, schemes."),
        |_| Ok(Act::Go(Screen::Subsidies)),
    ),
    row(
        "go-leads",
        &["6"],
        Global,
        w("Đầu mối", "Leads"),
        w("Đầu mối, đối tác, người liên hệ.", "Leads, partners, contacts."),
        |_| Ok(Act::Go(Screen::Leads)),
    ),
    row(
        "go-reports",
        &["7"],
        Global,
        w("Báo cáo", "Reports"),
        w("Các con số, mỗi số mở ra bản ghi của nó.", "Figures, each opening its records."),
        |_| Ok(Act::Go(Screen::Reports)),
    ),
    row(
        "go-history",
        &["8"],
        Global,
        w("Lịch sử", "History"),
        w("Ai làm gì, lúc nào.", "Who did what, and when."),
        |_| Ok(Act::Go(Screen::History)),
    ),
    row(
        "fair-choose",
        &["f"],
        Global,
        w("Chọn hội chợ", "Choose the fair"),
        w("Chọn hội chợ mà mọi màn hình đi theo.", "Choose the fair that every screen follows."),
        |_| Ok(Act::ChooseFair),
    ),
    row(
        "fair-all",
        &["F"],
        Global,
        w("Mọi hội chợ", "All fairs"),
        w(
            "Hiện bản ghi của mọi hội chợ, hoặc trở lại một hội chợ.",
            "Show the records of all fairs, or of the one again.",
        ),
        |_| Ok(Act::AllFairs),
    ),
    row(
        "palette",
        &[":", "ctrl+p"],
        Global,
        w("Bảng lệnh", "Palette"),
        w("Tìm lệnh bằng tên.", "Find a command by its name."),
        |_| Ok(Act::Palette),
    ),
    row(
        "help",
        &["?", "f1"],
        Global,
        w("Trợ giúp", "Help"),
        w("Mọi phím dùng được ở đây.", "Every key that works here."),
        |_| Ok(Act::Help),
    ),
    at_shell(
        row(
            "undo",
            &["u"],
            Global,
            w("Hoàn tác", "Undo"),
            w(
                "Lấy lại việc mới nhất của bạn, cả sau khi mở lại chương trình.",
                "Take back your newest act, also after a restart.",
            ),
            |_| Ok(Act::TakeBack(false)),
        ),
        Verb(None, "undo"),
        &[],
    ),
    at_shell(
        row(
            "redo",
            &["ctrl+r"],
            Global,
            w("Làm lại", "Redo"),
            w("Làm lại việc vừa hoàn tác.", "Do again what was undone."),
            |_| Ok(Act::TakeBack(true)),
        ),
        Verb(None, "redo"),
        &[],
    ),
    row(
        "language",
        &["f2"],
        Global,
        w("Đổi ngôn ngữ", "Language"),
        w("Tiếng Việt hoặc tiếng Anh.", "Vietnamese or English."),
        |_| Ok(Act::Language),
    ),
    row(
        "theme",
        &["f3"],
        Global,
        w("Đổi màu", "Theme"),
        w("Tối, sáng, tương phản cao, đơn sắc.", "Dark, light, high contrast, mono."),
        |_| Ok(Act::Theme),
    ),
    row(
        "messages",
        &["f4"],
        Global,
        w("Thông báo", "Messages"),
        w("Các thông báo vừa qua.", "The last messages."),
        |_| Ok(Act::Messages),
    ),
    row(
        "suspend",
        &["ctrl+z"],
        Global,
        w("Tạm dừng", "Suspend"),
        w("Trở về dòng lệnh; gõ fg để quay lại.", "Back to the shell; fg returns."),
        |_| Ok(Act::Suspend),
    ),
    row(
        "quit",
        &["q", "ctrl+c"],
        Global,
        w("Thoát", "Quit"),
        w("Đóng sổ và thoát; mọi việc đã ghi đều còn.", "Close the book and leave; everything stored stays."),
        |_| Ok(Act::Quit),
    ),
    at_shell(
        row(
            "import",
            &["i"],
            Global,
            w("Nhập tệp", "Import"),
            w(
                "Nhập CSV, Excel hoặc danh sách gian; xem trước, hoàn tác được cả tệp.",
                "Bring in CSV, Excel or a list of booths; previewed first, one undo takes it all back.",
            ),
            |_| Ok(Act::Import),
        ),
        Verb(None, "import"),
        &[],
    ),
    row("up", &["up", "k"], Lines, w("Lên", "Up"), w("Dòng trên.", "The line above."), |_| Ok(Act::Move(Move::Up))),
    row("down", &["down", "j"], Lines, w("Xuống", "Down"), w("Dòng dưới.", "The line below."), |_| {
        Ok(Act::Move(Move::Down))
    }),
    row(
        "page-up",
        &["pageup", "ctrl+b"],
        Lines,
        w("Trang trước", "Page up"),
        w("Một trang lên.", "A page up."),
        |_| Ok(Act::Move(Move::PageUp)),
    ),
    row(
        "page-down",
        &["pagedown", "ctrl+f"],
        Lines,
        w("Trang sau", "Page down"),
        w("Một trang xuống.", "A page down."),
        |_| Ok(Act::Move(Move::PageDown)),
    ),
    row(
        "first",
        &["home", "g"],
        Lines,
        w("Đầu danh sách", "First line"),
        w("Dòng đầu.", "The first line."),
        |_| Ok(Act::Move(Move::First)),
    ),
    row(
        "last",
        &["end", "G"],
        Lines,
        w("Cuối danh sách", "Last line"),
        w("Dòng cuối.", "The last line."),
        |_| Ok(Act::Move(Move::Last)),
    ),
    row(
        "open",
        &["enter"],
        Lines,
        w("Mở", "Open"),
        w("Mở bản ghi với mọi thứ thuộc về nó.", "Open the record with all that belongs to it."),
        |_| Ok(Act::Open),
    ),
    row(
        "back",
        &["esc"],
        Lines,
        w("Quay lại", "Back"),
        w("Về chỗ trước đó; bỏ lọc, bỏ đánh dấu.", "Back to where one was; clears filter and marks."),
        |_| Ok(Act::Back),
    ),
    row(
        "left",
        &["left", "h"],
        Lines,
        w("Sang trái", "Left"),
        w("Sang trái trên sơ đồ; năm trước ở báo cáo.", "To the left on the map; the year before in reports."),
        |_| Ok(Act::Move(Move::Left)),
    ),
    row(
        "right",
        &["right", "l"],
        Lines,
        w("Sang phải", "Right"),
        w("Sang phải trên sơ đồ; năm sau ở báo cáo.", "To the right on the map; the year after in reports."),
        |_| Ok(Act::Move(Move::Right)),
    ),
    row(
        "next-list",
        &["tab", "]"],
        Lines,
        w("Danh sách sau", "Next list"),
        w("Danh sách tiếp theo của màn hình.", "The next list of the screen."),
        |_| Ok(Act::NextList(true)),
    ),
    row(
        "previous-list",
        &["shift+tab", "["],
        Lines,
        w("Danh sách trước", "Previous list"),
        w("Danh sách trước của màn hình.", "The previous list of the screen."),
        |_| Ok(Act::NextList(false)),
    ),
    row(
        "filter",
        &["/"],
        Lines,
        w("Lọc", "Filter"),
        w(
            "Lọc khi gõ, không cần dấu: status:held stars>=4 due<7d.",
            "Filter while typing, marks not needed: status:held stars>=4 due<7d.",
        ),
        acts::filter,
    ),
    row(
        "sort",
        &["s"],
        List,
        w("Sắp xếp", "Sort"),
        w("Sắp theo cột kế tiếp.", "Sort by the next column."),
        |_| Ok(Act::Sort(false)),
    ),
    row(
        "sort-reverse",
        &["S"],
        List,
        w("Đảo thứ tự", "Reverse"),
        w("Đảo chiều sắp xếp.", "Turn the order round."),
        |_| Ok(Act::Sort(true)),
    ),
    row(
        "mark",
        &["space"],
        List,
        w("Đánh dấu", "Mark"),
        w(
            "Đánh dấu dòng; dòng trạng thái cho số lượng và tổng.",
            "Mark the line; the status line gives count and sum.",
        ),
        |_| Ok(Act::Mark),
    ),
    row(
        "mark-range",
        &["v"],
        List,
        w("Đánh dấu đoạn", "Mark a range"),
        w("Đánh dấu từ đây đến chỗ bấm v lần nữa.", "Mark from here to where v is pressed again."),
        |_| Ok(Act::MarkRange),
    ),
    row(
        "mark-all",
        &["ctrl+a"],
        List,
        w("Đánh dấu tất cả", "Mark all"),
        w("Đánh dấu mọi dòng đang hiện, hoặc bỏ hết.", "Mark every line shown, or none."),
        |_| Ok(Act::MarkAll),
    ),
    row("columns", &["c"], List, w("Cột", "Columns"), w("Chọn các cột.", "Choose the columns."), |_| {
        Ok(Act::Columns)
    }),
    row(
        "copy",
        &["y"],
        Lines,
        w("Chép", "Copy"),
        w("Chép các dòng đã chọn vào bộ nhớ tạm.", "Copy the chosen lines to the clipboard."),
        |_| Ok(Act::Copy),
    ),
    at_shell(
        row(
            "export",
            &["x"],
            List,
            w("Xuất tệp", "Export"),
            w("Xuất đúng những gì đang hiện ra CSV hoặc Excel.", "Write what is on the screen to CSV or Excel."),
            |_| Ok(Act::Export),
        ),
        Nouns,
        &[],
    ),
    at_shell(
        row("record-add", &["n"], List, w("Thêm", "New"), w("Thêm một bản ghi.", "A new record."), acts::add),
        Nouns,
        &[],
    ),
    at_shell(
        row("record-edit", &["e"], List, w("Sửa", "Edit"), w("Sửa bản ghi.", "Edit the record."), acts::edit),
        Nouns,
        &[],
    ),
    at_shell(
        row(
            "record-remove",
            &["delete", "D"],
            List,
            w("Xóa", "Remove"),
            w("Xóa bản ghi không còn ai dùng.", "Remove a record that nothing points to."),
            acts::remove,
        ),
        Nouns,
        &[],
    ),
    at_shell(
        row(
            "record-step",
            &["."],
            List,
            w("Chuyển bước", "Next step"),
            w("Chuyển sang trạng thái tiếp theo.", "Move on to another state."),
            acts::step,
        ),
        Nouns,
        &[],
    ),
    at_shell(
        row(
            "record-history",
            &["H"],
            List,
            w("Lịch sử bản ghi", "Record history"),
            w("Ai đã đổi trường nào, khi nào.", "Who changed which field, and when."),
            acts::history,
        ),
        Nouns,
        &[],
    ),
    at_shell(
        row(
            "registration-place",
            &["p"],
            On(Kind::Registration),
            w("Xếp gian", "Place"),
            w("Xếp đăng ký vào gian, tính tiền thuê ngay.", "Put the registration on booths, at the rent of the day."),
            acts::place,
        ),
        Verb(Some(Kind::Registration), "place"),
        &[asks::BOOTHS, asks::SHARE, asks::FROM_ON, asks::TO_ON],
    ),
    at_shell(
        row(
            "registration-claim",
            &["C"],
            On(Kind::Registration),
            w("Lập hồ sơ hỗ trợ", "Open a claim"),
            w(
                "Lập hồ sơ hỗ trợ với bảng tính và danh mục chứng từ.",
                "Open a claim with its calculation and checklist.",
            ),
            acts::claim,
        ),
        Verb(Some(Kind::Registration), "claim"),
        &[asks::SCHEME, asks::BUDGET, asks::COST, asks::VAT, asks::INVOICE_NO, asks::OTHER_PUBLIC],
    ),
    at_shell(
        row(
            "booth-rent",
            &["p"],
            On(Kind::Booth),
            w("Cho thuê", "Rent"),
            w("Cho một đăng ký thuê gian này.", "Rent this booth to a registration."),
            acts::rent,
        ),
        Verb(Some(Kind::Booth), "rent"),
        &[asks::REGISTRATION_NEEDED, asks::SHARE, asks::FROM_ON, asks::TO_ON],
    ),
    at_shell(
        row(
            "booth-hold",
            &["o"],
            On(Kind::Booth),
            w("Giữ chỗ", "Hold"),
            w(
                "Giữ gian đến một ngày, cho một đăng ký hoặc một tên.",
                "Hold the booth until a day, for a registration or a name.",
            ),
            acts::hold,
        ),
        Verb(Some(Kind::Booth), "hold"),
        &[asks::REGISTRATION, asks::HELD_FOR, asks::UNTIL],
    ),
    at_shell(
        row(
            "booth-release",
            &["r"],
            On(Kind::Booth),
            w("Trả gian", "Release"),
            w("Bỏ giữ chỗ hoặc trả gian đã thuê, có lý do.", "Give up a hold or a rented booth, with a reason."),
            acts::release,
        ),
        Verb(Some(Kind::Booth), "release"),
        &[asks::REASON],
    ),
    at_shell(
        row(
            "booth-move",
            &["m"],
            On(Kind::Booth),
            w("Chuyển gian", "Move"),
            w("Chuyển đơn vị sang gian khác.", "Move the firm to another booth."),
            acts::move_to,
        ),
        Verb(Some(Kind::Booth), "move"),
        &[asks::OTHER, asks::REASON],
    ),
    at_shell(
        row(
            "booth-swap",
            &["w"],
            On(Kind::Booth),
            w("Đổi chỗ", "Swap"),
            w("Đổi chỗ hai gian cho nhau.", "Two booths exchange those on them."),
            acts::swap,
        ),
        Verb(Some(Kind::Booth), "swap"),
        &[asks::OTHER, asks::REASON],
    ),
    at_shell(
        row(
            "booth-block",
            &["b"],
            On(Kind::Booth),
            w("Khóa / mở gian", "Block / unblock"),
            w("Khóa gian có lý do, hoặc mở lại.", "Block the booth with a reason, or open it again."),
            acts::block,
        ),
        Verb(Some(Kind::Booth), "block"),
        &[asks::REASON_NEEDED],
    ),
    at_shell(
        row(
            "claim-decide",
            &["A"],
            On(Kind::Claim),
            w("Quyết định", "Decide"),
            w(
                "Duyệt các hồ sơ đã thẩm định, gắn nguồn kinh phí, cấp số.",
                "Approve appraised claims, bind the budget line, give numbers.",
            ),
            acts::decide,
        ),
        Verb(Some(Kind::Claim), "decide"),
        &[asks::BUDGET_NEEDED, asks::ON],
    ),
    at_shell(
        row(
            "claim-pay",
            &["P"],
            On(Kind::Claim),
            w("Lập chứng từ chi", "Pay"),
            w("Lập chứng từ chi cho các hồ sơ đã nghiệm thu.", "Prepare vouchers for accepted claims."),
            acts::pay,
        ),
        Verb(Some(Kind::Claim), "pay"),
        &[asks::ON],
    ),
    at_shell(
        row(
            "payment-reverse",
            &["R"],
            On(Kind::Payment),
            w("Ghi đảo", "Reverse"),
            w(
                "Ghi đảo khoản đã chuyển, có lý do; không bao giờ xóa.",
                "Reverse a payment that has left, with a reason; never remove it.",
            ),
            acts::reverse,
        ),
        Verb(Some(Kind::Payment), "reverse"),
        &[asks::REASON_NEEDED],
    ),
    at_shell(
        row(
            "budget-adjust",
            &["A"],
            On(Kind::BudgetLine),
            w("Điều chỉnh nguồn", "Adjust"),
            w("Tăng hoặc giảm nguồn theo quyết định.", "Raise or lower the line by a decision."),
            acts::adjust,
        ),
        Verb(Some(Kind::BudgetLine), "adjust"),
        &[asks::AMOUNT, asks::LOWER, asks::DECISION_NO, asks::ON, asks::REASON],
    ),
    at_shell(
        row(
            "lead-next",
            &["t"],
            On(Kind::Lead),
            w("Xong, việc tiếp", "Done, and next"),
            w("Ghi việc tiếp theo và hạn.", "What comes next, and by when."),
            acts::next_step,
        ),
        Verb(Some(Kind::Lead), "next"),
        &[asks::NEXT_STEP, asks::DUE_ON],
    ),
    at_shell(
        row(
            "person-erase",
            &["X"],
            List,
            w("Xóa dữ liệu cá nhân", "Erase personal data"),
            w(
                "Xóa dữ liệu cá nhân ở đây và trong nhật ký; số liệu vẫn còn.",
                "Erase a person's data here and in the journal; figures stay.",
            ),
            acts::erase,
        ),
        Nouns,
        &[asks::REASON_NEEDED],
    ),
    row("zoom-in", &["+", "="], Floor, w("Phóng to", "Zoom in"), w("Phóng to sơ đồ.", "Larger."), |_| {
        Ok(Act::Zoom(1))
    }),
    row("zoom-out", &["-"], Floor, w("Thu nhỏ", "Zoom out"), w("Thu nhỏ sơ đồ.", "Smaller."), |_| {
        Ok(Act::Zoom(-1))
    }),
    row(
        "zoom-whole",
        &["0"],
        Floor,
        w("Cả sơ đồ", "Whole map"),
        w("Hiện cả sơ đồ.", "Show the whole map."),
        |_| Ok(Act::Zoom(0)),
    ),
    row(
        "colouring",
        &["z"],
        Floor,
        w("Tô màu", "Colouring"),
        w("Tô theo tình trạng, khu vực hoặc giá.", "Colour by status, zone or price."),
        |_| Ok(Act::Colouring),
    ),
];
