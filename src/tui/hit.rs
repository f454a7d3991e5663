//! What lies where on the last frame, so that a click finds the thing that was drawn under it.

use ratatui::layout::{Position, Rect};

/// The places that a frame drew and what a click on each means; later places lie on top of earlier ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hits<T> {
    places: Vec<(Rect, T)>,
}

impl<T> Default for Hits<T> {
    fn default() -> Self {
        Self { places: Vec::new() }
    }
}

impl<T> Hits<T> {
    /// Nothing was drawn yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes what was just drawn at a place; a place without cells can never be hit and is not kept.
    pub fn push(&mut self, place: Rect, target: T) {
        if !place.is_empty() {
            self.places.push((place, target));
        }
    }

    /// Forgets all that was drawn so far: a modal layer is drawn next, and nothing below it may be hit.
    pub fn clear_below(&mut self) {
        self.places.clear();
    }

    /// The topmost thing under a cell.
    #[must_use]
    pub fn at(&self, column: u16, row: u16) -> Option<&T> {
        self.place_at(column, row).map(|(_, target)| target)
    }

    /// The topmost thing under a cell, with the place that it was drawn at.
    #[must_use]
    pub fn place_at(&self, column: u16, row: u16) -> Option<(Rect, &T)> {
        let cell = Position { x: column, y: row };
        self.places.iter().rev().find(|(place, _)| place.contains(cell)).map(|(place, target)| (*place, target))
    }

    /// Every place in the order of drawing.
    pub fn iter(&self) -> impl Iterator<Item = (Rect, &T)> {
        self.places.iter().map(|(place, target)| (*place, target))
    }

    /// Takes over the places of a part that speaks of its own targets, in the words of the whole.
    pub fn append<U>(&mut self, part: Hits<U>, name: impl Fn(U) -> T) {
        self.places.extend(part.places.into_iter().map(|(place, target)| (place, name(target))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_drawn_is_hit_first() {
        let mut hits = Hits::new();
        hits.push(Rect::new(0, 0, 10, 10), "danh sách");
        hits.push(Rect::new(2, 2, 3, 1), "gian A12");
        hits.push(Rect::new(5, 5, 0, 3), "không ô nào");
        assert_eq!(hits.at(3, 2), Some(&"gian A12"));
        assert_eq!(hits.at(5, 2), Some(&"danh sách"));
        assert_eq!(hits.at(5, 5), Some(&"danh sách"));
        assert_eq!(hits.at(10, 0), None);
        assert_eq!(hits.iter().count(), 2);
    }

    #[test]
    fn nothing_below_a_modal_is_hit() {
        let mut hits = Hits::new();
        hits.push(Rect::new(0, 0, 80, 24), 1);
        hits.clear_below();
        hits.push(Rect::new(10, 5, 20, 5), 2);
        assert_eq!(hits.at(0, 0), None);
        assert_eq!(hits.at(10, 5), Some(&2));
    }

    #[test]
    fn a_part_speaks_in_the_words_of_the_whole() {
        let mut part = Hits::new();
        part.push(Rect::new(0, 0, 2, 2), 7_usize);
        let mut whole = Hits::new();
        whole.append(part, |row| format!("dòng {row}"));
        assert_eq!(whole.at(1, 1).map(String::as_str), Some("dòng 7"));
    }
}
