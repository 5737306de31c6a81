"""The table of B9 as rows in the database, and what a figure's link shows."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import resolve

from basis.documents.model import Block, Cell, Figures, Table
from benchmarking.enums import DECISION_PRECEDENCE, CaseState
from benchmarking.models import Case
from benchmarking.services.cases import number_key
from core.once import next_numbers
from tests.factories import DepartmentFactory
from visits.models import FieldVisit

DATA = Path(__file__).resolve().parents[1] / "demo" / "data"
# The source's own figures: total, adopted, rejected (all, kept, in force).
TABLE = {2013: (33, 10, 23, 10, 13), 2014: (25, 4, 21, 13, 8), 2015: (34, 3, 31, 16, 15)}
TOTAL = (92, 17, 75, 39, 36)
VISITS = {2013: 18, 2014: 4, 2015: 8}


def history() -> None:
    """The 92 cases and 30 visits of the demonstration, without the reviews that led to them."""
    numbers: dict[int, int] = {}
    cases = []
    for row in _read("cases_history")["cases"]:
        year = row["year"]
        numbers[year] = numbers.get(year, 0) + 1
        decisions = {review["decision"] for review in row["reviews"]}
        cases.append(
            Case(
                **{name: row[name] for name in ("title", "source_kind", "source_name", "channel", "field")},
                year=year, number=numbers[year], summary=row["summary"], cost_class=row["cost_class"],
                found_on=row["found_on"], registered_on=row["notified_on"], state=CaseState.DECIDED,
                outcome=next(d for d in DECISION_PRECEDENCE if d in decisions),
                decided_on=max(review["decided_on"] for review in row["reviews"]),
            )
        )  # fmt: skip
    Case.objects.bulk_create(cases)
    for year, count in numbers.items():
        next_numbers(number_key(year), count)
    office = DepartmentFactory()
    FieldVisit.objects.bulk_create(
        FieldVisit(
            department=office, department_name=office.name, visited_on=row["visited_on"], host=row["host"],
            purpose=row["purpose"], headcount=row["headcount"],
        )
        for row in _read("visits_history")["visits"]
    )  # fmt: skip


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def rows_behind(url: str, user: Any) -> int:
    """How many rows the list at this address has for the user."""
    path, query = urlsplit(url)[2:4]
    request = HttpRequest()
    request.user, request.path, request.method, request.GET = user, path, "GET", QueryDict(query)
    view = resolve(path).func.view_class()
    view.setup(request)
    queryset, filterset = view.filtered(user, request.GET)
    assert filterset.is_valid(), filterset.errors
    unknown = set(request.GET) - set(filterset.filters)
    assert not unknown, unknown
    return int(queryset.count())


def linked(blocks: Any) -> list[tuple[int, str]]:
    """Every figure of the blocks that leads somewhere, with its address."""
    found: list[tuple[int, str]] = []
    for block in blocks:
        found += [(int(value), url) for value, url in _figures(block) if url and "?" in url]
    return found


def _figures(block: Block) -> list[tuple[Any, str]]:
    if isinstance(block, Table):
        cells: list[Cell] = [cell for line in block.rows + block.totals for cell in line]
        return [(cell.value, cell.url) for cell in cells]
    return [(item.value, item.url) for item in block.items] if isinstance(block, Figures) else []


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
