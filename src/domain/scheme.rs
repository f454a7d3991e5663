//! Schemes: the dated rules of a subsidy. An active version is frozen; a change is a new version. Its rules are written as a
//! text or, in the common case, by the plain fields; `subsidy::plain_fields` makes one value of both.

use crate::base::dates::Date;
use crate::base::limits;
use crate::base::money::{BasisPoints, Money};
use crate::base::text::Text;
use crate::domain::business::BusinessKind;
use crate::domain::fair::EventScope;
use crate::domain::field::{Chosen, Field, Several, Shape, Unique, Wording};
use crate::{choices, noun};

choices! {
    /// Whether a version is in force.
    SchemeStatus {
        Draft = "draft" ("dự thảo", "draft"),
        Active = "active" ("đang áp dụng", "active"),
        Superseded = "superseded" ("đã thay thế", "superseded"),
        Archived = "archived" ("lưu trữ", "archived"),
    }
}

choices! {
    /// On which amount the rate is taken.
    VatBasis {
        Exclude = "exclude" ("trước thuế", "without VAT"),
        Include = "include" ("gồm thuế", "with VAT"),
    }
}

noun! {
    /// One dated version of a subsidy's rules.
    Scheme {
        /// The code with its version (`BT-2024`, `BT-2024/2`).
        code: Text = Field::worded("code", "Mã chương trình", "Code", Wording::Code).required().listed().unique(Unique::Book);
        /// Its title.
        title: Text = Field::text("title", "Tên chương trình", "Title").required().listed().unique(Unique::Name);
        /// The text it rests on.
        legal_ref: Text = Field::text("legal_ref", "Căn cứ pháp lý", "Legal basis");
        /// First day; the fair's opening day decides.
        valid_from: Option<Date> = Field::new("valid_from", "Áp dụng từ", "Valid from", Shape::Date).required().listed();
        /// Last day; empty is open.
        valid_to: Option<Date> = Field::new("valid_to", "Áp dụng đến", "Valid to", Shape::Date).listed();
        /// For which events; none named is all.
        scopes: Several<EventScope> = Field::new("scopes", "Phạm vi", "Scopes", Shape::Choices(EventScope::CHOICES))
            .group("Ai được hưởng, cho việc gì", "Who, and for what");
        /// For which applicants; none named is all.
        applicants: Several<BusinessKind> = Field::new("applicants", "Đối tượng", "Applicants", Shape::Choices(BusinessKind::CHOICES));
        /// The share of the rent that is paid; empty only where the rules say it.
        rate: Option<BasisPoints> = Field::new("rate", "Mức hỗ trợ", "Rate", Shape::Percent).listed()
            .group("Mức và giới hạn", "Rate and limits");
        /// Whether tax belongs to the base.
        vat_basis: VatBasis = Field::new("vat_basis", "Cơ sở tính", "Base", Shape::Choice(VatBasis::CHOICES));
        /// How many booths of one firm count at one fair; empty is all, dearest first.
        booths_max: Option<i64> = Field::count("booths_max", "Số gian tối đa", "Booths at most", 1_000);
        /// At most so much a firm and fair.
        cap: Option<Money> = Field::new("cap", "Tối đa mỗi lần", "Cap per fair", Shape::Money).listed();
        /// At most so much a firm and calendar year.
        cap_year: Option<Money> = Field::new("cap_year", "Tối đa mỗi năm", "Cap per year", Shape::Money);
        /// At most so many fairs a firm and calendar year.
        times_year: Option<i64> = Field::count("times_year", "Số lần mỗi năm", "Times a year", 1_000).listed();
        /// At least so many stars, on a certificate valid on the opening day.
        stars_min: Option<i64> = Field::new("stars_min", "Hạng sao tối thiểu", "Stars at least", Shape::Number(1, 5, "★"));
        /// Grants are rounded down to a multiple of this amount; empty is one đồng.
        rounding_unit: Option<Money> = Field::new("rounding_unit", "Làm tròn xuống đến", "Rounded down to", Shape::Money);
        /// Everything the scheme says, as a text of rules; the fields above then follow it. Empty where they say it all.
        rules: Text = Field::new("rules", "Quy tắc (TOML)", "Rules (TOML)", Shape::Text(Wording::Rules, limits::RULES_CHARS))
            .group("Quy tắc thành văn bản", "Rules as text");
        /// Whether it is in force.
        status: SchemeStatus = Field::new("status", "Tình trạng", "Status", Shape::Choice(SchemeStatus::CHOICES)).kept().listed()
            .group("Khác", "Other");
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}
