//! Rows, enums and other objects.

use super::*;

#[test]
fn rows() {
    let row = |values: &[(&str, Value)]| -> Vec<(String, Value)> {
        values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    };
    let number = |it| Value::Literal(Literal::Integer(it));
    let operations = [
        Operation::Insert {
            table: "app.user".parse().unwrap(),
            rows: vec![
                row(&[("id", number(7)), ("name", text("it's"))]),
                row(&[("id", number(3)), ("name", Value::Expression(Sql::new("upper('x') -- x")))]),
                row(&[("name", Value::Literal(Literal::Boolean(true)))]),
                row(&[("size", Value::Literal(Literal::Float(1e300)))]),
                row(&[]),
            ],
        },
        Operation::Fill {
            table: Name::new("user"),
            column: "name".to_owned(),
            value: Value::Expression(Sql::new("first || last")),
        },
        Operation::Execute(Sql::new("SELECT 1; -- two\nDO $$ BEGIN; END $$;")),
    ];
    assert_eq!(script(&Schema::default(), &operations), include_str!("rows.sql"));
    let many = Operation::Insert {
        table: Name::new("t"),
        rows: (0..501).map(|_| row(&[("a", text("x"))])).collect(),
    };
    assert_eq!(script(&Schema::default(), &[many]).matches("INSERT").count(), 2);
}

#[test]
fn enums() {
    let mood =
        |values: &[&str]| Enum { name: "app.mood".parse().unwrap(), values: strings(values) };
    let change = |from: &[&str], to: &[&str], renamed: &[(&str, &str)]| Operation::AlterEnum {
        from: mood(from),
        to: mood(to),
        renamed: renamed.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
    };
    let live = Table {
        checks: vec![Check {
            name: named("ck"),
            expression: Sql::new("m <> 'c'::app.mood"),
            ..Check::default()
        }],
        ..table(
            "app.t",
            vec![
                Column { default: Some(text("b")), ..column("m", "enum app.mood") },
                column("l", "array(enum app.mood)"),
                column("n", "enum mood"),
            ],
        )
    };
    let before = Schema {
        tables: vec![live],
        objects: vec![Object::Enum(mood(&["b", "c"]))],
        ..Schema::default()
    };
    let operations = [
        change(&["b", "c"], &["a", "b", "b2", "c", "d"], &[]),
        change(
            &["a", "b", "b2", "c", "d"],
            &["b", "a", "b2", "c", "e"],
            &[("a", "b"), ("b", "a"), ("d", "e")],
        ),
        change(&["b", "a", "b2", "c", "e"], &["c", "x"], &[("b", "x")]),
    ];
    assert_eq!(script(&before, &operations), include_str!("enums.sql"));
    assert_eq!(
        refused(&change(&["a", "b"], &["b"], &[])),
        "which columns hold the enum `app.mood` is not known here; run this on the database; a \
         script for others can only add values to the end of the enum or between them, and rename \
         them"
    );
}

#[test]
fn objects() {
    let name = |it: &str| -> Name { it.parse().unwrap() };
    let sequence = |ty: Option<&str>, options| {
        Object::Sequence(Sequence {
            name: name("s.n"),
            ty: ty.map(|it| it.parse().unwrap()),
            options,
        })
    };
    let function = |sql: &str| {
        Object::Function(Function {
            name: name("f"),
            arguments: "integer".to_owned(),
            definition: Sql::new(sql),
        })
    };
    let definition = |kind: &str, table: Option<&str>, sql: &str| {
        Object::Definition(Definition {
            kind: kind.to_owned(),
            name: name("s.x"),
            table: table.map(name),
            definition: Sql::new(sql),
        })
    };
    let extension = |schema: Option<&str>, version: Option<&str>| {
        Object::Extension(Extension {
            name: "uuid-ossp".to_owned(),
            schema: schema.map(str::to_owned),
            version: version.map(str::to_owned),
        })
    };
    let view = |materialized| {
        Object::View(View {
            name: name("s.v"),
            materialized,
            definition: Sql::new("SELECT 1;"),
            options: said("postgres.with", "security_barrier=true"),
        })
    };
    let all = [
        Object::Namespace(Namespace { name: "s".to_owned() }),
        extension(Some("s"), Some("1.1")),
        Object::Enum(Enum { name: name("s.e"), values: strings(&["a", "it's"]) }),
        sequence(
            Some("integer"),
            SequenceOptions { min: Some(-1), cycle: true, ..Default::default() },
        ),
        function(
            "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1; SELECT a';",
        ),
        view(false),
        view(true),
        Object::Trigger(Trigger {
            name: name("tr"),
            table: name("s.t"),
            definition: Sql::new("CREATE TRIGGER tr BEFORE INSERT ON s.t EXECUTE FUNCTION g()"),
        }),
        definition("policy", Some("s.t"), "CREATE POLICY x ON s.t"),
        definition(
            "exclusion constraint",
            Some("s.t"),
            "ALTER TABLE s.t ADD CONSTRAINT x EXCLUDE (a WITH =)",
        ),
        definition("statistics", Some("s.t"), "CREATE STATISTICS s.x ON a, b FROM s.t"),
        definition("domain", None, "CREATE DOMAIN s.x AS integer"),
        definition("range type", None, "CREATE TYPE s.x AS RANGE (SUBTYPE = integer)"),
        definition(
            "aggregate",
            None,
            "CREATE AGGREGATE s.x (integer) (SFUNC = int4pl, STYPE = integer)",
        ),
        definition("cast", None, "CREATE CAST (s.a AS s.b) WITH INOUT"),
    ];
    let mut operations: Vec<_> = all.iter().cloned().map(Operation::Create).collect();
    operations.extend(all.iter().cloned().map(Operation::Drop));
    let replace = |from: Object, to: Object| Operation::Replace { from, to };
    let created = script(&Schema::default(), &operations);
    assert_eq!(created, include_str!("objects.sql"));

    let body =
        |head: &str, body: &str| function(&format!("CREATE {head} LANGUAGE sql AS '{body}'"));
    let replaced = [
        replace(
            sequence(None, SequenceOptions { start: Some(5), ..Default::default() }),
            sequence(
                Some("integer"),
                SequenceOptions { increment: Some(-1), ..Default::default() },
            ),
        ),
        replace(extension(Some("a"), Some("1.0")), extension(Some("b"), Some("1.1"))),
        replace(extension(None, Some("1.0")), extension(None, None)),
        replace(
            body("FUNCTION f(a integer) RETURNS integer", "a"),
            body("FUNCTION F( a integer ) RETURNS integer", "b"),
        ),
        replace(
            body("FUNCTION f(a integer) RETURNS integer", "a"),
            body("OR REPLACE FUNCTION f(a integer) RETURNS integer", "b"),
        ),
        replace(
            body("FUNCTION f(a integer) RETURNS integer", "a"),
            body("FUNCTION f(b integer) RETURNS integer", "b"),
        ),
        replace(
            definition("policy", Some("t"), "CREATE POLICY x ON t"),
            definition("policy", Some("t"), "CREATE POLICY x ON t USING (true)"),
        ),
    ];
    let mut found = String::new();
    for op in &replaced {
        for statement in render(&Postgres::default(), op, &Schema::default()).unwrap() {
            found += &(statement.sql + ";\n");
        }
    }
    assert_eq!(found, include_str!("replaced.sql"));
}
