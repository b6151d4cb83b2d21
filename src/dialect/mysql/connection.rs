//! One open database.

use std::path::Path;
use std::time::Duration;

use super::MySql;
use crate::dialect::url::Url;
use crate::dialect::{Connection, DbError, Row};

/// An open database.
#[derive(Debug)]
pub struct MySqlConnection {}

impl MySqlConnection {
    /// Opens the database at `url`; relative paths in it count from `folder`.
    ///
    /// # Errors
    /// When the server cannot be reached, or refuses.
    pub fn open(url: &Url, _folder: &Path) -> Result<MySqlConnection, DbError> {
        Err(DbError::Open { place: format!("`{url}`"), message: "later".to_owned(), hint: None })
    }
}

/// What the server behind `db` speaks.
pub(super) fn dialect(_db: &mut dyn Connection) -> Result<MySql, DbError> {
    Ok(MySql::default())
}

impl Connection for MySqlConnection {
    fn execute(&mut self, _: &str) -> Result<(), DbError> {
        Ok(())
    }

    fn query(&mut self, _: &str, _: &[Option<&str>]) -> Result<Vec<Row>, DbError> {
        Ok(Vec::new())
    }

    fn refuse(&mut self, _: &str, _: &str) -> Result<Option<Row>, DbError> {
        Ok(None)
    }

    fn lock(&mut self, _: Duration) -> Result<(), DbError> {
        Ok(())
    }

    fn limit(&mut self, _: Option<Duration>) -> Result<(), DbError> {
        Ok(())
    }
}
