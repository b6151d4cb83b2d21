//! Pieces of SQL that the schema carries without understanding: expressions and definitions.

use std::collections::BTreeMap;

/// A piece of SQL: a check, an expression default, the query of a view, the text of a trigger.
///
/// It may say different things to different dialects. Two pieces are equal when they hold the
/// same tokens: blanks, comments, the case of unquoted words, needless quotes around a plain
/// lower-case name and parentheses around the whole make no difference.
#[derive(Clone, Debug, Default)]
pub struct Sql {
    /// What every dialect gets that `dialects` does not name.
    pub text: Option<String>,
    /// What the dialect of this name gets.
    pub dialects: BTreeMap<String, String>,
}

impl Sql {
    /// One text for every dialect.
    pub fn new(text: impl Into<String>) -> Sql {
        Sql { text: Some(text.into()), dialects: BTreeMap::new() }
    }

    /// The text for the dialect called `dialect`, if there is one.
    pub fn of(&self, dialect: &str) -> Option<&str> {
        said_to(&self.dialects, dialect).or(self.text.as_ref()).map(String::as_str)
    }

    /// The same piece with the name `from` replaced by `to` wherever it stands as a name.
    pub fn rename(&self, from: &str, to: &str) -> Sql {
        self.with(|text| rename(text, from, to, is_name))
    }

    /// The same piece with the name `from` replaced by `to` wherever it stands as the name of a
    /// table.
    pub fn rename_table(&self, from: &str, to: &str) -> Sql {
        self.with(|text| rename(text, from, to, is_table))
    }

    pub(crate) fn with(&self, change: impl Fn(&str) -> String) -> Sql {
        Sql {
            text: self.text.as_deref().map(&change),
            dialects: self.dialects.iter().map(|(key, text)| (key.clone(), change(text))).collect(),
        }
    }
}

/// What is said to the dialect called `dialect`. MariaDB hears what is said to MySQL, where nothing is
/// said to it alone.
pub(super) fn said_to<'a>(
    dialects: &'a BTreeMap<String, String>,
    dialect: &str,
) -> Option<&'a String> {
    let elder = || (dialect == "mariadb").then(|| dialects.get("mysql")).flatten();
    dialects.get(dialect).or_else(elder)
}

impl From<&str> for Sql {
    fn from(text: &str) -> Sql {
        Sql::new(text)
    }
}

impl PartialEq for Sql {
    fn eq(&self, other: &Sql) -> bool {
        let same = |a: &String, b: &String| a == b || normal(a) == normal(b);
        let texts = match (&self.text, &other.text) {
            (Some(a), Some(b)) => same(a, b),
            (None, None) => true,
            _ => false,
        };
        texts
            && self.dialects.len() == other.dialects.len()
            && self
                .dialects
                .iter()
                .zip(&other.dialects)
                .all(|((a, text_a), (b, text_b))| a == b && same(text_a, text_b))
    }
}

/// What a stretch of SQL is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// An unquoted name or keyword.
    Word,
    /// A name in double quotes, backticks or brackets.
    Quoted,
    /// A string in single quotes, with what stands before it (`x'00'`).
    String,
    /// A number.
    Number,
    /// Any other single character.
    Symbol,
}

/// One token, with its text as written and the byte at which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: TokenKind,
    /// Its text, quotes included.
    pub text: &'a str,
    /// The offset of its first byte.
    pub at: usize,
}

impl Token<'_> {
    /// The name this token stands for, without its quotes; `None` when it is no name.
    pub fn name(&self) -> Option<String> {
        match self.kind {
            TokenKind::Word => Some(self.text.to_owned()),
            TokenKind::Quoted => {
                let quote =
                    if self.text.starts_with('[') { ']' } else { self.text.chars().next()? };
                let inner = self.text.get(1..)?.strip_suffix(quote).unwrap_or(&self.text[1..]);
                Some(inner.replace(&format!("{quote}{quote}"), &quote.to_string()))
            }
            _ => None,
        }
    }

    /// Whether this is the keyword `word`, in any case.
    pub fn is(&self, word: &str) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Symbol)
            && self.text.eq_ignore_ascii_case(word)
    }

    /// The offset behind its last byte.
    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// Splits SQL into tokens; blanks and comments are left out. Never fails: what is not closed
