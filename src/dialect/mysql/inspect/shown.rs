//! What only `SHOW CREATE` says.
//!
//! In `information_schema` the bodies of routines, triggers and events are without the escapes in
//! their strings: `'it''s'` is `'it's'` on MySQL, `'\\'` is `'\'` on both servers. A body in which that
//! may have happened is shown by itself: one more query for each of those. So is a table with a
//! full-text index, of which the parser stands nowhere else, and one of MariaDB that is parted in a way
//! of which nothing else tells all.

use super::super::lexer::{Token, TokenKind, tokens};
use super::super::text;
use super::Catalogue;
use crate::dialect::DbError;
use crate::schema::Name;

/// The body of something of this kind, of which `information_schema` says `said`.
///
/// # Errors
/// Whatever the server says.
pub(super) fn body(
    catalogue: &mut Catalogue,
    kind: &str,
    name: &Name,
    said: String,
) -> Result<String, DbError> {
    if is_exact(catalogue, &said) {
        return Ok(said.trim().to_owned());
    }
    let sql = format!("SHOW CREATE {kind} {}", text::name(name));
    // Who may not see it sees nothing, and what has gone meanwhile is gone.
    let Ok(rows) = catalogue.db.query(&sql, &[]) else { return Ok(said) };
    // Before it stand a name, the mode and, of an event, the time zone.
    let at = if kind == "EVENT" { 3 } else { 2 };
    let shown = rows.into_iter().next().and_then(|row| row.into_iter().nth(at).flatten());
    let body = shown.as_deref().and_then(|it| behind_head(it, kind));
    Ok(body.map(str::to_owned).unwrap_or(said))
}

/// How a table is parted, where `information_schema` does not say all of it.
///
/// # Errors
/// Whatever the server says.
pub(super) fn partitioning(
    catalogue: &mut Catalogue,
    table: &Name,
) -> Result<Option<String>, DbError> {
    let shown = table_shown(catalogue, table)?;
    Ok(shown.as_deref().and_then(behind_partition_by))
}

/// What parts texts into words for the full-text indexes of a table, by the names of those where it
/// is not the server's own.
///
/// # Errors
/// Whatever the server says.
pub(super) fn parsers(
    catalogue: &mut Catalogue,
    table: &Name,
) -> Result<Vec<(String, String)>, DbError> {
    Ok(table_shown(catalogue, table)?.as_deref().map(all_parsers).unwrap_or_default())
}

/// The statement that makes a table, for whoever may see it.
fn table_shown(catalogue: &mut Catalogue, table: &Name) -> Result<Option<String>, DbError> {
    let rows = catalogue.query(&format!("SHOW CREATE TABLE {}", text::name(table)))?;
    let shown = rows.map(|mut it| (it.text(), it.optional())).next();
    Ok(shown.and_then(|(_, statement)| statement))
}

fn behind_partition_by(statement: &str) -> Option<String> {
    let all: Vec<Token> = tokens(statement).collect();
    let is_begin = |it: &[Token]| matches!(it, [a, b] if a.is("partition") && b.is("by"));
    let first = all.windows(2).rposition(is_begin)? + 2;
    let mut text = String::new();
    let mut rest = all.get(first..)?;
    while let [token, behind @ ..] = rest {
        rest = match rest {
            // It is the table's.
            [engine, is, _, behind @ ..] if engine.is("engine") && is.is("=") => behind,
            _ => {
                let is_tight =
                    text.is_empty() || text.ends_with('(') || token.is(")") || token.is(",");
                text.push_str(if is_tight { "" } else { " " });
                text.push_str(token.text);
                behind
            }
        };
    }
    Some(text)
}

fn all_parsers(statement: &str) -> Vec<(String, String)> {
    let all: Vec<Token> = tokens(statement).collect();
    let mut parsers = Vec::new();
    let mut index = None;
    for window in all.windows(3) {
        match window {
            [fulltext, key, name] if fulltext.is("fulltext") && key.is("key") => {
                index = name.name()
            }
            [with, parser, name] if with.is("with") && parser.is("parser") => {
                parsers.extend(index.take().zip(name.name()));
            }
            _ => {}
        }
    }
    parsers
}

/// Whether the text is as it was written, whatever is in its strings.
fn is_exact(catalogue: &Catalogue, said: &str) -> bool {
    let has_backslash = said.contains('\\');
    if catalogue.is_mariadb() {
        return !has_backslash;
    }
    // One string is what it is. Of several, what parts them may be part of one.
    let quotes = said.bytes().filter(|it| matches!(it, b'\'' | b'"')).count();
    !has_backslash && matches!(quotes, 0 | 2)
}

