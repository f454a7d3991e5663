//! The screen.
//!
//! [`app::App`] is plain data in ([`effect::Msg`]) and plain data out ([`effect::Effect`]); [`view::draw`] reads it and
//! fills a buffer. Only [`run`] knows the engine, and only [`term`] the terminal, so that a test or a connection from
//! elsewhere can stand in for both.

mod answers;
pub mod app;
mod arrange;
mod conference;
pub mod effect;
mod fair;
pub mod files;
pub mod hit;
pub mod input;
mod interact;
pub mod key;
pub mod layer;
mod matching;
mod mouse;
mod papers;
mod person;
pub mod run;
pub mod screen;
mod taking_down;
pub mod term;
pub mod theme;
pub mod view;
pub mod widget;
