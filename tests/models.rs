//! Models are written as they are read: what a schema becomes is read as that schema.

#![cfg(feature = "sqlite")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeMap;

use limbeck::dialect::Dialect;
use limbeck::dialect::sqlite::{Sqlite, SqliteConnection};
use limbeck::diff::diff;
use limbeck::error::Source;
use limbeck::models::{Naming, toml, write};
use limbeck::run;
use limbeck::schema::{ForeignKey, Schema, Table, Value};
use proptest::prelude::*;
use support::generate;
use support::law::cases;
use support::memory::{database, inspect};

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn what_is_written_is_read(schema in generate::schema()) {
        comes_back(&schema, &Naming::default())?;
    }

    #[test]
    fn what_is_written_is_read_under_a_convention(schema in generate::schema()) {
        let patterns = [("uq", "{{ table }}_{{ columns }}_key"), ("pk", "{{ table }}_pkey")];
        let patterns = patterns.map(|(key, text)| (key.to_owned(), text.to_owned()));
        let naming = Naming::new(BTreeMap::from(patterns)).unwrap();
        comes_back(&schema, &naming)?;
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn what_is_found_is_declared(schema in generate::schema()) {
        let dialect = Sqlite::bundled();
        let mut db = database();
        let normalized = dialect.normalize(&schema, &Schema::default(), &mut db);
        make(&mut db, &normalized.map_err(|it| TestCaseError::fail(it.to_string()))?)?;
        let live = inspect(&mut db);
        let document = write::document(&live, &Naming::default(), "sqlite");
        let text = document.toml();
        let read = toml::parse(&[Source::new("models.toml", text.as_str())], &Naming::default());
        let read = read.map_err(|it| TestCaseError::fail(format!("{text}\n{it:?}")))?.schema;
        let normalized = |live: &Schema, db: &mut SqliteConnection| {
            let normalized = dialect.normalize(&read, live, db);
            normalized.map_err(|it| TestCaseError::fail(it.to_string()))
        };
        prop_assert_eq!(&diff(&live, &normalized(&live, &mut db)?), &[], "{}", text);
        let mut made = database();
        let wanted = normalized(&Schema::default(), &mut made)?;
        make(&mut made, &wanted)?;
        prop_assert_eq!(&diff(&live, &inspect(&mut made)), &[], "{}", text);
    }
}

/// Makes all of a schema.
fn make(db: &mut SqliteConnection, schema: &Schema) -> Result<(), TestCaseError> {
    let operations = diff(&Schema::default(), schema);
    let made = run::execute(&Sqlite::bundled(), db, &operations, &|_| {});
    made.map_err(|(_, cause)| TestCaseError::fail(format!("{cause:?}")))
}

fn comes_back(schema: &Schema, naming: &Naming) -> Result<(), TestCaseError> {
    let document = write::document(schema, naming, "sqlite");
    let text = document.toml();
    let read = toml::parse(&[Source::new("models.toml", text.as_str())], naming);
    let read = read.map_err(|wrong| TestCaseError::fail(format!("{text}\n{wrong:?}")))?.schema;
    let mut expected = schema.clone();
    for table in &mut expected.tables {
        if let Some(read) = read.table(&table.name) {
            unnamed(table, read);
        }
    }
    expected.sort();
    prop_assert_eq!(&document.unsaid, &Vec::<String>::new());
    prop_assert_eq!(&read, &expected, "{}", text);
    is_stored_alike(schema, &read)
}

/// Names that only the reader makes become those of `expected`, and defaults that its types do not
/// take become the expressions as which they are written.
fn unnamed(expected: &mut Table, read: &Table) {
    if let (Some(key), Some(read)) = (&mut expected.primary_key, &read.primary_key) {
        key.name = key.name.take().or(read.name.clone());
    }
    for it in expected.uniques.iter_mut().filter(|it| it.name.is_none()) {
        let same = read.uniques.iter().find(|read| read.columns == it.columns);
        it.name = same.and_then(|it| it.name.clone());
    }
    for it in expected.checks.iter_mut().filter(|it| it.name.is_none()) {
        let same = read.checks.iter().find(|read| read.expression == it.expression);
        it.name = same.and_then(|it| it.name.clone());
    }
    for it in expected.foreign_keys.iter_mut().filter(|it| it.name.is_none()) {
        let is_same = |read: &&ForeignKey| (&read.columns, &read.table) == (&it.columns, &it.table);
        let same = read.foreign_keys.iter().find(is_same);
        it.name = same.and_then(|it| it.name.clone());
    }
    for (it, read) in expected.columns.iter_mut().zip(&read.columns) {
        if let (Some(Value::Literal(_)), Some(Value::Expression(_))) = (&it.default, &read.default)
        {
            it.default.clone_from(&read.default);
        }
    }
}

/// In the words of a database both are the same to the last letter.
fn is_stored_alike(schema: &Schema, read: &Schema) -> Result<(), TestCaseError> {
    let dialect = Sqlite::bundled();
    let normalized = |it: &Schema| dialect.normalize(it, &Schema::default(), &mut database());
    let [there, back] = [schema, read].map(|it| normalized(it).map_err(|it| it.to_string()));
    prop_assert_eq!(there.map(named), back.map(named));
    Ok(())
}

/// Without the names of what may have none.
fn named(mut schema: Schema) -> Schema {
    for table in &mut schema.tables {
        table.primary_key.iter_mut().for_each(|it| it.name = None);
        table.uniques.iter_mut().for_each(|it| it.name = None);
        table.checks.iter_mut().for_each(|it| it.name = None);
        table.foreign_keys.iter_mut().for_each(|it| it.name = None);
    }
    schema.sort();
    schema
}
