//! Papers at the screen: which form is printed about the chosen records, what is on the screen as a file, a payment's code, and
//! a file looked into.

use std::path::PathBuf;

use crate::base::ids::Id;
use crate::base::words::Words;
use crate::command::{Act, FileUse, Screen};
use crate::domain::placing::minutes::to_text;
use crate::domain::record::Kind;
use crate::domain::view::transfer::transfer_of;
use crate::domain::{Claim, Draw, Payment};
use crate::exchange::outgoing::{self, Going};
use crate::exchange::print::form::{FORMS, Form, Format, print};
use crate::exchange::print::gather::Subject;
use crate::exchange::report_out::report_bytes;
use crate::tui::app::{App, Weight};
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::layer::Layer;
use crate::tui::layer::choose::Choose;
use crate::tui::layer::file::{FileLayer, Step};
use crate::tui::layer::prompt::{Prompt, Purpose};
use crate::tui::layer::qr::QrLayer;

impl App {
    /// Which form is printed; a form of payments takes a list or its vouchers.
    pub(super) fn choose_form(&mut self, kind: Kind, ids: &[Id]) {
        let takes = |form: &&Form| form.kind == kind || (form.kind == Kind::PaymentList && kind == Kind::Payment);
        let option = |form: &Form| (form.words.clone(), Act::PrintForm(form.name, kind, ids.to_vec()));
        let options: Vec<(Words, Act)> = FORMS.iter().filter(takes).map(option).collect();
        self.layers.push(Layer::Choose(Choose::new(Words::new("In mẫu nào", "Which form"), options)));
    }

    /// Asks for the name of the file.
    pub(super) fn ask_print(&mut self, name: &'static str, kind: Kind, ids: Vec<Id>) {
        let days: std::collections::BTreeSet<_> =
            ids.iter().filter_map(|id| self.book.get::<Claim>(*id)).map(|claim| claim.decided_on).collect();
        if name == "decision" && days.len() > 1 {
            let words = Words::new(
                "Các hồ sơ này được quyết định khác ngày; in từng ngày một quyết định.",
                "These claims were decided on different days; print one decision for each day.",
            );
            self.say(Weight::Refused, words);
            return;
        }
        let count = ids.len();
        let hint = crate::say!("{count} bản ghi; .pdf, .xlsx hoặc .txt.", "{count} records; .pdf, .xlsx or .txt.");
        let likely = format!("{name}.pdf");
        let title = Words::new("In ra tệp", "Print into a file");
        self.layers.push(Layer::Prompt(Prompt::new(title, hint, &likely, Purpose::Print(name, kind, ids))));
    }

    /// Prints a form about some records. Personal data is masked, as on the screen, unless the firm itself signs it.
    pub(super) fn print_to(&mut self, path: &str, name: &str, kind: Kind, ids: &[Id]) -> Option<Effect> {
        let (form, format) = (Form::named(name)?, Format::of(path));
        let Some(format) = format else {
            self.say(
                Weight::Refused,
                Words::new("Đặt tên tệp .pdf, .xlsx hoặc .txt.", "Name the file .pdf, .xlsx or .txt."),
            );
            return None;
        };
        let subject = Subject { book: &self.book, kind, ids, today: self.day(), mask: form.mask(false) };
        match print(form.text(self.lang), &subject, self.lang, format) {
            Ok(bytes) => Some(Effect::Write(PathBuf::from(path), bytes)),
            Err(fault) => {
                self.say(Weight::Trouble, fault.words());
                None
            }
        }
    }

    /// Asks where the minutes of a draw are written.
    pub(super) fn ask_minutes(&mut self, draw: Id) {
        let code = self.book.get::<Draw>(draw).map(|draw| draw.code.to_string()).unwrap_or_default();
        let title = crate::say!("Biên bản bốc thăm {code}", "Minutes of {code}");
        let hint = Words::new(
            ".json để ai cũng kiểm tra được, .txt để đọc và ký.",
            ".json for anybody to verify, .txt to read and sign.",
        );
        let likely = format!("{}.json", code.replace(['/', '\\'], "-"));
        self.layers.push(Layer::Prompt(Prompt::new(title, hint, &likely, Purpose::Minutes(draw))));
    }

