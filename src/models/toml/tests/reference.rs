//! The examples of the reference page are right.

use super::*;

const PAGE: &str = include_str!("../../../../docs/reference/models.md");

/// The TOML blocks of the page.
fn examples() -> Vec<&'static str> {
    let blocks = PAGE.split("```toml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap_or_default()).collect()
}

#[test]
fn every_example_can_be_read() {
    let tables: Vec<Vec<String>> = examples()
        .into_iter()
        .map(|text| schema(text).tables.iter().map(|table| table.name.to_string()).collect())
        .collect();
    assert_eq!(
        tables,
        [
            &["post", "user"][..],
            &["product"],
            &["invoice"],
            &["host"],
            &["membership", "tag"],
            &["site", "visit"],
            &["task"],
            &["room"],
            &["event"],
            &["member"],
            &["topic"],
            &["account"],
        ]
    );
}

/// What stands in code spans in the tables of types and defaults.
#[test]
fn every_type_and_default_of_the_page_is_one() {
    let spans = |from: &str, to: &str, first_column: bool| -> Vec<&str> {
        let section = PAGE.split(from).nth(1).unwrap().split(to).next().unwrap();
        let rows = section.lines().filter(|line| line.starts_with("| `"));
        let cells =
            rows.flat_map(|row| if first_column { row.split('|').nth(1) } else { Some(row) });
        cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
    };
    let types = spans("### Types", "Anything else", true);
    assert_eq!(types.len(), 30);
    for ty in types {
        schema(&format!("enums.mood = ['ok']\n[T.columns]\na = \"{ty}\"\n"));
    }
    let defaults = spans("### Defaults", "Lists,", true);
    let defaults: Vec<_> = defaults.into_iter().filter(|it| it.starts_with("default")).collect();
    assert_eq!(defaults.len(), 5);
    for default in defaults {
        schema(&format!("[T.columns]\na = {{ type = 'text', {default} }}\n"));
    }
}
