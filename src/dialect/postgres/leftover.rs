//! What a `CREATE INDEX CONCURRENTLY` that failed leaves behind: an invalid index, which stands in
//! the way of the next try and costs time at each write.

use super::lexer::tokens;
use super::types::literal;
use crate::dialect::{Connection, DbError};

/// The error, with the invalid index that is there now if `sql` was to make one.
pub(super) fn named(db: &mut dyn Connection, sql: &str, error: DbError) -> DbError {
    let DbError::Statement { sql: statement, message, at } = error else { return error };
    let message = match name(sql).and_then(|name| invalid(db, &name)) {
        Some(index) => format!("{message}\n  an invalid index `{index}` is left behind"),
        None => message,
    };
    DbError::Statement { sql: statement, message, at }
}

/// The name of the index that a statement makes concurrently.
fn name(sql: &str) -> Option<String> {
    let words: Vec<_> = tokens(sql).take(8).collect();
    let at = words.iter().position(|it| it.is("concurrently"))?;
    let behind = &words[at + 1..];
    let named = match behind {
        [first, second, third, rest @ ..]
            if first.is("if") && second.is("not") && third.is("exists") =>
        {
            rest
        }
        named => named,
    };
    let is_create = words.first().is_some_and(|it| it.is("create"));
    named.first().filter(|it| is_create && !it.is("on")).and_then(|it| it.name())
}

/// The invalid index of this name, as the server writes it.
fn invalid(db: &mut dyn Connection, name: &str) -> Option<String> {
    let sql = format!(
        "SELECT i.indexrelid::regclass FROM pg_catalog.pg_index i \
         JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid \
         WHERE NOT i.indisvalid AND c.relname = {}",
        literal(name)
    );
    // What cannot be asked is left unsaid: the error says enough.
    db.query(&sql, &[]).ok()?.into_iter().flatten().flatten().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (sql, expected) in [
            ("create index concurrently Ix on t (a)", Some("ix")),
            ("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"I x\" ON t (a)", Some("I x")),
            ("CREATE INDEX CONCURRENTLY ON t (a)", None),
            ("DROP INDEX CONCURRENTLY ix", None),
            ("CREATE INDEX CONCURRENTLY", None),
            ("CREATE INDEX ix ON t (a)", None),
        ] {
            assert_eq!(name(sql).as_deref(), expected, "{sql}");
        }
    }
}
