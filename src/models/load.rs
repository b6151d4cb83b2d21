//! Finding and reading the files of models.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};

use super::{Declared, Form, ModelSource, Naming, ProgramError, program, toml};
use crate::error::{Mistakes, Source};
use crate::program::Surroundings;

/// The models could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ModelsError {
    /// A pattern names a file that is not there.
    #[error("there is no file `{pattern}`")]
    Missing {
        /// The pattern as configured.
        pattern: String,
    },
    /// No file matches a pattern.
    #[error("no file matches `{pattern}`")]
    NoMatch {
        /// The pattern as configured.
        pattern: String,
    },
    /// A pattern cannot be read.
    #[error("`{pattern}` is not a file or a pattern of files: {message}")]
    Pattern {
        /// The pattern as configured.
        pattern: String,
        /// What is wrong with it.
        message: String,
    },
    /// The file is of another kind.
    #[error("`{path}` is neither TOML, JSON nor SQL")]
    Unknown {
        /// The file.
        path: String,
    },
    /// A pattern names a folder.
    #[error("`{path}` is a folder")]
    Folder {
        /// The folder.
        path: String,
    },
    /// The system refuses to read a file or folder.
    #[error("cannot read `{path}`")]
    Unreadable {
        /// The file or folder.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A program does not say what the models are.
    #[error(transparent)]
    Program(#[from] ProgramError),
    /// The models are read, and something in them is wrong.
    #[error(transparent)]
    Mistakes(#[from] Mistakes),
}

impl ModelsError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            ModelsError::Missing { .. } | ModelsError::NoMatch { .. } => Some(
                "write the models there, or say in db.toml where they are: `models = [\"...\"]`"
                    .to_owned(),
            ),
            ModelsError::Pattern { .. } => Some(
                "`*` stands for any text in a name, `**` for any folders: `models/**/*.toml`"
                    .to_owned(),
            ),
            ModelsError::Unknown { .. } => {
                let endings = "`.toml`, `.json` or `.sql`";
                Some(format!("models are files with names that end in {endings}"))
            }
            ModelsError::Folder { path } => {
                Some(format!("`{path}/*.toml` takes every TOML file in it"))
            }
            ModelsError::Program(error) => error.hint(),
            ModelsError::Unreadable { .. } | ModelsError::Mistakes(_) => None,
        }
    }

    /// Lines that follow the message.
    pub(crate) fn details(&self) -> &str {
        match self {
            ModelsError::Program(error) => error.details(),
            _ => "",
        }
    }
}

/// What `sources` declare together. Paths and globs are relative to the folder of `surroundings`,
/// in which programs run. The files of a glob come in the order of their names; a file that several
/// patterns name is read once.
///
/// # Errors
/// When a pattern names nothing, a file cannot be read, a program fails, or something in the models
/// is wrong.
pub fn load<'a>(
    surroundings: impl Into<Surroundings<'a>>,
    sources: &[ModelSource],
    naming: &Naming,
) -> Result<Declared, ModelsError> {
    let mut surroundings = surroundings.into();
    if surroundings.folder.as_os_str().is_empty() {
        surroundings.folder = Path::new(".");
    }
    let root = surroundings.folder;
    let mut seen = BTreeSet::new();
    let mut read = Vec::new();
    let mut mistakes = Vec::new();
    for source in sources {
        let pattern = match source {
            ModelSource::Files(pattern) => pattern,
            ModelSource::Program(words) => {
                match program::output(words, &surroundings)? {
                    Ok(source) => read.push(source),
                    Err(mistake) => mistakes.push(mistake),
                }
                continue;
            }
        };
        for path in files(root, pattern)? {
            let file = root.join(&path);
            let unreadable = |source| unreadable(&path, source);
            if !seen.insert(fs::canonicalize(&file).map_err(unreadable)?) {
                continue;
            }
            let bytes = fs::read(&file).map_err(unreadable)?;
            match Source::decode(path, without_mark(bytes)) {
                Ok(source) => read.push(source),
                Err(mistake) => mistakes.push(mistake),
            }
        }
    }
    if !mistakes.is_empty() {
        return Err(Mistakes(mistakes).into());
    }
    let (sql, documents): (Vec<Source>, Vec<Source>) =
        read.into_iter().partition(|source| Form::of(source) == Form::Sql);
    let declared = toml::parse_beside(&documents, naming, !sql.is_empty())?;
    Ok(Declared { sql, ..declared })
}

/// Without the mark that some editors and shells put before a text; it is no part of it.
pub(super) fn without_mark(bytes: Vec<u8>) -> Vec<u8> {
    match bytes.strip_prefix("\u{feff}".as_bytes()) {
        Some(text) => text.to_owned(),
        None => bytes,
    }
}

fn unreadable(path: &Path, source: io::Error) -> ModelsError {
    ModelsError::Unreadable { path: path.display().to_string(), source }
}

