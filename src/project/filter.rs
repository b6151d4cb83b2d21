//! `[include]` and `[exclude]`: what of a database is looked at.

use globset::{Glob, GlobSet};

use crate::document::{Fields, Reader};
use crate::schema::Schema;

/// What of a database is looked at: `[include]` and `[exclude]`.
#[derive(Clone, Debug, Default)]
pub struct Looked {
    /// Nothing in it is everything.
    pub include: Filter,
    /// Nothing in it is nothing.
    pub exclude: Filter,
}

/// Patterns for names of tables, and for kinds of other objects: `view`, `trigger`, `policy`.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    tables: GlobSet,
    kinds: GlobSet,
}

impl Looked {
    /// Leaves out of `schema` what is not looked at.
    pub fn apply(&self, schema: &mut Schema) {
        let Looked { include, exclude } = self;
        let looked_at = |include: &GlobSet, exclude: &GlobSet, text: &str| {
            (include.is_empty() || include.is_match(text)) && !exclude.is_match(text)
        };
        let has_patterns = |globs: [&GlobSet; 2]| globs.iter().any(|it| !it.is_empty());
        if has_patterns([&include.tables, &exclude.tables]) {
            let is = |name: &str| looked_at(&include.tables, &exclude.tables, name);
            schema.tables.retain(|table| is(&table.name.to_string()));
        }
        if has_patterns([&include.kinds, &exclude.kinds]) {
            let is = |kind: &str| looked_at(&include.kinds, &exclude.kinds, kind);
            schema.objects.retain(|object| is(&object.kind()));
        }
    }
}

/// Reads the table `key`. A pattern that is wrong is a mistake at its place.
pub(super) fn read(reader: &Reader, fields: &Fields, key: &'static str) -> Filter {
    let name = fields.name(key);
    let Some(table) = fields.get(key).and_then(|it| reader.fields(it, name)) else {
        return Filter::default();
    };
    let filter =
        Filter { tables: globs(reader, &table, "tables"), kinds: globs(reader, &table, "kinds") };
    table.finish();
    filter
}

fn globs(reader: &Reader, table: &Fields, key: &'static str) -> GlobSet {
    let Some(item) = table.get(key) else { return GlobSet::empty() };
    let mut set = GlobSet::builder();
    for (text, span) in reader.texts(item, table.name(key)).unwrap_or_default() {
        match Glob::new(&text) {
            Ok(glob) => {
                set.add(glob);
            }
            Err(error) => {
                let hint = "`*` stands for any letters, `?` for one".to_owned();
                let message = format!("`{text}` is no pattern: {}", error.kind());
                reader.mistake(span, message, Some(hint));
            }
        }
    }
    set.build().unwrap_or_else(|error| {
        // Each is fine, and they are too much together.
        reader.mistake(item.span(), format!("{} cannot be used: {error}", table.name(key)), None);
        GlobSet::empty()
    })
}
