//! An expression as a tree.
//!
//! Operators bind as in <https://dev.mysql.com/doc/refman/8.4/en/operator-precedence.html>.

use super::super::lexer::{Mode, Token, TokenKind, tokens_in};
use super::forms;
use super::numbers::{is_number, negative};

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    /// A column. The case of its letters counts: the server may write it as the column is called, or as
    /// it was written.
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
    pub(super) tokens: &'a [Token<'a>],
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
    pub(super) fn operator(&mut self, operators: &[&'static str]) -> Option<&'static str> {
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
}
