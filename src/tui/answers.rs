//! What the writer answers, and the forms that wait for it: a form stays until its act is stored, a refusal goes to its field,
//! a draft is kept.

use crate::base::words::Words;
use crate::command::form::Form;
use crate::domain::record::Kind;
use crate::domain::refusal::Refusal;
use crate::tui::app::{App, Weight};
use crate::tui::effect::{Effect, Fault, Stored, Ticket};
use crate::tui::layer::Layer;
use crate::tui::layer::form::{FormLayer, Then};
use crate::tui::layer::import::Import;

impl App {
    pub(super) fn outcome(&mut self, ticket: Ticket, outcome: Result<Stored, Fault>) -> Vec<Effect> {
        self.waiting.remove(&ticket);
        match outcome {
            Ok(Stored { words, may_be_undone }) => {
                let then = self.close_waiting(ticket);
                let (book, lang) = (std::sync::Arc::clone(&self.book), self.lang);
                if let Some(capture) = self.waiting_capture(ticket) {
                    capture.done(&book, lang);
                }
                if !words.is_empty() {
                    let told = if may_be_undone {
                        crate::say!("{}. u hoàn tác.", "{}. u takes it back."; words)
                    } else {
                        crate::say!("{}.", "{}."; words)
                    };
                    self.say(Weight::Done, told);
                }
                if let Some(list) = self.list_mut() {
                    list.leave_marks();
                }
                self.status = self.messages.last().map(|(_, weight, words)| (*weight, words.clone()));
                return self.go_on(then);
            }
            Err(Fault::Refused(refusal)) => self.refused(ticket, refusal),
            Err(Fault::Failed(words)) => {
                self.floor.put_back();
                self.set_free(ticket, None);
                self.say(Weight::Trouble, words);
            }
        }
        Vec::new()
    }

    /// A refusal stands where it can be mended, else in the status line.
    fn refused(&mut self, ticket: Ticket, refusal: Refusal) {
        let words = refusal.words();
        self.floor.put_back();
        if !self.set_free(ticket, Some(refusal)) {
            self.say(Weight::Refused, words);
        }
    }

    /// What waited for an act that was not stored takes keys again. True when it shows the refusal itself.
    fn set_free(&mut self, ticket: Ticket, refusal: Option<Refusal>) -> bool {
        for layer in &mut self.layers {
            match layer {
                Layer::Form(form) if form.waiting == Some(ticket) => match refusal {
                    Some(refusal) => {
                        form.refuse(refusal);
                        return true;
                    }
                    None => form.waiting = None,
                },
                Layer::Capture(capture) if capture.waiting == Some(ticket) => {
                    let shown = refusal.is_some();
                    capture.put_back(refusal);
                    return shown;
                }
                Layer::Import(import) if import.waiting == Some(ticket) => {
                    import.waiting = None;
                    if let Some(refusal) = refusal {
                        import.failed(refusal.words());
                        return true;
                    }
                }
                Layer::File(file) if file.waiting == Some(ticket) => {
                    file.waiting = None;
                    if let Some(refusal) = refusal {
                        file.failed(refusal.words());
                        return true;
                    }
                }
                Layer::Match(found) if found.waiting == Some(ticket) => found.waiting = None,
                _ => continue,
            }
            return false;
        }
        false
    }

    /// Closes the form or import whose act is stored; says what the first steps go on with.
    fn close_waiting(&mut self, ticket: Ticket) -> Option<Then> {
        let place = self.layers.iter().position(|layer| match layer {
            Layer::Form(form) => form.waiting == Some(ticket),
            Layer::Import(import) => import.waiting == Some(ticket),
            Layer::Match(found) => found.waiting == Some(ticket),
            Layer::File(file) => file.waiting == Some(ticket),
            _ => false,
        })?;
        match self.layers.remove(place) {
            Layer::Form(form) => {
                self.drafts.remove(form.name());
                form.then
            }
            _ => None,
        }
    }

    fn go_on(&mut self, then: Option<Then>) -> Vec<Effect> {
        match then {
            Some(Then::FirstFair) if self.book.count(Kind::Fair) == 0 => {
                let mut form = Form::add(Kind::Fair, None);
                form.title = Words::new("Bước 2/3: hội chợ đầu tiên", "Step 2 of 3: the first fair");
                self.push_form(form, Some(Then::FirstImport));
            }
            Some(Then::Whole(kind, id)) => self.show_whole(kind, id),
            Some(Then::Cards(path, persons)) => return self.cards_to(path, &persons).into_iter().collect(),
            Some(Then::FirstImport) if self.book.count(Kind::Business) == 0 => {
                self.layers.push(Layer::Import(Box::new(Import::new(Some(Kind::Business)))));
            }
            _ => {}
        }
        Vec::new()
    }

    /// An empty book first asks who keeps it.
    pub(super) fn ask_office(&mut self) {
        let mut form = Form::add(Kind::Office, None);
        form.title = Words::new("Bước 1/3: cơ quan của bạn", "Step 1 of 3: your office");
        self.push_form(form, Some(Then::FirstFair));
    }

    /// Opens a form; what was typed into it before and left stands in it again.
    pub(super) fn push_form(&mut self, form: Form, then: Option<Then>) {
        let lang = self.lang;
        let mut layer = self.here(|here| FormLayer::new(form, here, lang));
        layer.then = then;
        if let Some(draft) = self.drafts.remove(layer.name()) {
            layer = draft;
            self.say(Weight::Done, Words::new("Mở lại bản nháp chưa lưu.", "Your unsaved draft is open again."));
        }
        self.layers.push(Layer::Form(Box::new(layer)));
    }

    /// Leaves a form; a draft stays.
    pub(super) fn leave_form(&mut self) {
        if let Some(Layer::Form(form)) = self.layers.pop()
            && form.touched
        {
            self.say(
                Weight::Done,
                Words::new("Đã giữ bản nháp; mở lại để viết tiếp.", "The draft is kept; open the form again to go on."),
            );
            let mut form = form;
            form.forget_secrets();
            self.drafts.insert(form.name().to_owned(), *form);
        }
    }
}
