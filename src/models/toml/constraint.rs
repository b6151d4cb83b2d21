//! Primary keys, unique constraints and checks of a model, and what all constraints share.

use ::toml::Spanned;
use ::toml::de::DeValue;

use super::reader::{Fields, Reader, Span, Value};
use crate::dialect;
use crate::error::{list, nearest};
use crate::models::expression::misspelt;
use crate::schema::{Check, Deferrable, PrimaryKey, Sql, Unique};

const PRIMARY_KEY: [&str; 2] = ["name", "columns"];
const UNIQUE: [&str; 3] = ["name", "columns", "deferrable"];
const CHECK: [&str; 2] = ["name", "expression"];

/// A key, constraint or index with its place: that of its name where it has one.
pub(super) struct Placed<T> {
    /// The thing.
    pub(super) item: T,
    /// Where it is declared.
    pub(super) at: Span,
}

/// The columns of the table that keys, constraints and indexes may name.
pub(super) struct Known<'a> {
    /// What the table is called in messages: "table `user`".
    pub(super) of: &'a str,
    /// Its columns.
    pub(super) columns: &'a [&'a str],
    /// Whether it has more of them, which it does not say.
    pub(super) has_more: bool,
}

impl Known<'_> {
    /// The mistake of naming a column that is not there, and its hint.
    pub(super) fn missing(&self, name: &str) -> (String, String) {
        let message = format!("{} has no column `{name}`", self.of);
        let hint = match nearest(name, self.columns.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its columns are {}", list(self.columns.iter().copied(), "and")),
        };
        (message, hint)
    }
}

impl Reader<'_> {
    /// The names in `key`: at least one, each a column, none twice.
    pub(super) fn columns(
        &mut self,
        fields: &Fields,
        key: &str,
        known: &Known,
    ) -> Option<Vec<String>> {
        let value = fields.value(key)?;
        self.columns_value(&fields.of, key, value, known)
    }

    fn columns_value(
        &mut self,
        of: &str,
        key: &str,
        value: &Value,
        known: &Known,
    ) -> Option<Vec<String>> {
        let texts = self.texts_value(of, key, value)?;
        if texts.is_empty() {
            let message = format!("`{key}` of {of} is empty");
            self.mistake(value.span(), message, "name at least one column".to_owned());
            return None;
        }
        let before = self.mistakes.len();
        let mut names: Vec<String> = Vec::with_capacity(texts.len());
        for text in texts {
            let name = text.get_ref();
            if !known.has_more && !known.columns.contains(&name.as_str()) {
                let (message, hint) = known.missing(name);
                self.mistake(text.span(), message, hint);
            } else if names.contains(name) {
                let message = format!("column `{name}` stands twice in `{key}` of {of}");
                self.mistake(text.span(), message, "leave one of the two out".to_owned());
            }
            names.push(text.into_inner());
        }
        (self.mistakes.len() == before).then_some(names)
    }

    /// `primary_key` of a model: a list of columns, or a table with its name and options.
    pub(super) fn primary_key(
        &mut self,
        model: &Fields,
        known: &Known,
    ) -> Option<Placed<PrimaryKey>> {
        let value = model.value("primary_key")?;
        let mut at = model.key("primary_key")?;
        if matches!(value.get_ref(), DeValue::Array(_)) {
            let columns = self.columns_value(&model.of, "primary_key", value, known)?;
            return Some(Placed { item: PrimaryKey { columns, ..PrimaryKey::default() }, at });
        }
        if !matches!(value.get_ref(), DeValue::Table(_)) {
            let form = "primary_key = [\"a\", \"b\"]";
            self.wrong(&model.of, "primary_key", value, "a list of columns or a table", form);
            return None;
        }
        let form = "primary_key = { columns = [\"a\", \"b\"] }";
        let of = format!("the primary key of {}", model.of);
        let fields = self.fields(of, at.clone(), value, &[&PRIMARY_KEY, &dialect::NAMES], form)?;
        let mut key = PrimaryKey::default();
        if let Some(name) = self.name(&fields, "name") {
            at = name.span();
            key.name = Some(name.into_inner());
        }
        self.options(&fields, &mut key.options);
        key.columns = self.required_columns(&fields, known)?;
        Some(Placed { item: key, at })
    }

    pub(super) fn required_columns(
        &mut self,
        fields: &Fields,
        known: &Known,
    ) -> Option<Vec<String>> {
        if fields.value("columns").is_none() {
            self.missing(fields, "columns", "columns = [\"a\", \"b\"]");
        }
        self.columns(fields, "columns", known)
    }

    /// One of `[[Model.unique]]`.
    pub(super) fn unique(
        &mut self,
        model: &Fields,
        value: &Value,
        known: &Known,
    ) -> Option<Placed<Unique>> {
        let of = format!("a unique constraint of {}", model.of);
        let form = "unique = [{ columns = [\"a\", \"b\"] }]";
        let fields = self.fields(of, value.span(), value, &[&UNIQUE, &dialect::NAMES], form)?;
        let (name, at) = self.own_name(&fields);
        let deferrable = self.deferrable(&fields);
        let mut unique = Unique { name, deferrable, ..Unique::default() };
        self.options(&fields, &mut unique.options);
        unique.columns = self.required_columns(&fields, known)?;
        Some(Placed { item: unique, at })
    }

    /// The name of a constraint, and the place at which the constraint is shown.
    pub(super) fn own_name(&mut self, fields: &Fields) -> (Option<String>, Span) {
        match self.name(fields, "name") {
            Some(name) => {
                let at = name.span();
                (Some(name.into_inner()), at)
            }
            None => (None, fields.at.clone()),
        }
    }

    /// One of `[[Model.checks]]`.
    pub(super) fn check(
        &mut self,
        model: &Fields,
        value: &Value,
        known: &Known,
    ) -> Option<Placed<Check>> {
        let of = format!("a check of {}", model.of);
        let form = "checks = [{ expression = \"length(body) > 0\" }]";
        let fields = self.fields(of, value.span(), value, &[&CHECK, &dialect::NAMES], form)?;
        let (name, at) = self.own_name(&fields);
        let mut check = Check { name, ..Check::default() };
        self.options(&fields, &mut check.options);
        if fields.value("expression").is_none() {
            self.missing(&fields, "expression", "expression = \"length(body) > 0\"");
        }
        let expression = self.sql(&fields, "expression")?;
        self.spelling(&expression, known);
        check.expression = expression.into_inner();
        Some(Placed { item: check, at })
    }

    /// The words of `sql` are not nearly the columns of its table.
    pub(super) fn spelling(&mut self, sql: &Spanned<Sql>, known: &Known) {
        if let Some((word, near)) = misspelt(sql.get_ref(), known.columns) {
            let message = format!("{} has no column `{word}`", known.of);
            self.mistake(sql.span(), message, format!("did you mean `{near}`?"));
        }
    }

    /// `true`, `"initially deferred"` or `"initially immediate"`, which is the same as `true`.
    pub(super) fn deferrable(&mut self, fields: &Fields) -> Option<Deferrable> {
        let value = fields.value("deferrable")?;
        match value.get_ref() {
            DeValue::Boolean(it) => it.then_some(Deferrable { initially: false }),
            DeValue::String(_) => {
                let words = ["initially deferred", "initially immediate"];
                let word = self.word(fields, "deferrable", &words)?;
                Some(Deferrable { initially: word == words[0] })
            }
            _ => {
                let form = "deferrable = true` or `deferrable = \"initially deferred\"";
                self.wrong(&fields.of, "deferrable", value, "a boolean or a string", form);
                None
            }
        }
    }
}
