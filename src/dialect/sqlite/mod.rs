//! SQLite.

mod connection;
pub mod ddl;
mod lock;
mod split;
pub mod types;

pub use connection::{Mode, SqliteConnection};
