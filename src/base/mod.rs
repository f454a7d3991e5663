//! What any office program needs and no trade rule touches: words, text, money, dates, identity.

pub mod account;
pub mod amount_in_words;
pub mod booth_code;
mod checked;
pub mod citizen;
pub mod dates;
pub mod email;
pub mod expected_panic;
pub mod firm_name;
pub mod gtin;
pub mod ids;
pub mod limits;
pub mod masking;
pub mod money;
pub mod order;
pub mod phone;
pub mod search;
pub mod secret;
pub mod tax_code;
pub mod text;
pub mod vietqr;
pub mod words;
pub mod working_days;
