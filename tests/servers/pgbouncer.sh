# pgbouncer before the PostgreSQL 15 of this run, one connection a transaction, and else as it comes; but who asks for a
# database that is gone waits for twenty seconds, not for two minutes.

pgbouncer_packages() { [ -x /usr/sbin/pgbouncer ] || echo pgbouncer; }
pgbouncer_get() { :; }
pgbouncer_prepare() { :; }

# Roles that a test makes are asked for; `postgres` is known.
pgbouncer_serve() {
    local folder=$run/pgbouncer
    await postgres
    printf '"postgres" ""\n' >"$folder/users.txt"
    cat >"$folder/pgbouncer.ini" <<INI
[databases]
* = host=127.0.0.1 port=${ports[postgres]}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $1
unix_socket_dir =
auth_type = trust
auth_file = $folder/users.txt
auth_user = postgres
admin_users = postgres
pool_mode = transaction
query_wait_timeout = 20
INI
    chmod 644 "$folder"/*
    serve pgbouncer TERM /usr/sbin/pgbouncer "$folder/pgbouncer.ini"
}

pgbouncer_ready() { grep -q 'process up' "$run/pgbouncer.log"; }

pgbouncer_url() { postgres_url "$1"; }
