//! The ground of the screen: keys, input, terminal, colours, hits and widgets, none of which knows anything of fairs.
//!
//! [`term`] alone touches the terminal and [`input`] alone reads its events; [`theme`] alone names colours. Everything
//! else is plain data in and a buffer out: a widget is given a place, a buffer and a theme, draws itself there and
//! returns what a click on it would mean as [`hit::Hits`]. So a test draws a whole screen without any terminal, and
//! what was seen is all that can be clicked.

pub mod hit;
pub mod input;
pub mod key;
pub mod term;
pub mod theme;
pub mod widget;
