//! VietQR: a payment as the text that bank apps read from a code (EMVCo, NAPAS 247), and the code as half blocks.

use std::sync::LazyLock;

use crate::base::text::fold;

/// The banks with their six-digit numbers, as the file under `data/banks` has them.
const BANKS: &str = include_str!("../../data/banks/banks.csv");

/// One bank of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bank {
    /// Its six-digit number.
    pub bin: String,
    /// Its short name.
    pub short: String,
    /// Names by which people know it, without marks and case.
    names: Vec<String>,
}

static LIST: LazyLock<Vec<Bank>> = LazyLock::new(|| {
    let rows = BANKS.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    rows.filter_map(|row| {
        let cell = |place: usize| row.get(place).copied().unwrap_or_default();
        let names = [0, 1, 2, 4].into_iter().map(|place| bare(cell(place))).filter(|name| !name.is_empty()).collect();
        (cell(3).len() == 6).then(|| Bank { bin: cell(3).to_owned(), short: cell(4).to_owned(), names })
    })
    .collect()
});

/// Letters and digits alone, without marks, case and the words that every bank's name has.
fn bare(name: &str) -> String {
    let folded = fold(name);
    let kept = folded
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !matches!(*word, "" | "ngan" | "hang" | "nh" | "tmcp" | "bank" | "cn" | "chi" | "nhanh"));
    kept.collect()
}

/// The bank that a name means: its number, code, short or full name, with or without a branch behind a dash.
#[must_use]
pub fn bank(written: &str) -> Option<&'static Bank> {
    let head = written.split([',', '–', '(']).next().unwrap_or_default();
    let head = head.split(" - ").next().unwrap_or_default();
    let name = bare(head);
    if name.is_empty() {
        return None;
    }
    LIST.iter()
        .find(|bank| bank.bin == name || bank.names.contains(&name))
        .or_else(|| LIST.iter().find(|bank| bank.names.iter().any(|known| known.len() > 4 && name.starts_with(known))))
}

/// What a code asks a bank app to fill in.
#[derive(Clone, Copy, Debug)]
pub struct Transfer<'a> {
    /// The bank's six digits.
    pub bin: &'a str,
    /// The account.
    pub account: &'a str,
    /// Whole đồng.
    pub dong: u64,
    /// The text of the transfer.
    pub text: &'a str,
}

/// The text that a bank app reads, its checksum at the end.
#[must_use]
pub fn payload(transfer: Transfer<'_>) -> String {
    let bank = field("00", transfer.bin) + &field("01", transfer.account);
    let merchant = field("00", "A000000727") + &field("01", &bank) + &field("02", "QRIBFTTA");
    let mut text = field("00", "01") + &field("01", "12") + &field("38", &merchant) + &field("53", "704");
    text += &field("54", &transfer.dong.to_string());
    text += &field("58", "VN");
    text += &field("62", &field("08", &plain(transfer.text)));
    text += "6304";
    let sum = checksum(text.as_bytes());
    text + &format!("{sum:04X}")
}

fn field(tag: &str, value: &str) -> String {
    format!("{tag}{:02}{value}", value.len())
}

/// Capital letters, digits and spaces, at most 50: more the banks do not carry.
#[must_use]
pub fn plain(text: &str) -> String {
    let folded: String = fold(text)
        .to_uppercase()
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { ' ' })
        .collect();
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.join(" ").chars().take(50).collect::<String>().trim_end().to_owned()
}

/// CRC-16/CCITT-FALSE: polynomial 1021, begun at FFFF.
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xffff, |sum, byte| {
        (0..8).fold(
            sum ^ (u16::from(*byte) << 8),
            |sum: u16, _| {
                if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 }
            },
        )
    })
}

/// White around a code, in modules: what the standard asks for, then what phones still take where room is short.
const BORDERS: [usize; 3] = [4, 3, 2];

