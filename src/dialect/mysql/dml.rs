//! Statements on rows.

use std::fmt;

use sea_query::{MysqlQueryBuilder, QueryBuilder, SqlWriter, Value};

use super::lexer::Mode;
use super::text::literal;
use crate::dialect::Dml;

/// The statement with its values in it.
pub(super) fn build(mode: Mode, dml: &Dml) -> String {
    let mut writer = Writer { text: String::new(), mode };
    match dml {
        Dml::Select(it) => it.build_collect_any_into(&MysqlQueryBuilder, &mut writer),
        Dml::Insert(it) => it.build_collect_any_into(&MysqlQueryBuilder, &mut writer),
        Dml::Update(it) => it.build_collect_any_into(&MysqlQueryBuilder, &mut writer),
        Dml::Delete(it) => it.build_collect_any_into(&MysqlQueryBuilder, &mut writer),
    }
    writer.text
}

/// Writes texts as this server's mode reads them.
struct Writer {
    text: String,
    mode: Mode,
}

impl fmt::Write for Writer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text.write_str(text)
    }
}

impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl SqlWriter for Writer {
    fn push_param<T: QueryBuilder>(&mut self, value: Value, builder: &T) {
        match value {
            Value::String(Some(text)) => self.text.push_str(&literal(self.mode, &text)),
            other => self.text.push_param(other, builder),
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
        let values = ["it's\n\u{1a}".into(), "\\n".into(), 3.into(), none.into()];
        insert.into_table(Alias::new("t")).columns(columns).values_panic(values);
        let expected =
            "INSERT INTO `t` (`a`, `b`, `c`, `d`) VALUES ('it''s\n\\Z', '\\\\n', 3, NULL)";
        assert_eq!(build(Mode::default(), &Dml::Insert(insert)), expected);
    }
}
