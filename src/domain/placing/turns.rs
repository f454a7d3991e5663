//! One after the other takes what it likes best, as long as all who come later and still fit keep a place (a serial dictatorship
//! with look-ahead).

/// How many places are tried for those who want several booths before it is said that they find no room.
const TRIES_MAX: u32 = 2_000;

/// For each in turn the place, in its list, of what it takes; none when nothing is left for it. `wanted` are the booths that
/// each may take, several at once or one, the best first.
///
/// Who is placed at all is settled first, in turn: whoever fits beside those before gets a place, so that nobody who could be
/// placed is left out. Where everybody wants one booth at a time this is exact, by augmenting paths. Those who want several at
/// once keep room for each other as far as so many tries find it.
#[must_use]
pub fn take_turns(wanted: &[Vec<Vec<usize>>], booths: usize) -> Vec<Option<usize>> {
    let mut hall = Hall { wanted, taken: vec![false; booths] };
    let mut taken: Vec<Option<usize>> = vec![None; wanted.len()];
    let mut promised: Vec<usize> = Vec::new();
    for turn in 0..wanted.len() {
        promised.push(turn);
        if !hall.has_room(&promised) {
            promised.pop();
        }
    }
    for (place, turn) in promised.iter().enumerate() {
        let later = &promised[place + 1..];
        for (choice, booths) in wanted[*turn].iter().enumerate() {
            if !hall.are_free(booths) {
                continue;
            }
            hall.set(booths, true);
            if hall.has_room(later) {
                taken[*turn] = Some(choice);
                break;
            }
            hall.set(booths, false);
        }
    }
    taken
}

struct Hall<'a> {
    wanted: &'a [Vec<Vec<usize>>],
    taken: Vec<bool>,
}

impl Hall<'_> {
    fn are_free(&self, booths: &[usize]) -> bool {
        !booths.is_empty() && booths.iter().all(|booth| self.taken.get(*booth) == Some(&false))
    }

    fn set(&mut self, booths: &[usize], is_taken: bool) {
        for booth in booths {
            self.taken[*booth] = is_taken;
        }
    }

    /// True when these find room beside what is taken: several booths at once by trying, the scarcest first, then one booth
    /// each by augmenting paths.
    fn has_room(&mut self, these: &[usize]) -> bool {
        let (mut several, singles): (Vec<usize>, Vec<usize>) =
            these.iter().copied().partition(|turn| self.wanted[*turn].iter().any(|booths| booths.len() > 1));
        several.sort_by_key(|turn| self.wanted[*turn].len());
        let mut tries = TRIES_MAX;
        self.seats(&several, &singles, &mut tries)
    }

    /// Tries the places of those who want several, then those who want one.
    fn seats(&mut self, several: &[usize], singles: &[usize], tries: &mut u32) -> bool {
        let Some((turn, rest)) = several.split_first() else {
            let mut holder = vec![usize::MAX; self.taken.len()];
            return singles.iter().all(|turn| {
                let mut seen = self.taken.clone();
                self.finds(*turn, &mut holder, &mut seen)
            });
        };
        let wanted = self.wanted;
        for booths in &wanted[*turn] {
            if *tries == 0 {
                return false;
            }
            if self.are_free(booths) {
                *tries -= 1;
                self.set(booths, true);
                let fits = self.seats(rest, singles, tries);
                self.set(booths, false);
                if fits {
                    return true;
                }
            }
        }
        false
    }

    fn finds(&self, turn: usize, holder: &mut [usize], seen: &mut [bool]) -> bool {
        for booths in &self.wanted[turn] {
            let &[booth] = booths.as_slice() else { continue };
            if std::mem::replace(&mut seen[booth], true) {
                continue;
            }
            if holder[booth] == usize::MAX || self.finds(holder[booth], holder, seen) {
                holder[booth] = turn;
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn most(wanted: &[Vec<Vec<usize>>], turn: usize, used: u32) -> usize {
        let Some(own) = wanted.get(turn) else { return 0 };
        let placed = own.iter().filter(|booths| used >> booths[0] & 1 == 0);
        let placed = placed.map(|booths| 1 + most(wanted, turn + 1, used | 1 << booths[0])).max().unwrap_or(0);
        placed.max(most(wanted, turn + 1, used))
    }

    proptest! {
        #[test]
        fn as_many_as_possible_are_placed_and_the_first_gets_its_best(
            wanted in prop::collection::vec(prop::collection::vec(0..6_usize, 0..5), 1..7)
        ) {
            let wanted: Vec<Vec<Vec<usize>>> =
                wanted.into_iter().map(|own| own.into_iter().map(|booth| vec![booth]).collect()).collect();
            let taken = take_turns(&wanted, 6);
            prop_assert_eq!(taken.iter().flatten().count(), most(&wanted, 0, 0));
            let mut used: Vec<usize> =
                taken.iter().zip(&wanted).filter_map(|(choice, own)| Some(own[(*choice)?][0])).collect();
            used.sort_unstable();
            let all = used.len();
            used.dedup();
            prop_assert_eq!(used.len(), all);
            // The first in turn is placed whenever it may take anything.
            prop_assert_eq!(taken[0].is_some(), !wanted[0].is_empty());
        }
    }

    #[test]
    fn the_best_is_passed_over_only_for_those_who_would_lose_their_place() {
        let wanted = vec![vec![vec![0], vec![5]], vec![vec![0]], vec![vec![5, 2], vec![3, 4]]];
        assert_eq!(take_turns(&wanted, 6), [Some(1), Some(0), Some(1)]);
    }
}
