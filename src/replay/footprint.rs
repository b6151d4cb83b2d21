//! What an operation touches, and in which way.

use std::collections::BTreeSet;

use super::act::text_of;
use super::touch::{How, Key, Thing, Touch, Words, key};
use crate::operation::{Operation, TableChange};
use crate::schema::sql::{Token, is_name, tokens};
use crate::schema::{
    Check, Column, ForeignKey, Index, IndexKey, Name, Object, PrimaryKey, Sql, Table, Type, Unique,
    Value,
};

/// Everything that one operation touches.
#[derive(Clone, Debug, Default)]
pub(super) struct Footprint {
    pub(super) touches: Vec<Touch>,
    /// The names in its SQL, where that is more than an expression over one table.
    pub(super) words: Option<Words>,
    /// The table that it is about.
    pub(super) table: Option<Key>,
}

impl Footprint {
    /// What `operation` touches in a database of this dialect.
    ///
    /// What an operation needs it also needs for its way back: one that drops an index needs the
    /// columns of the index.
    pub(super) fn of(operation: &Operation, dialect: Option<&str>) -> Footprint {
        let mut it = Footprint::default();
        match operation {
            Operation::Create(object) => it.object(object, How::Makes, dialect),
            Operation::Drop(object) => it.object(object, How::Removes, dialect),
            Operation::Replace { to, .. } => it.object(to, How::Changes, dialect),
            Operation::AlterEnum { to, .. } => {
                it.object(&Object::Enum(to.clone()), How::Changes, dialect);
            }
            Operation::CreateTable(table) => it.whole_table(table, How::Makes),
            Operation::DropTable(table) => it.whole_table(table, How::Removes),
            Operation::RenameTable { from, to } => {
                it.table = Some(key(from));
                it.relation("table", from, How::Removes);
                it.relation("table", to, How::Makes);
            }
            Operation::AlterTable { table, changes } => {
                it.table = Some(key(table));
                it.relation("table", table, How::Needs);
                changes.iter().for_each(|change| it.change(table, change));
            }
            Operation::Insert { table, rows } => {
                it.table = Some(key(table));
                it.relation("table", table, How::Needs);
                let columns: BTreeSet<&String> =
                    rows.iter().flatten().map(|(column, _)| column).collect();
                columns.into_iter().for_each(|column| it.column(table, column, How::Needs));
            }
            Operation::Fill { table, column, value } => {
                it.table = Some(key(table));
                it.relation("table", table, How::Needs);
                it.column(table, column, How::Needs);
                if let Value::Expression(sql) = value {
                    it.expression(table, sql);
                }
            }
            Operation::Execute(sql) => it.words(sql, dialect, false),
            Operation::Run { .. } => {}
        }
        it
    }

    fn touch(&mut self, thing: Thing, how: How, what: impl Into<String>) {
        self.touches.push(Touch { thing, how, what: what.into() });
    }

    fn relation(&mut self, kind: &str, name: &Name, how: How) {
        self.touch(Thing::Relation(key(name)), how, format!("{kind} '{name}'"));
        if let Some(schema) = &name.schema {
            let thing = Thing::Object("schema", (None, schema.to_lowercase()));
            self.touch(thing, How::Needs, format!("schema '{schema}'"));
        }
    }

    /// A name in the schema of `table` that no other relation may have.
    fn relation_beside(&mut self, table: &Name, kind: &str, name: &str, how: How) {
        let thing = Thing::Relation((key(table).0, name.to_lowercase()));
        self.touch(thing, how, format!("{kind} '{name}'"));
    }

    fn column(&mut self, table: &Name, column: &str, how: How) {
        let thing = Thing::Column(key(table), column.to_lowercase());
        self.touch(thing, how, format!("column '{}'", table.column(column)));
    }

    fn columns(&mut self, table: &Name, columns: &[String], how: How) {
        columns.iter().for_each(|column| self.column(table, column, how));
    }

    fn uniqueness(&mut self, table: &Name, columns: &[String], how: How) {
        let set = columns.iter().map(|it| it.to_lowercase()).collect();
        let on = columns.join(", ");
        let what = format!("what makes {on} unique in table '{table}'");
        self.touch(Thing::Uniqueness(key(table), set), how, what);
    }

    /// The names in an expression over the columns of `table`.
    fn expression(&mut self, table: &Name, sql: &Sql) {
        for text in sql.text.iter().chain(sql.dialects.values()) {
            for column in columns_in(text) {
                self.column(table, &column, How::Mentions);
            }
        }
    }

