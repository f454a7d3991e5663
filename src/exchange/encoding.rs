//! From bytes to text when the file does not say which encoding it is in: Unicode where it is Unicode, otherwise the
//! old Vietnamese and Western encodings, told apart by whether the result reads as Vietnamese syllables.

use encoding_rs::{Encoding, MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use crate::base::words::Words;
use crate::say;

/// Text with what had to be guessed to get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, not yet cleaned.
    pub text: String,
    /// The guess, when there was one.
    pub guess: Option<Words>,
}

/// Decodes any bytes; nothing is refused, what cannot be read becomes `U+FFFD`.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Decoded { text: encoding.decode(bytes).0.into_owned(), guess: None };
    }
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return guessed(encoding.decode_without_bom_handling(bytes).0.into_owned(), "UTF-16");
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), guess: None };
    }
    let tcvn3 = from_tcvn3_bytes(bytes);
    let windows: String = WINDOWS_1258.decode_without_bom_handling(bytes).0.nfc().collect();
    let (in_tcvn3, in_windows) = (Reading::of(&tcvn3), Reading::of(&windows));
    if in_tcvn3.score() > in_windows.score() && in_tcvn3.is_vietnamese() {
        return guessed(tcvn3, "TCVN3 (ABC)");
    }
    if in_windows.is_vietnamese() {
        return guessed(windows, "Windows-1258");
    }
    if looks_mac(bytes) {
        return guessed(MACINTOSH.decode_without_bom_handling(bytes).0.into_owned(), "Mac Roman");
    }
    guessed(WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), "Windows-1252")
}

/// True when these texts are TCVN3 bytes that a program stored as if they were Latin letters ("Tæng céng"), as old
/// workbooks with `.VnTime` fonts do. At least three syllables must become readable, and most of all that is changed.
pub fn is_masked_tcvn3<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let mut as_is = Reading::default();
    let mut unmasked = Reading::default();
    for text in texts.filter(|text| could_be_masked(text)).take(5_000) {
        as_is.add(text);
        unmasked.add(&unmask(text));
    }
    unmasked.valid >= 3 && unmasked.is_vietnamese() && unmasked.score() > as_is.score()
}

/// Puts right one text of a sheet for which [`is_masked_tcvn3`] holds; `None` when it is better as it stands.
#[must_use]
pub fn unmask_tcvn3(text: &str) -> Option<String> {
    if !could_be_masked(text) {
        return None;
    }
    let unmasked = unmask(text);
    (Reading::of(&unmasked).score() >= Reading::of(text).score()).then_some(unmasked)
}

/// What to tell a person whose file was in TCVN3 behind Latin letters.
#[must_use]
pub fn masked_tcvn3_words() -> Words {
    Words::new(
        "Tệp dùng phông chữ cũ TCVN3 (ABC, .VnTime): đã chuyển sang Unicode, xin xem lại dấu.",
        "The file uses the old Vietnamese fonts TCVN3 (ABC, .VnTime): converted to Unicode, please check the accents.",
    )
}

fn guessed(text: String, encoding: &str) -> Decoded {
    let guess = say!(
        "Tệp không ghi bảng mã; đã đọc theo {encoding}. Nếu chữ bị sai, hãy lưu lại dạng CSV UTF-8.",
        "The file does not say its encoding; read as {encoding}. If letters are wrong, save it again as CSV UTF-8."
    );
    Decoded { text, guess: Some(guess) }
}

