"""The living half-year: cases whose days are counted from the day of loading (B2–B7, O9)."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from reports.demo.days import workday_from, workday_until
from reports.demo.files import read
from reports.demo.story import Story
from reports.demo.timeline import Timeline

# What is planned falls on a working day from then on, what has been done on one until then.
AHEAD = {"to_day": "to", "plan_day": "plan_on"}
BEHIND = {"from_day": "start", "implemented_day": "implemented_on"}


def add_current(timeline: Timeline, today: date) -> None:
    for values in read("benchmarking", "cases_current")["cases"]:
        found = _past(today, values["found"])
        story = Story({**values, "found_on": found})
        timeline.add(found, story.register)
        for step in values.get("steps", ()):
            arguments = _dated(step, today)
            act = getattr(story, arguments.pop("step"))
            timeline.add(_past(today, arguments.pop("day")), partial(act, **arguments))


def _past(today: date, offset: int) -> date:
    return workday_until(today + timedelta(days=offset))


def _dated(step: dict[str, Any], today: date) -> dict[str, Any]:
    """The step with days in place of offsets."""
    dated: dict[str, Any] = {}
    for name, value in step.items():
        if name in AHEAD:
            dated[AHEAD[name]] = workday_from(today + timedelta(days=value))
        elif name in BEHIND:
            dated[BEHIND[name]] = _past(today, value)
        else:
            dated[name] = value
    return dated
