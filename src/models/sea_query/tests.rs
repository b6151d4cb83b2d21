//! Every type and constraint, as statements make them and as models say them.

use sea_query::{
    Alias, Check as SeaCheck, ColumnDef, ColumnType, Expr, ExprTrait, ForeignKey, ForeignKeyAction,
    Index, IndexOrder, IntoIden, PgInterval, StringLen, Table as SeaTable, TableCreateStatement,
};

use super::*;
use crate::error::Source;
use crate::models::toml;

fn a() -> TableCreateStatement {
    SeaTable::create().table("a").take()
}

/// What the statements make, as models.
fn models(statements: &[(TableCreateStatement, Vec<IndexCreateStatement>)]) -> String {
    let schema = Schema::from_statements(statements).unwrap();
    let text = schema.to_models();
    // What is printed can be read.
    if let Err(mistakes) = toml::parse(&[Source::new("models.toml", &*text)], &Naming::default()) {
        panic!("{mistakes}\n{text}");
    }
    text
}

fn refused(statement: &TableCreateStatement) -> String {
    Table::try_from(statement).unwrap_err().to_string()
}

#[test]
fn every_type() {
    let strings = [StringLen::N(40), StringLen::None, StringLen::Max];
    let mut all = vec![
        ColumnType::Char(None),
        ColumnType::Char(Some(2)),
        ColumnType::Text,
        ColumnType::Blob,
        ColumnType::TinyInteger,
        ColumnType::SmallInteger,
        ColumnType::Integer,
        ColumnType::BigInteger,
        ColumnType::TinyUnsigned,
        ColumnType::SmallUnsigned,
        ColumnType::Unsigned,
        ColumnType::BigUnsigned,
        ColumnType::Float,
        ColumnType::Double,
        ColumnType::Decimal(None),
        ColumnType::Decimal(Some((10, 2))),
        ColumnType::Money(None),
        ColumnType::Money(Some((10, 2))),
        ColumnType::DateTime,
        ColumnType::Timestamp,
        ColumnType::TimestampWithTimeZone,
        ColumnType::Time,
        ColumnType::Date,
        ColumnType::Year,
        ColumnType::Interval(None, None),
        ColumnType::Interval(Some(PgInterval::DayToSecond), Some(3)),
        ColumnType::Binary(16),
        ColumnType::Bit(None),
        ColumnType::Bit(Some(8)),
        ColumnType::VarBit(8),
        ColumnType::Boolean,
        ColumnType::Json,
        ColumnType::JsonBinary,
        ColumnType::Uuid,
        ColumnType::custom("citext"),
        ColumnType::Enum {
            name: "mood".into_iden(),
            variants: vec!["glad".into_iden(), "sad, or not".into_iden()],
        },
        ColumnType::Array(ColumnType::Integer.into()),
        ColumnType::Vector(None),
        ColumnType::Vector(Some(3)),
        ColumnType::Cidr,
        ColumnType::Inet,
        ColumnType::MacAddr,
        ColumnType::LTree,
    ];
    all.extend(strings.map(ColumnType::String));
    all.extend(strings.map(ColumnType::VarBinary));
    let mut statement = a();
    for (at, ty) in all.into_iter().enumerate() {
        statement.col(ColumnDef::new_with_type(format!("c{at}"), ty));
    }
    assert_eq!(
        models(&[(statement, vec![])]),
        r#"[enums]
mood = ["glad", "sad, or not"]

[a.columns]
c0  = "char"
c1  = "char(2)"
c2  = "text"
c3  = "large_binary"
c4  = { type = { mysql = "tinyint", default = "small_integer" } }
c5  = "small_integer"
c6  = "integer"
c7  = "big_integer"
c8  = { type = { mysql = "tinyint unsigned", default = "small_integer" } }
c9  = "small_integer unsigned"
c10 = "integer unsigned"
c11 = "big_integer unsigned"
c12 = "float"
c13 = "double"
c14 = "numeric"
c15 = "numeric(10, 2)"
c16 = { type = { postgres = "money", default = "numeric" } }
c17 = { type = { postgres = "money", default = "numeric(10, 2)" } }
c18 = "datetime"
c19 = { type = { mysql = "timestamp", default = "datetime" } }
c20 = "datetime(tz)"
c21 = "time"
c22 = "date"
c23 = { type = { mysql = "year", default = "small_integer" } }
c24 = "interval"
c25 = { type = { postgres = "interval day to second(3)", default = "interval" } }
c26 = { type = { mysql = "binary(16)", default = "binary(16)" } }
c27 = { type = { mysql = "bit", postgres = "bit" } }
c28 = { type = { mysql = "bit(8)", postgres = "bit(8)" } }
c29 = { type = { mysql = "bit(8)", postgres = "varbit(8)" } }
c30 = "boolean"
c31 = { type = { postgres = "json", default = "json" } }
c32 = { type = { postgres = "jsonb", default = "json" } }
c33 = { type = { mysql = "binary(16)", default = "uuid" } }
c34 = { type = { mysql = "citext", postgres = "citext", sqlite = "citext" } }
c35 = "enum mood"
c36 = "array(integer)"
c37 = { type = { postgres = "vector" } }
c38 = { type = { postgres = "vector(3)" } }
c39 = { type = { postgres = "cidr" } }
c40 = { type = { postgres = "inet" } }
c41 = { type = { postgres = "macaddr" } }
c42 = { type = { postgres = "ltree" } }
c43 = "string(40)"
c44 = "string"
c45 = { type = { mysql = "varchar(65535)", default = "string" } }
c46 = "binary(40)"
c47 = "binary"
c48 = { type = { mysql = "varbinary(65535)", default = "binary" } }
"#
    );
}