/// ends with the text.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let bytes = text.as_bytes();
    // A token and the blank before it are about five bytes.
    let mut tokens = Vec::with_capacity(bytes.len() / 5 + 1);
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let (kind, end) = match bytes[at] {
            b if b.is_ascii_whitespace() || b == 0x0b => {
                at += 1;
                continue;
            }
            b'-' if bytes.get(at + 1) == Some(&b'-') => {
                at = text[at..].find('\n').map_or(bytes.len(), |found| at + found + 1);
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at = text[at + 2..].find("*/").map_or(bytes.len(), |found| at + found + 4);
                continue;
            }
            b'\'' => (TokenKind::String, closed(bytes, at, b'\'')),
            b'x' | b'X' if bytes.get(at + 1) == Some(&b'\'') => {
                (TokenKind::String, closed(bytes, at + 1, b'\''))
            }
            quote @ (b'"' | b'`') => (TokenKind::Quoted, closed(bytes, at, quote)),
            b'[' => (TokenKind::Quoted, text[at..].find(']').map_or(bytes.len(), |it| at + it + 1)),
            b'0'..=b'9' => (TokenKind::Number, number(bytes, at)),
            b'.' if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                (TokenKind::Number, number(bytes, at))
            }
            b if b.is_ascii_alphabetic() || b == b'_' || b >= 0x80 => {
                let word =
                    |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$') || *b >= 0x80;
                let length = bytes[at..].iter().take_while(|b| word(b)).count();
                (TokenKind::Word, at + length)
            }
            _ => (TokenKind::Symbol, at + 1),
        };
        at = end;
        tokens.push(Token { kind, text: &text[start..end], at: start });
    }
    tokens
}

/// The offset behind the quote that closes the one at `at`; a doubled quote closes nothing.
fn closed(bytes: &[u8], at: usize, quote: u8) -> usize {
    let mut at = at + 1;
    while at < bytes.len() {
        if bytes[at] == quote {
            if bytes.get(at + 1) != Some(&quote) {
                return at + 1;
            }
            at += 1;
        }
        at += 1;
    }
    bytes.len()
}

fn number(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while let Some(b) = bytes.get(end) {
        let sign = matches!(b, b'+' | b'-') && matches!(bytes[end - 1], b'e' | b'E');
        let hex = bytes.get(at + 1).is_some_and(|b| matches!(b, b'x' | b'X'));
        if !(b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_') || (sign && !hex)) {
            break;
        }
        end += 1;
    }
    end
}

/// The tokens of `text` in one spelling, for comparing.
fn normal(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let mut tokens = &tokens[..];
    while let [first, inner @ .., last] = tokens {
        if first.is("(") && last.is(")") && encloses(tokens) {
            tokens = inner;
        } else {
            break;
        }
    }
    tokens.iter().map(normal_token).collect()
}

fn normal_token(token: &Token) -> String {
    match token.kind {
        TokenKind::Word | TokenKind::Number => token.text.to_lowercase(),
        TokenKind::Quoted => {
            let name = token.name().unwrap_or_default();
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if !name.is_empty() && name.chars().all(plain) { name } else { format!("\"{name}\"") }
        }
        _ => token.text.to_owned(),
    }
}

/// Whether the first token, a parenthesis, is closed by the last one.
fn encloses(tokens: &[Token]) -> bool {
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate() {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        if depth == 0 {
            return index + 1 == tokens.len();
        }
    }
    false
}

/// Words that are no names in any database unless they stand in quotes.
const KEYWORDS: [&str; 24] = [
    "and", "as", "between", "case", "collate", "default", "distinct", "else", "exists", "from",
    "group", "having", "in", "is", "like", "not", "null", "on", "or", "order", "select", "then",
    "when", "where",
];

/// Whether the token at `index` may be a column's name: it is no keyword and no function.
pub(crate) fn is_name(all: &[Token], index: usize) -> bool {
    let token = &all[index];
    let is_function = || all.get(index + 1).is_some_and(|next| next.is("("));
    token.kind != TokenKind::Word || !(is_function() || is_keyword(token.text))
}

fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(word))
}

/// Whether the token at `index` is a table's name: it stands before a dot, or behind a keyword
/// that a table follows.
fn is_table(all: &[Token], index: usize) -> bool {
    let before = |back: usize| index.checked_sub(back).map(|at| &all[at]);
    let follows =
        |words: &[&str]| before(1).is_some_and(|token| words.iter().any(|word| token.is(word)));
    all.get(index + 1).is_some_and(|next| next.is(".")) && !follows(&["."])
        || follows(&["from", "join", "into", "update", "table", "only", "references"])
        || follows(&["on"]) && is_watched(&all[..index])
        || follows(&["to"]) && is_ruled(&all[..index])
        || follows(&[","]) && in_from(&all[..index])
}

/// What fires a trigger or a rule.
const EVENTS: [&str; 4] = ["insert", "delete", "update", "select"];

fn is_event(token: &Token) -> bool {
    EVENTS.iter().any(|word| token.is(word))
}

/// Whether what follows is the table that a trigger watches, or that another object is on: its
/// first `ON` outside of a body.
fn is_watched(head: &[Token]) -> bool {
    let is_trigger = head.iter().any(|token| token.is("trigger"));
    let is_made = head.first().is_some_and(|token| token.is("create"));
    head.iter().filter(|token| token.is("on")).count() == 1
        && if is_trigger { head.iter().any(is_event) } else { is_made }
}

/// Whether what follows is the table of a rule: `ON UPDATE TO`.
fn is_ruled(head: &[Token]) -> bool {
    matches!(head, [.., on, event, to] if on.is("on") && is_event(event) && to.is("to"))
}

/// Whether what follows a comma stands in the list behind a `FROM`, outside of parentheses opened
/// behind it.
fn in_from(head: &[Token]) -> bool {
    let mut depth = 0;
    for token in head.iter().rev() {
        depth += i32::from(token.is(")")) - i32::from(token.is("("));
        let ends = ["select", "where", "group", "order", "having", "on", "using", "set", "values"];
        if depth < 0 || depth == 0 && ends.iter().any(|word| token.is(word)) {
            return false;
        }
        if depth == 0 && token.is("from") {
            return true;
        }
    }
    false
}