/// The files that a pattern names, relative to `root`.
fn files(root: &Path, pattern: &str) -> Result<Vec<PathBuf>, ModelsError> {
    let plain = root.join(pattern);
    let is_glob = pattern.contains(['*', '?', '[', '{']);
    if !is_glob || plain.is_file() {
        let path: PathBuf =
            Path::new(pattern).components().filter(|it| *it != Component::CurDir).collect();
        return match fs::metadata(&plain) {
            Ok(metadata) if metadata.is_dir() => {
                let path = pattern.trim_end_matches('/').to_owned();
                Err(ModelsError::Folder { path })
            }
            Ok(_) => Ok(vec![known(path)?]),
            Err(err) if err.kind() == io::ErrorKind::NotFound => {
                Err(ModelsError::Missing { pattern: pattern.to_owned() })
            }
            Err(source) => Err(unreadable(&path, source)),
        };
    }
    let found = Search::new(pattern)?.run(root)?;
    if found.is_empty() {
        return Err(ModelsError::NoMatch { pattern: pattern.to_owned() });
    }
    found.into_iter().map(known).collect()
}

/// A file in a form that can be read.
fn known(path: PathBuf) -> Result<PathBuf, ModelsError> {
    match Form::of_file(&path) {
        Some(_) => Ok(path),
        None => Err(ModelsError::Unknown { path: path.display().to_string() }),
    }
}

/// A walk through the folders in which a glob may find files.
struct Search {
    /// The folder above everything that matches.
    base: PathBuf,
    /// What matches, below `base`.
    glob: GlobMatcher,
    /// How many folders deep a match may be.
    depth: usize,
}

impl Search {
    fn new(pattern: &str) -> Result<Search, ModelsError> {
        let special = pattern.find(['*', '?', '[', '{', '\\']).unwrap_or(pattern.len());
        let cut = pattern[..special].rfind('/').map_or(0, |at| at + 1);
        let (base, rest) = pattern.split_at(cut);
        let glob = GlobBuilder::new(rest).literal_separator(true).build().map_err(|err| {
            ModelsError::Pattern { pattern: pattern.to_owned(), message: err.kind().to_string() }
        })?;
        let base = Path::new(base).components().filter(|it| *it != Component::CurDir).collect();
        let depth = if rest.contains("**") { usize::MAX } else { rest.matches('/').count() };
        Ok(Search { base, glob: glob.compile_matcher(), depth })
    }

