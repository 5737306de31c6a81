"""E3: several at once, on real connections."""

import datetime as dt

import pytest

from basis.errors import Rejected
from core import passes, roomcode
from core.now import pretend, today
from evaluations.enums import SheetState, StageState
from evaluations.models import Judge, Mark, Sheet, Stage, Typing
from evaluations.services import paper, sheets, slips, stages
from organization.enums import Role
from organization.models import User
from tests import factories as make
from tests.evaluations import made
from tests.threads import at_once, in_hand

pytestmark = pytest.mark.django_db(transaction=True)


def a_sheet() -> Sheet:
    return Sheet.objects.select_related("judge__user", "judge__stage").order_by("pk")[0]


def test_e3_two_marks_at_once_are_both_kept() -> None:
    made.scoring([made.outsider()])
    sheet = a_sheet()
    first, second = made.marks(sheet)

    def mark(pk: int, value: int) -> None:
        sheets.save_mark(sheet, pk, value, actor=User.objects.get(pk=sheet.judge.user_id))

    at_once(lambda: mark(first, 4), lambda: mark(second, 6), lambda: mark(first, 5))
    kept = dict(Mark.objects.values_list("criterion", "value"))
    assert kept[second] == 6
    assert kept[first] in (4, 5)
    assert Sheet.objects.get(pk=sheet.pk).version == 4


def test_e3_two_typings_at_once_are_one_first_and_one_second() -> None:
    made.scoring([made.outsider()])
    one = make.planner()
    two = make.fresh(make.UserFactory(department=one.department, roles=[Role.PLANNING]))
    sheet = a_sheet()
    values = made.marks(sheet, 7)
    found = at_once(
        lambda: paper.type_in(sheet, values, actor=one), lambda: paper.type_in(sheet, values, actor=two)
    )
    assert sorted(outcome for outcome, _apart in found) == ["agreed", "first"]
    assert Typing.objects.count() == 2
    assert Sheet.objects.get(pk=sheet.pk).state == SheetState.DONE


def test_e3_one_person_typing_twice_at_once_is_one_typing() -> None:
    made.scoring([made.outsider()])
    sheet, one = a_sheet(), make.planner()
    values = made.marks(sheet, 7)

    def work() -> str:
        try:
            return paper.type_in(sheet, values, actor=one)[0]
        except Rejected:
            return "refused"

    assert sorted(at_once(work, work)) == ["first", "refused"]


def test_e3_a_slip_used_on_two_phones_at_once_has_one_ballot() -> None:
    stage = made.opened([], body="residents")
    ((_number, code),) = slips.make(stage, 1, actor=make.planner())
    stages.start(stage, actor=make.planner())
    wall = roomcode.shown(slips.room(stage))
    found = at_once(*[lambda: slips.enter(code, wall, "203.0.113.7")] * 2)
    assert {judge.pk for judge, _token in found} == {Judge.objects.get().pk}
    assert Sheet.objects.count() == 3
    assert sum(passes.bearer_of(token) is not None for _judge, token in found) == 1


@pytest.mark.postgres
def test_e3_a_mark_is_in_before_the_stage_closes_or_is_refused() -> None:
    stage = made.scoring([made.outsider()])
    sheet = a_sheet()
    pk, user = next(iter(made.marks(sheet))), sheet.judge.user
    after = today() + dt.timedelta(days=8)

    def close() -> None:
        with pretend(after):
            stages.close(Stage.objects.get(pk=stage.pk), actor=make.planner())

    with in_hand(Judge.objects.filter(pk=sheet.judge_id), close) as waits:
        assert waits  # whoever saves a mark has the judge's row
    assert Stage.objects.get().state == StageState.CLOSED
    with pytest.raises(Rejected):
        sheets.save_mark(sheet, pk, 5, actor=user)


@pytest.mark.parametrize("turn", range(5))
def test_e3_closing_while_marks_are_saved_loses_none_that_was_said_to_be_saved(turn: int) -> None:
    stage = made.scoring([made.outsider(), made.outsider()], entries=1)
    for sheet in Sheet.objects.select_related("judge__user", "judge__stage"):
        made.score(sheet, 5)
    sheet = a_sheet()
    pk, user = next(iter(made.marks(sheet))), sheet.judge.user

    def mark() -> bool:
        try:
            sheets.save_mark(sheet, pk, 9, actor=User.objects.get(pk=user.pk))
        except Rejected:
            return False
        return True

    saved, _closed = at_once(mark, lambda: stages.close(stage, actor=make.planner()))
    value = Mark.objects.get(sheet=sheet, criterion=pk).value
    assert value == (9 if saved else 5)
    assert Stage.objects.get().state == StageState.CLOSED
