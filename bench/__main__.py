"""python -m bench [--cases N] [--proposals N] [--entries N] [--grow N] [--db …] …: measures, on its own databases."""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2

from bench.neighbour import NEIGHBOURS, PRETALX, SPIRIT, Neighbour
from bench.tables import excel_table, finding_table, ledger_table, page_table, shell_table, similar_table
from tests import services

ROOT = Path(__file__).resolve().parents[1]
KINDS = (
    "pages",
    "proposals",
    "excel",
    "similar",
    "ledger",
    "judging",
    "clubs",
    "incentives",
    "knowledge",
    "finding",
    "shell",
)
ALONE = {"judging", "clubs", "incentives", "knowledge", "finding", "shell"}  # each on a database of its own
READERS = 100  # of each post of knowledge
BESIDE_SHELL = 20_000  # cases, and entries of points, where pages are compared with the shell
PREPARED = (["migrate", "--verbosity=0"], ["collectstatic", "--noinput", "--verbosity=0"])
QUIET = {"DJANGO_SETTINGS_MODULE": "config.settings.local", "LOG_LEVEL": "WARNING", "DEMO": "1"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--proposals", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=1_000_000, help="of the ledger of points")
    parser.add_argument("--judged", type=int, default=10_000, help="entries of one round")
    parser.add_argument("--clubs", type=int, default=500, help="in each of ten years")
    parser.add_argument(
        "--projects", type=int, default=13, help="of incentives in a year, of 100 indicators each"
    )
    parser.add_argument(
        "--posts", type=int, default=100_000, help="of knowledge: each read by 100; words found in"
    )
    parser.add_argument("--grow", type=int, default=10_000_000, help="entries to read again among; 0: not")
    parser.add_argument("--db", nargs="+", choices=DATABASES, default=list(DATABASES))
    parser.add_argument("--only", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--requests", type=int, default=60, help="of each page (at least 50 for the record)")
    parser.add_argument("--keep", type=Path, help="folder of the databases; filled once, used again")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = options.keep or Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="changui-bench-"))
        )
        folder = folder.resolve()
        for name in options.db if set(options.only) - ALONE else ():
            with database(name, folder / name) as env:
                measure(name, options, env)
        if "judging" in options.only:
            with database("postgres", folder / "judging") as env:
                measure_judging(options.requests, options.judged, env)
        if "clubs" in options.only:
            with database("postgres", folder / "clubs") as env:
                measure_clubs(options.requests, options.clubs, env)
        if "incentives" in options.only:
            with database("postgres", folder / "incentives") as env:
                measure_incentives(options.requests, options.projects, env)
        if "knowledge" in options.only:
            with database("postgres", folder / "knowledge") as env:
                measure_knowledge(options.requests, options.posts, env)
        for name in options.db if "finding" in options.only else ():
            with database(name, folder / f"finding-{name}") as env:
                for arguments in PREPARED:
                    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=True)
                rows = child("bench.finding", str(options.requests), str(options.posts), env=env)
                print(finding_table(name, options.posts, rows), flush=True)
        if "shell" in options.only:
            with database("postgres", folder / "shell") as env:
                measure_shell(options.requests, env)


@contextlib.contextmanager
def sqlite(place: Path) -> Iterator[str]:
    yield f"sqlite:///{place / 'changui.sqlite3'}"


@contextlib.contextmanager
def postgres(place: Path) -> Iterator[str]:
    """A cluster for this run only, so it is filled each time; it waits for the disk as a real one does."""
    (place / "filled").unlink(missing_ok=True)
    with services.postgres(durable=True) as url:
        yield url


DATABASES = {"sqlite": sqlite, "postgres": postgres}


@contextlib.contextmanager
def database(name: str, place: Path) -> Iterator[dict[str, str]]:
    """The environment of the application on a database of its own."""
    place.mkdir(parents=True, exist_ok=True)
    with DATABASES[name](place) as url:
        yield {**os.environ, **QUIET, "DATA_DIR": str(place), "DATABASE_URL": url}


def measure(name: str, options: argparse.Namespace, env: dict[str, str]) -> None:
    cases = options.cases if {"pages", "excel", "similar"} & set(options.only) else 0
    proposals = options.proposals if "proposals" in options.only else 0
    entries = options.entries if "ledger" in options.only else 0
    fill(Path(env["DATA_DIR"]), env, cases=cases, proposals=proposals, entries=entries)
    if proposals:
        rows = child("bench.proposals", str(options.requests), env=env)
        print(page_table(name, f"{proposals:,} proposals", rows), flush=True)
    if "pages" in options.only:
        rows = child("bench.pages", str(options.requests), env=env)
        print(page_table(name, f"{options.cases:,} cases", rows), flush=True)
    if "similar" in options.only:  # before Excel adds as many again
        rows = child("bench.similar", env=env)
        print(similar_table(name, options.cases, rows), flush=True)
    if "excel" in options.only:
        rows = child("bench.excel", str(options.cases), env=env)
        print(excel_table(name, options.cases, rows), flush=True)
    if "ledger" in options.only:
        rows = child("bench.ledger", str(options.grow), env=env)
        print(ledger_table(name, rows), flush=True)


