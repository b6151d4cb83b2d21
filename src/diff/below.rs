//! Which objects stand below tables, so that tables may need them, and which above.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::sql::{Token, TokenKind, tokens};
use crate::schema::{IndexKey, Object, OptionValue, Schema, Sql, Table, Value};

/// What stands below the tables of one schema.
///
/// A function stands there when an expression of a table calls it, or a definition that stands
/// there itself does, or another function that does. Any other function may speak of tables.
#[derive(Debug, Default)]
pub(super) struct Below {
    /// The names of those functions, in lower case.
    functions: BTreeSet<String>,
}

impl Below {
    pub(super) fn of(schema: &Schema) -> Below {
        let mut bodies: BTreeMap<String, Vec<&Sql>> = BTreeMap::new();
        for object in &schema.objects {
            if let Object::Function(it) = object {
                bodies.entry(it.name.name.to_lowercase()).or_default().push(&it.definition);
            }
        }
        if bodies.is_empty() {
            return Below::default();
        }
        let expressions = schema.tables.iter().flat_map(expressions).flat_map(texts);
        let mut open: Vec<String> = expressions.flat_map(called).collect();
        open.extend(schema.tables.iter().flat_map(option_texts).flat_map(called));
        for object in &schema.objects {
            if let Object::Definition(it) = object
                && it.table.is_none()
            {
                open.extend(texts(&it.definition).flat_map(used));
            }
        }
        let mut below = Below::default();
        while let Some(name) = open.pop() {
            let Some(bodies) = bodies.get(&name) else { continue };
            if below.functions.insert(name) {
                open.extend(bodies.iter().copied().flat_map(texts).flat_map(called));
            }
        }
        below
    }

    pub(super) fn holds(&self, object: &Object) -> bool {
        match object {
            Object::Namespace(_) | Object::Extension(_) | Object::Enum(_) | Object::Sequence(_) => {
                true
            }
            Object::Definition(it) => it.table.is_none(),
            Object::Function(it) => self.functions.contains(&it.name.name.to_lowercase()),
            Object::View(_) | Object::Trigger(_) => false,
        }
    }
}

/// The functions that an object calls, or names where a value stands: `sfunc = add`. In lower case.
pub(super) fn functions_of(object: &Object) -> BTreeSet<String> {
    object.definition().into_iter().flat_map(texts).flat_map(used).collect()
}

fn expressions(table: &Table) -> impl Iterator<Item = &Sql> {
    let columns = table.columns.iter().flat_map(|column| {
        let default = match &column.default {
            Some(Value::Expression(sql)) => Some(sql),
            _ => None,
        };
        default.into_iter().chain(column.generated.as_ref().map(|it| &it.expression))
    });
    let indexes = table.indexes.iter().flat_map(|index| {
        let keys = index.columns.iter().filter_map(|column| match &column.key {
            IndexKey::Expression(sql) => Some(sql),
            IndexKey::Column(_) => None,
        });
        keys.chain(&index.predicate)
    });
    columns.chain(table.checks.iter().map(|it| &it.expression)).chain(indexes)
}

/// Options may hold expressions: by what a table is parted.
fn option_texts(table: &Table) -> impl Iterator<Item = &str> {
    table.options.values().filter_map(|value| match value {
        OptionValue::Text(text) => Some(text.as_str()),
        OptionValue::Boolean(_) | OptionValue::Integer(_) => None,
    })
}

fn texts(sql: &Sql) -> impl Iterator<Item = &str> {
    sql.text.iter().chain(sql.dialects.values()).map(String::as_str)
}

/// The names before parentheses, in lower case.
fn called(text: &str) -> Vec<String> {
    names(text, is_called)
}

/// As [`called`], and the names behind an equals sign.
fn used(text: &str) -> Vec<String> {
    names(text, |all, at| is_called(all, at) || is_assigned(all, at))
}

fn is_called(all: &[Token], at: usize) -> bool {
    all.get(at + 1).is_some_and(|next| next.is("("))
}

fn is_assigned(all: &[Token], at: usize) -> bool {
    let is = |back: usize, word: &str| at.checked_sub(back).is_some_and(|at| all[at].is(word));
    // The schema of the name may stand between.
    is(1, "=") || is(1, ".") && is(3, "=")
}

fn names(text: &str, wanted: impl Fn(&[Token], usize) -> bool + Copy) -> Vec<String> {
    let all = tokens(text);
    let mut names = Vec::new();
    for (at, token) in all.iter().enumerate() {
        // The body of a function may be a string.
        if token.kind == TokenKind::String {
            let body = token.text.trim_start_matches(['x', 'X']).trim_matches('\'');
            names.extend(self::names(&body.replace("''", "'"), wanted));
        } else if wanted(&all, at) {
            names.extend(token.name().map(|name| name.to_lowercase()));
        }
    }
    names
}
