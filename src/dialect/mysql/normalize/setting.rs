//! Options in the words in which they are reported.

use super::super::lexer::tokens_in;
use super::super::options::{
    self, ALGORITHM, CHECK_OPTION, ENFORCED, ENGINE, Kind, ROW_FORMAT, SECURITY, WITH, text,
};
use super::super::{MySql, inspect};
use crate::schema::{OptionValue, Options};

/// Engines, as the servers write their names.
const ENGINES: [&str; 9] = [
    "InnoDB",
    "MyISAM",
    "MEMORY",
    "CSV",
    "ARCHIVE",
    "BLACKHOLE",
    "Aria",
    "MRG_MyISAM",
    "FEDERATED",
];

/// Leaves what says what a thing is: options for this server, without those that only say how it is
/// made, and without what is so anyway.
pub(super) fn settle(dialect: &MySql, options: &mut Options, kind: Kind) {
    *options = options::own(dialect.flavour, options);
    options.retain(|name, value| {
        let usual = OptionValue::Boolean(name == ENFORCED);
        !kind.how.contains(&name.as_str()) && *value != usual
    });
    for (name, value) in options.iter_mut() {
        let OptionValue::Text(text) = value else { continue };
        match name.as_str() {
            ENGINE => {
                let known = ENGINES.iter().find(|it| it.eq_ignore_ascii_case(text));
                let heap = text.eq_ignore_ascii_case("heap");
                let known = if heap { Some(&"MEMORY") } else { known };
                *text = known.map_or_else(|| text.clone(), |it| (*it).to_owned());
            }
            WITH => *text = sorted(text),
            ROW_FORMAT | SECURITY | CHECK_OPTION | ALGORITHM => *text = text.to_lowercase(),
            _ => {}
        }
    }
    let is_usual = |name: &str, value: &str| match name {
        ENGINE => value == "InnoDB",
        ROW_FORMAT => value == "default",
        SECURITY => value == "definer",
        ALGORITHM => value == "undefined",
        WITH => value.is_empty(),
        _ => false,
    };
    options.retain(|name, value| !matches!(value, OptionValue::Text(it) if is_usual(name, it)));
}

/// `a=1 b=2` in the order of the names.
fn sorted(text: &str) -> String {
    let all = inspect::created(&text.replace(',', " "));
    let all: Vec<_> = all.iter().map(|(name, value)| format!("{name}={value}")).collect();
    all.join(" ")
}

/// Spells an option as the live one, where both are the same tokens.
pub(super) fn take_spelling(dialect: &MySql, options: &mut Options, live: &Options, name: &str) {
    let (Some(declared), Some(live)) = (text(options, name), text(live, name)) else { return };
    if plain(dialect, declared) == plain(dialect, live) {
        options.insert(name.to_owned(), OptionValue::Text(live.to_owned()));
    }
}

/// The tokens of a text in one spelling.
fn plain(dialect: &MySql, text: &str) -> Vec<String> {
    const NOISE: [&str; 2] = ["ENGINE", "InnoDB"];
    let tokens = tokens_in(text, dialect.mode);
    let tokens = tokens.filter(|it| !NOISE.iter().any(|word| it.is(word)) && it.text != "=");
    tokens
        .map(|it| match (it.string(), it.name()) {
            (Some(string), _) => format!("'{string}"),
            (None, Some(name)) => name.to_lowercase(),
            (None, None) => it.text.to_lowercase(),
        })
        .collect()
}
