use super::*;
use crate::operation::TableChange;
use crate::schema::{
    Action, Check, Column, Definition, Enum, ForeignKey, Function, Generated, Identity, Index,
    Literal, Name, Namespace, Object, OptionValue, Options, PrimaryKey, Sequence, SequenceOptions,
    Table, Trigger, Unique, Value, View,
};

fn column(name: &str, ty: &str) -> Column {
    Column::new(name, ty.parse().unwrap())
}

fn required(name: &str, ty: &str) -> Column {
    Column { nullable: false, ..column(name, ty) }
}

fn numbered(name: &str) -> Column {
    Column { identity: Some(Identity::default()), ..required(name, "big_integer") }
}

fn computed(name: &str, text: &str, stored: bool) -> Column {
    let expression = Sql::new(text);
    Column { generated: Some(Generated { expression, stored }), ..column(name, "integer") }
}

fn strings(all: &[&str]) -> Vec<String> {
    all.iter().map(|it| (*it).to_owned()).collect()
}

fn index(name: &str, columns: &[&str]) -> Index {
    let columns = columns.iter().map(|it| it.parse().unwrap()).collect();
    Index { name: name.to_owned(), columns, ..Index::default() }
}

fn key(columns: &[&str]) -> PrimaryKey {
    PrimaryKey { columns: strings(columns), ..PrimaryKey::default() }
}

fn reference(name: &str, column: &str) -> ForeignKey {
    ForeignKey {
        name: Some(name.to_owned()),
        columns: strings(&[column]),
        table: Name::new("p"),
        references: strings(&["id"]),
        ..ForeignKey::default()
    }
}

fn check(name: &str, text: &str) -> Check {
    Check { name: Some(name.to_owned()), expression: Sql::new(text), ..Check::default() }
}

fn option(name: &str, value: &str) -> Options {
    [(name.to_owned(), OptionValue::Text(value.to_owned()))].into()
}

fn with(ty: &str, comment: &str) -> Column {
    Column { comment: Some(comment.to_owned()), ..column("a", ty) }
}

/// The statements that change the table, one after the other.
fn alter_on(dialect: &MySql, before: &Table, changes: Vec<TableChange>) -> String {
    let op = Operation::AlterTable { table: before.name.clone(), changes };
    let before = Schema { tables: vec![before.clone()], ..Schema::default() };
    said(render(dialect, &op, &before))
}

fn alter(before: &Table, changes: Vec<TableChange>) -> String {
    alter_on(&MySql::default(), before, changes)
}

fn said(statements: Result<Vec<Statement>, Unsupported>) -> String {
    match statements {
        Ok(statements) => {
            let line = |it: &Statement| match &it.refuse {
                Some(message) => format!("{}; -- {message}\n", it.sql),
                None => format!("{};\n", it.sql),
            };
            statements.iter().map(line).collect()
        }
        Err(error) => format!("{}; {}\n", error.what, error.hint.unwrap_or_default()),
    }
}

fn table_of<const N: usize>(columns: [Column; N]) -> Table {
    Table { name: Name::new("t"), columns: columns.into(), ..Table::default() }
}

#[test]
fn many_changes_are_one_statement() {
    let before = Table {
        checks: vec![check("ck", "a > 0")],
        indexes: vec![index("ix", &["a"])],
        ..table_of([column("a", "integer"), column("b", "integer")])
    };
    let to =
        Column { default: Some(Value::Literal(Literal::Integer(5))), ..column("a", "big_integer") };
    let changes = vec![
        TableChange::DropCheck(check("ck", "a > 0")),
        TableChange::DropIndex(index("ix", &["a"])),
        TableChange::DropColumn(column("b", "integer")),
        TableChange::AlterColumn { from: column("a", "integer"), to },
        TableChange::AddColumn(column("c", "text")),
        TableChange::AddIndex(index("ix", &["a desc"])),
        TableChange::AddCheck(check("ck", "a > 1")),
        TableChange::SetComment { from: None, to: Some("it's".to_owned()) },
    ];
    assert_eq!(
        alter(&before, changes),
        "ALTER TABLE `t`\n    DROP CHECK `ck`,\n    DROP INDEX `ix`,\n    DROP COLUMN `b`,\n    \
         MODIFY COLUMN `a` bigint DEFAULT 5,\n    ADD COLUMN `c` text,\n    \
         ADD INDEX `ix` (`a` DESC),\n    ADD CONSTRAINT `ck` CHECK (a > 1),\n    COMMENT='it''s';\n"
    );
}

