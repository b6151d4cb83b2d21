//! Which columns a piece of SQL mentions. Expressions are not parsed: databases differ too much
//! in what they allow. Only their words are looked at.

use crate::error::nearest;
use crate::schema::Sql;
use crate::schema::sql::{Token, TokenKind, tokens};

/// Words of expressions that name no column, so that none of them is taken for a misspelt one.
const KEYWORDS: &str = "and any array asc at between binary both case cast collate current current_catalog \
    current_date current_role current_schema current_time current_timestamp current_user \
    date default desc distinct div else end escape exists false for from glob ilike \
    interval isnull like localtime localtimestamp match member new not notnull null old \
    regexp rlike rowid session_user similar some then time timestamp true unknown user \
    using value when xor zone";

/// The columns among `columns` that `sql` mentions, each once, in the order of their first
/// mention. Where it says different things to different dialects, one of them speaks for all.
pub(super) fn mentioned(sql: &Sql, columns: &[&str]) -> Vec<String> {
    let Some(text) = sql.text.as_ref().or_else(|| sql.dialects.values().next()) else {
        return Vec::new();
    };
    let mut found: Vec<String> = Vec::new();
    for token in names(&tokens(text)) {
        let Some(name) = token.name() else { continue };
        let column = columns
            .iter()
            .find(|column| **column == name)
            .or_else(|| columns.iter().find(|column| column.eq_ignore_ascii_case(&name)));
        if let Some(column) = column
            && !found.iter().any(|it| it == column)
        {
            found.push((*column).to_owned());
        }
    }
    found
}

/// The first word of `sql` that is no column but nearly one, with that column.
///
/// Only what is surely a slip is found: a word that is near no column may be one that a database
/// knows and this program does not. What is said to one database alone is in its own words.
pub(super) fn misspelt<'c>(sql: &Sql, columns: &[&'c str]) -> Option<(String, &'c str)> {
    let tokens = tokens(sql.text.as_ref()?);
    names(&tokens).into_iter().find_map(|token| {
        let word = token.text;
        let known = token.kind != TokenKind::Word
            || word.chars().count() < 3
            || KEYWORDS.split(' ').any(|keyword| keyword.eq_ignore_ascii_case(word))
            || columns.iter().any(|column| column.eq_ignore_ascii_case(word));
        if known {
            return None;
        }
        nearest(word, columns.iter().copied()).map(|column| (word.to_owned(), column))
    })
}

/// The tokens that may be columns: no functions, no qualifiers, no types, no collations, no
/// words before a string (`date '2026-01-01'`).
fn names<'t, 's>(tokens: &'t [Token<'s>]) -> Vec<&'t Token<'s>> {
    let is_name = |at: &usize| {
        let token = &tokens[*at];
        let before = |word: &str| *at > 0 && tokens[*at - 1].is(word);
        let next = tokens.get(*at + 1);
        let word = token.kind == TokenKind::Word;
        let called = next.is_some_and(|next| next.is("(") || next.kind == TokenKind::String);
        (word || token.kind == TokenKind::Quoted)
            && !(word && called)
            && !next.is_some_and(|next| next.is("."))
            && !["as", "collate", ":", "@", "$"].into_iter().any(before)
    };
    (0..tokens.len()).filter(is_name).map(|at| &tokens[at]).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn columns_in_the_order_of_their_mention() {
        let columns = ["id", "name", "Age", "odd name", "lower"];
        for (text, found) in [
            ("length(NAME) > 0 AND name <> ''", &["name"][..]),
            ("age > 0 OR id > 0", &["Age", "id"]),
            ("user.id > 0", &["id"]),
            ("\"odd name\" IN ('id', 'x')", &["odd name"]),
            ("lower(name)", &["name"]),
            ("lower (name) = lower", &["name", "lower"]),
            ("1 > 0", &[]),
            ("", &[]),
        ] {
            assert_eq!(mentioned(&Sql::new(text), &columns), found, "{text}");
        }
        let dialects = BTreeMap::from([("sqlite".to_owned(), "id > 0".to_owned())]);
        assert_eq!(mentioned(&Sql { text: None, dialects }, &columns), ["id"]);
        assert_eq!(mentioned(&Sql::default(), &columns), [""; 0]);
    }

    #[test]
    fn only_what_is_nearly_a_column_is_misspelt() {
        let columns = ["body", "price", "username", "date_", "values"];
        let misspelt = |text: &str| misspelt(&Sql::new(text), &columns);
        assert_eq!(misspelt("length(bdy) > 0"), Some(("bdy".to_owned(), "body")));
        assert_eq!(misspelt("prise > 0"), Some(("prise".to_owned(), "price")));
        for text in [
            "length(body) > 0",
            "user > 'a'",
            "BODY > 0",
            "bodies(price)",
            "cast(price as prices)",
            "price::prices > 0",
            "price COLLATE bodi",
            "\"bdy\" > 0",
            "'bdy' > price",
            "date > price",
            "something_else > 0",
            "value > 0",
        ] {
            assert_eq!(misspelt(text), None, "{text}");
        }
    }
}
