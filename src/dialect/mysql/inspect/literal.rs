//! Defaults that `information_schema` cannot write: it holds no bytes, and no characters of four
//! bytes. They are asked for where there may be some, all with one query.

use std::collections::HashMap;

use super::super::text::{self, quote};
use super::{Catalogue, Found};
use crate::dialect::DbError;
use crate::schema::{Column, Literal, Name, Sql, Type, Value};

/// What is not sure of the columns.
#[derive(Default)]
pub(super) struct Guesses {
    /// Columns with a default that may be another one, each with its table.
    pub(super) literals: Vec<(Name, Guess)>,
    /// The types of what is counted, by the names of what is no table.
    pub(super) sequences: HashMap<Name, String>,
}

impl Guesses {
    /// Sees a column of what is no table, which may be a sequence.
    pub(super) fn see(&mut self, owner: Name, column: &str, ty: &str) {
        if column == "next_not_cached_value" {
            self.sequences.insert(owner, ty.to_owned());
        }
    }
}

/// A column whose default may be another one.
pub(super) struct Guess {
    column: String,
    /// Whether it holds characters, and not bytes.
    is_text: bool,
}

impl Guess {
    /// The column, if its default may be another one: one of bytes, or of a text in which something
    /// stands for a character that was lost.
    pub(super) fn of(column: &Column, is_text: bool) -> Option<Guess> {
        let is_binary = is_bytes(&column.ty);
        let is_guess = match &column.default {
            Some(Value::Literal(Literal::Text(it))) => is_binary || it.contains('?'),
            // The text of bytes is not always a literal. MariaDB writes them in hexadecimal from 11.8 on.
            Some(Value::Expression(it)) => {
                let begins = |it: &String| it.starts_with("'") || it.starts_with("x'");
                is_binary && it.text.as_ref().is_some_and(begins)
            }
            _ => false,
        };
        is_guess.then(|| Guess { column: column.name.clone(), is_text })
    }
}

/// Asks for the defaults that may be others.
///
/// # Errors
/// Whatever the server says.
pub(super) fn settle(
    catalogue: &mut Catalogue,
    guesses: &mut Guesses,
    found: &mut Found,
) -> Result<(), DbError> {
    let mut tables: Vec<(Name, Vec<Guess>)> = Vec::new();
    for (name, guess) in std::mem::take(&mut guesses.literals) {
        match tables.iter_mut().rev().find(|(it, _)| *it == name) {
            Some((_, columns)) => columns.push(guess),
            None => tables.push((name, vec![guess])),
        }
    }
    if tables.is_empty() {
        return Ok(());
    }
    let queries: Vec<_> = tables.iter().enumerate().map(|(at, it)| query(at, it)).collect();
    // Who may not read a table still sees what there is of it.
    let Ok(rows) = catalogue.query(&queries.join("\nUNION ALL\n")) else { return Ok(()) };
    for mut fields in rows {
        let Some((name, columns)) = tables.get(fields.number::<usize>()) else { continue };
        let texts = fields.text();
        for (guess, hex) in columns.iter().zip(texts.split(',')) {
            let table = found.table(name);
            let columns = table.map(|it| &mut it.columns);
            let column = columns.and_then(|it| it.iter_mut().find(|it| it.name == guess.column));
            if let Some((column, bytes)) = column.zip(bytes(hex)) {
                column.default = Some(match guess.is_text {
                    true => Value::Literal(Literal::Text(String::from_utf8_lossy(&bytes).into())),
                    false => value(&column.ty, bytes),
                });
            }
        }
    }
    Ok(())
}

/// The defaults of some columns of one table, for which it needs no row.
fn query(at: usize, (table, columns): &(Name, Vec<Guess>)) -> String {
    let hex = |guess: &Guess| {
        let default = format!("DEFAULT(t.{})", quote(&guess.column));
        match guess.is_text {
            true => format!("HEX(CONVERT({default} USING utf8mb4))"),
            false => format!("HEX({default})"),
        }
    };
    let columns: Vec<_> = columns.iter().map(hex).collect();
    format!(
        "SELECT {at}, CONCAT_WS(',', {}) FROM (SELECT 1) one LEFT JOIN {} t ON FALSE",
        columns.join(", "),
        text::name(table)
    )
}

/// Whether a column of this type holds bytes.
pub(super) fn is_bytes(ty: &Type) -> bool {
    match ty {
        Type::Binary(_) | Type::LargeBinary(_) => true,
        Type::Native { dialects, .. } => dialects.values().any(|it| it.starts_with("binary")),
        _ => false,
    }
}

/// The bytes that are written in these digits.
pub(super) fn bytes(hex: &str) -> Option<Vec<u8>> {
    let pair = |at: usize| hex.get(at..at + 2).and_then(|it| u8::from_str_radix(it, 16).ok());
    (0..hex.len()).step_by(2).map(pair).collect()
}

/// Bytes as a default of a column of this type: a text where they are one.
pub(super) fn value(ty: &Type, mut bytes: Vec<u8>) -> Value {
    // A column of so many bytes fills up what is less.
    if matches!(ty, Type::Native { .. }) {
        let filled = bytes.iter().rev().take_while(|it| **it == 0).count();
        bytes.truncate(bytes.len() - filled);
    }
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains(char::is_control) => Value::Literal(Literal::Text(text)),
        Ok(text) => Value::Expression(Sql::new(hex(text.as_bytes()))),
        Err(other) => Value::Expression(Sql::new(hex(other.as_bytes()))),
    }
}

/// Bytes as a default of a column of bits, as the servers write those.
pub(super) fn bits(bytes: &[u8]) -> Value {
    let digits: String = bytes.iter().map(|it| format!("{it:08b}")).collect();
    let digits = digits.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    Value::Expression(Sql::new(format!("b'{digits}'")))
}

fn hex(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|it| format!("{it:02x}")).collect();
    format!("x'{digits}'")
}
