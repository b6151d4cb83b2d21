//! What a database speaks ([`Dialect`], pure in its first half) and one open database
//! ([`Connection`]). Outside of this room no code asks which dialect it has.

mod bearing;
mod error;
#[cfg(feature = "mysql")]
pub mod mysql;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod options;
#[cfg(feature = "postgres")]
pub mod postgres;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod rows;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod scratch;
#[cfg(feature = "sqlite")]
pub mod sqlite;
pub mod url;

use std::path::Path;
use std::time::Duration;

use sea_query::{Alias, IntoTableRef, TableRef};
use url::Url;

use crate::operation::Operation;
use crate::schema::{Column, Name, Schema, Table, Type};

pub use bearing::Bearing;
pub use error::{DbError, NormalizeError, SplitError, Unsupported};

/// The names that models and scripts may say where they mean one database, whether or not this
/// build speaks it.
pub const NAMES: [&str; 4] = ["sqlite", "postgres", "mysql", "mariadb"];

/// Options of a table by which it has the columns of another, without saying them.
pub const BRING_COLUMNS: [&str; 2] = ["postgres.inherits", "postgres.partition_of"];

/// A dialect and an open database that speaks it.
pub type Connected = (Box<dyn Dialect>, Box<dyn Connection>);

/// What a command wants of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// To read it. One that is not there is taken for an empty one, and is not made.
    Look,
    /// To change it. One that is not there is taken for an empty one, and is not made.
    Change,
    /// To change it. One that is not there is made, where a client can make one.
    Create,
}

/// What the database at `url` speaks; it is not opened.
///
/// # Errors
/// When this build has no dialect for it.
pub fn of(url: &Url) -> Result<Box<dyn Dialect>, DbError> {
    named(&url.scheme).ok_or_else(|| unspoken(url))
}

/// The dialect of this name, or of this scheme of an address, if this build speaks it.
pub fn named(name: &str) -> Option<Box<dyn Dialect>> {
    match name {
        #[cfg(feature = "sqlite")]
        "sqlite" => Some(Box::new(sqlite::Sqlite::bundled())),
        #[cfg(feature = "postgres")]
        "postgres" | "postgresql" => Some(Box::new(postgres::Postgres::default())),
        #[cfg(feature = "mysql")]
        "mysql" => Some(Box::new(mysql::MySql::default())),
        #[cfg(feature = "mysql")]
        "mariadb" => Some(Box::new(mysql::MySql::mariadb())),
        _ => None,
    }
}

/// The names of the dialects that this build speaks.
pub fn spoken() -> impl Iterator<Item = &'static str> {
    NAMES.into_iter().filter(|name| named(name).is_some())
}

fn unspoken(url: &Url) -> DbError {
    DbError::Open {
        place: format!("`{url}`"),
        message: format!("this `db` does not speak {}", url.scheme),
        hint: Some(spoken_addresses()),
    }
}

/// How databases that this build speaks are written.
fn spoken_addresses() -> String {
    let address = |name: &str| match name {
        "sqlite" => "SQLite: `sqlite:///app.db`",
        "postgres" => "PostgreSQL: `postgres://user:password@host/database`",
        "mysql" => "MySQL: `mysql://user:password@host/database`",
        _ => "MariaDB: `mariadb://user:password@host/database`",
    };
    let all: Vec<_> = spoken().map(address).collect();
    match all[..] {
        [] => "it was built without any database".to_owned(),
        _ => format!("it speaks {}", all.join(", ")),
    }
}

/// Opens the database at `url`; a relative path in it counts from `folder`.
///
/// # Errors
/// When this build has no dialect for it, and whatever the database says.
#[cfg_attr(not(feature = "sqlite"), expect(unused_variables, reason = "only files need them"))]
pub fn connect(url: &Url, folder: &Path, access: Access) -> Result<Connected, DbError> {
    match url.scheme.as_str() {
        #[cfg(feature = "sqlite")]
        "sqlite" => sqlite::connect(url, folder, access),
        #[cfg(feature = "postgres")]
        "postgres" | "postgresql" => postgres::connect(url, folder),
        #[cfg(feature = "mysql")]
        "mysql" | "mariadb" => mysql::connect(url, folder),
        _ => Err(unspoken(url)),
    }
}

/// The text of `url` for a program that runs in another folder: a relative path in it counts from
/// `folder`.
///
/// # Errors
/// When the working folder is gone.
#[cfg_attr(not(feature = "sqlite"), expect(unused_variables, reason = "nothing is spoken"))]
pub fn for_programs(url: &Url, folder: &Path) -> std::io::Result<String> {
    match url.scheme.as_str() {
        #[cfg(feature = "sqlite")]
        "sqlite" => sqlite::for_programs(url, folder),
        _ => Ok(url.with_password().to_owned()),
    }
}

