"""Field visits of the demonstration, each step through its service, by who would do it (V1–V6)."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile

from basis.formats import date_ko
from benchmarking.models import Review
from budgets import services as budget
from demo.days import workday_after, workday_before, workday_from, workday_until
from demo.files import read
from demo.organization import department as office
from demo.organization import general_affairs, person, planner
from demo.timeline import Timeline, Turn, do
from organization.enums import Position
from organization.models import User
from organization.selectors import staff_of
from visits.enums import ExpenseKind, VisitMeans
from visits.models import FieldVisit, VisitDay
from visits.purse import TRAVEL
from visits.services import orders, plans, reports, requests
from visits.services.reports import Expense

FARES = (8_400, 12_600, 9_200, 15_800, 11_400)  # there and back by public transport, won
CHANGE = 1_200  # what the way back cost less than expected
TAKEN_OVER = (
    "우리 구 여건에 맞는 절차와 안내 방법을 검토 결과에 담고, 두 기관 담당자가 계속 연락하기로 했습니다."
)


class VisitStory:
    """A visit and its steps, named as in visits_current.toml."""

    def __init__(self, values: dict[str, Any], visited_on: date, fare: int) -> None:
        self.values, self.visited_on, self.fare = values, visited_on, fare
        self.visit_id = 0

    @property
    def visit(self) -> FieldVisit:
        return FieldVisit.objects.select_related("recorded_by").get(pk=self.visit_id)

    def asker(self) -> User:
        """A fresh copy: rights are read once a copy."""
        found = self.visit.recorded_by
        assert found is not None
        return person(found.employee_number)

    def plan(self) -> plans.Plan:
        values = self.values
        return {
            "visited_on": self.visited_on,
            "days": 1,
            "host": values["host"],
            "contact": values.get("contact", ""),
            "purpose": values["purpose"],
            "look_at": values.get("look_at", values["purpose"]),
            "means": values.get("means", VisitMeans.PUBLIC),
            "transport_each": 0 if values.get("means") == VisitMeans.OFFICIAL else self.fare,
            "lodging_each": 0,
        }

    def team(self) -> list[User]:
        """Officers of the department, then its head, then colleagues of the same bureau who are free that day. Never
        the planner, who decides."""
        place = office(self.values["department"])
        busy = set(VisitDay.objects.filter(day=self.visited_on).values_list("user", flat=True))
        own = list(staff_of(place.pk).order_by("pk"))
        own.sort(key=lambda user: user.position == Position.HEAD)
        near = User.objects.filter(department__parent=place.parent_id, is_active=True).exclude(
            department=place
        )
        near = near.exclude(position=Position.HEAD).order_by("pk")
        free = [user for user in [*own, *near] if user.pk not in {*busy, planner().pk}]
        return free[: self.values["headcount"]]

    def write(self) -> None:
        team = self.team()
        place = self.values["department"]
        rows = Review.objects.filter(case__title=self.values["case"], department__code=place)
        asker = next((user for user in team if user.department and user.department.code == place), team[0])
        review = rows.select_related("department").latest("pk")
        actor = person(asker.employee_number)
        self.visit_id = do(requests.write, review, self.plan(), team, actor=actor, is_demo=True).pk

    def ask(self) -> None:
        self.write()
        do(requests.submit, self.visit, actor=self.asker())

    def approve(self) -> None:
        do(requests.approve, self.visit, actor=planner())

    def send_back(self, reason: str) -> None:
        do(requests.send_back, self.visit, reason=reason, actor=planner())

    def reject(self, reason: str) -> None:
        do(requests.reject, self.visit, reason=reason, actor=planner())

    def cancel(self, reason: str) -> None:
        do(requests.cancel, self.visit, reason=reason, actor=self.asker())

    def order(self) -> None:
        number = f"총무과-{self.visited_on:%m%d}{self.visit_id % 10}"
        do(orders.order, self.visit, number.replace("-0", "-"), actor=general_affairs())

    def travel(self) -> None:
        do(reports.travel, self.visit, actor=self.asker())

    def report(self) -> None:
        visit = self.visit
        members = [member.user for member in visit.members.select_related("user")]
        day = f"{self.visited_on:%m%d}"
        lines = {row.kind: row.as_line() for row in visit.lines.all()}
        spent = []
        for place, user in enumerate(members, start=1):
            for kind, line in lines.items():
                each = line.sum // line.persons
                if kind == ExpenseKind.TRANSPORT:
                    if each:
                        spent.append(
                            Expense(kind, user, each - CHANGE * (place % 2), receipt=f"{day}-{place}")
                        )
                elif each:
                    spent.append(Expense(kind, user, each))
        findings = (
            f"{visit.host}에서 담당자의 설명을 듣고 현장을 둘러보았습니다. {visit.purpose}에 필요한 자료를 받았고, "
            "운영하면서 겪은 어려움과 고친 점을 물어보았습니다."
        )
        taken = self.values.get(
            "taken_over",
            TAKEN_OVER,
        )
        paper = ContentFile(
            f"{visit.host} 현장체험\n{date_ko(visit.visited_on)}\n\n{findings}\n".encode(),
            name="현장체험 자료.txt",
        )
        do(
            reports.report,
            visit,
            findings=findings,
            taken_over=taken,
            took_part=[user.pk for user in members],
            expenses=spent,
            files=[paper],
            actor=self.asker(),
        )

    def settle(self) -> None:
        do(reports.settle, self.visit, actor=planner())


def add(timeline: Timeline, today: date) -> None:
    """Those of the past with the budgets of their years, and this year's in every state."""
    past = read("visits_history")
    for row in past["budgets"]:
        _allocate(timeline, row["year"], row["amount"], workday_from(date(row["year"], 1, 2)))
    for place, values in enumerate(past["visits"]):
        _add_past(timeline, VisitStory(values, values["visited_on"], FARES[place % len(FARES)]))
    now = read("visits_current")
    for year in sorted({(today + timedelta(days=n)).year for n in (-60, 0, 60)}):
        day = min(workday_from(date(year, 1, 2)), workday_until(today - timedelta(days=60)))
        _allocate(timeline, year, now["budget"], day)
    for place, values in enumerate(now["visits"]):
        _add_current(timeline, today, values, FARES[place % len(FARES)])


