//! The tokens of SQL as PostgreSQL reads them.
//!
//! See <https://www.postgresql.org/docs/current/sql-syntax-lexical.html>.

/// What a stretch of SQL is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// An unquoted name or keyword.
    Word,
    /// A name in double quotes.
    Quoted,
    /// A string, with what stands before it (`E'..'`, `B'..'`), or between dollars.
    String,
    /// A number.
    Number,
    /// `$1`.
    Parameter,
    /// An operator of one or more characters; `::` is one.
    Operator,
    /// Parentheses, brackets, commas, semicolons, dots.
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

    /// The name this token stands for: a word in lower case, a quoted one without its quotes.
    pub(super) fn name(&self) -> Option<String> {
        match self.kind {
            TokenKind::Word => Some(self.text.to_lowercase()),
            TokenKind::Quoted => {
                let inner = self.text.strip_prefix('"')?;
                Some(inner.strip_suffix('"').unwrap_or(inner).replace("\"\"", "\""))
            }
            _ => None,
        }
    }

    /// The text of a plain string in single quotes.
    pub(super) fn string(&self) -> Option<String> {
        let inner = self.text.strip_prefix('\'')?.strip_suffix('\'')?;
        (self.kind == TokenKind::String).then(|| inner.replace("''", "'"))
    }
}

/// Something is never closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unclosed {
    /// What: a string, a comment.
    pub(super) what: &'static str,
    /// The byte at which it begins.
    pub(super) at: usize,
}

/// Splits SQL into tokens; blanks and comments are left out. What is not closed ends with the text.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut lexer = Lexer::new(text);
    std::iter::from_fn(move || lexer.next().ok().flatten())
}

/// Reads one token after the other.
pub(super) struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Lexer<'a> {
        Lexer { text, bytes: text.as_bytes(), at: 0 }
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
            b'\'' => self.string(false)?,
            b'e' | b'E' if self.peek(1) == Some(b'\'') => {
                self.at += 1;
                self.string(true)?
            }
            b'b' | b'B' | b'x' | b'X' | b'n' | b'N' if self.peek(1) == Some(b'\'') => {
                self.at += 1;
                self.string(false)?
            }
            b'u' | b'U' if self.peek(1) == Some(b'&') && self.peek(2) == Some(b'\'') => {
                self.at += 2;
                self.string(false)?
            }
            b'u' | b'U' if self.peek(1) == Some(b'&') && self.peek(2) == Some(b'"') => {
                self.at += 2;
                self.quoted()?
            }
            b'"' => self.quoted()?,
            b'$' => self.dollar()?,
            b'0'..=b'9' => self.number(),
            b'.' if self.peek(1).is_some_and(|it| it.is_ascii_digit()) => self.number(),
            byte if begins_word(byte) => {
                self.take_while(|byte| begins_word(byte) || byte.is_ascii_digit() || byte == b'$');
                TokenKind::Word
            }
            b':' if self.peek(1) == Some(b':') || self.peek(1) == Some(b'=') => {
                self.at += 2;
                TokenKind::Operator
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
        Ok(Some(Token { kind, text: &self.text[start..self.at], at: start }))
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn take_while(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.peek(0).is_some_and(&wanted) {
            self.at += 1;
        }
    }

    /// Passes over blanks and comments; those between `/*` and `*/` may be nested.
    fn pass_blanks(&mut self) -> Result<(), Unclosed> {
        loop {
            match self.peek(0) {
                Some(b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c) => self.at += 1,
                // A byte order mark at the beginning of a file.
                Some(0xef) if self.text[self.at..].starts_with('\u{feff}') => self.at += 3,
                Some(b'-') if self.peek(1) == Some(b'-') => self.take_while(|byte| byte != b'\n'),
                Some(b'/') if self.peek(1) == Some(b'*') => self.comment()?,
                _ => return Ok(()),
            }
        }
    }

    fn comment(&mut self) -> Result<(), Unclosed> {
        let start = self.at;
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some(b'/'), Some(b'*')) => {
                    depth += 1;
                    self.at += 2;
                }
                (Some(b'*'), Some(b'/')) => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return Ok(());
                    }
                }
                (Some(_), _) => self.at += 1,
                (None, _) => return Err(Unclosed { what: "a comment", at: start }),
            }
        }
    }

    /// A string whose first quote is next; a doubled quote closes nothing, and with `escapes`
    /// neither does one behind a backslash.
    fn string(&mut self, escapes: bool) -> Result<TokenKind, Unclosed> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek(0) {
                Some(b'\\') if escapes => self.at += 2,
                Some(b'\'') if self.peek(1) == Some(b'\'') => self.at += 2,
                Some(b'\'') => {
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
        self.at += 1;
        loop {
            match self.peek(0) {
                Some(b'"') if self.peek(1) == Some(b'"') => self.at += 2,
                Some(b'"') => {
                    self.at += 1;
                    return Ok(TokenKind::Quoted);
                }
                Some(_) => self.at += 1,
                None => return Err(Unclosed { what: "a quoted name", at: start }),
            }
        }
    }

    /// `$1`, `$$...$$`, `$tag$...$tag$`, or a dollar alone.
    fn dollar(&mut self) -> Result<TokenKind, Unclosed> {
        let start = self.at;
        self.at += 1;
        if self.peek(0).is_some_and(|it| it.is_ascii_digit()) {
            self.take_while(|byte| byte.is_ascii_digit());
            return Ok(TokenKind::Parameter);
        }
        if self.peek(0).is_some_and(begins_word) {
            self.take_while(|byte| begins_word(byte) || byte.is_ascii_digit());
        }
        if self.peek(0) != Some(b'$') {
            self.at = start + 1;
            return Ok(TokenKind::Symbol);
        }
        self.at += 1;
        let tag = &self.text[start..self.at];
        match self.text[self.at..].find(tag) {
            Some(found) => {
                self.at += found + tag.len();
                Ok(TokenKind::String)
            }
            None => Err(Unclosed { what: "a string between dollars", at: start }),
        }
    }

    fn number(&mut self) -> TokenKind {
        let start = self.at;
        while let Some(byte) = self.peek(0) {
            let sign = matches!(byte, b'+' | b'-')
                && matches!(self.bytes[self.at - 1], b'e' | b'E')
                && self.at > start;
            if !(byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_') || sign) {
                break;
            }
            self.at += 1;
        }
        TokenKind::Number
    }

    /// As many characters as make one operator; a comment ends it.
    fn operator(&mut self) {
        let start = self.at;
        while self.peek(0).is_some_and(is_operator) {
            let comment = matches!(
                (self.peek(0), self.peek(1)),
                (Some(b'-'), Some(b'-')) | (Some(b'/'), Some(b'*'))
            );
            if comment && self.at > start {
                break;
            }
            self.at += 1;
        }
        // One of several characters ends in + or - only if it holds one of these.
        let odd = |byte: &u8| {
            matches!(byte, b'~' | b'!' | b'@' | b'#' | b'%' | b'^' | b'&' | b'|' | b'`' | b'?')
        };
        while self.at > start + 1
            && matches!(self.bytes[self.at - 1], b'+' | b'-')
            && !self.bytes[start..self.at].iter().any(odd)
        {
            self.at -= 1;
        }
    }
}

