//! Statements for operations.

pub(super) mod dependants;
mod enums;
mod kept;
mod names;
mod objects;

use super::default::expression;
use super::split::split;
use super::types::{self, quote};
use super::{Postgres, alter, create, insert};
use crate::dialect::{Piece, Scope, Statement, Unsupported};
use crate::operation::Operation;
use crate::schema::{Name, Object, Schema, Sql};

/// What `render` must see of the live database: the table of a change that others may stand in the
/// way of, with the views that are made of it, and everything for an enum that is made anew.
pub(super) fn looks_at(op: &Operation) -> Option<Scope> {
    let only = |name: &Name| Scope { tables: Some(vec![name.clone()]), except: Vec::new() };
    match op {
        Operation::AlterTable { table, changes } => alter::looks(changes).then(|| only(table)),
        Operation::Replace { from: Object::View(view), .. } => Some(only(&view.name)),
        Operation::AlterEnum { from, to, renamed } => {
            enums::looks(from, to, renamed).then(Scope::default)
        }
        _ => None,
    }
}

/// The statements that carry out `op` on a database that looks like `before`.
///
/// # Errors
/// When PostgreSQL has no way to do it.
pub(super) fn render(
    dialect: &Postgres,
    op: &Operation,
    before: &Schema,
) -> Result<Vec<Statement>, Unsupported> {
    names::check(op)?;
    match op {
        Operation::Create(object) => objects::create(object),
        Operation::Replace { from, to } => objects::replace(from, to, before),
        Operation::AlterEnum { from, to, renamed } => {
            enums::alter_enum(dialect, from, to, renamed, before)
        }
        Operation::Drop(object) => objects::drop(object),
        Operation::CreateTable(table) => create::table(dialect, table),
        Operation::DropTable(table) => all([format!("DROP TABLE {}", types::name(&table.name))]),
        Operation::RenameTable { from, to } => all(rename_table(dialect, from, to)),
        Operation::AlterTable { table, changes } => alter::alter(dialect, table, changes, before),
        Operation::Insert { table, rows } => all(insert::insert(table, rows)?),
        Operation::Fill { table, column, value } => all([insert::fill(table, column, value)?]),
        Operation::Execute(sql) => execute(sql),
        Operation::Run { .. } => Ok(Vec::new()),
    }
}

fn all(statements: impl IntoIterator<Item = String>) -> Result<Vec<Statement>, Unsupported> {
    Ok(statements.into_iter().map(Statement::new).collect())
}

/// The statements that give a table another name, and another schema.
fn rename_table(dialect: &Postgres, from: &Name, to: &Name) -> Vec<String> {
    let schema = |name: &Name| name.schema.clone().unwrap_or_else(|| dialect.schema.clone());
    let mut statements = Vec::new();
    let mut name = from.clone();
    if schema(from) != schema(to) {
        let target = quote(&schema(to));
        statements.push(format!("ALTER TABLE {} SET SCHEMA {target}", types::name(&name)));
        name.schema.clone_from(&to.schema);
    }
    if from.name != to.name {
        let target = quote(&to.name);
        statements.push(format!("ALTER TABLE {} RENAME TO {target}", types::name(&name)));
    }
    statements
}

fn execute(sql: &Sql) -> Result<Vec<Statement>, Unsupported> {
    let text = expression(sql, "the SQL to execute")?;
    Ok(parts(text)?.iter().map(|piece| Statement::new(piece.sql)).collect())
}

/// The statements of a text.
///
/// # Errors
/// When something in it is never closed.
fn parts(text: &str) -> Result<Vec<Piece<'_>>, Unsupported> {
    split(text).map_err(|error| {
        let line = text[..error.at].matches('\n').count() + 1;
        Unsupported::new(format!("{error} (line {line} of the SQL)"), None)
    })
}

#[cfg(test)]
mod tests;
