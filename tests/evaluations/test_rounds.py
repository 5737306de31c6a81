"""E1, E2: a round from its kind to its first judges."""

import datetime as dt

import pytest

from basis.errors import Refused, Rejected
from core.now import today
from evaluations.enums import RoundState, StageState
from evaluations.models import Judge, Round
from evaluations.selectors.faults import faults_of_round, instead, warnings_of
from evaluations.selectors.page import facts_of
from evaluations.services import rounds, stages
from organization.enums import Role
from tests import factories as make
from tests.evaluations import made
from tests.fairs.models import Stall

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


def test_e1_a_round_has_divisions_grades_and_stages_as_its_kind_plans_them() -> None:
    round = rounds.make("fair", made.PERIOD, actor=make.planner())
    assert [(one.key, one.title) for one in round.divisions.all()] == [("one", "구민"), ("two", "직원")]
    grades = [(one.slot, one.at_most, one.prize) for one in round.divisions.get(key="one").grades.all()]
    assert grades == [("first", 1, 300_000), ("second", 2, 200_000)]
    assert [one.title for one in round.stages.get().criteria.all()] == ["창의성", "실현 가능성"]
    assert round.days == (dt.date(2026, 1, 1), dt.date(2026, 6, 30))


def test_e1_a_period_has_one_round_until_it_is_abandoned() -> None:
    actor = make.planner()
    round = rounds.make("fair", made.PERIOD, actor=actor)
    with pytest.raises(Rejected):
        rounds.make("fair", made.PERIOD, actor=actor)
    rounds.abandon(round, reason="다시 준비합니다.", actor=actor)
    rounds.make("fair", made.PERIOD, actor=actor)


def test_e1_candidates_come_in_but_those_against_whom_something_speaks_only_when_chosen() -> None:
    actor = make.planner()
    made.stalls(2)
    made.stalls(1, awarded="대상")
    round = rounds.make("fair", made.PERIOD, actor=actor)
    assert rounds.take_in(round, actor=actor) == 2
    ((_one, key, _in),) = [found for found in rounds.candidates(round) if found[0].why_not]
    assert rounds.take_in(round, [key], actor=actor) == 1
    assert rounds.take_in(round, actor=actor) == 0
    assert list(round.entries.values_list("number", flat=True)) == [1, 2, 3]


def test_e1_an_entry_leaves_with_a_reason_and_may_come_back() -> None:
    actor = make.planner()
    made.stalls(1)
    round = rounds.make("fair", made.PERIOD, actor=actor)
    rounds.take_in(round, actor=actor)
    entry = round.entries.get()
    with pytest.raises(Rejected):
        rounds.take_out(entry, reason=" ", actor=actor)
    rounds.take_out(entry, reason="같은 내용입니다.", actor=actor)
    assert round.entries.get().out_reason == "같은 내용입니다."
    assert rounds.take_in(round, actor=actor) == 1
    assert not round.entries.get().out


def test_e2_what_is_wrong_is_said_all_at_once_and_nothing_opens() -> None:
    actor = make.planner()
    round = rounds.make("fair", made.PERIOD, actor=actor)
    stage = round.stages.get()
    faults = "\n".join(faults_of_round(round))
    for text in ("기간을 정하지", "대상이 없습니다", "위원회를 정하지"):
        assert text in faults
    with pytest.raises(Rejected) as refused:
        rounds.open(round, actor=actor)
    assert refused.value.message == faults
    Stall.objects.create(title="가게", text="글")
    rounds.take_in(round, actor=actor)
    past = today() - dt.timedelta(days=1)
    values = {"panel": made.panel(actor), "opens_on": past, "closes_on": past, "way": "corrected"}
    rounds.edit_stage(stage, values, actor=actor)
    faults = "\n".join(faults_of_round(round))
    for text in ("이미 지났습니다", "담당자가 위원으로"):
        assert text in faults


def test_e4_correction_asks_for_enough_sheets_of_each_judge() -> None:
    round = made.prepared([made.outsider(), made.outsider()], entries=15, per_entry=1, way="corrected")
    assert instead(round.stages.get()) is not None
    rounds.edit_stage(round.stages.get(), {"per_entry": 2}, actor=make.planner())
    assert instead(round.stages.get()) is None
    rounds.open(round, actor=make.planner())
    stage = round.stages.get()
    assert (stage.way, stage.way_reason) == ("corrected", "")


def test_e2_opening_asks_each_voting_seat_to_sign() -> None:
    people = [made.outsider(), make.UserFactory()]
    round = made.prepared(people)
    rounds.open(round, actor=make.planner())
    assert Round.objects.get().state == RoundState.RUNNING
    assert round.stages.get().state == StageState.SIGNING
    assert list(Judge.objects.values_list("user", "state")) == [(one.pk, "invited") for one in people]
    with pytest.raises(Rejected):
        rounds.edit_stage(round.stages.get(), {"way": "mean"}, actor=make.planner())


def test_e3_who_runs_cannot_judge_and_who_judges_cannot_run() -> None:
    colleague = make.UserFactory(department=make.planner().department, roles=[Role.PLANNING])
    stage = made.opened([colleague, made.outsider()])
    with pytest.raises(Refused):
        stages.start(stage, actor=make.fresh(colleague))
    deputy = make.UserFactory(department=make.planner().department)
    make.away(make.planner(), deputy, today(), today())
    made.signed(stage)
    stages.start(stage, actor=make.fresh(deputy))  # stands in for planning, who judges not


def test_e3_who_judges_does_not_run_as_a_substitute_either() -> None:
    judge = make.UserFactory()
    make.away(make.planner(), judge, today(), today())
    stage = made.opened([judge])
    with pytest.raises(Refused):
        stages.start(stage, actor=make.fresh(judge))


def test_e4_where_judges_cannot_be_corrected_another_way_stands_with_why() -> None:
    """Three entries among three judges are too few for it: planning has nothing to mend."""
    people = [made.outsider() for _number in range(3)]
    round = made.prepared(people, way="corrected", per_entry=2)
    stage = round.stages.get()
    assert faults_of_round(round) == []
    assert any("위원마다 2건쯤" in text for text in warnings_of(stage))
    rounds.open(round, actor=make.planner())
    stage.refresh_from_db()
    assert (stage.way, stage.way_before) == ("mean", "")
    assert "위원마다 2건쯤" in stage.way_reason
    assert "위원마다 2건쯤" in dict(facts_of(stage))["점수 계산"]


def test_e4_where_all_score_all_the_highest_and_the_lowest_are_left_out_instead() -> None:
    round = made.prepared([made.outsider() for _number in range(3)], way="corrected", per_entry=None)
    rounds.open(round, actor=make.planner())
    assert round.stages.get().way == "trimmed"
