//! Cards as drafts of contacts, and of partners where a card's organisation is new. Who is on file already is found, and what
//! is near is told: a card is never refused because somebody like it is there.

use std::collections::BTreeMap;

use crate::base::ids::Id;
use crate::base::text::{Text, fold};
use crate::domain::book::Book;
use crate::domain::capture::{compact, partners_called};
use crate::domain::field::Value;
use crate::domain::intent::{Draft, Fields};
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::{Business, Contact, Partner};
use crate::exchange::incoming::{Incoming, RefusedRow};
use crate::exchange::question::{Asking, Candidate, Decision, Decisions};
use crate::exchange::sheet::Remark;
use crate::exchange::vcard::Card;
use crate::say;

/// Where a person works.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Workplace {
    /// Nowhere that is said.
    #[default]
    Unsaid,
    /// A partner on file.
    Partner(Id),
    /// A business on file.
    Business(Id),
    /// A partner that comes along in the same act, by its name.
    New(Text),
    /// At an organisation whose rows are to be left out.
    LeftOut,
}

impl Workplace {
    /// The field of a contact that says so.
    pub(super) fn field(&self) -> Option<(String, Value)> {
        match self {
            Self::Unsaid | Self::LeftOut => None,
            Self::Partner(id) => Some(("partner".to_owned(), Value::Link(*id))),
            Self::Business(id) => Some(("business".to_owned(), Value::Link(*id))),
            // The name of a record that the same act makes stands for the record.
            Self::New(name) => Some(("partner".to_owned(), Value::Text(name.clone()))),
        }
    }
}

/// The partners that a file names: those on file, and those that it brings.
#[derive(Debug)]
pub(super) struct Organisations<'a> {
    book: &'a Book,
    known: BTreeMap<String, Workplace>,
    drafts: Vec<Draft>,
}

impl<'a> Organisations<'a> {
    pub(super) const fn new(book: &'a Book) -> Self {
        Self { book, known: BTreeMap::new(), drafts: Vec::new() }
    }

    /// The organisation of this name: a partner or one of our firms; one that is nowhere on file is a new partner.
    pub(super) fn find(&mut self, name: &Text, line: u32, fields: Fields, asking: &mut Asking<'_>) -> Workplace {
        let is_partner = || partners_called(self.book, name.as_str()).0.is_some();
        match self.book.named(Kind::Business, "name", None, name.as_str()).as_slice() {
            [only] if !is_partner() => Workplace::Business(*only),
            _ => self.partner(name, line, fields, asking),
        }
    }

    /// The partner of this name, however it is written; one that is not on file is made with these fields.
    pub(super) fn partner(&mut self, name: &Text, line: u32, fields: Fields, asking: &mut Asking<'_>) -> Workplace {
        let key = compact(name.as_str());
        if key.is_empty() {
            return Workplace::Unsaid;
        }
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let (known, alike) = partners_called(self.book, name.as_str());
        let near = || alike.iter().map(|id| Candidate::titled(self.book, Kind::Partner, *id)).collect();
        let decision = known.map_or_else(|| asking.ask(Kind::Partner, line, name, near()), Decision::Same);
        let found = match decision {
            Decision::Same(id) => Workplace::Partner(id),
            Decision::Skip => Workplace::LeftOut,
            Decision::New => {
                let mut own = vec![("name".to_owned(), Value::Text(name.clone()))];
                own.extend(fields);
                self.drafts.push(Draft { id: None, fields: own, line });
                Workplace::New(name.clone())
            }
        };
        self.known.insert(key, found.clone());
        found
    }

    /// The partners to be made.
    pub(super) fn into_drafts(self) -> Vec<Draft> {
        self.drafts
    }
}

/// The persons that a file names: those on file, and those that it brings.
#[derive(Debug)]
pub(super) struct Persons<'a> {
    book: &'a Book,
    by_phone: BTreeMap<&'a str, Vec<&'a Contact>>,
    by_email: BTreeMap<&'a str, Vec<&'a Contact>>,
    by_name: BTreeMap<String, Vec<&'a Contact>>,
}

