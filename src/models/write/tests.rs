//! What is written, to the letter.

use super::*;
use crate::error::Source;
use crate::models::toml;
use crate::schema::{Literal, Sql, Value};

/// What the models in `text` are when they are written anew.
fn again(text: &str, naming: &Naming) -> String {
    let read = |text: &str| toml::parse(&[Source::new("models.toml", text)], naming).unwrap();
    let schema = read(text).schema;
    let document = document(&schema, naming, "sqlite");
    assert_eq!(document.unsaid, [""; 0]);
    let written = document.toml();
    assert_eq!(read(&written).schema, schema, "{written}");
    written
}

/// These models are written as they stand here.
fn stays(text: &str) {
    assert_eq!(again(text, &Naming::default()), text);
}

fn naming(patterns: &[(&str, &str)]) -> Naming {
    let owned = |(key, text): &(&str, &str)| ((*key).to_owned(), (*text).to_owned());
    Naming::new(patterns.iter().map(owned).collect()).unwrap()
}

#[test]
fn columns_on_a_line_each() {
    stays(
        r#"[post.columns]
id          = { type = "integer", primary_key = true }
body        = { type = "string(140)", nullable = false }
note        = "text"
timestamp   = { type = "datetime", default = { sql = "CURRENT_TIMESTAMP" }, index = true }
user_id     = { type = "integer", references = "user.id", on_delete = "cascade", index = true }
status      = { type = "enum(draft, published)", default = "draft" }
price       = { type = "numeric(10, 2)", check = "price > 0" }
total       = { type = "double", generated = { sql = "price * 1.2", stored = true } }
"two words" = { type = { postgres = "inet", default = "string(45)" }, unique = true }

[user]
comment = "People who can sign in"

[user.columns]
id     = { type = "integer", primary_key = true, autoincrement = false }
number = { type = "integer", identity = { always = true, start = 1000 }, nullable = true }
email  = { type = "string(120)", nullable = false, collation = "NOCASE", index = true, unique = true, comment = "for letters" }
"#,
    );
}

#[test]
fn what_belongs_to_a_table() {
    stays(
        r#"[b.columns]
id = { type = "integer", primary_key = true }

[A]
table = "A"
schema = "app"
primary_key = { name = "own", columns = ["x", "y"], postgres = { include = "z" } }
sqlite = { strict = true }

[A.columns]
x = "integer"
y = "integer"
z = "text"

[[A.indexes]]
name = "by_z"
columns = ["lower(z) desc", "y nulls last"]
where = "z <> ''"
include = ["x"]
using = "gin"
comment = "why"
postgres = { fillfactor = 70 }

[[A.indexes]]
columns = ["x", "y"]
unique = true

[[A.unique]]
columns = ["x", "z"]
deferrable = "initially deferred"

[[A.checks]]
expression = """
x > 0 AND
y > 0"""

[[A.foreign_keys]]
columns = ["x", "y"]
references = { table = "app.A", columns = ["y", "x"] }
on_update = "restrict"
match = "full"
deferrable = true

[[A.foreign_keys]]
name = "given"
columns = ["x"]
references = "b.id"
"#,
    );
}

#[test]
fn objects_stand_in_their_sections() {
    stays(
        r#"[schemas.audit]

[extensions.citext]
schema = "audit"
version = "1.6"

[enums]
mood = ["sad", "it's"]
size = ["s", "m"]

[enums.audit_mood]
name = "mood"
schema = "audit"
values = ["ok"]

[sequences.numbers]
type = "big_integer"
start = 7
cycle = true

[t.columns]
mood  = "enum mood"
moods = "array(enum audit.mood)"

[functions.f]
definition = """
CREATE FUNCTION f()
RETURNS integer AS 'SELECT 1'"""

[functions.f_2]
name = "f"
arguments = "integer"
definition = "CREATE FUNCTION f(integer) RETURNS integer AS 'SELECT 1'"

[views.v]
postgres = { security_barrier = true }
definition = "SELECT 1"

[views.audit_v]
name = "v"
schema = "audit"
definition = "SELECT 2"

[materialized_views.m]
definition = "SELECT 3"

[triggers.note]
table = "t"
definition = "CREATE TRIGGER note"

[objects.own]
kind = "policy"
table = "t"
definition = "CREATE POLICY own ON t"
"#,
    );
}

