//! One column of a model.

use std::collections::BTreeMap;

use ::toml::Spanned;
use ::toml::de::DeValue;

use super::reader::{Fields, Reader, Span, Value, toml_key, type_word};
use super::reference::Reference;
use crate::dialect;
use crate::schema::{
    Column, Generated, Identity, Name, SequenceOptions, Sql, Type, Value as Default,
};

const KEYS: [&str; 19] = [
    "type",
    "primary_key",
    "nullable",
    "default",
    "fill",
    "unique",
    "index",
    "references",
    "on_delete",
    "on_update",
    "match",
    "deferrable",
    "check",
    "generated",
    "collation",
    "comment",
    "autoincrement",
    "identity",
    "renamed_from",
];

/// The keys that say how a sequence or an identity counts.
pub(super) const SEQUENCE_KEYS: [&str; 6] = ["start", "increment", "min", "max", "cache", "cycle"];

/// A column as its file says it, with what the rules of its table decide later.
pub(super) struct Draft {
    /// The column; whether it may be NULL and numbers itself is not settled yet.
    pub(super) column: Column,
    /// Where its name is written.
    pub(super) at: Span,
    /// What `nullable` says.
    pub(super) nullable: Option<Spanned<bool>>,
    /// Where it says that it is in the primary key.
    pub(super) primary_key: Option<Span>,
    /// Where it asks for an index.
    pub(super) index: Option<Span>,
    /// Where it says that its values are unique.
    pub(super) unique: Option<Span>,
    /// What `autoincrement` says.
    pub(super) autoincrement: Option<Spanned<bool>>,
    /// Where `default` is written.
    pub(super) default_at: Option<Span>,
    /// What rows get that have no value when it must have one.
    pub(super) fill: Option<Default>,
    /// What computes it.
    pub(super) expression: Option<Spanned<Sql>>,
    /// What it refers to.
    pub(super) reference: Option<Reference>,
    /// What must hold for its values.
    pub(super) check: Option<Spanned<Sql>>,
    /// The name it had.
    pub(super) renamed_from: Option<Spanned<String>>,
}

impl Draft {
    fn new(name: &str, at: Span) -> Draft {
        Draft {
            column: Column::new(name, unknown()),
            at,
            nullable: None,
            primary_key: None,
            index: None,
            unique: None,
            autoincrement: None,
            default_at: None,
            fill: None,
            expression: None,
            reference: None,
            check: None,
            renamed_from: None,
        }
    }
}

/// Stands for a type that could not be read: no rule about types says anything about it.
fn unknown() -> Type {
    Type::Native { dialects: BTreeMap::new(), default: None }
}