/// What stands behind the head of a statement that makes something of this kind.
fn behind_head<'a>(statement: &'a str, kind: &str) -> Option<&'a str> {
    let all: Vec<Token> = tokens(statement).collect();
    let is = |at: usize, word: &str| all.get(at).is_some_and(|it| it.is(word));
    let first = match kind {
        "TRIGGER" => {
            let row = (0..all.len()).find(|at| is(*at, "each") && is(at + 1, "row"))?;
            row + 2
        }
        "EVENT" => (0..all.len()).find(|at| is(*at, "do"))? + 1,
        _ => characteristics(&all, behind_returns(&all, behind_parameters(&all)?)),
    };
    Some(statement.get(all.get(first)?.at..)?.trim_end())
}

fn behind_parameters(all: &[Token]) -> Option<usize> {
    let mut depth = 0;
    let closes = |(_, token): &(usize, &Token)| {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        token.is(")") && depth == 0
    };
    all.iter().enumerate().find(closes).map(|(at, _)| at + 1)
}

/// Where the type ends that a function returns.
fn behind_returns(all: &[Token], from: usize) -> usize {
    let is = |at: usize, words: &[&str]| {
        all.get(at).is_some_and(|it| words.iter().any(|word| it.is(word)))
    };
    if !is(from, &["returns"]) {
        return from;
    }
    let mut at = from + 2;
    if is(at, &["("]) {
        let closed = behind_parameters(all.get(at..).unwrap_or_default());
        at += closed.unwrap_or_default();
    }
    loop {
        at += match () {
            () if is(at, &["unsigned", "signed", "zerofill", "precision"]) => 1,
            () if is(at, &["character"]) && is(at + 1, &["set"]) => 3,
            () if is(at, &["charset", "collate"]) => 2,
            () => return at,
        };
    }
}

/// Where the characteristics of a routine end that begin there, or where none do.
fn characteristics(all: &[Token], from: usize) -> usize {
    const WORDS: [&[&str]; 10] = [
        &["contains", "sql"],
        &["no", "sql"],
        &["reads", "sql", "data"],
        &["modifies", "sql", "data"],
        &["not", "deterministic"],
        &["deterministic"],
        &["language", "sql"],
        &["sql", "security", "definer"],
        &["sql", "security", "invoker"],
        &["comment"],
    ];
    let mut at = from;
    loop {
        let rest = all.get(at..).unwrap_or_default();
        let begins = |words: &&&[&str]| {
            rest.len() >= words.len() && rest.iter().zip(**words).all(|(it, word)| it.is(word))
        };
        let Some(words) = WORDS.iter().find(begins) else { return at };
        at += words.len();
        let is_string = |it: &Token| it.kind == TokenKind::String;
        if *words == ["comment"] && all.get(at).is_some_and(is_string) {
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_begin_behind_their_heads() {
        for (kind, statement, expected) in [
            (
                "FUNCTION",
                "CREATE DEFINER=`root`@`%` FUNCTION `f`(a int, b decimal(10,2)) RETURNS varchar(30) CHARSET latin1 COLLATE latin1_bin\n READS SQL DATA\n DETERMINISTIC\n SQL SECURITY INVOKER\n COMMENT 'it''s'\nreturn '\\\\'",
                "return '\\\\'",
            ),
            (
                "FUNCTION",
                "CREATE FUNCTION `f`() RETURNS int\nbegin return 1; end",
                "begin return 1; end",
            ),
            (
                "FUNCTION",
                "CREATE FUNCTION `f(`() RETURNS int unsigned comment 'a' return 1",
                "return 1",
            ),
            ("PROCEDURE", "CREATE PROCEDURE `p`(in a enum('(', ')'))\nselect 1", "select 1"),
            (
                "TRIGGER",
                "CREATE DEFINER=`root`@`%` trigger t before insert on `each` for each row set new.a = 'it''s'",
                "set new.a = 'it''s'",
            ),
            (
                "EVENT",
                "CREATE EVENT `do` ON SCHEDULE EVERY 1 DAY COMMENT 'do' DO delete from t",
                "delete from t",
            ),
        ] {
            assert_eq!(behind_head(statement, kind), Some(expected), "{statement}");
        }
    }

    #[test]
    fn what_only_the_whole_statement_says_of_a_table() {
        let parted = "CREATE TABLE `t` (`a` int COMMENT 'PARTITION BY x') ENGINE=InnoDB\n PARTITION BY SYSTEM_TIME INTERVAL 1 MONTH STARTS TIMESTAMP'2020-01-01'\n(PARTITION `p0` HISTORY ENGINE = InnoDB,\n PARTITION `pn` CURRENT ENGINE = InnoDB)";
        assert_eq!(
            behind_partition_by(parted).as_deref(),
            Some(
                "SYSTEM_TIME INTERVAL 1 MONTH STARTS TIMESTAMP '2020-01-01' (PARTITION `p0` HISTORY, PARTITION `pn` CURRENT)"
            )
        );
        let searched = "CREATE TABLE `t` (\n FULLTEXT KEY `a` (`t`),\n FULLTEXT KEY `b` (`t`) /*!50100 WITH PARSER `ngram` */ \n)";
        assert_eq!(all_parsers(searched), [("b".to_owned(), "ngram".to_owned())]);
    }
}
