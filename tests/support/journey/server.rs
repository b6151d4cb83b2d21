//! Journeys on the databases of a server.

use std::cell::RefCell;

use limbeck::dialect::{Connection, Dialect, Scope};
use limbeck::diff::{diff, diff_renamed};
use limbeck::operation::{self, Operation, TableChange};
use limbeck::run::{self, Cause};
use limbeck::schema::{Column, Schema, Table, Type};
use limbeck::script::Script;
use proptest::prelude::TestCaseError;

use super::super::generate::Pair;
use super::super::law::{restated, text};
use super::super::server::Database;
use super::{Columns, Kept, Stop, alike, followed, read, same_rows, wrong};

/// What a server has of its own.
pub(crate) struct Ways {
    /// Messages that are about rows hold one of these.
    pub(crate) about_rows: &'static [&'static str],
    /// Messages that two types have nothing in common hold this.
    pub(crate) no_cast: &'static str,
    /// What stands before the VALUES of rows that bring their numbers along.
    pub(crate) overriding: &'static str,
    /// Bytes whose digits stand where `{}` is.
    pub(crate) bytes: &'static str,
}

/// A database in which one journey begins where the last one has ended: with nothing.
pub(crate) struct Journeys {
    pub(crate) ways: Ways,
    pub(crate) dialect: Box<dyn Dialect>,
    pub(crate) db: RefCell<Box<dyn Connection>>,
    /// Statements that leave nothing in the database.
    pub(crate) clear: Vec<String>,
    pub(crate) database: Database,
}

impl Journeys {
    /// From one schema to the other and back, with rows if they take them.
    pub(crate) fn live(&self, pair: &Pair, seed: u64) -> Result<(), TestCaseError> {
        let outcome = match self.journey(pair, Some(seed)) {
            Err(Stop::Refused) => self.journey(pair, None),
            outcome => outcome,
        };
        match outcome {
            Ok(()) => Ok(()),
            // Such a change has no way without the values' being given anew.
            Err(Stop::NoCast) => Ok(()),
            Err(Stop::Refused) => {
                Err(TestCaseError::fail("no rows, and still a constraint failed"))
            }
            Err(Stop::Wrong(what)) => Err(TestCaseError::fail(what)),
        }
    }

    fn journey(&self, pair: &Pair, seed: Option<u64>) -> Result<(), Stop> {
        let db = &mut **self.db.borrow_mut();
        for statement in &self.clear {
            db.execute(statement).map_err(wrong)?;
        }
        let dialect = &*self.dialect;

        let nothing = Schema::default();
        let normalized = self.normalized(&pair.from, &nothing, db)?;
        let created = restated(dialect, diff(&nothing, &normalized), &pair.from, &normalized);
        self.run(db, &created)?;
        let first = self.inspect(db)?;
        alike(&first, &normalized, "created", &created)?;
        if let Some(seed) = seed {
            self.fill(db, &first, seed);
        }

        let normalized = self.normalized(&pair.to, &first, db)?;
        let operations = diff_renamed(&first, &normalized, &pair.renames).map_err(wrong)?;
        let operations = restated(dialect, operations, &pair.to, &normalized);
        let reverse = operation::reverse(&operations).unwrap_or_default();
        let script = Script {
            upgrade: operations.iter().cloned().map(Into::into).collect(),
            downgrade: reverse.into_iter().map(Into::into).collect(),
            ..Script::default()
        };
        let script = script.canonical();
        let there: Vec<_> = script.upgrade.into_iter().map(|it| it.operation).collect();
        let back: Vec<_> = script.downgrade.into_iter().map(|it| it.operation).collect();

        let kept: Vec<Kept> =
            first.tables.iter().filter_map(|table| self.kept(table, &there)).collect();
        let before = read(db, kept.iter().map(|it| &it.before))?;
        self.run(db, &there)?;
        let reached = self.inspect(db)?;
        alike(&reached, &normalized, "upgraded", &there)?;
        // What is declared is what is there, whichever way it is looked at.
        let again = self.normalized(&pair.to, &reached, db)?;
        alike(&reached, &again, "compared once more", &there)?;
        let rows = read(db, kept.iter().map(|it| &it.after))?;
        same_rows(&before, &rows, &there)?;

        self.run(db, &back)?;
        alike(&self.inspect(db)?, &first, "downgraded", &back)?;
        let rows = read(db, kept.iter().map(|it| &it.before))?;
        same_rows(&before, &rows, &back)
    }

    fn inspect(&self, db: &mut dyn Connection) -> Result<Schema, Stop> {
        self.dialect.inspect(db, &Scope::default()).map_err(wrong)
    }

    /// What the server makes of a declaration. It has nothing to say beside: otherwise it was not asked.
    fn normalized(
        &self,
        declared: &Schema,
        live: &Schema,
        db: &mut dyn Connection,
    ) -> Result<Schema, Stop> {
        db.notices();
        let normalized = self.dialect.normalize(declared, live, db).map_err(wrong)?;
        match &db.notices()[..] {
            [] => Ok(normalized),
            said => Err(wrong(said.join("\n"))),
        }
    }

