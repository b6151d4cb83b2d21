//! `CREATE TABLE`.

use super::index::columns;
use super::reader::Reader;
use super::{
    ColumnConstraint, ColumnConstraintKind, ColumnDefinition, CreateTable, DdlError, Identifier,
    References, Span, TableConstraint, TableConstraintKind, TableOption, TableOptionKind, unquote,
};
use crate::schema::sql::{Token, TokenKind};
use crate::schema::{Action, Deferrable};

pub(super) fn parse(text: &str) -> Result<CreateTable, DdlError> {
    let mut reader = Reader::new(text);
    reader.create("TABLE", "`CREATE TABLE`")?;
    let name = reader.qualified()?;
    let body_start = {
        reader.expect("(", "`(`")?;
        reader.end()
    };
    let mut columns = Vec::new();
    let mut constraints = Vec::new();
    loop {
        if begins_table_constraint(&reader) {
            constraints.push(table_constraint(&mut reader)?);
        } else if constraints.is_empty() && !reader.sees(")") {
            columns.push(column(&mut reader)?);
        } else {
            return Err(reader.error("a column or a constraint"));
        }
        while begins_table_constraint(&reader) && !constraints.is_empty() {
            constraints.push(table_constraint(&mut reader)?);
        }
        if !reader.take(",") {
            break;
        }
    }
    let body = body_start..reader.start();
    reader.expect(")", "`,` or `)`")?;
    let options = options(&mut reader)?;
    reader.finish()?;
    Ok(CreateTable { name, body, columns, constraints, options })
}

pub(super) fn parse_column(text: &str) -> Result<ColumnDefinition, DdlError> {
    let mut reader = Reader::new(text);
    let column = column(&mut reader)?;
    reader.finish()?;
    Ok(column)
}

fn options(reader: &mut Reader) -> Result<Vec<TableOption>, DdlError> {
    let mut options = Vec::new();
    while reader.peek().is_some_and(|token| !token.is(";")) {
        if !options.is_empty() {
            reader.expect(",", "`,`")?;
        }
        let start = reader.start();
        let kind = if reader.take("STRICT") {
            TableOptionKind::Strict
        } else {
            reader.expect("WITHOUT", "`WITHOUT ROWID` or `STRICT`")?;
            reader.expect("ROWID", "`ROWID`")?;
            TableOptionKind::WithoutRowid
        };
        options.push(TableOption { kind, span: start..reader.end() });
    }
    Ok(options)
}

/// The words with which constraints of a table begin; all of them are reserved.
fn begins_table_constraint(reader: &Reader) -> bool {
    ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"].iter().any(|word| reader.sees(word))
}

/// The words that end a type: all others that may follow it are read as part of it.
fn ends_type(token: &Token) -> bool {
    const WORDS: [&str; 10] = [
        "NOT",
        "NULL",
        "PRIMARY",
        "DEFAULT",
        "REFERENCES",
        "UNIQUE",
        "CHECK",
        "COLLATE",
        "CONSTRAINT",
        "AS",
    ];
    match token.kind {
        TokenKind::Word => WORDS.iter().any(|word| token.is(word)) || token.is("DEFERRABLE"),
        TokenKind::Quoted => false,
        TokenKind::String => !token.text.starts_with('\''),
        TokenKind::Number | TokenKind::Symbol => true,
    }
}

fn column(reader: &mut Reader) -> Result<ColumnDefinition, DdlError> {
    let name = reader.identifier()?;
    let start = name.span.start;
    let mark = reader.mark();
    while reader.peek().is_some_and(|token| !ends_type(token)) {
        reader.next();
    }
    let mut constraints = Vec::new();
    let ty_span = match reader.since(mark) {
        [.., generated, always]
            if generated.is("GENERATED") && always.is("ALWAYS") && reader.sees("AS") =>
        {
            let from = generated.at;
            let before = &reader.since(mark)[..reader.since(mark).len() - 2];
            let ty_span = span_of(before).unwrap_or(name.span.end..name.span.end);
            constraints.push(generated_as(reader, None, from)?);
            ty_span
        }
        [] => name.span.end..name.span.end,
        words => {
            let span = span_of(words).unwrap_or_default();
            if reader.sees("(") {
                reader.group()?;
                span.start..reader.end()
            } else {
                span.start..span.start + without_always(&reader.text[span]).len()
            }
        }
    };
    let ty = reported(&reader.text[ty_span.clone()]);
    while reader.peek().is_some_and(|token| !token.is(",") && !token.is(")") && !token.is(";")) {
        constraints.push(column_constraint(reader)?);
    }
    let span = start..reader.end();
    Ok(ColumnDefinition { name, ty, ty_span, constraints, span })
}

