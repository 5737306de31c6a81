"""Practices are judged (E5): one division of departments, the prize to the department or by shares."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from awards.enums import Receiver
from awards.models import Award
from awards.selectors.year import by_kind
from basis.errors import Rejected
from contests.enums import ContestState
from contests.models import Practice
from contests.policies import TO_DEPARTMENT
from contests.services import contests, practices
from core.now import pretend
from evaluations.enums import Ground, Slot
from evaluations.models import Conflict, Round, Sheet, Stage
from evaluations.services import confirming, drafts, rounds, stages
from notifications.models import Notice
from organization.enums import Role
from tests import factories as make
from tests.contests import made
from tests.evaluations import made as judged
from tests.evaluations import results as outcomes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(made.AFTER):
        yield


def opened(*members: object) -> Round:
    planner = make.planner()
    round = rounds.make("practice", "2026", actor=planner)
    rounds.take_in(round, actor=planner)
    panel = judged.panel(*members)  # type: ignore[arg-type]  # as the test needs it
    days = {"opens_on": made.AFTER, "closes_on": made.AFTER, "panel": panel}
    for stage in round.stages.all():
        rounds.edit_stage(stage, days, actor=planner)
    rounds.open(round, actor=planner)
    return Round.objects.get(pk=round.pk)


def score(stage: Stage, marks: dict[str, int]) -> None:
    judged.signed(stage)
    stages.start(stage, actor=make.planner())
    for sheet in Sheet.objects.filter(judge__stage=stage, state="open").select_related(
        "judge__user", "entry"
    ):
        judged.score(sheet, marks[sheet.entry.title])
    stages.close(stage, actor=make.planner())


def confirmed(count: int = 3) -> Round:
    round = opened(*(judged.outsider() for _n in range(3)))
    marks = {f"사례 {n}": 10 - n for n in range(1, count + 1)}
    score(round.stages.get(order=1), marks)
    second = round.stages.get(order=2)
    stages.invite(second, actor=make.planner())
    score(second, marks)
    round = Round.objects.get(pk=round.pk)
    outcomes.session(round)
    drafts.resolve(round, {}, actor=make.planner())
    outcomes.money()
    return confirming.confirm(Round.objects.get(pk=round.pk), actor=outcomes.second())


def test_e5_a_round_begins_with_the_plans_grades_and_what_was_entered() -> None:
    made.all_entered(2)
    round = rounds.make("practice", "2026", actor=make.planner())
    grades = round.divisions.get().grades.values_list("slot", "at_most", "prize")
    assert list(grades) == [
        (Slot.FIRST, 1, 1_000_000),
        (Slot.SECOND, 2, 700_000),
        (Slot.THIRD, 3, 500_000),
    ]
    assert (round.blind, round.verification_days) == (
        False,
        0,
    )  # of staff: nothing is announced for objections (E4)
    assert rounds.take_in(round, actor=make.planner())
    assert round.entries.count() == 2
    assert {one.department_id for one in round.entries.all()} == set(
        Practice.objects.entered().values_list("department", flat=True)
    )


def test_e5_not_before_it_has_closed() -> None:
    made.all_entered(1)
    with pretend(made.DAY), pytest.raises(Rejected, match="접수를 마친"):
        rounds.make("practice", "2026", actor=make.planner())
    with pytest.raises(Rejected, match="접수를 마친"):
        rounds.make("practice", "2025", actor=make.planner())


def test_e3_neither_the_department_nor_who_contributed_judges_it() -> None:
    (one, other) = made.all_entered(2)
    own = make.UserFactory(department=one.department)
    helper = make.UserFactory()
    other.contributors.all().delete()
    other.contributors.create(user=helper, label="도움", share=Decimal(100), order=1)
    opened(own, helper, judged.outsider())
    found = {
        (c.judge.user, c.entry.object_id): c.ground
        for c in Conflict.objects.select_related("judge__user", "entry")
    }
    assert found == {(own, one.pk): Ground.DEPARTMENT, (helper, other.pk): Ground.SELF}


def test_e3_who_reads_all_reads_nothing_to_be_judged_before_signing(client: Client) -> None:
    """An executive on the panel: closed on every page until the pledge, then open again; to others it never closes."""
    one, other = made.all_entered(2)
    executive, beside = (make.UserFactory(roles=[Role.EXECUTIVE]) for _number in range(2))
    client.force_login(executive)
    assert client.get(one.get_absolute_url()).status_code == 200
    round = opened(executive, judged.outsider())
    assert client.get(one.get_absolute_url()).status_code == 404
    assert other.title not in client.get(reverse("contests:practices")).content.decode()
    assert set(Practice.objects.visible_to(beside)) >= {one, other}
    judged.signed(round.stages.get(order=1))
    assert client.get(one.get_absolute_url()).status_code == 200


def test_e5_the_prize_goes_to_the_department_and_everybody_reads_what_was_entered() -> None:
    practices_ = made.all_entered(3)
    writer = practices_[0].written_by
    confirmed()
    awards = Award.objects.order_by("-amount", "number")
    assert [(a.receiver, a.department, a.amount) for a in awards] == [
        (Receiver.DEPARTMENT, practices_[0].department, 1_000_000),
        (Receiver.DEPARTMENT, practices_[1].department, 700_000),
        (Receiver.DEPARTMENT, practices_[2].department, 700_000),
    ]
    one = Practice.objects.get(pk=practices_[0].pk)
    assert (one.grade, one.contest.state) == ("최우수", ContestState.JUDGED)
    assert Notice.objects.filter(recipient=writer, kind="contests.judged").count() == 1
    assert by_kind(made.AFTER.year)[0].departments == 3  # awards-year has them without more
    browser = Client()
    browser.force_login(writer)
    page = browser.get(one.get_absolute_url()).content.decode()
    assert "왜 이 순위인가" in page
    assert "3건 가운데 1위" in page
    browser.force_login(make.UserFactory())
    page = browser.get(one.get_absolute_url()).content.decode()
    assert "왜 이 순위인가" not in page
    assert "최우수" in page


def test_e5_or_by_shares_to_who_did_it_to_the_won() -> None:
    made.policy(TO_DEPARTMENT, False)
    (one,) = made.all_entered(1)
    one.contributors.all().delete()
    for order, (user, share) in enumerate(made.people("33.34", "33.33", "33.33"), start=1):
        one.contributors.create(user=user, label="직원", share=share, order=order)
    confirmed(1)
    awards = Award.objects.order_by("-share", "number")
    assert [(a.receiver, a.amount) for a in awards] == [
        (Receiver.STAFF, 333_400),
        (Receiver.STAFF, 333_300),
        (Receiver.STAFF, 333_300),
    ]


def test_e5_what_is_being_judged_is_changed_no_more() -> None:
    (one,) = made.all_entered(1)
    with pretend(made.DAY):
        Practice.objects.filter(pk=one.pk).update(due_on=made.AFTER)
    planner = make.planner()
    round = rounds.make("practice", "2026", actor=planner)
    assert "아직 고칠 수 있음" in [candidate.why_not for candidate, _key, _inside in rounds.candidates(round)]
    rounds.take_in(round, {key for _one, key, _inside in rounds.candidates(round)}, actor=planner)
    with pytest.raises(Rejected, match="심사에 올린"):
        practices.take_back(one, actor=one.written_by)
    with pytest.raises(Rejected, match="거둘 수 없습니다"):
        contests.withdraw(one.contest, reason="취소", actor=planner)
    later = made.values(closes_on=made.AFTER + dt.timedelta(30))
    with pytest.raises(Rejected, match="마감일은 바꿀 수 없습니다"):
        contests.edit(one.contest, later, actor=planner)
