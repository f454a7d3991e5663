//! The form language: a text that an office can read and change, read into parts. `data/forms/README.md` describes it.
//!
//! A line that begins with `@` is an instruction, `#` a remark, an empty line nothing; every other line is a paragraph. Nothing in a
//! form can compute or reach anything but the named values of the sheet that is printed.

use std::fmt;

use super::document::{Side, Style};
use super::paper::Size;
use crate::base::words::Words;
use crate::say;

/// Most letters of a form; a real one has about two thousand.
pub const LETTERS_MAX: usize = 100_000;
/// How deep `@each` and `@if` may stand within each other.
const DEPTH_MAX: usize = 6;

/// What is wrong with a form, and in which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub words: Words,
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}: {}", self.line, self.words.en)
    }
}

/// A piece of a line: text, or a value by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text as it stands.
    Text(Style, String),
    /// The value of this name.
    Value(Style, String),
}

/// How a paragraph stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Filled to both margins, its first line in.
    Running,
    /// To the left, without indent.
    Flush,
    /// In the middle.
    Middle,
    /// To the right.
    Right,
    /// An item of a list: a dash, further lines in.
    Item,
}

/// A column of a table: weight, side, heading, and what stands in its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableColumn {
    /// Its part of the width.
    pub weight: u16,
    /// To which side cells stand.
    pub side: Side,
    /// The heading.
    pub heading: String,
    /// The cell.
    pub cell: Vec<Piece>,
}

/// A part of a form.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A paragraph.
    Paragraph(Stand, Vec<Piece>),
    /// A line below the text.
    Rule(u16),
    /// Room in points.
    Gap(u16),
    /// A new page.
    NewPage,
    /// The type size from here on, in points.
    TypeSize(u16),
    /// Parts side by side.
    Columns(Vec<(u16, Vec<Located>)>),
    /// A table with a row for each item of a list.
    Table(String, Vec<TableColumn>, Vec<Vec<Vec<Piece>>>),
    /// The parts once for each item of a list.
    Each(String, Vec<Located>),
    /// The first parts when the value is there, else the second.
    If(String, Vec<Located>, Vec<Located>),
}

/// A part and the line on which it begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// The line, from 1.
    pub line: usize,
    /// The part.
    pub node: Node,
}

/// A form that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Template {
    /// What the document is called.
    pub title: Vec<Piece>,
    /// The size of its sheets.
    pub size: Size,
    /// Whether the sheets lie on their long side.
    pub landscape: bool,
    /// Its parts.
    pub nodes: Vec<Located>,
}

/// Reads a form.
///
/// # Errors
/// The first line that cannot be understood, with the reason.
pub fn read_template(text: &str) -> Result<Template, TemplateFault> {
    if text.chars().count() > LETTERS_MAX {
        let words = say!("Mẫu dài quá {LETTERS_MAX} ký tự.", "The form is longer than {LETTERS_MAX} characters.");
        return Err(TemplateFault { line: 1, words });
    }
    let lines: Vec<(usize, &str)> = (1..).zip(text.trim_start_matches('\u{feff}').lines()).collect();
    let mut reader = Reader { lines: &lines, at: 0, template: Template::default(), depth: 0 };
    let (nodes, end) = reader.body(&[])?;
    debug_assert!(end.is_none());
    reader.template.nodes = nodes;
    Ok(reader.template)
}

struct Reader<'a> {
    lines: &'a [(usize, &'a str)],
    at: usize,
    template: Template,
    depth: usize,
}

fn fault<T>(line: usize, words: Words) -> Result<T, TemplateFault> {
    Err(TemplateFault { line, words })
}

