//! What may be written about a fair's rules for people, and about who stands with whom.

use crate::base::words::Lang;
use crate::domain::decide::{Desk, booth};
use crate::domain::placing::Tier;
use crate::domain::record::Kind;
use crate::domain::refund::read_refund_table;
use crate::domain::refusal::Refusal;
use crate::domain::registration::RegistrationStatus;
use crate::domain::view::title::title;
use crate::domain::{Fair, Placement, Registration};
use crate::say;

/// The fair's table of refunds and its order of aims can be read.
pub(super) fn fair_rules(fair: &Fair) -> Result<(), Refusal> {
    read_refund_table(fair.refund_table.as_str())?;
    Tier::read_order(fair.tiers.as_str())?;
    Ok(())
}

/// A co-exhibitor stands with a registration for the same fair that stands for itself, and has no booths of its own. It is
/// assigned when its host is.
pub(super) fn stands_with(desk: &Desk<'_>, registration: &mut Registration) -> Result<(), Refusal> {
    let Some(host) = registration.host.and_then(|id| desk.book.get::<Registration>(id)) else { return Ok(()) };
    let name = title(&desk.book, Kind::Registration, host.id, Lang::Vi);
    let wrong = |code, what, fix| Err(Refusal::new(code, what, fix).at("host"));
    if host.id == registration.id || host.host.is_some() {
        return wrong(
            "host-is-guest",
            say!("{name} không đứng gian của chính mình.", "{name} does not stand on booths of its own."),
            say!("Chọn đơn vị chủ gian.", "Choose the firm that rents the booths."),
        );
    }
    if host.fair != registration.fair {
        return wrong(
            "other-fair",
            say!("{name} đăng ký hội chợ khác.", "{name} is registered for another fair."),
            say!("Chọn đăng ký của cùng hội chợ.", "Choose a registration for the same fair."),
        );
    }
    if desk.book.pointing::<Registration>(registration.id).next().is_some() {
        return wrong(
            "host-has-guests",
            say!(
                "Có đơn vị khác đang đứng chung gian với đăng ký này.",
                "Others stand on the booths of this registration."
            ),
            say!("Chuyển các đơn vị đó trước.", "Move those first."),
        );
    }
    if desk.book.pointing::<Placement>(registration.id).next().is_some() {
        return wrong(
            "guest-has-booth",
            say!("Đăng ký này đang có gian riêng.", "This registration has booths of its own."),
            say!("Trả gian đó trước.", "Release them first."),
        );
    }
    if matches!(registration.status, RegistrationStatus::Selected | RegistrationStatus::Confirmed)
        && booth::has_booth(desk, host.id)
    {
        registration.status = RegistrationStatus::BoothAssigned;
    }
    Ok(())
}
