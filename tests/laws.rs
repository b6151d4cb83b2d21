//! The laws of the core: a diff leads where it says, an operation and its reverse cancel each
//! other, and a real database agrees with both and loses no row.

#![cfg(feature = "sqlite")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use limbeck::dialect::sqlite::{Sqlite, SqliteConnection};
use limbeck::dialect::{Connection, Dialect, Limits, Row, Scope};
use limbeck::diff::{Rename, diff, diff_renamed};
use limbeck::operation::{self, Operation, TableChange};
use limbeck::run::{self, Cause};
use limbeck::schema::{Column, Identity, Name, PrimaryKey, Schema, Table, Type, Unique};
use limbeck::script::Script;
use proptest::prelude::*;
use support::generate::{self, Pair};
use support::journey::{Columns, Kept, Stop, alike, followed, read, same_rows, wrong};
use support::law::{cases, text};
use support::memory::{database, restated};

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn a_diff_leads_where_it_says(pair in generate::pair()) {
        for (from, to) in [(&pair.from, &pair.to), (&pair.to, &pair.from)] {
            let operations = diff(from, to);
            let reached = after(from, &operations)?;
            prop_assert_eq!(diff(&reached, to), [], "by {}", text(&operations));
        }
    }

    #[test]
    fn a_diff_leads_between_strangers(from in generate::schema(), to in generate::schema()) {
        let operations = diff(&from, &to);
        let reached = after(&from, &operations)?;
        prop_assert_eq!(diff(&reached, &to), [], "by {}", text(&operations));
    }

    #[test]
    fn an_operation_and_its_reverse_cancel_each_other(pair in generate::pair()) {
        let mut schema = pair.from.clone();
        let operations = diff_renamed(&pair.from, &pair.to, &pair.renames)
            .map_err(|err| TestCaseError::fail(err.to_string()))?;
        for operation in operations {
            let next = after(&schema, std::slice::from_ref(&operation))?;
            let back = after(&next, &[operation.reverse().unwrap()])?;
            prop_assert_eq!(
                columns_sorted(back),
                columns_sorted(schema.clone()),
                "by {}",
                text(&[operation])
            );
            schema = next;
        }
        prop_assert_eq!(diff(&schema, &pair.to), []);
    }
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn sqlite_agrees(pair in generate::pair(), seed in 0..1000u64) {
        live(&pair, Sqlite::bundled(), seed)?;
    }

    #[test]
    fn sqlite_agrees_between_strangers(
        from in generate::schema(),
        to in generate::schema(),
        seed in 0..1000u64,
    ) {
        live(&Pair { from, to, renames: Vec::new() }, Sqlite::bundled(), seed)?;
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn an_older_sqlite_agrees(pair in generate::pair(), seed in 0..1000u64) {
        live(&pair, Sqlite::portable(), seed)?;
    }
}

/// SQLite cannot rename a column that is the rowid and stands in a `UNIQUE` before its
/// `PRIMARY KEY`, so no table is left like that.
#[test]
fn a_key_that_comes_back_can_be_renamed() {
    let column = |name: &str| Column { nullable: false, ..Column::new(name, Type::INTEGER) };
    let unique = |name: &str| Unique {
        name: Some("uq".to_owned()),
        columns: vec![name.to_owned()],
        ..Unique::default()
    };
    let mut from = Table { name: Name::new("a"), ..Table::default() };
    from.columns = vec![Column { identity: Some(Identity::default()), ..column("id") }];
    from.primary_key =
        Some(PrimaryKey { name: None, columns: vec!["id".to_owned()], ..PrimaryKey::default() });
    from.uniques = vec![unique("id")];
    let to = Table { columns: vec![column("number")], primary_key: None, ..from.clone() };
    let to = Table { uniques: vec![unique("number")], ..to };
    let schema = |table| Schema { tables: vec![table], ..Schema::default() };
    let rename =
        Rename::Column { table: Name::new("a"), from: "id".to_owned(), to: "number".to_owned() };
    let pair = Pair { from: schema(from), to: schema(to), renames: vec![rename] };
    live(&pair, Sqlite::bundled(), 0).unwrap();
}

fn after(schema: &Schema, operations: &[Operation]) -> Result<Schema, TestCaseError> {
    let mut schema = schema.clone();
    for operation in operations {
        let applied = schema.apply(operation);
        applied.map_err(|err| {
            TestCaseError::fail(format!("{err}: {}", text(std::slice::from_ref(operation))))
        })?;
    }
    Ok(schema)
}

fn columns_sorted(mut schema: Schema) -> Schema {
    for table in &mut schema.tables {
        table.columns.sort_by(|a, b| a.name.cmp(&b.name));
    }
    schema.sort();
    schema
}

