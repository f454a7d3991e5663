//! A bank statement set against the payments: which line is which voucher, which nearly is and why not, what stands on one
//! side alone. It only compares; nothing is stored, and no line is taken for two vouchers or two lines for one.

use std::collections::BTreeSet;

use crate::base::dates::{Date, days_until, show_date};
use crate::base::ids::Id;
use crate::base::money::Money;
use crate::base::text::{Text, fold};
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::field::Chosen;
use crate::domain::intent::BankLine;
use crate::domain::payment::{PaymentKind, PaymentStatus};
use crate::domain::view::derived::claimant;
use crate::domain::view::title::voucher_no;
use crate::domain::{Business, Claim, Payment};
use crate::say;

/// How many days before the voucher's own the bank may have carried it out: clocks and cut-off times differ.
pub const DAYS_BEFORE: i64 = 2;
/// How many days after the voucher's own the bank may have carried it out.
pub const DAYS_AFTER: i64 = 15;

/// One line of a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Movement {
    /// The row's number as a spreadsheet program shows it.
    pub line: u32,
    /// The bank's day.
    pub on: Date,
    /// How much, never negative.
    pub amount: Money,
    /// True when it left the office's account.
    pub is_out: bool,
    /// The text of the transfer.
    pub content: Text,
    /// The bank's reference.
    pub reference: Text,
    /// The other account, where the bank names it.
    pub account: Text,
    /// The other holder, where the bank names one.
    pub name: Text,
}

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is this voucher, of which the book learns this.
    Fits(Id, PaymentStatus),
    /// It is this voucher, and the book knows it already.
    Known(Id),
    /// It may be this voucher, but these things speak against it.
    Nearly(Id, Vec<Words>),
    /// No voucher is like it.
    Alone,
}

impl Found {
    /// The voucher, where there is one.
    #[must_use]
    pub const fn payment(&self) -> Option<Id> {
        match self {
            Self::Fits(id, _) | Self::Known(id) | Self::Nearly(id, _) => Some(*id),
            Self::Alone => None,
        }
    }
}

/// A statement against the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matching {
    /// What each line is, in the order of the statement.
    pub lines: Vec<(Movement, Found)>,
    /// Vouchers that left the house in the days of the statement and are not on it.
    pub missing: Vec<Id>,
}

impl Matching {
    /// How many lines are what, in one sentence.
    #[must_use]
    pub fn summary(&self) -> Words {
        let count = |wanted: fn(&Found) -> bool| self.lines.iter().filter(|(_, found)| wanted(found)).count();
        let fits = count(|found| matches!(found, Found::Fits(..)));
        let known = count(|found| matches!(found, Found::Known(_)));
        let nearly = count(|found| matches!(found, Found::Nearly(..)));
        let alone = count(|found| matches!(found, Found::Alone));
        let missing = self.missing.len();
        say!(
            "Khớp {fits} · đã ghi {known} · gần khớp {nearly} · chỉ trên sao kê {alone} · không có trên sao kê {missing}",
            "Fits {fits} · known {known} · nearly {nearly} · statement alone {alone} · not on it {missing}"
        )
    }

    /// What the book would learn: the lines that fit.
    #[must_use]
    pub fn to_store(&self) -> Vec<BankLine> {
        let fits = self.lines.iter().filter_map(|(movement, found)| match found {
            Found::Fits(payment, outcome) => Some((movement, *payment, *outcome)),
            Found::Known(_) | Found::Nearly(..) | Found::Alone => None,
        });
        fits.map(|(movement, payment, outcome)| BankLine {
            payment,
            outcome,
            on: movement.on,
            reference: movement.reference.clone(),
            reason: if outcome == PaymentStatus::Returned { movement.content.clone() } else { Text::default() },
        })
        .collect()
    }
}

/// How well a line and a voucher go together. Less is better: first what speaks against it, then what speaks for it,
/// then the days between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Grade {
    against: usize,
    without_number: bool,
    without_account: bool,
    days: i64,
}

/// A line and a voucher that may belong together.
struct Pair {
    grade: Grade,
    line: usize,
    payment: usize,
    against: Vec<Words>,
}

/// A voucher with what a line is compared with.
struct Candidate<'a> {
    payment: &'a Payment,
    amount: Money,
    /// What of its papers a transfer's text may name.
    numbers: Vec<Number>,
    account: String,
    name: String,
    on: Option<Date>,
}

