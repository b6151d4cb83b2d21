//! What laws over generated values share.

use limbeck::dialect::{Dialect, spell};
use limbeck::diff::restate;
use limbeck::operation::Operation;
use limbeck::schema::Schema;
use limbeck::script::Script;
use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

/// The same cases on every run; `PROPTEST_CASES=20000` looks at as many others.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    let default = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => default,
        None => ProptestConfig { cases, rng_seed: RngSeed::Fixed(1), ..default },
    }
}

/// The operations as a script says them.
pub(crate) fn text(operations: &[Operation]) -> String {
    let upgrade = operations.iter().cloned().map(Into::into).collect();
    let script = Script { upgrade, ..Script::default() };
    limbeck::script::toml::write_body(&script, &|_| None).upgrade
}

/// `operations` in the words in which their end was declared.
pub(crate) fn restated(
    dialect: &dyn Dialect,
    operations: Vec<Operation>,
    declared: &Schema,
    normalized: &Schema,
) -> Vec<Operation> {
    restate(operations, declared, normalized, &|table, column| spell(dialect, table, column))
}
