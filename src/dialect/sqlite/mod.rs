//! SQLite.

mod connection;
mod lock;
mod split;

pub use connection::{Mode, SqliteConnection};
