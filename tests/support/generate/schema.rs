//! Schemas that a SQLite database can hold.

use std::collections::BTreeSet;

use limbeck::schema::{
    Action, Check, Column, Deferrable, ForeignKey, Generated, Identity, Index, IndexColumn,
    IndexKey, Literal, Name, Object, OptionValue, PrimaryKey, Schema, Size, Sql, Table, Trigger,
    Type, Unique, Value, View,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index as Pick, select};

use super::text::name;

/// A schema that a SQLite database can hold: every reference has a target with a key, every
/// expression speaks of columns that are there, no name is used twice.
pub(crate) fn schema() -> impl Strategy<Value = Schema> {
    (vec(raw_table(), 0..5), vec(raw_object(), 0..3)).prop_map(|(tables, objects)| {
        let mut names = Names::default();
        let mut schema = Schema::default();
        for raw in &tables {
            let table = table(raw, &mut names, &schema.tables);
            schema.tables.push(table);
        }
        for raw in &objects {
            schema.objects.extend(object(raw, &mut names, &schema.tables));
        }
        schema.sort();
        schema
    })
}

/// Names that were given out; SQLite tells them apart without regard to the case of letters.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(pub(super) BTreeSet<String>);

impl Names {
    /// `name`, or one made from it that is still free.
    pub(super) fn free(&mut self, name: &str) -> String {
        let mut free = name.to_owned();
        let mut count = 1;
        // `sqlite_` is SQLite's own, and the rowid's names are taken.
        while free.to_lowercase().starts_with("sqlite_")
            || ["rowid", "oid", "_rowid_"].contains(&free.to_lowercase().as_str())
            || !self.0.insert(free.to_lowercase())
        {
            count += 1;
            free = format!("{name}_{count}");
            if name.to_lowercase().starts_with("sqlite_") {
                free.insert(0, 'x');
            }
        }
        free
    }
}

#[derive(Clone, Debug)]
pub(super) struct RawTable {
    name: String,
    columns: Vec<RawColumn>,
    primary_key: RawKey,
    uniques: Vec<(Vec<Pick>, bool)>,
    foreign_keys: Vec<RawForeignKey>,
    checks: Vec<(RawExpression, bool)>,
    indexes: Vec<RawIndex>,
    strict: bool,
    without_rowid: bool,
}

#[derive(Clone, Debug)]
pub(super) enum RawKey {
    None,
    /// The first column, which numbers itself.
    Numbered,
    /// Some columns.
    Of(Vec<Pick>),
}

