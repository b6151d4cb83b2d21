//! Entries before and after, as scripts have them.

use super::*;
use crate::error::Source;
use crate::script::{self, toml};

/// The entries of `text`, the body of a script.
fn script(text: &str) -> Script {
    let text = format!("revision = \"a\"\ndown_revision = []\n{}", text.replace("    ", ""));
    script::parse(&Source::new("a.toml", text)).unwrap()
}

/// What is left of the upgrades and downgrades of `texts`, behind those of `before`.
fn left(before: &str, texts: &[&str]) -> String {
    let originals: Vec<Script> = texts.iter().map(|text| script(text)).collect();
    let squashed = squash(&[script(before)], &originals, Header::default()).unwrap();
    let body = toml::write_body(&squashed.short.canonical(), &|_| None);
    [body.upgrade, body.downgrade].join("\n").trim().to_owned()
}

fn same(before: &str, texts: &[&str], expected: &str) {
    let expected = expected.lines().map(|line| line.trim_start_matches("            "));
    let expected = expected.collect::<Vec<_>>().join("\n");
    assert_eq!(left(before, texts), expected.trim());
}

const ITEM: &str = r#"
    [[upgrade]]
    create_table = "item"
    columns = [{ name = "id", type = "integer", nullable = false }, { name = "a", type = "text" }]
"#;

#[test]
fn rows_follow_their_table() {
    same(
        "",
        &[
            ITEM,
            r#"
            [[upgrade]]
            insert = "item"
            rows = [{ id = 1, a = "x" }, { id = 2 }]
            [[upgrade]]
            add_column = "item.b"
            type = "integer"
            default = 5
            [[upgrade]]
            rename_column = "item.a"
            to = "name"
            "#,
            r#"
            [[upgrade]]
            insert = "item"
            rows = [{ id = 3, name = "z", b = 1 }]
            [[upgrade]]
            alter_column = "item.b"
            from = { type = "integer", default = 5 }
            to = { type = "integer", default = 7 }
            [[upgrade]]
            insert = "item"
            rows = [{ id = 4 }]
            [[upgrade]]
            alter_column = "item.name"
            from = { type = "text" }
            to = { type = "text", default = "new" }
            [[upgrade]]
            rename_table = "item"
            to = "thing"
            "#,
        ],
        r#"
            [[upgrade]]
            create_table = "thing"
            columns = [
                { name = "id", type = "integer", nullable = false },
                { name = "name", type = "text", default = "new" },
                { name = "b", type = "integer", default = 7 },
            ]

            [[upgrade]]
            insert = "thing"
            rows = [
                { id = 1, name = "x", b = 5 },
                { id = 2, name = { sql = "NULL" }, b = 5 },
                { id = 3, name = "z", b = 1 },
                { id = 4, name = { sql = "NULL" } },
            ]
        "#,
    );
}

#[test]
fn rows_of_a_table_that_goes_are_gone() {
    let drop = r#"
        [[upgrade]]
        insert = "item"
        rows = [{ id = 1 }]
        [[upgrade]]
        drop_table = "item"
        columns = [{ name = "id", type = "integer", nullable = false }, { name = "a", type = "text" }]
    "#;
    same("", &[ITEM, drop], "");
}