fn begins_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn is_operator(byte: u8) -> bool {
    b"+-*/<>=~!@#%^&|`?".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        tokens(text).map(|token| token.text).collect()
    }

    #[test]
    fn every_form_is_one_token() {
        for token in [
            "'it''s'",
            "E'it\\'s'",
            "e''",
            "B'01'",
            "x'ff'",
            "N'a'",
            "U&'d\\0061'",
            "U&\"a\"",
            "\"a\"\"b\"",
            "$$a;'b$$",
            "$tag$ $$ $tag$",
            "$1",
            "1.5e-3",
            ".5",
            "0x1F",
            "naïve$1",
            "::",
            ":=",
            "<=",
            "@>",
            "->>",
            "@-",
            ",",
        ] {
            assert_eq!(texts(token), [token]);
        }
    }

    #[test]
    fn tokens_stand_where_they_stood() {
        let text = "a--c\n/* x /* y */ z */b::text[] = ANY (ARRAY['x', $2]) AND 1+-2 =-1 e.\"E\"";
        let all = [
            "a", "b", "::", "text", "[", "]", "=", "ANY", "(", "ARRAY", "[", "'x'", ",", "$2", "]",
            ")", "AND", "1", "+", "-", "2", "=", "-", "1", "e", ".", "\"E\"",
        ];
        assert_eq!(texts(text), all);
        for token in tokens(text) {
            assert_eq!(&text[token.at..token.end()], token.text);
        }
    }

    #[test]
    fn what_is_never_closed_is_named() {
        for (text, what, at) in [
            ("a 'b", "a string", 2),
            ("E'\\", "a string", 1),
            ("\"a", "a quoted name", 0),
            ("/* /* */", "a comment", 0),
            ("a $x$ b $x", "a string between dollars", 2),
        ] {
            let mut lexer = Lexer::new(text);
            let error = loop {
                match lexer.next() {
                    Ok(Some(_)) => {}
                    Ok(None) => panic!("{text} is closed"),
                    Err(error) => break error,
                }
            };
            assert_eq!(error, Unclosed { what, at }, "{text}");
        }
    }
}
