//! Foreign keys of a model, before their targets are looked up.

use ::toml::Spanned;
use ::toml::de::DeValue;

use super::constraint::Known;
use super::reader::{Fields, Reader, Span, Value, type_word};
use crate::dialect;
use crate::schema::{Action, ForeignKey};

const KEYS: [&str; 3] = ["name", "columns", "references"];
const RULES: [&str; 4] = ["on_delete", "on_update", "match", "deferrable"];

/// A foreign key whose target is not looked up yet.
pub(super) struct Reference {
    /// The key; `table` and `references` are not settled.
    pub(super) key: ForeignKey,
    /// Where it is declared.
    pub(super) at: Span,
    /// What it refers to.
    pub(super) target: Target,
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

impl Reader<'_> {
    /// `references` of a column and the rules beside it; the column itself is put in later.
    pub(super) fn reference(&mut self, fields: &Fields) -> Option<Reference> {
        if fields.value("references").is_none() {
            for key in RULES {
                if let Some(at) = fields.key(key) {
                    let message = format!("`{key}` of {} without `references`", fields.of);
                    self.mistake(at, message, "write `references = \"table.column\"`".to_owned());
                }
            }
            return None;
        }
        let at = fields.key("references").unwrap_or_else(|| fields.at.clone());
        let key = self.foreign_key_rules(fields);
        let target = self.target(fields)?;
        Some(Reference { key, at, target })
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
        let keys: [&[&str]; 3] = [&KEYS, &RULES, &dialect::NAMES];
        let fields = self.fields(of, value.span(), value, &keys, form)?;
        let (name, at) = self.own_name(&fields);
        let mut key = self.foreign_key_rules(&fields);
        key.name = name;
        self.options(&fields, &mut key.options);
        if fields.value("references").is_none() {
            let form = "references = { table = \"user\", columns = [\"id\"] }";
            self.missing(&fields, "references", form);
        }
        let target = self.target(&fields);
        key.columns = self.required_columns(&fields, known)?;
        Some(Reference { key, at, target: target? })
    }

    fn foreign_key_rules(&mut self, fields: &Fields) -> ForeignKey {
        let mut key = ForeignKey::default();
        for (word, action) in [("on_delete", &mut key.on_delete), ("on_update", &mut key.on_update)]
        {
            let Some(text) = self.text(fields, word) else { continue };
            match Action::parse(text.get_ref()) {
                Some(read) => *action = read,
                None => self.unknown_word(&text, "action", &Action::ALL.map(|(_, word)| word)),
            }
        }
        let matching = self.word(fields, "match", &["simple", "full", "partial"]);
        key.matching = matching.filter(|word| *word != "simple").map(str::to_owned);
        key.deferrable = self.deferrable(fields);
        key
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
