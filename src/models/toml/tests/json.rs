//! Models in JSON: the same document, and mistakes with their places.

use super::*;

fn of_json(text: &str) -> Declared {
    match parse(&[Source::new("models.json", text)], &Naming::default()) {
        Ok(declared) => declared,
        Err(mistakes) => panic!("{}", shown(&mistakes)),
    }
}

fn json_mistakes(text: &str) -> String {
    mistakes_of(&[("models.json", text)])
}

#[test]
fn the_same_document() {
    let toml = r#"
        [User]
        comment = "People \"here\" ü"
        sqlite = { strict = true }
        indexes = [{ columns = ["name", "age"], unique = true }]
        [User.columns]
        id = { type = "integer", primary_key = true }
        name = "string(40)"
        age = { type = "integer", default = -1, nullable = false }
        score = { type = "float", default = 1.5e3 }
        active = { type = "boolean", default = true }
        born = { type = "date", default = "2000-01-01" }
        [views.adults]
        definition = "SELECT * FROM user WHERE age >= 18"
        dialects = ["sqlite"]
    "#;
    let json = r#"
        {"User": {
          "comment": "People \"here\" \u00fc", "sqlite": {"strict": true}, "checks": null,
          "indexes": [{"columns": ["name", "age"], "unique": true}],
          "columns": {
            "id": {"type": "integer", "primary_key": true},
            "name": "string(40)",
            "age": {"type": "integer", "default": -1, "nullable": false},
            "score": {"type": "float", "default": 1.5e3},
            "active": {"type": "boolean", "default": true, "comment": null},
            "born": {"type": "date", "default": "2000-01-01"}
          }},
         "views": {"adults": {
           "definition": "SELECT * FROM user WHERE age >= 18", "dialects": ["sqlite"]}}}
    "#;
    let (toml, json) = (declared(toml), of_json(json));
    assert_eq!(toml.schema, json.schema);
    assert_eq!(toml.dialects, json.dialects);
    assert_eq!(of_json(" {}").schema, Schema::default());
}

#[test]
fn columns_keep_their_order() {
    let text = r#"{"a": {"columns": {"z": "text", "a": "text", "m": "text"}}}"#;
    let columns = of_json(text).schema.tables.remove(0).columns;
    let names: Vec<&str> = columns.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["z", "a", "m"]);
}

#[test]
fn beside_toml() {
    let sources = [
        Source::new("a.toml", "user.columns.id = { type = 'integer', primary_key = true }"),
        Source::new(
            "b.json",
            r#"{"post": {"columns": {"user_id": {"type": "integer", "references": "user.id"}}}}"#,
        ),
    ];
    let declared = parse(&sources, &Naming::default()).unwrap();
    assert_eq!(declared.schema.tables[0].foreign_keys.len(), 1);
}

