//! A script behind another parent.

use std::ops::Range;

use super::{Format, header, toml};
use crate::error::{Mistake, Mistakes, Source};

/// The text of `source` with `to` in the place of its parent `from`, or added where `from` is
/// `None`. Every other byte stays as it is.
///
/// # Errors
/// Everything that is wrong in the head of the script; also when it does not name `from`.
pub fn reparent(source: &Source, from: Option<&str>, to: &str) -> Result<String, Mistakes> {
    let located = header(source)?;
    let parents = &located.header.down_revision;
    let is_toml = Format::of(&source.path) == Some(Format::Toml);
    let name = if is_toml { toml::string(to) } else { to.to_owned() };
    let (span, name) = match from {
        Some(from) => {
            let at = parents.iter().position(|parent| parent == from);
            let span = at.and_then(|at| located.places.down_revision.get(at)).cloned();
            let missing = || wrong(source, format!("the script does not come after `{from}`"));
            (span.ok_or_else(missing)?, name)
        }
        None => {
            let value = &located.places.parents;
            let begin = if is_toml { value.start + 1 } else { value.start };
            let is_tight = !is_toml && located.source.text[..begin].ends_with(':');
            let more = if parents.is_empty() { "" } else { ", " };
            let blank = if is_tight { " " } else { "" };
            (begin..begin, format!("{blank}{name}{more}"))
        }
    };
    let Range { start, end } = as_written(source, &located.source, span);
    let text = format!("{}{name}{}", &source.text[..start], &source.text[end..]);
    // What could not be foreseen is found here and not by the next command.
    let mut wanted = located.header;
    match from {
        Some(from) => {
            let renamed = wanted.down_revision.iter_mut().filter(|it| *it == from);
            renamed.for_each(|it| to.clone_into(it));
        }
        None => wanted.down_revision.insert(0, to.to_owned()),
    }
    match header(&Source::new(&*source.path, text.as_str()))?.header == wanted {
        true => Ok(text),
        false => Err(wrong(source, "`down_revision` cannot be changed in place".to_owned()).into()),
    }
}

fn wrong(source: &Source, message: String) -> Mistake {
    Mistake::new(message, source.place(0..0)).hint("change it by hand".to_owned())
}

/// Where `span`, which counts bytes of `read`, stands in the file: with CRLF line ends it has more
/// bytes than what was read of it.
fn as_written(source: &Source, read: &Source, span: Range<usize>) -> Range<usize> {
    if source.text.len() == read.text.len() {
        return span;
    }
    let moved = |at: usize| {
        let mut unix = 0;
        let found = source.text.char_indices().find(|(place, c)| {
            let is_there = unix >= at;
            let is_dropped = source.text[*place..].starts_with("\r\n");
            unix += if is_dropped { 0 } else { c.len_utf8() };
            is_there
        });
        found.map_or(source.text.len(), |(place, _)| place)
    };
    moved(span.start)..moved(span.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::tests::shown;

    fn made(path: &str, text: &str, from: Option<&str>) -> String {
        reparent(&Source::new(path, text), from, "b2").unwrap()
    }

    #[test]
    fn nothing_else_changes() {
        for (path, text, from, expected) in [
            (
                "a.toml",
                "# a\nrevision = \"a1\"\ndown_revision = [\"b1\"] # why\n\n[[upgrade]]\n execute = 'b1'",
                Some("b1"),
                "# a\nrevision = \"a1\"\ndown_revision = [\"b2\"] # why\n\n[[upgrade]]\n execute = 'b1'",
            ),
            (
                "a.toml",
                "# é\r\ndown_revision = 'b1'\r\nrevision = \"a1\"\r\n",
                Some("b1"),
                "# é\r\ndown_revision = \"b2\"\r\nrevision = \"a1\"\r\n",
            ),
            (
                "a.toml",
                "\u{feff}revision = \"a1\"\r\ndown_revision = [\r\n  \"b1\", # one\r\n]\r\n",
                Some("b1"),
                "\u{feff}revision = \"a1\"\r\ndown_revision = [\r\n  \"b2\", # one\r\n]\r\n",
            ),
            (
                "a.toml",
                "revision = \"a1\"\ndown_revision = [ ]\n",
                None,
                "revision = \"a1\"\ndown_revision = [\"b2\" ]\n",
            ),
            (
                "a.toml",
                "revision = \"a1\"\ndown_revision = [\"b1\"]\n",
                None,
                "revision = \"a1\"\ndown_revision = [\"b2\", \"b1\"]\n",
            ),
            (
                "a.sql",
                "-- a\r\n-- revision: a1\r\n-- down_revision:  b1 \r\n-- upgrade\r\nSELECT 'b1'",
                Some("b1"),
                "-- a\r\n-- revision: a1\r\n-- down_revision:  b2 \r\n-- upgrade\r\nSELECT 'b1'",
            ),
            (
                "a.sql",
                "-- revision: a1\n-- down_revision:\n-- upgrade\n",
                None,
                "-- revision: a1\n-- down_revision: b2\n-- upgrade\n",
            ),
            (
                "a.sql",
                "-- revision: a1\n-- down_revision: b1,c1\n-- upgrade\n",
                Some("c1"),
                "-- revision: a1\n-- down_revision: b1,b2\n-- upgrade\n",
            ),
        ] {
            assert_eq!(made(path, text, from), expected);
        }
    }

    #[test]
    fn a_parent_that_is_not_there() {
        let source = Source::new("a.toml", "revision = \"a1\"\ndown_revision = [\"b1\"]\n");
        assert_eq!(
            shown(reparent(&source, Some("c1"), "b2")),
            ["1:1 : the script does not come after `c1` (change it by hand)"]
        );
        assert_eq!(
            shown(reparent(&source, Some("b1"), "b 2")),
            [
                "2:18 \"b 2\": `b 2` cannot be a revision id, it holds a blank (letters, digits, `_` \
              and `.` are safe everywhere)"
            ]
        );
    }
}