    fn words(&mut self, sql: &Sql, dialect: Option<&str>, is_kept: bool) {
        let names = text_of(sql, dialect).map(names_in).unwrap_or_default();
        self.words = Some(Words { names, is_kept });
    }

    fn object(&mut self, object: &Object, how: How, dialect: Option<&str>) {
        let (name, kind) = (object.name(), object.word());
        let words = kind.replace('_', " ");
        match object {
            Object::View(_) | Object::Sequence(_) => self.relation(&words, &name, how),
            Object::Namespace(_)
            | Object::Extension(_)
            | Object::Enum(_)
            | Object::Function(_)
            | Object::Trigger(_) => {
                self.touch(Thing::Object(kind, key(&name)), how, format!("{words} '{name}'"));
            }
            Object::Definition(it) => {
                let table = it.table.as_ref().map(key);
                let thing = Thing::Definition(it.kind.clone(), key(&name), table);
                self.touch(thing, how, object.key().quoted('\''));
            }
        }
        // What leaves needs what it is made of for its way back.
        if let Some(table) = object.table() {
            self.relation("table", table, How::Needs);
        }
        if let Some(definition) = object.definition() {
            self.words(definition, dialect, true);
        }
    }

    fn whole_table(&mut self, table: &Table, how: How) {
        self.table = Some(key(&table.name));
        self.relation("table", &table.name, how);
        for column in &table.columns {
            self.type_of(&column.ty);
        }
        if let Some(name) = table.primary_key.as_ref().and_then(|it| it.name.as_ref()) {
            self.relation_beside(&table.name, "primary key", name, how);
        }
        for name in table.uniques.iter().filter_map(|it| it.name.as_ref()) {
            self.relation_beside(&table.name, "unique constraint", name, how);
        }
        for name in table.checks.iter().filter_map(|it| it.name.as_ref()) {
            self.constraint("check constraint", name, how);
        }
        for it in &table.foreign_keys {
            if let Some(name) = &it.name {
                self.constraint("foreign key", name, how);
            }
            if it.table != table.name {
                self.reference(it);
            }
        }
    }

    fn change(&mut self, table: &Name, change: &TableChange) {
        use TableChange::*;
        match change {
            DropForeignKey(it) => self.foreign_key(table, it, How::Removes),
            AddForeignKey(it) => self.foreign_key(table, it, How::Makes),
            DropCheck(it) => self.check(table, it, How::Removes),
            AddCheck(it) => self.check(table, it, How::Makes),
            DropUnique(it) => self.unique(table, it, How::Removes),
            AddUnique(it) => self.unique(table, it, How::Makes),
            DropIndex(it) => self.index(table, it, How::Removes),
            AddIndex(it) => self.index(table, it, How::Makes),
            DropPrimaryKey(it) => self.primary_key(table, it, How::Removes),
            AddPrimaryKey(it) => self.primary_key(table, it, How::Makes),
            RenameColumn { from, to } => {
                self.column(table, from, How::Removes);
                self.column(table, to, How::Makes);
            }
            DropColumn(it) => self.whole_column(table, it, How::Removes),
            AddColumn(it) => self.whole_column(table, it, How::Makes),
            AlterColumn { from, to } => self.alter_column(table, from, to),
            SetComment { .. } => {
                let what = format!("the comment of table '{table}'");
                self.touch(Thing::Comment(key(table)), How::Changes, what);
            }
            SetOption { name, .. } => {
                let what = format!("option '{name}' of table '{table}'");
                self.touch(Thing::Option(key(table), name.clone()), How::Changes, &what);
                self.touch(Thing::Form(key(table)), How::Retypes, what);
            }
        }
    }

    fn whole_column(&mut self, table: &Name, column: &Column, how: How) {
        self.column(table, &column.name, how);
        self.form(table);
        self.type_of(&column.ty);
        if let Some(generated) = &column.generated {
            self.expression(table, &generated.expression);
        }
    }

    fn alter_column(&mut self, table: &Name, from: &Column, to: &Column) {
        self.column(table, &from.name, How::Changes);
        self.form(table);
        let is_other =
            (&from.ty, &from.collation, &from.generated) != (&to.ty, &to.collation, &to.generated);
        if is_other {
            self.column(table, &from.name, How::Retypes);
        }
        if from.nullable != to.nullable || from.identity != to.identity {
            self.column(table, &from.name, How::Nulls);
        }
        self.type_of(&from.ty);
        self.type_of(&to.ty);
        for generated in from.generated.iter().chain(&to.generated) {
            self.expression(table, &generated.expression);
        }
    }

