//! Declared models -> [`Schema`]. One file a source of models.

mod expression;
mod load;
pub mod naming;
pub mod toml;

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::Rename;
use crate::error::Place;
use crate::schema::{Name, Schema, Value};

pub use load::{ModelsError, load};
pub use naming::Naming;

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
    /// Objects that only some dialects have (`dialects = [...]`), by kind and name.
    pub dialects: BTreeMap<(&'static str, Name), Vec<String>>,
    /// Where each table (`None`) and column was declared.
    pub places: BTreeMap<(Name, Option<String>), Place>,
}
