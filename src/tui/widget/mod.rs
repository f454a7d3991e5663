//! Widgets that know no business: each is given what to show, draws it into a place and tells what lies where.
//!
//! All of them draw what they are given and keep nothing; what must be remembered between frames (an offset, a cursor)
//! comes in as an argument and goes out as a result. A place that is too small, or outside the buffer, is drawn as far
//! as it goes.

pub mod canvas;
pub mod field;
pub mod hint_bar;
pub mod ink;
pub mod lens;
pub mod notes;
pub mod outline;
pub mod paragraph;
pub mod popup;
pub mod table;
pub mod tabs;
pub mod window;
