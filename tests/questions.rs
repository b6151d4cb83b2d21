//! What `db migrate` asks a person, at a terminal, and what a protected environment does; without
//! one `tests/cli/migrate.md` and `tests/cli/protected.md` show it.

#![cfg(all(unix, feature = "sqlite"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use rexpect::session::spawn_command;
use support::project::Project;

const USER: &str = r#"
[User.columns]
id    = { type = "integer", primary_key = true }
name  = { type = "string(64)", nullable = false }
email = { type = "string(120)" }
note  = { type = "text" }
"#;

/// A database with two people in it, and these models for it.
fn project(models: &str) -> Project {
    let project = Project::new("");
    project.write("models.toml", USER);
    project.ok("migrate -m people --rev-id r1");
    project.ok("upgrade");
    let rows =
        "INSERT INTO user (name, email, note) VALUES ('Ada', 'ada@home', 'x'), ('Bob', NULL, NULL)";
    project.open().execute(rows, []).unwrap();
    project.write("models.toml", models);
    project
}

/// The dialogue of a migration.
fn migrate(project: &Project, args: &str, answers: &[&str]) -> String {
    dialogue(project, &format!("migrate -m change --rev-id r2 {args}"), answers)
}

/// The dialogue as a person sees it, with what they type, and the exit code. `^D` is the end of
/// input.
fn dialogue(project: &Project, args: &str, answers: &[&str]) -> String {
    let mut command = project.shell(&format!("\"$0\" {args} || echo \"? $?\""));
    command.env("NO_COLOR", "1");
    let mut terminal = spawn_command(command, Some(20_000)).unwrap();
    let mut seen = String::new();
    for answer in answers {
        let (before, prompt) = terminal.exp_regex(r"([\])]|go on): $").unwrap();
        seen.push_str(&before);
        seen.push_str(&prompt);
        seen.push_str(&format!("{answer}\n"));
        match *answer {
            "^D" => terminal.send_control('d').unwrap(),
            line => {
                terminal.send_line(line).unwrap();
            }
        }
    }
    seen.push_str(&terminal.exp_eof().unwrap());
    seen.replace("\r\n", "\n")
}

/// The operations that the new revision does, without their head.
fn written(project: &Project) -> String {
    let text = std::fs::read_to_string(project.path("migrations/versions/r2_change.toml")).unwrap();
    let (_, operations) = text.split_once("\n\n").unwrap();
    let (upgrade, _) = operations.split_once("[[downgrade]]").unwrap();
    // The note above the first operation of the way back is none of it.
    let upgrade = upgrade.trim_end();
    match upgrade.rsplit_once("\n\n") {
        Some((rest, note)) if note.starts_with('#') && !note.contains('\n') => rest.to_owned(),
        _ => upgrade.to_owned(),
    }
}

/// Nothing is written, and nothing in the way of doing it right.
fn assert_nothing_written(project: &Project) {
    let files = std::fs::read_dir(project.path("migrations/versions")).unwrap();
    let names: Vec<_> = files.map(|it| it.unwrap().file_name()).collect();
    assert_eq!(names, ["r1_people.toml"]);
}

const RENAMED: &str = r#"
[User.columns]
id    = { type = "integer", primary_key = true }
name  = { type = "string(64)", nullable = false }
mail  = { type = "string(120)" }
phone = { type = "string(120)" }
note  = { type = "text" }
"#;

#[test]
fn enter_is_the_answer_that_loses_nothing() {
    let project = project(RENAMED);
    assert_eq!(
        migrate(&project, "", &[""]),
        r#"
Column `user.email` is no longer declared, and `user.mail` and `user.phone` are new.
  1) it is renamed to `mail`
  2) it is renamed to `phone`
  3) it is dropped with its values
Answer [1]: 
Detected renamed column 'user.email' to 'mail'
Detected added column 'user.phone'
Generating migrations/versions/r2_change.toml ... done
"#
    );
    assert_eq!(
        written(&project),
        r#"[[upgrade]]
rename_column = "user.email"
to = "mail"

[[upgrade]]
add_column = "user.phone"
type = "string(120)""#
    );
}