#[test]
fn a_column_keeps_what_is_not_spoken_of() {
    let live = Column {
        collation: Some("latin1_bin".to_owned()),
        options: [
            ("mysql.charset".to_owned(), OptionValue::Text("latin1".to_owned())),
            ("mysql.invisible".to_owned(), OptionValue::Boolean(true)),
        ]
        .into(),
        default: Some(Value::Literal(Literal::Text("x".to_owned()))),
        nullable: false,
        ..with("string(10)", "kept")
    };
    let before = table_of([live, numbered("id")]);
    let change = |from: &str, to: &str| {
        vec![TableChange::AlterColumn { from: column("a", from), to: column("a", to) }]
    };
    assert_eq!(
        alter(&before, change("string(10)", "string(20)")),
        "ALTER TABLE `t` MODIFY COLUMN `a` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin \
         NOT NULL DEFAULT 'x' INVISIBLE COMMENT 'kept';\n"
    );
    assert_eq!(alter(&before, change("string", "text(long)")), "");
    let numbers = vec![TableChange::AlterColumn {
        from: required("id", "integer"),
        to: Column { comment: Some("n".to_owned()), ..required("id", "integer") },
    }];
    assert_eq!(
        alter(&before, numbers),
        "ALTER TABLE `t` MODIFY COLUMN `id` bigint NOT NULL AUTO_INCREMENT COMMENT 'n';\n"
    );
}

#[test]
fn a_default_alone_copies_nothing() {
    let default = |value: Value| Column { default: Some(value), ..column("a", "integer") };
    let five = || default(Value::Literal(Literal::Integer(5)));
    let change = |from: Column, to: Column| {
        alter(&table_of([from.clone()]), vec![TableChange::AlterColumn { from, to }])
    };
    assert_eq!(
        change(column("a", "integer"), five()),
        "ALTER TABLE `t` ALTER COLUMN `a` SET DEFAULT 5;\n"
    );
    assert_eq!(
        change(five(), column("a", "integer")),
        "ALTER TABLE `t` ALTER COLUMN `a` SET DEFAULT NULL;\n"
    );
    let never_null = |column| Column { nullable: false, ..column };
    assert_eq!(
        change(never_null(five()), required("a", "integer")),
        "ALTER TABLE `t` ALTER COLUMN `a` DROP DEFAULT;\n"
    );
    assert_eq!(
        change(five(), default(Value::Expression(Sql::new("1 + 1")))),
        "ALTER TABLE `t` MODIFY COLUMN `a` int DEFAULT (1 + 1);\n"
    );
    let text = Some(Value::Literal(Literal::Text("x".to_owned())));
    assert_eq!(
        change(column("a", "text"), Column { default: text, ..column("a", "text") }),
        "ALTER TABLE `t` MODIFY COLUMN `a` text DEFAULT ('x');\n"
    );
}

