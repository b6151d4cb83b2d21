//! SQL for the clients `mysql` and `mariadb`.

use std::time::Duration;

use super::{Flavour, MySql};
use crate::dialect::{Client, Connection, DbError, Row};

pub(super) fn client(flavour: Flavour) -> Client {
    Client {
        command: match flavour {
            Flavour::MySql => "mysql app < script.sql",
            Flavour::MariaDb => "mariadb app < script.sql",
        },
        preamble: "",
        wait: None,
        now: "DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%H:%i:%sZ')",
    }
}

pub(super) fn guard(_: &MySql, query: &str, _message: &str) -> Vec<String> {
    vec![query.to_owned()]
}

/// Takes every statement and runs none.
#[derive(Debug)]
pub(super) struct Rehearsal {}

impl Rehearsal {
    pub(super) fn new(_: &MySql) -> Rehearsal {
        Rehearsal {}
    }
}

impl Connection for Rehearsal {
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
