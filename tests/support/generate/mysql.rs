//! The same pairs for MySQL and MariaDB: names hold no emoji, keys have a length, columns that refer are
//! like those they refer to, and what an expression or a key may speak of is narrower.

use std::collections::BTreeSet;

use limbeck::dialect::mysql::Flavour;
use limbeck::schema::{
    Action, Column, ForeignKey, Generated, IndexColumn, IndexKey, Literal, Name, Object,
    OptionValue, Schema, Sql, Table, Type, Value,
};

use super::Pair;
use super::fitting::{
    Accepted, fit_condition, fit_view, is_number, is_text, keep_foreign_keys, mentioned,
};

/// The pair as far as the server can hold it.
pub(crate) fn fit(pair: Pair, flavour: Flavour) -> Pair {
    Accepted::new(acceptable, quoted)
        .pair(pair, |schema, accepted| fit_schema(schema, accepted, flavour))
}

/// Names are of at most 64 characters that fit into two bytes each, the last of which is no space:
/// <https://dev.mysql.com/doc/refman/8.4/en/identifiers.html>. The file of a table has its name, and
/// there each other letter takes five bytes.
fn acceptable(name: &str) -> Option<String> {
    let is_narrow = |it: char| it <= '\u{ffff}';
    if name.chars().count() <= 45 && name.chars().all(is_narrow) && !name.ends_with(' ') {
        return None;
    }
    Some(name.chars().map(|it| if is_narrow(it) { it } else { '?' }).take(36).collect())
}

fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

fn fit_schema(mut schema: Schema, accepted: &mut Accepted, flavour: Flavour) -> Schema {
    for table in &mut schema.tables {
        accepted.table(table);
        fit_table(table, flavour);
    }
    keep_foreign_keys(&mut schema, |one, other| {
        (&one.ty, &one.collation) == (&other.ty, &other.collation)
    });
    schema.tables.iter_mut().for_each(fit_actions);
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
                trigger.definition = fit_trigger(&trigger.name, &trigger.table);
            }
            _ => {}
        }
    }
    // Views have no triggers.
    let tables: BTreeSet<Name> = schema.tables.iter().map(|it| it.name.clone()).collect();
    schema.objects.retain(|it| !matches!(it, Object::Trigger(it) if !tables.contains(&it.table)));
    schema.sort();
    schema
}

fn fit_trigger(name: &Name, table: &Name) -> Sql {
    let (name, on) = (quoted(&name.name), quoted(&table.name));
    let rest = match name.len() % 3 {
        0 => format!("BEFORE UPDATE ON {on} FOR EACH ROW SET @limbeck = 1"),
        1 => format!("AFTER INSERT ON {on} FOR EACH ROW BEGIN SET @limbeck = 'it''s; so'; END"),
        _ => format!(
            "BEFORE DELETE ON {on} FOR EACH ROW BEGIN\n  IF 1 > 2 THEN\n    SET @limbeck = 2;\n  \
             END IF;\n  SET @limbeck = 3;\nEND"
        ),
    };
    Sql::new(format!("CREATE TRIGGER {name} {rest}"))
}

fn fit_table(table: &mut Table, flavour: Flavour) {
    table.options.clear();
    let declared = table.columns.clone();
    for column in &mut table.columns {
        fit_column(column, &|sql| mentioned(sql, &declared));
    }
    let columns = table.columns.clone();
    let of = |sql: &Sql| mentioned(sql, &columns);
    for check in &mut table.checks {
        let column = of(&check.expression);
        let name = column.as_ref().map(|it| quoted(&it.name)).unwrap_or_default();
        fit_condition(&mut check.expression, column, &name, 0);
    }
    // What numbers itself is not checked.
    table.checks.retain(|it| of(&it.expression).is_none_or(|it| it.identity.is_none()));
    let mut said = BTreeSet::new();
    table.checks.retain(|it| said.insert(it.expression.text.clone()));
    let mut named = BTreeSet::new();
    table.checks.retain(|it| named.insert(it.name.as_ref().map(|it| it.to_lowercase())));

    for index in &mut table.indexes {
        index.predicate = None;
        index.columns.retain(|it| match &it.key {
            IndexKey::Column(name) => is_indexed(&columns, name),
            // Of MySQL alone, which has none of a large text.
            IndexKey::Expression(sql) => {
                flavour == Flavour::MySql && of(sql).is_some_and(|it| is_text(&it) && is_key(&it))
            }
        });
        index.columns.iter_mut().for_each(|it| it.collation = None);
        let lengths: Vec<&str> = index.columns.iter().map(|it| length(&columns, it)).collect();
        if lengths.iter().any(|it| *it != "-") {
            let lengths = OptionValue::Text(lengths.join(", "));
            index.options.insert("mysql.lengths".to_owned(), lengths);
        }
    }
    table.indexes.retain(|it| !it.columns.is_empty());
    let is_key = |name: &String| columns.iter().any(|it| it.name == *name && is_key(it));
    table.uniques.retain(|it| it.columns.iter().all(is_key));
    if table.primary_key.as_ref().is_some_and(|it| !it.columns.iter().all(is_key)) {
        table.primary_key = None;
        table.columns.iter_mut().for_each(|it| it.identity = None);
    }
    for key in &mut table.foreign_keys {
        key.deferrable = None;
    }
    // A column that refers to itself is refused.
    let own = table.name.clone();
    let to_itself = |it: &ForeignKey| it.table == own && it.columns == it.references;
    table.foreign_keys.retain(|it| it.columns.iter().all(is_key) && !to_itself(it));
}

/// Whether values of the column are short enough to be a key.
fn is_key(column: &Column) -> bool {
    !is_large(column) && column.ty != Type::Json
}

