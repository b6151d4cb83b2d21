//! Files that declare a schema: written by hand, or by `pg_dump -s`.

use super::Postgres;
use super::lexer::{Token, TokenKind, tokens};
use super::role::role;
use super::types::literal;
use crate::dialect::{Bearing, Connection, DbError, Role};
use crate::schema::Name;

/// Commands of `psql` that are nothing to a schema:
/// <https://www.postgresql.org/docs/current/app-psql.html>.
const COMMANDS: [&str; 22] = [
    "restrict",
    "unrestrict",
    "connect",
    "c",
    "echo",
    "qecho",
    "warn",
    "set",
    "unset",
    "pset",
    "timing",
    "encoding",
    "copy",
    "a",
    "H",
    "t",
    "x",
    "q",
    "o",
    "cd",
    "!",
    ".",
];

/// Settings that say what the statements behind them mean.
const SETTINGS: [&str; 4] =
    ["search_path", "check_function_bodies", "xmloption", "default_table_access_method"];

/// Words with which statements begin that are about rows, rights, plans or the session.
const NOTHING: [&str; 31] = [
    "INSERT",
    "UPDATE",
    "DELETE",
    "MERGE",
    "COPY",
    "TRUNCATE",
    "LOCK",
    "VACUUM",
    "ANALYZE",
    "GRANT",
    "REVOKE",
    "REASSIGN",
    "DISCARD",
    "LISTEN",
    "NOTIFY",
    "UNLISTEN",
    "EXPLAIN",
    "SHOW",
    "CHECKPOINT",
    "CLUSTER",
    "REINDEX",
    "REFRESH",
    "PREPARE",
    "EXECUTE",
    "DEALLOCATE",
    "DECLARE",
    "FETCH",
    "CLOSE",
    "MOVE",
    "LOAD",
    "WITH",
];

/// What belongs to the server and not to one database of it.
const OF_THE_SERVER: [&str; 7] =
    ["DATABASE", "ROLE", "USER", "GROUP", "TABLESPACE", "SUBSCRIPTION", "SYSTEM"];

