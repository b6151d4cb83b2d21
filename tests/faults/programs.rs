//! Programs that scripts run.

use super::*;

fn script(project: &Project, command: &str) {
    project.toml(
        "r1",
        "",
        &format!(
            "transaction = false\n\n[[upgrade]]\nexecute = \"CREATE TABLE t (a)\"\n\n\
             [[upgrade]]\nrun = [\"sh\", \"-c\", '''{command}''']\n\n\
             [[upgrade]]\nexecute = \"INSERT INTO t SELECT count(*) FROM t\"\n"
        ),
    );
}

/// A program of this test: `db` itself, on the database it is told of, from another folder.
#[test]
fn a_program_can_reach_the_database_from_anywhere() {
    let project = Project::new("");
    let inner = "mkdir -p in/deep && cd in/deep && pwd && echo \"$DATABASE_URL\"";
    script(&project, inner);
    std::fs::create_dir(project.path("sub")).unwrap();
    let folder = project.path("").canonicalize().unwrap();
    let output = project.command("upgrade").current_dir(project.path("sub")).output().unwrap();
    let (code, out, err) = answer(output);
    // What a program says is talk.
    let folder = folder.display();
    let said = format!("{folder}/in/deep\nsqlite:///{folder}/app.db\n");
    assert_eq!((code, out.as_str()), (Some(0), ""));
    assert_eq!(err, format!("Running upgrade  -> r1, step r1\n{said}"));
    assert!(project.path("in/deep").is_dir());
}

#[test]
fn a_program_can_write_to_the_database() {
    let project = Project::new("");
    let program = std::env::current_exe().unwrap();
    script(&project, &format!("{} --exact programs::the_program > said", program.display()));
    project.ok("upgrade");
    assert_eq!(project.query("SELECT * FROM t"), ["17", "1"]);
}

/// What the test above has as its program: this one, where it finds a database.
#[test]
fn the_program() {
    let Ok(url) = std::env::var("DATABASE_URL") else { return };
    let db = rusqlite::Connection::open(url.strip_prefix("sqlite:///").unwrap()).unwrap();
    db.execute_batch("INSERT INTO t VALUES (17)").unwrap();
}

#[test]
fn a_program_that_fails() {
    let project = Project::new("");
    script(&project, "exit 3");
    assert_eq!(
        project.fails("upgrade"),
        "Running upgrade  -> r1, step r1\n\
         error: revision `r1` stopped in operation 2 (program `sh -c exit 3`): 1 of 3 are done\n\
         caused by: the program `sh -c exit 3` failed: exit status: 3\n\
         note: the database stands at base; what the program did is not taken back\n\
         hint: mend what is left and run the command again: it goes on there; `db stamp` settles \
         it otherwise\n"
    );
    assert_eq!(project.ok("current"), "r1 (half done: 1 of 3)\n");
    script(&project, "true");
    project.ok("upgrade");
    project.toml(
        "r2",
        "r1",
        "transaction = false\n\n[[upgrade]]\nrun = \"no-such-program --now\"\n",
    );
    let error = project.fails("upgrade");
    let cause = "caused by: the program `no-such-program --now` failed: No such file or directory (os error 2)";
    assert_eq!(rows(&error)[2], cause);
}

#[test]
fn a_program_has_no_place_in_a_transaction() {
    let project = Project::new("");
    project.toml("r1", "", "[[upgrade]]\nrun = \"true\"\n");
    assert_eq!(
        project.fails("upgrade"),
        "error: revision `r1` cannot run, and nothing ran: operation 1 (program `true`)\n\
         caused by: the program `true` would not see what the open transaction has done\n\
         hint: say `transaction = false` in the script\n"
    );
}
