//! What of a table has a name that the naming convention could make.

use super::expression::mentioned;
use super::naming::{Named, Subject};
use crate::schema::{Index, IndexKey, Table};

/// A key, constraint or index of a table.
pub(super) struct Nameable {
    /// What it is.
    pub(super) named: Named,
    /// The columns that its name is made of.
    columns: Vec<String>,
    /// For a foreign key the table that it refers to.
    referred_table: String,
    /// The name that it has.
    pub(super) name: Option<String>,
}

impl Nameable {
    /// What its name is made of.
    pub(super) fn subject<'a>(&'a self, table: &'a Table) -> Subject<'a> {
        Subject {
            table: &table.name.name,
            columns: &self.columns,
            referred_table: &self.referred_table,
            constraint: self.name.as_deref(),
        }
    }
}

/// Everything in a table that has a name beside its columns: the primary key, then its unique
/// constraints, its indexes, its checks and its foreign keys, each in their order.
pub(super) fn nameables(table: &Table) -> Vec<Nameable> {
    let nameable = |named, columns, name: &Option<String>| Nameable {
        named,
        columns,
        referred_table: String::new(),
        name: name.clone(),
    };
    let known: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let mut all = Vec::new();
    if let Some(key) = &table.primary_key {
        all.push(nameable(Named::PrimaryKey, key.columns.clone(), &key.name));
    }
    for unique in &table.uniques {
        all.push(nameable(Named::Unique, unique.columns.clone(), &unique.name));
    }
    for index in &table.indexes {
        let name = (!index.name.is_empty()).then(|| index.name.clone());
        all.push(nameable(Named::Index, index_columns(index, &known), &name));
    }
    for check in &table.checks {
        all.push(nameable(Named::Check, mentioned(&check.expression, &known), &check.name));
    }
    for key in &table.foreign_keys {
        let referred_table = key.table.name.clone();
        let foreign_key = nameable(Named::ForeignKey, key.columns.clone(), &key.name);
        all.push(Nameable { referred_table, ..foreign_key });
    }
    all
}

/// The columns that the name of an index is made of: those it sorts by and those that its
/// expressions mention.
fn index_columns(index: &Index, known: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for column in &index.columns {
        match &column.key {
            IndexKey::Column(name) => names.push(name.clone()),
            IndexKey::Expression(sql) => names.extend(mentioned(sql, known)),
        }
    }
    names
}