/// What a statement is to the schema.
pub(super) fn bearing(dialect: &Postgres, statement: &str) -> Bearing {
    if let Some(command) = statement.strip_prefix('\\') {
        return of_command(command);
    }
    let tokens = beginning(statement);
    let words: Vec<String> = tokens.iter().map(|it| it.text.to_uppercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if matches!(role(statement), Role::Begin | Role::End | Role::Savepoint) {
        return Bearing::Nothing;
    }
    match words[..] {
        ["CREATE" | "ALTER" | "DROP", "USER", "MAPPING", ..] => Bearing::Schema,
        ["CREATE" | "ALTER" | "DROP", what, ..] if OF_THE_SERVER.contains(&what) => {
            Bearing::Nothing
        }
        ["COMMENT", "ON", what, ..] if what == "EXTENSION" || OF_THE_SERVER.contains(&what) => {
            Bearing::Nothing
        }
        ["SECURITY", "LABEL", ..] | ["ALTER", "DEFAULT", "PRIVILEGES", ..] => Bearing::Nothing,
        ["ALTER", ..] if is_about_the_owner(statement) => Bearing::Nothing,
        ["CREATE", ..] => of_create(dialect, statement, &tokens, &words),
        ["SET" | "RESET", ..] => match words.iter().any(|it| is_setting(it)) {
            true => Bearing::Setting,
            false => Bearing::Nothing,
        },
        ["SELECT", ..] => of_select(&tokens),
        ["DO", ..] if makes_of_the_server(statement) => Bearing::Nothing,
        ["CALL", ..] => Bearing::refused(
            "what a procedure makes is nothing that a file declares",
            "write the statements themselves",
        ),
        [first, ..] if NOTHING.contains(&first) => Bearing::Nothing,
        _ => Bearing::Schema,
    }
}

fn of_command(command: &str) -> Bearing {
    let end = command.find(|it: char| !it.is_ascii_alphanumeric() && !matches!(it, '!' | '.'));
    let word = &command[..end.unwrap_or(command.len())];
    match COMMANDS.contains(&word) {
        true => Bearing::Nothing,
        false => Bearing::refused(
            format!("`\\{word}` is a command of `psql`, which is not followed"),
            match word {
                "i" | "ir" | "include" | "include_relative" => "name the file in `models`",
                _ => "write the statements themselves",
            },
        ),
    }
}

/// `CREATE ...`, of which `words` are the first.
fn of_create(dialect: &Postgres, statement: &str, tokens: &[Token], words: &[&str]) -> Bearing {
    let kinds = ["GLOBAL", "LOCAL", "UNLOGGED", "FOREIGN"];
    let mut at = 1;
    while words.get(at).is_some_and(|it| kinds.contains(it)) {
        at += 1;
    }
    match words.get(at).copied() {
        Some("TEMP" | "TEMPORARY") => Bearing::Nothing,
        Some("TABLE") => {
            let exists = words.get(at + 1..at + 4) == Some(&["IF", "NOT", "EXISTS"]);
            let name = tokens.get(if exists { at + 4 } else { at + 1 }..).unwrap_or_default();
            named(dialect, name).map_or(Bearing::Schema, Bearing::Table)
        }
        Some("INDEX" | "UNIQUE") => without_concurrently(statement, tokens),
        _ => Bearing::Schema,
    }
}

/// The name with which `tokens` begin.
fn named(dialect: &Postgres, tokens: &[Token]) -> Option<Name> {
    let name = tokens.first()?.name()?;
    if !tokens.get(1).is_some_and(|it| it.is(".")) {
        return Some(Name::new(name));
    }
    let schema = Some(name).filter(|it| *it != dialect.schema);
    Some(Name { schema, name: tokens.get(2)?.name()? })
}

/// An index that is made without keeping writers out is the same index, and cannot be made so in a
/// transaction.
fn without_concurrently(statement: &str, tokens: &[Token]) -> Bearing {
    let found = tokens.iter().take(4).find(|it| it.is("CONCURRENTLY"));
    found.map_or(Bearing::Schema, |it| {
        let blank = " ".repeat(it.text.len());
        let (before, behind) = (&statement[..it.at], &statement[it.end()..]);
        Bearing::Instead(format!("{before}{blank}{behind}"))
    })
}

/// `SET ... OWNER TO`, and nothing else.
fn is_about_the_owner(statement: &str) -> bool {
    let all: Vec<Token> = tokens(statement).collect();
    let is_last = match &all[..] {
        [.., owner, to, _] => owner.is("OWNER") && to.is("TO"),
        _ => false,
    };
    is_last && !all.iter().any(|it| it.is(","))
}

fn is_setting(word: &str) -> bool {
    let word = word.trim_matches(['\'', '"']);
    SETTINGS.iter().any(|it| word.eq_ignore_ascii_case(it))
}

/// A query that calls a function may make something; others only read.
fn of_select(tokens: &[Token]) -> Bearing {
    let calls = |name: &str| tokens.iter().any(|it| it.is(name));
    if calls("set_config") {
        let is_meant = tokens.iter().any(|it| it.kind == TokenKind::String && is_setting(it.text));
        return if is_meant { Bearing::Setting } else { Bearing::Nothing };
    }
    let about_rows = ["setval", "nextval", "lo_create", "lo_unlink", "pg_notify"];
    match about_rows.into_iter().any(calls) || !calls("(") || calls("FROM") {
        true => Bearing::Nothing,
        false => Bearing::Schema,
    }
}

/// Whether a block makes roles, databases or what else is not of one database.
fn makes_of_the_server(statement: &str) -> bool {
    let words = super::normalize::words(statement);
    words.windows(2).any(|it| {
        matches!(it[0].as_str(), "create" | "alter" | "drop")
            && OF_THE_SERVER.iter().any(|what| it[1].eq_ignore_ascii_case(what))
    })
}

/// Statements that set back what a file may set.
///
/// # Errors
/// Whatever the server says.
pub(super) fn settings(db: &mut dyn Connection) -> Result<Vec<String>, DbError> {
    let names = SETTINGS.map(|it| format!("pg_catalog.current_setting({})", literal(it)));
    let sql = format!("SELECT {}", names.join(", "));
    let row = db.query(&sql, &[])?.into_iter().next().unwrap_or_default();
    let set = |(name, value): (&str, Option<String>)| {
        let value = literal(&value.unwrap_or_default());
        format!("SELECT pg_catalog.set_config({}, {value}, false)", literal(name))
    };
    Ok(SETTINGS.into_iter().zip(row).map(set).collect())
}

/// More than enough tokens to tell.
fn beginning(statement: &str) -> Vec<Token<'_>> {
    let mut end = statement.len().min(2000);
    while !statement.is_char_boundary(end) {
        end -= 1;
    }
    tokens(&statement[..end]).take(24).collect()
}

