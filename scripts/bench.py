"""How fast the main pages and the Excel files are with many cases, on SQLite and PostgreSQL.

bench.py [--cases N] [--requests N] [--database sqlite|postgres]

Pages are asked for in one process, without a network: the time is the application's own. "Raw SQL" is the time of
the statements of that very page, given to the database by a bare cursor; "empty" is a page that only says "ok".
"""

import argparse
import contextlib
import itertools
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

KIND = "benchmarking-cases"
WARM_UP = 5
COLUMNS = (("page", 15), ("median ms", 11), ("p99 ms", 9), ("queries", 9), ("raw SQL ms", 12), ("× raw SQL", 11),
           ("× empty", 9))  # fmt: skip


# --------------------------------------------------------------------------------------- pages, inside Django


def milliseconds(act: Callable[[], Any], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken)


def statements(act: Callable[[], Any]) -> list[tuple[str, Any]]:
    """What `act` asks the database, as it asks."""
    from django.db import connection

    asked: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    return asked


def raw_time(asked: list[tuple[str, Any]], times: int) -> float:
    """Median milliseconds of the same statements without the application."""
    from django.db import connection

    def ask() -> None:
        with connection.cursor() as cursor:
            for sql, params in asked:
                cursor.execute(sql, params)
                if cursor.description:
                    cursor.fetchall()

    return statistics.median(milliseconds(ask, times))


