//! What is dangerous in an operation.

use crate::operation::{Operation, TableChange};
use crate::schema::sql::{Token, tokens};
use crate::schema::{Column, Type};

/// What of the rows an operation gives up, a line each; empty when they are safe.
pub fn losses(op: &Operation) -> Vec<String> {
    match op {
        Operation::DropTable(table) => vec![format!("drops table `{}` with its rows", table.name)],
        Operation::AlterTable { table, changes } => changes
            .iter()
            .filter_map(|change| match change {
                TableChange::DropColumn(it) if it.generated.is_none() => {
                    let column = table.column(&it.name);
                    Some(format!("drops column `{column}` with its values"))
                }
                TableChange::AlterColumn { from, to } if narrows(from, to) => {
                    let column = table.column(&to.name);
                    Some(format!(
                        "values of `{column}` that are no {} are cut, changed or refused",
                        to.ty
                    ))
                }
                _ => None,
            })
            .collect(),
        Operation::Execute(sql) => {
            let texts = sql.text.iter().chain(sql.dialects.values());
            let loses =
                |token: &Token| ["drop", "delete", "truncate"].iter().any(|it| token.is(it));
            match texts.flat_map(|text| tokens(text)).any(|token| loses(&token)) {
                true => vec!["runs SQL that drops or deletes".to_owned()],
                false => Vec::new(),
            }
        }
        _ => Vec::new(),
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
    match (&from.ty, &to.ty) {
        (a, b) if a == b => false,
        (Type::String(_) | Type::Char(_) | Type::Enum(_), Type::Text(_)) => false,
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
