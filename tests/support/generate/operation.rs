//! Operations and scripts: everything that a file can say, whether or not a database can do it.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use limbeck::dialect;
use limbeck::operation::{Operation, TableChange};
use limbeck::schema::{
    Action, Check, Column, Deferrable, Definition, Enum, Extension, ForeignKey, Function,
    Generated, Identity, Index, IndexColumn, IndexKey, Literal, Name, Namespace, Nulls, Object,
    OptionValue, Options, PrimaryKey, Sequence, SequenceOptions, Size, Sql, Table, Trigger, Type,
    Unique, Value, View,
};
use limbeck::script::{BEHAVIOUR, Entry, Header, Script};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::text::{hostile_text, name};

/// A canonical script of operations.
pub(crate) fn script() -> impl Strategy<Value = Script> {
    (header(), vec(entry(), 0..5), vec(entry(), 0..3))
        .prop_map(|(header, upgrade, downgrade)| Script { header, upgrade, downgrade }.canonical())
}

/// A canonical script of statements.
pub(crate) fn sql_script() -> impl Strategy<Value = Script> {
    (header(), section(), section()).prop_map(|(mut header, upgrade, downgrade)| {
        header.irreversible = header.irreversible.map(|why| {
            let words = why.split(|c: char| c.is_whitespace() || c.is_control());
            words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        });
        header.irreversible = header.irreversible.filter(|why| !why.is_empty());
        Script { header, upgrade, downgrade }.canonical()
    })
}

/// At most one piece of SQL, which no line parts into two sections.
fn section() -> impl Strategy<Value = Vec<Entry>> {
    option::of(vec(hostile_text(), 1..4)).prop_map(|texts| {
        let text = format!("SELECT 1; {}", texts.unwrap_or_default().concat());
        let parted = text.lines().any(|line| {
            let word = line.strip_prefix("--").unwrap_or_default().trim().to_lowercase();
            word == "upgrade" || word == "downgrade"
        });
        if parted { Vec::new() } else { vec![Operation::Execute(Sql::new(text.trim())).into()] }
    })
}

fn header() -> BoxedStrategy<Header> {
    (
        hostile_text(),
        id(),
        ids(),
        ids(),
        ids(),
        (ids(), any::<bool>()),
        option::of(time()),
        option::of(1..=BEHAVIOUR),
        option::of(select(dialect::NAMES.to_vec())),
        any::<bool>(),
        option::of(hostile_text().prop_filter("a reason", |text| !text.trim().is_empty())),
    )
        .prop_map(
            |(
                message,
                revision,
                down_revision,
                branch_labels,
                depends_on,
                (replaces, all_end),
                created,
                behaviour,
                dialect,
                no_transaction,
                irreversible,
            )| Header {
                message,
                revision,
                down_revision,
                branch_labels,
                depends_on,
                ends: if all_end { replaces.clone() } else { Vec::new() },
                replaces,
                created,
                behaviour,
                dialect: dialect.map(str::to_owned),
                no_transaction,
                irreversible,
            },
        )
        .boxed()
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[0-9a-f]{12}", 1 => "[A-Za-z0-9_.é日]{1,32}"]
        .prop_filter("an id", |id| limbeck::script::check_revision_id(id).is_ok())
}

fn ids() -> impl Strategy<Value = Vec<String>> {
    btree_set(id(), 0..3).prop_map(|ids| ids.into_iter().collect())
}

/// A time between the years 1 and 9998, with an offset of whole minutes.
fn time() -> impl Strategy<Value = DateTime<FixedOffset>> {
    (-62_000_000_000i64..253_000_000_000, 0..1_000_000_000u32, -840..840i32).prop_map(
        |(seconds, nanoseconds, minutes)| {
            let offset = FixedOffset::east_opt(minutes * 60).unwrap();
            DateTime::from_timestamp(seconds, nanoseconds).unwrap().with_timezone(&offset)
        },
    )
}

fn entry() -> BoxedStrategy<Entry> {
    let dialects = prop_oneof![
        4 => Just(Vec::new()),
        1 => btree_set(select(dialect::NAMES.to_vec()), 1..3)
            .prop_map(|names| names.into_iter().map(str::to_owned).collect()),
    ];
    (operation(), dialects).prop_map(|(operation, dialects)| Entry { operation, dialects }).boxed()
}