def addresses() -> dict[str, str]:
    from django.urls import reverse

    from benchmarking.models import Case

    cases = reverse("benchmarking:cases")
    last = (Case.objects.count() - 1) // 50 + 1
    middle = Case.objects.order_by("pk")[Case.objects.count() // 2].pk
    return {
        "empty": reverse("healthz"),
        "list": f"{cases}?size=50",
        "filtered list": f"{cases}?size=50&field=welfare&state=in_review",
        "searched list": f"{cases}?size=50&q=스마트",
        "last page": f"{cases}?size=50&page={last}",
        "detail": reverse("benchmarking:case", args=[middle]),
        "to-do list": reverse("home"),
        "dashboard": reverse("dashboard"),
        "statistics": reverse("statistics"),
    }


def measure_pages(requests: int) -> dict[str, dict[str, float]]:
    from django.test import Client

    from organization.enums import Role
    from organization.selectors import holders_of

    client = Client()
    planner = holders_of(Role.PLANNING)[0]
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    figures: dict[str, dict[str, float]] = {}
    for name, address in addresses().items():

        def get(address: str = address) -> None:
            answer = client.get(address)
            if answer.status_code != 200:
                raise RuntimeError(f"{address}: {answer.status_code}")

        milliseconds(get, WARM_UP)
        asked = [(sql, params) for sql, params in statements(get) if sql.startswith(("SELECT", "WITH"))]
        taken = milliseconds(get, requests)
        figures[name] = {
            "median": statistics.median(taken),
            "p99": taken[min(len(taken) - 1, int(len(taken) * 0.99))],
            "queries": len(asked),
            "raw": raw_time(asked, requests),
        }
    return figures


# ---------------------------------------------------------------------------------------------------- workbooks


def write_import_file(target: Path, count: int) -> None:
    """A workbook as a planning officer would send it: every column of the importer, every title new."""
    from openpyxl import Workbook

    from benchmarking.demo.titles import generate_titles
    from core.excel.importer import get_importer

    columns = get_importer(KIND).columns
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([str(column.label) for column in columns])
    examples = [column.example if column.required else None for column in columns]
    for number, title in enumerate(generate_titles(count, seed=1)):
        sheet.append([title[:190], examples[1], f"{number % 200}번째 시", *examples[3:]])
    book.save(target)


def write_bare(source: Path, target: Path) -> None:
    """As many rows of the same values as `source` has, written by openpyxl and nothing else."""
    from openpyxl import Workbook, load_workbook

    given = load_workbook(source, read_only=True).active
    values = given.iter_rows(values_only=True)
    sample = list(itertools.islice(values, 1000))
    rows = len(sample) + sum(1 for _ in values)  # a streamed sheet does not say how long it is
    begun = time.perf_counter()
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in itertools.islice(itertools.cycle(sample), rows):
        sheet.append(row)
    book.save(target)
    print(json.dumps(time.perf_counter() - begun))


# ------------------------------------------------------------------------------------------------- the whole run


def timed(env: dict[str, str], *command: str) -> tuple[float, float, str]:
    """Seconds, peak megabytes and output of a Python program."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    ) as run:
        output = run.stdout.read() if run.stdout else ""
        _, status, usage = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit {run.returncode}\n{output}")
    return time.perf_counter() - begun, usage.ru_maxrss / 1024, output


def show_pages(figures: dict[str, dict[str, float]]) -> None:
    print("".join(title.rjust(width) for title, width in COLUMNS))
    empty = figures["empty"]["median"]
    for name, of in figures.items():
        raw = f"{of['median'] / of['raw']:.1f}" if of["queries"] else ""
        row = (name, f"{of['median']:.1f}", f"{of['p99']:.1f}", f"{of['queries']:.0f}", f"{of['raw']:.2f}", raw,
               f"{of['median'] / empty:.1f}")  # fmt: skip
        print("".join(text.rjust(width) for text, (_, width) in zip(row, COLUMNS, strict=True)), flush=True)


def show_workbooks(env: dict[str, str], folder: Path, cases: int) -> None:
    exported, bare, sent = (str(folder / name) for name in ("export.xlsx", "bare.xlsx", "import.xlsx"))
    me = str(Path(__file__))
    _, rest, _ = timed(env, "manage.py", "check")
    seconds, memory, _ = timed(env, "manage.py", "export_excel", KIND, exported)
    _, bare_memory, told = timed(env, me, "bare", exported, bare)
    plain = json.loads(told)
    print(f"export: {seconds:.1f} s, {memory:.0f} MB at most (application at rest {rest:.0f} MB)")
    print(f"  bare openpyxl: {plain:.1f} s, {bare_memory:.0f} MB; export takes {seconds / plain:.2f} × that")
    timed(env, me, "workbook", sent, str(cases))
    seconds, memory, _ = timed(env, "manage.py", "import_excel", KIND, sent)
    print(f"import of {cases:,} rows: {seconds:.1f} s, {memory:.0f} MB at most", flush=True)


@contextlib.contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    from tests import services

    if kind == "sqlite":
        yield f"sqlite:///{folder}/changui.sqlite3"
    else:
        with services.postgres() as url:
            yield url


def run(kind: str, cases: int, requests: int) -> None:
    from tests import services

    with services.folder("bench") as folder, database(kind, folder) as url:
        settings = {"DATA_DIR": str(folder), "DATABASE_URL": url, "DEMO": "1", "LOG_LEVEL": "ERROR"}
        env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.local", **settings}
        for command in (
            "migrate -v0",
            "collectstatic --noinput -v0",
            "load_demo",
            f"generate_load --cases {cases}",
        ):
            timed(env, "manage.py", *command.split())
        print(f"\n{kind}, {cases:,} cases")
        show_pages(json.loads(timed(env, str(Path(__file__)), "pages", str(requests))[2]))
        show_workbooks(env, folder, cases)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--database", choices=("sqlite", "postgres"))
    given = parser.parse_args()
    for kind in [given.database] if given.database else ("sqlite", "postgres"):
        run(kind, given.cases, given.requests)


if __name__ == "__main__":
    inner = sys.argv[1] if sys.argv[1:] else ""
    if inner == "bare":
        write_bare(Path(sys.argv[2]), Path(sys.argv[3]))
    elif inner in ("pages", "workbook"):
        import django

        django.setup()
        if inner == "pages":
            print(json.dumps(measure_pages(int(sys.argv[2]))))
        else:
            write_import_file(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
