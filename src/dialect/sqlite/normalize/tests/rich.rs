//! A schema with everything in it.

use super::*;

/// A schema with one of everything that SQLite can hold and one of everything it drops.
fn rich() -> Schema {
    let per_dialect = |sqlite: &str| Sql {
        text: None,
        dialects: [("sqlite", sqlite), ("postgres", "x")]
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .into(),
    };
    let user = Table {
        name: "User".into(),
        comment: Some("people".to_owned()),
        columns: vec![
            Column { identity: Some(Identity::default()), ..column("id", "big_integer") },
            Column {
                comment: Some("unique".to_owned()),
                nullable: false,
                collation: Some("nocase".to_owned()),
                options: text("sqlite.not_null_on_conflict", "IGNORE"),
                ..column("e-mail", "string(120)")
            },
            Column {
                default: Some(Value::Literal(Literal::Integer(1))),
                ..column("active", "boolean")
            },
            Column {
                default: Some(Value::Expression(Sql::new("CURRENT_TIMESTAMP"))),
                collation: Some("binary".to_owned()),
                ..column("made", "datetime(tz, 6)")
            },
            Column {
                default: Some(Value::Literal(Literal::Text("draft".to_owned()))),
                ..column("status", "enum(draft, 'it''s')")
            },
            Column {
                ty: Type::Native {
                    dialects: [("postgres".to_owned(), "inet".to_owned())].into(),
                    default: Some(Box::new("string(45)".parse().unwrap())),
                },
                ..column("address", "text")
            },
            Column { ty: Type::native("sqlite", "money"), ..column("owed", "text") },
            Column {
                generated: Some(Generated {
                    expression: per_dialect("( lower(\"e-mail\") ) -- folded"),
                    stored: true,
                }),
                ..column("folded", "text(long)")
            },
            Column {
                default: Some(Value::Expression(Sql::new("NULL"))),
                options: on(&["mysql.zerofill"]),
                ..column("boss", "integer unsigned")
            },
        ],
        primary_key: Some(PrimaryKey { name: Some("pk".to_owned()), ..key(&["id"]).unwrap() }),
        uniques: vec![
            Unique {
                name: Some("uq".to_owned()),
                columns: strings(&["e-mail"]),
                options: text("sqlite.on_conflict", "Replace"),
                ..Unique::default()
            },
            Unique {
                columns: strings(&["status", "made"]),
                options: text("sqlite.columns", "status collate nocase DESC, [made]"),
                ..Unique::default()
            },
        ],
        foreign_keys: vec![
            ForeignKey {
                name: Some("fk".to_owned()),
                columns: strings(&["boss"]),
                table: "user".into(),
                on_delete: Action::SetNull,
                on_update: Action::Cascade,
                deferrable: Some(Deferrable { initially: true }),
                matching: Some("FULL".to_owned()),
                ..ForeignKey::default()
            },
            ForeignKey {
                columns: strings(&["status", "boss"]),
                table: "elsewhere".into(),
                references: strings(&["a", "b"]),
                matching: Some("simple".to_owned()),
                ..ForeignKey::default()
            },
        ],
        checks: vec![
            Check {
                name: Some("ck".to_owned()),
                expression: per_dialect("length(\"e-mail\") > (0)"),
                options: Options::new(),
            },
            Check { expression: Sql::new("(owed > 0)"), ..Check::default() },
        ],
        indexes: vec![
            Index {
                name: "ix \"1\"".to_owned(),
                unique: true,
                columns: vec![
                    IndexColumn {
                        collation: Some("NOCASE".to_owned()),
                        nulls: Some(Nulls::First),
                        ..IndexColumn::new("e-mail")
                    },
                    IndexColumn {
                        descending: true,
                        nulls: Some(Nulls::Last),
                        collation: Some("rtrim".to_owned()),
                        ..IndexColumn::new("status")
                    },
                ],
                predicate: Some(per_dialect("active -- all of them")),
                comment: Some("fast".to_owned()),
                options: on(&["postgres.fastupdate"]),
                ..Index::default()
            },
            Index {
                name: "ix2".to_owned(),
                columns: ["lower(status)", "\"active\"", "(boss collate binary)", "owed || 1"]
                    .map(|text| IndexColumn {
                        key: IndexKey::Expression(Sql::new(text)),
                        ..IndexColumn::new("")
                    })
                    .into(),
                ..Index::default()
            },
        ],
        options: on(&["sqlite.autoincrement", "mysql.engine"]),
        ..Table::default()
    };
    let pair = Table {
        name: Name { schema: Some("main".to_owned()), name: "pair".to_owned() },
        columns: vec![column("a", "datetime"), column("b", "numeric(3)"), column("c", "enum(x)")],
        primary_key: Some(PrimaryKey {
            options: text("sqlite.columns", "b, a desc"),
            ..key(&["b", "a"]).unwrap()
        }),
        foreign_keys: vec![ForeignKey {
            columns: strings(&["a"]),
            table: "user".into(),
            ..ForeignKey::default()
        }],
        options: on(&["sqlite.strict", "sqlite.without_rowid"]),
        ..Table::default()
    };
    let number = Table {
        name: "number".into(),
        columns: vec![column("n", "integer")],
        primary_key: key(&["n"]),
        options: [("sqlite.strict".to_owned(), OptionValue::Boolean(false))].into(),
        ..Table::default()
    };
    let view = View {
        name: "all users".into(),
        materialized: false,
        definition: per_dialect("SELECT id, status FROM user -- all\n;"),
        options: text("sqlite.columns", "[the id], status"),
    };
    let trigger = |name: &str, text: &str| {
        let (table, definition) = ("user".into(), Sql::new(text));
        Object::Trigger(Trigger { name: name.into(), table, definition })
    };
    Schema {
        tables: vec![user, pair, number],
        objects: vec![
            Object::View(View { definition: Sql::new("SELECT id, status FROM user"), ..view }),
            trigger(
                "tr",
                "create trigger if not exists main.tr after insert on user begin select ';'; end",
            ),
        ],
        others: Vec::new(),
    }
}

#[test]
fn a_rich_schema_becomes_what_is_found() {
    agrees(&rich());
}

#[test]
fn what_sqlite_lacks_is_gone() {
    let normal = normalize(&rich()).unwrap();
    let user = normal.table(&"User".into()).unwrap();
    let columns: Vec<_> = user
        .columns
        .iter()
        .map(|it| format!("{} {} {}", it.name, it.ty, it.collation.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(
        columns,
        [
            "id integer -",
            "e-mail string(120) NOCASE",
            "active boolean -",
            "made datetime(6) -",
            "status enum(draft, 'it''s') -",
            "address string(45) -",
            "owed sqlite: money -",
            "folded text -",
            "boss integer unsigned -",
        ]
    );
    assert_eq!(user.comment, None);
    assert_eq!(user.columns[8].options, Options::new());
    assert_eq!(user.foreign_keys[1].references, ["id"]);
    assert_eq!(user.foreign_keys[1].table, "User".into());
    assert_eq!((user.source.0.as_ref(), user.indexes[0].source.0.as_ref()), (None, None));
    let pair = normal.table(&"pair".into()).unwrap();
    let types: Vec<_> = pair.columns.iter().map(|it| it.ty.to_string()).collect();
    assert_eq!(types, ["text", "sqlite: ANY", "enum(x)"]);
    let number = normal.table(&"number".into()).unwrap();
    assert_eq!((number.columns[0].identity.as_ref(), number.columns[0].nullable), (None, true));
    assert_eq!(number.options, Options::new());
}
