use super::*;
use crate::schema::{Check, ForeignKey, Sql};

fn edited(text: &str, edit: impl FnOnce(&mut TableText) -> Result<(), DdlError>) -> String {
    let mut table = TableText::new(text).unwrap();
    edit(&mut table).unwrap();
    table.text().to_owned()
}

/// A table as people write it.
const LAID_OUT: &str = "CREATE TABLE t (
    -- the first
    a INTEGER NOT NULL, -- about a
    b TEXT /* , */ DEFAULT ',', /* about b,
    on two lines */
    c VARCHAR(20) UNIQUE -- about c
    -- the constraints
    , CHECK (a > 0), -- one
    CONSTRAINT two CHECK (b <> '') -- last
)";

#[test]
fn columns_are_added_behind_columns() {
    let add = |text: &str| edited(text, |table| table.add_column("d INT"));
    assert_eq!(add("CREATE TABLE t (a)"), "CREATE TABLE t (a, d INT)");
    assert_eq!(add("CREATE TABLE t (a,b, CHECK (a))"), "CREATE TABLE t (a,b, d INT, CHECK (a))");
    assert_eq!(add("CREATE TABLE t (\n  a -- a\n)"), "CREATE TABLE t (\n  a, -- a\n  d INT\n)");
    assert_eq!(
        add("CREATE TABLE t (\n\ta,\n\tb, -- b\n\tCHECK (a)\n)"),
        "CREATE TABLE t (\n\ta,\n\tb, -- b\n\td INT,\n\tCHECK (a)\n)"
    );
    assert_eq!(
        add("CREATE TABLE t (\n a, /* on\n two lines */ CHECK (a))"),
        "CREATE TABLE t (\n a,\n d INT, /* on\n two lines */ CHECK (a))"
    );
    assert_eq!(
        add(LAID_OUT),
        LAID_OUT.replace("    , CHECK (a > 0), -- one", "    ,\n    d INT, CHECK (a > 0), -- one")
    );
}

#[test]
fn constraints_are_added_at_the_end() {
    let add = |text: &str| edited(text, |table| table.add_constraint("CHECK (x)"));
    assert_eq!(add("CREATE TABLE t (a)"), "CREATE TABLE t (a, CHECK (x))");
    assert_eq!(
        add("CREATE TABLE t (a, CHECK (a) CHECK (b)) STRICT"),
        "CREATE TABLE t (a, CHECK (a) CHECK (b), CHECK (x)) STRICT"
    );
    assert_eq!(
        add(LAID_OUT),
        LAID_OUT.replace("(b <> '') -- last\n", "(b <> ''), -- last\n    CHECK (x)\n")
    );
}

#[test]
fn columns_are_removed_with_their_lines() {
    let drop = |text: &str, name: &str| edited(text, |table| table.drop_column(name));
    assert_eq!(drop("CREATE TABLE t (a, b, c)", "a"), "CREATE TABLE t (b, c)");
    assert_eq!(drop("CREATE TABLE t (a, b, c)", "B"), "CREATE TABLE t (a, c)");
    assert_eq!(drop("CREATE TABLE t (a, b, c)", "c"), "CREATE TABLE t (a, b)");
    assert_eq!(drop("CREATE TABLE t (a,b,CHECK (a))", "b"), "CREATE TABLE t (a,CHECK (a))");
    assert_eq!(drop("CREATE TABLE t (a\n,b\n)", "b"), "CREATE TABLE t (a\n\n)");
    assert_eq!(drop("CREATE TABLE t (\n    a,\n    b\n)", "b"), "CREATE TABLE t (\n    a\n)");
    assert_eq!(drop(LAID_OUT, "a"), LAID_OUT.replace("    a INTEGER NOT NULL, -- about a\n", ""));
    assert_eq!(drop(LAID_OUT, "b"), LAID_OUT.replace("b TEXT /* , */ DEFAULT ',', ", ""));
    assert_eq!(drop(LAID_OUT, "no such column"), LAID_OUT);
}

#[test]
fn constraints_are_found_by_name_or_by_what_they_say() {
    let check = |name: Option<&str>, text: &str| Check {
        name: name.map(str::to_owned),
        expression: Sql::new(text),
        ..Check::default()
    };
    let drop = |name: Option<&str>, text: &str| {
        let mut table = TableText::new(LAID_OUT).unwrap();
        let found = table.drop_check(&check(name, text)).unwrap();
        assert_eq!(found, table.text() != LAID_OUT);
        table.text().to_owned()
    };
    assert_eq!(
        drop(None, "(\"a\">0)"),
        LAID_OUT.replace("    , CHECK (a > 0), -- one", "    , -- one")
    );
    assert_eq!(
        drop(Some("TWO"), "whatever"),
        LAID_OUT.replace(
            "(a > 0), -- one\n    CONSTRAINT two CHECK (b <> '') -- last\n",
            "(a > 0) -- one\n"
        )
    );
    assert_eq!(drop(None, "b <> ''"), LAID_OUT);
    assert_eq!(drop(Some("three"), "a > 0"), LAID_OUT);
}

