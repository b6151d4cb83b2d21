//! Keys, constraints and indexes of a model.

use ::toml::Spanned;
use ::toml::de::DeValue;

use super::reader::{Fields, Reader, Span, Value, listed, type_word};
use crate::error::nearest;
use crate::models::DIALECTS;
use crate::schema::sql::{TokenKind, tokens};
use crate::schema::{
    Action, Check, Deferrable, ForeignKey, Index, IndexColumn, IndexKey, Nulls, PrimaryKey, Sql,
    Unique,
};

const PRIMARY_KEY: [&str; 2] = ["name", "columns"];
const UNIQUE: [&str; 3] = ["name", "columns", "deferrable"];
const CHECK: [&str; 2] = ["name", "expression"];
const INDEX: [&str; 10] = [
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
const FOREIGN_KEY: [&str; 3] = ["name", "columns", "references"];
const FOREIGN_KEY_RULES: [&str; 4] = ["on_delete", "on_update", "match", "deferrable"];

/// A key, constraint or index with its place: that of its name where it has one.
pub(super) struct Placed<T> {
    /// The thing.
    pub(super) item: T,
    /// Where it is declared.
    pub(super) at: Span,
}

/// A foreign key whose target is not looked up yet.
pub(super) struct Reference {
    /// The key; `table` and `references` are not settled.
    pub(super) key: ForeignKey,
    /// Where it is declared.
    pub(super) at: Span,
    /// What it refers to.
    pub(super) target: Target,
    /// Where `on_delete` or `on_update` say `set null`, and which of them does.
    pub(super) sets_null: Vec<(&'static str, Span)>,
}

/// What a foreign key refers to, as written.
pub(super) enum Target {
    /// `"user.id"`, or `"user"` for its primary key.
    Text(Spanned<String>),
    /// `{ table = "user", columns = ["a", "b"] }`; no columns are the primary key.
    Table {
        /// The table.
        table: Spanned<String>,
        /// Its columns.
        columns: Vec<Spanned<String>>,
        /// Where the whole is written.
        at: Span,
    },
}

impl Target {
    /// Where it is written.
    pub(super) fn at(&self) -> Span {
        match self {
            Target::Text(text) => text.span(),
            Target::Table { at, .. } => at.clone(),
        }
    }
}

/// The columns of the table that keys, constraints and indexes may name.
pub(super) struct Known<'a> {
    /// What the table is called in messages: "table `user`".
    pub(super) of: &'a str,
    /// Its columns.
    pub(super) columns: &'a [&'a str],
}

impl Known<'_> {
    /// The mistake of naming a column that is not there, and its hint.
    fn missing(&self, name: &str) -> (String, String) {
        let message = format!("{} has no column `{name}`", self.of);
        let hint = match nearest(name, self.columns.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its columns are {}", listed(self.columns.iter().copied(), "and")),
        };
        (message, hint)
    }
}

