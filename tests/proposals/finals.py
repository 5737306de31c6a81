"""A citizens' contest up to its presentation, brought about by the services: the finalists stand."""

import datetime as dt
from collections.abc import Sequence

from core.now import today
from evaluations.models import Judge, Round, Sheet, Stage
from evaluations.services import rounds, stages
from organization.models import User
from proposals.enums import CallKind
from proposals.models import Call, Proposal
from tests.evaluations import made, results
from tests.proposals.made import adopted, called, entered

TITLES = (
    "골목 의자",
    "비 오는 날 우산 나눔",
    "학교 앞 그늘",
    "밤길 바닥 등",
    "장터 지도",
    "빈집 책방",
    "옥상 텃밭",
)


def contest(first: Proposal | None = None, *, count: int = 7) -> tuple[Call, list[Proposal]]:
    """A call and what was adopted of it; `first` came by its own way, and is scored best before the presentation."""
    call = first.call if first and first.call else called(kind=CallKind.CONTEST, audience="citizens")
    wanted = TITLES[: count - (first is not None)]
    made = [entered(call=call, title=title) for title in wanted]
    found = [*([first] if first else []), *made]
    return call, [adopted(one).proposal for one in found]


def window(days: int = 7) -> dict[str, dt.date]:
    return {"opens_on": today(), "closes_on": today() + dt.timedelta(days=days)}


def prepared(call: Call, finalists: Sequence[User], chair: User | None = None, *, run_by: User) -> Round:
    """Two stages for a few outside judges, then the presentation before `finalists` and the residents."""
    assert call.closes_on is not None
    round = rounds.make("contest", f"{call.closes_on.year}", f"call:{call.pk}", actor=run_by)
    rounds.take_in(round, actor=run_by)
    first, second, presentation, residents = round.stages.order_by("order")
    few = made.panel(*(made.outsider() for _number in range(3)), name="1차 심사위원회")
    alike = {**window(), "panel": few, "per_entry": None, "way": "mean"}
    rounds.edit_stage(first, {**alike, "passes": 7}, actor=run_by)
    rounds.edit_stage(second, {**alike, "passes": 6}, actor=run_by)
    panel = made.panel(*finalists, name="구민창안심사위원회", chair=chair)
    rounds.edit_stage(presentation, {**window(), "panel": panel}, actor=run_by)
    rounds.edit_stage(residents, window(), actor=run_by)
    rounds.open(Round.objects.get(pk=round.pk), actor=run_by)
    for number, stage in enumerate((first, second)):
        _judge(Stage.objects.get(pk=stage.pk), run_by, invite=number > 0)
    return Round.objects.get(pk=round.pk)


def _judge(stage: Stage, run_by: User, *, invite: bool) -> None:
    """Each entry gets less than the one before it."""
    if invite:
        stages.invite(stage, actor=run_by)
    made.signed(stage)
    stages.start(stage, actor=run_by)
    for judge in Judge.objects.filter(stage=stage).select_related("user", "stage__round"):
        for sheet in Sheet.objects.filter(judge=judge).select_related("entry"):
            results.score(judge, sheet.entry, 10 - sheet.entry.number, judge.user)
    stages.close(Stage.objects.get(pk=stage.pk), actor=run_by)
