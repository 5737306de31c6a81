"""The cases of past years and the field visits made for them, from their files (B1–B4, B7, B9)."""

from functools import partial
from typing import Any

from benchmarking.models import Case
from benchmarking.services.visits import record_visit
from reports.demo.days import workday_after, workday_before
from reports.demo.files import read
from reports.demo.organization import department
from reports.demo.story import Story, planner
from reports.demo.timeline import Timeline, do

ANSWER = ("decision", "reason", "plan_what", "plan_on", "plan_budget")


def add_history(timeline: Timeline) -> None:
    for name in ("cases_history", "cases_between"):
        for values in read("benchmarking", name)["cases"]:
            _add_case(timeline, values)
    for values in read("benchmarking", "visits_history")["visits"]:
        timeline.add(values["visited_on"], partial(_visit, values))


def _add_case(timeline: Timeline, values: dict[str, Any]) -> None:
    story, sent = Story(values), values["notified_on"]
    timeline.add(values["found_on"], story.register)
    timeline.add(sent, partial(story.dispatch, [review["department"] for review in values["reviews"]]))
    for review in values["reviews"]:
        place, decided = review["department"], review["decided_on"]
        answer = {name: review[name] for name in ANSWER if name in review}
        timeline.add(min(workday_after(sent), decided), partial(story.assign, place))
        timeline.add(max(workday_before(decided), sent), partial(story.submit, place, **answer))
        timeline.add(decided, partial(story.confirm, place))
        if done := review.get("implemented_on"):
            timeline.add(done, partial(story.report, place, done, review["result"]))
            timeline.add(workday_after(done), partial(story.confirm_follow_up, place))


def _visit(row: dict[str, Any]) -> None:
    values = {name: row[name] for name in ("visited_on", "host", "purpose", "headcount")}
    case = Case.objects.get(title=row["case"], year=row["visited_on"].year)
    place = department(row["department"])
    do(record_visit, {**values, "case": case}, department=place, actor=planner(), is_demo=True)