#[test]
fn text_that_is_not_json() {
    let deep = "[".repeat(100_000);
    let shown_of_deep = json_mistakes(&deep);
    assert_eq!(shown_of_deep.lines().next(), Some("models.json:1: maximum nesting depth exceeded"));
    let all: Vec<String> = [
        "",
        "[]",
        "\"user\"",
        "{\n  \"user\": {\n",
        "{\"user\": {\"columns\": {\"id\": \"integer\",}}}",
        "// models\n{}",
        "{'user': 1}",
        "{user: 1}",
        "{\"user\": yes}",
        "{\"user\": 0x1F}",
        "{\"user\": NaN}",
        "{\"user\": [1, null]}",
        "{\"user\": \"\\x\"}",
        "{\"user\" 1}",
        "{} {}",
        "{\"user\": 1 \"b\": 2}",
        "{\"a\": {\"columns\": {\"x\": \"text\"}},\n \"a\": {\"columns\": {\"x\": \"text\"}}}",
    ]
    .iter()
    .map(|text| json_mistakes(text))
    .collect();
    assert_eq!(
        all.join("\n"),
        r##"models.json:1: the document must be an object, not nothing
  
  ^
  hint: write `{ "User": { "columns": { "id": "integer" } } }`

models.json:1: the document must be an object, not an array
  []
  ^^
  hint: write `{ "User": { "columns": { "id": "integer" } } }`

models.json:1: the document must be an object, not a string
  "user"
  ^^^^^^
  hint: write `{ "User": { "columns": { "id": "integer" } } }`

models.json:2: unterminated object
    "user": {
            ^
  hint: the caret shows where it begins; the text ends before it does

models.json:1: trailing commas are not allowed
  {"user": {"columns": {"id": "integer",}}}
                                       ^
  hint: leave the last comma out

models.json:1: comments are not allowed
  // models
  ^^^^^^^^^
  hint: JSON has no comments: leave it out

models.json:1: single-quoted strings are not allowed
  {'user': 1}
   ^
  hint: a string stands in double quotes: `"..."`

models.json:1: expected string for object property
  {user: 1}
   ^^^^
  hint: a string stands in double quotes: `"..."`

models.json:1: unexpected token
  {"user": yes}
           ^^^
  hint: see https://json.org for how JSON is written

models.json:1: hexadecimal numbers are not allowed
  {"user": 0x1F}
           ^
  hint: see https://json.org for how JSON is written

models.json:1: unexpected token
  {"user": NaN}
           ^^^
  hint: see https://json.org for how JSON is written

models.json:1: a list has no place for null
  {"user": [1, null]}
               ^^^^
  hint: leave it out

models.json:1: invalid escape
  {"user": "\x"}
            ^^
  hint: see https://json.org for how JSON is written

models.json:1: expected colon after the string or word in object property
  {"user" 1}
          ^
  hint: see https://json.org for how JSON is written

models.json:1: text cannot contain more than one JSON value
  {} {}
     ^
  hint: see https://json.org for how JSON is written

models.json:1: expected comma
  {"user": 1 "b": 2}
            ^
  hint: see https://json.org for how JSON is written

models.json:2: `a` is declared twice; first at models.json:1
   "a": {"columns": {"x": "text"}}}
   ^^^
  hint: keep one of the two
"##
    );
}

#[test]
fn mistakes_in_models() {
    let text = r#"{
  "User": {
    "columns": {
      "id": {"type": "intger"},
      "name": {"type": "string(40)", "nulable": false},
      "age": 5,
      "x": {"type": "integer", "index": "yes"}
    },
    "indexes": {"columns": ["id"]}
  },
  "Post": {"columns": {}},
  "Tag": {},
  "Note": {
    "columns": ["id"]
  },
  "views": {"v": {
    "name": "v"
  }}
}"#;
    assert_eq!(
        json_mistakes(text),
        r##"models.json:4: unknown type `intger`
        "id": {"type": "intger"},
                       ^^^^^^^^
  hint: did you mean `integer`?
models.json:5: unknown key `nulable` in column `user.name`
        "name": {"type": "string(40)", "nulable": false},
                                       ^^^^^^^^^
  hint: did you mean `nullable`?
models.json:6: column `user.age` must be a type or a table, not an integer
        "age": 5,
               ^
  hint: write `age = "string(64)"` or `age = { type = "string(64)" }`, as TOML would have it
models.json:7: `index` of column `user.x` must be a boolean, not a string
        "x": {"type": "integer", "index": "yes"}
                                          ^^^^^
  hint: write `index = true` or `index = false`, as TOML would have it
models.json:9: `indexes` of model `User` must be a list of tables, not a table
      "indexes": {"columns": ["id"]}
                 ^^^^^^^^^^^^^^^^^^^
  hint: write `[[User.indexes]]`, as TOML would have it
models.json:11: model `Post` has no columns
    "Post": {"columns": {}},
             ^^^^^^^^^
  hint: write a line for each column, like `id = { type = "integer", primary_key = true }`, as TOML would have it
models.json:12: model `Tag` has no `columns`
    "Tag": {},
    ^^^^^
  hint: give it a table `[Tag.columns]` with a line a column, as TOML would have it
models.json:14: `columns` of model `Note` must be a table, not a list
      "columns": ["id"]
                 ^^^^^^
  hint: write `[Note.columns]`, as TOML would have it
models.json:16: view `v` has no `definition`
    "views": {"v": {
              ^^^
  hint: write `definition = "..."`, as TOML would have it
models.json:17: unknown key `name` in view `v`
      "name": "v"
      ^^^^^^
  hint: its keys are `definition`, `dialects`, `schema`, `sqlite`, `postgres`, `mysql` and `mariadb`
"##
    );
}
