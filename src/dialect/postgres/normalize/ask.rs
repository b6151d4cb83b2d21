//! Asking the server how it spells what is declared.
//!
//! Everything is made in schemas of its own, one for each that the declaration speaks of, within a
//! transaction that is taken back. They stand first in the search path, so that names without a
//! schema mean what is made here, and what is not made here is found in the live database.

use std::collections::BTreeSet;

use super::super::types::{literal, quote};
use super::super::{Postgres, create, inspect, render};
use super::draft::local;
use super::schemas::{Direction, Schemas};
use crate::dialect::{Connection, DbError, NormalizeError, Unsupported};
use crate::operation::Operation;
use crate::schema::{Extension, Name, Object, Schema, Table};

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
    let names = (question.tables.iter().map(|it| it.name.clone()))
        .chain(question.objects.iter().map(|it| it.name()));
    let schemas = Schemas::of(&question.dialect.schema, names);
    let made = schemas.make(db);
    let is_made = made.is_ok();
    let asked = made.map_err(NormalizeError::from).and_then(|()| within(question, &schemas, db));
    let taken_back = db.execute("ROLLBACK");
    if !is_made && taken_back.is_ok() {
        require_right(db)?;
    }
    let asked = asked?;
    taken_back?;
    Ok(asked)
}

/// Refuses a role that may not make schemas.
fn require_right(db: &mut dyn Connection) -> Result<(), DbError> {
    let sql = "SELECT pg_catalog.quote_ident(pg_catalog.current_database()), \
         pg_catalog.quote_ident(current_user) \
         WHERE NOT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')";
    let Some(row) = db.query(sql, &[])?.into_iter().next() else { return Ok(()) };
    let mut names = row.into_iter().map(Option::unwrap_or_default);
    let (database, role) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
    Err(DbError::NoRight {
        sql: None,
        what: format!(
            "`{role}` may not make a schema in `{database}`, and only in one can the server be \
             asked how it spells what the models declare"
        ),
        hint: format!("`GRANT CREATE ON DATABASE {database} TO {role}` gives the right"),
    })
}

fn within(
    question: &Question,
    schemas: &Schemas,
    db: &mut dyn Connection,
) -> Result<Asked, NormalizeError> {
    make(question, schemas, db)?;
    let own = Postgres { schema: schemas.own().to_owned(), ..question.dialect.clone() };
    let found = inspect::within(&own, db, &schemas.made())?;
    let tables = found.tables.into_iter().map(|it| schemas.table(it, Direction::Back)).collect();
    let mut objects: Vec<Object> =
        found.objects.into_iter().map(|it| schemas.object(it, Direction::Back)).collect();
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
    match db.execute(&batch.join(";\n")) {
        Ok(()) => return Ok(()),
        Err(error) if error.is_end() => return Err(error.into()),
        Err(_) => {}
    }
    db.execute("ROLLBACK TO limbeck")?;
    // A view may be called as a column of another one: then only the server knows which needs which.
    let mut waiting: Vec<&Part> = parts.iter().collect();
    loop {
        let mut refused = Vec::new();
        for part in &waiting {
            refused.extend(make_part(part, db)?.map(|message| (*part, message)));
        }
        // Somebody else may make an extension: it matters only to what needs it here.
        if refused.iter().all(|(part, _)| part.is_extension) {
            return Ok(());
        }
        if refused.len() == waiting.len() {
            let error = |(part, message): (&Part, String)| Unsupported {
                table: part.table.clone(),
                ..Unsupported::new(format!("{} cannot be made: {message}", part.what), None)
            };
            return Err(NormalizeError::Unsupported(refused.into_iter().map(error).collect()));
        }
        waiting = refused.into_iter().map(|(part, _)| part).collect();
    }
}

/// Makes one thing whole or not at all, and gives what the server has against it.
fn make_part(part: &Part, db: &mut dyn Connection) -> Result<Option<String>, DbError> {
    db.execute("SAVEPOINT limbeck")?;
    for statement in &part.statements {
        match db.execute(statement) {
            Ok(()) => {}
            Err(DbError::Statement { message, .. }) => {
                db.execute("ROLLBACK TO limbeck")?;
                return Ok(Some(message));
            }
            Err(other) => return Err(other),
        }
    }
    Ok(None)
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
    let objects = in_order_of_mention(objects.into_iter().filter(|it| rank(it) < 5).collect());
    let tables: Vec<String> = question.tables.iter().map(|it| it.name.name.clone()).collect();
    // The type of a table's rows is one that a function may take or give.
    let is_below =
        |it: &&Object| rank(it) < 2 && !super::signature(it).iter().any(|it| tables.contains(it));
    let (below, above): (Vec<&Object>, Vec<&Object>) = objects.into_iter().partition(is_below);
    let object = |it: &Object| {
        let there = schemas.object(it.clone(), Direction::There);
        // Its schema may be as new as it is.
        let schema = match &there {
            Object::Extension(Extension { schema: Some(schema), .. }) => {
                Some(format!("CREATE SCHEMA IF NOT EXISTS {}", quote(schema)))
            }
            _ => None,
        };
        let create = Operation::Create(there);
        let statements = render::render(dialect, &create, &Schema::default()).unwrap_or_default();
        let in_place = |sql: String| match it {
            Object::Extension(_) => sql.replacen("EXTENSION", "EXTENSION IF NOT EXISTS", 1),
            _ => sql,
        };
        Part {
            what: format!("{} `{}`", it.kind().replace('_', " "), it.name()),
            table: None,
            is_extension: matches!(it, Object::Extension(_)),
            statements: schema
                .into_iter()
                .chain(statements.into_iter().map(|it| in_place(it.sql)))
                .collect(),
        }
    };
    parts.extend(below.into_iter().map(object));
    for table in in_order(dialect, question.tables) {
        let mut here = schemas.table(table.clone(), Direction::There);
        // Made with the others, they would lock tables, and they are spelled as they are declared.
        here.foreign_keys.clear();
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
    parts.extend(above.into_iter().map(object));
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

/// Puts an object behind those it mentions, and a key that refers behind those it may refer to.
fn in_order_of_mention(mut waiting: Vec<&Object>) -> Vec<&Object> {
    let mentioned = |object: &Object| {
        let mut names = BTreeSet::new();
        super::mentioned(object, &mut names);
        names.remove(&object.name().name);
        names
    };
    let refers =
        |object: &Object| object.table().is_some() && mentioned(object).contains("references");
    let mut ordered = Vec::new();
    while !waiting.is_empty() {
        let is_ready = |object: &Object| {
            let names = mentioned(object);
            let refers_to = refers(object);
            !waiting.iter().any(|other| {
                names.contains(&other.name().name) && other.key() != object.key()
                    || refers_to && other.table().is_some() && !refers(other)
            })
        };
        let at = waiting.iter().position(|it| is_ready(it)).unwrap_or(0);
        ordered.push(waiting.remove(at));
    }
    ordered
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
