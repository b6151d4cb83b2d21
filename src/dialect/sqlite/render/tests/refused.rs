//! What SQLite lacks.

use super::*;

/// What is said of an operation that SQLite cannot carry out.
fn refused(op: &Operation) -> String {
    let error = Sqlite::bundled().render(op, &Schema::default()).unwrap_err();
    let hint = error.hint.map(|hint| format!("; {hint}")).unwrap_or_default();
    let place = match (error.table, error.column) {
        (Some(table), Some(column)) => format!("{}: ", table.column(&column)),
        (Some(table), None) => format!("{table}: "),
        (None, _) => String::new(),
    };
    format!("{place}{}{hint}", error.what)
}

#[test]
fn what_sqlite_lacks_is_refused_with_a_hint() {
    let with = |edit: &dyn Fn(&mut Table)| {
        let mut table = user();
        edit(&mut table);
        Operation::CreateTable(table)
    };
    let email = |edit: &dyn Fn(&mut Column)| with(&|table| edit(&mut table.columns[2]));
    let mut elsewhere = Sql::default();
    elsewhere.dialects.insert("postgres".to_owned(), "true".to_owned());
    let view = |materialized| View {
        name: Name::new("v"),
        materialized,
        definition: Sql::new("SELECT 1; SELECT 2"),
        options: Options::new(),
    };
    let mood = Enum { name: Name::new("mood"), values: strings(&["a"]) };
    let add_index = |edit: &dyn Fn(&mut Index)| {
        let mut index = index("ix", &["email"]);
        edit(&mut index);
        alter(vec![TableChange::AddIndex(index)])
    };
    let cases: Vec<(Operation, &str)> = vec![
        (
            Operation::Create(Object::Namespace(Namespace { name: "app".to_owned() })),
            "SQLite has no schemas (`app`); leave the schema out of the names",
        ),
        (
            Operation::Create(Object::Extension(Extension {
                name: "citext".to_owned(),
                schema: None,
                version: None,
            })),
            "SQLite has no extensions in a database (`citext`); say `dialects = [\"postgres\"]` if it is for another database",
        ),
        (
            Operation::AlterEnum { from: mood.clone(), to: mood.clone(), renamed: vec![] },
            "SQLite has no shared enums (`mood`); write the values in the column: `enum(a, b)`",
        ),
        (
            Operation::Drop(Object::Sequence(Sequence {
                name: Name::new("s"),
                ty: None,
                options: SequenceOptions::default(),
            })),
            "SQLite has no sequences (`s`); an integer primary key numbers itself",
        ),
        (
            Operation::Create(Object::Function(Function {
                name: Name::new("f"),
                arguments: String::new(),
                definition: Sql::new("CREATE FUNCTION f"),
            })),
            "SQLite has no functions in a database (`f`); say `dialects = [\"postgres\"]` if it is for another database",
        ),
        (
            Operation::Drop(Object::Definition(Definition {
                kind: "policy".to_owned(),
                name: Name::new("p"),
                table: Some(Name::new("user")),
                definition: Sql::new("CREATE POLICY p ON user"),
            })),
            "SQLite has no objects of this kind (policy `p`); say `dialects = [\"postgres\"]` if it is for another database",
        ),
        (
            Operation::Create(Object::View(view(true))),
            "SQLite has no materialized views (`v`); make it a view",
        ),
        (Operation::Create(Object::View(view(false))), "the view `v` must be one statement"),
        (
            with(&|table| table.name = "app.user".parse().unwrap()),
            "app.user: SQLite has no schemas (`app.user`); leave `app` out of the name",
        ),
        (
            with(&|table| table.columns.clear()),
            "user: SQLite has no tables without columns; give the table a column",
        ),
        (
            with(&|table| table.options = Options::from([on("sqlite.strickt")])),
            "user: a table has no option `sqlite.strickt`; did you mean `sqlite.strict`?",
        ),
        (
            with(&|table| table.options = word("sqlite.strict", "yes")),
            "user: wrong value for the option `sqlite.strict`; it is true or false",
        ),
        (
            with(&|table| {
                table.options = Options::from([on("sqlite.autoincrement")]);
                table.primary_key = None;
                table.columns[0].identity = None;
            }),
            "user: `sqlite.autoincrement` is for a table whose whole primary key numbers itself; leave the option out",
        ),
        (
            with(&|table| table.primary_key = None),
            "user.id: SQLite numbers only a column that is the whole primary key of a table with rowids; \
             make it the primary key, or give the numbers yourself",
        ),
        (
            with(&|table| {
                table.uniques.push(Unique {
                    columns: strings(&["email"]),
                    deferrable: Some(Deferrable::default()),
                    ..Unique::default()
                });
            }),
            "user: SQLite has no deferrable unique constraints; leave `deferrable` out",
        ),
        (
            with(&|table| {
                table.checks.push(Check { expression: elsewhere.clone(), ..Check::default() });
            }),
            "user: the check says nothing for SQLite; write `sqlite = \"...\"` beside the other dialects",
        ),
        (
            email(&|column| column.ty = Type::native("sqlite", "TEXT UNIQUE, b")),
            "user.email: `TEXT UNIQUE, b` is no type; a type is words, with one or two numbers in parentheses",
        ),
        (
            email(&|column| column.ty = "array(text)".parse().unwrap()),
            "user.email: SQLite has no arrays; `json` holds one",
        ),
        (
            email(&|column| column.options = word("sqlite.not_null_on_conflict", "explode")),
            "user.email: wrong value for the option `sqlite.not_null_on_conflict`; \
             it is one of `rollback`, `abort`, `fail`, `ignore`, `replace`",
        ),
        (
            email(&|column| column.default = literal(Literal::Float(f64::INFINITY))),
            "user.email: SQLite has no literal for inf; it is written 9e999, as an expression",
        ),
        (
            add_index(&|index| index.include = strings(&["id"])),
            "user: SQLite has no included columns (index `ix`); name them among the columns of the index",
        ),
        (
            add_index(&|index| index.using = Some("gin".to_owned())),
            "user: SQLite has no index method `gin` (index `ix`); leave `using` out",
        ),
        (
            add_index(&|index| index.columns[0].nulls = Some(Nulls::Last)),
            "user: SQLite cannot place NULL otherwise in an index (index `ix`); leave `nulls first` and `nulls last` out",
        ),
        (
            Operation::Execute(elsewhere.clone()),
            "the SQL to execute says nothing for SQLite; write `sqlite = \"...\"` beside the other dialects",
        ),
        (
            Operation::Execute(Sql::new("SELECT 1;\nSELECT 'a")),
            "a string is never closed (line 2 of the SQL)",
        ),
        (
            alter(vec![TableChange::DropPrimaryKey(PrimaryKey::default())]),
            "user: SQLite must build the table `user` anew, and there is none to look at; \
             check the name, or run this on the database that has the table",
        ),
    ];
    for (op, said) in cases {
        assert_eq!(refused(&op), said, "{op:?}");
    }
}
