"""The benches on a PostgreSQL server of their own, which tests/servers/run starts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
from pathlib import Path
from typing import Iterator
from urllib.parse import urlsplit

import model
from cases import Bench, Limits, Note, Result, Tools
from measure import Failed, Program, alternate, once

VARIABLE = "LIMBECK_TEST_POSTGRES"
ALEMBIC = "Alembic, psycopg"


def check(bench: Bench) -> Iterator[Result | Note]:
    """check of 10 to 5,000 tables with nothing to do."""
    for count in (10, 100, 1_000) if bench.quick else (10, 100, 1_000, 5_000):
        name = f"pg-check-{count}"
        mine, other = Database("bench_check"), Database("bench_check_alembic")
        ours = bench.ours(name, [], url=mine.url)
        (ours / "models.toml").write_text(model.our_models(count))
        bench.run(ours, bench.tools.db, "migrate", "-m", "all", "--no-prove")
        bench.run(ours, bench.tools.db, "upgrade")
        theirs = bench.theirs(name, [], model.their_models(count), url=other.alchemy())
        python = str(Path(bench.tools.alembic).with_name("python"))
        bench.run(theirs, python, "-c", CREATE_ALL.format(url=other.alchemy()))
        for database in (mine, other):
            database.analyze()
        many = count == 5_000
        programs = [
            bench.db(ours, "check", turns=1 if many else 3),
            pg_dump(bench.tools, ours, mine),
            bench.alembic(theirs, "check", rounds=1 if many else 3 if count == 1_000 else 0),
        ]
        run, dump, alembic = alternate(programs, bench.rounds(8 if not many else 4))
        big = count == 1_000
        case = f"PostgreSQL: `check`, {count:,} tables"
        limits = Limits(1 / 20, memory=100 << 20) if big else Limits()
        yield Result(case, run, ALEMBIC, alembic, limits)
        yield Result(case, run, "pg_dump -s", dump, Limits(1) if big else Limits())
        yield asked(bench, ours, mine, f"`check` of {count:,} tables", most=15, words=["check"])
        shutil.rmtree(bench.folder / name)
        for database in (mine, other):
            database.drop()


def chain(bench: Bench) -> Iterator[Result | Note]:
    """The live schema is read: up to 5,000 tables, each with a foreign key to the one before."""
    for count in (100, 1_000) if bench.quick else (1_000, 5_000):
        database = Database("bench_chain")
        folder = bench.ours(f"pg-chain-{count}", [], url=database.url)
        # What is excluded is read all the same, and nothing is left to compare.
        (folder / "models.toml").write_text("")
        with (folder / "db.toml").open("a") as settings:
            settings.write('[exclude]\ntables = ["*"]\n')
        ask(database.url, CHAIN.format(count=count))
        database.analyze()
        python = str(Path(bench.tools.alembic).with_name("python"))
        (folder / "reflect.py").write_text(REFLECT.format(url=database.alchemy(), count=count))
        programs = [
            bench.db(folder, "check", turns=3),
            pg_dump(bench.tools, folder, database),
            Program("SQLAlchemy", [python, "reflect.py"], folder, rounds=3),
        ]
        run, dump, alchemy = alternate(programs, bench.rounds(8))
        case = f"PostgreSQL: inspect, a chain of {count:,} foreign keys"
        yield Result(case, run, "SQLAlchemy, psycopg", alchemy)
        yield Result(case, run, "pg_dump -s", dump)
        what = f"To inspect a chain of {count:,} foreign keys `check`"
        yield asked(bench, folder, database, what, most=15, words=["check"])
        database.drop()


def upgrade(bench: Bench) -> Iterator[Result | Note]:
    """upgrade of 1,000 revisions, a table and an index each, on an empty database."""
    mine, hand, other = (Database(f"bench_upgrade_{it}") for it in ("db", "psql", "alembic"))
    revisions = model.line(1_000)
    ours = bench.ours("pg-upgrade", revisions, url=mine.url)
    theirs = bench.theirs("pg-upgrade", revisions, url=other.alchemy())
    folder = bench.folder / "pg-upgrade" / "psql"
    folder.mkdir()
    command = [bench.tools.db, "upgrade", "--sql"]
    script = subprocess.run(command, cwd=ours, capture_output=True, text=True, check=True).stdout
    (folder / "with_log.sql").write_text(script)
    lines = script.splitlines(keepends=True)
    plain = [it for it in lines if not it.startswith('INSERT INTO "limbeck_log"')]
    (folder / "statements.sql").write_text("".join(plain))

    def psql(file: str) -> Program:
        words = ["--no-psqlrc", "--quiet", "--file", file, hand.url]
        return Program("psql", [tool("psql"), *words], folder, hand.renew, hand.counter(2_000))

    programs = [
        bench.db(ours, "upgrade", prepare=mine.renew, check=mine.counter(2_000)),
        psql("statements.sql"),
        psql("with_log.sql"),
        bench.alembic(theirs, "upgrade", "head", prepare=other.renew, rounds=3),
    ]
    run, statements, with_log, alembic = alternate(programs, bench.rounds(10))
    case = "PostgreSQL: `upgrade`, 1,000 revisions"
    yield Result(case, run, "psql -f", statements, Limits(1.15))
    yield Result(case, run, "psql -f, with the rows of the log", with_log)
    yield Result(case, run, ALEMBIC, alembic)
    mine.renew()
    yield asked(bench, ours, mine, "`upgrade` of 1,000 revisions", words=["upgrade"])
    for database in (mine, hand, other):
        database.drop()


def nothing(bench: Bench) -> Iterator[Result | Note]:
    """upgrade with nothing to do: its round trips do not depend on the number of revisions."""
    for count in (10, 1_000):
        mine, other = Database("bench_nothing"), Database("bench_nothing_alembic")
        revisions = model.project(count)
        name = f"pg-nothing-{count}"
        ours = bench.ours(name, revisions, url=mine.url)
        theirs = bench.theirs(name, revisions, url=other.alchemy())
        bench.run(ours, bench.tools.db, "upgrade")
        bench.run(theirs, bench.tools.alembic, "upgrade", "head")
        programs = [bench.db(ours, "upgrade", turns=10), bench.alembic(theirs, "upgrade", "head")]
        run, alembic = alternate(programs, bench.rounds(8))
        case = f"PostgreSQL: `upgrade`, {count:,} revisions, nothing to do"
        yield Result(case, run, ALEMBIC, alembic)
        what = f"`upgrade` of {count:,} revisions with nothing to do"
        yield asked(bench, ours, mine, what, words=["upgrade"])
        for database in (mine, other):
            database.drop()


def pg_dump(tools: Tools, folder: Path, database: Database) -> Program:
    """The server's own tool that reads a whole schema."""
    return Program("pg_dump", [tool("pg_dump"), "-s", database.url], folder)


