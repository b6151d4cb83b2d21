//! What stands beside tables.

use super::*;
use crate::schema::{
    Enum, Extension, Function, Namespace, Object, Sequence, SequenceOptions, Trigger, View,
};

#[test]
fn objects_beside_tables() {
    let found = declared(
        r#"
[schemas.audit]
dialects = ["postgres"]
[extensions]
citext = {}
[extensions.postgis]
version = "3.4"
schema = "gis"
[enums]
mood = ["sad", "it's ok"]
[enums.level]
schema = "audit"
values = ["low"]
dialects = ["postgres", "mysql"]
[sequences.invoice]
start = 1000
cycle = true
[functions.touch]
arguments = "integer, text"
definition = "CREATE FUNCTION touch(integer, text) ..."
[User.columns]
id = "integer"
[views.active_users]
definition = "SELECT * FROM user"
postgres = { security_barrier = true }
[materialized_views.totals]
definition = { postgres = "SELECT count(*) FROM user" }
schema = "audit"
dialects = ["postgres"]
[triggers.touched]
table = "user"
definition = "CREATE TRIGGER touched AFTER UPDATE ON user BEGIN SELECT 1; END"
[triggers.on_view]
table = "active_users"
definition = "CREATE TRIGGER on_view ..."
"#,
    );
    let audit = |name: &str| Name { schema: Some("audit".into()), name: name.into() };
    let postgres = || strings(&["postgres"]);
    assert_eq!(
        found.dialects,
        [
            (("schema", "audit".into()), postgres()),
            (("enum", audit("level")), strings(&["postgres", "mysql"])),
            (("materialized_view", audit("totals")), postgres()),
        ]
        .into()
    );
    assert_eq!(
        found.schema.objects,
        [
            Object::Enum(Enum { name: "mood".into(), values: strings(&["sad", "it's ok"]) }),
            Object::Enum(Enum { name: audit("level"), values: strings(&["low"]) }),
            Object::Extension(Extension { name: "citext".into(), schema: None, version: None }),
            Object::Extension(Extension {
                name: "postgis".into(),
                schema: Some("gis".into()),
                version: Some("3.4".into()),
            }),
            Object::Function(Function {
                name: "touch".into(),
                arguments: "integer, text".into(),
                definition: "CREATE FUNCTION touch(integer, text) ...".into(),
            }),
            Object::View(View {
                name: audit("totals"),
                materialized: true,
                definition: Sql {
                    text: None,
                    dialects: [("postgres".into(), "SELECT count(*) FROM user".into())].into(),
                },
                options: Options::new(),
            }),
            Object::Namespace(Namespace { name: "audit".into() }),
            Object::Sequence(Sequence {
                name: "invoice".into(),
                options: SequenceOptions {
                    start: Some(1000),
                    cycle: true,
                    ..SequenceOptions::default()
                },
            }),
            Object::Trigger(Trigger {
                name: "on_view".into(),
                table: "active_users".into(),
                definition: "CREATE TRIGGER on_view ...".into(),
            }),
            Object::Trigger(Trigger {
                name: "touched".into(),
                table: "user".into(),
                definition: "CREATE TRIGGER touched AFTER UPDATE ON user BEGIN SELECT 1; END"
                    .into(),
            }),
            Object::View(View {
                name: "active_users".into(),
                materialized: false,
                definition: "SELECT * FROM user".into(),
                options: options(&[("postgres.security_barrier", OptionValue::Boolean(true))]),
            }),
        ]
    );
}
