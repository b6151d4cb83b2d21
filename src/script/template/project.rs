//! Templates of whole projects: a folder each, built in or a person's own.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::error::{Mistakes, Source};
use crate::script::{ReadError, read};

/// What `init` writes.
///
/// A template is a folder with these files, of which each that is missing is taken from the
/// template `generic`: `db.toml.tera`, `models.toml`, `README`, `script.toml.tera` and
/// `script.sql.tera`. Any other file of the folder goes beside the README.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name: that of the folder.
    pub name: String,
    /// Its files, in the order in which they are written.
    pub files: Vec<File>,
}

/// A file of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path within the template's folder.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

/// Into which folder `init` writes a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folder {
    /// The folder of the project: `db.toml` and the models.
    Project,
    /// The folder of the migrations.
    Migrations,
}

macro_rules! files {
    ($template:literal: $($path:literal),*) => {
        Template {
            name: $template.to_owned(),
            files: vec![$(File {
                path: PathBuf::from($path),
                text: include_str!(concat!("../../../templates/", $template, "/", $path)).to_owned(),
            }),*],
        }
    };
}

static BUILTIN: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let generic = files!("generic":
        "README", "script.toml.tera", "script.sql.tera", "db.toml.tera", "models.toml");
    let minimal = files!("minimal": "README", "db.toml.tera", "models.toml");
    let sql = files!("sql": "README", "db.toml.tera");
    let others = [minimal, sql].map(|template| template.completed(&generic));
    [generic].into_iter().chain(others).collect()
});

/// The templates that come with the tool; the first is the default.
pub fn builtin() -> &'static [Template] {
    &BUILTIN
}

impl Template {
    /// The template in a folder of a person's own.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read as text.
    pub fn read(folder: &Path) -> Result<Template, ReadError> {
        let error = |source| ReadError::Io { path: folder.to_owned(), source };
        let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(error)? {
            let path = entry.map_err(error)?.path();
            if let Some(name) = path.file_name().filter(|_| path.is_file()) {
                let text = read(&path)?.text.to_string();
                files.push(File { path: PathBuf::from(name), text });
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Template { name, files }.completed(&BUILTIN[0]))
    }

    /// What it is for, in a line: the first of its README.
    pub fn description(&self) -> &str {
        self.text("README").and_then(|text| text.lines().next()).unwrap_or_default()
    }

    /// The text of the file at `path` within the template's folder.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == Path::new(path)).map(|file| file.text.as_str())
    }

    /// The files of a new project, each with the folder it belongs into, its path there and its
    /// text. `migrations` is the folder of the migrations as db.toml is to name it.
    ///
    /// # Errors
    /// When db.toml.tera is wrong.
    pub fn project(&self, migrations: &str) -> Result<Vec<(Folder, PathBuf, String)>, Mistakes> {
        let mut context = tera::Context::new();
        context.insert("migrations", migrations);
        let mut project = Vec::new();
        for File { path, text } in &self.files {
            project.push(match path.to_str() {
                Some("db.toml.tera") => {
                    let source = Source::new(Path::new(&self.name).join(path), text.as_str());
                    let text = super::evaluate(&source, &context)?;
                    (Folder::Project, PathBuf::from("db.toml"), text)
                }
                Some("models.toml") => (Folder::Project, path.clone(), text.clone()),
                _ => (Folder::Migrations, path.clone(), text.clone()),
            });
        }
        Ok(project)
    }

    /// The same template with the files it lacks taken from `generic`, and in its order.
    fn completed(mut self, generic: &Template) -> Template {
        let mut files = Vec::new();
        for theirs in &generic.files {
            let own = self.files.iter().position(|file| file.path == theirs.path);
            files.push(own.map_or_else(|| theirs.clone(), |own| self.files.remove(own)));
        }
        files.append(&mut self.files);
        Template { name: self.name, files }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::models::naming::Named;
    use crate::project::{Config, DEFAULT_URL, Options};

    #[test]
    fn the_built_in_templates() {
        let lines: Vec<String> =
            builtin().iter().map(|it| format!("{}: {}", it.name, it.description())).collect();
        assert_eq!(
            lines,
            [
                "generic: Operations for every database, with models in TOML.",
                "minimal: As little as works: operations for every database, and no comments.",
                "sql: SQL scripts, with models in TOML.",
            ]
        );
        for template in builtin() {
            let paths: Vec<_> = template.files.iter().map(|it| it.path.to_str().unwrap()).collect();
            assert_eq!(
                paths,
                ["README", "script.toml.tera", "script.sql.tera", "db.toml.tera", "models.toml"]
            );
        }
    }

    /// The db.toml that a template makes.
    fn db_toml(template: &Template, migrations: &str) -> String {
        let mut project = template.project(migrations).unwrap().into_iter();
        let db_toml = (Folder::Project, PathBuf::from("db.toml"));
        project.find(|(folder, path, _)| (*folder, path.clone()) == db_toml).unwrap().2
    }

    /// A line without the `#` that makes a comment of its key.
    fn uncommented(line: &str) -> &str {
        line.strip_prefix('#').filter(|key| !key.starts_with(' ')).unwrap_or(line)
    }

    fn read_config(text: &str) -> Config {
        match Config::parse(&Source::new("db.toml", text)) {
            Ok(config) => config,
            Err(mistakes) => panic!("{mistakes}\n{text}"),
        }
    }

    #[test]
    fn db_toml_names_the_migrations() {
        for template in builtin() {
            for migrations in ["migrations", "db \"x\""] {
                let text = db_toml(template, migrations);
                assert_eq!(read_config(&text).migrations, [migrations]);
                let all: Vec<&str> = text.lines().map(uncommented).collect();
                read_config(&all.join("\n"));
            }
        }
    }

    #[test]
    fn any_line_of_db_toml_may_be_uncommented() {
        let text = db_toml(&builtin()[0], "migrations");
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            // The keys of a table that is a comment stand below its name.
            let table = lines[..at].iter().rev().find(|it| uncommented(it).starts_with('['));
            let mut some = lines.clone();
            some[at] = uncommented(line);
            match table.filter(|it| it.starts_with('#')) {
                Some(table) => read_config(&format!("{}\n{}", uncommented(table), some[at])),
                None => read_config(&some.join("\n")),
            };
        }
    }

