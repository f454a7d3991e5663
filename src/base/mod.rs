//! What any office program needs and no trade rule touches: words, text, money, dates, identity.

pub mod words;
