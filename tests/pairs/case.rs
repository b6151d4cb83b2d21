//! Cases, many in a file of SQL.

use std::fs;
use std::path::Path;

/// A schema as it is and as it is declared, and what is to be known about the way between them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Case {
    /// Its file and its name.
    pub(crate) name: String,
    /// Makes what is there.
    pub(crate) before: String,
    /// Fills it.
    pub(crate) rows: String,
    /// Makes what is wanted.
    pub(crate) after: String,
    /// The one server that has it: `18`, `mysql`, `mariadb`.
    pub(crate) on: Option<String>,
    /// Renames that are meant, as `--rename` takes them.
    pub(crate) renames: Vec<String>,
    /// What rows get, as `--fill` takes it.
    pub(crate) fills: Vec<String>,
    /// Columns whose values are spelled otherwise behind the upgrade.
    pub(crate) changes: Vec<String>,
    /// Columns whose values the way back does not bring.
    pub(crate) loses: Vec<String>,
    /// What cannot be done yet, and on which server: part of what is said then.
    pub(crate) limits: Vec<(String, String)>,
    /// Why no script of SQL can be written yet.
    pub(crate) not_as_sql: Option<String>,
    /// Why it cannot be done, as it is said.
    pub(crate) refused: Option<String>,
    /// Why the way from `after` to `before` cannot be done, as it is said.
    pub(crate) refused_back: Option<String>,
}

/// Every case in the files of SQL in `folder`, which is named from the root of the project.
pub(crate) fn all(folder: &str) -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let paths = fs::read_dir(root).unwrap().map(|it| it.unwrap().path());
    let mut paths: Vec<_> =
        paths.filter(|it| it.extension().is_some_and(|it| it == "sql")).collect();
    paths.sort();
    paths.iter().flat_map(|path| read(path)).collect()
}

fn read(path: &Path) -> Vec<Case> {
    let file = path.file_stem().unwrap().to_string_lossy();
    let text = fs::read_to_string(path).unwrap();
    let parts = text.split("-- case: ").skip(1);
    parts.map(|text| parse(&file, text)).collect()
}

fn parse(file: &str, text: &str) -> Case {
    let (name, text) = text.split_once('\n').unwrap_or((text, ""));
    let mut case = Case { name: format!("{file}::{name}"), ..Case::default() };
    let mut part: Option<String> = None;
    for line in text.lines() {
        let list = |text: &str| text.split(", ").map(str::to_owned).collect::<Vec<_>>();
        match line.strip_prefix("-- ").map(|it| it.split_once(": ").unwrap_or((it, ""))) {
            Some((word @ ("before" | "rows" | "after" | "refused" | "refused back"), "")) => {
                part = Some(word.to_owned());
            }
            Some(("on", it)) if part.is_none() => case.on = Some(it.to_owned()),
            Some(("rename", it)) if part.is_none() => case.renames.push(it.to_owned()),
            Some(("fill", it)) if part.is_none() => case.fills.push(it.to_owned()),
            Some(("changes", it)) if part.is_none() => case.changes = list(it),
            Some(("limit", it)) if part.is_none() => {
                case.limits.push((String::new(), it.to_owned()));
            }
            Some((limit, it)) if part.is_none() && limit.starts_with("limit on ") => {
                case.limits.push((limit["limit on ".len()..].to_owned(), it.to_owned()));
            }
            Some(("not as sql", it)) if part.is_none() => case.not_as_sql = Some(it.to_owned()),
            Some(("loses", it)) if part.is_none() => case.loses = list(it),
            _ => case.push(part.as_deref(), line),
        }
    }
    case
}

impl Case {
    fn push(&mut self, part: Option<&str>, line: &str) {
        let text = match part {
            Some("before") => &mut self.before,
            Some("rows") => &mut self.rows,
            Some("after") => &mut self.after,
            Some("refused") => self.refused.get_or_insert_default(),
            Some("refused back") => self.refused_back.get_or_insert_default(),
            // What is said of the case.
            _ => return,
        };
        if !(line.is_empty() && text.is_empty()) {
            text.push_str(
                line.strip_prefix("-- ")
                    .filter(|_| part.is_some_and(|it| it.starts_with("refused")))
                    .unwrap_or(line),
            );
            text.push('\n');
        }
    }
}
