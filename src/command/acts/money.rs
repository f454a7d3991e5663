//! What the money commands do: the forms they open and the intents these come to.

use super::{ask, link, rate, subject, text};
use crate::base::dates::read_date;
use crate::base::ids::Id;
use crate::base::money::{BasisPoints, Currency, Money};
use crate::base::text::Text;
use crate::base::words::Words;
use crate::command::form::{Answers, Form};
use crate::command::{Act, FileUse, Here};
use crate::domain::field::{Chosen, Held, Value};
use crate::domain::intent::Intent;
use crate::domain::record::Kind;
use crate::domain::recovery::{Instalment, RecoveryCause};
use crate::domain::refusal::Refusal;
use crate::domain::terms::{later, terms_of};
use crate::domain::view::doctor::findings;
use crate::domain::view::money::next_instalment;
use crate::domain::view::transfer::transfer_of;
use crate::domain::{BudgetLine, Claim, Evidence, Fair, Payment, Recovery, Registration};
use crate::say;

/// What all of them have, where they have one and the same.
fn common(mut all: impl Iterator<Item = Option<Id>>) -> Option<Id> {
    let first = all.next().flatten()?;
    all.all(|other| other == Some(first)).then_some(first)
}

pub(in crate::command) fn claim(here: &Here<'_>) -> Result<Act, Words> {
    let fairs = here
        .chosen(Kind::Registration)?
        .iter()
        .map(|id| here.book.get::<Registration>(*id).and_then(|registration| registration.fair));
    // Registrations of several fairs each take the scheme of their own.
    let fair = common(fairs).and_then(|fair| here.book.get::<Fair>(fair));
    let given = |link: Option<Id>| link.map_or(Value::Empty, Value::Link);
    let defaults =
        [("scheme", given(fair.and_then(|fair| fair.scheme))), ("budget", given(fair.and_then(|fair| fair.budget)))];
    ask(here, "registration-claim", Kind::Registration, claim_intent, &defaults)
}

/// A cost beside the rent, of an item that the claim's scheme has.
pub(in crate::command) fn expense(here: &Here<'_>) -> Result<Act, Words> {
    super::writable(here)?;
    let claim = here.one(Kind::Claim)?;
    let mut form = Form::add(Kind::Expense, None);
    form.fill("claim", Value::Link(claim));
    Ok(Act::Ask(Box::new(form)))
}

fn claim_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let scheme = answers.get("scheme").as_link();
    let fields = answers.all().into_iter().filter(|(key, value)| key != "scheme" && !value.is_empty()).collect();
    Ok(Intent::Claim { registrations: here.chosen.to_vec(), scheme, fields })
}

pub(in crate::command) fn decide(here: &Here<'_>) -> Result<Act, Words> {
    let lines = here.chosen(Kind::Claim)?.iter().map(|id| here.book.get::<Claim>(*id).and_then(|claim| claim.budget));
    let budget = common(lines).map_or(Value::Empty, Value::Link);
    ask(here, "claim-decide", Kind::Claim, decide_intent, &[("budget", budget), ("on", Value::Date(here.today))])
}

fn decide_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    Ok(Intent::Decide {
        claims: here.chosen.to_vec(),
        budget: link(answers, "budget")?,
        on: answers.get("on").as_date(),
    })
}

pub(in crate::command) fn pay(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "claim-pay", Kind::Claim, pay_intent, &[("on", Value::Date(here.today))])
}

fn pay_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    Ok(Intent::Pay { claims: here.chosen.to_vec(), on: answers.get("on").as_date() })
}

pub(in crate::command) fn reverse(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "payment-reverse", Kind::Payment, reverse_intent, &[])
}

fn reverse_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, payment) = subject(here)?;
    Ok(Intent::Reverse { payment, reason: text(answers, "reason") })
}

pub(in crate::command) fn adjust(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "budget-adjust", Kind::BudgetLine, adjust_intent, &[("on", Value::Date(here.today))])
}

fn adjust_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, budget) = subject(here)?;
    Ok(Intent::Adjust {
        budget,
        amount: answers.get("amount").as_money().unwrap_or_default(),
        lower: answers.get("lower") == Value::Flag(true),
        decision_no: text(answers, "decision_no"),
        on: answers.get("on").as_date(),
        reason: text(answers, "reason"),
    })
}

pub(in crate::command) fn accept(here: &Here<'_>) -> Result<Act, Words> {
    // Many are accepted as they were claimed; what was proved otherwise is said of one.
    let claim = match here.chosen(Kind::Claim)? {
        [one] => here.book.get::<Claim>(*one),
        _ => None,
    };
    let money = |amount: Option<Money>| amount.to_value();
    let given = [
        ("cost", money(claim.and_then(|claim| claim.cost))),
        ("vat", money(claim.and_then(|claim| claim.vat))),
        ("on", Value::Date(here.today)),
    ];
    ask(here, "claim-accept", Kind::Claim, accept_intent, &given)
}

