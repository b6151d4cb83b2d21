//! PostgreSQL.
//!
//! Its DDL is part of transactions, and it keeps of every expression not the text but the meaning:
//! what it reports is its own spelling. So a declaration is settled by asking the server what it
//! would make of it (`normalize`), and only where a cheap look (`spelling`) leaves a doubt.

mod address;
mod alter;
mod aside;
mod borrowed;
mod connection;
mod create;
pub mod default;
mod dml;
mod driver;
mod dump;
mod effects;
mod failure;
mod holder;
mod insert;
mod inspect;
mod lease;
mod leftover;
mod lexer;
mod lock;
mod normalize;
mod offline;
mod open;
mod options;
mod password_file;
mod pooler;
mod render;
mod role;
mod scratch;
mod spelling;
mod split;
mod stop;
mod tls;
mod tries;
pub mod types;
mod unknown;
mod verify;

pub use connection::PostgresConnection;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::dialect::url::Url;
use crate::dialect::{
    Bearing, Checks, Client, Connected, Connection, DbError, Dialect, Dml, Effects, Features,
    Limits, NormalizeError, Piece, Role, Scope, SplitError, Statement, Unsupported,
};
use crate::operation::Operation;
use crate::schema::{Column, Name, Schema, Table, Type};

/// Opens the database at `url`: `postgres://user:password@host/database`.
///
/// # Errors
/// When the server cannot be reached, refuses, or is too old.
pub fn connect(url: &Url, folder: &Path) -> Result<Connected, DbError> {
    let mut db = PostgresConnection::open(url, folder)?;
    let address = Address { url: url.clone(), folder: folder.to_owned(), trials: None };
    let dialect = Postgres { address: Some(Arc::new(address)), ..Postgres::of(&mut db)? };
    Ok((Box::new(dialect), Box::new(db)))
}

/// Where a database is, for further connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The address.
    pub url: Url,
    /// The folder from which relative paths in it count.
    pub folder: PathBuf,
    /// Where trials are made, if a person has named a place.
    pub trials: Option<Trials>,
}

/// Where a database is that a person has named for trials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trials {
    /// The address.
    pub url: Url,
    /// The folder from which relative paths in it count.
    pub folder: PathBuf,
}

/// What PostgreSQL speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postgres {
    /// The version that will run the statements: 15.4 is `150004`.
    pub version: u32,
    /// The schema in which a name without one is made and found.
    pub schema: String,
    /// Where the server is, if there is one.
    pub address: Option<Arc<Address>>,
}

impl Default for Postgres {
    /// For SQL that is printed: what every supported server understands.
    fn default() -> Postgres {
        Postgres { version: Postgres::OLDEST, schema: "public".to_owned(), address: None }
    }
}

impl Postgres {
    /// The oldest server that is supported.
    pub const OLDEST: u32 = 120_000;

    /// What the server behind `db` speaks.
    ///
    /// # Errors
    /// When it is too old, and whatever the server says.
    pub fn of(db: &mut dyn Connection) -> Result<Postgres, DbError> {
        let facts = "SELECT current_setting('server_version_num'), current_schema()";
        let row = db.query(facts, &[])?.into_iter().next().unwrap_or_default();
        let mut row = row.into_iter();
        let version = row.next().flatten().and_then(|it| it.parse().ok()).unwrap_or_default();
        let schema = row.next().flatten().unwrap_or_else(|| "public".to_owned());
        if version < Postgres::OLDEST {
            return Err(DbError::Open {
                place: "the database".to_owned(),
                message: format!("its server is PostgreSQL {}", version / 10_000),
                hint: Some("PostgreSQL 12 and newer can be used".to_owned()),
            });
        }
        Ok(Postgres { version, schema, address: None })
    }
}

