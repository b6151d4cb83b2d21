//! Objects that are not tables.

use super::dependants::Dependants;
use super::{domain, parts};
use crate::dialect::postgres::create::identity::{changed_clauses, clauses};
use crate::dialect::postgres::default::expression;
use crate::dialect::postgres::lexer::{Token, tokens};
use crate::dialect::postgres::options::{self, WITH};
use crate::dialect::postgres::types::{self, literal, quote};
use crate::dialect::{Statement, Unsupported};
use crate::schema::{
    Definition, Enum, Extension, Function, Object, Schema, Sequence, Sql, Type, View,
};

/// The statements that make an object.
///
/// # Errors
/// When it says nothing to PostgreSQL.
pub(super) fn create(object: &Object) -> Result<Vec<Statement>, Unsupported> {
    let of = || format!("the {} `{}`", object.kind().replace('_', " "), object.name());
    one(match object {
        Object::Namespace(it) => format!("CREATE SCHEMA {}", quote(&it.name)),
        Object::Extension(it) => create_extension(it),
        Object::Enum(it) => create_enum(it),
        Object::Sequence(it) => create_sequence(it)?,
        Object::Function(it) => statement(&it.definition, &of())?.to_owned(),
        Object::View(it) => create_view(it, &of())?,
        Object::Trigger(it) => statement(&it.definition, &of())?.to_owned(),
        Object::Definition(it) => statement(&it.definition, &of())?.to_owned(),
    })
}

/// The statements that remove an object.
///
/// # Errors
/// None today; the caller need not know.
pub(super) fn drop(object: &Object) -> Result<Vec<Statement>, Unsupported> {
    let name = types::name(&object.name());
    one(match object {
        Object::Namespace(_) => format!("DROP SCHEMA {name}"),
        Object::Extension(_) => format!("DROP EXTENSION {name}"),
        Object::Enum(_) => format!("DROP TYPE {name}"),
        Object::Sequence(_) => format!("DROP SEQUENCE {name}"),
        Object::Function(it) => format!("DROP ROUTINE {name}({})", it.arguments),
        Object::View(View { materialized: true, .. }) => format!("DROP MATERIALIZED VIEW {name}"),
        Object::View(_) => format!("DROP VIEW {name}"),
        Object::Trigger(it) => {
            format!("DROP TRIGGER {} ON {}", quote(&it.name.name), types::name(&it.table))
        }
        Object::Definition(it) => drop_definition(it),
    })
}

/// `DROP`, with the kind of what goes. A type is one, whatever it is made of.
fn drop_definition(it: &Definition) -> String {
    let kind = if it.kind.ends_with(" type") { "type" } else { &it.kind };
    let word = kind.to_uppercase();
    let own = quote(&it.name.name);
    match (kind, &it.table) {
        ("constraint" | "exclusion constraint", Some(table)) => {
            format!("ALTER TABLE {} DROP CONSTRAINT {own}", types::name(table))
        }
        // These have a name of their own, although they are about a table.
        ("statistics", _) => format!("DROP {word} {}", types::name(&it.name)),
        (_, Some(table)) => format!("DROP {word} {own} ON {}", types::name(table)),
        // These are told apart by the types that they are for.
        ("aggregate", None) => {
            format!("DROP {word} {}{}", types::name(&it.name), in_parentheses(&it.definition))
        }
        ("cast", None) => format!("DROP {word} {}", in_parentheses(&it.definition)),
        (_, None) => format!("DROP {word} {}", types::name(&it.name)),
    }
}

/// What a definition says in its first parentheses, with them.
fn in_parentheses(definition: &Sql) -> &str {
    let text = definition.of("postgres").unwrap_or_default();
    let open = tokens(text).find(|token| token.is("(")).map(|token| token.at);
    let mut depth = 0;
    let close = tokens(text).find(|token| {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        depth == 0 && token.is(")")
    });
    open.zip(close).map_or("", |(open, close)| &text[open..close.end()])
}

/// The statements that put an object in the place of another.
///
/// # Errors
/// As [`create`].
pub(super) fn replace(
    from: &Object,
    to: &Object,
    before: &Schema,
) -> Result<Vec<Statement>, Unsupported> {
    match (from, to) {
        (Object::Sequence(from), Object::Sequence(to)) => {
            return alter_sequence(from, to);
        }
        (Object::Extension(from), Object::Extension(to)) => return Ok(alter_extension(from, to)),
        (Object::Definition(from), Object::Definition(to)) if from.kind == "domain" => {
            // Columns may use it.
            if let Some(statements) = domain::alter(from, to) {
                return Ok(statements);
            }
        }
        (Object::Function(from), Object::Function(to)) => {
            if let Some(sql) = or_replace(from, to)? {
                return one(sql);
            }
        }
        _ => {}
    }
    let dependants = match from {
        Object::View(view) => Dependants::of_view(before, &view.name),
        _ => Dependants::default(),
    };
    let mut statements = dependants.drop()?;
    statements.extend(drop(from)?);
    statements.extend(create(to)?);
    statements.extend(dependants.restore()?);
    Ok(statements)
}

fn one(sql: String) -> Result<Vec<Statement>, Unsupported> {
    Ok(vec![Statement::new(sql)])
}

