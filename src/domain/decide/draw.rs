//! The public draw, stage by stage: rules published, secrets promised, list frozen, secrets shown, drawn, placed.

use std::sync::Arc;

use crate::base::dates::{Date, show_date};
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::change::Change;
use crate::domain::decide::{Desk, booth};
use crate::domain::draw::{DrawMode, DrawStatus, TicketRule};
use crate::domain::field::Chosen;
use crate::domain::intent::DrawAct;
use crate::domain::placing::columns::Columns;
use crate::domain::placing::draw::{
    Entrant, MOST_TICKETS, Minutes, Party, canonical, check_list, check_secret, is_hash, rules_hash, sha256,
};
use crate::domain::placing::{Firm, Problem, Rect, Spot, Standing};
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::view::title::{reference, title};
use crate::domain::{Booth, Draw, Fair, Placement, Registration};
use crate::say;

pub(super) fn act(desk: &mut Desk<'_>, id: Id, act: &DrawAct) -> Result<Words, Refusal> {
    let before = desk.book.get::<Draw>(id).cloned().ok_or_else(|| booth::gone(Kind::Draw))?;
    let mut draw = before.clone();
    let said = match act {
        DrawAct::Publish => publish(desk, &mut draw)?,
        DrawAct::Commit { role, commitment } => commit(&mut draw, role, commitment)?,
        DrawAct::Freeze => freeze(desk, &mut draw)?,
        DrawAct::Reveal { role, secret } => reveal(&mut draw, role, secret)?,
        DrawAct::Run { chance, place, held_on, present } => run(desk, &mut draw, chance, place, *held_on, present)?,
        DrawAct::Place => place(desk, &mut draw)?,
    };
    let name = title(&desk.book, Kind::Draw, id, Lang::Vi);
    desk.push(Change::edited(Record::Draw(Arc::new(before)), Record::Draw(Arc::new(draw))));
    Ok(say!("Bốc thăm {name}: {}", "Draw {name}: {}"; said))
}

fn at(draw: &Draw, stages: &[DrawStatus]) -> Result<(), Refusal> {
    if stages.contains(&draw.status) {
        return Ok(());
    }
    let now = draw.status.words();
    refuse(
        "draw-stage",
        say!("Bốc thăm đang ở bước “{}”.", "The draw is at “{}”."; now),
        say!(
            "Thứ tự: công bố thể lệ, cam kết, chốt danh sách, mở số bí mật, bốc thăm, xếp gian.",
            "The order: publish, commit, freeze, reveal, run, place."
        ),
    )
}

fn not_so(words: Words) -> Refusal {
    Refusal::new("draw-invalid", words, say!("Sửa rồi làm lại bước này.", "Put it right and do this stage again."))
}

fn publish(desk: &Desk<'_>, draw: &mut Draw) -> Result<Words, Refusal> {
    at(draw, &[DrawStatus::Draft])?;
    if draw.rules.is_empty() {
        return Err(not_so(say!("Chưa ghi thể lệ.", "The rules are not written.")).at("rules"));
    }
    let fair = desk.book.follow::<Fair>(draw.fair).ok_or_else(|| booth::gone(Kind::Fair))?;
    let rules = draw.rules_now(fair.code.as_str());
    let hash = rules_hash(&rules);
    draw.rules_sha256 = Text::new(&hash);
    draw.published = Some(rules);
    draw.status = DrawStatus::Published;
    Ok(say!("công bố thể lệ, SHA-256 {hash}", "rules published, SHA-256 {hash}"))
}

fn commit(draw: &mut Draw, role: &Text, commitment: &Text) -> Result<Words, Refusal> {
    at(draw, &[DrawStatus::Published, DrawStatus::Committed])?;
    if role.is_empty() {
        return Err(not_so(say!("Chưa ghi ai cam kết.", "Nobody is named who commits.")).at("role"));
    }
    let commitment = commitment.as_str().to_lowercase();
    if !is_hash(&commitment) {
        return Err(not_so(say!(
            "Cam kết phải là SHA-256: 64 chữ số thập lục phân.",
            "A commitment is a SHA-256: 64 hexadecimal digits."
        ))
        .at("commitment"));
    }
    if draw.parties.iter().any(|party| party.role == role.as_str()) {
        return Err(not_so(say!("{role} đã cam kết rồi.", "{role} has committed already.")).at("role"));
    }
    draw.parties.push(Party { role: role.to_string(), commitment: commitment.clone(), secret: None });
    draw.parties.sort_by(|one, other| one.role.cmp(&other.role));
    draw.status = DrawStatus::Committed;
    Ok(say!("{role} cam kết {commitment}", "{role} commits to {commitment}"))
}

