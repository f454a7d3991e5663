//! Sheets of paper: what the office signs, files and sends.
//!
//! [`paper`] says how large a sheet is, [`mark`] what can stand on it, [`font`] how wide a word is, [`pdf`] writes the pages to a
//! file. None of these knows what a form is; a drawing of a hall uses them as well. A form is a [`template`]: [`gather`] collects
//! the values it may name ([`vocabulary`]), [`fill`] puts them in, [`layout`] sets the [`document`] on pages.

pub mod document;
pub mod facts;
pub mod fill;
pub mod font;
pub mod form;
pub mod gather;
pub mod layout;
pub mod mark;
pub mod paper;
pub mod pdf;
pub mod plain;
mod schedule;
pub mod svg;
pub mod template;
pub mod vocabulary;
pub mod workbook;
pub mod wrap;
