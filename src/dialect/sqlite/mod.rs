//! SQLite.

mod connection;
pub mod ddl;
pub mod default;
mod lock;
mod split;
pub mod types;

pub use connection::{Mode, SqliteConnection};
