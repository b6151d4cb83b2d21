//! Views and triggers of a schema in the making.

use std::collections::BTreeMap;

use limbeck::schema::{Name, Object, Sql, Table, Trigger, View};
use proptest::prelude::*;
use proptest::sample::Index as Pick;

use super::super::schema::quoted;
use super::super::text::name;
use super::draft::Draft;

/// A view or a trigger, on a table or a view.
#[derive(Clone, Debug)]
pub(super) struct RawObject {
    pub(super) name: String,
    pub(super) on: Pick,
    pub(super) column: Pick,
    pub(super) trigger: bool,
    pub(super) form: Pick,
}

pub(super) fn raw_object() -> BoxedStrategy<RawObject> {
    (name(), any::<Pick>(), any::<Pick>(), any::<bool>(), any::<Pick>())
        .prop_map(|(name, on, column, trigger, form)| RawObject { name, on, column, trigger, form })
        .boxed()
}

/// A view or a trigger whose text is made when all names are settled.
#[derive(Clone, Debug)]
pub(super) struct DraftObject {
    pub(super) name: String,
    /// What it reads or watches.
    pub(super) on: String,
    /// The column of the table at the end of the chain of views.
    pub(super) column: String,
    pub(super) trigger: bool,
    pub(super) form: Pick,
}

impl Draft {
    pub(super) fn add_object(&mut self, raw: &RawObject) {
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
    pub(super) fn table_below(&self, name: &str) -> Option<&Table> {
        let view = self.objects.iter().find(|it| it.name == name);
        match view {
            Some(view) => self.table_below(&view.on),
            None => self.tables.iter().find(|it| it.name.name == name),
        }
    }

    pub(super) fn object(&self, object: &DraftObject) -> Object {
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
}
