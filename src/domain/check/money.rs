//! The laws of money: of a claim, of what has to come back, of what is carried over, of numbers.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::base::dates::{Date, show_date};
use crate::base::ids::Id;
use crate::base::money::{Money, MoneyFault};
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::book::Book;
use crate::domain::check::Breach;
use crate::domain::claim::ClaimStatus;
use crate::domain::payment::{PaymentKind, PaymentStatus};
use crate::domain::person::same_person;
use crate::domain::record::Kind;
use crate::domain::recovery::RecoveryStatus;
use crate::domain::view::money::{paid_net, repaid, to_come_back};
use crate::domain::{BudgetLine, Claim, Payment, PaymentList, Recovery};
use crate::say;

/// What is due is at most what was decided, and that at most what the frozen calculation says; what was paid is at most
/// what is due and what has to come back; before acceptance only advances are paid; whoever approved is neither proposer
/// nor appraiser.
pub(super) fn claim_law(book: &Book, claim: &Claim, breaches: &mut Vec<Breach>) {
    let subject = (Kind::Claim, claim.id);
    let mut breach = |law, words| breaches.push(Breach { law, words, subject });
    let grant = claim.grant.unwrap_or(Money::ZERO);
    let above = |most: Money, given: Money| most.minor < given.minor;
    if let Some(calculation) = claim.calculation.as_ref().filter(|found| above(found.grant, grant)) {
        let (grant, most) = (grant.show(Lang::Vi), calculation.grant.show(Lang::Vi));
        breach(
            "grant-above-calculation",
            say!("Số tiền {grant} vượt mức tính được {most}.", "{grant} is above the calculated {most}."),
        );
    }
    let proved = claim.final_calculation.as_ref().map_or(grant, |found| found.grant);
    if let Some(due) = claim.final_grant.filter(|due| above(grant, *due) || above(proved, *due) || due.is_negative()) {
        let (due, grant) = (due.show(Lang::Vi), grant.show(Lang::Vi));
        breach(
            "due-above-decided",
            say!(
                "Quyết toán {due} vượt quyết định {grant} hoặc mức nghiệm thu.",
                "{due} is due, {grant} was decided or less was proved."
            ),
        );
    }
    if claim.status.binds_money() {
        decided_laws(claim, &mut breach);
    }
    if let Err(fault) = paid_law(book, claim, &mut breach) {
        breach("money-fault", fault.words());
    }
}