/// Any operation that changes something.
pub(crate) fn operation() -> BoxedStrategy<Operation> {
    let rename = (any_name(), any_name()).prop_filter("two names", |(from, to)| from != to);
    prop_oneof![
        3 => table().prop_map(Operation::CreateTable),
        2 => table().prop_map(Operation::DropTable),
        1 => rename.prop_map(|(from, to)| Operation::RenameTable { from, to }),
        8 => (any_name(), vec(change(), 1..4))
            .prop_map(|(table, changes)| Operation::AlterTable { table, changes }),
        2 => object().prop_map(Operation::Create),
        2 => object().prop_map(Operation::Drop),
        2 => replacement(),
        1 => altered_enum(),
        2 => (any_name(), vec(row(), 1..4))
            .prop_map(|(table, rows)| Operation::Insert { table, rows }),
        1 => (any_name(), row()).prop_filter_map("a column", |(table, row)| {
            let (column, value) = row.into_iter().next()?;
            Some(Operation::Fill { table, column, value })
        }),
        2 => sql().prop_map(Operation::Execute),
        1 => (hostile_text(), vec(hostile_text(), 0..3))
            .prop_map(|(program, arguments)| Operation::Run {
                command: [format!("x{program}")].into_iter().chain(arguments).collect(),
            }),
    ]
    .boxed()
}

fn change() -> BoxedStrategy<TableChange> {
    let renamed = (any_text(), any_text()).prop_filter("two names", |(from, to)| from != to);
    let altered = (column(), column()).prop_map(|(from, mut to)| {
        to.name.clone_from(&from.name);
        to.nullable = !from.nullable;
        TableChange::AlterColumn { from, to }
    });
    let comment = (option::of(hostile_text()), option::of(hostile_text()))
        .prop_filter("two comments", |(from, to)| from != to);
    let set = (option_name(), option::of(option_value()), option::of(option_value()))
        .prop_filter("two values", |(_, from, to)| from != to);
    prop_oneof![
        foreign_key(None).prop_map(TableChange::DropForeignKey),
        check().prop_map(TableChange::DropCheck),
        index().prop_map(TableChange::DropIndex),
        unique(None).prop_map(TableChange::DropUnique),
        primary_key(None).prop_map(TableChange::DropPrimaryKey),
        renamed.prop_map(|(from, to)| TableChange::RenameColumn { from, to }),
        column().prop_map(TableChange::DropColumn),
        altered,
        column().prop_map(TableChange::AddColumn),
        primary_key(None).prop_map(TableChange::AddPrimaryKey),
        unique(None).prop_map(TableChange::AddUnique),
        index().prop_map(TableChange::AddIndex),
        check().prop_map(TableChange::AddCheck),
        foreign_key(None).prop_map(TableChange::AddForeignKey),
        comment.prop_map(|(from, to)| TableChange::SetComment { from, to }),
        set.prop_map(|(name, from, to)| TableChange::SetOption { name, from, to }),
    ]
    .boxed()
}

fn table() -> BoxedStrategy<Table> {
    (any_name(), btree_map(any_text(), column(), 1..4), option::of(hostile_text()), options())
        .prop_flat_map(|(name, columns, comment, options)| {
            let columns: Vec<Column> =
                columns.into_iter().map(|(name, column)| Column { name, ..column }).collect();
            let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
            let among = || Some(names.clone());
            (
                Just((name, columns, comment, options)),
                option::of(primary_key(among())),
                vec(unique(among()), 0..2),
                vec(foreign_key(among()), 0..2),
                vec(check(), 0..2),
            )
        })
        .prop_map(|((name, columns, comment, options), primary_key, uniques, keys, checks)| Table {
            name,
            columns,
            primary_key,
            uniques,
            foreign_keys: keys,
            checks,
            indexes: Vec::new(),
            comment,
            options,
            source: Default::default(),
        })
        .boxed()
}

