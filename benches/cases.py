"""The benches: what is run, beside what, and what is to be reached."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Iterator, NamedTuple

import model
from measure import ENVIRONMENT, Failed, Program, Run, alternate


class Tools(NamedTuple):
    """The programs."""

    db: str
    alembic: str
    sqlite3: str


class Limits(NamedTuple):
    """What is to be reached; None is nothing in particular."""

    ratio: float | None = None  # the time of `db`, in times of the other's
    wall: float | None = None  # seconds
    memory: int | None = None  # bytes


class Result(NamedTuple):
    """A line of the report."""

    case: str
    ours: Run
    beside: str = ""
    theirs: Run | None = None
    limits: Limits = Limits()


class Note(NamedTuple):
    """A sentence below the report."""

    text: str


class Bench:
    """Where to work, how often to run, how much to run on."""

    def __init__(self, tools: Tools, folder: Path, disk: Path, quick: bool) -> None:
        self.tools, self.folder, self.disk, self.quick = tools, folder, disk, quick

    def rounds(self, many: int) -> int:
        return max(3, many // 4) if self.quick else many

    # Projects

    def ours(
        self, name: str, revisions: list[model.Revision], at: Path | None = None, url: str = ""
    ) -> Path:
        folder = (at or self.folder) / name / "ours"
        model.write_ours(folder, revisions)
        if url:
            (folder / "db.toml").write_text(f'url = "{url}"\n')
        return folder

    def theirs(
        self,
        name: str,
        revisions: list[model.Revision],
        models: str = "",
        url: str = "sqlite:///app.db",
    ) -> Path:
        folder = self.folder / name / "alembic"
        folder.mkdir(parents=True)
        self.run(folder, self.tools.alembic, "init", "migrations")
        settings = folder / "alembic.ini"
        example = "sqlalchemy.url = driver://user:pass@localhost/dbname"
        replace(settings, example, f"sqlalchemy.url = {url}")
        if models:
            (folder / "models.py").write_text(models)
            declared = "from models import metadata as target_metadata"
            replace(folder / "migrations" / "env.py", "target_metadata = None", declared)
        model.write_theirs(folder, revisions)
        return folder

    def run(self, folder: Path, *command: str) -> None:
        """Runs what only prepares."""
        done = subprocess.run(
            command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise Failed(f"`{' '.join(command)}` in {folder}\n{done.stderr}")

    # Programs

    def db(self, folder: Path, *words: str, **more) -> Program:
        return Program("db", [self.tools.db, *words], folder, **more)

    def alembic(self, folder: Path, *words: str, **more) -> Program:
        return Program("Alembic", [self.tools.alembic, *words], folder, **more)

    def sqlite3(self, folder: Path, script: Path, **more) -> Program:
        command = [self.tools.sqlite3, "-batch", "-bail", "app.db"]
        return Program("sqlite3", command, folder, input=script, **more)


def start(bench: Bench) -> Iterator[Result]:
    """heads, history and current in a project of one revision."""
    revisions = model.line(1)
    ours, theirs = bench.ours("start", revisions), bench.theirs("start", revisions)
    bench.run(ours, bench.tools.db, "upgrade")
    bench.run(theirs, bench.tools.alembic, "upgrade", "head")
    for word in ("heads", "history", "current"):
        programs = [bench.db(ours, word, turns=10), bench.alembic(theirs, word)]
        mine, other = alternate(programs, bench.rounds(12))
        yield Result(f"`{word}`, 1 revision", mine, "Alembic", other, Limits(1 / 50, wall=0.005))


def check(bench: Bench) -> Iterator[Result]:
    """check of 10 to 10,000 tables with nothing to do."""
    for count in (10, 100, 1_000) if bench.quick else (10, 100, 1_000, 10_000):
        name = f"check-{count}"
        ours = bench.ours(name, [])
        (ours / "models.toml").write_text(model.our_models(count))
        (ours / "migrations" / "versions").mkdir(parents=True, exist_ok=True)
        bench.run(ours, bench.tools.db, "migrate", "-m", "all", "--no-prove")
        bench.run(ours, bench.tools.db, "upgrade")
        theirs = bench.theirs(name, [], model.their_models(count))
        bench.run(theirs, bench.tools.alembic, "revision", "--autogenerate", "-m", "all")
        bench.run(theirs, bench.tools.alembic, "upgrade", "head")
        turns = 3 if count < 10_000 else 1
        programs = [
            bench.db(ours, "check", turns=turns),
            bench.alembic(theirs, "check", rounds=1 if count == 10_000 else 0),
        ]
        mine, other = alternate(programs, bench.rounds(8 if count < 10_000 else 5))
        limits = Limits(1 / 60, memory=60 << 20) if count == 1_000 else Limits()
        yield Result(f"`check`, {count:,} tables", mine, "Alembic", other, limits)
        shutil.rmtree(bench.folder / name)


def upgrade(bench: Bench) -> Iterator[Result]:
    """upgrade of 1,000 revisions, a table and an index each, on an empty database."""
    revisions = model.line(1_000)
    theirs = bench.theirs("upgrade", revisions)
    for place, at in (("in memory", bench.folder), ("on disk", bench.disk)):
        ours = bench.ours("upgrade", revisions, at)
        same = at / "upgrade" / "sqlite3"
        same.mkdir(parents=True)
        bench.run(ours, bench.tools.db, "upgrade")
        statements = same / "statements.sql"
        statements.write_text(upgrade_sql(ours / "app.db", with_log=False))
        with_log = same / "with_log.sql"
        with_log.write_text(upgrade_sql(ours / "app.db", with_log=True))
        programs = [
            bench.db(ours, "upgrade", prepare=remover(ours)),
            bench.sqlite3(same, statements, prepare=remover(same), check=counter(same, 2_001)),
            bench.sqlite3(same, with_log, prepare=remover(same), check=counter(same, 2_002)),
        ]
        if at == bench.folder:
            alembic = bench.alembic(theirs, "upgrade", "head", prepare=remover(theirs), rounds=3)
            programs.append(alembic)
        mine, plain, logged, *other = alternate(programs, bench.rounds(12))
        case = f"`upgrade`, 1,000 revisions {place}"
        yield Result(case, mine, "sqlite3", plain, Limits(1.15))
        yield Result(case, mine, "sqlite3, with the rows of the log", logged)
        if other:
            yield Result(case, mine, "Alembic", other[0])


def nothing(bench: Bench) -> Iterator[Result]:
    """upgrade with nothing to do, beside 1,000 scripts: of a project with 50 tables, and of one
    with as many tables as scripts, where SQLite takes its time to read the schema."""
    for tables, revisions in ((50, model.project(1_000)), (1_000, model.line(1_000))):
        name = f"nothing-{tables}"
        ours, theirs = bench.ours(name, revisions), bench.theirs(name, revisions)
        bench.run(ours, bench.tools.db, "upgrade")
        bench.run(theirs, bench.tools.alembic, "upgrade", "head")
        programs = [bench.db(ours, "upgrade", turns=10), bench.alembic(theirs, "upgrade", "head")]
        mine, other = alternate(programs, bench.rounds(8))
        case = f"`upgrade`, 1,000 revisions of {tables:,} tables, nothing to do"
        limits = Limits(wall=0.010) if tables == 50 else Limits()
        yield Result(case, mine, "Alembic", other, limits)


def not_null(bench: Bench) -> Iterator[Result]:
    """NOT NULL on a column of a big table."""
    count, pristine = big_table(bench)
    revisions = [model.ACCOUNT, model.NOT_NULL]
    ours, theirs = bench.ours("not-null", revisions), bench.theirs("not-null", revisions)
    changed = "SELECT \"notnull\" FROM pragma_table_info('account') WHERE name = 'email'"
    programs = [
        bench.db(
            ours,
            "upgrade",
            prepare=copier(pristine, ours),
            check=asker(ours, changed, 1),
        ),
        bench.alembic(
            theirs,
            "upgrade",
            "head",
            prepare=copier(pristine, theirs),
            check=asker(theirs, changed, 1),
        ),
    ]
    mine, other = alternate(programs, bench.rounds(5))
    limits = Limits(1 / 10, memory=60 << 20)
    yield Result(f"`NOT NULL`, {count:,} rows", mine, "Alembic, batch mode", other, limits)


def rebuild(bench: Bench) -> Iterator[Result]:
    """A type changed, for which every row is written anew."""
    count, pristine = big_table(bench)
    revisions = [model.ACCOUNT, model.NEW_TYPE]
    ours, theirs = bench.ours("rebuild", revisions), bench.theirs("rebuild", revisions)
    hand = bench.folder / "rebuild" / "sqlite3"
    hand.mkdir()
    (hand / "rebuild.sql").write_text(rebuild_sql(pristine))
    changed = "SELECT typeof(balance) || count(*) FROM account"
    wanted = f"text{count}"
    programs = [
        bench.db(
            ours,
            "upgrade",
            prepare=copier(pristine, ours),
            check=asker(ours, changed, wanted),
        ),
        bench.sqlite3(
            hand,
            hand / "rebuild.sql",
            prepare=copier(pristine, hand),
            check=asker(hand, changed, wanted),
        ),
        bench.alembic(
            theirs,
            "upgrade",
            "head",
            prepare=copier(pristine, theirs),
            check=asker(theirs, changed, wanted),
            rounds=3,
        ),
    ]
    mine, by_hand, other = alternate(programs, bench.rounds(7))
    case = f"new type, {count:,} rows"
    yield Result(case, mine, "sqlite3, by hand", by_hand, Limits(1.1, memory=60 << 20))
    yield Result(case, mine, "Alembic, batch mode", other)


def graph(bench: Bench) -> Iterator[Result]:
    """heads, history, current and a script of everything, with 5,000 revisions and 200 branch
    points."""
    revisions = model.braid(5_000, 200)
    ours, theirs = bench.ours("graph", revisions), bench.theirs("graph", revisions)
    bench.run(ours, bench.tools.db, "stamp", "heads")
    bench.run(theirs, bench.tools.alembic, "stamp", "heads")
    for words in ("heads", "history", "current", "upgrade --sql heads"):
        turns = 5 if " " not in words else 1
        programs = [bench.db(ours, *words.split(), turns=turns), bench.alembic(theirs, *words.split())]
        mine, other = alternate(programs, bench.rounds(6))
        yield Result(f"`{words}`, 5,000 revisions", mine, "Alembic", other, Limits(1 / 25))


ALL = {
    "start": start,
    "check": check,
    "upgrade": upgrade,
    "nothing": nothing,
    "not-null": not_null,
    "rebuild": rebuild,
    "graph": graph,
}


def replace(path: Path, old: str, new: str) -> None:
    """Replaces a text that must be there."""
    text = path.read_text()
    if old not in text:
        raise Failed(f"{path} has no `{old}`")
    path.write_text(text.replace(old, new))


# What is done before and after a run


def remover(folder: Path):
    """Takes the database away."""

    def remove() -> None:
        for path in folder.glob("app.db*"):
            path.unlink()

    return remove


def copier(pristine: Path, folder: Path):
    """Puts a fresh copy of a database there."""

    def copy() -> None:
        remover(folder)()
        shutil.copyfile(pristine, folder / "app.db")

    return copy


def asker(folder: Path, question: str, wanted):
    """Asks the database something and demands an answer."""

    def ask() -> None:
        database = sqlite3.connect(folder / "app.db")
        (answer,) = database.execute(question).fetchone()
        database.close()
        if answer != wanted:
            raise Failed(f"{folder}: `{question}` gives {answer}, not {wanted}")

    return ask


def counter(folder: Path, wanted: int):
    """Counts what the schema holds, without what SQLite makes by itself."""
    return asker(
        folder, "SELECT count(*) FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'", wanted
    )


# SQL for the sqlite3 client


def upgrade_sql(path: Path, with_log: bool) -> str:
    """What `db upgrade` ran to make the database at `path`, a transaction a revision: its DDL as
    SQLite keeps it, and the row of the version table; the rows of the log if asked."""
    database = sqlite3.connect(path)
    made = [
        (name, sql)
        for name, sql in database.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY rowid"
        )
        if not name.startswith("sqlite_")
    ]
    of_tool = {name: sql for name, sql in made if name in ("limbeck_version", "limbeck_log")}
    made = [sql for name, sql in made if name not in of_tool]
    columns = [row[1] for row in database.execute("PRAGMA table_info(limbeck_log)")][1:]
    values = " || ', ' || ".join(f"quote({column})" for column in columns)
    log = [row[0] for row in database.execute(f"SELECT {values} FROM limbeck_log ORDER BY id")]
    ids = [row[0] for row in database.execute("SELECT revision FROM limbeck_log ORDER BY id")]
    database.close()
    out = ["PRAGMA secure_delete = OFF;"]
    for at, revision in enumerate(ids):
        out.append("BEGIN IMMEDIATE;")
        if at == 0:
            out.append(f"{of_tool['limbeck_version']};")
            out.extend([f"{of_tool['limbeck_log']};"] if with_log else [])
        out.extend(f"{sql};" for sql in made[2 * at : 2 * at + 2])
        if at > 0:
            out.append(f"DELETE FROM limbeck_version WHERE version_num = '{ids[at - 1]}';")
        out.append(f"INSERT INTO limbeck_version (version_num) VALUES ('{revision}');")
        if with_log:
            out.append(f"INSERT INTO limbeck_log ({', '.join(columns)}) VALUES ({log[at]});")
        out.append("COMMIT;")
    return "\n".join(out) + "\n"


def rebuild_sql(path: Path) -> str:
    """The rebuild as https://www.sqlite.org/lang_altertable.html#otheralter has it, by hand."""
    database = sqlite3.connect(path)
    table, index = (
        database.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
        for name in ("account", "ix_account_username")
    )
    columns = ", ".join(row[1] for row in database.execute("PRAGMA table_info(account)"))
    database.close()
    made = table.replace("account", "new_account", 1)
    new = "\n".join(
        it.replace("INTEGER", "VARCHAR(20)") if "balance" in it else it for it in made.split("\n")
    )
    if new == made:
        raise Failed(f"no column to change in\n{table}")
    return f"""\
PRAGMA secure_delete = OFF;
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
{new};
INSERT INTO new_account ({columns}) SELECT {columns} FROM account;
DROP TABLE account;
ALTER TABLE new_account RENAME TO account;
{index};
PRAGMA foreign_key_check;
UPDATE limbeck_version SET version_num = '{model.revision_id(1)}';
COMMIT;
"""


def big_table(bench: Bench) -> tuple[int, Path]:
    """A database with the big table in it, at its first revision for both tools."""
    count = 100_000 if bench.quick else 1_000_000
    path = bench.folder / "account.db"
    if path.exists():
        return count, path
    ours = bench.ours("account", [model.ACCOUNT])
    bench.run(ours, bench.tools.db, "upgrade")
    database = sqlite3.connect(ours / "app.db")
    database.executescript(
        f"""
        BEGIN;
        {model.ACCOUNT_ROWS.format(count=count)}
        CREATE TABLE alembic_version (
            version_num VARCHAR(32) NOT NULL,
            CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
        );
        INSERT INTO alembic_version VALUES ('{model.revision_id(0)}');
        COMMIT;
        """
    )
    database.close()
    (ours / "app.db").rename(path)
    return count, path
