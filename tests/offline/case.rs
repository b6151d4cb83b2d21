//! A project with two databases: on one of them `db` runs, on the other the client runs what `db`
//! prints.

use std::fs;
use std::path::Path;

use crate::support::project::Project;

/// Which of the two databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// The one on which `db` runs.
    Online,
    /// The one on which the client runs.
    Offline,
}

/// Both of them.
pub(crate) const BOTH: [Which; 2] = [Which::Online, Which::Offline];

/// Two databases of one kind.
pub(crate) trait Place {
    /// An address of this kind where nothing is.
    const NOWHERE: &str;

    /// The address of a database.
    fn url(&self, which: Which) -> String;

    /// Has the database's own client run a script; whether it was content, and what it said.
    fn client(&self, project: &Project, script: &str) -> (bool, String);

    /// The message of the script's own among what the client said, if it is there.
    fn message(said: &str) -> Option<String>;

    /// Puts the same rows into both databases, as far as they take them.
    fn fill(&self);

    /// The whole database as text, less the times in its log.
    fn dump(&self, which: Which) -> Vec<String>;
}

/// A project and its databases.
pub(crate) struct Case<P> {
    pub(crate) project: Project,
    pub(crate) place: P,
    new: fn(&Project) -> P,
}

impl<P: Place> Case<P> {
    /// A project without scripts.
    pub(crate) fn new(new: fn(&Project) -> P) -> Case<P> {
        let project = Project::new("");
        let place = new(&project);
        Case { project, place, new }
    }

    /// A project with two revisions: one that makes what the golden case begins with, and the case.
    pub(crate) fn golden(folder: &Path, transaction: &str, new: fn(&Project) -> P) -> Case<P> {
        let case = Case::new(new);
        let project = &case.project;
        for file in ["from.toml", "to.toml"] {
            fs::copy(folder.join(file), project.path(file)).unwrap();
        }
        let declare = |models: &str| {
            let text =
                format!("models = [\"{models}\"]\n[options]\ntransaction = \"{transaction}\"\n");
            project.write("db.toml", &text);
        };
        declare("from.toml");
        let script = project.path("migrations/versions/e517276bb1c2_first.toml");
        let url = case.place.url(Which::Online);
        project.run(&format!("migrate -m first --rev-id e517276bb1c2 --no-prove --url {url}"));
        if !script.exists() {
            project.ok("revision -m first --rev-id e517276bb1c2");
        }
        let second = project.path("migrations/versions/780739b227a7_second.toml");
        fs::copy(folder.join("script.toml"), second).unwrap();
        declare("to.toml");
        case
    }

    /// Goes all the ways of a golden case.
    pub(crate) fn check(mut self) {
        self.same("from base", "upgrade", "upgrade");
        self.same("back to base", "downgrade base", "downgrade head:base");
        self.place = (self.new)(&self.project);
        self.same("first", "upgrade e517276bb1c2", "upgrade e517");
        self.fill();
        if self.same("second", "upgrade", "upgrade e517:head") {
            self.same_answer("check");
            assert_eq!(self.same_answer("current --check-heads"), "780739b227a7 (head)\n");
            self.same("back", "downgrade", "downgrade head:-1");
        }
    }

    /// Puts the same rows into both databases, as far as they take them.
    pub(crate) fn fill(&self) {
        self.place.fill();
    }

    /// What `db` answers of both databases, which must be the same.
    pub(crate) fn same_answer(&self, command: &str) -> String {
        let ask = |which| {
            let (code, out, err) =
                self.project.run(&format!("{command} --url {}", self.place.url(which)));
            (code, out, err.replace(&self.place.url(which), "URL"))
        };
        let [online, offline] = BOTH.map(ask);
        assert_eq!(online, offline, "{command}");
        offline.1
    }

    /// The script that `db` prints.
    pub(crate) fn print(&self, command: &str) -> String {
        let (code, script, err) =
            self.project.run(&format!("{command} --sql --url {}", P::NOWHERE));
        assert_eq!((code, err.as_str()), (Some(0), ""), "{command}: {script}");
        script
    }

    /// Why `db` does not print a script.
    pub(crate) fn unprintable(&self, command: &str) -> String {
        self.project.fails(&format!("{command} --sql --url {}", P::NOWHERE))
    }

    /// Has the client run what `db` prints, which it must refuse; with which words, and that
    /// nothing has changed.
    pub(crate) fn refused(&self, command: &str) -> String {
        let before = self.place.dump(Which::Offline);
        let (content, said) = self.place.client(&self.project, &self.print(command));
        assert!(!content, "{command}: {said}");
        assert_eq!(self.place.dump(Which::Offline), before, "{command}: {said}");
        P::message(&said).unwrap_or(said)
    }

    /// Runs one command on one database and its script on the other, and compares them. Whether
    /// they did their work.
    pub(crate) fn same(&self, what: &str, run: &str, print: &str) -> bool {
        let url = self.place.url(Which::Online);
        let (code, out, said) = self.project.run(&format!("{run} --url {url}"));
        let runs = code == Some(0);
        assert!(runs || code == Some(1), "{what}: {out}{said}");
        let script = self.print(print);
        let (content, answer) = self.place.client(&self.project, &script);
        assert_eq!(content, runs, "{what}: run: {said}\nclient: {answer}\n{script}");
        assert!(!runs || answer.is_empty(), "{what}: {answer}");
        let [online, offline] = BOTH.map(|which| self.place.dump(which));
        assert_eq!(offline, online, "{what}\n{script}");
        runs
    }
}
