//! Cards of persons in files, vCard 2.1 to 4.0: read as phones and mail programs write them, written as 4.0.

use crate::base::email::Email;
use crate::base::phone::Phone;
use crate::base::text::{Text, fold};
use crate::domain::book::Book;
use crate::domain::{Business, Contact, Partner};
use crate::exchange::content_line::{ContentLine, ContentLines, read_lines};
use crate::exchange::sheet::{ROWS_MAX, Remark};
use crate::say;

/// The commonest Vietnamese family names, folded: such a name is written family name first.
const FAMILIES: [&str; 26] = [
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong",
    "ly", "dinh", "doan", "trinh", "truong", "lam", "mai", "cao", "luong", "ta", "to",
];

/// What a card says of one person, or of an organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// The line of the file at which it begins.
    pub line: u32,
    /// The person's name; empty for a card of an organisation.
    pub name: Text,
    /// The organisation's name.
    pub organisation: Text,
    /// What the person does there.
    pub role: Text,
    /// The phone to call first, in international form.
    pub phone: Text,
    /// The address to write to first.
    pub email: Text,
    /// Other numbers and addresses.
    pub others: Vec<Text>,
    /// The organisation's web site.
    pub website: Text,
    /// Its city or province.
    pub city: Text,
    /// Its country.
    pub country: Text,
    /// Notes.
    pub note: Text,
}

/// True for a file that begins as a card does.
#[must_use]
pub fn is_cards(bytes: &[u8]) -> bool {
    let start = crate::exchange::encoding::decode(bytes.get(..512).unwrap_or(bytes)).text;
    let start = start.trim_start_matches('\u{feff}').trim_start();
    start.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("begin:vcard"))
}

/// The cards of a file, with what a person should know about those that were left out or cut.
#[must_use]
pub fn read_cards(bytes: &[u8]) -> (Vec<Card>, Vec<Remark>) {
    let (mut cards, mut remarks) = (Vec::new(), Vec::new());
    let mut open: Vec<ContentLine> = Vec::new();
    let mut depth = 0_usize;
    let mut close = |lines: &mut Vec<ContentLine>| {
        if let Some(first) = lines.first().map(|line| line.number) {
            let card = Card::of(lines, first);
            let is_group = lines.iter().any(|line| line.name == "KIND" && line.value.eq_ignore_ascii_case("group"));
            if is_group {
                remarks.push(Remark {
                    line: Some(first),
                    words: say!("Thẻ của một nhóm người; bỏ qua.", "A card of a group of people; left out."),
                });
            } else if card.name.is_empty() && card.organisation.is_empty() {
                remarks.push(Remark {
                    line: Some(first),
                    words: say!(
                        "Thẻ không có tên, số máy hay địa chỉ nào; bỏ qua.",
                        "A card without a name, a number or an address; left out."
                    ),
                });
            } else if cards.len() < ROWS_MAX {
                cards.push(card);
            }
        }
        lines.clear();
    };
    for line in read_lines(bytes) {
        let is_card = line.value.trim().eq_ignore_ascii_case("vcard");
        match line.name.as_str() {
            "BEGIN" if is_card => {
                depth += 1;
                if depth == 1 {
                    open.push(line);
                }
            }
            "END" if is_card => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    close(&mut open);
                }
            }
            // A card within a card is of somebody else.
            _ if depth == 1 => open.push(line),
            _ => {}
        }
    }
    close(&mut open);
    (cards, remarks)
}

impl Card {
    fn of(lines: &[ContentLine], line: u32) -> Self {
        let mut card = Self { line, ..Self::default() };
        let mut phones: Vec<(u8, Text)> = Vec::new();
        let mut emails: Vec<(u8, Text)> = Vec::new();
        let mut parts_of_name = Vec::new();
        let mut department = Text::default();
        let mut is_organisation = false;
        for line in lines {
            let text = || Text::new(&line.text());
            match line.name.as_str() {
                "FN" if card.name.is_empty() => card.name = text(),
                "N" => parts_of_name = line.parts(';'),
                "ORG" if card.organisation.is_empty() => {
                    let parts = line.parts(';');
                    card.organisation = parts.first().map(|part| Text::new(part)).unwrap_or_default();
                    department = parts.get(1).map(|part| Text::new(part)).unwrap_or_default();
                }
                "TITLE" => card.role = text(),
                "ROLE" if card.role.is_empty() => card.role = text(),
                "KIND" => is_organisation = line.value.trim().eq_ignore_ascii_case("org"),
                "X-ABSHOWAS" => is_organisation = line.value.trim().eq_ignore_ascii_case("company"),
                "TEL" if !line.has("TYPE", "fax") || line.has("TYPE", "cell") => phones.push((rank(line), text())),
                "EMAIL" => emails.push((rank(line), text())),
                "IMPP" | "X-ZALO" | "X-WECHAT" | "X-WHATSAPP" | "X-SKYPE-USERNAME" => card.others.push(text()),
                "URL" if card.website.is_empty() => card.website = text(),
                "NOTE" => card.note = Text::lines(&line.text()),
                "ADR" if card.city.is_empty() => card.live_at(&line.parts(';')),
                _ => {}
            }
        }
        if card.name.is_empty() {
            card.name = composed(&parts_of_name);
        }
        if card.role.is_empty() {
            card.role = department;
        }
        card.reach(phones, emails);
        if is_organisation || (!card.name.is_empty() && card.name == card.organisation) {
            let name = std::mem::take(&mut card.name);
            if card.organisation.is_empty() {
                card.organisation = name;
            }
        } else if card.name.is_empty() && card.organisation.is_empty() {
            // A person without a name is called by what reaches them, so that the record can be found.
            let reached = [&card.phone, &card.email].into_iter().find(|text| !text.is_empty());
            card.name = reached.or(card.others.first()).cloned().unwrap_or_default();
        }
        card
    }

