//! Expressions as `information_schema` writes them.

use super::super::default::is_introducer;
use super::super::lexer::{Token, TokenKind, tokens};
use super::super::{spelling, text};
use super::Catalogue;

/// An expression that MySQL has escaped for nobody, as it is.
pub(super) fn unescaped(catalogue: &Catalogue, text: String) -> String {
    match catalogue.is_mariadb() || !text.contains('\\') {
        true => text,
        false => unescape(&text),
    }
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(it) = characters.next() {
        match it {
            '\\' => match characters.next() {
                Some('n') => plain.push('\n'),
                Some('r') => plain.push('\r'),
                Some('0') => plain.push('\0'),
                Some('Z') => plain.push('\u{1a}'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            other => plain.push(other),
        }
    }
    plain
}

/// An expression without what the server adds, its strings in the spelling of everybody: a quote in
/// one is two.
pub(in crate::dialect::mysql) fn plain(expression: &str) -> String {
    let mut plain = String::with_capacity(expression.len());
    let mut from = 0;
    let mut is_foreign = false;
    for token in tokens(expression) {
        let is_other_set = token.kind == TokenKind::Word && token.text.starts_with('_');
        if let Some(it) = token.string().filter(|_| !is_foreign) {
            plain.push_str(&expression[from..token.at]);
            plain.push_str(&text::literal(Default::default(), &it));
            from = token.end();
        }
        is_foreign = is_other_set && !is_introducer(&token);
    }
    plain.push_str(&expression[from..]);
    spelling::plain(&plain)
}

/// The query of a view without the name of its own database before tables and routines.
pub(super) fn unqualified(query: &str, database: &str) -> String {
    without(query, database, false)
}

/// An expression without it: there columns never say of which table they are.
pub(super) fn unqualified_expression(expression: &str, database: &str) -> String {
    match expression.contains(database) {
        true => without(expression, database, true),
        false => expression.to_owned(),
    }
}

fn without(query: &str, database: &str, names_tables: bool) -> String {
    let all: Vec<Token> = tokens(query).collect();
    let mut short = String::with_capacity(query.len());
    let mut from = 0;
    // Whether tables are named here, in each of the parentheses that are open.
    let mut tables = vec![names_tables];
    for (at, token) in all.iter().enumerate() {
        let names = &all[at..];
        if begins_name(&all, at) && token.name().as_deref() == Some(database) {
            let is_own = match names {
                [_, dot, _, second, third, ..] if dot.is(".") && second.is(".") => {
                    third.name().is_some()
                }
                [_, dot, _, open, ..] if dot.is(".") && open.is("(") => true,
                [_, dot, ..] if dot.is(".") => tables.last() == Some(&true),
                _ => false,
            };
            if let (true, Some(dot)) = (is_own, names.get(1)) {
                short.push_str(&query[from..token.at]);
                from = dot.end();
            }
        }
        follow(&mut tables, token);
    }
    short.push_str(&query[from..]);
    short
}

/// Whether a quoted name stands there that is not behind a dot.
fn begins_name(all: &[Token], at: usize) -> bool {
    all[at].kind == TokenKind::Quoted && !at.checked_sub(1).is_some_and(|it| all[it].is("."))
}

fn follow(tables: &mut Vec<bool>, token: &Token) {
    const ELSEWHERE: [&str; 9] =
        ["select", "on", "using", "where", "group", "having", "order", "limit", "union"];
    let is = |words: &[&str]| words.iter().any(|it| token.is(it));
    if token.is("(") {
        tables.push(tables.last().copied().unwrap_or_default());
    } else if token.is(")") {
        tables.pop();
    } else if let Some(last) = tables.last_mut() {
        if is(&["from", "join", "straight_join"]) {
            *last = true;
        } else if is(&ELSEWHERE) {
            *last = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_as_they_were_meant() {
        for (said, expected) in [
            ("concat(`c`,_utf8mb4\\'it\\\\\\'s\\\\\\\\n\\')", "concat(`c`,'it''s\\\\n')"),
            ("(`a` > 0)", "`a` > 0"),
            ("(`c` <> _utf8mb4\\'x\\\\n\\')", "`c` <> 'x\n'"),
            ("_latin1\\'\\\\\\'\\'", "_latin1'\\''"),
        ] {
            assert_eq!(plain(&unescape(said)), expected);
        }
    }

    #[test]
    fn the_own_database_is_not_said() {
        for (said, expected) in [
            ("select `d`.`t`.`a` AS `a` from `d`.`t`", "select `t`.`a` AS `a` from `t`"),
            (
                "select `d`.`a` AS `d` from (`d`.`t` `d` join `d`.`u` on(`d`.`a` = `d`.`u`.`b`))",
                "select `d`.`a` AS `d` from (`t` `d` join `u` on(`d`.`a` = `u`.`b`))",
            ),
            ("select `d`.`f`(1) AS `x`,'`d`.`t`' AS `y`", "select `f`(1) AS `x`,'`d`.`t`' AS `y`"),
            ("select `e`.`t`.`d` from `e`.`t`", "select `e`.`t`.`d` from `e`.`t`"),
            (
                "select 1 from `d`.`t` where exists(select 1 from `d`.`u` where `d`.`x` > 0)",
                "select 1 from `t` where exists(select 1 from `u` where `d`.`x` > 0)",
            ),
            ("select `d`.`d`.`d` from `d`.`d`", "select `d`.`d` from `d`"),
        ] {
            assert_eq!(unqualified(said, "d"), expected);
        }
    }
}
