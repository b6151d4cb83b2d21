//! What a declaration becomes in SQLite.
//!
//! The declared objects are spelled as they would be made, and read as `inspect` reads them: what
//! SQLite lacks is gone, and what it stores alike is alike. Before that every part is asked
//! whether SQLite can hold it, so that a person sees all mistakes at once.

use std::collections::HashMap;

use super::ddl::{CreateTrigger, trim};
use super::inspect::{Row, RowKind, schema};
use super::options::{self, AUTOINCREMENT, COLUMNS, STRICT, TYPE, WITHOUT_ROWID};
use super::types::quote;
use super::{create, key};
use crate::dialect::Unsupported;
use crate::error::nearest;
use crate::schema::sql::tokens;
use crate::schema::{
    Column, Identity, Index, IndexKey, Name, Object, PrimaryKey, Schema, SequenceOptions, Source,
    Sql, Table, Trigger, Type, TypeOf, Value, View,
};

/// What `inspect` would report of a database made from `declared`.
///
/// # Errors
/// All that SQLite cannot hold, in the order of the declaration.
pub fn normalize(declared: &Schema) -> Result<Schema, Vec<Unsupported>> {
    let mut normalizing = Normalizing::default();
    for table in &declared.tables {
        normalizing.table(table);
    }
    for object in &declared.objects {
        normalizing.object(object);
    }
    let Normalizing { rows, mut errors, .. } = normalizing;
    if !errors.is_empty() {
        return Err(errors);
    }
    match schema(rows) {
        Ok(mut schema) => {
            for table in &mut schema.tables {
                table.source = Source(None);
                for index in &mut table.indexes {
                    index.source = Source(None);
                }
            }
            Ok(schema)
        }
        Err(err) => {
            errors.push(Unsupported::new(err.to_string(), None));
            Err(errors)
        }
    }
}

/// Lets `schema` say as `live` does what means the same: the word for a type, and whether a column of
/// a primary key is said to be never NULL.
pub(super) fn adopt(schema: &mut Schema, live: &Schema) {
    for table in &mut schema.tables {
        let Some(there) = live.table(&table.name) else { continue };
        let key = table.primary_key.clone().filter(|_| there.primary_key.is_some());
        for column in &mut table.columns {
            let Some(found) = there.column(&column.name) else { continue };
            let word = found.options.get(TYPE).filter(|_| found.ty == column.ty);
            if let Some(word) = word.filter(|_| !column.options.contains_key(TYPE)) {
                column.options.insert(TYPE.to_owned(), word.clone());
            }
            let is_key = |key: &PrimaryKey| key.columns.contains(&column.name);
            if key.as_ref().is_some_and(is_key) && there.primary_key.as_ref().is_some_and(is_key) {
                column.nullable |= found.nullable;
            }
        }
    }
}

/// The objects spelled so far, and what SQLite cannot hold of them.
#[derive(Default)]
struct Normalizing {
    rows: Vec<Row>,
    errors: Vec<Unsupported>,
    /// Kind and name of every object by its name in lower case. SQLite keeps tables, views and
    /// indexes in one name space, and triggers in another.
    names: HashMap<String, (&'static str, String)>,
}

impl Normalizing {
    fn table(&mut self, table: &Table) {
        let before = self.errors.len();
        self.take_name("table", &table.name.name, Some(&table.name));
        let made = create::table(table);
        if made.is_err() {
            self.parts(table);
        }
        for (place, column) in table.columns.iter().enumerate() {
            self.column(table, place, column);
        }
        self.constraints(table);
        if let Some(sql) = self.part(table, None, made)
            && self.errors.len() == before
        {
            self.row(RowKind::Table, &table.name.name, &table.name.name, sql);
        }
        for index in &table.indexes {
            self.index(table, index);
        }
        let place = |column: &String| table.columns.iter().position(|it| it.name == *column);
        let order = |err: &Unsupported| err.column.as_ref().and_then(place).unwrap_or(usize::MAX);
        self.errors[before..].sort_by_key(order);
    }

