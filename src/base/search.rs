//! Search as people type it: words in any order, with or without marks.

use memchr::memmem::Finder;

use super::limits::QUERY_CHARS;
use super::text::{Text, fold, nfc};

/// A prepared search: every word must occur.
#[derive(Clone, Debug, Default)]
pub struct Query {
    words: Vec<Word>,
}

#[derive(Clone, Debug)]
struct Word {
    folded: Finder<'static>,
    /// The lower-case form, if the word was typed with marks.
    marked: Option<Finder<'static>>,
}

impl Query {
    /// Prepares the words of `typed`; what lies beyond [`QUERY_CHARS`] is not looked for.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let text = Text::new(typed);
        let end = text.as_str().char_indices().nth(QUERY_CHARS).map_or(text.as_str().len(), |(place, _)| place);
        let words = text.as_str().get(..end).unwrap_or_default().split(' ').filter(|word| !word.is_empty());
        Self { words: words.map(Word::new).collect() }
    }

    /// True when nothing was typed; such a query matches everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// True when every word occurs in `folded`, which [`fold`] made.
    #[must_use]
    pub fn matches(&self, folded: &str) -> bool {
        self.words.iter().all(|word| word.folded.find(folded.as_bytes()).is_some())
    }

    /// The places of the words in a text, as byte ranges, for showing why it was found. Words such as `due<7d` that
    /// occur nowhere have none.
    #[must_use]
    pub fn spans(&self, original: &str) -> Vec<std::ops::Range<usize>> {
        if self.words.is_empty() {
            return Vec::new();
        }
        // Folding changes lengths, so each folded byte remembers the letter it came from.
        let (mut folded, mut origin) = (String::new(), Vec::new());
        for (start, letter) in original.char_indices() {
            let before = folded.len();
            folded.push_str(&fold(letter.encode_utf8(&mut [0; 4])));
            origin.resize(folded.len(), start);
            if folded.len() == before && letter == ' ' {
                folded.push(' ');
                origin.push(start);
            }
        }
        origin.push(original.len());
        let mut spans: Vec<std::ops::Range<usize>> = Vec::new();
        for word in &self.words {
            let length = word.folded.needle().len();
            if let Some(at) = word.folded.find(folded.as_bytes())
                && let (Some(start), Some(last)) = (origin.get(at), origin.get(at + length.max(1) - 1))
            {
                let end = original
                    .get(*last..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(*last, |letter| last + letter.len_utf8());
                spans.push(*start..end);
            }
        }
        spans.sort_by_key(|span| span.start);
        spans.dedup_by(|later, earlier| later.start < earlier.end);
        spans
    }

    /// True when a word was typed with marks, so that rows are told apart by [`Query::rank`].
    #[must_use]
    pub fn has_marks(&self) -> bool {
        self.words.iter().any(|word| word.marked.is_some())
    }

    /// Calls `visit` with each row that has every word. `folded` holds all rows one after the other, each ended by a
    /// line feed that no word contains; `ends` says behind which byte each row ends, in rising order.
    ///
    /// One pass for the first word jumps from hit to hit, so that rows without it cost next to nothing.
    pub fn each_row(&self, folded: &str, ends: &[usize], mut visit: impl FnMut(usize)) {
        let Some((first, others)) = self.words.split_first() else {
            (0..ends.len()).for_each(visit);
            return;
        };
        let bytes = folded.as_bytes();
        let (mut row, mut start) = (0, 0);
        while let Some(rest) = bytes.get(start..)
            && let Some(hit) = first.folded.find(rest)
        {
            let hit = start + hit;
            while ends.get(row).is_some_and(|end| *end <= hit) {
                start = ends[row];
                row += 1;
            }
            let Some(end) = ends.get(row).copied() else { return };
            let text = bytes.get(start..end).unwrap_or_default();
            if others.iter().all(|word| word.folded.find(text).is_some()) {
                visit(row);
            }
            (row, start) = (row + 1, end);
        }
    }

    /// [`Query::rank`] of a text that is in small letters and in NFC already.
    #[must_use]
    pub fn rank_small(&self, small: &str) -> u8 {
        let mut marked = self.words.iter().filter_map(|word| word.marked.as_ref());
        u8::from(!marked.all(|word| word.find(small.as_bytes()).is_some()))
    }

    /// 0 when every word typed with marks occurs in `original` with just these marks, else 1.
    ///
    /// Rows of rank 0 come first, so that `đường` is not drowned by `Dương`, while `duong` finds both alike.
    #[must_use]
    pub fn rank(&self, original: &str) -> u8 {
        if self.has_marks() { self.rank_small(&nfc(&original.to_lowercase())) } else { 0 }
    }
}