fn accept_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let money = |key: &str| answers.get(key).as_money();
    Ok(Intent::Accept {
        claims: here.chosen.to_vec(),
        cost: money("cost"),
        vat: money("vat"),
        other_public: money("other_public"),
        on: answers.get("on").as_date(),
    })
}

pub(in crate::command) fn supplement(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "claim-supplement", Kind::Claim, supplement_intent, &[("on", Value::Date(here.today))])
}

fn supplement_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, claim) = subject(here)?;
    let money = |key: &str| answers.get(key).as_money();
    Ok(Intent::Supplement {
        claim,
        grant: money("grant"),
        cost: money("cost"),
        vat: money("vat"),
        other_public: money("other_public"),
        on: answers.get("on").as_date(),
        reason: text(answers, "reason"),
    })
}

pub(in crate::command) fn advance(here: &Here<'_>) -> Result<Act, Words> {
    let id = here.first(Kind::Claim)?;
    let most = here.book.get::<Claim>(id).map(|claim| terms_of(here.book, claim).advance_most);
    let given = [("share", most.to_value()), ("on", Value::Date(here.today))];
    ask(here, "claim-advance", Kind::Claim, advance_intent, &given)
}

fn advance_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let share: Option<BasisPoints> = rate(answers, "share");
    Ok(Intent::Advance { claims: here.chosen.to_vec(), share, on: answers.get("on").as_date() })
}

pub(in crate::command) fn pay_list(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "claim-list", Kind::Claim, pay_list_intent, &[("on", Value::Date(here.today))])
}

fn pay_list_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    Ok(Intent::PayList { claims: here.chosen.to_vec(), on: answers.get("on").as_date(), title: text(answers, "title") })
}

pub(in crate::command) fn answer(here: &Here<'_>) -> Result<Act, Words> {
    let id = here.one(Kind::Claim)?;
    let open = here.book.get::<Claim>(id).and_then(|claim| {
        findings(here.book, claim, here.today).into_iter().find(crate::domain::view::doctor::Finding::is_open)
    });
    let Some(first) = open else {
        return Err(Words::new("Hồ sơ không có điểm nào chặn lại.", "Nothing stops this claim."));
    };
    let given = [("finding", Value::Text(Text::new(first.code)))];
    ask(here, "claim-answer", Kind::Claim, answer_intent, &given)
}

fn answer_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, claim) = subject(here)?;
    Ok(Intent::Override { claim, finding: text(answers, "finding"), reason: text(answers, "reason") })
}

pub(in crate::command) fn recover(here: &Here<'_>) -> Result<Act, Words> {
    let given = [("due_on", Value::Date(later(here.today, 30)))];
    ask(here, "claim-recover", Kind::Claim, recover_intent, &given)
}

fn recover_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, claim) = subject(here)?;
    Ok(Intent::Recover {
        claim,
        amount: answers.get("amount").as_money().unwrap_or_default(),
        cause: RecoveryCause::from_key(answers.get("cause").as_text()).unwrap_or(RecoveryCause::Other),
        decision_no: text(answers, "decision_no"),
        due_on: answers.get("due_on").as_date(),
    })
}

pub(in crate::command) fn repay(here: &Here<'_>) -> Result<Act, Words> {
    let id = here.one(Kind::Recovery)?;
    let next = here.book.get::<Recovery>(id).and_then(|recovery| next_instalment(here.book, recovery).ok().flatten());
    let given = [("amount", next.map(|next| next.amount).to_value()), ("on", Value::Date(here.today))];
    ask(here, "recovery-repay", Kind::Recovery, repay_intent, &given)
}

fn repay_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, recovery) = subject(here)?;
    Ok(Intent::Repay {
        recovery,
        amount: answers.get("amount").as_money().unwrap_or_default(),
        on: answers.get("on").as_date(),
        reference: text(answers, "reference"),
    })
}

pub(in crate::command) fn plan(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "recovery-plan", Kind::Recovery, plan_intent, &[])
}

fn plan_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, recovery) = subject(here)?;
    Ok(Intent::Instalments { recovery, instalments: read_plan(text(answers, "instalments").as_str())? })
}

/// Reads `01/03/2026 200000; 01/04/2026 150000`.
fn read_plan(written: &str) -> Result<Vec<Instalment>, Refusal> {
    let read = |piece: &str| -> Option<Instalment> {
        let (day, amount) = piece.split_once(' ')?;
        let amount = Money::read(amount, Currency::VND).ok().filter(|amount| amount.minor > 0)?;
        Some(Instalment { amount, due_on: read_date(day).ok()? })
    };
    let pieces = written.split(';').map(str::trim).filter(|piece| !piece.is_empty());
    let read = pieces.map(|piece| {
        read(piece).ok_or_else(|| {
            Refusal::new(
                "plan-unreadable",
                say!("“{piece}” không phải là ngày và số tiền.", "“{piece}” is no day and amount."),
                say!("Ghi như 01/03/2026 200000; 01/04/2026 150000.", "Write 01/03/2026 200000; 01/04/2026 150000."),
            )
            .at("instalments")
        })
    });
    read.collect()
}

