//! What is not a table.

use super::super::lexer::{Token, TokenKind, tokens_in};
use super::super::options::{self, ALGORITHM};
use super::super::{Flavour, MySql, types};
use super::names::local;
use super::setting;
use crate::schema::{Object, Sequence, Sql, Type};

/// The object as the server would report it, and whether that is sure.
pub(super) fn settled(dialect: &MySql, object: &Object, live: &[Object]) -> (Object, bool) {
    let mut object = object.clone();
    match &mut object {
        Object::View(it) => {
            it.name = local(dialect, &it.name);
            setting::settle(dialect, &mut it.options, options::VIEW);
            if dialect.flavour == Flavour::MySql {
                // It keeps that to itself.
                it.options.remove(ALGORITHM);
            }
        }
        Object::Trigger(it) => {
            it.name = local(dialect, &it.name);
            it.table = local(dialect, &it.table);
        }
        Object::Function(it) => {
            it.name = local(dialect, &it.name);
            it.arguments = arguments(dialect, &it.arguments);
        }
        Object::Definition(it) => {
            it.name = local(dialect, &it.name);
            it.table = it.table.as_ref().map(|it| local(dialect, it));
        }
        Object::Sequence(it) => {
            it.name = local(dialect, &it.name);
            settle_sequence(it);
        }
        Object::Namespace(_) | Object::Extension(_) | Object::Enum(_) => {}
    }
    let said = object.definition().and_then(|it| own(dialect, it));
    let Some(said) = said else { return (object, true) };
    let key = object.key();
    let live = live.iter().find(|it| it.key() == key);
    let there = live.and_then(Object::definition).and_then(|it| own(dialect, it));
    match there.filter(|it| is_same(dialect, &said, it)) {
        Some(there) => (with(object, there), true),
        None => (with(object, said), false),
    }
}

/// The types of a routine's arguments, as they are reported.
fn arguments(dialect: &MySql, text: &str) -> String {
    let (mut depth, mut from) = (0, 0);
    let mut all = Vec::new();
    let ends = tokens_in(text, dialect.mode).filter(|token| {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        depth == 0 && token.is(",")
    });
    let ends: Vec<usize> = ends.map(|it| it.at).chain([text.len()]).collect();
    for end in ends {
        all.extend(text.get(from..end).map(str::trim).filter(|it| !it.is_empty()));
        from = end + 1;
    }
    all.into_iter().map(|it| argument(dialect, it)).collect::<Vec<_>>().join(", ")
}

/// The type of an argument, with its character set behind it.
fn argument(dialect: &MySql, text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if let [ty @ .., charset, its, collate, collation] = &words[..]
        && charset.eq_ignore_ascii_case("charset")
        && collate.eq_ignore_ascii_case("collate")
    {
        return format!("{} CHARSET {its} COLLATE {collation}", argument(dialect, &ty.join(" ")));
    }
    types::sql(dialect, &types::raise(text)).unwrap_or_else(|_| text.to_owned())
}

/// What is said as the server would do it anyway is not said:
/// <https://mariadb.com/kb/en/create-sequence/>.
fn settle_sequence(sequence: &mut Sequence) {
    sequence.ty = sequence.ty.take().filter(|it| *it != Type::BigInteger { unsigned: false });
    let options = &mut sequence.options;
    let upwards = options.increment.is_none_or(|it| it >= 0);
    let (least, most) = if upwards { (1, i64::MAX - 1) } else { (i64::MIN + 1, -1) };
    let first = if upwards { options.min.unwrap_or(least) } else { options.max.unwrap_or(most) };
    options.start = options.start.filter(|it| *it != first);
    options.increment = options.increment.filter(|it| *it != 1);
    options.min = options.min.filter(|it| *it != least);
    options.max = options.max.filter(|it| *it != most);
    options.cache = options.cache.filter(|it| *it != 1000);
}

