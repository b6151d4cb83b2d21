//! SQLite.

pub mod ddl;
pub mod types;
