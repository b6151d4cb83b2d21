//! Reading what `SHOW CREATE TABLE` says of a question.

use super::super::lexer::{Mode, Token, TokenKind, tokens_in};
use crate::schema::Table;

/// What the server says, in the order in which it was asked.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Reply {
    pub(super) columns: Vec<Said>,
    /// The expressions of the checks.
    pub(super) checks: Vec<String>,
    /// The expressions of the indexes.
    pub(super) keys: Vec<String>,
}

/// What it says of a column.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Said {
    pub(super) ty: String,
    pub(super) default: Option<String>,
    pub(super) generated: Option<String>,
}

/// Words that end the type of a column, or its default.
const CLAUSES: [&str; 20] = [
    "not",
    "null",
    "default",
    "auto_increment",
    "comment",
    "collate",
    "character",
    "charset",
    "generated",
    "as",
    "on",
    "check",
    "invisible",
    "visible",
    "virtual",
    "stored",
    "persistent",
    "srid",
    "ref_system_id",
    "column_format",
];

/// Reads it; `None` when it is not about `question`.
pub(super) fn read(text: &str, mode: Mode, question: &Table) -> Option<Reply> {
    let all: Vec<Token> = tokens_in(text, mode).collect();
    let open = all.iter().position(|it| it.is("("))?;
    let lines = parts(&all[open + 1..]);
    let mut reply = Reply::default();
    let mut lines = lines.into_iter();
    for column in &question.columns {
        let (name, line) = lines.next()?.split_first()?;
        name.name().filter(|it| *it == column.name)?;
        reply.columns.push(said(text, line));
    }
    // Each has its name in what was asked.
    let lines: Vec<&[Token]> = lines.collect();
    let line_of = |wanted: &str| {
        let is_named =
            |line: &&&[Token]| line.iter().any(|it| it.name().as_deref() == Some(wanted));
        lines.iter().find(is_named).copied()
    };
    for check in &question.checks {
        reply.checks.push(within(text, line_of(check.name.as_deref()?)?)?);
    }
    for index in &question.indexes {
        // An expression has parentheses of its own within those of the list.
        reply.keys.push(within(text, line_of(&index.name)?)?);
    }
    Some(reply)
}

/// What stands between commas, up to the parenthesis that closes all of it.
fn parts<'a, 'b>(tokens: &'b [Token<'a>]) -> Vec<&'b [Token<'a>]> {
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0, 0);
    for (at, token) in tokens.iter().enumerate() {
        let ends = depth == 0 && (token.is(",") || token.is(")"));
        if ends {
            parts.push(&tokens[from..at]);
            from = at + 1;
        }
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        if depth < 0 {
            break;
        }
    }
    parts
}

/// The text of some tokens.
fn text_of(text: &str, tokens: &[Token]) -> String {
    match tokens {
        [first, .., last] => text[first.at..last.end()].to_owned(),
        [one] => one.text.to_owned(),
        [] => String::new(),
    }
}

/// What stands between the first parenthesis and the one that closes it.
fn within(text: &str, tokens: &[Token]) -> Option<String> {
    let open = tokens.iter().position(|it| it.is("("))?;
    let (mut depth, mut close) = (0, None);
    for (at, token) in tokens.iter().enumerate().skip(open) {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        if depth == 0 {
            close = Some(at);
            break;
        }
    }
    Some(text_of(text, &tokens[open + 1..close?]))
}

/// Up to the next clause of a column.
fn up_to_clause<'a, 'b>(tokens: &'b [Token<'a>]) -> &'b [Token<'a>] {
    let mut depth = 0;
    let end = tokens.iter().position(|token| {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        let is_clause = token.kind == TokenKind::Word && CLAUSES.iter().any(|it| token.is(it));
        depth == 0 && is_clause
    });
    &tokens[..end.unwrap_or(tokens.len())]
}