pub(in crate::command) fn carry_over(here: &Here<'_>) -> Result<Act, Words> {
    let id = here.one(Kind::BudgetLine)?;
    let next = here.book.get::<BudgetLine>(id).and_then(|line| line.fiscal_year).map(|year| year + 1);
    let to = here.book.all::<BudgetLine>().iter().find(|line| next.is_some() && line.fiscal_year == next);
    let given = [("to", to.map(|line| line.id).to_value()), ("on", Value::Date(here.today))];
    ask(here, "budget-carry", Kind::BudgetLine, carry_intent, &given)
}

fn carry_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, from) = subject(here)?;
    Ok(Intent::CarryOver {
        from,
        to: link(answers, "to")?,
        decision_no: text(answers, "decision_no"),
        on: answers.get("on").as_date(),
    })
}

pub(in crate::command) fn match_statement(here: &Here<'_>) -> Result<Act, Words> {
    super::writable(here)?;
    Ok(Act::File(FileUse::Statement))
}

pub(in crate::command) fn attach(here: &Here<'_>) -> Result<Act, Words> {
    super::writable(here)?;
    Ok(Act::File(FileUse::Scan(here.one(Kind::Evidence)?)))
}

/// The scans of the chosen papers, or of all papers of the chosen claims, are what was handed in, or not.
pub(in crate::command) fn scans(here: &Here<'_>) -> Result<Act, Words> {
    let kind = super::kind_here(here)?;
    let chosen = here.chosen(kind)?.iter();
    let papers: Vec<Id> = match kind {
        Kind::Claim => chosen.flat_map(|claim| here.book.pointing_ids(Kind::Evidence, *claim)).collect(),
        _ => chosen.copied().collect(),
    };
    let has_scan = |id: &Id| here.book.get::<Evidence>(*id).is_some_and(|paper| !paper.sha256.is_empty());
    let scans: Vec<Id> = papers.into_iter().filter(has_scan).collect();
    if scans.is_empty() {
        return Err(Words::new("Chưa gắn tệp quét nào ở đây.", "No scan is attached here yet."));
    }
    Ok(Act::File(FileUse::Scans(scans)))
}

/// A code asks somebody to send money: what is sent already, or cannot be, has none.
pub(in crate::command) fn code(here: &Here<'_>) -> Result<Act, Words> {
    let id = here.one(Kind::Payment)?;
    let payment = here.book.get::<Payment>(id);
    let made = payment.map(transfer_of).transpose();
    made.map_err(|refusal| refusal.words())?;
    Ok(Act::Code(id))
}

pub(in crate::command) fn print(here: &Here<'_>) -> Result<Act, Words> {
    let kind = super::kind_here(here)?;
    Ok(Act::Print(kind, here.chosen(kind)?.to_vec()))
}

pub(in crate::command) fn passphrase(here: &Here<'_>) -> Result<Act, Words> {
    ask(here, "person-passphrase", Kind::Person, passphrase_intent, &[])
}

/// The hash is made where the passphrase is verified; here only the person is known.
fn passphrase_intent(here: &Here<'_>, answers: &Answers<'_>) -> Result<Intent, Refusal> {
    let (_, person) = subject(here)?;
    if answers.get("passphrase_new") != answers.get("passphrase_again") {
        return Err(Refusal::new(
            "passphrase-differs",
            say!("Hai lần gõ khác nhau.", "The two are not the same."),
            say!("Gõ lại mật khẩu mới.", "Type the new passphrase again."),
        )
        .at("passphrase_again"));
    }
    Ok(Intent::Passphrase { person, hash: Text::default() })
}

pub(in crate::command) fn try_scheme(here: &Here<'_>) -> Result<Act, Words> {
    let id = here.one(Kind::Scheme)?;
    if here.book.count(Kind::Claim) == 0 {
        return Err(Words::new("Chưa có hồ sơ nào để thử.", "There is no claim to try it on yet."));
    }
    Ok(Act::TryScheme(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instalments_are_read_as_amounts_are() {
        let amounts = |written: &str| -> Result<Vec<i64>, &'static str> {
            let plan = read_plan(written).map_err(|refusal| refusal.code)?;
            Ok(plan.iter().map(|one| one.amount.minor).collect())
        };
        assert_eq!(amounts("01/03/2026 200.000; 01/04/2026 150000 đ;"), Ok(vec![200_000, 150_000]));
        for written in ["01/03/2026 200.000,50", "01/03/2026 -5", "01/03/2026 0", "01/03/2026 2 3", "01/03/2026", "5 5"]
        {
            assert_eq!(amounts(written), Err("plan-unreadable"), "{written}");
        }
    }
}
