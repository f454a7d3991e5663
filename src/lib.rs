//! hoicho (hội chợ, trade fair): one book for booths, booth-rental subsidies and trade leads.
//!
//! The layers are a law, checked by `tests/tidy` and by `cargo build --no-default-features`:
//!
//! | layer | may use |
//! |---|---|
//! | `base` | nothing of ours |
//! | `domain` | `base` |
//! | `store` | `base` |
//! | `exchange` | `base`, `domain` |
//! | `command` | `base`, `domain` |
//! | `engine` | `base`, `domain`, `store`, `exchange`, `command` |
//! | `cli` | all of the above |
//! | `tui` | `base`, `domain`, `command`, `exchange`; only `tui::run` also `engine` |
//!
//! `cli` and `tui` never meet; the clock, chance and the person's name are asked for in `engine::env` alone.

pub mod base;
pub mod cli;
pub mod command;
pub mod domain;
pub mod engine;
pub mod exchange;
pub mod store;
#[cfg(feature = "tui")]
pub mod tui;