/// How long a session waits for others, and for its own statements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The longest wait for a lock, and for another migrator.
    pub lock_timeout: Duration,
    /// The longest that one statement may run; `None` is for ever.
    pub statement_timeout: Option<Duration>,
}

/// What one database speaks.
///
/// A dialect holds no connection. Its first half is pure, so the golden tests of every dialect
/// run without a server; its second half asks the database it is given.
pub trait Dialect: Send + Sync {
    /// The name in URLs, options and messages: `sqlite`.
    fn name(&self) -> &'static str;

    /// The name as people write it: `SQLite`.
    fn title(&self) -> &'static str;

    /// What this database can do.
    fn features(&self) -> Features;

    /// Quotes an identifier.
    fn quote(&self, name: &str) -> String;

    /// The text of a statement on rows, its values written into it.
    fn build(&self, dml: &Dml) -> String;

    /// Spells a type as DDL does.
    ///
    /// # Errors
    /// When the database has no such type.
    fn type_sql(&self, ty: &Type) -> Result<String, Unsupported>;

    /// Spells the type of a column of `table`, whose options may have a say in it.
    ///
    /// # Errors
    /// When the table cannot have such a type.
    fn column_type_sql(&self, table: &Table, column: &Column) -> Result<String, Unsupported>;

    /// What of the live database `render` must see to carry out `op`; `None` is nothing.
    fn looks_at(&self, op: &Operation) -> Option<Scope>;

    /// The statements that carry out `op` on a database that looks like `before`.
    ///
    /// Of what [`Dialect::looks_at`] names, `before` must hold what is really there.
    ///
    /// # Errors
    /// When the database has no way to do it.
    fn render(&self, op: &Operation, before: &Schema) -> Result<Vec<Statement>, Unsupported>;

    /// Statements around those of a revision with these operations, within its transaction:
    /// what must hold before it is committed.
    fn checks(&self, operations: &[Operation]) -> Checks;

