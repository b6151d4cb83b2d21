//! The live schema, read from the catalogue.
//!
//! One query a subject, however many objects there are; each says in its own file which rows it
//! gives. Subjects whose rows are alike go to the server together. What belongs to an extension, and what a table has from another one (a partition from its
//! table, a table from those it inherits from), is passed over. Nothing else is: what is not
//! modelled is named in `Schema::others`.

mod column;
mod constraint;
mod definition;
mod expression;
mod fields;
mod index;
mod object;
mod other;
mod part;
mod relation;
mod sequence;

use std::collections::HashMap;

use super::{Postgres, types};
use crate::dialect::{Connection, DbError, Scope};
use crate::schema::{Name, OptionValue, Options, Schema, Table};
use fields::Fields;

/// Reads the live schema.
///
/// # Errors
/// Whatever the server says.
pub(super) fn inspect(
    dialect: &Postgres,
    db: &mut dyn Connection,
    scope: &Scope,
) -> Result<Schema, DbError> {
    let mut catalogue = Catalogue { dialect, db, relations: None, namespaces: None };
    let mut found = Found::default();
    relation::read(&mut catalogue, scope, &mut found)?;
    if scope.tables.is_some() {
        if found.relations.is_empty() {
            return Ok(Schema::default());
        }
        catalogue.relations = Some(found.ids());
    }
    read(&mut catalogue, &mut found)?;
    if scope.tables.is_none() {
        object::read(&mut catalogue, &mut found)?;
    }
    Ok(found.finish())
}

/// Reads what these schemas hold, and nothing else.
///
/// # Errors
/// Whatever the server says.
pub(super) fn within(
    dialect: &Postgres,
    db: &mut dyn Connection,
    namespaces: &[&str],
) -> Result<Schema, DbError> {
    let names: Vec<String> = namespaces.iter().map(|it| types::literal(it)).collect();
    let namespaces = Some(format!("n.nspname IN ({})", names.join(", ")));
    let mut catalogue = Catalogue { dialect, db, relations: None, namespaces };
    let mut found = Found::default();
    relation::read(&mut catalogue, &Scope::default(), &mut found)?;
    catalogue.relations = Some(found.ids());
    read(&mut catalogue, &mut found)?;
    object::read(&mut catalogue, &mut found)?;
    Ok(found.finish())
}

/// The names of the columns of one table; `None` when there is no such table.
///
/// # Errors
/// Whatever the server says.
pub(super) fn columns(
    dialect: &Postgres,
    db: &mut dyn Connection,
    table: &Name,
) -> Result<Option<Vec<String>>, DbError> {
    let schema = table.schema.as_ref().unwrap_or(&dialect.schema);
    let names = [Some(schema.as_str()), Some(table.name.as_str())];
    let rows = db.query(include_str!("columns_of_one.sql"), &names)?;
    Ok((!rows.is_empty()).then(|| rows.into_iter().flatten().flatten().collect()))
}

/// Reads what belongs to the relations that were found.
fn read(catalogue: &mut Catalogue, found: &mut Found) -> Result<(), DbError> {
    let mut sequences = sequence::read(catalogue)?;
    column::read(catalogue, &mut sequences, found)?;
    sequences.finish(found);
    constraint::read(catalogue, found)?;
    index::read(catalogue, found)?;
    part::read(catalogue, found)
}

/// The catalogue of one database.
struct Catalogue<'a> {
    dialect: &'a Postgres,
    db: &'a mut dyn Connection,
    /// The ids of the relations that are asked for, as an array's text; `None` is all.
    relations: Option<String>,
    /// The condition on the schemas `n` that are read; `None` is all but the server's own.
    namespaces: Option<String>,
}

/// How queries say which schemas they read.
const NAMESPACES: &str = "n.nspname !~ '^pg_'";

/// What only newer servers have of a query: the piece's name, the first version that has it, what it is
/// from then on, and what before.
type Piece = (&'static str, u32, &'static str, &'static str);

impl Catalogue<'_> {
    /// The rows of a query in which `$1` are the relations that are asked for.
    fn rows(&mut self, sql: &str) -> Result<impl Iterator<Item = Fields> + use<>, DbError> {
        let relations = [self.relations.as_deref()];
        let rows = match &self.namespaces {
            Some(those) => self.db.query(&sql.replace(NAMESPACES, those), &relations)?,
            None => self.db.query(sql, &relations)?,
        };
        Ok(rows.into_iter().map(Fields::new))
    }

    /// The rows of all of `queries`, which are alike, with their pieces as [`Catalogue::sql`] has them.
    fn rows_of(
        &mut self,
        queries: &[&str],
        pieces: &[Piece],
    ) -> Result<impl Iterator<Item = Fields> + use<>, DbError> {
        let sql = self.sql(&queries.join("UNION ALL\n"), pieces);
        self.rows(&sql)
    }

    /// The text of a query with its pieces that only newer servers have.
    fn sql(&self, text: &str, pieces: &[Piece]) -> String {
        pieces.iter().fold(text.to_owned(), |text, (piece, since, newer, older)| {
            text.replace(piece, if self.dialect.version >= *since { newer } else { older })
        })
    }

    /// The name of something in this schema: the default one is not said.
    fn name(&self, schema: String, name: String) -> Name {
        let schema = (schema != self.dialect.schema).then_some(schema);
        Name { schema, name }
    }

    /// A collation's name: as SQL spells it, with its schema, where that is neither the server's
    /// nor the default one.
    fn collation(&self, schema: String, name: String) -> String {
        match schema == "pg_catalog" || schema == self.dialect.schema {
            true => name,
            false => types::name(&Name { schema: Some(schema), name }),
        }
    }
}

/// What has been read so far.
#[derive(Default)]
struct Found {
    schema: Schema,
    /// The relations that are looked at, by their ids.
    relations: HashMap<u32, Relation>,
    /// The names of columns by the ids of their tables: of all tables, as foreign keys refer to
    /// those that are passed over, too.
    columns: HashMap<u32, Vec<(i16, String)>>,
}

/// A relation that is looked at.
struct Relation {
    name: Name,
    kind: relation::Kind,
}

impl Found {
    /// The ids of the relations, as an array's text.
    fn ids(&self) -> String {
        let all: Vec<_> = self.relations.keys().map(u32::to_string).collect();
        format!("{{{}}}", all.join(","))
    }

    /// All that was found, in order.
    fn finish(self) -> Schema {
        let mut schema = self.schema;
        schema.others.sort_by(|a, b| (&a.kind, &a.name).cmp(&(&b.kind, &b.name)));
        schema.sort();
        schema
    }

    /// The table with this id, if it is one that is looked at.
    fn table(&mut self, id: u32) -> Option<&mut Table> {
        match self.relations.get(&id)?.kind {
            relation::Kind::Table(at) => self.schema.tables.get_mut(at),
            _ => None,
        }
    }

    /// The names of the columns with these numbers.
    fn columns(&self, table: u32, numbers: &[i16]) -> Vec<String> {
        let all = self.columns.get(&table).map(Vec::as_slice).unwrap_or_default();
        let name = |number: &i16| {
            let found = all.iter().find(|(it, _)| it == number);
            found.map(|(_, name)| name.clone())
        };
        numbers.iter().filter_map(name).collect()
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

/// Names one after the other: `a, b`.
fn list(names: &[String]) -> Option<String> {
    let names: Vec<_> = names.iter().map(|name| Name::new(name).to_string()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}
