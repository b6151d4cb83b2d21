//! SQLite.
//!
//! Its `ALTER TABLE` can do little, but it keeps of every object the statement that made it. So
//! the schema is read from these texts (`ddl`, `inspect`), and where `ALTER TABLE` falls short
//! the text of the table is edited (`edit`), in place or for building the table anew.

mod alter;
mod checks;
mod connection;
mod create;
pub mod ddl;
pub mod default;
mod dump;
mod edit;
mod effects;
mod insert;
mod inspect;
mod key;
mod lock;
mod normalize;
mod offline;
mod options;
mod render;
mod role;
mod scratch;
mod split;
pub mod types;

pub use connection::{Mode, SqliteConnection};
pub use inspect::inspect;
pub use normalize::normalize;

use std::path::Path;

use sea_query::SqliteQueryBuilder;

use crate::dialect::url::Url;
use crate::dialect::{
    Access, Bearing, Checks, Client, Connected, Connection, DbError, Dialect, Dml, Effects,
    Features, Limits, NormalizeError, Piece, Role, Scope, SplitError, Statement, Unsupported,
};
use crate::operation::Operation;
use crate::schema::{Column, Schema, Table, Type};

/// Opens the file at `url`, `sqlite:///app.db`; one without a path is in memory. A file that is
/// not there is made where `access` asks for it, and is otherwise taken for an empty database.
///
/// # Errors
/// When the file cannot be opened, or is no database.
pub fn connect(url: &Url, folder: &Path, access: Access) -> Result<Connected, DbError> {
    let open = |message: String, hint: &str| DbError::Open {
        place: format!("`{url}`"),
        message,
        hint: Some(hint.to_owned()),
    };
    if !url.host.is_empty() || !url.other_hosts.is_empty() {
        let hint = "a path in this folder stands behind three slashes: `sqlite:///app.db`";
        return Err(open(format!("SQLite has no hosts like `{}`", url.host), hint));
    }
    if let Some(option) = url.options.keys().next() {
        let hint = "leave out what stands behind the question mark";
        return Err(open(format!("SQLite has no option `{option}`"), hint));
    }
    let path = folder.join(&url.path);
    let absent = || matches!(path.try_exists(), Ok(false));
    let memory = matches!(url.path.as_str(), "" | ":memory:");
    let db = match access {
        _ if memory => SqliteConnection::memory()?,
        Access::Create => SqliteConnection::open(&path, Mode::Create)?,
        Access::Look | Access::Change if absent() => SqliteConnection::memory()?,
        Access::Look => SqliteConnection::open(&path, Mode::ReadOnly)?,
        Access::Change => SqliteConnection::open(&path, Mode::ReadWrite)?,
    };
    Ok((Box::new(Sqlite::bundled()), Box::new(db)))
}

/// The address of a file in `folder`, from whichever folder it is opened.
pub(super) fn for_programs(url: &Url, folder: &Path) -> std::io::Result<String> {
    if matches!(url.path.as_str(), "" | ":memory:") {
        return Ok(url.with_password().to_owned());
    }
    let path = folder.join(&url.path);
    // Elsewhere the real path is spelled in a way that not every program reads.
    let real = if cfg!(unix) { path.canonicalize().ok() } else { None };
    let path = real.map_or_else(|| std::path::absolute(path), Ok)?;
    let path = path.to_string_lossy().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    Ok(format!("sqlite:///{path}"))
}

/// A version of SQLite: 3.54.1 is `(3, 54, 1)`.
pub type Version = (u32, u32, u32);

/// What SQLite speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sqlite {
    /// The version that will run the statements.
    pub version: Version,
}

impl Sqlite {
    /// The SQLite in this program.
    pub fn bundled() -> Sqlite {
        let number = rusqlite::version_number().unsigned_abs();
        Sqlite { version: (number / 1_000_000, number / 1000 % 1000, number % 1000) }
    }

    /// For SQL that is printed and run by a client of unknown age: what every SQLite since 2018
    /// understands, without edits of its schema tables, which no reader should have to trust.
    pub fn portable() -> Sqlite {
        Sqlite { version: (3, 26, 0) }
    }

    /// `ALTER TABLE ... RENAME COLUMN`: <https://sqlite.org/releaselog/3_25_0.html>.
    fn renames_columns(self) -> bool {
        self.version >= (3, 25, 0)
    }

