//! Functions, and the forms that look like one.

use super::tree::{Parser, Tree, node, word};

/// Units of time.
pub(super) const UNITS: [&str; 20] = [
    "microsecond",
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "quarter",
    "year",
    "second_microsecond",
    "minute_microsecond",
    "minute_second",
    "hour_microsecond",
    "hour_second",
    "hour_minute",
    "day_microsecond",
    "day_second",
    "day_minute",
    "day_hour",
    "year_month",
];

/// Functions that have several names: the first one is the one here.
const SYNONYMS: [&[&str]; 14] = [
    &["lower", "lcase"],
    &["upper", "ucase"],
    &["substr", "substring", "mid"],
    &["char_length", "character_length"],
    &["length", "octet_length"],
    &["ceiling", "ceil"],
    &["pow", "power"],
    &["now", "current_timestamp", "localtime", "localtimestamp"],
    &["curdate", "current_date"],
    &["curtime", "current_time"],
    &["dayofmonth", "day"],
    &["sha", "sha1"],
    &["database", "schema"],
    &["ifnull", "nvl"],
];

/// The one name of a function.
pub(super) fn synonym(name: &str) -> &str {
    let found = SYNONYMS.iter().find(|all| all.contains(&name));
    found.and_then(|all| all.first()).copied().unwrap_or(name)
}

/// Whether it is a function without parentheses.
pub(super) fn is_bare(name: &str) -> bool {
    const BARE: [&str; 9] = [
        "current_timestamp",
        "localtime",
        "localtimestamp",
        "current_date",
        "current_time",
        "utc_date",
        "utc_time",
        "utc_timestamp",
        "current_user",
    ];
    BARE.contains(&name)
}

/// What stands behind the name of a function and its parenthesis.
pub(super) fn call(parser: &mut Parser, name: &str) -> Option<Tree> {
    match synonym(name) {
        "cast" => {
            let inner = parser.any()?;
            parser.take("as").then_some(())?;
            let ty = ty(parser)?;
            parser.take(")").then(|| node("cast", vec![inner, ty]))
        }
        "convert" => {
            let inner = parser.any()?;
            if parser.take("using") {
                let set = parser.next()?.name()?.to_lowercase();
                return parser.take(")").then(|| node("using", vec![inner, Tree::Word(set)]));
            }
            parser.take(",").then_some(())?;
            let ty = ty(parser)?;
            parser.take(")").then(|| node("cast", vec![inner, ty]))
        }
        "extract" => {
            let unit = parser.unit()?;
            parser.take("from").then_some(())?;
            let of = parser.any()?;
            parser.take(")").then(|| node("extract", vec![unit, of]))
        }
        "trim" => trim(parser),
        "position" => {
            // `IN` would be taken for a list.
            let wanted = parser.signed()?;
            parser.take("in").then_some(())?;
            let within = parser.any()?;
            parser.take(")").then(|| node("locate()", vec![wanted, within]))
        }
        "timestampadd" => {
            let unit = parser.unit()?;
            parser.take(",").then_some(())?;
            let mut of = parser.list()?;
            let (moment, count) = (of.pop()?, of.pop()?);
            of.is_empty().then(|| node("+ interval", vec![moment, count, unit]))
        }
        "timestampdiff" => {
            let unit = parser.unit()?;
            parser.take(",").then_some(())?;
            let mut of = vec![unit];
            of.extend(parser.list()?);
            Some(node("timestampdiff()", of))
        }
        added @ ("date_add" | "adddate" | "date_sub" | "subdate") => shifted(parser, added),
        "substr" => substr(parser),
        // What they take is no list of values.
        "json_value" | "weight_string" | "char" | "get_format" | "match" | "values" | "row"
        | "exists" | "select" | "with" | "table" | "group_concat" | "default" | "any" | "all"
        | "some" | "in" | "not" => None,
        name => parser.list().and_then(|of| function(name, of)),
    }
}

