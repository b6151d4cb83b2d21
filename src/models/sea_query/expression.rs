//! Values, expressions and checks.

use sea_query::{
    Check, ColumnDef, ColumnType, Expr, Keyword, MysqlQueryBuilder, PostgresQueryBuilder, Query,
    SqliteQueryBuilder, Table, Value as SeaValue,
};

use crate::schema::sql::tokens;
use crate::schema::{Literal, Sql, Value};

/// A default.
pub(super) fn value(expr: &Expr) -> Value {
    let literal = match expr {
        Expr::Value(SeaValue::Bool(Some(it))) => Literal::Boolean(*it),
        Expr::Value(SeaValue::TinyInt(Some(it))) => Literal::Integer((*it).into()),
        Expr::Value(SeaValue::SmallInt(Some(it))) => Literal::Integer((*it).into()),
        Expr::Value(SeaValue::Int(Some(it))) => Literal::Integer((*it).into()),
        Expr::Value(SeaValue::BigInt(Some(it))) => Literal::Integer(*it),
        Expr::Value(SeaValue::TinyUnsigned(Some(it))) => Literal::Integer((*it).into()),
        Expr::Value(SeaValue::SmallUnsigned(Some(it))) => Literal::Integer((*it).into()),
        Expr::Value(SeaValue::Unsigned(Some(it))) => Literal::Integer((*it).into()),
        Expr::Value(SeaValue::BigUnsigned(Some(it))) => match i64::try_from(*it) {
            Ok(it) => Literal::Integer(it),
            Err(_) => Literal::Text(it.to_string()),
        },
        Expr::Value(SeaValue::Float(Some(it))) if it.is_finite() => Literal::Float((*it).into()),
        Expr::Value(SeaValue::Double(Some(it))) if it.is_finite() => Literal::Float(*it),
        Expr::Value(SeaValue::String(Some(it))) => Literal::Text(it.clone()),
        Expr::Value(SeaValue::Char(Some(it))) => Literal::Text(it.to_string()),
        Expr::Keyword(Keyword::CurrentTimestamp) => {
            return Value::Expression(Sql::new("CURRENT_TIMESTAMP"));
        }
        other => return Value::Expression(sql(other)),
    };
    Value::Literal(literal)
}

/// An expression as each database writes it.
pub(super) fn sql(expr: &Expr) -> Sql {
    let statement = Query::select().expr(expr.clone()).take();
    in_words([
        statement.to_string(SqliteQueryBuilder),
        statement.to_string(PostgresQueryBuilder),
        statement.to_string(MysqlQueryBuilder),
    ])
    .with(|text| text.strip_prefix("SELECT ").unwrap_or(text).to_owned())
}

/// The name and the condition of a check: both show only in the column that has it.
pub(super) fn check(check: &Check) -> (Option<String>, Sql) {
    let column = ColumnDef::new_with_type("c", ColumnType::Integer).check(check.clone()).take();
    let table = Table::create().table("t").col(column).take();
    let all = in_words([
        table.to_string(SqliteQueryBuilder),
        table.to_string(PostgresQueryBuilder),
        table.to_string(MysqlQueryBuilder),
    ]);
    let name = all.of("postgres").and_then(name_of_check);
    (name, all.with(|text| condition(text).to_owned()))
}

/// What stands in the last parentheses before those of the table end.
fn condition(statement: &str) -> &str {
    let all = tokens(statement);
    let at = all.iter().position(|it| it.is("check"));
    let (Some(at), [.., last, _]) = (at, &all[..]) else { return statement };
    let begin = all.get(at + 1).map_or(statement.len(), |it| it.end());
    statement.get(begin..last.at).unwrap_or(statement).trim()
}

fn name_of_check(statement: &str) -> Option<String> {
    let all = tokens(statement);
    let at = all.iter().position(|it| it.is("constraint"))?;
    all.get(at + 1)?.name()
}

/// One text where all have the same. `sea_query` writes for these three, by these names.
fn in_words([sqlite, postgres, mysql]: [String; 3]) -> Sql {
    if sqlite == postgres && postgres == mysql {
        return Sql::new(sqlite);
    }
    let words = [("sqlite", sqlite), ("postgres", postgres), ("mysql", mysql)];
    let dialects = words.into_iter().map(|(dialect, text)| (dialect.to_owned(), text));
    Sql { text: None, dialects: dialects.collect() }
}
