//! Files that declare a schema: written by hand, or by `mysqldump` and `mariadb-dump`.

use std::ops::Range;

use super::MySql;
use super::lexer::{Token, TokenKind, tokens_in};
use super::role::role;
use super::text::literal;
use crate::dialect::{Bearing, Connection, DbError, Role};
use crate::schema::{Name, Object, Schema, Sql};

/// Variables that say what the statements behind them mean, or under which circumstances they can
/// be carried out.
const SETTINGS: [&str; 7] = [
    "sql_mode",
    "foreign_key_checks",
    "unique_checks",
    "character_set_client",
    "character_set_results",
    "collation_connection",
    "time_zone",
];

/// Words with which statements begin that are about rows, rights, plans or the session.
const NOTHING: [&str; 28] = [
    "INSERT", "REPLACE", "UPDATE", "DELETE", "LOAD", "SELECT", "WITH", "VALUES", "TABLE",
    "TRUNCATE", "LOCK", "UNLOCK", "USE", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "ANALYZE",
    "OPTIMIZE", "CHECK", "REPAIR", "FLUSH", "RESET", "GRANT", "REVOKE", "DO", "HANDLER", "KILL",
];

/// What belongs to the server and not to one database of it.
const OF_THE_SERVER: [&str; 9] = [
    "DATABASE",
    "SCHEMA",
    "USER",
    "ROLE",
    "SERVER",
    "TABLESPACE",
    "LOGFILE",
    "RESOURCE",
    "INSTANCE",
];

/// What a statement is to the schema.
pub(super) fn bearing(dialect: &MySql, statement: &str) -> Bearing {
    match by_itself(dialect, statement) {
        it @ (Bearing::Table(_) | Bearing::Schema) => {
            elsewhere(dialect, statement).map_or(it, Bearing::Instead)
        }
        it => it,
    }
}

/// The statement with blanks where it names the live database, for it is carried out in another one,
/// and where it says who makes something: that takes a right of its own, and is not compared. `None` when
/// it says neither.
fn elsewhere(dialect: &MySql, statement: &str) -> Option<String> {
    let tokens: Vec<Token> = tokens_in(statement, dialect.mode).collect();
    let mut spans = databases(dialect, &tokens);
    spans.extend(definer(&tokens));
    spans.sort_by_key(|it| it.start);
    let mut text = String::with_capacity(statement.len());
    let mut done = 0;
    for span in &spans {
        text.push_str(&statement[done..span.start]);
        text.push_str(&" ".repeat(span.len()));
        done = span.end;
    }
    text.push_str(&statement[done..]);
    (!spans.is_empty()).then_some(text)
}

/// Where the live database is named before a dot, dots included.
fn databases(dialect: &MySql, tokens: &[Token]) -> Vec<Range<usize>> {
    let Some(own) = dialect.schema.as_deref() else { return Vec::new() };
    let is_it = |(at, pair): (usize, &[Token])| {
        let [name, dot] = pair else { return None };
        let is_first = at.checked_sub(1).is_none_or(|it| !tokens[it].is("."));
        let is_own = name.name().is_some_and(|it| it.eq_ignore_ascii_case(own));
        (is_own && dot.is(".") && is_first).then(|| name.at..dot.end())
    };
    tokens.windows(2).enumerate().filter_map(is_it).collect()
}

/// Where `DEFINER = user@host` stands in the head of a statement that makes something.
fn definer(tokens: &[Token]) -> Option<Range<usize>> {
    const HEAD: usize = 10;
    tokens.first().filter(|it| it.is("CREATE"))?;
    let at = tokens.iter().take(HEAD).position(|it| it.is("DEFINER"))?;
    tokens.get(at + 1).filter(|it| it.is("="))?;
    let mut end = at + 3;
    while tokens
        .get(end)
        .is_some_and(|it| it.kind == TokenKind::Variable || it.is("(") || it.is(")"))
    {
        end += 1;
    }
    Some(tokens[at].at..tokens.get(end - 1)?.end())
}

