//! Parting a script into statements.
//!
//! As the servers' own client does, but that the body of a routine, a trigger or an event is known
//! without `DELIMITER`. That word is the client's, and is understood where it stands.

use super::lexer::{Lexer, Mode, Token, TokenKind, Unclosed};
use crate::dialect::{Piece, SplitError};

/// The statements of `script`, without the comments around them.
///
/// # Errors
/// When a string, a quoted name, a comment or a body is never closed.
pub(super) fn split(script: &str, mode: Mode) -> Result<Vec<Piece<'_>>, SplitError> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut delimiter = ";".to_owned();
    while at < script.len() {
        let (stretch, next) = up_to_delimiter_line(script, at, mode);
        match &*delimiter {
            ";" => statements(script, at, stretch, mode, &mut pieces)?,
            other => delimited(script, at, stretch, mode, other, &mut pieces)?,
        }
        at = match next {
            Some((word, behind)) => {
                delimiter = word;
                behind
            }
            None => script.len(),
        };
    }
    Ok(pieces)
}

/// The statements of a file as the client reads it: its own commands that could mean something to a
/// schema are pieces, too.
///
/// # Errors
/// As [`split`].
pub(super) fn cut(file: &str, mode: Mode) -> Result<Vec<Piece<'_>>, SplitError> {
    let mut pieces = Vec::new();
    for piece in split(file, mode)? {
        commands(piece, &mut pieces);
    }
    Ok(pieces)
}

/// Parts a piece that begins with lines that are commands of the client: they end with their line.
fn commands<'a>(piece: Piece<'a>, pieces: &mut Vec<Piece<'a>>) {
    let mut rest = piece;
    while let Some(word) = rest.sql.split_whitespace().next()
        && COMMANDS.iter().any(|it| word.eq_ignore_ascii_case(it))
    {
        let end = rest.sql.find('\n').unwrap_or(rest.sql.len());
        pieces.push(Piece { sql: rest.sql[..end].trim_end(), at: rest.at });
        let behind = rest.sql[end..].trim_start();
        rest = Piece { sql: behind, at: rest.at + rest.sql.len() - behind.len() };
    }
    if !rest.sql.is_empty() {
        pieces.push(rest);
    }
}

/// Words with which a line begins that is for the client, and needs no semicolon.
const COMMANDS: [&str; 4] = ["use", "source", "\\.", "\\u"];

/// Where the next line `DELIMITER ...` begins, and the word and the place behind it. Within a string or a
/// comment it is none.
fn up_to_delimiter_line(script: &str, from: usize, mode: Mode) -> (usize, Option<(String, usize)>) {
    let mut at = from;
    for line in script[from..].split_inclusive('\n') {
        let word = line.trim_start().get(..9).filter(|it| it.eq_ignore_ascii_case("delimiter"));
        let rest = word.map(|_| &line.trim_start()[9..]).filter(|it| it.starts_with([' ', '\t']));
        if let Some(word) = rest.and_then(|it| it.split_whitespace().next())
            && is_closed(&script[from..at], mode)
        {
            return (at, Some((word.to_owned(), at + line.len())));
        }
        at += line.len();
    }
    (script.len(), None)
}

/// Whether every string, quoted name and comment ends that begins here.
fn is_closed(text: &str, mode: Mode) -> bool {
    let mut lexer = Lexer::new(text, mode);
    loop {
        match lexer.next() {
            Ok(Some(_)) => {}
            Ok(None) => return true,
            Err(_) => return false,
        }
    }
}

fn unclosed(offset: usize) -> impl Fn(Unclosed) -> SplitError {
    move |it| SplitError { what: it.what, at: offset + it.at }
}

