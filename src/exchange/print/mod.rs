//! Sheets of paper: what the office signs, files and sends.
//!
//! [`paper`] says how large a sheet is, [`mark`] what can stand on it, [`font`] how wide a word is, [`pdf`] writes the pages to a
//! file. None of these knows what a form is; a drawing of a hall uses them as well.

pub mod font;
pub mod mark;
pub mod paper;
pub mod pdf;
pub mod svg;
