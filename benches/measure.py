"""Runs programs in turns and keeps what each run cost.

Programs that are compared run alternately, A B A B, so that whatever else the machine does meets
all of them alike. The first turn warms the caches and is thrown away.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Callable, NamedTuple


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
    input: Path = Path(os.devnull)
    turns: int = 1  # a quick program may run several times while another one runs once
    rounds: int = 0  # a slow program may stop after so many rounds; 0 is never


class Failed(Exception):
    """A program did not end as it should."""


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
    words = [str(program.folder), str(program.input), str(errors), *program.command]
    STARTER.stdin.write("\0".join(words) + "\n")
    STARTER.stdin.flush()
    code, wall, cpu, memory = STARTER.stdout.readline().split()
    if code != "0":
        command = " ".join(program.command)
        raise Failed(f"`{command}` in {program.folder} ends with {code}\n{errors.read_text()}")
    program.check()
    return Run(float(wall), float(cpu), int(memory))


def medians(runs: list[Run]) -> Run:
    """The median of each figure by itself."""
    return Run(*(median(list(figures)) for figures in zip(*runs)))


def median(figures: list) -> float:
    """The figure in the middle, or halfway between the two there."""
    figures = sorted(figures)
    middle = len(figures) // 2
    return figures[middle] if len(figures) % 2 else (figures[middle - 1] + figures[middle]) / 2


# Nothing of the person's own settings, least of all the address of a database.
ENVIRONMENT = {
    "PATH": os.environ.get("PATH", os.defpath),
    "HOME": os.devnull,
    "LANG": "C.UTF-8",
    "USER": "bench",
    "NO_COLOR": "1",
}

# Starts a program for each line that it reads, and answers with what that cost. To Linux the
# memory of a process is at least that of the one that started it, so this one is kept small.
START = """
import os, sys, time
for line in sys.stdin:
    folder, given, errors, *command = line[:-1].split("\\0")
    new = os.O_CREAT | os.O_WRONLY | os.O_TRUNC
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, given, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, errors, new, 0o600),
    ]
    os.chdir(folder)
    began = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - began
    cpu = usage.ru_utime + usage.ru_stime
    print(os.waitstatus_to_exitcode(status), wall, cpu, usage.ru_maxrss * 1024, flush=True)
"""

STARTER = subprocess.Popen(
    [sys.executable, "-I", "-S", "-c", START],
    env=ENVIRONMENT,
    stdin=subprocess.PIPE,
    stdout=subprocess.PIPE,
    text=True,
)

# The memory of a program that needs none: less than this cannot be told.
MEMORY_FLOOR = once(Program("floor", ["/bin/true"], Path("/tmp"))).memory