/// Compares a statement with the book.
#[must_use]
pub fn match_statement(book: &Book, movements: Vec<Movement>) -> Matching {
    let candidates: Vec<Candidate<'_>> =
        book.all::<Payment>().iter().filter_map(|payment| Candidate::new(book, payment)).collect();
    let mut found = vec![Found::Alone; movements.len()];
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut pairs = Vec::new();
    for (line, movement) in movements.iter().enumerate() {
        let text = Spaced::of(&[&movement.content, &movement.reference]);
        let known = candidates.iter().position(|candidate| candidate.is_told_by(movement));
        if let Some(known) = known.filter(|known| taken.insert(*known)) {
            found[line] = Found::Known(candidates[known].payment.id);
            continue;
        }
        pairs.extend(candidates.iter().enumerate().filter_map(|(payment, candidate)| {
            let (grade, against) = candidate.grade(movement, &text)?;
            Some(Pair { grade, line, payment, against })
        }));
    }
    pairs.sort_by_key(|pair| (pair.grade, pair.line, pair.payment));
    let mut settled: BTreeSet<usize> = BTreeSet::new();
    for pair in &pairs {
        if found[pair.line] != Found::Alone || taken.contains(&pair.payment) {
            continue;
        }
        let rival = pairs.iter().find(|other| {
            other.grade == pair.grade
                && ((other.line == pair.line && other.payment != pair.payment && !taken.contains(&other.payment))
                    || (other.payment == pair.payment && other.line != pair.line && !settled.contains(&other.line)))
        });
        let candidate = &candidates[pair.payment];
        let mut against = pair.against.clone();
        if let (Some(rival), true) = (rival, against.is_empty()) {
            against.push(undecided(&candidates, &movements, pair, rival));
        }
        found[pair.line] = if against.is_empty() && candidate.comes_in() {
            Found::Known(candidate.payment.id)
        } else if against.is_empty() {
            Found::Fits(candidate.payment.id, candidate.outcome(&movements[pair.line]))
        } else {
            Found::Nearly(candidate.payment.id, against)
        };
        taken.insert(pair.payment);
        settled.insert(pair.line);
    }
    let missing = missing(&movements, &candidates, &taken);
    Matching { lines: movements.into_iter().zip(found).collect(), missing }
}