/// The statements between `from` and `to`, ended by semicolons.
fn statements<'a>(
    script: &'a str,
    from: usize,
    to: usize,
    mode: Mode,
    pieces: &mut Vec<Piece<'a>>,
) -> Result<(), SplitError> {
    let mut lexer = Lexer::new(&script[from..to], mode);
    let mut statement: Option<Statement> = None;
    while let Some(token) = lexer.next().map_err(unclosed(from))? {
        let closed = lexer.executable_to();
        if token.is(";") && statement.as_ref().is_none_or(|it| it.blocks == 0) {
            pieces.extend(statement.take().map(|it| it.closed(closed).piece(script, from)));
        } else {
            let begin = || Statement::new(lexer.executable_from().unwrap_or(token.at));
            statement.get_or_insert_with(begin).add(&token);
        }
    }
    let statement = statement.map(|it| it.closed(lexer.executable_to()));
    match statement {
        Some(it) if it.blocks > 0 => {
            Err(SplitError { what: "the body of a routine", at: from + it.start })
        }
        last => {
            pieces.extend(last.map(|it| it.piece(script, from)));
            Ok(())
        }
    }
}

/// The statements between `from` and `to`, ended by `delimiter`.
fn delimited<'a>(
    script: &'a str,
    from: usize,
    to: usize,
    mode: Mode,
    delimiter: &str,
    pieces: &mut Vec<Piece<'a>>,
) -> Result<(), SplitError> {
    let text = &script[from..to];
    let mut begin = 0;
    while begin < text.len() {
        let mut lexer = Lexer::new(&text[begin..], mode);
        let mut statement: Option<(usize, usize)> = None;
        let mut end = text.len();
        while let Some(token) = lexer.next().map_err(unclosed(from + begin))? {
            let at = begin + token.at;
            let first = begin + lexer.executable_from().unwrap_or(token.at);
            let plain = !matches!(token.kind, TokenKind::String | TokenKind::Quoted);
            // A word may end with it: `END$$`.
            let found = plain.then(|| token.text.find(delimiter)).flatten();
            let found = found.or_else(|| text[at..].starts_with(delimiter).then_some(0));
            if let Some(within) = found.filter(|_| plain) {
                if within > 0 {
                    statement = Some((statement.map_or(first, |it| it.0), at + within));
                }
                let closed = begin + lexer.executable_to();
                statement = statement.map(|(start, stop)| (start, stop.max(closed)));
                end = at + within + delimiter.len();
                break;
            }
            statement = Some((statement.map_or(first, |it| it.0), begin + token.end()));
        }
        if end == text.len() {
            let closed = begin + lexer.executable_to();
            statement = statement.map(|(start, stop)| (start, stop.max(closed)));
        }
        if let Some((start, stop)) = statement {
            pieces.push(Piece { sql: &text[start..stop], at: from + start });
        }
        begin = end;
    }
    Ok(())
}

/// A statement that is being read.
struct Statement {
    start: usize,
    end: usize,
    /// How many blocks wait for their `END`, in the body of a routine.
    blocks: usize,
    /// Whether it makes something that has a body.
    has_body: bool,
    /// Its first words, in upper case.
    words: Vec<String>,
    /// The word before, in upper case.
    last: String,
}

impl Statement {
    fn new(start: usize) -> Statement {
        Statement {
            start,
            end: start,
            blocks: 0,
            has_body: false,
            words: Vec::new(),
            last: String::new(),
        }
    }

    fn add(&mut self, token: &Token) {
        /// More than stand before the word that says what is made.
        const WORDS: usize = 16;
        self.end = token.end();
        let word = match token.kind {
            TokenKind::Word => token.text.to_uppercase(),
            _ => String::new(),
        };
        if self.words.len() < WORDS && !self.has_body && token.kind == TokenKind::Word {
            self.words.push(word.clone());
            let first = self.words.first().map(String::as_str);
            self.has_body = matches!(first, Some("CREATE" | "ALTER"))
                && matches!(&*word, "TRIGGER" | "PROCEDURE" | "FUNCTION" | "EVENT" | "PACKAGE");
        }
        // MariaDB runs a block without a routine.
        let stands_alone = self.words.starts_with(&["BEGIN".to_owned(), "NOT".to_owned()]);
        if self.has_body || stands_alone {
            match &*word {
                "BEGIN" | "CASE" if self.last != "END" => self.blocks += 1,
                "IF" | "LOOP" | "REPEAT" | "WHILE" | "FOR" if self.last == "END" => {}
                // What they open ends with their own words.
                "END" => self.blocks = self.blocks.saturating_sub(1),
                _ => {}
            }
            // `END IF` closes no block.
            if self.last == "END" && matches!(&*word, "IF" | "LOOP" | "REPEAT" | "WHILE" | "FOR") {
                self.blocks += 1;
            }
            if stands_alone && self.blocks == 0 && word == "NOT" {
                self.blocks = 1;
            }
        }
        self.last = word;
    }