fn rename(text: &str, from: &str, to: &str, wanted: impl Fn(&[Token], usize) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let all = tokens(text);
    for (index, token) in all.iter().enumerate() {
        let Some(name) = token.name() else { continue };
        if !name.eq_ignore_ascii_case(from) || !wanted(&all, index) {
            continue;
        }
        out.push_str(&text[copied..token.at]);
        // Without quotes a letter has no case.
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let begins = to.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
        let is_bare = begins && to.chars().all(plain) && !is_keyword(to);
        if token.kind == TokenKind::Word && is_bare {
            out.push_str(to);
        } else {
            // To some databases a text in double quotes is no name.
            let is_back = |it: &Token| it.kind == TokenKind::Quoted && it.text.starts_with('`');
            let is_quoted = token.kind == TokenKind::Quoted;
            let has_back = if is_quoted { is_back(token) } else { all.iter().any(is_back) };
            let quote = if has_back { "`" } else { "\"" };
            out.push_str(&format!("{quote}{}{quote}", to.replace(quote, &quote.repeat(2))));
        }
        copied = token.end();
    }
    out.push_str(&text[copied..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equality_is_about_tokens() {
        for (a, b) in [
            ("length(body) > 0", "LENGTH( \"body\" )>0"),
            ("(a > 0)", "a > 0"),
            ("((a) + (b))", "(a) + (b)"),
            ("a -- why\n > 0", "a/* because */>0"),
            ("1E5", "1e5"),
        ] {
            assert_eq!(Sql::new(a), Sql::new(b));
        }
        for (a, b) in [
            ("(a) + (b)", "a) + (b"),
            ("kind = 'A'", "kind = 'a'"),
            ("\"A\" > 0", "a > 0"),
            ("a > 0", "a > 00"),
            ("'it''s'", "'its'"),
        ] {
            assert_ne!(Sql::new(a), Sql::new(b));
        }
    }

    #[test]
    fn tokens_keep_their_text() {
        let text = "a.\"b\"\"c\" >= x'00' || 'it''s' + 1.5e-3 - [odd] /* open";
        let texts: Vec<_> = tokens(text).iter().map(|token| token.text).collect();
        assert_eq!(
            texts,
            [
                "a",
                ".",
                "\"b\"\"c\"",
                ">",
                "=",
                "x'00'",
                "|",
                "|",
                "'it''s'",
                "+",
                "1.5e-3",
                "-",
                "[odd]"
            ]
        );
        for token in tokens(text) {
            assert_eq!(&text[token.at..token.end()], token.text);
        }
    }

    #[test]
    fn rename_leaves_strings_and_functions() {
        let sql = Sql::new("length(name) > 0 AND \"name\" <> 'name' AND name(1)");
        let renamed = Sql::new("length(title) > 0 AND \"title\" <> 'name' AND name(1)");
        assert_eq!(sql.rename("name", "title").text, renamed.text);
        let sql = Sql::new("\"null\" IS NOT NULL");
        assert_eq!(sql.rename("null", "a").text.unwrap(), "\"a\" IS NOT NULL");
        let sql = Sql::new("length(name) > 0 AND \"name\" <> 'name' AND name(1)");
        let capital = "length(\"Title\") > 0 AND \"Title\" <> 'name' AND name(1)";
        assert_eq!(sql.rename("name", "Title").text.as_deref(), Some(capital));
        let sql = Sql::new("a IS NOT NULL");
        assert_eq!(sql.rename("a", "Null").text.unwrap(), "\"Null\" IS NOT NULL");
        let sql = Sql::new("`a` > 0 AND b > 0");
        assert_eq!(sql.rename("a", "It`s").text.unwrap(), "`It``s` > 0 AND b > 0");
        assert_eq!(sql.rename("b", "Key").text.unwrap(), "`a` > 0 AND `Key` > 0");
        assert_eq!(Sql::new("[a] > 0").rename("a", "Key").text.unwrap(), "\"Key\" > 0");
    }

    #[test]
    fn rename_table_leaves_columns() {
        for (text, renamed) in [
            ("SELECT post, user FROM user", "SELECT post, user FROM post"),
            (
                "SELECT \"user\".\"user\" FROM a, \"user\"",
                "SELECT \"post\".\"user\" FROM a, \"post\"",
            ),
            (
                "SELECT (SELECT max(user) FROM user) FROM a JOIN user ON user = 1",
                "SELECT (SELECT max(user) FROM post) FROM a JOIN post ON user = 1",
            ),
            (
                "CREATE TRIGGER t AFTER UPDATE OF user ON user BEGIN DELETE FROM user WHERE user = NEW.user; END",
                "CREATE TRIGGER t AFTER UPDATE OF user ON post BEGIN DELETE FROM post WHERE user = NEW.user; END",
            ),
            (
                "CREATE TRIGGER t AFTER DELETE ON b BEGIN INSERT INTO user (user) VALUES (1); END",
                "CREATE TRIGGER t AFTER DELETE ON b BEGIN INSERT INTO post (user) VALUES (1); END",
            ),
            (
                "CREATE POLICY user ON user FOR SELECT TO user USING (user > 0)",
                "CREATE POLICY user ON post FOR SELECT TO user USING (user > 0)",
            ),
            (
                "CREATE RULE user AS ON UPDATE TO user WHERE user > 0 DO INSTEAD NOTHING",
                "CREATE RULE user AS ON UPDATE TO post WHERE user > 0 DO INSTEAD NOTHING",
            ),
            (
                "ALTER TABLE ONLY user ADD CONSTRAINT user EXCLUDE USING gist (user WITH &&)",
                "ALTER TABLE ONLY post ADD CONSTRAINT user EXCLUDE USING gist (user WITH &&)",
            ),
        ] {
            assert_eq!(Sql::new(text).rename_table("user", "post").text.unwrap(), renamed);
        }
    }
}