    /// The statements of a SQL script, as the database's own client parts them.
    ///
    /// # Errors
    /// When something in it is never closed.
    fn split<'a>(&self, script: &'a str) -> Result<Vec<Piece<'a>>, SplitError>;

    /// The statements of a file that declares a schema: one that a person wrote, or that the
    /// database's own client made of a database. As [`Dialect::split`] does, but that the client's
    /// own commands are pieces, too, and rows that stand between statements are left out.
    ///
    /// # Errors
    /// When something in it is never closed.
    fn cut<'a>(&self, file: &'a str) -> Result<Vec<Piece<'a>>, SplitError>;

    /// What a statement of such a file is to the schema that the file declares.
    fn bearing(&self, statement: &str) -> Bearing;

    /// Takes out of `found`, which `statements` have made, what the database has put there for the
    /// moment at which it was made: models do not declare that.
    fn forget_moment(&self, found: &mut Schema, statements: &[&str]);

    /// Statements that set back what a [`Bearing::Setting`] may change to what it is now.
    ///
    /// # Errors
    /// Whatever the database says.
    fn settings(&self, db: &mut dyn Connection) -> Result<Vec<String>, DbError>;

    /// Whether a statement that carries out `op` cannot stand in a transaction.
    fn stands_alone(&self, op: &Operation) -> bool;

    /// What one statement of a script is to the transaction in which it runs.
    fn role(&self, statement: &str) -> Role;

    /// Settles what a declaration becomes in this database: types it stores alike are alike,
    /// defaults and expressions are as it reports them, what it lacks (comments) is gone. What
    /// has two spellings that mean the same is spelled as in `live`, which is what is there now.
    /// Leaves nothing behind.
    ///
    /// # Errors
    /// When the database cannot hold something that was declared: all of it, in order.
    fn normalize(
        &self,
        declared: &Schema,
        live: &Schema,
        db: &mut dyn Connection,
    ) -> Result<Schema, NormalizeError>;

    /// Readies a session for changing the schema: settings that would get in the way, one
    /// migrator at a time. Once more on a ready session it puts the settings right again.
    ///
    /// # Errors
    /// `DbError::Locked` when the wait for another migrator is over, and whatever the database
    /// says.
    fn prepare(&self, db: &mut dyn Connection, limits: &Limits) -> Result<(), DbError>;

    /// Reads the live schema, with a number of queries that does not depend on its size.
    ///
    /// # Errors
    /// Whatever the database says.
    fn inspect(&self, db: &mut dyn Connection, scope: &Scope) -> Result<Schema, DbError>;

    /// The names of the columns of a table; `None` when there is no such table.
    ///
    /// # Errors
    /// Whatever the database says.
    fn columns(
        &self,
        db: &mut dyn Connection,
        table: &Name,
    ) -> Result<Option<Vec<String>>, DbError> {
        let scope = Scope { tables: Some(vec![table.clone()]), except: Vec::new() };
        let live = self.inspect(db, &scope)?;
        let names = |table: Table| table.columns.into_iter().map(|it| it.name).collect();
        Ok(live.tables.into_iter().next().map(names))
    }

    /// The same language, less what only some versions of the database's own client understand:
    /// for SQL that is written down.
    fn portable(&self) -> Box<dyn Dialect>;

    /// From now on trials are made in the database at `url`, in which nothing is, and not in one that
    /// is made for each of them. A relative path in the address counts from `folder`.
    ///
    /// # Errors
    /// When it is an address of another kind of database.
    fn try_at(&mut self, url: &Url, folder: &Path) -> Result<(), DbError>;

    /// A place beside `live` in which nothing is, and that is gone when dropped. It touches no file.
    ///
    /// # Errors
    /// Whatever the database says.
    fn empty(&self, live: &mut dyn Connection) -> Result<Box<dyn Connection>, DbError>;

    /// A place beside `live` in which nothing is, to carry out the statements of a file and to see what
    /// they have made: as [`Dialect::empty`], or where that is not possible a more narrow one. Nothing in
    /// it outlives it.
    ///
    /// # Errors
    /// Whatever the database says.
    fn reading(&self, live: &mut dyn Connection) -> Result<Box<dyn Connection>, DbError> {
        self.empty(live)
    }

    /// An empty place that looks like `live` and is gone when dropped. It touches no file.
    ///
    /// # Errors
    /// Whatever the database says.
    fn scratch(&self, live: &mut dyn Connection) -> Result<Box<dyn Connection>, DbError>;

    /// What it means for others that `statements` carry out `op`.
    fn effects(&self, op: &Operation, statements: &[Statement]) -> Effects;

    /// How SQL that is written down is given to the database's own client.
    fn client(&self) -> Client;

    /// What makes the client stop, and take back what it has begun, when `query` returns a row.
    /// One or more statements, without their final semicolons.
    fn guard(&self, query: &str, message: &str) -> Vec<String>;

    /// A place where statements are tried while they are written down, without any database of
    /// the user: empty at first, and gone when dropped. Where `looks_at` names anything, `inspect`
    /// finds there what the statements have made, or nothing at all: then `render` must do
    /// without, or refuse. It touches no file.
    ///
    /// # Errors
    /// Whatever the database says.
    fn rehearsal(&self) -> Result<Box<dyn Connection>, DbError>;
}

/// The name of the dialect and its words for the type of a column; `None` when it has none.
pub fn spell(dialect: &dyn Dialect, table: &Table, column: &Column) -> Option<(String, String)> {
    Some((dialect.name().to_owned(), dialect.column_type_sql(table, column).ok()?))
}

/// One open database: text goes in, text comes out.
pub trait Connection {
    /// Runs one statement and throws its rows away.
    ///
    /// # Errors
    /// Whatever the database says.
    fn execute(&mut self, sql: &str) -> Result<(), DbError>;

    /// Runs statements one behind the other, up to the first that fails.
    ///
    /// # Errors
    /// Whatever the database says.
    fn execute_all(&mut self, statements: &[&str]) -> Result<(), DbError> {
        statements.iter().try_for_each(|sql| self.execute(sql))
    }

    /// Runs one statement and gives its rows. `params` stand for `?1`, `?2` and so on, or what
    /// the database writes instead.
    ///
    /// # Errors
    /// Whatever the database says.
    fn query(&mut self, sql: &str, params: &[Option<&str>]) -> Result<Vec<Row>, DbError>;

    /// Runs a query that must return no row, and gives the first one if it does. `message` is for
    /// whoever finds out: the caller here, a client where this only writes SQL down.
    ///
    /// # Errors
    /// Whatever the database says.
    fn refuse(&mut self, sql: &str, message: &str) -> Result<Option<Row>, DbError>;

    /// Takes the lock by which one migrator at a time works on this database. It is held until the
    /// connection is dropped. From now on statements wait as long for the locks of others.
    ///
    /// # Errors
    /// `DbError::Locked` when another one holds it for longer than `wait`.
    fn lock(&mut self, wait: Duration) -> Result<(), DbError>;

    /// Sets how long one statement may run.
    ///
    /// # Errors
    /// Whatever the database says.
    fn limit(&mut self, statement_timeout: Option<Duration>) -> Result<(), DbError>;

