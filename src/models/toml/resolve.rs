//! What the models of all files are together: names are unique, foreign keys find their tables.

use std::collections::{BTreeMap, HashMap, HashSet};

use ::toml::Spanned;

use super::model::{Model, brings_columns};
use super::names::give_names;
use super::object::Declaration;
use super::reader::{Span, toml_key};
use super::reference::{Reference, Target};
use crate::diff::Rename;
use crate::error::{Mistake, Place, list, nearest};
use crate::models::Declared;
use crate::models::naming::Naming;
use crate::schema::{Name, Object, ObjectKey, Schema, parse_column};

/// How many tables that are missing get the nearest name as a hint: finding it looks at every
/// table, and where this many are missing it is a file that is.
const NEAREST: usize = 20;

/// Puts models and objects together. With `others` there are tables that they do not declare.
pub(super) fn resolve(
    mut models: Vec<Model>,
    objects: Vec<Declaration>,
    naming: &Naming,
    others: bool,
    mistakes: &mut Vec<Mistake>,
) -> Declared {
    let targets = resolve_references(&models, others, mistakes);
    for (model, targets) in models.iter_mut().zip(targets) {
        let references = std::mem::take(&mut model.references);
        let mut places = Vec::with_capacity(targets.len());
        for (reference, (table, columns)) in references.into_iter().zip(targets) {
            places.push(reference.at);
            let mut key = reference.key;
            (key.table, key.references) = (table, columns);
            model.table.foreign_keys.push(key);
        }
        give_names(model, &places, naming, mistakes);
    }
    unique_relations(&models, &objects, mistakes);
    let shared_index_names = shared_index_names(&models);
    if !others {
        watched_tables(&models, &objects, mistakes);
    }
    let renames = renames(&models, mistakes);
    Declared { shared_index_names, ..declare(models, objects, renames) }
}

/// Notes something wrong.
pub(super) fn mistake(mistakes: &mut Vec<Mistake>, place: Place, message: String, hint: String) {
    mistakes.push(Mistake::new(message, place).hint(hint));
}

/// The place of something in the model's file.
pub(super) fn place(model: &Model, span: Span) -> Place {
    model.place.source.place(span)
}

/// The models by what foreign keys may call them; of two with one name the first.
#[derive(Default)]
struct Tables<'m> {
    /// By the table, as is right.
    by_name: HashMap<&'m Name, &'m Model>,
    /// By the table without its schema.
    by_bare_name: HashMap<&'m str, &'m Model>,
    /// By the key of the model.
    by_key: HashMap<&'m str, &'m Model>,
    /// Whether there are tables beside these.
    others: bool,
    /// The hints for tables that are missing.
    missing: HashMap<Name, String>,
}

/// What each foreign key of each model refers to. One that refers to nothing gets an empty name,
/// and a mistake.
fn resolve_references(
    models: &[Model],
    others: bool,
    mistakes: &mut Vec<Mistake>,
) -> Vec<Vec<(Name, Vec<String>)>> {
    let mut tables = Tables { others, ..Tables::default() };
    for model in models {
        tables.by_name.entry(&model.table.name).or_insert(model);
        tables.by_bare_name.entry(&model.table.name.name).or_insert(model);
        tables.by_key.entry(&model.key).or_insert(model);
    }
    let mut resolve = |model: &Model, reference: &Reference| {
        let found = tables.target(model, reference);
        found.unwrap_or_else(|mistake| {
            mistakes.extend(mistake);
            Default::default()
        })
    };
    models
        .iter()
        .map(|model| model.references.iter().map(|it| resolve(model, it)).collect())
        .collect()
}