#[test]
fn rows_that_would_get_an_empty_value_are_refused() {
    let before = table_of([column("a", "integer")]);
    let changes = vec![
        TableChange::AlterColumn { from: column("a", "integer"), to: required("a", "integer") },
        TableChange::AddColumn(required("b", "integer")),
    ];
    assert_eq!(
        alter(&before, changes),
        "SELECT CONCAT(n, IF(n = 1, ' row', ' rows')) FROM (SELECT COUNT(*) AS n FROM `t` \
         WHERE `a` IS NULL) AS counted WHERE n > 0; -- column `a` of table `t` holds NULL\n\
         SELECT CONCAT(n, IF(n = 1, ' row', ' rows')) FROM (SELECT COUNT(*) AS n FROM `t` \
         WHERE TRUE) AS counted WHERE n > 0; -- the new column `b` has no value for the rows of \
         table `t`; give it a default, or add it nullable and fill it first\n\
         ALTER TABLE `t`\n    MODIFY COLUMN `a` int NOT NULL,\n    \
         ADD COLUMN `b` int NOT NULL;\n"
    );
}

#[test]
fn columns_stand_where_they_are_declared() {
    let placed = |name: &str, place: (&str, OptionValue)| {
        let options = [(place.0.to_owned(), place.1)].into();
        TableChange::AddColumn(Column { options, ..column(name, "integer") })
    };
    let moved = Column { options: option("mysql.after", "a"), ..column("z", "integer") };
    let changes = vec![
        placed("b", ("mysql.first", OptionValue::Boolean(true))),
        placed("c", ("mysql.after", OptionValue::Text("a`".to_owned()))),
        TableChange::AlterColumn { from: column("z", "integer"), to: moved },
    ];
    assert_eq!(
        alter(&table_of([column("a", "integer"), column("z", "integer")]), changes),
        "ALTER TABLE `t`\n    ADD COLUMN `b` int FIRST,\n    ADD COLUMN `c` int AFTER `a```,\n    \
         MODIFY COLUMN `z` int AFTER `a`;\n"
    );
}

#[test]
fn a_new_name_goes_everywhere() {
    let before = Table {
        checks: vec![check("ck", "a > b")],
        indexes: vec![index("low", &["lower(a)", "a"]), index("plain", &["a"])],
        ..table_of([column("a", "integer"), column("b", "integer"), computed("g", "a + 1", true)])
    };
    let changes = || {
        vec![
            TableChange::RenameColumn { from: "a".to_owned(), to: "c".to_owned() },
            TableChange::AddIndex(index("ix", &["c"])),
        ]
    };
    assert_eq!(
        alter(&before, changes()),
        "ALTER TABLE `t`\n    DROP CHECK `ck`,\n    DROP INDEX `low`,\n    \
         RENAME COLUMN `a` TO `c`,\n    ADD CONSTRAINT `ck` CHECK (`c` > b),\n    \
         MODIFY COLUMN `g` int GENERATED ALWAYS AS (`c` + 1) STORED,\n    \
         ADD INDEX `low` ((lower(`c`)), `c`);\n\
         ALTER TABLE `t` ADD INDEX `ix` (`c`);\n"
    );
    assert_eq!(
        alter_on(&MySql::mariadb(), &before, changes()),
        "ALTER TABLE `t` RENAME COLUMN `a` TO `c`;\nALTER TABLE `t` ADD INDEX `ix` (`c`);\n"
    );
}

