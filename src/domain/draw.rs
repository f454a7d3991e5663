//! Draws (bốc thăm) of a fair: what was published, promised, frozen and shown, stage by stage.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::field::{Chosen, Field, Shape, Unique, Wording};
use crate::domain::placing::draw::{Entrant, Minutes, Mode, Party, Rules};
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// How far a draw has come. The stages have this order, and none is left out.
    DrawStatus {
        Draft = "draft" ("dự thảo", "draft"),
        Published = "published" ("đã công bố thể lệ", "rules published"),
        Committed = "committed" ("đã nhận cam kết", "committed"),
        Frozen = "frozen" ("đã chốt danh sách", "list frozen"),
        Revealed = "revealed" ("đã mở số bí mật", "secrets shown"),
        Drawn = "drawn" ("đã bốc thăm", "drawn"),
        Placed = "placed" ("đã xếp gian theo thăm", "placed as drawn"),
        Cancelled = "cancelled" ("hủy", "cancelled"),
    }
}

choices! {
    /// What is drawn.
    DrawMode {
        Order = "order" ("thứ tự chọn gian", "order of choice"),
        Booth = "booth" ("gian hàng", "the booth itself"),
    }
}

choices! {
    /// How many tickets each has.
    TicketRule {
        One = "one" ("mỗi đơn vị một thăm", "one each"),
        Points = "points" ("theo điểm ưu tiên", "by priority points"),
    }
}

noun! {
    /// A public draw of a fair.
    Draw {
        /// The fair.
        fair: Option<Id> = Field::new("fair", "Hội chợ", "Fair", Shape::Link(Kind::Fair)).required();
        /// Its code within the fair.
        code: Text = Field::worded("code", "Mã bốc thăm", "Code", Wording::Code).required().listed().unique(Unique::Within("fair"));
        /// What is drawn.
        mode: DrawMode = Field::new("mode", "Bốc thăm", "Draws", Shape::Choice(DrawMode::CHOICES)).listed();
        /// How many tickets each has.
        tickets: TicketRule = Field::new("tickets", "Số thăm", "Tickets", Shape::Choice(TicketRule::CHOICES)).listed();
        /// The rules in words: who may take part, what happens to a secret that is not shown.
        rules: Text = Field::notes("rules", "Thể lệ", "Rules");
        /// Where the public chance comes from, with day and fallback, fixed before the list is.
        chance_from: Text = Field::text("chance_from", "Nguồn ngẫu nhiên công khai", "Public chance from").required();
        /// How far it has come.
        status: DrawStatus = Field::new("status", "Tình trạng", "Status", Shape::Choice(DrawStatus::CHOICES)).kept().listed();
        /// The hash of the rules, for the invitation.
        rules_sha256: Text = Field::text("rules_sha256", "Mã băm thể lệ", "Hash of the rules").kept();
        /// The hash of the frozen list.
        list_sha256: Text = Field::text("list_sha256", "Mã băm danh sách", "Hash of the list").kept();
        /// How many take part.
        entrants: Option<i64> = Field::count("entrants", "Số đơn vị", "Taking part", 100_000).kept().listed();
        /// The public chance, as it was read.
        chance: Text = Field::text("chance", "Kết quả ngẫu nhiên", "Public chance").kept();
        /// The seed.
        seed: Text = Field::text("seed", "Hạt giống", "Seed").kept();
        /// The hash of the minutes.
        minutes_sha256: Text = Field::text("minutes_sha256", "Mã băm biên bản", "Hash of the minutes").kept();
        /// Where it was held.
        place: Text = Field::text("place", "Nơi bốc thăm", "Place").kept();
        /// When.
        held_on: Option<Date> = Field::new("held_on", "Ngày bốc thăm", "Held", Shape::Date).kept().listed();
        /// Who was there.
        present: Text = Field::text("present", "Người dự", "Present").kept().personal();
        /// Why it was cancelled.
        reason: Text = Field::text("reason", "Lý do", "Reason").kept();
    }
    parts {
        /// The rules as they were published.
        published: Option<Rules>;
        /// Who vouched.
        parties: Vec<Party>;
        /// The frozen list.
        list: Vec<Entrant>;
        /// The registration behind each code of the list.
        registrations: Vec<(String, Id)>;
        /// The minutes of what was drawn.
        minutes: Option<Minutes>;
    }
}

impl Draw {
    /// The rules as they read now, for the fair of this code.
    #[must_use]
    pub fn rules_now(&self, fair: &str) -> Rules {
        let mode = match self.mode {
            DrawMode::Order => Mode::Order,
            DrawMode::Booth => Mode::Booth,
        };
        let tickets = self.tickets.words().vi;
        Rules {
            fair: fair.to_owned(),
            mode,
            text: format!("{tickets}. {}", self.rules),
            chance_from: self.chance_from.to_string(),
        }
    }
}
