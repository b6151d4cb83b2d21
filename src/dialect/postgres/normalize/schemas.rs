//! The schemas made for a question, and whose place they take.

use super::super::lexer::{Token, TokenKind, tokens};
use super::super::types::{literal, quote};
use crate::dialect::{Connection, DbError};
use crate::schema::{IndexKey, Name, Object, OptionValue, Options, Sql, Table, Type, Value};

/// Pairs of the real name of a schema and the made one; the default schema is first.
pub(in super::super) struct Schemas {
    pairs: Vec<(String, String)>,
}

/// Which of the two names is wanted.
#[derive(Clone, Copy)]
pub(in super::super) enum Direction {
    /// That of the schema made for the question.
    There,
    /// The real one.
    Back,
}

impl Schemas {
    /// One for the default schema, and one for each that `names` speak of.
    pub(in super::super) fn of(default: &str, names: impl Iterator<Item = Name>) -> Schemas {
        let mut real = vec![default.to_owned()];
        for name in names {
            real.extend(name.schema.filter(|it| !real.contains(it)));
        }
        let process = std::process::id();
        let made = |(at, real): (usize, String)| (real, format!("limbeck_asks_{process}_{at}"));
        Schemas { pairs: real.into_iter().enumerate().map(made).collect() }
    }

    /// One more, and the statement that makes the schema in its place; `None` where there is one.
    pub(in super::super) fn add(&mut self, real: &str) -> Option<String> {
        if self.pairs.iter().any(|(it, _)| it == real) {
            return None;
        }
        let made = format!("limbeck_asks_{}_{}", std::process::id(), self.pairs.len());
        let sql = format!("CREATE SCHEMA IF NOT EXISTS {}", quote(&made));
        self.pairs.push((real.to_owned(), made));
        Some(sql)
    }

    /// The one in the place of the default schema.
    pub(in super::super) fn own(&self) -> &str {
        self.pairs.first().map_or("", |(_, made)| made)
    }

    /// The made ones.
    pub(in super::super) fn made(&self) -> Vec<&str> {
        self.pairs.iter().map(|(_, made)| made.as_str()).collect()
    }

    /// Makes them, first in the search path of the transaction.
    ///
    /// # Errors
    /// Whatever the server says.
    pub(in super::super) fn make(&self, db: &mut dyn Connection) -> Result<(), DbError> {
        let mut statements: Vec<String> =
            self.pairs.iter().map(|(_, made)| format!("CREATE SCHEMA {}", quote(made))).collect();
        // What a function's body speaks of may not be there yet.
        statements.push("SET LOCAL check_function_bodies = off".to_owned());
        statements.push(format!(
            "SELECT pg_catalog.set_config('search_path', {} || ', ' || pg_catalog.current_setting('search_path'), true)",
            literal(&quote(self.own()))
        ));
        db.execute(&statements.join(";\n"))
    }

    /// The other name of a schema.
    fn other(&self, name: &str, direction: Direction) -> Option<&str> {
        self.pairs.iter().find_map(|(real, made)| match direction {
            Direction::There if real == name => Some(made.as_str()),
            Direction::Back if made == name => Some(real.as_str()),
            _ => None,
        })
    }

    pub(in super::super) fn name(&self, name: Name, direction: Direction) -> Name {
        let Some(schema) = &name.schema else { return name };
        let other = self.other(schema, direction).unwrap_or(schema).to_owned();
        let is_default = self.pairs.first().is_some_and(|(real, _)| *real == other);
        // What was not made for the question is in the live default schema.
        let schema = Some(other).filter(|_| !(is_default && matches!(direction, Direction::Back)));
        Name { schema, name: name.name }
    }