/// A text as a QR code in half blocks, a quiet border around it, then with as much protection against stains as these rows
/// have room for; none when there is too little room for any code.
///
/// Light modules are drawn and dark ones left, for a light code on a dark screen; `light_paper` turns it round.
#[must_use]
pub fn half_blocks(text: &str, most_rows: usize, light_paper: bool) -> Option<Vec<String>> {
    use fast_qr::ECL;
    let codes: Vec<_> = [ECL::Q, ECL::M, ECL::L]
        .into_iter()
        .filter_map(|ecl| fast_qr::QRBuilder::new(text).ecl(ecl).build().ok())
        .collect();
    let with_border = BORDERS.into_iter().flat_map(|border| codes.iter().map(move |code| (code, border)));
    let (code, border) =
        with_border.into_iter().find(|(code, border)| (code.size + 2 * border).div_ceil(2) <= most_rows)?;
    let size = code.size;
    let lit = |row: usize, column: usize| {
        let inside = (border..size + border).contains(&row) && (border..size + border).contains(&column);
        let dark = inside && code[row - border][column - border].value();
        dark == light_paper
    };
    let whole = size + 2 * border;
    let lines = (0..whole).step_by(2).map(|row| {
        (0..whole)
            // Below an odd last row there is more of the border.
            .map(|column| match (lit(row, column), lit(row + 1, column)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            })
            .collect()
    });
    Some(lines.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_payload_is_the_published_one() {
        let text = "HT gian hàng PC0034";
        let transfer = Transfer { bin: "970436", account: "0071000123456", dong: 4_500_000, text };
        assert_eq!(
            payload(transfer),
            "00020101021238570010A00000072701270006970436011300710001234560208QRIBFTTA5303704540745000005802VN62230819HT GIAN HANG PC003463047055"
        );
    }

    #[test]
    fn a_checksum_over_everything_tells_a_slip() {
        let sound = payload(Transfer { bin: "970415", account: "113366668888", dong: 79_000, text: "dong qop quy" });
        let (head, tail) = sound.split_at(sound.len() - 4);
        assert_eq!(format!("{:04X}", checksum(head.as_bytes())), tail);
        assert_ne!(format!("{:04X}", checksum(head.replace("79000", "97000").as_bytes())), tail);
    }

    #[test]
    fn banks_are_found_as_people_write_them() {
        for (written, bin) in [
            ("Vietcombank", "970436"),
            ("VCB", "970436"),
            ("Ngân hàng TMCP Á Châu", "970416"),
            ("Agribank - CN Bến Tre", "970405"),
            ("Agribank chi nhánh Mỏ Cày", "970405"),
            ("BIDV", "970418"),
            ("970422", "970422"),
        ] {
            assert_eq!(bank(written).map(|bank| bank.bin.as_str()), Some(bin), "{written}");
        }
        assert_eq!(bank("Quỹ tín dụng nhân dân xã"), None);
        assert_eq!(bank(""), None);
    }

    #[test]
    fn a_code_is_a_square_of_half_blocks() {
        let lines = half_blocks("hoicho", 40, true).unwrap_or_default();
        let columns = lines.first().map_or(0, |line| line.chars().count());
        assert_eq!(lines.len(), columns.div_ceil(2));
        let full = Transfer { bin: "970436", account: "0071000123456789", dong: 999_999_999, text: &"A".repeat(40) };
        let fits = half_blocks(&payload(full), 24, false).unwrap_or_default();
        assert!((20..=24).contains(&fits.len()), "{}", fits.len());
        assert!(fits[0].chars().all(|block| block == '█'), "the border is light");
        assert!(half_blocks(&payload(full), 12, false).is_none());
        assert!(half_blocks(&"x".repeat(10_000), 9_999, true).is_none());
    }

    #[test]
    fn transfer_texts_are_what_banks_carry() {
        assert_eq!(plain("Hỗ trợ “gian hàng” – Đợt 1/2026"), "HO TRO GIAN HANG DOT 1 2026");
        assert_eq!(plain(&"a".repeat(80)).len(), 50);
    }
}