    /// Asks for the parts of a table one by one, where the whole tells only what is wrong with
    /// the first.
    fn parts(&mut self, table: &Table) {
        self.part(table, None, create::name(&table.name));
        let known = [STRICT, WITHOUT_ROWID, AUTOINCREMENT];
        self.part(table, None, options::known(&table.options, "a table", &known));
        for column in &table.columns {
            self.part(table, Some(&column.name), create::column(table, column));
        }
        if let Some(key) = &table.primary_key {
            self.part(table, None, create::primary_key(key));
        }
        for unique in &table.uniques {
            self.part(table, None, create::unique(unique));
        }
        for key in &table.foreign_keys {
            self.part(table, None, create::foreign_key(key));
        }
    }

    fn column(&mut self, table: &Table, place: usize, column: &Column) {
        let about = Some(column.name.as_str());
        let same = |other: &&Column| other.name.eq_ignore_ascii_case(&column.name);
        if let Some(other) = table.columns[..place].iter().find(same) {
            let what =
                format!("SQLite takes `{}` and `{}` for one column", other.name, column.name);
            let hint = "give one of them another name".to_owned();
            self.part::<()>(table, about, Err(Unsupported::new(what, hint)));
        }
        self.part(table, about, collation(column.collation.as_deref()));
        self.part(table, about, identity(column));
        self.part(table, about, generated(table, column));
        if let Some(Value::Expression(sql)) = &column.default {
            self.part(table, about, whole(sql, "default"));
        }
        if let Some(generated) = &column.generated {
            self.part(table, about, whole(&generated.expression, "generated column"));
        }
    }

    fn constraints(&mut self, table: &Table) {
        if !table.columns.is_empty() && table.columns.iter().all(|it| it.generated.is_some()) {
            let what = "SQLite has no tables of generated columns alone";
            let hint = "give it a column that is stored as it comes".to_owned();
            self.part::<()>(table, None, Err(Unsupported::new(what, hint)));
        }
        if table.primary_key.is_none() && options::is_on(&table.options, WITHOUT_ROWID) {
            let what = "a table of SQLite without rowids has a primary key";
            let hint = format!("give it one, or leave `{WITHOUT_ROWID}` out");
            self.part::<()>(table, None, Err(Unsupported::new(what, hint)));
        }
        for check in &table.checks {
            let named = |name: &String| format!("check `{name}`");
            let of = check.name.as_ref().map_or_else(|| "check".to_owned(), named);
            self.part(table, None, options::known(&check.options, &format!("the {of}"), &[]));
            self.part(table, None, whole(&check.expression, &of));
        }
    }

    fn index(&mut self, table: &Table, index: &Index) {
        let before = self.errors.len();
        self.take_name("index", &index.name, Some(&table.name));
        let mut fits = true;
        for column in &index.columns {
            self.part(table, None, collation(column.collation.as_deref()));
            if let IndexKey::Expression(sql) = &column.key {
                let of = format!("column of index `{}`", index.name);
                fits &= self.part(table, None, whole(sql, &of)).is_some();
            }
        }
        if let Some(predicate) = &index.predicate {
            let of = format!("predicate of index `{}`", index.name);
            fits &= self.part(table, None, whole(predicate, &of)).is_some();
        }
        if fits
            && let Some(sql) = self.part(table, None, create::index(&table.name, index))
            && self.errors.len() == before
        {
            self.row(RowKind::Index, &index.name, &table.name.name, sql);
        }
    }

    fn object(&mut self, object: &Object) {
        match object {
            Object::View(view) if !view.materialized => self.view(view),
            Object::Trigger(trigger) => self.trigger(trigger),
            Object::View(it) => self.lacks("materialized views", "materialized view", &it.name),
            Object::Namespace(it) => self.lacks("schemas", "schema", &Name::new(&it.name)),
            Object::Extension(it) => self.lacks("extensions", "extension", &Name::new(&it.name)),
            Object::Enum(it) => self.lacks("shared enums", "enum", &it.name),
            Object::Sequence(it) => self.lacks("sequences", "sequence", &it.name),
            Object::Function(it) => self.lacks("stored functions", "function", &it.name),
            Object::Definition(it) => self.lacks("objects of this kind", &it.kind, &it.name),
        }
    }

