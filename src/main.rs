//! The command `db`.

use std::io::Write;
use std::process::ExitCode;

use limbeck::{cli, report, terminal};

/// Most of what a command does is to read many small texts into many small values.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::run() {
        Ok(code) => code,
        Err(error) if terminal::is_closed(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = write!(anstream::stderr().lock(), "{}", report::print(&error));
            ExitCode::FAILURE
        }
    }
}
