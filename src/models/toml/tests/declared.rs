//! What models declare.

use super::*;
use crate::models::Rename;
use crate::schema::{
    Action, Deferrable, Definition, Enum, Extension, Function, Generated, IndexColumn, IndexKey,
    Literal, Namespace, Nulls, Object, Sequence, SequenceOptions, Size, Sql, Trigger, Value, View,
};

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

fn columns(text: &str) -> Vec<Column> {
    table(&format!("[T.columns]\n{text}")).columns
}

fn defaults(text: &str) -> Vec<Value> {
    columns(text).into_iter().map(|column| column.default.unwrap()).collect()
}

#[test]
fn nothing_declares_nothing() {
    assert_eq!(schema(""), Schema::default());
    assert_eq!(schema("# only a comment"), Schema::default());
    assert_eq!(schema("\u{feff}"), Schema::default());
    assert_eq!(parse(&[], &Naming::default()).unwrap().schema, Schema::default());
}

#[test]
fn every_type() {
    let text = r#"
[enums]
mood = ["sad", "ok"]
[T.columns]
a = "small_integer"
b = { type = "integer unsigned" }
c = "big_integer"
d = "boolean"
e = "float"
f = "double"
g = "numeric(10, 2)"
h = "string"
i = "char(2)"
j = "text(long)"
k = "binary(16)"
l = "large_binary"
m = "date"
n = "time(3)"
o = "datetime(tz, 6)"
p = "interval"
q = "uuid"
r = "json"
s = "enum('a b', c)"
t = "array(integer)"
u = "mood"
v = "enum mood"
w = "array(enum mood)"
x = { type = { postgres = "inet", default = "string(45)" } }
y = { type = { sqlite = "BLOB", mariadb = "INET6" } }
z = { type = { default = "mood" } }
"#;
    let mood = || Type::SharedEnum("mood".into());
    let native = |types: &[(&str, &str)], default: Option<Type>| Type::Native {
        dialects: types.iter().map(|(key, ty)| ((*key).to_owned(), (*ty).to_owned())).collect(),
        default: default.map(Box::new),
    };
    let types: Vec<Type> = table(text).columns.into_iter().map(|column| column.ty).collect();
    assert_eq!(
        types,
        [
            Type::SmallInteger { unsigned: false },
            Type::Integer { unsigned: true },
            Type::BigInteger { unsigned: false },
            Type::Boolean,
            Type::Float,
            Type::Double,
            Type::Numeric { precision: Some(10), scale: Some(2) },
            Type::String(None),
            Type::Char(Some(2)),
            Type::Text(Size::Long),
            Type::Binary(Some(16)),
            Type::LargeBinary(Size::Normal),
            Type::Date,
            Type::Time { precision: Some(3) },
            Type::DateTime { tz: true, precision: Some(6) },
            Type::Interval,
            Type::Uuid,
            Type::Json,
            Type::Enum(strings(&["a b", "c"])),
            Type::Array(Box::new(Type::INTEGER)),
            mood(),
            mood(),
            Type::Array(Box::new(mood())),
            native(&[("postgres", "inet")], Some(Type::String(Some(45)))),
            native(&[("sqlite", "BLOB"), ("mariadb", "INET6")], None),
            mood(),
        ]
    );
}

