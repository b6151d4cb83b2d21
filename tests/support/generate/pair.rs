//! Pairs of schemas that a SQLite database can hold, the second made from the first by edits of
//! the kind that people make.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use limbeck::dialect::Dialect;
use limbeck::dialect::sqlite::Sqlite;
use limbeck::diff::Rename;
use limbeck::diff::diff;
use limbeck::operation::{Operation, TableChange};
use limbeck::schema::sql::{TokenKind, tokens};
use limbeck::schema::{
    Action, Check, Column, Identity, Name, Object, OptionValue, Schema, Sql, Table, Trigger, Type,
    Unique, View,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index as Pick, select};

use super::schema::{
    self, Names, RawColumn, RawExpression, RawForeignKey, RawIndex, RawTable, quoted,
};
use super::text::name;

/// Two schemas and the renames that are meant between them.
#[derive(Clone)]
pub(crate) struct Pair {
    pub(crate) from: Schema,
    pub(crate) to: Schema,
    pub(crate) renames: Vec<Rename>,
}

impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n-- from")?;
        sql(f, &self.from)?;
        writeln!(f, "-- to")?;
        sql(f, &self.to)?;
        writeln!(f, "-- {:?}", self.renames)
    }
}

/// The schema as SQLite's statements, which are easier to read than values.
fn sql(f: &mut fmt::Formatter<'_>, schema: &Schema) -> fmt::Result {
    for operation in diff(&Schema::default(), schema) {
        match Sqlite::portable().render(&operation, &Schema::default()) {
            Ok(statements) => {
                statements.iter().try_for_each(|it| writeln!(f, "{};", it.sql))?;
            }
            Err(_) => writeln!(f, "{operation:?}")?,
        }
    }
    Ok(())
}

/// A schema and what three people make of it who do not know of each other: pairs that begin
/// alike.
#[derive(Clone, Debug)]
pub(crate) struct Fork(pub(crate) [Pair; 3]);

/// A schema and what some edits make of it.
pub(crate) fn pair() -> impl Strategy<Value = Pair> {
    (start(), vec(edit(), 0..7)).prop_map(|(draft, edits)| draft.edited(&edits))
}

/// A schema and what three lists of edits make of it.
pub(crate) fn fork() -> impl Strategy<Value = Fork> {
    let edits = || vec(edit(), 1..4);
    (start(), [edits(), edits(), edits()])
        .prop_map(|(draft, lines)| Fork(lines.map(|edits| draft.edited(&edits))))
}

fn start() -> impl Strategy<Value = Draft> {
    (vec(schema::raw_table(), 0..4), vec(raw_object(), 0..4)).prop_map(|(tables, objects)| {
        let mut draft = Draft::default();
        for raw in &tables {
            draft.edit(&Edit::AddTable(raw.clone()));
        }
        for raw in &objects {
            draft.edit(&Edit::AddObject(raw.clone()));
        }
        draft.mend();
        draft
    })
}

/// Whether what was renamed was there before and is still there.
fn holds(rename: &Rename, all: &[Rename], from: &Schema, to: &Schema) -> bool {
    match rename {
        Rename::Table { from: old, to: new } => {
            let taken = |name: &Name| name != old && name.name.eq_ignore_ascii_case(&new.name);
            let objects = from.objects.iter().map(Object::name);
            let names = from.tables.iter().map(|table| table.name.clone()).chain(objects);
            from.table(old).is_some()
                && to.table(new).is_some()
                && !names.into_iter().any(|name| taken(&name))
        }
        Rename::Column { table, from: old, to: new } => {
            let is_its = |it: &&Rename| matches!(it, Rename::Table { to, .. } if to == table);
            let before = match all.iter().find(is_its) {
                Some(rename) if !holds(rename, all, from, to) => return false,
                Some(Rename::Table { from, .. }) => from,
                _ => table,
            };
            let taken =
                |column: &Column| column.name != *old && column.name.eq_ignore_ascii_case(new);
            from.table(before)
                .is_some_and(|it| it.column(old).is_some() && !it.columns.iter().any(taken))
                && to.table(table).is_some_and(|it| it.column(new).is_some())
        }
    }
}