fn freeze(desk: &Desk<'_>, draw: &mut Draw) -> Result<Words, Refusal> {
    at(draw, &[DrawStatus::Committed])?;
    if draw.parties.len() < 2 {
        return Err(not_so(say!(
            "Cần ít nhất hai bên cam kết: ban tổ chức và một người giám sát.",
            "At least two commit: the organiser and somebody who watches."
        )));
    }
    let (list, registrations) = entrants(desk, draw);
    check_list(&list).map_err(not_so)?;
    let hash = sha256(&canonical(&list));
    draw.entrants = i64::try_from(list.len()).ok();
    draw.list_sha256 = Text::new(&hash);
    (draw.list, draw.registrations) = (list, registrations);
    draw.status = DrawStatus::Frozen;
    let count = draw.list.len();
    Ok(say!("chốt {count} đơn vị, SHA-256 {hash}", "{count} frozen, SHA-256 {hash}"))
}

/// Those who may be placed at the fair and have no booth yet.
fn entrants(desk: &Desk<'_>, draw: &Draw) -> (Vec<Entrant>, Vec<(String, Id)>) {
    let Some(fair) = draw.fair else { return Default::default() };
    let waiting: Vec<Registration> = desk
        .book
        .pointing::<Registration>(fair)
        .filter(|one| one.status.may_be_placed() && !booth::has_booth(desk, one.id))
        .cloned()
        .collect();
    let choices =
        if draw.mode == DrawMode::Booth { choices(desk, fair, &waiting) } else { vec![Vec::new(); waiting.len()] };
    let mut registrations: Vec<(String, Id)> = Vec::with_capacity(waiting.len());
    let mut list = Vec::with_capacity(waiting.len());
    for (one, choices) in waiting.iter().zip(choices) {
        let named = one.business.map(|business| reference(&desk.book, Kind::Business, business)).unwrap_or_default();
        let plain = named.replace([':', '\t', '\n'], " ");
        let code = if registrations.iter().any(|(known, _)| *known == plain) {
            format!("{plain} #{}", one.id.short())
        } else {
            plain
        };
        let points = one.points.and_then(|points| u32::try_from(points).ok()).unwrap_or(1);
        let tickets = match draw.tickets {
            TicketRule::One => 1,
            TicketRule::Points => points.clamp(1, MOST_TICKETS),
        };
        registrations.push((code.clone(), one.id));
        list.push(Entrant { code, tickets, choices });
    }
    list.sort_by(|one, other| one.code.cmp(&other.code));
    registrations.sort();
    (list, registrations)
}

/// The free booths that each may take: as many side by side as it asked for, with the water and power it needs; a corner first
/// for who asked for one, then in the order of codes.
fn choices(desk: &Desk<'_>, fair: Id, waiting: &[Registration]) -> Vec<Vec<String>> {
    let today = desk.env.today();
    let mut booths: Vec<&Booth> = desk.book.pointing::<Booth>(fair).collect();
    booths.sort_by(|one, other| one.code.cmp(&other.code));
    let halls: Vec<Option<Id>> = booths.iter().map(|booth| booth.hall).collect();
    let spots = booths.iter().enumerate().map(|(place, booth)| {
        let is_taken = desk.book.pointing::<Placement>(booth.id).any(|placement| placement.counts_on(today));
        let hall = halls.iter().position(|hall| *hall == booth.hall).and_then(|hall| u32::try_from(hall).ok());
        // A booth that is not drawn on the map lies alone, far from all others.
        let far = i64::try_from(place).unwrap_or(0).saturating_mul(1_000_000);
        Spot {
            code: booth.code.to_string(),
            hall: hall.unwrap_or(0),
            rect: Rect {
                x_cm: booth.x.unwrap_or(far),
                y_cm: booth.y.unwrap_or(far),
                w_cm: booth.width.unwrap_or(0),
                h_cm: booth.depth.unwrap_or(0),
            },
            water: booth.water,
            corner: matches!(
                booth.kind,
                crate::domain::booth::BoothKind::Corner | crate::domain::booth::BoothKind::Peninsula
            ),
            standing: if is_taken || !booth.is_open() { Standing::Held } else { Standing::Free },
            ..Spot::default()
        }
    });
    let spots: Vec<Spot> = spots.collect();
    let firms = waiting.iter().map(|one| Firm {
        booths: one.booths_wanted.and_then(|wanted| usize::try_from(wanted).ok()).unwrap_or(1).max(1),
        needs_water: one.water_wanted,
        allowed: one.power_wanted.map(|watts| booths.iter().map(|booth| booth.power.unwrap_or(0) >= watts).collect()),
        ..Firm::default()
    });
    let problem = Problem { firms: firms.collect(), spots, ..Problem::default() };
    let columns = Columns::of(&problem);
    let spot = |booth: &u32| problem.spots.get(*booth as usize);
    (waiting.iter().enumerate())
        .map(|(firm, one)| {
            let mut bundles: Vec<&[u32]> = columns.of_firm(firm).map(|column| columns.booths(column)).collect();
            bundles.sort_by_key(|booths| {
                let is_corner = booths.iter().any(|booth| spot(booth).is_some_and(|spot| spot.corner));
                (one.corner_wanted && !is_corner, booths.first().copied())
            });
            let code = |booth: &u32| spot(booth).map(|spot| spot.code.replace([' ', '+'], "_")).unwrap_or_default();
            bundles.into_iter().map(|booths| booths.iter().map(code).collect::<Vec<_>>().join("+")).collect()
        })
        .collect()
}

