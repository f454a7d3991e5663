//! How fast it is, each figure beside a rival's in the same run: `cargo bench`, or `cargo bench -- open` for one part.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a measurement prints what it found, and stops where it cannot be made"
)]

mod act;
mod assignment;
mod conference;
mod frame;
mod import;
mod map;
mod matching;
mod measure;
mod open;
mod payment_list;
mod placing;
mod search;
mod subsidy;
mod supply;
mod what_if;

/// The parts by name.
const PARTS: &[(&str, fn())] = &[
    ("act", act::run),
    ("open", open::run),
    ("frame", frame::run),
    ("map", map::run),
    ("search", search::run),
    ("import", import::run),
    ("placing", placing::run),
    ("assignment", assignment::run),
    ("what_if", what_if::run),
    ("subsidy", subsidy::run),
    ("payment_list", payment_list::run),
    ("matching", matching::run),
    ("conference", conference::run),
];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    if let [first, dir] = args.as_slice()
        && first == open::ALONE
    {
        return open::alone(dir.as_ref());
    }
    measure::heading();
    for (name, part) in PARTS {
        if args.is_empty() || args.iter().any(|arg| arg == name) {
            part();
        }
    }
}
