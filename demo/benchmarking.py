"""Cases of past years and of the last half-year, each step through its service, by who would do it (B1–B7, B9)."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.http import QueryDict

from benchmarking.models import Case, FollowUp, Review
from benchmarking.services import cases, dispatch, follow_ups, intake
from core import drafts
from core.models import ClockAdjustment
from demo.days import workday_after, workday_before, workday_from, workday_until
from demo.files import read
from demo.organization import department as office
from demo.organization import person, planner
from demo.timeline import Timeline, do
from organization.enums import Position
from organization.models import User
from organization.selectors import heads_of, staff_of
from reviews.services import clocks, reviews

ANSWER = ("decision", "reason", "plan_what", "plan_on", "plan_budget")
# What is planned falls on a working day from then on, what has been done on one until then.
AHEAD = {"to_day": "to", "plan_day": "plan_on"}
BEHIND = {"from_day": "start", "implemented_day": "implemented_on"}


class Story:
    """A case and its steps, named as in cases_current.toml. Departments are given by code, people by number."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self.case_id = 0

    # -- finding
    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.case_id)

    def review(self, department: str) -> Review:
        """The department's latest."""
        rows = Review.objects.filter(case=self.case_id, department__code=department)
        return rows.select_related("clock").latest("pk")

    def follow_up(self, department: str) -> FollowUp:
        return (
            FollowUp.objects.select_related("review")
            .filter(review__department__code=department)
            .get(review__case=self.case_id)
        )

    def head(self, department: str) -> User:
        return heads_of(office(department).pk)[0]

    def reviewer(self, department: str) -> User:
        """Who was named, while in the department; else one of the officers, in turn; else the head."""
        place, named = office(department), self.review(department).reviewer
        if named is not None and named.department_id == place.pk:
            return named
        officers = list(staff_of(place.pk).exclude(position=Position.HEAD).order_by("pk"))
        return officers[self.case_id % len(officers)] if officers else self.head(department)

    # -- planning
    def register(self) -> None:
        found_by = person(self.values["found_by"]) if "found_by" in self.values else planner()
        values = {name: self.values[name] for name in cases.FIELDS if name in self.values}
        values[cases.SUGGESTED] = [office(code) for code in self.values.get("planned", ())]
        actor = found_by if self.values.get("reported") else planner()
        self.case_id = do(cases.register, {**values, "found_by": found_by}, actor=actor, is_demo=True).pk

    def take_in(self) -> None:
        do(intake.take_in, self.case, actor=planner())

    def return_report(self, reason: str) -> None:
        do(intake.return_report, self.case, reason=reason, actor=planner())

    def cancel(self, reason: str) -> None:
        do(cases.cancel, self.case, reason=reason, actor=planner())

    def dispatch(self, departments: Sequence[str], note: str = "") -> None:
        places = [office(code) for code in departments]
        (sent,) = do(dispatch.dispatch, [self.case], places, note=note, actor=planner())
        if sent.error:
            raise LookupError(f"{self.case}: {sent.error}")

    def recall(self, department: str, reason: str) -> None:
        do(reviews.recall, self.review(department), reason=reason, actor=planner())

    # -- the departments
    def assign(self, department: str, reviewer: str = "") -> None:
        named = person(reviewer) if reviewer else self.reviewer(department)
        do(reviews.assign, self.review(department), named, actor=self.head(department))

    def draft(self, department: str, **values: str) -> None:
        typed = QueryDict(mutable=True)
        typed.update(values)
        drafts.save(self.reviewer(department), reviews.draft_key(self.review(department)), typed)

    def submit(self, department: str, **answer: Any) -> None:
        do(reviews.submit, self.review(department), answer, actor=self.reviewer(department))

    def send_back(self, department: str, reason: str) -> None:
        do(reviews.send_back, self.review(department), reason=reason, actor=self.head(department))

    def confirm(self, department: str) -> None:
        """Unless it is complete already: the head wrote it, or nobody need confirm."""
        review = self.review(department)
        if review.is_open:
            do(reviews.confirm, review, actor=self.head(department))

    # -- deadlines
    def request_extension(self, department: str, to: date, reason: str) -> None:
        """To the first working day from `to` on that the calendar and the cap allow."""
        review = self.review(department)
        latest = review.clock.original_due + timedelta(days=clocks.cap_days(review))
        asked = workday_from(max(to, review.clock.due + timedelta(days=1)))
        asked = asked if asked <= latest else workday_until(latest)
        do(clocks.ask_extension, review, until=asked, reason=reason, actor=self.reviewer(department))

    def request_pause(self, department: str, start: date, reason: str) -> None:
        review = self.review(department)
        do(clocks.ask_pause, review, start=start, end=None, reason=reason, actor=self.reviewer(department))

    def approve_extension(self, department: str, note: str = "") -> None:
        self._decide(department, True, note)

    def reject_extension(self, department: str, note: str) -> None:
        self._decide(department, False, note)

    def approve_pause(self, department: str, note: str = "") -> None:
        self._decide(department, True, note)

    def _decide(self, department: str, approve: bool, note: str) -> None:
        waiting = ClockAdjustment.objects.filter(state=ClockAdjustment.State.REQUESTED)
        asked = waiting.select_related("clock__review").get(clock=self.review(department).clock)
        do(clocks.decide, asked, approve=approve, note=note, actor=planner())

    def resume(self, department: str) -> None:
        do(clocks.resume, self.review(department), actor=planner())

    # -- 업무반영
    def move(self, department: str, to: date, reason: str) -> None:
        do(
            follow_ups.move,
            self.follow_up(department),
            planned_on=to,
            reason=reason,
            actor=self.reviewer(department),
        )

    def drop(self, department: str, reason: str) -> None:
        do(follow_ups.drop, self.follow_up(department), reason=reason, actor=self.reviewer(department))

    def report(
        self, department: str, implemented_on: date, result: str, evidence: str = "업무반영 결과"
    ) -> None:
        text = f"{self.case.title}\n\n{result}\n"
        do(
            follow_ups.report,
            self.follow_up(department),
            implemented_on=implemented_on,
            result=result,
            files=[ContentFile(text.encode(), name=f"{evidence}.txt")],
            actor=self.reviewer(department),
        )

    def confirm_follow_up(self, department: str) -> None:
        """Planning does; of what it reported itself, its head (D9)."""
        follow_up, who = self.follow_up(department), planner()
        own = follow_up.reported_by_id == who.pk
        do(follow_ups.confirm, follow_up, actor=self.head(department) if own else who)


def add(timeline: Timeline, today: date) -> None:
    _add_history(timeline)
    _add_current(timeline, today)


def _add_history(timeline: Timeline) -> None:
    for name in ("cases_history", "cases_between"):
        for values in read(name)["cases"]:
            _add_past(timeline, values)


def _add_past(timeline: Timeline, values: dict[str, Any]) -> None:
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


def _add_current(timeline: Timeline, today: date) -> None:
    """Days are counted from the day of loading."""
    for values in read("cases_current")["cases"]:
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
