//! SQLite.

mod connection;
pub mod ddl;
pub mod default;
mod inspect;
mod key;
mod lock;
mod options;
mod split;
pub mod types;

pub use connection::{Mode, SqliteConnection};
pub use inspect::inspect;
