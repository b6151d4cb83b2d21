//! Indexes of a model.

use ::toml::Spanned;

use super::constraint::{Known, Placed};
use super::reader::{Fields, Reader, Value};
use crate::dialect;
use crate::error::nearest;
use crate::schema::sql::{TokenKind, tokens};
use crate::schema::{Index, IndexColumn, IndexKey, Nulls, Sql};

const KEYS: [&str; 10] = [
    "name",
    "columns",
    "expressions",
    "unique",
    "where",
    "include",
    "using",
    "comment",
    "nulls",
    "desc",
];

impl Reader<'_> {
    /// One of `[[Model.indexes]]`.
    pub(super) fn index(
        &mut self,
        model: &Fields,
        value: &Value,
        known: &Known,
    ) -> Option<Placed<Index>> {
        let of = format!("an index of {}", model.of);
        let form = "indexes = [{ columns = [\"a\", \"b desc\"] }]";
        let fields = self.fields(of, value.span(), value, &[&KEYS, &dialect::NAMES], form)?;
        let (name, at) = self.own_name(&fields);
        let mut index = Index { name: name.unwrap_or_default(), ..Index::default() };
        index.unique = self.boolean(&fields, "unique").is_some_and(Spanned::into_inner);
        index.using = self.name(&fields, "using").map(Spanned::into_inner);
        index.comment = self.text(&fields, "comment").map(Spanned::into_inner);
        self.options(&fields, &mut index.options);
        if let Some(predicate) = self.sql(&fields, "where") {
            self.spelling(&predicate, known);
            index.predicate = Some(predicate.into_inner());
        }
        if fields.value("include").is_some() {
            index.include = self.columns(&fields, "include", known).unwrap_or_default();
        }
        index.columns = self.index_columns(&fields, known)?;
        self.index_order(&fields, &mut index.columns);
        Some(Placed { item: index, at })
    }

    fn index_columns(&mut self, fields: &Fields, known: &Known) -> Option<Vec<IndexColumn>> {
        let before = self.mistakes.len();
        let mut columns = Vec::new();
        for text in self.texts(fields, "columns").unwrap_or_default() {
            columns.extend(self.index_column(&text, known, false));
        }
        for text in self.texts(fields, "expressions").unwrap_or_default() {
            columns.extend(self.index_column(&text, known, true));
        }
        if columns.is_empty() && self.mistakes.len() == before {
            match fields.value("columns").or_else(|| fields.value("expressions")) {
                None => self.missing(fields, "columns", "columns = [\"a\", \"b desc\"]"),
                Some(value) => {
                    let message = format!("{} has no columns", fields.of);
                    self.mistake(value.span(), message, "name at least one".to_owned());
                }
            }
        }
        (self.mistakes.len() == before).then_some(columns)
    }

    /// One column of an index. What would be an expression or a column that is missing, but is
    /// wholly the name of a column, is that column.
    fn index_column(
        &mut self,
        text: &Spanned<String>,
        known: &Known,
        expression: bool,
    ) -> Option<IndexColumn> {
        let mut column = match text.get_ref().parse::<IndexColumn>() {
            Ok(column) => column,
            Err(err) => {
                let hint = "write a column's name, `name desc` or `lower(name)`".to_owned();
                self.mistake(text.span(), err.to_string(), hint);
                return None;
            }
        };
        let is_column = |name: &str| known.columns.contains(&name);
        match &column.key {
            IndexKey::Column(name) if is_column(name) => return Some(column),
            IndexKey::Column(_) if known.has_more && !expression => return Some(column),
            _ if is_column(text.get_ref()) => {
                return Some(IndexColumn::new(text.get_ref().clone()));
            }
            IndexKey::Column(name) if expression => {
                column.key = IndexKey::Expression(Sql::new(name.clone()));
            }
            IndexKey::Column(name) => {
                let (message, hint) = known.missing(name);
                self.mistake(text.span(), message, hint);
                return None;
            }
            IndexKey::Expression(_) => {}
        }
        if let IndexKey::Expression(sql) = &column.key {
            if let Some(word) = stray_word(sql) {
                let message = format!("`{word}` cannot stand behind a column of an index");
                let words = ["desc", "asc", "collate", "nulls"];
                let hint = match nearest(&word, words) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "what can is `desc`, `collate nocase`, `nulls first` or `nulls last`"
                        .to_owned(),
                };
                self.mistake(text.span(), message, hint);
                return None;
            }
            self.spelling(&Spanned::new(text.span(), sql.clone()), known);
        }
        Some(column)
    }

    /// `desc` and `nulls`, which hold for all columns of an index.
    fn index_order(&mut self, fields: &Fields, columns: &mut [IndexColumn]) {
        if let Some(descending) = self.boolean(fields, "desc") {
            columns.iter_mut().for_each(|column| column.descending = *descending.get_ref());
        }
        let nulls = match self.word(fields, "nulls", &["first", "last"]) {
            Some("first") => Nulls::First,
            Some(_) => Nulls::Last,
            None => return,
        };
        columns.iter_mut().for_each(|column| column.nulls = Some(nulls));
    }
}

/// The second of two words that stand beside each other, which is no expression anywhere but
/// in `name isnull`.
fn stray_word(sql: &Sql) -> Option<String> {
    let tokens = tokens(sql.text.as_deref()?);
    let [first, second] = &tokens[..] else { return None };
    let name = matches!(first.kind, TokenKind::Word | TokenKind::Quoted);
    let postfix = second.is("isnull") || second.is("notnull");
    (name && second.kind == TokenKind::Word && !postfix).then(|| second.text.to_owned())
}
