"""The office: departments with their history, staff with postings, roles, absences: entered on their days (O1–O5)."""

from collections import defaultdict
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.hashers import make_password

from demo.files import read
from demo.timeline import Timeline, Turn, do
from organization.models import Department, Posting, User
from organization.services import absences, departments, roles, staff

PASSWORD = "hanbit-demo-2026"  # noqa: S105  known to everybody: demonstration only
PLANNER, GENERAL_AFFAIRS = "100016", "100032"  # officers all along


def department(code: str) -> Department:
    return Department.objects.get(code=code)


def person(number: str) -> User:
    """A fresh copy: rights are read once a copy, and they change with the days."""
    return User.objects.get(employee_number=number)


def planner() -> User:
    return person(PLANNER)


def general_affairs() -> User:
    return person(GENERAL_AFFAIRS)


def add(timeline: Timeline, today: date) -> None:
    """Everything the files tell about the office, on its day. On one day transfers come before changes."""
    timeline.grow(User, Posting)
    offices, people = read("departments"), read("staff")
    for row in offices["departments"]:
        timeline.add(row["valid_from"], partial(_found, row), Turn.ORGANISATION)
    _add_staff(timeline, people)
    for row in offices["changes"]:
        timeline.add(row["date"], partial(_change, row), Turn.ORGANISATION)
    for row in people["absences"]:
        start = today + timedelta(days=row["from_day"])
        end = today + timedelta(days=row["to_day"])
        timeline.add(start, partial(_away, row, start, end), Turn.ORGANISATION)


def _found(row: dict[str, Any]) -> None:
    parent = department(row["parent"]) if row.get("parent") else None
    names = ("code", "name", "kind", "role", "order", "valid_from")
    do(departments.create, parent=parent, **{name: row[name] for name in names if name in row})


def _change(row: dict[str, Any]) -> None:
    values = {"effective_on": row["date"], "document": row["document"]}
    if row["type"] == "rename":
        do(departments.rename, department(row["code"]), name=row["name"], **values)
    else:
        ending: Any = {"merge": departments.merge, "abolish": departments.abolish}[row["type"]]
        do(ending, department(row["code"]), successor=department(row["successor"]), **values)


def _add_staff(timeline: Timeline, people: dict[str, Any]) -> None:
    served: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for posting in people["postings"]:
        served[posting["employee_number"]].append(posting)
    begin, password = people["about"]["postings_from"], make_password(PASSWORD)
    for row in people["staff"]:
        first, *later = served.get(row["employee_number"]) or [{**row, "from": begin}]
        timeline.add(first["from"], partial(_employ, row, first, password), Turn.ORGANISATION)
        for posting in later:
            timeline.add(posting["from"], partial(_transfer, posting), Turn.ORGANISATION)
        for role in row.get("roles", ()):
            since = (later or [first])[-1]["from"]
            timeline.add(since, partial(_grant, row["employee_number"], role), Turn.ORGANISATION)


def _place(row: dict[str, Any]) -> dict[str, Any]:
    place = department(row["department"]) if row.get("department") else None
    return {
        "department": place,
        "position": row["position"],
        "rank": row.get("rank", ""),
        "valid_from": row["from"],
    }


def _employ(row: dict[str, Any], posting: dict[str, Any], password: str) -> None:
    """An account everybody may try: the known password in place of a first one that must be changed."""
    identity = {name: row[name] for name in ("employee_number", "name", "email")}
    do(staff.create, with_password=False, **identity, **_place(posting))
    User.objects.filter(employee_number=row["employee_number"]).update(
        password=password, must_change_password=False, is_demo=True
    )


def _transfer(posting: dict[str, Any]) -> None:
    do(staff.transfer, person(posting["employee_number"]), **_place(posting))


def _grant(number: str, role: str) -> None:
    do(roles.grant, person(number), role, reason="업무분장")


def _away(row: dict[str, Any], start: date, end: date) -> None:
    absent = person(row["employee_number"])
    do(
        absences.create,
        actor=absent,
        user=absent,
        substitute=person(row["substitute"]),
        start=start,
        end=end,
        reason=row["reason"],
    )
