"""The day of the citizens' contest: finalists present, the committee and the residents score beside each other (P9)."""

import datetime as dt
from collections.abc import Iterator

import pytest

from basis.errors import Rejected
from core import passes, roomcode
from core.now import pretend
from core.work import verify
from evaluations.models import Entry, Judge, Result, Round, Sheet, Stage
from evaluations.services import drafts, rounds, sheets, slips, stages
from meetings.models import Seat
from notifications.selectors import todos_of
from organization.enums import Role
from proposals.models import Proposal
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


def test_e2_how_many_go_on_and_what_counts_how_much_stand_from_the_beginning() -> None:
    """Who comes how far follows from them: changed later, entries would be lost or score where they should not."""
    _round, presentation, residents = the_day()
    for stage, values in ((presentation, {"passes": 3}), (residents, {"share": 50})):
        with pytest.raises(Rejected, match="시작한 뒤에는"):
            rounds.edit_stage(stage, values, actor=make.planner())
    edited = rounds.edit_stage(presentation, {"title": "발표와 질문"}, actor=make.planner())
    assert (edited.title, edited.passes) == ("발표와 질문", None)


def test_e3_what_is_to_be_judged_is_closed_to_who_reads_all_before_signing() -> None:
    """What everybody may read of a proposal stays; what is covered and the files wait for the pledge."""
    round, presentation, _residents = the_day()
    executive = make.UserFactory(roles=[Role.EXECUTIVE])
    entry = Entry.objects.filter(round=round).earliest("number")
    assert Proposal.objects.concerning(executive).filter(pk=entry.object_id).exists()
    Seat.objects.create(panel=presentation.panel, user=executive, starts_on=dt.date(2020, 1, 1))
    stages.invite(presentation, actor=make.planner())
    assert not Proposal.objects.concerning(executive).filter(pk=entry.object_id).exists()
    assert Proposal.objects.visible_to(executive).filter(pk=entry.object_id).exists()
    signed(presentation)
    assert Proposal.objects.concerning(executive).filter(pk=entry.object_id).exists()
