//! A place in a statement that moves on token by token.

use super::{DdlError, Identifier, OnConflict, Span};
use crate::schema::sql::{Token, TokenKind, tokens};

/// A statement, read up to some token.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    tokens: Vec<Token<'a>>,
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Reader<'a> {
        Reader { text, tokens: tokens(text), at: 0 }
    }

    /// The next token, which stays.
    pub(super) fn peek(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.at)
    }

    /// The token behind the next one.
    pub(super) fn peek_second(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.at + 1)
    }

    /// The tokens read since the mark.
    pub(super) fn since(&self, mark: usize) -> &[Token<'a>] {
        &self.tokens[mark..self.at]
    }

    /// The tokens within `span`.
    pub(super) fn within(&self, span: &Span) -> &[Token<'a>] {
        let from = self.tokens.partition_point(|token| token.at < span.start);
        let to = self.tokens.partition_point(|token| token.at < span.end);
        &self.tokens[from..to.max(from)]
    }

    /// The present place, for `since`.
    pub(super) fn mark(&self) -> usize {
        self.at
    }

    /// Takes the next token.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        let token = self.tokens.get(self.at).copied();
        self.at += usize::from(token.is_some());
        token
    }

    /// Whether the next token is `word`.
    pub(super) fn sees(&self, word: &str) -> bool {
        self.peek().is_some_and(|token| token.is(word))
    }

    /// Whether the next two tokens are these.
    pub(super) fn sees_both(&self, first: &str, second: &str) -> bool {
        self.sees(first) && self.peek_second().is_some_and(|token| token.is(second))
    }

    /// Takes the next token if it is `word`.
    pub(super) fn take(&mut self, word: &str) -> bool {
        let seen = self.sees(word);
        self.at += usize::from(seen);
        seen
    }

    /// Takes the next token, which must be `word`.
    pub(super) fn expect(&mut self, word: &str, what: &'static str) -> Result<(), DdlError> {
        if self.take(word) { Ok(()) } else { Err(self.error(what)) }
    }

    /// `what` should stand here.
    pub(super) fn error(&self, what: &'static str) -> DdlError {
        DdlError { what, at: self.start() }
    }

    /// Where the next token begins, or the text ends.
    pub(super) fn start(&self) -> usize {
        self.peek().map_or(self.text.len(), |token| token.at)
    }

    /// Where the last token taken ends.
    pub(super) fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, Token::end)
    }

    /// Everything up to the end, without a final semicolon.
    pub(super) fn rest(&mut self) -> Span {
        let start = self.start();
        let mut rest = &self.tokens[self.at.min(self.tokens.len())..];
        if let [head @ .., last] = rest
            && last.is(";")
        {
            rest = head;
        }
        let end = rest.last().map_or(start, Token::end);
        self.at = self.tokens.len();
        start..end
    }

    /// Nothing but a semicolon may follow.
    pub(super) fn finish(&mut self) -> Result<(), DdlError> {
        self.take(";");
        if self.peek().is_some() { Err(self.error("the end of the statement")) } else { Ok(()) }
    }

    /// `CREATE`, `TEMP`, the kind, `IF NOT EXISTS`.
    pub(super) fn create(&mut self, kind: &str, what: &'static str) -> Result<(), DdlError> {
        self.expect("CREATE", what)?;
        if !self.take("TEMP") {
            self.take("TEMPORARY");
        }
        self.expect(kind, what)?;
        self.if_not_exists();
        Ok(())
    }

    /// `IF NOT EXISTS`, unless `if` is the name.
    pub(super) fn if_not_exists(&mut self) {
        if self.sees_both("IF", "NOT") {
            self.at += 2;
            self.take("EXISTS");
        }
    }

    /// A name: a word, or anything in quotes.
    pub(super) fn identifier(&mut self) -> Result<Identifier, DdlError> {
        match self.peek().and_then(identifier) {
            Some(identifier) => {
                self.at += 1;
                Ok(identifier)
            }
            None => Err(self.error("a name")),
        }
    }

    /// A name behind that of its schema, which is left out.
    pub(super) fn qualified(&mut self) -> Result<Identifier, DdlError> {
        let first = self.identifier()?;
        if self.take(".") { self.identifier() } else { Ok(first) }
    }

    /// What stands between the parenthesis here and the one that closes it.
    pub(super) fn group(&mut self) -> Result<Span, DdlError> {
        self.expect("(", "`(`")?;
        let first = self.at;
        let mut depth = 1;
        while let Some(token) = self.next() {
            depth += i32::from(token.is("(")) - i32::from(token.is(")"));
            if depth == 0 {
                let inner = &self.tokens[first..self.at - 1];
                return Ok(match inner {
                    [] => token.at..token.at,
                    [head, ..] => head.at..inner.last().map_or(head.end(), Token::end),
                });
            }
        }
        Err(self.error("`)`"))
    }

    /// Names in parentheses, each with the `COLLATE` and order that the grammar allows there
    /// and SQLite refuses or ignores.
    pub(super) fn identifiers(&mut self) -> Result<Vec<Identifier>, DdlError> {
        self.expect("(", "`(`")?;
        let mut names = vec![self.identifier()?];
        loop {
            if self.take("COLLATE") {
                self.identifier()?;
            }
            if !self.take("ASC") {
                self.take("DESC");
            }
            if !self.take(",") {
                break;
            }
            names.push(self.identifier()?);
        }
        self.expect(")", "`)`")?;
        Ok(names)
    }

    /// `ON CONFLICT ...`, if it is here.
    pub(super) fn on_conflict(&mut self) -> Result<Option<OnConflict>, DdlError> {
        if !self.sees_both("ON", "CONFLICT") {
            return Ok(None);
        }
        self.at += 2;
        match self.peek().and_then(|token| OnConflict::parse(token.text)) {
            Some(resolution) => {
                self.at += 1;
                Ok(Some(resolution))
            }
            None => Err(self.error("`ROLLBACK`, `ABORT`, `FAIL`, `IGNORE` or `REPLACE`")),
        }
    }

    /// Moves behind the next `word` outside of parentheses.
    pub(super) fn skip_to(&mut self, word: &str, what: &'static str) -> Result<(), DdlError> {
        let mut depth = 0;
        while let Some(token) = self.next() {
            depth += i32::from(token.is("(")) - i32::from(token.is(")"));
            if depth == 0 && token.is(word) {
                return Ok(());
            }
        }
        Err(self.error(what))
    }
}

/// The name a token stands for.
pub(super) fn identifier(token: &Token) -> Option<Identifier> {
    let name = match token.kind {
        TokenKind::Word => token.text.to_owned(),
        TokenKind::Quoted | TokenKind::String => unquote(token.text)?,
        TokenKind::Number | TokenKind::Symbol => return None,
    };
    Some(Identifier { name, span: token.at..token.end() })
}

/// What a name in quotes of any kind says; `None` when `text` is in no quotes.
pub fn unquote(text: &str) -> Option<String> {
    let open = text.chars().next()?;
    let close = match open {
        '[' => ']',
        '"' | '`' | '\'' => open,
        _ => return None,
    };
    let inner = text[1..].strip_suffix(close).unwrap_or(&text[1..]);
    if open == '[' || !inner.contains(close) {
        return Some(inner.to_owned());
    }
    Some(inner.replace(&format!("{close}{close}"), &close.to_string()))
}

/// A piece of SQL without the blanks and comments around it.
pub fn trim(text: &str) -> &str {
    match &tokens(text)[..] {
        [] => "",
        [first, rest @ ..] => &text[first.at..rest.last().unwrap_or(first).end()],
    }
}