/// What a definition says to this server.
fn own(dialect: &MySql, sql: &Sql) -> Option<String> {
    sql.of(dialect.flavour.name()).map(str::to_owned)
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

/// Whether a statement was written like the one that is reported.
fn is_same(dialect: &MySql, declared: &str, live: &str) -> bool {
    let declared_tokens: Vec<Token> = tokens_in(declared, dialect.mode).collect();
    let live_tokens: Vec<Token> = tokens_in(live, dialect.mode).collect();
    let declared = without_noise(&declared_tokens);
    let mut live = without_noise(&live_tokens);
    // An event always knows when it began.
    let is_event = live.iter().take(2).any(|it| it.is("event"));
    let starts = live.iter().position(|it| it.is("starts"));
    if let Some(at) = starts.filter(|_| is_event && !declared.iter().any(|it| it.is("starts"))) {
        live.drain(at..(at + 2).min(live.len()));
    }
    declared.len() == live.len() && declared.iter().zip(&live).all(|(a, b)| is_same_token(a, b))
}

fn is_same_token(a: &Token, b: &Token) -> bool {
    match (a.kind, b.kind) {
        (TokenKind::Word, TokenKind::Word) => a.text.eq_ignore_ascii_case(b.text),
        (TokenKind::String, TokenKind::String) => {
            a.string() == b.string() && a.string().is_some() || a.text == b.text
        }
        _ => a.text == b.text || a.name().is_some() && a.name() == b.name(),
    }
}

/// The tokens without what says who made it, what stood there before, and what is so anyway.
fn without_noise<'a, 'b>(all: &'b [Token<'a>]) -> Vec<&'b Token<'a>> {
    const NOISE: [&[&str]; 7] = [
        &["or", "replace"],
        &["if", "not", "exists"],
        &["on", "completion", "not", "preserve"],
        &["sql", "security", "definer"],
        &["not", "deterministic"],
        &["contains", "sql"],
        &["language", "sql"],
    ];
    // Behind the head a body begins, in which each word counts.
    let is_begin =
        |it: &Token| ["begin", "return", "do", "set", "select"].iter().any(|word| it.is(word));
    let body = all.iter().position(is_begin).unwrap_or(all.len());
    let mut kept = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let rest = &all[at..];
        let begins = |words: &&&[&str]| {
            rest.len() >= words.len() && rest.iter().zip(**words).all(|(it, word)| it.is(word))
        };
        match NOISE.iter().find(begins) {
            Some(words) if at < body => at += words.len(),
            _ if at < body && rest[0].is("definer") && rest.get(1).is_some_and(|it| it.is("=")) => {
                // A name, and perhaps a host or parentheses.
                at += 3;
                while all
                    .get(at)
                    .is_some_and(|it| it.kind == TokenKind::Variable || it.is("(") || it.is(")"))
                {
                    at += 1;
                }
            }
            _ => {
                kept.push(&all[at]);
                at += 1;
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_the_same_whoever_has_made_them() {
        let judged = |a: &str, b: &str| is_same(&MySql::default(), a, b);
        for (declared, live) in [
            (
                "create definer = 'a'@'%' trigger x before insert on T for each row set NEW.a = 'it''s'",
                "CREATE TRIGGER `x` BEFORE INSERT ON `T` FOR EACH ROW set NEW.a = 'it\\'s'",
            ),
            (
                "CREATE OR REPLACE DEFINER=CURRENT_USER() FUNCTION f() RETURNS int NOT DETERMINISTIC RETURN 1",
                "CREATE FUNCTION `f`() RETURNS int\nRETURN 1",
            ),
            (
                "CREATE EVENT IF NOT EXISTS e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t",
                "CREATE EVENT `e` ON SCHEDULE EVERY 1 DAY STARTS '2020-01-01 00:00:00' DO DELETE FROM t",
            ),
        ] {
            assert!(judged(declared, live), "{declared}");
        }
        for (declared, live) in [
            ("CREATE TRIGGER t", "CREATE TRIGGER u"),
            ("CREATE TRIGGER `t`", "CREATE TRIGGER `T`"),
            ("SELECT 'a'", "SELECT 'A'"),
            (
                "CREATE PROCEDURE p() BEGIN IF NOT EXISTS (SELECT 1) THEN SELECT 1; END IF; END",
                "CREATE PROCEDURE `p`() BEGIN IF (SELECT 1) THEN SELECT 1; END IF; END",
            ),
            (
                "CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2021-01-01' DO SELECT 1",
                "CREATE EVENT `e` ON SCHEDULE EVERY 1 DAY STARTS '2020-01-01' DO SELECT 1",
            ),
        ] {
            assert!(!judged(declared, live), "{declared}");
        }
    }

    #[test]
    fn arguments_are_types_in_one_spelling() {
        let spelled = arguments(&MySql::default(), "INTEGER, numeric(10,2),enum('a,b')");
        assert_eq!(spelled, "int, decimal(10, 2), enum('a,b')");
        assert_eq!(arguments(&MySql::default(), ""), "");
        let its_own = "INTEGER, varchar(20) CHARSET latin1 COLLATE latin1_swedish_ci";
        let spelled = arguments(&MySql::default(), its_own);
        assert_eq!(spelled, "int, varchar(20) CHARSET latin1 COLLATE latin1_swedish_ci");
    }
}
