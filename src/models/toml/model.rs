//! One model: a table with its columns, keys, constraints and indexes.

use std::collections::HashMap;

use ::toml::Spanned;
use ::toml::de::DeValue;

use super::column;
use super::constraint::{Known, Placed};
use super::reader::{Fields, Reader, Span, Value, toml_key};
use super::reference::Reference;
use crate::dialect;
use crate::error::{Place, nearest};
use crate::models::naming::table_name;
use crate::schema::{
    Check, Column, Identity, Index, IndexColumn, Name, Options, PrimaryKey, Table, Type, Unique,
    Value as Default,
};

const KEYS: [&str; 11] = [
    "table",
    "schema",
    "comment",
    "columns",
    "primary_key",
    "indexes",
    "unique",
    "checks",
    "foreign_keys",
    "options",
    "renamed_from",
];

/// A model as its file says it. Its constraints may lack names and its foreign keys do not know
/// yet what they refer to: that takes the other models.
pub(super) struct Model {
    /// The key of the model: `User`.
    pub(super) key: String,
    /// Where it is declared.
    pub(super) place: Place,
    /// Its table, without foreign keys. An index without a name has an empty one.
    pub(super) table: Table,
    /// Where the columns are, in their order.
    pub(super) columns: Vec<Span>,
    /// Where the primary key is.
    pub(super) primary_key: Option<Span>,
    /// Where the unique constraints are, in their order.
    pub(super) uniques: Vec<Span>,
    /// Where the indexes are, in their order.
    pub(super) indexes: Vec<Span>,
    /// Where the checks are, in their order.
    pub(super) checks: Vec<Span>,
    /// The foreign keys.
    pub(super) references: Vec<Reference>,
    /// The name the table had.
    pub(super) renamed_from: Option<Spanned<String>>,
    /// The names that columns had: old, new.
    pub(super) renamed_columns: Vec<(String, String)>,
    /// The names that are not made by the naming convention.
    pub(super) given_names: Vec<String>,
    /// What rows get in columns that come to need a value.
    pub(super) fills: Vec<(String, Default)>,
}

