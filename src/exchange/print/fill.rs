//! From a form and its values to a document. Every name in the form is looked up first, so that a misspelt one is told before
//! anything is printed, also where the list it stands in happens to be empty.

use super::document::{Block, Cell, Column, Document, Paragraph, Run, Side, Table};
use super::facts::{ENDINGS, Fact, Facts};
use super::paper::mm;
use super::template::{Located, Node, Piece, Stand, TableColumn, Template, TemplateFault};
use super::vocabulary;
use crate::base::amount_in_words::Spoken;
use crate::base::words::Lang;
use crate::exchange::table::Out;
use crate::say;

/// The type size of documents (Decree 30/2020: 13 to 14).
const TYPE_SIZE: u16 = 13;

/// Fills a form.
///
/// # Errors
/// A name that no value has, with its line.
pub fn fill(template: &Template, facts: &Facts, lang: Lang, spoken: Spoken) -> Result<Document, TemplateFault> {
    let lists: Vec<&str> = Vec::new();
    known_pieces(&template.title, 1, &lists)?;
    known(&template.nodes, &lists)?;
    let mut filling = Filling { scopes: vec![facts], lang, spoken, size: TYPE_SIZE };
    let title = filling.runs(&template.title).iter().map(|run| run.text.as_str()).collect();
    let blocks = filling.nodes(&template.nodes);
    Ok(Document { title, lang, size: template.size, landscape: template.landscape, blocks })
}

/// Splits an ending off a name: `total.words` is `total` and `words`; `budget.year` is a name of its own.
fn parted(name: &str) -> (&str, &str) {
    if vocabulary::is_value(name) {
        return (name, "");
    }
    match name.rsplit_once('.') {
        Some((value, ending)) if ENDINGS.iter().any(|(known, _)| *known == ending) => (value, ending),
        _ => (name, ""),
    }
}

fn known(nodes: &[Located], lists: &[&str]) -> Result<(), TemplateFault> {
    for Located { line, node } in nodes {
        match node {
            Node::Paragraph(_, pieces) => known_pieces(pieces, *line, lists)?,
            Node::Columns(columns) => {
                for (_, nodes) in columns {
                    known(nodes, lists)?;
                }
            }
            Node::Table(list, columns, feet) => {
                let inside = known_list(list, *line, lists)?;
                for (at, column) in columns.iter().enumerate() {
                    known_pieces(&column.cell, line + 1 + at, &inside)?;
                }
                for foot in feet {
                    for cell in foot {
                        known_pieces(cell, *line, lists)?;
                    }
                }
            }
            Node::Each(list, nodes) => known(nodes, &known_list(list, *line, lists)?)?,
            Node::If(value, then, other) => {
                if !vocabulary::lists(lists).any(|list| list == value) {
                    known_name(value, *line, lists)?;
                }
                known(then, lists)?;
                known(other, lists)?;
            }
            Node::Rule(_) | Node::Gap(_) | Node::NewPage | Node::TypeSize(_) => {}
        }
    }
    Ok(())
}

fn known_list<'a>(list: &'a str, line: usize, lists: &[&'a str]) -> Result<Vec<&'a str>, TemplateFault> {
    let mut found = vocabulary::lists(lists);
    if !found.any(|known| known == list) {
        let all: Vec<&str> = vocabulary::lists(lists).collect();
        let all = all.join(", ");
        let words = say!("Không có danh sách “{list}”. Có: {all}.", "There is no list “{list}”. There are: {all}.");
        return Err(TemplateFault { line, words });
    }
    Ok(lists.iter().copied().chain([list]).collect())
}

fn known_pieces(pieces: &[Piece], line: usize, lists: &[&str]) -> Result<(), TemplateFault> {
    pieces.iter().try_for_each(|piece| match piece {
        Piece::Text(..) => Ok(()),
        Piece::Value(_, name) => known_name(parted(name).0, line, lists),
    })
}

fn known_name(name: &str, line: usize, lists: &[&str]) -> Result<(), TemplateFault> {
    if vocabulary::values(lists).any(|known| known == name) {
        return Ok(());
    }
    let start = name.split(['.', '_']).next().unwrap_or(name);
    let near: Vec<&str> = vocabulary::values(lists).filter(|known| known.contains(start)).take(12).collect();
    let near = if near.is_empty() { vocabulary::values(lists).collect::<Vec<_>>() } else { near };
    let near = near.join(", ");
    let words =
        say!("Không có giá trị “{name}” ở đây. Gần nhất: {near}.", "There is no value “{name}” here. Nearest: {near}.");
    Err(TemplateFault { line, words })
}

struct Filling<'a> {
    scopes: Vec<&'a Facts>,
    lang: Lang,
    spoken: Spoken,
    size: u16,
}

