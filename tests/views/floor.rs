//! The floor as the map draws it.

use hoicho::domain::record::Kind;
use hoicho::domain::view::derived::BoothState;
use hoicho::domain::view::floor::{Direction, neighbour, plan};
use hoicho::domain::view::title::title;

use crate::kit::{demo, find, small, today};

#[test]
fn every_booth_is_drawn_once_and_none_lies_on_another() {
    let book = small();
    let plan = plan(&book, find(&book, Kind::Fair, "OCOP-26"), today());
    let drawn: Vec<(&str, bool, BoothState, &str)> =
        plan.spots().map(|spot| (spot.code.as_str(), spot.is_placed, spot.status, spot.holder.as_str())).collect();
    assert_eq!(
        drawn,
        [
            ("A1", true, BoothState::Rented, "Công ty TNHH Kẹo dừa Đông Á"),
            ("A2", true, BoothState::Held, "Ông Đường"),
            ("A10", true, BoothState::Free, ""),
            ("B1", false, BoothState::Blocked, ""),
        ]
    );
    assert_eq!((plan.halls.len(), plan.halls[0].width_cm, plan.halls[1].x), (2, 3000, 3300));
    let a1 = find(&book, Kind::Booth, "OCOP-26/A1");
    let right = neighbour(&plan, a1, Direction::Right).unwrap();
    assert_eq!(title(&book, Kind::Booth, right, Default::default()), "A2");
    assert_eq!(plan.at(10, 10).map(|spot| spot.id), Some(a1));
}

#[test]
fn the_floors_of_the_demonstration_are_walked_through() {
    let book = demo();
    for fair in hoicho::domain::view::list::ids(&book, hoicho::domain::view::list::Scope::all(Kind::Fair)) {
        let plan = plan(&book, fair, today());
        let spots: Vec<_> = plan.spots().collect();
        assert_eq!(spots.len(), book.pointing_ids(Kind::Booth, fair).count());
        let Some(first) = spots.first() else { continue };
        let (mut seen, mut open) = (vec![first.id], vec![first.id]);
        while let Some(booth) = open.pop() {
            for next in Direction::ALL.into_iter().filter_map(|direction| neighbour(&plan, booth, direction)) {
                if !seen.contains(&next) {
                    seen.push(next);
                    open.push(next);
                }
            }
        }
        assert_eq!(seen.len(), spots.len());
        assert!(spots.iter().all(|spot| spot.bounds().left >= 0 && spot.bounds().right <= plan.width_cm));
        assert!(spots.iter().all(|spot| spot.bounds().top >= 0 && spot.bounds().bottom <= plan.depth_cm));
    }
}