#[test]
fn every_default() {
    let text = |text: &str| Value::Literal(Literal::Text(text.to_owned()));
    let defaults = defaults(
        r#"
a = { type = "boolean", default = true }
b = { type = "integer", default = -7 }
c = { type = "integer", default = 0xff }
d = { type = "big_integer unsigned", default = 18446744073709551615 }
e = { type = "float", default = 1.5 }
f = { type = "numeric(30, 20)", default = 0.12345678901234567890 }
g = { type = "text", default = "it's" }
h = { type = "text", default = "" }
i = { type = "date", default = 2026-01-31 }
j = { type = "time", default = 07:30 }
k = { type = "datetime", default = 2026-01-31T07:30:00 }
l = { type = "datetime(tz)", default = 2026-01-31T07:30:00.25Z }
m = { type = "datetime(tz)", default = 2026-01-31 07:30:00-02:30 }
n = { type = "datetime", default = { sql = "CURRENT_TIMESTAMP" } }
o = { type = "text", default = { sql = { postgres = "gen_random_uuid()", default = "''" } } }
"#,
    );
    let by_dialect = Sql {
        text: Some("''".into()),
        dialects: [("postgres".to_owned(), "gen_random_uuid()".to_owned())].into(),
    };
    assert_eq!(
        defaults,
        [
            Value::Literal(Literal::Boolean(true)),
            Value::Literal(Literal::Integer(-7)),
            Value::Literal(Literal::Integer(255)),
            text("18446744073709551615"),
            Value::Literal(Literal::Float(1.5)),
            text("0.12345678901234567890"),
            text("it's"),
            text(""),
            text("2026-01-31"),
            text("07:30:00"),
            text("2026-01-31 07:30:00"),
            text("2026-01-31 07:30:00.25+00:00"),
            text("2026-01-31 07:30:00-02:30"),
            Value::Expression("CURRENT_TIMESTAMP".into()),
            Value::Expression(by_dialect),
        ]
    );
}

#[test]
fn everything_a_column_may_say() {
    let found = table(
        r#"
[T.columns.price]
type = "numeric(10, 2)"
nullable = false
comment = "before tax"
check = "price > 0"
[T.columns.name]
type = "text"
collation = "nocase"
renamed_from = "title"
sqlite = { affinity = "text" }
mysql = { charset = "utf8mb4", invisible = true, weight = 3 }
[T.columns.total]
type = "numeric(10, 2)"
generated = { sql = "price * 2", stored = true }
[T.columns.shown]
type = "text"
generated = { expression = { default = "upper(name)", sqlite = "name" } }
[T.columns.number]
type = "integer"
unique = true
identity = { always = true, start = 1000, increment = 10, min = 0, max = 9, cache = 5, cycle = true }
"#,
    );
    let by_dialect = Sql {
        text: Some("upper(name)".into()),
        dialects: [("sqlite".to_owned(), "name".to_owned())].into(),
    };
    let price = Type::Numeric { precision: Some(10), scale: Some(2) };
    let sequence = SequenceOptions {
        start: Some(1000),
        increment: Some(10),
        min: Some(0),
        max: Some(9),
        cache: Some(5),
        cycle: true,
    };
    let expected = Table {
        name: "t".into(),
        columns: vec![
            Column { comment: Some("before tax".into()), ..required("price", price.clone()) },
            Column {
                collation: Some("nocase".into()),
                options: options(&[
                    ("sqlite.affinity", OptionValue::Text("text".into())),
                    ("mysql.charset", OptionValue::Text("utf8mb4".into())),
                    ("mysql.invisible", OptionValue::Boolean(true)),
                    ("mysql.weight", OptionValue::Integer(3)),
                ]),
                ..column("name", Type::Text(Size::Normal))
            },
            Column {
                generated: Some(Generated { expression: "price * 2".into(), stored: true }),
                ..column("total", price)
            },
            Column {
                generated: Some(Generated { expression: by_dialect, stored: false }),
                ..column("shown", Type::Text(Size::Normal))
            },
            Column {
                identity: Some(Identity { always: true, options: sequence }),
                ..required("number", Type::INTEGER)
            },
        ],
        uniques: vec![unique("uq_t_number", &["number"])],
        checks: vec![check("ck_t_price", "price > 0")],
        ..Table::default()
    };
    assert_eq!(found, expected);
}