def measure_shell(requests: int, env: dict[str, str]) -> None:
    """The CPU of our pages, and of those of other systems, on the same machine after one another."""
    fill(Path(env["DATA_DIR"]), env, cases=BESIDE_SHELL, proposals=BESIDE_SHELL, entries=BESIDE_SHELL)
    rows = child("bench.shell", str(requests), env=env)
    for other in NEIGHBOURS:
        rows += beside(other, other.measures, requests)
    print(shell_table("postgres", f"{BESIDE_SHELL:,} cases", rows), flush=True)


def measure_judging(requests: int, entries: int, env: dict[str, str]) -> None:
    """A round of so many entries, and what another system does with as many that are reviewed."""
    fill(Path(env["DATA_DIR"]), env, proposals=entries)
    rows = child("bench.judging", str(requests), str(entries), env=env)
    rows += beside(PRETALX, "bench.pretalx_reviews", max(3, requests // 10))
    print(shell_table("postgres", f"{entries:,} entries", rows), flush=True)


def measure_clubs(requests: int, clubs: int, env: dict[str, str]) -> None:
    """So many clubs in each of ten years, beside the shell alone."""
    fill(Path(env["DATA_DIR"]), env, proposals=0)
    rows = child("bench.clubs", str(requests), str(clubs), env=env)
    print(shell_table("postgres", f"{clubs:,} clubs a year", rows), flush=True)


def measure_incentives(requests: int, projects: int, env: dict[str, str]) -> None:
    """So many projects of 100 indicators each, with a value a week, beside the shell alone."""
    fill(Path(env["DATA_DIR"]), env, proposals=0)
    rows = child("bench.incentives", str(requests), str(projects), "100", env=env)
    print(shell_table("postgres", f"{projects:,} projects of 100 indicators", rows), flush=True)


def measure_knowledge(requests: int, posts: int, env: dict[str, str]) -> None:
    """So many posts, each read by a hundred, beside the shell and django-spirit with the same on the same server."""
    fill(Path(env["DATA_DIR"]), env, proposals=0)
    held = (str(posts), str(READERS))
    rows = child("bench.knowledge", str(requests), *held, env=env)
    with contextlib.closing(psycopg2.connect(env["DATABASE_URL"])) as server:
        server.autocommit = True
        server.cursor().execute("CREATE DATABASE spirit")
    theirs = env["DATABASE_URL"].rpartition("/")[0] + "/spirit"
    rows += beside(SPIRIT, SPIRIT.measures, requests, *held, SPIRIT_DATABASE=theirs)
    print(shell_table("postgres", f"{posts:,} posts read by 100 each", rows), flush=True)


def beside(
    other: Neighbour, module: str, requests: int, *arguments: str, **named: str
) -> list[dict[str, Any]]:
    """What another system's pages take; nothing where it cannot be installed."""
    try:
        python = other.prepared()
    except subprocess.CalledProcessError as error:
        print(f"{other.name} could not be installed: {error}", file=sys.stderr, flush=True)
        return []
    env = {**os.environ, "PYTHONPATH": str(ROOT), **named}
    return child(module, str(requests), *arguments, env=env, python=python, cwd=other.place)


def fill(place: Path, env: dict[str, str], **load: int) -> None:
    """The demonstration district and so much of each kind, unless a run before has left it."""
    wanted = [f"--{kind}={count}" for kind, count in load.items()]
    mark = place / "filled"
    if mark.exists() and mark.read_text() == " ".join(wanted):
        return
    begun = time.monotonic()
    manage = [sys.executable, "manage.py"]
    for arguments in (*PREPARED, ["load_demo"], ["generate_load", *wanted]):
        print(f"· {' '.join(arguments)} ({time.monotonic() - begun:.0f} s)", file=sys.stderr, flush=True)
        subprocess.run([*manage, *arguments], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    mark.write_text(" ".join(wanted))


def child(
    module: str, *arguments: str, env: dict[str, str], python: str | Path = sys.executable, cwd: Path = ROOT
) -> list[dict[str, Any]]:
    """What a measuring process prints: one JSON object a line."""
    command = [python, "-m", module, *arguments]
    done = subprocess.run(command, cwd=cwd, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]  # pretalx greets


if __name__ == "__main__":
    main()
