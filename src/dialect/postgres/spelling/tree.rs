//! An expression as a tree, in one form for all the ways to write it.
//!
//! Operators bind as in
//! <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE>.

use super::super::lexer::{Token, TokenKind, tokens};

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    /// A name or a literal; names are as they are kept, strings have their quotes.
    Leaf(String),
    /// A function, an operator or another form, with what it is about.
    Node(String, Vec<Tree>),
    /// A cast to the type of this text.
    Cast(Box<Tree>, String),
}

/// How deep an expression may be nested; reading it is recursive.
const DEPTH: usize = 200;

/// Reads an expression. `None` for what is not known here.
pub(super) fn parse(text: &str) -> Option<Tree> {
    let tokens: Vec<Token> = tokens(text).collect();
    let mut parser = Parser { tokens: &tokens, depth: 0 };
    let tree = parser.any()?;
    parser.tokens.is_empty().then_some(tree)
}

struct Parser<'a> {
    tokens: &'a [Token<'a>],
    depth: usize,
}

fn node(name: &str, of: Vec<Tree>) -> Tree {
    Tree::Node(name.to_owned(), of)
}

/// `a AND b AND c` is one node of three.
fn chain(name: &str, first: Tree, rest: Vec<Tree>) -> Tree {
    if rest.is_empty() {
        return first;
    }
    let mut all = Vec::new();
    for tree in std::iter::once(first).chain(rest) {
        match tree {
            Tree::Node(inner, of) if inner == name => all.extend(of),
            other => all.push(other),
        }
    }
    node(name, all)
}

/// A cast; that of a list is one of each of its values.
fn cast(inner: Tree, ty: String) -> Tree {
    match (inner, ty.strip_suffix(" []")) {
        (Tree::Node(name, values), Some(of)) if name == "array" && !values.is_empty() => {
            let each = values.into_iter().map(|it| cast(it, of.to_owned()));
            node("array", each.collect())
        }
        (inner, _) => Tree::Cast(Box::new(inner), ty),
    }
}