#[test]
fn the_index_beneath_a_foreign_key_comes_and_goes_with_it() {
    let served = Table {
        foreign_keys: vec![reference("fk", "a")],
        indexes: vec![index("ix", &["a", "b"])],
        ..table_of([column("a", "integer"), column("b", "integer")])
    };
    let drop = || TableChange::DropIndex(index("ix", &["a", "b"]));
    assert_eq!(
        alter(&served, vec![drop()]),
        "ALTER TABLE `t`\n    DROP INDEX `ix`,\n    ADD INDEX `fk` (`a`);\n"
    );
    assert_eq!(
        alter(&served, vec![drop(), TableChange::AddIndex(index("ix", &["a"]))]),
        "ALTER TABLE `t`\n    DROP INDEX `ix`,\n    ADD INDEX `ix` (`a`);\n"
    );
    assert_eq!(
        alter(&served, vec![TableChange::DropForeignKey(reference("fk", "a"))]),
        "ALTER TABLE `t` DROP FOREIGN KEY `fk`;\n"
    );
    let alone = Table { indexes: Vec::new(), ..served };
    assert_eq!(
        alter(&alone, vec![TableChange::AddIndex(index("ix", &["a", "b"]))]),
        "ALTER TABLE `t`\n    ADD INDEX `ix` (`a`, `b`),\n    DROP INDEX `fk`;\n"
    );
    assert_eq!(
        alter(&alone, vec![TableChange::DropForeignKey(reference("fk", "a"))]),
        "ALTER TABLE `t`\n    DROP FOREIGN KEY `fk`,\n    DROP INDEX `fk`;\n"
    );
    let changed = ForeignKey { on_delete: Action::Cascade, ..reference("fk", "a") };
    let changes = vec![
        TableChange::DropForeignKey(reference("fk", "a")),
        TableChange::AddColumn(column("c", "integer")),
        TableChange::AddForeignKey(changed),
    ];
    assert_eq!(
        alter(&alone, changes),
        "ALTER TABLE `t`\n    DROP FOREIGN KEY `fk`,\n    ADD COLUMN `c` int;\n\
         ALTER TABLE `t` ADD CONSTRAINT `fk` FOREIGN KEY (`a`) REFERENCES `p` (`id`) \
         ON DELETE CASCADE;\n"
    );
}

#[test]
fn a_column_that_numbers_itself_is_a_key_at_all_times() {
    let before = Table {
        primary_key: Some(key(&["id"])),
        ..table_of([numbered("id"), required("a", "integer")])
    };
    let plain =
        TableChange::AlterColumn { from: numbered("id"), to: required("id", "big_integer") };
    assert_eq!(
        alter(&before, vec![TableChange::DropPrimaryKey(key(&["id"])), plain]),
        "ALTER TABLE `t`\n    DROP PRIMARY KEY,\n    MODIFY COLUMN `id` bigint NOT NULL;\n"
    );
    let changes = vec![
        TableChange::DropPrimaryKey(key(&["id"])),
        TableChange::AddPrimaryKey(key(&["a", "id"])),
    ];
    assert_eq!(
        alter(&before, changes),
        "ALTER TABLE `t`\n    DROP PRIMARY KEY,\n    \
         ADD INDEX `auto_increment until indexed` (`id`),\n    ADD PRIMARY KEY (`a`, `id`);\n"
    );
    let made = Table { primary_key: Some(key(&["a", "id"])), ..before };
    assert_eq!(
        alter(&made, vec![TableChange::AddIndex(index("ix", &["id"]))]),
        "ALTER TABLE `t`\n    ADD INDEX `ix` (`id`),\n    \
         DROP INDEX `auto_increment until indexed`;\n"
    );
    let changes =
        vec![TableChange::AddColumn(numbered("id")), TableChange::AddPrimaryKey(key(&["id"]))];
    assert_eq!(
        alter(&table_of([column("a", "integer")]), changes),
        "ALTER TABLE `t`\n    ADD COLUMN `id` bigint NOT NULL AUTO_INCREMENT,\n    \
         ADD PRIMARY KEY (`id`);\n"
    );
}