    /// Runs operations as a revision.
    fn run(&self, db: &mut dyn Connection, operations: &[Operation]) -> Result<(), Stop> {
        let features = self.dialect.features();
        let begin = features.begin.filter(|_| features.transactional_ddl);
        begin.map_or(Ok(()), |it| db.execute(it)).map_err(wrong)?;
        match run::execute(&*self.dialect, db, operations, &|_| {}) {
            Ok(()) => match begin.map_or(Ok(()), |_| db.execute("COMMIT")) {
                Ok(()) => Ok(()),
                Err(error) if self.is_about_rows(&error.to_string()) => Err(Stop::Refused),
                Err(error) => Err(wrong(error)),
            },
            Err((_, Cause::Db(error))) if error.to_string().contains(self.ways.no_cast) => {
                Err(Stop::NoCast)
            }
            // Where nothing is taken back the next journey begins with nothing.
            Err((_, cause)) if self.refused(&cause) && operations.iter().any(asks_of_rows) => {
                Err(Stop::Refused)
            }
            Err((at, cause)) => {
                let at = at.map(|at| text(&operations[at..=at])).unwrap_or_default();
                Err(wrong(format!("{cause:?}\nat{at}\nof{}", text(operations))))
            }
        }
    }

    fn refused(&self, cause: &Cause) -> bool {
        match cause {
            Cause::Refused { .. } => true,
            Cause::Db(error) => self.is_about_rows(&error.to_string()),
            _ => false,
        }
    }

    fn is_about_rows(&self, message: &str) -> bool {
        self.ways.about_rows.iter().any(|it| message.contains(it))
    }

    /// Three rows for each table, as far as its constraints take them.
    fn fill(&self, db: &mut dyn Connection, schema: &Schema, seed: u64) {
        for (at, table) in schema.tables.iter().enumerate() {
            let columns: Vec<_> =
                table.columns.iter().filter(|it| it.generated.is_none()).collect();
            let names: Vec<_> = columns.iter().map(|it| self.dialect.quote(&it.name)).collect();
            for row in 1..=3 {
                let value = |(place, column): (usize, &&Column)| {
                    let mixed = seed * (7 * at as u64 + 3 * place as u64 + row);
                    self.value(column, row, mixed % 11)
                };
                let values: Vec<_> = columns.iter().enumerate().map(value).collect();
                let _ = db.execute(&format!(
                    "INSERT INTO {} ({}) {} VALUES ({})",
                    self.dialect.quote(&table.name.name),
                    names.join(", "),
                    self.ways.overriding,
                    values.join(", ")
                ));
            }
        }
    }

    /// A value for the column, mostly another one in each row.
    fn value(&self, column: &Column, row: u64, mixed: u64) -> String {
        if column.nullable && mixed == 1 {
            return "NULL".to_owned();
        }
        match &column.ty {
            Type::SmallInteger { .. } | Type::Integer { .. } | Type::BigInteger { .. } => {
                match mixed {
                    2 => (30_000 + row).to_string(),
                    _ => row.to_string(),
                }
            }
            Type::Boolean => (row % 2 == 1).to_string(),
            Type::Float | Type::Double | Type::Numeric { .. } => format!("{row}.25"),
            Type::Binary(_) | Type::LargeBinary(_) => {
                self.ways.bytes.replace("{}", &format!("00ff0{row}"))
            }
            Type::Enum(values) => {
                format!("'{}'", values[row as usize % values.len()].replace('\'', "''"))
            }
            Type::Date => format!("'2026-11-0{row}'"),
            Type::Time { .. } => format!("'10:00:0{row}'"),
            Type::DateTime { .. } => format!("'2026-11-0{row} 10:00:00'"),
            Type::Uuid => format!("'00000000-0000-0000-0000-00000000000{row}'"),
            Type::Json => format!("'{{\"a\": {row}}}'"),
            _ => match mixed {
                3 => format!("'00{row}'"),
                4 => format!("'it''s {row} \u{1f980}'"),
                _ => format!("'{row}'"),
            },
        }
    }

    /// The columns that the operations neither drop nor change in their values.
    fn kept(&self, table: &Table, operations: &[Operation]) -> Option<Kept> {
        let quoted = |name: &String| self.dialect.quote(name);
        let (name, columns) = followed(table, operations, |_, _| {})?;
        let (old, new) = columns.iter().map(|(old, new)| (quoted(old), quoted(new))).unzip();
        // Rows count, also without columns.
        let counted = |mut columns: Vec<String>| {
            columns.push("1".to_owned());
            columns
        };
        Some(Kept {
            before: Columns { table: quoted(&table.name.name), columns: counted(old) },
            after: Columns { table: quoted(&name.name), columns: counted(new) },
        })
    }
}

/// Whether there are rows that could stand in the way of the operation.
fn asks_of_rows(operation: &Operation) -> bool {
    use TableChange::*;
    let Operation::AlterTable { changes, .. } = operation else { return false };
    changes.iter().any(|change| match change {
        AddPrimaryKey(_) | AddUnique(_) | AddCheck(_) | AddForeignKey(_) => true,
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
        _ => false,
    })
}
