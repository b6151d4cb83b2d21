//! The same pairs for PostgreSQL, which holds less of what is declared at random: expressions have
//! types, names are shorter, and a key is of the type of what it refers to.

use std::collections::{BTreeMap, BTreeSet};

use limbeck::diff::Rename;
use limbeck::schema::{
    Column, Generated, IndexKey, Literal, Name, Object, Schema, Sql, Table, Type, Value,
};

use super::Pair;
use super::schema::quoted;

/// The pair as far as PostgreSQL can hold it.
pub(crate) fn fit(pair: Pair) -> Pair {
    let mut shortened = Shortened::default();
    let (from, to) = (fit_schema(pair.from, &mut shortened), fit_schema(pair.to, &mut shortened));
    let renames = pair.renames.into_iter().map(|rename| match rename {
        Rename::Table { from, to } => {
            Rename::Table { from: shortened.name(from), to: shortened.name(to) }
        }
        Rename::Column { table, from, to } => Rename::Column {
            table: shortened.name(table),
            from: shortened.text(&from),
            to: shortened.text(&to),
        },
    });
    let holds = |rename: &Rename| match rename {
        Rename::Table { from: old, to: new } => {
            from.table(old).is_some() && to.table(new).is_some()
        }
        Rename::Column { table, from: old, to: new } => {
            let has = |schema: &Schema, name: &str| {
                schema.tables.iter().any(|it| it.column(name).is_some())
            };
            to.table(table).is_some() && has(&from, old) && has(&to, new)
        }
    };
    let renames = renames.filter(holds).collect();
    Pair { from, to, renames }
}

/// Names of at most 63 bytes, the same one for the same one.
#[derive(Default)]
struct Shortened {
    taken: BTreeMap<String, String>,
}

impl Shortened {
    fn text(&mut self, name: &str) -> String {
        if name.len() <= 50 {
            return name.to_owned();
        }
        let count = self.taken.len();
        let short = || {
            let mut end = 40;
            while !name.is_char_boundary(end) {
                end -= 1;
            }
            format!("{}_{count}", &name[..end])
        };
        self.taken.entry(name.to_owned()).or_insert_with(short).clone()
    }

    fn name(&mut self, name: Name) -> Name {
        Name { name: self.text(&name.name), ..name }
    }

    /// The text with every name in double quotes shortened.
    fn sql(&mut self, sql: &Sql) -> Sql {
        let text = sql.text.clone().unwrap_or_default();
        let all: Vec<String> =
            limbeck::schema::sql::tokens(&text).iter().filter_map(|it| it.name()).collect();
        let mut text = text;
        for name in all {
            let short = self.text(&name);
            if short != name {
                text = text.replace(&quoted(&name), &quoted(&short));
            }
        }
        Sql::new(text)
    }
}

