//! Names of firms, compared as people compare them: without marks, legal forms, punctuation and the order of words.

use std::collections::BTreeSet;

use crate::base::text::fold;

/// What a legal form is called; longer ones first, so that a shorter one does not break them.
const FORMS: [&str; 22] = [
    "cong ty trach nhiem huu han mot thanh vien",
    "cong ty trach nhiem huu han",
    "trach nhiem huu han",
    "doanh nghiep tu nhan",
    "cong ty co phan",
    "cong ty hop danh",
    "lien hiep hop tac xa",
    "ho kinh doanh",
    "hop tac xa",
    "to hop tac",
    "co so san xuat",
    "mot thanh vien",
    "cong ty",
    "tnhh mtv",
    "tnhh",
    "mtv",
    "dntn",
    "htx",
    "hkd",
    "co ltd",
    "jsc",
    "cty",
];

/// The words that tell one firm from another, in no order.
#[must_use]
pub fn kernel(name: &str) -> BTreeSet<String> {
    let folded = fold(name);
    let words: Vec<&str> =
        folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut text = format!(" {} ", words.join(" "));
    for form in FORMS {
        text = text.replace(&format!(" {form} "), " ");
    }
    // “CP” alone is a legal form only where words are left beside it.
    let kept: BTreeSet<String> = text.split_whitespace().filter(|word| *word != "cp").map(str::to_owned).collect();
    if kept.is_empty() { words.into_iter().map(str::to_owned).collect() } else { kept }
}

/// A name without the legal form at its head, for narrow places: `Công ty TNHH MTV Bánh mứt Uyển Giang` is `Bánh mứt Uyển Giang`.
#[must_use]
pub fn without_form(name: &str) -> &str {
    let mut rest = name.trim();
    while let Some(left) = FORMS.iter().chain(&["cp"]).find_map(|form| behind(rest, form)) {
        rest = left;
    }
    rest
}

/// What stands behind a form at the head of a name; none where the name does not begin with it or nothing is left.
fn behind<'a>(name: &'a str, form: &str) -> Option<&'a str> {
    let mut rest = name;
    for part in form.split(' ') {
        let (word, behind) = rest.split_once(' ')?;
        rest = (fold(word) == part).then(|| behind.trim_start())?;
    }
    (!rest.is_empty()).then_some(rest)
}

/// True when two names mean the same firm.
#[must_use]
pub fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (kernel(one), kernel(other));
    !one.is_empty() && one == other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_without_its_form_as_long_as_words_are_left() {
        for (name, short) in [
            ("Công ty TNHH MTV Bánh mứt Uyển Giang", "Bánh mứt Uyển Giang"),
            ("Hợp tác xã Kẹo dừa Mộc Hân", "Kẹo dừa Mộc Hân"),
            ("CÔNG TY CP Dừa", "Dừa"),
            ("Công ty TNHH", "TNHH"),
            ("Siêu thị Bình Tây", "Siêu thị Bình Tây"),
            ("HTX", "HTX"),
            ("", ""),
        ] {
            assert_eq!(without_form(name), short, "{name}");
        }
    }

    #[test]
    fn the_same_firm_is_known_under_its_spellings() {
        for (one, other) in [
            ("Công ty TNHH MTV Dừa Xanh", "CTY TNHH MỘT THÀNH VIÊN DỪA XANH"),
            ("Công ty Cổ phần Chánh Thu", "Chánh Thu, Công ty CP"),
            ("HTX Nông nghiệp Cái Mơn", "Hợp tác xã nông nghiệp Cái Mơn"),
            ("Hộ kinh doanh Nguyễn Thị Sáu", "NGUYEN THI SAU"),
            ("DNTN Kẹo dừa Thanh Long", "Doanh nghiệp tư nhân kẹo dừa Thanh Long"),
        ] {
            assert!(alike(one, other), "{one} · {other}: {:?} {:?}", kernel(one), kernel(other));
        }
    }

    #[test]
    fn other_firms_stay_others() {
        for (one, other) in [
            ("Công ty TNHH Dừa Xanh", "Công ty TNHH Dừa Xanh Bến Tre"),
            ("HTX Cái Mơn", "HTX Chợ Lách"),
            ("", ""),
            ("Công ty", "Hợp tác xã"),
        ] {
            assert!(!alike(one, other), "{one} · {other}");
        }
    }
}