impl Dialect for Postgres {
    fn name(&self) -> &'static str {
        "postgres"
    }

    fn title(&self) -> &'static str {
        "PostgreSQL"
    }

    fn features(&self) -> Features {
        Features {
            begin: Some("BEGIN"),
            transactional_ddl: true,
            max_identifier: 63,
            indexes_by_table: false,
        }
    }

    fn quote(&self, name: &str) -> String {
        types::quote(name)
    }

    fn build(&self, dml: &Dml) -> String {
        dml::build(dml)
    }

    fn type_sql(&self, ty: &Type) -> Result<String, Unsupported> {
        types::sql(ty)
    }

    fn column_type_sql(&self, table: &Table, column: &Column) -> Result<String, Unsupported> {
        types::column_sql(table, column)
    }

    fn looks_at(&self, op: &Operation) -> Option<Scope> {
        render::looks_at(op)
    }

    fn render(&self, op: &Operation, before: &Schema) -> Result<Vec<Statement>, Unsupported> {
        render::render(self, op, before)
    }

    fn checks(&self, _: &[Operation]) -> Checks {
        // Everything is checked as it happens, or at the end of the transaction.
        Checks::default()
    }

    fn split<'a>(&self, script: &'a str) -> Result<Vec<Piece<'a>>, SplitError> {
        split::split(script)
    }

    fn cut<'a>(&self, file: &'a str) -> Result<Vec<Piece<'a>>, SplitError> {
        split::cut(file)
    }

    fn bearing(&self, statement: &str) -> Bearing {
        dump::bearing(self, statement)
    }

    fn forget_moment(&self, _: &mut Schema, _: &[&str]) {}

    fn settings(&self, db: &mut dyn Connection) -> Result<Vec<String>, DbError> {
        dump::settings(db)
    }

    fn stands_alone(&self, op: &Operation) -> bool {
        role::stands_alone(op)
    }

    fn role(&self, statement: &str) -> Role {
        role::role(statement)
    }

    fn normalize(
        &self,
        declared: &Schema,
        live: &Schema,
        db: &mut dyn Connection,
    ) -> Result<Schema, NormalizeError> {
        normalize::normalize(self, declared, live, db)
    }

    fn prepare(&self, db: &mut dyn Connection, limits: &Limits) -> Result<(), DbError> {
        lock::prepare(db, limits)
    }

    fn inspect(&self, db: &mut dyn Connection, scope: &Scope) -> Result<Schema, DbError> {
        let mut scope = scope.clone();
        scope.except.push(Name::new(lease::TABLE));
        inspect::inspect(self, db, &scope)
    }

    fn columns(
        &self,
        db: &mut dyn Connection,
        table: &Name,
    ) -> Result<Option<Vec<String>>, DbError> {
        inspect::columns(self, db, table)
    }

    fn portable(&self) -> Box<dyn Dialect> {
        Box::new(Postgres { version: Postgres::OLDEST, ..self.clone() })
    }

    fn try_at(&mut self, url: &Url, folder: &Path) -> Result<(), DbError> {
        if !matches!(url.scheme.as_str(), "postgres" | "postgresql") {
            let why = format!("`scratch_url` is `{url}`, and the database is {}", self.title());
            return Err(scratch::unfit(why));
        }
        let trials = Trials { url: url.clone(), folder: folder.to_owned() };
        if let Some(address) = self.address.as_deref().cloned() {
            self.address = Some(Arc::new(Address { trials: Some(trials), ..address }));
        }
        Ok(())
    }

    fn empty(&self, live: &mut dyn Connection) -> Result<Box<dyn Connection>, DbError> {
        scratch::empty(self, live)
    }

    fn reading(&self, live: &mut dyn Connection) -> Result<Box<dyn Connection>, DbError> {
        match (scratch::empty(self, live), self.address.as_deref()) {
            (Err(error @ DbError::NoScratch { .. }), Some(address)) if address.trials.is_none() => {
                Ok(Box::new(aside::Aside::new(self, address, error)?))
            }
            (made, _) => made,
        }
    }

    fn scratch(&self, live: &mut dyn Connection) -> Result<Box<dyn Connection>, DbError> {
        scratch::scratch(self, live)
    }

    fn effects(&self, op: &Operation, statements: &[Statement]) -> Effects {
        effects::effects(op, statements)
    }

    fn client(&self) -> Client {
        offline::CLIENT
    }

    fn guard(&self, query: &str, message: &str) -> Vec<String> {
        offline::guard(query, message)
    }

    fn rehearsal(&self) -> Result<Box<dyn Connection>, DbError> {
        Ok(Box::new(offline::Rehearsal::new(self)))
    }
}