    #[test]
    fn db_toml_shows_the_defaults() {
        let text = db_toml(&builtin()[0], "migrations");
        let all: Vec<&str> = text.lines().map(uncommented).collect();
        let shown = read_config(&all.join("\n"));
        let default = Config::default();
        assert_eq!(shown.url.unwrap().text, DEFAULT_URL);
        assert_eq!(shown.migrations, default.migrations);
        assert_eq!(shown.models, default.models);
        assert_eq!(shown.format, default.format);
        assert_eq!(format!("{:?}", shown.naming), format!("{:?}", default.naming));
        assert_eq!(shown.options.version_table_schema.as_deref(), Some("public"));
        let options =
            Options { version_table_schema: None, statement_timeout: None, ..shown.options };
        assert_eq!(options, default.options);
    }

    /// The keys that `db.toml` has according to what it says of one that it has not.
    fn known(table: &str) -> BTreeSet<String> {
        let text = format!("{table}\n\"no such key\" = 1\n");
        let Mistakes(mistakes) = Config::parse(&Source::new("db.toml", text)).unwrap_err();
        let hint = mistakes[0].hint.clone().unwrap();
        hint.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    /// Fails unless `shown` has every key that is read.
    fn shows_every_key(shown: &str) {
        let shown: ::toml::Table = shown.parse().unwrap();
        let keys = |table: &::toml::Table| table.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(&shown), known(""));
        for name in ["options", "include", "exclude"] {
            assert_eq!(keys(shown[name].as_table().unwrap()), known(&format!("[{name}]")));
        }
        let patterns: BTreeSet<_> = Named::ALL.map(|(_, key, _)| key.to_owned()).into();
        assert_eq!(keys(shown["naming"].as_table().unwrap()), patterns);
        let users = shown["databases"]["users"].as_table().unwrap();
        assert_eq!(keys(users), known("[databases.users]"));
        // An environment may have every option, too; those stand once.
        let mut environment = known("[environments.production]");
        known("[options]").iter().for_each(|option| assert!(environment.remove(option)));
        let production = keys(shown["environments"]["production"].as_table().unwrap());
        assert_eq!(&production - &known("[options]"), environment);
    }

    #[test]
    fn db_toml_and_its_reference_show_every_key() {
        let text = db_toml(&builtin()[0], "migrations");
        let all: Vec<&str> = text.lines().map(uncommented).collect();
        shows_every_key(&all.join("\n"));
        let page = include_str!("../../../docs/reference/db.toml.md");
        let (_, block) = page.split_once("```toml file=db.toml\n").unwrap();
        let (block, _) = block.split_once("```").unwrap();
        shows_every_key(block);
        let shown = read_config(block);
        let default = Config::default();
        assert_eq!(format!("{:?}", shown.naming), format!("{:?}", default.naming));
        let options =
            Options { version_table_schema: None, statement_timeout: None, ..shown.options };
        assert_eq!(options, default.options);
    }

    #[test]
    fn a_folder_of_ones_own() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("README"), "Ours.\n").unwrap();
        std::fs::write(folder.path().join("db.toml.tera"), "url = {{ nope }}\n").unwrap();
        std::fs::write(folder.path().join("seed.sql"), "SELECT 1;\n").unwrap();
        std::fs::create_dir(folder.path().join("versions")).unwrap();
        let template = Template::read(folder.path()).unwrap();
        assert_eq!(template.description(), "Ours.");
        assert_eq!(template.text("models.toml"), builtin()[0].text("models.toml"));
        assert_eq!(template.text("seed.sql"), Some("SELECT 1;\n"));
        let mistakes = template.project("migrations").unwrap_err();
        assert_eq!(
            mistakes.to_string(),
            "variable `nope` is not defined. Available variables: migrations"
        );
        assert_eq!(mistakes.0[0].place.as_ref().unwrap().span, 9..13);
        let none = Template::read(Path::new("no/such/folder")).unwrap_err();
        assert_eq!(none.to_string(), "cannot read `no/such/folder`");
    }
}
