//! SQLite.

mod connection;
pub mod ddl;
pub mod default;
mod lock;
mod options;
mod split;
pub mod types;

pub use connection::{Mode, SqliteConnection};
