//! What a declared table becomes, as far as it can be told without asking the server.

use super::super::options::{self, ENUM_CONSTRAINT, HOW, SERIAL, is_on, text};
use super::super::spelling::{self, Columns};
use super::super::{Postgres, default, types};
use crate::dialect::Unsupported;
use crate::schema::{
    Action, Check, Column, ForeignKey, Generated, Identity, Index, IndexColumn, IndexKey, Literal,
    Name, Nulls, OptionValue, Options, SequenceOptions, Source, Sql, Table, Type, TypeOf, Value,
};

/// A table as the server would report it, but for what is in doubt.
pub(super) struct Draft {
    pub(super) table: Table,
    /// Whether something of it is spelled in a way that only the server can settle.
    pub(super) in_doubt: bool,
}

/// Drafts `table`, which is `live` now; `primary_key` gives the key of a table that is referred to.
///
/// # Errors
/// When PostgreSQL cannot hold it.
pub(super) fn draft(
    dialect: &Postgres,
    table: &Table,
    live: Option<&Table>,
    primary_key: &dyn Fn(&Name) -> Vec<String>,
) -> Result<Draft, Unsupported> {
    let mut drafting = Drafting { dialect, live, in_doubt: false };
    let table = drafting.table(table, primary_key)?;
    Ok(Draft { table, in_doubt: drafting.in_doubt })
}

/// The name as the server's default schema makes it.
pub(super) fn local(dialect: &Postgres, name: &Name) -> Name {
    match &name.schema {
        Some(schema) if *schema == dialect.schema => Name::new(&name.name),
        _ => name.clone(),
    }
}

struct Drafting<'a> {
    dialect: &'a Postgres,
    live: Option<&'a Table>,
    in_doubt: bool,
}

impl<'a> Drafting<'a> {
    fn table(
        &mut self,
        declared: &Table,
        primary_key: &dyn Fn(&Name) -> Vec<String>,
    ) -> Result<Table, Unsupported> {
        let mut table = declared.clone();
        table.name = local(self.dialect, &declared.name);
        table.source = Source(None);
        table.comment = declared.comment.clone().filter(|it| !it.is_empty());
        let live = self.live;
        self.options(&mut table.options, live.map(|it| &it.options));
        for column in &mut table.columns {
            let name = column.name.clone();
            let about = |error: Unsupported| Unsupported {
                table: Some(declared.name.clone()),
                column: Some(name.clone()),
                ..error
            };
            let live = live.and_then(|it| it.column(&name));
            self.column(column, live).map_err(about)?;
            if declared.primary_key.as_ref().is_some_and(|it| it.columns.contains(&name)) {
                column.nullable = false;
            }
        }
        // Expressions are about columns as the server has them.
        let settled = Table { columns: table.columns.clone(), ..Table::default() };
        let columns = Columns::of(&settled);
        for column in &mut table.columns {
            let live = live.and_then(|it| it.column(&column.name));
            self.generated(column, live, &columns);
        }
        self.constraints(&mut table, primary_key);
        for check in &mut table.checks {
            self.check(check, &columns);
        }
        for index in &mut table.indexes {
            self.index(index, &settled, &columns);
        }
        if table.options.contains_key(options::PARTITION_OF) {
            // It has them all from its table.
            table.columns.clear();
        }
        Ok(table)
    }

    /// Drops what says only how a thing is made, and takes texts that mean the same as they are.
    fn options(&mut self, options: &mut Options, live: Option<&Options>) {
        options.retain(|name, value| {
            let is_own = name.starts_with("postgres.") && !HOW.contains(&name.as_str());
            is_own && *value != OptionValue::Boolean(false)
        });
        for (name, value) in options.iter_mut() {
            let OptionValue::Text(text) = value else { continue };
            let found = match live.and_then(|it| it.get(name)) {
                Some(OptionValue::Text(found)) => Some(found),
                _ => None,
            };
            match found {
                Some(found) if plain(found) == plain(text) => text.clone_from(found),
                _ if [options::ROW_SECURITY, options::DEFERRABLE].contains(&name.as_str()) => {}
                _ => self.in_doubt = true,
            }
        }
    }