/// What a line says behind the name of its column.
fn said(text: &str, line: &[Token]) -> Said {
    let mut said = Said { ty: text_of(text, up_to_clause(line)), ..Said::default() };
    let mut depth = 0;
    for (at, token) in line.iter().enumerate() {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        if depth > 0 {
            continue;
        }
        if token.is("default") && said.default.is_none() {
            // `NULL` is a word that ends others.
            let value = up_to_clause(&line[at + 1..]);
            said.default = Some(text_of(text, value)).filter(|it| !it.is_empty());
        }
        if token.is("as") && said.generated.is_none() {
            said.generated = within(text, &line[at + 1..]);
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Check, Column, Index, Type};

    fn question(columns: &[&str], check: &str, index: &str) -> Table {
        let column = |it: &&str| Column::new(*it, Type::INTEGER);
        Table {
            columns: columns.iter().map(column).collect(),
            checks: vec![Check { name: Some(check.to_owned()), ..Check::default() }],
            indexes: vec![Index { name: index.to_owned(), ..Index::default() }],
            ..Table::default()
        }
    }

    #[test]
    fn what_mysql_shows_is_read() {
        let text = "CREATE TEMPORARY TABLE `q` (\n  `a` int DEFAULT '5',\n  \
             `b` varchar(20) COLLATE utf8mb4_bin DEFAULT (concat(_utf8mb4'a, (',uuid())) COMMENT 'x',\n  \
             `c` int GENERATED ALWAYS AS ((`a` + 1)) STORED NOT NULL /*!80023 INVISIBLE */,\n  \
             `d` datetime(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),\n  \
             `e` decimal(10,2) unsigned DEFAULT NULL,\n  \
             KEY `q_i` ((lower(`b`))),\n  \
             CONSTRAINT `q_0` CHECK (((`a` > 0) and (`b` <> _utf8mb4')')))\n) ENGINE=InnoDB";
        let reply =
            read(text, Mode::default(), &question(&["a", "b", "c", "d", "e"], "q_0", "q_i"));
        let said = |ty: &str, default: Option<&str>, generated: Option<&str>| Said {
            ty: ty.to_owned(),
            default: default.map(str::to_owned),
            generated: generated.map(str::to_owned),
        };
        let expected = Reply {
            columns: vec![
                said("int", Some("'5'"), None),
                said("varchar(20)", Some("(concat(_utf8mb4'a, (',uuid()))"), None),
                said("int", None, Some("(`a` + 1)")),
                said("datetime(3)", Some("CURRENT_TIMESTAMP(3)"), None),
                said("decimal(10,2) unsigned", None, None),
            ],
            checks: vec!["((`a` > 0) and (`b` <> _utf8mb4')'))".to_owned()],
            keys: vec!["(lower(`b`))".to_owned()],
        };
        assert_eq!(reply, Some(expected));
        assert_eq!(read(text, Mode::default(), &question(&["b"], "q_0", "q_i")), None);
        assert_eq!(read(text, Mode::default(), &question(&["a"], "q_9", "q_i")), None);
    }

    #[test]
    fn what_mariadb_shows_is_read() {
        let text = "CREATE TEMPORARY TABLE `q` (\n  `a` int(11) DEFAULT (1 + 2),\n  \
             `b` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT json_object() CHECK (json_valid(`b`)),\n  \
             `c` int(11) GENERATED ALWAYS AS (`a` + 1) VIRTUAL,\n  \
             `d` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp()\n)";
        let mut question = question(&["a", "b", "c", "d"], "", "");
        (question.checks, question.indexes) = (Vec::new(), Vec::new());
        let reply = read(text, Mode::default(), &question).unwrap();
        let defaults: Vec<_> = reply.columns.iter().map(|it| it.default.as_deref()).collect();
        assert_eq!(
            defaults,
            [Some("(1 + 2)"), Some("json_object()"), None, Some("current_timestamp()")]
        );
        assert_eq!(reply.columns[2].generated.as_deref(), Some("`a` + 1"));
        assert_eq!(reply.columns[1].ty, "longtext");
    }
}