#[derive(Clone, Debug)]
enum Edit {
    AddTable(RawTable),
    DropTable(Pick),
    RenameTable(Pick, NewName),
    AddColumn(Pick, RawColumn, Pick),
    DropColumn(Pick, Pick),
    RenameColumn(Pick, Pick, NewName),
    AlterColumn(Pick, Pick, RawColumn, Facet),
    Key(Pick, Option<Vec<Pick>>),
    AddUnique(Pick, (Vec<Pick>, bool)),
    DropUnique(Pick, Pick),
    AddForeignKey(Pick, RawForeignKey),
    AlterForeignKey(Pick, Pick, Action, Action),
    DropForeignKey(Pick, Pick),
    AddCheck(Pick, RawExpression, bool),
    AlterCheck(Pick, Pick, RawExpression),
    DropCheck(Pick, Pick),
    AddIndex(Pick, RawIndex),
    AlterIndex(Pick, Pick, RawIndex),
    MoveIndex(Pick, Pick, Pick),
    DropIndex(Pick, Pick),
    SwitchOption(Pick, &'static str),
    AddObject(RawObject),
    ChangeObject(Pick, RawObject),
    DropObject(Pick),
}

/// A new name, or the old one in letters of the other case.
#[derive(Clone, Debug)]
enum NewName {
    Other(String),
    OtherCase,
}

/// What of a column changes.
#[derive(Clone, Copy, Debug)]
enum Facet {
    Type,
    Nullable,
    Default,
    Collation,
    Generated,
    All,
}

/// A view or a trigger, on a table or a view.
#[derive(Clone, Debug)]
struct RawObject {
    name: String,
    on: Pick,
    column: Pick,
    trigger: bool,
    form: Pick,
}

/// A view or a trigger whose text is made when all names are settled.
#[derive(Clone, Debug)]
struct DraftObject {
    name: String,
    /// What it reads or watches.
    on: String,
    /// The column of the table at the end of the chain of views.
    column: String,
    trigger: bool,
    form: Pick,
}

fn edit() -> BoxedStrategy<Edit> {
    use Edit::*;
    let at = any::<Pick>;
    let actions: Vec<Action> = Action::ALL.into_iter().map(|(action, _)| action).collect();
    let facets = [Facet::Type, Facet::Nullable, Facet::Default, Facet::Collation, Facet::Generated]
        .into_iter()
        .chain([Facet::All]);
    let options = vec!["sqlite.strict", "sqlite.without_rowid", "sqlite.autoincrement"];
    prop_oneof![
        3 => schema::raw_table().prop_map(AddTable),
        2 => at().prop_map(DropTable),
        1 => (at(), new_name()).prop_map(|(table, name)| RenameTable(table, name)),
        4 => (at(), schema::raw_column(), at()).prop_map(|(a, b, c)| AddColumn(a, b, c)),
        4 => (at(), at()).prop_map(|(a, b)| DropColumn(a, b)),
        2 => (at(), at(), new_name()).prop_map(|(a, b, c)| RenameColumn(a, b, c)),
        6 => (at(), at(), schema::raw_column(), select(facets.collect::<Vec<_>>()))
            .prop_map(|(a, b, c, d)| AlterColumn(a, b, c, d)),
        2 => (at(), prop::option::of(vec(at(), 1..3))).prop_map(|(a, b)| Key(a, b)),
        2 => (at(), schema::raw_unique()).prop_map(|(a, b)| AddUnique(a, b)),
        1 => (at(), at()).prop_map(|(a, b)| DropUnique(a, b)),
        3 => (at(), schema::raw_foreign_key()).prop_map(|(a, b)| AddForeignKey(a, b)),
        1 => (at(), at(), select(actions.clone()), select(actions))
            .prop_map(|(a, b, c, d)| AlterForeignKey(a, b, c, d)),
        1 => (at(), at()).prop_map(|(a, b)| DropForeignKey(a, b)),
        2 => (at(), schema::raw_condition(), prop::bool::weighted(0.8))
            .prop_map(|(a, b, c)| AddCheck(a, b, c)),
        1 => (at(), at(), schema::raw_condition()).prop_map(|(a, b, c)| AlterCheck(a, b, c)),
        1 => (at(), at()).prop_map(|(a, b)| DropCheck(a, b)),
        2 => (at(), schema::raw_index()).prop_map(|(a, b)| AddIndex(a, b)),
        1 => (at(), at(), schema::raw_index()).prop_map(|(a, b, c)| AlterIndex(a, b, c)),
        1 => (at(), at(), at()).prop_map(|(a, b, c)| MoveIndex(a, b, c)),
        1 => (at(), at()).prop_map(|(a, b)| DropIndex(a, b)),
        2 => (at(), select(options)).prop_map(|(a, b)| SwitchOption(a, b)),
        2 => raw_object().prop_map(AddObject),
        2 => (at(), raw_object()).prop_map(|(a, b)| ChangeObject(a, b)),
        1 => at().prop_map(DropObject),
    ]
    .boxed()
}

fn new_name() -> BoxedStrategy<NewName> {
    prop_oneof![4 => name().prop_map(NewName::Other), 1 => Just(NewName::OtherCase)].boxed()
}

fn raw_object() -> BoxedStrategy<RawObject> {
    (name(), any::<Pick>(), any::<Pick>(), any::<bool>(), any::<Pick>())
        .prop_map(|(name, on, column, trigger, form)| RawObject { name, on, column, trigger, form })
        .boxed()
}

/// A schema in the making.
#[derive(Clone, Debug, Default)]
struct Draft {
    tables: Vec<Table>,
    objects: Vec<DraftObject>,
    names: Names,
    renames: Vec<Rename>,
    /// The names that columns had before a rename, which no other column takes over.
    left: BTreeSet<String>,
}

impl Draft {
    /// The schema so far, and what `edits` make of it.
    fn edited(&self, edits: &[Edit]) -> Pair {
        let from = self.schema();
        let mut draft = self.clone();
        for edit in edits {
            draft.edit(edit);
            draft.mend();
        }
        let to = draft.schema();
        let all = draft.renames;
        let renames = all.iter().filter(|rename| holds(rename, &all, &from, &to)).cloned();
        let renames = renames.collect();
        Pair { from, to, renames }
    }

