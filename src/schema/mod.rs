//! What a database looks like. Plain data: no SQL text is built here and nothing is opened.
//!
//! A [`Schema`] comes from three places (declared models, a live database, the operations of
//! scripts) and is compared by `diff`. Invariants: names are unique within their kind and
//! table, objects by their [`ObjectKey`]; lists without an order of their own stand in the order of their names after
//! [`Schema::sort`]; an expression is carried as written.

mod apply;
mod index;
mod name;
mod object;
mod object_key;
pub mod sql;
mod table;
mod types;

pub use apply::ApplyError;
pub use index::{Index, IndexColumn, IndexColumnError, IndexKey, Nulls};
pub use name::{Name, NameError, parse_column};
pub use object::{
    Definition, Enum, Extension, Function, KindError, Namespace, Object, Sequence, SequenceOptions,
    Trigger, View,
};
pub use object_key::ObjectKey;
pub use sql::Sql;
pub use table::{
    Action, Check, Column, Deferrable, ForeignKey, Generated, Identity, Literal, OptionValue,
    Options, PrimaryKey, Source, Table, Unique, Value,
};
pub use types::{Size, Type, TypeError, TypeOf};

/// Everything in a database that a migration manager looks at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// The tables.
    pub tables: Vec<Table>,
    /// Everything else.
    pub objects: Vec<Object>,
    /// What was seen and is not modelled: named, never compared, never dropped.
    pub others: Vec<Other>,
}

/// An object of a kind that is not modelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// Its kind, in the database's words: `virtual table`.
    pub kind: String,
    /// Its name.
    pub name: Name,
}

impl Schema {
    /// The table called `name`.
    pub fn table(&self, name: &Name) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == *name)
    }

    /// The object of this key.
    pub fn object(&self, key: &ObjectKey) -> Option<&Object> {
        // Few share a name, and a key is made anew for each.
        self.objects.iter().find(|object| object.name() == key.name && object.key() == *key)
    }

    /// Puts everything without an order of its own into the order of its name. The columns of a
    /// table stay as they are.
    pub fn sort(&mut self) {
        self.tables.sort_by(|a, b| a.name.cmp(&b.name));
        self.objects.sort_by_cached_key(Object::key);
        for table in &mut self.tables {
            table.uniques.sort_by(|a, b| (&a.name, &a.columns).cmp(&(&b.name, &b.columns)));
            table.foreign_keys.sort_by(|a, b| {
                (&a.name, &a.columns, &a.table).cmp(&(&b.name, &b.columns, &b.table))
            });
            table
                .checks
                .sort_by(|a, b| (&a.name, &a.expression.text).cmp(&(&b.name, &b.expression.text)));
            table.indexes.sort_by(|a, b| a.name.cmp(&b.name));
        }
    }
}