def _allocate(timeline: Timeline, year: int, amount: int, day: date) -> None:
    timeline.add(day, partial(_give, year, amount), Turn.WORK)


def _give(year: int, amount: int) -> None:
    reason = f"{year}년 벤치마킹 현장체험 여비 편성"
    do(
        budget.allocate,
        TRAVEL,
        year,
        amount,
        document=f"기획예산과-{year % 100}07",
        reason=reason,
        actor=planner(),
    )


def _add_past(timeline: Timeline, story: VisitStory) -> None:
    day = story.visited_on
    ordered = workday_before(day)
    timeline.add(workday_before(ordered), story.ask)
    timeline.add(ordered, story.approve)
    timeline.add(ordered, story.order)
    timeline.add(day, story.travel)
    told = workday_after(workday_after(day))
    timeline.add(told, story.report)
    timeline.add(workday_after(told), story.settle)


def _add_current(timeline: Timeline, today: date, values: dict[str, Any], fare: int) -> None:
    """Days are counted from the day of loading: what is done falls on a working day until then, the visit to come on
    one from then on."""
    ahead = today + timedelta(days=values["visit"])
    day = workday_from(ahead) if values["visit"] > 0 else workday_until(ahead)
    story = VisitStory(values, day, fare)
    for step in values["steps"]:
        arguments = {name: value for name, value in step.items() if name not in ("day", "step")}
        done = workday_until(today + timedelta(days=step["day"]))
        timeline.add(done, partial(getattr(story, step["step"]), **arguments))