fn by_itself(dialect: &MySql, statement: &str) -> Bearing {
    let tokens = beginning(dialect, statement);
    let words: Vec<String> = tokens.iter().map(|it| it.text.to_uppercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if !matches!(words[..], ["BEGIN", "NOT", ..])
        && matches!(role(statement), Role::Begin | Role::End | Role::Savepoint)
    {
        return Bearing::Nothing;
    }
    match words[..] {
        ["CREATE", "OR", "REPLACE", what, ..] | ["CREATE" | "ALTER" | "DROP", what, ..]
            if OF_THE_SERVER.contains(&what) =>
        {
            Bearing::Nothing
        }
        ["CREATE" | "DROP", "TEMPORARY", ..] | ["CREATE", "OR", "REPLACE", "TEMPORARY", ..] => {
            Bearing::Nothing
        }
        ["CREATE", "TABLE", ..] => of_table(&tokens[2..]),
        ["CREATE", "OR", "REPLACE", "TABLE", ..] => of_table(&tokens[4..]),
        ["ALTER", "TABLE", .., "DISABLE" | "ENABLE", "KEYS"] => Bearing::Nothing,
        ["SET", "STATEMENT", ..] => refused("SET STATEMENT"),
        ["SET", ..] => of_set(&tokens[1..]),
        ["CALL", ..] => refused("CALL"),
        ["PREPARE" | "EXECUTE" | "DEALLOCATE", ..] => refused("PREPARE"),
        ["BEGIN", "NOT", ..] => refused("BEGIN NOT ATOMIC"),
        ["SOURCE", ..] | ["\\", ".", ..] => Bearing::refused(
            "`source` is a command of the client, which is not followed",
            "name the file in `models`",
        ),
        ["\\", "U", ..] => Bearing::Nothing,
        [
            "INSTALL" | "UNINSTALL" | "SHUTDOWN" | "RESTART" | "CHANGE" | "START" | "STOP"
            | "PURGE",
            ..,
        ] => Bearing::Nothing,
        [first, ..] if NOTHING.contains(&first) => Bearing::Nothing,
        [] => Bearing::Nothing,
        _ => Bearing::Schema,
    }
}

fn refused(word: &str) -> Bearing {
    Bearing::refused(
        format!("what `{word}` makes is nothing that a file declares"),
        "write the statements themselves",
    )
}

/// `CREATE TABLE` with these tokens behind it.
fn of_table(tokens: &[Token]) -> Bearing {
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|it| it.is(word));
    let tokens = if is(0, "IF") && is(1, "NOT") && is(2, "EXISTS") { &tokens[3..] } else { tokens };
    let is_elsewhere = tokens.get(1).is_some_and(|it| it.is("."));
    match tokens.first().and_then(Token::name) {
        // What names a database is for the server to judge.
        Some(name) if !is_elsewhere => Bearing::Table(Name::new(name)),
        _ => Bearing::Schema,
    }
}

/// `SET` with these tokens behind it.
fn of_set(tokens: &[Token]) -> Bearing {
    let mut all = true;
    for assignment in tokens.split(|it| it.is(",")) {
        let skip = assignment.iter().take_while(|it| it.is("SESSION") || it.is("LOCAL")).count();
        all &= match &assignment[skip..] {
            // The text is UTF-8, whatever its head says.
            [names, charset, ..] if names.is("NAMES") => is_utf8(charset),
            [name, ..] if name.kind == TokenKind::Variable && !name.text.starts_with("@@") => true,
            [name, eq, value] if name.is("character_set_client") && eq.is("=") => {
                is_utf8(value) || value.kind == TokenKind::Variable
            }
            [name, ..] => {
                let text = name.text.to_ascii_lowercase();
                let text = text.trim_start_matches("@@").trim_start_matches("session.");
                SETTINGS.contains(&text)
            }
            [] => false,
        };
    }
    if all { Bearing::Setting } else { Bearing::Nothing }
}

fn is_utf8(charset: &Token) -> bool {
    let name = charset.text.trim_matches(['\'', '"', '`']);
    name.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("utf8"))
}

/// Takes out of events when they begin, where their statement does not say it: the server says it of
/// all.
pub(super) fn forget_moment(dialect: &MySql, found: &mut Schema, statements: &[&str]) {
    let events = found.objects.iter_mut().filter_map(|it| match it {
        Object::Definition(it) if it.kind == "event" => Some(it),
        _ => None,
    });
    for event in events {
        let says = |statement: &&&str| {
            let head = head_of_event(dialect, statement);
            let is_it = head.as_ref().is_some_and(|it| names(it, &event.name.name));
            is_it && head.is_some_and(|it| it.iter().any(|it| it.is("starts")))
        };
        if statements.iter().any(|it| says(&it)) {
            continue;
        }
        let Some(text) = event.definition.of(dialect.flavour.name()) else { continue };
        let head = head_of_event(dialect, text).unwrap_or_default();
        let at = head.iter().position(|it| it.is("starts"));
        if let Some([starts, moment]) = at.and_then(|at| head.get(at..at + 2)) {
            event.definition =
                Sql::new(format!("{}{}", text[..starts.at].trim_end(), &text[moment.end()..]));
        }
    }
}

/// The tokens up to the body, if the statement makes an event.
fn head_of_event<'a>(dialect: &MySql, statement: &'a str) -> Option<Vec<Token<'a>>> {
    let mut tokens = tokens_in(statement, dialect.mode).peekable();
    tokens.peek().filter(|it| it.is("create"))?;
    let head: Vec<Token> = tokens.take_while(|it| !it.is("do")).collect();
    head.iter().take(12).any(|it| it.is("event")).then_some(head)
}

fn names(head: &[Token], name: &str) -> bool {
    head.iter().any(|it| it.name().is_some_and(|it| it == name))
}

