//! Indexes and the text of their columns.

use std::fmt;
use std::str::FromStr;

use super::sql::{Token, TokenKind, tokens};
use super::{Options, Source, Sql};

/// An index, unique or not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// What it is sorted by.
    pub columns: Vec<IndexColumn>,
    /// Whether two rows may not be equal in it.
    pub unique: bool,
    /// Which rows it holds; `None` is all.
    pub predicate: Option<Sql>,
    /// Columns it carries without being sorted by them.
    pub include: Vec<String>,
    /// The index method (`gin`, `fulltext`); `None` is the database's ordinary one.
    pub using: Option<String>,
    /// Its comment.
    pub comment: Option<String>,
    /// What only one dialect knows.
    pub options: Options,
    /// The statement by which the database keeps it.
    pub source: Source,
}

/// One column of an index.
///
/// Its text is `name`, or an expression, then `collate c`, `desc`, `nulls first` or `nulls last`:
/// `timestamp desc`, `lower(email)`, `"order" collate nocase desc nulls last`.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexColumn {
    /// What is indexed.
    pub key: IndexKey,
    /// By which rules texts are compared; `None` is the column's own.
    pub collation: Option<String>,
    /// Largest first.
    pub descending: bool,
    /// Where NULL stands; `None` is the database's ordinary place.
    pub nulls: Option<Nulls>,
}

impl IndexColumn {
    /// The column called `name`, ascending.
    pub fn new(name: impl Into<String>) -> IndexColumn {
        let key = IndexKey::Column(name.into());
        IndexColumn { key, collation: None, descending: false, nulls: None }
    }
}

/// What an index sorts by.
#[derive(Clone, Debug, PartialEq)]
pub enum IndexKey {
    /// A column's value.
    Column(String),
    /// A computed value.
    Expression(Sql),
}

/// Where NULL stands in an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nulls {
    /// Before all values.
    First,
    /// After all values.
    Last,
}

impl fmt::Display for IndexColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            IndexKey::Column(name) if is_plain(name) => f.write_str(name)?,
            IndexKey::Column(name) => write!(f, "\"{}\"", name.replace('"', "\"\""))?,
            IndexKey::Expression(sql) => {
                let text = sql.text.as_deref().unwrap_or_default();
                let bare = IndexColumn { key: self.key.clone(), ..IndexColumn::new("") };
                match text.parse::<IndexColumn>() {
                    Ok(read) if read == bare => f.write_str(text)?,
                    _ => write!(f, "({text})")?,
                }
            }
        }
        if let Some(collation) = &self.collation {
            if is_plain(collation) {
                write!(f, " collate {collation}")?;
            } else {
                write!(f, " collate \"{}\"", collation.replace('"', "\"\""))?;
            }
        }
        if self.descending {
            f.write_str(" desc")?;
        }
        match self.nulls {
            None => Ok(()),
            Some(Nulls::First) => f.write_str(" nulls first"),
            Some(Nulls::Last) => f.write_str(" nulls last"),
        }
    }
}

/// Whether a name needs no quotes in an index column's text.
fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || c == '_';
    let word = |word: &str| name.eq_ignore_ascii_case(word);
    !name.is_empty()
        && name.chars().all(plain)
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !["asc", "desc", "collate", "nulls", "first", "last"].into_iter().any(word)
}

/// The text holds no column.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an index column is a name or an expression, not `{text}`")]
pub struct IndexColumnError {
    /// What was written.
    pub text: String,
}

impl FromStr for IndexColumn {
    type Err = IndexColumnError;

    fn from_str(text: &str) -> Result<IndexColumn, IndexColumnError> {
        let all = tokens(text);
        let mut rest = &all[..];
        let mut column = IndexColumn::new("");
        if let [head @ .., nulls, place] = rest
            && nulls.is("nulls")
            && !head.is_empty()
        {
            column.nulls = match place {
                it if it.is("first") => Some(Nulls::First),
                it if it.is("last") => Some(Nulls::Last),
                _ => None,
            };
            rest = if column.nulls.is_some() { head } else { rest };
        }
        if let [head @ .., order] = rest
            && !head.is_empty()
            && (order.is("asc") || order.is("desc"))
        {
            column.descending = order.is("desc");
            rest = head;
        }
        if let [head @ .., collate, name] = rest
            && !head.is_empty()
            && collate.is("collate")
        {
            column.collation = name.name();
            rest = head;
        }
        column.key = match rest {
            [] => return Err(IndexColumnError { text: text.to_owned() }),
            [one] if one.kind == TokenKind::Word || one.kind == TokenKind::Quoted => {
                IndexKey::Column(one.name().unwrap_or_default())
            }
            [first, .., last] if wrapped(rest) => {
                IndexKey::Expression(Sql::new(text[first.end()..last.at].trim()))
            }
            [first, ..] => {
                let end = rest.last().map_or(first.end(), Token::end);
                IndexKey::Expression(Sql::new(&text[first.at..end]))
            }
        };
        Ok(column)
    }
}

/// Whether one pair of parentheses holds all of `tokens`.
fn wrapped(tokens: &[Token]) -> bool {
    let mut depth = 0;
    tokens.first().is_some_and(|first| first.is("("))
        && tokens.iter().enumerate().all(|(index, token)| {
            depth += i32::from(token.is("(")) - i32::from(token.is(")"));
            depth > 0 || index + 1 == tokens.len()
        })
        && depth == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_back_from_their_text() {
        for text in [
            "name",
            "timestamp desc",
            "lower(email)",
            "lower(email) desc",
            "name collate nocase desc nulls last",
            "\"order by\" nulls first",
            "\"desc\"",
            "\"desc\" desc",
            "a || b",
            "(a collate x)",
            "((a))",
        ] {
            let column: IndexColumn = text.parse().unwrap();
            assert_eq!(column.to_string().parse(), Ok(column.clone()), "{text}");
        }
        for (text, written) in [("a asc", "a"), ("(a || b)", "a || b"), ("\"plain\"", "plain")] {
            assert_eq!(text.parse::<IndexColumn>().unwrap().to_string(), written);
        }
        assert!("".parse::<IndexColumn>().is_err());
    }

    #[test]
    fn modifiers_are_told_from_names() {
        let column: IndexColumn = "Desc".parse().unwrap();
        assert_eq!(column.key, IndexKey::Column("Desc".to_owned()));
        let column: IndexColumn = "lower(x) COLLATE \"C\" DESC NULLS FIRST".parse().unwrap();
        assert_eq!(column.key, IndexKey::Expression(Sql::new("lower(x)")));
        assert_eq!(column.collation.as_deref(), Some("C"));
        assert!(column.descending);
        assert_eq!(column.nulls, Some(Nulls::First));
    }
}
