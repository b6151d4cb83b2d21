//! The schemas in which a question is asked, and names in their place there and back.

use super::super::lexer::{Token, TokenKind, tokens};
use super::super::types::{literal, quote};
use super::ask::Question;
use crate::dialect::{Connection, DbError};
use crate::schema::{ForeignKey, IndexKey, Name, Object, Options, Sql, Table, Type, Value};

/// The schemas made for a question, and whose place they take.
pub(super) struct Schemas {
    /// Pairs of the real name and the made one; the default schema is first.
    pairs: Vec<(String, String)>,
}

impl Schemas {
    pub(super) fn of(question: &Question) -> Schemas {
        let mut real = vec![question.dialect.schema.clone()];
        let names = (question.tables.iter().map(|it| it.name.clone()))
            .chain(question.objects.iter().map(|it| it.name()));
        for name in names {
            real.extend(name.schema.filter(|it| !real.contains(it)));
        }
        let made = |(at, real): (usize, String)| {
            (real, format!("limbeck_asks_{}_{at}", std::process::id()))
        };
        Schemas { pairs: real.into_iter().enumerate().map(made).collect() }
    }

    /// The one in the place of the default schema.
    pub(super) fn own(&self) -> &str {
        self.pairs.first().map_or("", |(_, made)| made)
    }

    pub(super) fn made(&self) -> Vec<&str> {
        self.pairs.iter().map(|(_, made)| made.as_str()).collect()
    }

    pub(super) fn make(&self, db: &mut dyn Connection) -> Result<(), DbError> {
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

    fn name(&self, name: Name) -> Name {
        let made =
            name.schema.as_ref().and_then(|it| self.pairs.iter().find(|(real, _)| real == it));
        match made {
            Some((_, made)) => Name { schema: Some(made.clone()), name: name.name },
            None => name,
        }
    }

    /// The text with every schema that is followed by a dot replaced.
    fn text(&self, text: &str, direction: Direction) -> String {
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
            let other = self.pairs.iter().find_map(|(real, made)| match direction {
                Direction::There if *real == name => Some(made),
                Direction::Back if *made == name => Some(real),
                _ => None,
            });
            if let Some(other) = other {
                out.push_str(&text[copied..token.at]);
                let is_plain =
                    other.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit());
                out.push_str(&if is_plain { other.clone() } else { quote(other) });
                copied = token.end();
            }
        }
        out.push_str(&text[copied..]);
        out
    }

    fn sql(&self, sql: &Sql, direction: Direction) -> Sql {
        Sql::new(self.text(sql.of("postgres").unwrap_or_default(), direction))
    }

    fn ty(&self, ty: Type) -> Type {
        match ty {
            Type::SharedEnum(name) => Type::SharedEnum(self.name(name)),
            Type::Array(of) => Type::Array(Box::new(self.ty(*of))),
            ty => ty,
        }
    }

    pub(super) fn table(&self, mut table: Table) -> Table {
        table.name = self.name(table.name);
        table.foreign_keys = Vec::<ForeignKey>::new();
        self.change(&mut table, Direction::There);
        table
    }

    pub(super) fn back_table(&self, mut table: Table) -> Table {
        table.name = self.back_name(table.name);
        self.change(&mut table, Direction::Back);
        table
    }

    /// Changes every text of a table.
    fn change(&self, table: &mut Table, direction: Direction) {
        let sql = |it: &mut Sql| *it = self.sql(it, direction);
        self.options(&mut table.options, direction);
        for column in &mut table.columns {
            let ty = std::mem::replace(&mut column.ty, Type::Boolean);
            column.ty = match direction {
                Direction::There => self.ty(ty),
                Direction::Back => self.back_type(ty),
            };
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
    }

    fn options(&self, options: &mut Options, direction: Direction) {
        for value in options.values_mut() {
            if let crate::schema::OptionValue::Text(text) = value {
                *text = self.text(text, direction);
            }
        }
    }

    fn back_name(&self, name: Name) -> Name {
        let real =
            name.schema.as_ref().and_then(|it| self.pairs.iter().find(|(_, made)| made == it));
        match real {
            Some((real, _)) if *real == self.pairs[0].0 => Name::new(name.name),
            Some((real, _)) => Name { schema: Some(real.clone()), name: name.name },
            // The live default schema is not the one in whose place this stands.
            None if name.schema.as_ref() == self.pairs.first().map(|(real, _)| real) => {
                Name::new(name.name)
            }
            None => name,
        }
    }

    fn back_type(&self, ty: Type) -> Type {
        match ty {
            Type::SharedEnum(name) => Type::SharedEnum(self.back_name(name)),
            Type::Array(of) => Type::Array(Box::new(self.back_type(*of))),
            Type::Native { dialects, default } => Type::Native {
                dialects: dialects
                    .into_iter()
                    .map(|(key, text)| (key, self.text(&text, Direction::Back)))
                    .collect(),
                default,
            },
            ty => ty,
        }
    }

    pub(super) fn object(&self, object: Object) -> Object {
        let sql = |it: &Sql| self.sql(it, Direction::There);
        match object {
            Object::Function(mut it) => {
                it.definition = sql(&it.definition);
                Object::Function(it)
            }
            Object::View(mut it) => {
                it.name = self.name(it.name);
                it.definition = sql(&it.definition);
                Object::View(it)
            }
            Object::Trigger(mut it) => {
                it.definition = sql(&it.definition);
                Object::Trigger(it)
            }
            Object::Definition(mut it) => {
                it.definition = sql(&it.definition);
                Object::Definition(it)
            }
            Object::Enum(mut it) => {
                it.name = self.name(it.name);
                Object::Enum(it)
            }
            Object::Sequence(mut it) => {
                it.name = self.name(it.name);
                Object::Sequence(it)
            }
            other => other,
        }
    }

    pub(super) fn back_object(&self, object: Object) -> Object {
        let sql = |it: &Sql| self.sql(it, Direction::Back);
        match object {
            Object::Function(mut it) => {
                it.name = self.back_name(it.name);
                it.definition = sql(&it.definition);
                Object::Function(it)
            }
            Object::View(mut it) => {
                it.name = self.back_name(it.name);
                it.definition = sql(&it.definition);
                Object::View(it)
            }
            Object::Trigger(mut it) => {
                it.name = self.back_name(it.name);
                it.table = self.back_name(it.table);
                it.definition = sql(&it.definition);
                Object::Trigger(it)
            }
            Object::Definition(mut it) => {
                it.name = self.back_name(it.name);
                it.table = it.table.map(|it| self.back_name(it));
                it.definition = sql(&it.definition);
                Object::Definition(it)
            }
            Object::Enum(mut it) => {
                it.name = self.back_name(it.name);
                Object::Enum(it)
            }
            Object::Sequence(mut it) => {
                it.name = self.back_name(it.name);
                Object::Sequence(it)
            }
            other => other,
        }
    }
}

#[derive(Clone, Copy)]
enum Direction {
    /// To the schemas made for the question.
    There,
    /// To the real ones.
    Back,
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