/// Whether values of the column have no length.
fn is_large(column: &Column) -> bool {
    matches!(
        column.ty,
        Type::Text(_) | Type::LargeBinary(_) | Type::String(None) | Type::Binary(None)
    )
}

fn is_indexed(columns: &[Column], name: &str) -> bool {
    columns.iter().any(|it| it.name == name && it.ty != Type::Json)
}

/// How much of a column an index holds, in the words of the option.
fn length(columns: &[Column], column: &IndexColumn) -> &'static str {
    let IndexKey::Column(name) = &column.key else { return "-" };
    let is_large = columns.iter().any(|it| it.name == *name && is_large(it));
    if is_large { "10" } else { "-" }
}

/// What a key may do to its columns: nothing where they are checked or computed with, and no NULL where
/// there can be none.
fn fit_actions(table: &mut Table) {
    let expressions = table.checks.iter().map(|it| &it.expression);
    let generated = table.columns.iter().filter_map(|it| Some(&it.generated.as_ref()?.expression));
    let spoken_of: BTreeSet<String> = expressions
        .chain(generated)
        .filter_map(|it| mentioned(it, &table.columns))
        .map(|it| it.name)
        .collect();
    let columns = &table.columns;
    for key in &mut table.foreign_keys {
        let is_fixed = key.columns.iter().any(|it| spoken_of.contains(it));
        let is_full = columns.iter().any(|it| key.columns.contains(&it.name) && !it.nullable);
        for action in [&mut key.on_delete, &mut key.on_update] {
            let refused = match action {
                Action::NoAction | Action::Restrict => false,
                Action::SetDefault => true,
                Action::SetNull => is_fixed || is_full,
                Action::Cascade => is_fixed,
            };
            if refused {
                *action = Action::NoAction;
            }
        }
    }
}

fn fit_column(column: &mut Column, of: &dyn Fn(&Sql) -> Option<Column>) {
    // Three columns of a key are to fit into 3,072 bytes, with four for each character.
    match &mut column.ty {
        Type::String(Some(length)) | Type::Char(Some(length)) => *length = (*length).min(200),
        Type::Enum(values) => {
            // One that ends with a space ends without it, and letters of both cases are the same.
            // MySQL does not tell of letters that fit not into two bytes.
            let narrow = |it: char| if it <= '\u{ffff}' { it } else { '?' };
            values.iter_mut().for_each(|it| *it = it.trim_end().chars().map(narrow).collect());
            let mut said = BTreeSet::new();
            values.retain(|it| said.insert(it.to_lowercase()));
        }
        _ => {}
    }
    let generated =
        column.generated.take().filter(|it| of(&it.expression).is_some_and(|it| is_text(&it)));
    if let Some(Generated { expression, stored }) = generated {
        let text = expression.text.unwrap_or_default();
        let counts = text.starts_with("length");
        column.ty = if counts { Type::INTEGER } else { Type::Text(Default::default()) };
        column.collation = None;
        column.default = None;
        column.identity = None;
        // MariaDB does not say of them that they cannot be NULL.
        column.nullable = true;
        let joined = text.strip_suffix(" || 'x'").map(|it| format!("concat({it}, 'x')"));
        let expression = Sql::new(joined.unwrap_or(text));
        column.generated = Some(Generated { expression, stored });
    }
    let collates = is_text(column) || matches!(column.ty, Type::Char(_));
    let both_have = |it: String| if it == "NOCASE" { "utf8mb4_unicode_ci" } else { "utf8mb4_bin" };
    column.collation =
        column.collation.take().filter(|_| collates).map(|it| both_have(it).to_owned());
    column.default = column.default.take().and_then(|value| fit_default(column, value));
}

fn fit_default(column: &Column, value: Value) -> Option<Value> {
    let expression = |text: &str| Some(Value::Expression(Sql::new(text)));
    match (&column.ty, &value) {
        (Type::Enum(values), _) => Some(Value::Literal(Literal::Text(values[0].clone()))),
        (Type::Boolean, Value::Literal(Literal::Boolean(_))) => Some(value),
        (ty, Value::Literal(Literal::Integer(number))) if ty.is_integer() => {
            let number = i16::try_from(*number).ok()?;
            let number = if is_unsigned(ty) { number.checked_abs()? } else { number };
            Some(Value::Literal(Literal::Integer(number.into())))
        }
        (Type::Float | Type::Double, Value::Literal(Literal::Float(_) | Literal::Integer(_))) => {
            Some(value)
        }
        (
            Type::Numeric { precision: Some(precision), scale },
            Value::Literal(Literal::Float(it)),
        ) => {
            let scale = scale.unwrap_or_default();
            // Nothing is to be cut off.
            let number = if scale < 3 { it.trunc() } else { *it };
            (precision - scale >= 3).then_some(Value::Literal(Literal::Float(number)))
        }
        (Type::String(None) | Type::Text(_), Value::Literal(Literal::Text(_))) => Some(value),
        (Type::String(Some(length)), Value::Literal(Literal::Text(text))) => {
            (text.chars().count() <= *length as usize).then_some(value)
        }
        (_, Value::Literal(_)) => None,
        (Type::DateTime { .. }, _) => expression("CURRENT_TIMESTAMP"),
        (Type::Date, _) => expression("curdate()"),
        (Type::Integer { .. }, _) => expression("1 + 2"),
        (Type::Text(_) | Type::String(_), _) => expression("lower('A')"),
        (Type::Uuid, _) => expression("uuid()"),
        (ty, _) if is_number(&Column::new("", ty.clone())) => expression("1 + 2"),
        _ => None,
    }
}

fn is_unsigned(ty: &Type) -> bool {
    matches!(
        ty,
        Type::SmallInteger { unsigned: true }
            | Type::Integer { unsigned: true }
            | Type::BigInteger { unsigned: true }
    )
}
