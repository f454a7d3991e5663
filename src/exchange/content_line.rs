//! Content lines, of which vCard (RFC 6350) and iCalendar (RFC 5545) are made: `NAME;PARAMETER=VALUE:value`, long ones folded.
//!
//! Reading takes what phones and mail programs really write: any line ends, quoted-printable that runs over several lines,
//! a character set a line, parameters without a name (vCard 2.1). Writing is by the letter of the standards.

use encoding_rs::{Encoding, UTF_8};

use super::encoding::decode;

/// Most bytes of a written line, its end not counted.
const LINE_BYTES: usize = 75;

/// Most bytes of one read line after unfolding; a photograph is longer and is of no use here.
const READ_BYTES_MAX: usize = 64 * 1024;

/// A line as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContentLine {
    /// Its number in the file, from 1.
    pub number: u32,
    /// The name in capitals, without a group before it.
    pub name: String,
    /// The parameters in capitals with their values as written; one without a name has an empty name.
    pub parameters: Vec<(String, String)>,
    /// The value with its escapes, in Unicode.
    pub value: String,
}

impl ContentLine {
    /// True when a parameter of this name, or one without a name, has this value, in any case.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.parameters.iter().any(|(own, values)| {
            (own == name || own.is_empty())
                && values.split(',').any(|one| one.trim_matches('"').eq_ignore_ascii_case(value))
        })
    }

    /// The parts of the value between the signs that are not escaped, each without its escapes.
    #[must_use]
    pub fn parts(&self, sign: char) -> Vec<String> {
        let mut parts = vec![String::new()];
        let mut letters = self.value.chars();
        while let Some(letter) = letters.next() {
            let kept = match letter {
                '\\' => match letters.next() {
                    Some('n' | 'N') => '\n',
                    Some(other) => other,
                    None => '\\',
                },
                letter if letter == sign => {
                    parts.push(String::new());
                    continue;
                }
                letter => letter,
            };
            if let Some(last) = parts.last_mut() {
                last.push(kept);
            }
        }
        parts
    }

    /// The whole value without its escapes.
    #[must_use]
    pub fn text(&self) -> String {
        // No text holds this character, so that nothing is parted.
        self.parts('\0').concat()
    }
}

/// Reads the lines of a file, whatever its encoding. Lines that are none, and what is inlined in base 64, are left out.
#[must_use]
pub fn read_lines(bytes: &[u8]) -> Vec<ContentLine> {
    let whole = decode(bytes).text;
    // A file in UTF-16 has its line ends in two bytes, so that it is read as the text it is.
    let (bytes, whole) = if bytes.contains(&0) { (whole.as_bytes(), None) } else { (bytes, Some(&whole)) };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let texts: Vec<&str> = whole.map(|whole| whole.split('\n').collect()).unwrap_or_default();
    let text_at = |place: usize| texts.get(place).map(|text| text.trim_end_matches('\r')).unwrap_or_default();
    let rows: Vec<&[u8]> =
        bytes.split(|byte| *byte == b'\n').map(|row| row.strip_suffix(b"\r").unwrap_or(row)).collect();
    // Old Macintosh files end their lines by CR alone.
    let single: Vec<&[u8]> = match rows.as_slice() {
        [only] => only.split(|byte| *byte == b'\r').collect(),
        _ => Vec::new(),
    };
    let rows = if single.is_empty() { rows } else { single };
    let old_ends = rows.len() != texts.len();
    let mut found = Vec::new();
    let mut keeps_blank = false;
    let mut place = 0;
    while let Some(row) = rows.get(place) {
        let first = place;
        place += 1;
        let Some(head) = Head::read(row) else { continue };
        let mut line = row[head.length..].to_vec();
        let mut text = unicode(row, if old_ends { "" } else { text_at(first) }, head.charset);
        let take = |line: &mut Vec<u8>, text: &mut String, at: usize, from: usize| {
            if line.len() < READ_BYTES_MAX {
                line.extend_from_slice(&rows[at][from..]);
                let whole = unicode(rows[at], if old_ends { "" } else { text_at(at) }, head.charset);
                text.push_str(whole.get(from..).unwrap_or(&whole));
            }
        };
        if head.quoted {
            while line.last() == Some(&b'=') && place < rows.len() {
                line.pop();
                take(&mut line, &mut text, place, 0);
                place += 1;
            }
        }
        while rows.get(place).is_some_and(|next| matches!(next.first(), Some(b' ' | b'\t'))) {
            // In vCard 2.1 a line is folded at a blank, which stays.
            take(&mut line, &mut text, place, usize::from(!keeps_blank || head.quoted));
            place += 1;
        }
        if head.name == "VERSION" {
            keeps_blank = line.trim_ascii() == b"2.1";
        }
        if head.inlined {
            continue;
        }
        let value = if head.quoted {
            let plain = unquoted(&line);
            unicode(&plain, &decode(&plain).text, head.charset)
        } else {
            text.get(head.length..).unwrap_or_default().to_owned()
        };
        let number = u32::try_from(first + 1).unwrap_or(u32::MAX);
        found.push(ContentLine { number, name: head.name, parameters: head.parameters, value });
    }
    found
}

/// What stands before the value.
struct Head {
    name: String,
    parameters: Vec<(String, String)>,
    /// Bytes up to and with the colon.
    length: usize,
    quoted: bool,
    inlined: bool,
    charset: Option<&'static Encoding>,
}