#[test]
fn rows_come_behind_those_they_refer_to_and_before_triggers() {
    same(
        "",
        &[
            r#"
            [[upgrade]]
            create_table = "child"
            columns = [{ name = "item_id", type = "integer" }]
            [[upgrade]]
            insert = "child"
            rows = [{ item_id = 1 }]
            "#,
            ITEM,
            r#"
            [[upgrade]]
            insert = "item"
            rows = [{ id = 1 }]
            [[upgrade]]
            create_foreign_key = "fk"
            table = "child"
            columns = ["item_id"]
            references = { table = "item", columns = ["id"] }
            [[upgrade]]
            create_trigger = "t"
            table = "item"
            dialects = ["sqlite"]
            definition = { sqlite = "CREATE TRIGGER t AFTER INSERT ON item BEGIN SELECT 1; END" }
            "#,
        ],
        r#"
            [[upgrade]]
            create_table = "item"
            columns = [
                { name = "id", type = "integer", nullable = false },
                { name = "a", type = "text" },
            ]

            [[upgrade]]
            create_table = "child"
            columns = [
                { name = "item_id", type = "integer" },
            ]
            foreign_keys = [
                { name = "fk", columns = ["item_id"], references = { table = "item", columns = ["id"] } },
            ]

            [[upgrade]]
            insert = "item"
            rows = [
                { id = 1 },
            ]

            [[upgrade]]
            insert = "child"
            rows = [
                { item_id = 1 },
            ]

            [[upgrade]]
            create_trigger = "t"
            table = "item"
            definition = { sqlite = "CREATE TRIGGER t AFTER INSERT ON item BEGIN SELECT 1; END" }
            dialects = ["sqlite"]
        "#,
    );
}