    fn schema(&self) -> Schema {
        let mut schema = Schema { tables: self.tables.clone(), ..Schema::default() };
        schema.objects = self.objects.iter().map(|it| self.object(it)).collect();
        schema.sort();
        schema
    }

    fn edit(&mut self, edit: &Edit) {
        match edit {
            Edit::AddTable(raw) => {
                let table = schema::table(raw, &mut self.names, &self.tables);
                self.tables.push(table);
            }
            Edit::AddObject(raw) => self.add_object(raw),
            Edit::ChangeObject(at, raw) if !self.objects.is_empty() => {
                let at = at.index(self.objects.len());
                self.objects[at].form = raw.form;
                let table = self.table_below(&self.objects[at].on);
                let column = table.map(|it| raw.column.get(&it.columns).name.clone());
                self.objects[at].column = column.unwrap_or_default();
            }
            Edit::DropObject(at) if !self.objects.is_empty() => {
                let object = self.objects.remove(at.index(self.objects.len()));
                self.names.0.remove(&object.name.to_lowercase());
            }
            Edit::ChangeObject(..) | Edit::DropObject(_) => {}
            _ if self.tables.is_empty() => {}
            Edit::DropTable(at) => {
                let table = self.tables.remove(at.index(self.tables.len()));
                let indexes = table.indexes.iter().map(|index| &index.name);
                for name in indexes.chain([&table.name.name]) {
                    self.names.0.remove(&name.to_lowercase());
                }
            }
            Edit::RenameTable(at, name) => self.rename_table(*at, name),
            Edit::RenameColumn(table, column, name) => self.rename_column(*table, *column, name),
            Edit::MoveIndex(from, index, to) => {
                let from = from.index(self.tables.len());
                if self.tables[from].indexes.is_empty() {
                    return;
                }
                let at = index.index(self.tables[from].indexes.len());
                let mut index = self.tables[from].indexes.remove(at);
                let to = to.index(self.tables.len());
                let column = self.tables[to].columns[0].name.clone();
                index.columns = vec![limbeck::schema::IndexColumn::new(column)];
                index.predicate = None;
                self.tables[to].indexes.push(index);
            }
            Edit::AddForeignKey(at, raw) => {
                let at = at.index(self.tables.len());
                let mut others = self.tables.clone();
                let table = others.remove(at);
                let plain = plain(&table);
                let key = schema::foreign_key(raw, &table, &plain, &others, &mut self.names);
                self.tables[at].foreign_keys.extend(key);
            }
            Edit::AddColumn(at, ..)
            | Edit::DropColumn(at, _)
            | Edit::AlterColumn(at, ..)
            | Edit::Key(at, _)
            | Edit::AddUnique(at, _)
            | Edit::DropUnique(at, _)
            | Edit::AlterForeignKey(at, ..)
            | Edit::DropForeignKey(at, _)
            | Edit::AddCheck(at, ..)
            | Edit::AlterCheck(at, ..)
            | Edit::DropCheck(at, _)
            | Edit::AddIndex(at, _)
            | Edit::AlterIndex(at, ..)
            | Edit::DropIndex(at, _)
            | Edit::SwitchOption(at, _) => {
                let at = at.index(self.tables.len());
                edit_table(&mut self.tables[at], edit, &mut self.names, &self.left);
            }
        }
    }

