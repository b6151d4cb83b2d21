use super::*;
use crate::operation::{Operation, TableChange};
use crate::schema::{Column, Literal, PrimaryKey, Schema, Sql, Table};

fn column(name: &str, ty: &str) -> Column {
    Column::new(name, ty.parse().unwrap())
}

fn required(name: &str, ty: &str) -> Column {
    Column { nullable: false, ..column(name, ty) }
}

fn table(name: &str, columns: &[(&str, &str)]) -> Table {
    let columns = columns.iter().map(|(name, ty)| column(name, ty)).collect();
    Table { name: Name::new(name), columns, ..Table::default() }
}

fn alter(table: &str, changes: Vec<TableChange>) -> Operation {
    Operation::AlterTable { table: Name::new(table), changes }
}

/// The questions about renames, each with the arguments that answer it.
fn renames(operations: &[Operation], answers: &Answers) -> Vec<(String, Vec<String>)> {
    rename_questions(operations, answers).iter().map(shown).collect()
}

fn shown(question: &Question) -> (String, Vec<String>) {
    let arguments = question.answers.iter().filter_map(|it| it.reply.arguments());
    (question.id(), arguments.map(|it| it.join(" ")).collect())
}

fn expected(id: &str, arguments: &[&str]) -> (String, Vec<String>) {
    (id.to_owned(), arguments.iter().map(|it| (*it).to_owned()).collect())
}

