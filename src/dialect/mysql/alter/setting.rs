//! Changes of the options of a table.

use super::Alter;
use crate::dialect::Unsupported;
use crate::dialect::mysql::normalize::is_text;
use crate::dialect::mysql::options::{
    self, CHARSET, COLLATION, ENGINE, PARTITION_BY, ROW_FORMAT, SYSTEM_VERSIONED, WITH, is_on,
};
use crate::dialect::mysql::{create, types};
use crate::operation::TableChange;
use crate::schema::{OptionValue, Options};

/// Whether an option says how the texts of a table are kept.
pub(super) fn is_of_texts(name: &str) -> bool {
    let name = name.rsplit_once('.').map_or(name, |it| it.1);
    [CHARSET, COLLATION].iter().any(|it| it.rsplit_once('.').is_some_and(|it| it.1 == name))
}

impl Alter<'_> {
    /// Changes an option of the table. The character set is that of columns to come: those that are
    /// there keep theirs, so it has a statement of its own, and those that say nothing of it are
    /// made anew behind it.
    pub(super) fn set_option(
        &mut self,
        name: &str,
        from: Option<&OptionValue>,
        to: Option<&OptionValue>,
        rest: &[TableChange],
    ) -> Result<(), Unsupported> {
        let of = |value: Option<&OptionValue>| -> Options {
            value.map(|it| (name.to_owned(), it.clone())).into_iter().collect()
        };
        let flavour = self.dialect.flavour;
        options::known(flavour, &of(to), options::TABLE)?;
        let (from, to) = (options::own(flavour, &of(from)), options::own(flavour, &of(to)));
        let Some(name) = from.keys().chain(to.keys()).next().cloned() else { return Ok(()) };
        if from == to {
            return Ok(());
        }
        self.done_as(&Options::new())?;
        let is_alone =
            matches!(name.as_str(), CHARSET | COLLATION | PARTITION_BY | SYSTEM_VERSIONED);
        if is_alone {
            self.close();
        }
        self.set(&name, &from, &to)?;
        if is_alone {
            self.close();
        }
        let is_more = |it: &TableChange| matches!(it, TableChange::SetOption { name, .. } if is_of_texts(name));
        if is_of_texts(&name) && !rest.iter().any(is_more) {
            self.follow_texts()?;
        }
        Ok(())
    }

    /// Gives the columns that say nothing of it what the table has.
    fn follow_texts(&mut self) -> Result<(), Unsupported> {
        let table = self.table();
        for column in &table.columns {
            let own = options::own(self.dialect.flavour, &column.options);
            let follows = column.collation.is_none() && options::text(&own, CHARSET).is_none();
            if follows && is_text(&types::settled(self.dialect, &column.ty)?) {
                self.modify(&table, column, "")?;
            }
        }
        self.close();
        Ok(())
    }

    fn set(&mut self, name: &str, from: &Options, to: &Options) -> Result<(), Unsupported> {
        let clause = match (name, options::text(to, name)) {
            (SYSTEM_VERSIONED, _) => {
                create::versions(self.dialect, SYSTEM_VERSIONED)?;
                let (old, new) = (is_on(from, name), is_on(to, name));
                match (old, new) {
                    (false, true) => "ADD SYSTEM VERSIONING".to_owned(),
                    (true, false) => "DROP SYSTEM VERSIONING".to_owned(),
                    _ => return Ok(()),
                }
            }
            (PARTITION_BY, Some(by)) => format!("PARTITION BY {by}"),
            (PARTITION_BY, None) => "REMOVE PARTITIONING".to_owned(),
            (ENGINE, None) => "ENGINE=InnoDB".to_owned(),
            (ROW_FORMAT, None) => "ROW_FORMAT=DEFAULT".to_owned(),
            (CHARSET, None) => format!("DEFAULT CHARSET={}", self.usual_charset().0),
            (COLLATION, None) => format!("COLLATE={}", self.usual_charset().1),
            (WITH, new) => {
                let old = options::text(from, name).unwrap_or_default();
                changed_settings(old, new.unwrap_or_default()).join(" ")
            }
            (_, Some(_)) => create::setting(self.dialect, to, name).unwrap_or_default(),
            (_, None) => return Ok(()),
        };
        if !clause.is_empty() {
            self.clause(clause);
        }
        Ok(())
    }

    /// The character set and the collation of the database.
    fn usual_charset(&self) -> (&str, &str) {
        match &self.dialect.charset {
            Some((charset, collation)) => (charset, collation),
            // MariaDB, too, has `DEFAULT` for what the database has.
            None => ("DEFAULT", "DEFAULT"),
        }
    }
}

/// What is said to get from one list of settings to another; one that is not named any more gets
/// back what it is by itself.
fn changed_settings(from: &str, to: &str) -> Vec<String> {
    const NUMBERS: [&str; 6] =
        ["key_block_size", "max_rows", "min_rows", "avg_row_length", "checksum", "delay_key_write"];
    let pairs = |text: &str| -> Vec<(String, String)> {
        let words = text.split_whitespace();
        let pairs = words.filter_map(|word| word.split_once('='));
        pairs.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect()
    };
    let (old, new) = (pairs(from), pairs(to));
    let gone = old.iter().filter(|(name, _)| !new.iter().any(|(other, _)| other == name));
    let gone = gone.map(|(name, _)| match NUMBERS.contains(&name.as_str()) {
        true => format!("{name}=0"),
        false => format!("{name}=DEFAULT"),
    });
    let set = new.iter().filter(|pair| !old.contains(pair));
    gone.chain(set.map(|(name, value)| format!("{name}={value}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_are_not_named_any_more_are_as_usual() {
        let changed =
            changed_settings("key_block_size=8 stats_persistent=1 pack_keys=1", "pack_keys=0");
        assert_eq!(changed, ["key_block_size=0", "stats_persistent=DEFAULT", "pack_keys=0"]);
        assert_eq!(changed_settings("", "key_block_size=4"), ["key_block_size=4"]);
    }
}
