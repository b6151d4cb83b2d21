# What all servers share: the folder of the run, who runs a server, its port, its start and its end.

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# Folders of this run, and the processes of its servers with the signal that ends each.
folders=()
processes=()

# By the name of each server, its port and its process.
declare -A ports=() launched=()

# The folder `run` for data, in memory where there is room. From here on everything is taken away at the end.
begin() {
    { command -v setsid && command -v setpriv; } >/dev/null || fail "servers are started on Linux only, with \`setsid\` and \`setpriv\`"
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    trap finish EXIT
    local place=${TMPDIR:-/tmp}
    if [ -w /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -gt 4000000 ]; then
        place=/dev/shm
    fi
    sweep /dev/shm "${TMPDIR:-/tmp}"
    make_folder "$place"
    run=$folder
}

# Makes `folder` in a place. Its name says whose it is: `sweep` reads it.
make_folder() {
    folder=$(mktemp -d "$1/limbeck-servers.$(processes_here).$$.XXXXXX")
    folders+=("$folder")
    chmod 711 "$folder"
}

# Where the number of a process means something: containers may share a folder, and count their processes for themselves.
processes_here() { stat -Lc %i /proc/self/ns/pid; }

# Takes away what runs left that were killed: their servers ended with them, their folders could not.
sweep() {
    local place left prefix name
    prefix=limbeck-servers.$(processes_here).
    for place in "$@"; do
        for left in "$place/$prefix"*; do
            name=${left##*/"$prefix"}
            if [ -O "$left" ] && [ ! -d "/proc/${name%%.*}" ]; then
                rm -rf "$left"
            fi
        done
    done
}

# Ends every server and removes the folders.
finish() {
    local code=$?
    trap '' HUP INT TERM
    trap - EXIT
    local one
    for one in ${processes[@]+"${processes[@]}"}; do
        end "${one#*:}" "${one%%:*}"
    done
    wait
    rm -rf ${folders[@]+"${folders[@]}"}
    exit "$code"
}

# Ends a process with a signal; one that does not end in ten seconds is killed.
end() {
    local tries=0
    kill -s "$2" "$1" 2>/dev/null || return 0
    while kill -0 "$1" 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 500 ] || kill -KILL "$1" 2>/dev/null || true
        sleep 0.02
    done
}

# Runs a program of a server, as `nobody` where this is root: `as SIGNAL PROGRAM...`. It gets the signal when this run is
# killed, too.
as() {
    local signal=$1 who=()
    shift
    if [ "$(id -u)" = 0 ]; then
        who=(--reuid="$(id -u nobody)" --regid="$(id -g nobody)" --clear-groups)
    fi
    exec setsid setpriv ${who[@]+"${who[@]}"} --pdeathsig "$signal" env LC_ALL=C TZ=UTC HOME=/ "$@"
}

# Makes the folder of one server, for whom it runs as.
own_folder() {
    mkdir -m 700 "$run/$1"
    own "$1"
}

# Gives everything in a folder of the run to whom the servers run as.
own() {
    if [ "$(id -u)" = 0 ]; then
        chown -R "$(id -u nobody):$(id -g nobody)" "$run/$1"
    fi
}

# Starts a server in the background: `serve NAME SIGNAL PROGRAM...`; `process` is its process.
serve() {
    local name=$1
    shift
    as "$@" </dev/null >>"$run/$name.log" 2>&1 &
    process=$!
    # The shell does not tell of its end.
    disown "$process"
    processes=("$1:$process" ${processes[@]+"${processes[@]}"})
}

# Starts a server on a free port, and does not wait for it.
launch() {
    free_port
    : >"$run/$1.log"
    ports[$1]=$port
    "$1_serve" "$port"
    launched[$1]=$process
}

# Waits until a server answers. Somebody else may have taken its port first: then on another.
await() {
    local name=$1 until
    for _ in 1 2 3 4 5 6 7 8; do
        until=$((SECONDS + 60))
        while kill -0 "${launched[$name]}" 2>/dev/null; do
            if "${name}_ready"; then
                return
            fi
            [ $SECONDS -lt $until ] || break 2
            sleep 0.02
        done
        grep -qi 'address already in use' "$run/$name.log" || break
        launch "$name"
    done
    tail -n 30 "$run/$name.log" >&2
    fail "the server \`$name\` cannot be started: its last words are above"
}

# A `port` on which nobody listens, below those that the system gives to clients.
free_port() {
    port=$((20000 + RANDOM % 12000))
    while (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        port=$((20000 + RANDOM % 12000))
    done
}

# Runs the command, and ends with its exit code. It shares the terminal, so Ctrl-C reaches it without our help; of the
# other signals it is told.
beside_servers() {
    local command code
    if [ -z "$wanted" ]; then
        exec "$@"
    fi
    trap : INT
    env --default-signal=INT,QUIT -- "$@" <&0 &
    command=$!
    trap 'kill -TERM "$command" 2>/dev/null || true' HUP TERM
    while :; do
        code=0
        wait "$command" || code=$?
        kill -0 "$command" 2>/dev/null || break
    done
    exit "$code"
}

# Where programs are kept that were fetched for this project.
cache() {
    local target=${CARGO_TARGET_DIR:-$root/target}
    case $target in
    /*) ;;
    *) target=$PWD/$target ;;
    esac
    printf '%s/servers' "$target"
}