impl Parser<'_> {
    fn peek(&self, word: &str) -> bool {
        self.tokens.first().is_some_and(|token| token.is(word))
    }

    fn take(&mut self, word: &str) -> bool {
        let is_next = self.peek(word);
        if is_next {
            self.tokens = &self.tokens[1..];
        }
        is_next
    }

    /// Takes the words if all of them are next.
    fn take_all(&mut self, words: &[&str]) -> bool {
        let is_next = self.tokens.len() >= words.len()
            && self.tokens.iter().zip(words).all(|(token, word)| token.is(word));
        if is_next {
            self.tokens = &self.tokens[words.len()..];
        }
        is_next
    }

    fn any(&mut self) -> Option<Tree> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let first = self.all()?;
        let mut rest = Vec::new();
        while self.take("or") {
            rest.push(self.all()?);
        }
        self.depth -= 1;
        Some(chain("or", first, rest))
    }

    fn all(&mut self) -> Option<Tree> {
        let first = self.not()?;
        let mut rest = Vec::new();
        while self.take("and") {
            rest.push(self.not()?);
        }
        Some(chain("and", first, rest))
    }

    fn not(&mut self) -> Option<Tree> {
        match self.take("not") {
            true => Some(node("not", vec![self.not()?])),
            false => self.test(),
        }
    }

    /// `IS NULL` and the like.
    fn test(&mut self) -> Option<Tree> {
        let mut tree = self.comparison()?;
        while self.take("is") {
            let not = self.take("not");
            let what = ["null", "true", "false", "unknown"].into_iter().find(|it| self.take(it))?;
            let name = if not { format!("is not {what}") } else { format!("is {what}") };
            tree = Tree::Node(name, vec![tree]);
        }
        Some(tree)
    }

    fn comparison(&mut self) -> Option<Tree> {
        let left = self.pattern()?;
        let operator = match self.tokens.first() {
            Some(it) if ["=", "<>", "!=", "<", ">", "<=", ">="].contains(&it.text) => it.text,
            _ => return Some(left),
        };
        self.tokens = &self.tokens[1..];
        let operator = if operator == "!=" { "<>" } else { operator };
        let quantifier = ["any", "all"].into_iter().find(|it| self.take_all(&[it, "("]));
        if let Some(quantifier) = quantifier {
            let array = self.any()?;
            return self
                .take(")")
                .then(|| node(&format!("{operator} {quantifier}"), vec![left, array]));
        }
        Some(node(operator, vec![left, self.pattern()?]))
    }

    /// `LIKE`, `IN`, `BETWEEN`.
    fn pattern(&mut self) -> Option<Tree> {
        let left = self.other()?;
        let before = self.tokens;
        let not = self.take("not");
        if self.take("like") {
            return Some(node(if not { "!~~" } else { "~~" }, vec![left, self.other()?]));
        }
        if self.take("ilike") {
            return Some(node(if not { "!~~*" } else { "~~*" }, vec![left, self.other()?]));
        }
        if self.take_all(&["in", "("]) {
            let mut values = self.list(")")?;
            return Some(match (values.len(), not) {
                (1, false) => node("=", vec![left, values.remove(0)]),
                (1, true) => node("<>", vec![left, values.remove(0)]),
                (_, false) => node("= any", vec![left, node("array", values)]),
                (_, true) => node("<> all", vec![left, node("array", values)]),
            });
        }
        if self.take("between") {
            let from = self.other()?;
            if !self.take("and") {
                return None;
            }
            let to = self.other()?;
            return Some(match not {
                false => {
                    let within = [node(">=", vec![left.clone(), from]), node("<=", vec![left, to])];
                    node("and", within.to_vec())
                }
                true => {
                    let without = [node("<", vec![left.clone(), from]), node(">", vec![left, to])];
                    node("or", without.to_vec())
                }
            });
        }
        self.tokens = before;
        Some(left)
    }

    /// Any other operator: `||`, `->>`, `~`.
    fn other(&mut self) -> Option<Tree> {
        let mut tree = self.sum()?;
        while let Some(operator) = self.operator(|it| {
            !["=", "<>", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%", "^", "::"]
                .contains(&it)
        }) {
            tree = Tree::Node(operator, vec![tree, self.sum()?]);
        }
        Some(tree)
    }

    fn sum(&mut self) -> Option<Tree> {
        let mut tree = self.product()?;
        while let Some(operator) = self.operator(|it| it == "+" || it == "-") {
            tree = Tree::Node(operator, vec![tree, self.product()?]);
        }
        Some(tree)
    }

    fn product(&mut self) -> Option<Tree> {
        let mut tree = self.power()?;
        while let Some(operator) = self.operator(|it| it == "*" || it == "/" || it == "%") {
            tree = Tree::Node(operator, vec![tree, self.power()?]);
        }
        Some(tree)
    }

    fn power(&mut self) -> Option<Tree> {
        let mut tree = self.signed()?;
        while let Some(operator) = self.operator(|it| it == "^") {
            tree = Tree::Node(operator, vec![tree, self.signed()?]);
        }
        Some(tree)
    }

    fn signed(&mut self) -> Option<Tree> {
        match self.operator(|it| it == "-") {
            Some(minus) => Some(Tree::Node(minus, vec![self.signed()?])),
            None => self.cast(),
        }
    }

    fn operator(&mut self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        let token = self.tokens.first().filter(|it| it.kind == TokenKind::Operator)?;
        let found = wanted(token.text).then(|| token.text.to_owned());
        if found.is_some() {
            self.tokens = &self.tokens[1..];
        }
        found
    }

    fn cast(&mut self) -> Option<Tree> {
        let mut tree = self.term()?;
        while self.take("::") {
            tree = cast(tree, self.ty()?);
        }
        Some(tree)
    }

    /// A type's name, in one spelling.
    fn ty(&mut self) -> Option<String> {
        let mut words = vec![self.type_word()?];
        for second in ["varying", "precision", "without", "with", "time", "zone"] {
            if self.peek(second) {
                words.push(self.type_word()?);
            }
        }
        if self.take("(") {
            let mut numbers = Vec::new();
            while let [number, rest @ ..] = self.tokens
                && !number.is(")")
            {
                numbers.push(number.text);
                self.tokens = rest;
            }
            words.push(format!("({})", numbers.concat()));
            self.take(")").then_some(())?;
        }
        for second in ["without", "with", "time", "zone"] {
            if self.peek(second) {
                words.push(self.type_word()?);
            }
        }
        if self.take_all(&["[", "]"]) {
            words.push("[]".to_owned());
        }
        Some(words.join(" "))
    }

    fn type_word(&mut self) -> Option<String> {
        let [token, rest @ ..] = self.tokens else { return None };
        let word = match token.kind {
            TokenKind::Word => token.text.to_lowercase(),
            TokenKind::Quoted => token.text.to_owned(),
            _ => return None,
        };
        self.tokens = rest;
        Some(word)
    }

    fn term(&mut self) -> Option<Tree> {
        let [token, rest @ ..] = self.tokens else { return None };
        match token.kind {
            TokenKind::Number => {
                self.tokens = rest;
                Some(Tree::Leaf(token.text.to_lowercase()))
            }
            TokenKind::String if token.text.starts_with('\'') => {
                self.tokens = rest;
                Some(Tree::Leaf(token.text.to_owned()))
            }
            TokenKind::Symbol if token.is("(") => {
                self.tokens = rest;
                let inner = self.any()?;
                self.take(")").then_some(inner)
            }
            TokenKind::Word | TokenKind::Quoted => self.named(),
            _ => None,
        }
    }

    /// A column, a function, an array, `CAST(a AS b)`.
    fn named(&mut self) -> Option<Tree> {
        if self.take_all(&["array", "["]) {
            return Some(node("array", self.list("]")?));
        }
        if self.take_all(&["cast", "("]) {
            let inner = self.any()?;
            let ty = self.take("as").then(|| self.ty())??;
            return self.take(")").then(|| cast(inner, ty));
        }
        const FORMS: [&str; 12] = [
            "case",
            "select",
            "exists",
            "row",
            "interval",
            "timestamp",
            "date",
            "time",
            "not",
            "distinct",
            "extract",
            "substring",
        ];
        let [token, rest @ ..] = self.tokens else { return None };
        if FORMS.iter().any(|form| token.is(form)) {
            return None;
        }
        let mut name = token.name()?;
        self.tokens = rest;
        while let [dot, part, rest @ ..] = self.tokens
            && dot.is(".")
        {
            name = format!("{name}.{}", part.name()?);
            self.tokens = rest;
        }
        if self.take("(") {
            return Some(Tree::Node(format!("{name}()"), self.list(")")?));
        }
        // A leaf that begins otherwise is a literal.
        name.starts_with(|c: char| c.is_alphabetic() || c == '_').then_some(Tree::Leaf(name))
    }

    /// Expressions between commas, up to what closes them.
    fn list(&mut self, close: &str) -> Option<Vec<Tree>> {
        let mut all = Vec::new();
        if self.take(close) {
            return Some(all);
        }
        loop {
            all.push(self.any()?);
            if self.take(close) {
                return Some(all);
            }
            if !self.take(",") {
                return None;
            }
        }
    }
}