/// UTF-16 without a mark: nearly every second byte of Western text is zero, always on the same side.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.get(..bytes.len().min(4_096))?.chunks_exact(2);
    let (mut first, mut second, mut all) = (0_usize, 0_usize, 0_usize);
    for pair in pairs {
        all += 1;
        first += usize::from(pair.first() == Some(&0));
        second += usize::from(pair.last() == Some(&0));
    }
    if second * 2 > all && first * 10 < all {
        Some(UTF_16LE)
    } else if first * 2 > all && second * 10 < all {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Accented letters inside words lie at 0x80–0x9F in Mac Roman and above 0xBF in Windows; 0x92 is the Windows
/// apostrophe of "don’t".
fn looks_mac(bytes: &[u8]) -> bool {
    let (mut mac, mut windows) = (0_usize, 0_usize);
    for three in bytes.windows(3) {
        if let [before, letter, after] = three
            && (before.is_ascii_alphabetic() || after.is_ascii_alphabetic())
        {
            mac += usize::from((0x80..=0x9f).contains(letter) && *letter != 0x92);
            windows += usize::from(*letter >= 0xc0);
        }
    }
    mac > windows
}

/// The letters of TCVN 5712:1993, VN3, with their bytes.
const TCVN3: [(u8, &str); 9] = [
    (0xa1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xb5, "àảãáạ"),
    (0xbb, "ằẳẵắ"),
    (0xc6, "ặầẩẫấậè"),
    (0xce, "ẻẽéẹềểễếệìỉ"),
    (0xdc, "ĩíịò"),
    (0xe1, "ỏõóọồổỗốộờở"),
    (0xec, "ỡớợù"),
    (0xf1, "ủũúụừửữứựỳỷỹýỵ"),
];

fn tcvn3_letter(byte: u8) -> Option<char> {
    TCVN3.iter().find_map(|(first, letters)| letters.chars().nth(usize::from(byte.checked_sub(*first)?)))
}

/// The byte a Latin letter stands for when TCVN3 was stored as if it were Latin-1.
fn masked_letter(c: char) -> Option<char> {
    u8::try_from(u32::from(c)).ok().filter(|byte| *byte > 0xa0).and_then(tcvn3_letter)
}

fn could_be_masked(text: &str) -> bool {
    !text.is_ascii() && text.chars().all(|c| c.is_ascii() || c == '\u{a0}' || masked_letter(c).is_some())
}

fn unmask(text: &str) -> String {
    with_capitals(&text.chars().map(|c| masked_letter(c).unwrap_or(c)).collect::<String>())
}

fn from_tcvn3_bytes(bytes: &[u8]) -> String {
    let text: String = bytes
        .iter()
        .map(|byte| match byte {
            0..=0x7f => char::from(*byte),
            0xa0 => ' ',
            _ => tcvn3_letter(*byte).unwrap_or(char::REPLACEMENT_CHARACTER),
        })
        .collect();
    with_capitals(&text)
}

/// TCVN3 has no capital accented letters, a font showed them: a word whose plain letters are all capitals is capitals.
fn with_capitals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let capital = piece.chars().any(|c| c.is_ascii_uppercase()) && !piece.chars().any(|c| c.is_ascii_lowercase());
        let long = piece.chars().filter(|c| c.is_alphabetic()).count() > 1;
        if capital && long { out.push_str(&piece.to_uppercase()) } else { out.push_str(piece) }
    }
    out
}

/// How well a text reads as Vietnamese; only words with a letter beyond ASCII count.
#[derive(Clone, Copy, Debug, Default)]
struct Reading {
    valid: i64,
    invalid: i64,
}

impl Reading {
    fn of(text: &str) -> Self {
        let mut reading = Self::default();
        reading.add(text);
        reading
    }

    fn add(&mut self, text: &str) {
        let words = text.split(|c: char| c.is_ascii() && !c.is_ascii_alphabetic()).filter(|word| !word.is_ascii());
        // One letter alone proves nothing: the pound sign is "Ê" in TCVN3.
        for word in words.filter(|word| word.chars().count() > 1).take(5_000) {
            if is_syllable(word) { self.valid += 1 } else { self.invalid += 1 }
        }
    }

    const fn score(self) -> i64 {
        self.valid - self.invalid
    }

    const fn is_vietnamese(self) -> bool {
        self.valid >= 2 && self.valid * 10 >= (self.valid + self.invalid) * 7
    }
}

