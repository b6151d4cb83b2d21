//! Writing entries: one spelling for each operation.

use super::node::{Node, write_field};
use super::numbers_itself;
use crate::operation::{Operation, TableChange};
use crate::schema::{
    Check, Column, Deferrable, Enum, ForeignKey, Identity, Index, IndexColumn, IndexKey, Literal,
    Name, Nulls, Object, OptionValue, Options, PrimaryKey, SequenceOptions, Sql, Table, Type,
    Unique, Value,
};
use crate::script::Entry;

/// Keys with their values, in the order in which they are written.
#[derive(Default)]
struct Fields(Vec<(String, Node)>);

impl Fields {
    fn add(&mut self, key: &str, node: Node) {
        self.0.push((key.to_owned(), node));
    }

    fn text(&mut self, key: &str, text: &str) {
        self.add(key, Node::Text(text.to_owned()));
    }

    fn optional_text(&mut self, key: &str, text: &Option<String>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    fn texts(&mut self, key: &str, texts: &[String]) {
        self.add(key, Node::texts(texts));
    }

    /// A key that is only written when it holds.
    fn flag(&mut self, key: &str, holds: bool) {
        if holds {
            self.add(key, boolean(true));
        }
    }

    fn integer(&mut self, key: &str, number: Option<i64>) {
        if let Some(number) = number {
            self.add(key, Node::Bare(number.to_string()));
        }
    }

    fn sql(&mut self, key: &str, piece: &Sql) {
        self.add(key, sql(piece));
    }

    fn options(&mut self, options: &Options) {
        if options.is_empty() {
            return;
        }
        let mut dialects: Vec<(String, Vec<(String, Node)>)> = Vec::new();
        for (name, value) in options {
            let (dialect, key) = name.split_once('.').unwrap_or((name, ""));
            let pair = (key.to_owned(), option_value(value));
            match dialects.iter_mut().find(|(it, _)| it == dialect) {
                Some((_, pairs)) => pairs.push(pair),
                None => dialects.push((dialect.to_owned(), vec![pair])),
            }
        }
        let dialects = dialects.into_iter().map(|(name, pairs)| (name, Node::Table(pairs)));
        self.add("options", Node::Table(dialects.collect()));
    }

    /// An array with a table on each line, unless there are none.
    fn tables<T>(&mut self, key: &str, items: &[T], write: impl Fn(&T) -> Fields) {
        if !items.is_empty() {
            let items = items.iter().map(|item| Node::Table(write(item).0));
            self.add(key, Node::Lines(items.collect()));
        }
    }
}

/// The entries of one section, each behind its note.
pub(super) fn entries(
    entries: &[Entry],
    section: &str,
    note: &dyn Fn(&Operation) -> Option<String>,
) -> String {
    let mut out = String::new();
    for (single, dialects) in entries.iter().flat_map(singles) {
        if !out.is_empty() {
            out.push('\n');
        }
        for line in note(&single).iter().flat_map(|note| super::super::header::message_lines(note))
        {
            out.push_str(format!("# {line}").trim_end());
            out.push('\n');
        }
        out.push_str(&format!("[[{section}]]\n"));
        out.push_str(&operation(&single));
        if !dialects.is_empty() {
            write_field(&mut out, "dialects", &Node::texts(dialects));
        }
    }
    out
}

/// An entry as the file holds it: each change of a table is one of its own.
fn singles(entry: &Entry) -> Vec<(Operation, &[String])> {
    let operations = match &entry.operation {
        Operation::AlterTable { table, changes } => changes
            .iter()
            .map(|change| Operation::AlterTable {
                table: table.clone(),
                changes: vec![change.clone()],
            })
            .collect(),
        other => vec![other.clone()],
    };
    operations.into_iter().map(|operation| (operation, &entry.dialects[..])).collect()
}

/// The lines of one operation; of an `AlterTable` with one change.
pub(super) fn operation(operation: &Operation) -> String {
    let mut out = String::new();
    for (key, node) in &fields(operation).0 {
        write_field(&mut out, &super::node::key(key), node);
    }
    out
}

fn fields(operation: &Operation) -> Fields {
    let mut fields = Fields::default();
    match operation {
        Operation::Create(it) => object(&mut fields, "create", it),
        Operation::Replace { from, to } => replace(&mut fields, from, to),
        Operation::AlterEnum { from, to, renamed } => alter_enum(&mut fields, from, to, renamed),
        Operation::Drop(it) => object(&mut fields, "drop", it),
        Operation::CreateTable(it) => table(&mut fields, "create_table", it),
        Operation::DropTable(it) => table(&mut fields, "drop_table", it),
        Operation::RenameTable { from, to } => {
            fields.text("rename_table", &from.to_string());
            fields.text("to", &to.to_string());
        }
        Operation::AlterTable { table, changes } => {
            for it in changes {
                change(&mut fields, table, it);
            }
        }
        Operation::Insert { table, rows } => {
            fields.text("insert", &table.to_string());
            let row = |row: &Vec<(String, Value)>| {
                Fields(row.iter().map(|(column, it)| (column.clone(), value(it))).collect())
            };
            let rows = rows.iter().map(|it| Node::Table(row(it).0));
            fields.add("rows", Node::Lines(rows.collect()));
        }
        Operation::Execute(it) => fields.sql("execute", it),
        Operation::Run { command } => fields.texts("run", command),
    }
    fields
}

fn change(fields: &mut Fields, table: &Name, change: &TableChange) {
    use TableChange::*;
    match change {
        AddColumn(it) => lone_column(fields, "add_column", table, it),
        DropColumn(it) => lone_column(fields, "drop_column", table, it),
        RenameColumn { from, to } => {
            fields.text("rename_column", &table.column(from));
            fields.text("to", &Name::new(to).to_string());
        }
        AlterColumn { from, to } => {
            fields.text("alter_column", &table.column(&from.name));
            for (key, side) in [("from", from), ("to", to)] {
                let mut inner = Fields::default();
                column(&mut inner, side, false);
                fields.add(key, Node::Table(inner.0));
            }
        }
        AddIndex(it) => index(fields, "create_index", table, it),
        DropIndex(it) => index(fields, "drop_index", table, it),
        AddUnique(it) => {
            constraint(fields, "create_unique", table, &it.name, |fields| unique(fields, it));
        }
        DropUnique(it) => {
            constraint(fields, "drop_unique", table, &it.name, |fields| unique(fields, it));
        }
        AddForeignKey(it) => constraint(fields, "create_foreign_key", table, &it.name, |fields| {
            foreign_key(fields, it);
        }),
        DropForeignKey(it) => constraint(fields, "drop_foreign_key", table, &it.name, |fields| {
            foreign_key(fields, it);
        }),
        AddCheck(it) => {
            constraint(fields, "create_check", table, &it.name, |fields| check(fields, it));
        }
        DropCheck(it) => {
            constraint(fields, "drop_check", table, &it.name, |fields| check(fields, it));
        }
        AddPrimaryKey(it) => constraint(fields, "create_primary_key", table, &it.name, |fields| {
            primary_key(fields, it);
        }),
        DropPrimaryKey(it) => constraint(fields, "drop_primary_key", table, &it.name, |fields| {
            primary_key(fields, it);
        }),
        SetComment { from, to } => {
            fields.text("comment_table", &table.to_string());
            fields.optional_text("from", from);
            fields.optional_text("to", to);
        }
        SetOption { name, from, to } => {
            fields.text("set_option", name);
            fields.text("table", &table.to_string());
            for (key, side) in [("from", from), ("to", to)] {
                if let Some(side) = side {
                    fields.add(key, option_value(side));
                }
            }
        }
    }
}

fn table(fields: &mut Fields, word: &str, table: &Table) {
    fields.text(word, &table.name.to_string());
    let columns = table.columns.iter().map(|it| {
        let mut inner = Fields::default();
        inner.text("name", &it.name);
        column(&mut inner, it, numbers_itself(table, it));
        Node::Table(inner.0)
    });
    fields.add("columns", Node::Lines(columns.collect()));
    if let Some(key) = &table.primary_key {
        let mut inner = named(&key.name);
        primary_key(&mut inner, key);
        fields.add("primary_key", Node::Table(inner.0));
    }
    fields.tables("unique", &table.uniques, |it| {
        let mut inner = named(&it.name);
        unique(&mut inner, it);
        inner
    });
    fields.tables("foreign_keys", &table.foreign_keys, |it| {
        let mut inner = named(&it.name);
        foreign_key(&mut inner, it);
        inner
    });
    fields.tables("checks", &table.checks, |it| {
        let mut inner = named(&it.name);
        check(&mut inner, it);
        inner
    });
    fields.optional_text("comment", &table.comment);
    fields.options(&table.options);
}

fn named(name: &Option<String>) -> Fields {
    let mut fields = Fields::default();
    fields.optional_text("name", name);
    fields
}

fn lone_column(fields: &mut Fields, word: &str, table: &Name, it: &Column) {
    fields.text(word, &table.column(&it.name));
    column(fields, it, false);
}

/// What a column is, but for its name. `numbered` says that it numbers itself unless it says
/// otherwise.
fn column(fields: &mut Fields, column: &Column, numbered: bool) {
    fields.add("type", ty(&column.ty));
    if !column.nullable {
        fields.add("nullable", boolean(false));
    }
    if let Some(default) = &column.default {
        fields.add("default", value(default));
    }
    if let Some(generated) = &column.generated {
        let mut inner = Fields::default();
        inner.sql("expression", &generated.expression);
        inner.flag("stored", generated.stored);
        fields.add("generated", Node::Table(inner.0));
    }
    match &column.identity {
        None if numbered => fields.add("autoincrement", boolean(false)),
        None => {}
        Some(identity) if *identity == Identity::default() => {
            fields.flag("autoincrement", !numbered)
        }
        Some(identity) => {
            let mut inner = Fields::default();
            inner.flag("always", identity.always);
            sequence_options(&mut inner, &identity.options);
            fields.add("identity", Node::Table(inner.0));
        }
    }
    fields.optional_text("collation", &column.collation);
    fields.optional_text("comment", &column.comment);
    fields.options(&column.options);
}

fn ty(ty: &Type) -> Node {
    let Type::Native { dialects, default } = ty else { return Node::Text(ty.to_string()) };
    let mut fields = Fields::default();
    for (dialect, text) in dialects {
        fields.text(dialect, text);
    }
    if let Some(default) = default {
        fields.text("default", &default.to_string());
    }
    Node::Table(fields.0)
}

fn constraint(
    fields: &mut Fields,
    word: &str,
    table: &Name,
    name: &Option<String>,
    write: impl Fn(&mut Fields),
) {
    fields.text(word, name.as_deref().unwrap_or_default());
    fields.text("table", &table.to_string());
    write(fields);
}

fn primary_key(fields: &mut Fields, key: &PrimaryKey) {
    fields.texts("columns", &key.columns);
    fields.options(&key.options);
}

fn unique(fields: &mut Fields, unique: &Unique) {
    fields.texts("columns", &unique.columns);
    deferrable(fields, unique.deferrable);
    fields.options(&unique.options);
}

fn check(fields: &mut Fields, check: &Check) {
    fields.sql("expression", &check.expression);
    fields.options(&check.options);
}

fn foreign_key(fields: &mut Fields, key: &ForeignKey) {
    fields.texts("columns", &key.columns);
    let mut target = Fields::default();
    target.text("table", &key.table.to_string());
    if !key.references.is_empty() {
        target.texts("columns", &key.references);
    }
    fields.add("references", Node::Table(target.0));
    for (name, action) in [("on_delete", key.on_delete), ("on_update", key.on_update)] {
        if action != crate::schema::Action::default() {
            fields.text(name, &action.to_string());
        }
    }
    fields.optional_text("match", &key.matching);
    deferrable(fields, key.deferrable);
    fields.options(&key.options);
}

fn deferrable(fields: &mut Fields, deferrable: Option<Deferrable>) {
    match deferrable {
        None => {}
        Some(Deferrable { initially: false }) => fields.text("deferrable", "immediate"),
        Some(Deferrable { initially: true }) => fields.text("deferrable", "deferred"),
    }
}

fn index(fields: &mut Fields, word: &str, table: &Name, index: &Index) {
    fields.text(word, &index.name);
    fields.text("table", &table.to_string());
    fields.add("columns", Node::List(index.columns.iter().map(index_column).collect()));
    fields.flag("unique", index.unique);
    if let Some(predicate) = &index.predicate {
        fields.sql("where", predicate);
    }
    if !index.include.is_empty() {
        fields.texts("include", &index.include);
    }
    fields.optional_text("using", &index.using);
    fields.optional_text("comment", &index.comment);
    fields.options(&index.options);
}

/// The column's text where it reads back to the letter, else a table.
fn index_column(column: &IndexColumn) -> Node {
    let text = column.to_string();
    let exact = |read: &IndexColumn| match (&read.key, &column.key) {
        (IndexKey::Expression(read), IndexKey::Expression(written)) => {
            read.text == written.text && written.dialects.is_empty()
        }
        _ => true,
    };
    if text.parse().is_ok_and(|read: IndexColumn| read == *column && exact(&read)) {
        return Node::Text(text);
    }
    let mut fields = Fields::default();
    match &column.key {
        IndexKey::Column(name) => fields.text("column", name),
        IndexKey::Expression(expression) => fields.sql("expression", expression),
    }
    fields.optional_text("collation", &column.collation);
    fields.flag("desc", column.descending);
    match column.nulls {
        None => {}
        Some(Nulls::First) => fields.text("nulls", "first"),
        Some(Nulls::Last) => fields.text("nulls", "last"),
    }
    Node::Table(fields.0)
}

fn object(fields: &mut Fields, verb: &str, object: &Object) {
    let name = match object {
        Object::Extension(it) => it.name.clone(),
        Object::Namespace(it) => it.name.clone(),
        _ => object.name().to_string(),
    };
    fields.text(&format!("{verb}_{}", object.kind()), &name);
    object_body(fields, object);
}

/// What an object is, but for its kind and name.
fn object_body(fields: &mut Fields, object: &Object) {
    match object {
        Object::Namespace(_) => {}
        Object::Extension(it) => {
            fields.optional_text("schema", &it.schema);
            fields.optional_text("version", &it.version);
        }
        Object::Enum(it) => fields.texts("values", &it.values),
        Object::Sequence(it) => sequence_options(fields, &it.options),
        Object::Function(it) => {
            if !it.arguments.is_empty() {
                fields.text("arguments", &it.arguments);
            }
            fields.sql("definition", &it.definition);
        }
        Object::View(it) => {
            fields.sql("definition", &it.definition);
            fields.options(&it.options);
        }
        Object::Trigger(it) => {
            fields.text("table", &it.table.to_string());
            fields.sql("definition", &it.definition);
        }
    }
}

fn replace(fields: &mut Fields, from: &Object, to: &Object) {
    let verb = match from {
        Object::Sequence(_) | Object::Extension(_) => "alter",
        _ => "replace",
    };
    fields.text(
        &format!("{verb}_{}", from.kind()),
        &match from {
            Object::Extension(it) => it.name.clone(),
            _ => from.name().to_string(),
        },
    );
    for (key, side) in [("from", from), ("to", to)] {
        let mut inner = Fields::default();
        object_body(&mut inner, side);
        fields.add(key, Node::Table(inner.0));
    }
}

fn alter_enum(fields: &mut Fields, from: &Enum, to: &Enum, renamed: &[(String, String)]) {
    fields.text("alter_enum", &from.name.to_string());
    fields.texts("from", &from.values);
    fields.texts("to", &to.values);
    if !renamed.is_empty() {
        let pairs = renamed.iter().map(|(old, new)| (old.clone(), Node::Text(new.clone())));
        fields.add("rename", Node::Table(pairs.collect()));
    }
}

fn sequence_options(fields: &mut Fields, options: &SequenceOptions) {
    fields.integer("start", options.start);
    fields.integer("increment", options.increment);
    fields.integer("min", options.min);
    fields.integer("max", options.max);
    fields.integer("cache", options.cache);
    fields.flag("cycle", options.cycle);
}

fn boolean(it: bool) -> Node {
    Node::Bare(it.to_string())
}

fn value(value: &Value) -> Node {
    match value {
        Value::Literal(Literal::Boolean(it)) => boolean(*it),
        Value::Literal(Literal::Integer(it)) => Node::Bare(it.to_string()),
        // Debug writes what reads back as the same number, and never as an integer.
        Value::Literal(Literal::Float(it)) => Node::Bare(format!("{it:?}")),
        Value::Literal(Literal::Text(it)) => Node::Text(it.clone()),
        Value::Expression(it) => Node::Table(vec![("sql".to_owned(), sql(it))]),
    }
}

fn option_value(value: &OptionValue) -> Node {
    match value {
        OptionValue::Boolean(it) => boolean(*it),
        OptionValue::Integer(it) => Node::Bare(it.to_string()),
        OptionValue::Text(it) => Node::Text(it.clone()),
    }
}

fn sql(sql: &Sql) -> Node {
    match (&sql.text, sql.dialects.is_empty()) {
        (Some(text), true) => Node::Block(text.clone()),
        (text, _) => {
            let dialects =
                sql.dialects.iter().map(|(name, text)| (name.clone(), Node::Block(text.clone())));
            let default = text.iter().map(|text| ("default".to_owned(), Node::Block(text.clone())));
            Node::Table(dialects.chain(default).collect())
        }
    }
}
