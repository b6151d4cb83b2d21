//! The law of lines that commute: what is judged not to depend on its order does not depend on it
//! on a real database either.

#![cfg(feature = "sqlite")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::path::PathBuf;

use limbeck::dialect::sqlite::{Sqlite, SqliteConnection};
use limbeck::dialect::{Connection, Dialect, Limits, Scope};
use limbeck::diff::{diff, diff_renamed, restate};
use limbeck::operation::Operation;
use limbeck::replay::{Judgement, Side, Upgrade, judge, replay};
use limbeck::run;
use limbeck::schema::Schema;
use limbeck::script::Script;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use support::generate::{self, Fork, Pair};

/// The same cases on every run; `PROPTEST_CASES=20000` looks at as many others.
fn cases(cases: u32) -> ProptestConfig {
    let default = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => default,
        None => ProptestConfig { cases, rng_seed: RngSeed::Fixed(1), ..default },
    }
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn lines_that_are_judged_to_commute_do(fork in generate::fork(), mixed in any::<u64>()) {
        let lines = Lines::new(&fork)?;
        let judgement = lines.judge();
        prop_assert!(judgement.not_judged.is_empty(), "{:?}", judgement.not_judged);
        if std::env::var_os("SHOW").is_some() {
            let real = lines.run(&lines.one_behind_the_other(true)).and_then(|a| Ok((a, lines.run(&lines.one_behind_the_other(false))?)));
            let same = matches!(&real, Ok((a, b)) if alike(a, b));
            println!("CASE {} {} {}", judgement.commutes(), same, judgement.collisions.iter().map(|it| it.to_string()).collect::<Vec<_>>().join("; "));
            if same && !judgement.commutes() { println!("FALSE {}\n{}\n{}", judgement.collisions.iter().map(|it| it.to_string()).collect::<Vec<_>>().join("; "), text(&lines.left), text(&lines.right)); }
        }
        if judgement.commutes() {
            let left_first = lines.run(&lines.one_behind_the_other(true))?;
            let right_first = lines.run(&lines.one_behind_the_other(false))?;
            lines.same(&left_first, &right_first)?;
            let mixture = lines.run(&lines.mixture(mixed))?;
            lines.same(&left_first, &mixture)?;
        }
    }

    #[test]
    fn a_judgement_does_not_depend_on_who_is_asked_first(fork in generate::fork()) {
        let lines = Lines::new(&fork)?;
        let there = lines.judge();
        let Lines { base, left, right } = lines;
        let back = Lines { base, left: right, right: left }.judge();
        prop_assert_eq!(there.commutes(), back.commutes(), "{:#?}\n{:#?}", there, back);
    }

    #[test]
    fn a_replay_knows_what_the_database_ends_in(fork in generate::fork()) {
        let Fork { left: pair, .. } = fork;
        let lines = Lines::new(&Fork { left: pair.clone(), right: pair })?;
        let whole = [upgrade("base", &lines.base), upgrade("left", &lines.left)];
        let replayed = replay(Schema::default(), &whole, None);
        prop_assert_eq!(replayed.misfits, []);
        let mut db = database()?;
        run(&mut db, &lines.base)?;
        run(&mut db, &lines.left)?;
        let live = inspect(&mut db)?;
        let normalized = dialect().normalize(&replayed.schema, &mut db).map_err(fail)?;
        lines.same(&live, &normalized)?;
    }
}

/// Two lines behind one history, as scripts hold them.
struct Lines {
    base: Vec<Operation>,
    left: Vec<Operation>,
    right: Vec<Operation>,
}

impl Lines {
    fn new(fork: &Fork) -> Result<Lines, TestCaseError> {
        let mut db = database()?;
        let from = &fork.left.from;
        let normalized = dialect().normalize(from, &mut db).map_err(fail)?;
        let base = script(restate(diff(&Schema::default(), &normalized), from, &normalized));
        run(&mut db, &base)?;
        let live = inspect(&mut db)?;
        let mut line = |pair: &Pair| -> Result<Vec<Operation>, TestCaseError> {
            let to = dialect().normalize(&pair.to, &mut db).map_err(fail)?;
            let operations = diff_renamed(&live, &to, &pair.renames).map_err(fail)?;
            Ok(script(restate(operations, &pair.to, &to)))
        };
        let (left, right) = (line(&fork.left)?, line(&fork.right)?);
        Ok(Lines { base, left, right })
    }

    fn judge(&self) -> Judgement {
        let side = |name: &str, operations: &[Operation]| Side {
            head: name.to_owned(),
            upgrades: vec![upgrade(name, operations)],
        };
        let (left, right) = (side("left", &self.left), side("right", &self.right));
        judge(&[upgrade("base", &self.base)], &left, &right)
    }

    fn one_behind_the_other(&self, left_first: bool) -> Vec<Operation> {
        match left_first {
            true => [&self.left[..], &self.right].concat(),
            false => [&self.right[..], &self.left].concat(),
        }
    }

    /// Both lines at once, each in its own order; the bits of `mixed` say whose turn it is.
    fn mixture(&self, mixed: u64) -> Vec<Operation> {
        let (mut left, mut right) = (self.left.iter(), self.right.iter());
        let mut out = Vec::new();
        for turn in 0..64 {
            out.extend(if mixed >> turn & 1 == 0 { left.next() } else { right.next() }.cloned());
        }
        out.extend(left.chain(right).cloned());
        out
    }

    /// What a database ends in that runs these operations behind the base, each in a transaction
    /// of its own.
    fn run(&self, operations: &[Operation]) -> Result<Schema, TestCaseError> {
        let mut db = database()?;
        run(&mut db, &self.base)?;
        for operation in operations {
            let operations = std::slice::from_ref(operation);
            run(&mut db, operations).map_err(|error| {
                TestCaseError::fail(format!("{error}\nat{}\n{self}", text(operations)))
            })?;
        }
        inspect(&mut db)
    }

    fn same(&self, a: &Schema, b: &Schema) -> Result<(), TestCaseError> {
        prop_assert!(alike(a, b), "{}\nand back{}\n{self}", text(&diff(a, b)), text(&diff(b, a)));
        Ok(())
    }
}

impl std::fmt::Display for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [base, left, right] = [&self.base, &self.left, &self.right].map(|it| text(it));
        write!(f, "-- base{base}\n-- left{left}\n-- right{right}")
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

/// The operations as a script says them.
fn text(operations: &[Operation]) -> String {
    let upgrade = operations.iter().cloned().map(Into::into).collect();
    let script = Script { upgrade, ..Script::default() };
    limbeck::script::toml::write_body(&script, &|_| None).upgrade
}

fn fail(error: impl std::fmt::Display) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}

fn dialect() -> Sqlite {
    Sqlite::bundled()
}

fn database() -> Result<SqliteConnection, TestCaseError> {
    let mut db = SqliteConnection::memory().map_err(fail)?;
    dialect().prepare(&mut db, &Limits::default()).map_err(fail)?;
    Ok(db)
}

fn inspect(db: &mut SqliteConnection) -> Result<Schema, TestCaseError> {
    dialect().inspect(db, &Scope::default()).map_err(fail)
}

/// Runs operations as a revision: in one transaction.
fn run(db: &mut SqliteConnection, operations: &[Operation]) -> Result<(), TestCaseError> {
    let dialect = dialect();
    db.execute(dialect.features().begin.unwrap()).map_err(fail)?;
    run::execute(&dialect, db, operations, &|_| {})
        .map_err(|(_, cause)| TestCaseError::fail(format!("{cause:?}")))?;
    db.execute("COMMIT").map_err(fail)
}
