//! Names of goods, compared as people compare them: marks count where both texts have them, words that mean the same are
//! the same (`data/same_goods.csv`), the tone may stand on either letter (`hoà`, `hòa`).

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

use crate::base::text::fold;

/// Words that mean the same goods, a line each: the first is the one they are all taken for.
const SAME_GOODS: &str = include_str!("../../../data/same_goods.csv");

/// One word, or several that mean one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    /// As written, in small letters, the tone behind the letters.
    marked: String,
    /// All that it may be when marks do not count.
    plain: Vec<String>,
}

impl Term {
    fn meets(&self, other: &Self, marks_count: bool) -> bool {
        if marks_count {
            self.marked == other.marked
        } else {
            self.plain.iter().any(|plain| other.plain.contains(plain))
        }
    }
}

/// A name of goods, prepared for comparing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Goods {
    terms: Vec<Term>,
    has_marks: bool,
}

/// A line of the table: the phrases that mean the same, word by word.
struct Same {
    token: String,
    marked: Vec<Vec<String>>,
    plain: Vec<Vec<String>>,
}

static SAME: LazyLock<Vec<Same>> = LazyLock::new(|| {
    let phrases = |line: &str, spell: fn(&str) -> String| -> Vec<Vec<String>> {
        line.split(',').map(|phrase| words(phrase).map(spell).collect()).collect()
    };
    let same = |line: &str| Same {
        token: format!("={}", line.split(',').next().unwrap_or_default()),
        marked: phrases(line, spelled),
        plain: phrases(line, fold),
    };
    SAME_GOODS.lines().filter(|line| !line.is_empty()).map(same).collect()
});

impl Goods {
    /// Prepares a name. Punctuation parts words; what stands in round brackets counts like the rest.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let has_marks = !name.is_ascii() && words(name).any(|word| spelled(word) != fold(word));
        let marked: Vec<String> = words(name).map(spelled).collect();
        let plain: Vec<String> = words(name).map(fold).collect();
        let (mut terms, mut at) = (Vec::with_capacity(marked.len()), 0);
        while at < marked.len() {
            let (known, taken) = if has_marks {
                longest(&marked, at, |same| &same.marked)
            } else {
                longest(&plain, at, |same| &same.plain)
            };
            terms.push(match known {
                Some(same) if has_marks => Term { marked: same.token.clone(), plain: vec![same.token.clone()] },
                // Without marks a word may be the one of the table or another: `dua` is coconut and pineapple.
                Some(same) => {
                    let written = plain[at..at + taken].join(" ");
                    Term { marked: written.clone(), plain: vec![same.token.clone(), written] }
                }
                None => Term { marked: marked[at].clone(), plain: vec![plain[at].clone()] },
            });
            at += taken;
        }
        Self { terms, has_marks }
    }

    /// True when no word is left of the name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// How much of what is wanted this name has, in percent: 0 when the word at the head of the wish is missing or fewer than
    /// half of its words are there. In Vietnamese the head says what kind of thing it is (`kẹo` of `kẹo dừa`).
    #[must_use]
    pub fn share_of(&self, wanted: &Self) -> i64 {
        let marks_count = self.has_marks && wanted.has_marks;
        let has = |term: &Term| self.terms.iter().any(|own| own.meets(term, marks_count));
        let Some(head) = wanted.terms.first() else { return 0 };
        if !has(head) {
            return 0;
        }
        let found = wanted.terms.iter().filter(|term| has(term)).count();
        if found * 2 < wanted.terms.len() {
            return 0;
        }
        i64::try_from(found * 100 / wanted.terms.len()).unwrap_or(0)
    }

    /// True when both names are made of the same words, in any order.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        !self.is_empty() && self.share_of(other) == 100 && other.share_of(self) == 100
    }
}

fn longest<'a>(found: &[String], at: usize, phrases: fn(&Same) -> &Vec<Vec<String>>) -> (Option<&'a Same>, usize) {
    let mut best: (Option<&Same>, usize) = (None, 1);
    for same in SAME.iter() {
        for phrase in phrases(same) {
            let longer = phrase.len() > best.1 || best.0.is_none();
            if longer && found.get(at..at + phrase.len()) == Some(phrase.as_slice()) {
                best = (Some(same), phrase.len());
            }
        }
    }
    best
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// A word in small letters with its tone behind its letters, wherever it was put.
fn spelled(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut letters = String::with_capacity(word.len() + 2);
    let mut tone = None;
    for letter in word.chars().flat_map(char::to_lowercase).nfd() {
        match letter {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tone = Some(letter),
            _ => letters.push(letter),
        }
    }
    letters.extend(tone);
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(name: &str, wanted: &str) -> i64 {
        Goods::new(name).share_of(&Goods::new(wanted))
    }

    #[test]
    fn a_name_written_two_ways_is_the_same() {
        for (one, other) in [
            ("Kẹo dừa", "KẸO DỪA"),
            ("Kẹo dừa", "keo dua"),
            ("Bánh hoà lộc", "Bánh hòa lộc"),
            ("Nước khóm", "nước dứa"),
            ("nuoc khom", "Nước thơm"),
            ("Ca cao bột", "Bột cacao"),
            ("Đậu phộng rang", "lạc rang"),
            ("Kẹo dừa (hũ 500 g)", "kẹo dừa, hũ 500 g"),
        ] {
            assert!(Goods::new(one).is_same(&Goods::new(other)), "{one} · {other}");
            assert!(Goods::new(other).is_same(&Goods::new(one)), "{other} · {one}");
        }
    }

    #[test]
    fn marks_tell_apart_what_letters_do_not() {
        assert_eq!(share("Kẹo dứa", "kẹo dừa"), 50);
        assert_eq!(share("Ca cao", "cá khô"), 0);
        assert_eq!(share("Kẹo dừa", "keo dua"), 100);
    }

    #[test]
    fn the_head_of_the_wish_has_to_be_there() {
        assert_eq!(share("Kẹo dừa sữa Hàm Sương", "kẹo dừa"), 100);
        assert_eq!(share("Bánh quy dừa", "kẹo dừa"), 0);
        assert_eq!(share("Bưởi da xanh VietGAP Lam Nguyên", "Bưởi da xanh Kiều Duyên"), 60);
        assert_eq!(share("Kẹo dừa", ""), 0);
        assert_eq!(share("", "kẹo"), 0);
    }

    #[test]
    fn no_phrase_stands_on_two_lines_of_the_table() {
        let mut seen = std::collections::BTreeSet::new();
        for same in SAME.iter() {
            assert!(same.marked.len() > 1, "{}", same.token);
            for phrase in &same.marked {
                assert!(!phrase.is_empty() && seen.insert(phrase.clone()), "{phrase:?}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_two_names_are_compared_calmly(one in "\\PC{0,40}", other in "\\PC{0,40}") {
            let (one, other) = (Goods::new(&one), Goods::new(&other));
            let found = one.share_of(&other);
            proptest::prop_assert!((0..=100).contains(&found));
            proptest::prop_assert_eq!(one.is_empty() || one.is_same(&one), true);
        }
    }
}
