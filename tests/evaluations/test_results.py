"""E4: from counted sheets to scores, places and grades, written down once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from basis.errors import Rejected
from core.now import today
from core.transition import history
from evaluations.enums import RoundState
from evaluations.models import Entry, Grade, Result, Round, Sheet, Stage
from evaluations.selectors import outcome
from evaluations.services import drafts, rounds, stages
from evaluations.services import results as services
from tests import factories as make
from tests.evaluations import made, results

pytestmark = pytest.mark.django_db


def table(round: Round) -> list[tuple[int, str, int | None, str]]:
    rows = (
        Result.objects.filter(entry__round=round).select_related("entry", "grade").order_by("entry__number")
    )
    return [
        (
            one.entry.number,
            "" if one.score is None else f"{one.score:.2f}",
            one.place,
            one.grade.slot if one.grade else "",
        )
        for one in rows
    ]


def test_e4_closing_the_last_stage_writes_scores_places_and_grades_by_order() -> None:
    round = results.drafted()
    assert round.state == RoundState.DRAFT
    # trimmed: the highest and the lowest of three are left out
    assert table(round) == [
        (1, "90.00", 1, "first"),
        (2, "70.00", 2, "second"),
        (3, "50.00", 3, "second"),
        (4, "30.00", 4, ""),
    ]
    first = Result.objects.get(entry__round=round, entry__number=1)
    spread = {"sheets": 3, "mean": "86.67", "spread": "4.71", "low": "80.00", "high": "90.00"}
    assert first.parts == {"1": {"score": "90.00", "place": 1, **spread}}
    assert first.by_order_id == first.grade_id


def test_e4_equal_scores_are_parted_by_the_criteria_in_order() -> None:
    # 60 × 8 + 40 × 3 = 60 × 6 + 40 × 6 = 600
    round = results.drafted([((6, 6),) * 3, ((8, 3),) * 3, ((1, 1),) * 3], way="mean")
    assert table(round)[:2] == [(1, "60.00", 2, "second"), (2, "60.00", 1, "first")]
    assert Result.objects.get(entry__number=1).tie == "new"


def test_e4_a_tie_over_a_line_stays_open_until_the_committee_decides() -> None:
    round = results.drafted([(9, 9), (7, 7), (5, 5), (5, 5)], way="mean")
    assert [one[2:] for one in table(round)] == [(1, "first"), (2, "second"), (3, ""), (3, "")]
    (tie,) = outcome.open_ties(round)
    assert [one.entry.number for one in tie.results] == [3, 4]
    assert [(str(grade) if grade else "", count) for grade, count in tie.among] == [("우수", 1), ("", 1)]
    results.session(round)
    with pytest.raises(Rejected, match="동점"):
        drafts.resolve(round, {}, actor=make.planner())
    third, fourth = (Result.objects.get(entry__number=number) for number in (3, 4))
    grade = Grade.objects.get(division__key="one", slot="second").pk
    with pytest.raises(Rejected, match="사유"):
        drafts.resolve(round, {third.pk: (grade, ""), fourth.pk: (None, "")}, actor=make.planner())
    both = {third.pk: (grade, "실현이 쉽다."), fourth.pk: (grade, "뛰어나다.")}
    with pytest.raises(Rejected, match="2건까지"):
        drafts.resolve(round, both, actor=make.planner())
    drafts.resolve(round, {**both, fourth.pk: (None, "앞의 것과 비슷하다.")}, actor=make.planner())
    assert table(round)[2:] == [(3, "50.00", 3, "second"), (4, "50.00", 3, "")]
    assert outcome.is_resolved(Round.objects.get(pk=round.pk))


def test_e4_below_the_least_score_there_is_no_grade() -> None:
    round = results.drafted([(9, 9), (7, 7), (4, 4)], way="mean")
    Round.objects.filter(pk=round.pk).update(least="50.00")
    drafts.reckon_again(round, actor=make.planner())
    assert [one[3] for one in table(round)] == ["first", "second", ""]


def test_e4_who_is_out_or_has_no_counted_sheet_has_no_place() -> None:
    people = [made.outsider(), made.outsider()]
    round = results.drafted([(9, 9), (None, None), (4, 4)], people, way="mean")
    assert table(round)[1] == (2, "", None, "")
    assert [one[2] for one in table(round)] == [1, None, 2]


def test_e2_a_way_changed_afterwards_needs_a_reason_and_both_results_stand() -> None:
    round = results.drafted([(10, 4, 4), (6, 6, 5), (1, 1, 1)])
    assert [one[1:3] for one in table(round)] == [("40.00", 2), ("60.00", 1), ("10.00", 3)]
    stage = round.stages.get()
    with pytest.raises(Rejected):
        drafts.change_way(stage, "mean", reason=" ", actor=make.planner())
    drafts.change_way(stage, "mean", reason="세 명뿐이라 평균으로 한다.", actor=make.planner())
    assert [one[1:3] for one in table(round)] == [("60.00", 1), ("56.67", 2), ("10.00", 3)]
    assert Result.objects.get(entry__number=1).by_way_before == {"score": "40.00", "place": 2}
    stage.refresh_from_db()
    assert (stage.way, stage.way_before) == ("mean", "trimmed")


def test_e4_judges_with_too_few_sheets_are_corrected_neither_before_nor_after_the_close() -> None:
    round = results.drafted([(9, 8), (7, 6), (5, 4)])
    stage = round.stages.get()
    Stage.objects.filter(pk=stage.pk).update(per_entry=2)
    with pytest.raises(Rejected, match="8건 이상"):
        drafts.change_way(stage, "corrected", reason="성향을 뺀다.", actor=make.planner())


def test_e4_stages_that_decide_count_by_their_share_and_who_fell_out_keeps_the_standing() -> None:
    round = two_stages()
    rows = Result.objects.filter(entry__round=round).order_by("entry__number")
    assert [(one.place, str(one.score)[:5] if one.score is not None else "") for one in rows] == [
        (2, "54.00"), (1, "66.00"), (None, ""),
    ]  # fmt: skip
    assert rows[2].parts["1"]["score"] == "50.00"
    assert set(rows[2].parts) == {"1"}
    assert {key: {"score": one["score"], "place": one["place"]} for key, one in rows[0].parts.items()} == {
        "1": {"score": "90.00", "place": 1},
        "2": {"score": "60.00", "place": 1},
        "3": {"score": "40.00", "place": 2},
    }


def two_stages() -> Round:
    """The best two of three go on; then a panel of 70 % and another of 30 %, in two stages."""
    people = [made.outsider(), made.outsider()]
    round = made.prepared(people, way="mean", passes=2)
    first = round.stages.get()
    panel = first.panel
    values = {
        "round": round,
        "panel": panel,
        "way": "mean",
        "ties": [],
        "opens_on": today(),
        "closes_on": today(),
    }
    for order, share in ((2, 70), (3, 30)):
        stage = Stage.objects.create(order=order, title=f"본심 {order}", share=share, **values)
        for one in first.criteria.all():
            one.pk, one.stage = None, stage
            one.save()
    rounds.open(round, actor=make.planner())
    given = {1: (9, 7, 5), 2: (6, 6, None), 3: (4, 8, None)}
    for stage in round.stages.order_by("order"):
        if stage.order > 1:
            stages.invite(stage, actor=make.planner())
        made.signed(stage)
        stages.start(stage, actor=make.planner())
        for sheet in Sheet.objects.filter(judge__stage=stage).select_related("judge__user", "entry"):
            results.score(
                sheet.judge, sheet.entry, given[stage.order][sheet.entry.number - 1], sheet.judge.user
            )
        stages.close(Stage.objects.get(pk=stage.pk), actor=make.planner())
    return Round.objects.get(pk=round.pk)


def test_e4_scored_again_the_results_are_gone_until_it_is_closed_again() -> None:
    round = results.drafted()
    with pytest.raises(Rejected):
        drafts.judge_again(round, reason="", actor=make.planner())
    drafts.judge_again(round, reason="채점표를 잘못 옮겼다.", actor=make.planner())
    assert not Result.objects.filter(entry__round=round).exists()
    assert Round.objects.get(pk=round.pk).state == RoundState.RUNNING
    stages.close(round.stages.get(), actor=make.planner())
    assert len(table(round)) == 4


@pytest.mark.parametrize("count", [2, 40])
def test_e4_reckoning_asks_each_table_once(count: int) -> None:
    round = results.drafted([(9, 8), (3, 2)], way="mean")
    stage = round.stages.get()
    judges = list(stage.judges.values_list("pk", flat=True))
    made_ = [
        Entry(
            round=round,
            division=round.divisions.get(key="one"),
            content_type_id=1,
            object_id=n,
            number=n,
            title="x",
        )
        for n in range(100, 100 + count)
    ]
    Entry.objects.bulk_create(made_)
    results.typed(stage, {(one.pk, judge): (5, 6) for one in made_ for judge in judges})
    with CaptureQueriesContext(connection) as asked:
        services.reckon(round)
    assert len(asked) <= 25, len(asked)
    assert Result.objects.filter(entry__round=round).count() == count + 2


def test_e4_only_a_draft_is_reckoned_again_and_the_log_says_what_moved() -> None:
    round = results.drafted([(10, 4, 4), (6, 6, 5), (1, 1, 1)])
    drafts.change_way(round.stages.get(), "mean", reason="평균으로 한다.", actor=make.planner())
    logged = history(round).get(name="change_way")
    assert logged.data["changes"] == ["1: 2 (40) → 1 (60)", "2: 1 (60) → 2 (56.67)"]
    round = drafts.announce(results.resolved(round), actor=make.planner())
    for again in (
        lambda: drafts.reckon_again(round, actor=make.planner()),
        lambda: drafts.change_way(round.stages.get(), "median", reason="다시", actor=make.planner()),
    ):
        with pytest.raises(Rejected, match="초안에서만"):
            again()
