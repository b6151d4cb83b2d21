//! The tokens of SQL as MySQL and MariaDB read them.
//!
//! See <https://dev.mysql.com/doc/refman/8.4/en/language-structure.html>.

/// The settings of `sql_mode` that change how a text is read and written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mode {
    /// `ANSI_QUOTES`: double quotes hold a name, not a string.
    pub ansi_quotes: bool,
    /// `NO_BACKSLASH_ESCAPES`: a backslash in a string is one.
    pub no_backslash_escapes: bool,
    /// `PIPES_AS_CONCAT`: `||` joins texts.
    pub pipes_as_concat: bool,
}

impl Mode {
    /// The mode of which the server says `sql_mode`.
    pub fn of(sql_mode: &str) -> Mode {
        let has = |name: &str| sql_mode.split(',').any(|it| it.eq_ignore_ascii_case(name));
        Mode {
            ansi_quotes: has("ANSI_QUOTES"),
            no_backslash_escapes: has("NO_BACKSLASH_ESCAPES"),
            pipes_as_concat: has("PIPES_AS_CONCAT"),
        }
    }
}

/// What a stretch of SQL is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// An unquoted name or keyword.
    Word,
    /// A name in backticks, or in double quotes where they hold names.
    Quoted,
    /// A string, with a letter that stands before it (`x'00'`, `b'1'`, `N'a'`).
    String,
    /// A number.
    Number,
    /// `@a`, `@@a`, with the name behind it.
    Variable,
    /// An operator of one or more characters.
    Operator,
    /// Parentheses, commas, semicolons, dots.
    Symbol,
}

/// One token, with its text as written and the byte at which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// What it is.
    pub(super) kind: TokenKind,
    /// Its text, quotes included.
    pub(super) text: &'a str,
    /// The offset of its first byte.
    pub(super) at: usize,
    /// Whether a backslash in it escapes.
    escapes: bool,
}

impl Token<'_> {
    /// Whether this is the keyword or symbol `word`, in any case.
    pub(super) fn is(&self, word: &str) -> bool {
        !matches!(self.kind, TokenKind::Quoted | TokenKind::String)
            && self.text.eq_ignore_ascii_case(word)
    }

    /// The offset behind its last byte.
    pub(super) fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// The name this token stands for, without its quotes. How it is written counts: the names of
    /// tables may differ in their case.
    pub(super) fn name(&self) -> Option<String> {
        match self.kind {
            TokenKind::Word => Some(self.text.to_owned()),
            TokenKind::Quoted => {
                let quote = self.text.chars().next()?;
                let inner = self.text.strip_prefix(quote)?;
                let inner = inner.strip_suffix(quote).unwrap_or(inner);
                Some(inner.replace(&format!("{quote}{quote}"), &quote.to_string()))
            }
            _ => None,
        }
    }

    /// The text of a string in quotes that has no letter before it, or an `N`.
    pub(super) fn string(&self) -> Option<String> {
        let text = self.text.strip_prefix(['n', 'N']).unwrap_or(self.text);
        let quote = text.chars().next().filter(|it| matches!(it, '\'' | '"'))?;
        let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
        (self.kind == TokenKind::String).then(|| unescape(inner, quote, self.escapes))
    }
}

/// What stands between quotes, without doubled ones and, with `escapes`, without backslashes.
fn unescape(inner: &str, quote: char, escapes: bool) -> String {
    let mut text = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(it) = characters.next() {
        match it {
            '\\' if escapes => match characters.next() {
                Some('0') => text.push('\0'),
                Some('b') => text.push('\u{8}'),
                Some('n') => text.push('\n'),
                Some('r') => text.push('\r'),
                Some('t') => text.push('\t'),
                Some('Z') => text.push('\u{1a}'),
                // For LIKE.
                Some(wild @ ('%' | '_')) => text.extend(['\\', wild]),
                Some(other) => text.push(other),
                None => {}
            },
            it if it == quote => {
                // The other one of two.
                characters.next();
                text.push(it);
            }
            it => text.push(it),
        }
    }
    text
}

