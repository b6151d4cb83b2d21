//! An expression as a tree.
//!
//! Operators bind as in <https://dev.mysql.com/doc/refman/8.4/en/operator-precedence.html>.

use super::super::default::is_introducer;
use super::super::lexer::{Mode, Token, TokenKind, tokens_in};
use super::forms;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    /// A column, by its name in lower case: how it is written makes no difference.
    Column(String),
    /// A string, without its quotes.
    Text(String),
    /// A number, a word that is a value (`null`), or anything else that stands for itself.
    Word(String),
    /// A function (`lower()`), an operator or another form, with what it is about.
    Node(String, Vec<Tree>),
}

/// A form with what it is about.
pub(super) fn node(name: impl Into<String>, of: Vec<Tree>) -> Tree {
    Tree::Node(name.into(), of)
}

pub(super) fn word(text: &str) -> Tree {
    Tree::Word(text.to_owned())
}

/// How deep an expression may be nested, and how long it may be; reading it is recursive.
const DEPTH: usize = 50;
const LENGTH: usize = 1000;

/// The operators that compare, all of which bind alike.
const COMPARISONS: [&str; 8] = ["<=>", "=", ">=", ">", "<=", "<", "<>", "!="];

/// Words that are no columns unless they stand in quotes, and that nothing here understands where it
/// finds them as a value.
const RESERVED: [&str; 18] = [
    "all", "any", "as", "by", "collate", "default", "distinct", "else", "end", "exists", "from",
    "in", "is", "like", "row", "select", "then", "when",
];

/// Reads an expression. `None` for what is not known here.
pub(super) fn parse(text: &str, mode: Mode) -> Option<Tree> {
    let tokens: Vec<Token> = tokens_in(text, mode).collect();
    if tokens.len() > LENGTH {
        return None;
    }
    let mut parser = Parser { tokens: &tokens, mode, depth: 0 };
    let tree = parser.any()?;
    parser.tokens.is_empty().then_some(tree)
}