    /// `ALTER TABLE ... DROP COLUMN`: <https://sqlite.org/releaselog/3_35_0.html>.
    fn drops_columns(self) -> bool {
        self.version >= (3, 35, 0)
    }

    /// `ALTER TABLE ... ADD CONSTRAINT`, `DROP CONSTRAINT` and `ALTER COLUMN ... SET NOT NULL`:
    /// <https://sqlite.org/releaselog/3_53_0.html>.
    fn alters_constraints(self) -> bool {
        self.version >= (3, 53, 0)
    }

    /// Whether the text of a table may be edited where it is kept. Every SQLite can, but only
    /// the one in this program is known to read the text as this program does.
    fn edits_schema(self) -> bool {
        self.version >= Sqlite::bundled().version
    }
}

impl Dialect for Sqlite {
    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn title(&self) -> &'static str {
        "SQLite"
    }

    fn features(&self) -> Features {
        Features {
            // A transaction that begins with reading may be refused when it goes on to write.
            transactional_ddl: true,
            begin: Some("BEGIN IMMEDIATE"),
            max_identifier: usize::MAX,
            indexes_by_table: false,
        }
    }

    fn quote(&self, name: &str) -> String {
        types::quote(name)
    }

    fn build(&self, dml: &Dml) -> String {
        match dml {
            Dml::Select(it) => it.to_string(SqliteQueryBuilder),
            Dml::Insert(it) => it.to_string(SqliteQueryBuilder),
            Dml::Update(it) => it.to_string(SqliteQueryBuilder),
            Dml::Delete(it) => it.to_string(SqliteQueryBuilder),
        }
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
        render::render(*self, op, before)
    }

    fn checks(&self, operations: &[Operation]) -> Checks {
        checks::checks(operations)
    }

    fn split<'a>(&self, script: &'a str) -> Result<Vec<Piece<'a>>, SplitError> {
        split::split(script)
    }

    fn cut<'a>(&self, file: &'a str) -> Result<Vec<Piece<'a>>, SplitError> {
        dump::cut(file)
    }

    fn bearing(&self, statement: &str) -> Bearing {
        dump::bearing(statement)
    }

    fn forget_moment(&self, _: &mut Schema, _: &[&str]) {}

    fn settings(&self, _: &mut dyn Connection) -> Result<Vec<String>, DbError> {
        Ok(Vec::new())
    }

    fn stands_alone(&self, _: &Operation) -> bool {
        false
    }

    fn role(&self, statement: &str) -> Role {
        role::role(statement)
    }

    fn normalize(
        &self,
        declared: &Schema,
        live: &Schema,
        _: &mut dyn Connection,
    ) -> Result<Schema, NormalizeError> {
        let mut schema = normalize::normalize(declared).map_err(NormalizeError::Unsupported)?;
        normalize::adopt(&mut schema, live);
        Ok(schema)
    }

    fn prepare(&self, db: &mut dyn Connection, limits: &Limits) -> Result<(), DbError> {
        db.limit(limits.statement_timeout)?;
        db.lock(limits.lock_timeout)?;
        // Enforced, they would let a rebuild delete the rows that refer to the table. Within a
        // transaction this does nothing. https://sqlite.org/pragma.html#pragma_foreign_keys
        db.execute("PRAGMA foreign_keys = OFF")
    }

    fn inspect(&self, db: &mut dyn Connection, scope: &Scope) -> Result<Schema, DbError> {
        inspect::inspect(db, scope)
    }

    fn portable(&self) -> Box<dyn Dialect> {
        Box::new(Sqlite::portable())
    }

    fn try_at(&mut self, _: &Url, _: &Path) -> Result<(), DbError> {
        // Everything is tried in memory.
        Ok(())
    }

    fn empty(&self, _: &mut dyn Connection) -> Result<Box<dyn Connection>, DbError> {
        Ok(Box::new(scratch::empty()?))
    }

    fn scratch(&self, live: &mut dyn Connection) -> Result<Box<dyn Connection>, DbError> {
        Ok(Box::new(scratch::scratch(live)?))
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
        Ok(Box::new(offline::Rehearsal::new()?))
    }
}
