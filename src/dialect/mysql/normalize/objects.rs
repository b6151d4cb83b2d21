//! What is not a table.

use super::super::lexer::{Token, TokenKind, tokens_in};
use super::super::{MySql, options};
use super::names::local;
use super::setting;
use crate::schema::{Object, Sql};

/// The object as the server would report it, and whether that is sure.
pub(super) fn settled(dialect: &MySql, object: &Object, live: &[Object]) -> (Object, bool) {
    let mut object = object.clone();
    match &mut object {
        Object::View(it) => {
            it.name = local(dialect, &it.name);
            setting::settle(dialect, &mut it.options, options::VIEW);
        }
        Object::Trigger(it) => {
            it.name = local(dialect, &it.name);
            it.table = local(dialect, &it.table);
        }
        Object::Function(it) => it.name = local(dialect, &it.name),
        Object::Definition(it) => {
            it.name = local(dialect, &it.name);
            it.table = it.table.as_ref().map(|it| local(dialect, it));
        }
        Object::Sequence(it) => it.name = local(dialect, &it.name),
        Object::Namespace(_) | Object::Extension(_) | Object::Enum(_) => {}
    }
    let key = object.key();
    let live = live.iter().find(|it| it.key() == key);
    let text = |object: &Object| object.definition().and_then(|it| own(dialect, it));
    let (Some(said), Some(there)) = (text(&object), live.and_then(text)) else {
        return (with_text(dialect, object), live.is_some());
    };
    let is_known = plain(dialect, &said) == plain(dialect, &there);
    let settled = match is_known {
        true => with(object, there),
        false => with_text(dialect, object),
    };
    (settled, is_known)
}

/// What a definition says to this server.
fn own(dialect: &MySql, sql: &Sql) -> Option<String> {
    sql.of(dialect.flavour.name()).map(str::to_owned)
}

/// The object with nothing said to others.
fn with_text(dialect: &MySql, object: Object) -> Object {
    match object.definition().and_then(|it| own(dialect, it)) {
        Some(text) => with(object, text),
        None => object,
    }
}

/// The object with this definition.
fn with(mut object: Object, text: String) -> Object {
    let definition = match &mut object {
        Object::View(it) => &mut it.definition,
        Object::Trigger(it) => &mut it.definition,
        Object::Function(it) => &mut it.definition,
        Object::Definition(it) => &mut it.definition,
        Object::Namespace(_) | Object::Extension(_) | Object::Enum(_) | Object::Sequence(_) => {
            return object;
        }
    };
    *definition = Sql::new(text);
    object
}

/// The tokens in one spelling, without who made it.
fn plain(dialect: &MySql, text: &str) -> Vec<String> {
    let all: Vec<Token> = tokens_in(text, dialect.mode).collect();
    let mut rest = &all[..];
    let mut plain = Vec::new();
    while let [token, behind @ ..] = rest {
        rest = behind;
        if token.is("definer") && behind.first().is_some_and(|it| it.is("=")) {
            // A user and a host, or `CURRENT_USER()`.
            rest = &behind[1..];
            let of_user = |it: &Token| it.kind == TokenKind::Variable || it.is("(") || it.is(")");
            rest = rest.get(1..).unwrap_or_default();
            while rest.first().is_some_and(of_user) {
                rest = &rest[1..];
            }
            continue;
        }
        plain.push(match (token.string(), token.name()) {
            (Some(string), _) => format!("'{string}"),
            (None, Some(name)) if token.kind == TokenKind::Word => name.to_lowercase(),
            (None, Some(name)) => {
                let lower = name.to_lowercase();
                if lower == name { name } else { format!("`{name}") }
            }
            (None, None) => token.text.to_owned(),
        });
    }
    plain
}
