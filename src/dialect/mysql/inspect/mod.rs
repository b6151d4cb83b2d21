//! The live schema, read from `information_schema`.
//!
//! One query a subject, however many objects there are; each says in its own file which rows it
//! gives. Subjects whose rows are alike go to the server together. Every condition names the
//! database, so that MariaDB opens nothing but its folder, and nothing is joined there.
//!
//! Only the database of the connection is read: what lies in others is read where [`Scope`] names
//! it. Not told by `information_schema`, and asked for where there is any of it: the exact text of
//! some literals (`literal`), what sequences do (`sequence`), reference systems on MariaDB, and what
//! only SHOW CREATE says (`shown`).
//!
//! Who defines a view, a trigger, a routine or an event is not part of it: whoever makes them anew
//! does. Neither is the order of the triggers of one event.

mod check;
mod column;
mod event;
mod expression;
mod fields;
mod foreign_key;
mod index;
mod literal;
mod object;
mod partition;
mod routine;
mod sequence;
mod shown;
mod table;
mod view;

use std::collections::HashMap;

use super::{Flavour, MySql, text};
use crate::dialect::{Connection, DbError, Scope};
use crate::schema::{Name, OptionValue, Options, Other, Schema, Table};
pub(super) use expression::plain;
use fields::Fields;
pub(super) use index::{is_implied, is_named_by_server, is_of_server};
pub(super) use table::created;

/// Reads the live schema.
///
/// # Errors
/// Whatever the server says.
pub(super) fn inspect(
    dialect: &MySql,
    db: &mut dyn Connection,
    scope: &Scope,
) -> Result<Schema, DbError> {
    let Some(place) = Place::of(dialect, scope) else { return Ok(Schema::default()) };
    let mut catalogue = Catalogue { dialect, db, scope, place };
    let mut found = Found::default();
    let sequences = table::read(&mut catalogue, &mut found)?;
    if !found.tables.is_empty() || !sequences.is_empty() {
        let constraints = Constraints::read(&mut catalogue)?;
        let mut guesses = column::read(&mut catalogue, &constraints.checks, &mut found)?;
        sequence::read(&mut catalogue, sequences, &guesses.sequences, &mut found)?;
        literal::settle(&mut catalogue, &mut guesses, &mut found)?;
        foreign_key::add(&catalogue, constraints.foreign_keys, constraints.rules, &mut found);
        check::add(constraints.checks, &mut found);
        index::read(&mut catalogue, &mut found)?;
        partition::read(&mut catalogue, &mut found)?;
    }
    object::read(&mut catalogue, &mut found)?;
    Ok(found.finish())
}

/// The names of the columns of one table; `None` when there is no such table.
///
/// # Errors
/// Whatever the server says.
pub(super) fn columns(
    dialect: &MySql,
    db: &mut dyn Connection,
    table: &Name,
) -> Result<Option<Vec<String>>, DbError> {
    let scope = Scope { tables: Some(vec![table.clone()]), except: Vec::new() };
    let Some(place) = Place::of(dialect, &scope) else { return Ok(None) };
    let mut catalogue = Catalogue { dialect, db, scope: &scope, place };
    let rows = catalogue.rows(include_str!("columns_of_one.sql"), &TABLES)?;
    let same = |it: &str| same(dialect, it, &table.name);
    let names = rows.map(|mut it| (it.text(), it.text())).filter(|(table, _)| same(table));
    let names: Vec<String> = names.map(|(_, column)| column).collect();
    Ok((!names.is_empty()).then_some(names))
}

/// The names by which most of `information_schema` says where something is.
const TABLES: [&str; 2] = ["table_schema", "table_name"];

/// Where to look.
enum Place {
    /// In one database, at everything.
    Database(String),
    /// At these names in these databases.
    Names(Vec<(String, Vec<String>)>),
}

impl Place {
    /// Where the scope lies; `None` when it is empty.
    fn of(dialect: &MySql, scope: &Scope) -> Option<Place> {
        let Some(names) = &scope.tables else {
            return dialect.schema.clone().map(Place::Database);
        };
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for name in names {
            let Some(schema) = name.schema.as_ref().or(dialect.schema.as_ref()) else { continue };
            match groups.iter_mut().find(|(it, _)| it == schema) {
                Some((_, names)) => names.push(name.name.clone()),
                None => groups.push((schema.clone(), vec![name.name.clone()])),
            }
        }
        (!groups.is_empty()).then_some(Place::Names(groups))
    }
}

/// The catalogue of one database.
struct Catalogue<'a> {
    dialect: &'a MySql,
    db: &'a mut dyn Connection,
    scope: &'a Scope,
    place: Place,
}

