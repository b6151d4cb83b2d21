//! Names of objects and the dotted text in which people write them.

use std::fmt;
use std::str::FromStr;

/// The name of a table, view or other object: `user`, or `audit.log` where the database has schemas.
///
/// As text the parts stand between dots; a part that holds a dot, a double quote or nothing at
/// all is written in double quotes, doubled inside: `"a.b".log`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// The schema (namespace) the object lives in; `None` is the connection's default one.
    pub schema: Option<String>,
    /// The object's own name.
    pub name: String,
}

impl Name {
    /// A name in the default schema, taken as it is: no dot in it separates anything.
    pub fn new(name: impl Into<String>) -> Name {
        Name { schema: None, name: name.into() }
    }

    /// The column `column` of the table of this name, as text: `user.email`.
    pub fn column(&self, column: &str) -> String {
        format!("{self}.{}", part(column))
    }
}

impl From<&str> for Name {
    fn from(name: &str) -> Name {
        Name::new(name)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{}.", part(schema))?;
        }
        f.write_str(&part(&self.name))
    }
}

/// The text is no name: an empty part, an open quote, or too many dots.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {expected}")]
pub struct NameError {
    /// What was written.
    pub text: String,
    /// What would have been right.
    pub expected: &'static str,
}

impl FromStr for Name {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Name, NameError> {
        let expected = "a name like `user` or `schema.user`";
        let mut parts = parts(text).unwrap_or_default();
        match (parts.pop(), parts.pop(), parts.is_empty()) {
            (Some(name), schema, true) => Ok(Name { schema, name }),
            _ => Err(NameError { text: text.to_owned(), expected }),
        }
    }
}

/// Reads `table.column`, the text of `Name::column`.
pub fn parse_column(text: &str) -> Result<(Name, String), NameError> {
    let expected = "a column like `user.email`";
    let mut parts = parts(text).unwrap_or_default();
    match (parts.pop(), parts.pop(), parts.pop(), parts.is_empty()) {
        (Some(column), Some(name), schema, true) => Ok((Name { schema, name }, column)),
        _ => Err(NameError { text: text.to_owned(), expected }),
    }
}

fn part(text: &str) -> String {
    if text.is_empty() || text.contains(['.', '"']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn parts(text: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut chars = text.chars().peekable();
    loop {
        let mut part = String::new();
        if chars.next_if_eq(&'"').is_some() {
            loop {
                match chars.next()? {
                    '"' if chars.next_if_eq(&'"').is_some() => part.push('"'),
                    '"' => break,
                    other => part.push(other),
                }
            }
        } else {
            while let Some(next) = chars.next_if(|next| *next != '.') {
                if next == '"' {
                    return None;
                }
                part.push(next);
            }
            if part.is_empty() {
                return None;
            }
        }
        parts.push(part);
        match chars.next() {
            None => return Some(parts),
            Some('.') => {}
            Some(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_from_their_text() {
        for (text, name) in [
            ("user", Name::new("user")),
            ("audit.log", Name { schema: Some("audit".into()), name: "log".into() }),
            ("\"a.b\"", Name::new("a.b")),
            ("\"say \"\"hi\"\"\"", Name::new("say \"hi\"")),
            ("\"\"", Name::new("")),
            ("odd name; --", Name::new("odd name; --")),
        ] {
            assert_eq!(text.parse(), Ok(name.clone()));
            assert_eq!(name.to_string(), text);
        }
        for text in ["", ".", "a.", ".a", "a.b.c", "\"a", "\"a\"b", "a\"b"] {
            assert!(text.parse::<Name>().is_err(), "{text}");
        }
    }

    #[test]
    fn columns_come_back_from_their_text() {
        let name = Name::new("a.b");
        assert_eq!(name.column("c\"d"), "\"a.b\".\"c\"\"d\"");
        assert_eq!(parse_column(&name.column("c\"d")), Ok((name, "c\"d".to_owned())));
        assert!(parse_column("email").is_err());
    }
}