/// Takes a real database there and back, with rows where they do not stand in the way.
fn live(pair: &Pair, dialect: Sqlite, seed: u64) -> Result<(), TestCaseError> {
    let outcome = match journey(pair, dialect, Some(seed)) {
        Err(Stop::Refused) => journey(pair, dialect, None),
        outcome => outcome,
    };
    match outcome {
        Ok(()) => Ok(()),
        Err(Stop::Refused | Stop::NoCast) => {
            Err(TestCaseError::fail("no rows, and still a constraint failed"))
        }
        Err(Stop::Wrong(what)) => Err(TestCaseError::fail(what)),
    }
}

fn journey(pair: &Pair, dialect: Sqlite, seed: Option<u64>) -> Result<(), Stop> {
    let mut db = database();
    let normalized = dialect.normalize(&pair.from, &Schema::default(), &mut db).map_err(wrong)?;
    let created = restated(diff(&Schema::default(), &normalized), &pair.from, &normalized);
    run(&mut db, dialect, &created)?;
    let first = inspect(&mut db, dialect)?;
    alike(&first, &normalized, "created", &created)?;
    if let Some(seed) = seed {
        fill(&mut db, &first, seed)?;
    }

    let normalized = dialect.normalize(&pair.to, &first, &mut db).map_err(wrong)?;
    let operations = diff_renamed(&first, &normalized, &pair.renames).map_err(wrong)?;
    let operations = restated(operations, &pair.to, &normalized);
    let script = Script {
        upgrade: operations.iter().cloned().map(Into::into).collect(),
        downgrade: operation::reverse(&operations)
            .unwrap_or_default()
            .into_iter()
            .map(Into::into)
            .collect(),
        ..Script::default()
    };
    let script = script.canonical();
    let there: Vec<_> = script.upgrade.into_iter().map(|it| it.operation).collect();
    let back: Vec<_> = script.downgrade.into_iter().map(|it| it.operation).collect();

    let kept = kept(&first, &there);
    let before = read(&mut db, kept.iter().map(|it| &it.before))?;
    run(&mut db, dialect, &there)?;
    let reached = inspect(&mut db, dialect)?;
    alike(&reached, &normalized, "upgraded", &there)?;
    let rows = read(&mut db, kept.iter().map(|it| &it.after))?;
    same_rows(&before, &rows, &there)?;

    run(&mut db, dialect, &back)?;
    alike(&inspect(&mut db, dialect)?, &first, "downgraded", &back)?;
    let rows = read(&mut db, kept.iter().map(|it| &it.before))?;
    same_rows(&before, &rows, &back)
}

fn inspect(db: &mut SqliteConnection, dialect: Sqlite) -> Result<Schema, Stop> {
    dialect.inspect(db, &Scope::default()).map_err(wrong)
}

/// Runs operations as a revision: in one transaction, on a connection that was readied for it.
fn run(db: &mut SqliteConnection, dialect: Sqlite, operations: &[Operation]) -> Result<(), Stop> {
    let before = dump(db)?;
    db.execute("PRAGMA foreign_keys = ON").map_err(wrong)?;
    dialect.prepare(db, &Limits::default()).map_err(wrong)?;
    db.execute(dialect.features().begin.unwrap()).map_err(wrong)?;
    match run::execute(&dialect, db, operations, &|_| {}) {
        Ok(()) => {
            db.execute("COMMIT").map_err(wrong)?;
            let checked = db.query("PRAGMA integrity_check", &[]).map_err(wrong)?;
            let orphans = db.query("PRAGMA foreign_key_check", &[]).map_err(wrong)?;
            if checked != [[Some("ok".to_owned())]] || !orphans.is_empty() {
                return Err(wrong(format!("{checked:?} {orphans:?} after{}", text(operations))));
            }
            Ok(())
        }
        Err((_, cause)) if is_about_rows(&cause) && operations.iter().any(asks_of_rows) => {
            db.execute("ROLLBACK").map_err(wrong)?;
            let rolled_back = dump(db)?;
            match rolled_back == before {
                true => Err(Stop::Refused),
                false => Err(wrong(format!("left {rolled_back:#?} of {before:#?}"))),
            }
        }
        Err((at, cause)) => {
            let at = at.map(|at| text(&operations[at..=at])).unwrap_or_default();
            let operations = text(operations);
            let mut tables = String::new();
            for row in db.query("SELECT sql FROM sqlite_schema", &[]).unwrap_or_default() {
                tables.push_str(&format!("{}\n", row[0].as_deref().unwrap_or_default()));
            }
            Err(wrong(format!("{cause:?}\nat{at}\nof{operations}\non {tables}")))
        }
    }
}

/// Whether rows are what stood in the way.
fn is_about_rows(cause: &Cause) -> bool {
    match cause {
        Cause::Refused { .. } => true,
        Cause::Db(error) => {
            let message = error.to_string();
            ["constraint failed", "cannot store", "datatype mismatch"]
                .iter()
                .any(|it| message.contains(it))
        }
        _ => false,
    }
}

