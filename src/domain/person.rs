//! People of the office who sign: a name, an office, and a passphrase of which only a hash is kept.

use crate::base::dates::Date;
use crate::base::text::{Text, fold};
use crate::domain::field::{Field, Shape, Unique};
use crate::noun;

/// True when two names are one person's, however they are spelt.
#[must_use]
pub fn same_person(one: &Text, other: &Text) -> bool {
    !one.is_empty() && fold(one.as_str()) == fold(other.as_str())
}

noun! {
    /// Somebody of the office who proposes, appraises, approves or signs.
    Person {
        /// The name, as `--as` gives it.
        name: Text = Field::text("name", "Tên", "Name").required().listed().unique(Unique::Book);
        /// What stands below a signature (Giám đốc, Kế toán).
        position: Text = Field::text("position", "Chức vụ", "Position").listed();
        /// When the passphrase was last set; empty while there is none.
        passphrase_on: Option<Date> = Field::new("passphrase_on", "Đặt mật khẩu ngày", "Passphrase set", Shape::Date).kept().listed();
        /// Who set it.
        passphrase_by: Text = Field::text("passphrase_by", "Người đặt mật khẩu", "Passphrase set by").kept();
        /// Anything else.
        note: Text = Field::notes("note", "Ghi chú", "Note");
    } parts {
        /// The hash of the passphrase with its salt and parameters. A part, so that no list, form, file or JSON has it.
        passphrase: Text;
    }
}

impl Person {
    /// True for whoever has a passphrase to sign with.
    #[must_use]
    pub fn signs(&self) -> bool {
        !self.passphrase.is_empty()
    }
}
