//! What stands beside tables.

use super::*;
use crate::schema::{
    Definition, Enum, Extension, Function, Namespace, Object, Sequence, SequenceOptions, Trigger,
    View,
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
type = "big_integer"
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
[triggers.touched_view]
name = "touched"
table = "active_users"
definition = "CREATE TRIGGER touched ..."
[functions.touch_all]
name = "touch"
definition = "CREATE FUNCTION touch() ..."
[objects.price]
kind = "domain"
schema = "audit"
definition = "CREATE DOMAIN audit.price AS numeric(10, 2)"
[objects.user_tenant]
kind = "policy"
name = "tenant"
table = "user"
definition = "CREATE POLICY tenant ON user USING (id = 1)"
dialects = ["postgres"]
[objects.view_tenant]
kind = "policy"
name = "tenant"
table = "active_users"
definition = "CREATE POLICY tenant ON active_users ..."
"#,
    );
    let audit = |name: &str| Name { schema: Some("audit".into()), name: name.into() };
    let postgres = || strings(&["postgres"]);
    let limited = found.dialects.iter().map(|(key, dialects)| (key.to_string(), dialects.clone()));
    assert_eq!(
        limited.collect::<Vec<_>>(),
        [
            ("enum audit.level".to_owned(), strings(&["postgres", "mysql"])),
            ("materialized view audit.totals".to_owned(), postgres()),
            ("policy tenant on user".to_owned(), postgres()),
            ("schema audit".to_owned(), postgres()),
        ]
    );
    assert_eq!(
        found.schema.objects,
        [
            Object::Definition(Definition {
                kind: "domain".into(),
                name: audit("price"),
                table: None,
                definition: "CREATE DOMAIN audit.price AS numeric(10, 2)".into(),
            }),
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
                arguments: String::new(),
                definition: "CREATE FUNCTION touch() ...".into(),
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
            Object::Definition(Definition {
                kind: "policy".into(),
                name: "tenant".into(),
                table: Some("active_users".into()),
                definition: "CREATE POLICY tenant ON active_users ...".into(),
            }),
            Object::Definition(Definition {
                kind: "policy".into(),
                name: "tenant".into(),
                table: Some("user".into()),
                definition: "CREATE POLICY tenant ON user USING (id = 1)".into(),
            }),
            Object::Namespace(Namespace { name: "audit".into() }),
            Object::Sequence(Sequence {
                name: "invoice".into(),
                ty: Some(Type::BigInteger { unsigned: false }),
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
                table: "active_users".into(),
                definition: "CREATE TRIGGER touched ...".into(),
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
