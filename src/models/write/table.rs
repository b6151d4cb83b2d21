//! One model: a table with everything that belongs to it.

use super::column::{self, Members, deferrable, expression, options, rules, target};
use super::names::{Keys, Said, said};
use super::{Entry, Surroundings};
use crate::document::write::{Fields, Node, index_column};
use crate::schema::{Check, ForeignKey, Index, IndexKey, PrimaryKey, Sql, Table, Unique};

/// The model of `table`.
pub(super) fn entry(table: &Table, around: &mut Surroundings, keys: &mut Keys) -> Entry {
    let (key, says_name) = keys.take(None, &table.name);
    let names = said(table, around);
    let mut fields = Fields::default();
    if !says_name {
        fields.text("table", &table.name.name);
    }
    fields.optional_text("schema", &table.name.schema);
    fields.optional_text("comment", &table.comment);
    let mut parts = Parts::new(table);
    parts.share_out(table, &names, around);
    if let Some(key) = parts.primary_key {
        fields.add("primary_key", primary_key(key, &names));
    }
    options(&mut fields, &table.options);
    if table.columns.is_empty() && table.options.is_empty() {
        // Says that none are meant.
        fields.add(around.dialect, Node::Table(Vec::new()));
    }
    let columns = table
        .columns
        .iter()
        .zip(&parts.members)
        .map(|(it, members)| (it.name.clone(), column::column(table, it, members, around)));
    fields.add("columns", Node::Table(columns.collect()));
    fields.tables("indexes", &parts.indexes, |(it, name)| index(table, it, name, around));
    fields.tables("unique", &parts.uniques, |(it, name)| unique(it, name));
    fields.tables("checks", &parts.checks, |(it, name)| check(table, it, name, around));
    fields.tables("foreign_keys", &parts.foreign_keys, |(it, name)| foreign_key(it, name));
    Entry { section: None, key, schema: table.name.schema.clone(), body: Node::Table(fields.0) }
}

/// Something with the name that is said of it.
type Named<'a, T> = (&'a T, &'a Option<String>);

/// What belongs to a table: said by its columns, or beside them.
struct Parts<'a> {
    members: Vec<Members<'a>>,
    primary_key: Option<&'a PrimaryKey>,
    indexes: Vec<Named<'a, Index>>,
    uniques: Vec<Named<'a, Unique>>,
    checks: Vec<Named<'a, Check>>,
    foreign_keys: Vec<Named<'a, ForeignKey>>,
}

impl<'a> Parts<'a> {
    fn new(table: &Table) -> Parts<'a> {
        Parts {
            members: vec![Members::default(); table.columns.len()],
            primary_key: None,
            indexes: Vec::new(),
            uniques: Vec::new(),
            checks: Vec::new(),
            foreign_keys: Vec::new(),
        }
    }

    /// Gives to the columns what they can say, and keeps the rest.
    fn share_out(&mut self, table: &'a Table, names: &'a Said, around: &mut Surroundings) {
        let place = |columns: &[String]| match columns {
            [name] => table.columns.iter().position(|it| it.name == *name),
            _ => None,
        };
        if let Some(key) = &table.primary_key {
            let is_plain = names.primary_key.is_none() && key.options.is_empty();
            match place(&key.columns).filter(|_| is_plain) {
                Some(at) => self.members[at].primary_key = true,
                None => self.primary_key = Some(key),
            }
        }
        for (index, name) in table.indexes.iter().zip(&names.indexes) {
            let at = plain_column(index).filter(|_| name.is_none());
            match at.and_then(|it| place(&[it])).filter(|at| self.members[*at].index.is_none()) {
                Some(at) => self.members[at].index = Some(index.unique),
                None => self.indexes.push((index, name)),
            }
        }
        for (unique, name) in table.uniques.iter().zip(&names.uniques) {
            let bare = Unique {
                columns: unique.columns.clone(),
                name: unique.name.clone(),
                ..Unique::default()
            };
            let is_plain = name.is_none() && *unique == bare;
            // Beside `index` it would mean an index.
            let is_free =
                |at: &usize| !self.members[*at].unique && self.members[*at].index.is_none();
            match place(&unique.columns).filter(|_| is_plain).filter(is_free) {
                Some(at) => self.members[at].unique = true,
                None => self.uniques.push((unique, name)),
            }
        }
        for (check, name) in table.checks.iter().zip(&names.checks) {
            let at = check_column(check, table).filter(|_| name.is_none());
            match at.filter(|at| self.members[*at].check.is_none()) {
                Some(at) => self.members[at].check = Some(&check.expression),
                None => self.checks.push((check, name)),
            }
        }
        for (key, name) in table.foreign_keys.iter().zip(&names.foreign_keys) {
            if !around.tables.contains(&key.table) {
                around.unsaid.push(stranger(table, key));
                continue;
            }
            let is_plain = name.is_none() && key.options.is_empty();
            let at = place(&key.columns).filter(|_| is_plain);
            match at.filter(|at| self.members[*at].reference.is_none()) {
                Some(at) => self.members[at].reference = Some(key),
                None => self.foreign_keys.push((key, name)),
            }
        }
    }
}

