//! Tables, their indexes, constraints and names.

use super::*;

#[test]
fn tables() {
    let counted = Column {
        identity: Some(Identity {
            always: false,
            options: SequenceOptions { cycle: true, max: Some(99), ..Default::default() },
        }),
        ..serial()
    };
    let partition = Table {
        options: Options::from([
            ("postgres.partition_of".to_owned(), OptionValue::Text("log".to_owned())),
            ("postgres.partition_bound".to_owned(), OptionValue::Text("DEFAULT".to_owned())),
        ]),
        ..table("log_rest", vec![])
    };
    let attached = Table {
        options: partition.options.clone(),
        ..table("log_more", vec![column("at", "date")])
    };
    let operations = [
        Operation::CreateTable(posts()),
        Operation::CreateTable(table("a", vec![serial()])),
        Operation::CreateTable(table("s.b", vec![counted])),
        Operation::CreateTable(Table {
            options: said("postgres.partition_by", "RANGE (at)"),
            ..table("log", vec![column("at", "date")])
        }),
        Operation::CreateTable(partition),
        Operation::CreateTable(attached),
        Operation::CreateTable(Table {
            options: said("postgres.inherits", "a, s.b"),
            ..table("heir", vec![])
        }),
        Operation::DropTable(posts()),
    ];
    assert_eq!(script(&Schema::default(), &operations), include_str!("tables.sql"));
}

#[test]
fn indexes() {
    let index = |name: &str, columns: &[&str]| Index {
        name: name.to_owned(),
        columns: columns.iter().map(|it| it.parse().unwrap()).collect(),
        ..Index::default()
    };
    let concurrent = Index { options: on("postgres.concurrently"), ..index("c", &["a"]) };
    let changes = vec![
        AddIndex(Index {
            unique: true,
            include: strings(&["b"]),
            predicate: Some(Sql::new("a > 0 -- all")),
            comment: named("fast"),
            options: on("postgres.nulls_not_distinct"),
            ..index("u", &["a desc nulls last", "lower(b) collate \"C\" nulls first"])
        }),
        AddIndex(Index {
            using: named("gin"),
            options: Options::from([
                (
                    "postgres.opclasses".to_owned(),
                    OptionValue::Text("default, jsonb_path_ops".to_owned()),
                ),
                ("postgres.with".to_owned(), OptionValue::Text("fastupdate=off".to_owned())),
                ("postgres.tablespace".to_owned(), OptionValue::Text("Fast".to_owned())),
            ]),
            ..index("g", &["a", "b"])
        }),
        DropIndex(index("u", &["a"])),
    ];
    let left_over = Index { options: on("postgres.invalid"), ..index("c", &["a"]) };
    let live = Table { indexes: vec![left_over], ..table("app.t", vec![column("a", "integer")]) };
    let before = Schema { tables: vec![live.clone()], ..Schema::default() };
    let mut found = script(&before, &[alter("app.t", changes)]);
    // What a run that failed has left behind goes first; otherwise nothing does.
    let render = |before: &Schema, change| {
        let statements =
            render(&Postgres::default(), &alter("app.t", vec![change]), before).unwrap();
        statements.into_iter().map(|it| it.sql + ";\n").collect::<String>()
    };
    found += &render(&before, AddIndex(concurrent.clone()));
    found += &render(&Schema::default(), AddIndex(concurrent.clone()));
    found += &render(&before, DropIndex(concurrent.clone()));
    assert!(looks_at(&alter("app.t", vec![AddIndex(concurrent)])).is_some());
    assert_eq!(found, include_str!("indexes.sql"));
}

#[test]
fn constraints() {
    let check =
        |options: Options| Check { name: named("ck"), expression: Sql::new("a > 0"), options };
    let key = |options: Options| ForeignKey {
        name: named("fk"),
        columns: strings(&["a"]),
        table: Name::new("p"),
        options,
        ..ForeignKey::default()
    };
    let unnamed = Unique { columns: strings(&["a", "b"]), ..Unique::default() };
    let live = Table {
        checks: vec![check(Options::new())],
        uniques: vec![Unique { name: named("real"), ..unnamed.clone() }],
        ..table("t", vec![])
    };
    let before = Schema { tables: vec![live], ..Schema::default() };
    let groups = [
        vec![
            DropForeignKey(key(on("postgres.not_valid"))),
            DropCheck(check(on("postgres.not_valid"))),
            AddCheck(check(Options::new())),
            AddForeignKey(key(on("postgres.validate_afterwards"))),
        ],
        vec![
            AddCheck(check(on("postgres.validate_afterwards"))),
            AddForeignKey(key(on("postgres.not_valid"))),
        ],
        vec![
            DropUnique(unnamed),
            DropPrimaryKey(PrimaryKey { columns: strings(&["a"]), ..PrimaryKey::default() }),
            DropForeignKey(ForeignKey { name: None, ..key(Options::new()) }),
            DropCheck(Check { name: None, ..check(Options::new()) }),
            AddPrimaryKey(PrimaryKey {
                columns: strings(&["b"]),
                options: said("postgres.deferrable", "initially deferred"),
                ..PrimaryKey::default()
            }),
        ],
    ];
    let mut found = String::new();
    for changes in groups {
        for statement in render(&Postgres::default(), &alter("t", changes), &before).unwrap() {
            let refuse = statement.refuse.map(|it| format!("-- refuses: {it}\n"));
            found += &format!("{}{};\n", refuse.unwrap_or_default(), statement.sql);
        }
    }
    assert_eq!(found, include_str!("constraints.sql"));
}

#[test]
fn names_of_tables() {
    let rename = |from: &str, to: &str| Operation::RenameTable {
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
    };
    let statements = |op: Operation| {
        let statements = render(&Postgres::default(), &op, &Schema::default()).unwrap();
        statements.into_iter().map(|it| it.sql).collect::<Vec<_>>()
    };
    assert_eq!(statements(rename("a", "public.b")), ["ALTER TABLE \"a\" RENAME TO \"b\""]);
    assert_eq!(statements(rename("s.a", "a")), ["ALTER TABLE \"s\".\"a\" SET SCHEMA \"public\""]);
    assert_eq!(
        statements(rename("s.a", "t.b")),
        ["ALTER TABLE \"s\".\"a\" SET SCHEMA \"t\"", "ALTER TABLE \"t\".\"a\" RENAME TO \"b\""]
    );
}