/// A function with its arguments; some are another way to write an operator.
fn function(name: &str, mut of: Vec<Tree>) -> Option<Tree> {
    let is_zero = |it: &Tree| *it == word("0");
    Some(match (name, of.len()) {
        ("mod", 2) => node("mod", of),
        ("isnull", 1) => node("is null", of),
        ("date", 1) => node("cast", vec![of.remove(0), word("date")]),
        ("time", 1) => node("cast", vec![of.remove(0), word("time")]),
        ("timestamp", 1) => node("cast", vec![of.remove(0), word("datetime")]),
        ("instr", 2) => {
            of.reverse();
            node("locate()", of)
        }
        ("round", 1) => {
            of.push(word("0"));
            node("round()", of)
        }
        ("now" | "curtime" | "utc_time" | "utc_timestamp", 1)
            if of.first().is_some_and(is_zero) =>
        {
            node(format!("{name}()"), Vec::new())
        }
        _ => node(format!("{name}()"), of),
    })
}

/// `TRIM(BOTH 'a' FROM b)`.
fn trim(parser: &mut Parser) -> Option<Tree> {
    let side = parser.take_one(&["both", "leading", "trailing"]);
    if side.is_some() && parser.take("from") {
        let of = parser.any()?;
        return parser
            .take(")")
            .then(|| node(format!("trim {}", side.unwrap_or("both")), vec![of]));
    }
    let first = parser.any()?;
    if side.is_some() || parser.peek("from") {
        parser.take("from").then_some(())?;
        let of = parser.any()?;
        let side = side.unwrap_or("both");
        return parser.take(")").then(|| node(format!("trim {side}"), vec![of, first]));
    }
    parser.take(")").then(|| node("trim both", vec![first]))
}

/// `SUBSTR(a, 1, 2)` and `SUBSTR(a FROM 1 FOR 2)`.
fn substr(parser: &mut Parser) -> Option<Tree> {
    let mut of = vec![parser.any()?];
    let (first, second) = if parser.peek("from") { ("from", "for") } else { (",", ",") };
    parser.take(first).then_some(())?;
    of.push(parser.any()?);
    if parser.take(second) {
        of.push(parser.any()?);
    }
    parser.take(")").then(|| node("substr()", of))
}

/// `DATE_ADD(a, INTERVAL 1 DAY)`, `ADDDATE(a, 1)`.
fn shifted(parser: &mut Parser, name: &str) -> Option<Tree> {
    let moment = parser.any()?;
    parser.take(",").then_some(())?;
    let (count, unit) = match parser.peek("interval") {
        true => parser.interval()?,
        false if name.starts_with("date") => return None,
        false => (parser.any()?, word("day")),
    };
    let sign = if name.contains("add") { "+" } else { "-" };
    parser.take(")").then(|| node(format!("{sign} interval"), vec![moment, count, unit]))
}

/// What stands behind `CASE`.
pub(super) fn case(parser: &mut Parser) -> Option<Tree> {
    let mut of = Vec::new();
    let name = if parser.peek("when") {
        "case when"
    } else {
        of.push(parser.any()?);
        "case"
    };
    while parser.take("when") {
        of.push(parser.any()?);
        parser.take("then").then_some(())?;
        of.push(parser.any()?);
    }
    let otherwise = if parser.take("else") { parser.any()? } else { word("null") };
    of.push(otherwise);
    parser.take("end").then(|| node(name, of))
}

/// The type in a cast, in one spelling.
fn ty(parser: &mut Parser) -> Option<Tree> {
    let name = parser.next()?.name()?.to_lowercase();
    let mut numbers = Vec::new();
    if parser.take("(") {
        loop {
            numbers.push(parser.next()?.text);
            if parser.take(")") {
                break;
            }
            parser.take(",").then_some(())?;
        }
    }
    let length = match &numbers[..] {
        [] => String::new(),
        of => format!("({})", of.join(",")),
    };
    let text = match &*name {
        "signed" | "unsigned" => {
            let _ = parser.take("integer") || parser.take("int");
            name
        }
        "decimal" | "dec" | "numeric" => match numbers[..] {
            [] => "decimal(10,0)".to_owned(),
            [digits] => format!("decimal({digits},0)"),
            _ => format!("decimal{length}"),
        },
        "binary" => format!("char{length} charset binary"),
        "char" => {
            let is_named = parser.take("charset") || parser.take_all(&["character", "set"]);
            let set = match is_named {
                true => parser.next()?.name()?.to_lowercase(),
                false => "utf8mb4".to_owned(),
            };
            format!("char{length} charset {set}")
        }
        "double" | "real" => "double".to_owned(),
        "datetime" | "time" if length == "(0)" => name,
        "date" | "datetime" | "time" | "json" | "float" | "year" => format!("{name}{length}"),
        _ => return None,
    };
    Some(Tree::Word(text))
}