fn span_of(tokens: &[Token]) -> Option<Span> {
    Some(tokens.first()?.at..tokens.last()?.end())
}

/// SQLite takes `ALWAYS`, and `GENERATED` before it, off the end of any type that is long
/// enough, whether a generated column follows or not.
fn without_always(ty: &str) -> &str {
    let cut = |text: &str, word: &str| -> Option<usize> {
        let at = text.len().checked_sub(word.len())?;
        text.get(at..)?.eq_ignore_ascii_case(word).then_some(at)
    };
    match cut(ty, "always") {
        Some(at) if ty.len() >= 16 => {
            let rest = ty[..at].trim_ascii_end();
            cut(rest, "generated").map_or(rest, |at| rest[..at].trim_ascii_end())
        }
        _ => ty,
    }
}

/// The type SQLite reports for this text. One that begins with a quote loses its first and last
/// character, whatever the last one is, unless more quotes stand between them; then what the
/// first quoted word says is all that is left.
fn reported(ty: &str) -> String {
    const QUOTES: [char; 4] = ['"', '`', '\'', '['];
    if !ty.starts_with(QUOTES) {
        return ty.to_owned();
    }
    let mut inner = ty[1..].chars();
    inner.next_back();
    let inner = inner.as_str();
    if ty.len() >= 3 && !inner.contains(QUOTES) {
        return inner.to_owned();
    }
    let first = crate::schema::sql::tokens(ty);
    first.first().and_then(|token| unquote(token.text)).unwrap_or_default()
}

/// `CONSTRAINT name`, if it is here.
fn constraint_name(reader: &mut Reader) -> Result<Option<Identifier>, DdlError> {
    if reader.take("CONSTRAINT") { reader.identifier().map(Some) } else { Ok(None) }
}

fn column_constraint(reader: &mut Reader) -> Result<ColumnConstraint, DdlError> {
    use ColumnConstraintKind::*;
    let start = reader.start();
    let name = constraint_name(reader)?;
    let kind = if reader.take("PRIMARY") {
        reader.expect("KEY", "`KEY`")?;
        let descending = reader.take("DESC");
        reader.take("ASC");
        let on_conflict = reader.on_conflict()?;
        let autoincrement = reader.take("AUTOINCREMENT");
        PrimaryKey { descending, on_conflict, autoincrement }
    } else if reader.sees("DEFERRABLE") || reader.sees_both("NOT", "DEFERRABLE") {
        Deferrable(deferrable(reader)?)
    } else if reader.take("NOT") {
        reader.expect("NULL", "`NULL`")?;
        NotNull { on_conflict: reader.on_conflict()? }
    } else if reader.take("NULL") {
        reader.on_conflict()?;
        Null
    } else if reader.take("UNIQUE") {
        Unique { on_conflict: reader.on_conflict()? }
    } else if reader.take("CHECK") {
        Check { expression: reader.group()? }
    } else if reader.take("DEFAULT") {
        Default { value: default(reader)? }
    } else if reader.take("COLLATE") {
        Collate { collation: reader.identifier()? }
    } else if reader.sees("REFERENCES") {
        References(references(reader)?)
    } else if reader.take("GENERATED") {
        reader.expect("ALWAYS", "`ALWAYS`")?;
        return generated_as(reader, name, start);
    } else if reader.sees("AS") {
        return generated_as(reader, name, start);
    } else if name.is_some() {
        Nothing
    } else {
        return Err(reader.error("a column constraint"));
    };
    Ok(ColumnConstraint { name, kind, span: start..reader.end() })
}

/// `AS (expression) STORED`, behind what begins at `start`.
fn generated_as(
    reader: &mut Reader,
    name: Option<Identifier>,
    start: usize,
) -> Result<ColumnConstraint, DdlError> {
    reader.expect("AS", "`AS`")?;
    let expression = reader.group()?;
    let stored = reader.take("STORED");
    if !stored {
        reader.take("VIRTUAL");
    }
    let kind = ColumnConstraintKind::Generated { expression, stored };
    Ok(ColumnConstraint { name, kind, span: start..reader.end() })
}

