//! Cases, many in a file.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use libtest_mimic::Failed;

/// A database, what declares it, and what declares something else.
#[derive(Clone, Default)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) sql: String,
    pub(crate) models: Vec<String>,
    pub(crate) then: Option<String>,
    pub(crate) found: Option<String>,
}

/// A file of cases.
#[derive(Clone)]
pub(crate) struct FileOfCases {
    /// Its name, without the extension.
    pub(crate) name: String,
    pub(crate) cases: Vec<Case>,
    path: PathBuf,
    /// Held while it is written.
    writing: Arc<Mutex<()>>,
}

impl FileOfCases {
    /// Every one in `folder`, which is named from the root of the project, in the order of their names.
    pub(crate) fn all(folder: &str) -> Vec<FileOfCases> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut paths: Vec<PathBuf> =
            fs::read_dir(root).unwrap().map(|it| it.unwrap().path()).collect();
        paths.sort();
        paths.into_iter().map(FileOfCases::read).collect()
    }

    fn read(path: PathBuf) -> FileOfCases {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let cases = parse(&fs::read_to_string(&path).unwrap());
        FileOfCases { name, cases, path, writing: Arc::default() }
    }

    /// Writes what a case has found.
    pub(crate) fn rewrite(&self, case: &str, found: &str) -> Result<(), Failed> {
        let _writing = self.writing.lock();
        let mut cases = parse(&fs::read_to_string(&self.path)?);
        for it in cases.iter_mut().filter(|it| it.name == case) {
            it.found = Some(found.to_owned());
        }
        let cases: Vec<String> = cases.iter().map(Case::write).collect();
        Ok(fs::write(&self.path, cases.join("\n"))?)
    }
}

fn parse(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("=== ") {
            cases.push(Case { name: name.to_owned(), ..Case::default() });
            continue;
        }
        let Some(case) = cases.last_mut() else { panic!("`=== name` is wanted, not `{line}`") };
        match line.strip_prefix("--- ") {
            Some("sql") => {}
            Some("models") => case.models.push(String::new()),
            Some("then") => case.then = Some(String::new()),
            Some("found") => case.found = Some(String::new()),
            Some(other) => panic!("no part of a case is `{other}`"),
            None => {
                let part = case.last_part();
                part.push_str(line);
                part.push('\n');
            }
        }
    }
    for case in &mut cases {
        let parts = case.models.iter_mut().chain(&mut case.then).chain(&mut case.found);
        for part in parts.chain([&mut case.sql]) {
            *part = format!("{}\n", part.trim_end()).trim_start_matches('\n').to_owned();
        }
    }
    cases
}

impl Case {
    fn last_part(&mut self) -> &mut String {
        match self {
            Case { found: Some(it), .. } | Case { then: Some(it), .. } => it,
            Case { models, sql, .. } => models.last_mut().unwrap_or(sql),
        }
    }

    fn write(&self) -> String {
        let mut text = format!("=== {}\n--- sql\n{}", self.name, self.sql);
        for models in &self.models {
            text.push_str(&format!("--- models\n{models}"));
        }
        for (name, part) in [("then", &self.then), ("found", &self.found)] {
            text.push_str(&part.iter().map(|it| format!("--- {name}\n{it}")).collect::<String>());
        }
        text
    }
}
