//! Ctrl-C while a revision runs: what is said, and what is left behind.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use support::project::Project;
use support::server::Server;

/// A run that has begun.
struct Running {
    child: Child,
    stderr: BufReader<std::process::ChildStderr>,
    said: String,
}

impl Running {
    /// Starts the command and waits for its first word of a revision.
    fn start(project: &Project, args: &str) -> Running {
        let mut running = Running::start_in_silence(project, args);
        running.stderr.read_line(&mut running.said).unwrap();
        running
    }

    /// Starts a command that must not say anything.
    fn start_in_silence(project: &Project, args: &str) -> Running {
        let mut command = project.command(args);
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        Running { child, stderr, said: String::new() }
    }

    /// Presses Ctrl-C.
    fn interrupt(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    }

    /// How it ended, and all that it said.
    fn end(mut self) -> (Option<i32>, String) {
        let begin = Instant::now();
        self.stderr.read_to_string(&mut self.said).unwrap();
        let code = self.child.wait().unwrap().code();
        assert!(begin.elapsed() < Duration::from_secs(10), "{}", self.said);
        (code, self.said)
    }
}

/// Waits until the database runs what sleeps.
fn wait_for_sleep(database: &support::server::Database) {
    let sleeping = "SELECT pid FROM pg_stat_activity WHERE state = 'active' \
                    AND wait_event = 'PgSleep' AND datname = current_database()";
    while database.query(sleeping).is_empty() {
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn postgres_takes_the_revision_back() {
    for server in [Server::postgres(), Server::pgbouncer()] {
        let database = server.database();
        let project = Project::new("");
        project.sql("a1", "", "CREATE TABLE a (id int);", "DROP TABLE a;");
        project.sql("b2", "a1", "CREATE TABLE b (id int);\nSELECT pg_sleep(60);", "DROP TABLE b;");
        let mut run = Running::start(&project, &format!("upgrade --url {}", database.url()));
        run.stderr.read_line(&mut run.said).unwrap();
        wait_for_sleep(&database);
        run.interrupt();
        let (code, said) = run.end();
        assert_eq!(
            (code, said.as_str()),
            (
                Some(1),
                "Running upgrade  -> a1, step a1\n\
                 Running upgrade a1 -> b2, step b2\n\
                 Stopping; once more ends at once.\n\
                 error: revision `b2` failed in operation 1 (raw SQL) and was taken back\n \
                 --> migrations/versions/b2.sql:6:1\n  |\n\
                 6 | SELECT pg_sleep(60);\n  \
                 | ^^^^^^^^^^^^^^^^^^^\n\
                 caused by: it was interrupted\n\
                 note: the database stands at a1\n\
                 hint: run the command again: it goes on from where the database stands\n"
            )
        );
        assert_eq!(database.query("SELECT to_regclass('a'), to_regclass('b')"), ["a | NULL"]);
    }
}

/// What changes the schema is committed by itself there, so what was done before is not taken back.
#[cfg(feature = "mysql")]
#[test]
fn mysql_stops_the_statement() {
    for server in Server::every_mysql() {
        let database = server.database();
        let project = Project::new("");
        project.sql("a1", "", "CREATE TABLE a (id int);", "DROP TABLE a;");
        let slow = "INSERT INTO a VALUES (1), (2);\nUPDATE a SET id = id + SLEEP(60);";
        project.sql("b2", "a1", slow, "DELETE FROM a;");
        let mut run = Running::start(&project, &format!("upgrade --url {}", database.url()));
        run.stderr.read_line(&mut run.said).unwrap();
        let sleeping = "SELECT id FROM information_schema.processlist \
                        WHERE db = database() AND state = 'User sleep'";
        while database.query(sleeping).is_empty() {
            thread::sleep(Duration::from_millis(20));
        }
        run.interrupt();
        let (code, said) = run.end();
        let line = "UPDATE a SET id = id + SLEEP(60);";
        assert_eq!(
            (code, said.as_str()),
            (
                Some(1),
                format!(
                    "Running upgrade  -> a1, step a1\n\
                     Running upgrade a1 -> b2, step b2\n\
                     Stopping; once more ends at once.\n\
                     error: revision `b2` failed in operation 1 (raw SQL) and was taken back\n \
                     --> migrations/versions/b2.sql:6:1\n  |\n\
                     6 | {line}\n  \
                     | {}\n\
                     caused by: it was interrupted\n\
                     note: the database stands at a1\n\
                     hint: run the command again: it goes on from where the database stands\n",
                    "^".repeat(line.len() - 1)
                )
                .as_str()
            )
        );
        assert_eq!(database.query("SELECT count(*) FROM a"), ["0"]);
    }
}

#[test]
fn a_second_one_ends_at_once() {
    let database = Server::postgres().database();
    let project = Project::new("");
    // A server tells its process twice for each word to stop.
    let deaf = "DO $$ BEGIN LOOP BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN query_canceled THEN \
                END; END LOOP; END $$;";
    project.sql("a1", "", deaf, "");
    let mut run = Running::start(&project, &format!("upgrade --url {}", database.url()));
    wait_for_sleep(&database);
    run.interrupt();
    run.stderr.read_line(&mut run.said).unwrap();
    thread::sleep(Duration::from_millis(500));
    run.interrupt();
    let said = "Running upgrade  -> a1, step a1\nStopping; once more ends at once.\n";
    assert_eq!(run.end(), (Some(130), said.to_owned()));
}

#[test]
fn sqlite_takes_the_revision_back() {
    let project = Project::new("");
    let endless = "CREATE TABLE a (id integer);\nWITH RECURSIVE c (x) AS (VALUES (1) UNION ALL \
                   SELECT x + 1 FROM c) INSERT INTO a SELECT x FROM c WHERE x < 0;";
    project.sql("a1", "", endless, "DROP TABLE a;");
    let run = Running::start(&project, "upgrade");
    thread::sleep(Duration::from_millis(300));
    run.interrupt();
    let line = "WITH RECURSIVE c (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c) \
                INSERT INTO a SELECT x FROM c WHERE x < 0;";
    let said = format!(
        "Running upgrade  -> a1, step a1\n\
         Stopping; once more ends at once.\n\
         error: revision `a1` failed in operation 1 (raw SQL) and was taken back\n \
         --> migrations/versions/a1.sql:6:1\n  |\n\
         6 | {line}\n  \
         | {}\n\
         caused by: it was interrupted\n\
         note: the database stands at base\n\
         hint: run the command again: it goes on from where the database stands\n",
        "^".repeat(line.len() - 1)
    );
    assert_eq!(run.end(), (Some(1), said));
    assert_eq!(project.dump(), [""; 0]);
}

/// A program that prints models ends with the command that wants them, whatever it does then.
#[test]
fn a_program_of_models_ends() {
    for (program, outputs) in [
        ("echo $$ > pid.new; mv pid.new pid; exec sleep 60", "open"),
        ("exec >&- 2>&-; echo $$ > pid.new; mv pid.new pid; exec sleep 60", "closed"),
        ("echo $$ > pid.new; mv pid.new pid; sleep 60 & wait", "open in another process"),
    ] {
        let project = Project::new("");
        project.write("print_models", program);
        project.write("db.toml", "models = { program = \"sh print_models\" }\n");
        let run = Running::start_in_silence(&project, "check");
        while !project.path("pid").exists() {
            thread::sleep(Duration::from_millis(20));
        }
        run.interrupt();
        let said = "Stopping; once more ends at once.\n\
                    error: `sh print_models` was interrupted\n";
        assert_eq!(run.end(), (Some(1), said.to_owned()), "{outputs}");
        let pid = std::fs::read_to_string(project.path("pid")).unwrap();
        let alive = Command::new("kill").args(["-0", pid.trim()]).stderr(Stdio::null()).status();
        assert!(!alive.unwrap().success(), "{outputs}");
    }
}

#[test]
fn notices_are_shown_to_those_who_want_to_know_more() {
    let database = Server::postgres().database();
    let project = Project::new("");
    let script = "DROP TABLE IF EXISTS a;\nDO $$ BEGIN RAISE WARNING 'beware'; END $$;";
    project.sql("a1", "", script, "SELECT 1;");
    let upgrade = format!("upgrade -v --url {}", database.url());
    let output = project.command(&upgrade).output().unwrap();
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "Running upgrade  -> a1, step a1\n\
         DROP TABLE IF EXISTS a;\n\
         -- notice: table \"a\" does not exist, skipping\n\
         DO $$ BEGIN RAISE WARNING 'beware'; END $$;\n\
         -- warning: beware\n\
         --   PL/pgSQL function inline_code_block line 1 at RAISE\n"
    );
}