#[derive(Clone, Debug)]
pub(super) struct RawColumn {
    pub(super) name: String,
    ty: Type,
    nullable: bool,
    default: Option<Value>,
    generated: Option<(RawExpression, bool)>,
    collation: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub(super) struct RawForeignKey {
    columns: Vec<Pick>,
    table: Pick,
    key: Pick,
    on_delete: Action,
    on_update: Action,
    deferrable: Option<bool>,
    named: bool,
}

#[derive(Clone, Debug)]
pub(super) struct RawIndex {
    name: String,
    columns: Vec<(Pick, bool, Option<&'static str>, bool)>,
    unique: bool,
    predicate: Option<RawExpression>,
}

/// An expression over one column: a text with `{}` for it.
#[derive(Clone, Debug)]
pub(super) struct RawExpression {
    column: Pick,
    form: &'static str,
}

#[derive(Clone, Debug)]
pub(super) struct RawObject {
    name: String,
    table: Pick,
    trigger: bool,
    form: Pick,
}

pub(super) fn raw_table() -> BoxedStrategy<RawTable> {
    let primary_key = prop_oneof![
        1 => Just(RawKey::None),
        3 => Just(RawKey::Numbered),
        2 => vec(any::<Pick>(), 1..3).prop_map(RawKey::Of),
    ];
    let rarely = || prop::bool::weighted(0.1);
    (
        name(),
        vec(raw_column(), 1..6),
        primary_key,
        vec(raw_unique(), 0..3),
        vec(raw_foreign_key(), 0..3),
        vec((raw_condition(), prop::bool::weighted(0.8)), 0..3),
        vec(raw_index(), 0..3),
        rarely(),
        rarely(),
    )
        .prop_map(
            |(
                name,
                columns,
                primary_key,
                uniques,
                foreign_keys,
                checks,
                indexes,
                strict,
                without_rowid,
            )| RawTable {
                name,
                columns,
                primary_key,
                uniques,
                foreign_keys,
                checks,
                indexes,
                strict,
                without_rowid,
            },
        )
        .boxed()
}

pub(super) fn raw_column() -> BoxedStrategy<RawColumn> {
    let default = prop_oneof![
        4 => Just(None),
        2 => literal().prop_map(|literal| Some(Value::Literal(literal))),
        1 => select(vec!["CURRENT_TIMESTAMP", "1 + 2", "lower('A')", "hex(randomblob(4))"])
            .prop_map(|text| Some(Value::Expression(Sql::new(text)))),
    ];
    let forms = vec!["{} || 'x'", "length({})", "lower({})", "coalesce({}, '')"];
    let generated = prop::option::weighted(0.1, (raw_expression(forms), any::<bool>()));
    let collation = prop_oneof![4 => Just(None), 1 => select(vec![Some("NOCASE"), Some("RTRIM")])];
    (name(), sqlite_type(), any::<bool>(), default, generated, collation)
        .prop_map(|(name, ty, nullable, default, generated, collation)| RawColumn {
            name,
            ty,
            nullable,
            default,
            generated,
            collation,
        })
        .boxed()
}

/// A portable type that SQLite can store.
fn sqlite_type() -> BoxedStrategy<Type> {
    let length = || prop::option::weighted(0.8, 1..300u32);
    let size = select(vec![Size::Normal, Size::Tiny, Size::Medium, Size::Long]);
    prop_oneof![
        2 => Just(Type::INTEGER),
        1 => any::<bool>().prop_map(|unsigned| Type::SmallInteger { unsigned }),
        1 => any::<bool>().prop_map(|unsigned| Type::BigInteger { unsigned }),
        1 => Just(Type::Boolean),
        1 => select(vec![Type::Float, Type::Double]),
        1 => (1..30u32, prop::option::of(0..5u32))
            .prop_map(|(p, scale)| Type::Numeric { precision: Some(p + 5), scale }),
        2 => length().prop_map(Type::String),
        1 => length().prop_map(Type::Char),
        1 => size.clone().prop_map(Type::Text),
        1 => length().prop_map(Type::Binary),
        1 => size.prop_map(Type::LargeBinary),
        1 => select(vec![
            Type::Date,
            Type::Time { precision: None },
            Type::DateTime { tz: false, precision: None },
            Type::DateTime { tz: true, precision: None },
            Type::Uuid,
            Type::Json,
        ]),
        1 => vec(name(), 1..3).prop_map(|values| {
            let values: BTreeSet<String> = values.into_iter().collect();
            Type::Enum(values.into_iter().collect())
        }),
    ]
    .boxed()
}

fn literal() -> BoxedStrategy<Literal> {
    prop_oneof![
        any::<bool>().prop_map(Literal::Boolean),
        any::<i32>().prop_map(|number| Literal::Integer(number.into())),
        (-1000..1000i32).prop_map(|number| Literal::Float(f64::from(number) / 8.0)),
        name().prop_map(Literal::Text),
    ]
    .boxed()
}

pub(super) fn raw_foreign_key() -> BoxedStrategy<RawForeignKey> {
    let actions: Vec<Action> = Action::ALL.into_iter().map(|(action, _)| action).collect();
    (
        vec(any::<Pick>(), 3),
        any::<Pick>(),
        any::<Pick>(),
        select(actions.clone()),
        select(actions),
        prop::option::weighted(0.2, any::<bool>()),
        prop::bool::weighted(0.8),
    )
        .prop_map(|(columns, table, key, on_delete, on_update, deferrable, named)| RawForeignKey {
            columns,
            table,
            key,
            on_delete,
            on_update,
            deferrable,
            named,
        })
        .boxed()
}

pub(super) fn raw_unique() -> impl Strategy<Value = (Vec<Pick>, bool)> {
    (vec(any::<Pick>(), 1..3), prop::bool::weighted(0.8))
}

pub(super) fn raw_index() -> BoxedStrategy<RawIndex> {
    let collation = prop_oneof![4 => Just(None), 1 => Just(Some("NOCASE"))];
    let column = (any::<Pick>(), any::<bool>(), collation, prop::bool::weighted(0.2));
    (name(), vec(column, 1..4), any::<bool>(), prop::option::weighted(0.2, raw_condition()))
        .prop_map(|(name, columns, unique, predicate)| RawIndex {
            name,
            columns,
            unique,
            predicate,
        })
        .boxed()
}

pub(super) fn raw_condition() -> impl Strategy<Value = RawExpression> {
    raw_expression(vec![
        "{} IS NOT NULL",
        "length({}) > 0",
        "{} <> 'it''s'",
        "{} IN (1, 2, 3)",
        "({} > 0) OR ({} IS NULL)",
        "{} LIKE '%\"x\"%'",
    ])
}

fn raw_expression(forms: Vec<&'static str>) -> impl Strategy<Value = RawExpression> {
    (any::<Pick>(), select(forms)).prop_map(|(column, form)| RawExpression { column, form })
}

fn raw_object() -> BoxedStrategy<RawObject> {
    (name(), any::<Pick>(), any::<bool>(), any::<Pick>())
        .prop_map(|(name, table, trigger, form)| RawObject { name, table, trigger, form })
        .boxed()
}

pub(super) fn table(raw: &RawTable, names: &mut Names, others: &[Table]) -> Table {
    let mut table = Table { name: Name::new(names.free(&raw.name)), ..Table::default() };
    table.columns = columns(raw);
    let plain: Vec<String> = table
        .columns
        .iter()
        .filter(|column| column.generated.is_none())
        .map(|column| column.name.clone())
        .collect();
    primary_key(&mut table, raw, &plain, names);
    for (picks, named) in &raw.uniques {
        let columns = pick(picks, &plain);
        let key = table.primary_key.as_ref().map(|key| &key.columns);
        if key != Some(&columns) && !table.uniques.iter().any(|it| it.columns == columns) {
            let name = named.then(|| names.free(&format!("uq_{}_{}", table.name.name, columns[0])));
            table.uniques.push(Unique { name, columns, ..Unique::default() });
        }
    }
    for raw in &raw.foreign_keys {
        let key = foreign_key(raw, &table, &plain, others, names);
        // Two keys that say the same could not be told apart without names.
        let same = |it: &ForeignKey, key: &ForeignKey| {
            (&it.columns, &it.table) == (&key.columns, &key.table)
        };
        table
            .foreign_keys
            .extend(key.filter(|key| !table.foreign_keys.iter().any(|it| same(it, key))));
    }
    for (raw, named) in &raw.checks {
        let expression = expression(raw, &plain);
        if !table.checks.iter().any(|it| it.expression == expression) {
            let name = named.then(|| names.free(&format!("ck_{}", table.name.name)));
            table.checks.push(Check { name, expression, ..Check::default() });
        }
    }
    for raw in &raw.indexes {
        let index = index(raw, &table, names);
        table.indexes.push(index);
    }
    if raw.strict {
        table.options.insert("sqlite.strict".to_owned(), OptionValue::Boolean(true));
    }
    fit_defaults(&mut table);
    table
}

/// A strict table has no default that its column could not store, an enum none but its values.
pub(super) fn fit_defaults(table: &mut Table) {
    let strict = table.options.contains_key("sqlite.strict");
    for column in &mut table.columns {
        match (&column.ty, &column.default) {
            (Type::Enum(values), Some(_)) if !strict => {
                column.default = Some(Value::Literal(Literal::Text(values[0].clone())));
            }
            (Type::Enum(_), _) => column.default = None,
            _ if strict => column.default = None,
            _ => {}
        }
    }
}

fn columns(raw: &RawTable) -> Vec<Column> {
    let mut names = Names::default();
    let mut columns: Vec<Column> = Vec::new();
    for raw in &raw.columns {
        let column = column(raw, names.free(&raw.name), columns.first());
        columns.push(column);
    }
    columns
}

/// The first column of a table is never generated: a table of nothing else cannot be.
pub(super) fn column(raw: &RawColumn, name: String, first: Option<&Column>) -> Column {
    let mut column = Column::new(name, raw.ty.clone());
    column.nullable = raw.nullable;
    column.collation = raw.collation.map(str::to_owned);
    match (&raw.generated, first) {
        (Some((raw, stored)), Some(first)) => {
            let expression = expression(raw, std::slice::from_ref(&first.name));
            column.generated = Some(Generated { expression, stored: *stored });
        }
        _ => column.default.clone_from(&raw.default),
    }
    column
}

fn primary_key(table: &mut Table, raw: &RawTable, plain: &[String], names: &mut Names) {
    let columns = match &raw.primary_key {
        RawKey::None => return,
        RawKey::Numbered => vec![plain[0].clone()],
        RawKey::Of(picks) => pick(picks, plain),
    };
    let sole = columns.len() == 1;
    for column in &mut table.columns {
        if !columns.contains(&column.name) {
            continue;
        }
        column.nullable = false;
        if sole && (column.ty.is_integer() || matches!(raw.primary_key, RawKey::Numbered)) {
            column.ty = Type::INTEGER;
            column.default = None;
            column.collation = None;
            column.identity = Some(Identity::default());
        }
    }
    let numbered = table.columns.iter().any(|column| column.identity.is_some());
    if raw.without_rowid && !numbered {
        table.options.insert("sqlite.without_rowid".to_owned(), OptionValue::Boolean(true));
    }
    let name = Some(names.free(&format!("pk_{}", table.name.name)));
    table.primary_key = Some(PrimaryKey { name, columns, ..PrimaryKey::default() });
}

/// A key to a table before this one, or to itself.
pub(super) fn foreign_key(
    raw: &RawForeignKey,
    table: &Table,
    plain: &[String],
    others: &[Table],
    names: &mut Names,
) -> Option<ForeignKey> {
    let targets: Vec<&Table> = others.iter().chain([table]).collect();
    let target = raw.table.get(&targets);
    let keys: Vec<&Vec<String>> = target
        .primary_key
        .iter()
        .map(|key| &key.columns)
        .chain(target.uniques.iter().map(|unique| &unique.columns))
        .collect();
    if keys.is_empty() {
        return None;
    }
    let references = (*raw.key.get(&keys)).clone();
    let columns = pick(&raw.columns, plain);
    if columns.len() < references.len() {
        return None;
    }
    let columns = columns[..references.len()].to_vec();
    let name = format!("fk_{}_{}", table.name.name, columns[0]);
    Some(ForeignKey {
        name: raw.named.then(|| names.free(&name)),
        columns,
        table: target.name.clone(),
        references,
        on_delete: raw.on_delete,
        on_update: raw.on_update,
        matching: None,
        deferrable: raw.deferrable.map(|initially| Deferrable { initially }),
        options: Default::default(),
    })
}

pub(super) fn index(raw: &RawIndex, table: &Table, names: &mut Names) -> Index {
    let all: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    let mut used = BTreeSet::new();
    let mut index = Index {
        name: names.free(&format!("ix_{}", raw.name)),
        unique: raw.unique,
        predicate: raw.predicate.as_ref().map(|raw| expression(raw, &all)),
        ..Index::default()
    };
    for (pick, descending, collation, computed) in &raw.columns {
        let name = pick.get(&all);
        if !used.insert(name) {
            continue;
        }
        let key = if *computed {
            IndexKey::Expression(Sql::new(format!("lower({})", quoted(name))))
        } else {
            IndexKey::Column(name.clone())
        };
        let collation = collation.map(str::to_owned);
        index.columns.push(IndexColumn { key, collation, descending: *descending, nulls: None });
    }
    index
}

fn object(raw: &RawObject, names: &mut Names, tables: &[Table]) -> Option<Object> {
    if tables.is_empty() {
        return None;
    }
    let table = raw.table.get(tables);
    let (on, column) = (quoted(&table.name.name), quoted(&table.columns[0].name));
    let name = names.free(&raw.name);
    Some(if raw.trigger {
        let forms = [
            format!("AFTER INSERT ON {on} BEGIN SELECT NEW.{column}; END"),
            format!(
                "BEFORE DELETE ON {on} WHEN OLD.{column} IS NULL BEGIN SELECT 1; SELECT 2; END"
            ),
            format!("AFTER UPDATE OF {column} ON {on} BEGIN DELETE FROM {on} WHERE 0; END"),
        ];
        let definition = format!("CREATE TRIGGER {} {}", quoted(&name), raw.form.get(&forms));
        Object::Trigger(Trigger {
            name: Name::new(name),
            table: table.name.clone(),
            definition: Sql::new(definition),
        })
    } else {
        let forms = [
            format!("SELECT {column} FROM {on}"),
            format!(
                "SELECT count(*) AS n, 'it''s' AS \"a b\" FROM {on} WHERE {column} IS NOT NULL"
            ),
        ];
        Object::View(View {
            name: Name::new(name),
            materialized: false,
            definition: Sql::new(raw.form.get(&forms).as_str()),
            options: Default::default(),
        })
    })
}

/// The columns that were picked, each once.
pub(super) fn pick(picks: &[Pick], columns: &[String]) -> Vec<String> {
    let mut picked: Vec<String> = Vec::new();
    for pick in picks {
        let column = pick.get(columns);
        if !picked.contains(column) {
            picked.push(column.clone());
        }
    }
    picked
}

pub(super) fn expression(raw: &RawExpression, columns: &[String]) -> Sql {
    Sql::new(raw.form.replace("{}", &quoted(&columns[raw.column.index(columns.len())])))
}

pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
