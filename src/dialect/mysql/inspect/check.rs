//! The checks of tables and columns.

use std::collections::{HashMap, HashSet};

use super::super::lexer::{TokenKind, tokens};
use super::super::options::ENFORCED;
use super::expression::{plain, unescaped};
use super::{Catalogue, Fields, Found};
use crate::schema::{Check, Name, OptionValue, Options, Sql, Table, Type};

/// The checks that were found.
#[derive(Default)]
pub(super) struct Checks {
    all: Vec<(Name, Check)>,
    /// The columns, each with its table, that hold JSON by a check of MariaDB.
    json: HashSet<(Name, String)>,
    /// On MySQL, of each check by its database and its name: its table, and whether it is checked.
    places: HashMap<(String, String), (String, String)>,
}

impl Checks {
    /// Takes where the check of a row to come belongs.
    pub(super) fn place(&mut self, fields: &mut Fields) {
        let (schema, table, name) = (fields.text(), fields.text(), fields.text());
        let _number = fields.optional();
        self.places.insert((schema, name), (table, fields.text()));
    }

    pub(super) fn add(&mut self, catalogue: &Catalogue, mut fields: Fields) {
        let (schema, table, name) = (fields.text(), fields.optional(), fields.text());
        let _number = fields.optional();
        let text = unescaped(catalogue, fields.text());
        let (table, is_checked) = match table {
            Some(table) => (table, fields.text()),
            None => match self.places.remove(&(schema.clone(), name.clone())) {
                Some(place) => place,
                None => return,
            },
        };
        let (table, name) = (catalogue.name(&schema, &table), Some(name));
        let mut options = Options::new();
        if is_checked == "NO" {
            options.insert(ENFORCED.to_owned(), OptionValue::Boolean(false));
        }
        let check = Check { name, expression: Sql::new(plain(&text)), options };
        if let Some(column) = check.name.clone().filter(|it| is_json(&check, it)) {
            self.json.insert((table.clone(), column));
        }
        self.all.push((table, check));
    }

    /// Whether there is the check by which MariaDB keeps a column of JSON from other texts.
    pub(super) fn has_json(&self, table: &Name, column: &str) -> bool {
        !self.json.is_empty() && self.json.contains(&(table.clone(), column.to_owned()))
    }
}

/// Whether the check says of the column of its own name that it holds JSON.
fn is_json(check: &Check, column: &str) -> bool {
    let text = check.expression.text.as_deref().unwrap_or_default();
    let all: Vec<_> = tokens(text).collect();
    let [word, open, name, close] = &all[..] else { return false };
    check.name.as_deref() == Some(column)
        && word.is("json_valid")
        && open.is("(")
        && close.is(")")
        && name.kind == TokenKind::Quoted
        && name.name().as_deref() == Some(column)
}

/// Puts the checks to their tables. The columns are there.
pub(super) fn add(checks: Checks, found: &mut Found) {
    for (name, check) in checks.all {
        if let Some(table) = found.table(&name)
            && !is_of_json(table, &check)
        {
            table.checks.push(check);
        }
    }
}

fn is_of_json(table: &Table, check: &Check) -> bool {
    let column = check.name.as_ref().and_then(|it| table.column(it));
    column.is_some_and(|it| it.ty == Type::Json && is_json(check, &it.name))
}
