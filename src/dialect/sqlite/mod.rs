//! SQLite.

pub mod ddl;
