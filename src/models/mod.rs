//! Declared models -> [`Schema`], and back ([`write`]). They come from files and from programs.

mod expression;
mod load;
mod nameable;
pub mod naming;
mod program;
#[cfg(feature = "sea-orm")]
mod sea_query;
mod source;
pub mod sql;
pub mod toml;
pub mod write;

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::Rename;
use crate::error::{Mistake, Place, Source};
use crate::schema::{Name, Object, ObjectKey, Schema, Value};

pub use load::{ModelsError, load};
pub use naming::Naming;
pub use program::ProgramError;
#[cfg(feature = "sea-orm")]
pub use sea_query::StatementError;
pub use source::{Form, ModelSource};

/// What the models declare.
#[derive(Clone, Debug, Default)]
pub struct Declared {
    /// The schema they ask for.
    pub schema: Schema,
    /// The renames they mean, `renamed_from` in a model or a column.
    pub renames: Vec<Rename>,
    /// The names that a person gave to keys, constraints and indexes, by table; all others are
    /// made by the naming convention.
    pub given_names: BTreeSet<(Name, String)>,
    /// What rows get that have no value in a column which must have one: `fill` in a column.
    pub fills: BTreeMap<(Name, String), Value>,
    /// Objects that only some dialects have (`dialects = [...]`).
    pub dialects: BTreeMap<ObjectKey, Vec<String>>,
    /// Indexes of different tables that share a name, which is a mistake where a database keeps all
    /// indexes of a schema in one place.
    pub shared_index_names: Vec<Mistake>,
    /// Where each table (`None`) and column was declared.
    pub places: BTreeMap<(Name, Option<String>), Place>,
    /// What is declared in SQL, and not read yet: that takes a database.
    pub sql: Vec<Source>,
}

impl Declared {
    /// Whether the dialect of this name has `object`, which is declared.
    pub fn is_for(&self, object: &Object, dialect: &str) -> bool {
        let dialects = self.dialects.get(&object.key());
        dialects.is_none_or(|dialects| dialects.iter().any(|it| it == dialect))
    }

    /// The dialects for which an object is meant that a database spells in its own way: a trigger
    /// that leaves its table, a function whose arguments have other words. None are all.
    pub fn dialects_of(&self, object: &Object) -> Vec<String> {
        let key = object.key();
        if let Some(dialects) = self.dialects.get(&key) {
            return dialects.clone();
        }
        if self.schema.object(&key).is_some() {
            return Vec::new();
        }
        let is_namesake = |it: &ObjectKey| (&it.kind, &it.name) == (&key.kind, &key.name);
        let mut namesakes = self.dialects.iter().filter(|(it, _)| is_namesake(it));
        match namesakes.next() {
            Some((_, dialects)) if namesakes.all(|(_, it)| it == dialects) => dialects.clone(),
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Source;
    use crate::schema::{Function, Sql, Trigger};

    #[test]
    fn dialects_of_what_is_spelled_otherwise() {
        let text = r#"
            [A.columns]
            id = "integer"
            [triggers.audit]
            table = "a"
            definition = "CREATE TRIGGER audit"
            dialects = ["postgres"]
            [functions.f]
            arguments = "int"
            definition = "CREATE FUNCTION f"
            dialects = ["postgres", "mysql"]
            [functions.f_of_text]
            name = "f"
            arguments = "text"
            definition = "CREATE FUNCTION f"
        "#;
        let declared = toml::parse(&[Source::new("a.toml", text)], &Naming::default()).unwrap();
        let definition = || Sql::new("CREATE ...");
        let function = |arguments: &str| {
            let arguments = arguments.to_owned();
            Object::Function(Function { name: "f".into(), arguments, definition: definition() })
        };
        let trigger = |name: &str| {
            let (name, table) = (name.into(), "old".into());
            Object::Trigger(Trigger { name, table, definition: definition() })
        };
        for (object, dialects) in [
            (trigger("audit"), &["postgres"][..]),
            (trigger("other"), &[]),
            (function("integer"), &["postgres", "mysql"]),
            (function("text"), &[]),
        ] {
            assert_eq!(declared.dialects_of(&object), dialects, "{}", object.key());
        }
        let for_mysql = declared.schema.objects.iter().filter(|it| declared.is_for(it, "mysql"));
        let keys: Vec<String> = for_mysql.map(|it| it.key().to_string()).collect();
        assert_eq!(keys, ["function f(int)", "function f(text)"]);
    }
}
