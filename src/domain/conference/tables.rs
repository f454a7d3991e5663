//! Who sits at which table: a buyer keeps a table as long as it can, so that few walk.

use std::collections::BTreeMap;

/// A meeting to be seated: its slot and its buyer, and the table that it has to keep, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seating {
    /// The slot.
    pub slot: usize,
    /// The place of the buyer.
    pub buyer: usize,
    /// A table that is not to change.
    pub kept: Option<u32>,
}

/// The table of each meeting, from 1. In no slot may be more meetings than `tables`. With as many tables as buyers nobody ever
/// walks; with fewer a buyer gives way to another only while it has no meeting.
#[must_use]
pub fn seat(meetings: &[Seating], tables: u32) -> Vec<u32> {
    let mut order: Vec<usize> = (0..meetings.len()).collect();
    order.sort_by_key(|at| (meetings[*at].slot, meetings[*at].buyer));
    let slots = meetings.iter().map(|meeting| meeting.slot + 1).max().unwrap_or(0);
    let next_of = |buyer: usize, after: usize| {
        meetings.iter().filter(|one| one.buyer == buyer && one.slot > after).map(|one| one.slot).min().unwrap_or(slots)
    };
    let mut table_of = vec![0; meetings.len()];
    // The last table of each buyer.
    let mut last: BTreeMap<usize, u32> = BTreeMap::new();
    for slot in 0..slots {
        let here: Vec<usize> = order.iter().copied().filter(|at| meetings[*at].slot == slot).collect();
        let mut taken: BTreeMap<u32, usize> = BTreeMap::new();
        for at in here.iter().filter(|at| meetings[**at].kept.is_some()) {
            let table = meetings[*at].kept.unwrap_or(0);
            table_of[*at] = table;
            taken.insert(table, *at);
        }
        for at in &here {
            let own = last.get(&meetings[*at].buyer).copied();
            if let (0, Some(own)) = (table_of[*at], own.filter(|own| !taken.contains_key(own))) {
                table_of[*at] = own;
                taken.insert(own, *at);
            }
        }
        for at in here {
            if table_of[at] == 0 {
                // A table of nobody first, then one whose buyer comes back the latest.
                let wait = |table: u32| {
                    let owners = last.iter().filter(|(_, own)| **own == table);
                    let soonest = owners.map(|(buyer, _)| next_of(*buyer, slot)).min();
                    (std::cmp::Reverse(soonest.unwrap_or(slots + 1)), table)
                };
                let free = (1..=tables).filter(|table| !taken.contains_key(table)).min_by_key(|table| wait(*table));
                table_of[at] = free.unwrap_or(tables);
                taken.insert(table_of[at], at);
            }
            last.insert(meetings[at].buyer, table_of[at]);
        }
    }
    table_of
}

/// How often a buyer goes to another table.
#[must_use]
pub fn walks(meetings: &[Seating], table_of: &[u32]) -> usize {
    let mut order: Vec<usize> = (0..meetings.len()).collect();
    order.sort_by_key(|at| (meetings[*at].buyer, meetings[*at].slot));
    let walks = |pair: &&[usize]| {
        let (one, next) = (pair[0], pair[1]);
        meetings[one].buyer == meetings[next].buyer && table_of[one] != table_of[next]
    };
    order.windows(2).filter(walks).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meeting(slot: usize, buyer: usize) -> Seating {
        Seating { slot, buyer, kept: None }
    }

    #[test]
    fn a_buyer_keeps_its_table_and_no_table_is_taken_twice() {
        let meetings = [meeting(0, 0), meeting(0, 1), meeting(1, 1), meeting(1, 2), meeting(2, 0), meeting(2, 2)];
        for tables in [2, 3, 5] {
            let found = seat(&meetings, tables);
            for (one, other) in [(0, 1), (2, 3), (4, 5)] {
                assert_ne!(found[one], found[other]);
            }
            assert!(found.iter().all(|table| (1..=tables).contains(table)));
            let most = if tables == 2 { 1 } else { 0 };
            assert!(walks(&meetings, &found) <= most, "{found:?}");
        }
        let kept = [Seating { kept: Some(2), ..meeting(0, 0) }, meeting(0, 1)];
        assert_eq!(seat(&kept, 2), [2, 1]);
    }
}
