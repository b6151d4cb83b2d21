//! A place in the live database, for a role that may not make databases.
//!
//! Everything is made in schemas of its own within one transaction that is taken back
//! ([decision 22](../../../docs/decisions/0022-where-sql-models-are-read.md)). The statements are those
//! of a file, so nothing of what they name may be what is there: names without a schema are found
//! only in what is made here, a schema that is named has another one in its place, and what could
//! reach further is not carried out.

use std::time::Duration;

use super::lexer::{Token, TokenKind, tokens};
use super::normalize::{Direction, Schemas, words};
use super::role::role;
use super::{Address, Postgres, PostgresConnection, inspect};
use crate::dialect::{Connection, DbError, Role, Row, Scope};
use crate::schema::{Name, Namespace, Object, Other, Schema, Table};

/// What can be made there.
const KINDS: [&str; 21] = [
    "TABLE",
    "UNLOGGED",
    "TYPE",
    "DOMAIN",
    "FUNCTION",
    "PROCEDURE",
    "ROUTINE",
    "AGGREGATE",
    "VIEW",
    "MATERIALIZED",
    "RECURSIVE",
    "INDEX",
    "UNIQUE",
    "SEQUENCE",
    "TRIGGER",
    "CONSTRAINT",
    "RULE",
    "POLICY",
    "STATISTICS",
    "COLLATION",
    "COLUMN",
];

/// The schemas of the live database.
const LIVE: &str = "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' \
     AND nspname <> 'information_schema'";

/// Such a place. Its transaction is taken back at the latest when it is dropped.
pub(super) struct Aside {
    db: PostgresConnection,
    dialect: Postgres,
    schemas: Schemas,
    /// The schemas that the statements make.
    made: Vec<String>,
    /// Why there is no database for it.
    why: String,
}

impl Aside {
    /// A place beside what is there. `without` says why there is no database for it.
    ///
    /// # Errors
    /// `without`, when there can be no such place either, and what ends everything.
    pub(super) fn new(
        dialect: &Postgres,
        address: &Address,
        without: DbError,
    ) -> Result<Aside, DbError> {
        let mut db = PostgresConnection::open(&address.url, &address.folder)?;
        let live = db.query(LIVE, &[])?.into_iter().flatten().flatten();
        let names = live.map(|schema| Name { schema: Some(schema), name: String::new() });
        let schemas = Schemas::of(&dialect.schema, names);
        db.execute("BEGIN")?;
        let confine = format!("SET LOCAL search_path = {}", schemas.own());
        if let Err(error) = schemas.make(&mut db).and_then(|()| db.execute(&confine)) {
            return Err(if error.is_end() { error } else { without });
        }
        db.execute("SET LOCAL check_function_bodies = on")?;
        let why = match without {
            DbError::NoScratch { why, .. } => why,
            other => other.to_string(),
        };
        let dialect = dialect.clone();
        Ok(Aside { db, dialect, schemas, made: Vec::new(), why })
    }

    /// Why a statement cannot be carried out here.
    fn refuses(&self, what: &str) -> DbError {
        DbError::NoScratch {
            why: format!("{}, and without one {what} cannot be read", self.why),
            hint: Some(
                "`ALTER ROLE ... CREATEDB` gives the right, or name an empty database: `scratch_url` \
                 in db.toml"
                    .to_owned(),
            ),
        }
    }

    /// A schema that a statement makes.
    fn make_schema(&mut self, all: &[Token]) -> Result<(), DbError> {
        let exists = all.get(2).is_some_and(|it| it.is("IF"));
        let name = all.get(if exists { 5 } else { 2 }).and_then(Token::name);
        let rest = all.get(if exists { 6 } else { 3 }..).unwrap_or_default();
        let is_plain = rest.is_empty() || rest[0].is("AUTHORIZATION") && rest.len() == 2;
        let Some(name) = name.filter(|_| is_plain) else {
            return Err(self.refuses("a schema that is made with what is in it"));
        };
        if let Some(sql) = self.schemas.add(&name) {
            self.db.execute(&sql)?;
        }
        if !self.made.contains(&name) {
            self.made.push(name);
        }
        Ok(())
    }

