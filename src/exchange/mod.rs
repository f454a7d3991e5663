//! Tables in and out: the files offices really send, read with patience, and files that open well elsewhere.
//!
//! Reading goes in two steps. A reader ([`read_csv`](mod@read_csv), [`read_workbook`](mod@read_workbook)) turns bytes into a bare grid of
//! cells and knows nothing of headers; [`find_table`](mod@find_table) then finds the header, the rows that are records, and everything
//! that is neither, and says in words what it left out. [`read::read_table`] does both, picking the reader by what the
//! file contains. Writing goes the other way from one [`table::Table`], to CSV ([`write_csv`](mod@write_csv)) or a workbook
//! ([`write_workbook`](mod@write_workbook)). Nothing here knows what a column means.

pub mod booth_run;
pub mod encoding;
pub mod find_table;
pub mod read;
pub mod read_csv;
pub mod read_workbook;
pub mod sheet;
pub mod table;
pub mod write_csv;
pub mod write_workbook;
