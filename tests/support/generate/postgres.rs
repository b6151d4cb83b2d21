//! The same pairs for PostgreSQL, which holds less of what is declared at random: expressions have
//! types, names are shorter, and a key is of the type of what it refers to.

use std::collections::BTreeSet;

use limbeck::schema::{
    Column, Generated, IndexKey, Literal, Name, Object, Schema, Sql, Table, Type, Value,
};

use super::Pair;
use super::fitting::{
    Accepted, fit_condition, fit_view, is_number, is_text, keep_foreign_keys, mentioned,
};
use super::schema::quoted;

/// The pair as far as PostgreSQL can hold it.
pub(crate) fn fit(pair: Pair) -> Pair {
    Accepted::new(shorter, quoted).pair(pair, fit_schema)
}

/// Names are of at most 63 bytes.
fn shorter(name: &str) -> Option<String> {
    let mut end = 40;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    (name.len() > 50).then(|| name[..end].to_owned())
}

fn fit_schema(mut schema: Schema, accepted: &mut Accepted) -> Schema {
    for table in &mut schema.tables {
        accepted.table(table);
        fit_table(table);
    }
    keep_foreign_keys(&mut schema, |one, other| one.ty == other.ty);
    for object in &mut schema.objects {
        match object {
            Object::View(view) => {
                view.name = accepted.name(view.name.clone());
                view.definition = accepted.sql(&view.definition);
                fit_view(&mut view.definition);
            }
            Object::Trigger(trigger) => {
                trigger.name = accepted.name(trigger.name.clone());
                trigger.table = accepted.name(trigger.table.clone());
                let (name, on) = (quoted(&trigger.name.name), quoted(&trigger.table.name));
                let when = if name.len() % 2 == 0 { " WHEN (pg_trigger_depth() = 0)" } else { "" };
                trigger.definition = Sql::new(format!(
                    "CREATE TRIGGER {name} BEFORE UPDATE ON {on} FOR EACH ROW{when} \
                     EXECUTE FUNCTION suppress_redundant_updates_trigger()"
                ));
            }
            _ => {}
        }
    }
    // A view has triggers of another kind.
    let tables: BTreeSet<Name> = schema.tables.iter().map(|it| it.name.clone()).collect();
    schema.objects.retain(|it| !matches!(it, Object::Trigger(it) if !tables.contains(&it.table)));
    schema.sort();
    schema
}

fn fit_table(table: &mut Table) {
    table.options.clear();
    let declared = table.columns.clone();
    for column in &mut table.columns {
        fit_column(column, &|sql| mentioned(sql, &declared));
    }
    let columns = table.columns.clone();
    let of = |sql: &Sql| mentioned(sql, &columns);
    for check in &mut table.checks {
        let column = of(&check.expression);
        fit_check(&mut check.expression, column);
    }
    let mut said = BTreeSet::new();
    table.checks.retain(|it| said.insert(it.expression.text.clone()));
    for index in &mut table.indexes {
        if let Some(predicate) = &mut index.predicate {
            let column = of(predicate);
            fit_check(predicate, column);
        }
        index.columns.retain(|it| match &it.key {
            IndexKey::Column(name) => columns.iter().any(|it| it.name == *name && is_key(it)),
            IndexKey::Expression(sql) => of(sql).is_some_and(|it| is_text(&it)),
        });
        for column in &mut index.columns {
            let text = match &column.key {
                IndexKey::Column(name) => {
                    columns.iter().find(|it| it.name == *name).is_some_and(is_text)
                }
                IndexKey::Expression(_) => true,
            };
            column.collation = column.collation.as_ref().filter(|_| text).map(|_| "C".to_owned());
        }
    }
    table.indexes.retain(|it| !it.columns.is_empty());
    let is_key = |name: &String| columns.iter().any(|it| it.name == *name && is_key(it));
    table.uniques.retain(|it| it.columns.iter().all(is_key));
    if table.primary_key.as_ref().is_some_and(|it| !it.columns.iter().all(is_key)) {
        table.primary_key = None;
    }
}

/// Whether values of the column can be told apart.
fn is_key(column: &Column) -> bool {
    column.ty != Type::Json
}

fn fit_column(column: &mut Column, of: &dyn Fn(&Sql) -> Option<Column>) {
    let collates = is_text(column) || matches!(column.ty, Type::Char(_));
    column.collation = column
        .collation
        .take()
        .filter(|_| collates)
        .map(|it| if it == "NOCASE" { "C".to_owned() } else { "POSIX".to_owned() });
    let generated =
        column.generated.take().filter(|it| of(&it.expression).is_some_and(|it| is_text(&it)));
    if let Some(Generated { expression, .. }) = generated {
        let counts = expression.text.as_deref().is_some_and(|it| it.starts_with("length"));
        column.ty = if counts { Type::INTEGER } else { Type::Text(Default::default()) };
        column.collation = None;
        column.generated = Some(Generated { expression, stored: true });
        column.identity = None;
    }
    column.default = column.default.take().and_then(|value| fit_default(column, value));
}

fn fit_default(column: &Column, value: Value) -> Option<Value> {
    let expression = |text: &str| Some(Value::Expression(Sql::new(text)));
    match (&column.ty, &value) {
        (Type::Enum(values), _) => Some(Value::Literal(Literal::Text(values[0].clone()))),
        (Type::Boolean, Value::Literal(Literal::Boolean(_))) => Some(value),
        (ty, Value::Literal(Literal::Integer(number))) if ty.is_integer() => {
            i16::try_from(*number).ok().map(|_| value)
        }
        (Type::Float | Type::Double, Value::Literal(Literal::Float(_) | Literal::Integer(_))) => {
            Some(value)
        }
        (Type::Numeric { .. }, Value::Literal(Literal::Float(_))) => Some(value),
        (Type::String(None) | Type::Text(_), Value::Literal(_)) => Some(value),
        (Type::String(Some(length)), Value::Literal(Literal::Text(text))) => {
            (text.chars().count() <= *length as usize).then_some(value)
        }
        (_, Value::Literal(_)) => None,
        (Type::Date | Type::DateTime { .. }, _) => expression("CURRENT_TIMESTAMP"),
        (Type::Integer { .. }, _) => expression("1 + 2"),
        (Type::Text(_) | Type::String(None), _) => expression("lower('A')"),
        (Type::Uuid, _) => expression("md5('a')::uuid"),
        _ => None,
    }
}

fn fit_check(sql: &mut Sql, column: Option<Column>) {
    let name = column.as_ref().map(|it| quoted(&it.name)).unwrap_or_default();
    fit_condition(sql, column, &name, -1);
}
