"""What the benches work on: tables and revisions, written for `db` and for Alembic alike."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple


class Revision(NamedTuple):
    """A revision, its operations in the words of each tool."""

    id: str
    parents: list[str]
    title: str
    ours: str  # entries of a script
    theirs: str  # the body of `upgrade()`


def revision_id(number: int) -> str:
    """Twelve hex digits that look random and are the same each time."""
    return hashlib.sha256(str(number).encode()).hexdigest()[:12]


def line(count: int) -> list[Revision]:
    """Revisions one behind the other; each makes a table and an index on it."""
    return [revision(n, [n - 1] if n else []) for n in range(count)]


def project(count: int) -> list[Revision]:
    """Revisions one behind the other as a project has them: one in twenty makes a table, the
    others add columns to it."""
    table = lambda n: n - n % 20
    return [
        revision(n, [n - 1] if n else []) if table(n) == n else added_column(n, table(n))
        for n in range(count)
    ]


def added_column(number: int, table: int) -> Revision:
    """A revision that adds a column to the table that revision `table` made."""
    ours = f'''\
[[upgrade]]
add_column = "table_{table:05}.extra_{number}"
type = "string(20)"

[[downgrade]]
drop_column = "table_{table:05}.extra_{number}"
type = "string(20)"
'''
    theirs = f'''\
    op.add_column("table_{table:05}", sa.Column("extra_{number}", sa.String(length=20)))
'''
    return Revision(
        revision_id(number), [revision_id(number - 1)], f"column {number}", ours, theirs
    )


def braid(count: int, branch_points: int) -> list[Revision]:
    """Revisions with as many branch points: every block of them parts into two lines that meet
    again in its last revision, but for the last ten blocks, of which one line stays open."""
    size = count // branch_points
    revisions: list[Revision] = []
    before: list[int] = []
    for block in range(branch_points):
        first = block * size
        left = list(range(first + 1, first + size // 2))
        right = list(range(first + size // 2, first + size - 1))
        last = first + size - 1
        revisions.append(revision(first, before))
        for side in (left, right):
            revisions.extend(revision(n, [n - 1 if n != side[0] else first]) for n in side)
        open_line = block >= branch_points - 10
        revisions.append(revision(last, [left[-1]] if open_line else [left[-1], right[-1]]))
        before = [last]
    return revisions


def revision(number: int, parents: list[int]) -> Revision:
    """A revision that makes a table and an index on it."""
    table = f"table_{number:05}"
    ours = f'''\
[[upgrade]]
create_table = "{table}"
columns = [
    {{ name = "id", type = "integer", nullable = false }},
    {{ name = "name", type = "string(64)", nullable = false }},
    {{ name = "amount", type = "integer" }},
    {{ name = "created", type = "datetime", default = {{ sql = "CURRENT_TIMESTAMP" }} }},
]
primary_key = {{ name = "pk_{table}", columns = ["id"] }}

[[upgrade]]
create_index = "ix_{table}_name"
table = "{table}"
columns = ["name"]

[[downgrade]]
drop_index = "ix_{table}_name"
table = "{table}"
columns = ["name"]

[[downgrade]]
drop_table = "{table}"
columns = [
    {{ name = "id", type = "integer", nullable = false }},
    {{ name = "name", type = "string(64)", nullable = false }},
    {{ name = "amount", type = "integer" }},
    {{ name = "created", type = "datetime", default = {{ sql = "CURRENT_TIMESTAMP" }} }},
]
primary_key = {{ name = "pk_{table}", columns = ["id"] }}
'''
    theirs = f'''\
    op.create_table(
        "{table}",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("created", sa.DateTime(), server_default=sa.text("CURRENT_TIMESTAMP")),
        sa.PrimaryKeyConstraint("id", name="pk_{table}"),
    )
    op.create_index("ix_{table}_name", "{table}", ["name"], unique=False)
'''
    ids = [revision_id(parent) for parent in parents]
    return Revision(revision_id(number), ids, f"table {number}", ours, theirs)


# Ten columns, an index, a foreign key. {n} is the table's number, {before} one that exists.
OUR_TABLE = """\
[Table{n:05}]
table = "table_{n:05}"
[Table{n:05}.columns]
id      = {{ type = "integer", primary_key = true }}
name    = {{ type = "string(64)", nullable = false, index = true }}
email   = {{ type = "string(120)" }}
body    = {{ type = "text" }}
amount  = {{ type = "integer", nullable = false, default = 0 }}
price   = {{ type = "numeric(10, 2)" }}
active  = {{ type = "boolean", nullable = false }}
created = {{ type = "datetime", default = {{ sql = "CURRENT_TIMESTAMP" }} }}
day     = {{ type = "date" }}
parent  = {{ type = "integer", references = "table_{before:05}.id", on_delete = "cascade" }}