    /// The same, up to the end of a comment that the server carries out and that ends behind it.
    fn closed(self, at: usize) -> Statement {
        Statement { end: self.end.max(at), ..self }
    }

    fn piece(self, script: &str, offset: usize) -> Piece<'_> {
        let (start, end) = (offset + self.start, offset + self.end);
        Piece { sql: &script[start..end], at: start }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(script: &str) -> Vec<&str> {
        let pieces = split(script, Mode::default()).unwrap();
        assert!(pieces.iter().all(|it| script[it.at..].starts_with(it.sql)));
        pieces.into_iter().map(|it| it.sql).collect()
    }

    #[test]
    fn statements_end_where_the_client_ends_them() {
        let trigger = "CREATE DEFINER=`a`@'%' TRIGGER t BEFORE INSERT ON u FOR EACH ROW BEGIN IF NEW.a THEN SET NEW.b = CASE WHEN 1 THEN 2 END; END IF; WHILE 0 DO SET @a = 1; END WHILE; CASE a WHEN 1 THEN SELECT 1; END CASE; END";
        let cases: [(&str, &[&str]); 10] = [
            ("", &[]),
            (" ; ;-- nothing\n;", &[]),
            ("SELECT 1; -- a;b\nSELECT ';' # ;\n/* ; */", &["SELECT 1", "SELECT ';'"]),
            ("SELECT 'a\\';'; SELECT \";\", `;`", &["SELECT 'a\\';'", "SELECT \";\", `;`"]),
            (&format!("{trigger}; SELECT 3"), &[trigger, "SELECT 3"]),
            ("BEGIN; SELECT 1; COMMIT", &["BEGIN", "SELECT 1", "COMMIT"]),
            (
                "BEGIN NOT ATOMIC SELECT 1; SELECT 2; END; SELECT 3",
                &["BEGIN NOT ATOMIC SELECT 1; SELECT 2; END", "SELECT 3"],
            ),
            (
                "SELECT 1;\nDELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT 1; END$$\nSELECT 2 $$\ndelimiter ;\nSELECT 3;",
                &["SELECT 1", "CREATE PROCEDURE p() BEGIN SELECT 1; END", "SELECT 2", "SELECT 3"],
            ),
            (
                "SELECT 'a\nDELIMITER $$\nb'; /*\nDELIMITER $$\n*/ SELECT 2;\nDELIMITER $$\nSELECT 3;$$",
                &["SELECT 'a\nDELIMITER $$\nb'", "SELECT 2", "SELECT 3;"],
            ),
            ("DELIMITER //\nSELECT 1;// SELECT '//' //\n", &["SELECT 1;", "SELECT '//'"]),
        ];
        for (script, expected) in cases {
            assert_eq!(texts(script), expected, "{script}");
        }
    }

    #[test]
    fn what_is_never_closed_is_named() {
        let error = split("SELECT 1; SELECT 'a", Mode::default()).unwrap_err();
        assert_eq!(error, SplitError { what: "a string", at: 17 });
        let error = split(" CREATE PROCEDURE p() BEGIN SELECT 1;", Mode::default()).unwrap_err();
        assert_eq!(error, SplitError { what: "the body of a routine", at: 1 });
    }
}
