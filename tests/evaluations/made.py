"""Rounds of the fair for tests, brought about by the services."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from core.now import today
from evaluations.enums import Body, StageState
from evaluations.models import Criterion, Judge, Round, Sheet, Stage
from evaluations.services import judges, rounds, sheets, stages
from meetings.enums import Chair
from meetings.models import Panel, Seat
from organization.enums import Position, Role
from organization.models import User
from tests import factories as make
from tests.fairs.models import Stall

PERIOD = "2026-H1"


def panel(*members: User, name: str = "심사위원회", chair: User | None = None) -> Panel:
    found = Panel.objects.create(name=name, size=len(members) + 1, begun_on=dt.date(2020, 1, 1))
    for one in [*([chair] if chair else []), *members]:
        post = Chair.CHAIR if one == chair else Chair.MEMBER
        Seat.objects.create(panel=found, user=one, chair=post, starts_on=dt.date(2020, 1, 1))
    return found


def outsider(**values: Any) -> User:
    return make.UserFactory(department=None, position=Position.EXTERNAL, roles=[Role.JUDGE], **values)


def stalls(count: int, **values: Any) -> list[Stall]:
    return [
        Stall.objects.create(
            title=f"빈 점포를 쓰는 가게 {n}", text=f"가게 {n}의 내용", owner_name=f"주민{n}", **values
        )
        for n in range(1, count + 1)
    ]


def another(stage: Stage) -> Seat:
    """Somebody who joined the panel after its judges were asked."""
    return Seat.objects.create(panel=stage.panel, user=outsider(), starts_on=dt.date(2020, 1, 1))


def prepared(
    members: Sequence[User],
    *,
    entries: int = 3,
    chair: User | None = None,
    period: str = PERIOD,
    actor: User | None = None,
    **stage: Any,
) -> Round:
    """With entries, a panel and a window from today on. `stage`: what is set in its one stage."""
    if not Stall.objects.exists():
        stalls(entries)
    actor = actor or make.planner()
    round = rounds.make("fair", period, actor=actor)
    rounds.take_in(round, actor=actor)
    days = {"opens_on": today(), "closes_on": today() + dt.timedelta(days=7)}
    body = stage.pop("body", Body.PANEL)
    the = round.stages.get()
    if body == Body.RESIDENTS:
        Stage.objects.filter(pk=the.pk).update(body=body)
        the.refresh_from_db()
    else:
        days["panel"] = panel(*members, chair=chair)
    rounds.edit_stage(the, {**days, **stage}, actor=actor)
    return Round.objects.get(pk=round.pk)


def opened(members: Sequence[User], *, actor: User | None = None, **values: Any) -> Stage:
    actor = actor or make.planner()
    round = prepared(members, actor=actor, **values)
    rounds.open(round, actor=actor)
    return round.stages.get()


def signed(stage: Stage) -> list[Judge]:
    for judge in Judge.objects.filter(stage=stage).select_related("user"):
        if judge.state == "invited":
            judges.sign(judge, {}, agreed=True, actor=judge.user)
    return list(Judge.objects.filter(stage=stage).select_related("user"))


def scoring(members: Sequence[User], **values: Any) -> Stage:
    stage = opened(members, **values)
    signed(stage)
    stages.start(stage, actor=make.planner())
    found = Stage.objects.get(pk=stage.pk)
    assert found.state == StageState.SCORING
    return found


def marks(sheet: Sheet, value: Any = 7) -> dict[int, Any]:
    return dict.fromkeys(
        Criterion.objects.filter(stage=sheet.judge.stage).values_list("pk", flat=True), value
    )


def score(sheet: Sheet, value: Any = 7) -> Sheet:
    return sheets.finish(sheet, marks(sheet, value), actor=sheet.judge.user)


def score_all(stage: Stage, value: Any = 7) -> None:
    for sheet in Sheet.objects.filter(judge__stage=stage, state="open").select_related("judge__user"):
        score(sheet, value)