def tool(name: str) -> str:
    """Where a client of PostgreSQL is."""
    folders = [os.environ.get("PATH", os.defpath), "/usr/lib/postgresql/15/bin"]
    found = shutil.which(name, path=os.pathsep.join(folders))
    if found is None:
        raise Failed(f"there is no `{name}` here: install PostgreSQL's clients")
    return found


# What Alembic compares with is made by SQLAlchemy, as a revision of all tables would make it.
CREATE_ALL = """\
import sqlalchemy, models
engine = sqlalchemy.create_engine({url!r})
models.metadata.create_all(engine, checkfirst=False)
"""


CHAIN = """\
DO $$ BEGIN
  CREATE TABLE link_0 (id integer PRIMARY KEY);
  FOR at IN 1..{count} LOOP
    EXECUTE format(
      'CREATE TABLE link_%s (id integer PRIMARY KEY, before integer REFERENCES link_%s)', at, at - 1
    );
  END LOOP;
END $$"""

# What Alembic looks with, all tables together.
REFLECT = """\
import sqlalchemy
metadata = sqlalchemy.MetaData()
metadata.reflect(sqlalchemy.create_engine({url!r}))
assert len(metadata.tables) == {count} + 1
"""


class Database:
    """A new database on the server."""

    def __init__(self, name: str) -> None:
        server = os.environ[VARIABLE]
        parts = urlsplit(server)
        self.server, self.name = server, name
        self.url = parts._replace(path=f"/{name}").geturl()
        self.renew()

    def alchemy(self) -> str:
        """The address as SQLAlchemy takes it."""
        return urlsplit(self.url)._replace(scheme="postgresql+psycopg").geturl()

    def renew(self) -> None:
        self.drop()
        ask(self.server, f"CREATE DATABASE {self.name} TEMPLATE template0")

    def drop(self) -> None:
        ask(self.server, f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def analyze(self) -> None:
        """What the server does by itself in time."""
        ask(self.url, "VACUUM ANALYZE")

    def counter(self, wanted: int):
        """Counts tables and the indexes that are no constraints, without those of the tool."""

        def count() -> None:
            (answer,) = ask(self.url, COUNT)
            if int(answer) != wanted:
                raise Failed(f"{self.name} has {answer} tables and indexes, not {wanted}")

        return count


COUNT = """\
SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace
AND (relname LIKE 'table%' OR relname LIKE 'ix%') AND relkind IN ('r', 'i')"""


def ask(url: str, sql: str) -> list[str]:
    """Runs one statement; its rows as `psql` writes them."""
    command = [tool("psql"), "--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", "-c", sql, url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f"{sql}\n{done.stderr}")
    return done.stdout.splitlines()


# Round trips


def asked(
    bench: Bench, folder: Path, database: Database, what: str, words: list[str], most: int = 0
) -> Note:
    """How often a command of `db` asks the server."""
    proxy = Proxy(database.url)
    once(bench.db(folder, *words, "--url", proxy.url))
    counts = proxy.counts()
    reached = ""
    if most:
        reached = f" (to reach: at most {most}): {'yes' if counts.statements <= most else '**no**'}"
    return Note(
        f"{what} runs {counts.statements:,} statements in {counts.turns:,} round trips over "
        f"{counts.connections} connection{'s' if counts.connections != 1 else ''}{reached}"
    )


class Counts:
    """What has been sent to the server."""

    def __init__(self) -> None:
        self.connections = self.statements = self.turns = 0


class Proxy:
    """Stands before a server and counts: a turn is when the client speaks after the server did,
    a statement is a message that runs one."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.server = (parts.hostname or "127.0.0.1", parts.port or 5432)
        self.listener = socket.create_server(("127.0.0.1", 0))
        port = self.listener.getsockname()[1]
        user = f"{parts.username}@" if parts.username else ""
        self.url = parts._replace(netloc=f"{user}127.0.0.1:{port}").geturl()
        self.found = Counts()
        self.lines: list[threading.Thread] = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            line = threading.Thread(target=Line(client, self.server, self.found).run, daemon=True)
            self.lines.append(line)
            line.start()

    def counts(self) -> Counts:
        """All of them, when every line has ended."""
        for line in self.lines:
            line.join(5)
        self.listener.close()
        return self.found


class Line:
    """One connection through the proxy."""

    def __init__(self, client: socket.socket, server: tuple[str, int], counts: Counts) -> None:
        self.client, self.server = client, socket.create_connection(server)
        for end in (self.client, self.server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.counts = counts
        self.left, self.began, self.server_spoke = b"", False, True
        counts.connections += 1

    def run(self) -> None:
        back = threading.Thread(target=self.answers, daemon=True)
        back.start()
        while data := self.client.recv(1 << 16):
            if self.server_spoke:
                self.counts.turns += 1
                self.server_spoke = False
            self.look(data)
            self.server.sendall(data)
        self.server.shutdown(socket.SHUT_WR)
        back.join(5)

    def answers(self) -> None:
        while data := self.server.recv(1 << 16):
            self.server_spoke = True
            self.client.sendall(data)

    def look(self, data: bytes) -> None:
        """Counts the messages: https://www.postgresql.org/docs/current/protocol-message-formats.html.
        The first ones have no letter before their length: a request for TLS, then the startup."""
        self.left += data
        while True:
            head = 1 if self.began else 0
            if len(self.left) < head + 4:
                return
            length = head + int.from_bytes(self.left[head : head + 4], "big")
            if len(self.left) < length:
                return
            message, self.left = self.left[:length], self.left[length:]
            if not self.began:
                asks_for_tls = message[4:8] == (80877103).to_bytes(4, "big")
                self.began = not asks_for_tls
            elif message[:1] in (b"Q", b"E"):
                self.counts.statements += 1


ALL = {
    "postgres-check": check,
    "postgres-chain": chain,
    "postgres-upgrade": upgrade,
    "postgres-nothing": nothing,
}
