"""Savings bonuses of the demonstration, each step through its service (E6): one paid, one before the committee."""

from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.files.base import ContentFile

from awards.models import Award
from awards.services import handing
from contests.models import Bonus
from contests.services import bonuses
from core.now import today as now_day
from demo.days import workday_after, workday_from
from demo.files import read
from demo.organization import person, planner
from demo.timeline import Timeline, do
from meetings.enums import Outcome
from meetings.models import Panel
from meetings.selectors import seated
from meetings.services import sessions
from organization.selectors import heads_of

SECOND = "100014"  # the head of planning, who asks for nothing and writes no minutes
AT, UNTIL, PLACE = time(10), time(11, 30), "구청 2층 소회의실"
TOLD = timedelta(days=7)  # how long before it a session is called together
ASKED = ("kind", "title", "cause", "claimed", "reckoning")


def add(timeline: Timeline, today: date) -> None:
    for row in read("contests")["bonuses"]:
        one = Saved(row, today)
        timeline.add(one.day("nominated"), one.nominate)
        for body in ("panel", "committee"):
            if body in row:
                met = one.day_of(row[body]["day"])
                timeline.add(workday_from(met - TOLD), partial(one.plan, body, met))
                timeline.add(met, partial(one.meet, body))
                timeline.add(workday_after(met), partial(one.record, body))
        if "paid" in row:
            timeline.add(one.day("paid"), one.pay)
            timeline.add(one.day("handed"), one.hand_over)


class Saved:
    """One bonus, as its row in contests.toml has it: days are of this year, or count from the day of loading."""

    def __init__(self, row: dict[str, Any], today: date) -> None:
        self.row, self.today = row, today

    def day(self, name: str) -> date:
        return self.day_of(self.row[name])

    def day_of(self, given: Any) -> date:
        day = self.today + timedelta(days=given) if isinstance(given, int) else date(self.today.year, *given)
        return workday_from(day)

    @property
    def bonus(self) -> Bonus:
        return Bonus.objects.get(title=self.row["title"])

    def nominate(self) -> None:
        writer = person(self.row["by"])
        assert writer.department_id
        year = now_day().year - (0 if isinstance(self.row["nominated"], int) else 1)
        values = {"year": year, **{name: self.row[name] for name in ASKED}}
        people = [(person(number), Decimal(share)) for number, share in self.row["shares"]]
        proof = ContentFile("달별 금액".encode(), name="계산 근거.txt")
        one = do(bonuses.write, None, values, people, files=[proof], actor=writer)
        do(bonuses.nominate, one, actor=heads_of(writer.department_id)[0])

    def plan(self, body: str, met: date) -> None:
        items = [(f"{self.row['title']} 예산성과금", self.bonus)]
        at = {"held_on": met, "begins_at": AT, "place": PLACE, "items": items}
        do(sessions.plan, Panel.objects.get(name=self.row[body]["name"]), **at, actor=planner())

    def meet(self, body: str) -> None:
        panel = Panel.objects.get(name=self.row[body]["name"])
        session = panel.sessions.get(held_on=now_day(), begins_at=AT)
        outcome = (Outcome.PASSED, self.row[body]["resolution"], None, None, None)
        behind = {number for number, _share in self.row["shares"]}
        came = {seat.pk for seat in seated(panel, now_day()) if seat.user.employee_number not in behind}
        do(
            sessions.hold,
            session,
            present=came,
            ends_at=UNTIL,
            minutes="간사가 신청 내용과 증빙, 한도를 설명하고 위원들이 살펴봄.",
            outcomes={session.items.get().pk: outcome},
            actor=planner(),
        )
        session.refresh_from_db()
        do(sessions.confirm, session, actor=person(SECOND))

    def record(self, body: str) -> None:
        told = self.row[body]
        if body == "panel":
            do(bonuses.review, self.bonus, recognised=told["recognised"], actor=planner())
        else:
            do(bonuses.decide, self.bonus, amount=told["amount"], wide=False, actor=planner())

    def pay(self) -> None:
        do(bonuses.pay, self.bonus, actor=person(SECOND))

    def hand_over(self) -> None:
        for award in Award.objects.of(self.bonus).order_by("number"):
            receipt = f"{award.year}-{award.number:03d}"
            do(handing.hand_over, award, handed_on=now_day(), receipt=receipt, actor=planner())