impl Tables<'_> {
    /// The table and columns of a foreign key; the error is `None` where another mistake has
    /// been found that explains this one.
    fn target(
        &mut self,
        model: &Model,
        reference: &Reference,
    ) -> Result<(Name, Vec<String>), Option<Mistake>> {
        let wrong = |span: Span, message: String, hint: String| {
            Some(Mistake::new(message, place(model, span)).hint(hint))
        };
        let (table, columns) = self.read_target(&reference.target, &wrong)?;
        let Some(target) = self.by_name.get(&table) else {
            if self.others {
                return Ok((table, columns.into_iter().map(|(column, _)| column).collect()));
            }
            let hint = self.missing_hint(&table);
            let span = match &reference.target {
                Target::Text(text) => text.span(),
                Target::Table { table, .. } => table.span(),
            };
            return Err(wrong(span, format!("no model declares table `{table}`"), hint));
        };
        let has_more = brings_columns(&target.table);
        if target.table.columns.is_empty() && !has_more {
            return Err(None);
        }
        let at = reference.target.at();
        let of = format!("table `{table}`");
        for (column, span) in &columns {
            if !has_more && target.table.column(column).is_none() {
                let names = || target.table.columns.iter().map(|it| it.name.as_str());
                let whole = |near: &str| match reference.target {
                    Target::Text(_) => table.column(near),
                    Target::Table { .. } => near.to_owned(),
                };
                let hint = match nearest(column, names()) {
                    Some(near) => format!("did you mean `{}`?", whole(near)),
                    None => format!("its columns are {}", list(names(), "and")),
                };
                return Err(wrong(span.clone(), format!("{of} has no column `{column}`"), hint));
            }
        }
        let mut columns: Vec<String> = columns.into_iter().map(|(column, _)| column).collect();
        if columns.is_empty() {
            let Some(key) = &target.table.primary_key else {
                let hint = "name a column: `references = \"table.column\"`".to_owned();
                return Err(wrong(at, format!("{of} has no primary key to refer to"), hint));
            };
            columns.clone_from(&key.columns);
        }
        let count = reference.key.columns.len();
        if columns.len() != count {
            let message = format!(
                "{} of table `{}` {} to {} of {of}",
                list(reference.key.columns.iter().map(String::as_str), "and"),
                model.table.name,
                if count == 1 { "refers" } else { "refer" },
                list(columns.iter().map(String::as_str), "and"),
            );
            let hint = format!(
                "name as many columns on both sides, in `[[{}.foreign_keys]]`",
                toml_key(&model.key)
            );
            return Err(wrong(at, message, hint));
        }
        Ok((table, columns))
    }

    /// The names in a target. A text of two parts is a column of a table, or else a table of a
    /// schema: whichever there is.
    #[allow(clippy::type_complexity, reason = "names and places side by side")]
    fn read_target(
        &self,
        target: &Target,
        wrong: &dyn Fn(Span, String, String) -> Option<Mistake>,
    ) -> Result<(Name, Vec<(String, Span)>), Option<Mistake>> {
        match target {
            Target::Table { table, columns, .. } => {
                let name = parse_table(table, wrong)?;
                let columns = columns.iter().map(|it| (it.get_ref().clone(), it.span())).collect();
                Ok((name, columns))
            }
            Target::Text(text) => {
                let column = parse_column(text.get_ref()).ok();
                let table = text.get_ref().parse::<Name>().ok();
                let is_table = |name: &Name| self.by_name.contains_key(name);
                match (column, table) {
                    (None, _) => Ok((parse_table(text, wrong)?, Vec::new())),
                    (Some((name, _)), Some(table)) if is_table(&table) && !is_table(&name) => {
                        Ok((table, Vec::new()))
                    }
                    (Some((name, column)), _) => Ok((name, vec![(column, text.span())])),
                }
            }
        }
    }

    fn missing_hint(&mut self, table: &Name) -> String {
        if let Some(hint) = self.missing.get(table) {
            return hint.clone();
        }
        let hint = self.new_missing_hint(table);
        self.missing.insert(table.clone(), hint.clone());
        hint
    }

    fn new_missing_hint(&self, table: &Name) -> String {
        if let Some(model) = self.by_key.get(table.name.as_str()) {
            return format!("the table of model `{}` is `{}`", model.key, model.table.name);
        }
        let elsewhere = self.by_bare_name.get(table.name.as_str()).copied();
        let nearest = || {
            let mut names: Vec<&str> = self.by_bare_name.keys().copied().collect();
            names.sort_unstable();
            nearest(&table.name, names).and_then(|near| self.by_bare_name.get(near).copied())
        };
        let few = self.missing.len() < NEAREST;
        match elsewhere.or_else(|| if few { nearest() } else { None }) {
            Some(model) => format!("did you mean `{}`?", model.table.name),
            None => "declare a model for it, or look whether `models` in db.toml names its file"
                .to_owned(),
        }
    }
}

fn parse_table(
    text: &Spanned<String>,
    wrong: &dyn Fn(Span, String, String) -> Option<Mistake>,
) -> Result<Name, Option<Mistake>> {
    text.get_ref().parse::<Name>().map_err(|err| {
        let hint = "write `table` or `table.column`; a name with a dot in it stands in double \
                    quotes";
        wrong(text.span(), err.to_string(), hint.to_owned())
    })
}

/// Tables, views and sequences of a schema have different names; any other object has a key of its
/// own.
fn unique_relations(models: &[Model], objects: &[Declaration], mistakes: &mut Vec<Mistake>) {
    let mut seen: HashMap<ObjectKey, (ObjectKey, &Place)> = HashMap::new();
    let table = |model: &Model| ObjectKey {
        kind: "table".into(),
        name: model.table.name.clone(),
        arguments: None,
        table: None,
    };
    let tables = models.iter().map(|it| (table(it), &it.place));
    let objects = objects.iter().map(|it| (it.object.key(), &it.place));
    for (key, place) in tables.chain(objects) {
        let mut shared = key.clone();
        if let "table" | "view" | "materialized_view" | "sequence" = &*key.kind {
            shared.kind = "relation".into();
        }
        let Some((first, at)) = seen.get(&shared) else {
            seen.insert(shared, (key, place));
            continue;
        };
        let what = key.quoted('`');
        let message = match *first == key {
            true => format!("{what} is declared twice; first at {}", at.line()),
            false => {
                let kind = first.kind.replace('_', " ");
                format!("{what} has the name of a {kind}, declared at {}", at.line())
            }
        };
        let hint = match &*key.kind {
            "table" => "give one of them another `table = \"...\"`",
            _ => "give one of them another name",
        };
        mistake(mistakes, place.clone(), message, hint.to_owned());
    }
}

