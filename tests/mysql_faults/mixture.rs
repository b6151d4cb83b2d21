//! Revisions that change rows and the schema.

use super::*;

#[test]
fn who_mixes_rows_and_the_schema_is_warned() {
    for place in Place::everywhere("") {
        place.execute(&["CREATE TABLE a (id int)", "INSERT INTO a VALUES (1)"]);
        let project = &place.project;
        project.sql("r1", "", "ALTER TABLE a ADD COLUMN b int;\nUPDATE a SET b = 1;", "SELECT 1;");
        // A new column that is filled is one thing.
        let filled = "[[upgrade]]\nadd_column = \"a.c\"\ntype = \"integer\"\n\
             [[upgrade]]\nfill_column = \"a.c\"\nvalue = 5\n\
             [[upgrade]]\nalter_column = \"a.c\"\nfrom = { type = \"integer\" }\nto = { type = \"integer\", nullable = false }\n";
        project.toml("r2", "r1", filled);
        project.sql("r3", "r2", "CREATE TABLE d (id int);\nCREATE TABLE e (id int);", "");
        project.sql("r4", "r3", "INSERT INTO d VALUES (1);\nINSERT INTO e VALUES (1);", "");
        let inserted = "[[upgrade]]\ncreate_index = \"ix_d\"\ntable = \"d\"\ncolumns = [\"id\"]\n\
             [[upgrade]]\ninsert = \"d\"\nrows = [{ id = 2 }]\n";
        project.toml("r5", "r4", inserted);
        let title = place.either("MariaDB", "MySQL");
        let warning = |id: &str| {
            format!(
                "warning: revision `{id}` changes rows and the schema: {title} commits each by itself, so one that fails leaves some of both\n"
            )
        };
        let said = format!(
            "Running upgrade  -> r1, step r1\n{}\
             Running upgrade r1 -> r2, step r2\n\
             Running upgrade r2 -> r3, step r3\n\
             Running upgrade r3 -> r4, step r4\n\
             Running upgrade r4 -> r5, step r5\n{}",
            warning("r1"),
            warning("r5")
        );
        assert_eq!(place.ok("upgrade"), said);
    }
}
