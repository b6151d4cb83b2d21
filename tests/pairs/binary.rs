//! The ways of a case by the built binary, with the files of SQL as models.

use libtest_mimic::Failed;

use super::case::Case;
use super::live::{Kept, Place, Rows};
use super::support::project::Project;

/// Makes what there is from nothing, goes to what is wanted and back, and back to nothing. Scripts hold
/// operations, or SQL.
pub(crate) fn check(
    case: &Case,
    live: &mut dyn Place,
    straight: &mut dyn Place,
    format: &str,
) -> Result<(), Failed> {
    let project = project(live);
    let migrate = |args: &str| format!("migrate --no-input --format {format} {args}");
    project.write("models.sql", &case.before);
    done(&project, &migrate("-m before"))?;
    done(&project, "upgrade")?;
    done(&project, "check")?;
    let begun = live.portrait();
    live.fill(&case.rows);
    let rows = rows(live);

    project.write("models.sql", &case.after);
    let mut args = "-m after --accept-loss --allow-drop-all".to_owned();
    case.renames.iter().for_each(|it| args.push_str(&format!(" --rename {it}")));
    case.fills.iter().for_each(|it| args.push_str(&format!(" --fill {it}")));
    let is_written = done(&project, &migrate(&args))?.contains("Generating");
    done(&project, "upgrade")?;
    done(&project, "check")?;

    // With the tables of the history, too.
    let beside = self::project(straight);
    beside.write("models.sql", "");
    straight.fill(&case.after);
    done(&beside, "revision -m only")?;
    done(&beside, "stamp head")?;
    same("there", &straight.portrait(), &live.portrait())?;
    let now = self::rows(live);
    let kept = Kept::new(case, &rows, &now);
    kept.check("there", &case.changes, &now, true)?;

    if is_written {
        done(&project, "downgrade")?;
    }
    same("back", &begun, &live.portrait())?;
    kept.check("back", &case.loses, &self::rows(live), false)?;
    done(&project, "downgrade base")?;
    Ok(())
}

/// Every row that is not of the history.
fn rows(place: &mut dyn Place) -> Rows {
    place.rows().into_iter().filter(|it| !it.0.starts_with("limbeck_")).collect()
}

fn project(place: &dyn Place) -> Project {
    let project = Project::new("");
    let settings = format!("url = {:?}\nmodels = [\"models.sql\"]\n", place.url());
    project.write("db.toml", &settings);
    project
}

fn done(project: &Project, args: &str) -> Result<String, Failed> {
    match project.run(args) {
        (Some(0), out, err) => Ok(format!("{out}{err}")),
        (code, out, err) => Err(format!("db {args}: {code:?}\n{out}{err}").into()),
    }
}

fn same(way: &str, expected: &str, found: &str) -> Result<(), Failed> {
    if expected == found {
        return Ok(());
    }
    let difference = similar::TextDiff::from_lines(expected, found);
    Err(format!("{way} it leads elsewhere:\n{}", difference.unified_diff()).into())
}