impl Word {
    fn new(typed: &str) -> Self {
        let folded = fold(typed);
        let lower = nfc(&typed.to_lowercase());
        let marked = (lower != folded).then(|| Finder::new(&lower).into_owned());
        Self { folded: Finder::new(&folded).into_owned(), marked }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn words_are_found_with_and_without_marks() {
        let firm = "Công ty TNHH Kẹo dừa Bến Tre";
        for typed in ["ben tre", "Bến Tre", "tre ben", "DỪA", "  keo   tnhh ", "", "be\u{302}\u{301}n"] {
            assert!(Query::new(typed).matches(&fold(firm)), "{typed}");
        }
        assert!(!Query::new("dừa trà").matches(&fold(firm)));
    }

    #[test]
    fn marks_decide_the_rank() {
        let (road, name) = ("Đường Hùng Vương", "Nguyễn Văn Dương");
        let marked = Query::new("đường");
        assert!(marked.matches(&fold(road)) && marked.matches(&fold(name)));
        assert_eq!((marked.rank(road), marked.rank(name)), (0, 1));
        let plain = Query::new("duong");
        assert_eq!((plain.rank(road), plain.rank(name)), (0, 0));
    }

    proptest! {
        #[test]
        fn both_normal_forms_find_the_same(typed in "[a-zA-ZÀ-ỹđĐ ]{0,12}", row in "[a-zA-ZÀ-ỹđĐ ]{0,30}") {
            let apart = Query::new(&typed.nfd().collect::<String>());
            let joined = Query::new(&nfc(&typed));
            prop_assert_eq!(apart.matches(&fold(&row)), joined.matches(&fold(&row)));
            prop_assert_eq!(apart.rank(&row), joined.rank(&row));
            let row_apart: String = row.nfd().collect();
            prop_assert_eq!(apart.matches(&fold(&row_apart)), joined.matches(&fold(&row)));
            prop_assert_eq!(apart.rank(&row_apart), joined.rank(&row));
        }

        #[test]
        fn a_longer_query_finds_less(typed in "[a-zđêư ]{0,4}", more in "[a-zđêư\u{301} ]{0,3}", row in "[a-dđêư ]{0,20}") {
            let row = fold(&row);
            let longer = format!("{typed}{more}");
            prop_assert!(!Query::new(&longer).matches(&row) || Query::new(&typed).matches(&row));
        }

        #[test]
        fn a_pass_over_all_rows_finds_what_each_row_says(typed in "[abđ]{0,2} ?[abâ]{0,2}", rows in prop::collection::vec("[a-c ]{0,4}", 0..8)) {
            let query = Query::new(&typed);
            let (mut folded, mut ends) = (String::new(), Vec::new());
            for row in &rows {
                folded.push_str(row);
                folded.push('\n');
                ends.push(folded.len());
            }
            let mut found = Vec::new();
            query.each_row(&folded, &ends, |row| found.push(row));
            let naive: Vec<usize> = (0..rows.len()).filter(|row| query.matches(&rows[*row])).collect();
            prop_assert_eq!(found, naive);
        }

        #[test]
        fn a_row_is_found_by_its_own_words(row: String, other: String) {
            let clean = Text::new(&row);
            let short: String = clean.as_str().chars().take(QUERY_CHARS).collect();
            let query = Query::new(&short);
            prop_assert!(query.matches(&fold(&short)));
            let _ = (query.matches(&other), query.rank(&other), Query::new(&other).rank(&row));
        }
    }
}
