//! The screen without a terminal: the real app over a real engine, by keys alone.

mod board;
mod conference;
mod drawing;
mod draws;
mod driver;
mod floor;
mod maps;
mod matches;
mod money;
mod persons;
mod pictures;
mod placing;
mod random;
mod schemes;
mod sessions;
mod stand;
mod tables;
mod told;
mod twelve;
mod waiting;