/// Whether there are rows that could stand in the way of the operation.
fn asks_of_rows(operation: &Operation) -> bool {
    use TableChange::*;
    let Operation::AlterTable { changes, .. } = operation else {
        // A dropped table may be referred to.
        return matches!(operation, Operation::DropTable(_));
    };
    changes.iter().any(|change| match change {
        AddPrimaryKey(_) | AddUnique(_) | AddCheck(_) | AddForeignKey(_) | SetOption { .. } => true,
        AddIndex(index) => index.unique,
        AddColumn(column) => {
            (!column.nullable && column.default.is_none()) || column.generated.is_some()
        }
        AlterColumn { from, to } => {
            (from.nullable && !to.nullable)
                || from.ty != to.ty
                || from.collation != to.collation
                || from.generated != to.generated
        }
        // What refers to a key may need it, and what is behind it may not be unique without.
        DropPrimaryKey(_) | DropUnique(_) => true,
        _ => false,
    })
}

/// Three rows for each table, as far as its constraints take them.
fn fill(db: &mut SqliteConnection, schema: &Schema, seed: u64) -> Result<(), Stop> {
    db.execute("PRAGMA foreign_keys = ON").map_err(wrong)?;
    for (at, table) in schema.tables.iter().enumerate() {
        let columns: Vec<_> = table.columns.iter().filter(|it| it.generated.is_none()).collect();
        let names: Vec<_> = columns.iter().map(|it| quoted(&it.name)).collect();
        for row in 1..=3 {
            let value = |(place, column): (usize, &&Column)| {
                let mixed = seed * (7 * at as u64 + 3 * place as u64 + row);
                value(column, row, mixed % 11)
            };
            let values: Vec<_> = columns.iter().enumerate().map(value).collect();
            let (table, names) = (quoted(&table.name.name), names.join(", "));
            let _ = db
                .execute(&format!("INSERT INTO {table} ({names}) VALUES ({})", values.join(", ")));
        }
    }
    Ok(())
}

/// A value for the column, mostly another one in each row.
fn value(column: &Column, row: u64, mixed: u64) -> String {
    if column.nullable && mixed == 1 {
        return "NULL".to_owned();
    }
    match column.ty {
        Type::SmallInteger { .. } | Type::Integer { .. } | Type::BigInteger { .. } => match mixed {
            2 => format!("{}", 9_007_199_254_740_993 + row),
            _ => row.to_string(),
        },
        Type::Boolean => (row % 2).to_string(),
        Type::Float | Type::Double | Type::Numeric { .. } => format!("{row}.25"),
        Type::Binary(_) | Type::LargeBinary(_) => format!("x'00ff0{row}'"),
        _ => match mixed {
            3 => format!("'00{row}'"),
            4 => format!("'it''s {row} \u{1f980}'"),
            _ => format!("'{row}'"),
        },
    }
}

fn quoted(name: &str) -> String {
    Sqlite::bundled().quote(name)
}

/// The tables and columns that the operations neither drop nor change in their values.
fn kept(before: &Schema, operations: &[Operation]) -> Vec<Kept> {
    before.tables.iter().filter_map(|table| kept_of(table, operations)).collect()
}

fn kept_of(table: &Table, operations: &[Operation]) -> Option<Kept> {
    use TableChange::*;
    let mut has_rowid = !table.options.contains_key("sqlite.without_rowid");
    let (name, columns) = followed(table, operations, |change, columns| match change {
        AlterColumn { from, to } => has_rowid &= from.identity == to.identity,
        DropPrimaryKey(_) | AddPrimaryKey(_) => has_rowid = false,
        SetOption { name, .. } if name == "sqlite.without_rowid" => has_rowid = false,
        // The types of a strict table are others, and so may its values be.
        SetOption { name, .. } if name == "sqlite.strict" => columns.clear(),
        _ => {}
    })?;
    let column = |name: &String| format!("quote({})", quoted(name));
    let (old, new) = columns.iter().map(|(old, new)| (column(old), column(new))).unzip();
    let count = || has_rowid.then(|| "_rowid_".to_owned()).into_iter().chain(["1".to_owned()]);
    let expressions = |columns: Vec<String>| count().chain(columns).collect();
    Some(Kept {
        before: Columns { table: quoted(&table.name.name), columns: expressions(old) },
        after: Columns { table: quoted(&name.name), columns: expressions(new) },
    })
}

/// Everything the database holds, as text.
fn dump(db: &mut SqliteConnection) -> Result<Vec<Row>, Stop> {
    let objects = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";
    let mut all = db.query(objects, &[]).map_err(wrong)?;
    for name in db
        .query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", &[])
        .map_err(wrong)?
    {
        let name = name[0].clone().unwrap();
        all.push(vec![Some(name.clone())]);
        let sql = format!("SELECT * FROM {} ORDER BY 1", quoted(&name));
        all.extend(db.query(&sql, &[]).map_err(wrong)?);
    }
    Ok(all)
}