#[test]
fn a_generated_column_is_made_anew_where_it_stood() {
    let unique =
        Unique { name: Some("uq".to_owned()), columns: strings(&["g"]), ..Unique::default() };
    let before = Table {
        uniques: vec![unique],
        checks: vec![check("ck", "g > 0")],
        ..table_of([column("a", "integer"), computed("g", "a + 1", false), column("z", "integer")])
    };
    let change = |from, to| vec![TableChange::AlterColumn { from, to }];
    assert_eq!(
        alter(&before, change(computed("g", "a + 1", false), computed("g", "a + 1", true))),
        "ALTER TABLE `t`\n    DROP CHECK `ck`,\n    DROP INDEX `uq`,\n    DROP COLUMN `g`,\n    \
         ADD COLUMN `g` int GENERATED ALWAYS AS (a + 1) STORED AFTER `a`,\n    \
         ADD CONSTRAINT `ck` CHECK (g > 0),\n    ADD UNIQUE KEY `uq` (`g`);\n"
    );
    assert_eq!(
        alter(&before, change(computed("g", "a + 1", false), computed("g", "a + 2", false))),
        "ALTER TABLE `t` MODIFY COLUMN `g` int GENERATED ALWAYS AS (a + 2) VIRTUAL;\n"
    );
    assert_eq!(
        alter(&before, change(computed("g", "a + 1", false), column("g", "integer"))),
        "MySQL keeps no values of a column that is computed when it is read; \
         add another column, fill it, and drop this one\n"
    );
}

#[test]
fn the_server_is_told_how() {
    let how = |mut index: Index| {
        index.options.extend(option("mysql.algorithm", "inplace"));
        index.options.extend(option("mysql.lock", "none"));
        TableChange::AddIndex(index)
    };
    let changes = vec![
        how(index("ix", &["a"])),
        how(index("iy", &["a"])),
        TableChange::AddColumn(column("b", "integer")),
    ];
    assert_eq!(
        alter(&table_of([column("a", "integer")]), changes),
        "ALTER TABLE `t`\n    ADD INDEX `ix` (`a`),\n    ADD INDEX `iy` (`a`),\n    \
         ALGORITHM=INPLACE,\n    LOCK=NONE;\nALTER TABLE `t` ADD COLUMN `b` int;\n"
    );
}

#[test]
fn options_of_a_table_change() {
    let dialect = MySql {
        charset: Some(("utf8mb4".to_owned(), "utf8mb4_bin".to_owned())),
        ..MySql::mariadb()
    };
    let set = |name: &str, from: Option<&str>, to: Option<&str>| {
        let value = |it: Option<&str>| it.map(|it| OptionValue::Text(it.to_owned()));
        TableChange::SetOption { name: name.to_owned(), from: value(from), to: value(to) }
    };
    let on = Some(OptionValue::Boolean(true));
    let changes = vec![
        set("mysql.engine", Some("Aria"), None),
        set("mariadb.row_format", None, Some("dynamic")),
        set("sqlite.strict", None, Some("x")),
        set("mysql.charset", Some("latin1"), None),
        set("mysql.partition_by", None, Some("HASH (a)")),
        set("mysql.partition_by", Some("HASH (a)"), None),
        TableChange::SetOption { name: "mysql.system_versioned".to_owned(), from: None, to: on },
    ];
    assert_eq!(
        alter_on(&dialect, &table_of([column("a", "integer")]), changes),
        "ALTER TABLE `t`\n    ENGINE=InnoDB,\n    ROW_FORMAT=DYNAMIC;\n\
         ALTER TABLE `t` DEFAULT CHARSET=utf8mb4;\n\
         ALTER TABLE `t` PARTITION BY HASH (a);\n\
         ALTER TABLE `t` REMOVE PARTITIONING;\n\
         ALTER TABLE `t` ADD SYSTEM VERSIONING;\n"
    );
}

#[test]
fn a_check_of_a_column_of_mariadb_is_said_with_it() {
    let own = check("a", "a > 0");
    let before = Table { checks: vec![own.clone()], ..table_of([column("a", "integer")]) };
    let change =
        TableChange::AlterColumn { from: column("a", "integer"), to: with("integer", "kept") };
    let mariadb = MySql::mariadb();
    assert_eq!(
        alter_on(&mariadb, &before, vec![change]),
        "ALTER TABLE `t` MODIFY COLUMN `a` int COMMENT 'kept' CHECK (a > 0);\n"
    );
    assert_eq!(
        alter_on(&mariadb, &before, vec![TableChange::DropCheck(own)]),
        "ALTER TABLE `t` MODIFY COLUMN `a` int;\n"
    );
}

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
