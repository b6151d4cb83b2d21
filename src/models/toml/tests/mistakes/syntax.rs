//! What is no TOML.

use super::mistakes;

#[test]
fn values_without_quotes() {
    assert_eq!(
        mistakes(
            r#"
[User.columns]
id = integer
name = string(64)
weight = { type = float, nullable = False }
active = yes
email =
note = null
when = @
"#
        ),
        r#"models.toml:3: `integer` is no TOML value
  id = integer
       ^^^^^^^
  hint: a string stands in quotes: `"integer"`
models.toml:4: `string(64)` is no TOML value
  name = string(64)
         ^^^^^^^^^^
  hint: a string stands in quotes: `"string(64)"`
models.toml:5: `float` is no TOML value
  weight = { type = float, nullable = False }
                    ^^^^^
  hint: a string stands in quotes: `"float"`
models.toml:6: `yes` is no TOML value
  active = yes
           ^^^
  hint: write `true`
models.toml:7: a key without a value
  email =
         ^
  hint: write `email = "..."`
models.toml:8: `null` is no TOML value
  note = null
         ^^^^
  hint: TOML has no null: leave the key out
models.toml:9: `@` is no TOML value
  when = @
         ^
  hint: a string stands in quotes
"#
    );
}

#[test]
fn syntax_that_is_not_closed() {
    assert_eq!(
        mistakes(
            r#"
[User.columns]
id = "integer"
name = "text
email = { type = "text"
[Post
"#
        ),
        r#"models.toml:4: invalid basic string, expected `"`
  name = "text
              ^
  hint: the caret shows where reading stopped; the slip may stand before it
models.toml:6: missing key for inline table element, expected `,`
  [Post
  ^
  hint: the caret shows where reading stopped; the slip may stand before it
"#
    );
}

#[test]
fn only_the_first_lines_that_are_no_toml_are_shown() {
    let text = "x = 1 2\n".repeat(12);
    let shown = mistakes(&text);
    let last = "  hint: 2 more lines of this file are not TOML; mend the first ones and look again";
    assert_eq!(shown.lines().count(), 40);
    assert_eq!(shown.lines().last(), Some(last));
}