#[test]
fn which_columns_number_themselves() {
    let numbered = |text: &str| {
        let numbers = |column: &Column| column.identity.is_some();
        let table = |table: &Table| table.columns.iter().map(numbers).collect::<Vec<_>>();
        schema(text).tables.iter().map(table).collect::<Vec<_>>()
    };
    let key = |rest: &str| format!("[T.columns]\nid = {{ primary_key = true, {rest} }}\n");
    for (text, expected) in [
        (key("type = 'integer'"), true),
        (key("type = 'big_integer unsigned'"), true),
        (key("type = 'integer', autoincrement = false"), false),
        (key("type = 'integer', default = 1"), false),
        (key("type = 'integer', generated = { sql = '1' }"), false),
        (key("type = 'integer', references = 't.id'"), false),
        (key("type = 'uuid'"), false),
        (key("type = { sqlite = 'INTEGER' }"), false),
        (key("type = { sqlite = 'INTEGER' }, autoincrement = true"), true),
        ("T = { primary_key = ['id'], columns = { id = 'integer' } }".to_owned(), true),
        ("T = { columns = { id = 'integer' } }".to_owned(), false),
    ] {
        assert_eq!(numbered(&text), [[expected]], "{text}");
    }
    let pair = "T = { primary_key = ['a', 'b'], columns = { a = 'integer', b = 'integer' } }";
    assert_eq!(numbered(pair), [[false, false]]);
    let pair = "T.columns = { a = { type = 'integer', primary_key = true }, \
                b = { type = 'integer', primary_key = true, autoincrement = true } }";
    assert_eq!(numbered(pair), [[false, true]]);
}

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

#[test]
fn names_of_tables_and_what_refers_to_them() {
    let found = schema(
        r#"
[HTTPServer.columns]
id = { type = "integer", primary_key = true }
[Audit]
columns.log = { type = "integer", primary_key = true }
[Log]
schema = "audit"
comment = ""
options = { sqlite = { strict = true }, mysql = { engine = "InnoDB" } }
sqlite = { without_rowid = true }
columns.id = { type = "uuid", primary_key = true }
[Entry]
table = "odd.name"
schema = "a.b"
columns.id = { type = "uuid", primary_key = true }
[Z.columns]
a = { type = "integer", references = "http_server" }
b = { type = "integer", references = "audit.log" }
c = { type = "uuid", references = "audit.log.id" }
d = { type = "uuid", references = { table = "audit.log" } }
e = { type = "uuid", references = "\"a.b\".\"odd.name\".id" }
"#,
    );
    let log = Table {
        name: "audit.log".parse().unwrap(),
        columns: vec![required("id", Type::Uuid)],
        primary_key: key("pk_log", &["id"]),
        comment: Some(String::new()),
        options: options(&[
            ("sqlite.strict", OptionValue::Boolean(true)),
            ("sqlite.without_rowid", OptionValue::Boolean(true)),
            ("mysql.engine", OptionValue::Text("InnoDB".into())),
        ]),
        ..Table::default()
    };
    assert_eq!(found.table(&log.name), Some(&log));
    assert_eq!(
        found.table(&"z".into()).unwrap().foreign_keys,
        [
            foreign_key("fk_z_a_http_server", &["a"], "http_server", &["id"]),
            foreign_key("fk_z_b_audit", &["b"], "audit", &["log"]),
            foreign_key("fk_z_c_log", &["c"], "audit.log", &["id"]),
            foreign_key("fk_z_d_log", &["d"], "audit.log", &["id"]),
            foreign_key("fk_z_e_odd.name", &["e"], "\"a.b\".\"odd.name\"", &["id"]),
        ]
    );
}

#[test]
fn columns_stand_in_the_order_of_the_file() {
    let found = table(
        r#"
[T.columns.b.sqlite]
x = 1
[T.columns.a]
type = "text"
[T.columns.b]
type = "text"
[T.columns.c]
type = "text"
"#,
    );
    let names: Vec<_> = found.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c"]);
}

#[test]
fn hostile_names_are_names() {
    let found = declared(
        r#"
["Robert'); DROP TABLE \"students\";--".columns]
"a\"b" = { type = "integer", primary_key = true }
"a.b; --" = { type = "text", unique = true }
'naïve 名' = { type = "text", index = true }
"\n" = { type = "integer", references = "\"robert'); drop table \"\"students\"\";--\"" }
"#,
    );
    let name = "robert'); drop table \"students\";--";
    let expected = Table {
        name: name.into(),
        columns: vec![
            numbered("a\"b"),
            column("a.b; --", Type::Text(Size::Normal)),
            column("naïve 名", Type::Text(Size::Normal)),
            column("\n", Type::INTEGER),
        ],
        primary_key: key(&format!("pk_{name}"), &["a\"b"]),
        uniques: vec![unique(&format!("uq_{name}_a.b; --"), &["a.b; --"])],
        indexes: vec![index(&format!("ix_{name}_naïve 名"), &["\"naïve 名\""])],
        foreign_keys: vec![ForeignKey {
            table: name.into(),
            ..foreign_key(
                "fk_robert'); drop table \"students\";--_\n_robert'); drop_27a09d97",
                &["\n"],
                "x",
                &["a\"b"],
            )
        }],
        ..Table::default()
    };
    assert_eq!(found.schema.tables, [expected]);
}

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

