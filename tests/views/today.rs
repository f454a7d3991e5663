//! What is due.

use hoicho::domain::record::Kind;
use hoicho::domain::view::today::{DueKind, counts, due};

use crate::kit::{demo, small, today};

#[test]
fn what_is_late_comes_first_and_names_its_record() {
    let book = small();
    let dues = due(&book, today());
    let told: Vec<(DueKind, i64)> = dues.iter().map(|due| (due.kind, due.days)).collect();
    assert_eq!(
        told,
        [
            (DueKind::LeadStep, -2),
            (DueKind::Lapsed, -1),
            (DueKind::HoldEnds, 1),
            (DueKind::LeadWithoutStep, 0),
            (DueKind::FairOpens, 10),
            (DueKind::CertificateEnds, 20),
        ]
    );
    assert!(dues[4].words.en.contains("2/4 booths"), "{}", dues[4].words.en);
    let counts = counts(&dues);
    assert_eq!((counts.late, counts.today, counts.week, counts.later), (2, 1, 1, 2));
}

#[test]
fn the_demonstration_has_something_of_everything() {
    let book = demo();
    let dues = due(&book, today());
    for due in &dues {
        assert!(book.noun(due.subject.0, due.subject.1).is_some(), "{due:?}");
        assert!(!due.words.is_empty());
    }
    for kind in [Kind::Lead, Kind::Claim, Kind::Fair, Kind::Placement] {
        assert!(dues.iter().any(|due| due.subject.0 == kind), "nothing of {kind:?}");
    }
}
