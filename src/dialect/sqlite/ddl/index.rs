//! `CREATE INDEX`, and the columns of keys.

use super::reader::{Reader, identifier};
use super::{CreateIndex, DdlError, IndexedColumn, IndexedKey, Span};
use crate::schema::Nulls;
use crate::schema::sql::{Token, TokenKind};

pub(super) fn parse(text: &str) -> Result<CreateIndex, DdlError> {
    let mut reader = Reader::new(text);
    let what = "`CREATE INDEX`";
    reader.expect("CREATE", what)?;
    let unique = reader.take("UNIQUE");
    reader.expect("INDEX", what)?;
    reader.if_not_exists();
    let name = reader.qualified()?;
    reader.expect("ON", "`ON`")?;
    let table = reader.qualified()?;
    let body = reader.group()?;
    let columns = columns(reader.within(&body));
    if columns.is_empty() {
        return Err(DdlError { what: "a column", at: body.start });
    }
    let predicate = reader.take("WHERE").then(|| reader.rest());
    reader.finish()?;
    Ok(CreateIndex { unique, name, table, body, columns, predicate })
}

/// The columns of a key, parted at the commas outside of parentheses.
pub(super) fn columns(tokens: &[Token]) -> Vec<IndexedColumn> {
    let mut depth = 0;
    let parts = tokens.split(|token| {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        depth == 0 && token.is(",")
    });
    parts.filter_map(column).collect()
}

fn column(tokens: &[Token]) -> Option<IndexedColumn> {
    let span = span(tokens)?;
    let mut rest = tokens;
    let mut nulls = None;
    if let [head @ .., word, place] = rest
        && word.is("NULLS")
        && !head.is_empty()
    {
        nulls = if place.is("FIRST") { Some(Nulls::First) } else { Some(Nulls::Last) };
        rest = head;
    }
    let mut descending = false;
    if let [head @ .., order] = rest
        && (order.is("ASC") || order.is("DESC"))
        && !head.is_empty()
    {
        descending = order.is("DESC");
        rest = head;
    }
    let mut collation = None;
    loop {
        rest = unwrap(rest);
        match rest {
            // `COLLATE` binds tighter than any operator, so behind one it belongs to its right
            // side alone: https://sqlite.org/lang_expr.html#operators_and_parse_affecting_attributes
            [head @ .., word, name] if word.is("COLLATE") && is_operand(head) => {
                collation = collation.or_else(|| identifier(name));
                rest = head;
            }
            _ => break,
        }
    }
    let key = match rest {
        [one] if one.kind != TokenKind::String || one.text.starts_with('\'') => {
            identifier(one).map(IndexedKey::Column)
        }
        _ => None,
    };
    let key = match key {
        Some(key) => key,
        None => IndexedKey::Expression(self::span(rest)?),
    };
    Some(IndexedColumn { key, collation, descending, nulls, span })
}

fn span(tokens: &[Token]) -> Option<Span> {
    Some(tokens.first()?.at..tokens.last()?.end())
}

/// The tokens without the parentheses around all of them.
fn unwrap<'a, 't>(tokens: &'a [Token<'t>]) -> &'a [Token<'t>] {
    let mut tokens = tokens;
    while let [_, inner @ .., _] = tokens
        && is_group(tokens)
        && !inner.is_empty()
    {
        tokens = inner;
    }
    tokens
}

/// Whether one pair of parentheses holds all of the tokens.
fn is_group(tokens: &[Token]) -> bool {
    let mut depth = 0;
    tokens.first().is_some_and(|first| first.is("("))
        && tokens.iter().enumerate().all(|(index, token)| {
            depth += i32::from(token.is("(")) - i32::from(token.is(")"));
            depth > 0 || index + 1 == tokens.len()
        })
        && depth == 0
}

/// Whether the tokens are one operand: a name, a literal, a group, a call, and these with
/// `COLLATE` behind them.
fn is_operand(tokens: &[Token]) -> bool {
    match tokens {
        [] => false,
        [_] => true,
        [head @ .., word, _] if word.is("COLLATE") => is_operand(head),
        [name, arguments @ ..]
            if name.kind == TokenKind::Word || name.kind == TokenKind::Quoted =>
        {
            is_group(arguments)
        }
        group => is_group(group),
    }
}