impl Reader<'_> {
    /// The column `name` of `table`. What could not be read of it is left out, so that others
    /// can still speak of the column.
    pub(super) fn column(&mut self, table: &Name, name: &str, at: Span, value: &Value) -> Draft {
        let mut draft = Draft::new(name, at.clone());
        let of = format!("column `{}`", table.column(name));
        if name.is_empty() {
            self.mistake(at.clone(), "a column without a name", "name it".to_owned());
        }
        let _ = self.storable(name, at.clone());
        match value.get_ref() {
            DeValue::String(_) => {
                if let Some(ty) = self.ty(&of, "type", value) {
                    draft.column.ty = ty;
                }
            }
            DeValue::Table(_) => {
                let form = "column = { type = \"string(64)\" }";
                let keys: [&[&str]; 2] = [&KEYS, &dialect::NAMES];
                if let Some(fields) = self.fields(of, at, value, &keys, form) {
                    self.long_form(&fields, &mut draft);
                }
            }
            _ => {
                let message = format!("{of} must be a type or a table, not {}", type_word(value));
                let key = toml_key(name);
                let hint = format!(
                    "write `{key} = \"string(64)\"` or `{key} = {{ type = \"string(64)\" }}`"
                );
                self.mistake(value.span(), message, hint);
            }
        }
        draft
    }

    fn long_form(&mut self, fields: &Fields, draft: &mut Draft) {
        match fields.value("type") {
            Some(ty) => {
                if let Some(ty) = self.ty(&fields.of, "type", ty) {
                    draft.column.ty = ty;
                }
            }
            None => self.missing(fields, "type", "type = \"string(64)\""),
        }
        draft.primary_key = self.flag(fields, "primary_key");
        draft.nullable = self.boolean(fields, "nullable");
        draft.index = self.flag(fields, "index");
        draft.unique = self.flag(fields, "unique");
        draft.autoincrement = self.boolean(fields, "autoincrement");
        draft.renamed_from = self.name(fields, "renamed_from");
        draft.check = self.sql(fields, "check");
        draft.reference = self.reference(fields);
        let column = &mut draft.column;
        column.collation = self.name(fields, "collation").map(Spanned::into_inner);
        column.comment = self.text(fields, "comment").map(Spanned::into_inner);
        self.options(fields, &mut column.options);
        if let Some((expression, stored)) = self.generated(fields) {
            column.generated = Some(Generated { expression: expression.get_ref().clone(), stored });
            draft.expression = Some(expression);
        }
        column.identity = self.identity(fields);
        if let Some(value) = fields.value("default") {
            draft.default_at = Some(value.span());
            column.default = self.value(fields, "default", &column.ty, value);
        }
        if let Some(value) = fields.value("fill") {
            draft.fill = self.value(fields, "fill", &column.ty, value);
        }
        self.no_two_sources(fields, draft);
    }

    /// A value of the column, which its type must take.
    fn value(&mut self, fields: &Fields, key: &str, ty: &Type, value: &Value) -> Option<Default> {
        let read = self.literal(&fields.of, key, value)?;
        self.fits(&fields.of, key, ty, &read, value.span());
        Some(read)
    }

    /// Where `key` is true.
    fn flag(&mut self, fields: &Fields, key: &str) -> Option<Span> {
        self.boolean(fields, key).filter(|it| *it.get_ref()).map(|it| it.span())
    }

    /// The expression of a generated column, and whether its value is stored.
    fn generated(&mut self, fields: &Fields) -> Option<(Spanned<Sql>, bool)> {
        let value = fields.value("generated")?;
        let of = format!("`generated` of {}", fields.of);
        let form = "generated = { sql = \"price * amount\", stored = true }";
        let keys: [&[&str]; 1] = [&["sql", "expression", "stored"]];
        let inner = self.fields(of, value.span(), value, &keys, form)?;
        let stored = self.boolean(&inner, "stored").is_some_and(Spanned::into_inner);
        let expression = match (inner.value("sql"), inner.value("expression")) {
            (None, None) => {
                self.missing(&inner, "sql", form);
                None
            }
            (Some(_), Some(_)) => {
                let at = inner.key("expression").unwrap_or_else(|| inner.at.clone());
                let message = format!("{} has both `sql` and `expression`", inner.of);
                self.mistake(at, message, "they mean the same; keep one".to_owned());
                None
            }
            (Some(_), None) => self.sql(&inner, "sql"),
            (None, Some(_)) => self.sql(&inner, "expression"),
        };
        Some((expression?, stored))
    }

    fn identity(&mut self, fields: &Fields) -> Option<Identity> {
        let value = fields.value("identity")?;
        let of = format!("`identity` of {}", fields.of);
        let keys: [&[&str]; 2] = [&["always"], &SEQUENCE_KEYS];
        let form = "identity = { always = true, start = 1000 }";
        let inner = self.fields(of, value.span(), value, &keys, form)?;
        let always = self.boolean(&inner, "always").is_some_and(Spanned::into_inner);
        Some(Identity { always, options: self.sequence_options(&inner) })
    }

    /// How a sequence counts.
    pub(super) fn sequence_options(&mut self, fields: &Fields) -> SequenceOptions {
        SequenceOptions {
            start: self.integer(fields, "start"),
            increment: self.integer(fields, "increment"),
            min: self.integer(fields, "min"),
            max: self.integer(fields, "max"),
            cache: self.integer(fields, "cache"),
            cycle: self.boolean(fields, "cycle").is_some_and(Spanned::into_inner),
        }
    }

    /// A column gets its value from one place: a default, an expression or its own numbers.
    fn no_two_sources(&mut self, fields: &Fields, draft: &Draft) {
        let numbers = draft.autoincrement.as_ref().is_some_and(|it| *it.get_ref());
        let given = |key: &'static str| fields.key(key).map(|at| (key, at));
        let numbering = if numbers { given("autoincrement") } else { None };
        let sources = [given("default"), given("generated"), given("identity"), numbering];
        let mut sources = sources.into_iter().flatten();
        let Some((first, _)) = sources.next() else { return };
        for (other, at) in sources {
            let message = format!("{} has both `{first}` and `{other}`", fields.of);
            let hint = match (first, other) {
                ("identity", _) => "they mean the same; keep `identity`",
                (_, "generated") => "a generated column takes no default; keep one of the two",
                _ => "a column gets its value from one of them; keep one",
            };
            self.mistake(at, message, hint.to_owned());
        }
    }
}