    fn lacks(&mut self, kinds: &str, kind: &str, name: &Name) {
        let what = format!("SQLite has no {kinds} ({kind} `{name}`)");
        let hint = match kind {
            "enum" => {
                "write the values in the columns, `enum(a, b)`, \
                       or declare it with `dialects = [\"postgres\"]`"
            }
            "materialized view" => "make it a view, or declare it with `dialects = [\"postgres\"]`",
            _ => "declare it with `dialects = [\"postgres\"]`",
        };
        self.errors.push(Unsupported::new(what, hint.to_owned()));
    }

    fn view(&mut self, view: &View) {
        let before = self.errors.len();
        self.take_name("view", &view.name.name, None);
        self.free(create::name(&view.name));
        self.free(options::known(&view.options, "a view", &[COLUMNS]));
        let of = format!("the query of view `{}`", view.name);
        let query = self.free(create::expression(&view.definition, &of));
        if let Some(query) = query.filter(|_| self.errors.len() == before) {
            let columns = options::text(&view.options, COLUMNS);
            let columns = columns.map(|columns| format!(" ({})", key::names(columns)));
            let columns = columns.unwrap_or_default();
            let query = without_end(query);
            let sql = format!("CREATE VIEW {}{columns} AS {query}", quote(&view.name.name));
            self.row(RowKind::View, &view.name.name, &view.name.name, sql);
        }
    }

    /// SQLite keeps a trigger's text from its name on.
    fn trigger(&mut self, trigger: &Trigger) {
        let name = &trigger.name;
        self.take_name("trigger", &name.name, None);
        self.free(create::name(name));
        self.free(create::name(&trigger.table));
        let of = format!("the text of trigger `{name}`");
        let Some(text) = self.free(create::expression(&trigger.definition, &of)) else { return };
        let read = match CreateTrigger::parse(text) {
            Ok(read) => read,
            Err(err) => {
                let what = format!("{of} is no `CREATE TRIGGER` statement: {err}");
                let hint = "it begins with `CREATE TRIGGER` and ends with `END`".to_owned();
                self.errors.push(Unsupported::new(what, hint));
                return;
            }
        };
        for (of, declared, written) in [
            ("makes a trigger", &name.name, &read.name.name),
            ("watches", &trigger.table.name, &read.table.name),
        ] {
            if !declared.eq_ignore_ascii_case(written) {
                let what = format!("the text of trigger `{name}` {of} `{written}`");
                let hint = format!("it is declared with `{declared}`; write the same in both");
                self.errors.push(Unsupported::new(what, hint));
            }
        }
        let sql = format!("CREATE TRIGGER {}", without_end(&text[read.name.span.start..]));
        self.row(RowKind::Trigger, &name.name, &trigger.table.name, sql);
    }

    fn row(&mut self, kind: RowKind, name: &str, table: &str, sql: String) {
        self.rows.push(Row { kind, name: name.to_owned(), table: table.to_owned(), sql });
    }

    /// Notes the name of an object.
    fn take_name(&mut self, kind: &'static str, name: &str, table: Option<&Name>) {
        let mut lower = name.to_ascii_lowercase();
        let mut unsupported = |what: String, hint: &str| {
            let err = Unsupported::new(what, hint.to_owned());
            self.errors.push(Unsupported { table: table.cloned(), ..err });
        };
        if lower.starts_with("sqlite_") {
            let what =
                format!("SQLite keeps names that begin with `sqlite_` to itself ({kind} `{name}`)");
            unsupported(what, "give it another name");
        }
        if kind == "trigger" {
            lower.insert_str(0, "trigger ");
        }
        if let Some((other, taken)) = self.names.get(&lower) {
            let what = format!("SQLite takes {other} `{taken}` and {kind} `{name}` for one name");
            unsupported(what, "give one of them another name");
        } else {
            self.names.insert(lower, (kind, name.to_owned()));
        }
    }

