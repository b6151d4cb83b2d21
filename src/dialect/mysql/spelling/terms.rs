//! What operators stand between: columns, literals, functions, what is in parentheses.

use super::super::default::is_introducer;
use super::super::lexer::TokenKind;
use super::forms;
use super::numbers::{bits_of, number};
use super::tree::{Parser, Tree, node};

/// Words that are no columns unless they stand in quotes, and that nothing here understands where it
/// finds them as a value.
const RESERVED: [&str; 18] = [
    "all", "any", "as", "by", "collate", "default", "distinct", "else", "end", "exists", "from",
    "in", "is", "like", "row", "select", "then", "when",
];

impl Parser<'_> {
    pub(super) fn term(&mut self) -> Option<Tree> {
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
