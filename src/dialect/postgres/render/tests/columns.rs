//! Changes of columns.

use super::*;

#[test]
fn columns() {
    let live = Table {
        columns: vec![
            column("a", "text"),
            Column { default: literal(Literal::Integer(1)), ..column("b", "integer") },
            Column {
                options: said("postgres.enum_constraint", "odd"),
                ..column("e", "enum(x, y)")
            },
            Column {
                generated: Some(Generated { expression: Sql::new("upper(a)"), stored: true }),
                ..column("g", "text")
            },
        ],
        uniques: vec![Unique { name: named("uq"), columns: strings(&["g"]), ..Unique::default() }],
        ..table("t", vec![])
    };
    let view = |name: &str, sql: &str| {
        Object::View(View {
            name: Name::new(name),
            materialized: false,
            definition: Sql::new(sql),
            options: Options::new(),
        })
    };
    let objects = vec![view("v", "SELECT a FROM w"), view("w", "SELECT t.a FROM t")];
    let before = Schema { tables: vec![live], objects, ..Schema::default() };
    let change = |from: Column, to: Column| AlterColumn { from, to };
    let operations = [
        alter(
            "t",
            vec![
                DropColumn(column("gone", "integer")),
                change(
                    Column { default: literal(Literal::Integer(1)), ..column("b", "integer") },
                    Column {
                        default: literal(Literal::Boolean(true)),
                        nullable: false,
                        comment: named("new"),
                        ..column("b", "boolean")
                    },
                ),
                change(column("e", "enum(x, y)"), column("e", "enum(x, y, long)")),
                AddColumn(Column { nullable: false, ..column("n", "integer") }),
                AddCheck(Check {
                    name: named("c"),
                    expression: Sql::new("n > 0"),
                    ..Check::default()
                }),
                SetComment { from: None, to: None },
                SetOption {
                    name: "postgres.with".to_owned(),
                    from: Some(OptionValue::Text("a=1, b=2".to_owned())),
                    to: Some(OptionValue::Text("b=3, c=4".to_owned())),
                },
                SetOption { name: "sqlite.strict".to_owned(), from: None, to: None },
                RenameColumn { from: "n".to_owned(), to: "m".to_owned() },
            ],
        ),
        alter("t", vec![change(column("a", "text"), column("a", "string(9)"))]),
    ];
    // The column `gone` is not there: the server would say so.
    let mut before = before;
    before.tables[0].columns.push(column("gone", "integer"));
    assert_eq!(script(&before, &operations), include_str!("columns.sql"));
}

#[test]
fn numbering() {
    let plain = Column { nullable: false, ..column("id", "integer") };
    let by_default = Column { identity: Some(Identity::default()), ..plain.clone() };
    let change = |from: &Column, to: &Column| {
        alter("app.t", vec![AlterColumn { from: from.clone(), to: to.clone() }])
    };
    let forms = [plain, by_default, identity(), serial()];
    let before = |column: &Column| Schema {
        tables: vec![table("app.t", vec![column.clone()])],
        ..Schema::default()
    };
    let mut found = String::new();
    for (from, to) in [(0, 1), (1, 2), (2, 0), (0, 3), (3, 1), (1, 3), (3, 0)] {
        let (from, to) = (&forms[from], &forms[to]);
        found += &format!("-- {from} to {to}\n", from = form(from), to = form(to));
        found += &script(&before(from), &[change(from, to)]);
    }
    assert_eq!(found, include_str!("numbering.sql"));
}

fn form(column: &Column) -> &'static str {
    match &column.identity {
        None => "plain",
        Some(_) if !column.options.is_empty() => "serial",
        Some(it) if it.always => "always",
        Some(_) => "by default",
    }
}