    /// What the operations so far have made of the schema, where nothing can be looked at or nothing
    /// need be, or why that is not enough to carry out `op`.
    fn known(&mut self, _op: &Operation) -> Option<Result<Schema, Unsupported>> {
        None
    }

    /// Where only a part of a database is used: what was made there.
    fn inspected(&mut self) -> Option<Result<Schema, DbError>> {
        None
    }

    /// Hears that `op` was carried out; whether it was enough to hear it, for nothing runs here.
    fn follow(&mut self, _op: &Operation) -> bool {
        false
    }

    /// Whether `op` need not be carried out: it is part of what went before, and it was enough to
    /// hear of it.
    fn passes_over(&mut self, _op: &Operation) -> bool {
        false
    }

    /// Keeps something that is worth saying beside an answer: it comes with the `notices`, once.
    fn note(&mut self, _notice: String) {}

    /// What the server had to say beside its answers since this was last asked, a line each.
    fn notices(&mut self) -> Vec<String> {
        Vec::new()
    }
}

/// A row of a result; NULL is `None`.
pub type Row = Vec<Option<String>>;

/// A statement on rows that any database understands.
#[derive(Clone, Debug)]
pub enum Dml {
    /// Reads rows.
    Select(sea_query::SelectStatement),
    /// Adds rows.
    Insert(sea_query::InsertStatement),
    /// Changes rows.
    Update(sea_query::UpdateStatement),
    /// Removes rows.
    Delete(sea_query::DeleteStatement),
}

/// The table of this name, in a statement on rows.
pub fn table_ref(name: &Name) -> TableRef {
    match &name.schema {
        Some(schema) => (Alias::new(schema), Alias::new(&name.name)).into_table_ref(),
        None => Alias::new(&name.name).into_table_ref(),
    }
}

/// Facts about a database that code outside of its dialect asks for.
#[derive(Clone, Copy, Debug)]
pub struct Features {
    /// How a transaction begins; `None` where there are none.
    pub begin: Option<&'static str>,
    /// Whether DDL is part of a transaction; otherwise it commits what went before, and itself.
    pub transactional_ddl: bool,
    /// The longest name, in bytes.
    pub max_identifier: usize,
    /// Whether indexes of different tables may share a name.
    pub indexes_by_table: bool,
}

/// What an operation means for those who use the database meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effects {
    /// What it locks and against whom, up to the end of its transaction; `None` is nothing.
    pub lock: Option<&'static str>,
    /// Whether every row of a table is written again; `None` where only a person can say.
    pub rewrites: Option<bool>,
}

/// How SQL is given to the database's own client.
#[derive(Clone, Copy, Debug)]
pub struct Client {
    /// How a script is run: `sqlite3 app.db < script.sql`.
    pub command: &'static str,
    /// Its own commands, a line each, with which a script begins: that it stops at the first
    /// error.
    pub preamble: &'static str,
    /// The statement that waits for others who migrate this database: behind the beginning of each
    /// transaction, where the beginning itself does not wait, and at the beginning of the script where
    /// no transaction holds DDL.
    pub wait: Option<&'static str>,
    /// Whether it ends a statement at every semicolon, also within the body of a routine, unless
    /// `DELIMITER` names another sign.
    pub delimits: bool,
    /// An expression for the time at which a statement runs: RFC 3339, in UTC.
    pub now: &'static str,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its text, without a final semicolon.
    pub sql: String,
    /// For a query that must return no row: what to say when it does.
    pub refuse: Option<String>,
}

impl Statement {
    /// A statement to execute.
    pub fn new(sql: impl Into<String>) -> Statement {
        Statement { sql: sql.into(), refuse: None }
    }

    /// A query that must return no row; otherwise the revision fails with `message`.
    pub fn refuse(sql: impl Into<String>, message: impl Into<String>) -> Statement {
        Statement { sql: sql.into(), refuse: Some(message.into()) }
    }
}

/// Statements around those of a revision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checks {
    /// Run behind the beginning of the transaction.
    pub before: Vec<Statement>,
    /// Run before its end.
    pub after: Vec<Statement>,
}

/// One statement of a SQL script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Its text, without blanks around it and without the final semicolon.
    pub sql: &'a str,
    /// The byte of the script at which it begins.
    pub at: usize,
}

/// What a statement is to a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It runs within one, or without.
    Plain,
    /// Within one it fails, or does nothing.
    Alone,
    /// It begins one.
    Begin,
    /// It ends one.
    End,
    /// It marks a place in one, or goes back to a place.
    Savepoint,
}

/// Which part of a database `inspect` reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Only these tables with what belongs to them; `None` is everything.
    pub tables: Option<Vec<Name>>,
    /// Tables to pass over: those of the tool itself.
    pub except: Vec<Name>,
}
