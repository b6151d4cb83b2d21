//! What is found in a database, written as models: nothing is found beside them, what is made of
//! them looks the same, and so does what is made of the same as SQL.

use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use limbeck::dialect::Scope;
use limbeck::models::{Naming, write};
use limbeck::schema::Schema;

use super::{Case, FileOfCases, Kind, Live, declared, same};
use crate::support::server::Server;

/// A test for the database of each case in the files of `cases`, and for that of each folder in
/// `folder`.
pub(crate) fn trials(cases: &str, folder: &str, kind: &'static dyn Kind) -> Vec<Trial> {
    let files = FileOfCases::all(cases).into_iter();
    let cases = files.flat_map(|file| {
        let named = move |case: &Case| (format!("{}::{}", file.name, case.name), case.clone());
        file.cases.iter().map(named).collect::<Vec<_>>()
    });
    let trial = |(name, case): (String, Case)| {
        Trial::test(format!("inspected::{name}"), move || {
            kind.servers(&case).iter().try_for_each(|server| check(&case, server, kind))
        })
    };
    cases.chain(folders(folder)).map(trial).collect()
}

/// The databases that inspections are tried on.
fn folders(folder: &str) -> Vec<(String, Case)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let folders = fs::read_dir(root).unwrap().map(|it| it.unwrap().path());
    let mut folders: Vec<_> = folders.filter(|it| it.join("schema.sql").exists()).collect();
    folders.sort();
    let case = |folder: std::path::PathBuf| {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let mut sql = fs::read_to_string(folder.join("schema.sql")).unwrap();
        // A folder for one server alone is called after it.
        if let "mariadb" | "mysql" | "18-only" = name.as_str() {
            sql.insert_str(0, &format!("-- {}\n", name.trim_end_matches("-only")));
        }
        (format!("folder::{name}"), Case { name, sql, ..Case::default() })
    };
    folders.into_iter().map(case).collect()
}

fn check(case: &Case, server: &Server, kind: &'static dyn Kind) -> Result<(), Failed> {
    let mut live = Live::of(&Case { sql: String::new(), ..case.clone() }, server, kind);
    match case.is_script() {
        true => script(&mut live, &case.sql)?,
        false => kind.fill(&live.database, &case.sql),
    }
    let found = live.dialect.inspect(&mut *live.db, &Scope::default())?;
    let document = write::document(&found, &Naming::default(), live.dialect.name());
    let models = document.toml();
    let on = |failed: Failed| -> Failed {
        format!("on {}\n{}\n{models}", server.url(), failed.message().unwrap_or_default()).into()
    };
    same("not said", "", &document.unsaid.join("\n")).map_err(on)?;
    live.is_silent("at once", &models).map_err(on)?;
    // What nobody can declare must be there before.
    if !found.others.is_empty() {
        return Ok(());
    }

    let mut made = Live::empty(server, kind);
    let (_, there, back) = made.difference(&declared(&models)?).map_err(on)?;
    made.run(&there).map_err(on)?;
    made.is_silent("where it was made", &models).map_err(on)?;
    if !case.is_script() {
        same("made of models", &portrait(&live), &portrait(&made)).map_err(on)?;
    }
    made.run(&back).map_err(on)?;
    let left = made.dialect.inspect(&mut *made.db, &Scope::default())?;
    same("left", &format!("{:?}", Schema::default()), &format!("{left:?}"))?;

    let sql = as_sql(&live.database.url())?;
    let mut filled = Live::empty(server, kind);
    kind.fill(&filled.database, &sql);
    let on = |failed: Failed| -> Failed {
        format!("on {}\n{}\n{sql}", server.url(), failed.message().unwrap_or_default()).into()
    };
    filled.is_silent("where it was filled", &models).map_err(on)?;
    match case.is_script() {
        true => Ok(()),
        false => same("made of SQL", &portrait(&live), &portrait(&filled)).map_err(on),
    }
}

/// What is there, wherever that is.
fn portrait(live: &Live) -> String {
    live.portrait().replace(live.database.name(), "here")
}

impl Case {
    /// Whether its SQL is for the tool to split, and speaks of things that have two spellings.
    fn is_script(&self) -> bool {
        self.models.is_empty()
    }
}

fn script(live: &mut Live, sql: &str) -> Result<(), Failed> {
    for piece in live.dialect.split(sql)? {
        live.db.execute(piece.sql)?;
    }
    Ok(())
}

/// What the program itself answers.
fn as_sql(url: &str) -> Result<String, Failed> {
    let folder = tempfile::tempdir()?;
    let mut db = Command::new(env!("CARGO_BIN_EXE_db"));
    db.current_dir(folder.path()).env_clear().args(["inspect", "--format", "sql", "--url", url]);
    let output = db.output()?;
    match output.status.success() {
        true => Ok(String::from_utf8(output.stdout)?),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned().into()),
    }
}
