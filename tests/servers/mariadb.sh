# MariaDB 10.11 from Debian's packages, with its own defaults, in the character set that Debian gives it. It offers no TLS,
# which is its default too.

mariadb_packages() {
    [ -x /usr/sbin/mariadbd ] || echo mariadb-server-core
    [ -x /usr/bin/mariadb ] || echo mariadb-client-core
}
mariadb_get() { mariadb_client=/usr/bin/mariadb; }

# The tables that a server has for itself, without the package's script for them, which asks after the machine.
mariadb_prepare() {
    local sources=/usr/share/mysql
    own_folder mariadb/data
    {
        printf 'CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n'
        cat $sources/mysql_system_tables.sql $sources/mysql_performance_tables.sql \
            $sources/mysql_system_tables_data.sql $sources/mysql_sys_schema.sql
    } >"$run/mariadb.sql"
    (mariadbd as --bootstrap --skip-grant-tables <"$run/mariadb.sql" >"$run/mariadb.log" 2>&1) || {
        cat "$run/mariadb.log" >&2
        return 1
    }
}
mariadb_serve() { mariadbd "serve mariadb" --socket="$run/mariadb/socket" --port="$1" --bind-address=127.0.0.1 --max-connections=200; }
mariadb_ready() { mysql_answers mariadb; }
mariadb_url() { mysql_url "$1"; }

# Runs the server's program: `mariadbd HOW OPTIONS...`. Nothing needs to outlive the run.
mariadbd() {
    local how=$1
    shift
    $how KILL /usr/sbin/mariadbd --no-defaults --datadir="$run/mariadb/data" --tmpdir="$run/mariadb" \
        --character-set-server=utf8mb4 --collation-server=utf8mb4_general_ci \
        --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync --innodb-doublewrite=0 --innodb-use-native-aio=0 \
        --innodb-log-file-size=48M --sync-frm=0 --skip-log-bin "$@"
}
