//! What it takes to make a pair fit another database than SQLite: names that it accepts, in its own
//! quotes, and what a column and an expression are about.

use std::collections::{BTreeMap, BTreeSet};

use limbeck::diff::Rename;
use limbeck::schema::sql::{TokenKind, tokens};
use limbeck::schema::{Column, ForeignKey, IndexKey, Name, Schema, Sql, Table, Type};

use super::Pair;

/// Names that the database accepts, the same one for the same one.
pub(super) struct Accepted {
    /// What a name that is not accepted begins with instead, before a number.
    pub(super) instead: fn(&str) -> Option<String>,
    /// Quotes a name in an expression.
    pub(super) quoted: fn(&str) -> String,
    taken: BTreeMap<String, String>,
}

impl Accepted {
    pub(super) fn new(instead: fn(&str) -> Option<String>, quoted: fn(&str) -> String) -> Accepted {
        Accepted { instead, quoted, taken: BTreeMap::new() }
    }

    /// The pair with both schemas fitted, and those renames that are still there to be made.
    pub(super) fn pair(
        mut self,
        pair: Pair,
        fit: impl Fn(Schema, &mut Accepted) -> Schema,
    ) -> Pair {
        let (from, to) = (fit(pair.from, &mut self), fit(pair.to, &mut self));
        let renames = pair.renames.into_iter().map(|rename| match rename {
            Rename::Table { from, to } => {
                Rename::Table { from: self.name(from), to: self.name(to) }
            }
            Rename::Column { table, from, to } => Rename::Column {
                table: self.name(table),
                from: self.text(&from),
                to: self.text(&to),
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

    pub(super) fn text(&mut self, name: &str) -> String {
        let Some(begin) = (self.instead)(name) else { return name.to_owned() };
        let count = self.taken.len();
        self.taken.entry(name.to_owned()).or_insert_with(|| format!("{begin}_{count}")).clone()
    }

    pub(super) fn name(&mut self, name: Name) -> Name {
        Name { name: self.text(&name.name), ..name }
    }

    /// The expression with its names in this database's quotes.
    pub(super) fn sql(&mut self, sql: &Sql) -> Sql {
        let text = sql.text.clone().unwrap_or_default();
        let (mut fitted, mut done) = (String::new(), 0);
        for token in tokens(&text).iter().filter(|it| it.kind == TokenKind::Quoted) {
            fitted.push_str(&text[done..token.at]);
            let name = self.text(&token.name().unwrap_or_default());
            fitted.push_str(&(self.quoted)(&name));
            done = token.end();
        }
        fitted.push_str(&text[done..]);
        Sql::new(fitted)
    }

    fn all(&mut self, names: &mut [String]) {
        names.iter_mut().for_each(|it| *it = self.text(it));
    }

    /// Every name in a table. A constraint without one gets one: the server would give it one, as a
    /// model does.
    pub(super) fn table(&mut self, table: &mut Table) {
        table.name = self.name(table.name.clone());
        for column in &mut table.columns {
            column.name = self.text(&column.name);
            if let Some(generated) = &mut column.generated {
                generated.expression = self.sql(&generated.expression);
            }
        }
        if let Some(key) = &mut table.primary_key {
            self.all(&mut key.columns);
            key.name = key.name.as_ref().map(|it| self.text(it));
        }
        let own = table.name.name.clone();
        let named = |it: &Option<String>, at: usize, what: &str| {
            it.clone().unwrap_or_else(|| format!("{what}_{own}_unnamed_{at}"))
        };
        for (at, it) in table.uniques.iter_mut().enumerate() {
            self.all(&mut it.columns);
            it.name = Some(self.text(&named(&it.name, at, "uq")));
        }
        for (at, it) in table.foreign_keys.iter_mut().enumerate() {
            self.all(&mut it.columns);
            self.all(&mut it.references);
            it.table = self.name(it.table.clone());
            it.name = Some(self.text(&named(&it.name, at, "fk")));
        }
        for (at, it) in table.checks.iter_mut().enumerate() {
            it.expression = self.sql(&it.expression);
            it.name = Some(self.text(&named(&it.name, at, "ck")));
        }
        for index in &mut table.indexes {
            index.name = self.text(&index.name);
            index.predicate = index.predicate.as_ref().map(|it| self.sql(it));
            for column in &mut index.columns {
                match &mut column.key {
                    IndexKey::Column(name) => *name = self.text(name),
                    IndexKey::Expression(sql) => *sql = self.sql(sql),
                }
            }
        }
    }
}

/// Keeps the foreign keys that refer to a key, with columns that are `alike` those of it.
pub(super) fn keep_foreign_keys(schema: &mut Schema, alike: fn(&Column, &Column) -> bool) {
    let columns: BTreeMap<(Name, String), Column> = schema
        .tables
        .iter()
        .flat_map(|table| {
            table.columns.iter().map(|it| ((table.name.clone(), it.name.clone()), it.clone()))
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
        let column = |name: &Name, column: &String| columns.get(&(name.clone(), column.clone()));
        let own = table.name.clone();
        let is_alike = |key: &ForeignKey| {
            key.columns.iter().zip(&key.references).all(|(from, to)| {
                column(&own, from).zip(column(&key.table, to)).is_some_and(|(a, b)| alike(a, b))
            })
        };
        table.foreign_keys.retain(|key| {
            keys.contains(&(key.table.clone(), key.references.clone())) && is_alike(key)
        });
    }
}

/// The column of which an expression speaks.
pub(super) fn mentioned(sql: &Sql, columns: &[Column]) -> Option<Column> {
    let text = sql.text.clone().unwrap_or_default();
    let names = tokens(&text);
    let name = names.iter().find(|it| it.kind == TokenKind::Quoted)?.name()?;
    columns.iter().find(|it| it.name == name).cloned()
}

pub(super) fn is_text(column: &Column) -> bool {
    matches!(column.ty, Type::String(_) | Type::Text(_) | Type::Enum(_))
}

pub(super) fn is_number(column: &Column) -> bool {
    column.ty.is_integer() || matches!(column.ty, Type::Float | Type::Double | Type::Numeric { .. })
}

/// A condition on a column that its type allows: `sql` itself, or another. `least` is the smallest
/// number that the other lets in.
pub(super) fn fit_condition(sql: &mut Sql, column: Option<Column>, name: &str, least: i32) {
    let text = sql.text.clone().unwrap_or_default();
    let Some(column) = column else {
        *sql = Sql::new("1 > 0");
        return;
    };
    let fits = match &text {
        it if it.ends_with("IS NOT NULL") => true,
        it if it.contains("> 0) OR") || it.ends_with("IN (1, 2, 3)") => is_number(&column),
        _ => is_text(&column),
    };
    if !fits {
        *sql = match () {
            () if column.ty.is_integer() => Sql::new(format!("{name} BETWEEN {least} AND 5000")),
            () if is_text(&column) => Sql::new(format!("{name} NOT IN ('a', 'b''c')")),
            () => Sql::new(format!("{name} IS NOT NULL")),
        };
    }
}

/// A view that any column's type allows.
pub(super) fn fit_view(sql: &mut Sql) {
    let text = sql.text.clone().unwrap_or_default();
    if let Some((head, _)) = text.split_once(" WHERE ")
        && let Some(rest) = head.strip_prefix("SELECT max(")
    {
        let rest = rest.replacen(") AS ", " AS ", 1);
        *sql = Sql::new(format!("SELECT {rest} LIMIT 5"));
    }
}