impl<'a> Persons<'a> {
    pub(super) fn new(book: &'a Book) -> Self {
        let mut own = Self { book, by_phone: BTreeMap::new(), by_email: BTreeMap::new(), by_name: BTreeMap::new() };
        for contact in book.all::<Contact>().iter() {
            // What was known of a merged person leads to the one that stayed.
            let stays = book.follow::<Contact>(contact.merged_into).unwrap_or(contact);
            own.by_phone.entry(contact.phone.as_str()).or_default().push(stays);
            own.by_email.entry(contact.email.as_str()).or_default().push(stays);
            own.by_name.entry(compact(contact.name.as_str())).or_default().push(stays);
        }
        own
    }

    /// The person on file: by phone or address where the names are akin, else by the name at the same place.
    pub(super) fn find(&self, name: &Text, phone: &Text, email: &Text, place: &Workplace) -> Option<&'a Contact> {
        let reached = self.reached(phone, email).find(|contact| akin(contact.name.as_str(), name.as_str()));
        reached.or_else(|| {
            let same_name = self.by_name.get(&compact(name.as_str())).into_iter().flatten();
            same_name.copied().find(|contact| match place {
                Workplace::Unsaid => contact.partner.is_none() && contact.business.is_none(),
                Workplace::Partner(id) => contact.partner == Some(*id),
                Workplace::Business(id) => contact.business == Some(*id),
                Workplace::New(_) | Workplace::LeftOut => false,
            })
        })
    }

    /// What is told of a new person who shares a number, an address or a name with others on file.
    pub(super) fn near(&self, name: &Text, phone: &Text, email: &Text) -> Vec<Candidate> {
        let same_name = self.by_name.get(&compact(name.as_str())).into_iter().flatten().copied();
        let told = |one: &Contact| Candidate { id: one.id, told: self.told(one) };
        let mut found: Vec<Candidate> = self.reached(phone, email).chain(same_name).map(told).collect();
        found.sort_by(|one, other| (&one.told, one.id).cmp(&(&other.told, other.id)));
        found.dedup();
        found.truncate(3);
        found
    }

    fn reached(&self, phone: &Text, email: &Text) -> impl Iterator<Item = &'a Contact> {
        let phones = self.by_phone.get(phone.as_str()).filter(|_| !phone.is_empty()).into_iter().flatten();
        let emails = self.by_email.get(email.as_str()).filter(|_| !email.is_empty()).into_iter().flatten();
        phones.chain(emails).copied()
    }

    pub(super) fn told(&self, contact: &Contact) -> String {
        let partner = self.book.follow::<Partner>(contact.partner).map(|partner| partner.name.as_str());
        let place = partner.or_else(|| self.book.follow::<Business>(contact.business).map(|one| one.name.as_str()));
        match place {
            Some(place) => format!("{} ({place})", contact.name),
            None => contact.name.to_string(),
        }
    }
}

/// True when two names may be of one person: the same, or the same given name at the end or the beginning.
fn akin(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    let ends = |name: &str| {
        let mut words = name.split_whitespace();
        let first = words.next().unwrap_or_default().to_owned();
        let last = words.next_back().unwrap_or(&first).to_owned();
        (first, last)
    };
    compact(&one) == compact(&other) || ends(&one).1 == ends(&other).1 || ends(&one).0 == ends(&other).0
}

