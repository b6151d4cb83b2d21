//! Any schema.

use proptest::prelude::*;

use super::*;

fn any_of<T: Clone + std::fmt::Debug + 'static>(choices: Vec<T>) -> impl Strategy<Value = T> {
    prop::sample::select(choices)
}

fn any_type() -> impl Strategy<Value = Type> {
    let words = [
        "integer",
        "small_integer",
        "big_integer unsigned",
        "boolean",
        "float",
        "double",
        "numeric",
        "numeric(10, 2)",
        "string",
        "string(64)",
        "char(2)",
        "text",
        "text(tiny)",
        "binary",
        "binary(16)",
        "large_binary",
        "date",
        "time(3)",
        "datetime",
        "datetime(tz)",
        "uuid",
        "json",
        "enum(a, 'it''s', '')",
    ];
    let mut types: Vec<Type> = words.iter().map(|it| it.parse().unwrap()).collect();
    let natives =
        ["", "INTEGER", "int", "MONEY", "varchar (3)", "\"my type\"", "long generated always"];
    types.extend(natives.iter().map(|it| Type::native("sqlite", *it)));
    any_of(types)
}

fn any_default() -> impl Strategy<Value = Option<Value>> {
    let literal = |literal| Some(Value::Literal(literal));
    let expression = |text: &str| Some(Value::Expression(Sql::new(text)));
    any_of(vec![
        None,
        literal(Literal::Boolean(true)),
        literal(Literal::Integer(0)),
        literal(Literal::Integer(-7)),
        literal(Literal::Float(1.0)),
        literal(Literal::Float(-2.5e-30)),
        literal(Literal::Text("1".to_owned())),
        literal(Literal::Text("it's \"x\"\n".to_owned())),
        literal(Literal::Text(String::new())),
        expression("CURRENT_TIMESTAMP"),
        expression("(CURRENT_DATE)"),
        expression("1"),
        expression("'x' || 'y' -- both"),
        expression("(1) + (2)"),
        expression("NULL"),
        expression("x'00'"),
    ])
}

fn any_column(name: &'static str) -> impl Strategy<Value = Column> {
    let collation = any_of(vec![None, Some("nocase".to_owned()), Some("BINARY".to_owned())]);
    let generated = any_of(vec![None, None, Some(true), Some(false)]);
    let options = any_of(vec![
        Options::new(),
        text("sqlite.not_null_on_conflict", "ignore"),
        text("sqlite.not_null_on_conflict", "ABORT"),
        text("mysql.charset", "latin1"),
    ]);
    (any_type(), any::<bool>(), any_default(), collation, generated, options).prop_map(
        move |(ty, nullable, default, collation, generated, options)| Column {
            nullable,
            default: default.filter(|_| generated.is_none()),
            generated: generated.map(|stored| Generated { expression: "(1) + 1".into(), stored }),
            collation,
            comment: Some("what it is".to_owned()),
            options,
            ..Column::new(name, ty)
        },
    )
}

fn any_index(name: String) -> impl Strategy<Value = Index> {
    let column = (
        any_of(vec!["k", "\"b b\"", "lower(c)", "(c)", "c || k", "((k))", "c collate rtrim"]),
        any_of(vec![None, Some("nocase".to_owned()), Some("rtrim".to_owned())]),
        any::<bool>(),
    );
    let column = column.prop_map(|(text, collation, descending)| {
        let key = IndexKey::Expression(Sql::new(text));
        IndexColumn { key, collation, descending, nulls: None }
    });
    let predicate = any_of(vec![None, Some(Sql::new("k > 0")), Some(Sql::new("(c) IS NOT NULL"))]);
    (prop::collection::vec(column, 1..3), any::<bool>(), predicate).prop_map(
        move |(columns, unique, predicate)| Index {
            name: name.clone(),
            columns,
            unique,
            predicate,
            ..Index::default()
        },
    )
}

fn any_table(name: &'static str) -> impl Strategy<Value = Table> {
    let columns = (any_column("k"), any_column("b b"), any_column("c"));
    let primary = any_of(vec![
        None,
        key(&["k"]),
        Some(PrimaryKey { name: Some("pk".to_owned()), ..key(&["k", "b b"]).unwrap() }),
        Some(PrimaryKey {
            options: text("sqlite.columns", "\"b b\" desc, k collate rtrim"),
            ..key(&["b b", "k"]).unwrap()
        }),
    ]);
    let unique = any_of(vec![
        Unique { columns: strings(&["c"]), ..Unique::default() },
        Unique {
            name: Some("uq".to_owned()),
            columns: strings(&["c", "k"]),
            options: text("sqlite.on_conflict", "replace"),
            ..Unique::default()
        },
    ]);
    let foreign_key = any_of(vec![
        ForeignKey { columns: strings(&["k"]), table: "T".into(), ..ForeignKey::default() },
        ForeignKey {
            name: Some("fk".to_owned()),
            columns: strings(&["c", "b b"]),
            table: "nowhere".into(),
            references: strings(&["x", "y"]),
            on_delete: Action::SetDefault,
            deferrable: Some(Deferrable { initially: false }),
            ..ForeignKey::default()
        },
    ]);
    let check = any_of(vec![
        Check { expression: "k > (0)".into(), ..Check::default() },
        Check { expression: "(c) IN ('a')".into(), ..Check::default() },
        Check {
            name: Some("ck".to_owned()),
            expression: "\"b b\" <> ')' /* ( */".into(),
            ..Check::default()
        },
    ]);
    let options = any_of(vec![
        Options::new(),
        on(&["sqlite.strict"]),
        on(&["sqlite.without_rowid"]),
        on(&["sqlite.strict", "sqlite.without_rowid"]),
    ]);
    let indexes = (any_index(format!("ix1_{name}")), any_index(format!("ix2_{name}")));
    let lists = (
        prop::collection::vec(unique, 0..2),
        prop::collection::vec(foreign_key, 0..2),
        prop::collection::vec(check, 0..3),
    );
    (columns, primary, lists, options, indexes, any::<bool>()).prop_map(
        move |(columns, primary_key, lists, mut options, indexes, identity)| {
            if primary_key.is_none() {
                options.remove("sqlite.without_rowid");
            }
            let mut table = Table {
                name: name.into(),
                columns: vec![columns.0, columns.1, columns.2],
                primary_key,
                uniques: lists.0,
                foreign_keys: lists.1,
                checks: lists.2,
                indexes: vec![indexes.0, indexes.1],
                options,
                ..Table::default()
            };
            let key = table.primary_key.iter().flat_map(|key| key.columns.clone());
            for name in key.collect::<Vec<_>>() {
                // A generated column cannot be in a primary key.
                let column = table.columns.iter_mut().find(|column| column.name == name).unwrap();
                column.generated = None;
            }
            if table.columns.iter().all(|column| column.generated.is_some()) {
                table.columns[2].generated = None;
            }
            let sole =
                table.is_sole_key("k") && !table.options.contains_key("sqlite.without_rowid");
            if sole && table.columns[0].ty.is_integer() && identity {
                table.columns[0].identity = Some(Identity::default());
                table.columns[0].default = None;
            }
            table
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_schema_becomes_what_is_found(tables in (any_table("t"), any_table("u \"2\""))) {
        let declared = Schema { tables: vec![tables.0, tables.1], ..Schema::default() };
        match normalize(&declared) {
            Ok(_) => agrees(&declared),
            // A type of one's own in a STRICT table.
            Err(errors) => {
                let strict = |err: &Unsupported| err.what.starts_with("a STRICT table");
                prop_assert!(errors.iter().all(strict), "{errors:?}");
            }
        }
    }
}