    fn column(&mut self, column: &mut Column, live: Option<&Column>) -> Result<(), Unsupported> {
        let numbers_itself = column.identity.is_some();
        let ty = types::settled(&column.ty, numbers_itself)?;
        if let Ok(TypeOf::Native(_)) = ty.of("postgres") {
            self.in_doubt |= live.is_none_or(|it| it.ty != ty);
        }
        column.ty = match ty {
            Type::SharedEnum(name) => Type::SharedEnum(local(self.dialect, &name)),
            Type::Array(of) => match *of {
                Type::SharedEnum(name) => {
                    Type::Array(Box::new(Type::SharedEnum(local(self.dialect, &name))))
                }
                of => Type::Array(Box::new(of)),
            },
            ty => ty,
        };
        column.comment = column.comment.take().filter(|it| !it.is_empty());
        column.collation = column.collation.take().filter(|it| it != "default");
        // Whether there is such a collation.
        let collates = column.collation.is_some();
        self.in_doubt |= collates && live.is_none_or(|it| it.collation != column.collation);
        column.nullable &= !numbers_itself;
        column.default = column.default.take().map(|value| self.default(column, value, live));
        if let Some(identity) = &mut column.identity {
            let live = live.filter(|it| it.identity.is_some());
            settle_identity(identity, live.and_then(|it| it.identity.as_ref()), &column.ty);
            // A number of its own is one, whichever way the table was once given it.
            let is_serial = live.is_some_and(|it| is_on(&it.options, SERIAL));
            let says = column.options.contains_key(SERIAL);
            if is_serial && !says && !identity.always {
                column.options.insert(SERIAL.to_owned(), OptionValue::Boolean(true));
            }
        }
        // The check behind an enum may be called anything.
        column.options.remove(ENUM_CONSTRAINT);
        if let (Type::Enum(_), Some(live)) = (&column.ty, live) {
            let name = live.options.get_key_value(ENUM_CONSTRAINT);
            column.options.extend(name.map(|(key, name)| (key.clone(), name.clone())));
        }
        self.options(&mut column.options, live.map(|it| &it.options));
        Ok(())
    }

    fn default(&mut self, column: &Column, value: Value, live: Option<&Column>) -> Value {
        let live = live.and_then(|it| it.default.as_ref());
        let value = match value {
            Value::Literal(literal) => Value::Literal(default::fit(&column.ty, &literal)),
            Value::Expression(sql) => match sql.of("postgres") {
                Some(text) => default::raise_default(&column.ty, text),
                None => Value::Expression(sql),
            },
        };
        match (&value, live) {
            (_, Some(live)) if *live == value => value,
            (Value::Literal(it), Some(Value::Literal(live)))
                if default::same(&column.ty, it, live) =>
            {
                Value::Literal(live.clone())
            }
            (Value::Literal(literal), _) => {
                self.in_doubt |= !is_kept(&column.ty, literal);
                value
            }
            (Value::Expression(sql), Some(Value::Expression(live))) => {
                // A default speaks of no column.
                let none = Table::default();
                Value::Expression(self.expression(sql, Some(live), &Columns::of(&none)))
            }
            (Value::Expression(_), _) => {
                self.in_doubt = true;
                value
            }
        }
    }

    fn generated(&mut self, column: &mut Column, live: Option<&Column>, columns: &Columns) {
        if let Some(generated) = &mut column.generated {
            let live = live.and_then(|it| it.generated.as_ref());
            let live = live.map(|Generated { expression, .. }| expression);
            generated.expression = self.expression(&generated.expression, live, columns);
        }
    }

    /// The live spelling of an expression, where it is one.
    fn expression(&mut self, declared: &Sql, live: Option<&Sql>, columns: &Columns) -> Sql {
        let own = declared.of("postgres").unwrap_or_default();
        if let Some(text) = live.and_then(|it| it.text.as_deref())
            && let Some(table) = self.live
            && spelling::stays(own, text, columns, table)
        {
            return Sql::new(text);
        }
        self.in_doubt = true;
        Sql::new(own)
    }

    fn constraints(&mut self, table: &mut Table, primary_key: &dyn Fn(&Name) -> Vec<String>) {
        let live = self.live;
        let own = table.name.name.clone();
        if let Some(key) = &mut table.primary_key {
            let found = live.and_then(|it| it.primary_key.as_ref());
            name_made(&mut key.name, &[&own, "pkey"], found.and_then(|it| it.name.as_ref()));
            self.options(&mut key.options, found.map(|it| &it.options));
        }
        for unique in &mut table.uniques {
            let found = live.and_then(|it| it.uniques.iter().find(|it| it.name == unique.name));
            let columns = unique.columns.join("_");
            name_made(&mut unique.name, &[&own, &columns, "key"], None);
            self.options(&mut unique.options, found.map(|it| &it.options));
        }
        for key in &mut table.foreign_keys {
            let found = live.and_then(|it| it.foreign_keys.iter().find(|it| it.name == key.name));
            self.foreign_key(key, &own, found, primary_key);
        }
    }

    fn foreign_key(
        &mut self,
        key: &mut ForeignKey,
        own: &str,
        live: Option<&ForeignKey>,
        primary_key: &dyn Fn(&Name) -> Vec<String>,
    ) {
        name_made(&mut key.name, &[own, &key.columns.join("_"), "fkey"], None);
        if key.references.is_empty() {
            key.references = primary_key(&key.table);
        }
        key.table = local(self.dialect, &key.table);
        key.matching = key.matching.take().map(|it| it.to_lowercase()).filter(|it| it != "simple");
        let sets = matches!(key.on_delete, Action::SetNull | Action::SetDefault);
        // The keys of a table are made apart from it, so no doubt is settled with them.
        let doubt = self.in_doubt;
        self.options(&mut key.options, live.map(|it| &it.options));
        self.in_doubt = doubt;
        if !sets {
            key.options.remove(options::ON_DELETE_COLUMNS);
        }
    }

