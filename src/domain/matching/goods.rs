//! Names of goods, compared as people compare them: marks count where both texts have them, words that mean the same are
//! the same (`data/same_goods.csv`), the tone may stand on either letter (`hoà`, `hòa`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

use crate::base::text::fold;

/// Words that mean the same goods, a line each: the first is the one they are all taken for.
const SAME_GOODS: &str = include_str!("../../../data/same_goods.csv");

/// One word, or several that mean one thing.
#[derive(Clone, Debug)]
struct Term<'a> {
    /// As written.
    word: &'a str,
    /// Without marks; none where the table alone says what it is.
    plain: Option<String>,
    /// The line of the table that it is on.
    same: Option<usize>,
}

impl Term<'_> {
    fn meets(&self, other: &Term<'_>, marks_count: bool) -> bool {
        let on_one_line = self.same.is_some() && self.same == other.same;
        on_one_line || (self.plain.is_some() && self.plain == other.plain && self.is_written_as(other, marks_count))
    }

    fn is_written_as(&self, other: &Term<'_>, marks_count: bool) -> bool {
        !marks_count || self.word == other.word || spelled(self.word) == spelled(other.word)
    }
}

/// A name of goods, prepared for comparing.
#[derive(Clone, Debug, Default)]
pub struct Goods<'a> {
    terms: Vec<Term<'a>>,
    has_marks: bool,
}

/// A phrase of the table: its words as they are spelled and without marks, and its line.
struct Phrase {
    words: Vec<(String, String)>,
    line: usize,
}

/// The phrases of the table by their first word without marks, the longest first.
static PHRASES: LazyLock<BTreeMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut found = BTreeMap::<String, Vec<Phrase>>::new();
    for (line, text) in SAME_GOODS.lines().enumerate() {
        for phrase in text.split(',') {
            let words: Vec<(String, String)> = words(phrase).map(|word| (spelled(word), fold(word))).collect();
            let Some((_, first)) = words.first() else { continue };
            found.entry(first.clone()).or_default().push(Phrase { words, line });
        }
    }
    for phrases in found.values_mut() {
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    }
    found
});

