"""Runs programs in turns and keeps what each run cost.

Programs that are compared run alternately, A B A B, so that whatever else the machine does meets
all of them alike. The first turn warms the caches and is thrown away.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Callable, NamedTuple

from resource import RUSAGE_SELF, getrusage


class Run(NamedTuple):
    """What one run cost, or the medians of several."""

    wall: float  # seconds
    cpu: float  # seconds, of the user and of the system
    memory: int  # the largest resident set, in bytes


class Program(NamedTuple):
    """A command to measure."""

    name: str
    command: list[str]
    folder: Path
    prepare: Callable[[], object] = lambda: None  # before each run, not measured
    check: Callable[[], object] = lambda: None  # after each run, not measured
    input: Path | None = None
    turns: int = 1  # a quick program may run several times while another one runs once
    rounds: int = 0  # a slow program may stop after so many rounds; 0 is never


class Failed(Exception):
    """A measured program did not end as it should."""


def alternate(programs: list[Program], rounds: int) -> list[Run]:
    """The medians of each program over `rounds` rounds."""
    runs: list[list[Run]] = [[] for _ in programs]
    for turn in range(rounds + 1):
        for program, mine in zip(programs, runs):
            if program.rounds and turn > program.rounds:
                continue
            mine.extend(once(program) for _ in range(program.turns if turn else 1))
    return [medians(mine[1:]) for mine in runs]


def once(program: Program) -> Run:
    """Runs a program to its end."""
    program.prepare()
    errors = program.folder / ".errors"
    new = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, program.input or os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, errors, new, 0o600),
    ]
    os.chdir(program.folder)
    began = time.perf_counter()
    child = os.posix_spawn(program.command[0], program.command, ENVIRONMENT, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) != 0:
        command = " ".join(program.command)
        raise Failed(f"{program.name}: `{command}` in {program.folder}\n{errors.read_text()}")
    program.check()
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def medians(runs: list[Run]) -> Run:
    """The median of each figure by itself."""
    return Run(*(median(list(figures)) for figures in zip(*runs)))


def median(figures: list) -> float:
    """The figure in the middle, or halfway between the two there."""
    figures = sorted(figures)
    middle = len(figures) // 2
    return figures[middle] if len(figures) % 2 else (figures[middle - 1] + figures[middle]) / 2


def memory_floor() -> int:
    """Less than this cannot be told: a new process counts the memory of the one that made it."""
    return getrusage(RUSAGE_SELF).ru_maxrss * 1024


# Nothing of the person's own settings, least of all the address of a database.
ENVIRONMENT = {
    "PATH": os.environ.get("PATH", os.defpath),
    "HOME": os.devnull,
    "LANG": "C.UTF-8",
    "USER": "bench",
    "NO_COLOR": "1",
}
