//! Consents: what a person agreed to, with which words, how and when, and when it was withdrawn.

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::domain::contact::ConsentMethod;
use crate::domain::field::{Chosen, Field, Several, Shape};
use crate::domain::record::Kind;
use crate::{choices, noun};

choices! {
    /// What personal data is used for; consent is given for each by itself (Law 91/2025/QH15).
    Purpose {
        Contact = "contact" ("liên hệ, giới thiệu hàng", "to be contacted"),
        Sharing = "sharing" ("chuyển cho doanh nghiệp tham gia", "to be passed on to exhibitors"),
        Catalogue = "catalogue" ("in danh bạ, kỷ yếu", "to be printed in a catalogue"),
        Statistics = "statistics" ("thống kê, báo cáo", "statistics"),
        Photos = "photos" ("dùng hình ảnh", "photographs"),
    }
}

noun! {
    /// What one person agreed to at one time.
    Consent {
        /// The person.
        contact: Option<Id> = Field::new("contact", "Người", "Person", Shape::Link(Kind::Contact)).required().listed().also(&["nguoi lien he", "ho ten"]);
        /// For what.
        purposes: Several<Purpose> = Field::new("purposes", "Đồng ý cho việc", "Agreed to", Shape::Choices(Purpose::CHOICES)).required().listed().also(&["muc dich"]);
        /// The words that were shown.
        text: Option<Id> = Field::new("text", "Văn bản đồng ý", "Consent text", Shape::Link(Kind::ConsentText)).listed().also(&["phien ban", "van ban"]);
        /// How it was given.
        method: ConsentMethod = Field::new("method", "Cách đồng ý", "How", Shape::Choice(ConsentMethod::CHOICES)).listed().also(&["hinh thuc"]);
        /// When.
        given_on: Option<Date> = Field::new("given_on", "Ngày đồng ý", "Given on", Shape::Date).required().listed().also(&["ngay"]);
        /// Where, for example at which fair.
        place: Text = Field::text("place", "Nơi", "Where").also(&["dia diem"]);
        /// Where the proof lies: the form's number, the recording's file.
        proof: Text = Field::text("proof", "Bằng chứng", "Proof").also(&["minh chung"]);
        /// When it was withdrawn.
        withdrawn_on: Option<Date> = Field::new("withdrawn_on", "Rút ngày", "Withdrawn on", Shape::Date).listed().also(&["ngay rut"]);
        /// How it was withdrawn.
        withdrawn_how: Text = Field::text("withdrawn_how", "Cách rút", "Withdrawn how");
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}

impl Consent {
    /// True when it was given by a day, and not withdrawn by then.
    #[must_use]
    pub fn stands_on(&self, day: Date) -> bool {
        self.given_on.is_some_and(|given| given <= day) && self.withdrawn_on.is_none_or(|withdrawn| withdrawn > day)
    }
}