fn column() -> BoxedStrategy<Column> {
    (
        any_text(),
        any_type(),
        any::<bool>(),
        option::weighted(0.4, value()),
        option::weighted(0.2, (sql(), any::<bool>())),
        option::weighted(0.3, (any::<bool>(), sequence_options())),
        option::weighted(0.2, hostile_text()),
        option::weighted(0.2, hostile_text()),
        options(),
    )
        .prop_map(
            |(name, ty, nullable, default, generated, identity, collation, comment, options)| {
                Column {
                    name,
                    ty,
                    nullable,
                    default,
                    generated: generated
                        .map(|(expression, stored)| Generated { expression, stored }),
                    identity: identity.map(|(always, options)| Identity { always, options }),
                    collation,
                    comment,
                    options,
                }
            },
        )
        .boxed()
}

fn any_type() -> BoxedStrategy<Type> {
    let number = || option::of(any::<u32>());
    let size = || select(vec![Size::Tiny, Size::Normal, Size::Medium, Size::Long]);
    let portable = prop_oneof![
        any::<bool>().prop_map(|unsigned| Type::Integer { unsigned }),
        any::<bool>().prop_map(|unsigned| Type::SmallInteger { unsigned }),
        any::<bool>().prop_map(|unsigned| Type::BigInteger { unsigned }),
        (number(), number()).prop_map(|(precision, scale)| Type::Numeric {
            precision,
            scale: precision.and(scale),
        }),
        number().prop_map(Type::String),
        number().prop_map(Type::Char),
        size().prop_map(Type::Text),
        number().prop_map(Type::Binary),
        size().prop_map(Type::LargeBinary),
        number().prop_map(|precision| Type::Time { precision }),
        (any::<bool>(), number()).prop_map(|(tz, precision)| Type::DateTime { tz, precision }),
        select(vec![
            Type::Boolean,
            Type::Float,
            Type::Double,
            Type::Date,
            Type::Interval,
            Type::Uuid,
            Type::Json,
        ]),
        vec(hostile_text(), 1..4).prop_map(Type::Enum),
        any_name().prop_map(Type::SharedEnum),
    ];
    let portable = portable
        .prop_recursive(2, 4, 1, |inner| inner.prop_map(|item| Type::Array(Box::new(item))));
    let native = (
        btree_map(select(dialect::NAMES.to_vec()), hostile_text(), 1..3),
        option::of(portable.clone()),
    );
    prop_oneof![
        9 => portable,
        1 => native.prop_map(|(dialects, default)| Type::Native {
            dialects: dialects.into_iter().map(|(name, text)| (name.to_owned(), text)).collect(),
            default: default.map(Box::new),
        }),
    ]
    .boxed()
}

fn value() -> BoxedStrategy<Value> {
    prop_oneof![
        any::<bool>().prop_map(|it| Value::Literal(Literal::Boolean(it))),
        any::<i64>().prop_map(|it| Value::Literal(Literal::Integer(it))),
        any::<f64>()
            .prop_filter("finite", |it| it.is_finite())
            .prop_map(|it| Value::Literal(Literal::Float(it))),
        hostile_text().prop_map(|it| Value::Literal(Literal::Text(it))),
        sql().prop_map(Value::Expression),
    ]
    .boxed()
}

fn row() -> impl Strategy<Value = Vec<(String, Value)>> {
    btree_map(hostile_text(), value(), 0..4)
        .prop_map(|row| row.into_iter().collect::<Vec<_>>())
        .prop_shuffle()
}

fn columns(among: Option<Vec<String>>) -> BoxedStrategy<Vec<String>> {
    match among {
        Some(among) => vec(select(among), 1..3).boxed(),
        None => vec(any_text(), 1..3).boxed(),
    }
}

fn constraint_name() -> impl Strategy<Value = Option<String>> {
    option::weighted(0.8, any_text())
}

fn primary_key(among: Option<Vec<String>>) -> BoxedStrategy<PrimaryKey> {
    (constraint_name(), columns(among), options())
        .prop_map(|(name, columns, options)| PrimaryKey { name, columns, options })
        .boxed()
}

fn unique(among: Option<Vec<String>>) -> BoxedStrategy<Unique> {
    (constraint_name(), columns(among), deferrable(), options())
        .prop_map(|(name, columns, deferrable, options)| Unique {
            name,
            columns,
            deferrable,
            options,
        })
        .boxed()
}

fn check() -> BoxedStrategy<Check> {
    (constraint_name(), sql(), options())
        .prop_map(|(name, expression, options)| Check { name, expression, options })
        .boxed()
}

