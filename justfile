# The short names of what is done often. `just` lists them.

[private]
default:
    @just --list

# The screen on your own book
run *ARGS:
    cargo run --release -- {{ARGS}}

# The screen on a new demonstration book
demo *ARGS:
    cargo run --release -- demo {{ARGS}}

# All tests, or those with a name in them
test *NAME:
    cargo test {{NAME}}

# What a change must pass before it is handed on
check:
    .ci/run

# The documentation of the code, with its links checked
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

# The pages under docs/, written from the tables
pages:
    cargo test --test all tidy::pages::write -- --ignored

# Take the snapshots as they come out now; look at the difference before committing it
snapshots:
    INSTA_UPDATE=always cargo test --test all
    git diff --stat -- '*.snap'

# Make the frozen book anew; only while its format has not been released
freeze:
    cargo test --test all law::frozen::write -- --ignored

# Figures beside those of the rivals, in one run
bench *NAME:
    cargo bench -- {{NAME}}

# Kill the program at random moments, so many times
crash ROUNDS="200":
    HOICHO_CRASH_ROUNDS={{ROUNDS}} cargo test --test all store::crash -- --nocapture
