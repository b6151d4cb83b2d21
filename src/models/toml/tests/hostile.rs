//! Whatever stands in a file, reading it ends in a schema or in mistakes with places.

use std::fmt::Write;
use std::time::Instant;

use proptest::prelude::*;

use super::*;

/// A file that says everything once.
const EVERYTHING: &str = r#"
[User]
table = "people"
schema = "app"
comment = "People"
primary_key = { name = "pk", columns = ["id"] }
renamed_from = "persons"
options.sqlite.strict = true
[User.columns]
id = { type = "integer", nullable = false }
name = { type = "string(64)", default = "x", index = true, unique = true, collation = "nocase" }
mood = { type = "mood", default = { sql = "'ok'" }, check = "mood <> ''" }
total = { type = { postgres = "money", default = "numeric(10, 2)" }, generated = { sql = "1", stored = true } }
parent = { type = "integer", references = "app.people.id", on_delete = "cascade", deferrable = true }
[[User.indexes]]
columns = ["lower(name) desc nulls last", "id"]
where = { sqlite = "id > 0" }
[[User.foreign_keys]]
columns = ["parent"]
references = { table = "app.people", columns = ["id"] }
[enums]
mood = ["ok", "sad"]
[views.v]
definition = "SELECT 1"
dialects = ["sqlite"]
[triggers.t]
table = "v"
definition = "CREATE TRIGGER"
"#;

fn assert_placed(text: &str) {
    let source = Source::new("models.toml", text);
    let Err(mistakes) = parse(std::slice::from_ref(&source), &Naming::default()) else { return };
    assert!(!mistakes.0.is_empty());
    for mistake in &mistakes.0 {
        let place = mistake.place.as_ref().unwrap();
        assert!(source.text.get(place.span.clone()).is_some(), "{mistake:?}");
        assert!(mistake.hint.as_ref().is_some_and(|hint| !hint.is_empty()), "{mistake:?}");
    }
}

#[test]
fn the_file_that_says_everything_is_right() {
    assert_eq!(schema(EVERYTHING).tables.len(), 1);
}

proptest! {
    /// A stretch of the file is replaced by another one, or by something odd.
    #[test]
    fn a_file_with_a_stretch_replaced(
        from in 0..EVERYTHING.len(),
        length in 0..30_usize,
        with in prop_oneof![
            "[a-z\"'\\[\\]{}=.,# \n0-9-]{0,12}",
            "\\PC{0,4}",
            (0..EVERYTHING.len(), 0..30_usize)
                .prop_map(|(at, length)| EVERYTHING.chars().skip(at).take(length).collect()),
        ],
    ) {
        let to = (from + length).min(EVERYTHING.len());
        assert_placed(&format!("{}{with}{}", &EVERYTHING[..from], &EVERYTHING[to..]));
    }

    #[test]
    fn any_text(text in "\\PC{0,40}") {
        assert_placed(&text);
        assert_placed(&format!("[T.columns]\na = {text:?}\n"));
        assert_placed(&format!("[T]\ncolumns.a = 'text'\nindexes = [{{ columns = [{text:?}] }}]\n"));
        assert_placed(&format!("[T]\ncolumns.a = {{ type = 'text', references = {text:?} }}\n"));
        assert_placed(&format!("{text:?} = {{ columns = {{ {text:?} = 'text' }} }}\n"));
    }
}

#[test]
fn depth_is_a_mistake() {
    for text in [
        format!("a = {}", "[".repeat(100_000)),
        format!("{}a = 1", "a.".repeat(100_000)),
        format!("a = {}", "{ a = ".repeat(100_000)),
        format!("[T.columns]\na = \"{}\"", "array(".repeat(100_000)),
        format!("[T.columns]\na = {{ type = \"text\", check = \"{}\" }}", "(".repeat(100_000)),
    ] {
        assert_placed(&text);
    }
}

/// Also when every table refers to one that is missing.
#[test]
fn thousands_of_tables_are_quick() {
    let mut text = String::new();
    for table in 0..3_000 {
        writeln!(text, "[Table{table}.columns]").unwrap();
        writeln!(text, "id = {{ type = 'integer', primary_key = true }}").unwrap();
        writeln!(text, "parent = {{ type = 'integer', references = 'table{table}.id' }}").unwrap();
        for column in 0..8 {
            writeln!(text, "column{column} = {{ type = 'string(64)', index = true }}").unwrap();
        }
    }
    let start = Instant::now();
    assert_eq!(schema(&text).tables.len(), 3_000);
    let broken = Source::new("models.toml", text.replace("'table", "'tabel"));
    let mistakes = parse(&[broken], &Naming::default()).unwrap_err();
    assert_eq!(mistakes.0.len(), 3_000);
    // A debug build takes a few seconds; what grows with the square takes minutes.
    assert!(start.elapsed().as_secs() < 60);
}
