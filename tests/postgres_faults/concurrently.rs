//! Indexes that are made without keeping writers out: outside of a transaction, so they can be left
//! half made.

use super::*;

const MODELS: &str = r#"[Item.columns]
id = { type = "integer", primary_key = true }
code = "string(9)"
"#;

const INDEX: &str = r#"
[[Item.indexes]]
name = "ix_code"
columns = ["lower(code) desc"]
where = "code IN ('a', 'b', 'c')"
unique = true
comment = "one of each"
postgres = { concurrently = true }
"#;

/// A table with two rows that its index does not want, and an index declared.
fn place() -> Place {
    let place = Place::new("");
    place.models(MODELS);
    place.ok("migrate -m items --rev-id r1");
    place.ok("upgrade");
    place.models(&format!("{MODELS}count = \"integer\"\nsize = \"integer\"\n{INDEX}"));
    place.ok("migrate -m index --rev-id r2");
    place
}

const LOG: &str = "SELECT revision, direction, done, operations FROM limbeck_log ORDER BY id";
const INDEXES: &str = "SELECT relname, indisvalid, obj_description(oid) \
    FROM pg_index JOIN pg_class ON oid = indexrelid WHERE relname LIKE 'ix%'";

const CREATE: &str = "CREATE UNIQUE INDEX CONCURRENTLY \"ix_code\" ON \"item\" ((lower(code)) DESC) \
    WHERE code IN ('a', 'b', 'c');\n";
const COMMENT: &str = "COMMENT ON INDEX \"ix_code\" IS 'one of each';\n";

#[test]
fn what_stands_beside_it_is_not_torn_apart() {
    let place = place();
    assert_eq!(
        place.ok("upgrade -v"),
        format!(
            "Running upgrade r1 -> r2, index\n\
             ALTER TABLE \"item\"\n    ADD COLUMN \"count\" integer,\n    ADD COLUMN \"size\" integer;\n\
             {CREATE}{COMMENT}"
        )
    );
    assert_eq!(place.query(LOG), ["r1 | upgrade | 1 | 1", "r2 | upgrade | 2 | 2"]);
    assert_eq!(place.ok("check"), "No new upgrade operations detected.\n");
    assert_eq!(
        place.ok("downgrade -v"),
        "Running downgrade r2 -> r1, index\n\
         DROP INDEX CONCURRENTLY \"ix_code\";\n\
         ALTER TABLE \"item\"\n    DROP COLUMN \"size\",\n    DROP COLUMN \"count\";\n"
    );
    assert_eq!(place.query(INDEXES), [""; 0]);
}

#[test]
fn what_a_failed_one_left_is_made_anew() {
    let place = place();
    place.execute("INSERT INTO item (code) VALUES ('A'), ('a'), ('a')");
    assert_eq!(
        place.fails("upgrade"),
        "Running upgrade r1 -> r2, index\n\
         error: revision `r2` stopped in operation 1 (added index 'ix_code' on ['lower(code) desc']): 1 of 2 are done\n\
         caused by: could not create unique index \"ix_code\"\n  \
         Key (lower(code::text))=(a) is duplicated.\n  \
         an invalid index `ix_code` is left behind\n   \
         | CREATE UNIQUE INDEX CONCURRENTLY \"ix_code\" ON \"item\" ((lower(code)) DESC) WHERE code IN ('a', 'b', 'c')\n\
         note: the database stands at r1\n\
         hint: mend what is left and run the command again: it goes on there; `db stamp` settles it otherwise\n"
    );
    assert_eq!(place.query(INDEXES), ["ix_code | f | NULL"]);
    assert_eq!(place.ok("current"), "r1\nr2 (half done: 1 of 2)\n");
    assert_eq!(
        place.fails("check"),
        "error: the upgrade of `r2` is half done: 1 of 2\n\
         hint: `db upgrade r2` goes on with it, `db stamp` says that it is settled\n"
    );
    place.execute("DELETE FROM item WHERE id = 3");
    assert_eq!(
        place.ok("upgrade -v"),
        format!(
            "Running upgrade r1 -> r2, index\nDROP INDEX CONCURRENTLY \"ix_code\";\n{CREATE}{COMMENT}"
        )
    );
    assert_eq!(place.query(INDEXES), ["ix_code | t | one of each"]);
    assert_eq!(place.ok("check"), "No new upgrade operations detected.\n");
}

