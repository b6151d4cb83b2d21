//! Asking the server how it spells what is declared.
//!
//! Everything is made in schemas of its own, one for each that the declaration speaks of, within a
//! transaction that is taken back. They stand first in the search path, so that names without a
//! schema mean what is made here, and what is not made here is found in the live database.

use super::super::lexer::{TokenKind, tokens};
use super::super::types::{literal, quote};
use super::super::{Postgres, create, inspect, render};
use super::draft::local;
use crate::dialect::{Connection, DbError, NormalizeError, Unsupported};
use crate::operation::Operation;
use crate::schema::{ForeignKey, IndexKey, Name, Object, Options, Schema, Sql, Table, Type, Value};

/// What is asked, in the words of the declaration.
pub(super) struct Question<'a> {
    pub(super) dialect: &'a Postgres,
    pub(super) tables: &'a [&'a Table],
    pub(super) objects: &'a [&'a Object],
}

/// The answer, as `inspect` reports it; tables without their foreign keys.
pub(super) struct Asked {
    pub(super) tables: Vec<Table>,
    pub(super) objects: Vec<Object>,
}

/// Asks, and leaves nothing behind.
///
/// # Errors
/// What the server refuses to make, and whatever else it says.
pub(super) fn ask(question: &Question, db: &mut dyn Connection) -> Result<Asked, NormalizeError> {
    db.execute("BEGIN")?;
    let asked = within(question, db);
    let taken_back = db.execute("ROLLBACK");
    let asked = asked?;
    taken_back?;
    Ok(asked)
}

fn within(question: &Question, db: &mut dyn Connection) -> Result<Asked, NormalizeError> {
    let schemas = Schemas::of(question);
    schemas.make(db)?;
    make(question, &schemas, db)?;
    let own = Postgres { schema: schemas.own().to_owned(), ..question.dialect.clone() };
    let found = inspect::within(&own, db, &schemas.made())?;
    let tables = found.tables.into_iter().map(|it| schemas.back_table(it)).collect();
    let mut objects: Vec<Object> =
        found.objects.into_iter().map(|it| schemas.back_object(it)).collect();
    objects.extend(extensions(question, db)?);
    Ok(Asked { tables, objects })
}

/// Makes all of it in one batch, and once more one by one when the server refuses something: then
/// all that it refuses is known, each with its place.
fn make(
    question: &Question,
    schemas: &Schemas,
    db: &mut dyn Connection,
) -> Result<(), NormalizeError> {
    let parts = parts(question, schemas);
    let batch: Vec<&str> =
        parts.iter().flat_map(|it| it.statements.iter().map(String::as_str)).collect();
    db.execute("SAVEPOINT limbeck")?;
    if db.execute(&batch.join(";\n")).is_ok() {
        return Ok(());
    }
    db.execute("ROLLBACK TO limbeck")?;
    let (mut errors, mut missing) = (Vec::new(), Vec::new());
    for part in &parts {
        for statement in &part.statements {
            db.execute("SAVEPOINT limbeck")?;
            match db.execute(statement) {
                Ok(()) => {}
                Err(DbError::Statement { message, .. }) => {
                    db.execute("ROLLBACK TO limbeck")?;
                    if part.is_extension {
                        // Somebody else may make it: it matters only to what needs it here.
                        missing.push(format!("{} cannot be made: {message}", part.what));
                        break;
                    }
                    errors.push(Unsupported {
                        table: part.table.clone(),
                        ..Unsupported::new(format!("{} cannot be made: {message}", part.what), None)
                    });
                    break;
                }
                Err(other) => return Err(other.into()),
            }
        }
    }
    if errors.is_empty() {
        return Ok(());
    }
    let missing = missing.into_iter().map(|it| Unsupported::new(it, None));
    Err(NormalizeError::Unsupported(missing.chain(errors).collect()))
}

/// The statements of one thing.
struct Part {
    what: String,
    table: Option<Name>,
    is_extension: bool,
    statements: Vec<String>,
}

/// In an order in which they can be made: extensions that are not there, what has no table in it, tables, views, triggers.
fn parts(question: &Question, schemas: &Schemas) -> Vec<Part> {
    let dialect = question.dialect;
    let mut parts = Vec::new();
    let rank = |object: &Object| match object {
        Object::Extension(_) => -1,
        Object::Enum(_) | Object::Sequence(_) => 0,
        Object::Function(_) => 1,
        Object::View(_) => 3,
        Object::Trigger(_) => 4,
        Object::Definition(it) if it.table.is_none() => 0,
        Object::Definition(_) => 4,
        Object::Namespace(_) => 5,
    };
    let mut objects = question.objects.to_vec();
    objects.sort_by_key(|it| rank(it));
    let (below, above): (Vec<&Object>, Vec<&Object>) =
        objects.into_iter().filter(|it| rank(it) < 5).partition(|it| rank(it) < 2);
    let object = |it: &Object| {
        let create = Operation::Create(schemas.object(it.clone()));
        let statements = render::render(dialect, &create, &Schema::default()).unwrap_or_default();
        let in_place = |sql: String| match it {
            Object::Extension(_) => sql.replacen("EXTENSION", "EXTENSION IF NOT EXISTS", 1),
            _ => sql,
        };
        Part {
            what: format!("{} `{}`", it.kind().replace('_', " "), it.name()),
            table: None,
            is_extension: matches!(it, Object::Extension(_)),
            statements: statements.into_iter().map(|it| in_place(it.sql)).collect(),
        }
    };
    parts.extend(below.into_iter().map(object));
    for table in in_order(dialect, question.tables) {
        let mut here = schemas.table(table.clone());
        for index in &mut here.indexes {
            // It makes no difference in what it is, and cannot stand in a transaction.
            index.options.remove(super::super::options::CONCURRENTLY);
        }
        let made = create::table(dialect, &here).unwrap_or_default();
        let statements = made.into_iter().map(|it| it.sql).collect();
        parts.push(Part {
            what: format!("table `{}`", table.name),
            table: Some(table.name.clone()),
            is_extension: false,
            statements,
        });
    }
    let mut above: Vec<(&Object, Part)> = above.into_iter().map(|it| (it, object(it))).collect();
    order_views(&mut above);
    parts.extend(above.into_iter().map(|(_, part)| part));
    parts
}