    fn add_object(&mut self, raw: &RawObject) {
        let views = self.objects.iter().filter(|it| !it.trigger).map(|it| &it.name);
        let tables = self.tables.iter().map(|it| &it.name.name);
        let places: Vec<String> = tables.chain(views).cloned().collect();
        if places.is_empty() {
            return;
        }
        let on = raw.on.get(&places).clone();
        let Some(table) = self.table_below(&on) else { return };
        let column = match self.objects.iter().find(|it| it.name == on) {
            Some(view) => view.column.clone(),
            None => raw.column.get(&table.columns).name.clone(),
        };
        let name = self.names.free(&raw.name);
        self.objects.push(DraftObject { name, on, column, trigger: raw.trigger, form: raw.form });
    }

    /// The table at the end of a chain of views.
    fn table_below(&self, name: &str) -> Option<&Table> {
        let view = self.objects.iter().find(|it| it.name == name);
        match view {
            Some(view) => self.table_below(&view.on),
            None => self.tables.iter().find(|it| it.name.name == name),
        }
    }

    fn object(&self, object: &DraftObject) -> Object {
        let (name, on) = (quoted(&object.name), quoted(&object.on));
        let column = quoted(&object.column);
        let is_on_view = self.objects.iter().any(|it| it.name == object.on);
        if object.trigger {
            let forms = if is_on_view {
                vec![
                    format!("INSTEAD OF INSERT ON {on} BEGIN SELECT NEW.{column}; END"),
                    format!("INSTEAD OF DELETE ON {on} BEGIN SELECT 1; SELECT 2; END"),
                ]
            } else {
                vec![
                    format!("AFTER INSERT ON {on} BEGIN SELECT NEW.{column}; END"),
                    format!("BEFORE DELETE ON {on} WHEN OLD.{column} = 1 BEGIN SELECT 1; END"),
                    format!("AFTER DELETE ON {on} BEGIN DELETE FROM {on}; END"),
                    format!("AFTER UPDATE OF {column} ON {on} BEGIN DELETE FROM {on}; END"),
                ]
            };
            let definition = format!("CREATE TRIGGER {name} {}", object.form.get(&forms));
            let (name, table) = (Name::new(&object.name), Name::new(&object.on));
            return Object::Trigger(Trigger { name, table, definition: Sql::new(definition) });
        }
        let forms = [
            format!("SELECT t.{column} FROM {on} AS t"),
            format!("SELECT max(t.{column}) AS {column} FROM {on} AS t WHERE t.{column} > 0"),
            format!("SELECT t.{column}, 'it''s' AS \"a b\" FROM {on} AS t"),
        ];
        Object::View(View {
            name: Name::new(&object.name),
            materialized: false,
            definition: Sql::new(object.form.get(&forms).as_str()),
            options: BTreeMap::new(),
        })
    }

