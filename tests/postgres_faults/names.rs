//! Names and values that mean harm, or are too long.

use super::*;

const EVIL: [&str; 19] = [
    "a\"b",
    "a'b",
    "a;DROP TABLE x;--",
    "$$",
    "$limbeck0$",
    "a\\b",
    "a\nb",
    "😀é",
    "select",
    "/*",
    "a.b",
    "%s",
    "{{x}}",
    " lead",
    "Ünï",
    "'||1||'",
    "$1",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "ééééééééééééééééééééééééééééééé",
];

/// A name or text as TOML writes it.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

#[test]
fn they_are_what_they_are() {
    for server in Server::every_postgres() {
        let place = Place::on(&server, "");
        let mut models = String::new();
        let mut tables = Vec::new();
        for (number, evil) in EVIL.into_iter().enumerate() {
            // A dot parts a schema from a table.
            let table = if evil == "a.b" { "dotted" } else { evil };
            tables.push(table.to_owned());
            let (table, evil) = (quoted(table), quoted(evil));
            models += &format!(
                "[M{number}]\ntable = {table}\ncomment = {evil}\n[M{number}.columns]\n\
                 id = {{ type = \"integer\", primary_key = true }}\n\
                 {evil} = {{ type = \"text\", default = {evil}, comment = {evil}, nullable = false }}\n\
                 [[M{number}.checks]]\nname = {evil}\nexpression = \"id > 0\"\n\
                 [[M{number}.unique]]\nname = \"uq{number}\"\ncolumns = [{evil}]\n"
            );
        }
        place.models(&models);
        place.ok("migrate -m x --rev-id r1");
        place.ok("upgrade");
        assert_eq!(place.ok("check"), "No new upgrade operations detected.\n");
        let mut client = place.database.client();
        let names = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace \
             AND relname NOT LIKE 'limbeck%'";
        let mut found: Vec<String> =
            client.query(names, &[]).unwrap().iter().map(|row| row.get(0)).collect();
        found.sort();
        tables.sort();
        assert_eq!(found, tables);
        for evil in EVIL {
            let table = if evil == "a.b" { "dotted" } else { evil };
            let table = table.replace('"', "\"\"");
            client.execute(&format!("INSERT INTO \"{table}\" DEFAULT VALUES"), &[]).unwrap();
            let row = client.query_one(&format!("SELECT * FROM \"{table}\""), &[]).unwrap();
            assert_eq!((row.columns()[1].name(), row.get::<_, &str>(1)), (evil, evil));
        }
        place.ok("downgrade");
        assert_eq!(client.query(names, &[]).unwrap().len(), 0);
    }
}

#[test]
fn long_ones_are_refused_where_they_are_declared() {
    let place = Place::new("");
    let long = "é".repeat(32);
    place.models(&format!("[M.columns]\n{long:?} = \"text\"\n"));
    let said = format!(
        "error: the name `{long}` is 64 bytes long, and PostgreSQL keeps 63\n \
         --> models.toml:2:1\n  |\n2 | \"{long}\" = \"text\"\n  | {}\nhint: give it a shorter name\n",
        "^".repeat(34)
    );
    for command in ["check", "migrate -m x", "migrate -m x --no-prove"] {
        assert_eq!(place.fails(command), said);
    }
}
