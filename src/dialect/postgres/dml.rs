//! Statements on rows.

use std::fmt;

use sea_query::{PostgresQueryBuilder, QueryBuilder, SqlWriter, Value};

use super::types::literal;
use crate::dialect::Dml;

/// The statement with its values in it.
pub(super) fn build(dml: &Dml) -> String {
    let mut writer = Writer::default();
    match dml {
        Dml::Select(it) => it.build_collect_any_into(&PostgresQueryBuilder, &mut writer),
        Dml::Insert(it) => it.build_collect_any_into(&PostgresQueryBuilder, &mut writer),
        Dml::Update(it) => it.build_collect_any_into(&PostgresQueryBuilder, &mut writer),
        Dml::Delete(it) => it.build_collect_any_into(&PostgresQueryBuilder, &mut writer),
    }
    writer.0
}

/// Writes texts as people do: a new line is a new line.
#[derive(Default)]
struct Writer(String);

impl fmt::Write for Writer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write_str(text)
    }
}

impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl SqlWriter for Writer {
    fn push_param<T: QueryBuilder>(&mut self, value: Value, builder: &T) {
        match value {
            Value::String(Some(text)) => self.0.push_str(&literal(&text)),
            other => self.0.push_param(other, builder),
        }
    }

    fn as_writer(&mut self) -> &mut dyn fmt::Write {
        self
    }
}

#[cfg(test)]
mod tests {
    use sea_query::{Alias, Query};

    use super::*;

    #[test]
    fn texts_stay_as_they_are() {
        let mut insert = Query::insert();
        let columns = ["a", "b", "c", "d"].map(Alias::new);
        let none = None::<String>;
        let values = ["it's\n\there".into(), "\\n\n".into(), 3.into(), none.into()];
        insert.into_table(Alias::new("t")).columns(columns).values_panic(values);
        assert_eq!(
            build(&Dml::Insert(insert)),
            "INSERT INTO \"t\" (\"a\", \"b\", \"c\", \"d\") VALUES ('it''s\n\there', E'\\\\n\n', 3, NULL)"
        );
    }
}
