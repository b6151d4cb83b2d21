//! Models in SQL files: the database reads them, and what it has made of them is inspected.
//!
//! The statements run in a place beside the live database in which nothing is, and which is gone
//! behind them. What a dump holds beside the schema (rows, rights, the session) is passed over.
//! Files may speak of each other in any order: what is refused is tried again behind the others,
//! and what is refused then is a mistake at its place.

mod refusal;
mod run;
mod statement;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::Declared;
use crate::dialect::{Connection, DbError, Dialect};
use crate::error::{Mistake, Mistakes};
use crate::schema::sql::tokens;
use crate::schema::{Name, Object, Schema, Table};
use statement::File;

/// The SQL of the models could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SqlError {
    /// Something in it is wrong.
    #[error(transparent)]
    Mistakes(#[from] Mistakes),
    /// The database has failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Reads the SQL of `declared` in `place`, and gives what it declares, as the database reports it.
/// Where each table was declared, and the names that were given, go to `declared`.
///
/// # Errors
/// Everything that is wrong in the files, and whatever ends the work of the database.
pub fn read(
    declared: &mut Declared,
    dialect: &dyn Dialect,
    place: &mut dyn Connection,
) -> Result<Schema, SqlError> {
    let sources = std::mem::take(&mut declared.sql);
    let mut files = statement::files(dialect, &sources)?;
    statement::require_once(&files, declared)?;
    let beside = beside(dialect, &declared.schema);
    let found = run::run(dialect, place, &mut files, beside)?;
    let mistakes = refusal::mistakes(dialect, &files);
    if !mistakes.is_empty() {
        return Err(Mistakes(mistakes).into());
    }
    let mut found = without(found, &declared.schema);
    let all = files.iter().flat_map(|it| &it.statements);
    dialect.forget_moment(&mut found, &all.map(|it| &*it.sql).collect::<Vec<_>>());
    require_references(&found, declared, &files)?;
    for file in &files {
        for statement in &file.statements {
            if let Some(name) = &statement.table {
                declared
                    .places
                    .entry((name.clone(), None))
                    .or_insert_with(|| file.place(statement));
            }
        }
    }
    declared.given_names.extend(given_names(&found, &files));
    Ok(found)
}

/// Puts the tables and sequences that were `read` into a declaration that is settled: the database has
/// spelled them already, and what is left unsaid of them is as usual, whatever the live database has.
pub fn as_read(normalized: &mut Schema, read: &Schema) {
    for table in &mut normalized.tables {
        let Some(read) = read.table(&table.name) else { continue };
        let settled = std::mem::replace(table, read.clone());
        for column in table.columns.iter_mut().filter(|it| it.identity.is_some()) {
            // What numbers itself is never NULL, whether that is said or not.
            let before = settled.column(&column.name).filter(|it| it.identity.is_some());
            column.nullable = before.map_or(column.nullable, |it| it.nullable);
        }
    }
    for object in &mut normalized.objects {
        if let (Object::Sequence(_), Some(read)) = (&*object, read.object(&object.key())) {
            object.clone_from(read);
        }
    }
}

/// The statements that make what the other models declare: files may refer to it.
fn beside(dialect: &dyn Dialect, schema: &Schema) -> Vec<String> {
    let dialect = dialect.portable();
    let mut known = Schema::default();
    let mut statements = Vec::new();
    for op in crate::diff::diff(&Schema::default(), schema) {
        let rendered = dialect.render(&op, &known).unwrap_or_default();
        statements.extend(rendered.into_iter().map(|it| it.sql));
        // What was made by an operation is there for the next one.
        let _ = known.apply(&op);
    }
    statements
}

/// What of `found` the other models do not declare.
fn without(mut found: Schema, others: &Schema) -> Schema {
    let names: BTreeSet<&Name> = others.tables.iter().map(|it| &it.name).collect();
    found.tables.retain(|it| !names.contains(&it.name));
    found.objects.retain(|it| others.object(&it.key()).is_none());
    found
}

/// Refuses a foreign key to a table or a column that nothing declares: not every database looks.
fn require_references(found: &Schema, declared: &Declared, files: &[File]) -> Result<(), Mistakes> {
    // Not every database tells names by their case.
    let lower = |name: &Name| name.to_string().to_lowercase();
    let all: BTreeMap<String, &Table> = found
        .tables
        .iter()
        .chain(&declared.schema.tables)
        .map(|it| (lower(&it.name), it))
        .collect();
    let mut mistakes = Vec::new();
    for table in found.tables.iter().chain(&declared.schema.tables) {
        for key in &table.foreign_keys {
            let name = &table.name;
            let message = match all.get(&lower(&key.table)) {
                None => format!(
                    "table `{name}` refers to table `{}`, which no model declares",
                    key.table
                ),
                Some(target) => {
                    let has = |column: &&String| {
                        target.columns.iter().any(|it| it.name.eq_ignore_ascii_case(column))
                    };
                    let Some(column) = key.references.iter().find(|it| !has(it)) else { continue };
                    format!(
                        "table `{name}` refers to `{}`, a column that is not there",
                        key.table.column(column)
                    )
                }
            };
            let place = declared.places.get(&(name.clone(), None)).cloned();
            let place = place.or_else(|| place_of(table, files));
            mistakes.push(Mistake { message, place, hint: None });
        }
    }
    if mistakes.is_empty() { Ok(()) } else { Err(Mistakes(mistakes)) }
}

fn place_of(table: &Table, files: &[File]) -> Option<crate::error::Place> {
    files.iter().find_map(|file| {
        let found = file.statements.iter().find(|it| it.table.as_ref() == Some(&table.name))?;
        Some(file.place(found))
    })
}

/// The names of keys, constraints and indexes that stand in the files; the database has made the
/// others.
fn given_names(found: &Schema, files: &[File]) -> BTreeSet<(Name, String)> {
    let mut words = BTreeSet::new();
    for file in files {
        words.extend(
            tokens(&file.source.text).iter().filter_map(|it| it.name()).map(|it| it.to_lowercase()),
        );
    }
    let names = |table: &Table| -> Vec<(Name, String)> {
        let is_given = |name: &String| words.contains(&name.to_lowercase());
        table.names().filter(is_given).map(|name| (table.name.clone(), name)).collect()
    };
    found.tables.iter().flat_map(names).collect()
}