    /// Writes the minutes of a draw, by the ending of the name.
    pub(super) fn minutes_to(&mut self, path: &str, draw: Id) -> Option<Effect> {
        let minutes = self.book.get::<Draw>(draw)?.minutes.clone()?;
        let text = match path.to_lowercase().rsplit_once('.') {
            Some((_, "json")) => minutes.to_json(),
            Some((_, "txt")) => to_text(&minutes, self.lang),
            _ => {
                self.say(Weight::Refused, Words::new("Đặt tên tệp .json hoặc .txt.", "Name the file .json or .txt."));
                return None;
            }
        };
        Some(Effect::Write(PathBuf::from(path), text.into_bytes()))
    }

    /// Asks for the name of the file for what is on the screen.
    pub(super) fn ask_export(&mut self) {
        let (likely, hint) = match self.list() {
            Some(list) => {
                let count = list.shown().len();
                let hint = match list.kind {
                    Kind::Lead | Kind::Meeting => crate::say!(
                        "{count} dòng; .csv, .xlsx, hoặc .ics cho lịch có nhắc hẹn.",
                        "{count} lines; .csv, .xlsx, or .ics for a calendar with alarms."
                    ),
                    Kind::Contact => crate::say!(
                        "{count} người; .csv, .xlsx không dữ liệu cá nhân, .vcf có lý do.",
                        "{count} persons; .csv, .xlsx without personal data, .vcf asks why."
                    ),
                    _ => crate::say!(
                        "{count} dòng, các cột đang hiện; .csv hoặc .xlsx.",
                        "{count} lines, the columns shown; .csv or .xlsx."
                    ),
                };
                (list.kind.plural().to_owned(), hint)
            }
            None if self.screen == Screen::Reports && self.reports.shown().is_some() => {
                let name = self.reports.key();
                let name = self.reports.year().map_or_else(|| name.to_owned(), |year| format!("{name}-{year}"));
                (name, Words::new("Báo cáo đang hiện; .csv hoặc .xlsx.", "The report shown; .csv or .xlsx."))
            }
            None => return,
        };
        let likely = format!("{likely}.xlsx");
        self.layers.push(Layer::Prompt(Prompt::new(
            Words::new("Xuất ra tệp", "Export to a file"),
            hint,
            &likely,
            Purpose::Export,
        )));
    }

    /// Writes what is on the screen.
    pub(super) fn export_to(&mut self, path: &str) -> Option<Effect> {
        let lang = self.lang;
        let bytes = match (self.list(), self.reports.shown()) {
            (Some(list), _) if list.kind == Kind::Contact && path.to_lowercase().ends_with(".vcf") => {
                let persons = list.shown().to_vec();
                self.ask_cards(path, persons);
                return None;
            }
            (Some(list), _) => {
                let going = Going { lang, ..Going::default() };
                outgoing::file(&self.book, (list.kind, list.shown()), list.keys(), self.day(), going, path)
            }
            (None, Some(report)) => report_bytes(report, path, lang),
            (None, None) => return None,
        };
        match bytes {
            Ok(bytes) => Some(Effect::Write(PathBuf::from(path), bytes)),
            Err(words) => {
                self.say(Weight::Trouble, words);
                None
            }
        }
    }

    /// Shows the code of a payment.
    pub(super) fn show_code(&mut self, payment: Id) {
        let made = self.book.get::<Payment>(payment).map(transfer_of);
        match made {
            Some(Ok(transfer)) => self.layers.push(Layer::Code(Box::new(QrLayer::new(transfer)))),
            Some(Err(refusal)) => self.say(Weight::Refused, refusal.words()),
            None => {}
        }
    }

    /// Asks for a file; scans are known and are read at once.
    pub(super) fn look_into(&mut self, wanted: FileUse) -> Vec<Effect> {
        let mut file = FileLayer::new(wanted.clone());
        let mut effects = Vec::new();
        if matches!(wanted, FileUse::Scans(_)) {
            let ticket = self.next_ticket();
            file.reading = Some(ticket);
            effects.push(Effect::ReadFile(ticket, wanted, PathBuf::new()));
        }
        self.layers.push(Layer::File(Box::new(file)));
        effects
    }

    /// A file that is looked into takes a key; false when it is left.
    pub(super) fn file_key(&mut self, file: &mut FileLayer, key: Key, effects: &mut Vec<Effect>) -> bool {
        match file.key(key) {
            Step::Open => true,
            Step::Read(wanted, path) => {
                let ticket = self.next_ticket();
                file.reading = Some(ticket);
                effects.push(Effect::ReadFile(ticket, wanted, path));
                true
            }
            Step::Store(intent) => {
                let ticket = self.ticket();
                file.waiting = Some(ticket);
                effects.push(Effect::Submit(ticket, intent, None));
                true
            }
            Step::Left => false,
        }
    }
}