fn foreign_key(among: Option<Vec<String>>) -> BoxedStrategy<ForeignKey> {
    let actions: Vec<Action> = Action::ALL.into_iter().map(|(action, _)| action).collect();
    (
        constraint_name(),
        columns(among),
        any_name(),
        vec(any_text(), 3),
        any::<bool>(),
        (select(actions.clone()), select(actions)),
        option::of(hostile_text()),
        deferrable(),
        options(),
    )
        .prop_map(
            |(
                name,
                columns,
                table,
                mut references,
                to_key,
                (on_delete, on_update),
                matching,
                deferrable,
                options,
            )| {
                references.truncate(if to_key { 0 } else { columns.len() });
                ForeignKey {
                    name,
                    columns,
                    table,
                    references,
                    on_delete,
                    on_update,
                    matching,
                    deferrable,
                    options,
                }
            },
        )
        .boxed()
}

fn deferrable() -> impl Strategy<Value = Option<Deferrable>> {
    option::weighted(0.2, any::<bool>().prop_map(|initially| Deferrable { initially }))
}

fn index() -> BoxedStrategy<Index> {
    (
        any_text(),
        vec(index_column(), 1..4),
        any::<bool>(),
        option::weighted(0.2, sql()),
        vec(any_text(), 0..2),
        option::weighted(0.2, hostile_text()),
        option::weighted(0.2, hostile_text()),
        options(),
    )
        .prop_map(|(name, columns, unique, predicate, include, using, comment, options)| Index {
            name,
            columns,
            unique,
            predicate,
            include,
            using,
            comment,
            options,
            source: Default::default(),
        })
        .boxed()
}

fn index_column() -> BoxedStrategy<IndexColumn> {
    let key = prop_oneof![
        3 => hostile_text().prop_map(IndexKey::Column),
        1 => sql().prop_map(IndexKey::Expression),
        1 => select(vec!["lower(a)", "a || b", "(a)", "a collate x", "x desc", "a nulls first", "a -- b"])
            .prop_map(|text| IndexKey::Expression(Sql::new(text))),
    ];
    let collation = option::weighted(0.2, hostile_text());
    let nulls = option::weighted(0.2, select(vec![Nulls::First, Nulls::Last]));
    (key, collation, any::<bool>(), nulls)
        .prop_map(|(key, collation, descending, nulls)| IndexColumn {
            key,
            collation,
            descending,
            nulls,
        })
        .boxed()
}

fn object() -> BoxedStrategy<Object> {
    prop_oneof![
        any_text().prop_map(|name| Object::Namespace(Namespace { name })),
        extension().prop_map(Object::Extension),
        (any_name(), values()).prop_map(|(name, values)| Object::Enum(Enum { name, values })),
        (any_name(), option::of(number_type()), sequence_options())
            .prop_map(|(name, ty, options)| Object::Sequence(Sequence { name, ty, options })),
        (any_name(), hostile_text(), sql()).prop_map(|(name, arguments, definition)| {
            Object::Function(Function { name, arguments, definition })
        }),
        (any_name(), any::<bool>(), sql(), options()).prop_map(
            |(name, materialized, definition, options)| {
                Object::View(View { name, materialized, definition, options })
            }
        ),
        (any_name(), any_name(), sql()).prop_map(|(name, table, definition)| {
            Object::Trigger(Trigger { name, table, definition })
        }),
        (kind(), any_name(), option::of(any_name()), sql()).prop_map(
            |(kind, name, table, definition)| {
                Object::Definition(Definition { kind, name, table, definition })
            }
        ),
    ]
    .boxed()
}

/// What databases call objects.
fn kind() -> impl Strategy<Value = String> {
    let known = |kind: &String| Definition::check_kind(kind).is_ok();
    "[a-z]{1,8}( [a-z]{1,8}){0,2}".prop_filter("of a kind with words of its own", known)
}

fn extension() -> impl Strategy<Value = Extension> {
    (any_text(), option::of(hostile_text()), option::of(hostile_text()))
        .prop_map(|(name, schema, version)| Extension { name, schema, version })
}