#[test]
fn clauses_of_columns_change_alone() {
    let text = "CREATE TABLE t (a, b TEXT CONSTRAINT n NOT NULL /* n */ DEFAULT 1 CHECK (b), c TEXT NULL GENERATED ALWAYS AS (1))";
    assert_eq!(
        edited(text, |table| {
            table.set_not_null("a", Some("NOT NULL"))?;
            table.set_default("a", Some("DEFAULT 2"))?;
            table.set_type("a", "INTEGER")?;
            table.set_not_null("b", None)?;
            table.set_default("b", Some("DEFAULT (x)"))?;
            table.set_collation("b", Some("COLLATE NOCASE"))?;
            table.set_type("b", "")?;
            table.set_not_null("c", Some("NOT NULL"))?;
            table.set_generated("c", None)?;
            table.set_not_null("missing", Some("NOT NULL"))
        }),
        "CREATE TABLE t (a INTEGER NOT NULL DEFAULT 2, b COLLATE NOCASE /* n */ DEFAULT (x) CHECK (b), c TEXT NOT NULL)"
    );
    assert_eq!(
        edited("CREATE TABLE t (a TEXT -- about a\n NOT NULL -- more\n, b)", |table| {
            table.set_not_null("a", None)
        }),
        "CREATE TABLE t (a TEXT -- about a\n  -- more\n, b)"
    );
}

#[test]
fn enums_are_kept_in_a_check() {
    let text = "CREATE TABLE t (a VARCHAR(1) DEFAULT 'x' CHECK (a IN ('x', 'y')) CHECK (a <> ''))";
    let set = |text: &str, clause| edited(text, |table| table.set_enum("a", clause));
    assert_eq!(
        set(text, Some("CHECK (\"a\" IN ('z'))")),
        "CREATE TABLE t (a VARCHAR(1) DEFAULT 'x' CHECK (\"a\" IN ('z')) CHECK (a <> ''))"
    );
    let without = "CREATE TABLE t (a VARCHAR(1) DEFAULT 'x' CHECK (a <> ''))";
    assert_eq!(set(text, None), without);
    assert_eq!(
        set(without, Some("CHECK (\"a\" IN ('z'))")),
        "CREATE TABLE t (a VARCHAR(1) DEFAULT 'x' CHECK (a <> '') CHECK (\"a\" IN ('z')))"
    );
}

#[test]
fn a_foreign_key_goes_with_all_that_belongs_to_it() {
    let text = "CREATE TABLE t (a REFERENCES p ON DELETE SET DEFAULT NOT NULL NOT DEFERRABLE REFERENCES q (x) DEFERRABLE INITIALLY DEFERRED)";
    let drop = |table: &str, references: &[&str]| {
        let key = ForeignKey {
            columns: vec!["A".to_owned()],
            table: crate::schema::Name::new(table),
            references: references.iter().map(|it| (*it).to_owned()).collect(),
            ..ForeignKey::default()
        };
        edited(text, |it| it.drop_foreign_key(&key).map(|_| ()))
    };
    assert_eq!(
        drop("P", &[]),
        "CREATE TABLE t (a NOT NULL REFERENCES q (x) DEFERRABLE INITIALLY DEFERRED)"
    );
    assert_eq!(
        drop("q", &["x"]),
        "CREATE TABLE t (a REFERENCES p ON DELETE SET DEFAULT NOT NULL NOT DEFERRABLE)"
    );
    assert_eq!(drop("q", &[]), text);
    // Its text leaves out the key of the other table.
    assert_eq!(drop("p", &["id"]), drop("p", &[]));
}

#[test]
fn rowids_are_known_by_their_names() {
    let rowid = |body: &str| {
        let table = TableText::new(&format!("CREATE TABLE t {body}")).unwrap();
        (table.rowid_column().map(str::to_owned), table.rowid_name())
    };
    let named = |name: &str| Some(name.to_owned());
    assert_eq!(rowid("(a Integer PRIMARY KEY)"), (named("a"), Some("rowid")));
    assert_eq!(
        rowid("(ROWID, a, b INTEGER, PRIMARY KEY (\"B\" DESC))"),
        (named("b"), Some("_rowid_"))
    );
    assert_eq!(rowid("(a INTEGER PRIMARY KEY DESC)"), (None, Some("rowid")));
    assert_eq!(rowid("(a INT PRIMARY KEY)"), (None, Some("rowid")));
    assert_eq!(rowid("(a INTEGER, b INTEGER, PRIMARY KEY (a, b))"), (None, Some("rowid")));
    assert_eq!(rowid("(rowid, oid, _rowid_)"), (None, None));
    assert_eq!(rowid("(a INTEGER PRIMARY KEY) WITHOUT ROWID"), (None, None));
}

#[test]
fn a_new_name_leaves_the_checks_alone() {
    assert_eq!(
        edited(
            "CREATE TABLE 'a b'(x CHECK (\"A b\".x > 'a b.x'), CHECK ([a b] . x <> y.x))",
            |table| { table.rename("n\"ew") }
        ),
        "CREATE TABLE \"n\"\"ew\"(x CHECK (x > 'a b.x'), CHECK ( x <> y.x))"
    );
}
