//! What organisers do: registrations, booths, the map.

use crate::command::Scope::{Floor, Lines, On};
use crate::command::Shell::Verb;
use crate::command::table::{asks, at_shell, row, w};
use crate::command::{Act, Command, MapAct, acts};
use crate::domain::record::Kind;

pub(super) static ROWS: &[Command] = &[
    at_shell(
        row(
            "registration-place",
            &["p"],
            On(Kind::Registration),
            w("Xếp gian", "Place"),
            w("Xếp đăng ký vào gian, tính tiền thuê ngay.", "Put the registration on booths, at the rent of the day."),
            acts::floor::place,
        ),
        Verb(Some(Kind::Registration), "place"),
        &[asks::BOOTHS, asks::SHARE, asks::FROM_ON, asks::TO_ON],
    ),
    at_shell(
        row(
            "booth-rent",
            &["p"],
            On(Kind::Booth),
            w("Cho thuê", "Rent"),
            w("Cho một đăng ký thuê gian này.", "Rent this booth to a registration."),
            acts::floor::place,
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
            acts::floor::hold,
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
            acts::floor::release,
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
            acts::floor::move_to,
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
            acts::floor::swap,
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
            acts::floor::block,
        ),
        Verb(Some(Kind::Booth), "block"),
        &[asks::REASON_NEEDED],
    ),
    at_shell(
        row(
            "booth-offer",
            &["O"],
            On(Kind::Booth),
            w("Mời nhận gian", "Offer"),
            w(
                "Mời một đăng ký nhận gian, để trống thì mời đơn vị chờ kế tiếp; trả lời đến hết một ngày.",
                "Offer the booth to a registration, or left empty to the next in line, to be answered until a day.",
            ),
            acts::floor::offer,
        ),
        Verb(Some(Kind::Booth), "offer"),
        &[asks::REGISTRATION, asks::ANSWER_BY],
    ),
    at_shell(
        row(
            "booth-accept",
            &["a"],
            On(Kind::Booth),
            w("Nhận lời mời", "Accept"),
            w("Đơn vị nhận gian được mời: thành thuê.", "The firm accepts the offered booth: it is rented."),
            acts::floor::accept,
        ),
        Verb(Some(Kind::Booth), "accept"),
        &[],
    ),
    at_shell(
        row(
            "booth-decline",
            &["d"],
            On(Kind::Booth),
            w("Không nhận", "Decline"),
            w(
                "Đơn vị không nhận gian được mời: mời đơn vị chờ kế tiếp.",
                "The firm declines the offered booth: it is offered to the next in line.",
            ),
            acts::floor::decline,
        ),
        Verb(Some(Kind::Booth), "decline"),
        &[asks::REASON],
    ),
    at_shell(
        row(
            "fair-lapse",
            &["L"],
            Lines,
            w("Thu chỗ hết hạn", "Take back lapsed"),
            w(
                "Thu mọi chỗ giữ và lời mời đã hết hạn, bỏ tiền đã cam kết, mời đơn vị chờ kế tiếp.",
                "Take back every lapsed hold and offer with the money bound for it; offer the booths to the next in line.",
            ),
            acts::floor::lapse,
        ),
        Verb(Some(Kind::Fair), "lapse"),
        &[],
    ),
    at_shell(
        row(
            "fair-arrange",
            &["B"],
            Lines,
            w("Xếp gian tự động", "Place everybody"),
            w(
                "Giữ ai đã có gian, tìm gian tốt nhất cho các đơn vị còn lại, xem đề xuất rồi nhận; bấm lần nữa để dừng.",
                "Keep those who have a booth, look for the best booths for all others, see the proposal, accept it; again to stop.",
            ),
            acts::floor::arrange,
        ),
        Verb(None, "place"),
        &[],
    ),
    at_shell(
        row(
            "fair-mend",
            &["U"],
            Lines,
            w("Xếp lại, ít dời", "Place again, few moves"),
            w(
                "Sau khi có đơn vị rút, gian hỏng hoặc gian thêm: xếp được nhiều đơn vị nhất mà dời ít đơn vị nhất.",
                "After a cancellation, a lost or a new booth: place as many as possible while moving as few as possible.",
            ),
            acts::floor::mend,
        ),
        Verb(None, "place --few-moves"),
        &[],
    ),
    at_shell(
        row(
            "fair-improve",
            &["J"],
            Lines,
            w("Đổi chỗ có lợi", "Swaps that gain"),
            w(
                "Tìm các lần đổi chỗ làm cách xếp đang có tốt hơn, kể cả xếp tay; nhận từng lần một.",
                "Look for swaps that make the placing as it stands better, made by hand or not; accept each singly.",
            ),
            acts::floor::improve,
        ),
        Verb(None, "place improve"),
        &[],
    ),
    at_shell(
        row(
            "map-try",
            &["Y"],
            Floor,
            w("Thử đặt", "Try here"),
            w(
                "Thử đơn vị đang cầm (hoặc ở gian đánh dấu) vào gian này: ai phải dời, được mất gì; nhận hoặc bỏ.",
                "Try the firm picked up (or on the marked booth) here: who moves, what is gained and lost; accept or leave.",
            ),
            |_| Ok(Act::TryHere),
        ),
        Verb(None, "place what-if"),
        &[],
    ),
    at_shell(
        row(
            "map-reasons",
            &["Q"],
            Floor,
            w("Vì sao", "Why"),
            w(
                "Vì sao đơn vị này ở gian đó, mất gian nào vào tay ai; chưa có gian thì vì sao.",
                "Why this firm stands where it stands, what it lost to whom; without a booth, why not.",
            ),
            |_| Ok(Act::Reasons(None)),
        ),
        Verb(None, "place explain"),
        &[],
    ),
    at_shell(
        row(
            "registration-reasons",
            &["Q"],
            On(Kind::Registration),
            w("Vì sao", "Why"),
            w(
                "Vì sao đơn vị này ở gian đó, mất gian nào vào tay ai; chưa có gian thì vì sao.",
                "Why this firm stands where it stands, what it lost to whom; without a booth, why not.",
            ),
            |here| here.one(Kind::Registration).map(|id| Act::Reasons(Some(id))),
        ),
        Verb(None, "place explain"),
        &[],
    ),
    row(
        "fair-points",
        &["P"],
        On(Kind::Fair),
        w("Điểm ưu tiên", "Priority points"),
        w(
            "Các đăng ký theo điểm ưu tiên, mỗi điểm vì đâu; P ở đó để cho điểm.",
            "The registrations by their priority points, each with its reasons; P there gives points.",
        ),
        |here| here.one(Kind::Fair).map(Act::Points),
    ),
    at_shell(
        row(
            "registration-points",
            &["P"],
            On(Kind::Registration),
            w("Cho điểm ưu tiên", "Give points"),
            w(
                "Điểm riêng cộng vào điểm theo quy tắc của hội chợ, kèm lý do; cho một hoặc nhiều đơn vị.",
                "Own points on top of those by the fair's rules, with the reason; for one firm or many.",
            ),
            acts::floor::points,
        ),
        Verb(Some(Kind::Registration), "points"),
        &[asks::POINTS, asks::POINTS_REASON],
    ),
    row("zoom-in", &["+", "="], Floor, w("Phóng to", "Zoom in"), w("Phóng to sơ đồ.", "Larger."), |_| {
        Ok(Act::Map(MapAct::Nearer))
    }),
    row("zoom-out", &["-"], Floor, w("Thu nhỏ", "Zoom out"), w("Thu nhỏ sơ đồ.", "Smaller."), |_| {
        Ok(Act::Map(MapAct::Farther))
    }),
    row(
        "zoom-whole",
        &["0"],
        Floor,
        w("Cả sơ đồ", "Whole map"),
        w("Hiện cả sơ đồ.", "Show the whole map."),
        |_| Ok(Act::Map(MapAct::Whole)),
    ),
    row(
        "colouring",
        &["z"],
        Floor,
        w("Tô màu", "Colouring"),
        w(
            "Tô theo tình trạng, khu vực, hỗ trợ, tiền thuê, hoặc gian có hợp không.",
            "Colour by status, zone, support, rent, or whether a booth fits.",
        ),
        |_| Ok(Act::Map(MapAct::Colouring)),
    ),
    row(
        "map-panel",
        &["\\"],
        Floor,
        w("Bảng bên", "Panel"),
        w("Gập hoặc mở bảng bên cạnh sơ đồ.", "Fold or open the panel beside the map."),
        |_| Ok(Act::Map(MapAct::Panel)),
    ),
];
