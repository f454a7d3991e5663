//! Scans put to a claim's file.

use std::sync::Arc;

use crate::base::dates::Date;
use crate::base::ids::Id;
use crate::base::text::Text;
use crate::base::words::{Lang, Words};
use crate::domain::Claim;
use crate::domain::change::Change;
use crate::domain::decide::Desk;
use crate::domain::decide::booth::gone;
use crate::domain::evidence::{Evidence, EvidenceKind, EvidenceStatus};
use crate::domain::field::Chosen;
use crate::domain::record::{Kind, Record};
use crate::domain::refusal::{Refusal, refuse};
use crate::domain::view::title::title;
use crate::say;

/// A file and its digest.
pub(super) struct Scan<'a> {
    pub file: &'a Text,
    pub sha256: &'a Text,
    pub file_bytes: i64,
}

/// Puts a scan to a file: the document counts as received. One that was accepted or waived is not replaced in silence.
pub(super) fn attach(
    desk: &mut Desk<'_>,
    claim: Id,
    document: EvidenceKind,
    scan: Scan<'_>,
    on: Option<Date>,
) -> Result<Words, Refusal> {
    if desk.book.get::<Claim>(claim).is_none() {
        return Err(gone(Kind::Claim));
    }
    let known = desk.book.pointing::<Evidence>(claim).find(|row| row.document == document).cloned();
    let mut row = known.clone().unwrap_or_else(|| Evidence {
        id: desk.env.new_id(),
        claim: Some(claim),
        document,
        ..Evidence::default()
    });
    let paper = document.words();
    if row.status.is_judged() {
        let status = row.status.words();
        return refuse(
            "evidence-judged",
            say!("“{}” {}; không thay tệp.", "“{}” is {}; its file is not replaced."; paper, status),
            say!("Ghi “không đạt” có lý do rồi nộp lại.", "Reject it with a reason, then attach anew."),
        );
    }
    row.file = scan.file.clone();
    row.sha256 = scan.sha256.clone();
    row.file_bytes = Some(scan.file_bytes);
    row.received_on = Some(on.unwrap_or_else(|| desk.env.today()));
    row.received_by = desk.env.who.clone();
    row.status = EvidenceStatus::Received;
    row.reason = Text::default();
    let after = Record::Evidence(Arc::new(row));
    desk.push(match known {
        Some(known) => Change::edited(Record::Evidence(Arc::new(known)), after),
        None => Change::added(after),
    });
    let (name, file) = (title(&desk.book, Kind::Claim, claim, Lang::Vi), scan.file);
    Ok(say!("{}: nhận {file} cho {name}", "{}: received {file} for {name}"; paper))
}
