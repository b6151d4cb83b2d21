//! The command `db`.

use std::io::Write;
use std::process::ExitCode;

use limbeck::{cli, report, terminal};

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