impl<'a> Reader<'a> {
    /// The parts up to one of these instructions, or to the end when there is none to wait for.
    fn body(&mut self, until: &[&str]) -> Result<(Vec<Located>, Option<&'a str>), TemplateFault> {
        let opened = self.at.checked_sub(1).and_then(|at| self.lines.get(at)).map_or(1, |(line, _)| *line);
        let mut nodes = Vec::new();
        while let Some((line, text)) = self.lines.get(self.at).copied() {
            self.at += 1;
            let text = text.trim_end();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            let Some(order) = text.strip_prefix('@') else {
                nodes.push(Located { line, node: paragraph(line, text)? });
                continue;
            };
            let (word, rest) = order.split_once(char::is_whitespace).unwrap_or((order, ""));
            if let Some(found) = until.iter().find(|end| **end == word) {
                return if rest.trim().is_empty() || word == "next" {
                    Ok((nodes, Some(word)))
                } else {
                    fault(line, say!("Sau @{found} không ghi gì thêm.", "Nothing stands after @{found}."))
                };
            }
            if let Some(node) = self.order(line, word, rest.trim())? {
                nodes.push(Located { line, node });
            }
        }
        if until.is_empty() {
            return Ok((nodes, None));
        }
        fault(opened, Words::new("Thiếu @end cho dòng này.", "There is no @end for this line."))
    }

    fn order(&mut self, line: usize, word: &str, rest: &str) -> Result<Option<Node>, TemplateFault> {
        Ok(Some(match word {
            "title" => {
                self.template.title = pieces(line, rest)?;
                return Ok(None);
            }
            "paper" => {
                self.paper(line, rest)?;
                return Ok(None);
            }
            "rule" => Node::Rule(if rest.is_empty() { 0 } else { number(line, rest, 1, 100)? }),
            "gap" => Node::Gap(number(line, rest, 1, 400)?),
            "size" => Node::TypeSize(number(line, rest, 6, 36)?),
            "page" => Node::NewPage,
            "columns" => self.columns(line, rest)?,
            "table" => self.table(line, rest)?,
            "each" => {
                let list = name(line, rest)?;
                let (nodes, _) = self.nested(line, &["end"])?;
                Node::Each(list, nodes)
            }
            "if" => {
                let value = name(line, rest)?;
                let (then, end) = self.nested(line, &["else", "end"])?;
                let other = if end == Some("else") { self.nested(line, &["end"])?.0 } else { Vec::new() };
                Node::If(value, then, other)
            }
            _ => {
                return fault(
                    line,
                    say!(
                        "Không có lệnh @{word}. Có: @title @paper @size @gap @rule @page @columns @table @each @if.",
                        "There is no @{word}. There are: @title @paper @size @gap @rule @page @columns @table @each @if."
                    ),
                );
            }
        }))
    }

    fn nested(&mut self, line: usize, until: &[&str]) -> Result<(Vec<Located>, Option<&'a str>), TemplateFault> {
        if self.depth >= DEPTH_MAX {
            return fault(line, say!("Lồng nhau quá {DEPTH_MAX} lớp.", "Nested more than {DEPTH_MAX} deep."));
        }
        self.depth += 1;
        let found = self.body(until);
        self.depth -= 1;
        found
    }

    fn paper(&mut self, line: usize, rest: &str) -> Result<(), TemplateFault> {
        for word in rest.split_whitespace() {
            match word {
                "A4" => self.template.size = Size::A4,
                "A3" => self.template.size = Size::A3,
                "portrait" => self.template.landscape = false,
                "landscape" => self.template.landscape = true,
                _ => {
                    return fault(
                        line,
                        say!(
                            "Khổ giấy {word} không có; ghi A4 hoặc A3, portrait hoặc landscape.",
                            "There is no paper {word}; write A4 or A3, portrait or landscape."
                        ),
                    );
                }
            }
        }
        Ok(())
    }

    fn columns(&mut self, line: usize, rest: &str) -> Result<Node, TemplateFault> {
        let weights: Vec<u16> =
            rest.split_whitespace().map(|word| number(line, word, 1, 100)).collect::<Result<_, _>>()?;
        if weights.len() < 2 || weights.len() > 4 {
            return fault(
                line,
                Words::new(
                    "Ghi bề rộng của 2 đến 4 cột, như @columns 45 55.",
                    "Give the widths of 2 to 4 columns, as @columns 45 55.",
                ),
            );
        }
        let mut columns = Vec::new();
        for (at, weight) in weights.iter().enumerate() {
            let end: &[&str] = if at + 1 == weights.len() { &["end"] } else { &["next"] };
            let (nodes, _) = self.nested(line, end)?;
            let misfit = nodes.iter().find(|part| {
                !matches!(part.node, Node::Paragraph(..) | Node::Rule(_) | Node::Gap(_) | Node::TypeSize(_))
            });
            if let Some(part) = misfit {
                return fault(
                    part.line,
                    Words::new(
                        "Trong cột chỉ có dòng chữ, @rule, @gap và @size.",
                        "Columns hold only text, @rule, @gap and @size.",
                    ),
                );
            }
            columns.push((*weight, nodes));
        }
        Ok(Node::Columns(columns))
    }