#[cfg(test)]
mod tests {
    use super::super::split::cut;
    use super::*;

    #[test]
    fn rows_are_left_out_and_commands_of_the_client_are_pieces() {
        let file = "\\restrict a'b\nCOPY public.t (a, b) FROM stdin;\n1\t;'$$\\.\n\\.\n\nCREATE TABLE \"a\\b\" (c int);\n\
                    COPY t FROM '/a';SELECT E'\\''\n\\gexec -- a\n\\i b.sql\nCREATE FUNCTION f() RETURNS int AS $$ \\. $$;";
        let pieces = cut(file).unwrap();
        assert!(pieces.iter().all(|it| file[it.at..].starts_with(it.sql)));
        let texts: Vec<&str> = pieces.iter().map(|it| it.sql).collect();
        assert_eq!(
            texts,
            [
                "\\restrict a'b",
                "COPY public.t (a, b) FROM stdin",
                "CREATE TABLE \"a\\b\" (c int)",
                "COPY t FROM '/a'",
                "SELECT E'\\''",
                "\\gexec -- a",
                "\\i b.sql",
                "CREATE FUNCTION f() RETURNS int AS $$ \\. $$"
            ]
        );
        let error = cut("SELECT 1;\n\\x\nSELECT 'a").unwrap_err();
        assert_eq!((error.what, error.at), ("a string", 20));
    }

    #[test]
    fn what_statements_are_to_the_schema() {
        let dialect = Postgres::default();
        let table = |name: &str| Bearing::Table(name.parse().unwrap());
        for (statement, expected) in [
            ("create unlogged table if not exists public.T (a int)", table("t")),
            ("CREATE TABLE app.\"T\" (a int)", table("app.T")),
            ("CREATE TEMP TABLE t (a int)", Bearing::Nothing),
            (
                "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                Bearing::Schema,
            ),
            (
                "CREATE INDEX CONCURRENTLY i ON t (a)",
                Bearing::Instead("CREATE INDEX              i ON t (a)".to_owned()),
            ),
            ("ALTER TABLE public.t OWNER TO ada", Bearing::Nothing),
            ("ALTER TABLE ONLY t ADD CONSTRAINT c CHECK (a > 0)", Bearing::Schema),
            ("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO ada", Bearing::Nothing),
            ("COMMENT ON EXTENSION citext IS 'a'", Bearing::Nothing),
            ("COMMENT ON DATABASE app IS 'a'", Bearing::Nothing),
            ("COMMENT ON TABLE t IS 'a'", Bearing::Schema),
            ("SELECT pg_catalog.set_config('search_path', '', false)", Bearing::Setting),
            ("SELECT pg_catalog.setval('a', 1)", Bearing::Nothing),
            ("SELECT create_hypertable('t', 'at')", Bearing::Schema),
            ("SELECT a FROM f(1)", Bearing::Nothing),
            ("SET search_path = app, public", Bearing::Setting),
            ("SET statement_timeout = 0", Bearing::Nothing),
            ("SET ROLE ada", Bearing::Nothing),
            ("CREATE USER ada", Bearing::Nothing),
            ("CREATE USER MAPPING FOR ada SERVER s", Bearing::Schema),
            ("DROP DATABASE app", Bearing::Nothing),
            ("DO $$ BEGIN CREATE ROLE ada; END $$", Bearing::Nothing),
            ("DO $$ BEGIN CREATE TYPE a AS ENUM (); END $$", Bearing::Schema),
            ("BEGIN", Bearing::Nothing),
            ("COPY t FROM stdin", Bearing::Nothing),
            ("WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", Bearing::Nothing),
            ("\\connect app", Bearing::Nothing),
        ] {
            assert_eq!(bearing(&dialect, statement), expected, "{statement}");
        }
        for statement in ["CALL p()", "\\i a.sql", "\\gexec"] {
            assert!(matches!(bearing(&dialect, statement), Bearing::Refused(_)), "{statement}");
        }
    }
}
