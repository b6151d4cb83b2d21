//! Parting a script into statements, as the `sqlite3` client does.
//!
//! A statement ends at a semicolon; one that makes a trigger ends at the semicolon behind the
//! `END` that itself follows a semicolon: <https://sqlite.org/c3ref/complete.html>.

use crate::dialect::{Piece, SplitError};

/// The statements of `script`, without the comments around them.
///
/// # Errors
/// When a string, a quoted name, a comment or the body of a trigger is never closed.
pub(super) fn split(script: &str) -> Result<Vec<Piece<'_>>, SplitError> {
    let mut scanner = Scanner { bytes: script.as_bytes(), at: 0 };
    let mut pieces = Vec::new();
    let mut statement: Option<Statement> = None;
    while let Some(token) = scanner.next()? {
        let text = &script[token.clone()];
        if text == ";" && !statement.as_ref().is_some_and(Statement::in_body) {
            pieces.extend(statement.take().map(|it| it.piece(script)));
        } else {
            statement.get_or_insert(Statement::new(token.start)).add(text, token.end);
        }
    }
    match statement {
        Some(it) if it.in_body() => Err(SplitError { what: "the body of a trigger", at: it.start }),
        last => {
            pieces.extend(last.map(|it| it.piece(script)));
            Ok(pieces)
        }
    }
}

/// A statement that is being read.
struct Statement {
    start: usize,
    end: usize,
    state: State,
}

/// What the words so far say about where the statement ends.
#[derive(Clone, Copy, PartialEq)]
enum State {
    /// Nothing yet, or only `EXPLAIN`.
    Start,
    /// `CREATE`, or `CREATE TEMP`.
    Create,
    /// It makes no trigger.
    Plain,
    /// Within a statement of a trigger's body, or before the first one.
    Trigger,
    /// Behind a semicolon in a trigger's body.
    Semicolon,
    /// Behind `END` behind that semicolon.
    End,
}

impl Statement {
    fn new(start: usize) -> Statement {
        Statement { start, end: start, state: State::Start }
    }

    fn add(&mut self, token: &str, end: usize) {
        let is = |words: &[&str]| words.iter().any(|word| token.eq_ignore_ascii_case(word));
        self.end = end;
        self.state = match self.state {
            State::Start if is(&["EXPLAIN", "QUERY", "PLAN"]) => State::Start,
            State::Start if is(&["CREATE"]) => State::Create,
            State::Create if is(&["TEMP", "TEMPORARY"]) => State::Create,
            State::Create if is(&["TRIGGER"]) => State::Trigger,
            State::Start | State::Create | State::Plain => State::Plain,
            State::Semicolon if is(&["END"]) => State::End,
            State::Trigger | State::Semicolon | State::End if token == ";" => State::Semicolon,
            State::Trigger | State::Semicolon | State::End => State::Trigger,
        };
    }

    /// Whether a semicolon here ends nothing, as this is the body of a trigger.
    fn in_body(&self) -> bool {
        matches!(self.state, State::Trigger | State::Semicolon)
    }

    fn piece(self, script: &str) -> Piece<'_> {
        Piece { sql: &script[self.start..self.end], at: self.start }
    }
}

/// Reads tokens, as far as parting needs them apart. Everything it looks at is ASCII, so every
/// offset is one between characters.
struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    /// Where the next token stands; blanks and comments are passed over.
    fn next(&mut self) -> Result<Option<std::ops::Range<usize>>, SplitError> {
        loop {
            let start = self.at;
            let Some(byte) = self.peek(0) else { return Ok(None) };
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => self.at += 1,
                // A byte order mark is a blank to SQLite, wherever it stands.
                0xef if self.bytes[start..].starts_with("\u{feff}".as_bytes()) => self.at += 3,
                b'-' if self.peek(1) == Some(b'-') => {
                    self.take_while(|byte| byte != b'\n');
                }
                b'/' if self.peek(1) == Some(b'*') => {
                    self.at += 2;
                    self.take_until(b"*/", "a comment", start)?;
                }
                b'\'' => return self.quoted(b'\'', "a string").map(Some),
                b'"' | b'`' => return self.quoted(byte, "a quoted name").map(Some),
                b'[' => {
                    self.take_until(b"]", "a quoted name", start)?;
                    return Ok(Some(start..self.at));
                }
                b'$' | b'@' | b'#' | b':' => return Ok(Some(self.variable())),
                byte if is_word(byte) => {
                    self.take_while(is_word);
                    return Ok(Some(start..self.at));
                }
                _ => {
                    self.at += 1;
                    return Ok(Some(start..self.at));
                }
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn take_while(&mut self, keep: impl Fn(u8) -> bool) {
        while self.peek(0).is_some_and(&keep) {
            self.at += 1;
        }
    }

    fn take_until(
        &mut self,
        end: &[u8],
        what: &'static str,
        start: usize,
    ) -> Result<(), SplitError> {
        let found = self.bytes[self.at..].windows(end.len()).position(|it| it == end);
        match found {
            Some(found) => {
                self.at += found + end.len();
                Ok(())
            }
            None => Err(SplitError { what, at: start }),
        }
    }

    /// Something in quotes; a doubled quote closes nothing.
    fn quoted(
        &mut self,
        quote: u8,
        what: &'static str,
    ) -> Result<std::ops::Range<usize>, SplitError> {
        let start = self.at;
        loop {
            self.at += 1;
            self.take_until(&[quote], what, start)?;
            if self.peek(0) != Some(quote) {
                return Ok(start..self.at);
            }
        }
    }

    /// A parameter like `:name`, or `$name(anything)` as Tcl has it, where a semicolon ends
    /// nothing.
    fn variable(&mut self) -> std::ops::Range<usize> {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            if is_word(byte) {
                self.at += 1;
            } else if byte == b':' && self.peek(1) == Some(b':') {
                self.at += 2;
            } else {
                break;
            }
        }
        if self.peek(0) == Some(b'(') && self.bytes[start + 1..self.at].iter().any(|b| is_word(*b))
        {
            let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0x0b;
            let inner = &self.bytes[self.at..];
            let end = inner.iter().position(|byte| *byte == b')' || blank(byte));
            if let Some(end) = end.filter(|end| inner[*end] == b')') {
                self.at += end + 1;
            }
        }
        start..self.at
    }
}