const ONSETS: &str = " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x ";
const RHYMES: &str = " a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en \
    eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oc oi om on ong \
    op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ooc oong ô ôc ôi ôm \
    ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uênh uêch uy uya uych uynh uyt uyn \
    uyu uyên uyêt uôc uôi uôm uôn uông uôt uơ ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên \
    yêng yêt yêu ";

/// True for one Vietnamese syllable with at most one tone, in any case.
fn is_syllable(word: &str) -> bool {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    if word.len() > 24 {
        return false;
    }
    let spread: Vec<char> = word.to_lowercase().nfd().collect();
    if spread.iter().filter(|c| TONES.contains(c)).count() > 1 {
        return false;
    }
    let bare: String = spread.into_iter().filter(|c| !TONES.contains(c)).nfc().collect();
    bare.char_indices().map(|(at, _)| at).take(4).any(|at| {
        let (onset, rhyme) = bare.split_at(at);
        (onset.is_empty() || ONSETS.contains(&format!(" {onset} "))) && RHYMES.contains(&format!(" {rhyme} "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of a text in TCVN3, lower case only.
    fn tcvn3_bytes(text: &str) -> Vec<u8> {
        text.chars()
            .map(|c| if c.is_ascii() { c as u8 } else { (0xa1..=0xfe).find(|b| tcvn3_letter(*b) == Some(c)).unwrap() })
            .collect()
    }

    #[test]
    fn old_vietnamese_bytes_become_unicode() {
        let text = "Tổng cộng;Đơn vị tính: triệu đồng;Tên doanh nghiệp;Địa chỉ;xã Hưng Khánh Trung";
        let decoded = decode(&tcvn3_bytes(text));
        assert_eq!(decoded.text, text);
        assert!(decoded.guess.is_some_and(|words| words.en.contains("TCVN3")));
        assert_eq!(decode(b"C\xe9NG TY D\xf5A B\xd5n Tre, s\xe8 l\xad\xeeng").text, "CỘNG TY DỪA Bến Tre, số lượng");
    }

    #[test]
    fn windows_1258_and_western_bytes_are_told_apart() {
        let (bytes, _, lost) =
            WINDOWS_1258.encode("Tên doanh nghiê\u{323}p; Đi\u{323}a chi\u{309}; Tô\u{309}ng cô\u{323}ng");
        assert!(!lost);
        assert_eq!(decode(&bytes).text, "Tên doanh nghiệp; Địa chỉ; Tổng cộng");
        assert_eq!(decode(b"Caf\xe9 M\xfcller, Soci\xe9t\xe9").text, "Café Müller, Société");
        assert_eq!(decode(b"Caf\x8e M\x9fller, Soci\x8et\x8e").text, "Café Müller, Société");
    }

    #[test]
    fn utf16_needs_no_mark() {
        let bytes: Vec<u8> = "Ten,So\r\nA,1\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&bytes).text, "Ten,So\r\nA,1\r\n");
        let bytes: Vec<u8> = "\u{feff}Tên,Số".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&bytes).text, "Tên,Số");
    }

    #[test]
    fn masked_text_is_unmasked_only_where_it_reads_better() {
        let texts = ["Tæng céng", "§¬n vÞ tÝnh: TriÖu ®ång", "H\u{ad}ng Kh¸nh"];
        assert!(is_masked_tcvn3(texts.into_iter()));
        assert_eq!(unmask_tcvn3("H\u{ad}ng Kh¸nh").as_deref(), Some("Hưng Khánh"));
        assert_eq!(unmask_tcvn3("Hưng Khánh"), None);
        assert!(!is_masked_tcvn3(["£20,000 towards £5m", "£1", "£2", "£3"].into_iter()));
        assert!(!is_masked_tcvn3(["Café", "Société générale", "Müller", "Größe", "Tên", "Địa chỉ"].into_iter()));
    }
}