/// Two that go together equally well: somebody has to say which.
fn undecided(candidates: &[Candidate<'_>], movements: &[Movement], pair: &Pair, rival: &Pair) -> Words {
    if rival.line == pair.line {
        let other = voucher_no(candidates[rival.payment].payment);
        say!("Cũng có thể là chứng từ {other}.", "It may as well be voucher {other}.")
    } else {
        let other = movements[rival.line].line;
        say!("Dòng {other} cũng khớp như vậy.", "Line {other} fits it just as well.")
    }
}

/// What left the house within the days of the statement, or should have, and is on none of its lines.
fn missing(movements: &[Movement], candidates: &[Candidate<'_>], taken: &BTreeSet<usize>) -> Vec<Id> {
    let first = movements.iter().map(|movement| movement.on).min();
    let last = movements.iter().map(|movement| movement.on).max();
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let within = |candidate: &Candidate<'_>| candidate.on.is_some_and(|on| (first..=last).contains(&on));
    let open = candidates.iter().enumerate().filter(|(place, candidate)| {
        !taken.contains(place) && candidate.payment.status.has_left() && !candidate.comes_in() && within(candidate)
    });
    open.map(|(_, candidate)| candidate.payment.id).collect()
}

/// A text as words in small letters without marks.
struct Spaced {
    words: Vec<String>,
    /// The words with one space around each.
    line: String,
}

impl Spaced {
    fn of(texts: &[&Text]) -> Self {
        let mut words = Vec::new();
        for text in texts {
            let folded = fold(text.as_str());
            let parts = folded.split(|letter: char| !letter.is_ascii_alphanumeric());
            words.extend(parts.filter(|word| !word.is_empty()).map(str::to_owned));
        }
        let line = format!(" {} ", words.join(" "));
        Self { words, line }
    }

    /// True when it names the number of a paper: as words of its own, its parts apart or together, or written into a
    /// longer word where letters tell it from chance.
    fn names(&self, number: &Number) -> bool {
        if !number.has_letters {
            return self
                .words
                .windows(number.parts.len())
                .enumerate()
                .any(|(at, window)| window == number.parts.as_slice() && !self.is_part_of_day(at));
        }
        (0..self.words.len()).any(|from| {
            let mut rest = number.joined.as_str();
            for word in &self.words[from..] {
                match rest.strip_prefix(word.as_str()) {
                    Some("") => return true,
                    Some(left) => rest = left,
                    None => break,
                }
            }
            let inside = self.words[from].split_once(number.joined.as_str());
            number.joined.len() >= 6
                && inside.is_some_and(|(_, after)| !after.starts_with(|next: char| next.is_ascii_digit()))
        })
    }

    /// True when the word before this place is one or two digits: `03/07/2026` is a day and no voucher `07/2026`.
    fn is_part_of_day(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.words.get(before));
        before.is_some_and(|word| word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// True when it holds this account as a word of its own.
    fn holds(&self, account: &str) -> bool {
        account.len() >= 6 && self.words.iter().any(|word| word == account)
    }
}

/// The number of a paper, as the text of a transfer may name it.
struct Number {
    parts: Vec<String>,
    joined: String,
    has_letters: bool,
}

impl Number {
    /// None for a number too short to tell anything.
    fn of(written: &str) -> Option<Self> {
        let parts = Spaced::of(&[&Text::new(written)]).words;
        let joined = parts.concat();
        let has_letters = joined.bytes().any(|byte| byte.is_ascii_alphabetic());
        let telling = joined.len() >= 4 && (has_letters || joined.len() >= 6);
        telling.then_some(Self { parts, joined, has_letters })
    }
}

impl<'a> Candidate<'a> {
    /// None for what no line can be: cancelled, reversing another, or without an amount.
    fn new(book: &Book, payment: &'a Payment) -> Option<Self> {
        let whole = payment.amount?;
        if payment.status == PaymentStatus::Cancelled || payment.kind == PaymentKind::Reversal || whole.is_zero() {
            return None;
        }
        let amount = if whole.is_negative() { whole.negated().ok()? } else { whole };
        let claim = book.follow::<Claim>(payment.claim);
        let business = claim.and_then(|claim| book.follow::<Business>(claimant(book, claim).1));
        let file = claim.map(|claim| claim.file_no.clone()).unwrap_or_default();
        let mut numbers = vec![file.to_string(), payment.reference.to_string(), payment.bank_reference.to_string()];
        if let (Some(number), Some(year)) = (payment.voucher_number, payment.voucher_year) {
            numbers.push(format!("{number:02}/{year}"));
            numbers.push(format!("CT{number:02}/{year}"));
        }
        let payee =
            if payment.payee.is_empty() { business.map(|business| &business.name) } else { Some(&payment.payee) };
        Some(Self {
            payment,
            amount,
            numbers: numbers.iter().filter_map(|number| Number::of(number)).collect(),
            account: bare_account(&payment.account),
            name: payee.map(|payee| Spaced::of(&[payee]).line).unwrap_or_default(),
            on: payment.sent_on.or(payment.voucher_on),
        })
    }

    /// Money that came back to the office.
    fn comes_in(&self) -> bool {
        self.payment.kind == PaymentKind::Repayment
    }

    /// True when the book has this very line: its reference and its day.
    fn is_told_by(&self, movement: &Movement) -> bool {
        let payment = self.payment;
        let same_side = movement.is_out != (self.comes_in() || payment.status == PaymentStatus::Returned);
        same_side
            && payment.bank_on == Some(movement.on)
            && payment.bank_reference == movement.reference
            && self.amount == movement.amount
            && (!movement.reference.is_empty() || self.account == bare_account(&movement.account))
    }

    /// What the book learns of the voucher by this line.
    const fn outcome(&self, movement: &Movement) -> PaymentStatus {
        if movement.is_out { PaymentStatus::Credited } else { PaymentStatus::Returned }
    }

    /// How well a line goes with the voucher, and what speaks against it; none when nothing joins the two.
    fn grade(&self, movement: &Movement, text: &Spaced) -> Option<(Grade, Vec<Words>)> {
        let named = self.numbers.iter().any(|number| text.names(number));
        let account = bare_account(&movement.account);
        let told = !account.is_empty() && !self.account.is_empty();
        let same_account = (told && account == self.account) || text.holds(&self.account);
        let holder = Spaced::of(&[&movement.name]);
        let same_name = self.name.len() >= 6 && (holder.line.contains(&self.name) || text.line.contains(&self.name));
        let same_amount = self.amount == movement.amount;
        // The amount with a name, an account or a number; or a number alone, or the account alone.
        let joins = if same_amount { named || same_account || same_name } else { named || same_account };
        if !joins {
            return None;
        }
        let mut against = self.state_against(movement);
        if !same_amount {
            let (line, voucher) = (movement.amount, self.amount);
            against.push(amounts(line, voucher));
        }
        if told && account != self.account {
            against.push(Words::new("Tài khoản nhận khác với chứng từ.", "The account is not the voucher's."));
        }
        if !named && !same_account {
            against.push(Words::new(
                "Nội dung không có số chứng từ hay số hồ sơ, và không rõ tài khoản.",
                "The text names neither voucher nor file, and the account is not told.",
            ));
        }
        let days = self.on.map_or(0, |on| days_until(on, movement.on));
        if movement.is_out && !(-DAYS_BEFORE..=DAYS_AFTER).contains(&days) {
            let (own, bank) = (self.on.map(show_date).unwrap_or_default(), show_date(movement.on));
            against.push(say!(
                "Ngày {bank} cách ngày chứng từ {own} quá xa.",
                "{bank} is too far from the voucher's {own}."
            ));
        }
        let grade =
            Grade { against: against.len(), without_number: !named, without_account: !same_account, days: days.abs() };
        Some((grade, against))
    }

    /// What the state of the voucher has against a line.
    fn state_against(&self, movement: &Movement) -> Vec<Words> {
        use PaymentStatus as Status;
        let status = self.payment.status;
        let fits = match (self.comes_in(), movement.is_out) {
            // What came back is booked by an act of its own, with its reference.
            (true, false) => return Vec::new(),
            (true, true) => false,
            (false, true) if status == Status::Credited && !self.payment.bank_reference.is_empty() => {
                let reference = &self.payment.bank_reference;
                return vec![say!("Đã ghi theo tham chiếu {reference}.", "It is confirmed already, by {reference}.")];
            }
            (false, true) => matches!(status, Status::Signed | Status::Sent | Status::Credited),
            (false, false) => status.has_left() && sounds_returned(&movement.content),
        };
        if fits {
            return Vec::new();
        }
        let state = status.words();
        vec![if movement.is_out {
            say!("Chứng từ {}, sao kê có tiền đi.", "The voucher is {}, the statement has money going out."; state)
        } else if status.has_left() && !self.comes_in() {
            Words::new(
                "Tiền về, nhưng nội dung không nói là trả lại.",
                "Money came in, but its text does not say that it was sent back.",
            )
        } else {
            say!("Chứng từ {}, sao kê có tiền về.", "The voucher is {}, the statement has money coming in."; state)
        }]
    }
}

fn amounts(line: Money, voucher: Money) -> Words {
    let more = line.minus(voucher).unwrap_or(Money::ZERO);
    let size = if more.is_negative() { more.negated().unwrap_or(more) } else { more };
    let said = |lang: Lang| (line.show(lang), voucher.show(lang), size.show(lang));
    let (vi, en) = (said(Lang::Vi), said(Lang::En));
    let (line_vi, own_vi, size_vi) = vi;
    let (line_en, own_en, size_en) = en;
    if more.is_negative() {
        say!(
            "Sao kê {line_vi}, chứng từ {own_vi}: thiếu {size_vi}.",
            "The statement has {line_en}, the voucher {own_en}: {size_en} less."
        )
    } else {
        say!(
            "Sao kê {line_vi}, chứng từ {own_vi}: thừa {size_vi}.",
            "The statement has {line_en}, the voucher {own_en}: {size_en} more."
        )
    }
}

/// True when the text of a transfer says that money came back.
fn sounds_returned(content: &Text) -> bool {
    let text = Spaced::of(&[content]);
    ["hoan tra", "tra lai", "hoan lai", "bi tra", "tu choi", "return", "returned", "reject", "rejected", "refund"]
        .iter()
        .any(|word| text.line.contains(&format!(" {word} ")))
}

/// Letters and digits of an account.
fn bare_account(account: &Text) -> String {
    account.as_str().chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}