#[test]
fn renames_that_are_meant() {
    let found = declared(
        r#"
[Member]
renamed_from = "user"
columns.mail = { type = "text", renamed_from = "email" }
[Entry]
schema = "audit"
renamed_from = "log"
columns.id = "integer"
"#,
    );
    let audit = |name: &str| Name { schema: Some("audit".into()), name: name.into() };
    assert_eq!(
        found.renames,
        [
            Rename::Table { from: "user".into(), to: "member".into() },
            Rename::Column { table: "member".into(), from: "email".into(), to: "mail".into() },
            Rename::Table { from: audit("log"), to: audit("entry") },
        ]
    );
}

#[test]
fn models_of_several_files_know_each_other() {
    let sources = [
        Source::new("b.toml", "[Post.columns]\nuser_id = { type = 'mood', references = 'user' }\n"),
        Source::new("a.toml", "User.columns.id = { type = 'mood', primary_key = true }\n"),
        Source::new("c.toml", "enums.mood = ['ok']\n"),
    ];
    let found = parse(&sources, &Naming::default()).unwrap();
    let mood = || Type::SharedEnum("mood".into());
    let post = Table {
        name: "post".into(),
        columns: vec![column("user_id", mood())],
        foreign_keys: vec![foreign_key("fk_post_user_id_user", &["user_id"], "user", &["id"])],
        ..Table::default()
    };
    let user = Table {
        name: "user".into(),
        columns: vec![required("id", mood())],
        primary_key: key("pk_user", &["id"]),
        ..Table::default()
    };
    assert_eq!(found.schema.tables, [post, user]);
    assert_eq!(found.places[&("user".into(), None)], sources[1].place(0..4));
}

#[test]
fn patterns_name_what_has_no_name() {
    let patterns = [("ck", "ck_{{ table }}_{{ constraint }}"), ("ix", "{{ table }}_{{ column }}")];
    let owned = |(key, text): (&str, &str)| (key.to_owned(), text.to_owned());
    let naming = Naming::new(patterns.into_iter().map(owned).collect()).unwrap();
    let text = "[T]\nchecks = [{ name = 'positive', expression = 'a > 0' }, { expression = 'a < 9' }]\n\
                [T.columns]\na = { type = 'integer', index = true }\n";
    let found = parse(&[Source::new("models.toml", text)], &naming).unwrap();
    let expected = Table {
        name: "t".into(),
        columns: vec![column("a", Type::INTEGER)],
        indexes: vec![index("t_a", &["a"])],
        checks: vec![check("ck_t_a", "a < 9"), check("ck_t_positive", "a > 0")],
        ..Table::default()
    };
    assert_eq!(found.schema.tables, [expected]);
}

#[test]
fn values_for_rows() {
    let text = r#"
        [User.columns]
        name = "text"
        age = { type = "integer", nullable = false, fill = 18 }
        slug = { type = "text", nullable = false, default = "x", fill = { sql = "lower(name)" } }
        [Post.columns]
        at = { type = "datetime", fill = 2026-01-31T07:30:00 }
    "#;
    let key = |table: &str, column: &str| (Name::new(table), column.to_owned());
    let time = Literal::Text("2026-01-31 07:30:00".to_owned());
    assert_eq!(
        declared(text).fills.into_iter().collect::<Vec<_>>(),
        [
            (key("post", "at"), Value::Literal(time)),
            (key("user", "age"), Value::Literal(Literal::Integer(18))),
            (key("user", "slug"), Value::Expression("lower(name)".into())),
        ]
    );
}
