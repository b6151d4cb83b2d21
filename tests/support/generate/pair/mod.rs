//! Pairs of schemas that a SQLite database can hold, the second made from the first by edits of
//! the kind that people make.

mod draft;
mod edit;
mod mend;
mod object;
mod rename;
mod table;

use std::fmt;

use limbeck::dialect::Dialect;
use limbeck::dialect::sqlite::Sqlite;
use limbeck::diff::{Rename, diff};
use limbeck::schema::{Column, Name, Object, Schema};
use proptest::collection::vec;
use proptest::prelude::*;

use super::schema;
use draft::Draft;
use edit::{Edit, edit};
use object::raw_object;

/// Two schemas and the renames that are meant between them.
#[derive(Clone)]
pub(crate) struct Pair {
    pub(crate) from: Schema,
    pub(crate) to: Schema,
    pub(crate) renames: Vec<Rename>,
}

impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n-- from")?;
        sql(f, &self.from)?;
        writeln!(f, "-- to")?;
        sql(f, &self.to)?;
        writeln!(f, "-- {:?}", self.renames)
    }
}

/// The schema as SQLite's statements, which are easier to read than values.
fn sql(f: &mut fmt::Formatter<'_>, schema: &Schema) -> fmt::Result {
    for operation in diff(&Schema::default(), schema) {
        match Sqlite::portable().render(&operation, &Schema::default()) {
            Ok(statements) => {
                statements.iter().try_for_each(|it| writeln!(f, "{};", it.sql))?;
            }
            Err(_) => writeln!(f, "{operation:?}")?,
        }
    }
    Ok(())
}

/// A schema and what three people make of it who do not know of each other: pairs that begin
/// alike.
#[derive(Clone, Debug)]
pub(crate) struct Fork(pub(crate) [Pair; 3]);

/// A schema and what some edits make of it.
pub(crate) fn pair() -> impl Strategy<Value = Pair> {
    (start(), vec(edit(), 0..7)).prop_map(|(draft, edits)| draft.edited(&edits))
}

/// A schema and what three lists of edits make of it.
pub(crate) fn fork() -> impl Strategy<Value = Fork> {
    let edits = || vec(edit(), 1..4);
    (start(), [edits(), edits(), edits()])
        .prop_map(|(draft, lines)| Fork(lines.map(|edits| draft.edited(&edits))))
}

fn start() -> impl Strategy<Value = Draft> {
    (vec(schema::raw_table(), 0..4), vec(raw_object(), 0..4)).prop_map(|(tables, objects)| {
        let mut draft = Draft::default();
        for raw in &tables {
            draft.edit(&Edit::AddTable(raw.clone()));
        }
        for raw in &objects {
            draft.edit(&Edit::AddObject(raw.clone()));
        }
        draft.mend();
        draft
    })
}

/// Whether what was renamed was there before and is still there.
fn holds(rename: &Rename, all: &[Rename], from: &Schema, to: &Schema) -> bool {
    match rename {
        Rename::Table { from: old, to: new } => {
            let taken = |name: &Name| name != old && name.name.eq_ignore_ascii_case(&new.name);
            let objects = from.objects.iter().map(Object::name);
            let names = from.tables.iter().map(|table| table.name.clone()).chain(objects);
            from.table(old).is_some()
                && to.table(new).is_some()
                && !names.into_iter().any(|name| taken(&name))
        }
        Rename::Column { table, from: old, to: new } => {
            let is_its = |it: &&Rename| matches!(it, Rename::Table { to, .. } if to == table);
            let before = match all.iter().find(is_its) {
                Some(rename) if !holds(rename, all, from, to) => return false,
                Some(Rename::Table { from, .. }) => from,
                _ => table,
            };
            let taken =
                |column: &Column| column.name != *old && column.name.eq_ignore_ascii_case(new);
            from.table(before)
                .is_some_and(|it| it.column(old).is_some() && !it.columns.iter().any(taken))
                && to.table(table).is_some_and(|it| it.column(new).is_some())
        }
    }
}
