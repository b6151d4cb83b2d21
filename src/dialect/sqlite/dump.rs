//! Files that declare a schema: written by hand, or by `.schema` and `.dump` of `sqlite3`.

use super::split;
use crate::dialect::{Bearing, Piece, SplitError};
use crate::schema::Name;
use crate::schema::sql::{Token, TokenKind, tokens};

/// Commands of the client that are nothing to a schema: <https://sqlite.org/cli.html>.
const COMMANDS: [&str; 15] = [
    "bail",
    "binary",
    "changes",
    "echo",
    "eqp",
    "explain",
    "headers",
    "header",
    "log",
    "mode",
    "nullvalue",
    "print",
    "separator",
    "timer",
    "width",
];

/// The statements of `file`. A line that begins with a dot, where a statement could begin, is a
/// command of the client.
///
/// # Errors
/// As [`split::split`].
pub(super) fn cut(file: &str) -> Result<Vec<Piece<'_>>, SplitError> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    loop {
        let (end, command) = up_to_command(file, begin);
        let found =
            split::split(&file[begin..end]).map_err(|it| SplitError { at: begin + it.at, ..it });
        pieces.extend(found?.into_iter().map(|it| Piece { at: begin + it.at, ..it }));
        let Some(command) = command else { return Ok(pieces) };
        begin = end + command.len();
        pieces.push(Piece { sql: command.trim_end(), at: end });
    }
}

/// Where the next command begins, and its line.
fn up_to_command(file: &str, from: usize) -> (usize, Option<&str>) {
    let mut at = from;
    for line in file[from..].split_inclusive('\n') {
        // Within a statement, a string or a comment it is part of that.
        if line.starts_with('.') && is_complete(&file[from..at]) {
            return (at, Some(line));
        }
        at += line.len();
    }
    (file.len(), None)
}

/// Whether a statement could begin behind `text`.
fn is_complete(text: &str) -> bool {
    const MARK: &str = "limbeck";
    // It stands alone there.
    let marked = format!("{text}{MARK}");
    let pieces = split::split(&marked);
    pieces.is_ok_and(|it| it.last().is_some_and(|it| it.sql == MARK))
}

/// What a statement is to the schema.
pub(super) fn bearing(statement: &str) -> Bearing {
    if let Some(command) = statement.strip_prefix('.') {
        return of_command(command);
    }
    let words = beginning(statement);
    let is = |at: usize, word: &str| words.get(at).is_some_and(|it: &Token| it.is(word));
    let first = words.first().map(|it| it.text.to_ascii_uppercase()).unwrap_or_default();
    match first.as_str() {
        "CREATE" => {
            let temporary = is(1, "TEMP") || is(1, "TEMPORARY");
            match temporary {
                true => Bearing::Nothing,
                false if is(1, "TABLE") => of_table(&words[2..]),
                false => Bearing::Schema,
            }
        }
        "ALTER" | "DROP" => Bearing::Schema,
        // `.dump` writes a virtual table as a row of the table of all statements.
        "INSERT" if is(2, "sqlite_schema") || is(2, "sqlite_master") => of_row(statement),
        "ATTACH" | "DETACH" => Bearing::refused(
            format!("`{first}` is about another file"),
            "models are about one database: leave it out",
        ),
        "INSERT" | "REPLACE" | "UPDATE" | "DELETE" | "SELECT" | "WITH" | "VALUES" | "PRAGMA"
        | "BEGIN" | "COMMIT" | "END" | "ROLLBACK" | "SAVEPOINT" | "RELEASE" | "ANALYZE"
        | "REINDEX" | "VACUUM" | "EXPLAIN" => Bearing::Nothing,
        _ => Bearing::Schema,
    }
}

fn of_command(command: &str) -> Bearing {
    let word = command.split_whitespace().next().unwrap_or_default();
    match COMMANDS.contains(&word) {
        true => Bearing::Nothing,
        false => Bearing::refused(
            format!("`.{word}` is a command of `sqlite3`, which is not followed"),
            match word {
                "read" => "name the file in `models`",
                _ => "leave it out",
            },
        ),
    }
}

