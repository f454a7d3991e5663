//! A line in words, as it was understood: what a person reads before it is stored.

use crate::base::dates::{days_until, distance, show_date};
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::Contact;
use crate::domain::book::Book;
use crate::domain::capture::{Captured, Stand, person_at};
use crate::domain::consent::Purpose;
use crate::domain::field::Held;
use crate::domain::record::Kind;
use crate::domain::showing::{Mask, show};
use crate::domain::view::consent::leave;
use crate::domain::view::title::title;
use crate::say;

/// How sure a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As written.
    Plain,
    /// On file.
    Known,
    /// It will be new.
    New,
    /// It is missing or may be meant otherwise.
    Doubt,
}

/// One part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// How sure it is.
    pub tone: Tone,
    /// What it is.
    pub label: String,
    /// What was understood.
    pub text: String,
}

impl Captured {
    /// Part by part what was understood.
    #[must_use]
    pub fn told(&self, book: &Book, at: Stand, lang: Lang) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut part = |tone: Tone, label: Words, text: String| {
            parts.push(Part { tone, label: label.in_lang(lang).to_owned(), text });
        };
        let ours = Words::new("Doanh nghiệp", "Our firm");
        match self.business {
            Some(id) => part(Tone::Plain, ours, title(book, Kind::Business, id, lang)),
            None if !self.business_unknown.is_empty() => {
                part(Tone::Doubt, ours, format!("{} ?", self.business_unknown))
            }
            None => {
                let how = Words::new("chưa chọn: ghi TÊN > ở đầu dòng", "not chosen: write NAME > at the start");
                part(Tone::Doubt, ours, how.in_lang(lang).to_owned());
            }
        }
        let partner = Words::new("Đối tác", "Partner");
        match self.partner {
            Some(id) => part(Tone::Known, partner, format!("{} ✓", title(book, Kind::Partner, id, lang))),
            None if self.partner_name.is_empty() => part(Tone::Doubt, partner, "?".to_owned()),
            None => {
                let new = Words::new("mới", "new");
                part(Tone::New, partner, format!("{} ({})", self.partner_name, new.in_lang(lang)));
            }
        }
        if !self.alike.is_empty() {
            let names: Vec<String> = self.alike.iter().map(|id| title(book, Kind::Partner, *id, lang)).collect();
            part(Tone::Doubt, Words::new("  tên gần giống", "  names like it"), names.join(" · "));
        }
        let person = self.person_told(book, lang);
        if !person.is_empty() {
            part(Tone::Plain, Words::new("Người liên hệ", "Person"), person);
        }
        let known = self.partner.and_then(|partner| person_at(book, partner, &self.person, &self.phone, &self.email));
        let barred = known.and_then(|id| book.get::<Contact>(id)).and_then(|contact| {
            let leave = leave(book, contact, Purpose::Contact, at.today);
            leave.words().filter(|_| leave.is_barred()).cloned()
        });
        if let Some(words) = barred {
            part(Tone::Doubt, Words::new("  không liên hệ", "  do not contact"), words.in_lang(lang).to_owned());
        }
        part(Tone::Plain, Words::new("Mặt hàng", "Goods"), self.interest.to_string());
        part(Tone::Plain, Words::new("Sản lượng", "Volume"), self.volume.to_string());
        let when = self.due_on.map_or_else(String::new, |due| {
            format!(" · {} ({})", show_date(due), distance(days_until(at.today, due)).in_lang(lang))
        });
        part(Tone::Plain, Words::new("Việc tiếp theo", "Next step"), format!("{}{when}", self.next_step));
        if let Some(known) = self.known {
            let lead = title(book, Kind::Lead, known, lang);
            let words = say!("ghi thêm vào {lead}", "one more touch of {lead}");
            part(Tone::Known, Words::new("Đã có", "On file"), words.in_lang(lang).to_owned());
        }
        parts
    }

    fn person_told(&self, book: &Book, lang: Lang) -> String {
        let shown = |key: &str, text: &Text| {
            let field = Kind::Contact.field(key);
            field.map_or_else(String::new, |field| show(book, Id::NIL, field, &text.to_value(), lang, Mask::Whole))
        };
        let parts = [self.person.to_string(), shown("phone", &self.phone), shown("email", &self.email)];
        let mut text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let known = self.partner.and_then(|partner| person_at(book, partner, &self.person, &self.phone, &self.email));
        if let Some(contact) = known.and_then(|id| book.get::<Contact>(id)) {
            text.push_str(" ✓ ");
            text.push_str(contact.name.as_str());
        }
        text
    }
}
