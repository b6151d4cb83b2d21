//! What models declare.

mod columns;
mod names;
mod objects;
mod tables;

use super::*;
use crate::schema::{Action, Generated, Literal, Name, Size, Sql, Value};

const TUTORIAL: &str = r#"
[User]
comment = "People who can sign in"
[User.columns]
id            = { type = "integer", primary_key = true }
username      = { type = "string(64)", nullable = false, index = true, unique = true }
email         = { type = "string(120)", index = true, unique = true }
password_hash = "string(256)"

[Post.columns]
id        = { type = "integer", primary_key = true }
body      = { type = "string(140)", nullable = false }
timestamp = { type = "datetime", index = true, default = { sql = "CURRENT_TIMESTAMP" } }
user_id   = { type = "integer", references = "user.id", on_delete = "cascade", index = true }
status    = { type = "enum(draft, published)", default = "draft" }

[[Post.indexes]]
columns = ["user_id", "timestamp desc"]
[[Post.checks]]
name = "ck_post_body"
expression = "length(body) > 0"
"#;

#[test]
fn the_models_of_the_tutorial() {
    let user = Table {
        name: "user".into(),
        comment: Some("People who can sign in".into()),
        columns: vec![
            numbered("id"),
            required("username", Type::String(Some(64))),
            column("email", Type::String(Some(120))),
            column("password_hash", Type::String(Some(256))),
        ],
        primary_key: key("pk_user", &["id"]),
        indexes: vec![
            Index { unique: true, ..index("ix_user_email", &["email"]) },
            Index { unique: true, ..index("ix_user_username", &["username"]) },
        ],
        ..Table::default()
    };
    let post = Table {
        name: "post".into(),
        columns: vec![
            numbered("id"),
            required("body", Type::String(Some(140))),
            Column {
                default: Some(Value::Expression("CURRENT_TIMESTAMP".into())),
                ..column("timestamp", Type::DateTime { tz: false, precision: None })
            },
            column("user_id", Type::INTEGER),
            Column {
                default: Some(Value::Literal(Literal::Text("draft".into()))),
                ..column("status", Type::Enum(strings(&["draft", "published"])))
            },
        ],
        primary_key: key("pk_post", &["id"]),
        indexes: vec![
            index("ix_post_timestamp", &["timestamp"]),
            index("ix_post_user_id", &["user_id"]),
            index("ix_post_user_id_timestamp", &["user_id", "timestamp desc"]),
        ],
        checks: vec![check("ck_post_body", "length(body) > 0")],
        foreign_keys: vec![ForeignKey {
            on_delete: Action::Cascade,
            ..foreign_key("fk_post_user_id_user", &["user_id"], "user", &["id"])
        }],
        ..Table::default()
    };
    let declared = declared(TUTORIAL);
    let expected = Schema { tables: vec![post, user], ..Schema::default() };
    assert_eq!(declared.schema, expected);
    let places: Vec<_> = declared
        .places
        .iter()
        .map(|((table, column), place)| {
            let column = column.as_ref().map_or(table.to_string(), |it| table.column(it));
            format!("{column} {}", place.line())
        })
        .collect();
    assert_eq!(
        places,
        [
            "post models.toml:10",
            "post.body models.toml:12",
            "post.id models.toml:11",
            "post.status models.toml:15",
            "post.timestamp models.toml:13",
            "post.user_id models.toml:14",
            "user models.toml:2",
            "user.email models.toml:7",
            "user.id models.toml:5",
            "user.password_hash models.toml:8",
            "user.username models.toml:6",
        ]
    );
}

#[test]
fn nothing_declares_nothing() {
    assert_eq!(schema(""), Schema::default());
    assert_eq!(schema("# only a comment"), Schema::default());
    assert_eq!(schema("\u{feff}"), Schema::default());
    assert_eq!(parse(&[], &Naming::default()).unwrap().schema, Schema::default());
}
