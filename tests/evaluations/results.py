"""Rounds of the fair that are judged, resolved on, announced and confirmed, brought about by the services."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from awards.purse import PRIZES
from budgets import services as budget
from core.now import now, pretend, today
from evaluations.models import Criterion, Entry, Judge, Mark, Round, Sheet, Stage
from evaluations.services import confirming, drafts, stages
from meetings.enums import Outcome
from meetings.models import Session
from meetings.selectors import voting
from meetings.services import sessions
from organization.enums import DepartmentRole, Position
from organization.models import Department, User
from tests import factories as make
from tests.evaluations import made

MARKS = ((9, 8, 9), (7, 7, 8), (5, 6, 5), (3, 3, 2))  # of three judges, entry by entry


def second() -> User:
    """The head of planning, who neither runs nor judges."""
    department = Department.objects.filter(role=DepartmentRole.PLANNING).first()
    found = User.objects.filter(department=department, position=Position.HEAD).first()
    return found or make.UserFactory(department=make.planner().department, position=Position.HEAD)


def typed(stage: Stage, marks: Mapping[tuple[int, int], Sequence[Any]]) -> None:
    """Sheets done by the thousand, as `services.sheets` would leave them: by entry and judge, a mark a criterion."""
    criteria = list(stage.criteria.order_by("order"))
    sheets = Sheet.objects.bulk_create(
        [Sheet(judge_id=judge, entry_id=entry, state="done", done_at=now()) for entry, judge in marks],
        batch_size=1_000,
    )
    Mark.objects.bulk_create(
        [
            Mark(sheet=sheet, criterion=criterion, value=value)
            for sheet, values in zip(sheets, marks.values(), strict=True)
            for criterion, value in zip(criteria, values, strict=True)
        ],
        batch_size=2_000,
    )


def drafted(marks: Sequence[Sequence[Any]] = MARKS, members: Sequence[User] = (), **values: Any) -> Round:
    """A round of as many entries as there are rows, each column a judge; one mark stands for all criteria."""
    people = list(members) or [made.outsider() for _number in marks[0]]
    stage = made.scoring(people, entries=len(marks), **values)
    judges = {judge.user_id: judge for judge in Judge.objects.filter(stage=stage)}
    for entry, row in zip(stage.round.entries.order_by("number"), marks, strict=True):
        for person, value in zip(people, row, strict=True):
            if value is not None:
                score(judges[person.pk], entry, value, person)
    Sheet.objects.filter(judge__stage=stage, state="open").update(state="abstained")
    stages.close(stage, actor=make.planner())
    return Round.objects.get(pk=stage.round_id)


def score(judge: Judge, entry: Entry, value: Any, person: User) -> None:
    sheet = Sheet.objects.select_related("judge__user").get(judge=judge, entry=entry)
    each = (
        value if isinstance(value, tuple) else (value,) * Criterion.objects.filter(stage=judge.stage).count()
    )
    criteria = Criterion.objects.filter(stage=judge.stage).order_by("order")
    Mark.objects.bulk_create(
        Mark(sheet=sheet, criterion=one, value=mark) for one, mark in zip(criteria, each, strict=True)
    )
    sheet.state, sheet.done_at = "done", now()
    sheet.save()


def session(round: Round, outcome: str = Outcome.PASSED, present: int | None = None) -> Session:
    """The panel meets today and resolves; its minutes are confirmed by another than who wrote them."""
    panel = round.stages.order_by("order").last().panel  # type: ignore[union-attr]  # it is there
    assert panel is not None
    found = sessions.plan(
        panel,
        held_on=today(),
        begins_at=dt.time(10 + panel.sessions.count()),
        place="3층 회의실",
        items=[(f"{round.title} 결과 심의", round)],
        actor=make.planner(),
    )
    seats = [seat.pk for seat in voting(panel, today())]
    came = set(seats if present is None else seats[:present])
    item = found.items.get()
    outcomes = {item.pk: (outcome, "점수 순서대로 정한다.", len(came), 0, 0)}
    sessions.hold(
        found,
        present=came,
        ends_at=dt.time(20),
        minutes="점수표를 보고 의결하였다.",
        outcomes=outcomes,
        actor=make.planner(),
    )
    found.refresh_from_db()
    return sessions.confirm(found, actor=second())


def resolved(round: Round | None = None, choices: Any = None, **values: Any) -> Round:
    round = round or drafted(**values)
    session(round)
    return drafts.resolve(round, choices or {}, actor=make.planner())


def announced(**values: Any) -> Round:
    return drafts.announce(resolved(**values), actor=make.planner())


def money(won: int = 10_000_000) -> None:
    budget.allocate(PRIZES, today().year, won, document="기획예산과-1", reason="본예산", actor=make.planner())


def after_objections(round: Round) -> Any:
    """The day after the last of the objections."""
    assert round.objections_until is not None
    return pretend(round.objections_until + dt.timedelta(days=1))


def confirmed(**values: Any) -> Round:
    round = announced(**values)
    with after_objections(round):
        money()
        return confirming.confirm(round, actor=second())
