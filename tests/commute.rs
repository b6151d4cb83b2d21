//! The law of lines that commute: what is judged not to depend on its order does not depend on it
//! on a real database either.

#![cfg(feature = "sqlite")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::path::PathBuf;

use limbeck::dialect::sqlite::{Sqlite, SqliteConnection};
use limbeck::dialect::{Connection, Dialect};
use limbeck::diff::{diff, diff_renamed};
use limbeck::operation::Operation;
use limbeck::replay::{Judgement, Side, Upgrade, judge, replay};
use limbeck::run;
use limbeck::schema::Schema;
use limbeck::script::Script;
use proptest::prelude::*;
use support::generate::{self, Fork, Pair};
use support::law::{cases, text};
use support::memory::{database, inspect, restated};

proptest! {
    #![proptest_config(cases(800))]

    #[test]
    fn lines_that_are_judged_to_commute_do(fork in generate::fork(), mixed in any::<u64>()) {
        let lines = Lines::new(&fork, 2)?;
        let judgement = lines.judge(0, 1);
        prop_assert!(judgement.not_judged.is_empty(), "{:?}", judgement.not_judged);
        if judgement.commutes() {
            let there = lines.run(&lines.lines.concat())?;
            let back = lines.run(&[&lines.lines[1][..], &lines.lines[0]].concat())?;
            lines.same(&there, &back)?;
            lines.same(&there, &lines.run(&lines.mixture(mixed))?)?;
        }
    }

    #[test]
    fn a_judgement_does_not_depend_on_who_is_asked_first(fork in generate::fork()) {
        let lines = Lines::new(&fork, 2)?;
        let (there, back) = (lines.judge(0, 1), lines.judge(1, 0));
        prop_assert_eq!(there.commutes(), back.commutes(), "{:#?}\n{:#?}", there, back);
    }

    #[test]
    fn a_replay_knows_what_the_database_ends_in(fork in generate::fork()) {
        let lines = Lines::new(&fork, 1)?;
        let whole = [upgrade("base", &lines.base), upgrade("line", &lines.lines[0])];
        let replayed = replay(Schema::default(), &whole, None);
        prop_assert_eq!(replayed.misfits, []);
        let live = lines.run(&lines.lines[0])?;
        let normalized = dialect().normalize(&replayed.schema, &Schema::default(), &mut database()).map_err(fail)?;
        lines.same(&live, &normalized)?;
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn lines_of_which_each_pair_commutes_do_all_together(
        fork in generate::fork(),
        mixed in any::<u64>(),
    ) {
        let lines = Lines::new(&fork, 3)?;
        if [(0, 1), (0, 2), (1, 2)].into_iter().all(|(a, b)| lines.judge(a, b).commutes()) {
            match lines.run(&lines.lines.concat()) {
                Ok(there) => lines.same(&there, &lines.run(&lines.mixture(mixed))?)?,
                // The one thing that takes three: each drops another column of a table.
                Err(error) => prop_assert!(error.to_string().contains("no tables without columns"), "{error}"),
            }
        }
    }
}

/// Lines behind one history, as scripts hold them.
struct Lines {
    base: Vec<Operation>,
    lines: Vec<Vec<Operation>>,
}

impl Lines {
    fn new(fork: &Fork, count: usize) -> Result<Lines, TestCaseError> {
        let Fork(pairs) = fork;
        let mut db = database();
        let from = &pairs[0].from;
        let normalized = dialect().normalize(from, &Schema::default(), &mut db).map_err(fail)?;
        let made = diff(&Schema::default(), &normalized);
        let base = script(restated(made, from, &normalized));
        run(&mut db, &base)?;
        let live = inspect(&mut db);
        let mut line = |pair: &Pair| -> Result<Vec<Operation>, TestCaseError> {
            let to = dialect().normalize(&pair.to, &Schema::default(), &mut db).map_err(fail)?;
            let operations = diff_renamed(&live, &to, &pair.renames).map_err(fail)?;
            Ok(script(restated(operations, &pair.to, &to)))
        };
        let lines = pairs.iter().take(count).map(&mut line).collect::<Result<_, _>>()?;
        Ok(Lines { base, lines })
    }

    fn judge(&self, left: usize, right: usize) -> Judgement {
        let side = |at: usize| Side {
            head: format!("line {at}"),
            upgrades: vec![upgrade(&format!("line {at}"), &self.lines[at])],
        };
        judge(&[upgrade("base", &self.base)], &side(left), &side(right))
    }

    /// All lines at once, each in its own order; the digits of `mixed` say whose turn it is.
    fn mixture(&self, mut mixed: u64) -> Vec<Operation> {
        let mut lines: Vec<&[Operation]> = self.lines.iter().map(Vec::as_slice).collect();
        let mut out = Vec::new();
        lines.retain(|line| !line.is_empty());
        while !lines.is_empty() {
            let turn = usize::try_from(mixed % 6).unwrap() % lines.len();
            mixed = mixed.rotate_right(5);
            if let Some((next, rest)) = lines[turn].split_first() {
                out.push(next.clone());
                lines[turn] = rest;
            }
            lines.retain(|line| !line.is_empty());
        }
        out
    }

    /// What a database ends in that runs these operations behind the base, each in a transaction
    /// of its own.
    fn run(&self, operations: &[Operation]) -> Result<Schema, TestCaseError> {
        let mut db = database();
        run(&mut db, &self.base)?;
        for operation in operations {
            let operations = std::slice::from_ref(operation);
            run(&mut db, operations).map_err(|error| {
                TestCaseError::fail(format!("{error}\nat{}\n{self}", text(operations)))
            })?;
        }
        Ok(inspect(&mut db))
    }

    fn same(&self, a: &Schema, b: &Schema) -> Result<(), TestCaseError> {
        prop_assert!(alike(a, b), "{}\nand back{}\n{self}", text(&diff(a, b)), text(&diff(b, a)));
        Ok(())
    }
}

impl std::fmt::Display for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "-- base{}", text(&self.base))?;
        self.lines.iter().try_for_each(|line| write!(f, "-- line{}", text(line)))
    }
}

fn alike(a: &Schema, b: &Schema) -> bool {
    diff(a, b).is_empty() && diff(b, a).is_empty()
}

fn upgrade(name: &str, operations: &[Operation]) -> Upgrade {
    Upgrade {
        revision: name.to_owned(),
        path: PathBuf::from(format!("{name}.toml")),
        entries: operations.iter().cloned().map(Into::into).collect(),
    }
}

fn script(operations: Vec<Operation>) -> Vec<Operation> {
    let upgrade = operations.into_iter().map(Into::into).collect();
    let script = Script { upgrade, ..Script::default() }.canonical();
    script.upgrade.into_iter().map(|it| it.operation).collect()
}

fn fail(error: impl std::fmt::Display) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}

fn dialect() -> Sqlite {
    Sqlite::bundled()
}

/// Runs operations as a revision: in one transaction.
fn run(db: &mut SqliteConnection, operations: &[Operation]) -> Result<(), TestCaseError> {
    let dialect = dialect();
    db.execute(dialect.features().begin.unwrap()).map_err(fail)?;
    run::execute(&dialect, db, operations, &|_| {})
        .map_err(|(_, cause)| TestCaseError::fail(format!("{cause:?}")))?;
    db.execute("COMMIT").map_err(fail)
}
