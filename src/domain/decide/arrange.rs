//! A whole placing at once: who is to have which booths, checked against the book as it is now.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::base::ids::Id;
use crate::base::words::{Lang, Words};
use crate::domain::Placement;
use crate::domain::change::Change;
use crate::domain::decide::Desk;
use crate::domain::decide::booth::{has_booth, place, registration_of, unassign};
use crate::domain::intent::Place;
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::view::title::title;
use crate::say;

/// Gives each registration exactly these booths. What was used is not taken away; every place is checked as if it were
/// given by hand, and who was moved since the search is not moved back.
pub(super) fn arrange(desk: &mut Desk<'_>, fair: Id, places: &[Place]) -> Result<Words, Refusal> {
    let mut changed: Vec<(Id, Vec<Id>)> = Vec::new();
    for Place { registration, from, to } in places {
        let record = registration_of(desk, *registration)?;
        if record.fair != Some(fair) {
            let who = title(&desk.book, Kind::Registration, *registration, Lang::Vi);
            return refuse(
                "other-fair",
                say!("{who} đăng ký hội chợ khác.", "{who} is registered for another fair."),
                say!("Xếp lại hội chợ này.", "Place this fair again."),
            );
        }
        let wanted: BTreeSet<Id> = to.iter().copied().collect();
        let own: Vec<Placement> = desk.book.pointing::<Placement>(*registration).cloned().collect();
        let rented: BTreeSet<Id> =
            own.iter().filter(|placement| placement.status.is_firm()).filter_map(|placement| placement.booth).collect();
        if wanted == rented {
            continue;
        }
        if rented != from.iter().copied().collect() {
            let who = title(&desk.book, Kind::Registration, *registration, Lang::Vi);
            return refuse(
                "moved-since",
                say!("{who} đã đổi gian sau khi tìm cách xếp.", "{who} has changed booths since the search."),
                say!("Xếp lại hội chợ này.", "Place this fair again."),
            );
        }
        leave(desk, *registration, &wanted, own)?;
        changed.push((*registration, wanted.difference(&rented).copied().collect()));
    }
    if changed.is_empty() {
        return refuse(
            "nothing-placed",
            say!("Không có gì thay đổi so với hiện tại.", "Nothing differs from what stands."),
            say!("Không cần làm gì.", "There is nothing to do."),
        );
    }
    // Everybody has left before anybody comes, so that two can change places.
    for (registration, booths) in &changed {
        if !booths.is_empty() {
            place(desk, *registration, booths, None, (None, None))?;
        }
    }
    let (code, count) = (title(&desk.book, Kind::Fair, fair, Lang::Vi), changed.len());
    Ok(say!("Xếp gian {code}: {count} đơn vị có gian mới", "Placed {code}: {count} firms have new booths"))
}

/// Takes away what the registration is not to have any more.
fn leave(desk: &mut Desk<'_>, registration: Id, wanted: &BTreeSet<Id>, own: Vec<Placement>) -> Result<(), Refusal> {
    for placement in own {
        if placement.booth.is_some_and(|booth| wanted.contains(&booth)) {
            continue;
        }
        if placement.status.was_used() {
            let who = title(&desk.book, Kind::Registration, registration, Lang::Vi);
            return refuse(
                "booth-used",
                say!("{who} đã dùng gian, không chuyển được nữa.", "{who} has used its booth and is not moved."),
                say!("Xếp lại mà không thả đơn vị này.", "Place again without releasing this firm."),
            );
        }
        desk.push(Change::removed(Record::Placement(Arc::new(placement))));
    }
    if !has_booth(desk, registration) {
        unassign(desk, registration)?;
    }
    Ok(())
}
