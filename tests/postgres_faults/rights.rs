//! Roles that may do less than everything.

use super::*;

/// A role of one test, which goes when this value does. Roles are of the whole server.
struct Role {
    name: String,
    server: Server,
}

impl Role {
    fn new(server: &Server) -> Role {
        let name = format!("limbeck_test_role_{}", uuid::Uuid::new_v4().simple());
        server.execute(&format!("CREATE ROLE {name} LOGIN PASSWORD 'open sesame'")).unwrap();
        Role { name, server: server.clone() }
    }

    /// The address of the database for this role.
    fn url(&self, place: &Place) -> String {
        let url = place.database.url();
        let (_, behind) = url.split_once('@').unwrap();
        format!("postgres://{}:open%20sesame@{behind}", self.name)
    }

    /// What the binary answers to this role, which is called `ROLE` in it.
    fn run(&self, place: &Place, args: &str) -> Answer {
        let (code, out, err) = place.run_at(&self.url(place), args);
        (code, out.replace(&self.name, "ROLE"), err.replace(&self.name, "ROLE"))
    }
}

impl Drop for Role {
    fn drop(&mut self) {
        let gone = self.server.execute(&format!("DROP ROLE {}", self.name));
        if let (Err(error), false) = (gone, std::thread::panicking()) {
            panic!("{error:?}");
        }
    }
}

const MODELS: &str = r#"[Item.columns]
id = { type = "integer", primary_key = true }
code = "string(9)"
"#;

#[test]
fn who_may_not_make_databases_migrates_without_a_proof() {
    let server = Server::postgres();
    let role = Role::new(&server);
    let place = Place::on(&server, "");
    place.execute(&format!("GRANT ALL ON SCHEMA public TO {}", role.name));
    place.models(MODELS);
    let answer = role.run(&place, "migrate -m one --rev-id r1");
    let said = "Detected added table 'item'\n\
        warning: the new revision was not tried: a scratch database could not be made: \
        permission denied to create database; `ALTER ROLE ROLE CREATEDB` gives the right, or name an empty database: `scratch_url` in db.toml\n\
        Generating migrations/versions/r1_one.toml ... done\n";
    assert_eq!(answer, (Some(0), String::new(), said.to_owned()));
    let answer = role.run(&place, "upgrade --plan --save plan.json");
    let said = "error: a scratch database could not be made: permission denied to create database\n\
        hint: `ALTER ROLE ROLE CREATEDB` gives the right, or name an empty database: `scratch_url` in db.toml\n";
    assert_eq!(answer, (Some(1), String::new(), said.to_owned()));
    let answer = role.run(&place, "upgrade");
    assert_eq!(answer.0, Some(0), "{answer:?}");

    place.models(&format!("{MODELS}more = \"integer\"\n"));
    let answer = role.run(&place, "migrate -m two --rev-id r2 --format sql --no-prove");
    let said = "Detected added column 'item.more'\n\
        error: a scratch database could not be made: permission denied to create database\n\
        hint: `ALTER ROLE ROLE CREATEDB` gives the right, or name an empty database: `scratch_url` in db.toml\n";
    assert_eq!(answer, (Some(1), String::new(), said.to_owned()));
    assert!(!place.project.path("migrations/versions/r2_two.sql").exists());
    drop(place);
}

#[test]
fn who_may_not_make_schemas_compares_what_can_be_told() {
    let server = Server::postgres();
    let role = Role::new(&server);
    let place = Place::on(&server, "");
    place.execute(&format!("GRANT ALL ON SCHEMA public TO {}", role.name));
    place.models(MODELS);
    assert_eq!(role.run(&place, "migrate -m one --rev-id r1 --no-prove").0, Some(0));
    assert_eq!(role.run(&place, "upgrade").0, Some(0));
    place.models(&format!("{MODELS}more = {{ type = \"integer\", default = 5 }}\n"));
    let answer = role.run(&place, "diff");
    assert_eq!(answer.0, Some(0), "{answer:?}");

    let check = "[[Item.checks]]\nname = \"ck_code\"\nexpression = \"length(code) > 2\"\n";
    place.models(&format!("{MODELS}{check}"));
    let said = "error: `ROLE` may not make a schema in `DB`, and only in one can the server be asked \
        how it spells what the models declare\n\
        hint: `GRANT CREATE ON DATABASE DB TO ROLE` gives the right\n";
    for command in ["check", "diff", "migrate -m two"] {
        assert_eq!(role.run(&place, command), (Some(1), String::new(), said.to_owned()));
    }
    place.execute("ALTER TABLE item ADD CONSTRAINT ck_code CHECK (length(code) > 2)");
    let answer = role.run(&place, "check");
    let said = "No new upgrade operations detected.\n".to_owned();
    assert_eq!(answer, (Some(0), said, String::new()));
    drop(place);
}

#[test]
fn who_may_only_read_looks_at_the_history() {
    let server = Server::postgres();
    let role = Role::new(&server);
    let place = Place::on(&server, "");
    place.models(MODELS);
    place.ok("migrate -m one --rev-id r1");
    let read = format!(
        "ALTER ROLE {0} SET default_transaction_read_only = on; \
         ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {0}",
        role.name
    );
    place.execute(&read);
    // Nothing is made by looking.
    assert_eq!(role.run(&place, "current"), (Some(0), String::new(), String::new()));
    place.ok("upgrade");
    let read = "GRANT SELECT ON ALL TABLES IN SCHEMA public TO";
    place.execute(&format!("{read} {}", role.name));
    let answer = |text: &str| (Some(0), text.to_owned(), String::new());
    assert_eq!(role.run(&place, "current"), answer("r1 (head)\n"));
    assert_eq!(role.run(&place, "history"), answer("<base> -> r1 (head), one\n"));
    assert_eq!(role.run(&place, "check"), answer("No new upgrade operations detected.\n"));
    let (code, _, said) = role.run(&place, "downgrade");
    assert_eq!(
        (code, said.as_str()),
        (
            Some(1),
            "Running downgrade r1 -> , one\n\
             error: revision `r1` failed in operation 1 (removed table 'item') and was taken back\n\
             caused by: cannot execute DROP TABLE in a read-only transaction\n   \
             | DROP TABLE \"item\"\n\
             note: the database stands at r1\n\
             hint: the statement is not at fault: see to the disk and the rights of the database, and run the command again\n"
        )
    );
    drop(place);
}

#[test]
fn who_may_not_make_tables_is_told_what_gives_the_right() {
    let server = Server::postgres();
    let role = Role::new(&server);
    let place = Place::on(&server, "");
    place.execute("REVOKE CREATE ON SCHEMA public FROM public");
    place.project.sql("r1", "", "CREATE TABLE a (id int);", "DROP TABLE a;");
    let said = "error: revision `r1` failed and was taken back\n\
        caused by: permission denied for schema public\n   \
        | CREATE TABLE \"limbeck_version\" (\n   \
        |     \"version_num\" varchar(32) NOT NULL,\n   \
        |     CONSTRAINT \"limbeck_version_pkc\" PRIMARY KEY (\"version_num\")\n   \
        | )\n\
        note: the database stands at base\n\
        hint: its owner gives the right with `GRANT`: to make something in a schema, \
        `GRANT CREATE ON SCHEMA ... TO ...`\n";
    assert_eq!(role.run(&place, "upgrade"), (Some(1), String::new(), said.to_owned()));
    drop(place);
}
