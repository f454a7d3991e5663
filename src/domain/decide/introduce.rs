//! Businesses introduced to a buyer, and what both sides say to it.

use std::sync::Arc;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::business::BusinessStatus;
use crate::domain::change::Change;
use crate::domain::decide::Desk;
use crate::domain::decide::lead::step_and_day;
use crate::domain::decide::record::find;
use crate::domain::field::Chosen as _;
use crate::domain::lead::{Answer, Lead, LeadStage, Side};
use crate::domain::matching::{knows, request_of};
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::view::title::title;
use crate::say;

/// Each business gets a lead of its own with the request's buyer; both sides are yet to answer. Whoever knows the buyer for
/// these goods already is refused, and nobody of the others is introduced either.
pub(super) fn introduce(
    desk: &mut Desk<'_>,
    request: Id,
    businesses: &[Id],
    (next_step, due_on): (&Text, Option<Date>),
) -> Result<Words, Refusal> {
    find(desk, Kind::Lead, request)?;
    let Some(found) = desk.book.get::<Lead>(request) else { return Ok(Words::default()) };
    let request = request_of(&desk.book, found).clone();
    if businesses.is_empty() {
        return Err(Refusal::new(
            "nobody-to-introduce",
            say!("Chưa chọn doanh nghiệp nào để giới thiệu.", "No business is chosen to be introduced."),
            say!("Chọn ít nhất một doanh nghiệp.", "Choose one at least."),
        )
        .at("businesses"));
    }
    if !request.stage.is_open() {
        let stage = request.stage.words();
        return refuse(
            "lead-over",
            say!("Đầu mối này {}.", "This lead is {}."; stage),
            say!("Mở lại bằng chuyển bước trước.", "Open it again by a step first."),
        );
    }
    step_and_day(next_step, due_on)?;
    for business in businesses {
        may_be_introduced(desk, &request, *business)?;
        let lead = Lead {
            id: desk.env.new_id(),
            business: Some(*business),
            partner: request.partner,
            fair: request.fair,
            contact: request.contact,
            interest: request.interest.clone(),
            volume: request.volume.clone(),
            product_set: request.product_set.clone(),
            request: Some(request.id),
            seller_answer: Answer::Pending,
            buyer_answer: Answer::Pending,
            next_step: next_step.clone(),
            due_on,
            owner: desk.env.who.clone(),
            sample: request.sample,
            ..Lead::default()
        };
        desk.push(Change::added(Record::Lead(Arc::new(lead))));
    }
    let count = businesses.len();
    let partner = |lang| request.partner.map(|id| title(&desk.book, Kind::Partner, id, lang)).unwrap_or_default();
    let (vi, en) = (partner(Lang::Vi), partner(Lang::En));
    Ok(say!("Giới thiệu {count} đơn vị cho {vi}", "Introduced {count} businesses to {en}"))
}

fn may_be_introduced(desk: &Desk<'_>, request: &Lead, business: Id) -> Result<(), Refusal> {
    let Record::Business(firm) = find(desk, Kind::Business, business)? else { return Ok(()) };
    let name = firm.name.clone();
    if firm.status != BusinessStatus::Active {
        let status = firm.status.words();
        return Err(Refusal::new(
            "business-not-active",
            Words { vi: format!("{name} {}.", status.vi).into(), en: format!("{name} is {}.", status.en).into() },
            say!("Chọn đơn vị khác.", "Choose another business."),
        )
        .at("businesses"));
    }
    let known =
        desk.book.pointing::<Lead>(business).find(|lead| knows(lead, request) && lead.business == Some(business));
    if known.is_none() && request.business != Some(business) {
        return Ok(());
    }
    let since = known.map_or(request.id, |lead| lead.id).made_at().date();
    let since = crate::base::dates::show_date(since);
    Err(Refusal::new(
        "introduced-already",
        say!(
            "{name} và bên mua này đã biết nhau về mặt hàng này từ {since}.",
            "{name} and this buyer have known each other for these goods since {since}."
        ),
        say!("Bỏ đơn vị đó, hoặc theo tiếp đầu mối đã có.", "Leave it out, or go on with the lead that is there."),
    )
    .at("businesses"))
}

/// The answer is kept with its day. Both agreeing is a contact made; one declining ends the lead, until it says otherwise.
pub(super) fn answer(
    desk: &mut Desk<'_>,
    id: Id,
    side: Side,
    answer: Answer,
    (on, reason): (Option<Date>, &Text),
) -> Result<Words, Refusal> {
    let before = find(desk, Kind::Lead, id)?;
    let Record::Lead(found) = &before else { return Ok(Words::default()) };
    if found.request.is_none() {
        return refuse(
            "not-introduced",
            say!("Đầu mối này không do giới thiệu mà có.", "This lead does not come from an introduction."),
            say!("Dùng chuyển bước của đầu mối.", "Use the steps of the lead."),
        );
    }
    if answer == Answer::NotAsked {
        return Err(Refusal::new(
            "answer-missing",
            say!("Chưa ghi câu trả lời.", "The answer is missing."),
            say!("Chọn đồng ý, từ chối hoặc chờ trả lời.", "Choose accepted, declined or pending."),
        )
        .at("answer"));
    }
    let day = on.unwrap_or_else(|| desk.env.today());
    if day > desk.env.today() {
        return Err(Refusal::new(
            "day-ahead",
            say!("Ngày trả lời còn ở phía trước.", "The day of the answer is still to come."),
            say!("Ghi ngày đã trả lời.", "Write the day on which it was given."),
        )
        .at("on"));
    }
    let mut lead = found.as_ref().clone();
    let day = (answer != Answer::Pending).then_some(day);
    match side {
        Side::Seller => (lead.seller_answer, lead.seller_answered_on) = (answer, day),
        Side::Buyer => (lead.buyer_answer, lead.buyer_answered_on) = (answer, day),
    }
    let answers = [lead.seller_answer, lead.buyer_answer];
    let early = matches!(lead.stage, LeadStage::New | LeadStage::Lost);
    if answers.contains(&Answer::Declined) {
        if early || lead.stage == LeadStage::Contacted {
            lead.stage = LeadStage::Lost;
            lead.reason = reason.clone();
        }
    } else if early && (lead.stage == LeadStage::Lost || answers == [Answer::Accepted; 2]) {
        lead.stage = LeadStage::Contacted;
        lead.reason = Text::default();
    }
    desk.push(Change::edited(before, Record::Lead(Arc::new(lead))));
    let (side, answer) = (side.words(), answer.words());
    let (vi, en) = (title(&desk.book, Kind::Lead, id, Lang::Vi), title(&desk.book, Kind::Lead, id, Lang::En));
    Ok(Words {
        vi: format!("Trả lời giới thiệu, {} {}: {vi}", side.vi, answer.vi).into(),
        en: format!("Answer to an introduction, {} {}: {en}", side.en, answer.en).into(),
    })
}
