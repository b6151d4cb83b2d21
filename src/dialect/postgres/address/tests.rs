use super::*;

/// The address as it is read where the environment has these variables.
fn read(text: &str, variables: &[(&str, &str)]) -> Result<Address, DbError> {
    let variable = |name: &str| variables.iter().find(|it| it.0 == name).map(|it| it.1.to_owned());
    Address::read(&text.parse().unwrap(), Path::new("/project"), &variable)
}

/// Its servers, the user and the database in a line.
fn shown(address: &Address) -> String {
    let doors: Vec<String> = address.doors.iter().map(Door::shown).collect();
    format!("{} {} {}", doors.join(","), address.user, address.database)
}

#[test]
fn forms_of_addresses() {
    let cases = [
        ("postgres://me:secret@host:5433/app", "`host:5433` me app"),
        ("postgresql+psycopg2://me@host/my%20app", "`host:5432` me my app"),
        ("postgres://me@host", "`host:5432` me me"),
        ("postgres://me@[::1]:5433/app", "`[::1]:5433` me app"),
        ("postgres://me@h1,h2:5433/app", "`h1:5432`,`h2:5433` me app"),
        ("postgres://me@%2Ftmp%2Fsock/app", "`/tmp/sock/.s.PGSQL.5432` me app"),
        ("postgres://me@/app?host=/tmp/sock", "`/tmp/sock/.s.PGSQL.5432` me app"),
        ("postgres:///app?host=/tmp/sock&port=5433&user=me", "`/tmp/sock/.s.PGSQL.5433` me app"),
        ("postgres://?host=h1,h2&port=1,2&user=me&dbname=app", "`h1:1`,`h2:2` me app"),
        ("postgres://me@:5433/app?host=h", "`h:5433` me app"),
        ("postgres://me@/app?hostaddr=127.0.0.1&port=1", "`127.0.0.1:1` me app"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(&read(text, &[]).unwrap()), expected, "{text}");
    }
}

#[test]
fn the_environment_fills_what_is_left_out() {
    let variables = [
        ("PGHOST", "elsewhere"),
        ("PGPORT", "6000"),
        ("PGUSER", "you"),
        ("PGPASSWORD", "hidden"),
        ("PGDATABASE", "other"),
        ("PGSSLMODE", "verify-full"),
        ("PGSSLROOTCERT", "ca.crt"),
        ("PGAPPNAME", "deploy"),
        ("PGCONNECT_TIMEOUT", "7"),
        ("PGOPTIONS", "-c work_mem=1MB"),
    ];
    let address = read("postgres://", &variables).unwrap();
    assert_eq!(shown(&address), "`elsewhere:6000` you other");
    assert_eq!(address.patience, Some(Duration::from_secs(7)));
    // A file of the environment counts from the working folder.
    assert_eq!(address.security.roots, Roots::File(PathBuf::from("ca.crt")));
    assert_eq!(address.security.mode, Mode::VerifyFull);
    let (config, _) = address.config(&address.doors[0], SslMode::Require);
    assert_eq!(config.get_password(), Some(&b"hidden"[..]));
    assert_eq!(config.get_application_name(), Some("deploy"));
    assert_eq!(config.get_options(), Some("-c work_mem=1MB"));

    let text = "postgres://me:secret@host:1/app?sslmode=disable&connect_timeout=0\
                &application_name=a%20b&options=-c%20a%3D1&search_path=%22my%20own%22,public";
    let address = read(text, &variables).unwrap();
    assert_eq!(shown(&address), "`host:1` me app");
    assert_eq!((address.patience, address.security.mode), (None, Mode::Disable));
    let (config, _) = address.config(&address.doors[0], SslMode::Disable);
    assert_eq!(config.get_password(), Some(&b"secret"[..]));
    assert_eq!(config.get_application_name(), Some("a b"));
    assert_eq!(config.get_options(), Some("-c a=1 -c search_path=\"my\\ own\",public"));
    assert!(!format!("{address:?}").contains("secret"), "{address:?}");
}

#[test]
fn without_options() {
    let address = read("postgres://me@host/app", &[]).unwrap();
    assert_eq!((address.security.mode, address.target), (Mode::Prefer, Target::Any));
    assert_eq!(address.patience, Some(Duration::from_secs(30)));
    let (config, _) = address.config(&address.doors[0], SslMode::Prefer);
    assert_eq!(config.get_application_name(), Some("limbeck"));
    assert_eq!(config.get_password(), None);
}

#[test]
fn options_that_make_no_sense() {
    let cases = [
        ("sslmod=require", "there is no option `sslmod`", "did you mean `sslmode`?"),
        (
            "prepared_statement_cache_size=0",
            "there is no option `prepared_statement_cache_size`",
            "leave it out: it means something to another client",
        ),
        (
            "sslmode=on",
            "there is no `sslmode=on`",
            "there are `disable`, `allow`, `prefer`, `require`, `verify-ca`, `verify-full`",
        ),
        (
            "sslmode=require&sslrootcert=system",
            "`sslrootcert=system` says nothing with a weaker `sslmode`",
            "write `sslmode=verify-full`, or name the file of an authority of your own",
        ),
        (
            "sslnegotiation=direct&sslmode=prefer",
            "`sslnegotiation=direct` says nothing with a weaker `sslmode`",
            "write `sslmode=require`",
        ),
        ("connect_timeout=soon", "`connect_timeout=soon` is no time", "it is a number of seconds"),
        ("host=a&port=70000", "`port=70000` is no port", "a port is a number up to 65535"),
        ("hostaddr=here", "`hostaddr=here` is no address of the internet", "`host` takes a name"),
        (
            "client_encoding=latin1",
            "`client_encoding=latin1` cannot be followed",
            "everything is UTF-8",
        ),
        (
            "sslpassword=secret",
            "`sslpassword=***` cannot be followed",
            "`sslkey` names a key without a password",
        ),
        ("sslcert=a.crt", "`sslcert` is without its key", "name it: `sslkey=client.key`"),
        (
            "target_session_attrs=master",
            "there is no `target_session_attrs=master`",
            "there are `any`, `read-write`, `read-only`, `primary`, `standby`, `prefer-standby`",
        ),
    ];
    for (options, message, hint) in cases {
        let error = read(&format!("postgres://me:secret@host/app?{options}"), &[]).unwrap_err();
        let shown = options.replace("sslpassword=secret", "sslpassword=***");
        let place = format!("`postgres://me:***@host/app?{shown}`");
        assert_eq!(error.to_string(), format!("cannot open {place}: {message}"));
        assert_eq!(error.hint().as_deref(), Some(hint));
    }
}
