//! Names of goods that a file spells in several ways: `GTXPro`, `GTX Pro`, `gtx-pro`. They are one, so that what is counted by goods
//! is counted once; letters with other marks are other goods (`dừa`, `dứa`).

use std::collections::BTreeMap;

use crate::base::text::Text;
use crate::base::words::Words;
use crate::domain::Product;
use crate::domain::book::Book;
use crate::say;

/// The ways of writing one name: how many rows have each, and which came first.
#[derive(Default)]
struct Ways {
    rows: BTreeMap<Text, (usize, usize)>,
    /// How the book writes it.
    on_file: Option<Text>,
}

/// The cells to be written otherwise, each with the way that is kept (the book's, else the commonest, else the first), and
/// what is told of it.
pub(super) fn spellings<'a>(book: &Book, cells: impl Iterator<Item = &'a str>) -> (BTreeMap<String, Text>, Vec<Words>) {
    let mut names: BTreeMap<String, Ways> = BTreeMap::new();
    let mut written: BTreeMap<&str, Text> = BTreeMap::new();
    for (place, cell) in cells.enumerate() {
        let text = written.entry(cell).or_insert_with(|| Text::new(cell));
        if !text.is_empty() {
            let ways = names.entry(letters(text.as_str())).or_default();
            ways.rows.entry(text.clone()).or_insert((0, place)).0 += 1;
        }
    }
    for product in book.all::<Product>().iter() {
        if let Some(ways) = names.get_mut(&letters(product.name.as_str())) {
            ways.on_file.get_or_insert_with(|| product.name.clone());
        }
    }
    let (mut kept_by_cell, mut told) = (BTreeMap::new(), Vec::new());
    for ways in names.values() {
        let commonest = ways.rows.iter().max_by_key(|(_, (rows, place))| (*rows, std::cmp::Reverse(*place)));
        let Some(kept) = ways.on_file.as_ref().or(commonest.map(|(text, _)| text)) else { continue };
        for (text, (rows, _)) in ways.rows.iter().filter(|(text, _)| *text != kept) {
            told.push(say!(
                "“{text}” ({rows} dòng) được ghi là “{kept}”: cùng một mặt hàng.",
                "“{text}” ({rows} rows) is written “{kept}”: the same goods."
            ));
            let same = written.iter().filter(|(_, cleaned)| *cleaned == text);
            kept_by_cell.extend(same.map(|(cell, _)| ((*cell).to_owned(), kept.clone())));
        }
    }
    (kept_by_cell, told)
}

/// Letters and digits, small, with their marks.
fn letters(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_way_is_kept_and_marks_tell_goods_apart() {
        let cells = ["GTXPro", "GTX Pro", "gtx-pro", "GTX Pro", "kẹo dừa", "kẹo dứa", "", "Kẹo dừa"];
        let (kept, told) = spellings(&Book::default(), cells.into_iter());
        let kept: Vec<(&str, &str)> = kept.iter().map(|(cell, text)| (cell.as_str(), text.as_str())).collect();
        assert_eq!(kept, [("GTXPro", "GTX Pro"), ("Kẹo dừa", "kẹo dừa"), ("gtx-pro", "GTX Pro")]);
        assert_eq!(told.len(), 3);
    }
}