/// What cards come to.
#[must_use]
pub fn contacts(book: &Book, cards: Vec<Card>, warnings: Vec<Remark>, decisions: &Decisions) -> Incoming {
    let mut coming = Incoming::of(Kind::Contact, warnings);
    let (mut organisations, persons) = (Organisations::new(book), Persons::new(book));
    let mut asking = Asking::new(decisions);
    let mut seen: BTreeMap<(String, Workplace), usize> = BTreeMap::new();
    let mut taken: BTreeMap<Id, usize> = BTreeMap::new();
    for card in cards {
        let line = card.line;
        let warn = |words, warnings: &mut Vec<Remark>| warnings.push(Remark { line: Some(line), words });
        let place = organisations.find(&card.organisation, line, of_organisation(&card), &mut asking);
        if place == Workplace::LeftOut {
            asking.skip(line);
        }
        if card.name.is_empty() || place == Workplace::LeftOut {
            continue;
        }
        let mut known = persons.find(&card.name, &card.phone, &card.email, &place);
        let is_first = !seen.contains_key(&(compact(card.name.as_str()), place.clone()));
        if known.is_none() && is_first {
            let near = persons.near(&card.name, &card.phone, &card.email);
            match asking.ask(Kind::Contact, line, &card.name, near) {
                Decision::New => {}
                Decision::Same(id) => known = book.get::<Contact>(id),
                Decision::Skip => {
                    asking.skip(line);
                    continue;
                }
            }
        }
        let key = (compact(card.name.as_str()), place.clone());
        let before = match known {
            Some(contact) => taken.get(&contact.id).copied(),
            None => seen.get(&key).copied(),
        };
        let fields = of_person(&card, &place, known);
        if let Some(draft) = before.and_then(|place| coming.drafts.get_mut(place)) {
            let (first, name) = (draft.line, &card.name);
            let missing: Fields =
                fields.into_iter().filter(|(key, _)| draft.fields.iter().all(|(known, _)| known != key)).collect();
            draft.fields.extend(missing);
            let words = say!(
                "“{name}” cũng ở dòng {first}; ghi thành một người.",
                "“{name}” is on line {first} as well; stored as one person."
            );
            warn(words, &mut coming.warnings);
            continue;
        }
        let name = &card.name;
        if known.is_none() && place == Workplace::Unsaid {
            let refusal = Refusal::new(
                "contact-nowhere",
                say!("Thẻ của “{name}” không ghi nơi làm việc.", "The card of “{name}” says no place of work."),
                say!(
                    "Ghi nơi làm việc vào thẻ, hoặc thêm người này bằng tay.",
                    "Put one on the card, or add the person by hand."
                ),
            );
            coming.refused.push(RefusedRow { line, column: "ORG".to_owned(), refusal });
            continue;
        }
        if let Some(contact) = known {
            taken.insert(contact.id, coming.drafts.len());
            let there = persons.told(contact);
            let words = say!(
                "“{name}” đã có trong sổ: {there}; chỉ ghi điều mới.",
                "“{name}” is on file as {there}; only what is new is stored."
            );
            warn(words, &mut coming.warnings);
        }
        seen.insert(key, coming.drafts.len());
        coming.drafts.push(Draft { id: known.map(|contact| contact.id), fields, line });
    }
    let partners = organisations.into_drafts();
    if !partners.is_empty() {
        coming.along.push((Kind::Partner, partners));
    }
    (coming.questions, coming.skipped) = asking.into_asked();
    coming
}

fn said(fields: &[(&str, &Text)]) -> Fields {
    let filled = fields.iter().filter(|(_, text)| !text.is_empty());
    filled.map(|(key, text)| ((*key).to_owned(), Value::Text((*text).clone()))).collect()
}

/// A card without a person tells how its organisation is reached; any card where it is.
fn of_organisation(card: &Card) -> Fields {
    let mut fields = said(&[("website", &card.website), ("city", &card.city), ("country", &card.country)]);
    if card.name.is_empty() {
        fields.extend(said(&[("phone", &card.phone), ("email", &card.email), ("note", &card.note)]));
    }
    fields
}

/// What a card says of its person. A name on file is as good as the card's, and a place is not left unasked.
fn of_person(card: &Card, place: &Workplace, known: Option<&Contact>) -> Fields {
    let others: Vec<&str> = card.others.iter().map(Text::as_str).collect();
    let others = Text::new(&others.join("; "));
    let mut fields = said(&[
        ("role", &card.role),
        ("phone", &card.phone),
        ("email", &card.email),
        ("other_ways", &others),
        ("note", &card.note),
    ]);
    match known {
        None => {
            fields.insert(0, ("name".to_owned(), Value::Text(card.name.clone())));
            fields.extend(place.field());
        }
        Some(contact) if contact.partner.is_none() && contact.business.is_none() => fields.extend(place.field()),
        Some(_) => {}
    }
    fields
}