    /// The address parts: box, extension, street, town, region, code, country.
    fn live_at(&mut self, parts: &[String]) {
        let part = |place: usize| parts.get(place).map(|part| Text::new(part)).unwrap_or_default();
        self.city = if part(4).is_empty() { part(3) } else { part(4) };
        self.country = part(6);
    }

    fn reach(&mut self, mut phones: Vec<(u8, Text)>, mut emails: Vec<(u8, Text)>) {
        phones.sort_by_key(|(rank, _)| *rank);
        emails.sort_by_key(|(rank, _)| *rank);
        for (_, written) in phones {
            let bare = written.as_str().strip_prefix("tel:").unwrap_or(written.as_str());
            match Phone::read(bare.split(';').next().unwrap_or_default()) {
                Ok(phone) if self.phone.is_empty() => self.phone = Text::new(phone.as_str()),
                Ok(phone) => self.others.push(Text::new(phone.as_str())),
                Err(_) => self.others.push(Text::new(bare)),
            }
        }
        for (_, written) in emails {
            match Email::read(written.as_str()) {
                Ok(email) if self.email.is_empty() => self.email = Text::new(email.as_str()),
                Ok(email) => self.others.push(Text::new(email.as_str())),
                Err(_) => self.others.push(written),
            }
        }
        let first = [self.phone.clone(), self.email.clone()];
        self.others.retain(|other| !other.is_empty() && !first.contains(other));
        self.others.sort();
        self.others.dedup();
    }
}

/// Less is asked first: preferred, then mobile, then the rest.
fn rank(line: &ContentLine) -> u8 {
    if line.has("TYPE", "pref") || line.parameters.iter().any(|(name, value)| name == "PREF" && value == "1") {
        0
    } else if ["cell", "mobile", "iphone"].iter().any(|kind| line.has("TYPE", kind)) {
        1
    } else {
        2
    }
}

/// A name from its parts: family, given, others, before, behind.
fn composed(parts: &[String]) -> Text {
    let part = |place: usize| parts.get(place).map(String::as_str).unwrap_or_default();
    let family_first = FAMILIES.contains(&fold(part(0).trim()).as_str()) || !part(0).is_ascii();
    let order = if family_first { [3, 0, 2, 1, 4] } else { [3, 1, 2, 0, 4] };
    Text::new(&order.map(part).join(" "))
}

/// The cards of these contacts as vCard 4.0, with everything that is kept of them.
#[must_use]
pub fn write_cards<'a>(book: &Book, contacts: impl Iterator<Item = &'a Contact>) -> Vec<u8> {
    let mut lines = ContentLines::default();
    for contact in contacts {
        lines.plain("BEGIN", "VCARD");
        lines.plain("VERSION", "4.0");
        lines.plain("UID", &format!("urn:uuid:{}", contact.id));
        lines.text("FN", contact.name.as_str());
        let (family, others, given) = in_parts(contact.name.as_str());
        lines.parts("N", &[&family, &given, &others, "", ""]);
        let partner = book.follow::<Partner>(contact.partner);
        let name = partner.map(|partner| &partner.name);
        let name = name.or_else(|| book.follow::<Business>(contact.business).map(|business| &business.name));
        if let Some(name) = name {
            lines.parts("ORG", &[name.as_str()]);
        }
        if let Some(partner) = partner.filter(|partner| !partner.city.is_empty() || !partner.country.is_empty()) {
            lines.parts("ADR;TYPE=work", &["", "", "", "", partner.city.as_str(), "", partner.country.as_str()]);
        }
        for (head, value) in [("TITLE", &contact.role), ("NOTE", &contact.note)] {
            if !value.is_empty() {
                lines.text(head, value.as_str());
            }
        }
        if !contact.phone.is_empty() {
            lines.plain("TEL;TYPE=cell;VALUE=uri", &format!("tel:{}", contact.phone));
        }
        if !contact.email.is_empty() {
            lines.text("EMAIL", contact.email.as_str());
        }
        for other in contact.other_ways.as_str().split(';').map(str::trim).filter(|other| !other.is_empty()) {
            match (Phone::read(other), Email::read(other)) {
                (Ok(phone), _) => lines.plain("TEL;VALUE=uri", &format!("tel:{}", phone.as_str())),
                (_, Ok(email)) => lines.text("EMAIL", email.as_str()),
                _ => lines.text("X-OTHER-WAY", other),
            }
        }
        lines.plain("END", "VCARD");
    }
    lines.into_bytes()
}

/// Family name, what stands between, and given name of a name as it is written.
fn in_parts(name: &str) -> (String, String, String) {
    let words: Vec<&str> = name.split_whitespace().collect();
    match words.as_slice() {
        [] => Default::default(),
        [only] => (String::new(), String::new(), (*only).to_owned()),
        [first, between @ .., last] => {
            let family_first = FAMILIES.contains(&fold(first).as_str()) || !name.is_ascii();
            let (family, given) = if family_first { (first, last) } else { (last, first) };
            ((*family).to_owned(), between.join(" "), (*given).to_owned())
        }
    }
}