#[test]
fn a_rename_may_lead_elsewhere_or_be_none() {
    let renamed = project(RENAMED);
    assert_eq!(
        migrate(&renamed, "", &["0", "four", "2"]),
        r#"
Column `user.email` is no longer declared, and `user.mail` and `user.phone` are new.
  1) it is renamed to `mail`
  2) it is renamed to `phone`
  3) it is dropped with its values
Answer [1]: 0
Write a number from 1 to 3.
Answer [1]: four
Write a number from 1 to 3.
Answer [1]: 2
Detected renamed column 'user.email' to 'phone'
Detected added column 'user.mail'
Generating migrations/versions/r2_change.toml ... done
"#
    );
    assert_eq!(
        written(&renamed),
        r#"[[upgrade]]
rename_column = "user.email"
to = "phone"

[[upgrade]]
add_column = "user.mail"
type = "string(120)""#
    );
    let dropped = project(RENAMED);
    assert_eq!(
        migrate(&dropped, "", &["3"]),
        r#"
Column `user.email` is no longer declared, and `user.mail` and `user.phone` are new.
  1) it is renamed to `mail`
  2) it is renamed to `phone`
  3) it is dropped with its values
Answer [1]: 3
Detected removed column 'user.email'
Detected added column 'user.mail'
Detected added column 'user.phone'
Generating migrations/versions/r2_change.toml ... done
"#
    );
    assert_eq!(
        written(&dropped),
        r#"# loses data: drops column `user.email` with its values
[[upgrade]]
drop_column = "user.email"
type = "string(120)"

[[upgrade]]
add_column = "user.mail"
type = "string(120)"

[[upgrade]]
add_column = "user.phone"
type = "string(120)""#
    );
}

#[test]
fn the_end_of_input_stops() {
    let project = project(RENAMED);
    assert_eq!(
        migrate(&project, "", &["^D"]),
        r#"
Column `user.email` is no longer declared, and `user.mail` and `user.phone` are new.
  1) it is renamed to `mail`
  2) it is renamed to `phone`
  3) it is dropped with its values
Answer [1]: ^D

error: nothing was written
? 1
"#
    );
    assert_nothing_written(&project);
}

#[test]
fn what_is_said_beforehand_is_not_asked() {
    let project = project(RENAMED);
    assert_eq!(
        migrate(&project, "--rename user.email=mail", &[]),
        r#"Detected renamed column 'user.email' to 'mail'
Detected added column 'user.phone'
Generating migrations/versions/r2_change.toml ... done
"#
    );
}

#[test]
fn who_wants_no_questions_gets_none() {
    let project = project(RENAMED);
    assert_eq!(
        migrate(&project, "--no-input", &[]),
        r#"Column `user.email` is no longer declared, and `user.mail` and `user.phone` are new:
  --rename user.email=mail   it is renamed to `mail`
  --rename user.email=phone  it is renamed to `phone`
  --drop user.email          it is dropped with its values
error: a question is open
hint: nothing was written; give `db migrate` one of the flags for each question, or run it at a terminal
? 1
"#
    );
    assert_nothing_written(&project);
}

/// A table gets another name, and behind it a column.
#[test]
fn an_answer_may_bring_up_another_question() {
    let project = project(&RENAMED.replace("User", "Account").replace("phone", "# phone"));
    assert_eq!(
        migrate(&project, "", &["1", "1"]),
        r#"
Table `user` is no longer declared, and `account` is new.
  1) it is renamed to `account`
  2) it is dropped with its rows
Answer [1]: 1

Column `account.email` is no longer declared, and `account.mail` is new.
  1) it is renamed to `mail`
  2) it is dropped with its values
Answer [1]: 1
Detected renamed table 'user' to 'account'
Detected renamed column 'account.email' to 'mail'
Generating migrations/versions/r2_change.toml ... done
"#
    );
    assert_eq!(
        written(&project),
        r#"[[upgrade]]
rename_table = "user"
to = "account"

[[upgrade]]
rename_column = "account.email"
to = "mail""#
    );
    project.ok("upgrade");
    assert_eq!(
        project.query("SELECT name, mail, note FROM account"),
        ["\"Ada\" | \"ada@home\" | \"x\"", "\"Bob\" | NULL | NULL"]
    );
}