/// The value behind `DEFAULT`.
fn default(reader: &mut Reader) -> Result<Span, DdlError> {
    let start = reader.start();
    if reader.sees("(") {
        reader.group()?;
        return Ok(start..reader.end());
    }
    if !reader.take("-") {
        reader.take("+");
    }
    match reader.peek() {
        Some(token) if token.kind != TokenKind::Symbol => {
            reader.next();
            Ok(start..reader.end())
        }
        _ => Err(reader.error("a value")),
    }
}

fn references(reader: &mut Reader) -> Result<References, DdlError> {
    let start = reader.start();
    reader.expect("REFERENCES", "`REFERENCES`")?;
    let table = reader.identifier()?;
    let columns = if reader.sees("(") { reader.identifiers()? } else { Vec::new() };
    let mut references = References {
        table,
        columns,
        on_delete: Action::NoAction,
        on_update: Action::NoAction,
        matching: None,
        deferrable: None,
        span: start..reader.end(),
    };
    loop {
        if reader.take("MATCH") {
            references.matching = Some(reader.identifier()?);
        } else if reader.sees("ON") {
            reader.next();
            let event = reader.next();
            let action = action(reader)?;
            match event {
                Some(it) if it.is("DELETE") => references.on_delete = action,
                Some(it) if it.is("UPDATE") => references.on_update = action,
                // The grammar knows `ON INSERT` and does nothing for it.
                Some(it) if it.is("INSERT") => {}
                _ => return Err(reader.error("`DELETE` or `UPDATE`")),
            }
        } else {
            break;
        }
    }
    if reader.sees("DEFERRABLE") || reader.sees_both("NOT", "DEFERRABLE") {
        references.deferrable = deferrable(reader)?;
    }
    references.span = start..reader.end();
    Ok(references)
}

fn action(reader: &mut Reader) -> Result<Action, DdlError> {
    let found = match reader.next() {
        Some(it) if it.is("CASCADE") => Some(Action::Cascade),
        Some(it) if it.is("RESTRICT") => Some(Action::Restrict),
        Some(it) if it.is("SET") && reader.take("NULL") => Some(Action::SetNull),
        Some(it) if it.is("SET") && reader.take("DEFAULT") => Some(Action::SetDefault),
        Some(it) if it.is("NO") && reader.take("ACTION") => Some(Action::NoAction),
        _ => None,
    };
    found.ok_or_else(|| reader.error("`CASCADE` or another action"))
}

/// `[NOT] DEFERRABLE [INITIALLY DEFERRED | IMMEDIATE]`.
fn deferrable(reader: &mut Reader) -> Result<Option<Deferrable>, DdlError> {
    let not = reader.take("NOT");
    reader.expect("DEFERRABLE", "`DEFERRABLE`")?;
    let mut initially = false;
    if reader.take("INITIALLY") {
        initially = reader.take("DEFERRED");
        if !initially {
            reader.expect("IMMEDIATE", "`DEFERRED` or `IMMEDIATE`")?;
        }
    }
    Ok((!not).then_some(Deferrable { initially }))
}

fn table_constraint(reader: &mut Reader) -> Result<TableConstraint, DdlError> {
    use TableConstraintKind::*;
    let start = reader.start();
    let name = constraint_name(reader)?;
    let kind = if reader.take("PRIMARY") {
        reader.expect("KEY", "`KEY`")?;
        let body = reader.group()?;
        let mut tokens = reader.within(&body);
        let mut autoincrement = false;
        if let [head @ .., last] = tokens
            && last.is("AUTOINCREMENT")
        {
            autoincrement = true;
            tokens = head;
        }
        let columns = columns(tokens);
        PrimaryKey { columns, autoincrement, on_conflict: reader.on_conflict()? }
    } else if reader.take("UNIQUE") {
        let body = reader.group()?;
        let columns = columns(reader.within(&body));
        Unique { columns, on_conflict: reader.on_conflict()? }
    } else if reader.take("CHECK") {
        let expression = reader.group()?;
        Check { expression, on_conflict: reader.on_conflict()? }
    } else if reader.take("FOREIGN") {
        reader.expect("KEY", "`KEY`")?;
        let columns = reader.identifiers()?;
        ForeignKey { columns, references: references(reader)? }
    } else {
        Nothing
    };
    Ok(TableConstraint { name, kind, span: start..reader.end() })
}
