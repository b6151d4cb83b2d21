//! Databases that cannot be opened, written or found, or are something else.

use std::os::unix::fs::PermissionsExt;

use super::support::project::writes_anything;
use super::*;

fn project() -> Project {
    let project = Project::new("");
    project.sql("r1", "", "CREATE TABLE t (a);", "DROP TABLE t;");
    project
}

#[test]
fn a_file_that_cannot_be_written() {
    let project = project();
    if writes_anything(&project.path("")) {
        return;
    }
    project.open().execute_batch("CREATE TABLE x (a)").unwrap();
    let path = project.path("app.db");
    let mut rights = path.metadata().unwrap().permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(&path, rights).unwrap();
    let error = "error: cannot open `app.db`: it cannot be written\n\
                 hint: check the rights of the file and of its folder\n";
    assert_eq!(project.fails("upgrade"), error);
    assert_eq!(project.ok("current"), "");
}

#[test]
fn a_file_that_cannot_be_read() {
    let project = project();
    if writes_anything(&project.path("")) {
        return;
    }
    project.ok("upgrade");
    let nobody = std::fs::Permissions::from_mode(0o000);
    std::fs::set_permissions(project.path("app.db"), nobody).unwrap();
    let error = "error: cannot open `app.db`: it cannot be read\n\
                 hint: check the rights of the file and of its folder\n";
    for args in ["upgrade", "downgrade", "current", "check"] {
        assert_eq!(project.fails(args), error, "{args}");
    }
}

#[test]
fn a_folder_that_cannot_be_written() {
    let project = project();
    if writes_anything(&project.path("")) {
        return;
    }
    let rights = |path: &str, mode| {
        let rights = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(project.path(path), rights).unwrap();
    };
    std::fs::create_dir(project.path("empty")).unwrap();
    rights("empty", 0o555);
    assert_eq!(
        project.fails("upgrade --url sqlite:///empty/app.db"),
        "error: cannot open `empty/app.db`: it cannot be made\n\
         hint: check the rights of the file and of its folder\n"
    );
    std::fs::create_dir(project.path("full")).unwrap();
    project.ok("upgrade --url sqlite:///full/app.db");
    rights("full", 0o555);
    assert_eq!(
        project.fails("downgrade --url sqlite:///full/app.db"),
        "Running downgrade r1 -> , step r1\n\
         error: revision `r1` failed in operation 1 (raw SQL) and was taken back\n \
         --> migrations/versions/r1.sql:7:1\n  \
         |\n\
         7 | DROP TABLE t;\n  \
         | ^^^^^^^^^^^^\n\
         caused by: the folder of the database cannot be written\n\
         note: the database stands at r1\n\
         hint: the statement is not at fault: see to the disk and the rights of the database, \
         and run the command again\n"
    );
    assert_eq!(project.ok("current --url sqlite:///full/app.db"), "r1 (head)\n");
    rights("full", 0o755);
}

#[test]
fn a_file_that_is_something_else() {
    let project = project();
    let text = "no database, though long enough ".repeat(40);
    project.write("app.db", &text);
    let error = "error: cannot open `app.db`: file is not a database\n\
                 hint: is it encrypted, or another program's file?\n";
    for args in ["upgrade", "downgrade", "current", "stamp head", "check", "verify"] {
        assert_eq!(project.fails(args), error, "{args}");
    }
    assert_eq!(std::fs::read_to_string(project.path("app.db")).unwrap(), text);
}

#[test]
fn no_folder_and_a_folder() {
    let project = project();
    assert_eq!(
        project.fails("upgrade --url sqlite:///no/app.db"),
        "error: cannot open `no/app.db`: there is no folder `no`\n\
         hint: make the folder, or check the path\n"
    );
    assert_eq!(
        project.fails("upgrade --url sqlite:///migrations"),
        "error: cannot open `migrations`: it is a folder\n\
         hint: name a file in it, like `migrations/app.db`\n"
    );
}

#[test]
fn one_that_went_away_is_made_again() {
    let project = project();
    project.ok("upgrade");
    std::fs::remove_file(project.path("app.db")).unwrap();
    for (args, says) in
        [("current", ""), ("downgrade base", ""), ("verify", "Every script is as it ran.\n")]
    {
        assert_eq!(project.ok(args), says, "{args}");
        assert!(!project.path("app.db").exists(), "{args}");
    }
    assert_eq!(project.ok("upgrade"), "Running upgrade  -> r1, step r1\n");
}

#[test]
fn one_that_is_replaced_meanwhile() {
    let project = project();
    project.open().execute_batch("CREATE TABLE old (a)").unwrap();
    let folder = std::fs::File::open(project.path("")).unwrap();
    folder.lock().unwrap();
    let child = start(&project, "upgrade");
    std::thread::sleep(Duration::from_millis(300));
    let new = project.path("new.db");
    rusqlite::Connection::open(&new).unwrap().execute_batch("CREATE TABLE new (a)").unwrap();
    std::fs::rename(new, project.path("app.db")).unwrap();
    let before = project.dump_all();
    folder.unlock().unwrap();
    let (code, _, err) = answer(child.wait_with_output().unwrap());
    // Whoever was opened before the change notices, whoever came later sees the new one.
    match code {
        Some(0) => assert_eq!(project.ok("current"), "r1 (head)\n"),
        _ => {
            let moved = "the file was moved, removed or replaced since it was opened";
            assert_eq!(
                rows(&err)[..2],
                [
                    "error: revision `r1` failed and was taken back".to_owned(),
                    format!("caused by: {moved}")
                ]
            );
            assert_eq!(project.dump_all(), before);
        }
    }
}
