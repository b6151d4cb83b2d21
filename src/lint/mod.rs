//! What is dangerous in an operation.

use std::fmt;

use crate::operation::{Operation, TableChange};
use crate::schema::sql::{Token, tokens};
use crate::schema::{Column, Name, Type};

/// Something of the rows that an operation gives up.
#[derive(Clone, Debug, PartialEq)]
pub enum Loss {
    /// A table with its rows.
    Table(Name),
    /// A column with its values.
    Column {
        /// The table.
        table: Name,
        /// The column.
        column: String,
    },
    /// Values that a column's new type has no room for.
    Values {
        /// The table.
        table: Name,
        /// The column.
        column: String,
        /// The new type.
        ty: Type,
    },
    /// Whatever raw SQL takes away.
    Sql,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Loss::Table(name) => write!(f, "drops table `{name}` with its rows"),
            Loss::Column { table, column } => {
                write!(f, "drops column `{}` with its values", table.column(column))
            }
            Loss::Values { table, column, ty } => write!(
                f,
                "values of `{}` that are no {ty} are cut, changed or refused",
                table.column(column)
            ),
            Loss::Sql => f.write_str("runs SQL that drops or deletes"),
        }
    }
}

/// The words about an operation that gives up something, as they stand above it in a script.
pub fn note(op: &Operation) -> Option<String> {
    let words: Vec<String> = losses(op).iter().map(ToString::to_string).collect();
    (!words.is_empty()).then(|| format!("loses data: {}", words.join("; ")))
}

/// What of the rows an operation gives up; empty when they are safe.
pub fn losses(op: &Operation) -> Vec<Loss> {
    match op {
        Operation::DropTable(table) => vec![Loss::Table(table.name.clone())],
        Operation::AlterTable { table, changes } => {
            changes.iter().filter_map(|change| loss(table, change)).collect()
        }
        Operation::Execute(sql) => {
            let texts = sql.text.iter().chain(sql.dialects.values());
            let loses =
                |token: &Token| ["drop", "delete", "truncate"].iter().any(|it| token.is(it));
            match texts.flat_map(|text| tokens(text)).any(|token| loses(&token)) {
                true => vec![Loss::Sql],
                false => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

fn loss(table: &Name, change: &TableChange) -> Option<Loss> {
    let table = table.clone();
    match change {
        TableChange::DropColumn(it) if it.generated.is_none() => {
            Some(Loss::Column { table, column: it.name.clone() })
        }
        TableChange::AlterColumn { from, to } if narrows(from, to) => {
            Some(Loss::Values { table, column: to.name.clone(), ty: to.ty.clone() })
        }
        _ => None,
    }
}

/// Whether `to` has no room for something that `from` may hold.
fn narrows(from: &Column, to: &Column) -> bool {
    let rank = |ty: &Type| match ty {
        Type::SmallInteger { .. } => Some(1),
        Type::Integer { .. } => Some(2),
        Type::BigInteger { .. } => Some(3),
        _ => None,
    };
    /// What a type is where no dialect has its own words.
    fn portable(ty: &Type) -> &Type {
        match ty {
            Type::Native { default: Some(default), .. } => default,
            other => other,
        }
    }
    match (portable(&from.ty), portable(&to.ty)) {
        (a, b) if a == b => false,
        // Whatever is no bytes can be written out.
        (a, Type::Text(_)) => matches!(a, Type::Binary(_) | Type::LargeBinary(_)),
        (Type::String(Some(a)), Type::String(Some(b))) => a > b,
        (Type::String(_), Type::String(None)) => false,
        (Type::Enum(a), Type::Enum(b)) => !a.iter().all(|value| b.contains(value)),
        (Type::Float, Type::Double) => false,
        (a, b) => match (rank(a), rank(b)) {
            (Some(a), Some(b)) => a > b,
            _ => true,
        },
    }
}