#[test]
fn keys_that_mean_something_else_or_are_taken() {
    stays(
        r#"[User]
table = "User"

[User.columns]
id = { type = "integer", primary_key = true }

[log.columns]
id = { type = "integer", primary_key = true }

[user.columns]
id = { type = "integer", primary_key = true }

[views_2]
table = "views"

[views_2.columns]
id = { type = "integer", primary_key = true }

[app_log]
table = "log"
schema = "app"

[app_log.columns]
id = { type = "integer", primary_key = true }
"#,
    );
}

#[test]
fn names_that_a_pattern_makes_of_given_ones() {
    let text = r#"[a.columns]
x = "integer"

[[a.checks]]
name = "small"
expression = "x < 10"
"#;
    let naming = naming(&[("ck", "ck_{{ table }}_{{ constraint }}")]);
    assert_eq!(again(text, &naming), text);

    let schema = toml::parse(&[Source::new("models.toml", text)], &Naming::default());
    let document = document(&schema.unwrap().schema, &naming, "sqlite");
    assert_eq!(
        document.unsaid,
        ["the name `small` in table `a`: the pattern `ck` of `[naming]` makes no such name"]
    );
}

#[test]
fn what_the_reader_would_take_for_a_slip_is_said_otherwise() {
    let text = r#"[a.columns]
made  = { type = "date", default = { sql = "'now'" }, check = { sqlite = "extract(year from made) > 1900" } }
year_ = "integer"
"#;
    stays(text);
    let read = |text: &str| toml::parse(&[Source::new("models.toml", text)], &Naming::default());
    let mut schema = read(text).unwrap().schema;
    let table = &mut schema.tables[0];
    table.columns[0].default = Some(Value::Literal(Literal::Text("now".to_owned())));
    table.checks[0].expression = Sql::new("extract(year from made) > 1900");
    assert_eq!(document(&schema, &Naming::default(), "sqlite").toml(), text);
}

#[test]
fn what_refers_to_nothing_here_is_told() {
    let text = r#"
        [a.columns]
        id = { type = "integer", primary_key = true }
        [b.columns]
        a_id = { type = "integer", references = "a.id" }
    "#;
    let declared = toml::parse(&[Source::new("models.toml", text)], &Naming::default()).unwrap();
    let mut schema = declared.schema;
    schema.tables.remove(0);
    let document = document(&schema, &Naming::default(), "sqlite");
    assert_eq!(document.toml(), "[b.columns]\na_id = \"integer\"\n");
    assert_eq!(
        document.unsaid,
        ["foreign key `fk_b_a_id_a` of table `b`: `a`, to which it refers, is not in these models"]
    );
}

#[test]
fn a_document_for_each_schema_and_as_json() {
    let text = r#"
        [schemas.audit]
        [a.columns]
        id = { type = "big_integer", primary_key = true, default = 1.5 }
        [log]
        schema = "audit"
        columns = { a_id = { type = "big_integer", references = "a.id", nullable = false } }
        [enums]
        mood = ["sad"]
    "#;
    let text = text.replace(", default = 1.5", "");
    let declared = toml::parse(&[Source::new("models.toml", text)], &Naming::default()).unwrap();
    let document = document(&declared.schema, &Naming::default(), "sqlite");
    let json = serde_json::json!({
        "schemas": { "audit": {} },
        "enums": { "mood": ["sad"] },
        "a": { "columns": { "id": { "type": "big_integer", "primary_key": true } } },
        "log": {
            "schema": "audit",
            "columns": {
                "a_id": { "type": "big_integer", "nullable": false, "references": "a.id" },
            },
        },
    });
    assert_eq!(document.json(), json);
    let parts = document.by_schema().into_iter().map(|(name, it)| (name, it.toml()));
    let parts: Vec<_> = parts.collect();
    let main = "[enums]\nmood = [\"sad\"]\n\n[a.columns]\nid = { type = \"big_integer\", \
                primary_key = true }\n";
    let audit = "[schemas.audit]\n\n[log]\nschema = \"audit\"\n\n[log.columns]\na_id = { \
                 type = \"big_integer\", nullable = false, references = \"a.id\" }\n";
    assert_eq!(parts, [(None, main.to_owned()), (Some("audit".to_owned()), audit.to_owned())]);
}
