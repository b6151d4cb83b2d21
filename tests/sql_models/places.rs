//! Where the files are read: never in the live database.

use super::support::project::{Project, answer};
use super::support::server::{Database, Server};

const SCHEMA: &str =
    "CREATE TABLE a (id integer PRIMARY KEY);\nCREATE VIEW v AS SELECT id FROM a;\n";

/// A project whose trials are made in `scratch`.
fn project(scratch: &str) -> Project {
    let project = Project::new("");
    project.write("db.toml", &format!("models = [\"schema.sql\"]\nscratch_url = {scratch:?}\n"));
    project.write("schema.sql", SCHEMA);
    project
}

/// What the binary answers, with the names of the databases as `live` and `scratch`.
fn run(project: &Project, args: &str, live: &Database, scratch: &Database) -> String {
    let (code, out, err) =
        answer(project.command(args).env("DATABASE_URL", live.url()).output().unwrap());
    let named = format!("{out}{err}? {}", code.unwrap());
    named.replace(live.name(), "live").replace(scratch.name(), "scratch")
}

const HINT: &str = "hint: `scratch_url` names a database in which nothing is, beside the live one: \
     what is tried is made there and dropped\n? 1";

/// All is tried where `scratch_url` leads, and nothing is left there.
fn tried_where_it_was_said(server: &Server, made: &dyn Fn(&Database) -> Vec<String>) {
    let (live, scratch) = (server.database(), server.database());
    let before = made(&scratch);
    let models = project(&scratch.url());
    let run = |args: &str| run(&models, args, &live, &scratch);
    run("migrate -m first");
    assert!(run("upgrade --plan").ends_with("? 0"));
    assert!(run("upgrade").ends_with("? 0"));
    assert_eq!(run("check"), "No new upgrade operations detected.\n? 0");
    assert_eq!(made(&scratch), before);
}

/// One that holds something is somebody's, and so is the live one.
fn refused(server: &Server) {
    let (live, scratch) = (server.database(), server.database());
    let models = project(&live.url());
    let why =
        "error: a scratch database could not be made: `scratch_url` leads to the live database\n";
    assert_eq!(run(&models, "check", &live, &scratch), format!("{why}{HINT}"));

    let models = project(&scratch.url());
    let other = Project::new("");
    other.sql("aaaaaaaaaaaa", "", "CREATE TABLE theirs (id integer);", "DROP TABLE theirs;");
    let (code, ..) =
        answer(other.command("upgrade").env("DATABASE_URL", scratch.url()).output().unwrap());
    assert_eq!(code, Some(0));
    let said = run(&models, "check", &live, &scratch);
    let why = "error: a scratch database could not be made: the database at `scratch_url` holds table `limbeck_log`\n";
    assert_eq!(said, format!("{why}{HINT}"));
}

fn of_postgres(database: &Database) -> Vec<String> {
    database.query(super::RELATIONS)
}

#[test]
fn a_place_that_is_named_on_postgres() {
    for server in Server::every_postgres() {
        tried_where_it_was_said(&server, &of_postgres);
        refused(&server);
    }
}

#[test]
fn a_place_that_is_named_on_mysql() {
    for server in Server::every_mysql() {
        tried_where_it_was_said(&server, &super::tables);
        refused(&server);
    }
}