"""

# A loop costs Alembic less to read than a class for each table, as people have it.
THEIR_TABLES = """\
import sqlalchemy as sa

metadata = sa.MetaData()
for n in range({count}):
    sa.Table(
        f"table_{{n:05}}", metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(64), nullable=False, index=True),
        sa.Column("email", sa.String(120)),
        sa.Column("body", sa.Text),
        sa.Column("amount", sa.Integer, nullable=False, server_default="0"),
        sa.Column("price", sa.Numeric(10, 2)),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created", sa.DateTime, server_default=sa.text("CURRENT_TIMESTAMP")),
        sa.Column("day", sa.Date),
        sa.Column("parent", sa.Integer, sa.ForeignKey(f"table_{{n // 2:05}}.id", ondelete="CASCADE")),
    )
"""


def our_models(count: int) -> str:
    """models.toml with `count` tables."""
    return "".join(OUR_TABLE.format(n=n, before=n // 2) for n in range(count))


def their_models(count: int) -> str:
    """models.py with the same tables."""
    return THEIR_TABLES.format(count=count)


# The table of a million rows, and what is done to it.
ACCOUNT = Revision(
    revision_id(0),
    [],
    "account",
    """\
[[upgrade]]
create_table = "account"
columns = [
    { name = "id", type = "integer", nullable = false },
    { name = "username", type = "string(64)", nullable = false },
    { name = "email", type = "string(120)" },
    { name = "balance", type = "integer" },
    { name = "created", type = "datetime", nullable = false },
]
primary_key = { name = "pk_account", columns = ["id"] }

[[upgrade]]
create_index = "ix_account_username"
table = "account"
columns = ["username"]
""",
    """\
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=True),
        sa.Column("balance", sa.Integer(), nullable=True),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
    )
    op.create_index("ix_account_username", "account", ["username"], unique=False)
""",
)

NOT_NULL = Revision(
    revision_id(1),
    [revision_id(0)],
    "email is required",
    """\
[[upgrade]]
alter_column = "account.email"
from = { type = "string(120)" }
to = { type = "string(120)", nullable = false }
""",
    """\
    with op.batch_alter_table("account") as batch:
        batch.alter_column("email", existing_type=sa.String(length=120), nullable=False)
""",
)

# TEXT where INTEGER was: every stored value changes, so every row must be written anew.
NEW_TYPE = Revision(
    revision_id(1),
    [revision_id(0)],
    "balance is text",
    """\
[[upgrade]]
alter_column = "account.balance"
from = { type = "integer" }
to = { type = "string(20)" }
""",
    """\
    with op.batch_alter_table("account") as batch:
        batch.alter_column("balance", existing_type=sa.Integer(), type_=sa.String(length=20))
""",
)

ACCOUNT_ROWS = """\
INSERT INTO account (username, email, balance, created)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
SELECT 'user' || (i * 7919 % {count}), 'user' || i || '@example.org', i * 31 % 100000,
       '2026-11-20 10:14:03.000000' FROM n;
"""


def write_ours(folder: Path, revisions: list[Revision]) -> None:
    """The folder of a project of `db` with these revisions."""
    versions = folder / "migrations" / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    (folder / "db.toml").write_text("")
    for it in revisions:
        parents = ", ".join(f'"{parent}"' for parent in it.parents)
        text = f"""\
# {it.title}
revision = "{it.id}"
down_revision = [{parents}]
branch_labels = []
depends_on = []
created = 2026-11-20T10:14:03Z

{it.ours}"""
        (versions / f"{it.id}_{slug(it)}.toml").write_text(text)


def write_theirs(folder: Path, revisions: list[Revision]) -> None:
    """The same revisions in the folder that `alembic init` made."""
    versions = folder / "migrations" / "versions"
    for it in revisions:
        parents = {0: "None", 1: repr(it.parents[0]) if it.parents else ""}
        down = parents.get(len(it.parents), repr(tuple(it.parents)))
        text = f'''\
"""{it.title}

Revision ID: {it.id}
Revises: {", ".join(it.parents)}
Create Date: 2026-11-20 10:14:03

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = "{it.id}"
down_revision: Union[str, Sequence[str], None] = {down}
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
{it.theirs}

def downgrade() -> None:
    """Downgrade schema."""
    pass
'''
        (versions / f"{it.id}_{slug(it)}.py").write_text(text)


def slug(revision: Revision) -> str:
    """The title as it stands in the name of a file."""
    return revision.title.replace(" ", "_")
