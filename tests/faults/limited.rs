//! Limits: of time, of a disk, and of what SQLite takes in one piece.

use super::*;

#[test]
fn a_statement_may_run_only_so_long() {
    let project = Project::new("statement_timeout = \"300ms\"");
    project.sql("r1", "", &format!("CREATE TABLE t (a);\n{ENDLESS}"), "");
    assert_eq!(
        project.fails("upgrade"),
        "Running upgrade  -> r1, step r1
error: revision `r1` failed in operation 1 (raw SQL) and was taken back
 --> migrations/versions/r1.sql:6:1
  |
6 | INSERT INTO t SELECT n FROM
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
caused by: the statement ran for longer than 300 ms
note: the database stands at base
hint: `statement_timeout` in db.toml says how long one may run
"
    );
    assert_eq!(project.dump_all(), [""; 0]);
    project.options("statement_timeout = 60");
    project.sql("r1", "", "CREATE TABLE t (a);", "");
    project.ok("upgrade");
}

#[test]
fn a_revision_may_drop_more_than_sqlite_takes_in_one_condition() {
    let project = Project::new("");
    let number = 1200;
    let operations = |make: &dyn Fn(usize) -> String| (0..number).map(make).collect::<String>();
    let table = |verb: &str, at| {
        format!("{verb} = \"t{at}\"\ncolumns = [{{ name = \"id\", type = \"integer\" }}]\n")
    };
    let made = operations(&|at| format!("[[upgrade]]\n{}", table("create_table", at)));
    let dropped = operations(&|at| format!("[[downgrade]]\n{}", table("drop_table", at)));
    project.toml("a1", "", &format!("{made}{dropped}"));
    project.ok("upgrade");
    assert_eq!(project.ok("downgrade base"), "Running downgrade a1 -> , step a1\n");
    assert_eq!(project.dump(), Vec::<String>::new());
}

/// A file may not become larger, as on a disk that is full.
#[test]
fn a_full_disk_loses_nothing() {
    let project = Project::new("");
    project.sql("r1", "", "CREATE TABLE t (a);\nINSERT INTO t VALUES (1);", "");
    project.ok("upgrade");
    let many = "INSERT INTO t SELECT value FROM (WITH RECURSIVE c(value) AS (SELECT zeroblob(1000) UNION ALL SELECT value FROM c LIMIT 3000) SELECT value FROM c);";
    project.sql("r2", "r1", &format!("CREATE TABLE u (a);\n{many}"), "");
    let before = project.dump_all();
    // Blocks of 512 or 1024 bytes, as the shell likes.
    let script = "trap '' XFSZ; ulimit -f 400; exec \"$0\" upgrade";
    let mut limited = project.shell(script);
    let (code, out, err) = answer(limited.output().unwrap());
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_eq!(
        [&rows(&err)[..3], &rows(&err)[rows(&err).len() - 3..]].concat(),
        [
            "Running upgrade r1 -> r2, step r2",
            "error: revision `r2` failed in operation 1 (raw SQL) and was taken back",
            " --> migrations/versions/r2.sql:6:1",
            "caused by: disk I/O error",
            "note: the database stands at r1",
            "hint: the statement is not at fault: see to the disk and the rights of the database, and run the command again",
        ]
    );
    assert_eq!(project.dump_all(), before);
    assert_eq!(project.ok("upgrade"), "Running upgrade r1 -> r2, step r2\n");
    assert_eq!(project.query("SELECT count(*) FROM t"), ["3001"]);
}
