//! The same behind a pooler, where a lease takes the place of the lock.

use super::*;

#[test]
fn behind_a_pooler_the_lock_is_a_lease() {
    let server = Server::pgbouncer();
    let database = server.database();
    let (dialect, mut one) = connect(&database);
    dialect.prepare(&mut *one, &limits(0, None)).unwrap();
    assert_eq!(one.notices(), ["behind a pooler: the lock is a lease in a table"]);
    dialect.prepare(&mut *one, &limits(0, None)).unwrap();
    assert_eq!(database.query(LEASE), ["limbeck_lease"]);

    let (_, mut two) = connect(&database);
    let error = dialect.prepare(&mut *two, &limits(30, None)).unwrap_err();
    let held = format!(
        "the database is locked by `limbeck` of `postgres` (process N of its machine) \
         through a pooler since {TIME}"
    );
    assert_eq!(without_numbers(&error.to_string()), held);

    // Settings and the lease come with each transaction, whichever session it gets.
    one.execute("BEGIN").unwrap();
    let mut other = database.client();
    assert_eq!(query(&mut other, "SELECT 1"), ["1"]);
    let setting = "SELECT current_setting('lock_timeout'), current_setting('statement_timeout')";
    let expected = [Some("1ms".to_owned()), Some("0".to_owned())];
    assert_eq!(one.query(setting, &[]).unwrap(), [expected]);
    one.execute("CREATE TABLE t (a int)").unwrap();
    one.execute("COMMIT").unwrap();
    assert_eq!(database.query("SELECT current_setting('lock_timeout')"), ["0"]);

    drop(one);
    assert_eq!(database.query(LEASE), ["NULL"]);
    dialect.prepare(&mut *two, &limits(1_000, None)).unwrap();
}

#[test]
fn what_a_pooler_does_not_pass_on_is_told() {
    let url = format!("{}?search_path=a", Server::pgbouncer().url());
    let error = open(&url).err().unwrap();
    assert_eq!(
        said(&error),
        (
            format!("cannot open `{url}`: unsupported startup parameter: options"),
            Some(
                "a pooler stands before the server and does not pass this on: leave it out, or name \
                 it in the pooler's `ignore_startup_parameters`"
                    .to_owned()
            )
        )
    );
}

#[test]
fn the_lease_is_no_part_of_the_schema() {
    let database = Server::pgbouncer().database();
    let (dialect, mut db) = connect(&database);
    dialect.prepare(&mut *db, &limits(0, None)).unwrap();
    assert_eq!(database.query(LEASE), ["limbeck_lease"]);
    let schema = dialect.inspect(&mut *db, &Scope::default()).unwrap();
    assert!(schema.tables.is_empty(), "{schema:?}");
}

#[test]
fn a_lease_and_a_lock_respect_each_other() {
    let database = Server::postgres().database();
    let pooled =
        database.url().replacen(&port_of(&Server::postgres()), &port_of(&Server::pgbouncer()), 1);
    let through =
        || dialect::connect(&pooled.parse().unwrap(), Path::new("."), Access::Change).unwrap();
    let (dialect, mut direct) = connect(&database);
    dialect.prepare(&mut *direct, &limits(0, None)).unwrap();
    let (_, mut behind) = through();
    let error = dialect.prepare(&mut *behind, &limits(30, None)).unwrap_err();
    assert_eq!(
        without_numbers(&error.to_string()),
        format!("the database is locked by process N (`limbeck` of `postgres`) since {TIME}")
    );
    drop(direct);
    dialect.prepare(&mut *behind, &limits(2_000, None)).unwrap();
    let (_, mut direct) = connect(&database);
    let error = dialect.prepare(&mut *direct, &limits(30, None)).unwrap_err();
    assert_eq!(
        without_numbers(&error.to_string()),
        format!(
            "the database is locked by `limbeck` of `postgres` (process N of its machine) \
             through a pooler since {TIME}"
        )
    );
    drop(behind);
    dialect.prepare(&mut *direct, &limits(2_000, None)).unwrap();
}

#[test]
fn a_lease_that_ran_out_is_taken_over_but_not_from_an_open_transaction() {
    let database = Server::pgbouncer().database();
    let (dialect, mut one) = connect(&database);
    dialect.prepare(&mut *one, &limits(0, None)).unwrap();
    let run_out = "UPDATE limbeck_lease SET expires = clock_timestamp() - interval '1 second'";
    one.execute("BEGIN").unwrap();
    database.client().batch_execute(run_out).unwrap();
    let (_, mut two) = connect(&database);
    let error = dialect.prepare(&mut *two, &limits(0, None)).unwrap_err();
    assert_eq!(
        without_numbers(&error.to_string()),
        format!(
            "the database is locked by `limbeck` of `postgres` (process N of its machine) \
             through a pooler since {TIME}"
        )
    );
    one.execute("COMMIT").unwrap();
    database.client().batch_execute(run_out).unwrap();
    dialect.prepare(&mut *two, &limits(0, None)).unwrap();
    let error = one.execute("BEGIN").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the database is locked by another one, who took over the lease that ran out"
    );
    one.execute("ROLLBACK").unwrap();
    drop(one);
    assert_eq!(database.query(LEASE), ["limbeck_lease"]);
    drop(two);
    assert_eq!(database.query(LEASE), ["NULL"]);
}

#[test]
fn a_lease_lives_as_long_as_its_holder() {
    let database = Server::pgbouncer().database();
    let (dialect, mut one) = connect(&database);
    dialect.prepare(&mut *one, &limits(0, None)).unwrap();
    let expires = "SELECT expires FROM limbeck_lease";
    let first = database.query(expires);
    // A transaction that keeps the lease does not keep its heart from beating.
    one.execute("BEGIN").unwrap();
    thread::sleep(Duration::from_millis(6_500));
    assert_ne!(database.query(expires), first);
    one.execute("COMMIT").unwrap();
}
