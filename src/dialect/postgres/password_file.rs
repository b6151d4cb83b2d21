//! The password file of PostgreSQL's own clients:
//! <https://www.postgresql.org/docs/current/libpq-pgpass.html>.

use std::path::Path;

/// What a line of the file must fit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Login<'a> {
    /// The host, or the folder of the socket.
    pub(super) host: &'a str,
    pub(super) port: u16,
    pub(super) database: &'a str,
    pub(super) user: &'a str,
}

/// What the file has for a login.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) password: Option<String>,
    /// Why nothing in the file counts.
    pub(super) ignored: Option<String>,
}

/// Looks the password up. A file that is not there has none, and one that others may read does not
/// count.
pub(super) fn look_up(path: &Path, login: &Login) -> Found {
    let Ok(metadata) = path.metadata() else { return Found::default() };
    let ignored = |why: &str| Found {
        password: None,
        ignored: Some(format!("`{}` is passed over: {why}", path.display())),
    };
    if !metadata.is_file() {
        return ignored("it is no plain file");
    }
    if others_may_read(&metadata) {
        return ignored("others may read it (`chmod 0600` mends that)");
    }
    match std::fs::read(path) {
        Ok(bytes) => {
            Found { password: find(&String::from_utf8_lossy(&bytes), login), ignored: None }
        }
        Err(error) => ignored(&error.to_string()),
    }
}

/// Whether anybody but its owner may read a file.
#[cfg(unix)]
pub(super) fn others_may_read(metadata: &std::fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077 != 0
}

#[cfg(not(unix))]
pub(super) fn others_may_read(_: &std::fs::Metadata) -> bool {
    false
}

/// The password of the first line that fits.
fn find(text: &str, login: &Login) -> Option<String> {
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| fits(line, login))
}

/// The password of the line, if the fields before it fit.
fn fits(line: &str, login: &Login) -> Option<String> {
    let (host, rest) = field(line)?;
    let (port, rest) = field(rest)?;
    let (database, rest) = field(rest)?;
    let (user, rest) = field(rest)?;
    let port_here = login.port.to_string();
    // A socket is the machine itself.
    let is_host = |it: &str| it == login.host || it == "localhost" && login.host.starts_with('/');
    let all = (host == "*" || is_host(&unescaped(host)))
        && (port == "*" || unescaped(port) == port_here)
        && (database == "*" || unescaped(database) == login.database)
        && (user == "*" || unescaped(user) == login.user);
    let password = field(rest).map_or(rest, |(password, _)| password);
    all.then(|| unescaped(password))
}

/// The text up to the next colon without a backslash before it, and what is behind that.
fn field(line: &str) -> Option<(&str, &str)> {
    let mut is_escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            ':' if !is_escaped => return Some((&line[..at], &line[at + 1..])),
            '\\' if !is_escaped => is_escaped = true,
            _ => is_escaped = false,
        }
    }
    None
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.push(if c == '\\' { chars.next().unwrap_or(c) } else { c });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOGIN: Login = Login { host: "db.example", port: 5432, database: "app", user: "me" };

    #[test]
    fn the_first_line_that_fits() {
        let cases = [
            ("db.example:5432:app:me:secret", Some("secret")),
            ("# db.example:5432:app:me:no\n*:*:*:*:any", Some("any")),
            ("other:*:*:*:no\n*:5433:*:*:no\n*:*:x:*:no\n*:*:*:you:no", None),
            ("*:*:*:*:first\n*:*:*:*:second", Some("first")),
            (r"*:*:*:me:a\:b\\c:rest", Some(r"a:b\c")),
            ("db.example:5432:app:me:", Some("")),
            ("db.example:5432:app:me", None),
            ("\n\n::::\n", None),
            (r"db\.example:5432:app:me:ends with \", Some(r"ends with \")),
            ("*:*:*:*:  blanks  ", Some("  blanks  ")),
        ];
        for (text, expected) in cases {
            assert_eq!(find(text, &LOGIN).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_socket_is_the_machine_itself() {
        let login = Login { host: "/var/run/postgresql", ..LOGIN };
        assert_eq!(find("localhost:*:*:*:a", &login).as_deref(), Some("a"));
        assert_eq!(find("/var/run/postgresql:*:*:*:b", &login).as_deref(), Some("b"));
        assert_eq!(find("localhost:*:*:*:a", &LOGIN), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_does_not_count() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pgpass");
        assert_eq!(look_up(&path, &LOGIN), Found::default());
        std::fs::write(&path, "*:*:*:*:secret\n").unwrap();
        let mode = |mode| std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        mode(0o640);
        let ignored = format!(
            "`{}` is passed over: others may read it (`chmod 0600` mends that)",
            path.display()
        );
        assert_eq!(look_up(&path, &LOGIN), Found { password: None, ignored: Some(ignored) });
        mode(0o600);
        assert_eq!(look_up(&path, &LOGIN).password.as_deref(), Some("secret"));
    }
}
