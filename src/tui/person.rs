//! The data of one person in full at the screen: asked for with a reason, read, written into a file.

use std::path::PathBuf;

use crate::base::ids::Id;
use crate::base::text::{ellipsis, fold};
use crate::base::words::{Lang, Words};
use crate::command::form::Form;
use crate::command::{Act, look_form};
use crate::domain::record::Kind;
use crate::domain::showing::{Mask, show};
use crate::domain::view::detail::View;
use crate::domain::view::person_file::{Mention, mentions, person_file};
use crate::domain::view::title::title;
use crate::exchange::outgoing::{Going, file};
use crate::exchange::person_out::{person_json, person_text};
use crate::tui::app::{App, Weight};
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::layer::Layer;
use crate::tui::layer::choose::Choose;
use crate::tui::layer::form::Then;
use crate::tui::layer::prompt::{Prompt, Purpose};
use crate::tui::layer::record::lines;
use crate::tui::layer::text::{TextLayer, text_columns};
use crate::tui::theme::Role;

/// The most places that are listed; whoever is named more often is found by more words.
const MENTIONS_MAX: usize = 200;
/// The columns of a place.
const MENTION_COLUMNS: usize = 70;

impl App {
    /// Asks why, and then shows the record.
    pub(super) fn ask_to_look(&mut self, form: Form) {
        let then = form.subject.as_ref().and_then(|(kind, ids)| Some(Then::Whole(*kind, *ids.first()?)));
        self.push_form(form, then);
    }

    /// A record with its personal data in full; of a person all that the book keeps.
    pub(super) fn show_whole(&mut self, kind: Kind, id: Id) {
        let name = title(&self.book, kind, id, self.lang);
        let words = crate::say!("Dữ liệu đầy đủ: {name}", "Data in full: {name}");
        let mut layer = if kind == Kind::Contact {
            let parts = person_file(&self.book, id, self.day(), self.lang);
            let text = person_text(&parts, &[], self.lang);
            let role = |line: &str| if line.starts_with(' ') { Role::Text } else { Role::Title };
            TextLayer::new(words, text.lines().map(|line| (role(line), line.to_owned())).collect())
        } else {
            let view = View { today: self.day(), lang: self.lang, mask: Mask::Whole };
            let lines = lines(&self.book, kind, id, view, text_columns(self.size.width));
            TextLayer::new(words, lines.into_iter().map(|line| (line.role, line.text)).collect())
        };
        layer.person = (kind == Kind::Contact).then_some(id);
        self.layers.push(Layer::Text(layer));
    }

    /// The data of a person takes a key: `x` writes it into a file.
    pub(super) fn person_key(&mut self, mut text: TextLayer, key: Key) -> Vec<Effect> {
        let person = text.person.filter(|_| key.typed() == Some('x'));
        if person.is_some() || text.key(key) {
            self.layers.push(Layer::Text(text));
        }
        if let Some(id) = person {
            let name = fold(&title(&self.book, Kind::Contact, id, Lang::Vi))
                .replace(|sign: char| !sign.is_ascii_alphanumeric(), "-");
            let hint = Words::new(
                ".txt, .json để trao cho người đó; .vcf là danh thiếp.",
                ".txt, .json for that person; .vcf is a card.",
            );
            let title = Words::new("Dữ liệu ra tệp", "Data into a file");
            self.layers.push(Layer::Prompt(Prompt::new(title, hint, &format!("{name}.txt"), Purpose::Person(id))));
        }
        Vec::new()
    }

    /// Writes all that is kept about a person, whose data was asked for with a reason.
    pub(super) fn person_to(&mut self, path: &str, id: Id) -> Option<Effect> {
        let parts = person_file(&self.book, id, self.day(), self.lang);
        let small = path.to_lowercase();
        if small.ends_with(".vcf") {
            return self.cards_to(PathBuf::from(path), &[id]);
        }
        let text = if small.ends_with(".json") {
            person_json(&parts, &[], self.lang)
        } else {
            person_text(&parts, &[], self.lang)
        };
        Some(Effect::Write(PathBuf::from(path), text.into_bytes()))
    }

    /// Asks whom to look for.
    pub(super) fn ask_mentions(&mut self) {
        let hint = Words::new(
            "Tên, số điện thoại hoặc địa chỉ; không cần dấu.",
            "A name, number or address; marks are not needed.",
        );
        let title = Words::new("Tìm người ở mọi nơi", "Find somebody everywhere");
        self.layers.push(Layer::Prompt(Prompt::new(title, hint, "", Purpose::Mentions)));
    }

    /// Every place where somebody is named, to be opened; numbers and addresses are masked.
    pub(super) fn show_mentions(&mut self, wanted: &str) {
        let found = mentions(&self.book, wanted);
        if found.is_empty() {
            let words = crate::say!("Không đâu trong sổ có “{wanted}”.", "“{wanted}” is nowhere in the book.");
            return self.say(Weight::Refused, words);
        }
        let told = |mention: &Mention, lang: Lang| {
            let (kind, id) = (mention.kind, mention.id);
            let field = kind.fields().get(mention.field);
            let value = self.book.noun(kind, id).map(|noun| noun.get(mention.field)).unwrap_or_default();
            let text = field.map(|field| show(&self.book, id, field, &value, lang, Mask::Masked)).unwrap_or_default();
            let line = text.lines().next().unwrap_or_default().to_owned();
            let name = title(&self.book, kind, id, lang);
            let label = field.map(|field| field.label().in_lang(lang).to_owned()).unwrap_or_default();
            let said = if line == name { String::new() } else { format!(" · {label}: {line}") };
            ellipsis(&format!("{}: {name}{said}", kind.words().in_lang(lang)), MENTION_COLUMNS).into_owned()
        };
        let option = |mention: &Mention| {
            let words = Words { vi: told(mention, Lang::Vi).into(), en: told(mention, Lang::En).into() };
            (words, Act::Show(mention.kind, mention.id))
        };
        let (count, options) = (found.len(), found.iter().take(MENTIONS_MAX).map(option).collect());
        let title = crate::say!("“{wanted}”: {count} nơi", "“{wanted}”: {count} places");
        self.layers.push(Layer::Choose(Choose::new(title, options)));
    }

    /// Asks why the cards of persons go out.
    pub(super) fn ask_cards(&mut self, path: &str, persons: Vec<Id>) {
        let form = look_form(Kind::Contact, persons.clone());
        self.push_form(form, Some(Then::Cards(PathBuf::from(path), persons)));
    }

    /// Writes cards of those who may be contacted.
    pub(super) fn cards_to(&mut self, path: PathBuf, persons: &[Id]) -> Option<Effect> {
        let going = Going { lang: self.lang, with_personal: true, ..Going::default() };
        match file(&self.book, (Kind::Contact, persons), &[], self.day(), going, &path.to_string_lossy()) {
            Ok(bytes) => Some(Effect::Write(path, bytes)),
            Err(words) => {
                self.say(Weight::Trouble, words);
                None
            }
        }
    }
}
