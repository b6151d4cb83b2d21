//! The live schema, read from the texts that SQLite keeps of it.
//!
//! One query, or two where there are virtual tables, however many objects there are. No pragma
//! is asked about a table: the text of a table says more than all of them together.

mod table;

use std::collections::{HashMap, HashSet};

use super::ddl::{CreateIndex, CreateTrigger, CreateView, CreateVirtualTable, DdlError};
use super::key;
use super::options::COLUMNS;
use crate::dialect::{Connection, DbError, Scope};
use crate::parallel;
use crate::schema::{
    ForeignKey, Index, Name, Object, OptionValue, Options, Other, Schema, Source, Sql, Table,
    Trigger, View,
};

/// Reads the live schema.
///
/// # Errors
/// Whatever SQLite says, and `DbError::Unreadable` for a text that is none of its own.
pub fn inspect(db: &mut dyn Connection, scope: &Scope) -> Result<Schema, DbError> {
    let mut rows = rows(db, scope)?;
    let except = scope.except.iter().filter(|name| is_main(name));
    let mut hidden: HashSet<String> = except.map(|it| it.name.to_ascii_lowercase()).collect();
    hide_shadows(db, &rows, &mut hidden)?;
    if !hidden.is_empty() {
        rows.retain(|row| !hidden.contains(&row.table.to_ascii_lowercase()));
    }
    schema(rows)
}

/// The schema that these objects make.
///
/// # Errors
/// `DbError::Unreadable` for a text that is none of SQLite's.
pub(super) fn schema(rows: Vec<Row>) -> Result<Schema, DbError> {
    let mut schema = Schema::default();
    let mut tables = Tables::default();
    let (made, mut rest): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| row.kind == RowKind::Table);
    for table in parallel::turn(made, |row| table::raise(row.name, row.sql)) {
        tables.add(table?);
    }
    rest.retain(|row| {
        let is_virtual = row.kind == RowKind::Virtual;
        if is_virtual {
            let name = Name::new(&row.name);
            schema.others.push(Other { kind: "virtual table".to_owned(), name });
        }
        !is_virtual
    });
    for row in rest {
        match row.kind {
            RowKind::View => schema.objects.push(Object::View(view(row)?)),
            RowKind::Trigger => {
                let mut trigger = trigger(row)?;
                if let Some(table) = tables.find(&trigger.table.name) {
                    trigger.table.clone_from(&table.name);
                }
                schema.objects.push(Object::Trigger(trigger));
            }
            RowKind::Index | RowKind::Table | RowKind::Virtual => {
                if let Some(table) = tables.find_mut(&row.table) {
                    let index = index(row, table)?;
                    table.indexes.push(index);
                }
            }
        }
    }
    schema.tables = tables.finish();
    schema.others.sort_by(|a, b| a.name.cmp(&b.name));
    schema.sort();
    Ok(schema)
}

/// A row of `sqlite_schema`.
pub(super) struct Row {
    pub(super) kind: RowKind,
    pub(super) name: String,
    /// The table it belongs to; its own name for a table or a view.
    pub(super) table: String,
    pub(super) sql: String,
}

/// The kind of an object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RowKind {
    Table,
    Virtual,
    Index,
    View,
    Trigger,
}

impl Row {
    fn unreadable(&self, err: &DdlError) -> DbError {
        unreadable(
            match self.kind {
                RowKind::Table => "table",
                RowKind::Virtual => "virtual table",
                RowKind::Index => "index",
                RowKind::View => "view",
                RowKind::Trigger => "trigger",
            },
            &self.name,
            err,
        )
    }
}

fn unreadable(kind: &str, name: &str, err: &DdlError) -> DbError {
    let message = format!("{err} at byte {} of its text in sqlite_schema", err.at);
    DbError::Unreadable { what: format!("{kind} `{name}`"), message }
}

fn rows(db: &mut dyn Connection, scope: &Scope) -> Result<Vec<Row>, DbError> {
    const OBJECTS: &str = include_str!("objects.sql");
    let found = match &scope.tables {
        None => db.query(OBJECTS, &[])?,
        Some(names) => {
            let names = names.iter().filter(|name| is_main(name));
            let names: serde_json::Value = names.map(|name| name.name.as_str()).collect();
            let sql = concat!(include_str!("objects.sql"), include_str!("scope.sql"));
            db.query(sql, &[Some(&names.to_string())])?
        }
    };
    Ok(found.into_iter().filter_map(row).collect())
}

/// Whether the name is one of the database itself, not of another that is attached to it.
fn is_main(name: &Name) -> bool {
    name.schema.as_deref().is_none_or(|schema| schema.eq_ignore_ascii_case("main"))
}