/// A foreign key to a table that no model declares.
fn stranger(table: &Table, key: &ForeignKey) -> String {
    let name = key.name.iter().map(|it| format!(" `{it}`")).collect::<String>();
    format!(
        "foreign key{name} of table `{}`: `{}`, to which it refers, is not in these models",
        table.name, key.table
    )
}

/// The column of an index that is nothing but an index of one column.
fn plain_column(index: &Index) -> Option<String> {
    let [column] = &index.columns[..] else { return None };
    let IndexKey::Column(name) = &column.key else { return None };
    let bare = Index {
        name: index.name.clone(),
        columns: vec![crate::schema::IndexColumn::new(name)],
        unique: index.unique,
        ..Index::default()
    };
    (bare == *index).then(|| name.clone())
}

/// The column that a short check speaks of alone.
fn check_column(check: &Check, table: &Table) -> Option<usize> {
    let columns: Vec<&str> = table.columns.iter().map(|it| it.name.as_str()).collect();
    let mentioned = crate::models::expression::mentioned(&check.expression, &columns);
    let [name] = &mentioned[..] else { return None };
    let is_short = |text: &String| text.len() <= SHORT && !text.contains('\n');
    let Sql { text, dialects } = &check.expression;
    let is_short = text.iter().chain(dialects.values()).all(is_short);
    let at = columns.iter().position(|it| it == name);
    at.filter(|_| is_short && check.options.is_empty())
}

/// The longest expression that stands on the line of its column.
const SHORT: usize = 60;

fn named(name: &Option<String>) -> Fields {
    let mut fields = Fields::default();
    fields.optional_text("name", name);
    fields
}

fn primary_key(key: &PrimaryKey, names: &Said) -> Node {
    if names.primary_key.is_none() && key.options.is_empty() {
        return Node::texts(&key.columns);
    }
    let mut fields = named(&names.primary_key);
    fields.texts("columns", &key.columns);
    options(&mut fields, &key.options);
    Node::Table(fields.0)
}

fn index(table: &Table, index: &Index, name: &Option<String>, around: &Surroundings) -> Fields {
    let mut fields = named(name);
    fields.add("columns", Node::List(index.columns.iter().map(index_column).collect()));
    fields.flag("unique", index.unique);
    if let Some(predicate) = &index.predicate {
        fields.sql("where", &expression(predicate, table, around));
    }
    if !index.include.is_empty() {
        fields.texts("include", &index.include);
    }
    fields.optional_text("using", &index.using);
    fields.optional_text("comment", &index.comment);
    options(&mut fields, &index.options);
    fields
}

fn unique(unique: &Unique, name: &Option<String>) -> Fields {
    let mut fields = named(name);
    fields.texts("columns", &unique.columns);
    deferrable(&mut fields, unique.deferrable);
    options(&mut fields, &unique.options);
    fields
}

fn check(table: &Table, check: &Check, name: &Option<String>, around: &Surroundings) -> Fields {
    let mut fields = named(name);
    fields.sql("expression", &expression(&check.expression, table, around));
    options(&mut fields, &check.options);
    fields
}

fn foreign_key(key: &ForeignKey, name: &Option<String>) -> Fields {
    let mut fields = named(name);
    fields.texts("columns", &key.columns);
    fields.add("references", target(key));
    rules(&mut fields, key);
    options(&mut fields, &key.options);
    fields
}