/// Partitions and heirs behind their parents.
fn in_order<'a>(dialect: &Postgres, tables: &[&'a Table]) -> Vec<&'a Table> {
    use super::super::options::{INHERITS, PARTITION_OF, text};
    let parents = |table: &Table| -> Vec<String> {
        let texts = [PARTITION_OF, INHERITS].into_iter().filter_map(|it| text(&table.options, it));
        texts.flat_map(super::words).collect()
    };
    let mut waiting = tables.to_vec();
    let mut ordered: Vec<&Table> = Vec::new();
    while !waiting.is_empty() {
        let names: Vec<String> = waiting.iter().map(|it| local(dialect, &it.name).name).collect();
        let (ready, rest): (Vec<&Table>, Vec<&Table>) = waiting.iter().partition(|it| {
            parents(it).iter().all(|parent| *parent == it.name.name || !names.contains(parent))
        });
        if ready.is_empty() {
            // A circle, which the server will refuse.
            ordered.extend(rest);
            break;
        }
        ordered.extend(ready);
        waiting = rest;
    }
    ordered
}

/// Puts a view behind those it mentions.
fn order_views(parts: &mut Vec<(&Object, Part)>) {
    let mut ordered: Vec<(&Object, Part)> = Vec::new();
    let mut waiting = std::mem::take(parts);
    while !waiting.is_empty() {
        let names: Vec<String> = waiting.iter().map(|(it, _)| it.name().name).collect();
        let is_ready = |object: &Object| {
            let mut mentioned = std::collections::BTreeSet::new();
            super::mentioned(object, &mut mentioned);
            mentioned.remove(&object.name().name);
            names.iter().all(|name| !mentioned.contains(name))
        };
        let at = waiting.iter().position(|(it, _)| is_ready(it)).unwrap_or(0);
        ordered.push(waiting.remove(at));
    }
    *parts = ordered;
}

/// What is not said of extensions, the server has a default for.
fn extensions(question: &Question, db: &mut dyn Connection) -> Result<Vec<Object>, DbError> {
    let mut all = Vec::new();
    for object in question.objects {
        let Object::Extension(it) = object else { continue };
        let sql = format!(
            "SELECT default_version FROM pg_catalog.pg_available_extensions WHERE name = {}",
            literal(&it.name)
        );
        let found = db.query(&sql, &[])?.into_iter().next().and_then(|row| row.into_iter().next());
        let mut it = it.clone();
        it.version = it.version.or(found.flatten());
        it.schema = it.schema.or_else(|| Some(question.dialect.schema.clone()));
        all.push(Object::Extension(it));
    }
    Ok(all)
}

/// The schemas made for a question, and whose place they take.
struct Schemas {
    /// Pairs of the real name and the made one; the default schema is first.
    pairs: Vec<(String, String)>,
}

impl Schemas {
    fn of(question: &Question) -> Schemas {
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
    fn own(&self) -> &str {
        self.pairs.first().map_or("", |(_, made)| made)
    }

    fn made(&self) -> Vec<&str> {
        self.pairs.iter().map(|(_, made)| made.as_str()).collect()
    }

    fn make(&self, db: &mut dyn Connection) -> Result<(), DbError> {
        let mut statements: Vec<String> =
            self.pairs.iter().map(|(_, made)| format!("CREATE SCHEMA {}", quote(made))).collect();
        // What a function's body speaks of may not be there yet.
        statements.push("SET LOCAL check_function_bodies = off".to_owned());
        statements.push(format!(
            "SELECT pg_catalog.set_config('search_path', {} || ', ' || pg_catalog.current_setting('search_path'), true)",
            literal(&quote(self.own()))
        ));
        db.execute(&statements.join(";\n")).map_err(|error| match error {
            DbError::Machine { message, .. } => DbError::Open {
                place: "a schema for what is declared".to_owned(),
                message,
                hint: Some(
                    "the role needs the right to make schemas: `GRANT CREATE ON DATABASE ... TO ...`"
                        .to_owned(),
                ),
            },
            other => other,
        })
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
                // nextval('audit.numbers'::regclass)
                let is_name = all.get(at + 1).is_some_and(|it| it.is("::"))
                    && all.get(at + 2).is_some_and(|it| it.text.starts_with("reg"));
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

    fn table(&self, mut table: Table) -> Table {
        table.name = self.name(table.name);
        table.foreign_keys = Vec::<ForeignKey>::new();
        self.change(&mut table, Direction::There);
        table
    }

    fn back_table(&self, mut table: Table) -> Table {
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

    fn object(&self, object: Object) -> Object {
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
            Object::Extension(mut it) => {
                let made = |real: String| {
                    let pair = self.pairs.iter().find(|it| it.0 == real);
                    pair.map_or(real, |it| it.1.clone())
                };
                it.schema = it.schema.map(made);
                Object::Extension(it)
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

    fn back_object(&self, object: Object) -> Object {
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
