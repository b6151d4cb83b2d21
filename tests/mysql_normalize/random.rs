//! Expressions that nobody has thought of.

use limbeck::dialect::{Connection, Dialect};
use limbeck::diff::diff;
use limbeck::schema::{Check, Column, Name, Schema, Sql, Table, Type};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::Live;
use crate::support::law::{cases, text};
use crate::support::noting::Noting;
use crate::support::server::Server;

/// Expressions over the columns of one table: what is declared is known in what is reported of it.
#[test]
fn random_expressions_are_known() {
    for server in Server::every_mysql() {
        let live = std::cell::RefCell::new(Live::on(&server));
        let outcome = TestRunner::new(cases(40)).run(
            &proptest::collection::vec(truth(3), 1..8),
            |expressions| {
                let live = &mut *live.borrow_mut();
                let schema = table_with(&expressions);
                live.db.execute("DROP TABLE IF EXISTS t").unwrap();
                // Some divide by 0, and say so at once.
                if live.try_to_make(&schema).is_err() {
                    return Err(TestCaseError::reject("refused"));
                }
                let there = live.inspect();
                let mut noting = Noting::new(&mut live.db);
                let normalized = live.dialect.normalize(&schema, &there, &mut noting).unwrap();
                if !noting.executed.is_empty() {
                    let reported: Vec<_> = there.tables[0]
                        .checks
                        .iter()
                        .map(|it| it.expression.text.clone())
                        .collect();
                    return Err(TestCaseError::fail(format!(
                        "asked:\n{expressions:#?}\n{reported:#?}"
                    )));
                }
                let found = diff(&there, &normalized);
                prop_assert!(found.is_empty(), "{}", text(&found));
                Ok(())
            },
        );
        outcome.unwrap_or_else(|error| panic!("{error}"));
    }
}

/// What is not known is asked, and then it is the same: whichever expression is declared.
#[test]
fn random_expressions_differ_when_they_do() {
    for server in Server::every_mysql() {
        let live = std::cell::RefCell::new(Live::on(&server));
        let pairs = (truth(2), truth(2));
        let outcome = TestRunner::new(cases(25)).run(&pairs, |(one, two)| {
            let live = &mut *live.borrow_mut();
            let first = table_with(std::slice::from_ref(&one));
            let second = table_with(std::slice::from_ref(&two));
            live.db.execute("DROP TABLE IF EXISTS t").unwrap();
            if live.try_to_make(&second).is_err() {
                return Err(TestCaseError::reject("refused"));
            }
            let other = live.inspect();
            live.db.execute("DROP TABLE t").unwrap();
            if live.try_to_make(&first).is_err() {
                return Err(TestCaseError::reject("refused"));
            }
            let there = live.inspect();
            let normalized = live.normalized(&second, &there);
            let is_same = diff(&there, &normalized).is_empty();
            let is_reported_alike = diff(&there, &other).is_empty();
            prop_assert!(
                is_same || !is_reported_alike,
                "reported alike, and said to differ: {one} | {two}"
            );
            // Whoever says that they are the same must have all rows on their side.
            prop_assert!(!is_same || agree(live, &one, &two), "said to be the same: {one} | {two}");
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{error}"));
    }
}

/// Whether two expressions are true, false and unknown of the same rows.
fn agree(live: &mut Live, one: &str, two: &str) -> bool {
    let integers = ["NULL", "-1", "0", "1", "2"];
    let texts = ["NULL", "''", "'a'", "'b%'", "'1'"];
    let mut rows = Vec::new();
    for a in integers {
        for b in integers {
            for s in texts {
                rows.push(format!("SELECT {a} AS a, {b} AS b, {s} AS s, DATE '2020-01-31' AS d"));
            }
        }
    }
    let sql = format!(
        "SELECT a, b, s FROM ({}) t WHERE NOT (({one}) IS TRUE <=> ({two}) IS TRUE) \
         OR NOT (({one}) IS NULL <=> ({two}) IS NULL)",
        rows.join(" UNION ALL ")
    );
    let differing = live.db.query(&sql, &[]);
    differing.unwrap_or_else(|error| panic!("{error}: {sql}")).is_empty()
}

fn table_with(expressions: &[String]) -> Schema {
    let columns = [("a", "integer"), ("b", "integer"), ("s", "string(20)"), ("d", "date")];
    let column = |(name, ty): (&str, &str)| Column::new(name, ty.parse::<Type>().unwrap());
    let check = |(number, text): (usize, &String)| Check {
        name: Some(format!("check_{number}")),
        expression: Sql::new(text),
        ..Check::default()
    };
    let table = Table {
        name: Name::new("t"),
        columns: columns.map(column).to_vec(),
        checks: expressions.iter().enumerate().map(check).collect(),
        ..Table::default()
    };
    Schema { tables: vec![table], ..Schema::default() }
}

/// A number.
fn number() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["a", "b", "t.b", "0", "1", "-1", "2.50", "007", ".5"]);
    leaf.prop_map(str::to_owned).prop_recursive(3, 12, 2, |inner| {
        let operator =
            prop::sample::select(vec!["+", "-", "*", "/", "%", "div", "mod", "|", "&", "<<"]);
        prop_oneof![
            (inner.clone(), operator, inner.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
            inner.clone().prop_map(|it| format!("({it})")),
            inner.clone().prop_map(|it| format!("- {it}")),
            inner.clone().prop_map(|it| format!("abs({it})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("coalesce({a}, {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("mod({a}, {b})")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("if({a} > 1, {b}, {a})")),
        ]
    })
}

/// A text.
fn words() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["s", "'x'", "'it''s'", "\"y\"", "'a\\_%'", "''"]);
    leaf.prop_map(str::to_owned).prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|it| format!("LOWER({it})")),
            inner.clone().prop_map(|it| format!("trim({it})")),
            inner.clone().prop_map(|it| format!("substring({it}, 1, 2)")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("concat({a}, {b})")),
            (inner.clone(), inner)
                .prop_map(|(a, b)| format!("case when a > 1 then {a} else {b} end")),
        ]
    })
}

