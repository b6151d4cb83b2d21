//! `[include]` and `[exclude]`: what of a database is looked at.

use std::collections::BTreeSet;
use std::str::FromStr;

use globset::{Glob, GlobSet};

use crate::document::{Fields, Reader};
use crate::schema::{Name, Object, Other, Schema};

/// What of a database is looked at: `[include]` and `[exclude]`.
#[derive(Clone, Debug, Default)]
pub struct Looked {
    /// Nothing in it is everything.
    pub include: Filter,
    /// Nothing in it is nothing.
    pub exclude: Filter,
    /// The schemas (name spaces) of which models speak, beside the default one. What is in another
    /// is somebody else's, unless `include` names it; `None` is not known yet, and all.
    pub declared: Option<BTreeSet<String>>,
}

/// Patterns for names of tables, of schemas, and for kinds of other objects: `view`, `trigger`,
/// `policy`.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    tables: GlobSet,
    schemas: GlobSet,
    kinds: GlobSet,
}

/// A pattern that the command line gives: for names of tables, or with `schemas=` or `kinds=` before
/// it for those.
#[derive(Clone, Debug)]
pub struct Pattern {
    key: &'static str,
    glob: Glob,
}

/// The text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no pattern: {message}")]
pub struct PatternError {
    text: String,
    message: String,
}

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Pattern, PatternError> {
        let key = |word: &str| KEYS.into_iter().find(|key| *key == word);
        let (key, glob) = match text.split_once('=') {
            Some((word, glob)) if key(word).is_some() => (key(word).unwrap_or(KEYS[0]), glob),
            _ => (KEYS[0], text),
        };
        match Glob::new(glob) {
            Ok(glob) => Ok(Pattern { key, glob }),
            Err(error) => {
                Err(PatternError { text: glob.to_owned(), message: error.kind().to_string() })
            }
        }
    }
}

/// What patterns are for.
const KEYS: [&str; 3] = ["tables", "schemas", "kinds"];

impl Filter {
    fn of(patterns: &[Pattern]) -> Result<Filter, globset::Error> {
        let globs = |key: &str| {
            let mut set = GlobSet::builder();
            for pattern in patterns.iter().filter(|it| it.key == key) {
                set.add(pattern.glob.clone());
            }
            set.build()
        };
        let [tables, schemas, kinds] = KEYS.map(globs);
        Ok(Filter { tables: tables?, schemas: schemas?, kinds: kinds? })
    }
}

impl Looked {
    /// What these patterns leave of a database. Where one is for schemas, only those are looked at
    /// that are named, and the default one.
    ///
    /// # Errors
    /// When they are too much together.
    pub fn at(include: &[Pattern], exclude: &[Pattern]) -> Result<Looked, globset::Error> {
        let (include, exclude) = (Filter::of(include)?, Filter::of(exclude)?);
        let declared = (!include.schemas.is_empty()).then(BTreeSet::new);
        Ok(Looked { include, exclude, declared })
    }

    /// Looks from now on only into the schemas of which `declared` speaks, and into those that are
    /// included.
    pub fn declare(&mut self, declared: &Schema) {
        let tables = declared.tables.iter().map(|it| it.name.schema.clone());
        let objects = declared.objects.iter().map(namespace);
        self.declared = Some(tables.chain(objects).flatten().collect());
    }

    /// Whether what is in the schema of this name is looked at.
    fn looks_into(&self, schema: &str) -> bool {
        let Looked { include, exclude, declared } = self;
        let is_meant = declared.as_ref().is_none_or(|it| it.contains(schema));
        (is_meant || include.schemas.is_match(schema)) && !exclude.schemas.is_match(schema)
    }

    /// Leaves out of `schema` what is not looked at. Schemas that nobody meant are named.
    pub fn apply(&self, schema: &mut Schema) {
        let left_out = |name: &Option<String>| name.as_ref().is_some_and(|it| !self.looks_into(it));
        let elsewhere = schema.tables.extract_if(.., |table| left_out(&table.name.schema));
        let mut passed_over: BTreeSet<Name> = elsewhere.map(|table| table.name).collect();
        let unseen = schema.objects.extract_if(.., |object| left_out(&namespace(object)));
        for object in unseen {
            if let Object::Namespace(it) = object
                && !self.exclude.schemas.is_match(&it.name)
            {
                schema.others.push(Other { kind: "schema".to_owned(), name: Name::new(it.name) });
            }
        }
        schema.others.retain(|it| !left_out(&it.name.schema));
        let Looked { include, exclude, .. } = self;
        let looked_at = |include: &GlobSet, exclude: &GlobSet, text: &str| {
            (include.is_empty() || include.is_match(text)) && !exclude.is_match(text)
        };
        let has_patterns = |globs: [&GlobSet; 2]| globs.iter().any(|it| !it.is_empty());
        if has_patterns([&include.tables, &exclude.tables]) {
            let is = |name: &str| looked_at(&include.tables, &exclude.tables, name);
            let unseen = schema.tables.extract_if(.., |table| !is(&table.name.to_string()));
            passed_over.extend(unseen.map(|table| table.name));
            // Tables of kinds that are not modelled have names like all others.
            let is_table = |it: &Other| it.kind.ends_with("table");
            schema.others.retain(|it| !is_table(it) || is(&it.name.to_string()));
            // What belongs to a table goes with it.
            let belongs = |it: &Object| it.table().is_some_and(|it| passed_over.contains(it));
            schema.objects.retain(|it| !belongs(it));
        }
        // No model can refer to what is passed over, so who does is not asked about it.
        for table in &mut schema.tables {
            table.foreign_keys.retain(|key| !passed_over.contains(&key.table));
        }
        if has_patterns([&include.kinds, &exclude.kinds]) {
            let is = |kind: &str| looked_at(&include.kinds, &exclude.kinds, kind);
            schema.objects.retain(|object| is(&object.kind()));
            schema.others.retain(|it| is(&it.kind));
        }
    }
}

/// The schema an object lives in, or is; extensions live in none.
fn namespace(object: &Object) -> Option<String> {
    match object {
        Object::Namespace(it) => Some(it.name.clone()),
        Object::Extension(_) => None,
        other => other.name().schema,
    }
}

/// Reads the table `key`. A pattern that is wrong is a mistake at its place.
pub(super) fn read(reader: &Reader, fields: &Fields, key: &'static str) -> Filter {
    let name = fields.name(key);
    let Some(table) = fields.get(key).and_then(|it| reader.fields(it, name)) else {
        return Filter::default();
    };
    let filter = Filter {
        tables: globs(reader, &table, "tables"),
        schemas: globs(reader, &table, "schemas"),
        kinds: globs(reader, &table, "kinds"),
    };
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