/// What a database would have to look at its rows for stays a step of its own.
#[test]
fn rows_that_only_a_database_can_change() {
    let insert = r#"
        [[upgrade]]
        insert = "item"
        rows = [{ id = 1, a = "7" }]
    "#;
    for (mark, change) in [
        (
            "alter_column",
            r#"alter_column = "item.a"
        from = { type = "text" }
        to = { type = "integer" }"#,
        ),
        (
            "alter_column",
            r#"alter_column = "item.id"
        from = { type = "integer", nullable = false }
        to = { type = "big_integer", nullable = false }"#,
        ),
        (
            "max(a)",
            r#"insert = "item"
        rows = [{ id = 2, a = { sql = "(SELECT max(a) FROM item)" } }]"#,
        ),
        ("UPDATE", r#"execute = "UPDATE item SET a = 'y'""#),
        (
            "create_primary_key",
            r#"create_primary_key = "pk"
        table = "item"
        columns = ["id"]"#,
        ),
    ] {
        let change = format!("[[upgrade]]\n{}", change.replace("        ", ""));
        let behind = r#"
            [[upgrade]]
            add_column = "item.z"
            type = "text"
        "#;
        let left = left("", &[ITEM, insert, &change, behind]);
        let words: Vec<_> = left.lines().filter(|line| line.contains(" = \"item")).collect();
        assert!(words.starts_with(&["create_table = \"item\"", "insert = \"item\""]), "{left}");
        let order = ["rows = [", mark];
        let places: Vec<_> = order.iter().map(|it| left.find(it)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{left}");
    }
}

/// Rows of a table that is there before may be there, too.
#[test]
fn changes_of_what_was_there() {
    let change = |body: &str| format!("[[upgrade]]\n{body}\n");
    let add = change("add_column = \"item.b\"\ntype = \"integer\"\ndefault = 1");
    let drop = change("drop_column = \"item.b\"\ntype = \"integer\"\ndefault = 1");
    let alter = change(
        "alter_column = \"item.b\"\nfrom = { type = \"integer\", default = 1 }\nto = { type = \"integer\", default = 2 }",
    );
    let drop_a = change("drop_column = \"item.a\"\ntype = \"text\"");
    let add_a = change("add_column = \"item.a\"\ntype = \"text\"");
    let words = |texts: &[&String]| -> String {
        let texts: Vec<&str> = texts.iter().map(|it| it.as_str()).collect();
        let left = left(ITEM, &texts);
        let word = |line: &str| Some(line.split_once(" = ")?.0.to_owned());
        let entries = left.split("[[upgrade]]").filter_map(|it| word(it.trim().lines().next()?));
        entries.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(words(&[&add, &drop]), "");
    assert_eq!(words(&[&add, &drop_a]), "drop_column add_column");
    assert_eq!(words(&[&add, &alter]), "add_column execute alter_column");
    assert_eq!(words(&[&add, &alter, &drop]), "add_column execute drop_column");
    assert_eq!(words(&[&drop_a, &add_a]), "drop_column execute add_column");
}

#[test]
fn what_will_be_dropped_may_change_as_it_likes() {
    let gone = r#"
        [[upgrade]]
        rename_column = "item.a"
        to = "b"
        [[upgrade]]
        alter_column = "item.b"
        from = { type = "text" }
        to = { type = "integer" }
        [[upgrade]]
        drop_table = "item"
        columns = [{ name = "id", type = "integer", nullable = false }, { name = "b", type = "integer" }]
    "#;
    same(
        ITEM,
        &[gone],
        r#"
            [[upgrade]]
            drop_table = "item"
            columns = [
                { name = "id", type = "integer", nullable = false },
                { name = "a", type = "text" },
            ]
        "#,
    );
}

/// Only the database knows what it makes of a view when a column of it gets another name.
#[test]
fn renames_under_a_view() {
    let rename = "[[upgrade]]\nrename_column = \"item.a\"\nto = \"b\"\n";
    let words = |view: &str| -> Vec<String> {
        let view = format!("[[upgrade]]\ncreate_view = \"v\"\ndefinition = \"{view}\"\n");
        let left = left("", &[ITEM, &view, rename]);
        left.split("[[upgrade]]\n").skip(1).map(|it| it[..10].to_owned()).collect()
    };
    assert_eq!(words("SELECT id FROM item"), ["create_tab", "create_vie"]);
    assert_eq!(words("SELECT A FROM item"), ["create_tab", "create_vie", "rename_col"]);
}

#[test]
fn limits_to_dialects_stay() {
    let view = |definition: &str, dialect: &str| {
        format!(
            "[[upgrade]]\ncreate_view = \"v\"\ndefinition = \"{definition}\"\ndialects = [\"{dialect}\"]\n"
        )
    };
    let drop =
        "[[upgrade]]\ndrop_view = \"v\"\ndefinition = \"SELECT 1\"\ndialects = [\"sqlite\"]\n";
    same(
        "",
        &[&view("SELECT 1", "sqlite"), drop, &view("SELECT 2", "sqlite")],
        r#"
            [[upgrade]]
            create_view = "v"
            definition = "SELECT 2"
            dialects = ["sqlite"]
        "#,
    );
    same(
        "",
        &[&view("SELECT 1", "sqlite"), &view("SELECT 2", "postgres")],
        r#"
            [[upgrade]]
            create_view = "v"
            definition = "SELECT 1"
            dialects = ["sqlite"]

            [[upgrade]]
            create_view = "v"
            definition = "SELECT 2"
            dialects = ["postgres"]
        "#,
    );
}

#[test]
fn the_head_of_a_squash() {
    let with = |id: &str, head: &str| {
        let text = format!("revision = \"{id}\"\ndown_revision = []\n{head}");
        script::parse(&Source::new("a.toml", text)).unwrap()
    };
    let header = |scripts: &[Script]| match squash(&[], scripts, Header::default()) {
        Ok(Squashed { plain, .. }) => {
            let Header { dialect, no_transaction, irreversible, .. } = plain.header;
            format!("{dialect:?} {no_transaction} {irreversible:?}")
        }
        Err(error) => format!("{error}; {}", error.hint().unwrap()),
    };
    let plain = with("a", "");
    assert_eq!(header(&[plain.clone(), plain.clone()]), "None false None");
    let sqlite = with("b", "dialect = \"sqlite\"\ntransaction = false\nirreversible = \"lost\"");
    assert_eq!(header(&[plain.clone(), sqlite.clone()]), "Some(\"sqlite\") true Some(\"lost\")");
    let other = with("c", "irreversible = \"gone\"");
    assert_eq!(
        header(&[sqlite.clone(), other]),
        "Some(\"sqlite\") true Some(\"b: lost; c: gone\")"
    );
    assert_eq!(
        header(&[plain, sqlite, with("d", "dialect = \"mysql\"")]),
        "`b` holds SQL for sqlite, and `d` for mysql; end the run between them: no database runs both"
    );
}
