//! Names for the keys, constraints and indexes that a model leaves unnamed, and the name of a
//! model's table.

use std::collections::BTreeMap;
use std::fmt;

use sha2::{Digest, Sha256};
use tera::{Context, ErrorKind, Tera};

use crate::error::nearest;

/// The longest name that is made, in bytes: PostgreSQL cuts what is longer
/// (<https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS>),
/// MySQL refuses more than 64 characters
/// (<https://dev.mysql.com/doc/refman/8.4/en/identifier-length.html>).
const LONGEST: usize = 63;

/// What a name is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// A primary key, `pk`.
    PrimaryKey,
    /// A unique constraint, `uq`.
    Unique,
    /// An index, `ix`.
    Index,
    /// A check, `ck`.
    Check,
    /// A foreign key, `fk`.
    ForeignKey,
}

impl Named {
    /// Each with its key in `[naming]` and the pattern it has unless that key says otherwise.
    pub const ALL: [(Named, &'static str, &'static str); 5] = [
        (Named::PrimaryKey, "pk", "pk_{{ table }}"),
        (Named::Unique, "uq", "uq_{{ table }}_{{ columns }}"),
        (Named::Index, "ix", "ix_{{ table }}_{{ columns }}"),
        (Named::Check, "ck", "ck_{{ table }}_{{ columns }}"),
        (Named::ForeignKey, "fk", "fk_{{ table }}_{{ columns }}_{{ referred_table }}"),
    ];

    /// The key in `[naming]`.
    pub fn key(self) -> &'static str {
        Named::ALL.iter().find(|(named, ..)| *named == self).map_or("", |(_, key, _)| key)
    }
}

/// What the pattern of a name may speak of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Subject<'a> {
    /// `table`: the table's name, without its schema.
    pub table: &'a str,
    /// `columns`: the columns, joined by `_`; `column` is the first of them.
    pub columns: &'a [String],
    /// `referred_table`: for a foreign key, the table it refers to.
    pub referred_table: &'a str,
    /// `constraint`: the name that was given; for an unnamed one the same as `columns`.
    pub constraint: Option<&'a str>,
}

/// The variables of a pattern.
const VARIABLES: [&str; 5] = ["table", "columns", "column", "referred_table", "constraint"];

/// How the names of keys, constraints and indexes are made: one pattern a kind.
#[derive(Clone, Default)]
pub struct Naming {
    /// The templates of the kinds whose pattern is not the default; `None` where there is none,
    /// for which names are put together without a template.
    templates: Option<Tera>,
    /// The patterns in `templates`.
    patterns: BTreeMap<Named, Pattern>,
}

#[derive(Clone, Debug)]
struct Pattern {
    text: String,
    /// Whether it speaks of `constraint`, and so changes names that were given.
    changes_given: bool,
}

/// A naming pattern is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NamingError {
    /// There is nothing of this kind to name.
    #[error("unknown key `{key}` in `[naming]`")]
    UnknownKey {
        /// The key as written.
        key: String,
    },
    /// The pattern is no template.
    #[error("the pattern of `{key}` is not a template: {message}")]
    Template {
        /// The key of the pattern.
        key: String,
        /// What the template engine says, and where.
        message: String,
    },
    /// The pattern speaks of something that no name is made of.
    #[error("the pattern of `{key}` speaks of an unknown variable `{variable}`")]
    UnknownVariable {
        /// The key of the pattern.
        key: String,
        /// The variable as written.
        variable: String,
    },
    /// The pattern gives no name for something it must name.
    #[error("the pattern of `{key}` makes an empty name")]
    Empty {
        /// The key of the pattern.
        key: String,
    },
}