#[test]
fn columns() {
    let mut statement = a();
    statement
        .comment("All of it")
        .if_not_exists()
        .col(ColumnDef::new("id").integer().not_null().auto_increment().primary_key())
        .col(ColumnDef::new("name").string_len(40).not_null().unique_key().comment("Its name"))
        .col(ColumnDef::new("count").integer().not_null().default(7))
        .col(ColumnDef::new("share").double().default(0.5))
        .col(ColumnDef::new("active").boolean().default(true))
        .col(ColumnDef::new("word").string().default("it's"))
        .col(ColumnDef::new("made").timestamp().default(Expr::current_timestamp()))
        .col(ColumnDef::new("sum").integer().default(Expr::val(1).add(2)))
        .col(ColumnDef::new("null").integer().null())
        .col(ColumnDef::new("age").integer().check(Expr::col("age").gte(18)))
        .col(ColumnDef::new("size").integer().check(SeaCheck::named(
            "ck_size",
            Expr::col("size").lt(9).or(Expr::col("age").is_null()),
        )))
        .col(ColumnDef::new("twice").integer().generated(Expr::col("age").mul(2), true));
    assert_eq!(
        models(&[(statement, vec![])]),
        r#"[a]
comment = "All of it"

[a.columns]
id     = { type = "integer", primary_key = true }
name   = { type = "string(40)", nullable = false, unique = true, comment = "Its name" }
count  = { type = "integer", nullable = false, default = 7 }
share  = { type = "double", default = 0.5 }
active = { type = "boolean", default = true }
word   = { type = "string", default = "it's" }
made   = { type = { mysql = "timestamp", default = "datetime" }, default = { sql = "CURRENT_TIMESTAMP" } }
sum    = { type = "integer", default = { sql = "1 + 2" } }
null   = "integer"
age    = { type = "integer", check = { mysql = "`age` >= 18", postgres = "\"age\" >= 18", sqlite = "\"age\" >= 18" } }
size   = "integer"
twice  = { type = "integer", generated = { sql = { mysql = "`age` * 2", postgres = "\"age\" * 2", sqlite = "\"age\" * 2" }, stored = true } }

[[a.checks]]
name = "ck_size"
expression = { mysql = "`size` < 9 OR `age` IS NULL", postgres = "\"size\" < 9 OR \"age\" IS NULL", sqlite = "\"size\" < 9 OR \"age\" IS NULL" }
"#
    );
}

