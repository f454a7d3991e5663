//! A payment list of a thousand: prepared with every check of every claim, signed and sent as one, printed, and the ledger of
//! it written.

use std::collections::BTreeMap;

use hoicho::base::ids::Id;
use hoicho::base::text::Text;
use hoicho::base::words::Lang;
use hoicho::domain::decide::decide;
use hoicho::domain::env::Env;
use hoicho::domain::intent::Intent;
use hoicho::domain::record::Kind;
use hoicho::domain::showing::Mask;
use hoicho::domain::{Claim, PaymentList};
use hoicho::exchange::print::form::{Form, Format, print};
use hoicho::exchange::print::gather::Subject;
use hoicho::exchange::write_ledger::write_ledger;

use crate::measure::{Samples, plain, show};
use crate::supply;

const VOUCHERS: usize = 1_000;

pub fn run() {
    let (_engine, book) = supply::in_memory(&supply::claimed(VOUCHERS));
    let claims: Vec<Id> = book.all::<Claim>().iter().map(|claim| claim.id).collect();
    let env = |who: &str, salt: u8| Env::new(supply::now(), Text::new(who), [salt; 32]);
    let pay = Intent::PayList { claims, on: None, title: Text::new("Đợt 1") };
    let prepare = || decide(&book, &pay, &env("Đặng Hà", 1), book.seq + 1).expect("the claims are accepted").next;
    let prepared = prepare();
    plain("a payment list of 1,000 prepared", "—", &show(Samples::take(5, |_| prepare()).median()));
    let list = prepared.all::<PaymentList>().iter().next().expect("it was prepared").id;
    let step =
        |to: &str| Intent::Step { kind: Kind::PaymentList, id: list, to: Text::new(to), reason: Text::default() };
    let signed_env = env("Trần Nam", 2).signed(Some(Text::new("Trần Nam")));
    let sign = || decide(&prepared, &step("signed"), &signed_env, prepared.seq + 1).expect("somebody else signs").next;
    let signed = sign();
    plain("the list signed", "—", &show(Samples::take(5, |_| sign()).median()));
    let send = || decide(&signed, &step("sent"), &env("Đặng Hà", 3), signed.seq + 1).expect("it is signed").next;
    let sent = send();
    plain("the list sent, each claim paid", "—", &show(Samples::take(5, |_| send()).median()));
    let form = Form::named("payments").expect("it is shipped");
    let subject =
        Subject { book: &sent, kind: Kind::PaymentList, ids: &[list], today: supply::now().date(), mask: Mask::Whole };
    let pages = || print(form.text(Lang::Vi), &subject, Lang::Vi, Format::Pdf).expect("it prints");
    plain("the list as pages (PDF)", "—", &show(Samples::take(5, |_| pages().len()).median()));
    let ledger = || write_ledger(&sent, Lang::Vi).expect("it adds up");
    plain("the ledger of the book", "—", &show(Samples::take(5, |_| ledger().len()).median()));
    let by_state = sent.all::<Claim>().iter().fold(BTreeMap::new(), |mut states: BTreeMap<_, usize>, claim| {
        *states.entry(claim.status).or_default() += 1;
        states
    });
    assert_eq!(by_state.into_values().collect::<Vec<_>>(), [VOUCHERS], "all of them are paid");
}