pub(super) struct Parser<'a> {
    tokens: &'a [Token<'a>],
    mode: Mode,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn peek(&self, word: &str) -> bool {
        self.tokens.first().is_some_and(|token| token.is(word))
    }

    pub(super) fn next(&mut self) -> Option<&'a Token<'a>> {
        let (token, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(token)
    }

    pub(super) fn take(&mut self, word: &str) -> bool {
        self.take_all(&[word])
    }

    /// Takes the words if all of them are next.
    pub(super) fn take_all(&mut self, words: &[&str]) -> bool {
        let is_next = self.tokens.len() >= words.len()
            && self.tokens.iter().zip(words).all(|(token, word)| token.is(word));
        if is_next {
            self.tokens = &self.tokens[words.len()..];
        }
        is_next
    }

    /// Takes one of the words, in lower case.
    pub(super) fn take_one(&mut self, words: &[&'static str]) -> Option<&'static str> {
        words.iter().copied().find(|it| self.take(it))
    }

    /// Takes what `read` reads, or nothing at all.
    fn attempt<T>(&mut self, read: impl Fn(&mut Parser<'a>) -> Option<T>) -> Option<T> {
        let (tokens, depth) = (self.tokens, self.depth);
        let found = read(self);
        if found.is_none() {
            (self.tokens, self.depth) = (tokens, depth);
        }
        found
    }

    /// A whole expression.
    pub(super) fn any(&mut self) -> Option<Tree> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let mut tree = self.either()?;
        while self.take("or") || !self.mode.pipes_as_concat && self.take("||") {
            tree = node("or", vec![tree, self.either()?]);
        }
        self.depth -= 1;
        Some(tree)
    }

    fn either(&mut self) -> Option<Tree> {
        let mut tree = self.all()?;
        while self.take("xor") {
            tree = node("xor", vec![tree, self.all()?]);
        }
        Some(tree)
    }

    fn all(&mut self) -> Option<Tree> {
        let mut tree = self.not()?;
        while self.take("and") || self.take("&&") {
            tree = node("and", vec![tree, self.not()?]);
        }
        Some(tree)
    }

    fn not(&mut self) -> Option<Tree> {
        let mut times = 0;
        while self.take("not") {
            times += 1;
        }
        let mut tree = self.comparison()?;
        for _ in 0..times {
            tree = node("not", vec![tree]);
        }
        Some(tree)
    }

    fn comparison(&mut self) -> Option<Tree> {
        let mut tree = self.pattern()?;
        loop {
            if self.take("is") {
                let not = self.take("not");
                let what = self.take_one(&["null", "true", "false", "unknown"])?;
                let what = if what == "unknown" { "null" } else { what };
                tree = node(format!("is {what}"), vec![tree]);
                if not {
                    tree = node("not", vec![tree]);
                }
                continue;
            }
            let Some(operator) = self.operator(&COMPARISONS) else { return Some(tree) };
            let operator = if operator == "!=" { "<>" } else { operator };
            tree = node(operator, vec![tree, self.pattern()?]);
        }
    }

    /// `LIKE`, `IN`, `BETWEEN`.
    fn pattern(&mut self) -> Option<Tree> {
        let left = self.bits()?;
        let not = self.take("not");
        let tree = if self.take("like") {
            let mut of = vec![left, self.signed()?];
            if self.take("escape") {
                of.push(self.signed()?);
            }
            node("like", of)
        } else if self.take("regexp") || self.take("rlike") {
            node("regexp_like()", vec![left, self.bits()?])
        } else if self.take_all(&["in", "("]) {
            let mut of = vec![left];
            of.extend(self.list()?);
            if of.len() == 2 { node("=", of) } else { node("in", of) }
        } else if self.take("between") {
            let from = self.bits()?;
            self.take("and").then_some(())?;
            node("between", vec![left, from, self.pattern()?])
        } else if !not && self.take_all(&["sounds", "like"]) {
            let soundex = |it| node("soundex()", vec![it]);
            node("=", vec![soundex(left), soundex(self.bits()?)])
        } else if not {
            return None;
        } else {
            return Some(left);
        };
        Some(if not { node("not", vec![tree]) } else { tree })
    }

    fn bits(&mut self) -> Option<Tree> {
        self.chain(&["|"], |it| it.chain(&["&"], |it| it.chain(&["<<", ">>"], Parser::sum)))
    }

    /// Operators that bind alike, from the left to the right.
    fn chain(
        &mut self,
        operators: &[&'static str],
        inner: impl Fn(&mut Parser<'a>) -> Option<Tree>,
    ) -> Option<Tree> {
        let mut tree = inner(self)?;
        while let Some(operator) = self.operator(operators) {
            tree = node(operator, vec![tree, inner(self)?]);
        }
        Some(tree)
    }

    /// One of the operators, if it is next.
    fn operator(&mut self, operators: &[&'static str]) -> Option<&'static str> {
        let token = self.tokens.first().filter(|it| it.kind == TokenKind::Operator)?;
        let found = operators.iter().copied().find(|it| *it == token.text)?;
        self.tokens = &self.tokens[1..];
        Some(found)
    }

    fn sum(&mut self) -> Option<Tree> {
        let mut tree = self.product()?;
        while let Some(operator) = self.operator(&["+", "-"]) {
            tree = match self.attempt(Parser::interval) {
                Some((count, unit)) => {
                    node(format!("{operator} interval"), vec![tree, count, unit])
                }
                None => node(operator, vec![tree, self.product()?]),
            };
        }
        Some(tree)
    }

    /// `INTERVAL 1 DAY`.
    pub(super) fn interval(&mut self) -> Option<(Tree, Tree)> {
        self.take("interval").then_some(())?;
        let count = self.any()?;
        Some((count, self.unit()?))
    }

    /// A unit of time.
    pub(super) fn unit(&mut self) -> Option<Tree> {
        let token = self.next().filter(|it| it.kind == TokenKind::Word)?;
        let unit = token.text.to_lowercase();
        let unit = unit.strip_prefix("sql_tsi_").unwrap_or(&unit);
        forms::UNITS.contains(&unit).then(|| word(unit))
    }

    fn product(&mut self) -> Option<Tree> {
        let mut tree = self.power()?;
        loop {
            let operator = match self.operator(&["*", "/", "%"]) {
                Some(it) => it,
                None => match self.take_one(&["div", "mod"]) {
                    Some(it) => it,
                    None => return Some(tree),
                },
            };
            let operator = if operator == "%" { "mod" } else { operator };
            tree = node(operator, vec![tree, self.power()?]);
        }
    }

    fn power(&mut self) -> Option<Tree> {
        self.chain(&["^"], |it| match it.mode.pipes_as_concat {
            true => it.joined(),
            false => it.signed(),
        })
    }

    fn joined(&mut self) -> Option<Tree> {
        let first = self.signed()?;
        let mut tree = first;
        while self.operator(&["||"]).is_some() {
            tree = node("concat()", vec![tree, self.signed()?]);
        }
        Some(tree)
    }

    /// What one sign stands before: `-a`, `~a`, `!a`, `binary a`.
    pub(super) fn signed(&mut self) -> Option<Tree> {
        let mut signs = Vec::new();
        loop {
            if let Some(sign) = self.operator(&["-", "+", "~", "!"]) {
                signs.push(sign);
            } else if self.take("binary") {
                signs.push("binary");
            } else {
                break;
            }
        }
        let mut tree = self.collated()?;
        for sign in signs.into_iter().rev() {
            tree = match (sign, tree) {
                ("+", tree) => tree,
                ("!", tree) => node("not", vec![tree]),
                ("binary", tree) => node("cast", vec![tree, word("char charset binary")]),
                ("-", Tree::Word(number)) if is_number(&number) => Tree::Word(negative(&number)),
                (sign, tree) => node(sign, vec![tree]),
            };
        }
        Some(tree)
    }

    fn collated(&mut self) -> Option<Tree> {
        let mut tree = self.term()?;
        while self.take("collate") {
            let name = self.next()?;
            let name = name.name().or_else(|| name.string())?.to_lowercase();
            tree = node("collate", vec![tree, Tree::Word(name)]);
        }
        Some(tree)
    }

    fn term(&mut self) -> Option<Tree> {
        let token = self.tokens.first()?;
        match token.kind {
            TokenKind::Number => self.next().map(|it| number(it.text)),
            TokenKind::String => self.string(),
            TokenKind::Symbol if token.is("(") => self.parenthesized(),
            TokenKind::Quoted => self.column(),
            TokenKind::Word if is_introducer(token) => {
                self.next()?;
                self.string()
            }
            TokenKind::Word => self.named(),
            _ => None,
        }
    }

    fn parenthesized(&mut self) -> Option<Tree> {
        self.next()?;
        let mut all = self.list()?;
        match all.len() {
            1 => all.pop(),
            0 => None,
            _ => Some(node("row", all)),
        }
    }

    /// A string; those that stand behind each other are one.
    fn string(&mut self) -> Option<Tree> {
        let first = self.next()?;
        let Some(mut text) = first.string().filter(|_| first.text.starts_with(['\'', '"'])) else {
            return bits_of(first.text).map(Tree::Word);
        };
        while let Some(more) = self.tokens.first().filter(|it| it.text.starts_with(['\'', '"']))
            && let Some(more) = more.string()
        {
            text.push_str(&more);
            self.next()?;
        }
        Some(Tree::Text(text))
    }

    /// A column; those that are spoken of are those of one table, so where it stands is left out.
    fn column(&mut self) -> Option<Tree> {
        let mut name = self.next()?.name()?;
        while self.take(".") {
            name = self.next()?.name()?;
        }
        let column = Tree::Column(name);
        let path = match self.operator(&["->>", "->"]) {
            None if self.peek("(") => return None,
            None => return Some(column),
            Some(it) => it,
        };
        let found = node("json_extract()", vec![column, self.string()?]);
        Some(if path == "->" { found } else { node("json_unquote()", vec![found]) })
    }

    /// A word that is a value, a function, or a column.
    fn named(&mut self) -> Option<Tree> {
        let [token, behind @ ..] = self.tokens else { return None };
        let name = token.text.to_lowercase();
        if name == "case" {
            self.next()?;
            return forms::case(self);
        }
        match behind.first() {
            Some(it) if it.is("(") => {
                self.tokens = &behind[1..];
                forms::call(self, &name)
            }
            Some(it)
                if it.kind == TokenKind::String
                    && matches!(&*name, "date" | "time" | "timestamp") =>
            {
                self.next()?;
                Some(node(format!("{name} literal"), vec![self.string()?]))
            }
            Some(it) if it.is(".") => self.column(),
            _ if matches!(&*name, "null" | "true" | "false") => {
                self.next()?;
                Some(Tree::Word(name))
            }
            _ if forms::is_bare(&name) => {
                self.next()?;
                Some(node(format!("{}()", forms::synonym(&name)), Vec::new()))
            }
            _ if RESERVED.contains(&name.as_str()) || name.starts_with('_') => None,
            _ => self.column(),
        }
    }

    /// Expressions between commas, up to the parenthesis that closes them.
    pub(super) fn list(&mut self) -> Option<Vec<Tree>> {
        let mut all = Vec::new();
        if self.take(")") {
            return Some(all);
        }
        loop {
            all.push(self.any()?);
            if self.take(")") {
                return Some(all);
            }
            self.take(",").then_some(())?;
        }
    }
}

/// Whether a word is a number, with or without a sign.
fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    digits.starts_with(|it: char| it.is_ascii_digit()) && !digits.starts_with("0x")
}

/// The number with the other sign; 0 has none.
fn negative(number: &str) -> String {
    let is_zero = number.bytes().all(|it| matches!(it, b'0' | b'.'));
    match number.strip_prefix('-') {
        Some(digits) => digits.to_owned(),
        None if is_zero => number.to_owned(),
        None => format!("-{number}"),
    }
}

/// A number as the servers write it: `007` is `7`, `.5` is `0.5`, `5.` is `5`.
fn number(text: &str) -> Tree {
    let lower = text.to_lowercase();
    if lower.starts_with("0x") || lower.starts_with("0b") {
        return Tree::Word(bits_of(&lower).unwrap_or(lower));
    }
    let (mantissa, exponent) = match lower.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, format!("e{exponent}")),
        None => (lower.as_str(), String::new()),
    };
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        other => other,
    };
    let part = if part.is_empty() { String::new() } else { format!(".{part}") };
    Tree::Word(format!("{whole}{part}{exponent}"))
}

/// Bits in one spelling: `b'101'` and `0b101` are `0x05`; `x'0f'` is another kind of value to MariaDB.
fn bits_of(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let bits = lower
        .strip_prefix("0b")
        .or_else(|| lower.strip_prefix("b'").and_then(|it| it.strip_suffix('\'')));
    if let Some(bits) = bits {
        let padded = format!("{}{bits}", "0".repeat((8 - bits.len() % 8) % 8));
        let byte = |it: &[u8]| u8::from_str_radix(std::str::from_utf8(it).ok()?, 2).ok();
        let bytes: Option<Vec<u8>> = padded.as_bytes().chunks(8).map(byte).collect();
        return Some(format!(
            "0x{}",
            bytes?.iter().map(|it| format!("{it:02x}")).collect::<String>()
        ));
    }
    (lower.starts_with("x'") || lower.starts_with("0x")).then_some(lower)
}
