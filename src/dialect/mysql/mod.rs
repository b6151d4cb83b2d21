//! MySQL and MariaDB: one dialect in two flavours, told apart by what the server says of itself.
//!
//! Their DDL commits by itself, so a revision is a row of finished operations (`role`), and what a
//! lost statement has done is looked up. They keep of every expression their own spelling, which is
//! compared as a tree (`spelling`) and, where that leaves a doubt, asked for on a temporary table
//! (`normalize`).

mod address;
mod alter;
mod authority;
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
mod lexer;
mod lock;
mod made;
mod normalize;
mod offline;
mod open;
mod options;
mod render;
mod role;
mod scratch;
mod spelling;
mod split;
mod stop;
mod text;
mod tls;
mod types;
mod version;

pub use connection::MySqlConnection;
pub use lexer::Mode;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::dialect::url::Url;
use crate::dialect::{
    Bearing, Checks, Client, Connected, Connection, DbError, Dialect, Dml, Effects, Features,
    Limits, NormalizeError, Piece, Role, Scope, SplitError, Statement, Unsupported,
};
use crate::operation::Operation;
use crate::schema::{Column, Name, Schema, Table, Type};

/// Opens the database at `url`: `mysql://user:password@host/database`. Which of the two it is, the
/// server says.
///
/// # Errors
/// When the server cannot be reached, refuses, or is too old.
pub fn connect(url: &Url, folder: &Path) -> Result<Connected, DbError> {
    let mut db = MySqlConnection::open(url, folder)?;
    let address = Address { url: url.clone(), folder: folder.to_owned(), trials: None };
    let dialect = MySql { address: Some(Arc::new(address)), ..MySql::of(&mut db)? };
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

/// Which of the two a server is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flavour {
    /// MySQL.
    #[default]
    MySql,
    /// MariaDB.
    MariaDb,
}

impl Flavour {
    /// The name in URLs, options and messages.
    pub fn name(self) -> &'static str {
        match self {
            Flavour::MySql => "mysql",
            Flavour::MariaDb => "mariadb",
        }
    }

    /// The name as people write it.
    pub fn title(self) -> &'static str {
        match self {
            Flavour::MySql => "MySQL",
            Flavour::MariaDb => "MariaDB",
        }
    }
}

/// What MySQL and MariaDB speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MySql {
    /// Which of the two.
    pub flavour: Flavour,
    /// The version that will run the statements: 8.0.36 is `80036`, 10.11.14 `101114`.
    pub version: u32,
    /// How texts are read and written there.
    pub mode: Mode,
    /// The database in which a name without one is made and found; none for SQL that is printed.
    pub schema: Option<String>,
    /// The character set and the collation that its tables get unless they say otherwise.
    pub charset: Option<(String, String)>,
    /// Whether the names of tables differ in their case.
    pub case_sensitive: bool,
    /// Where the server is, if there is one.
    pub address: Option<Arc<Address>>,
}

impl Default for MySql {
    /// For SQL that is printed: what every supported MySQL understands.
    fn default() -> MySql {
        MySql {
            flavour: Flavour::MySql,
            version: MySql::OLDEST_MYSQL,
            mode: Mode::default(),
            schema: None,
            charset: None,
            case_sensitive: true,
            address: None,
        }
    }
}

impl MySql {
    /// The oldest MySQL that is supported.
    pub const OLDEST_MYSQL: u32 = 80_000;
    /// The oldest MariaDB that is supported.
    pub const OLDEST_MARIADB: u32 = 100_600;

    /// For SQL that is printed for MariaDB: what it understands from the version on that has all types
    /// of the models.
    pub fn mariadb() -> MySql {
        MySql { flavour: Flavour::MariaDb, version: 101_100, ..MySql::default() }
    }

    /// What the server behind `db` speaks.
    ///
    /// # Errors
    /// When it is too old, and whatever the server says.
    pub fn of(db: &mut dyn Connection) -> Result<MySql, DbError> {
        connection::dialect(db)
    }