    /// The text with every schema that is followed by a dot replaced.
    pub(in super::super) fn text(&self, text: &str, direction: Direction) -> String {
        let mut out = String::with_capacity(text.len());
        let mut copied = 0;
        let all: Vec<_> = tokens(text).collect();
        for (at, token) in all.iter().enumerate() {
            let qualifies = all.get(at + 1).is_some_and(|next| next.is("."))
                && !at.checked_sub(1).is_some_and(|before| all[before].is("."));
            if token.kind == TokenKind::String && token.text.starts_with('\'') {
                let is_name = names_something(&all, at);
                if let (true, Some(inner)) = (is_name, token.string()) {
                    out.push_str(&text[copied..token.at]);
                    out.push_str(&literal(&self.text(&inner, direction)));
                    copied = token.end();
                }
                continue;
            }
            if !qualifies {
                continue;
            }
            let Some(name) = token.name() else { continue };
            if let Some(other) = self.other(&name, direction) {
                out.push_str(&text[copied..token.at]);
                let is_plain =
                    other.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit());
                out.push_str(&if is_plain { other.to_owned() } else { quote(other) });
                copied = token.end();
            }
        }
        out.push_str(&text[copied..]);
        out
    }

    fn sql(&self, sql: &Sql, direction: Direction) -> Sql {
        Sql::new(self.text(sql.of("postgres").unwrap_or_default(), direction))
    }

    fn ty(&self, ty: Type, direction: Direction) -> Type {
        match ty {
            Type::SharedEnum(name) => Type::SharedEnum(self.name(name, direction)),
            Type::Array(of) => Type::Array(Box::new(self.ty(*of, direction))),
            Type::Native { dialects, default } => Type::Native {
                dialects: dialects
                    .into_iter()
                    .map(|(key, text)| (key, self.text(&text, direction)))
                    .collect(),
                default,
            },
            ty => ty,
        }
    }

    /// The table with every schema in it called by its other name; foreign keys stay as they are.
    pub(in super::super) fn table(&self, mut table: Table, direction: Direction) -> Table {
        let sql = |it: &mut Sql| *it = self.sql(it, direction);
        table.name = self.name(table.name, direction);
        self.options(&mut table.options, direction);
        for column in &mut table.columns {
            let ty = std::mem::replace(&mut column.ty, Type::Boolean);
            column.ty = self.ty(ty, direction);
            if let Some(Value::Expression(it)) = &mut column.default {
                sql(it);
            }
            if let Some(it) = &mut column.generated {
                sql(&mut it.expression);
            }
        }
        table.checks.iter_mut().for_each(|it| sql(&mut it.expression));
        for index in &mut table.indexes {
            index.predicate.iter_mut().for_each(sql);
            for column in &mut index.columns {
                if let IndexKey::Expression(it) = &mut column.key {
                    sql(it);
                }
            }
        }
        table
    }

    fn options(&self, options: &mut Options, direction: Direction) {
        for value in options.values_mut() {
            if let OptionValue::Text(text) = value {
                *text = self.text(text, direction);
            }
        }
    }

    /// The object with every schema in it called by its other name.
    pub(in super::super) fn object(&self, mut object: Object, direction: Direction) -> Object {
        let name = |it: &mut Name| *it = self.name(std::mem::take(it), direction);
        let sql = |it: &mut Sql| *it = self.sql(it, direction);
        match &mut object {
            Object::Function(it) => {
                name(&mut it.name);
                sql(&mut it.definition);
            }
            Object::View(it) => {
                name(&mut it.name);
                sql(&mut it.definition);
            }
            Object::Trigger(it) => {
                name(&mut it.name);
                name(&mut it.table);
                sql(&mut it.definition);
            }
            Object::Definition(it) => {
                name(&mut it.name);
                it.table.iter_mut().for_each(name);
                sql(&mut it.definition);
            }
            Object::Enum(it) => name(&mut it.name),
            Object::Sequence(it) => name(&mut it.name),
            Object::Extension(it) => {
                if let Some(schema) = &mut it.schema
                    && let Some(other) = self.other(schema, direction)
                {
                    *schema = other.to_owned();
                }
            }
            Object::Namespace(_) => {}
        }
        object
    }
}

/// Whether the string at this place is a name: `nextval('audit.numbers'::regclass)`, with the cast
/// or as it may be written without.
fn names_something(all: &[Token], at: usize) -> bool {
    const OF_SEQUENCES: [&str; 3] = ["nextval", "currval", "setval"];
    let is = |at: Option<usize>, word: &str| at.is_some_and(|at| all[at].is(word));
    let is_cast = all.get(at + 1).is_some_and(|it| it.is("::"))
        && all.get(at + 2).is_some_and(|it| it.text.starts_with("reg"));
    let is_first =
        is(at.checked_sub(1), "(") && OF_SEQUENCES.iter().any(|name| is(at.checked_sub(2), name));
    is_cast || is_first
}
