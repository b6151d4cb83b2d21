//! SQLite.

pub mod ddl;
pub mod default;
pub mod types;
