//! What tells one object from every other.

use std::borrow::Cow;
use std::fmt;

use super::{Name, Object};

/// What tells one object from every other: no two of a schema have the same.
///
/// Its text is for a person: `function total(integer)`, `trigger audit on post`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectKey {
    /// Its kind, as [`Object::kind`] says it.
    pub kind: Cow<'static, str>,
    /// Its name.
    pub name: Name,
    /// The types of a function's arguments: several functions may share a name.
    pub arguments: Option<String>,
    /// The table within which the name means this object.
    pub table: Option<Name>,
}

impl ObjectKey {
    /// The key for a person, its names between two of `quote`: `trigger 'audit' on 'post'`.
    pub fn quoted(&self, quote: char) -> String {
        let name = format!("{quote}{}{quote}", self.signature());
        let on = self.table.as_ref().map(|table| format!(" on {quote}{table}{quote}"));
        format!("{} {name}{}", self.kind_words(), on.unwrap_or_default())
    }

    /// The name, with the arguments of a function behind it.
    fn signature(&self) -> String {
        let arguments = self.arguments.as_ref().map(|arguments| format!("({arguments})"));
        format!("{}{}", self.name, arguments.unwrap_or_default())
    }

    fn kind_words(&self) -> String {
        self.kind.replace('_', " ")
    }
}

impl fmt::Display for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind_words(), self.signature())?;
        match &self.table {
            Some(table) => write!(f, " on {table}"),
            None => Ok(()),
        }
    }
}

impl Object {
    /// Its kind: `materialized_view`, or in the database's words `policy`.
    pub fn kind(&self) -> Cow<'static, str> {
        match self {
            Object::Definition(it) => Cow::Owned(it.kind.clone()),
            _ => Cow::Borrowed(self.word()),
        }
    }

    /// What tells it from every other object.
    pub fn key(&self) -> ObjectKey {
        let arguments = match self {
            Object::Function(it) => Some(it.arguments.clone()),
            _ => None,
        };
        ObjectKey { kind: self.kind(), name: self.name(), arguments, table: self.table().cloned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Definition, Function, Options, Sql, Trigger, View};

    #[test]
    fn keys_in_words() {
        let definition = || Sql::new("CREATE ...");
        let function = |arguments: &str| {
            let arguments = arguments.to_owned();
            Object::Function(Function { name: "total".into(), arguments, definition: definition() })
        };
        let object = |kind: &str, name: &str, table: Option<&str>| {
            let (kind, name, table) = (kind.to_owned(), name.into(), table.map(Name::new));
            Object::Definition(Definition { kind, name, table, definition: definition() })
        };
        let view = View {
            name: Name { schema: Some("app".to_owned()), name: "best".to_owned() },
            materialized: true,
            definition: definition(),
            options: Options::new(),
        };
        let trigger =
            Trigger { name: "audit".into(), table: "post".into(), definition: definition() };
        for (object, plain, quoted) in [
            (function("integer"), "function total(integer)", "function 'total(integer)'"),
            (function(""), "function total()", "function 'total()'"),
            (Object::View(view), "materialized view app.best", "materialized view 'app.best'"),
            (Object::Trigger(trigger), "trigger audit on post", "trigger 'audit' on 'post'"),
            (
                object("policy", "tenant", Some("account")),
                "policy tenant on account",
                "policy 'tenant' on 'account'",
            ),
            (object("domain", "price", None), "domain price", "domain 'price'"),
        ] {
            assert_eq!(object.key().to_string(), plain);
            assert_eq!(object.key().quoted('\''), quoted);
        }
    }
}