    /// Keeps what is wrong with a part of `table`.
    fn part<T>(
        &mut self,
        table: &Table,
        column: Option<&str>,
        part: Result<T, Unsupported>,
    ) -> Option<T> {
        let part = part.map_err(|err| Unsupported {
            table: err.table.or_else(|| Some(table.name.clone())),
            column: err.column.or_else(|| column.map(str::to_owned)),
            ..err
        });
        self.free(part)
    }

    /// Keeps what is wrong with something that is of no table.
    fn free<T>(&mut self, part: Result<T, Unsupported>) -> Option<T> {
        match part {
            Ok(part) => Some(part),
            Err(err) => {
                if !self.errors.contains(&err) {
                    self.errors.push(err);
                }
                None
            }
        }
    }
}

/// The statement without the semicolon at its end.
fn without_end(text: &str) -> &str {
    let mut text = trim(text);
    while let Some(rest) = text.strip_suffix(';') {
        text = trim(rest);
    }
    text
}

fn collation(name: Option<&str>) -> Result<(), Unsupported> {
    let Some(name) = name else { return Ok(()) };
    if key::COLLATIONS.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        return Ok(());
    }
    let hint = match nearest(name, key::COLLATIONS) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it has {}", key::COLLATIONS.map(|it| format!("`{it}`")).join(", ")),
    };
    Err(Unsupported::new(format!("SQLite has no collation `{name}`"), hint))
}

/// A rowid counts up from the largest there is, and knows no other way.
fn identity(column: &Column) -> Result<(), Unsupported> {
    let Some(Identity { always, options }) = &column.identity else { return Ok(()) };
    let native = |text: &str| text.eq_ignore_ascii_case("INTEGER");
    let numbers = match column.ty.of("sqlite") {
        Ok(TypeOf::Portable(ty)) => ty.is_integer(),
        Ok(TypeOf::Native(text)) => native(text),
        Err(_) => return Ok(()),
    };
    if !numbers {
        let what = format!("SQLite numbers no column of the type `{}`", column.ty);
        return Err(Unsupported::new(what, format!("make it `{}`", Type::INTEGER)));
    }
    if *always {
        let what = "SQLite lets any row bring a number of its own";
        return Err(Unsupported::new(what, "leave `always` out".to_owned()));
    }
    if *options != SequenceOptions::default() {
        let what = "SQLite counts from 1 in steps of 1 and no other way";
        let hint = "leave `start`, `increment`, `min`, `max`, `cache` and `cycle` out".to_owned();
        return Err(Unsupported::new(what, hint));
    }
    Ok(())
}

/// See <https://sqlite.org/gencol.html#limitations>.
fn generated(table: &Table, column: &Column) -> Result<(), Unsupported> {
    let in_key = |key: &PrimaryKey| key.columns.contains(&column.name);
    let (what, hint) = if column.generated.is_none() {
        return Ok(());
    } else if column.default.is_some() {
        ("a generated column has no default", "leave one of the two out")
    } else if table.primary_key.as_ref().is_some_and(in_key) {
        ("SQLite has no generated columns in a primary key", "make it unique instead")
    } else {
        return Ok(());
    };
    Err(Unsupported::new(what, hint.to_owned()))
}

/// An expression must end where it ends: nothing in it stays open, and nothing closes what was
/// open before it.
fn whole(sql: &Sql, of: &str) -> Result<(), Unsupported> {
    let text = create::expression(sql, &format!("the {of}"))?;
    let ended = format!("{text}\n;");
    if let [inner @ .., end] = &tokens(&ended)[..]
        && end.at > text.len()
        && !inner.is_empty()
    {
        let mut depth = 0;
        let fits = inner.iter().all(|token| {
            depth += i32::from(token.is("(")) - i32::from(token.is(")"));
            depth >= 0 && !token.is(";")
        });
        if fits && depth == 0 {
            return Ok(());
        }
    }
    let what = format!("the {of} `{text}` is no expression");
    Err(Unsupported::new(what, "close each parenthesis, quote and comment in it".to_owned()))
}

#[cfg(test)]
mod tests;