#[test]
fn one_that_was_finished_and_not_noted_is_left_as_it_is() {
    let place = place();
    place.ok("upgrade");
    // As a kill leaves it between the two.
    place.execute(
        "UPDATE limbeck_log SET finished_at = NULL, done = 1 WHERE revision = 'r2'; \
         UPDATE limbeck_version SET version_num = 'r1'; COMMENT ON INDEX ix_code IS NULL",
    );
    let oid = "SELECT 'ix_code'::regclass::oid";
    let before = place.query(oid);
    let if_missing = CREATE.replace("CONCURRENTLY", "CONCURRENTLY IF NOT EXISTS");
    assert_eq!(
        place.ok("upgrade -v"),
        format!(
            "Running upgrade r1 -> r2, index\n{if_missing}\
             -- notice: relation \"ix_code\" already exists, skipping\n{COMMENT}"
        )
    );
    assert_eq!(place.query(oid), before);
    assert_eq!(place.query(INDEXES), ["ix_code | t | one of each"]);

    place.execute("DROP INDEX ix_code");
    assert_eq!(
        place.ok("downgrade -v"),
        "Running downgrade r2 -> r1, index\n\
         DROP INDEX CONCURRENTLY IF EXISTS \"ix_code\";\n\
         -- notice: index \"ix_code\" does not exist, skipping\n\
         ALTER TABLE \"item\"\n    DROP COLUMN \"size\",\n    DROP COLUMN \"count\";\n"
    );
}

/// The statement of the index, as it stands in a script.
const STATEMENT: &str = "CREATE UNIQUE INDEX CONCURRENTLY \"ix_code\" ON \"item\" ((lower(code)) DESC) WHERE code IN ('a', 'b', 'c')";

/// What is said behind a revision that stopped.
const GO_ON: &str = "note: the database stands at r1\n\
    hint: mend what is left and run the command again: it goes on there; `db stamp` settles it otherwise\n";

#[test]
fn another_one_of_its_name_is_not_taken_for_it() {
    for other in
        ["(code)", "(lower(code))", "(lower(code) desc)", "(lower(code) desc) WHERE id > 1"]
    {
        let place = place();
        place.execute(&format!("CREATE UNIQUE INDEX ix_code ON item {other}"));
        assert_eq!(
            place.fails("upgrade"),
            format!(
                "Running upgrade r1 -> r2, index\n\
                 error: revision `r2` stopped in operation 1 (added index 'ix_code' on ['lower(code) desc']): 1 of 2 are done\n\
                 caused by: relation \"ix_code\" already exists\n   | {STATEMENT}\n{GO_ON}"
            )
        );
    }
}

#[test]
fn in_sql_it_is_named_and_dropped_by_hand() {
    let place = Place::new("");
    place.models(MODELS);
    place.ok("migrate -m items --rev-id r1");
    place.ok("upgrade");
    place.models(&format!("{MODELS}{}", INDEX.replace("comment", "# comment")));
    place.ok("migrate -m index --rev-id r2 --format sql");
    place.execute("INSERT INTO item (code) VALUES ('a'), ('a')");
    let stopped = |cause: &str| {
        let carets = "^".repeat(STATEMENT.len());
        format!(
            "Running upgrade r1 -> r2, index\n\
             error: revision `r2` stopped in operation 1 (raw SQL): 0 of 1 are done\n  \
             --> migrations/versions/r2_index.sql:12:1\n   |\n12 | {STATEMENT};\n   | {carets}\n\
             caused by: {cause}\n  an invalid index `ix_code` is left behind\n{GO_ON}"
        )
    };
    let twice =
        "could not create unique index \"ix_code\"\n  Key (lower(code::text))=(a) is duplicated.";
    assert_eq!(place.fails("upgrade"), stopped(twice));
    place.execute("DELETE FROM item WHERE id = 2");
    assert_eq!(place.fails("upgrade"), stopped("relation \"ix_code\" already exists"));
    place.execute("DROP INDEX ix_code");
    place.ok("upgrade");
    place.ok("check");
    place.ok("downgrade");
    assert_eq!(place.query(INDEXES), [""; 0]);
}
