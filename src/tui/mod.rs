//! The screen's own ground: keys, input, terminal, colours, hits and widgets, none of which knows anything of fairs.

pub mod hit;
pub mod input;
pub mod key;
pub mod term;
pub mod theme;
pub mod widget;
