"""Best-practice contests of the demonstration, each step through its service (E5): last year's, judged to its awards,
and one that is open now."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from contests.models import Contest, Practice
from contests.services import contests, practices
from demo import judging
from demo.days import workday_after, workday_from, workday_until
from demo.files import read
from demo.organization import person, planner
from demo.timeline import Timeline, do, logged
from organization.models import User
from organization.selectors import heads_of

TEXTS = ("title", "before", "done", "outcome", "figures")
LED, HELPED = Decimal(70), Decimal(30)  # of who wrote it, and of the head who helped
TITLE = "{year}년 창의행정 우수사례 경진대회"


def add(timeline: Timeline, today: date) -> None:
    found = read("contests")
    past, year = found["past"], today.year - 1
    days = {name: date(year, *past[name]) for name in ("opens", "closes", "made", "confirmed")}
    days["closes"] = workday_until(days["closes"])
    _add(timeline, past, year, workday_from(days["opens"]), days["closes"])
    round = {**past, "kind": "practice", "period": str(year), "most": len(past["practices"])}
    judging.add_past(
        timeline, judging.Contest({**round, "made": days["made"], "confirmed": days["confirmed"]})
    )
    duty = workday_after(days["closes"])
    timeline.add(duty, partial(_lapse, duty))
    now = found["now"]
    opens, closes = (today + timedelta(days=now[name]) for name in ("opens", "closes"))
    _add(timeline, now, today.year, workday_until(opens), workday_from(closes))


def _add(timeline: Timeline, row: dict[str, Any], year: int, opens: date, closes: date) -> None:
    told = workday_until(opens)
    values = {"period": str(year), "title": TITLE.format(year=year), "text": row["text"]}
    timeline.add(told, partial(_announce, {**values, "opens_on": opens, "closes_on": closes}))
    for number, one in enumerate(row["practices"], start=1):
        timeline.add(workday_from(opens + timedelta(days=number)), partial(_write, one, str(year)))


def _lapse(day: date) -> None:
    with logged():
        practices.lapse_past(day)


def _announce(values: dict[str, Any]) -> None:
    made = do(contests.prepare, values, actor=planner())
    do(contests.publish, made, actor=planner())


def _write(row: dict[str, Any], period: str) -> None:
    writer = person(row["by"])
    assert writer.department_id
    head: User = heads_of(writer.department_id)[0]
    one = Practice.objects.get(contest=Contest.objects.get(period=period), department=writer.department_id)
    people = [(writer, LED), (head, HELPED)]
    do(practices.write, one, {name: row[name] for name in TEXTS}, people, actor=writer)
    state = row.get("state", "entered")
    if state != "draft":
        do(practices.ask, one, actor=writer)
    if state == "entered":
        do(practices.enter, one, actor=head)