#[test]
fn rows_get_a_value() {
    let models = USER.replace(
        "email = { type = \"string(120)\"",
        "email = { type = \"string(120)\", nullable = false",
    ) + "age = { type = \"integer\", nullable = false }\nslug = { type = \"string(9)\", nullable = false, unique = true }\n";
    let stopped = project(&models);
    assert_eq!(
        migrate(&stopped, "", &[""]),
        r#"
Column `user.email` becomes required, and rows have no value in it.
  1) write nothing
  2) give the rows ""
  3) give the rows another value
Answer [1]: 
error: nothing was written
? 1
"#
    );
    assert_nothing_written(&stopped);
    let filled = project(&models);
    let answers = [
        "3",
        "",
        "{ sql = \"name || '@home'\" }",
        "3",
        "old",
        "18",
        "2",
        "{ sql = \"lower(name)\" }",
    ];
    assert_eq!(
        migrate(&filled, "", &answers),
        r#"
Column `user.email` becomes required, and rows have no value in it.
  1) write nothing
  2) give the rows ""
  3) give the rows another value
Answer [1]: 3
Value, as in the models (18, "text", { sql = "lower(name)" }): 
Value, as in the models (18, "text", { sql = "lower(name)" }): { sql = "name || '@home'" }

Column `user.age` is new and required, and table `user` has rows.
  1) write nothing
  2) give the rows 0
  3) give the rows another value
Answer [1]: 3
Value, as in the models (18, "text", { sql = "lower(name)" }): old
`old` is no value for column `user.age`, which is integer.
Value, as in the models (18, "text", { sql = "lower(name)" }): 18

Column `user.slug` is new and required, and table `user` has rows.
  1) write nothing
  2) give the rows a value
Answer [1]: 2
Value, as in the models (18, "text", { sql = "lower(name)" }): { sql = "lower(name)" }
Detected NOT NULL on column 'user.email'
Detected added column 'user.age'
Detected added column 'user.slug'
Detected added unique constraint 'uq_user_slug' on ['slug']
Generating migrations/versions/r2_change.toml ... done
"#
    );
    assert_eq!(
        written(&filled),
        r#"[[upgrade]]
add_column = "user.age"
type = "integer"

[[upgrade]]
add_column = "user.slug"
type = "string(9)"

[[upgrade]]
fill_column = "user.email"
value = { sql = "name || '@home'" }

[[upgrade]]
fill_column = "user.age"
value = 18

[[upgrade]]
fill_column = "user.slug"
value = { sql = "lower(name)" }

[[upgrade]]
alter_column = "user.email"
from = { type = "string(120)" }
to = { type = "string(120)", nullable = false }

[[upgrade]]
alter_column = "user.age"
from = { type = "integer" }
to = { type = "integer", nullable = false }

[[upgrade]]
alter_column = "user.slug"
from = { type = "string(9)" }
to = { type = "string(9)", nullable = false }

[[upgrade]]
create_unique = "uq_user_slug"
table = "user"
columns = ["slug"]"#
    );
    filled.ok("upgrade");
    filled.ok("check");
    assert_eq!(
        filled.query("SELECT name, email, age, slug FROM user"),
        ["\"Ada\" | \"ada@home\" | 18 | \"ada\"", "\"Bob\" | \"Bob@home\" | 18 | \"bob\""]
    );
    filled.ok("downgrade");
    assert_eq!(
        filled.query("SELECT * FROM user"),
        ["1 | \"Ada\" | \"ada@home\" | \"x\"", "2 | \"Bob\" | \"Bob@home\" | NULL"]
    );
}

#[test]
fn a_loss_is_asked_for_where_there_are_values() {
    let without_note = USER.replace("note", "# note");
    let stopped = project(&without_note);
    assert_eq!(
        migrate(&stopped, "", &[""]),
        r#"
Column `user.note` is dropped, and rows have a value in it.
  1) write nothing
  2) drop it with its values
