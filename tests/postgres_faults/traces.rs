//! `migrate` leaves nothing behind on the server.

use super::*;

const MODELS: &str = "[Item.columns]\nid = { type = \"integer\", primary_key = true }\n\
    code = \"string(9)\"\n[[Item.checks]]\nname = \"ck\"\nexpression = \"code IN ('a', 'b')\"\n";

/// All that is in the database.
fn contents(place: &Place) -> Vec<String> {
    place.query(
        "SELECT nspname FROM pg_namespace \
         WHERE nspname !~ '^pg_' AND nspname NOT IN ('public', 'information_schema') \
         UNION ALL SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    )
}

fn scratches(place: &Place) -> Vec<String> {
    place.query(
        "SELECT datname FROM pg_database WHERE datname LIKE 'limbeck\\_scratch\\_%' ORDER BY 1",
    )
}

/// Scratch databases whose name tells that the process with this id made them.
fn scratches_of(place: &Place, process: u32) -> Vec<String> {
    let mut all = scratches(place);
    all.retain(|it| it.split('_').nth(3) == Some(&process.to_string()));
    all
}

/// Runs the binary to its end; no scratch database of its is left.
fn run(place: &Place, args: &str) -> (Option<i32>, String) {
    let child = place.start(args);
    let process = child.id();
    let ended = end(child);
    assert_eq!(scratches_of(place, process), [""; 0], "{ended:?}");
    ended
}

#[test]
fn neither_after_success_nor_after_failure() {
    for server in Server::every_postgres() {
        let place = Place::on(&server, "");
        place.models(MODELS);
        let (code, said) = run(&place, "migrate -m one --rev-id r1");
        assert_eq!(code, Some(0), "{said}");
        place.models(&MODELS.replace("code IN", "nothing IN"));
        let (code, said) = run(&place, "migrate -m two");
        assert_eq!(code, Some(1), "{said}");
        place.models("[m]\ndefinition = \"SELECT 1 / 0 AS a\"\nkind = \"view\"\n");
        let (code, said) = run(&place, "migrate -m two");
        assert_eq!(code, Some(1), "{said}");
        assert_eq!(contents(&place), [""; 0]);
    }
}

/// A migration whose proof takes long: each row that it makes sleeps.
fn slow() -> Place {
    let place = Place::new("");
    let sleep = MODELS.replace("code IN ('a', 'b')", "pg_sleep(60) IS NOT NULL");
    place.models(&sleep);
    place.ok("migrate -m one --rev-id r1");
    place.ok("upgrade");
    place.models(&sleep.replace("code =", "more = \"integer\"\ncode ="));
    place
}

fn wait_for_scratch(place: &Place, process: u32) -> String {
    let sleeps = |name: &String| {
        let sql = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname";
        !place.query(&format!("{sql} = '{name}'")).is_empty()
    };
    until(|| scratches_of(place, process).iter().any(sleeps));
    scratches_of(place, process).remove(0)
}

#[test]
fn nor_after_an_interrupt() {
    let place = slow();
    let before = contents(&place);
    let child = place.start("migrate -m two");
    let process = child.id();
    wait_for_scratch(&place, process);
    signal(&child, "-INT");
    let (code, said) = end(child);
    assert_eq!(
        (code, said.as_str()),
        (
            Some(1),
            "Detected added column 'item.more'\n\
             Stopping; once more ends at once.\n\
             error: the new revision failed its proof and was not written\n\
             caused by: the scratch database failed\n\
             caused by: it was interrupted\n   \
             | INSERT INTO \"item\" (\"id\", \"code\") VALUES (1, '1 row')\n\
             hint: run the command again: it goes on from where the database stands\n"
        )
    );
    assert_eq!(scratches_of(&place, process), [""; 0]);
    assert_eq!(contents(&place), before);
    assert_eq!(std::fs::read_dir(place.project.path("migrations/versions")).unwrap().count(), 1);
}

#[test]
fn what_a_kill_leaves_is_dropped_later_and_nothing_else() {
    let place = slow();
    let mut child = place.start("migrate -m two");
    let left = wait_for_scratch(&place, child.id());
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(scratches_of(&place, child.id()), [left.as_str()]);
    // As if it had been an hour ago.
    let id = place.database.name().trim_start_matches("limbeck_test_");
    let server = Server::postgres();
    let numbers: String = id.chars().filter(char::is_ascii_digit).take(9).collect();
    let old = format!("limbeck_scratch_1700000000_{numbers}_1");
    place.query(&format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{left}'"
    ));
    until(|| server.execute(&format!("ALTER DATABASE {left} RENAME TO {old}")).is_ok());
    let kept = [
        format!("limbeck_scratch_1700000000_{id}"),
        format!("limbeck_scratch_17_{id}_1"),
        format!("limbeck_scratch_{id}"),
        format!("limbeck_scratchy_1700000000_{numbers}_2"),
    ];
    for name in &kept {
        server.execute(&format!("CREATE DATABASE {name}")).unwrap();
    }
    place.execute("ALTER TABLE item DROP CONSTRAINT ck");
    place.models(MODELS);
    place.ok("migrate -m two");
    let there = |name: &String| {
        !place.query(&format!("SELECT 1 FROM pg_database WHERE datname = '{name}'")).is_empty()
    };
    let stay: Vec<&String> = kept.iter().filter(|it| there(it)).collect();
    for name in &stay {
        server.execute(&format!("DROP DATABASE {name}")).unwrap();
    }
    assert!(!there(&old));
    assert_eq!(stay, kept.iter().collect::<Vec<_>>());
}