    /// Everything that matches, sorted. Folders whose names begin with a dot are passed over,
    /// and so are links to folders, which may lead in circles.
    fn run(&self, root: &Path) -> Result<Vec<PathBuf>, ModelsError> {
        let mut found = Vec::new();
        let mut open = vec![(PathBuf::new(), 0)];
        while let Some((folder, depth)) = open.pop() {
            let shown = self.base.join(&folder);
            let entries = match fs::read_dir(root.join(&shown)) {
                Ok(entries) => entries,
                Err(err) if err.kind() == io::ErrorKind::NotFound => continue,
                Err(err) => return Err(unreadable(&shown, err)),
            };
            for entry in entries {
                let entry = entry.map_err(|err| unreadable(&shown, err))?;
                let path = folder.join(entry.file_name());
                let ty = entry.file_type().map_err(|err| unreadable(&shown, err))?;
                let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
                if ty.is_dir() {
                    if depth < self.depth && !hidden {
                        open.push((path, depth + 1));
                    }
                } else if self.glob.is_match(&path) && root.join(self.base.join(&path)).is_file() {
                    found.push(self.base.join(path));
                }
            }
        }
        found.sort();
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use super::*;

    /// A folder with these files; each declares a table, unless it says something else.
    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn load_from(root: &Path, patterns: &[&str]) -> Result<Declared, ModelsError> {
        let files = |it: &&str| ModelSource::Files((*it).to_owned());
        let sources: Vec<ModelSource> = patterns.iter().map(files).collect();
        load(root, &sources, &Naming::default())
    }

    /// The tables that are declared with their files.
    fn tables(root: &Path, patterns: &[&str]) -> Vec<String> {
        let declared = load_from(root, patterns).unwrap();
        let places = declared.places.iter().filter(|((_, column), _)| column.is_none());
        places.map(|((table, _), place)| format!("{table} {}", place.path().display())).collect()
    }

    fn refused(root: &Path, patterns: &[&str]) -> String {
        let err = load_from(root, patterns).unwrap_err();
        let cause = err.source().map(|it| format!(": {it}")).unwrap_or_default();
        format!("{err}{cause}; {}", err.hint().unwrap_or_default())
    }

    const A: &str = "a.columns.id = 'integer'";
    const B: &str = "b.columns.id = 'integer'";
    const C: &str = "c.columns.id = 'integer'";

    #[test]
    fn files_and_globs() {
        let folder = folder(&[
            ("models.toml", A),
            ("models/b.toml", B),
            ("models/deep/c.toml", C),
            ("models/notes.txt", "not a model"),
            ("models/.hidden/d.toml", "no TOML"),
            ("odd[1].toml", "odd.columns.id = 'integer'"),
        ]);
        let root = folder.path();
        for (patterns, found) in [
            (&[][..], &[][..]),
            (&["models.toml"], &["a models.toml"]),
            (&["./models.toml", "models/../models.toml"], &["a models.toml"]),
            (&["*.toml"], &["a models.toml", "odd odd[1].toml"]),
            (&["models/*.toml", "models.toml"], &["a models.toml", "b models/b.toml"]),
            (&["models/**/*.toml"], &["b models/b.toml", "c models/deep/c.toml"]),
            (&["models/*/*.toml"], &["c models/deep/c.toml"]),
            (&["**/b.toml", "models/?.toml"], &["b models/b.toml"]),
            (&["./models/{b,deep/c}.toml"], &["b models/b.toml", "c models/deep/c.toml"]),
            (&["models/.hidden/../b.toml"], &["b models/.hidden/../b.toml"]),
            (&["odd[1].toml"], &["odd odd[1].toml"]),
        ] {
            assert_eq!(tables(root, patterns), found, "{patterns:?}");
        }
        let absolute = root.join("models/*.toml").display().to_string();
        let found = format!("b {}", root.join("models/b.toml").display());
        assert_eq!(tables(Path::new("nowhere"), &[&absolute]), [found]);
    }

    #[test]
    fn patterns_that_name_nothing() {
        let folder = folder(&[("models/notes.txt", ""), ("file.toml", "")]);
        let root = folder.path();
        let missing =
            "write the models there, or say in db.toml where they are: `models = [\"...\"]`";
        for (pattern, message) in [
            ("models.toml", format!("there is no file `models.toml`; {missing}")),
            ("models/*.toml", format!("no file matches `models/*.toml`; {missing}")),
            ("nowhere/*.toml", format!("no file matches `nowhere/*.toml`; {missing}")),
            (
                "models/[a.toml",
                "`models/[a.toml` is not a file or a pattern of files: unclosed character class; \
                 missing ']'; `*` stands for any text in a name, `**` for any folders: \
                 `models/**/*.toml`"
                    .to_owned(),
            ),
            (
                "models/",
                "`models` is a folder; `models/*.toml` takes every TOML file in it".to_owned(),
            ),
            (
                "models/notes.txt",
                "`models/notes.txt` is neither TOML, JSON nor SQL; models are files with names \
                 that end in `.toml`, `.json` or `.sql`"
                    .to_owned(),
            ),
            (
                "models/*",
                "`models/notes.txt` is neither TOML, JSON nor SQL; models are files with names \
                 that end in `.toml`, `.json` or `.sql`"
                    .to_owned(),
            ),
        ] {
            assert_eq!(refused(root, &[pattern]), message);
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_the_system_refuses_to_read() {
        let folder = folder(&[("file.toml", "")]);
        assert_eq!(
            refused(folder.path(), &["file.toml/models.toml"]),
            "cannot read `file.toml/models.toml`: Not a directory (os error 20); "
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_to_files_only() {
        let folder = folder(&[("models/a.toml", A)]);
        let root = folder.path();
        std::os::unix::fs::symlink(root, root.join("models/circle")).unwrap();
        std::os::unix::fs::symlink(root.join("models/a.toml"), root.join("models/z.toml")).unwrap();
        std::os::unix::fs::symlink("nothing", root.join("models/broken.toml")).unwrap();
        assert_eq!(tables(root, &["models/**/*.toml"]), ["a models/a.toml"]);
    }

    #[test]
    fn files_that_are_not_utf_8() {
        let folder = folder(&[]);
        let latin = b"first = 1\nname = 'caf\xe9'\n";
        fs::write(folder.path().join("a.toml"), latin).unwrap();
        fs::write(folder.path().join("b.toml"), b"\xff\xfea\0").unwrap();
        let Err(ModelsError::Mistakes(mistakes)) = load_from(folder.path(), &["*.toml"]) else {
            panic!("read");
        };
        let shown = mistakes.0.iter().map(|mistake| {
            let place = mistake.place.as_ref().unwrap();
            let text = &place.source.text[place.span.clone()];
            (place.path().display().to_string(), place.span.start, text, mistake.message.as_str())
        });
        let message =
            |byte| format!("the file is not UTF-8: the byte {byte} belongs to no character");
        assert_eq!(
            shown.collect::<Vec<_>>(),
            [
                ("a.toml".to_owned(), 21, "\u{fffd}", message("0xe9").as_str()),
                ("b.toml".to_owned(), 0, "\u{fffd}", message("0xff").as_str()),
            ]
        );
        assert_eq!(mistakes.0[0].hint.as_deref(), Some("save the file as UTF-8"));
    }

    #[test]
    fn mistakes_of_the_files_come_through() {
        let folder = folder(&[("models.toml", "a.columns.id = 'intger'")]);
        assert_eq!(refused(folder.path(), &["models.toml"]), "unknown type `intger`; ");
    }
}