/// A comparison, and whatever is built of such.
fn truth(depth: u32) -> impl Strategy<Value = String> {
    let operator = prop::sample::select(vec!["=", "!=", "<>", "<", ">", "<=", ">=", "<=>"]);
    let leaf = prop_oneof![
        (number(), operator.clone(), number()).prop_map(|(a, op, b)| format!("a + {a} {op} {b}")),
        (words(), operator, words()).prop_map(|(a, op, b)| format!("concat(s, {a}) {op} {b}")),
        (words(), words()).prop_map(|(a, b)| format!("concat(s, {a}) like {b}")),
        (words(), words()).prop_map(|(a, b)| format!("concat(s, {a}) not like {b}")),
        (number(), number()).prop_map(|(a, b)| format!("a between {a} and {b}")),
        (number(), number()).prop_map(|(a, b)| format!("a not in ({a}, {b})")),
        number().prop_map(|a| format!("b in ({a})")),
        Just("s is not null".to_owned()),
        Just("isnull(a)".to_owned()),
        Just("(a = 1) is unknown".to_owned()),
        Just("d + interval 1 day > date '2020-01-01'".to_owned()),
        Just("year(d) = 2020".to_owned()),
        Just("length(s) > 0".to_owned()),
    ];
    leaf.prop_recursive(depth, 16, 2, |inner| {
        let joint = prop::sample::select(vec!["and", "or", "AND", "&&", "||", "xor"]);
        prop_oneof![
            3 => (inner.clone(), joint, inner.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
            2 => inner.clone().prop_map(|it| format!("({it})")),
            2 => inner.clone().prop_map(|it| format!("not {it}")),
            1 => inner.clone().prop_map(|it| format!("not ({it})")),
            1 => inner.prop_map(|it| format!("({it}) is not true")),
        ]
    })
}
