"""Calls of the demonstration: prepared by a department, published by planning the day after (P4)."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from demo.days import workday_until
from demo.files import read
from demo.organization import person, planner
from demo.timeline import Timeline, do
from proposals.models import Call
from proposals.services import calls

DAYS = {"opens": "opens_on", "closes": "closes_on", "result": "result_on"}
WORDS = {"kind", "audience", "title", "field", "text", "prize"}


def add(timeline: Timeline, today: date) -> None:
    for row in read("calls")["calls"]:
        day = today + timedelta(days=row["day"])
        timeline.add(workday_until(day), partial(_prepare, row, today))
        timeline.add(workday_until(day + timedelta(days=1)), partial(_publish, row["title"]))


def _prepare(row: dict[str, Any], today: date) -> None:
    by = person(row["by"])
    values: dict[str, Any] = {name: row[name] for name in WORDS if name in row}
    values |= {DAYS[name]: today + timedelta(days=row[name]) for name in DAYS if name in row}
    values |= {"department": by.department, "result_place": row.get("place", "")}
    made = do(calls.prepare, values, actor=by)
    do(calls.ask, made, actor=by)


def _publish(title: str) -> None:
    do(calls.publish, Call.objects.get(title=title), actor=planner())