    fn rename_table(&mut self, at: Pick, name: &NewName) {
        let from = at.get(&self.tables).name.clone();
        let renamed = |it: &Rename| matches!(it, Rename::Table { to, .. } if *to == from);
        if self.renames.iter().any(renamed) {
            return;
        }
        let Some(to) = self.fresh(&from.name, name) else { return };
        let to = Name::new(to);
        let op = Operation::RenameTable { from: from.clone(), to: to.clone() };
        self.apply(&op);
        for object in &mut self.objects {
            if object.on == from.name {
                object.on.clone_from(&to.name);
            }
        }
        for rename in &mut self.renames {
            if let Rename::Column { table, .. } = rename
                && *table == from
            {
                table.clone_from(&to);
            }
        }
        self.renames.push(Rename::Table { from, to });
    }

    fn rename_column(&mut self, table: Pick, column: Pick, name: &NewName) {
        let table = table.get(&self.tables).clone();
        let from = column.get(&table.columns).name.clone();
        let renamed = |it: &Rename| matches!(it, Rename::Column { table: of, to, .. } if *of == table.name && *to == from);
        if self.renames.iter().any(renamed) {
            return;
        }
        let mut names = columns_of(&table, &self.left);
        let to = match name {
            NewName::Other(name) => names.free(name),
            NewName::OtherCase => other_case(&from),
        };
        if to == from {
            return;
        }
        self.left.insert(from.to_lowercase());
        let changes = vec![TableChange::RenameColumn { from: from.clone(), to: to.clone() }];
        self.apply(&Operation::AlterTable { table: table.name.clone(), changes });
        for at in 0..self.objects.len() {
            let below = self.table_below(&self.objects[at].on).map(|it| it.name.clone());
            if below.as_ref() == Some(&table.name) && self.objects[at].column == from {
                self.objects[at].column.clone_from(&to);
            }
        }
        self.renames.push(Rename::Column { table: table.name, from, to });
    }

    fn fresh(&mut self, old: &str, name: &NewName) -> Option<String> {
        match name {
            NewName::Other(name) => Some(self.names.free(name)),
            NewName::OtherCase => Some(other_case(old)).filter(|it| it != old),
        }
    }

    fn apply(&mut self, op: &Operation) {
        let tables = std::mem::take(&mut self.tables);
        let mut schema = Schema { tables, ..Schema::default() };
        schema.apply(op).unwrap();
        self.tables = schema.tables;
    }

    /// Takes out whatever speaks of something that is no longer there.
    fn mend(&mut self) {
        self.tables.iter_mut().for_each(mend_table);
        let keys: BTreeMap<Name, Vec<Vec<String>>> = self
            .tables
            .iter()
            .map(|table| {
                let primary = table.primary_key.iter().map(|key| key.columns.clone());
                let uniques = table.uniques.iter().map(|unique| unique.columns.clone());
                (table.name.clone(), primary.chain(uniques).collect())
            })
            .collect();
        for table in &mut self.tables {
            let has_target = |key: &limbeck::schema::ForeignKey| {
                keys.get(&key.table).is_some_and(|keys| keys.contains(&key.references))
            };
            table.foreign_keys.retain(has_target);
        }
        while let Some(at) = self.objects.iter().position(|it| self.table_below(&it.on).is_none()) {
            let object = self.objects.remove(at);
            self.names.0.remove(&object.name.to_lowercase());
        }
        // A view shows one column, and what stands on it knows no other.
        for at in 0..self.objects.len() {
            let column = self.column_for(&self.objects[at]);
            self.objects[at].column = column;
        }
    }