fn replaced(gone: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<Operation> {
    let dropped = gone.iter().map(|(name, ty)| TableChange::DropColumn(column(name, ty)));
    let added = new.iter().map(|(name, ty)| TableChange::AddColumn(column(name, ty)));
    vec![alter("user", dropped.chain(added).collect())]
}

#[test]
fn a_column_may_be_any_new_one_of_its_type() {
    let none = Answers::default();
    assert_eq!(renames(&replaced(&[("a", "text")], &[("b", "integer")]), &none), []);
    assert_eq!(renames(&replaced(&[("a", "text")], &[]), &none), []);
    assert_eq!(
        renames(&replaced(&[("a", "text")], &[("b", "text"), ("c", "date"), ("d", "text")]), &none),
        [expected(
            "rename_column:user.a",
            &["--rename user.a=b", "--rename user.a=d", "--drop user.a"]
        )]
    );
}

#[test]
fn the_nearest_name_comes_first() {
    let operations =
        replaced(&[("email", "text")], &[("phone", "text"), ("e_mail", "text"), ("mail", "text")]);
    let arguments =
        ["email=e_mail", "email=mail", "email=phone"].map(|it| format!("--rename user.{it}"));
    let arguments: Vec<&str> =
        arguments.iter().map(String::as_str).chain(["--drop user.email"]).collect();
    assert_eq!(
        renames(&operations, &Answers::default()),
        [expected("rename_column:user.email", &arguments)]
    );
}

#[test]
fn a_type_may_change_with_the_name() {
    let none = Answers::default();
    assert_eq!(
        renames(&replaced(&[("a", "string(9)")], &[("b", "text")]), &none),
        [expected("rename_column:user.a", &["--rename user.a=b", "--drop user.a"])]
    );
    // One that is just like another that goes is that one.
    let operations = replaced(&[("a", "string(9)"), ("b", "text")], &[("c", "text")]);
    let b = expected("rename_column:user.b", &["--rename user.b=c", "--drop user.b"]);
    assert_eq!(renames(&operations, &none), [b]);
    // And stays it when it is said to go.
    let drops = BTreeSet::from(["user.b".to_owned()]);
    assert_eq!(renames(&operations, &Answers { drops, ..Answers::default() }), []);
}

#[test]
fn tables_are_alike_when_most_columns_are() {
    let user = table("user", &[("id", "integer"), ("name", "string(9)"), ("age", "integer")]);
    let account = table("account", &[("id", "integer"), ("name", "text"), ("born", "date")]);
    let tag = table("tag", &[("id", "integer"), ("label", "text")]);
    let person = table("person", &[("id", "integer"), ("name", "string(9)"), ("age", "integer")]);
    let operations = [
        Operation::CreateTable(account),
        Operation::CreateTable(person),
        Operation::CreateTable(tag.clone()),
        Operation::DropTable(user),
    ];
    let arguments = ["--rename user=person", "--rename user=account", "--drop user"];
    assert_eq!(
        renames(&operations, &Answers::default()),
        [expected("rename_table:user", &arguments)]
    );
    assert_eq!(renames(&operations, &Answers { accept_loss: true, ..Answers::default() }), []);
    assert_eq!(renames(&[Operation::DropTable(tag)], &Answers::default()), []);
}

/// Rows are looked for under the names that the database has now.
#[test]
fn rows_have_their_old_names() {
    let renamed = TableChange::RenameColumn { from: "mail".into(), to: "email".into() };
    let operations = [
        Operation::RenameTable { from: Name::new("user"), to: Name::new("account") },
        alter("account", vec![renamed]),
        alter(
            "account",
            vec![
                TableChange::DropColumn(column("note", "text")),
                TableChange::AlterColumn {
                    from: column("email", "string(9)"),
                    to: required("email", "string(5)"),
                },
                TableChange::AddColumn(required("age", "integer")),
            ],
        ),
        Operation::DropTable(table("post", &[])),
    ];
    let found = row_questions(&operations, &Schema::default(), &Answers::default());
    let found: Vec<(String, Rows)> = found.into_iter().map(|(it, rows)| (it.id(), rows)).collect();
    let user = || Name::new("user");
    assert_eq!(
        found,
        [
            ("fill:account.email".into(), Rows::Without(user(), "mail".into())),
            ("fill:account.age".into(), Rows::Any(user())),
            ("drop_column:account.note".into(), Rows::With(user(), "note".into())),
            ("cast:account.email".into(), Rows::With(user(), "mail".into())),
            ("drop_table:post".into(), Rows::Any(Name::new("post"))),
        ]
    );
    let answers = Answers {
        drops: BTreeSet::from(["account.note".into(), "post".into()]),
        casts: BTreeSet::from(["account.email".into()]),
        ..Answers::default()
    };
    let left = row_questions(&operations, &Schema::default(), &answers);
    let left: Vec<String> = left.into_iter().map(|(it, _)| it.id()).collect();
    assert_eq!(left, ["fill:account.email", "fill:account.age"]);
}

#[test]
fn what_gets_a_value_by_itself_needs_none() {
    let numbered = Column { identity: Some(Default::default()), ..required("id", "integer") };
    let with_default =
        Column { default: Some(Value::Literal(Literal::Integer(1))), ..required("age", "integer") };
    let generated = Column {
        generated: Some(crate::schema::Generated { expression: Sql::new("age + 1"), stored: true }),
        ..required("next", "integer")
    };
    let new = [numbered, with_default, generated, column("note", "text")];
    let operations = [alter("user", new.into_iter().map(TableChange::AddColumn).collect())];
    assert_eq!(row_questions(&operations, &Schema::default(), &Answers::default()), []);
}

#[test]
fn values_stand_between_a_column_and_its_not_null() {
    let key = PrimaryKey { columns: vec!["code".into()], ..PrimaryKey::default() };
    let changes = vec![
        TableChange::DropPrimaryKey(key.clone()),
        TableChange::DropColumn(column("old", "text")),
        TableChange::AlterColumn { from: column("age", "text"), to: required("age", "integer") },
        TableChange::AlterColumn { from: column("name", "text"), to: required("name", "text") },
        TableChange::AddColumn(required("code", "integer")),
        TableChange::AddColumn(column("note", "text")),
        TableChange::AddPrimaryKey(key.clone()),
    ];
    let value = |number| Value::Literal(Literal::Integer(number));
    let column_of = |name: &str| (Name::new("user"), name.to_owned());
    let fills = BTreeMap::from([
        (column_of("age"), value(1)),
        (column_of("name"), value(2)),
        (column_of("code"), value(3)),
        (column_of("note"), value(4)),
    ]);
    let filled = |column: &str, number| Operation::Fill {
        table: Name::new("user"),
        column: column.to_owned(),
        value: value(number),
    };
    assert_eq!(
        fill(vec![alter("user", changes.clone())], &fills),
        [
            alter(
                "user",
                vec![
                    TableChange::AlterColumn {
                        from: column("age", "text"),
                        to: column("age", "integer")
                    },
                    TableChange::AddColumn(column("code", "integer")),
                    TableChange::AddColumn(column("note", "text")),
                ]
            ),
            filled("age", 1),
            filled("name", 2),
            filled("code", 3),
            alter(
                "user",
                vec![
                    TableChange::DropPrimaryKey(key.clone()),
                    TableChange::DropColumn(column("old", "text")),
                    TableChange::AlterColumn {
                        from: column("age", "integer"),
                        to: required("age", "integer")
                    },
                    TableChange::AlterColumn {
                        from: column("name", "text"),
                        to: required("name", "text")
                    },
                    TableChange::AlterColumn {
                        from: column("code", "integer"),
                        to: required("code", "integer")
                    },
                    TableChange::AddPrimaryKey(key),
                ]
            ),
        ]
    );
    let unfilled = vec![alter("user", changes)];
    assert_eq!(fill(unfilled.clone(), &BTreeMap::new()), unfilled);
}

#[test]
fn values_are_read_for_their_column() {
    let text = |text: &str| Some(Value::Literal(Literal::Text(text.to_owned())));
    let integer = |number| Some(Value::Literal(Literal::Integer(number)));
    let sql = |text: &str| Some(Value::Expression(Sql::new(text)));
    for (written, ty, value) in [
        ("18", "integer", integer(18)),
        ("'18'", "integer", None),
        ("old", "integer", None),
        ("1.5", "integer", None),
        ("", "integer", None),
        ("1.5", "double", Some(Value::Literal(Literal::Float(1.5)))),
        ("inf", "double", None),
        ("123456789012345678901234567890", "numeric(30)", text("123456789012345678901234567890")),
        ("x", "numeric", None),
        ("true", "boolean", Some(Value::Literal(Literal::Boolean(true)))),
        ("1", "boolean", None),
        ("yes", "boolean", None),
        ("18", "text", text("18")),
        ("true", "string(9)", text("true")),
        ("it's", "text", text("it's")),
        ("", "text", text("")),
        ("\"\"", "text", text("")),
        ("1\nother = 2", "text", text("1\nother = 2")),
        ("{ sql = \"lower(name)\" }", "text", sql("lower(name)")),
        ("{ sql = \"1\" }", "integer", sql("1")),
        ("{ sql = 1 }", "text", None),
        ("{ sql = name }", "text", None),
        ("{sql=\"lower(name)\"", "text", None),
        ("\"half", "text", None),
        ("'half", "text", None),
        ("{\"sql\": 1}", "json", text("{\"sql\": 1}")),
        ("{ sqlite }", "text", text("{ sqlite }")),
        ("{ sql = \"1\", postgres = \"2\" }", "text", None),
        ("{}", "json", text("{}")),
        ("{}", "integer", None),
        ("a", "enum(a, b)", text("a")),
        ("c", "enum(a, b)", None),
        ("2026-01-31", "date", text("2026-01-31")),
    ] {
        let column = column("c", ty);
        let read = parse_value(written, &Name::new("t"), &column);
        assert_eq!(read.clone().ok(), value, "{written} for {ty}");
        if let Ok(read) = read {
            let again = parse_value(&fill::spell(&read), &Name::new("t"), &column);
            assert_eq!(again.ok(), value, "{written} for {ty}, spelled");
        }
    }
}

#[test]
fn types_have_plain_values() {
    let plain = |ty: &str| -> Vec<String> {
        let operations = [alter("t", vec![TableChange::AddColumn(required("c", ty))])];
        let declared = Schema { tables: vec![table("t", &[("c", ty)])], ..Schema::default() };
        let questions = row_questions(&operations, &declared, &Answers::default());
        questions.iter().flat_map(|(question, _)| shown(question).1).collect()
    };
    let other = "--fill t.c=VALUE".to_owned();
    for (ty, value) in [
        ("integer", "0"),
        ("numeric(5, 2)", "0"),
        ("boolean", "false"),
        ("string(9)", "\"\""),
        ("enum(a, 'in b')", "a"),
        ("date", "{ sql = \"CURRENT_DATE\" }"),
        ("datetime(tz)", "{ sql = \"CURRENT_TIMESTAMP\" }"),
    ] {
        assert_eq!(plain(ty), [format!("--fill t.c={value}"), other.clone()], "{ty}");
    }
    for ty in ["uuid", "json", "large_binary", "array(integer)"] {
        assert_eq!(plain(ty), std::slice::from_ref(&other), "{ty}");
    }
}