/// Something is never closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unclosed {
    /// What: a string, a comment.
    pub(super) what: &'static str,
    /// The byte at which it begins.
    pub(super) at: usize,
}

/// Splits SQL in the usual mode into tokens; blanks and comments are left out. What is not closed
/// ends with the text.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    tokens_in(text, Mode::default())
}

/// As [`tokens`], in this mode.
pub(super) fn tokens_in(text: &str, mode: Mode) -> impl Iterator<Item = Token<'_>> {
    let mut lexer = Lexer::new(text, mode);
    std::iter::from_fn(move || lexer.next().ok().flatten())
}

/// Reads one token after the other.
pub(super) struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    mode: Mode,
    /// Whether what is read stands in a comment that the server carries out, `/*! ... */`.
    executes: bool,
    /// Where the last such comment begins.
    opened: usize,
    /// Where the last such comment ends that is closed.
    closed: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str, mode: Mode) -> Lexer<'a> {
        Lexer { text, bytes: text.as_bytes(), at: 0, mode, executes: false, opened: 0, closed: 0 }
    }

    /// The next token, or `None` at the end.
    ///
    /// # Errors
    /// When it is never closed.
    pub(super) fn next(&mut self) -> Result<Option<Token<'a>>, Unclosed> {
        self.pass_blanks()?;
        let start = self.at;
        let Some(byte) = self.peek(0) else { return Ok(None) };
        let kind = match byte {
            b'\'' => self.string()?,
            b'"' if self.mode.ansi_quotes => self.quoted()?,
            b'"' => self.string()?,
            b'`' => self.quoted()?,
            b'b' | b'B' | b'x' | b'X' | b'n' | b'N' if self.peek(1) == Some(b'\'') => {
                self.at += 1;
                self.string()?
            }
            b'@' => self.variable()?,
            b'0'..=b'9' => self.number(),
            b'.' if self.peek(1).is_some_and(|it| it.is_ascii_digit()) => self.number(),
            byte if begins_word(byte) => {
                self.take_while(is_within_word);
                TokenKind::Word
            }
            byte if is_operator(byte) => {
                self.operator();
                TokenKind::Operator
            }
            _ => {
                self.at += 1;
                TokenKind::Symbol
            }
        };
        let text = &self.text[start..self.at];
        Ok(Some(Token { kind, text, at: start, escapes: !self.mode.no_backslash_escapes }))
    }

    /// Where the comment begins in which the token before stands, if the server carries it out.
    pub(super) fn executable_from(&self) -> Option<usize> {
        self.executes.then_some(self.opened)
    }

    /// Where the last comment ends that the server carries out.
    pub(super) fn executable_to(&self) -> usize {
        self.closed
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn take_while(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.peek(0).is_some_and(&wanted) {
            self.at += 1;
        }
    }

    /// Passes over blanks and comments; what stands between `/*!` and `*/` is no comment.
    fn pass_blanks(&mut self) -> Result<(), Unclosed> {
        loop {
            let rest = &self.bytes[self.at..];
            match rest {
                [b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c, ..] => self.at += 1,
                // A byte order mark at the beginning of a file.
                [0xef, 0xbb, 0xbf, ..] => self.at += 3,
                [b'#', ..] => self.take_while(|byte| byte != b'\n'),
                [b'-', b'-'] => self.at += 2,
                [b'-', b'-', behind, ..] if *behind <= b' ' => {
                    self.take_while(|byte| byte != b'\n');
                }
                // To no version: a word to the client.
                [b'/', b'*', b'M', b'!', b'9', b'9', b'9', b'9', b'9', b'9', ..] => {
                    self.comment()?;
                }
                [b'/', b'*', b'!', ..] => self.executable(3),
                [b'/', b'*', b'M', b'!', ..] => self.executable(4),
                [b'/', b'*', ..] => self.comment()?,
                [b'*', b'/', ..] if self.executes => {
                    self.executes = false;
                    self.at += 2;
                    self.closed = self.at;
                }
                _ => return Ok(()),
            }
        }
    }

    fn comment(&mut self) -> Result<(), Unclosed> {
        match self.text[self.at + 2..].find("*/") {
            Some(found) => self.at += found + 4,
            None => return Err(Unclosed { what: "a comment", at: self.at }),
        }
        Ok(())
    }

    /// The beginning of a comment that is carried out, with the version from which on.
    fn executable(&mut self, length: usize) {
        self.executes = true;
        self.opened = self.at;
        self.at += length;
        self.take_while(|byte| byte.is_ascii_digit());
    }

    /// A string whose first quote is next; a doubled quote closes nothing, and neither does one
    /// behind a backslash that escapes.
    fn string(&mut self) -> Result<TokenKind, Unclosed> {
        let start = self.at;
        let quote = self.peek(0);
        self.at += 1;
        loop {
            match self.peek(0) {
                Some(b'\\') if !self.mode.no_backslash_escapes => self.at += 2,
                it if it == quote && self.peek(1) == quote && it.is_some() => self.at += 2,
                it if it == quote && it.is_some() => {
                    self.at += 1;
                    return Ok(TokenKind::String);
                }
                Some(_) => self.at += 1,
                None => {
                    self.at = self.bytes.len();
                    return Err(Unclosed { what: "a string", at: start });
                }
            }
        }
    }

    fn quoted(&mut self) -> Result<TokenKind, Unclosed> {
        let start = self.at;
        let quote = self.peek(0);
        self.at += 1;
        loop {
            match self.peek(0) {
                None => return Err(Unclosed { what: "a quoted name", at: start }),
                it if it == quote && self.peek(1) == quote => self.at += 2,
                it if it == quote => {
                    self.at += 1;
                    return Ok(TokenKind::Quoted);
                }
                Some(_) => self.at += 1,
            }
        }
    }

    /// `@a`, `@'a b'`, `@@global.a`, or the sign between a user and a host.
    fn variable(&mut self) -> Result<TokenKind, Unclosed> {
        self.take_while(|byte| byte == b'@');
        match self.peek(0) {
            Some(b'\'' | b'"') => self.string().map(|_| TokenKind::Variable),
            Some(b'`') => self.quoted().map(|_| TokenKind::Variable),
            _ => {
                self.take_while(|byte| is_within_word(byte) || byte == b'.');
                Ok(TokenKind::Variable)
            }
        }
    }

    /// A number, or a name that begins with digits.
    fn number(&mut self) -> TokenKind {
        let start = self.at;
        while let Some(byte) = self.peek(0) {
            let sign = matches!(byte, b'+' | b'-')
                && self.at > start
                && matches!(self.bytes[self.at - 1], b'e' | b'E')
                && !self.text[start..self.at].starts_with("0x");
            if !(is_within_word(byte) || byte == b'.' || sign) {
                break;
            }
            self.at += 1;
        }
        match is_number(&self.text[start..self.at]) {
            true => TokenKind::Number,
            // Behind the name of a table.
            false if self.bytes[start] == b'.' => {
                self.at = start + 1;
                TokenKind::Symbol
            }
            false => {
                // A name ends at a dot.
                let length = self.text[start..self.at].find('.');
                self.at = length.filter(|it| *it > 0).map_or(self.at, |it| start + it);
                TokenKind::Word
            }
        }
    }

    fn operator(&mut self) {
        const LONG: [&str; 13] =
            ["<=>", "->>", "<<", ">>", "<=", ">=", "<>", "!=", ":=", "||", "&&", "->", "=="];
        let rest = &self.text[self.at..];
        let length = LONG.iter().find(|it| rest.starts_with(**it)).map_or(1, |it| it.len());
        self.at += length;
    }
}