Answer [1]: 
error: nothing was written
? 1
"#
    );
    assert_nothing_written(&stopped);
    let meant = project(&without_note);
    assert_eq!(
        migrate(&meant, "", &["2"]),
        r#"
Column `user.note` is dropped, and rows have a value in it.
  1) write nothing
  2) drop it with its values
Answer [1]: 2
Detected removed column 'user.note'
Generating migrations/versions/r2_change.toml ... done
"#
    );
    assert_eq!(
        written(&meant),
        r#"# loses data: drops column `user.note` with its values
[[upgrade]]
drop_column = "user.note"
type = "text""#
    );
    let said = project(&without_note);
    assert_eq!(
        migrate(&said, "--drop user.note", &[]),
        r#"Detected removed column 'user.note'
Generating migrations/versions/r2_change.toml ... done
"#
    );
    let empty = project(&without_note);
    empty.open().execute("UPDATE user SET note = NULL", []).unwrap();
    assert_eq!(
        migrate(&empty, "", &[]),
        r#"Detected removed column 'user.note'
Generating migrations/versions/r2_change.toml ... done
"#
    );
}

#[test]
fn a_table_goes_with_its_rows() {
    let models = "[Thing.columns]\nid = { type = \"integer\", primary_key = true }\n";
    let project = project(models);
    assert_eq!(
        migrate(&project, "", &["2"]),
        r#"
Table `user` is no longer declared, and it has rows.
  1) write nothing
  2) drop it with its rows
Answer [1]: 2
Detected added table 'thing'
Detected removed table 'user'
Generating migrations/versions/r2_change.toml ... done
"#
    );
    assert_eq!(
        written(&project),
        r#"[[upgrade]]
create_table = "thing"
columns = [
    { name = "id", type = "integer", nullable = false },
]
primary_key = { name = "pk_thing", columns = ["id"] }

# loses data: drops table `user` with its rows
[[upgrade]]
drop_table = "user"
columns = [
    { name = "id", type = "integer", nullable = false },
    { name = "name", type = "string(64)", nullable = false },
    { name = "email", type = "string(120)" },
    { name = "note", type = "text" },
]
primary_key = { name = "pk_user", columns = ["id"] }"#
    );
}

#[test]
fn a_new_type_may_have_no_room_for_a_value() {
    let models = USER.replace("\"text\"", "\"integer\"");
    let project = project(&models);
    assert_eq!(
        migrate(&project, "", &["2"]),
        r#"
Column `user.note` becomes integer, and rows have a value in it.
  1) write nothing
  2) change the type; values that do not fit are cut, changed or refused
Answer [1]: 2
Detected type change from text to integer on 'user.note'
Generating migrations/versions/r2_change.toml ... done
"#
    );
    assert_eq!(
        written(&project),
        r#"# loses data: values of `user.note` that are no integer are cut, changed or refused
[[upgrade]]
alter_column = "user.note"
from = { type = "text" }
to = { type = "integer" }"#
    );
}

#[test]
fn a_protected_environment_asks_for_the_name_of_the_database() {
    let project = project(USER);
    let protected = "[environments.production]\nurl = \"sqlite:///app.db\"\nprotected = true\n";
    project.write("db.toml", protected);
    let question = "warning: this environment is protected, and data will be lost in `app.db`:
  r1: drops table `user` with its rows
Type the database's name to go on: ";
    let refusal = "error: nothing was done: nobody consented to losing data in `app.db`
hint: a person who means it says `--yes-i-mean app.db`
? 1
";
    let downgrade = |answer| dialogue(&project, "-e production downgrade", &[answer]);
    assert_eq!(downgrade("app"), format!("{question}app\n{refusal}"));
    assert_eq!(downgrade("^D"), format!("{question}^D\n\n{refusal}"));
    assert_eq!(
        downgrade("app.db"),
        format!("{question}app.db\nRunning downgrade r1 -> , people\n")
    );
}