fn create_extension(extension: &Extension) -> String {
    let mut sql = format!("CREATE EXTENSION {}", quote(&extension.name));
    if let Some(schema) = &extension.schema {
        sql.push_str(&format!(" SCHEMA {}", quote(schema)));
    }
    if let Some(version) = &extension.version {
        sql.push_str(&format!(" VERSION {}", literal(version)));
    }
    sql
}

fn alter_extension(from: &Extension, to: &Extension) -> Vec<Statement> {
    let mut statements = Vec::new();
    let name = quote(&to.name);
    if let Some(schema) = to.schema.as_ref().filter(|_| from.schema != to.schema) {
        statements.push(format!("ALTER EXTENSION {name} SET SCHEMA {}", quote(schema)));
    }
    match &to.version {
        same if *same == from.version => {}
        Some(version) => {
            statements.push(format!("ALTER EXTENSION {name} UPDATE TO {}", literal(version)));
        }
        None => statements.push(format!("ALTER EXTENSION {name} UPDATE")),
    }
    statements.into_iter().map(Statement::new).collect()
}

/// `CREATE TYPE ... AS ENUM`.
pub(super) fn create_enum(it: &Enum) -> String {
    let values: Vec<_> = it.values.iter().map(|value| literal(value)).collect();
    format!("CREATE TYPE {} AS ENUM ({})", types::name(&it.name), values.join(", "))
}

fn create_sequence(sequence: &Sequence) -> Result<String, Unsupported> {
    let name = format!("CREATE SEQUENCE {}", types::name(&sequence.name));
    let ty = sequence.ty.as_ref().map(types::sql).transpose()?.map(|ty| format!("AS {ty}"));
    let words = std::iter::once(name).chain(ty).chain(clauses(&sequence.options));
    Ok(words.collect::<Vec<_>>().join(" "))
}

fn alter_sequence(from: &Sequence, to: &Sequence) -> Result<Vec<Statement>, Unsupported> {
    let usual = Type::BigInteger { unsigned: false };
    let ty = |it: &Sequence| types::sql(it.ty.as_ref().unwrap_or(&usual));
    let (old, new) = (ty(from)?, ty(to)?);
    let clauses = (old != new).then(|| format!("AS {new}")).into_iter();
    let clauses: Vec<_> = clauses.chain(changed_clauses(&from.options, &to.options)).collect();
    if clauses.is_empty() {
        return Ok(Vec::new());
    }
    one(format!("ALTER SEQUENCE {} {}", types::name(&to.name), clauses.join(" ")))
}

fn create_view(view: &View, of: &str) -> Result<String, Unsupported> {
    options::known(&view.options, options::VIEW)?;
    let kind = if view.materialized { "MATERIALIZED VIEW" } else { "VIEW" };
    let with = options::text(&view.options, WITH);
    let with = with.map(|with| format!(" WITH ({with})")).unwrap_or_default();
    let query = statement(&view.definition, of)?;
    Ok(format!("CREATE {kind} {}{with} AS\n{query}", types::name(&view.name)))
}

/// The single statement that makes up a definition, without a semicolon.
fn statement<'a>(sql: &'a Sql, of: &str) -> Result<&'a str, Unsupported> {
    match parts(expression(sql, of)?)?[..] {
        [piece] => Ok(piece.sql),
        _ => Err(Unsupported::new(format!("{of} must be one statement"), None)),
    }
}

/// `CREATE OR REPLACE` of a function of which only the body, or what is said of it, changes: what
/// uses it stays as it is.
fn or_replace(from: &Function, to: &Function) -> Result<Option<String>, Unsupported> {
    let of = format!("the function `{}`", to.name);
    let sql = statement(&to.definition, &of)?;
    let old = statement(&from.definition, &of)?;
    let (old, new): (Vec<Token>, Vec<Token>) = (tokens(old).collect(), tokens(sql).collect());
    let (Some(old_head), Some(new_head)) = (head(&old), head(&new)) else { return Ok(None) };
    if old_head != new_head {
        return Ok(None);
    }
    Ok(match &new[..] {
        [create, or, ..] if create.is("create") && or.is("or") => Some(sql.to_owned()),
        [create, rest @ ..] if create.is("create") => {
            let rest = rest.first().map_or("", |it| &sql[it.at..]);
            Some(format!("CREATE OR REPLACE {rest}"))
        }
        _ => None,
    })
}

/// What of a function must stay for it to be replaced: its kind, its arguments with their names
/// and defaults, and what it returns.
fn head(all: &[Token]) -> Option<Vec<String>> {
    const CLAUSES: [&str; 22] = [
        "language",
        "transform",
        "window",
        "immutable",
        "stable",
        "volatile",
        "leakproof",
        "not",
        "called",
        "strict",
        "security",
        "external",
        "parallel",
        "cost",
        "rows",
        "support",
        "set",
        "as",
        "begin",
        "return",
        "with",
        "null",
    ];
    let kind = all.iter().position(|it| it.is("function") || it.is("procedure"))?;
    let open = kind + all[kind..].iter().position(|it| it.is("("))?;
    let mut depth = 0;
    let mut head = vec![all[kind].text.to_lowercase()];
    for token in &all[open..] {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        if depth == 0 && CLAUSES.iter().any(|it| token.is(it)) {
            break;
        }
        head.push(token.name().unwrap_or_else(|| token.text.to_owned()));
    }
    Some(head)
}
