//! Parting a script into statements, as `psql` does.

use super::lexer::Lexer;
use crate::dialect::{Piece, SplitError};

/// The statements of `script`, without the comments around them. One ends at a semicolon outside
/// of parentheses, and outside of the body of a function in standard SQL (`BEGIN ATOMIC ... END`).
///
/// # Errors
/// When a string, a quoted name, a comment or a body is never closed.
pub(super) fn split(script: &str) -> Result<Vec<Piece<'_>>, SplitError> {
    let mut lexer = Lexer::new(script);
    let mut pieces = Vec::new();
    let mut statement: Option<Statement> = None;
    let unclosed = |it: super::lexer::Unclosed| SplitError { what: it.what, at: it.at };
    while let Some(token) = lexer.next().map_err(unclosed)? {
        let is_end = token.is(";") && !statement.as_ref().is_some_and(Statement::is_within);
        if is_end {
            pieces.extend(statement.take().map(|it| it.piece(script)));
        } else {
            let statement = statement.get_or_insert(Statement::new(token.at));
            statement.add(&token);
        }
    }
    match statement {
        Some(it) if it.blocks > 0 => {
            Err(SplitError { what: "the body of a function", at: it.start })
        }
        last => {
            pieces.extend(last.map(|it| it.piece(script)));
            Ok(pieces)
        }
    }
}

/// The statements of a file as `psql` reads it: its own commands, which begin with a backslash and
/// end with the line, are pieces, too; the rows behind `COPY ... FROM stdin` are none.
///
/// # Errors
/// As [`split`].
pub(super) fn cut(file: &str) -> Result<Vec<Piece<'_>>, SplitError> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    loop {
        let (end, interruption) = up_to_interruption(file, begin)?;
        let unclosed = |it: SplitError| SplitError { at: begin + it.at, ..it };
        let found = split(&file[begin..end]).map_err(unclosed)?;
        pieces.extend(found.into_iter().map(|it| Piece { at: begin + it.at, ..it }));
        let line = file[end..].find('\n').map_or(file.len(), |it| end + it + 1);
        begin = match interruption {
            Some(Interruption::Command) => {
                pieces.push(Piece { sql: file[end..line].trim_end(), at: end });
                line
            }
            Some(Interruption::Rows) => behind_rows(file, line),
            None => return Ok(pieces),
        };
    }
}

/// What stands between statements.
enum Interruption {
    /// A command of the client.
    Command,
    /// Rows, from the next line on.
    Rows,
}

/// Where the next interruption begins.
fn up_to_interruption(
    file: &str,
    from: usize,
) -> Result<(usize, Option<Interruption>), SplitError> {
    let mut lexer = Lexer::new(&file[from..]);
    let mut words: Vec<String> = Vec::new();
    let unclosed = |it: super::lexer::Unclosed| SplitError { what: it.what, at: from + it.at };
    while let Some(token) = lexer.next().map_err(unclosed)? {
        if token.text == "\\" {
            return Ok((from + token.at, Some(Interruption::Command)));
        }
        if !token.is(";") {
            words.push(token.text.to_uppercase());
            continue;
        }
        let brings_rows = words.first().is_some_and(|it| it == "COPY")
            && words.windows(2).any(|it| it == ["FROM", "STDIN"]);
        if brings_rows {
            return Ok((from + token.end(), Some(Interruption::Rows)));
        }
        words.clear();
    }
    Ok((file.len(), None))
}

/// Where what follows the rows begins, that stand from `at` on.
fn behind_rows(file: &str, at: usize) -> usize {
    let mut end = at;
    for line in file[at..].split_inclusive('\n') {
        end += line.len();
        if line.trim_end() == "\\." {
            break;
        }
    }
    end
}

/// A statement that is being read.
struct Statement {
    start: usize,
    end: usize,
    parentheses: usize,
    /// How many `BEGIN` and `CASE` wait for their `END`, in a routine's body.
    blocks: usize,
    /// Its first words, in upper case: `CREATE OR REPLACE FUNCTION`.
    words: Vec<String>,
}

impl Statement {
    fn new(start: usize) -> Statement {
        Statement { start, end: start, parentheses: 0, blocks: 0, words: Vec::new() }
    }

    fn add(&mut self, token: &super::lexer::Token) {
        self.end = token.end();
        match token.text {
            "(" => self.parentheses += 1,
            ")" => self.parentheses = self.parentheses.saturating_sub(1),
            _ => {}
        }
        if self.words.len() < 4 {
            self.words.push(token.text.to_uppercase());
        }
        if self.is_routine() && self.parentheses == 0 {
            let opens = token.is("BEGIN") || self.blocks > 0 && token.is("CASE");
            let closes = self.blocks > 0 && token.is("END");
            self.blocks = self.blocks + usize::from(opens) - usize::from(closes);
        }
    }

    /// Whether it makes a function or a procedure, whose body may hold statements.
    fn is_routine(&self) -> bool {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        matches!(
            words[..],
            ["CREATE", "FUNCTION" | "PROCEDURE", ..]
                | ["CREATE", "OR", "REPLACE", "FUNCTION" | "PROCEDURE"]
        )
    }

    fn is_within(&self) -> bool {
        self.parentheses > 0 || self.blocks > 0
    }

    fn piece(self, script: &str) -> Piece<'_> {
        Piece { sql: &script[self.start..self.end], at: self.start }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_end_where_psql_ends_them() {
        let body = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END";
        let cases: [(&str, &[&str]); 7] = [
            ("", &[]),
            (" ; ;-- nothing\n;", &[]),
            ("SELECT 1; -- a;b\nSELECT ';' /* ; */", &["SELECT 1", "SELECT ';'"]),
            (
                "DO $$ BEGIN PERFORM 1; END $$; SELECT 2;",
                &["DO $$ BEGIN PERFORM 1; END $$", "SELECT 2"],
            ),
            (
                "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); BEGIN; COMMIT",
                &["CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)", "BEGIN", "COMMIT"],
            ),
            ("SELECT E'\\';'; SELECT 1", &["SELECT E'\\';'", "SELECT 1"]),
            (&format!("{body}; SELECT 3"), &[body, "SELECT 3"]),
        ];
        for (script, expected) in cases {
            let pieces = split(script).unwrap();
            let found: Vec<_> = pieces.iter().map(|it| it.sql).collect();
            assert_eq!(found, expected, "{script}");
            assert!(pieces.iter().all(|it| script[it.at..].starts_with(it.sql)));
        }
    }

    #[test]
    fn what_is_never_closed_is_named() {
        let error = split("SELECT 1; SELECT $a$ b").unwrap_err();
        assert_eq!(error, SplitError { what: "a string between dollars", at: 17 });
        let error = split(" CREATE PROCEDURE p() BEGIN ATOMIC SELECT 1;").unwrap_err();
        assert_eq!(error, SplitError { what: "the body of a function", at: 1 });
    }
}