fn reveal(draw: &mut Draw, role: &Text, secret: &Text) -> Result<Words, Refusal> {
    at(draw, &[DrawStatus::Frozen, DrawStatus::Revealed])?;
    let fair = draw.published.as_ref().map(|rules| rules.fair.clone()).unwrap_or_default();
    let Some(party) = draw.parties.iter_mut().find(|party| party.role == role.as_str()) else {
        let roles: Vec<&str> = draw.parties.iter().map(|party| party.role.as_str()).collect();
        let roles = roles.join(", ");
        return Err(not_so(say!(
            "{role} không có cam kết. Có: {roles}.",
            "{role} made no commitment. There are: {roles}."
        ))
        .at("role"));
    };
    let shown = Party { secret: Some(secret.as_str().to_lowercase()), ..party.clone() };
    check_secret(&fair, &shown).map_err(|words| not_so(words).at("secret"))?;
    *party = shown;
    draw.status = DrawStatus::Revealed;
    Ok(say!("{role} mở số bí mật", "{role} shows the secret"))
}

fn run(
    desk: &Desk<'_>,
    draw: &mut Draw,
    chance: &Text,
    place: &Text,
    held_on: Option<Date>,
    present: &Text,
) -> Result<Words, Refusal> {
    at(draw, &[DrawStatus::Revealed])?;
    let held_on = held_on.unwrap_or_else(|| desk.env.today());
    let rules = draw.published.clone().unwrap_or_default();
    let held = (place.to_string(), show_date(held_on), present.to_string());
    let minutes =
        Minutes::hold(rules, draw.parties.clone(), draw.list.clone(), chance.to_string(), held).map_err(not_so)?;
    (draw.chance, draw.place, draw.present, draw.held_on) =
        (chance.clone(), place.clone(), present.clone(), Some(held_on));
    draw.seed = Text::new(&minutes.seed);
    draw.minutes_sha256 = Text::new(&minutes.sha256);
    draw.status = DrawStatus::Drawn;
    let first = minutes.order.first().map(|drawn| drawn.code.clone()).unwrap_or_default();
    draw.minutes = Some(minutes);
    Ok(say!("đã bốc thăm, đầu tiên {first}", "drawn, {first} goes first"))
}

/// Everybody stands where the draw put them, in one act.
fn place(desk: &mut Desk<'_>, draw: &mut Draw) -> Result<Words, Refusal> {
    at(draw, &[DrawStatus::Drawn])?;
    if draw.mode != DrawMode::Booth {
        return Err(not_so(say!(
            "Bốc thăm này chỉ có thứ tự: xếp gian lần lượt theo thứ tự đó.",
            "This draw gave an order only: place one after the other in that order."
        )));
    }
    let fair = draw.fair.ok_or_else(|| booth::gone(Kind::Fair))?;
    let order = draw.minutes.as_ref().map(|minutes| minutes.order.clone()).unwrap_or_default();
    let (mut placed, mut left_out) = (0_usize, 0_usize);
    for drawn in order.iter().filter(|drawn| !drawn.booth.is_empty()) {
        let registration = draw.registrations.iter().find(|(code, _)| *code == drawn.code).map(|(_, id)| *id);
        let still = registration
            .and_then(|id| desk.book.get::<Registration>(id))
            .filter(|one| one.status.may_be_placed() && !booth::has_booth(desk, one.id))
            .map(|one| one.id);
        // Who withdrew since, or was given a booth by hand, leaves the others where they are.
        let Some(registration) = still else {
            left_out += 1;
            continue;
        };
        let mut booths = Vec::new();
        for code in drawn.booth.split('+') {
            let found =
                desk.book.pointing::<Booth>(fair).find(|booth| booth.code.as_str().replace([' ', '+'], "_") == code);
            booths.push(found.map(|booth| booth.id).ok_or_else(|| booth::gone(Kind::Booth))?);
        }
        booth::place(desk, registration, &booths, None, (None, None))?;
        placed += 1;
    }
    draw.status = DrawStatus::Placed;
    let words = say!("xếp gian cho {placed} đơn vị", "firms placed: {placed}");
    Ok(match left_out {
        0 => words,
        _ => say!(
            "{}, bỏ qua {left_out} đã rút hoặc đã có gian",
            "{}, left out as withdrawn or placed already: {left_out}";
            words
        ),
    })
}