fn fit_schema(mut schema: Schema, shortened: &mut Shortened) -> Schema {
    for table in &mut schema.tables {
        shorten(table, shortened);
        fit_table(table);
    }
    let types: BTreeMap<(Name, String), Type> = schema
        .tables
        .iter()
        .flat_map(|table| {
            table.columns.iter().map(|it| ((table.name.clone(), it.name.clone()), it.ty.clone()))
        })
        .collect();
    let keys: BTreeSet<(Name, Vec<String>)> = schema
        .tables
        .iter()
        .flat_map(|table| {
            let primary = table.primary_key.iter().map(|it| it.columns.clone());
            let uniques = table.uniques.iter().map(|it| it.columns.clone());
            primary.chain(uniques).map(|it| (table.name.clone(), it))
        })
        .collect();
    for table in &mut schema.tables {
        let ty = |name: &Name, column: &String| types.get(&(name.clone(), column.clone()));
        let own = table.name.clone();
        table.foreign_keys.retain(|key| {
            let mut pairs = key.columns.iter().zip(&key.references);
            keys.contains(&(key.table.clone(), key.references.clone()))
                && pairs.all(|(column, target)| ty(&own, column) == ty(&key.table, target))
        });
    }
    for object in &mut schema.objects {
        match object {
            Object::View(view) => {
                view.name = shortened.name(view.name.clone());
                view.definition = shortened.sql(&view.definition);
                fit_view(&mut view.definition);
            }
            Object::Trigger(trigger) => {
                trigger.name = shortened.name(trigger.name.clone());
                trigger.table = shortened.name(trigger.table.clone());
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

fn shorten(table: &mut Table, shortened: &mut Shortened) {
    table.name = shortened.name(table.name.clone());
    let all = |names: &mut Vec<String>, shortened: &mut Shortened| {
        names.iter_mut().for_each(|it| *it = shortened.text(it));
    };
    for column in &mut table.columns {
        column.name = shortened.text(&column.name);
        if let Some(generated) = &mut column.generated {
            generated.expression = shortened.sql(&generated.expression);
        }
    }
    if let Some(key) = &mut table.primary_key {
        all(&mut key.columns, shortened);
        key.name = key.name.as_ref().map(|it| shortened.text(it));
    }
    // Without a name the server would give one, which a model does, too.
    let own = table.name.name.clone();
    let named = |name: &Option<String>, at: usize, what: &str, shortened: &mut Shortened| {
        let name = name.clone().unwrap_or_else(|| format!("{what}_{own}_unnamed_{at}"));
        Some(shortened.text(&name))
    };
    for (at, it) in table.uniques.iter_mut().enumerate() {
        all(&mut it.columns, shortened);
        it.name = named(&it.name, at, "uq", shortened);
    }
    for (at, it) in table.foreign_keys.iter_mut().enumerate() {
        all(&mut it.columns, shortened);
        all(&mut it.references, shortened);
        it.table = shortened.name(it.table.clone());
        it.name = named(&it.name, at, "fk", shortened);
    }
    for (at, it) in table.checks.iter_mut().enumerate() {
        it.expression = shortened.sql(&it.expression);
        it.name = named(&it.name, at, "ck", shortened);
    }
    for index in &mut table.indexes {
        index.name = shortened.text(&index.name);
        index.predicate = index.predicate.as_ref().map(|it| shortened.sql(it));
        for column in &mut index.columns {
            match &mut column.key {
                IndexKey::Column(name) => *name = shortened.text(name),
                IndexKey::Expression(sql) => *sql = shortened.sql(sql),
            }
        }
    }
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
        fit_condition(&mut check.expression, column);
    }
    let mut said = BTreeSet::new();
    table.checks.retain(|it| said.insert(it.expression.text.clone()));
    for index in &mut table.indexes {
        if let Some(predicate) = &mut index.predicate {
            let column = of(predicate);
            fit_condition(predicate, column);
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

/// The column of which an expression speaks.
fn mentioned(sql: &Sql, columns: &[Column]) -> Option<Column> {
    let text = sql.text.clone().unwrap_or_default();
    let names = limbeck::schema::sql::tokens(&text);
    let name = names.iter().find(|it| it.text.starts_with('"'))?.name()?;
    columns.iter().find(|it| it.name == name).cloned()
}

/// Whether values of the column can be told apart.
fn is_key(column: &Column) -> bool {
    column.ty != Type::Json
}

fn is_text(column: &Column) -> bool {
    matches!(column.ty, Type::String(_) | Type::Text(_) | Type::Enum(_))
}

fn is_number(column: &Column) -> bool {
    column.ty.is_integer() || matches!(column.ty, Type::Float | Type::Double | Type::Numeric { .. })
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

/// A condition that the column's type allows.
fn fit_condition(sql: &mut Sql, column: Option<Column>) {
    let text = sql.text.clone().unwrap_or_default();
    let Some(column) = column else {
        *sql = Sql::new("1 > 0");
        return;
    };
    let name = quoted(&column.name);
    let fits = match &text {
        it if it.ends_with("IS NOT NULL") => true,
        it if it.contains("> 0) OR") || it.ends_with("IN (1, 2, 3)") => is_number(&column),
        _ => is_text(&column),
    };
    if !fits {
        *sql = match () {
            () if column.ty.is_integer() => Sql::new(format!("{name} BETWEEN -1 AND 5000")),
            () if is_text(&column) => Sql::new(format!("{name} NOT IN ('a', 'b''c')")),
            () => Sql::new(format!("{name} IS NOT NULL")),
        };
    }
}

/// A view that any column's type allows.
fn fit_view(sql: &mut Sql) {
    let text = sql.text.clone().unwrap_or_default();
    if let Some((head, _)) = text.split_once(" WHERE ")
        && let Some(rest) = head.strip_prefix("SELECT max(")
    {
        let rest = rest.replacen(") AS ", " AS ", 1);
        *sql = Sql::new(format!("SELECT {rest} LIMIT 5"));
    }
}