impl NamingError {
    /// What the person who wrote the pattern can do about it.
    pub fn hint(&self) -> Option<String> {
        let listed = |words: &[&str]| {
            let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
            words.join(", ")
        };
        Some(match self {
            NamingError::UnknownKey { key } => {
                let keys = Named::ALL.map(|(_, key, _)| key);
                match nearest(key, keys) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("its keys are {}", listed(&keys)),
                }
            }
            NamingError::Template { .. } => {
                "a pattern looks like \"ix_{{ table }}_{{ columns }}\"".to_owned()
            }
            NamingError::UnknownVariable { variable, .. } => match nearest(variable, VARIABLES) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its variables are {}", listed(&VARIABLES)),
            },
            NamingError::Empty { .. } => {
                "give the constraint a `name`, or begin the pattern with a word of its own"
                    .to_owned()
            }
        })
    }

    /// The key of `[naming]` that is wrong.
    pub fn key(&self) -> &str {
        match self {
            NamingError::UnknownKey { key }
            | NamingError::Template { key, .. }
            | NamingError::UnknownVariable { key, .. }
            | NamingError::Empty { key } => key,
        }
    }
}

impl Naming {
    /// The naming of these patterns, each a tera template; kinds that are not mentioned keep
    /// their defaults (`Named::ALL`).
    ///
    /// # Errors
    /// Each key that names no kind, and each pattern that is no template, speaks of an unknown
    /// variable or makes empty names.
    pub fn new(patterns: BTreeMap<String, String>) -> Result<Naming, Vec<NamingError>> {
        let mut naming = Naming::default();
        let add = |(key, text)| naming.add(key, text).err();
        let errors: Vec<NamingError> = patterns.into_iter().filter_map(add).collect();
        if errors.is_empty() { Ok(naming) } else { Err(errors) }
    }

    /// Names what `key` means with the pattern `text` from now on.
    fn add(&mut self, key: String, text: String) -> Result<(), NamingError> {
        let Some((named, _, default)) = Named::ALL.into_iter().find(|(_, it, _)| *it == key) else {
            return Err(NamingError::UnknownKey { key });
        };
        if text == default {
            return Ok(());
        }
        let templates = self.templates.get_or_insert_with(|| {
            let mut tera = Tera::default();
            tera.autoescape_on(Vec::<&str>::new());
            tera
        });
        let refused = |err: tera::Error| template_error(&key, &err);
        templates.add_raw_template(&key, &text).map_err(refused)?;
        let variables = templates.get_template_variables(&key).map_err(refused)?;
        let mut unknown: Vec<_> = variables.iter().filter(|it| !VARIABLES.contains(it)).collect();
        unknown.sort();
        if let Some(variable) = unknown.first() {
            let variable = (**variable).to_owned();
            return Err(NamingError::UnknownVariable { key, variable });
        }
        let changes_given = variables.contains("constraint");
        self.patterns.insert(named, Pattern { text, changes_given });
        let columns = ["column".to_owned()];
        let sample =
            Subject { table: "table", columns: &columns, referred_table: "a", constraint: None };
        self.make(named, &sample).map(|_| ())
    }

    /// The name of `subject`: the one it was given, unless the pattern is made of given names,
    /// else one that is made and that `taken` does not know yet: `_2`, `_3` and so on are put
    /// behind it. Made names are at most 63 bytes long.
    ///
    /// # Errors
    /// When the pattern makes no name of this subject.
    pub fn name(
        &self,
        named: Named,
        subject: &Subject,
        taken: impl Fn(&str) -> bool,
    ) -> Result<String, NamingError> {
        let changes_given = self.patterns.get(&named).is_some_and(|it| it.changes_given);
        if let Some(given) = subject.constraint
            && !changes_given
        {
            return Ok(given.to_owned());
        }
        let made = self.make(named, subject)?;
        if subject.constraint.is_some() {
            return Ok(cut(made));
        }
        let mut name = cut(made.clone());
        let mut number = 2_u32;
        while taken(&name) {
            name = cut(format!("{made}_{number}"));
            number += 1;
        }
        Ok(name)
    }

    fn make(&self, named: Named, subject: &Subject) -> Result<String, NamingError> {
        let (Some(templates), true) = (&self.templates, self.patterns.contains_key(&named)) else {
            return Ok(default_name(named, subject));
        };
        let key = named.key();
        let columns = subject.columns.join("_");
        let mut context = Context::new();
        context.insert("table", subject.table);
        context.insert("column", subject.columns.first().map_or("", String::as_str));
        context.insert("referred_table", subject.referred_table);
        context.insert("constraint", subject.constraint.unwrap_or(&columns));
        context.insert("columns", &columns);
        let name = templates.render(key, &context).map_err(|err| template_error(key, &err))?;
        if name.is_empty() {
            return Err(NamingError::Empty { key: key.to_owned() });
        }
        Ok(name)
    }
}

