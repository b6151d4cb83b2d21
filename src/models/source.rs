//! Where models come from.

use std::fmt;
use std::path::Path;

use crate::error::Source;

/// One entry of `models` in `db.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelSource {
    /// A path or a glob, relative to the folder of `db.toml`.
    Files(String),
    /// A program with its arguments, whose standard output is the models.
    Program(Vec<String>),
}

/// As messages call it: `models/*.toml`, `python models.py`.
impl fmt::Display for ModelSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ModelSource::Files(pattern) => f.write_str(pattern),
            ModelSource::Program(words) => f.write_str(&words.join(" ")),
        }
    }
}

/// The form in which models are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// TOML.
    Toml,
    /// The same document as JSON.
    Json,
    /// Statements of a database.
    Sql,
}

impl Form {
    /// The form of models as the name of their file tells it; where it tells nothing, as their
    /// first bytes do.
    pub fn of(source: &Source) -> Form {
        Form::of_file(&source.path).unwrap_or_else(|| Form::of_text(&source.text))
    }

    /// The form of a file with that name.
    pub fn of_file(path: &Path) -> Option<Form> {
        let extension = path.extension()?.to_str()?;
        let forms = [("toml", Form::Toml), ("json", Form::Json), ("sql", Form::Sql)];
        let is_called = |(name, _): &&(&str, Form)| extension.eq_ignore_ascii_case(name);
        forms.iter().find(is_called).map(|(_, form)| *form)
    }

    /// The form that a text begins with. Only JSON begins with a brace. TOML begins with a
    /// comment, a header, or a key with what stands between it and its value; SQL does not.
    pub fn of_text(text: &str) -> Form {
        let text = text.trim_start();
        match text.chars().next() {
            Some('{') => Form::Json,
            Some('#' | '[' | '"' | '\'') | None => Form::Toml,
            Some(_) => {
                let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
                let rest = text.trim_start_matches(is_key);
                match rest.len() < text.len() && rest.trim_start().starts_with(['=', '.']) {
                    true => Form::Toml,
                    false => Form::Sql,
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_texts() {
        for (text, form) in [
            ("", Form::Toml),
            ("\n\t{\"user\"", Form::Json),
            ("# models", Form::Toml),
            ("[User.columns]", Form::Toml),
            ("[[a]]", Form::Toml),
            ("'User'.columns", Form::Toml),
            ("\"User\".columns", Form::Toml),
            ("User.columns.id = 'integer'", Form::Toml),
            ("User . columns", Form::Toml),
            ("user-1 = {}", Form::Toml),
            ("-- models", Form::Sql),
            ("--\nUser = 1", Form::Sql),
            ("/* models */", Form::Sql),
            ("\nCREATE TABLE user (", Form::Sql),
            ("SET foreign_key_checks = 0;", Form::Sql),
            ("BEGIN;", Form::Sql),
            ("\\restrict abc", Form::Sql),
            ("(SELECT 1)", Form::Sql),
            ("; CREATE", Form::Sql),
            (".schema", Form::Sql),
            ("ünder = 1", Form::Sql),
            ("CREATE", Form::Sql),
        ] {
            assert_eq!(Form::of_text(text), form, "{text:?}");
        }
    }

    #[test]
    fn forms_of_files_and_programs() {
        for (path, text, form) in [
            ("models/user.toml", "{}", Form::Toml),
            ("models.JSON", "[]", Form::Json),
            ("schema.sql", "# a comment", Form::Sql),
            ("`cat models.json`", "a.b = 1", Form::Toml),
            ("`models.toml`", "{", Form::Json),
            ("`python models.py`", "CREATE TABLE a", Form::Sql),
        ] {
            assert_eq!(Form::of(&Source::new(path, text)), form, "{path}");
        }
    }
}
