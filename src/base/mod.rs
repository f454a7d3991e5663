//! What any office program needs and no trade rule touches: words, text, money, dates, identity.

pub mod dates;
pub mod ids;
pub mod money;
pub mod text;
pub mod words;