#[test]
fn keys_and_indexes() {
    let mut p = SeaTable::create();
    p.table("p")
        .col(ColumnDef::new("x").integer().not_null())
        .col(ColumnDef::new("y").integer())
        .primary_key(Index::create().name("pk_of_p").col("x").col("y"));
    let mut statement = a();
    statement
        .table(("s", "a"))
        .col(ColumnDef::new("id").big_integer().not_null().primary_key())
        .col(ColumnDef::new("x").integer())
        .col(ColumnDef::new("y").integer())
        .index(Index::create().unique().name("uq").col("x").col("y"))
        .foreign_key(
            ForeignKey::create()
                .name("fk-a-p")
                .from(("s", "a"), ("x", "y"))
                .to("p", ("x", "y"))
                .on_delete(ForeignKeyAction::Cascade)
                .on_update(ForeignKeyAction::SetNull),
        );
    let indexes = vec![
        Index::create().name("idx-a-x").table(("s", "a")).col("x").take(),
        Index::create().name("idx-a-y").table(("s", "a")).col("y").unique().if_not_exists().take(),
    ];
    assert_eq!(
        models(&[(statement, indexes), (p, vec![])]),
        r#"[p]
primary_key = { name = "pk_of_p", columns = ["x", "y"] }

[p.columns]
x = "integer"
y = "integer"

[a]
schema = "s"

[a.columns]
id = { type = "big_integer", primary_key = true, autoincrement = false }
x  = "integer"
y  = "integer"

[[a.indexes]]
name = "idx-a-x"
columns = ["x"]

[[a.indexes]]
name = "idx-a-y"
columns = ["y"]
unique = true

[[a.unique]]
name = "uq"
columns = ["x", "y"]

[[a.foreign_keys]]
name = "fk-a-p"
columns = ["x", "y"]
references = { table = "p", columns = ["x", "y"] }
on_delete = "cascade"
on_update = "set null"
"#
    );
}

#[test]
fn a_table_that_is_named_last() {
    let mut statement = SeaTable::create();
    statement.col(ColumnDef::new("x").integer()).table("a");
    assert_eq!(models(&[(statement, vec![])]), "[a.columns]\nx = \"integer\"\n");
}

#[test]
fn actions() {
    for (said, meant) in [
        (ForeignKeyAction::Restrict, "restrict"),
        (ForeignKeyAction::Cascade, "cascade"),
        (ForeignKeyAction::SetNull, "set null"),
        (ForeignKeyAction::NoAction, "no action"),
        (ForeignKeyAction::SetDefault, "set default"),
    ] {
        let mut key = ForeignKey::create();
        key.from("a", "x").to("p", "x").on_delete(said);
        let statement = a().col(ColumnDef::new("x").integer()).foreign_key(&mut key).take();
        let table = Table::try_from(&statement).unwrap();
        assert_eq!(table.foreign_keys[0].on_delete.to_string(), meant);
        assert_eq!(table.foreign_keys[0].on_update.to_string(), "no action");
    }
}

#[test]
fn what_is_not_told_is_refused() {
    let column = || ColumnDef::new("x").integer().take();
    let all = [
        SeaTable::create(),
        a().check(Expr::col("x").gt(0)).take(),
        a().engine("InnoDB").take(),
        a().extra("USING columnar").take(),
        a().temporary().take(),
        a().col(ColumnDef::new("x")).take(),
        a().col(column().extra("ON UPDATE now()")).take(),
        a().col(column()).index(Index::create().name("i").col(("x", IndexOrder::Desc))).take(),
        a().col(column()).index(Index::create().name("i").col("x").full_text()).take(),
        a().col(column()).index(Index::create().name("i").col(Expr::col("x").add(1))).take(),
        a().col(column()).index(Index::create().col("x")).take(),
        a().col(column()).foreign_key(ForeignKey::create().from("b", "x").to("p", "x")).take(),
        a().col(column()).foreign_key(ForeignKey::create().from_col("x")).take(),
    ];
    let said: Vec<String> = all.iter().map(refused).collect();
    let rest = "the rest of table `a`: it has checks, options, partitions or words of its own, which the statement does not tell; write a check at a column";
    let index = "index `i` of table `a`: it has an order, a condition, a method or another table, which the statement does not tell";
    assert_eq!(
        said,
        [
            "the name of table ``: there is none",
            rest,
            rest,
            rest,
            rest,
            "column `x` of table `a`: it has no type",
            "column `x` of table `a`: it has words of its own (`extra`)",
            index,
            index,
            index,
            "an index of table `a`: it has no name",
            "a foreign key of table `a`: it says what the statement does not tell",
            "a foreign key of table `a`: it refers to no table",
        ]
    );
    let mood = |values: [&'static str; 1]| {
        let variants = values.map(|it| Alias::new(it).into_iden()).to_vec();
        ColumnDef::new_with_type("x", ColumnType::Enum { name: "mood".into_iden(), variants })
    };
    let glad = a().col(mood(["glad"])).take();
    let sad = SeaTable::create().table("b").col(mood(["sad"])).take();
    assert_eq!(
        Schema::from_statements(&[(glad, vec![]), (sad, vec![])]).unwrap_err().to_string(),
        "enum `mood` of table `b`: another column gives it other values"
    );
}
