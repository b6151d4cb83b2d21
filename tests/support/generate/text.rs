//! Names and texts, among them those that break careless code.

use proptest::prelude::*;
use proptest::sample::select;

/// A name that databases accept; some of them need every quote there is.
pub(crate) fn name() -> BoxedStrategy<String> {
    let plain = vec![
        "user",
        "post",
        "id",
        "name",
        "email",
        "created_at",
        "a",
        "b",
        "c",
        "title",
        "kind",
        "Mixed",
    ];
    let hostile = vec![
        "order",
        "select",
        "group",
        "two words",
        "a.b",
        "say \"hi\"",
        "it's",
        "back`tick",
        "[bracket]",
        "semi;colon",
        "-- comment",
        "/* open",
        "line\nbreak",
        "tab\there",
        "percent %s {}",
        "{{ tera }}",
        "back\\slash",
        "$1",
        "naïve",
        "日本語",
        "🦀",
        "1st",
        " edge ",
        "#hash",
        "a,b",
        "(paren",
        "null",
        "desc",
        "collate x",
        "a\"",
        "'",
    ];
    prop_oneof![
        6 => select(plain).prop_map(str::to_owned),
        3 => select(hostile).prop_map(str::to_owned),
        1 => "[a-z_][a-z0-9_]{0,12}",
    ]
    .boxed()
}

/// Any text at all.
pub(crate) fn hostile_text() -> BoxedStrategy<String> {
    let awkward = vec![
        "\"\"\"",
        "'''",
        "\"",
        "'",
        "\\",
        "\\u0000",
        "\r\n",
        "\r",
        "\n",
        "\n\n",
        "\t",
        "\u{0}",
        "\u{7f}",
        "\u{85}",
        "\u{feff}",
        "\u{2028}",
        "\u{202e}",
        "{{ x }}",
        "{% raw %}",
        "{#",
        "-- upgrade",
        "# a",
        "[[upgrade]]",
        "a = 1",
        "SELECT 1;",
        "$$",
        " ",
        "é",
        "🦀",
        "x",
    ];
    prop_oneof![
        3 => name(),
        4 => prop::collection::vec(select(awkward), 0..6).prop_map(|parts| parts.concat()),
        2 => prop::collection::vec(any::<char>(), 0..8).prop_map(String::from_iter),
    ]
    .boxed()
}
