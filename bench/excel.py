"""Excel of many rows, each in a process of its own: time and peak memory. Prints one JSON object a measurement."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from openpyxl import Workbook

from basis.excel.exports import get_export
from core.now import today
from demo.titles import generate_titles
from tests.basis.tables import files

ROOT = Path(__file__).resolve().parents[1]
MANY = 10_000  # rows in the other containers
KIND, LIST = "benchmarking-cases", "benchmarking-case-list"  # what is taken in; the list that is given out
HEAD = "사례명 기관구분 기관명 발굴경로 분야 예산구분 주요내용 발굴일".split()
LABELS = ["사례명", "기관 구분", "기관명", "발굴 경로", "분야", "예산 구분", "주요 내용", "발굴일"]


def bare(target: Path) -> None:
    """The same rows through openpyxl's write_only sheet and nothing else."""
    columns, rows = get_export(LIST).build({})
    held = [tuple(row) for row in rows]
    book = Workbook(write_only=True)
    begun = time.perf_counter()
    sheet = book.create_sheet()
    sheet.append([str(column.label) for column in columns])
    for row in held:
        sheet.append(row)
    book.save(target)
    print(time.perf_counter() - begun)


def prepare(target: Path, rows: int) -> None:
    """A workbook to take in: titles that are not there yet."""
    write(target, made(rows))


def write(target: Path, rows: Iterator[list[Any]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(target)


def made(rows: int) -> Iterator[list[Any]]:
    yield list(LABELS)
    for title in generate_titles(rows, seed=7):
        summary = f"{title}. 주민 불편을 덜고 비용을 줄인 사례입니다."
        yield [title, "시·군·구", "가람시 본청", "언론보도", "구민복지", "저예산", summary, today()]


def applied(rows: int) -> Iterator[list[Any]]:
    """A list of 국민신문고."""
    yield "신청번호 신청일 제목 내용 신청인 연락처 전자우편".split()
    for n, title in enumerate(generate_titles(rows, seed=11)):
        day = today() - timedelta(days=n % 25)
        text = f"{title}. 가까운 곳에 없어서 불편합니다. 다른 곳처럼 해 주시면 좋겠습니다."
        yield [f"1AB-2611-{n:07}", day, title, text, "김구민", "010-0000-0000", f"a{n}@example.org"]


def child(*command: str) -> tuple[float, float, str]:
    """Seconds, peak memory in MB, what was printed."""
    begun = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=output)
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        output.seek(0)
        return time.perf_counter() - begun, usage.ru_maxrss / 1024, output.read()


def main() -> None:
    rows = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        out, back, plain = (Path(folder) / name for name in ("out.xlsx", "in.xlsx", "plain.xlsx"))
        idle, idle_mb, _ = child("manage.py", "export_excel", LIST, str(out), "--filter", "year=1900")
        took, peak, _ = child("manage.py", "export_excel", LIST, str(out))
        _, _, printed = child("-m", "bench.excel", "bare", str(plain))
        say("export", took - idle, peak, idle_mb, float(printed))
        containers(Path(folder), idle, idle_mb)  # of titles that are taken in below
        prepare(back, min(rows, 100_000))
        took, peak, _ = child("manage.py", "import_excel", KIND, str(back), "--dry-run")
        say("import, check only", took - idle, peak, idle_mb)
        took, peak, _ = child("manage.py", "import_excel", KIND, str(back))
        say("import", took - idle, peak, idle_mb)
        proposals(Path(folder), idle, idle_mb)


def proposals(folder: Path, idle: float, idle_mb: float) -> None:
    """What came in by 국민신문고, checked and saved: under 15 s and 200 MB."""
    target = folder / "applied.xlsx"
    write(target, applied(MANY))
    for what, *more in (
        (f"국민신문고, {MANY:,} rows, check only", "--dry-run"),
        (f"국민신문고, {MANY:,} rows",),
    ):
        took, peak, _ = child("manage.py", "import_excel", "proposals", str(target), *more)
        say(what, took - idle, peak, idle_mb)


def containers(folder: Path, idle: float, idle_mb: float) -> None:
    """The other containers an office brings, checked: under 15 s and 200 MB."""
    for name in ("xls", "ods", "csv", "html"):
        target = str(folder / f"a.{name}")
        child("-m", "bench.excel", name, target)  # a process of its own: its memory would count for the next
        took, peak, _ = child("manage.py", "import_excel", KIND, target, "--dry-run")
        say(f"check .{name}, {MANY:,} rows", took - idle, peak, idle_mb)


def say(what: str, seconds: float, peak: float, idle: float, bare_seconds: float | None = None) -> None:
    figures = {"what": what, "seconds": seconds, "peak": peak, "own": peak - idle, "bare": bare_seconds}
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "proposals":
        with tempfile.TemporaryDirectory() as place:
            proposals(Path(place), 0, 0)
    elif sys.argv[1] == "bare":
        bare(Path(sys.argv[2]))
    elif sys.argv[1].isdigit():
        main()
    else:
        Path(sys.argv[2]).write_bytes(getattr(files, sys.argv[1])(list(made(MANY))).getvalue())
