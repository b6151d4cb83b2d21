//! Scripts come back from their files as they were written.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::path::{Path, PathBuf};

use limbeck::error::{Mistakes, Source};
use limbeck::operation::Operation;
use limbeck::script::{self, Format, Script, template};
use proptest::prelude::*;
use support::generate;
use support::law::cases;

/// The text of `script`, made from the built-in template.
fn written(script: &Script, format: Format) -> Result<String, Mistakes> {
    let file = format!("script.{}.tera", format.extension());
    let text = template::builtin()[0].text(&file).unwrap();
    template::render(&Source::new(file, text), &path(format), script, &|_| None)
}

fn path(format: Format) -> PathBuf {
    PathBuf::from(format!("versions/a.{}", format.extension()))
}

fn comes_back(script: &Script, format: Format) -> Result<(), TestCaseError> {
    let text = written(script, format).map_err(|err| TestCaseError::fail(err.to_string()))?;
    let source = Source::new(path(format), text.as_str());
    let read =
        script::parse(&source).map_err(|err| TestCaseError::fail(format!("{err}\n{text}")))?;
    // Equality passes over the spelling of SQL, Debug does not.
    prop_assert_eq!(&read, script, "{}", text);
    prop_assert_eq!(format!("{read:?}"), format!("{script:?}"), "{}", text);
    prop_assert_eq!(&written(&read, format).unwrap(), &text);
    let located = script::header(&source).unwrap();
    prop_assert_eq!(&located.header, &script.header);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(path(format).file_name().unwrap());
    for text in [text.clone(), format!("\u{feff}{text}")] {
        std::fs::write(&file, &text).unwrap();
        let read = script::read_header(&file).unwrap();
        prop_assert_eq!(&read.header, &script.header);
        prop_assert_eq!(
            &read.source.text[read.places.revision.clone()],
            match format {
                Format::Toml => format!("{:?}", script.header.revision),
                Format::Sql => script.header.revision.clone(),
            }
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn operations_come_back(script in generate::script()) {
        comes_back(&script, Format::Toml)?;
    }

    #[test]
    fn statements_come_back(script in generate::sql_script()) {
        comes_back(&script, Format::Sql)?;
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn tables_of_a_schema_come_back(schema in generate::schema()) {
        let create = schema.tables.iter().map(|table| {
            let mut table = table.clone();
            table.indexes.clear();
            Operation::CreateTable(table).into()
        });
        let script = Script { upgrade: create.collect(), ..Script::default() };
        let script = Script {
            header: script::Header { revision: "a1".into(), ..Default::default() },
            ..script
        };
        comes_back(&script, Format::Toml)?;
    }

    #[test]
    fn line_ends_of_a_checkout_make_no_difference(script in generate::script()) {
        let text = written(&script, Format::Toml).unwrap().replace('\n', "\r\n");
        let source = Source::new(path(Format::Toml), text);
        let read = script::parse(&source).map_err(|err| TestCaseError::fail(err.to_string()))?;
        prop_assert_eq!(format!("{read:?}"), format!("{script:?}"));
        prop_assert_eq!(script::header(&source).unwrap().header, script.header);
    }

    #[test]
    fn nothing_in_a_file_panics(
        script in generate::script(),
        statements in generate::sql_script(),
        places in prop::collection::vec(any::<prop::sample::Index>(), 1..6),
        insert in generate::hostile_text(),
    ) {
        for (script, format) in [(script, Format::Toml), (statements, Format::Sql)] {
            let mut text = written(&script, format).unwrap();
            for (number, place) in places.iter().enumerate() {
                let mut at = place.index(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                match number % 3 {
                    0 => text.insert_str(at, &insert),
                    1 => { text.remove(at); }
                    _ => text.truncate(at.max(1)),
                }
            }
            let source = Source::new(path(format), text);
            let _ = script::header(&source);
            if let Err(Mistakes(mistakes)) = script::parse(&source) {
                for mistake in mistakes {
                    let place = mistake.place.unwrap();
                    prop_assert!(place.source.text.get(place.span.clone()).is_some(), "{place:?}");
                }
            }
        }
    }
}

#[test]
fn reading_a_script_that_is_not_there() {
    let path = Path::new("no/such/a1.toml");
    assert_eq!(script::read_header(path).unwrap_err().to_string(), "cannot read `no/such/a1.toml`");
}

/// The examples of the reference, by the language of their block.
fn examples(language: &str) -> Vec<String> {
    let reference = include_str!("../docs/reference/scripts.md");
    let opening = format!("```{language}\n");
    let blocks = reference.split(&opening).skip(1);
    blocks.map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_reference_shows_what_is_written() {
    for example in examples("toml") {
        let whole = example.contains("revision = ");
        let head = "revision = \"a1\"\ndown_revision = []\nbranch_labels = []\ndepends_on = []\n\n";
        let text = if whole { example } else { format!("{head}{example}") };
        let script = script::parse(&Source::new("a.toml", text.as_str()))
            .unwrap_or_else(|err| panic!("{err}\n{text}"));
        // Without operations the built-in template says where they go.
        if text.contains("[[") {
            assert_eq!(written(&script, Format::Toml).unwrap(), text);
        }
    }
    for text in examples("sql") {
        let script = script::parse(&Source::new("a.sql", text.as_str())).unwrap();
        assert_eq!(written(&script, Format::Sql).unwrap(), text);
    }
}

#[test]
fn the_reference_has_every_operation() {
    let examples = examples("toml").concat();
    let missing: Vec<_> = script::toml::WORDS
        .into_iter()
        .filter(|word| !examples.contains(&format!("]]\n{word} = ")))
        .collect();
    assert_eq!(missing, [""; 0]);
}
