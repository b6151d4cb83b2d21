# MySQL, the newest of Debian's sid: its programs are unpacked together with every library that they need, and run with
# those; nothing is installed. It has its own defaults, and a certificate of this run.

mysql_kept=$(cache)/mysql-sid

mysql_packages() { command -v openssl >/dev/null || echo openssl; }
mysql_get() {
    [ -d "$mysql_kept" ] || fetch_mysql
    mysql_programs=$mysql_kept
    # A clone may lie where `nobody` cannot look, such as root's own folder.
    if ! (as KILL "$mysql_kept/mysqld" --no-defaults --version) >/dev/null 2>&1; then
        make_folder "${TMPDIR:-/tmp}"
        cp -R "$mysql_kept/." "$folder"
        chmod -R a+rX "$folder"
        mysql_programs=$folder
    fi
    mysql_client=$mysql_programs/mysql
    [ -d "$mysql_kept/data" ] || fill_mysql
    make_certificates
}
mysql_prepare() {
    cp -R --sparse=always "$mysql_kept/data" "$run/mysql/data"
    cp "$certificates/ca.crt" "$certificates/server.crt" "$certificates/server.key" "$run/mysql/data"
    own mysql
}
mysql_serve() {
    local data=$run/mysql/data
    mysqld "serve mysql" "$data" --socket="$run/mysql/socket" --port="$1" --bind-address=127.0.0.1 --mysqlx=OFF --max-connections=200 \
        --disable-log-bin --ssl-ca="$data/ca.crt" --ssl-cert="$data/server.crt" --ssl-key="$data/server.key"
}
mysql_ready() { mysql_answers mysql; }
mysql_url() { printf 'mysql://root@127.0.0.1:%s/' "$1"; }

# Whether the server NAME lets its administrator in: by the socket, which is in the run's folder, so it is this one.
mysql_answers() {
    local client=$1_client
    [ -S "$run/$1/socket" ] && "${!client}" --no-defaults --socket="$run/$1/socket" --user=root --execute='DO 0' >/dev/null 2>&1
}

# Runs the server's program: `mysqld HOW DATA OPTIONS...`. Nothing needs to outlive the run.
mysqld() {
    local how=$1 data=$2
    shift 2
    $how KILL "$mysql_programs/mysqld" --no-defaults --basedir="$mysql_programs" --plugin-dir="$mysql_programs/plugin" \
        --lc-messages-dir="$mysql_programs/share" --character-sets-dir="$mysql_programs/share/charsets" \
        --datadir="$data" --tmpdir="$(dirname "$data")" --secure-file-priv=NULL \
        --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync --innodb-doublewrite=OFF --innodb-use-native-aio=OFF \
        --innodb-redo-log-capacity=64M "$@"
}

# Keeps the data folder of a new server, which takes it some seconds to fill: a run has a copy.
fill_mysql() {
    local new
    printf 'filling the folder of a new MySQL\n' >&2
    own_folder mysql-new
    (mysqld as "$run/mysql-new/data" --initialize-insecure >"$run/mysql.log" 2>&1) || {
        cat "$run/mysql.log" >&2
        fail "MySQL cannot fill its folder: its last words are above"
    }
    new=$(mktemp -d "$mysql_kept.XXXXXX")
    folders+=("$new")
    cp -R --sparse=always "$run/mysql-new/data" "$new/data"
    mv -T "$new/data" "$mysql_kept/data" 2>/dev/null || [ -d "$mysql_kept/data" ]
    rm -rf "$new" "$run/mysql-new"
}

