//! One open PostgreSQL database.

use std::path::Path;
use std::time::Duration;

use postgres::{Client, NoTls, SimpleQueryMessage};

use super::address;
use super::lexer::{TokenKind, tokens};
use super::types::literal;
use crate::dialect::url::Url;
use crate::dialect::{Connection, DbError, Row};

/// One open PostgreSQL database.
pub struct PostgresConnection {
    client: Client,
}

impl PostgresConnection {
    /// Opens the database at `url`; a relative path in its options counts from `folder`.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub fn open(url: &Url, folder: &Path) -> Result<PostgresConnection, DbError> {
        let config = address::config(url, folder)?;
        let client = config.connect(NoTls).map_err(|error| DbError::Open {
            place: format!("`{url}`"),
            message: message(&error),
            hint: None,
        })?;
        Ok(PostgresConnection { client })
    }
}

/// The server's own words, or the driver's.
fn message(error: &postgres::Error) -> String {
    match error.as_db_error() {
        Some(it) => it.message().to_owned(),
        None => error.to_string(),
    }
}

fn failed(sql: &str, error: &postgres::Error) -> DbError {
    DbError::Statement { sql: sql.to_owned(), message: message(error), at: None }
}

/// The statement with the values written into it for `$1`, `$2` and so on.
fn bound(sql: &str, params: &[Option<&str>]) -> String {
    if params.is_empty() {
        return sql.to_owned();
    }
    let mut text = String::with_capacity(sql.len());
    let mut copied = 0;
    for token in tokens(sql) {
        let number = token.text.strip_prefix('$').and_then(|it| it.parse::<usize>().ok());
        if let (TokenKind::Parameter, Some(number)) = (token.kind, number) {
            text.push_str(&sql[copied..token.at]);
            match number.checked_sub(1).and_then(|at| params.get(at)) {
                Some(Some(value)) => text.push_str(&literal(value)),
                Some(None) | None => text.push_str("NULL"),
            }
            copied = token.end();
        }
    }
    text.push_str(&sql[copied..]);
    text
}

impl Connection for PostgresConnection {
    fn execute(&mut self, sql: &str) -> Result<(), DbError> {
        self.client.simple_query(sql).map(|_| ()).map_err(|error| failed(sql, &error))
    }

    fn query(&mut self, sql: &str, params: &[Option<&str>]) -> Result<Vec<Row>, DbError> {
        let sql = bound(sql, params);
        let messages = self.client.simple_query(&sql).map_err(|error| failed(&sql, &error))?;
        let row = |message| match message {
            SimpleQueryMessage::Row(row) => {
                Some((0..row.len()).map(|at| row.get(at).map(str::to_owned)).collect())
            }
            _ => None,
        };
        Ok(messages.into_iter().filter_map(row).collect())
    }

    fn refuse(&mut self, sql: &str, _: &str) -> Result<Option<Row>, DbError> {
        Ok(self.query(sql, &[])?.into_iter().next())
    }

    fn lock(&mut self, _: Duration) -> Result<(), DbError> {
        Ok(())
    }

    fn limit(&mut self, _: Option<Duration>) -> Result<(), DbError> {
        Ok(())
    }
}
