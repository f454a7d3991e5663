//! Solves a bare assignment: `cargo run --release --example assign -- FILE`, where the file holds n and then n × n costs.
#![expect(clippy::print_stdout, reason = "an example prints what it found")]

use std::time::Instant;

use hoicho::domain::placing::lap::{assign, certify};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("usage: assign FILE")?;
    let text = std::fs::read_to_string(&file)?;
    let mut numbers = text.split_whitespace().map(str::parse::<i64>);
    let size = usize::try_from(numbers.next().ok_or("the file is empty")??)?;
    let costs = numbers.collect::<Result<Vec<i64>, _>>()?;
    if size.checked_mul(size) != Some(costs.len()) {
        return Err(format!("{size} × {size} costs expected, {} found", costs.len()).into());
    }
    let start = Instant::now();
    let found = assign(&costs, size).map_err(|why| format!("no assignment: {why:?}"))?;
    let time = start.elapsed();
    let proof = match certify(&costs, size, &found) {
        Ok(()) => "proven by its prices".to_owned(),
        Err(flaw) => format!("NOT proven: {flaw:?}"),
    };
    println!("{}", found.total);
    println!("{:.3} ms, {proof}", time.as_secs_f64() * 1e3);
    Ok(())
}
