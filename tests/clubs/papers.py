"""Reports, money and judged results of clubs for tests, brought about by the services."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.core.files.base import ContentFile

from budgets import services as budget
from clubs.models import Club, Report, Support
from clubs.purse import SUPPORT
from clubs.services import reports, supports
from core.now import pretend, today
from evaluations.models import Round, Sheet, Stage
from evaluations.services import confirming, drafts, rounds, sheets, stages
from meetings.models import Session
from meetings.services import sessions
from organization.models import User
from tests import factories as make
from tests.clubs import made
from tests.evaluations import made as judged
from tests.evaluations import results as outcomes

DAY = dt.date(2026, 11, 9)  # a Monday: the results have been sent
TEXT = {"title": "주차 연구", "done": "설문하였다.", "findings": "공유주차를 넓힌다.", "next": "시범 운영"}
WANTED: dict[str, Any] = {
    "purpose": "advice",
    "title": "주차 수요 자문",
    "detail": "1회",
    "payee": "김자문(○○대학교)",
    "day": dt.date(2026, 3, 20),
    "amount": 100_000,
}


def receipt() -> ContentFile:
    return ContentFile(b"%PDF-1.4 receipt", name="영수증.pdf")


def due(day: dt.date | None = None) -> int:
    return reports.ask_due(day or today())


def report(club: Club, kind: str = "month", period: str = "2026-M03") -> Report:
    """As the daily duty leaves it."""
    due()
    return Report.objects.select_related("club__panel", "club__bureau").get(
        club=club, kind=kind, period=period
    )


def written(one: Report, **text: Any) -> Report:
    return reports.write(one, {**TEXT, **text}, actor=made.secretary(one.club))


def sent(one: Report, **text: Any) -> Report:
    return reports.send(written(one, **text), actor=made.secretary(one.club))


def met(
    club: Club, on: dt.date, *, came: int = 5, minutes: str = "표본을 정하였다.", **values: Any
) -> Session:
    """So many came, the minutes are confirmed by another than who wrote them."""
    with pretend(on):
        session = made.meeting(club, on, **values)
        seats = [one.pk for one in session.panel.seats.on(on).order_by("pk")]
        held = sessions.hold(
            session,
            present=set(seats[:came]),
            ends_at=dt.time(18),
            minutes=minutes,
            actor=made.secretary(club),
        )
        return sessions.confirm(Session.objects.get(pk=held.pk), actor=make.planner())


# -- money
def funded(won: int = 5_000_000, year: int = 2026) -> None:
    budget.allocate(SUPPORT, year, won, document="기획예산과-7", reason="본예산", actor=make.planner())


def asked(club: Club, actor: User | None = None, **values: Any) -> Support:
    return supports.ask(club, {**WANTED, **values}, actor=actor or made.secretary(club))


def approved(club: Club, **values: Any) -> Support:
    return supports.approve(asked(club, **values), actor=make.planner())


def claimed(one: Support, actual: int = 90_000, day: dt.date | None = None) -> Support:
    return supports.claim(
        one, actual=actual, day=day or one.day, files=[receipt()], actor=made.secretary(one.club)
    )


def settled(club: Club, actual: int = 90_000, **values: Any) -> Support:
    return supports.settle(claimed(approved(club, **values), actual), actor=make.planner())


# -- judging
def results(count: int = 3, make_club: Callable[[int], Club] | None = None) -> list[Report]:
    """Of so many clubs; sent on DAY."""
    found = []
    with pretend(made.BEGUN):
        clubs = [make_club(n) if make_club else made.club(name=f"동아리{n:02}") for n in range(1, count + 1)]
    with pretend(DAY - dt.timedelta(days=20)):
        due()
        for club in clubs:
            found.append(sent(report(club, "result", "2026"), title=f"결과 {club}"))
    return found


def opened(*members: Any) -> Round:
    planner = make.planner()
    round = rounds.make("club", "2026", actor=planner)
    rounds.take_in(round, actor=planner)
    panel = judged.panel(*members)
    days = {"opens_on": today(), "closes_on": today(), "panel": panel}
    for stage in round.stages.all():
        rounds.edit_stage(stage, days, actor=planner)
    rounds.open(round, actor=planner)
    return Round.objects.get(pk=round.pk)


def score(stage: Stage, places: dict[int, int]) -> None:
    """By the report's key: the first, second, third … criterion costs a point in turn, so that no two are equal."""
    criteria = list(stage.criteria.order_by("order"))
    judged.signed(stage)
    stages.start(stage, actor=make.planner())
    open_ = Sheet.objects.filter(judge__stage=stage, state="open")
    for sheet in open_.select_related("judge__user", "entry"):
        place, many = places[sheet.entry.object_id], len(criteria)
        marks = {one.pk: 10 - (place + turn) // many for turn, one in enumerate(reversed(criteria))}
        sheets.finish(sheet, marks, actor=sheet.judge.user)
    stages.close(stage, actor=make.planner())


def confirmed(entries: Sequence[Report]) -> Round:
    """The first of them comes first, and so on."""
    round = opened(*(judged.outsider() for _number in range(3)))
    places = {one.pk: place for place, one in enumerate(entries)}
    score(round.stages.get(order=1), places)
    second = round.stages.get(order=2)
    stages.invite(second, actor=make.planner())
    score(second, places)
    round = Round.objects.get(pk=round.pk)
    outcomes.session(round)
    drafts.resolve(round, {}, actor=make.planner())
    outcomes.money()
    return confirming.confirm(Round.objects.get(pk=round.pk), actor=outcomes.second())