/// A statement of a file that names the live database, or goes there, changes nothing in it.
#[test]
fn a_file_never_reaches_the_live_database() {
    for server in Server::every_mysql() {
        let live = server.database();
        let project = Project::new("");
        project.write("db.toml", "models = [\"schema.sql\"]\n");
        let name = live.name();
        let said = |text: &str| {
            project.write("schema.sql", text);
            let (_, out, err) =
                answer(project.command("diff").env("DATABASE_URL", live.url()).output().unwrap());
            let title = if err.contains("MariaDB") { "MariaDB" } else { "MySQL" };
            format!("{out}{err}").replace(name, "live").replace(title, "MySQL")
        };
        assert!(said("CREATE TABLE mysql.a (id int);\n").starts_with(
            "error: a statement names the database `mysql`, and nothing may be tried there\n \
             --> schema.sql:1:1\n"
        ));
        // The live one is where the models are about to be.
        let of_live = format!(
            "CREATE TABLE `{name}` . b (id int);\nCREATE VIEW {name}.v AS SELECT b.id FROM {name}.b;\n"
        );
        assert!(said(&of_live).contains("create_table = \"b\"\n"));
        said(&format!("USE {name};\nCREATE TABLE a (id int);\nDROP DATABASE {name};\n"));
        assert_eq!(super::tables(&live), [""; 0]);
    }
    for server in Server::every_postgres() {
        let live = server.database();
        let project = Project::new("");
        project.write("db.toml", "models = [\"schema.sql\"]\n");
        let name = live.name();
        project.write(
            "schema.sql",
            &format!(
                "\\connect {name}\nCREATE TABLE a (id int);\nCOMMIT;\nDROP DATABASE {name};\n\
                 DO $$ BEGIN CREATE ROLE limbeck_nobody; END $$;\n"
            ),
        );
        let (code, ..) =
            answer(project.command("diff").env("DATABASE_URL", live.url()).output().unwrap());
        assert_eq!(code, Some(0));
        assert_eq!(of_postgres(&live), [""; 0]);
        assert_eq!(live.query("SELECT 1 FROM pg_roles WHERE rolname = 'limbeck_nobody'"), [""; 0]);
    }
}

/// Who may not make databases has the files read in the live one, and nothing of it is touched.
#[test]
fn without_the_right_to_make_databases_on_postgres() {
    for server in Server::every_postgres() {
        let live = server.database();
        let role = format!("{}_role", live.name());
        server.execute(&format!("CREATE ROLE {role} LOGIN")).unwrap();
        server.execute(&format!("ALTER DATABASE {} OWNER TO {role}", live.name())).unwrap();
        let url = live.url().replace("//postgres@", &format!("//{role}@"));
        let models = |text: &str| {
            let project = Project::new("");
            project.write("db.toml", "models = [\"schema.sql\"]\n");
            project.write("schema.sql", text);
            project
        };
        let run = |project: &Project, args: &str| {
            let (code, out, err) =
                answer(project.command(args).env("DATABASE_URL", &url).output().unwrap());
            format!("{out}{err}? {}", code.unwrap())
        };

        let text = std::fs::read_to_string(super::path("pg_dump.sql")).unwrap();
        let without_extension = |line: &&str| !line.contains("EXTENSION");
        let lines: Vec<&str> = text.lines().filter(without_extension).collect();
        let text = lines.join("\n").replace("public.citext", "text");
        let dump = models(&text);
        run(&dump, "migrate -m first");
        assert!(run(&dump, "upgrade").ends_with("? 0"));
        let said = run(&dump, "check");
        assert!(said.starts_with(super::SILENT) && said.ends_with("? 0"), "{said}");

        for (text, what) in [
            ("CREATE EXTENSION citext;", "CREATE EXTENSION"),
            ("CREATE TABLE a (b int); ALTER TABLE a SET SCHEMA app;", "ALTER TABLE"),
            (
                "DO $$ BEGIN DROP TABLE public.users; END $$;",
                "DO $$ BEGIN DROP TABLE public.users; END $$",
            ),
        ] {
            dump.write("schema.sql", text);
            let said = run(&dump, "check");
            let why = format!(
                "error: a scratch database could not be made: permission denied to create \
                 database, and without one `{what}` cannot be read\n"
            );
            assert!(said.starts_with(&why), "{said}");
        }
        // It finds nothing of what is there.
        dump.write("schema.sql", "ALTER TABLE users ADD COLUMN more int;");
        let said = run(&dump, "check");
        let why = "error: PostgreSQL refuses it: relation \"users\" does not exist\n";
        assert!(said.starts_with(why), "{said}");
        assert_eq!(
            live.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'limbeck%'"),
            [""; 0]
        );

        live.query(&format!("REASSIGN OWNED BY {role} TO postgres"));
        server.execute(&format!("ALTER DATABASE {} OWNER TO postgres", live.name())).unwrap();
        live.query(&format!("DROP OWNED BY {role}"));
        server.execute(&format!("DROP ROLE {role}")).unwrap();
    }
}
