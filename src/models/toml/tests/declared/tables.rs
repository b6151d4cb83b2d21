//! Keys, constraints and indexes.

use super::*;
use crate::schema::{Deferrable, IndexColumn, IndexKey, Nulls};

#[test]
fn keys_constraints_and_indexes() {
    let found = schema(
        r#"
[Parent]
primary_key = { name = "parent_key", columns = ["a", "b"], sqlite = { on_conflict = "replace" } }
columns = { b = "integer", a = "integer" }

[Child]
primary_key = ["x"]
[Child.columns]
x = "text"
y = { type = "integer", index = true }
name = { type = "text", unique = true, index = false }
parent_a = { type = "integer", unique = true, index = true }
parent_b = "integer"
"odd name" = "text"
[[Child.indexes]]
columns = ["name collate nocase desc", "odd name", "\"odd name\" desc"]
unique = true
where = "y > 0"
include = ["y"]
using = "btree"
comment = "for the list"
postgres = { fillfactor = 70 }
[[Child.indexes]]
expressions = ["lower(name)", "current_date", "y"]
nulls = "last"
desc = true
[[Child.indexes]]
name = "given"
columns = ["lower(name)"]
where = { sqlite = "y > 1", postgres = "y > 2" }
[[Child.unique]]
columns = ["y", "name"]
deferrable = "initially deferred"
sqlite = { on_conflict = "ignore" }
[[Child.unique]]
name = "one"
columns = ["y"]
deferrable = "initially immediate"
[[Child.checks]]
expression = { default = "name <> ''", mysql = "length(name) > 0" }
mysql = { enforced = false }
[[Child.checks]]
expression = "name <> 'x' AND y > 0"
[[Child.checks]]
expression = "1 = 1"
[[Child.checks]]
expression = "2 = 2"
[[Child.foreign_keys]]
columns = ["parent_a", "parent_b"]
references = "parent"
on_delete = "set null"
on_update = "CASCADE"
match = "full"
deferrable = true
[[Child.foreign_keys]]
name = "self"
columns = ["x"]
references = { table = "child", columns = ["name"] }
match = "simple"
deferrable = false
postgres = { not_valid = true }
"#,
    );
    let text = || Type::Text(Size::Normal);
    let parent = Table {
        name: "parent".into(),
        columns: vec![required("b", Type::INTEGER), required("a", Type::INTEGER)],
        primary_key: Some(PrimaryKey {
            name: Some("parent_key".into()),
            columns: strings(&["a", "b"]),
            options: options(&[("sqlite.on_conflict", OptionValue::Text("replace".into()))]),
        }),
        ..Table::default()
    };
    let expression = |text: &str| IndexColumn {
        key: IndexKey::Expression(text.into()),
        descending: true,
        nulls: Some(Nulls::Last),
        ..IndexColumn::new("")
    };
    let by_dialect = |text: Option<&str>, dialects: &[(&str, &str)]| Sql {
        text: text.map(str::to_owned),
        dialects: dialects
            .iter()
            .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
            .collect(),
    };
    let child = Table {
        name: "child".into(),
        columns: vec![
            required("x", text()),
            column("y", Type::INTEGER),
            column("name", text()),
            column("parent_a", Type::INTEGER),
            column("parent_b", Type::INTEGER),
            column("odd name", text()),
        ],
        primary_key: key("pk_child", &["x"]),
        uniques: vec![
            Unique { deferrable: Some(Deferrable { initially: false }), ..unique("one", &["y"]) },
            unique("uq_child_name", &["name"]),
            Unique {
                deferrable: Some(Deferrable { initially: true }),
                options: options(&[("sqlite.on_conflict", OptionValue::Text("ignore".into()))]),
                ..unique("uq_child_y_name", &["y", "name"])
            },
        ],
        indexes: vec![
            Index {
                predicate: Some(by_dialect(None, &[("sqlite", "y > 1"), ("postgres", "y > 2")])),
                ..index("given", &["lower(name)"])
            },
            Index {
                unique: true,
                predicate: Some("y > 0".into()),
                include: strings(&["y"]),
                using: Some("btree".into()),
                comment: Some("for the list".into()),
                options: options(&[("postgres.fillfactor", OptionValue::Integer(70))]),
                ..index(
                    "ix_child_name_odd name_odd name",
                    &["name collate nocase desc", "\"odd name\"", "\"odd name\" desc"],
                )
            },
            Index {
                columns: vec![
                    expression("lower(name)"),
                    expression("current_date"),
                    IndexColumn {
                        descending: true,
                        nulls: Some(Nulls::Last),
                        ..IndexColumn::new("y")
                    },
                ],
                ..index("ix_child_name_y", &[])
            },
            Index { unique: true, ..index("ix_child_parent_a", &["parent_a"]) },
            index("ix_child_y", &["y"]),
        ],
        checks: vec![
            check("ck_child", "1 = 1"),
            check("ck_child_2", "2 = 2"),
            Check {
                expression: by_dialect(Some("name <> ''"), &[("mysql", "length(name) > 0")]),
                options: options(&[("mysql.enforced", OptionValue::Boolean(false))]),
                ..check("ck_child_name", "")
            },
            check("ck_child_name_y", "name <> 'x' AND y > 0"),
        ],
        foreign_keys: vec![
            ForeignKey {
                on_delete: Action::SetNull,
                on_update: Action::Cascade,
                matching: Some("full".into()),
                deferrable: Some(Deferrable { initially: false }),
                ..foreign_key(
                    "fk_child_parent_a_parent_b_parent",
                    &["parent_a", "parent_b"],
                    "parent",
                    &["a", "b"],
                )
            },
            ForeignKey {
                options: options(&[("postgres.not_valid", OptionValue::Boolean(true))]),
                ..foreign_key("self", &["x"], "child", &["name"])
            },
        ],
        ..Table::default()
    };
    assert_eq!(found.tables, [child, parent]);
}
