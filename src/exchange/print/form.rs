//! The forms that are shipped, and a form with its values as a file.

use std::fmt;

use super::fill::fill;
use super::gather::{Subject, gather};
use super::layout::lay_out;
use super::pdf::write_pdf;
use super::plain::write_plain;
use super::template::read_template;
use super::workbook::write_document;
use crate::base::amount_in_words::Spoken;
use crate::base::words::{Lang, Words};
use crate::domain::record::Kind;
use crate::domain::showing::Mask;
use crate::say;

/// A form that is shipped.
#[derive(Clone, Debug)]
pub struct Form {
    /// How it is called at the shell.
    pub name: &'static str,
    /// What it is.
    pub words: Words,
    /// What it is about.
    pub kind: Kind,
    /// True for what a firm itself signs: its own data stands there in full.
    pub is_the_firms: bool,
    vi: &'static str,
    en: &'static str,
}

impl Form {
    /// Its text in a language.
    #[must_use]
    pub const fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vi,
            Lang::En => self.en,
        }
    }

    /// How much of personal data stands in it; `all` when somebody asks for everything.
    #[must_use]
    pub const fn mask(&self, all: bool) -> Mask {
        if all || self.is_the_firms { Mask::Whole } else { Mask::Masked }
    }

    /// The form of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMS.iter().find(|form| form.name == name)
    }
}

macro_rules! form {
    ($name:literal, $kind:ident, $vi:literal, $en:literal) => {
        form!($name, $kind, $vi, $en, false)
    };
    ($name:literal, $kind:ident, $vi:literal, $en:literal, $is_the_firms:literal) => {
        Form {
            name: $name,
            words: Words::new($vi, $en),
            kind: Kind::$kind,
            is_the_firms: $is_the_firms,
            vi: include_str!(concat!("../../../data/forms/", $name, ".vi.txt")),
            en: include_str!(concat!("../../../data/forms/", $name, ".en.txt")),
        }
    };
}

/// The forms, in the order of a claim's life.
pub const FORMS: &[Form] = &[
    form!("claim", Claim, "đơn đề nghị hỗ trợ", "claim form", true),
    form!("commitment", Claim, "bản cam kết", "commitment letter", true),
    form!("checklist", Claim, "danh mục chứng từ", "evidence checklist"),
    form!("appraisal", Claim, "phiếu thẩm định", "appraisal sheet"),
    form!("decision", Claim, "quyết định kèm danh sách", "decision with annex"),
    form!("schedule-people", Conference, "lịch hẹn từng bên", "timetable of each person"),
    form!("schedule-tables", Conference, "lịch hẹn từng bàn", "timetable of each table"),
    form!("schedule-slots", Conference, "lịch hẹn từng lượt", "timetable of each slot"),
    form!("contact-report", Fair, "phiếu tiếp xúc để ghi tay", "contact report to fill in by hand"),
    form!("payments", PaymentList, "bảng kê thanh toán", "payment list"),
];

/// What a printed form is kept as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Pages.
    Pdf,
    /// A workbook.
    Workbook,
    /// Plain text.
    Plain,
}

impl Format {
    /// The format of a file by the end of its name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1.to_lowercase().as_str() {
            "pdf" => Some(Self::Pdf),
            "xlsx" => Some(Self::Workbook),
            "txt" => Some(Self::Plain),
            _ => None,
        }
    }
}

/// Why a form is not printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrintFault {
    /// The form is wrong in this line.
    Form(usize, Words),
    /// The values or the file.
    Other(Words),
}

impl fmt::Display for PrintFault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.words().en)
    }
}

impl PrintFault {
    /// What is wrong, with the line where it is the form.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Form(line, why) => {
                let (vi, en) = (&why.vi, &why.en);
                say!("Mẫu, dòng {line}: {vi}", "Form, line {line}: {en}")
            }
            Self::Other(why) => why.clone(),
        }
    }
}

/// A form about some records as the bytes of a file.
///
/// # Errors
/// A form that cannot be understood or names what there is not; amounts that overflow; what the writer of a file refuses.
pub fn print(text: &str, subject: &Subject<'_>, lang: Lang, format: Format) -> Result<Vec<u8>, PrintFault> {
    let template = read_template(text).map_err(|fault| PrintFault::Form(fault.line, fault.words))?;
    let facts = gather(subject).map_err(|fault| PrintFault::Other(fault.words()))?;
    let document =
        fill(&template, &facts, lang, Spoken::Standard).map_err(|fault| PrintFault::Form(fault.line, fault.words))?;
    match format {
        Format::Pdf => write_pdf(&lay_out(&document), &document.title, lang).map_err(PrintFault::Other),
        Format::Plain => Ok(write_plain(&document).into_bytes()),
        Format::Workbook => write_document(&document).map_err(|fault| {
            PrintFault::Other(say!("Không lập được tệp Excel: {fault}.", "The workbook cannot be made: {fault}."))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::dates::Date;
    use crate::domain::book::Book;
    use crate::domain::showing::Mask;

    /// Every shipped form names only what there is, and prints in every format even about nothing.
    #[test]
    fn shipped_forms_print() {
        let book = Book::default();
        for form in FORMS {
            let subject =
                Subject { book: &book, kind: form.kind, ids: &[], today: Date::default(), mask: Mask::Masked };
            for lang in [Lang::Vi, Lang::En] {
                for format in [Format::Pdf, Format::Workbook, Format::Plain] {
                    let printed = print(form.text(lang), &subject, lang, format);
                    assert!(printed.is_ok(), "{} {lang:?}: {:?}", form.name, printed.err());
                }
            }
        }
    }

    #[test]
    fn a_wrong_form_is_refused_with_its_line() {
        let book = Book::default();
        let subject = Subject { book: &book, kind: Kind::Claim, ids: &[], today: Date::default(), mask: Mask::Masked };
        let fault = print("a\n\n{nothing}", &subject, Lang::En, Format::Plain).unwrap_err();
        assert!(matches!(fault, PrintFault::Form(3, _)), "{fault}");
        assert!(fault.to_string().starts_with("Form, line 3: There is no value"), "{fault}");
    }
}