/// `CREATE TABLE` with these words behind it.
fn of_table(words: &[Token]) -> Bearing {
    let is = |at: usize, word: &str| words.get(at).is_some_and(|it| it.is(word));
    let words = if is(0, "IF") && is(1, "NOT") && is(2, "EXISTS") { &words[3..] } else { words };
    let name = |at: usize| words.get(at).and_then(|it| it.name().or_else(|| string(it)));
    let (schema, name) = match words.get(1).is_some_and(|it| it.is(".")) {
        true => (name(0), name(2)),
        false => (None, name(0)),
    };
    let is_temporary = schema.is_some_and(|it| it.eq_ignore_ascii_case("temp"));
    match name {
        // What SQLite keeps for itself it makes by itself.
        Some(name) if is_temporary || name.to_ascii_lowercase().starts_with("sqlite_") => {
            Bearing::Nothing
        }
        Some(name) => Bearing::Table(Name::new(name)),
        None => Bearing::Schema,
    }
}

/// A row of the table of all statements: what makes the object of which it speaks.
fn of_row(statement: &str) -> Bearing {
    let text = tokens(statement).iter().rev().find_map(string);
    match text.filter(|it| it.get(..14).is_some_and(|it| it.eq_ignore_ascii_case("CREATE VIRTUAL")))
    {
        Some(text) => Bearing::Instead(text),
        None => Bearing::Nothing,
    }
}

/// The text of a string.
fn string(token: &Token) -> Option<String> {
    let inner = token.text.strip_prefix('\'')?.strip_suffix('\'')?;
    (token.kind == TokenKind::String).then(|| inner.replace("''", "'"))
}

/// More than enough tokens to tell.
fn beginning(statement: &str) -> Vec<Token<'_>> {
    let mut end = statement.len().min(2000);
    while !statement.is_char_boundary(end) {
        end -= 1;
    }
    tokens(&statement[..end]).into_iter().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_of_the_client_are_pieces_of_their_own() {
        let file = ".bail on\nCREATE TABLE t (a DEFAULT '\n.read x\n');\n/*\n.b */ .c\n.mode csv\nSELECT 1;\n.5;";
        let pieces = cut(file).unwrap();
        assert!(pieces.iter().all(|it| file[it.at..].starts_with(it.sql)));
        let texts: Vec<&str> = pieces.iter().map(|it| it.sql).collect();
        assert_eq!(
            texts,
            [
                ".bail on",
                "CREATE TABLE t (a DEFAULT '\n.read x\n')",
                ".c\n.mode csv\nSELECT 1",
                ".5;"
            ]
        );
        assert_eq!(cut("SELECT 1;\n'a").unwrap_err(), SplitError { what: "a string", at: 10 });
    }

    #[test]
    fn what_statements_are_to_the_schema() {
        let table = |name: &str| Bearing::Table(Name::new(name));
        for (statement, expected) in [
            ("create table if not exists main.\"a b\" (c)", table("a b")),
            ("CREATE TABLE 't' (a)", table("t")),
            ("CREATE TABLE sqlite_sequence(name,seq)", Bearing::Nothing),
            ("CREATE TABLE temp.t (a)", Bearing::Nothing),
            ("CREATE TEMP VIEW v AS SELECT 1", Bearing::Nothing),
            ("CREATE UNIQUE INDEX i ON t (a)", Bearing::Schema),
            ("CREATE VIRTUAL TABLE f USING fts5(a)", Bearing::Schema),
            ("ALTER TABLE t ADD COLUMN b", Bearing::Schema),
            ("INSERT INTO t VALUES (1)", Bearing::Nothing),
            (
                "INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','f','f',0,'CREATE VIRTUAL TABLE f USING fts5(''a'')')",
                Bearing::Instead("CREATE VIRTUAL TABLE f USING fts5('a')".to_owned()),
            ),
            ("PRAGMA foreign_keys=OFF", Bearing::Nothing),
            ("COMMIT", Bearing::Nothing),
            (".mode csv", Bearing::Nothing),
        ] {
            assert_eq!(bearing(statement), expected, "{statement}");
        }
        for statement in ["ATTACH 'a' AS a", ".read a.sql", ".import a b"] {
            assert!(matches!(bearing(statement), Bearing::Refused(_)), "{statement}");
        }
    }
}