    /// Lines `width | side | heading | cell` up to `@end`, among them `@foot` with the cells of a sum.
    fn table(&mut self, opened: usize, rest: &str) -> Result<Node, TemplateFault> {
        let list = name(opened, rest)?;
        let (mut columns, mut feet) = (Vec::new(), Vec::new());
        while let Some((line, text)) = self.lines.get(self.at).copied() {
            self.at += 1;
            let text = text.trim();
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            if text == "@end" {
                if columns.is_empty() || columns.len() > 20 {
                    return fault(opened, Words::new("Bảng có từ 1 đến 20 cột.", "A table has 1 to 20 columns."));
                }
                if let Some((foot, _)) = feet.iter().find(|(_, cells): &&(usize, Vec<_>)| cells.len() != columns.len())
                {
                    let wanted = columns.len();
                    return fault(*foot, say!("@foot phải có {wanted} ô.", "@foot must have {wanted} cells."));
                }
                return Ok(Node::Table(list, columns, feet.into_iter().map(|(_, cells)| cells).collect()));
            }
            if let Some(cells) = text.strip_prefix("@foot") {
                let cells = cells.split('|').map(|cell| pieces(line, cell.trim())).collect::<Result<Vec<_>, _>>()?;
                feet.push((line, cells));
                continue;
            }
            columns.push(column(line, text)?);
        }
        fault(opened, Words::new("Thiếu @end cho bảng này.", "There is no @end for this table."))
    }
}

fn column(line: usize, text: &str) -> Result<TableColumn, TemplateFault> {
    let parts: Vec<&str> = text.splitn(4, '|').map(str::trim).collect();
    let [weight, side, heading, cell] = parts.as_slice() else {
        return fault(
            line,
            Words::new(
                "Một cột ghi: rộng | < ^ > | tiêu đề | {giá trị}.",
                "A column is: width | < ^ > | heading | {value}.",
            ),
        );
    };
    let side = match *side {
        "<" => Side::Left,
        "^" => Side::Middle,
        ">" => Side::Right,
        other => {
            return fault(
                line,
                say!("Canh lề là <, ^ hoặc >, không phải “{other}”.", "The side is <, ^ or >, not “{other}”."),
            );
        }
    };
    let heading = plain(line, heading)?;
    Ok(TableColumn { weight: number(line, weight, 1, 1_000)?, side, heading, cell: pieces(line, cell)? })
}

fn plain(line: usize, text: &str) -> Result<String, TemplateFault> {
    let mut shown = String::new();
    for piece in pieces(line, text)? {
        match piece {
            Piece::Text(_, text) => shown.push_str(&text),
            Piece::Value(_, name) => {
                return fault(line, say!("Tiêu đề cột không có {{{name}}}.", "A heading holds no {{{name}}}."));
            }
        }
    }
    Ok(shown)
}

fn number(line: usize, text: &str, least: u16, most: u16) -> Result<u16, TemplateFault> {
    match text.trim().parse() {
        Ok(number) if (least..=most).contains(&number) => Ok(number),
        _ => fault(
            line,
            say!("“{text}” không phải số từ {least} đến {most}.", "“{text}” is no number from {least} to {most}."),
        ),
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| matches!(letter, 'a'..='z' | '0'..='9' | '_' | '.'))
}

fn name(line: usize, text: &str) -> Result<String, TemplateFault> {
    if is_name(text) {
        return Ok(text.to_owned());
    }
    fault(line, say!("“{text}” không phải tên giá trị.", "“{text}” is no name of a value."))
}

fn paragraph(line: usize, text: &str) -> Result<Node, TemplateFault> {
    let stands =
        [("^ ", Stand::Middle), ("> ", Stand::Right), ("< ", Stand::Flush), ("- ", Stand::Item), ("", Stand::Running)];
    for (mark, stand) in stands {
        if let Some(rest) = text.strip_prefix(mark) {
            return Ok(Node::Paragraph(stand, pieces(line, rest.trim())?));
        }
    }
    Ok(Node::Paragraph(Stand::Running, pieces(line, text)?))
}

