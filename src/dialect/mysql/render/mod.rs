//! Statements for operations.

pub(super) mod names;
mod objects;
mod sequence;

use super::default::expression;
use super::split::split;
use super::text::name;
use super::{MySql, alter, create, insert};
use crate::dialect::{Piece, Scope, Statement, Unsupported};
use crate::operation::Operation;
use crate::schema::{Schema, Sql};

/// What `render` must see of the live database: the table of which a change says only a part.
pub(super) fn looks_at(op: &Operation) -> Option<Scope> {
    match op {
        Operation::AlterTable { table, changes } if alter::looks(changes) => {
            Some(Scope { tables: Some(vec![table.clone()]), except: Vec::new() })
        }
        _ => None,
    }
}

/// The statements that carry out `op` on a database that looks like `before`.
///
/// # Errors
/// When this server has no way to do it.
pub(super) fn render(
    dialect: &MySql,
    op: &Operation,
    before: &Schema,
) -> Result<Vec<Statement>, Unsupported> {
    names::check(dialect, op)?;
    match op {
        Operation::Create(object) => objects::create(dialect, object),
        Operation::Replace { from, to } => objects::replace(dialect, from, to),
        Operation::AlterEnum { from, .. } => Err(objects::no_enum(dialect, &from.name)),
        Operation::Drop(object) => objects::drop(dialect, object),
        Operation::CreateTable(table) => create::table(dialect, table),
        Operation::DropTable(table) => all([format!("DROP TABLE {}", name(&table.name))]),
        Operation::RenameTable { from, to } => {
            all([format!("RENAME TABLE {} TO {}", name(from), name(to))])
        }
        Operation::AlterTable { table, changes } => alter::alter(dialect, table, changes, before),
        Operation::Insert { table, rows } => all(insert::insert(dialect, table, rows)?),
        Operation::Fill { table, column, value } => {
            all([insert::fill(dialect, table, column, value)?])
        }
        Operation::Execute(sql) => execute(dialect, sql),
        Operation::Run { .. } => Ok(Vec::new()),
    }
}

fn all(statements: impl IntoIterator<Item = String>) -> Result<Vec<Statement>, Unsupported> {
    Ok(statements.into_iter().map(Statement::new).collect())
}

fn execute(dialect: &MySql, sql: &Sql) -> Result<Vec<Statement>, Unsupported> {
    let text = expression(dialect, sql, "the SQL to execute")?;
    Ok(parts(dialect, text)?.iter().map(|piece| Statement::new(piece.sql)).collect())
}

/// The statements of a text.
///
/// # Errors
/// When something in it is never closed.
fn parts<'a>(dialect: &MySql, text: &'a str) -> Result<Vec<Piece<'a>>, Unsupported> {
    split(text, dialect.mode).map_err(|error| {
        let line = text[..error.at].matches('\n').count() + 1;
        Unsupported::new(format!("{error} (line {line} of the SQL)"), None)
    })
}

/// The single statement that makes up a definition, without a semicolon.
///
/// # Errors
/// When it says nothing to this server, or more than one statement.
fn statement<'a>(dialect: &MySql, sql: &'a Sql, of: &str) -> Result<&'a str, Unsupported> {
    match parts(dialect, expression(dialect, sql, of)?)?[..] {
        [piece] => Ok(piece.sql),
        _ => Err(Unsupported::new(format!("{of} must be one statement"), None)),
    }
}

#[cfg(test)]
mod tests;