/// Indexes of different tables that share a name: some databases keep all of a schema in one place.
fn shared_index_names(models: &[Model]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut seen: HashMap<(&Option<String>, &str), (&Model, &Span)> = HashMap::new();
    for model in models {
        for (index, at) in model.table.indexes.iter().zip(&model.indexes) {
            let key = (&model.table.name.schema, index.name.as_str());
            let Some((first, span)) = seen.get(&key) else {
                seen.insert(key, (model, at));
                continue;
            };
            if first.table.name == model.table.name {
                continue;
            }
            let message = format!(
                "index `{}` of table `{}` has the name of one of table `{}`, declared at {}",
                index.name,
                model.table.name,
                first.table.name,
                place(first, (*span).clone()).line()
            );
            let hint = "give one of them another `name`".to_owned();
            mistake(&mut mistakes, place(model, at.clone()), message, hint);
        }
    }
    mistakes
}

/// What belongs to a table or view belongs to one that is there.
fn watched_tables(models: &[Model], objects: &[Declaration], mistakes: &mut Vec<Mistake>) {
    let views = objects.iter().filter(|it| matches!(it.object, Object::View(_)));
    let names: HashSet<Name> = models
        .iter()
        .map(|model| model.table.name.clone())
        .chain(views.map(|view| view.object.name()))
        .collect();
    for declaration in objects {
        let (Some(table), Some(at)) = (declaration.object.table(), &declaration.table) else {
            continue;
        };
        if names.contains(table) {
            continue;
        }
        let mut texts: Vec<String> = names.iter().map(Name::to_string).collect();
        texts.sort();
        let hint = match nearest(&table.to_string(), texts.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "declare a model or a view for it".to_owned(),
        };
        let message = format!("no model or view is called `{table}`");
        mistake(mistakes, declaration.place.source.place(at.clone()), message, hint);
    }
}

/// The renames that are meant.
fn renames(models: &[Model], mistakes: &mut Vec<Mistake>) -> Vec<Rename> {
    let mut tables: HashMap<&Name, &Model> = HashMap::new();
    for model in models {
        tables.entry(&model.table.name).or_insert(model);
    }
    let mut seen: HashMap<Name, Place> = HashMap::new();
    let mut renames = Vec::new();
    for model in models {
        let to = &model.table.name;
        if let Some(old) = &model.renamed_from {
            let at = place(model, old.span());
            let from = Name { schema: to.schema.clone(), name: old.get_ref().clone() };
            if let Some(still) = tables.get(&from) {
                let message = format!(
                    "`renamed_from` names table `{from}`, which is still declared at {}",
                    still.place.line()
                );
                let hint = "take `renamed_from` out, or the model that has that table".to_owned();
                mistake(mistakes, at, message, hint);
            } else if let Some(first) = seen.insert(from.clone(), at.clone()) {
                let message = format!(
                    "two models are renamed from `{from}`; the other is at {}",
                    first.line()
                );
                mistake(mistakes, at, message, "only one of them can be it".to_owned());
            } else {
                renames.push(Rename::Table { from, to: to.clone() });
            }
        }
        renames.extend(model.renamed_columns.iter().map(|(from, to)| Rename::Column {
            table: model.table.name.clone(),
            from: from.clone(),
            to: to.clone(),
        }));
    }
    renames
}

fn declare(models: Vec<Model>, objects: Vec<Declaration>, renames: Vec<Rename>) -> Declared {
    let mut declared = Declared { renames, ..Declared::default() };
    let mut places = BTreeMap::new();
    for model in models {
        let name = &model.table.name;
        for (column, at) in model.table.columns.iter().zip(&model.columns) {
            let key = (name.clone(), Some(column.name.clone()));
            places.insert(key, model.place.source.place(at.clone()));
        }
        let given = model.given_names.into_iter();
        declared.given_names.extend(given.map(|it| (name.clone(), it)));
        let fills = model.fills.into_iter();
        declared.fills.extend(fills.map(|(column, value)| ((name.clone(), column), value)));
        places.insert((name.clone(), None), model.place);
        declared.schema.tables.push(model.table);
    }
    for Declaration { object, dialects, .. } in objects {
        if let Some(dialects) = dialects {
            declared.dialects.insert(object.key(), dialects);
        }
        declared.schema.objects.push(object);
    }
    declared.places = places;
    Schema::sort(&mut declared.schema);
    declared
}
