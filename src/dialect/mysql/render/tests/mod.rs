mod keys;
mod objects;

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