/// The row, unless it is of a kind that SQLite has not had so far.
fn row(row: crate::dialect::Row) -> Option<Row> {
    let [kind, name, table, sql] = <[Option<String>; 4]>::try_from(row).ok()?;
    let kind = match kind?.as_str() {
        "table" => RowKind::Table,
        "virtual" => RowKind::Virtual,
        "index" => RowKind::Index,
        "view" => RowKind::View,
        "trigger" => RowKind::Trigger,
        _ => return None,
    };
    Some(Row { kind, name: name?, table: table?, sql: sql? })
}

/// Hides the tables in which virtual tables keep their rows, by their names in lower case. Those
/// of a module that is not at hand are all that the custom of naming allows: `notes_data` of
/// `notes`.
fn hide_shadows(
    db: &mut dyn Connection,
    rows: &[Row],
    hidden: &mut HashSet<String>,
) -> Result<(), DbError> {
    if rows.iter().all(|row| row.kind != RowKind::Virtual) {
        return Ok(());
    }
    let mut modules = HashSet::new();
    for row in db.query(include_str!("modules.sql"), &[])? {
        if let [Some(kind), Some(name)] = &row[..] {
            let names = if kind == "shadow" { &mut *hidden } else { &mut modules };
            names.insert(name.to_ascii_lowercase());
        }
    }
    for row in rows.iter().filter(|row| row.kind == RowKind::Virtual) {
        let table = CreateVirtualTable::parse(&row.sql).map_err(|err| row.unreadable(&err))?;
        if !modules.contains(&table.module.name.to_ascii_lowercase()) {
            let prefix = format!("{}_", row.name.to_ascii_lowercase());
            let tables = rows.iter().filter(|row| row.kind == RowKind::Table);
            let names = tables.map(|row| row.name.to_ascii_lowercase());
            hidden.extend(names.filter(|name| name.starts_with(&prefix)));
        }
    }
    Ok(())
}

/// The tables found so far, by their names in lower case.
#[derive(Default)]
struct Tables {
    tables: Vec<Table>,
    places: HashMap<String, usize>,
}

impl Tables {
    fn add(&mut self, table: Table) {
        self.places.insert(table.name.name.to_ascii_lowercase(), self.tables.len());
        self.tables.push(table);
    }

    fn find(&self, name: &str) -> Option<&Table> {
        self.tables.get(*self.places.get(&name.to_ascii_lowercase())?)
    }

    fn find_mut(&mut self, name: &str) -> Option<&mut Table> {
        self.tables.get_mut(*self.places.get(&name.to_ascii_lowercase())?)
    }

    /// The tables, with their foreign keys spelled as the tables they refer to are.
    fn finish(mut self) -> Vec<Table> {
        for at in 0..self.tables.len() {
            let mut keys = std::mem::take(&mut self.tables[at].foreign_keys);
            for key in &mut keys {
                if let Some(parent) = self.find(&key.table.name) {
                    settle(key, parent);
                }
            }
            self.tables[at].foreign_keys = keys;
        }
        self.tables
    }
}

/// Spells what a foreign key refers to as `parent` does. One that names no columns refers to
/// the primary key, if that has as many.
fn settle(key: &mut ForeignKey, parent: &Table) {
    key.table.name.clone_from(&parent.name.name);
    if key.references.is_empty() {
        let primary = parent.primary_key.as_ref().map(|primary| &primary.columns);
        if let Some(primary) = primary.filter(|it| it.len() == key.columns.len()) {
            key.references.clone_from(primary);
        }
    } else {
        for name in &mut key.references {
            if let Some(column) = key::column(&parent.columns, name) {
                name.clone_from(&column.name);
            }
        }
    }
}

fn index(row: Row, table: &Table) -> Result<Index, DbError> {
    let read = CreateIndex::parse(&row.sql).map_err(|err| row.unreadable(&err))?;
    let columns = read.columns.iter();
    Ok(Index {
        columns: columns.map(|it| key::index_column(it, &row.sql, &table.columns)).collect(),
        unique: read.unique,
        predicate: read.predicate.map(|span| Sql::new(&row.sql[span])),
        name: row.name,
        source: Source(Some(row.sql)),
        ..Index::default()
    })
}

fn view(row: Row) -> Result<View, DbError> {
    let read = CreateView::parse(&row.sql).map_err(|err| row.unreadable(&err))?;
    let mut options = Options::new();
    if let Some(columns) = read.columns {
        let columns = key::names(&row.sql[columns]);
        options.insert(COLUMNS.to_owned(), OptionValue::Text(columns));
    }
    let definition = Sql::new(&row.sql[read.query]);
    Ok(View { name: Name::new(row.name), materialized: false, definition, options })
}

fn trigger(row: Row) -> Result<Trigger, DbError> {
    CreateTrigger::parse(&row.sql).map_err(|err| row.unreadable(&err))?;
    Ok(Trigger {
        name: Name::new(row.name),
        table: Name::new(row.table),
        definition: Sql::new(row.sql),
    })
}

#[cfg(test)]
mod tests;