impl fmt::Debug for Naming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let patterns = Named::ALL.map(|(named, key, default)| {
            (key, self.patterns.get(&named).map_or(default, |pattern| &pattern.text))
        });
        f.debug_map().entries(patterns).finish()
    }
}

/// What the default pattern makes; a part that is empty takes its `_` along.
fn default_name(named: Named, subject: &Subject) -> String {
    let mut name = named.key().to_owned();
    let mut add = |part: &str| {
        if !part.is_empty() {
            name.push('_');
            name.push_str(part);
        }
    };
    add(subject.table);
    if named != Named::PrimaryKey {
        subject.columns.iter().for_each(|column| add(column));
    }
    if named == Named::ForeignKey {
        add(subject.referred_table);
    }
    name
}

/// A name that is too long ends in a hash of the whole of it, so that it is always the same and
/// two long names that begin alike differ.
fn cut(name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    let digest = Sha256::digest(name.as_bytes());
    let hash: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let mut end = LONGEST - hash.len() - 1;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}_{hash}", &name[..end])
}

fn template_error(key: &str, err: &tera::Error) -> NamingError {
    let message = match err.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let column = report.span().range.start + 1;
            format!("{} (character {column})", report.message())
        }
        _ => err.to_string(),
    };
    NamingError::Template { key: key.to_owned(), message }
}