impl Phrase {
    /// True when these terms begin with it.
    fn begins(&self, terms: &[Term<'_>], marks_count: bool) -> bool {
        let is = |((marked, plain), term): (&(String, String), &Term<'_>)| {
            term.plain.as_ref() == Some(plain) && (!marks_count || *marked == spelled(term.word))
        };
        terms.len() >= self.words.len() && self.words.iter().zip(terms).all(is)
    }
}

impl<'a> Goods<'a> {
    /// Prepares a name. Punctuation parts words; what stands in round brackets counts like the rest.
    #[must_use]
    pub fn new(name: &'a str) -> Self {
        let mut terms: Vec<Term<'a>> =
            words(name).map(|word| Term { word, plain: Some(fold(word)), same: None }).collect();
        let has_marks = terms.iter().any(|term| !term.word.is_ascii());
        let mut at = 0;
        while let Some([first, ..]) = terms.get(at..) {
            let phrases = first.plain.as_ref().and_then(|word| PHRASES.get(word));
            let known = phrases.and_then(|all| all.iter().find(|phrase| phrase.begins(&terms[at..], has_marks)));
            if let Some(phrase) = known {
                let mut taken = terms.drain(at..at + phrase.words.len());
                if let Some(first) = taken.next() {
                    let others = taken.filter_map(|term| term.plain);
                    // Without marks a word may be the one of the table or another: `dua` is coconut and pineapple.
                    let written = first.plain.filter(|_| !has_marks);
                    let plain = written.map(|word| others.fold(word, |phrase, other| format!("{phrase} {other}")));
                    terms.insert(at, Term { word: first.word, plain, same: Some(phrase.line) });
                }
            }
            at += 1;
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
    pub fn share_of(&self, wanted: &Goods<'_>) -> i64 {
        let marks_count = self.has_marks && wanted.has_marks;
        let has = |term: &Term<'_>| self.terms.iter().any(|own| own.meets(term, marks_count));
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

    /// Words without marks of which a name has one in it, or else none of these goods: what is cheap to look for first.
    #[must_use]
    pub fn openings(&self) -> Vec<&str> {
        let Some(head) = self.terms.first() else { return Vec::new() };
        let of_line = |line| {
            let on_it = move |phrases: &Vec<Phrase>| phrases.iter().any(|phrase| phrase.line == line);
            PHRASES.iter().filter(move |(_, phrases)| on_it(phrases)).map(|(word, _)| word.as_str())
        };
        match head.same {
            Some(line) => of_line(line).collect(),
            None => head.plain.as_deref().into_iter().collect(),
        }
    }

    /// True when both names are made of the same words, in any order.
    #[must_use]
    pub fn is_same(&self, other: &Goods<'_>) -> bool {
        !self.is_empty() && self.share_of(other) == 100 && other.share_of(self) == 100
    }
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
    use proptest::strategy::Strategy as _;

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
        for line in SAME_GOODS.lines().filter(|line| !line.is_empty()) {
            assert!(line.contains(','), "{line}");
            for phrase in line.split(',') {
                let spelled: Vec<String> = words(phrase).map(spelled).collect();
                assert!(!spelled.is_empty() && seen.insert(spelled), "{phrase:?}");
            }
        }
    }

    /// The plain way: every phrase of the table is tried at every word, and a term is the list of all that it may be.
    fn terms_the_plain_way(name: &str, has_marks: bool) -> Vec<(String, Vec<String>)> {
        let spell: fn(&str) -> String = if has_marks { spelled } else { fold };
        let (own, mut terms, mut at) = (words(name).collect::<Vec<_>>(), Vec::new(), 0);
        while at < own.len() {
            let (mut best, mut taken) = (None, 0);
            for line in SAME_GOODS.lines() {
                for phrase in line.split(',') {
                    let phrase: Vec<String> = words(phrase).map(spell).collect();
                    let here = own.iter().skip(at).take(phrase.len()).map(|word| spell(word));
                    if phrase.len() > taken && here.eq(phrase.iter().cloned()) {
                        (best, taken) = (Some(format!("={line}")), phrase.len());
                    }
                }
            }
            let written = own[at..at + taken.max(1)].iter().map(|word| fold(word)).collect::<Vec<_>>().join(" ");
            terms.push(match best {
                Some(line) if has_marks => (line.clone(), vec![line]),
                Some(line) => (written.clone(), vec![line, written]),
                None => (spelled(own[at]), vec![written]),
            });
            at += taken.max(1);
        }
        terms
    }

    fn share_the_plain_way(name: &str, wanted: &str) -> i64 {
        let has_marks = |text: &str| words(text).any(|word| spelled(word) != fold(word));
        let marks_count = has_marks(name) && has_marks(wanted);
        let own = terms_the_plain_way(name, has_marks(name));
        let wanted = terms_the_plain_way(wanted, has_marks(wanted));
        let has = |(marked, plain): &(String, Vec<String>)| {
            own.iter()
                .any(|own| if marks_count { own.0 == *marked } else { own.1.iter().any(|one| plain.contains(one)) })
        };
        let found = wanted.iter().filter(|term| has(term)).count();
        let fits = wanted.first().is_some_and(has) && found * 2 >= wanted.len();
        if fits { i64::try_from(found * 100 / wanted.len()).unwrap() } else { 0 }
    }

    fn goods_name() -> impl proptest::strategy::Strategy<Value = String> {
        let known: Vec<&str> = SAME_GOODS.lines().flat_map(|line| line.split(',')).collect();
        let word = proptest::prop_oneof![
            proptest::sample::select(known).prop_map(str::to_owned),
            proptest::sample::select(vec![
                "kẹo", "keo", "KẸO", "bánh", "banh", "tráng", "hòa", "hoà", "nước", "cá", "500", "-"
            ])
            .prop_map(str::to_owned),
            "[a-cđàáâ]{1,3}",
        ];
        (proptest::collection::vec(word, 0..6), proptest::bool::ANY)
            .prop_map(|(words, plain)| if plain { fold(&words.join(" ")) } else { words.join(" ") })
    }

    proptest::proptest! {
        #[test]
        fn any_two_names_are_compared_calmly(one in "\\PC{0,40}", other in "\\PC{0,40}") {
            let (one, other) = (Goods::new(&one), Goods::new(&other));
            let found = one.share_of(&other);
            proptest::prop_assert!((0..=100).contains(&found));
            proptest::prop_assert_eq!(one.is_empty() || one.is_same(&one), true);
        }

        #[test]
        fn what_is_prepared_finds_what_the_plain_way_finds(name in goods_name(), wanted in goods_name()) {
            let found = share(&name, &wanted);
            proptest::prop_assert_eq!(found, share_the_plain_way(&name, &wanted));
            let folded = fold(&name);
            let opens = Goods::new(&wanted).openings().iter().any(|word| folded.contains(word));
            proptest::prop_assert!(found == 0 || opens);
        }
    }
}
