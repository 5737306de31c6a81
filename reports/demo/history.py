"""The cases of past years, from their files (B1–B4, B7, B9)."""

from functools import partial
from typing import Any

from reports.demo.days import workday_after, workday_before
from reports.demo.files import read
from reports.demo.story import Story
from reports.demo.timeline import Timeline

ANSWER = ("decision", "reason", "plan_what", "plan_on", "plan_budget")


def add_history(timeline: Timeline) -> None:
    for name in ("cases_history", "cases_between"):
        for values in read("benchmarking", name)["cases"]:
            _add_case(timeline, values)


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
