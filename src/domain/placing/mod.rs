//! Who stands where, best: the model of a fair's demands, the solver, its reasons, and the public draw.

pub mod aims;
pub mod lap;
