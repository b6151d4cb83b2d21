//! What a column may say.

use super::*;
use crate::schema::SequenceOptions;

fn columns(text: &str) -> Vec<Column> {
    table(&format!("[T.columns]\n{text}")).columns
}

fn defaults(text: &str) -> Vec<Value> {
    columns(text).into_iter().map(|column| column.default.unwrap()).collect()
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
fn defaults_that_a_type_may_take() {
    let text = r#"
a = { type = "integer", default = "7" }
b = { type = "integer", default = " -12345678901234567890 " }
c = { type = "small_integer", default = 99999 }
d = { type = "integer", default = 7.0 }
e = { type = "boolean", default = 0 }
f = { type = "boolean", default = "1" }
g = { type = "float", default = 1 }
h = { type = "double", default = "-Infinity" }
i = { type = "numeric", default = "1.50" }
j = { type = "numeric", default = "NaN" }
k = { type = "date", default = "January 8, 1999" }
l = { type = "date", default = "0000-00-00" }
m = { type = "date", default = 2026-01-31T07:30:00 }
n = { type = "time", default = "7:30 PM" }
o = { type = "time", default = 2026-01-31T07:30:00 }
p = { type = "datetime", default = 2026-01-31 }
q = { type = "datetime(tz)", default = "infinity" }
r = { type = "integer", default = { sql = "'x'" } }
s = { type = "text", default = 1 }
t = { type = "enum('1', '2')", default = 1 }
u = { type = "interval", default = "a day" }
v = { type = { postgres = "int4range", default = "integer" }, default = "empty" }
"#;
    let text_of = |text: &str| Literal::Text(text.to_owned());
    let literals = [
        text_of("7"),
        text_of(" -12345678901234567890 "),
        Literal::Integer(99999),
        Literal::Float(7.0),
        Literal::Integer(0),
        text_of("1"),
        Literal::Integer(1),
        text_of("-Infinity"),
        text_of("1.50"),
        text_of("NaN"),
        text_of("January 8, 1999"),
        text_of("0000-00-00"),
        text_of("2026-01-31 07:30:00"),
        text_of("7:30 PM"),
        text_of("2026-01-31 07:30:00"),
        text_of("2026-01-31"),
        text_of("infinity"),
        Literal::Integer(1),
        Literal::Integer(1),
        text_of("a day"),
        text_of("empty"),
    ];
    let mut expected: Vec<Value> = literals.into_iter().map(Value::Literal).collect();
    expected.insert(17, Value::Expression("'x'".into()));
    assert_eq!(defaults(text), expected);
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
