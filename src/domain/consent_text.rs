//! The words to which persons consent: versioned texts of the office, each as it was shown.

use crate::base::dates::Date;
use crate::base::text::Text;
use crate::domain::field::{Field, Shape, Unique, Wording};
use crate::noun;

noun! {
    /// One version of the text that a person agrees to. It stands as it is once somebody has agreed to it.
    ConsentText {
        /// The version, as it is printed on the form.
        code: Text = Field::worded("code", "Phiên bản", "Version", Wording::Code).required().listed().unique(Unique::Book).also(&["ma", "phien ban"]);
        /// From when it is used.
        from_on: Option<Date> = Field::new("from_on", "Dùng từ ngày", "Used from", Shape::Date).listed();
        /// The text in Vietnamese.
        text: Text = Field::notes("text", "Nội dung", "Text").required().listed().also(&["van ban"]);
        /// The text in another language, for people from abroad.
        text_foreign: Text = Field::notes("text_foreign", "Nội dung tiếng nước ngoài", "Text in another language");
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    }
}
