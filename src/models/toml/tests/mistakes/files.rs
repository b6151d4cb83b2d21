//! Several files.

use super::mistakes_of;

#[test]
fn two_files_and_one_name() {
    let files = [
        ("b.toml", "[User.columns]\nid = \"integer\"\n[enums]\nmood = [\"a\"]\n"),
        (
            "a.toml",
            "[Person]\ntable = \"user\"\ncolumns.id = \"integer\"\n[enums]\nmood = [\"b\"]\n",
        ),
    ];
    assert_eq!(
        mistakes_of(&files),
        r#"a.toml:1: table `user` is declared twice; first at b.toml:1
  [Person]
   ^^^^^^
  hint: give one of them another `table = "..."`
a.toml:5: enum `mood` is declared twice; first at b.toml:4
  mood = ["b"]
  ^^^^
  hint: give one of them another name
"#
    );
}

/// The other files are read for themselves, but what they say about each other waits.
#[test]
fn one_of_two_files_is_not_toml() {
    let files = [
        ("user.toml", "[User.columns\nid = \"integer\"\n"),
        (
            "post.toml",
            "[Post.columns]\nid = \"intger\"\nuser_id = { type = \"integer\", references = \"user.id\" }\n",
        ),
    ];
    assert_eq!(
        mistakes_of(&files),
        r#"user.toml:1: unclosed table, expected `]`
  [User.columns
               ^
  hint: the caret shows where reading stopped; the slip may stand before it
post.toml:2: unknown type `intger`
  id = "intger"
       ^^^^^^^^
  hint: did you mean `integer`?
"#
    );
}
