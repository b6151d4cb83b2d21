//! A schema in the making is made to hold together again.

use std::collections::{BTreeMap, BTreeSet};

use limbeck::schema::sql::{TokenKind, tokens};
use limbeck::schema::{Identity, Name, Sql, Table, Type};

use super::super::schema;
use super::draft::Draft;
use super::object::DraftObject;
use super::table::plain;

impl Draft {
    /// Takes out whatever speaks of something that is no longer there.
    pub(super) fn mend(&mut self) {
        self.tables.iter_mut().for_each(mend_table);
        let keys: BTreeMap<Name, Vec<Vec<String>>> = self
            .tables
            .iter()
            .map(|table| {
                let primary = table.primary_key.iter().map(|key| key.columns.clone());
                let uniques = table.uniques.iter().map(|unique| unique.columns.clone());
                (table.name.clone(), primary.chain(uniques).collect())
            })
            .collect();
        for table in &mut self.tables {
            let has_target = |key: &limbeck::schema::ForeignKey| {
                keys.get(&key.table).is_some_and(|keys| keys.contains(&key.references))
            };
            table.foreign_keys.retain(has_target);
        }
        while let Some(at) = self.objects.iter().position(|it| self.table_below(&it.on).is_none()) {
            let object = self.objects.remove(at);
            self.names.0.remove(&object.name.to_lowercase());
        }
        // A view shows one column, and what stands on it knows no other.
        for at in 0..self.objects.len() {
            let column = self.column_for(&self.objects[at]);
            self.objects[at].column = column;
        }
    }

    fn column_for(&self, object: &DraftObject) -> String {
        if let Some(view) = self.objects.iter().find(|it| it.name == object.on) {
            return self.column_for(view);
        }
        match self.table_below(&object.on) {
            Some(table) if table.column(&object.column).is_none() => table.columns[0].name.clone(),
            _ => object.column.clone(),
        }
    }
}

fn mend_table(table: &mut Table) {
    // Something to stand on: a column that is stored as it comes.
    if plain(table).is_empty() {
        table.columns[0].generated = None;
    }
    let computed: BTreeSet<String> = table
        .columns
        .iter()
        .filter(|it| it.generated.is_some())
        .map(|it| it.name.clone())
        .collect();
    let all: BTreeSet<String> = table.columns.iter().map(|it| it.name.clone()).collect();
    for column in &mut table.columns {
        let is_sound = |sql: &Sql| {
            let names = mentioned(sql);
            names.iter().all(|it| all.contains(it) && !computed.contains(it))
        };
        if column.generated.as_ref().is_some_and(|it| !is_sound(&it.expression)) {
            column.generated = None;
        }
    }
    let plain: BTreeSet<String> = plain(table).into_iter().collect();
    let there = |names: &[String]| names.iter().all(|it| plain.contains(it));
    table.primary_key = table.primary_key.take().filter(|key| there(&key.columns));
    let key = table.primary_key.as_ref().map(|key| key.columns.clone());
    let mut seen: BTreeSet<Vec<String>> = key.iter().cloned().collect();
    table.uniques.retain(|it| there(&it.columns) && seen.insert(it.columns.clone()));
    let mut seen = BTreeSet::new();
    table
        .foreign_keys
        .retain(|it| there(&it.columns) && seen.insert((it.columns.clone(), it.table.clone())));
    let mut seen = BTreeSet::new();
    let sound = |sql: &Sql| mentioned(sql).iter().all(|it| all.contains(it));
    table.checks.retain(|it| sound(&it.expression) && seen.insert(it.expression.text.clone()));
    table.indexes.retain(|index| {
        let columns = index.columns.iter().all(|column| match &column.key {
            limbeck::schema::IndexKey::Column(name) => all.contains(name),
            limbeck::schema::IndexKey::Expression(sql) => sound(sql),
        });
        columns && index.predicate.as_ref().is_none_or(sound)
    });
    mend_key(table, &key.unwrap_or_default());
    schema::fit_defaults(table);
}

/// A column that is the whole key and a number counts itself, as models have it.
fn mend_key(table: &mut Table, key: &[String]) {
    for column in &mut table.columns {
        column.identity = None;
        if key.contains(&column.name) {
            column.nullable = false;
        }
        if key == [column.name.clone()] && column.ty.is_integer() {
            column.ty = Type::INTEGER;
            column.default = None;
            column.collation = None;
            column.identity = Some(Identity::default());
        }
    }
    let numbered = table.columns.iter().any(|it| it.identity.is_some());
    if numbered || key.is_empty() {
        table.options.remove("sqlite.without_rowid");
    }
    if !numbered {
        table.options.remove("sqlite.autoincrement");
    }
}

/// The columns an expression speaks of: they are all in quotes.
fn mentioned(sql: &Sql) -> Vec<String> {
    let text = sql.text.as_deref().unwrap_or_default();
    let quoted = |kind: TokenKind| kind == TokenKind::Quoted;
    let names = tokens(text).into_iter().filter(|it| quoted(it.kind));
    names.filter_map(|it| it.name()).collect()
}
