"""The benches on MariaDB and MySQL servers of their own, which tests/servers/run starts."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Iterator, NamedTuple
from urllib.parse import urlsplit

import model
from cases import Bench, Limits, Note, Result
from measure import Failed, Program, alternate


class Server(NamedTuple):
    """A server, and the program that talks to it on a command line."""

    name: str
    variable: str
    short: str
    client: str

    def url(self) -> str:
        # A script for one of the two is not for the other.
        return urlsplit(os.environ[self.variable])._replace(scheme=self.short).geturl()

    def is_here(self) -> bool:
        return bool(os.environ.get(self.variable))

    def tool(self) -> str:
        """Where its client is."""
        named = os.environ.get(f"{self.variable}_CLIENT", self.client)
        found = shutil.which(named)
        if found is None:
            raise Failed(f"there is no `{named}` here: install the clients of {self.name}")
        return found


SERVERS = [
    Server("MariaDB", "LIMBECK_TEST_MARIADB", "mariadb", "mariadb"),
    Server("MySQL", "LIMBECK_TEST_MYSQL", "mysql", "mysql"),
]
ALEMBIC = "Alembic, PyMySQL"


def servers() -> Iterator[Server]:
    """Those that are here."""
    return (it for it in SERVERS if it.is_here())


def versions() -> list[str]:
    """What is measured."""
    return [f"{it.name} {ask(it, '', 'SELECT version()')[0]}" for it in servers()]


def check(bench: Bench) -> Iterator[Result | Note]:
    """check of 10 to 1,000 tables with nothing to do."""
    for server in servers():
        for count in (10, 100) if bench.quick else (10, 100, 1_000):
            name = f"{server.short}-check-{count}"
            mine, other = Database(server, "bench_check"), Database(server, "bench_check_alembic")
            ours = bench.ours(name, [], url=mine.url)
            (ours / "models.toml").write_text(model.our_models(count))
            bench.run(ours, bench.tools.db, "migrate", "-m", "all", "--no-prove")
            bench.run(ours, bench.tools.db, "upgrade")
            theirs = bench.theirs(name, [], model.their_models(count), url=other.alchemy())
            python = str(Path(bench.tools.alembic).with_name("python"))
            bench.run(theirs, python, "-c", CREATE_ALL.format(url=other.alchemy()))
            programs = [
                bench.db(ours, "check", turns=3),
                bench.alembic(theirs, "check", rounds=3 if count == 1_000 else 0),
            ]
            run, alembic = alternate(programs, bench.rounds(8))
            case = f"{server.name}: `check`, {count:,} tables"
            limits = Limits(1 / 15, memory=100 << 20) if count == 1_000 else Limits()
            yield Result(case, run, ALEMBIC, alembic, limits)
            shutil.rmtree(bench.folder / name)
            for database in (mine, other):
                database.drop()


def upgrade(bench: Bench) -> Iterator[Result | Note]:
    """upgrade of 1,000 revisions, a table and an index each, on an empty database."""
    count = 100 if bench.quick else 1_000
    for server in servers():
        mine, hand, other = (
            Database(server, f"bench_upgrade_{it}") for it in ("db", "client", "alembic")
        )
        name = f"{server.short}-upgrade"
        revisions = model.line(count)
        ours = bench.ours(name, revisions, url=mine.url)
        theirs = bench.theirs(name, revisions, url=other.alchemy())
        folder = bench.folder / name / "client"
        folder.mkdir()
        command = [bench.tools.db, "upgrade", "--sql"]
        script = subprocess.run(command, cwd=ours, capture_output=True, text=True, check=True)
        with_log, plain = folder / "with_log.sql", folder / "statements.sql"
        with_log.write_text(script.stdout)
        plain.write_text("".join(without_log(script.stdout.splitlines(keepends=True))))

        def client(script: Path) -> Program:
            words = [*hand.words(), "--batch", hand.name]
            return Program(
                server.client, words, folder, hand.renew, hand.counter(count), input=script
            )

        programs = [
            bench.db(ours, "upgrade", prepare=mine.renew, check=mine.counter(count)),
            client(plain),
            client(with_log),
            bench.alembic(theirs, "upgrade", "head", prepare=other.renew, rounds=2),
        ]
        run, statements, logged, alembic = alternate(programs, bench.rounds(10))
        case = f"{server.name}: `upgrade`, {count:,} revisions"
        limits = Limits(1.15) if count == 1_000 else Limits()
        yield Result(case, run, f"the client `{server.client}`", statements, limits)
        yield Result(case, run, f"`{server.client}`, with the rows of the log", logged)
        yield Result(case, run, ALEMBIC, alembic)
        for database in (mine, hand, other):
            database.drop()


def without_log(lines: list[str]) -> Iterator[str]:
    """A script without the rows of the log, each of which is written in several lines."""
    is_row = False
    for line in lines:
        is_row = is_row or line.startswith(("INSERT INTO `limbeck_log`", "UPDATE `limbeck_log`"))
        if not is_row:
            yield line
        is_row = is_row and not line.rstrip().endswith(";")


def nothing(bench: Bench) -> Iterator[Result | Note]:
    """upgrade with nothing to do."""
    count = 10 if bench.quick else 1_000
    for server in servers():
        mine, other = Database(server, "bench_nothing"), Database(server, "bench_nothing_alembic")
        revisions = model.project(count)
        name = f"{server.short}-nothing"
        ours = bench.ours(name, revisions, url=mine.url)
        theirs = bench.theirs(name, revisions, url=other.alchemy())
        bench.run(ours, bench.tools.db, "upgrade")
        bench.run(theirs, bench.tools.alembic, "upgrade", "head")
        programs = [bench.db(ours, "upgrade", turns=10), bench.alembic(theirs, "upgrade", "head")]
        run, alembic = alternate(programs, bench.rounds(8))
        case = f"{server.name}: `upgrade`, {count:,} revisions, nothing to do"
        yield Result(case, run, ALEMBIC, alembic)
        for database in (mine, other):
            database.drop()


# What Alembic compares with is made by SQLAlchemy, as a revision of all tables would make it.
CREATE_ALL = """\
import sqlalchemy, models
engine = sqlalchemy.create_engine({url!r})
models.metadata.create_all(engine, checkfirst=False)
"""


class Database:
    """A new database on a server."""

    def __init__(self, server: Server, name: str) -> None:
        self.server, self.name = server, name
        self.url = urlsplit(server.url())._replace(path=f"/{name}").geturl()
        self.renew()

    def alchemy(self) -> str:
        """The address as SQLAlchemy takes it."""
        return urlsplit(self.url)._replace(scheme="mysql+pymysql").geturl()

    def words(self) -> list[str]:
        """How the client is called."""
        return words(self.server)

    def renew(self) -> None:
        self.drop()
        ask(self.server, "", f"CREATE DATABASE {self.name}")

    def drop(self) -> None:
        ask(self.server, "", f"DROP DATABASE IF EXISTS {self.name}")

    def counter(self, wanted: int):
        """Counts tables, without those of the tool."""

        def count() -> None:
            (answer,) = ask(self.server, self.name, COUNT)
            if int(answer) != wanted:
                raise Failed(f"{self.name} has {answer} tables, not {wanted}")

        return count


COUNT = """\
SELECT count(*) FROM information_schema.tables
WHERE table_schema = DATABASE() AND table_name LIKE 'table%'"""


def words(server: Server) -> list[str]:
    """How the client of a server is called."""
    parts = urlsplit(server.url())
    return [
        server.tool(),
        "--no-defaults",
        "--protocol=tcp",
        f"--host={parts.hostname}",
        f"--port={parts.port}",
        f"--user={parts.username}",
    ]


def ask(server: Server, database: str, sql: str) -> list[str]:
    """Runs one statement; its rows."""
    command = [*words(server), "--batch", "--skip-column-names", f"--execute={sql}"]
    command += [database] if database else []
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f"{sql}\n{done.stderr}")
    return done.stdout.splitlines()


ALL = {"mysql-check": check, "mysql-upgrade": upgrade, "mysql-nothing": nothing}