impl Head {
    fn read(row: &[u8]) -> Option<Self> {
        let mut in_quotes = false;
        let colon = row.iter().position(|byte| {
            in_quotes ^= *byte == b'"';
            *byte == b':' && !in_quotes
        })?;
        let text = String::from_utf8_lossy(&row[..colon]);
        let mut words = text.split(';');
        let name = words.next()?.trim().to_uppercase();
        let name = name.rsplit('.').next().unwrap_or_default().to_owned();
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return None;
        }
        let parameters: Vec<(String, String)> = words
            .map(|word| match word.split_once('=') {
                Some((name, value)) => (name.trim().to_uppercase(), value.trim().to_owned()),
                None => (String::new(), word.trim().to_owned()),
            })
            .collect();
        let mut head = Self { name, parameters, length: colon + 1, quoted: false, inlined: false, charset: None };
        for (name, value) in &head.parameters {
            match (name.as_str(), value.to_uppercase().as_str()) {
                ("ENCODING" | "", "QUOTED-PRINTABLE") => head.quoted = true,
                ("ENCODING" | "", "BASE64" | "B") => head.inlined = true,
                ("CHARSET", _) => head.charset = Encoding::for_label(value.trim_matches('"').as_bytes()),
                _ => {}
            }
        }
        Some(head)
    }
}

/// Bytes in the character set that the line names, else in UTF-8, else as the whole file was guessed.
fn unicode(bytes: &[u8], guessed: &str, charset: Option<&'static Encoding>) -> String {
    match (charset.filter(|charset| *charset != UTF_8), std::str::from_utf8(bytes)) {
        (Some(charset), Err(_)) => charset.decode_without_bom_handling(bytes).0.into_owned(),
        (_, Ok(text)) => text.to_owned(),
        (None, Err(_)) if !guessed.is_empty() => guessed.to_owned(),
        (None, Err(_)) => decode(bytes).text,
    }
}

/// Quoted-printable (RFC 2045, 6.7); what is no code stays as it is.
fn unquoted(bytes: &[u8]) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        match (*first, after) {
            (b'=', [high, low, after @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => {
                    plain.push(high * 16 + low);
                    rest = after;
                }
                _ => {
                    plain.push(b'=');
                    rest = &rest[1..];
                }
            },
            (byte, after) => {
                plain.push(byte);
                rest = after;
            }
        }
    }
    plain
}

/// Lines to be written, each folded and ended by CR LF.
#[derive(Debug, Default)]
pub struct ContentLines(String);

impl ContentLines {
    /// A line whose value is written as it is: a number, a time, a keyword.
    pub fn plain(&mut self, head: &str, value: &str) {
        self.fold(&format!("{head}:{value}"));
    }

    /// A line of text.
    pub fn text(&mut self, head: &str, value: &str) {
        self.fold(&format!("{head}:{}", escaped(value)));
    }

    /// A line of several texts between semicolons.
    pub fn parts(&mut self, head: &str, parts: &[&str]) {
        let parts: Vec<String> = parts.iter().map(|part| escaped(part)).collect();
        self.fold(&format!("{head}:{}", parts.join(";")));
    }

    /// Everything written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    fn fold(&mut self, line: &str) {
        let mut room = LINE_BYTES;
        for letter in line.chars() {
            if letter.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE_BYTES - 1;
            }
            self.0.push(letter);
            room -= letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ',' | ';' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values(bytes: &[u8]) -> Vec<(String, String)> {
        read_lines(bytes).into_iter().map(|line| (line.name.clone(), line.text())).collect()
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn what_phones_write_is_read() {
        let old = b"VERSION:2.1\r\nFN;CHARSET=UTF-8;QUOTED-PRINTABLE:Nguy=E1=BB=85n Th=\r\n=E1=BB=8B H=C3=A0\r\n\
            NOTE:two\r\n words\r\nPHOTO;BASE64;JPEG:/9j/4AAQ\r\n SkZJRg\r\n\r\nTEL;CELL:0938\r\n";
        let read =
            [pair("VERSION", "2.1"), pair("FN", "Nguyễn Thị Hà"), pair("NOTE", "two words"), pair("TEL", "0938")];
        assert_eq!(values(old), read);
        let new = "VERSION:4.0\nitem1.ORG;X=\"a:b\":Sen\\; Dừa;Sales\nNOTE:fol\n ded\\nline\n".as_bytes();
        assert_eq!(values(new)[1..], [pair("ORG", "Sen; Dừa;Sales"), pair("NOTE", "folded\nline")]);
        assert_eq!(read_lines(new)[1].parts(';'), ["Sen; Dừa", "Sales"]);
        assert!(read_lines(old)[3].has("TYPE", "cell"));
    }

    #[test]
    fn old_encodings_are_read() {
        // Windows-1258 declared, Windows-1258 not declared, and UTF-16.
        assert_eq!(values(b"ORG;CHARSET=windows-1258:C\xf4ng ty\n"), [pair("ORG", "Công ty")]);
        assert_eq!(values(b"ORG:C\xf4ng ty\nNOTE:m\xf4i tr\xfd\xf2ng\n")[0], pair("ORG", "Công ty"));
        let wide: Vec<u8> = "\u{feff}FN:Trần\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(values(&wide), [pair("FN", "Trần")]);
        assert_eq!(values(b"FN:A\rTEL:1\r"), [pair("FN", "A"), pair("TEL", "1")]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(text in "[ -~\u{00c0}-\u{1ef9}\n;,\\\\]{0,200}") {
            let mut lines = ContentLines::default();
            lines.plain("VERSION", "4.0");
            lines.text("NOTE", &text);
            let bytes = lines.into_bytes();
            for line in String::from_utf8_lossy(&bytes).split("\r\n") {
                prop_assert!(line.len() <= LINE_BYTES);
            }
            prop_assert_eq!(&values(&bytes)[1].1, &text);
        }

        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read_lines(&bytes);
        }
    }
}
