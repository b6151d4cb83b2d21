//! Objects that are not tables.

use super::{sequence, statement};
use crate::dialect::mysql::lexer::{Token, tokens_in};
use crate::dialect::mysql::options::{self, ALGORITHM, CHECK_OPTION, SECURITY};
use crate::dialect::mysql::text::name;
use crate::dialect::mysql::{Flavour, MySql};
use crate::dialect::{Statement, Unsupported};
use crate::schema::{Function, Name, Object, View};

/// The statements that make an object.
///
/// # Errors
/// When this server has no such object, or it says nothing to it.
pub(super) fn create(dialect: &MySql, object: &Object) -> Result<Vec<Statement>, Unsupported> {
    one(match object {
        Object::View(it) => view(dialect, it, "CREATE")?,
        Object::Sequence(it) => sequence::create(dialect, it)?,
        Object::Namespace(it) => format!("CREATE SCHEMA {}", name(&Name::new(&it.name))),
        other => definition(dialect, other)?.to_owned(),
    })
}

/// The statements that remove an object.
///
/// # Errors
/// When this server has no such object.
pub(super) fn drop(dialect: &MySql, object: &Object) -> Result<Vec<Statement>, Unsupported> {
    one(drop_on(dialect, object, "")?)
}

/// The statements that put an object in the place of another. One that stopped in between is
/// finished by running them again.
///
/// # Errors
/// As [`create`].
pub(super) fn replace(
    dialect: &MySql,
    from: &Object,
    to: &Object,
) -> Result<Vec<Statement>, Unsupported> {
    match (from, to) {
        (Object::Sequence(from), Object::Sequence(to)) => {
            let statement = sequence::alter(dialect, from, to)?;
            return Ok(statement.into_iter().map(Statement::new).collect());
        }
        (Object::View(_), Object::View(to)) => {
            return one(view(dialect, to, "CREATE OR REPLACE")?);
        }
        _ => {}
    }
    let drops = drop_on(dialect, from, "IF EXISTS ")?;
    let Ok(new) = definition(dialect, to) else { return create(dialect, to) };
    // MariaDB does it at once: https://mariadb.com/kb/en/create-trigger/#or-replace.
    if dialect.flavour == Flavour::MariaDb && drops == drop_on(dialect, to, "IF EXISTS ")? {
        return one(or_replace(dialect, new));
    }
    Ok(vec![Statement::new(drops), Statement::new(new)])
}

fn one(sql: String) -> Result<Vec<Statement>, Unsupported> {
    Ok(vec![Statement::new(sql)])
}

fn drop_on(dialect: &MySql, object: &Object, condition: &str) -> Result<String, Unsupported> {
    let kind = match object {
        Object::Namespace(_) => "SCHEMA".to_owned(),
        Object::Extension(it) => return Err(no_extension(dialect, &it.name)),
        Object::Enum(it) => return Err(no_enum(dialect, &it.name)),
        Object::Sequence(_) => {
            sequence::known(dialect)?;
            "SEQUENCE".to_owned()
        }
        Object::Function(it) => routine(dialect, it)?.to_owned(),
        Object::View(it) => {
            plain(dialect, it)?;
            "VIEW".to_owned()
        }
        Object::Trigger(_) => "TRIGGER".to_owned(),
        Object::Definition(it) => it.kind.to_uppercase(),
    };
    Ok(format!("DROP {kind} {condition}{}", name(&object.name())))
}

/// The statement by which an object is defined.
fn definition<'a>(dialect: &MySql, object: &'a Object) -> Result<&'a str, Unsupported> {
    let of = format!("the {} `{}`", object.kind().replace('_', " "), object.name());
    match object {
        Object::Extension(it) => Err(no_extension(dialect, &it.name)),
        Object::Enum(it) => Err(no_enum(dialect, &it.name)),
        other => match other.definition() {
            Some(sql) => statement(dialect, sql, &of),
            None => Err(Unsupported::new(format!("{of} has no definition"), None)),
        },
    }
}

/// What a routine is, in the words of its definition.
fn routine(dialect: &MySql, function: &Function) -> Result<&'static str, Unsupported> {
    let of = format!("the function `{}`", function.name);
    let text = statement(dialect, &function.definition, &of)?;
    let mut words = tokens_in(text, dialect.mode);
    let found = words.find(|it| it.is("FUNCTION") || it.is("PROCEDURE"));
    Ok(if found.is_some_and(|it| it.is("PROCEDURE")) { "PROCEDURE" } else { "FUNCTION" })
}

/// `CREATE OR REPLACE` for a definition that says `CREATE`.
fn or_replace(dialect: &MySql, definition: &str) -> String {
    let mut words = tokens_in(definition, dialect.mode);
    let first = words.next().filter(|it| it.is("CREATE"));
    match (first, words.next()) {
        (Some(create), Some(next)) if !next.is("OR") => {
            format!("CREATE OR REPLACE{}", &definition[create.end()..])
        }
        _ => definition.to_owned(),
    }
}

fn view(dialect: &MySql, view: &View, create: &str) -> Result<String, Unsupported> {
    plain(dialect, view)?;
    options::known(dialect.flavour, &view.options, options::VIEW)?;
    let own = options::own(dialect.flavour, &view.options);
    let said = |option| options::text(&own, option).map(str::to_uppercase);
    let algorithm = said(ALGORITHM).map(|it| format!(" ALGORITHM={it}")).unwrap_or_default();
    let security = said(SECURITY).map(|it| format!(" SQL SECURITY {it}")).unwrap_or_default();
    let query = statement(dialect, &view.definition, &format!("the view `{}`", view.name))?;
    let mut sql = format!("{create}{algorithm}{security} VIEW {} AS\n{query}", name(&view.name));
    if let Some(rows) = said(CHECK_OPTION) {
        let ends: Vec<Token> = tokens_in(query, dialect.mode).collect();
        // A comment must not swallow what follows.
        let line = if ends.last().is_some_and(|it| it.end() < query.len()) { "\n" } else { " " };
        sql.push_str(&format!("{line}WITH {rows} CHECK OPTION"));
    }
    Ok(sql)
}

/// Refuses a view that keeps its rows.
fn plain(dialect: &MySql, view: &View) -> Result<(), Unsupported> {
    match view.materialized {
        false => Ok(()),
        true => Err(Unsupported::new(
            format!("{} has no materialized views (`{}`)", dialect.flavour.title(), view.name),
            "make it a view, or a table that an event fills".to_owned(),
        )),
    }
}

fn no_extension(dialect: &MySql, name: &str) -> Unsupported {
    Unsupported::new(
        format!("{} has no extensions (`{name}`)", dialect.flavour.title()),
        "leave it out, or say it to PostgreSQL only".to_owned(),
    )
}

/// What is said of a shared enum.
pub(super) fn no_enum(dialect: &MySql, name: &Name) -> Unsupported {
    Unsupported::new(
        format!("{} has no shared enums (enum `{name}`)", dialect.flavour.title()),
        "write the values in the column: `enum(a, b)`".to_owned(),
    )
}