fn decided_laws(claim: &Claim, breach: &mut impl FnMut(&'static str, Words)) {
    if claim.budget.is_none() || claim.calculation.is_none() {
        breach(
            "decision-incomplete",
            say!(
                "Hồ sơ đã quyết định phải có nguồn kinh phí và bảng tính.",
                "A decided claim needs its budget line and its calculation."
            ),
        );
    }
    let approvers = claim.supplements.iter().map(|later| &later.by).chain([&claim.decided_by]);
    for who in approvers {
        if claim.was_prepared_by(who) {
            breach(
                "four-eyes",
                say!(
                    "{who} đã đề nghị hoặc thẩm định nên không được duyệt.",
                    "{who} proposed or appraised it and may not approve it."
                ),
            );
        }
    }
    let chained = claim.supplements.windows(2).all(|pair| pair[0].after == pair[1].before);
    if !chained || claim.supplements.last().is_some_and(|last| Some(last.after) != claim.grant) {
        breach(
            "supplements-broken",
            say!(
                "Các quyết định bổ sung không nối tiếp nhau tới số đang có.",
                "The supplementary decisions do not lead to the present amount."
            ),
        );
    }
}

fn paid_law(book: &Book, claim: &Claim, breach: &mut impl FnMut(&'static str, Words)) -> Result<(), MoneyFault> {
    let paid = paid_net(book, claim.id)?;
    let most = claim.due().plus(to_come_back(book, claim.id)?)?;
    if paid.is_negative() || (paid.minor > 0 && (paid.minor > most.minor || !claim.status.binds_money())) {
        let (paid, most) = (paid.show(Lang::Vi), most.show(Lang::Vi));
        breach("paid-above-decided", say!("Đã chi {paid}, quyết định {most}.", "{paid} is paid, {most} was decided."));
    }
    let only_advances = book
        .pointing::<Payment>(claim.id)
        .filter(|payment| payment.status.is_alive())
        .all(|payment| matches!(payment.kind, PaymentKind::Advance | PaymentKind::Reversal | PaymentKind::Repayment));
    let early = match claim.status {
        ClaimStatus::Decided => paid.minor > 0,
        ClaimStatus::Advanced => !only_advances,
        _ => false,
    };
    if early {
        breach(
            "paid-not-accepted",
            say!("Hồ sơ chưa nghiệm thu mà đã có chứng từ chi.", "The claim has vouchers and is not accepted yet."),
        );
    }
    Ok(())
}

/// A voucher is of the year of its day, and what was cancelled has not left.
pub(super) fn payment_law(book: &Book, id: Id, breaches: &mut Vec<Breach>) {
    let Some(payment) = book.get::<Payment>(id) else { return };
    let mut breach = |law, words| breaches.push(Breach { law, words, subject: (Kind::Payment, id) });
    if payment.status == PaymentStatus::Cancelled && payment.sent_on.is_some() {
        breach(
            "left-and-cancelled",
            say!("Chứng từ đã chi tiền thì không hủy được.", "A voucher whose money has left is not cancelled."),
        );
    }
    if let (Some(day), Some(year)) = (payment.voucher_on, payment.voucher_year)
        && i64::from(day.year()) != year
    {
        let day = show_date(day);
        breach(
            "voucher-year",
            say!("Chứng từ ngày {day} ghi năm {year}.", "The voucher of {day} is numbered in {year}."),
        );
    }
}

/// What came back is at most what was asked, the state says how far it has come, the instalments come to the whole, and
/// nobody writes off what he opened.
pub(super) fn recovery_law(book: &Book, recovery: &Recovery, breaches: &mut Vec<Breach>) {
    let subject = (Kind::Recovery, recovery.id);
    let mut breach = |law, words| breaches.push(Breach { law, words, subject });
    let whole = recovery.amount.unwrap_or(Money::ZERO);
    let came = match repaid(book, recovery.id) {
        Ok(came) => came,
        Err(fault) => return breach("money-fault", fault.words()),
    };
    let (shown, asked) = (came.show(Lang::Vi), whole.show(Lang::Vi));
    if came.is_negative() || came.minor > whole.minor {
        breach("repaid-above", say!("Đã thu {shown}, phải thu {asked}.", "{shown} came back, {asked} was asked."));
    }
    let fits = match recovery.status {
        RecoveryStatus::Open => came.is_zero(),
        RecoveryStatus::Partly => came.minor > 0 && came.minor < whole.minor,
        RecoveryStatus::Settled => came == whole,
        RecoveryStatus::Disputed | RecoveryStatus::WrittenOff => came.minor < whole.minor,
    };
    if !fits {
        let status = crate::domain::field::Chosen::words(recovery.status);
        breach(
            "recovery-state",
            say!("Đã thu {shown} của {asked} mà ghi “{}”.", "{shown} of {asked} came back, yet it is “{}”."; status),
        );
    }
    let planned = Money::sum(recovery.instalments.iter().map(|instalment| instalment.amount));
    if !recovery.instalments.is_empty() && planned != Ok(whole) {
        breach("plan-wrong", say!("Các kỳ không cộng thành {asked}.", "The instalments do not come to {asked}."));
    }
    if same_person(&recovery.written_off_by, &recovery.opened_by) {
        let who = &recovery.opened_by;
        breach("four-eyes", say!("{who} lập rồi tự xóa nợ.", "{who} opened it and wrote it off."));
    }
}

/// What one line gave to another is what the other got.
pub(super) fn carry_law(book: &Book, breaches: &mut Vec<Breach>) {
    let mut carried: BTreeMap<(Id, Id), i128> = BTreeMap::new();
    for line in book.all::<BudgetLine>().iter() {
        for adjustment in &line.adjustments {
            let Some(other) = adjustment.carried else { continue };
            let pair = (line.id.min(other), line.id.max(other));
            *carried.entry(pair).or_default() += i128::from(adjustment.amount.minor);
        }
    }
    for ((line, _), _) in carried.into_iter().filter(|(_, sum)| *sum != 0) {
        breaches.push(Breach {
            law: "carry-broken",
            words: say!(
                "Số chuyển nguồn đi và đến không bằng nhau.",
                "What was carried over from one line did not reach the other."
            ),
            subject: (Kind::BudgetLine, line),
        });
    }
}

/// Numbers of decisions, vouchers and lists run from 1 without gaps within their year, each used once. A decision may be
/// about several claims; then it has one day and one signer.
pub(super) fn number_laws(book: &Book, breaches: &mut Vec<Breach>) {
    let mut decisions: BTreeMap<i64, Vec<(i64, Id)>> = BTreeMap::new();
    let mut made: BTreeMap<(i64, i64), (Date, &Text)> = BTreeMap::new();
    for claim in book.all::<Claim>().iter() {
        if let (Some(number), Some(day)) = (claim.decision_number, claim.decided_on) {
            let year = i64::from(day.year());
            let first = *made.entry((year, number)).or_insert_with(|| {
                decisions.entry(year).or_default().push((number, claim.id));
                (day, &claim.decided_by)
            });
            if first != (day, &claim.decided_by) {
                breaches.push(Breach {
                    law: "number-twice",
                    words: say!(
                        "Số quyết định {number} năm {year} là của quyết định khác.",
                        "Decision number {number} of {year} is another decision's."
                    ),
                    subject: (Kind::Claim, claim.id),
                });
            }
        }
        for later in &claim.supplements {
            let year = later.on.map_or(0, |day| i64::from(day.year()));
            decisions.entry(year).or_default().push((later.number, claim.id));
        }
    }
    gaps(Kind::Claim, decisions, breaches);
    let mut vouchers: BTreeMap<i64, Vec<(i64, Id)>> = BTreeMap::new();
    for payment in book.all::<Payment>().iter() {
        if let (Some(number), Some(year)) = (payment.voucher_number, payment.voucher_year) {
            vouchers.entry(year).or_default().push((number, payment.id));
        }
    }
    gaps(Kind::Payment, vouchers, breaches);
    let mut lists: BTreeMap<i64, Vec<(i64, Id)>> = BTreeMap::new();
    for list in book.all::<PaymentList>().iter() {
        if let (Some(number), Some(year)) = (list.number, list.year) {
            lists.entry(year).or_default().push((number, list.id));
        }
    }
    gaps(Kind::PaymentList, lists, breaches);
}

fn gaps(kind: Kind, numbers: BTreeMap<i64, Vec<(i64, Id)>>, breaches: &mut Vec<Breach>) {
    for (year, mut used) in numbers {
        used.sort_unstable();
        let wrong = used.iter().zip(1_i64..).find(|((number, _), expected)| number != expected);
        if let Some(((number, id), expected)) = wrong {
            let what = match kind {
                Kind::Claim => Words::new("Số quyết định", "Decision number"),
                Kind::PaymentList => Words::new("Số bảng kê", "List number"),
                _ => Words::new("Số chứng từ", "Voucher number"),
            };
            breaches.push(Breach {
                law: "number-gap",
                words: say!(
                    "{} năm {year}: có {number} ở chỗ phải là {expected}.",
                    "{} of {year}: {number} stands where {expected} should.";
                    what
                ),
                subject: (kind, *id),
            });
        }
    }
}