# Fetches the programs: all or nothing, also when two do it at the same time.
fetch_mysql() {
    local new mirror
    [ "$(uname -sm)" = "Linux x86_64" ] || without_mysql "MySQL is fetched for Linux on x86_64"
    { command -v apt-get && command -v dpkg-deb && ls $debian_keys; } >/dev/null 2>&1 ||
        without_mysql "MySQL is fetched from Debian's packages, which needs \`apt-get\`, \`dpkg-deb\` and \`$debian_keys\`"
    # The mirror that the machine itself uses.
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | sed -n '/\/debian\/*$/p' | sed -n 1p)
    mirror=${mirror:-http://deb.debian.org/debian}
    printf 'fetching MySQL from sid of %s\n' "$mirror" >&2
    mkdir -p "$(dirname "$mysql_kept")"
    new=$(mktemp -d "$mysql_kept.XXXXXX")
    folders+=("$new")
    fetch_debian "$new/apt" "$mirror" sid mysql-server-core mysql-client-core >"$new/log" 2>&1 || {
        cat "$new/log" >&2
        without_mysql "MySQL cannot be fetched from sid of $mirror"
    }
    keep_mysql "$new/apt/all" "$new/kept"
    chmod -R a+rX "$new/kept"
    mv -T "$new/kept" "$mysql_kept" 2>/dev/null || [ -d "$mysql_kept" ]
    rm -rf "$new"
}

without_mysql() { fail "$1; LIMBECK_TEST_WITHOUT=mysql tests without it, LIMBECK_TEST_MYSQL=mysql://... with a server of yours"; }

debian_keys=/usr/share/keyrings/debian-archive-keyring.gpg

# Unpacks packages and all that they need, the C library too, into FOLDER/all: `fetch_debian FOLDER MIRROR SUITE PACKAGE...`.
# To `apt-get` it is a machine of its own, on which nothing is installed yet; signatures are checked as ever, but a frozen
# mirror may be older than it says.
fetch_debian() {
    local apt=$1 package
    mkdir -p "$apt"/{state/lists/partial,cache/archives/partial,preferences,all}
    : >"$apt/status"
    printf 'deb [signed-by=%s arch=amd64 target=Packages] %s %s main\n' $debian_keys "$2" "$3" >"$apt/sources.list"
    cat >"$apt/config" <<CONFIG
#clear APT::Architectures;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
APT::Architecture "amd64";
APT::Architectures "amd64";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
Dir::Cache "$apt/cache";
Dir::Etc::preferences "-";
Dir::Etc::preferencesparts "$apt/preferences";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "-";
Dir::State "$apt/state";
Dir::State::status "$apt/status";
CONFIG
    shift 3
    apt-get -c "$apt/config" -qq update &&
        apt-get -c "$apt/config" -qq -y --download-only install "$@" || return 1
    for package in "$apt"/cache/archives/*.deb; do
        dpkg-deb -x "$package" "$apt/all" || return 1
    done
}

# Of all that was unpacked, the programs, what they read, and the libraries that they load: a third of it.
keep_mysql() {
    local all=$1 kept=$2 loader=$1/usr/lib64/ld-linux-x86-64.so.2 program
    mkdir -p "$kept"/{bin,lib,plugin,share}
    cp "$all/usr/sbin/mysqld" "$all/usr/bin/mysql" "$kept/bin"
    cp "$all/usr/lib/mysql/plugin/mysql_native_password.so" "$kept/plugin"
    cp -R "$all/usr/share/mysql/english" "$all/usr/share/mysql/charsets" "$kept/share"
    cp "$loader" "$kept/lib/loader"
    for program in "$kept"/bin/* "$kept"/plugin/*; do
        "$loader" --library-path "$all/usr/lib/x86_64-linux-gnu" --list "$program"
    done | sed -n 's,.* => \(/.*\) (0x.*,\1,p' | sort -u | xargs -d '\n' cp -Lt "$kept/lib"
    for program in mysqld mysql; do
        cat >"$kept/$program" <<PROGRAM
#!/bin/sh
here=\${0%/*}
exec "\$here/lib/loader" --argv0 "\$here/bin/$program" --library-path "\$here/lib" "\$here/bin/$program" "\$@"
PROGRAM
        chmod 755 "$kept/$program"
    done
}
