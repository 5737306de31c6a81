"""The day of the citizens' contest: finalists present, the committee and the residents score beside each other (P9)."""

import datetime as dt
from collections.abc import Iterator

import pytest

from basis.errors import Rejected
from core import passes, roomcode
from core.now import pretend
from core.work import verify
from evaluations.models import Entry, Judge, Result, Round, Sheet, Stage
from evaluations.services import drafts, sheets, slips, stages
from notifications.selectors import todos_of
from tests import factories as make
from tests.evaluations import made
from tests.evaluations.made import marks, score_all, signed
from tests.proposals.finals import contest, prepared

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 7)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def the_day() -> tuple[Round, Stage, Stage]:
    """The round with its presentation and its residents, both waiting."""
    call, _proposals = contest()
    planner = make.planner()
    round = prepared(call, [made.outsider() for _number in range(3)], run_by=planner)
    presentation, residents = round.stages.filter(order__gt=2).order_by("order")
    assert set(Entry.objects.filter(round=round, stage=residents.order).values_list("number", flat=True)) == {
        1, 2, 3, 4, 5, 6,
    }  # fmt: skip
    return round, presentation, residents


def ballot(stage: Stage, code: str, value: int) -> None:
    judge, token = slips.enter(code, roomcode.shown(slips.room(stage)), "203.0.113.5")
    for sheet in Sheet.objects.filter(judge=judge).select_related("judge__stage__round", "entry"):
        sheets.finish(sheet, marks(sheet, value), actor=passes.bearer_of(token))


@pytest.mark.parametrize("first", ["panel", "residents"])
def test_p9_residents_score_beside_the_committee_and_whoever_is_done_first_waits_for_the_other(
    first: str,
) -> None:
    round, presentation, residents = the_day()
    planner = make.planner()
    verbs = [str(todo.verb) for todo in todos_of(planner)]
    assert verbs.count("다음 단계 시작하기") == 2
    stages.invite(presentation, actor=planner)
    signed(presentation)
    stages.start(Stage.objects.get(pk=presentation.pk), actor=planner)
    (_number, code), _other = slips.make(residents, 2, actor=planner)
    stages.start(Stage.objects.get(pk=residents.pk), actor=planner)
    score_all(presentation, 8)
    ballot(Stage.objects.get(pk=residents.pk), code, 6)
    order = (presentation, residents) if first == "panel" else (residents, presentation)
    for number, stage in enumerate(order):
        assert Round.objects.get(pk=round.pk).state == "running"
        stages.close(Stage.objects.get(pk=stage.pk), actor=planner)
        assert Result.objects.filter(entry__round=round).exists() == (number == 1)
    assert Round.objects.get(pk=round.pk).state == "draft"
    scores = set(Result.objects.filter(entry__round=round, entry__stage=4).values_list("score", flat=True))
    assert scores == {8 * 7 + 6 * 3}
    assert not verify.differences()


def test_p9_the_presentation_waits_for_those_who_choose_the_finalists() -> None:
    call, _proposals = contest()
    planner = make.planner()
    round = prepared(call, [made.outsider() for _number in range(3)], run_by=planner)
    second, presentation, residents = round.stages.filter(order__gt=1).order_by("order")
    Stage.objects.filter(pk=second.pk).update(state="scoring")
    with pytest.raises(Rejected, match="앞 단계"):
        stages.invite(presentation, actor=planner)
    assert Judge.objects.filter(stage__in=(presentation, residents)).count() == 0


def test_p9_what_is_judged_again_is_the_committees_part() -> None:
    """The residents have gone home."""
    round, presentation, residents = the_day()
    planner = make.planner()
    stages.invite(presentation, actor=planner)
    signed(presentation)
    stages.start(Stage.objects.get(pk=presentation.pk), actor=planner)
    ((_number, code),) = slips.make(residents, 1, actor=planner)
    stages.start(Stage.objects.get(pk=residents.pk), actor=planner)
    score_all(presentation, 8)
    ballot(Stage.objects.get(pk=residents.pk), code, 6)
    for stage in (presentation, residents):
        stages.close(Stage.objects.get(pk=stage.pk), actor=planner)
    drafts.judge_again(Round.objects.get(pk=round.pk), reason="점수를 바꿔 적었다.", actor=planner)
    states = dict(round.stages.values_list("order", "state"))
    assert states == {1: "closed", 2: "closed", 3: "scoring", 4: "closed"}