/// Text with `**bold**`, `*italic*`, `{values}` and `\` before a sign that is meant as it stands.
fn pieces(line: usize, text: &str) -> Result<Vec<Piece>, TemplateFault> {
    let (mut found, mut style, mut gathered) = (Vec::new(), Style::Plain, String::new());
    let mut rest = text.chars().peekable();
    let keep = |gathered: &mut String, style: Style, found: &mut Vec<Piece>| {
        if !gathered.is_empty() {
            found.push(Piece::Text(style, std::mem::take(gathered)));
        }
    };
    while let Some(letter) = rest.next() {
        match letter {
            '\\' => gathered.extend(rest.next()),
            '*' => {
                keep(&mut gathered, style, &mut found);
                let wanted = if rest.next_if_eq(&'*').is_some() { Style::Bold } else { Style::Italic };
                style = match style {
                    Style::Plain => wanted,
                    current if current == wanted => Style::Plain,
                    _ => {
                        return fault(
                            line,
                            Words::new(
                                "Đậm và nghiêng không lồng nhau; đóng ** hoặc * trước.",
                                "Bold and italic do not nest; close ** or * first.",
                            ),
                        );
                    }
                };
            }
            '{' => {
                keep(&mut gathered, style, &mut found);
                let mut value = String::new();
                loop {
                    match rest.next() {
                        Some('}') => break,
                        Some(letter) => value.push(letter),
                        None => return fault(line, Words::new("Thiếu dấu } trong dòng này.", "This line lacks a }.")),
                    }
                }
                found.push(Piece::Value(style, name(line, value.trim())?));
            }
            '}' => return fault(line, Words::new("Dấu } không có { phía trước.", "This } has no { before it.")),
            _ => gathered.push(letter),
        }
    }
    keep(&mut gathered, style, &mut found);
    if style == Style::Plain {
        return Ok(found);
    }
    fault(line, Words::new("Thiếu dấu * đóng trong dòng này.", "A * is not closed in this line."))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_form_is_read() {
        let text = "# remark\n@title Thư của {office.name}\n@paper A4 landscape\n@columns 45 55\n^ **{office.name}**\n@rule 40\n\
                    @next\n^ Số: {number}\n@end\n\nKính gửi: *{business}*,\n@if fair\n- {fair}\n@else\n- không\n@end\n\
                    @table claims\n5 | ^ | TT | {n}\n9 | > | Số tiền | {grant}\n@foot Cộng | {total}\n@end\n";
        let form = read_template(text).unwrap();
        assert!(form.landscape);
        assert_eq!(form.nodes.len(), 4);
        assert_eq!(form.nodes[3].line, 17);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let faults = [
            ("a\n@nothing", 2, "There is no @nothing"),
            ("{a", 1, "lacks a }"),
            ("x }", 1, "no { before"),
            ("{Ä}", 1, "no name"),
            ("**a", 1, "not closed"),
            ("**a *b* c**", 1, "do not nest"),
            ("\n@if x\ntext", 2, "no @end"),
            ("@table x\n1 | ^ | a", 2, "A column is"),
            ("@table x\n1 | ^ | a | {b}\n@foot a | b\n@end", 3, "must have 1"),
            ("@table x\n@end", 1, "1 to 20"),
            ("@columns 50", 1, "2 to 4"),
            ("@columns 5 5\n@next\n@page\n@end", 3, "Columns hold only"),
            ("@gap many", 1, "no number"),
            ("@paper B5", 1, "no paper"),
            ("@end", 1, "There is no @end"),
        ];
        for (text, line, words) in faults {
            let found = read_template(text).unwrap_err();
            assert_eq!(found.line, line, "{text}: {found}");
            assert!(found.words.en.contains(words), "{text}: {found}");
        }
        let deep = "@if a\n".repeat(9);
        assert_eq!(read_template(&deep).unwrap_err().line, 7);
    }

    proptest! {
        #[test]
        fn anything_is_read_or_refused(text in "([@{}|*^<>\\-\n a-z#.\\\\]|@each |@end\n|@if |@table |@columns 1 2\n){0,120}") {
            let _ = read_template(&text);
        }
    }
}