impl<'a> Filling<'a> {
    /// The value of this name in the innermost list that has it.
    fn value(&self, name: &str) -> Fact {
        self.scopes.iter().rev().find_map(|facts| facts.values.get(name)).cloned().unwrap_or_default()
    }

    fn items(&self, name: &str) -> &'a [Facts] {
        self.scopes.iter().rev().find_map(|facts| facts.lists.get(name)).map_or(&[], Vec::as_slice)
    }

    fn nodes(&mut self, nodes: &[Located]) -> Vec<Block> {
        let mut blocks = Vec::new();
        for located in nodes {
            self.node(&located.node, &mut blocks);
        }
        blocks
    }

    fn node(&mut self, node: &Node, blocks: &mut Vec<Block>) {
        match node {
            Node::Paragraph(stand, pieces) => blocks.push(Block::Paragraph(self.paragraph(*stand, pieces))),
            Node::Rule(share) => blocks.push(Block::Rule(*share)),
            Node::Gap(room) => blocks.push(Block::Gap(f32::from(*room))),
            Node::NewPage => blocks.push(Block::NewPage),
            Node::TypeSize(size) => self.size = *size,
            Node::Columns(columns) => {
                let outside = self.size;
                let columns = columns
                    .iter()
                    .map(|(weight, nodes)| {
                        self.size = outside;
                        (*weight, self.nodes(nodes))
                    })
                    .collect();
                self.size = outside;
                blocks.push(Block::Columns(columns));
            }
            Node::Table(list, columns, feet) => blocks.push(Block::Table(self.table(list, columns, feet))),
            Node::Each(list, nodes) => {
                for item in self.items(list) {
                    self.scopes.push(item);
                    blocks.extend(self.nodes(nodes));
                    self.scopes.pop();
                }
            }
            Node::If(value, then, other) => {
                let there = !self.value(value).is_empty() || !self.items(value).is_empty();
                blocks.extend(self.nodes(if there { then } else { other }));
            }
        }
    }

    fn paragraph(&self, stand: Stand, pieces: &[Piece]) -> Paragraph {
        let mut runs = self.runs(pieces);
        let (side, first_indent, indent) = match stand {
            Stand::Running => (Side::Both, mm(10.0), 0.0),
            Stand::Flush => (Side::Left, 0.0, 0.0),
            Stand::Middle => (Side::Middle, 0.0, 0.0),
            Stand::Right => (Side::Right, 0.0, 0.0),
            Stand::Item => {
                if let Some(first) = runs.first_mut() {
                    first.text.insert_str(0, "- ");
                }
                (Side::Left, mm(5.0), mm(8.0))
            }
        };
        Paragraph { runs, side, size: f32::from(self.size), first_indent, indent }
    }

    fn runs(&self, pieces: &[Piece]) -> Vec<Run> {
        let run = |piece: &Piece| match piece {
            Piece::Text(style, text) => Run { style: *style, text: text.clone() },
            Piece::Value(style, name) => {
                let (name, ending) = parted(name);
                Run { style: *style, text: self.value(name).show(ending, self.lang, self.spoken) }
            }
        };
        pieces.iter().map(run).collect()
    }

    /// A cell that is one value alone keeps its worth.
    fn cell(&self, pieces: &[Piece]) -> Cell {
        let runs = self.runs(pieces);
        let text = || runs.iter().map(|run| run.text.as_str()).collect::<String>();
        let value = match pieces {
            [Piece::Value(_, name)] if parted(name).1.is_empty() => self.value(name).out(self.lang),
            _ => Some(text()).filter(|text| !text.is_empty()).map_or(Out::Empty, Out::Text),
        };
        Cell { runs, value }
    }

    fn table(&mut self, list: &str, columns: &[TableColumn], feet: &[Vec<Vec<Piece>>]) -> Table {
        let mut rows = Vec::new();
        for item in self.items(list) {
            self.scopes.push(item);
            rows.push(columns.iter().map(|column| self.cell(&column.cell)).collect());
            self.scopes.pop();
        }
        let feet = feet.iter().map(|foot| foot.iter().map(|cell| self.cell(cell)).collect()).collect();
        let columns = columns
            .iter()
            .map(|column| Column { heading: column.heading.clone(), weight: column.weight, side: column.side })
            .collect();
        Table { columns, rows, feet }
    }
}