/// An object in the place of one of the same kind and name that is not the same.
fn replacement() -> BoxedStrategy<Operation> {
    (object(), object(), hostile_text())
        .prop_map(|(from, other, text)| {
            let changed = |definition: &Sql| {
                let mut definition = definition.clone();
                definition.text = Some(definition.text.unwrap_or_default() + "x" + &text);
                definition
            };
            let to = match from.clone() {
                Object::View(mut view) => {
                    view.definition = changed(&view.definition);
                    Object::View(view)
                }
                Object::Trigger(mut trigger) => {
                    trigger.definition = changed(&trigger.definition);
                    Object::Trigger(trigger)
                }
                Object::Function(mut function) => {
                    function.definition = changed(&function.definition);
                    Object::Function(function)
                }
                Object::Definition(mut object) => {
                    object.definition = changed(&object.definition);
                    Object::Definition(object)
                }
                Object::Sequence(mut sequence) => {
                    sequence.options.cycle = !sequence.options.cycle;
                    Object::Sequence(sequence)
                }
                Object::Extension(mut extension) => {
                    extension.version = Some(extension.version.unwrap_or_default() + "1");
                    Object::Extension(extension)
                }
                Object::Enum(_) | Object::Namespace(_) => return Operation::Create(other),
            };
            Operation::Replace { from, to }
        })
        .boxed()
}

fn altered_enum() -> BoxedStrategy<Operation> {
    (any_name(), values(), values())
        .prop_map(|(name, from, to)| {
            let renamed: Vec<(String, String)> = match (from.first(), to.first()) {
                (Some(old), Some(new)) if old != new => vec![(old.clone(), new.clone())],
                _ => Vec::new(),
            };
            let added = || to.iter().cloned().chain([format!("{} more", from.concat())]);
            let to = if from == to { added().collect() } else { to.clone() };
            let from = Enum { name: name.clone(), values: from };
            Operation::AlterEnum { from, to: Enum { name, values: to }, renamed }
        })
        .boxed()
}

fn values() -> impl Strategy<Value = Vec<String>> {
    btree_set(hostile_text(), 1..4)
        .prop_map(|values| values.into_iter().collect::<Vec<_>>())
        .prop_shuffle()
}

fn number_type() -> impl Strategy<Value = Type> {
    any::<bool>().prop_flat_map(|unsigned| {
        select(vec![
            Type::SmallInteger { unsigned },
            Type::Integer { unsigned },
            Type::BigInteger { unsigned },
        ])
    })
}

fn sequence_options() -> BoxedStrategy<SequenceOptions> {
    let number = || option::weighted(0.3, any::<i64>());
    (number(), number(), number(), number(), number(), any::<bool>())
        .prop_map(|(start, increment, min, max, cache, cycle)| SequenceOptions {
            start,
            increment,
            min,
            max,
            cache,
            cycle,
        })
        .boxed()
}

fn sql() -> BoxedStrategy<Sql> {
    let dialects = || {
        btree_map(select(dialect::NAMES.to_vec()), hostile_text(), 1..3).prop_map(|texts| {
            let texts = texts.into_iter().map(|(name, text)| (name.to_owned(), text));
            texts.collect::<BTreeMap<_, _>>()
        })
    };
    prop_oneof![
        4 => hostile_text().prop_map(Sql::new),
        1 => (option::of(hostile_text()), dialects())
            .prop_map(|(text, dialects)| Sql { text, dialects }),
    ]
    .boxed()
}

fn options() -> BoxedStrategy<Options> {
    prop_oneof![3 => Just(Options::new()), 1 => btree_map(option_name(), option_value(), 1..3)]
        .boxed()
}

fn option_name() -> impl Strategy<Value = String> {
    (select(dialect::NAMES.to_vec()), hostile_text())
        .prop_map(|(dialect, key)| format!("{dialect}.{key}"))
}

fn option_value() -> impl Strategy<Value = OptionValue> {
    prop_oneof![
        any::<bool>().prop_map(OptionValue::Boolean),
        any::<i64>().prop_map(OptionValue::Integer),
        hostile_text().prop_map(OptionValue::Text),
    ]
}

/// A name with or without a schema.
fn any_name() -> BoxedStrategy<Name> {
    (option::weighted(0.2, any_text()), any_text())
        .prop_map(|(schema, name)| Name { schema, name })
        .boxed()
}

/// A text that is not empty.
fn any_text() -> BoxedStrategy<String> {
    prop_oneof![
        3 => name(),
        1 => hostile_text().prop_filter("a name", |text| !text.is_empty()),
    ]
    .boxed()
}
