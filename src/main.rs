//! The command `db`.
fn main() {}
