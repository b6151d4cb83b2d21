//! Objects that are not tables, and rows.

use super::*;

fn each(operations: Vec<Operation>, dialect: &MySql) -> String {
    operations.iter().map(|op| said(render(dialect, op, &Schema::default()))).collect()
}

fn view(text: &str) -> Object {
    Object::View(View {
        name: Name::new("v"),
        materialized: false,
        definition: Sql::new(text),
        options: Options::new(),
    })
}

fn trigger(text: &str) -> Object {
    Object::Trigger(Trigger {
        name: Name::new("tr"),
        table: Name::new("t"),
        definition: Sql::new(text),
    })
}

#[test]
fn objects_are_made_replaced_and_dropped() {
    let old = "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;";
    let new = "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.a = 2; END;";
    let procedure = Object::Function(Function {
        name: Name { schema: Some("d".to_owned()), name: "p".to_owned() },
        arguments: String::new(),
        definition: Sql::new("CREATE PROCEDURE d.p() SELECT 1"),
    });
    let event = Object::Definition(Definition {
        kind: "event".to_owned(),
        name: Name::new("e"),
        table: None,
        definition: Sql::new("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t"),
    });
    let operations = vec![
        Operation::Create(view("SELECT 1;")),
        Operation::Replace { from: view("SELECT 1"), to: view("SELECT 2") },
        Operation::Drop(view("SELECT 2")),
        Operation::Create(trigger(old)),
        Operation::Replace { from: trigger(old), to: trigger(new) },
        Operation::Create(event.clone()),
        Operation::Drop(event),
        Operation::Drop(procedure),
        Operation::Create(Object::Namespace(Namespace { name: "d".to_owned() })),
    ];
    let begin = "CREATE VIEW `v` AS\nSELECT 1;\nCREATE OR REPLACE VIEW `v` AS\nSELECT 2;\n\
                 DROP VIEW `v`;\n\
                 CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;\n";
    let end = "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t;\nDROP EVENT `e`;\n\
               DROP PROCEDURE `d`.`p`;\nCREATE SCHEMA `d`;\n";
    assert_eq!(
        each(operations.clone(), &MySql::default()),
        format!(
            "{begin}DROP TRIGGER IF EXISTS `tr`;\nCREATE TRIGGER tr BEFORE INSERT ON t \
             FOR EACH ROW BEGIN SET NEW.a = 2; END;\n{end}"
        )
    );
    assert_eq!(
        each(operations, &MySql::mariadb()),
        format!(
            "{begin}CREATE OR REPLACE TRIGGER tr BEFORE INSERT ON t \
             FOR EACH ROW BEGIN SET NEW.a = 2; END;\n{end}"
        )
    );
}

#[test]
fn options_of_a_view_are_said() {
    let Object::View(plain) = view("SELECT a FROM t -- all") else { return };
    let mut options = option("mysql.algorithm", "merge");
    options.extend(option("mysql.security", "invoker"));
    options.extend(option("mysql.check_option", "cascaded"));
    assert_eq!(
        each(
            vec![Operation::Create(Object::View(View { options, ..plain.clone() }))],
            &MySql::default()
        ),
        "CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW `v` AS\nSELECT a FROM t \
         WITH CASCADED CHECK OPTION;\n"
    );
    let kept = Object::View(View { materialized: true, ..plain });
    assert_eq!(
        each(vec![Operation::Create(kept)], &MySql::default()),
        "MySQL has no materialized views (`v`); make it a view, or a table that an event fills\n"
    );
}

#[test]
fn sequences_are_of_mariadb() {
    let sequence = |options| Sequence { name: Name::new("s"), ty: None, options };
    let from = SequenceOptions { start: Some(5), cache: Some(10), ..SequenceOptions::default() };
    let to = SequenceOptions { increment: Some(2), cycle: true, ..SequenceOptions::default() };
    let operations = vec![
        Operation::Create(Object::Sequence(sequence(from.clone()))),
        Operation::Replace {
            from: Object::Sequence(sequence(from)),
            to: Object::Sequence(sequence(to.clone())),
        },
        Operation::Drop(Object::Sequence(sequence(to))),
    ];
    assert_eq!(
        each(operations.clone(), &MySql::mariadb()),
        "CREATE SEQUENCE `s` START WITH 5 CACHE 10;\n\
         ALTER SEQUENCE `s` INCREMENT BY 2 START WITH 1 CACHE 1000 CYCLE;\nDROP SEQUENCE `s`;\n"
    );
    let refused = "MySQL has no sequences; a column with `identity` numbers itself\n";
    assert_eq!(each(operations, &MySql::default()), refused.repeat(3));
    let mood = Enum { name: Name::new("mood"), values: strings(&["a"]) };
    assert_eq!(
        each(vec![Operation::Create(Object::Enum(mood))], &MySql::default()),
        "MySQL has no shared enums (enum `mood`); write the values in the column: `enum(a, b)`\n"
    );
}

#[test]
fn rows_are_added_and_filled() {
    let text = |it: &str| Value::Literal(Literal::Text(it.to_owned()));
    let row = |a: Value, b: i64| {
        vec![("a`".to_owned(), a), ("b".to_owned(), Value::Literal(Literal::Integer(b)))]
    };
    let rows = vec![
        row(text("it's\\"), 1),
        row(Value::Expression(Sql::new("now() -- now")), 2),
        Vec::new(),
        Vec::new(),
    ];
    let operations = vec![
        Operation::Insert { table: Name::new("t"), rows },
        Operation::Fill {
            table: Name::new("t"),
            column: "a".to_owned(),
            value: Value::Expression(Sql::new("b + 1")),
        },
        Operation::RenameTable {
            from: Name::new("a"),
            to: Name { schema: Some("d".to_owned()), name: "b".to_owned() },
        },
        Operation::DropTable(table_of([])),
        Operation::Execute(Sql::new("SELECT 1; SELECT ';'")),
    ];
    assert_eq!(
        each(operations, &MySql::default()),
        "INSERT INTO `t` (`a```, `b`) VALUES\n    ('it''s\\\\', 1),\n    (now() -- now\n, 2);\n\
         INSERT INTO `t` () VALUES\n    (),\n    ();\n\
         UPDATE `t` SET `a` = (b + 1) WHERE `a` IS NULL;\nRENAME TABLE `a` TO `d`.`b`;\n\
         DROP TABLE `t`;\nSELECT 1;\nSELECT ';';\n"
    );
}
