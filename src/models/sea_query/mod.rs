//! Statements of [sea-query](https://docs.rs/sea-query), and so the entities of SeaORM -> [`Schema`].
//!
//! A statement tells some of what is in it only by its text. What it does not tell is never passed
//! over: the statement is built again from what was understood, and refused unless it is the same.

mod expression;
mod table;
#[cfg(test)]
mod tests;
mod types;

use sea_query::{DynIden, IndexCreateStatement, TableCreateStatement, TableName, TableRef};

use super::{Naming, write};
use crate::schema::{Enum, Name, Object, Schema, Table};

/// What a statement says and a schema cannot hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} of table `{table}`: {message}")]
pub struct StatementError {
    /// The table.
    pub table: String,
    /// What of it: `column user.age`, `an index`.
    pub what: String,
    /// What is odd about it.
    pub message: String,
}

/// The table that the statement makes.
impl TryFrom<&TableCreateStatement> for Table {
    type Error = StatementError;

    fn try_from(statement: &TableCreateStatement) -> Result<Table, StatementError> {
        table::read(statement, &[]).map(|it| it.table)
    }
}

impl Schema {
    /// What these statements make: tables, each with its indexes, and the enums of their columns.
    ///
    /// # Errors
    /// When a statement says what a schema cannot hold, or two disagree about an enum.
    pub fn from_statements(
        statements: &[(TableCreateStatement, Vec<IndexCreateStatement>)],
    ) -> Result<Schema, StatementError> {
        let mut schema = Schema::default();
        for (statement, indexes) in statements {
            let read = table::read(statement, indexes)?;
            for it in read.enums {
                add_enum(&mut schema, &read.table.name, it)?;
            }
            schema.tables.push(read.table);
        }
        schema.sort();
        Ok(schema)
    }

    /// The models that declare this schema, as the text of a TOML file: what a program prints whose
    /// output `db` takes for models.
    pub fn to_models(&self) -> String {
        write::document(self, &Naming::default(), "sqlite").toml()
    }
}

fn add_enum(schema: &mut Schema, table: &Name, it: Enum) -> Result<(), StatementError> {
    let known = schema.objects.iter().find_map(|object| match object {
        Object::Enum(known) if known.name == it.name => Some(known),
        _ => None,
    });
    match known {
        None => schema.objects.push(Object::Enum(it)),
        Some(known) if known.values == it.values => {}
        Some(_) => {
            return Err(StatementError {
                table: table.to_string(),
                what: format!("enum `{}`", it.name),
                message: "another column gives it other values".to_owned(),
            });
        }
    }
    Ok(())
}

/// The name of a table that stands for itself.
fn name(table: &TableRef) -> Option<Name> {
    let TableRef::Table(TableName(schema, name), _) = table else { return None };
    let schema = schema.as_ref().map(|it| text(&it.1));
    Some(Name { schema, name: text(name) })
}

fn text(name: &DynIden) -> String {
    name.to_string()
}