/// Statements that set back what a file may set.
///
/// # Errors
/// Whatever the server says.
pub(super) fn settings(dialect: &MySql, db: &mut dyn Connection) -> Result<Vec<String>, DbError> {
    let names = SETTINGS.map(|it| format!("@@{it}"));
    let row = db.query(&format!("SELECT {}", names.join(", ")), &[])?.into_iter().next();
    let set = |(name, value): (&str, Option<String>)| match value {
        Some(value) if value.bytes().all(|it| it.is_ascii_digit()) && !value.is_empty() => {
            format!("{name} = {value}")
        }
        Some(value) => format!("{name} = {}", literal(dialect.mode, &value)),
        None => format!("{name} = NULL"),
    };
    let set: Vec<String> = SETTINGS.into_iter().zip(row.unwrap_or_default()).map(set).collect();
    Ok(vec![format!("SET {}", set.join(", "))])
}

/// More than enough tokens to tell.
fn beginning<'a>(dialect: &MySql, statement: &'a str) -> Vec<Token<'a>> {
    let mut end = statement.len().min(2000);
    while !statement.is_char_boundary(end) {
        end -= 1;
    }
    tokens_in(&statement[..end], dialect.mode).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::super::split::cut;
    use super::*;
    use crate::dialect::mysql::Mode;

    #[test]
    fn comments_that_are_carried_out_are_parts_of_their_statements() {
        let file = "/*M!999999\\- enable the sandbox mode */ \n/*!40101 SET NAMES utf8mb4 */;\n\
                    CREATE TABLE t (a int) /*!50100 PARTITION BY HASH (a) */;\nUSE shop;\n\
                    DELIMITER ;;\n/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN SET @a = 1; END */;;\n\
                    DELIMITER ;\n/*!50003 SET sql_mode = '' */ ;\nsource a.sql\nCREATE TABLE u (a int)";
        let pieces = cut(file, Mode::default()).unwrap();
        assert!(pieces.iter().all(|it| file[it.at..].starts_with(it.sql)));
        let texts: Vec<&str> = pieces.iter().map(|it| it.sql).collect();
        assert_eq!(
            texts,
            [
                "/*!40101 SET NAMES utf8mb4 */",
                "CREATE TABLE t (a int) /*!50100 PARTITION BY HASH (a) */",
                "USE shop",
                "/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN SET @a = 1; END */",
                "/*!50003 SET sql_mode = '' */",
                "source a.sql",
                "CREATE TABLE u (a int)"
            ]
        );
    }

    #[test]
    fn what_statements_are_to_the_schema() {
        let dialect = MySql { schema: Some("shop".to_owned()), ..MySql::default() };
        let table = |name: &str| Bearing::Table(Name::new(name));
        for (statement, expected) in [
            ("create table if not exists `T` (a int)", table("T")),
            ("CREATE OR REPLACE TABLE t (a int)", table("t")),
            ("CREATE TEMPORARY TABLE t (a int)", Bearing::Nothing),
            (
                "CREATE TABLE `shop` . t (a int REFERENCES SHOP.u (a), shop.a int)",
                Bearing::Instead(
                    "CREATE TABLE          t (a int REFERENCES      u (a),      a int)".to_owned(),
                ),
            ),
            ("/*!50001 CREATE VIEW v AS SELECT 1 AS a */", Bearing::Schema),
            ("/*!40000 ALTER TABLE `t` DISABLE KEYS */", Bearing::Nothing),
            ("CREATE DATABASE /*!32312 IF NOT EXISTS*/ `shop`", Bearing::Nothing),
            ("DROP SCHEMA shop", Bearing::Nothing),
            ("USE shop", Bearing::Nothing),
            ("LOCK TABLES `t` WRITE", Bearing::Nothing),
            (
                "/*!50106 CREATE*/ /*!50117 DEFINER=`a`@`b`*/ /*!50106 EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1 */",
                Bearing::Instead(
                    "/*!50106 CREATE*/ /*!50117                */ /*!50106 EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1 */"
                        .to_owned(),
                ),
            ),
            (
                "CREATE DEFINER = CURRENT_USER() FUNCTION f() RETURNS int RETURN 1",
                Bearing::Instead(
                    "CREATE                          FUNCTION f() RETURNS int RETURN 1".to_owned(),
                ),
            ),
            ("SET FOREIGN_KEY_CHECKS=0", Bearing::Setting),
            ("SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO'", Bearing::Setting),
            ("SET SESSION sql_mode = ''", Bearing::Setting),
            ("SET NAMES latin1", Bearing::Nothing),
            ("SET @@GLOBAL.GTID_PURGED='a'", Bearing::Nothing),
            ("SET GLOBAL sql_mode = ''", Bearing::Nothing),
            ("SET autocommit = 0", Bearing::Nothing),
            ("SET sql_mode = '', PERSIST max_connections = 1", Bearing::Nothing),
            ("INSERT INTO t VALUES (1)", Bearing::Nothing),
            ("GRANT ALL ON *.* TO a", Bearing::Nothing),
            ("COMMIT", Bearing::Nothing),
        ] {
            assert_eq!(bearing(&dialect, statement), expected, "{statement}");
        }
        for statement in ["CALL p()", "source a.sql", "\\. a.sql", "EXECUTE s"] {
            assert!(matches!(bearing(&dialect, statement), Bearing::Refused(_)), "{statement}");
        }
    }
}