/// Whether a text that begins with a digit or a dot is a number: `1`, `1.5e-3`, `0x1F`, `0b01`.
fn is_number(text: &str) -> bool {
    let hex = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    if let Some(digits) = hex {
        return !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_hexdigit());
    }
    if let Some(digits) = text.strip_prefix("0b") {
        return !digits.is_empty() && digits.bytes().all(|it| matches!(it, b'0' | b'1'));
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.trim_start_matches(['+', '-'])),
        None => (text, "0"),
    };
    let is_plain = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    is_plain(whole)
        && is_plain(part)
        && !(whole.is_empty() && part.is_empty())
        && !exponent.is_empty()
        && is_plain(exponent)
}

fn begins_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

fn is_within_word(byte: u8) -> bool {
    begins_word(byte) || byte.is_ascii_digit()
}

fn is_operator(byte: u8) -> bool {
    matches!(
        byte,
        b'+' | b'-'
            | b'*'
            | b'/'
            | b'%'
            | b'='
            | b'<'
            | b'>'
            | b'!'
            | b'~'
            | b'^'
            | b'&'
            | b'|'
            | b':'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(sql: &str) -> Vec<&str> {
        tokens(sql).map(|it| it.text).collect()
    }

    #[test]
    fn sql_is_read_as_the_server_reads_it() {
        let cases: [(&str, &[&str]); 11] = [
            ("a.`b``c` <=> 'it''s'", &["a", ".", "`b``c`", "<=>", "'it''s'"]),
            ("1--2 -- 3\n+ 4 # 5", &["1", "-", "-", "2", "+", "4"]),
            ("a --", &["a"]),
            ("/* a */ b /*!50100 c */ /*M! d */ e", &["b", "c", "d", "e"]),
            ("'a\\'b' \"c\"\"d\"", &["'a\\'b'", "\"c\"\"d\""]),
            ("x'0f' B'01' n'a' _utf8mb4'b'", &["x'0f'", "B'01'", "n'a'", "_utf8mb4", "'b'"]),
            (
                "1e5 1e-5 0x1F 1.5 .5 1a t.2b",
                &["1e5", "1e-5", "0x1F", "1.5", ".5", "1a", "t", ".", "2b"],
            ),
            ("@a := @@sql_mode, `u`@'%'", &["@a", ":=", "@@sql_mode", ",", "`u`", "@'%'"]),
            ("a->>'$.b'->c", &["a", "->>", "'$.b'", "->", "c"]),
            ("straße=$x", &["straße", "=", "$x"]),
            ("a*/b", &["a", "*", "/", "b"]),
        ];
        for (sql, expected) in cases {
            assert_eq!(texts(sql), expected, "{sql}");
        }
    }

    #[test]
    fn the_mode_says_what_quotes_and_backslashes_are() {
        let mode = Mode::of("ANSI_QUOTES,NO_BACKSLASH_ESCAPES");
        let all: Vec<_> = tokens_in("\"a\" 'b\\' 'c'", mode).collect();
        let kinds: Vec<_> = all.iter().map(|it| (it.kind, it.text)).collect();
        let expected = [
            (TokenKind::Quoted, "\"a\""),
            (TokenKind::String, "'b\\'"),
            (TokenKind::String, "'c'"),
        ];
        assert_eq!(kinds, expected);
        assert_eq!(all[1].string().as_deref(), Some("b\\"));
        let strings: Vec<_> =
            tokens("'a\\'\\n\\Z' \"it's\"\"\" n'\\%' x'00'").map(|it| it.string()).collect();
        let text = |it: &str| Some(it.to_owned());
        assert_eq!(strings, [text("a'\n\u{1a}"), text("it's\""), text("\\%"), None]);
    }

    #[test]
    fn what_is_not_closed_is_an_error() {
        for (sql, what, at) in [
            ("a 'b\\'", "a string", 2),
            ("a `b``", "a quoted name", 2),
            ("/* a", "a comment", 0),
            ("@`a", "a quoted name", 1),
        ] {
            let mut lexer = Lexer::new(sql, Mode::default());
            let error = loop {
                match lexer.next() {
                    Ok(Some(_)) => {}
                    Ok(None) => panic!("{sql} is closed"),
                    Err(error) => break error,
                }
            };
            assert_eq!(error, Unclosed { what, at }, "{sql}");
        }
    }
}
