use super::*;
use std::io::Write;
use std::process::Stdio;

/// What the database's own client says of a script, and prints.
fn run(database: &Database, script: &str) -> (bool, String, String) {
    let mut command = database.command();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut client = command.spawn().unwrap();
    client.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = client.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

/// A script waits for its turn, and stops where a guard finds a row.
#[test]
fn guards() {
    for (flavour, server) in servers() {
        let database = server.database();
        let (dialect, mut db) = connect(&database);
        db.execute("CREATE TABLE v (a varchar(40))").unwrap();
        let (client, message) = (dialect.client(), "it's \\ gone: `é`");
        let script = |rows: u32| {
            let query = format!("SELECT count(a) FROM v HAVING count(a) <> {rows} -- a note");
            let guard = dialect.guard(&query, message).join(";\n");
            let wait = client.wait.unwrap();
            let behind =
                format!("INSERT INTO v VALUES ({}, {})", client.now, "'b'").replace(", 'b'", "");
            format!("{}{wait};\n{guard};\n{behind};\nSELECT count(*) FROM v;\n", client.preamble)
        };
        let (done, printed, said) = run(&database, &script(0));
        assert!(done, "{said}");
        assert_eq!(printed, "count(*)\n1\n");

        let (done, printed, said) = run(&database, &script(7));
        assert!(!done && printed.is_empty(), "{printed}");
        let expected = match flavour {
            Flavour::MySql => format!(
                "ERROR 1411 (HY000) at line 5: Incorrect string value: '{message}' for function uuid_to_bin\n"
            ),
            Flavour::MariaDb => format!("ERROR 1644 (45000) at line 8: {message}\n"),
        };
        let said = said.rsplit("--------------\n").next().unwrap().trim_start();
        assert_eq!(said, expected);
        assert_eq!(value(&mut *db, "SELECT count(*) FROM v"), "1");
        let time = value(&mut *db, "SELECT a FROM v");
        assert_eq!(without_numbers(&time), "N-N-NTN:N:NZ");
    }
}

/// The lock for which a script waits is that of a run.
#[test]
fn a_script_waits_for_a_run() {
    for (_, server) in servers() {
        let database = server.database();
        let (dialect, mut db) = connect(&database);
        dialect.prepare(&mut *db, &limits(0, None)).unwrap();
        let wait = dialect.client().wait.unwrap().replace("31536000", "0");
        let (done, printed, said) = run(&database, &format!("{wait};\nSELECT @limbeck AS a;\n"));
        assert!(done, "{said}");
        assert_eq!(printed, "a\n0\n");
    }
}
