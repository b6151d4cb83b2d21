use super::*;
use crate::schema::{
    Check, Column, ForeignKey, Generated, Identity, Index, IndexColumn, Literal, OptionValue,
    PrimaryKey, SequenceOptions, Sql, Unique, Value,
};

fn text(value: &str) -> OptionValue {
    OptionValue::Text(value.to_owned())
}

fn on() -> OptionValue {
    OptionValue::Boolean(true)
}

fn options<const N: usize>(all: [(&str, OptionValue); N]) -> Options {
    all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn column(name: &str, ty: &str) -> Column {
    Column::new(name, ty.parse().unwrap())
}

fn required(name: &str, ty: &str) -> Column {
    Column { nullable: false, ..column(name, ty) }
}

fn numbered(name: &str) -> Column {
    Column { identity: Some(Identity::default()), ..required(name, "big_integer") }
}

fn index(name: &str, columns: &[&str]) -> Index {
    let columns = columns.iter().map(|it| it.parse().unwrap()).collect();
    Index { name: name.to_owned(), columns, ..Index::default() }
}

fn key(columns: &[&str]) -> Option<PrimaryKey> {
    let columns = columns.iter().map(|it| (*it).to_owned()).collect();
    Some(PrimaryKey { columns, ..PrimaryKey::default() })
}

fn table_of<const N: usize>(columns: [Column; N]) -> Table {
    Table { name: Name::new("t"), columns: columns.into(), ..Table::default() }
}

fn sql(dialect: &MySql, table: &Table) -> String {
    let mut statements = super::table(dialect, table).unwrap();
    assert_eq!(statements.len(), 1);
    statements.remove(0).sql
}

fn refusal(dialect: &MySql, table: &Table) -> String {
    let error = super::table(dialect, table).unwrap_err();
    format!("{}; {}", error.what, error.hint.unwrap_or_default())
}

fn rich() -> Table {
    let name = Column {
        collation: Some("latin1_bin".to_owned()),
        default: Some(Value::Literal(Literal::Text("it's\\".to_owned()))),
        comment: Some("what it's called".to_owned()),
        options: options([("mysql.charset", text("latin1"))]),
        ..required("na`me", "string(20)")
    };
    let at = Column {
        default: Some(Value::Expression(Sql::new("now()"))),
        options: options([("mysql.on_update", text("current_timestamp"))]),
        ..required("at", "datetime(3)")
    };
    let twice = Column {
        generated: Some(Generated { expression: Sql::new("id * 2 # so"), stored: true }),
        options: options([("mysql.invisible", on())]),
        ..column("twice", "big_integer")
    };
    let reference = ForeignKey {
        name: Some("fk".to_owned()),
        columns: vec!["parent".to_owned()],
        table: Name { schema: Some("other".to_owned()), name: "p".to_owned() },
        references: vec!["id".to_owned()],
        on_delete: crate::schema::Action::SetNull,
        ..ForeignKey::default()
    };
    let check = Check {
        name: Some("ck".to_owned()),
        expression: Sql::new("parent > 0"),
        ..Check::default()
    };
    let unique = Unique {
        name: Some("uq".to_owned()),
        columns: vec!["body".to_owned(), "parent".to_owned()],
        options: options([("mysql.lengths", text("10, -"))]),
        ..Unique::default()
    };
    let words = Index {
        using: Some("fulltext".to_owned()),
        comment: Some("words".to_owned()),
        ..index("words", &["body"])
    };
    Table {
        primary_key: key(&["id"]),
        uniques: vec![unique],
        foreign_keys: vec![reference],
        checks: vec![check],
        indexes: vec![index("ix", &["parent desc", "at"]), words],
        comment: Some("a table".to_owned()),
        options: options([
            ("mysql.charset", text("utf8mb4")),
            ("mysql.partition_by", text("HASH (id)")),
            ("mysql.row_format", text("compressed")),
            ("mysql.with", text("key_block_size=8")),
            ("sqlite.strict", on()),
        ]),
        ..table_of([
            numbered("id"),
            name,
            column("body", "text"),
            column("parent", "big_integer"),
            at,
            column("seen", "datetime(tz)"),
            twice,
        ])
    }
}

#[test]
fn a_table_with_everything() {
    let expected = "CREATE TABLE `t` (\n    \
        `id` bigint NOT NULL AUTO_INCREMENT,\n    \
        `na``me` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'it''s\\\\' \
        COMMENT 'what it''s called',\n    \
        `body` text,\n    \
        `parent` bigint,\n    \
        `at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),\n    \
        `seen` timestamp NULL,\n    \
        `twice` bigint GENERATED ALWAYS AS (id * 2 # so\n) STORED INVISIBLE,\n    \
        PRIMARY KEY (`id`),\n    \
        UNIQUE KEY `uq` (`body`(10), `parent`),\n    \
        INDEX `ix` (`parent` DESC, `at`),\n    \
        FULLTEXT INDEX `words` (`body`) COMMENT 'words',\n    \
        CONSTRAINT `fk` FOREIGN KEY (`parent`) REFERENCES `other`.`p` (`id`) ON DELETE SET NULL,\n    \
        CONSTRAINT `ck` CHECK (parent > 0)\n\
        ) DEFAULT CHARSET=utf8mb4 ROW_FORMAT=COMPRESSED key_block_size=8 COMMENT='a table'\n\
        PARTITION BY HASH (id)";
    assert_eq!(sql(&MySql::default(), &rich()), expected);
    assert_eq!(sql(&MySql::mariadb(), &rich()), expected);
}

#[test]
fn a_temporary_table_leaves_out_what_it_cannot_have() {
    let table = Table { columns: rich().columns[..4].to_vec(), ..rich() };
    let table = Table { indexes: vec![rich().indexes[1].clone()], ..table };
    let expected = "CREATE TEMPORARY TABLE `t` (\n    \
        `id` bigint NOT NULL AUTO_INCREMENT,\n    \
        `na``me` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'it''s\\\\' \
        COMMENT 'what it''s called',\n    \
        `body` text,\n    \
        `parent` bigint,\n    \
        PRIMARY KEY (`id`),\n    \
        UNIQUE KEY `uq` (`body`(10), `parent`),\n    \
        CONSTRAINT `ck` CHECK (parent > 0)\n\
        ) DEFAULT CHARSET=utf8mb4 COMMENT='a table'";
    assert_eq!(temporary(&MySql::default(), &table).unwrap(), expected);
}

#[test]
fn the_two_spell_some_things_in_their_own_way() {
    let place = Column {
        options: options([("mysql.srid", OptionValue::Integer(4326))]),
        nullable: false,
        ..Column::new("place", crate::schema::Type::native("mysql", "point"))
    };
    let at = Index { using: Some("spatial".to_owned()), ..index("at", &["place"]) };
    let hidden = Index { options: options([("mysql.invisible", on())]), ..index("ix", &["a"]) };
    let table =
        Table { indexes: vec![at, hidden], ..table_of([place, required("a", "datetime(tz)")]) };
    assert_eq!(
        sql(&MySql::default(), &table),
        "CREATE TABLE `t` (\n    `place` point NOT NULL SRID 4326,\n    `a` timestamp NOT NULL,\n    \
         SPATIAL INDEX `at` (`place`),\n    INDEX `ix` (`a`) INVISIBLE\n)"
    );
    assert_eq!(
        sql(&MySql::mariadb(), &table),
        "CREATE TABLE `t` (\n    `place` point REF_SYSTEM_ID=4326 NOT NULL,\n    \
         `a` timestamp NOT NULL,\n    \
         SPATIAL INDEX `at` (`place`),\n    INDEX `ix` (`a`) IGNORED\n)"
    );
    let versioned = Table {
        options: options([("mariadb.system_versioned", on()), ("mysql.engine", text("Aria"))]),
        ..table_of([
            column("a", "integer"),
            Column {
                options: options([("mysql.without_system_versioning", on())]),
                ..column("b", "integer")
            },
        ])
    };
    assert_eq!(
        sql(&MySql::mariadb(), &versioned),
        "CREATE TABLE `t` (\n    `a` int,\n    `b` int WITHOUT SYSTEM VERSIONING\n\
         ) ENGINE=Aria WITH SYSTEM VERSIONING"
    );
    assert_eq!(
        refusal(&MySql::default(), &versioned),
        "MySQL keeps no rows that were (`mysql.without_system_versioning`); \
         say it to MariaDB: `mariadb.without_system_versioning`"
    );
}

#[test]
fn a_column_that_numbers_itself_is_a_key_at_once() {
    let start = SequenceOptions { start: Some(100), ..SequenceOptions::default() };
    let identity = Some(Identity { always: false, options: start });
    let table = Table {
        primary_key: key(&["a", "id"]),
        ..table_of([required("a", "integer"), Column { identity, ..numbered("id") }])
    };
    assert_eq!(
        sql(&MySql::default(), &table),
        "CREATE TABLE `t` (\n    `a` int NOT NULL,\n    `id` bigint NOT NULL AUTO_INCREMENT,\n    \
         PRIMARY KEY (`a`, `id`),\n    INDEX `auto_increment until indexed` (`id`)\n\
         ) AUTO_INCREMENT=100"
    );
    let indexed = Table { indexes: vec![index("ix", &["id"])], ..table_of([numbered("id")]) };
    assert_eq!(
        sql(&MySql::default(), &indexed),
        "CREATE TABLE `t` (\n    `id` bigint NOT NULL AUTO_INCREMENT,\n    INDEX `ix` (`id`)\n)"
    );
}

#[test]
fn what_a_server_lacks_is_refused() {
    let (mysql, mariadb) = (MySql::default(), MySql::mariadb());
    let of = |index: Index| Table {
        indexes: vec![index],
        ..table_of([column("a", "integer"), column("b", "text")])
    };
    let with = |column| table_of([column]);
    let always = Some(Identity { always: true, ..Identity::default() });
    let fast = SequenceOptions { increment: Some(2), ..SequenceOptions::default() };
    let fast = Some(Identity { always: false, options: fast });
    let reference = |key: ForeignKey| Table {
        foreign_keys: vec![ForeignKey {
            columns: vec!["a".to_owned()],
            table: Name::new("p"),
            ..key
        }],
        ..table_of([column("a", "integer")])
    };
    let computed = Column {
        generated: Some(Generated { expression: Sql::new("1"), stored: false }),
        ..required("a", "integer")
    };
    let ordered = IndexColumn { nulls: Some(crate::schema::Nulls::Last), ..IndexColumn::new("a") };
    let check = Check {
        expression: Sql::new("a > 0"),
        options: options([("mysql.enforced", OptionValue::Boolean(false))]),
        ..Check::default()
    };
    let long = "é".repeat(65);
    for (dialect, table, expected) in [
        (
            &mysql,
            table_of([]),
            "MySQL has no tables without columns; give the table a column".to_owned(),
        ),
        (
            &mysql,
            of(index("ix", &["b"])),
            "MySQL has no keys of whole texts (`b` in the index `ix`); give the column a length, \
             `string(255)`, or the key: `\"mysql.lengths\" = \"100\"`"
                .to_owned(),
        ),
        (
            &mariadb,
            of(index("ix", &["lower(a)"])),
            "MariaDB has no indexes of expressions (the index `ix`); \
             index a generated column that computes it"
                .to_owned(),
        ),
        (
            &mysql,
            of(Index { predicate: Some(Sql::new("a > 0")), ..index("ix", &["a"]) }),
            "MySQL has no indexes of some rows only (index `ix`); leave `where` out".to_owned(),
        ),
        (
            &mysql,
            of(Index { include: vec!["b".to_owned()], ..index("ix", &["a"]) }),
            "MySQL has no included columns (index `ix`); name them among the columns of the index"
                .to_owned(),
        ),
        (
            &mysql,
            of(Index { using: Some("gin".to_owned()), ..index("ix", &["a"]) }),
            "MySQL has no index method `gin` (index `ix`); \
             there are `btree`, `hash`, `fulltext` and `spatial`"
                .to_owned(),
        ),
        (
            &mysql,
            of(Index { columns: vec![ordered], ..index("ix", &[]) }),
            "MySQL cannot place NULL otherwise in an index (the index `ix`); \
             leave `nulls first` and `nulls last` out"
                .to_owned(),
        ),
        (
            &mysql,
            of(Index {
                options: options([("mysql.lengths", text("1, 2"))]),
                ..index("ix", &["a"])
            }),
            "`mysql.lengths` of the index `ix` is no list of the lengths of its columns: `1, 2`; \
             write a number for each column, or `-` for all of it: `10, -`"
                .to_owned(),
        ),
        (
            &mysql,
            with(Column { identity: always, ..numbered("a") }),
            "MySQL lets any row bring a number of its own; leave `always` out".to_owned(),
        ),
        (
            &mysql,
            with(Column { identity: fast, ..numbered("a") }),
            "MySQL numbers the rows of every table in the same steps; \
             leave `increment`, `min`, `max`, `cache` and `cycle` out"
                .to_owned(),
        ),
        (
            &mariadb,
            with(Column { ty: "uuid".parse().unwrap(), ..numbered("a") }),
            "MariaDB numbers only integers, not a `uuid`; make it an `integer` or a `big_integer`"
                .to_owned(),
        ),
        (
            &mysql,
            Table { primary_key: key(&["a"]), ..table_of([numbered("a"), numbered("b")]) },
            "MySQL numbers one column of a table; give the numbers of all but one yourself"
                .to_owned(),
        ),
        (
            &mysql,
            reference(ForeignKey { matching: Some("full".to_owned()), ..ForeignKey::default() }),
            "MySQL has no `MATCH FULL` for foreign keys; \
             leave `match` out; a check can say that all of the columns are NULL, or none"
                .to_owned(),
        ),
        (
            &mysql,
            reference(ForeignKey {
                on_delete: crate::schema::Action::SetDefault,
                ..ForeignKey::default()
            }),
            "MySQL does not do what `on_delete = \"set default\"` says; \
             `set null`, `cascade` and `restrict` are there"
                .to_owned(),
        ),
        (
            &mysql,
            reference(ForeignKey { deferrable: Some(Default::default()), ..ForeignKey::default() }),
            "MySQL has no deferrable foreign keys; leave `deferrable` out".to_owned(),
        ),
        (
            &mariadb,
            with(computed),
            "MariaDB has no generated columns that refuse NULL; \
             make it nullable; a check can refuse NULL"
                .to_owned(),
        ),
        (
            &mariadb,
            Table { checks: vec![check], ..table_of([column("a", "integer")]) },
            "MariaDB has no checks that are not checked; leave the check out, or `mysql.enforced`"
                .to_owned(),
        ),
        (
            &mysql,
            with(column(&long, "integer")),
            format!(
                "the name `{long}` is 65 characters long, and MySQL takes 64; \
                 give it a shorter name"
            ),
        ),
    ] {
        assert_eq!(refusal(dialect, &table), expected);
    }
}