impl Reader<'_> {
    /// The model `key`, unless it is no model at all.
    pub(super) fn model(
        &mut self,
        key: &str,
        at: Span,
        value: &Value,
        sections: &[&str],
    ) -> Option<Model> {
        let of = format!("model `{key}`");
        let form = format!("[{}.columns]", toml_key(key));
        if let DeValue::Table(table) = value.get_ref()
            && !table.contains_key("columns")
            && let Some(section) = nearest(key, sections.iter().copied())
        {
            let hint = format!("did you mean the section `{section}`?");
            self.mistake(at, format!("{of} has no `columns`"), hint);
            return None;
        }
        let fields = self.fields(of, at.clone(), value, &[&KEYS, &dialect::NAMES], &form)?;
        if fields.value("columns").is_none() && !fields.misspells("columns") {
            let hint = format!("give it a table `{form}` with a line a column");
            self.mistake(at.clone(), format!("{} has no `columns`", fields.of), hint);
        }
        let name = self.table_name(&fields, key);
        let mut model = Model {
            key: key.to_owned(),
            place: self.source.place(at),
            table: Table { name, ..Table::default() },
            columns: Vec::new(),
            primary_key: None,
            uniques: Vec::new(),
            indexes: Vec::new(),
            checks: Vec::new(),
            references: Vec::new(),
            renamed_from: self.name(&fields, "renamed_from"),
            renamed_columns: Vec::new(),
            given_names: Vec::new(),
            fills: Vec::new(),
        };
        model.table.comment = self.text(&fields, "comment").map(Spanned::into_inner);
        self.options(&fields, &mut model.table.options);
        self.nested_options(&fields, &mut model.table.options);
        let drafts = self.column_drafts(&fields, &model.table.name, key);
        if !drafts.is_empty() || brings_columns(&model.table) {
            self.members(&fields, drafts, &mut model);
        }
        Some(model)
    }

    fn table_name(&mut self, fields: &Fields, key: &str) -> Name {
        let given = self.name(fields, "table").map(Spanned::into_inner);
        let schema = self.name(fields, "schema").map(Spanned::into_inner);
        let name = given.unwrap_or_else(|| table_name(key));
        if name.is_empty() && fields.value("table").is_none() {
            let hint = "write `table = \"...\"`".to_owned();
            self.mistake(
                fields.at.clone(),
                "a model with an empty name does not say what its table is called",
                hint,
            );
        }
        let _ = self.storable(key, fields.at.clone());
        Name { schema, name }
    }

    /// `options = { sqlite = { ... } }`: the same as `sqlite = { ... }` beside it.
    fn nested_options(&mut self, fields: &Fields, options: &mut Options) {
        let Some(value) = fields.value("options") else { return };
        let of = format!("`options` of {}", fields.of);
        let form = "options = { sqlite = { name = \"value\" } }";
        if let Some(inner) = self.fields(of, value.span(), value, &[&dialect::NAMES], form) {
            self.options(&inner, options);
        }
    }

    fn column_drafts(&mut self, fields: &Fields, table: &Name, model: &str) -> Vec<column::Draft> {
        let Some(value) = fields.value("columns") else { return Vec::new() };
        let DeValue::Table(columns) = value.get_ref() else {
            let form = format!("[{}.columns]", toml_key(model));
            self.wrong(&fields.of, "columns", value, "a table", form);
            return Vec::new();
        };
        // A database may give a table the columns of another, and says so with an option.
        let has_options =
            dialect::NAMES.iter().chain(&["options"]).any(|it| fields.value(it).is_some());
        if columns.is_empty() && !has_options {
            let at = fields.key("columns").unwrap_or_else(|| value.span());
            let hint = "write a line for each column, like `id = { type = \"integer\", \
                        primary_key = true }`";
            self.mistake(at, format!("{} has no columns", fields.of), hint.to_owned());
        }
        let mut drafts: Vec<_> = columns
            .iter()
            .map(|(key, value)| self.column(table, key.get_ref(), key.span(), value))
            .collect();
        // Headers like `[User.columns.id]` may come back to a column, which then stands last.
        drafts.sort_by_key(|draft| draft.at.start);
        drafts
    }

    /// Everything that belongs to the table, in an order in which each knows what it needs.
    fn members(&mut self, fields: &Fields, mut drafts: Vec<column::Draft>, model: &mut Model) {
        let of = format!("table `{}`", model.table.name);
        let names: Vec<String> = drafts.iter().map(|it| it.column.name.clone()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let known = Known { of: &of, columns: &names, has_more: brings_columns(&model.table) };
        let table_key = self.primary_key(fields, &known);
        let key = self.one_primary_key(&drafts, table_key, fields);
        model.primary_key = key.as_ref().map(|key| key.at.clone());
        model.table.primary_key = key.map(|key| key.item);
        self.column_members(&mut drafts, model, &known);
        self.table_members(fields, model, &known);
        for draft in &mut drafts {
            self.settle(draft, model);
        }
        self.column_renames(&drafts, model);
        let fill =
            |draft: &mut column::Draft| Some((draft.column.name.clone(), draft.fill.take()?));
        model.fills = drafts.iter_mut().filter_map(fill).collect();
        model.columns = drafts.iter().map(|draft| draft.at.clone()).collect();
        // Collected, they would keep the room of the drafts, which are three times as large.
        model.table.columns.reserve_exact(drafts.len());
        model.table.columns.extend(drafts.into_iter().map(|draft| draft.column));
    }

    /// The primary key that the columns or the table declare, but not both.
    fn one_primary_key(
        &mut self,
        drafts: &[column::Draft],
        table_key: Option<Placed<PrimaryKey>>,
        fields: &Fields,
    ) -> Option<Placed<PrimaryKey>> {
        let flagged = || drafts.iter().filter(|draft| draft.primary_key.is_some());
        let at = flagged().find_map(|draft| draft.primary_key.clone());
        match (at, fields.key("primary_key")) {
            (Some(at), Some(whole)) => {
                let place = self.source.place(at);
                let message =
                    format!("{} has two primary keys; the other is at {}", fields.of, place.line());
                let hint = "keep `primary_key` of the columns or that of the model".to_owned();
                self.mistake(whole, message, hint);
                table_key
            }
            (Some(at), None) => {
                let columns = flagged().map(|draft| draft.column.name.clone()).collect();
                Some(Placed { item: PrimaryKey { columns, ..PrimaryKey::default() }, at })
            }
            (None, _) => table_key,
        }
    }

    /// What the columns say about keys, indexes and checks.
    fn column_members(&mut self, drafts: &mut [column::Draft], model: &mut Model, known: &Known) {
        for draft in drafts {
            let name = draft.column.name.clone();
            match (&draft.index, &draft.unique) {
                (Some(at), unique) => {
                    let columns = vec![IndexColumn::new(&name)];
                    let unique = unique.is_some();
                    model.table.indexes.push(Index { columns, unique, ..Index::default() });
                    model.indexes.push(at.clone());
                }
                (None, Some(at)) => {
                    let columns = vec![name.clone()];
                    model.table.uniques.push(Unique { columns, ..Unique::default() });
                    model.uniques.push(at.clone());
                }
                (None, None) => {}
            }
            if let Some(check) = draft.check.take() {
                self.spelling(&check, known);
                model.checks.push(check.span());
                let expression = check.into_inner();
                model.table.checks.push(Check { expression, ..Check::default() });
            }
            if let Some(expression) = &draft.expression {
                self.spelling(expression, known);
            }
            if let Some(mut reference) = draft.reference.take() {
                reference.key.columns = vec![name];
                model.references.push(reference);
            }
        }
    }

    /// What stands beside the columns.
    fn table_members(&mut self, fields: &Fields, model: &mut Model, known: &Known) {
        let key = model.key.clone();
        for value in self.tables(fields, "indexes", &key) {
            if let Some(Placed { item, at }) = self.index(fields, value, known) {
                model.table.indexes.push(item);
                model.indexes.push(at);
            }
        }
        for value in self.tables(fields, "unique", &key) {
            if let Some(Placed { item, at }) = self.unique(fields, value, known) {
                model.table.uniques.push(item);
                model.uniques.push(at);
            }
        }
        for value in self.tables(fields, "checks", &key) {
            if let Some(Placed { item, at }) = self.check(fields, value, known) {
                model.table.checks.push(item);
                model.checks.push(at);
            }
        }
        for value in self.tables(fields, "foreign_keys", &key) {
            model.references.extend(self.foreign_key(fields, value, known));
        }
    }

    /// What the rules of the table make of a column: whether it may be NULL, whether it numbers
    /// itself.
    fn settle(&mut self, draft: &mut column::Draft, model: &Model) {
        let name = draft.column.name.clone();
        if draft.column.identity.is_none() && self.numbers_itself(draft, model) {
            draft.column.identity = Some(Identity::default());
        }
        let column = &mut draft.column;
        let key = model.table.primary_key.as_ref();
        let in_key = key.is_some_and(|key| key.columns.contains(&name));
        if let Some(nullable) = draft.nullable.as_ref().filter(|it| *it.get_ref() && in_key) {
            let message = format!(
                "column `{}` is in the primary key and nullable",
                model.table.name.column(&name)
            );
            self.mistake(nullable.span(), message, "take `nullable = true` out".to_owned());
        }
        let nullable = draft.nullable.as_ref().map(|it| *it.get_ref());
        column.nullable = nullable.unwrap_or(!in_key && column.identity.is_none()) && !in_key;
    }

    /// An integer that is the whole primary key numbers itself, unless something else gives it
    /// its value, as in SQLAlchemy
    /// (<https://docs.sqlalchemy.org/en/20/core/metadata.html#sqlalchemy.schema.Column.params.autoincrement>).
    fn numbers_itself(&mut self, draft: &column::Draft, model: &Model) -> bool {
        let Column { name, ty, generated, .. } = &draft.column;
        match draft.autoincrement.as_ref().map(|it| (*it.get_ref(), it.span())) {
            Some((true, at)) => {
                if !ty.is_integer() && !matches!(ty, Type::Native { .. }) {
                    let column = model.table.name.column(name);
                    let message = format!("column `{column}` numbers itself and is `{ty}`");
                    let hint = "make it `integer`, or take `autoincrement` out".to_owned();
                    self.mistake(at, message, hint);
                }
                true
            }
            Some((false, _)) => false,
            None => {
                let refers = |it: &Reference| it.key.columns.contains(name);
                ty.is_integer()
                    && model.table.is_sole_key(name)
                    && draft.default_at.is_none()
                    && generated.is_none()
                    && !model.references.iter().any(refers)
            }
        }
    }

    fn column_renames(&mut self, drafts: &[column::Draft], model: &mut Model) {
        let table = model.table.name.clone();
        let mut seen: HashMap<String, Span> = HashMap::new();
        for draft in drafts {
            let Some(old) = &draft.renamed_from else { continue };
            let (from, to) = (old.get_ref(), &draft.column.name);
            if let Some(still) = drafts.iter().find(|it| it.column.name == *from) {
                let place = self.source.place(still.at.clone());
                let message = format!(
                    "`renamed_from` names column `{}`, which is still declared at {}",
                    table.column(from),
                    place.line()
                );
                let hint = "take `renamed_from` out, or the column that has that name".to_owned();
                self.mistake(old.span(), message, hint);
            } else if let Some(first) = seen.insert(from.clone(), old.span()) {
                let place = self.source.place(first);
                let message = format!(
                    "two columns are renamed from `{}`; the other is at {}",
                    table.column(from),
                    place.line()
                );
                self.mistake(old.span(), message, "only one of them can be it".to_owned());
            } else {
                model.renamed_columns.push((from.clone(), to.clone()));
            }
        }
    }
}

/// Whether a table has columns that it does not say: those of another.
pub(super) fn brings_columns(table: &Table) -> bool {
    dialect::BRING_COLUMNS.iter().any(|it| table.options.contains_key(*it))
}