    fn column_for(&self, object: &DraftObject) -> String {
        if let Some(view) = self.objects.iter().find(|it| it.name == object.on) {
            return self.column_for(view);
        }
        match self.table_below(&object.on) {
            Some(table) if table.column(&object.column).is_none() => table.columns[0].name.clone(),
            _ => object.column.clone(),
        }
    }
}

fn edit_table(table: &mut Table, edit: &Edit, names: &mut Names, left: &BTreeSet<String>) {
    let all: Vec<String> = table.columns.iter().map(|it| it.name.clone()).collect();
    let plain = plain(table);
    fn some<T>(items: &[T], at: &Pick) -> Option<usize> {
        (!items.is_empty()).then(|| at.index(items.len()))
    }
    match edit {
        Edit::AddColumn(_, raw, at) => {
            let name = columns_of(table, left).free(&raw.name);
            let column = schema::column(raw, name, table.columns.first());
            table.columns.insert(1 + at.index(all.len()), column);
        }
        Edit::DropColumn(_, at) if all.len() > 1 => {
            table.columns.remove(at.index(all.len()));
        }
        Edit::AlterColumn(_, at, raw, facet) => {
            let at = at.index(all.len());
            let to = schema::column(raw, all[at].clone(), table.columns.first());
            let column = &mut table.columns[at];
            match facet {
                Facet::Type => column.ty = to.ty,
                Facet::Nullable => column.nullable = !column.nullable,
                Facet::Default if column.generated.is_none() => column.default = to.default,
                Facet::Default => {}
                Facet::Collation => column.collation = to.collation,
                Facet::Generated => {
                    column.generated = to.generated;
                    column.default = to.default;
                }
                Facet::All => *column = to,
            }
        }
        Edit::Key(_, None) => table.primary_key = None,
        Edit::Key(_, Some(picks)) => {
            let name = table.primary_key.take().and_then(|key| key.name);
            let name = name.or_else(|| Some(names.free(&format!("pk_{}", table.name.name))));
            let columns = schema::pick(picks, &plain);
            let key = limbeck::schema::PrimaryKey { name, columns, ..Default::default() };
            table.primary_key = Some(key);
        }
        Edit::AddUnique(_, (picks, named)) => {
            let columns = schema::pick(picks, &plain);
            let name = named.then(|| names.free(&format!("uq_{}_{}", table.name.name, columns[0])));
            table.uniques.push(Unique { name, columns, ..Unique::default() });
        }
        Edit::DropUnique(_, at) => {
            some(&table.uniques, at).map(|at| table.uniques.remove(at));
        }
        Edit::AlterForeignKey(_, at, on_delete, on_update) => {
            if let Some(at) = some(&table.foreign_keys, at) {
                table.foreign_keys[at].on_delete = *on_delete;
                table.foreign_keys[at].on_update = *on_update;
            }
        }
        Edit::DropForeignKey(_, at) => {
            some(&table.foreign_keys, at).map(|at| table.foreign_keys.remove(at));
        }
        Edit::AddCheck(_, raw, named) => {
            let name = named.then(|| names.free(&format!("ck_{}", table.name.name)));
            let expression = schema::expression(raw, &plain);
            table.checks.push(Check { name, expression, ..Check::default() });
        }
        Edit::AlterCheck(_, at, raw) => {
            if let Some(at) = some(&table.checks, at) {
                table.checks[at].expression = schema::expression(raw, &plain);
            }
        }
        Edit::DropCheck(_, at) => {
            some(&table.checks, at).map(|at| table.checks.remove(at));
        }
        Edit::AddIndex(_, raw) => {
            let index = schema::index(raw, table, names);
            table.indexes.push(index);
        }
        Edit::AlterIndex(_, at, raw) => {
            if let Some(at) = some(&table.indexes, at) {
                let index = schema::index(raw, table, &mut Names::default());
                let name = std::mem::take(&mut table.indexes[at].name);
                table.indexes[at] = limbeck::schema::Index { name, ..index };
            }
        }
        Edit::DropIndex(_, at) => {
            if let Some(at) = some(&table.indexes, at) {
                let index = table.indexes.remove(at);
                names.0.remove(&index.name.to_lowercase());
            }
        }
        Edit::SwitchOption(_, option) if table.options.remove(*option).is_none() => {
            table.options.insert((*option).to_owned(), OptionValue::Boolean(true));
        }
        _ => {}
    }
}

fn mend_table(table: &mut Table) {
    // Something to stand on: a column that is stored as it comes.
    if plain(table).is_empty() {
        table.columns[0].generated = None;
    }
    let computed: BTreeSet<String> = table
        .columns
        .iter()
        .filter(|it| it.generated.is_some())
        .map(|it| it.name.clone())
        .collect();
    let all: BTreeSet<String> = table.columns.iter().map(|it| it.name.clone()).collect();
    for column in &mut table.columns {
        let is_sound = |sql: &Sql| {
            let names = mentioned(sql);
            names.iter().all(|it| all.contains(it) && !computed.contains(it))
        };
        if column.generated.as_ref().is_some_and(|it| !is_sound(&it.expression)) {
            column.generated = None;
        }
    }
    let plain: BTreeSet<String> = plain(table).into_iter().collect();
    let there = |names: &[String]| names.iter().all(|it| plain.contains(it));
    table.primary_key = table.primary_key.take().filter(|key| there(&key.columns));
    let key = table.primary_key.as_ref().map(|key| key.columns.clone());
    let mut seen: BTreeSet<Vec<String>> = key.iter().cloned().collect();
    table.uniques.retain(|it| there(&it.columns) && seen.insert(it.columns.clone()));
    let mut seen = BTreeSet::new();
    table
        .foreign_keys
        .retain(|it| there(&it.columns) && seen.insert((it.columns.clone(), it.table.clone())));
    let mut seen = BTreeSet::new();
    let sound = |sql: &Sql| mentioned(sql).iter().all(|it| all.contains(it));
    table.checks.retain(|it| sound(&it.expression) && seen.insert(it.expression.text.clone()));
    table.indexes.retain(|index| {
        let columns = index.columns.iter().all(|column| match &column.key {
            limbeck::schema::IndexKey::Column(name) => all.contains(name),
            limbeck::schema::IndexKey::Expression(sql) => sound(sql),
        });
        columns && index.predicate.as_ref().is_none_or(sound)
    });
    mend_key(table, &key.unwrap_or_default());
    schema::fit_defaults(table);
}

/// A column that is the whole key and a number counts itself, as models have it.
fn mend_key(table: &mut Table, key: &[String]) {
    for column in &mut table.columns {
        column.identity = None;
        if key.contains(&column.name) {
            column.nullable = false;
        }
        if key == [column.name.clone()] && column.ty.is_integer() {
            column.ty = Type::INTEGER;
            column.default = None;
            column.collation = None;
            column.identity = Some(Identity::default());
        }
    }
    let numbered = table.columns.iter().any(|it| it.identity.is_some());
    if numbered || key.is_empty() {
        table.options.remove("sqlite.without_rowid");
    }
    if !numbered {
        table.options.remove("sqlite.autoincrement");
    }
}

/// The columns that are stored as they come.
fn plain(table: &Table) -> Vec<String> {
    let plain = table.columns.iter().filter(|it| it.generated.is_none());
    plain.map(|it| it.name.clone()).collect()
}

/// The columns an expression speaks of: they are all in quotes.
fn mentioned(sql: &Sql) -> Vec<String> {
    let text = sql.text.as_deref().unwrap_or_default();
    let quoted = |kind: TokenKind| kind == TokenKind::Quoted;
    let names = tokens(text).into_iter().filter(|it| quoted(it.kind));
    names.filter_map(|it| it.name()).collect()
}

/// The names that a new column of `table` cannot have.
fn columns_of(table: &Table, left: &BTreeSet<String>) -> Names {
    let columns = table.columns.iter().map(|it: &Column| it.name.to_lowercase());
    Names(columns.chain(left.iter().cloned()).collect())
}

fn other_case(name: &str) -> String {
    let upper = name.to_ascii_uppercase();
    if upper == name { name.to_ascii_lowercase() } else { upper }
}
