//! What a person gives a run to know: `-x NAME=VALUE`.

use std::collections::BTreeMap;
use std::str::FromStr;

/// Names with their values, for `db.toml`, templates and programs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given(BTreeMap<String, String>);

/// One name with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    name: String,
    value: String,
}

/// Why something is not given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GivenError {
    /// There is no `=`.
    #[error("`{text}` has no value: write `NAME=VALUE`")]
    NoValue {
        /// As written.
        text: String,
    },
    /// The name could not be a variable of a template or a program.
    #[error("`{name}` is not a name: letters, digits and `_` make one, and no digit begins it")]
    Name {
        /// As written.
        name: String,
    },
    /// A name has two values.
    #[error("`-x {name}=...` is given twice")]
    Twice {
        /// The name.
        name: String,
    },
}

impl FromStr for Pair {
    type Err = GivenError;

    fn from_str(text: &str) -> Result<Pair, GivenError> {
        let Some((name, value)) = text.split_once('=') else {
            return Err(GivenError::NoValue { text: text.to_owned() });
        };
        let letters = name.chars().all(|it| it.is_ascii_alphanumeric() || it == '_');
        if !letters || name.is_empty() || name.starts_with(|it: char| it.is_ascii_digit()) {
            return Err(GivenError::Name { name: name.to_owned() });
        }
        Ok(Pair { name: name.to_owned(), value: value.to_owned() })
    }
}

impl Given {
    /// All of `pairs`.
    ///
    /// # Errors
    /// [`GivenError::Twice`]; names of variables that differ in case alone are one.
    pub fn new(pairs: impl IntoIterator<Item = Pair>) -> Result<Given, GivenError> {
        let mut given = Given::default();
        for Pair { name, value } in pairs {
            if given.0.keys().any(|known| known.eq_ignore_ascii_case(&name)) {
                return Err(GivenError::Twice { name });
            }
            given.0.insert(name, value);
        }
        Ok(given)
    }

    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Names and values: what templates call `x`.
    pub fn names(&self) -> &BTreeMap<String, String> {
        &self.0
    }

    /// The variables for programs: `LIMBECK_X_TENANT` for `tenant`.
    pub fn variables(&self) -> Vec<(String, String)> {
        let variable = |(name, value): (&String, &String)| {
            (format!("LIMBECK_X_{}", name.to_uppercase()), value.clone())
        };
        self.0.iter().map(variable).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values() {
        let read = |texts: &[&str]| {
            let pairs: Result<Vec<Pair>, _> = texts.iter().map(|it| it.parse()).collect();
            match pairs.and_then(Given::new) {
                Ok(given) => format!("{:?}", given.variables()),
                Err(error) => error.to_string(),
            }
        };
        let no_name = "is not a name: letters, digits and `_` make one, and no digit begins it";
        for (texts, expected) in [
            (vec![], "[]".to_owned()),
            (vec!["a="], r#"[("LIMBECK_X_A", "")]"#.to_owned()),
            (
                vec!["tenant_1=a=b", "B=-x ü"],
                r#"[("LIMBECK_X_B", "-x ü"), ("LIMBECK_X_TENANT_1", "a=b")]"#.to_owned(),
            ),
            (vec!["a"], "`a` has no value: write `NAME=VALUE`".to_owned()),
            (vec!["=a"], format!("`` {no_name}")),
            (vec!["1a=a"], format!("`1a` {no_name}")),
            (vec!["a-b=a"], format!("`a-b` {no_name}")),
            (vec!["ä=a"], format!("`ä` {no_name}")),
            (vec!["a=1", "A=2"], "`-x A=...` is given twice".to_owned()),
        ] {
            assert_eq!(read(&texts), expected);
        }
    }
}
