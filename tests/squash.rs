//! Squashing over generated revisions: what is left of them does what they do, on a real database.

#![cfg(feature = "sqlite")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use limbeck::dialect::sqlite::{Sqlite, SqliteConnection};
use limbeck::dialect::{Connection, Dialect};
use limbeck::diff::{Rename, diff, diff_renamed};
use limbeck::operation::{self, Operation};
use limbeck::proof::{Equality, UnequalError, prove_equal};
use limbeck::run;
use limbeck::schema::{Column, Literal, Schema, Table, Type, Value};
use limbeck::script::{Header, Script};
use limbeck::squash::{Squashed, squash};
use proptest::prelude::*;
use support::generate::{self, Pair};
use support::law::cases;
use support::memory::{database, inspect, restated};

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn a_squash_does_what_it_replaces(
        pair in generate::pair(),
        seed in 0..1000u64,
        split in 0..3usize,
    ) {
        let Some(scripts) = scripts(&pair, seed) else { return Ok(()) };
        let (before, originals) = scripts.split_at(split);
        let Squashed { short, plain } = squash(before, originals, Header::default()).unwrap();
        for script in [plain, short] {
            let script = script.canonical();
            if let Err(error) = prove(before, originals, &script) {
                let cause = std::error::Error::source(&error).map(ToString::to_string);
                prop_assert!(
                    matches!(error, UnequalError::Original { .. }),
                    "{error} {cause:?}\nbefore {before:#?}\nof {originals:#?}\nis {script:#?}"
                );
            }
        }
    }

    #[test]
    fn everything_that_was_ever_made_is_made_once(pair in generate::pair(), last in generate::schema()) {
        let (first, second) = (schema_of(&pair.from), schema_of(&pair.to));
        let steps = [
            diff(&Schema::default(), &first),
            diff_renamed(&first, &second, &pair.renames).unwrap(),
            diff(&second, &last),
        ];
        let originals = steps.map(|it| script(&it, &[]));
        let short = squash(&[], &originals, Header::default()).unwrap().short;
        // What has views or triggers over it is renamed by the database, and not by a squash.
        prop_assume!(pair.renames.is_empty());
        let wanted = diff(&Schema::default(), &last);
        let there: Vec<_> = short.upgrade.into_iter().map(|it| it.operation).collect();
        prop_assert_eq!(operation::describe(&there), operation::describe(&wanted));
    }
}

/// A schema as replay gives it back: with its columns in the order in which they come.
fn schema_of(schema: &Schema) -> Schema {
    let mut made = Schema::default();
    diff(&Schema::default(), schema).iter().for_each(|it| made.apply(it).unwrap());
    made
}

fn prove(before: &[Script], originals: &[Script], script: &Script) -> Result<(), UnequalError> {
    let mut live = SqliteConnection::memory().unwrap();
    let dialect = Sqlite::bundled();
    prove_equal(&Equality { dialect: &dialect, before, originals, script }, &mut live)
}

/// Four revisions, all with rows: one that makes a schema, one that changes it, one that makes the
/// first one of it again, without a thought of renames, and one that changes that. `None` when rows
/// are in the way of one.
fn scripts(pair: &Pair, seed: u64) -> Option<[Script; 4]> {
    let dialect = Sqlite::bundled();
    let mut db = database();
    let mut step = |to: &Schema, renames: &[Rename]| -> Option<Script> {
        let live = inspect(&mut db);
        let normalized = dialect.normalize(to, &Schema::default(), &mut db).unwrap();
        let operations = diff_renamed(&live, &normalized, renames).ok()?;
        let operations = restated(operations, to, &normalized);
        whole(&mut db, &operations)?;
        let reached = inspect(&mut db);
        let inserts = reached.tables.iter().flat_map(|table| inserts(table, seed));
        let inserts: Vec<_> =
            inserts.filter(|it| whole(&mut db, std::slice::from_ref(it)).is_some()).collect();
        Some(script(&operations, &inserts))
    };
    Some([
        step(&pair.from, &[])?,
        step(&pair.to, &pair.renames)?,
        step(&pair.from, &[])?,
        step(&pair.to, &pair.renames)?,
    ])
}

/// Runs operations, all of them or none.
fn whole(db: &mut SqliteConnection, operations: &[Operation]) -> Option<()> {
    db.execute("BEGIN").unwrap();
    let outcome = run::execute(&Sqlite::bundled(), db, operations, &|_| {});
    db.execute(if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" }).unwrap();
    outcome.ok()
}

fn script(operations: &[Operation], inserts: &[Operation]) -> Script {
    let script = Script {
        upgrade: operations.iter().chain(inserts).cloned().map(Into::into).collect(),
        downgrade: operation::reverse(operations).unwrap().into_iter().map(Into::into).collect(),
        ..Script::default()
    };
    script.canonical()
}

/// Rows for a table, some of which say less than all of their columns.
fn inserts(table: &Table, seed: u64) -> Vec<Operation> {
    let row = |number: u64| {
        let says = |(place, column): &(usize, &Column)| {
            column.generated.is_none() && !(seed / (*place as u64 + number)).is_multiple_of(3)
        };
        let columns = table.columns.iter().enumerate().filter(says);
        let row = columns.map(|(_, column)| (column.name.clone(), value(column, number))).collect();
        Operation::Insert { table: table.name.clone(), rows: vec![row] }
    };
    (1..=seed % 3).map(row).collect()
}

fn value(column: &Column, number: u64) -> Value {
    let text = number.to_string();
    Value::Literal(match &column.ty {
        Type::SmallInteger { .. } | Type::Integer { .. } | Type::BigInteger { .. } => {
            Literal::Integer(number as i64)
        }
        Type::Boolean => Literal::Boolean(number % 2 == 1),
        Type::Float | Type::Double => Literal::Float(number as f64 + 0.5),
        Type::Enum(values) => Literal::Text(values.first().cloned().unwrap_or_default()),
        Type::Date => Literal::Text(format!("2001-02-0{number}")),
        Type::Json => Literal::Text(format!("[{number}]")),
        _ => Literal::Text(text),
    })
}