/// Bytes of names, keywords and numbers.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::fallible_iterator::FallibleIterator;

    use super::*;
    use crate::schema::sql::tokens;

    fn pieces(script: &str) -> Vec<&str> {
        split(script).unwrap().iter().map(|piece| piece.sql).collect()
    }

    #[test]
    fn statements_end_at_semicolons() {
        assert_eq!(pieces("SELECT 1; SELECT 2"), ["SELECT 1", "SELECT 2"]);
        assert_eq!(pieces(" ;;\n; SELECT ';' ; ;"), ["SELECT ';'"]);
        assert_eq!(pieces(""), [""; 0]);
        assert_eq!(pieces("-- nothing; at all\n/* ; */"), [""; 0]);
        assert_eq!(
            pieces("\u{feff}-- a;\nSELECT 'it''s;' AS \"a\"\";\", [b;], `c``;` /* ; */ -- ;\n;x"),
            ["SELECT 'it''s;' AS \"a\"\";\", [b;], `c``;`", "x"]
        );
        assert_eq!(pieces("SELECT $a::b(;), :c; SELECT 2"), ["SELECT $a::b(;), :c", "SELECT 2"]);
        assert_eq!(pieces("SELECT /*/ ; */ 1; --"), ["SELECT /*/ ; */ 1"]);
    }

    #[test]
    fn pieces_know_where_they_begin() {
        let script = "-- one\nSELECT 1;\n  SELECT 'é';\nSELECT 3";
        for piece in split(script).unwrap() {
            assert_eq!(script[piece.at..].find(piece.sql), Some(0));
        }
    }

    #[test]
    fn triggers_end_behind_their_end() {
        let trigger = "create /* ; */ temp trigger g after insert on t begin\n\
            select case when 1 then 2 end; update t set a = 'end;'; -- end;\nend";
        let script = format!("{trigger};\nSELECT 1;\n{trigger}");
        assert_eq!(pieces(&script), [trigger, "SELECT 1", trigger]);
        assert_eq!(
            pieces("EXPLAIN CREATE TRIGGER g DELETE ON t BEGIN SELECT 1; END; SELECT 2"),
            ["EXPLAIN CREATE TRIGGER g DELETE ON t BEGIN SELECT 1; END", "SELECT 2"]
        );
        assert_eq!(
            pieces("CREATE TABLE trigger(a); END; x"),
            ["CREATE TABLE trigger(a)", "END", "x"]
        );
    }

    #[test]
    fn what_is_never_closed_is_named() {
        let mistake = |script: &str| {
            let error = split(script).unwrap_err();
            (error.to_string(), error.at)
        };
        assert_eq!(mistake("SELECT 1; 'a;"), ("a string is never closed".to_owned(), 10));
        assert_eq!(mistake("é \"a\"\""), ("a quoted name is never closed".to_owned(), 3));
        assert_eq!(mistake("[a"), ("a quoted name is never closed".to_owned(), 0));
        assert_eq!(mistake("`"), ("a quoted name is never closed".to_owned(), 0));
        assert_eq!(mistake("a /*/"), ("a comment is never closed".to_owned(), 2));
        assert_eq!(
            mistake("; CREATE TRIGGER g DELETE ON t BEGIN SELECT 1; END SELECT 2;"),
            ("the body of a trigger is never closed".to_owned(), 2)
        );
    }

    /// Blanks and comments, which may stand between any two tokens.
    fn blank() -> impl Strategy<Value = String> {
        let blanks = ["", " ", "\n", "\t\x0c", "/* ; ' */", "/**/", "-- ; \" end;\n", "\u{feff} "];
        prop::collection::vec(prop::sample::select(blanks.to_vec()), 1..4)
            .prop_map(|parts| format!(" {}", parts.concat()))
    }

    /// An expression that any statement may hold.
    fn expression() -> impl Strategy<Value = String> {
        let expressions = [
            "1",
            "'a;''b'",
            "'--'",
            "'/*'",
            "x'00ff'",
            "CASE WHEN 1 THEN 2 ELSE 3 END",
            "(SELECT \"a;\"\"\" FROM (SELECT 1 AS \"a;\"\"\"))",
            "(SELECT [b;'] FROM (SELECT 1 AS [b;']))",
            "(SELECT `c;``` FROM (SELECT 1 AS `c;```))",
            "'é;'",
        ];
        prop::sample::select(expressions.to_vec()).prop_map(str::to_owned)
    }

    fn statement() -> impl Strategy<Value = String> {
        let shape = prop::sample::select(vec![
            "SELECT ~ @",
            "select ~ @ ~ , ~ @",
            "INSERT INTO t VALUES (~ @ ~ )",
            "UPDATE ~ t ~ SET a = @",
            "CREATE TEMP TABLE IF NOT EXISTS \"end;\" ( a ~ DEFAULT ~ 1)",
            "EXPLAIN ~ SELECT @",
            "EXPLAIN QUERY PLAN SELECT @",
            "DROP TRIGGER IF EXISTS g",
            "CREATE TRIGGER IF NOT EXISTS g ~ AFTER INSERT ON t BEGIN ~ SELECT @; ~ END",
            "create ~ temporary ~ trigger if not exists h instead of delete on v begin \
             update t set a = @ ~ ; insert into t values ( @ ) ; delete from t ; ~ end",
            "CREATE TRIGGER IF NOT EXISTS i UPDATE ON t WHEN @ BEGIN SELECT ~ @ ~ ; END ~",
            "",
        ]);
        let blanks = prop::collection::vec(blank(), 6);
        let expressions = prop::collection::vec(expression(), 4);
        (shape, blanks, expressions).prop_map(|(shape, blanks, expressions)| {
            let (mut blanks, mut expressions) = (blanks.iter(), expressions.iter());
            let mut statement = String::new();
            for letter in shape.chars() {
                match letter {
                    '~' => statement.extend(blanks.next().map(String::as_str)),
                    '@' => statement.extend(expressions.next().map(String::as_str)),
                    other => statement.push(other),
                }
            }
            statement
        })
    }

    /// The tokens of a statement without the semicolons around it.
    fn bare(sql: &str) -> Vec<String> {
        let sql = sql.replace('\u{feff}', " ");
        let tokens = tokens(&sql);
        let from = tokens.iter().take_while(|token| token.is(";")).count();
        let behind = tokens[from..].iter().rev().take_while(|token| token.is(";")).count();
        let tokens = &tokens[from..tokens.len() - behind];
        tokens.iter().map(|token| token.text.to_owned()).collect()
    }

    /// The statements SQLite itself reads in a script.
    fn parsed(script: &str) -> Vec<Vec<String>> {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE t(a); CREATE VIEW v AS SELECT a FROM t").unwrap();
        let mut batch = rusqlite::Batch::new(&db, script);
        let mut found = Vec::new();
        while let Some(mut statement) = batch.next().unwrap() {
            found.push(bare(&statement.expanded_sql().unwrap_or_default()));
            let mut rows = statement.raw_query();
            while rows.next().unwrap().is_some() {}
        }
        found.retain(|statement| !statement.is_empty());
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn sqlite_reads_the_same_statements(
            statements in prop::collection::vec((statement(), blank()), 0..6),
            last in any::<bool>(),
        ) {
            let mut script = String::new();
            for (index, (statement, blank)) in statements.iter().enumerate() {
                script.push_str(statement);
                script.push_str(blank);
                if last || index + 1 < statements.len() {
                    script.push(';');
                }
            }
            let found: Vec<_> = split(&script).unwrap().iter().map(|it| bare(it.sql)).collect();
            prop_assert_eq!(found, parsed(&script));
        }

        #[test]
        fn anything_can_be_split(script in "([;'\"\\[\\]`$():*/\\- a-zé\u{feff}\n]|END|CREATE|TRIGGER ){0,40}") {
            if let Ok(pieces) = split(&script) {
                for piece in pieces {
                    prop_assert_eq!(piece.sql, piece.sql.trim_matches([' ', '\n', ';']));
                    prop_assert!(script[piece.at..].starts_with(piece.sql));
                }
            }
        }
    }
}