impl Reader<'_> {
    /// The names in `key`: at least one, each a column, none twice.
    fn columns(&mut self, fields: &Fields, key: &str, known: &Known) -> Option<Vec<String>> {
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
            if !known.columns.contains(&name.as_str()) {
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
        let fields = self.fields(of, at.clone(), value, &[&PRIMARY_KEY, &DIALECTS], form)?;
        let mut key = PrimaryKey::default();
        if let Some(name) = self.name(&fields, "name") {
            at = name.span();
            key.name = Some(name.into_inner());
        }
        self.options(&fields, &mut key.options);
        key.columns = self.required_columns(&fields, known)?;
        Some(Placed { item: key, at })
    }

    fn required_columns(&mut self, fields: &Fields, known: &Known) -> Option<Vec<String>> {
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
        let fields = self.fields(of, value.span(), value, &[&UNIQUE, &DIALECTS], form)?;
        let (name, at) = self.own_name(&fields);
        let deferrable = self.deferrable(&fields);
        let mut unique = Unique { name, deferrable, ..Unique::default() };
        self.options(&fields, &mut unique.options);
        unique.columns = self.required_columns(&fields, known)?;
        Some(Placed { item: unique, at })
    }

    /// The name of a constraint, and the place at which the constraint is shown.
    fn own_name(&mut self, fields: &Fields) -> (Option<String>, Span) {
        match self.name(fields, "name") {
            Some(name) => {
                let at = name.span();
                (Some(name.into_inner()), at)
            }
            None => (None, fields.at.clone()),
        }
    }

    /// One of `[[Model.checks]]`.
    pub(super) fn check(&mut self, model: &Fields, value: &Value) -> Option<Placed<Check>> {
        let of = format!("a check of {}", model.of);
        let form = "checks = [{ expression = \"length(body) > 0\" }]";
        let fields = self.fields(of, value.span(), value, &[&CHECK, &DIALECTS], form)?;
        let (name, at) = self.own_name(&fields);
        let mut check = Check { name, ..Check::default() };
        self.options(&fields, &mut check.options);
        if fields.value("expression").is_none() {
            self.missing(&fields, "expression", "expression = \"length(body) > 0\"");
        }
        check.expression = self.sql(&fields, "expression")?.into_inner();
        Some(Placed { item: check, at })
    }

    /// The words of `sql`, which stands at `span`, are not nearly the columns of its table.
    pub(super) fn spelling(&mut self, sql: &Sql, span: Span, known: &Known) {
        if let Some((word, near)) = crate::models::expression::misspelt(sql, known.columns) {
            let message = format!("{} has no column `{word}`", known.of);
            self.mistake(span, message, format!("did you mean `{near}`?"));
        }
    }

    /// One of `[[Model.indexes]]`.
    pub(super) fn index(
        &mut self,
        model: &Fields,
        value: &Value,
        known: &Known,
    ) -> Option<Placed<Index>> {
        let of = format!("an index of {}", model.of);
        let form = "indexes = [{ columns = [\"a\", \"b desc\"] }]";
        let fields = self.fields(of, value.span(), value, &[&INDEX, &DIALECTS], form)?;
        let (name, at) = self.own_name(&fields);
        let mut index = Index { name: name.unwrap_or_default(), ..Index::default() };
        index.unique = self.boolean(&fields, "unique").is_some_and(Spanned::into_inner);
        index.using = self.name(&fields, "using").map(Spanned::into_inner);
        index.comment = self.text(&fields, "comment").map(Spanned::into_inner);
        self.options(&fields, &mut index.options);
        if let Some(predicate) = self.sql(&fields, "where") {
            self.spelling(predicate.get_ref(), predicate.span(), known);
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

    /// One column of an index. What is wholly the name of a column is that column, whatever
    /// else it could be read as.
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
                let words = ["asc", "desc", "collate", "nulls"];
                let hint = match nearest(&word, words) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "what can is `desc`, `collate nocase`, `nulls first` or `nulls last`"
                        .to_owned(),
                };
                self.mistake(text.span(), message, hint);
                return None;
            }
            self.spelling(sql, text.span(), known);
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

    /// `references` of a column and the rules beside it; the column itself is put in later.
    pub(super) fn reference(&mut self, fields: &Fields) -> Option<Reference> {
        if fields.value("references").is_none() {
            for key in FOREIGN_KEY_RULES {
                if let Some(at) = fields.key(key) {
                    let message = format!("`{key}` of {} without `references`", fields.of);
                    self.mistake(at, message, "write `references = \"table.column\"`".to_owned());
                }
            }
            return None;
        }
        let at = fields.key("references").unwrap_or_else(|| fields.at.clone());
        let (key, sets_null) = self.foreign_key_rules(fields);
        let target = self.target(fields)?;
        Some(Reference { key, at, target, sets_null })
    }

    /// One of `[[Model.foreign_keys]]`.
    pub(super) fn foreign_key(
        &mut self,
        model: &Fields,
        value: &Value,
        known: &Known,
    ) -> Option<Reference> {
        let of = format!("a foreign key of {}", model.of);
        let form = "foreign_keys = [{ columns = [\"a\"], references = \"table.column\" }]";
        let keys: [&[&str]; 3] = [&FOREIGN_KEY, &FOREIGN_KEY_RULES, &DIALECTS];
        let fields = self.fields(of, value.span(), value, &keys, form)?;
        let (name, at) = self.own_name(&fields);
        let (mut key, sets_null) = self.foreign_key_rules(&fields);
        key.name = name;
        self.options(&fields, &mut key.options);
        if fields.value("references").is_none() {
            let form = "references = { table = \"user\", columns = [\"id\"] }";
            self.missing(&fields, "references", form);
        }
        let target = self.target(&fields);
        key.columns = self.required_columns(&fields, known)?;
        Some(Reference { key, at, target: target?, sets_null })
    }

    fn foreign_key_rules(&mut self, fields: &Fields) -> (ForeignKey, Vec<(&'static str, Span)>) {
        let mut key = ForeignKey::default();
        let mut sets_null = Vec::new();
        for (word, action) in [("on_delete", &mut key.on_delete), ("on_update", &mut key.on_update)]
        {
            let Some(text) = self.text(fields, word) else { continue };
            match Action::parse(text.get_ref()) {
                Some(read) => *action = read,
                None => self.unknown_word(&text, "action", &Action::ALL.map(|(_, word)| word)),
            }
            if *action == Action::SetNull {
                sets_null.push((word, text.span()));
            }
        }
        let matching = self.word(fields, "match", &["simple", "full", "partial"]);
        key.matching = matching.filter(|word| *word != "simple").map(str::to_owned);
        key.deferrable = self.deferrable(fields);
        (key, sets_null)
    }

    /// `true`, `"initially deferred"` or `"initially immediate"`, which is the same as `true`.
    fn deferrable(&mut self, fields: &Fields) -> Option<Deferrable> {
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

    fn target(&mut self, fields: &Fields) -> Option<Target> {
        let value = fields.value("references")?;
        match value.get_ref() {
            DeValue::String(_) => self.text(fields, "references").map(Target::Text),
            DeValue::Table(_) => {
                let of = format!("`references` of {}", fields.of);
                let form = "references = { table = \"user\", columns = [\"id\"] }";
                let keys: [&[&str]; 1] = [&["table", "columns"]];
                let inner = self.fields(of, value.span(), value, &keys, form)?;
                if inner.value("table").is_none() {
                    self.missing(&inner, "table", form);
                }
                let columns = match inner.value("columns") {
                    Some(_) => self.texts(&inner, "columns"),
                    None => Some(Vec::new()),
                };
                let table = self.name(&inner, "table");
                Some(Target::Table { table: table?, columns: columns?, at: value.span() })
            }
            _ => {
                let message = format!(
                    "`references` of {} must be a column or a table, not {}",
                    fields.of,
                    type_word(value)
                );
                self.mistake(
                    value.span(),
                    message,
                    "write `references = \"table.column\"`".to_owned(),
                );
                None
            }
        }
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
