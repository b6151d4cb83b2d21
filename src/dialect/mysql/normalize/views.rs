//! Views, routines and triggers that are in doubt.
//!
//! The server writes the query of a view anew, with every column of every table named, and the head of a
//! routine. So they are made in an empty database beside this one, with the tables of which they
//! speak, and read there.

use super::super::lexer::tokens_in;
use super::super::{MySql, inspect, render, scratch};
use super::unasked;
use crate::dialect::{Connection, DbError, NormalizeError, Scope};
use crate::diff::diff;
use crate::schema::{Object, Schema};

/// Whether an object can be made elsewhere to see what becomes of it: an event would run there, and what
/// says in which database it is would be made in that one.
pub(super) fn can_be_made(dialect: &MySql, object: &Object) -> bool {
    let is_here = object.name().schema.is_none();
    let text = object.definition().and_then(|it| it.of(dialect.flavour.name())).unwrap_or_default();
    is_here
        && match object {
            Object::View(_) => true,
            Object::Function(_) => !names_a_database(dialect, text, "("),
            Object::Trigger(it) => {
                it.table.schema.is_none() && !names_a_database(dialect, text, "each")
            }
            _ => false,
        }
}

/// Whether something stands before a dot in the head of a statement, which ends with `end`.
fn names_a_database(dialect: &MySql, text: &str, end: &str) -> bool {
    let mut head = tokens_in(text, dialect.mode).take_while(|it| !it.is(end));
    head.any(|it| it.is("."))
}

/// Settles what stands at these places of `schema.objects`. Where no such database can be made it stays
/// as it is declared.
///
/// # Errors
/// What ends everything: the connection is lost, a person stops it.
pub(super) fn settle(
    dialect: &MySql,
    schema: &mut Schema,
    in_doubt: &[usize],
    db: &mut dyn Connection,
) -> Result<(), NormalizeError> {
    let mut beside = match scratch::empty(dialect, db) {
        Ok(beside) => beside,
        Err(error) if error.is_end() => return Err(error.into()),
        Err(error) => {
            let hint = error.hint().map(|it| format!("; {it}")).unwrap_or_default();
            db.note(unasked("views and routines are", &format!("{error}{hint}")));
            return Ok(());
        }
    };
    let own = MySql { address: None, ..MySql::of(beside.as_mut())? };
    make(&own, schema, in_doubt, beside.as_mut())?;
    let made = inspect::inspect(&own, beside.as_mut(), &Scope::default())?;
    for at in in_doubt {
        let Some(object) = schema.objects.get_mut(*at) else { continue };
        let is_it = |it: &&Object| it.kind() == object.kind() && it.name() == object.name();
        // Of several routines of one name there is no telling.
        let mut found = made.objects.iter().filter(is_it);
        if let (Some(found), None) = (found.next(), found.next()) {
            *object = found.clone();
        }
    }
    Ok(())
}

/// Makes the tables, and what can be made of the rest.
fn make(
    dialect: &MySql,
    schema: &Schema,
    in_doubt: &[usize],
    db: &mut dyn Connection,
) -> Result<(), DbError> {
    let is_needed = |(at, it): &(usize, &Object)| {
        // A trigger is of no use to others.
        can_be_made(dialect, it) && (in_doubt.contains(at) || !matches!(it, Object::Trigger(_)))
    };
    let objects = schema.objects.iter().enumerate().filter(is_needed);
    let wanted = Schema {
        tables: schema.tables.iter().filter(|it| it.name.schema.is_none()).cloned().collect(),
        objects: objects.map(|(_, it)| it.clone()).collect(),
        others: Vec::new(),
    };
    let mut waiting = vec!["SET SESSION foreign_key_checks = 0".to_owned()];
    let mut known = Schema::default();
    for op in diff(&Schema::default(), &wanted) {
        let statements = render::render(dialect, &op, &known).unwrap_or_default();
        waiting.extend(statements.into_iter().map(|it| it.sql));
        // What was made by an operation is there for the next one.
        let _ = known.apply(&op);
    }
    // A view may speak of one that comes behind it. What lacks something that is not declared stays as
    // it is.
    loop {
        let mut refused = Vec::new();
        let before = waiting.len();
        for sql in waiting {
            match db.execute(&sql) {
                Ok(()) => {}
                Err(error) if error.is_end() => return Err(error),
                Err(_) => refused.push(sql),
            }
        }
        if refused.is_empty() || refused.len() == before {
            return Ok(());
        }
        waiting = refused;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Function, Name, Trigger};

    #[test]
    fn what_would_be_made_in_a_database_of_its_own_is_not_made() {
        let function = |text: &str| {
            let definition = text.into();
            let name = Name::new("f");
            Object::Function(Function { name, arguments: String::new(), definition })
        };
        let trigger = |text: &str| {
            let (name, table) = (Name::new("t"), Name::new("u"));
            Object::Trigger(Trigger { name, table, definition: text.into() })
        };
        for (object, expected) in [
            (function("CREATE FUNCTION f() RETURNS int RETURN (SELECT max(a.b) FROM app.a)"), true),
            (function("CREATE FUNCTION app.f() RETURNS int RETURN 1"), false),
            (
                function("CREATE DEFINER=`a.b`@`%` FUNCTION `app` . `f`() RETURNS int RETURN 1"),
                false,
            ),
            (trigger("CREATE TRIGGER t BEFORE INSERT ON u FOR EACH ROW SET NEW.a = 1"), true),
            (trigger("CREATE TRIGGER t BEFORE INSERT ON app.u FOR EACH ROW SET NEW.a = 1"), false),
        ] {
            assert_eq!(can_be_made(&MySql::default(), &object), expected, "{object:?}");
        }
    }
}