impl Catalogue<'_> {
    /// The rows of a query in which `{where}` says where to look, in columns of these names.
    fn rows(
        &mut self,
        sql: &str,
        columns: &[&str; 2],
    ) -> Result<impl Iterator<Item = Fields> + use<>, DbError> {
        let sql = self.within(sql, columns);
        self.query(&sql)
    }

    /// The rows of a query.
    fn query(&mut self, sql: &str) -> Result<impl Iterator<Item = Fields> + use<>, DbError> {
        // There expressions hold names in the quotes of the mode.
        let rows = match self.is_mariadb() && self.dialect.mode.ansi_quotes {
            true => self.db.query(&format!("SET STATEMENT sql_mode = '' FOR {sql}"), &[])?,
            false => self.db.query(sql, &[])?,
        };
        Ok(rows.into_iter().map(Fields::new))
    }

    /// The query with its condition.
    fn within(&self, sql: &str, [schema, table]: &[&str; 2]) -> String {
        let literal = |it: &String| text::literal(self.dialect.mode, it);
        let condition = match &self.place {
            Place::Database(name) => format!("{schema} = {}", literal(name)),
            Place::Names(groups) => {
                let group = |(name, tables): &(String, Vec<String>)| {
                    let tables: Vec<_> = tables.iter().map(literal).collect();
                    let name = literal(name);
                    format!("{schema} = {name} AND {table} IN ({})", tables.join(", "))
                };
                groups.iter().map(group).collect::<Vec<_>>().join(" OR ")
            }
        };
        let sql: String = sql.lines().filter(|it| !it.starts_with("--")).map(line).collect();
        sql.replace("{where}", &condition)
    }

    fn is_mariadb(&self) -> bool {
        self.dialect.flavour == Flavour::MariaDb
    }

    /// Whether this is MySQL from this version on.
    fn is_mysql_since(&self, version: u32) -> bool {
        !self.is_mariadb() && self.dialect.version >= version
    }

    /// The name of something in this database: that of the connection is not said.
    fn name(&self, schema: &str, name: &str) -> Name {
        let own = self.dialect.schema.as_ref().is_some_and(|it| same(self.dialect, it, schema));
        Name { schema: (!own).then(|| schema.to_owned()), name: name.to_owned() }
    }

    /// Whether this table, view or sequence is looked at.
    fn is_asked_for(&self, name: &Name) -> bool {
        let is = |it: &Name| {
            let schema = it.schema.as_ref().or(self.dialect.schema.as_ref());
            let schema = schema.map(String::as_str).unwrap_or_default();
            let asked = self.name(schema, &it.name);
            let schemas = [&asked, name].map(|it| it.schema.as_deref().unwrap_or_default());
            same(self.dialect, schemas[0], schemas[1])
                && same(self.dialect, &asked.name, &name.name)
        };
        !self.scope.except.iter().any(is)
            && self.scope.tables.as_ref().is_none_or(|it| it.iter().any(is))
    }
}

fn line(line: &str) -> String {
    format!("{line}\n")
}

/// Whether two names of tables or databases are the same to the server.
fn same(dialect: &MySql, a: &str, b: &str) -> bool {
    a == b || !dialect.case_sensitive && a.to_lowercase() == b.to_lowercase()
}

/// The constraints, not yet told apart.
#[derive(Default)]
struct Constraints {
    foreign_keys: Vec<Fields>,
    rules: Vec<Fields>,
    checks: check::Checks,
}

impl Constraints {
    fn read(catalogue: &mut Catalogue) -> Result<Constraints, DbError> {
        let by_constraint = ["constraint_schema", "table_name"];
        let mut queries = vec![
            catalogue.within(include_str!("foreign_keys.sql"), &TABLES),
            catalogue.within(include_str!("rules.sql"), &by_constraint),
        ];
        if catalogue.is_mariadb() {
            let sql = include_str!("checks_of_mariadb.sql");
            queries.push(catalogue.within(sql, &by_constraint));
        } else if catalogue.is_mysql_since(80_016) {
            let sql = match catalogue.place {
                Place::Database(_) => include_str!("checks.sql"),
                Place::Names(_) => include_str!("checks_of_some.sql"),
            };
            queries.push(catalogue.within(include_str!("checked.sql"), &by_constraint));
            queries.push(catalogue.within(sql, &by_constraint));
        }
        let (mut constraints, mut clauses) = (Constraints::default(), Vec::new());
        for mut fields in catalogue.query(&queries.join("UNION ALL\n"))? {
            match &*fields.text() {
                "column" => constraints.foreign_keys.push(fields),
                "rule" => constraints.rules.push(fields),
                "checked" => constraints.checks.place(&mut fields),
                "clause" => clauses.push(fields),
                _ => constraints.checks.add(catalogue, fields),
            }
        }
        clauses.into_iter().for_each(|it| constraints.checks.add(catalogue, it));
        Ok(constraints)
    }
}

/// What has been read so far.
#[derive(Default)]
struct Found {
    schema: Schema,
    /// Where each table stands in it.
    tables: HashMap<Name, usize>,
    /// The tables that have parts, or may have.
    parted: Vec<Name>,
    /// The names of the columns of what is no table: views, sequences.
    columns_of_others: HashMap<Name, Vec<String>>,
    /// The character set and collation of each table.
    charsets: HashMap<Name, (String, String)>,
}

impl Found {
    /// The table of this name, if it is one that is looked at.
    fn table(&mut self, name: &Name) -> Option<&mut Table> {
        self.schema.tables.get_mut(*self.tables.get(name)?)
    }

    /// Names something that is not modelled.
    fn other(&mut self, kind: &str, name: Name) {
        self.schema.others.push(Other { kind: kind.to_owned(), name });
    }

    /// All that was found, in order.
    fn finish(self) -> Schema {
        let mut schema = self.schema;
        schema.others.sort_by(|a, b| (&a.kind, &a.name).cmp(&(&b.kind, &b.name)));
        schema.sort();
        schema
    }
}

/// Sets an option to a text, if there is one.
fn set_text(options: &mut Options, name: &str, text: Option<String>) {
    if let Some(text) = text {
        options.insert(name.to_owned(), OptionValue::Text(text));
    }
}

/// Sets an option that is on, if it is.
fn set_flag(options: &mut Options, name: &str, flag: bool) {
    if flag {
        options.insert(name.to_owned(), OptionValue::Boolean(true));
    }
}

/// A comment, where there is one.
fn comment(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
