//! What a file says before anything is stored of it: a bank statement set against the payments, a scan with its digest. Pure,
//! so that a session in a test looks into files as the program does.

use std::path::Path;

use crate::base::dates::show_date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::command::FileUse;
use crate::domain::book::Book;
use crate::domain::field::Chosen;
use crate::domain::intent::Intent;
use crate::domain::record::Kind;
use crate::domain::view::statement::{Found, Matching, Movement, match_statement};
use crate::domain::view::title::{title, voucher_no};
use crate::domain::{Evidence, Payment};
use crate::exchange::read::unreadable;
use crate::exchange::scan::{Known, ScanState, advice, attached, known};
use crate::exchange::statement::read_statement;
use crate::say;
use crate::tui::effect::{FileRead, Weighed};

/// Looks into a file, or into the scans that lie where their papers say.
///
/// # Errors
/// What is wrong with it, and what to do.
pub fn look(
    book: &Book,
    wanted: &FileUse,
    path: &Path,
    read: impl Fn(&Path) -> std::io::Result<Vec<u8>>,
) -> Result<FileRead, Words> {
    let bytes = || read(path).map_err(|error| unreadable(path, &error).words());
    match wanted {
        FileUse::Scans(papers) => Ok(compare(book, papers, |path| known(read(path).ok()?.as_slice()).ok())),
        FileUse::Statement => statement(book, &name_of(path), &bytes()?),
        FileUse::Scan(evidence) => scan(book, *evidence, path, &bytes()?),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn statement(book: &Book, name: &str, bytes: &[u8]) -> Result<FileRead, Words> {
    let read = read_statement(name, bytes, None).map_err(|refusal| refusal.words())?;
    let matching = match_statement(book, read.movements);
    let mut lines = statement_lines(book, &matching);
    for remark in read.remarks {
        let words = match remark.line {
            Some(line) => say!("Dòng {line}: {}", "Line {line}: {}"; remark.words),
            None => remark.words,
        };
        lines.push((Weighed::Plain, words));
    }
    let stored = matching.to_store();
    let intent = (!stored.is_empty()).then(|| Intent::Statement { lines: stored, source: Text::new(name) });
    Ok(FileRead { lines, intent })
}

fn scan(book: &Book, evidence: Id, path: &Path, bytes: &[u8]) -> Result<FileRead, Words> {
    let Some(row) = book.get::<Evidence>(evidence) else {
        return Err(Words::new("Chứng từ này không còn.", "This paper is no longer in the book."));
    };
    let Some(claim) = row.claim else {
        return Err(Words::new("Chứng từ không thuộc hồ sơ nào.", "The paper belongs to no claim."));
    };
    let known = known(bytes).map_err(|error| Words::same(error.to_string()))?;
    let (sha256, count) = (&known.sha256, known.bytes);
    let (paper, file) = (row.document.words(), name_of(path));
    let of = Words::same(title(book, Kind::Claim, claim, Lang::Vi));
    let mut lines = vec![
        (Weighed::Title, paper),
        (Weighed::Plain, of),
        (Weighed::Plain, say!("Tệp {file}, {count} byte", "File {file}, {count} bytes")),
        (Weighed::Plain, Words::same(format!("SHA-256 {sha256}"))),
    ];
    if !row.sha256.is_empty() {
        let same = row.sha256 == **sha256;
        let words = if same {
            Words::new("Chính là tệp đã nộp.", "It is the very file that was handed in.")
        } else {
            Words::new("Thay tệp đã nộp trước.", "It takes the place of the file handed in before.")
        };
        lines.push((if same { Weighed::Good } else { Weighed::Doubt }, words));
    }
    let intent = attached(claim, row.document, path, &known).map_err(|refusal| refusal.words())?;
    Ok(FileRead { lines, intent: Some(intent) })
}

/// Sets scans against what was handed in, what is wrong first.
#[must_use]
pub fn compare(book: &Book, papers: &[Id], read: impl Fn(&Path) -> Option<Known>) -> FileRead {
    let mut found: Vec<(&Evidence, ScanState)> = papers
        .iter()
        .filter_map(|id| book.get::<Evidence>(*id))
        .map(|paper| (paper, ScanState::of(paper, &read)))
        .collect();
    found.sort_by_key(|(_, state)| *state == ScanState::Same);
    let (count, wrong) = (found.len(), found.iter().filter(|(_, state)| *state != ScanState::Same).count());
    let mut lines = vec![if wrong == 0 {
        (Weighed::Good, say!("{count} tệp, tất cả như đã nộp.", "{count} files, all as they were handed in."))
    } else {
        (
            Weighed::Title,
            say!(
                "{wrong} trên {count} tệp không còn như đã nộp.",
                "{wrong} of {count} files are not what was handed in."
            ),
        )
    }];
    for (paper, state) in found {
        let (document, file, said) = (paper.document.words(), &paper.file, state.words());
        let of = paper.claim.map(|claim| title(book, Kind::Claim, claim, Lang::Vi)).unwrap_or_default();
        let weighed = if state == ScanState::Same { Weighed::Plain } else { Weighed::Bad };
        lines.push((weighed, say!("{}: {} · {of} · {file}", "{}: {} · {of} · {file}"; document, said)));
    }
    if wrong > 0 {
        lines.push((Weighed::Doubt, advice()));
    }
    FileRead { lines, intent: None }
}

/// A statement against the book, what fits first, as text to read.
#[must_use]
pub fn statement_lines(book: &Book, matching: &Matching) -> Vec<(Weighed, Words)> {
    let mut lines = vec![(Weighed::Title, matching.summary())];
    let place = |found: &Found| match found {
        Found::Fits(..) => 0,
        Found::Nearly(..) => 1,
        Found::Alone => 2,
        Found::Known(_) => 3,
    };
    let mut order: Vec<&(Movement, Found)> = matching.lines.iter().collect();
    order.sort_by_key(|(movement, found)| (place(found), movement.line));
    for (movement, found) in order {
        lines.push(line_words(book, movement, found));
        if let Found::Nearly(_, why) = found {
            lines.extend(why.iter().map(|why| (Weighed::Plain, say!("    {}", "    {}"; why))));
        }
    }
    for id in &matching.missing {
        let Some(payment) = book.get::<Payment>(*id) else { continue };
        let (no, payee) = (voucher_no(payment), &payment.payee);
        let sum = payment.amount.unwrap_or_default();
        let sum = Words { vi: sum.show(Lang::Vi).into(), en: sum.show(Lang::En).into() };
        let words = say!("Không có trên sao kê: chứng từ {no}, {}, {payee}", "Not on the statement: voucher {no}, {}, {payee}"; sum);
        lines.push((Weighed::Bad, words));
    }
    lines
}

fn line_words(book: &Book, movement: &Movement, found: &Found) -> (Weighed, Words) {
    let (line, on, content) = (movement.line, show_date(movement.on), &movement.content);
    let sign = if movement.is_out { "-" } else { "+" };
    let money = |lang| format!("{sign}{}", movement.amount.show(lang));
    let head = Words {
        vi: format!("Dòng {line}, {on}, {}", money(Lang::Vi)).into(),
        en: format!("Line {line}, {on}, {}", money(Lang::En)).into(),
    };
    let voucher = found.payment().and_then(|id| book.get::<Payment>(id));
    let no = voucher.map(voucher_no).unwrap_or_default();
    let payee = voucher.map(|payment| payment.payee.clone()).unwrap_or_default();
    match found {
        Found::Fits(_, outcome) => {
            let state = outcome.words();
            (Weighed::Good, say!("{} = chứng từ {no}, {payee}: {}", "{} = voucher {no}, {payee}: {}"; head, state))
        }
        Found::Known(_) => {
            (Weighed::Plain, say!("{} = chứng từ {no}, đã ghi", "{} = voucher {no}, known already"; head))
        }
        Found::Nearly(..) => (Weighed::Doubt, say!("{} ≈ chứng từ {no}, {payee}", "{} ≈ voucher {no}, {payee}"; head)),
        Found::Alone => {
            (Weighed::Plain, say!("{} chỉ có trên sao kê: {content}", "{} on the statement alone: {content}"; head))
        }
    }
}