    fn check(&mut self, check: &mut Check, columns: &Columns) {
        let live = self.live.and_then(|it| it.checks.iter().find(|it| it.name == check.name));
        self.in_doubt |= check.name.is_none();
        check.expression =
            self.expression(&check.expression, live.map(|it| &it.expression), columns);
        self.options(&mut check.options, live.map(|it| &it.options));
    }

    fn index(&mut self, index: &mut Index, table: &Table, columns: &Columns) {
        let live = self.live.and_then(|it| it.indexes.iter().find(|it| it.name == index.name));
        index.source = Source(None);
        index.comment = index.comment.take().filter(|it| !it.is_empty());
        index.using = index.using.take().map(|it| it.to_lowercase()).filter(|it| it != "btree");
        if let Some(predicate) = &index.predicate {
            let live = live.and_then(|it| it.predicate.as_ref());
            index.predicate = Some(self.expression(predicate, live, columns));
        }
        for (at, column) in index.columns.iter_mut().enumerate() {
            let live = live.and_then(|it| it.columns.get(at));
            self.index_column(column, live, table, columns);
        }
        // Each class is the default of its column.
        let is_default =
            |it: &str| it.split(',').all(|it| it.trim().eq_ignore_ascii_case("default"));
        if text(&index.options, options::OPCLASSES).is_some_and(is_default) {
            index.options.remove(options::OPCLASSES);
        }
        self.options(&mut index.options, live.map(|it| &it.options));
    }

    fn index_column(
        &mut self,
        column: &mut IndexColumn,
        live: Option<&IndexColumn>,
        table: &Table,
        columns: &Columns,
    ) {
        let ordinary = if column.descending { Nulls::First } else { Nulls::Last };
        column.nulls = column.nulls.filter(|it| *it != ordinary);
        match &column.key {
            IndexKey::Column(name) => {
                let own = table.column(name).and_then(|it| it.collation.as_ref());
                column.collation = column
                    .collation
                    .take()
                    .filter(|it| Some(it) != own && !(own.is_none() && it == "default"));
            }
            IndexKey::Expression(sql) => {
                // The expression may have that collation anyway, and then nothing is said of it.
                let found = live.and_then(|it| it.collation.as_ref());
                self.in_doubt |= column.collation.is_some() && found != column.collation.as_ref();
                let live = live.and_then(|it| match &it.key {
                    IndexKey::Expression(sql) => Some(sql),
                    IndexKey::Column(_) => None,
                });
                column.key = IndexKey::Expression(self.expression(sql, live, columns));
            }
        }
    }
}

/// Options and bounds, without blanks and case.
fn plain(text: &str) -> String {
    let kept = text.chars().filter(|it| !it.is_whitespace() && *it != '"');
    kept.flat_map(char::to_lowercase).collect()
}

/// The name that the server makes for what has none.
fn name_made(name: &mut Option<String>, parts: &[&str], live: Option<&String>) {
    if name.is_none() {
        let made = parts.join("_");
        *name = Some(live.cloned().unwrap_or(made));
    }
}

/// Whether the server reports the literal as it was given.
fn is_kept(ty: &Type, literal: &Literal) -> bool {
    match (ty, literal) {
        (Type::Boolean, Literal::Boolean(_)) => true,
        (
            Type::String(_) | Type::Text(_) | Type::Enum(_) | Type::SharedEnum(_),
            Literal::Text(_),
        ) => true,
        (ty, Literal::Integer(_)) => ty.is_integer() || matches!(ty, Type::Numeric { .. }),
        (Type::Float | Type::Double | Type::Numeric { .. }, Literal::Float(it)) => {
            !format!("{it:?}").contains('e')
        }
        _ => false,
    }
}

/// What nothing is said of is as it is, or as the server makes it; what is said as the server
/// would do it anyway is not said.
fn settle_identity(identity: &mut Identity, live: Option<&Identity>, ty: &Type) {
    settle_sequence(&mut identity.options, live.map(|it| &it.options), ty);
}

/// As above, for the options of a sequence of numbers of this type.
pub(super) fn settle_sequence(
    options: &mut SequenceOptions,
    live: Option<&SequenceOptions>,
    ty: &Type,
) {
    let ascending = options.increment.is_none_or(|it| it > 0);
    let largest = match ty {
        Type::SmallInteger { .. } => i64::from(i16::MAX),
        Type::Integer { .. } => i64::from(i32::MAX),
        _ => i64::MAX,
    };
    let (min, max) = if ascending { (1, largest) } else { (-largest - 1, -1) };
    let first = if ascending { options.min.unwrap_or(min) } else { options.max.unwrap_or(max) };
    let fields = |it: &SequenceOptions| [it.start, it.increment, it.min, it.max, it.cache];
    let found = live.map(fields).unwrap_or_default();
    let usual = [first, 1, min, max, 1];
    let settled = [
        &mut options.start,
        &mut options.increment,
        &mut options.min,
        &mut options.max,
        &mut options.cache,
    ];
    for ((field, found), usual) in settled.into_iter().zip(found).zip(usual) {
        *field = match *field {
            None => found,
            Some(it) if it == usual => None,
            it => it,
        };
    }
}
