//! The reference of the commands says what the commands say of themselves.

use clap::Arg;

use super::command;

const PAGE: &str = include_str!("../../docs/reference/commands.md");

/// What the reference says of a command at least: its purpose, its form, its options.
fn reference(command: &clap::Command) -> String {
    let mut command = command.clone().bin_name(format!("db {}", command.get_name()));
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let usage = command.render_usage().to_string().replace("Usage: ", "");
    let own = command
        .get_arguments()
        .filter(|it| !it.is_global_set() && !["help", "x_arg"].contains(&it.get_id().as_str()));
    let rows: String = own.map(row).collect();
    let table = match rows.is_empty() {
        true => String::new(),
        false => format!("\n| option | |\n|---|---|\n{rows}"),
    };
    format!("db {}\n\n{about}.\n\n    {usage}\n{table}", command.get_name())
}

/// The row of an option or argument.
fn row(argument: &Arg) -> String {
    let takes = argument.get_action().takes_values();
    let value = argument.get_value_names().unwrap_or_default().join(" ");
    let flags = [
        argument.get_short().map(|it| format!("-{it}")),
        argument.get_long().map(|it| format!("--{it}")),
    ];
    let flags: Vec<String> = flags.into_iter().flatten().collect();
    let name = match (takes, argument.is_require_equals_set()) {
        (true, true) => format!("{}[={value}]", flags.join(", ")),
        (true, false) => format!("{} {value}", flags.join(", ")),
        (false, _) => flags.join(", "),
    };
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let default = argument.get_default_values().first().filter(|it| takes && !it.is_empty());
    let default = default.map(|it| format!(" [default: {}]", it.to_string_lossy()));
    format!("| `{}` | {help}{} |\n", name.trim(), default.unwrap_or_default())
}

#[test]
fn the_reference_has_every_command_with_its_options() {
    let mut cli = command();
    cli.build();
    let commands = cli.get_subcommands().filter(|it| it.get_name() != "help");
    let expected: Vec<String> = commands.map(reference).collect();
    let sections = PAGE.split("\n## ").filter(|it| it.starts_with("db "));
    let said: Vec<&str> = sections
        .enumerate()
        .map(|(at, section)| {
            let length = expected.get(at).map_or(0, String::len);
            section.get(..length).unwrap_or(section)
        })
        .collect();
    assert_eq!(said, expected);
}

#[test]
fn the_reference_has_the_options_of_all_commands() {
    let rows: String = command().get_arguments().map(row).collect();
    let table = PAGE.split("## Options of all commands\n").nth(1).unwrap_or_default();
    let said: Vec<&str> = table
        .lines()
        .skip_while(|it| !it.starts_with("| `"))
        .take_while(|it| it.starts_with('|'))
        .collect();
    assert_eq!(said, rows.lines().collect::<Vec<_>>());
}
