//! Values for rows that have none in a column that must have one.

use std::collections::BTreeMap;

use super::rows::is_required;
use crate::operation::{Operation, TableChange};
use crate::schema::{Column, Literal, Name, Sql, Type, Value};

/// The operations with the values written between: a column comes without NOT NULL, rows get
/// their value, and what follows (NOT NULL, keys, checks) finds it there.
pub fn fill(operations: Vec<Operation>, fills: &BTreeMap<(Name, String), Value>) -> Vec<Operation> {
    let mut filled = Vec::with_capacity(operations.len());
    for operation in operations {
        match operation {
            Operation::AlterTable { table, changes } => {
                fill_table(table, changes, fills, &mut filled)
            }
            other => filled.push(other),
        }
    }
    filled
}

fn fill_table(
    table: Name,
    changes: Vec<TableChange>,
    fills: &BTreeMap<(Name, String), Value>,
    out: &mut Vec<Operation>,
) {
    let value = |change: &TableChange| {
        let column = is_required(change)?;
        fills.get(&(table.clone(), column.name.clone())).cloned()
    };
    if !changes.iter().any(|change| value(change).is_some()) {
        out.push(Operation::AlterTable { table, changes });
        return;
    }
    let (mut before, mut values, mut behind) = (Vec::new(), Vec::new(), Vec::new());
    for change in changes {
        match (value(&change), change) {
            (Some(value), TableChange::AddColumn(column)) => {
                values.push((column.name.clone(), value));
                let nullable = Column { nullable: true, ..column.clone() };
                before.push(TableChange::AddColumn(nullable.clone()));
                behind.push(TableChange::AlterColumn { from: nullable, to: column });
            }
            (Some(value), TableChange::AlterColumn { from, to }) => {
                values.push((to.name.clone(), value));
                let nullable = Column { nullable: true, ..to.clone() };
                if from != nullable {
                    before.push(TableChange::AlterColumn { from, to: nullable.clone() });
                }
                behind.push(TableChange::AlterColumn { from: nullable, to });
            }
            // New columns stay in their order, and a value may be made of them.
            (_, TableChange::AddColumn(column)) if is_plain_column(&column) => {
                before.push(TableChange::AddColumn(column));
            }
            (_, change) => behind.push(change),
        }
    }
    if !before.is_empty() {
        out.push(Operation::AlterTable { table: table.clone(), changes: before });
    }
    for (column, value) in values {
        out.push(Operation::Fill { table: table.clone(), column, value });
    }
    out.push(Operation::AlterTable { table, changes: behind });
}

/// Whether a column needs nothing else to be there.
fn is_plain_column(column: &Column) -> bool {
    column.generated.is_none() && column.identity.is_none()
}

/// A value that does not fit its column.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no value for column `{column}`, which is {ty}")]
pub struct FillError {
    /// What was written.
    pub text: String,
    /// The column.
    pub column: String,
    /// Its type.
    pub ty: String,
}

impl FillError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some(
            "write it as a default in the models: `0`, `true`, `\"text\"` or `{ sql = \"...\" }`"
                .to_owned(),
        )
    }
}

/// Reads the value that rows get in `column` of `table`: as a default is written in the models,
/// or a text as it is.
///
/// # Errors
/// When the type of the column has no such value, or the text only begins like one.
pub fn parse_value(text: &str, table: &Name, column: &Column) -> Result<Value, FillError> {
    let ty = &column.ty;
    let wrong = || FillError {
        text: text.to_owned(),
        column: table.column(&column.name),
        ty: ty.to_string(),
    };
    let document: Option<toml::Table> = toml::from_str(&format!("value = {text}")).ok();
    if document.is_none() && begins_as_toml(text) {
        return Err(wrong());
    }
    let written = document.filter(|it| it.len() == 1).and_then(|mut it| it.remove("value"));
    let literal = match written {
        Some(toml::Value::Table(table)) if !table.is_empty() => {
            return match (table.get("sql"), table.len()) {
                (Some(toml::Value::String(sql)), 1) => Ok(Value::Expression(Sql::new(sql))),
                _ => Err(wrong()),
            };
        }
        Some(toml::Value::String(text)) => Literal::Text(text),
        Some(toml::Value::Integer(number)) if takes_numbers(ty) => Literal::Integer(number),
        Some(toml::Value::Float(number)) if takes_numbers(ty) && number.is_finite() => {
            Literal::Float(number)
        }
        Some(toml::Value::Boolean(it)) if takes_booleans(ty) => Literal::Boolean(it),
        _ => Literal::Text(text.to_owned()),
    };
    match fits(&literal, ty) {
        true => Ok(Value::Literal(literal)),
        false => Err(wrong()),
    }
}

/// Whether a text begins as a TOML string or an expression does. One that is neither in the end is
/// a slip, and no text for rows.
fn begins_as_toml(text: &str) -> bool {
    let key = text.strip_prefix('{').and_then(|it| it.trim_start().strip_prefix("sql"));
    key.is_some_and(|it| it.trim_start().starts_with('=')) || text.starts_with(['"', '\''])
}

fn takes_numbers(ty: &Type) -> bool {
    let inexact = matches!(ty, Type::Numeric { .. } | Type::Float | Type::Double);
    ty.is_integer() || inexact || matches!(ty, Type::Native { .. })
}

fn takes_booleans(ty: &Type) -> bool {
    matches!(ty, Type::Boolean | Type::Native { .. })
}

fn fits(literal: &Literal, ty: &Type) -> bool {
    match (literal, ty) {
        (Literal::Text(text), Type::Enum(values)) => values.contains(text),
        // A number of more digits than 64 bits hold is a text.
        (Literal::Text(text), Type::Numeric { .. }) => {
            !text.is_empty() && text.chars().all(|it| it.is_ascii_digit() || "+-.".contains(it))
        }
        (Literal::Text(_), Type::Boolean | Type::Float | Type::Double) => false,
        (Literal::Text(_) | Literal::Float(_), ty) => !ty.is_integer(),
        (Literal::Boolean(_) | Literal::Integer(_), _) => true,
    }
}

/// The value as [`parse_value`] reads it.
pub(super) fn spell(value: &Value) -> String {
    match value {
        Value::Literal(Literal::Text(text)) if is_plain(text) => text.clone(),
        _ => show(value),
    }
}

/// Whether a text could be nothing else.
fn is_plain(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_alphabetic)
        && letters.all(|it| it.is_alphanumeric() || "_-@.".contains(it))
        && !["true", "false", "inf", "nan"].contains(&text)
}

/// The value as models write it.
pub(super) fn show(value: &Value) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    match value {
        Value::Literal(Literal::Text(text)) => quoted(text),
        Value::Literal(Literal::Integer(number)) => number.to_string(),
        Value::Literal(Literal::Float(number)) => format!("{number:?}"),
        Value::Literal(Literal::Boolean(it)) => it.to_string(),
        Value::Expression(sql) => {
            let text = sql.text.as_ref().or_else(|| sql.dialects.values().next());
            format!("{{ sql = {} }}", quoted(text.map_or("", String::as_str)))
        }
    }
}