    /// Refuses what could reach what is there.
    fn keep_within(&self, all: &[Token]) -> Result<(), DbError> {
        let mut first = all.iter().take_while(|it| it.kind == TokenKind::Word);
        let begins = first.next().map(|it| it.text.to_uppercase()).unwrap_or_default();
        let kind = first.find(|it| !it.is("OR") && !it.is("REPLACE") && !it.is("ON"));
        let is_known = kind.is_some_and(|it| KINDS.iter().any(|kind| it.is(kind)));
        let moves = all.windows(2).any(|it| it[0].is("SET") && it[1].is("SCHEMA"));
        match &*begins {
            "CREATE" | "ALTER" | "DROP" | "COMMENT" if is_known && !moves => Ok(()),
            "SAVEPOINT" | "RELEASE" | "ROLLBACK" => Ok(()),
            _ => {
                let text: Vec<&str> = all.iter().take(2).map(|it| it.text).collect();
                Err(self.refuses(&format!("`{}`", text.join(" "))))
            }
        }
    }

    /// Settings of a file: only those that do not say where names are found, or say that they are found
    /// nowhere, as `pg_dump` does.
    fn set(&mut self, sql: &str) -> Result<(), DbError> {
        let named = words(sql);
        let own = self.schemas.own();
        let is_path = sql.to_lowercase().contains("search_path");
        let is_back = sql.contains(own);
        let is_nowhere = named.iter().any(|it| it == "set_config") && sql.contains("''");
        match is_path && !is_back {
            true if is_nowhere => Ok(()),
            true => Err(self.refuses("`search_path`")),
            false => self.db.execute(sql),
        }
    }
}

impl Connection for Aside {
    fn execute(&mut self, sql: &str) -> Result<(), DbError> {
        let all: Vec<Token> = tokens(sql).collect();
        let is = |at: usize, word: &str| all.get(at).is_some_and(|it| it.is(word));
        match role(sql) {
            // It has begun.
            Role::Begin => return Ok(()),
            Role::End | Role::Savepoint => return self.db.execute(sql),
            Role::Plain | Role::Alone => {}
        }
        if is(0, "CREATE") && is(1, "SCHEMA") {
            return self.make_schema(&all);
        }
        if is(0, "SET") || is(0, "SELECT") && all.iter().any(|it| it.is("set_config")) {
            return self.set(sql);
        }
        self.keep_within(&all)?;
        self.db.execute(&self.schemas.text(sql, Direction::There))
    }

    fn query(&mut self, sql: &str, params: &[Option<&str>]) -> Result<Vec<Row>, DbError> {
        self.db.query(sql, params)
    }

    fn refuse(&mut self, sql: &str, message: &str) -> Result<Option<Row>, DbError> {
        self.db.refuse(sql, message)
    }

    fn lock(&mut self, _: Duration) -> Result<(), DbError> {
        // Nobody else sees it.
        Ok(())
    }

    fn limit(&mut self, statement_timeout: Option<Duration>) -> Result<(), DbError> {
        self.db.limit(statement_timeout)
    }

    fn inspected(&mut self) -> Option<Result<Schema, DbError>> {
        let own = Postgres { schema: self.schemas.own().to_owned(), ..self.dialect.clone() };
        let found = inspect::inspect(&own, &mut self.db, &Scope::default());
        Some(found.map(|mut found| {
            // What is there beside it is none of what was made here.
            let made = self.schemas.made();
            let is_made = |name: &Name| name.schema.as_deref().is_none_or(|it| made.contains(&it));
            found.tables.retain(|it| is_made(&it.name));
            found.objects.retain(|it| {
                is_made(&it.name())
                    && it.table().is_none_or(is_made)
                    && !matches!(it, Object::Namespace(_) | Object::Extension(_))
            });
            found.others.retain(|it| it.name.schema.is_some() && is_made(&it.name));
            let (schemas, back) = (&self.schemas, Direction::Back);
            let other = |it: Other| Other { name: schemas.name(it.name, back), ..it };
            let named = |name: &String| Object::Namespace(Namespace { name: name.clone() });
            let objects = found.objects.into_iter().map(|it| schemas.object(it, back));
            let table = |it: Table| {
                let mut table = schemas.table(it, back);
                for key in &mut table.foreign_keys {
                    key.table = schemas.name(std::mem::take(&mut key.table), back);
                }
                table
            };
            let mut schema = Schema {
                tables: found.tables.into_iter().map(table).collect(),
                objects: objects.chain(self.made.iter().map(named)).collect(),
                others: found.others.into_iter().map(other).collect(),
            };
            schema.sort();
            schema
        }))
    }
}