    fn form(&mut self, table: &Name) {
        let what = format!("the options of table '{table}'");
        self.touch(Thing::Form(key(table)), How::NeedsAsIs, what);
    }

    /// The enum that a type shares.
    fn type_of(&mut self, ty: &Type) {
        let mut ty = ty;
        while let Type::Array(inner) = ty {
            ty = inner;
        }
        if let Type::SharedEnum(name) = ty {
            self.touch(Thing::Object("enum", key(name)), How::Needs, format!("enum '{name}'"));
        }
    }

    fn primary_key(&mut self, table: &Name, it: &PrimaryKey, how: How) {
        let what = format!("the primary key of table '{table}'");
        self.touch(Thing::PrimaryKey(key(table)), how, what);
        self.form(table);
        if let Some(name) = &it.name {
            self.relation_beside(table, "primary key", name, how);
        }
        self.columns(table, &it.columns, How::Keys);
        if how == How::Removes {
            self.uniqueness(table, &it.columns, how);
        }
    }

    fn unique(&mut self, table: &Name, it: &Unique, how: How) {
        match &it.name {
            Some(name) => self.relation_beside(table, "unique constraint", name, how),
            None => {
                let thing = Thing::Unnamed("unique", key(table), it.columns.join(","));
                let what = format!("a unique constraint of table '{table}'");
                self.touch(thing, how, what);
            }
        }
        self.columns(table, &it.columns, How::Needs);
        if how == How::Removes {
            self.uniqueness(table, &it.columns, how);
        }
    }

    fn index(&mut self, table: &Name, it: &Index, how: How) {
        self.relation_beside(table, "index", &it.name, how);
        let mut columns = Vec::new();
        for column in &it.columns {
            match &column.key {
                IndexKey::Column(name) => columns.push(name.clone()),
                IndexKey::Expression(sql) => self.expression(table, sql),
            }
        }
        self.columns(table, &columns, How::Needs);
        self.columns(table, &it.include, How::Needs);
        if let Some(predicate) = &it.predicate {
            self.expression(table, predicate);
        }
        if how == How::Removes && it.unique {
            self.uniqueness(table, &columns, how);
        }
    }

    fn check(&mut self, table: &Name, it: &Check, how: How) {
        match &it.name {
            Some(name) => self.constraint("check constraint", name, how),
            None => {
                let text = it.expression.text.clone().unwrap_or_default();
                let what = format!("a check constraint of table '{table}'");
                self.touch(Thing::Unnamed("check", key(table), text), how, what);
            }
        }
        self.expression(table, &it.expression);
    }

    fn foreign_key(&mut self, table: &Name, it: &ForeignKey, how: How) {
        match &it.name {
            Some(name) => self.constraint("foreign key", name, how),
            None => {
                let thing = Thing::Unnamed("foreign key", key(table), it.columns.join(","));
                self.touch(thing, how, format!("a foreign key of table '{table}'"));
            }
        }
        self.columns(table, &it.columns, How::NeedsAsIs);
        self.reference(it);
    }

    fn constraint(&mut self, kind: &str, name: &str, how: How) {
        self.touch(Thing::Constraint(name.to_lowercase()), how, format!("{kind} '{name}'"));
    }

    /// What a foreign key refers to.
    fn reference(&mut self, it: &ForeignKey) {
        self.relation("table", &it.table, How::Needs);
        self.columns(&it.table, &it.references, How::NeedsAsIs);
        if it.references.is_empty() {
            let what = format!("the primary key of table '{}'", it.table);
            self.touch(Thing::PrimaryKey(key(&it.table)), How::Needs, what);
        } else {
            self.uniqueness(&it.table, &it.references, How::Needs);
        }
    }
}

/// What may be names of columns in an expression, in lower case.
fn columns_in(text: &str) -> BTreeSet<String> {
    let all = tokens(text);
    names(&all, |at| is_name(&all, at))
}

/// What may be names of any kind in a piece of SQL, in lower case.
fn names_in(text: &str) -> BTreeSet<String> {
    let all = tokens(text);
    // A table stands before a parenthesis in `INSERT INTO user (id)`.
    let is_before_parenthesis = |at: usize| all.get(at + 1).is_some_and(|next| next.is("("));
    names(&all, |at| is_name(&all, at) || is_before_parenthesis(at))
}

fn names(all: &[Token], is_name: impl Fn(usize) -> bool) -> BTreeSet<String> {
    let names = (0..all.len()).filter(|at| is_name(*at));
    names.filter_map(|at| all[at].name()).map(|name| name.to_lowercase()).collect()
}