/// The table of the model called `model`: `User` is `user`, `AddressAndPhone` is
/// `address_and_phone`, `HTTPServer` is `http_server`.
pub fn table_name(model: &str) -> String {
    let chars: Vec<char> = model.chars().collect();
    let mut name = String::with_capacity(model.len() + 4);
    for (at, letter) in chars.iter().enumerate() {
        if letter.is_uppercase() && at > 0 {
            let before = chars[at - 1];
            let ends_word = before.is_lowercase() || before.is_numeric();
            let begins_word = chars.get(at + 1).is_some_and(|next| next.is_lowercase());
            if ends_word || (before.is_uppercase() && begins_word) {
                name.push('_');
            }
        }
        name.extend(letter.to_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn naming(patterns: &[(&str, &str)]) -> Result<Naming, Vec<NamingError>> {
        let owned = |(key, text): &(&str, &str)| ((*key).to_owned(), (*text).to_owned());
        Naming::new(patterns.iter().map(owned).collect())
    }

    fn names(naming: &Naming, constraint: Option<&str>) -> Vec<String> {
        let columns = ["a".to_owned(), "b".to_owned()];
        let subject = Subject { table: "t", columns: &columns, referred_table: "r", constraint };
        let name =
            |(named, ..): (Named, &str, &str)| naming.name(named, &subject, |_| false).unwrap();
        Named::ALL.into_iter().map(name).collect()
    }

    #[test]
    fn defaults() {
        let made = names(&Naming::default(), None);
        assert_eq!(made, ["pk_t", "uq_t_a_b", "ix_t_a_b", "ck_t_a_b", "fk_t_a_b_r"]);
        assert_eq!(names(&Naming::default(), Some("given")), ["given"; 5]);
        let subject = Subject { table: "t", ..Subject::default() };
        let check = Naming::default().name(Named::Check, &subject, |_| false);
        assert_eq!(check.as_deref(), Ok("ck_t"));
    }

    #[test]
    fn the_default_patterns_as_templates_make_the_same_names() {
        let spaced = Named::ALL.map(|(_, key, text)| (key, text.replace("{{ ", "{{  ")));
        let spaced = spaced.each_ref().map(|(key, text)| (*key, text.as_str()));
        let spaced = naming(&spaced).unwrap();
        assert!(spaced.templates.is_some());
        assert_eq!(names(&spaced, None), names(&Naming::default(), None));
        let same = naming(&Named::ALL.map(|(_, key, text)| (key, text))).unwrap();
        assert!(same.templates.is_none());
    }

    #[test]
    fn patterns_of_ones_own() {
        let own = naming(&[
            ("pk", "{{ table | upper }}_pk"),
            ("ix", "{{ column }}_{{ table }}_idx"),
            ("ck", "ck_{{ table }}_{{ constraint }}"),
        ])
        .unwrap();
        assert_eq!(names(&own, None), ["T_pk", "uq_t_a_b", "a_t_idx", "ck_t_a_b", "fk_t_a_b_r"]);
        assert_eq!(names(&own, Some("x")), ["x", "x", "x", "ck_t_x", "x"]);
        assert_eq!(
            format!("{own:?}"),
            "{\"pk\": \"{{ table | upper }}_pk\", \"uq\": \"uq_{{ table }}_{{ columns }}\", \
             \"ix\": \"{{ column }}_{{ table }}_idx\", \"ck\": \"ck_{{ table }}_{{ constraint }}\", \
             \"fk\": \"fk_{{ table }}_{{ columns }}_{{ referred_table }}\"}"
        );
    }

    #[test]
    fn wrong_patterns() {
        let told = |key, text| {
            let err = naming(&[(key, text)]).unwrap_err().remove(0);
            format!("{err}; {}", err.hint().unwrap_or_default())
        };
        assert_eq!(told("px", "{{ table }}"), "unknown key `px` in `[naming]`; did you mean `pk`?");
        assert_eq!(
            told("foreign", "{{ table }}"),
            "unknown key `foreign` in `[naming]`; its keys are `pk`, `uq`, `ix`, `ck`, `fk`"
        );
        assert_eq!(
            told("ix", "ix_{{ tabel }}"),
            "the pattern of `ix` speaks of an unknown variable `tabel`; did you mean `table`?"
        );
        assert_eq!(
            told("ix", "ix_{{ x }}"),
            "the pattern of `ix` speaks of an unknown variable `x`; its variables are `table`, \
             `columns`, `column`, `referred_table`, `constraint`"
        );
        assert_eq!(
            told("ix", "ix_{{ table"),
            "the pattern of `ix` is not a template: Unexpected end of input (character 7); \
             a pattern looks like \"ix_{{ table }}_{{ columns }}\""
        );
        assert_eq!(
            told("pk", "{% if column == \"x\" %}a{% endif %}"),
            "the pattern of `pk` makes an empty name; give the constraint a `name`, or begin the \
             pattern with a word of its own"
        );
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let columns = ["a".to_owned()];
        let subject = Subject { table: "t", columns: &columns, ..Subject::default() };
        let taken = |name: &str| ["ix_t_a", "ix_t_a_2"].contains(&name);
        assert_eq!(
            Naming::default().name(Named::Index, &subject, taken).as_deref(),
            Ok("ix_t_a_3")
        );
    }

    #[test]
    fn long_names_are_cut_to_a_stable_end() {
        let name = |column: &str, taken: bool| {
            let columns = [column.to_owned()];
            let subject = Subject { table: "t", columns: &columns, ..Subject::default() };
            let first = Naming::default().name(Named::Index, &subject, |_| false).unwrap();
            Naming::default().name(Named::Index, &subject, |it| taken && it == first).unwrap()
        };
        assert_eq!(name(&"a".repeat(58), false), format!("ix_t_{}", "a".repeat(58)));
        let long = name(&"a".repeat(59), false);
        assert_eq!(long, format!("ix_t_{}_9970018f", "a".repeat(49)));
        assert_eq!(long.len(), 63);
        let again = name(&"a".repeat(59), true);
        assert_eq!(again, format!("ix_t_{}_a152276c", "a".repeat(49)));
        let wide = name(&"é".repeat(40), false);
        assert_eq!(wide, format!("ix_t_{}_919d0f7e", "é".repeat(24)));
    }

    #[test]
    fn models_and_their_tables() {
        for (model, table) in [
            ("User", "user"),
            ("user", "user"),
            ("AddressAndPhone", "address_and_phone"),
            ("HTTPServer", "http_server"),
            ("ServerHTTP", "server_http"),
            ("User2Group", "user2_group"),
            ("My_Model", "my_model"),
            ("ABC", "abc"),
            ("A", "a"),
            ("ÜberRaum", "über_raum"),
            ("odd name; --", "odd name; --"),
            ("", ""),
        ] {
            assert_eq!(table_name(model), table);
        }
    }
}