    /// The same, in the database of this session: a scratch database is another one.
    fn within(&self, db: &mut dyn Connection) -> Result<MySql, DbError> {
        let schema = db.query("SELECT DATABASE()", &[])?.into_iter().flatten().flatten().next();
        Ok(MySql { schema: schema.or_else(|| self.schema.clone()), ..self.clone() })
    }

    /// Whether there is a type `uuid`: <https://mariadb.com/kb/en/uuid-data-type/>.
    fn has_uuid(&self) -> bool {
        self.flavour == Flavour::MariaDb && self.version >= 100_700
    }
}

impl Dialect for MySql {
    fn name(&self) -> &'static str {
        self.flavour.name()
    }

    fn title(&self) -> &'static str {
        self.flavour.title()
    }

    fn features(&self) -> Features {
        Features {
            begin: Some("START TRANSACTION"),
            transactional_ddl: false,
            max_identifier: 64,
            indexes_by_table: true,
        }
    }

    fn quote(&self, name: &str) -> String {
        text::quote(name)
    }

    fn build(&self, dml: &Dml) -> String {
        dml::build(self.mode, dml)
    }

    fn type_sql(&self, ty: &Type) -> Result<String, Unsupported> {
        types::sql(self, ty)
    }

    fn column_type_sql(&self, table: &Table, column: &Column) -> Result<String, Unsupported> {
        types::column_sql(self, table, column)
    }

    fn looks_at(&self, op: &Operation) -> Option<Scope> {
        render::looks_at(op)
    }

    fn render(&self, op: &Operation, before: &Schema) -> Result<Vec<Statement>, Unsupported> {
        render::render(self, op, before)
    }

    fn checks(&self, _: &[Operation]) -> Checks {
        // Everything is checked as it happens.
        Checks::default()
    }

    fn split<'a>(&self, script: &'a str) -> Result<Vec<Piece<'a>>, SplitError> {
        split::split(script, self.mode)
    }

    fn cut<'a>(&self, file: &'a str) -> Result<Vec<Piece<'a>>, SplitError> {
        split::cut(file, self.mode)
    }

    fn bearing(&self, statement: &str) -> Bearing {
        dump::bearing(self, statement)
    }

    fn forget_moment(&self, found: &mut Schema, statements: &[&str]) {
        dump::forget_moment(self, found, statements);
    }

    fn settings(&self, db: &mut dyn Connection) -> Result<Vec<String>, DbError> {
        dump::settings(self, db)
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
        inspect::inspect(&self.within(db)?, db, scope)
    }

    fn columns(
        &self,
        db: &mut dyn Connection,
        table: &Name,
    ) -> Result<Option<Vec<String>>, DbError> {
        inspect::columns(&self.within(db)?, db, table)
    }

    fn portable(&self) -> Box<dyn Dialect> {
        let oldest = match self.flavour {
            Flavour::MySql => MySql::default(),
            Flavour::MariaDb => MySql::mariadb(),
        };
        Box::new(MySql { mode: self.mode, ..oldest })
    }

    fn try_at(&mut self, url: &Url, folder: &Path) -> Result<(), DbError> {
        if !matches!(url.scheme.as_str(), "mysql" | "mariadb") {
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

    fn scratch(&self, live: &mut dyn Connection) -> Result<Box<dyn Connection>, DbError> {
        scratch::scratch(self, live)
    }

    fn effects(&self, op: &Operation, statements: &[Statement]) -> Effects {
        effects::effects(self, op, statements)
    }

    fn client(&self) -> Client {
        offline::client(self.flavour)
    }

    fn guard(&self, query: &str, message: &str) -> Vec<String> {
        offline::guard(self, query, message)
    }

    fn rehearsal(&self) -> Result<Box<dyn Connection>, DbError> {
        Ok(Box::new(offline::Rehearsal::new()))
    }
}
