"""Handing over and its undoing, revocation by two people, money returned, citizens forgotten (A5, P13, D3, D9)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from auditlog.models import LogEntry

from awards.enums import AwardState
from awards.models import Award
from awards.selectors import public_notes
from awards.services import forgetting
from awards.services.handing import give_back, hand_over, hand_over_many, take_back
from awards.services.revoking import ask_revocation, refuse_revocation, revoke, withdraw
from awards.sockets import FOLLOWING, Follower
from basis.errors import Refused, Rejected
from budgets.enums import BudgetKind
from budgets.models import BudgetEntry
from core.ledger.verify import verify_all
from core.models import Destruction, TransitionLog
from core.now import pretend, today
from core.work.verify import differences
from mileage import catalogue as earn
from mileage.models import Entry
from mileage.services import awards as points
from notifications.models import Notice
from notifications.selectors import todos_of
from organization.models import Department
from tests import factories as make
from tests.awards.made import DAY, again, citizen, clerk, figures, gift, given, second_planner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("money")]


def handed(award: Award | None = None, **values: Any) -> Award:
    award = award or given(**values)
    return hand_over(award, handed_on=today(), receipt="수령-1", actor=clerk())


def asked(award: Award) -> Award:
    said = {"reason": "다른 곳의 제안을 옮김", "note": "다른 곳의 제안과 같은 것으로 확인됨"}
    return ask_revocation(award, **said, actor=make.planner())


# --------------------------------------------------------------------------------------------------- handing over
def test_a5_handed_over_with_day_person_and_receipt_and_taken_back_with_a_reason() -> None:
    award = given()
    for day, word in ((DAY + dt.timedelta(days=1), "오늘 또는 이전"), (DAY - dt.timedelta(days=1), "결정일")):
        with pytest.raises(Rejected, match=word):
            hand_over(award, handed_on=day, receipt="1", actor=clerk())
    with pytest.raises(Rejected, match="수령 확인"):
        hand_over(award, handed_on=DAY, receipt=" ", actor=clerk())
    with pytest.raises(Refused):
        hand_over(award, handed_on=DAY, receipt="1", actor=make.UserFactory())
    done = handed(award)
    assert (done.handed_by, done.receipt, done.state) == (clerk(), "수령-1", AwardState.HANDED)
    with pytest.raises(Rejected, match="지금 상태"):
        handed(award)
    with pytest.raises(Rejected, match="사유"):
        take_back(done, reason=" ", actor=clerk())
    take_back(done, reason="다른 사람", actor=clerk())
    assert figures() == (200_000, 0, 1_800_000)
    assert TransitionLog.objects.get(name="take_back").data["receipt"] == "수령-1"
    assert again(award).handed_on is None


def test_a5_many_at_once_have_a_result_each() -> None:
    one, other = given(), given()
    handed(other)
    results = hand_over_many([(other, "2"), (one, "1")], handed_on=DAY, actor=clerk())
    assert [(found.award.pk, bool(found.error)) for found in results] == [(one.pk, False), (other.pk, True)]
    assert again(one).receipt == "1"


def test_a5_what_is_not_handed_over_in_time_is_work_and_late() -> None:
    award, empty = given(), given(amount=0, grade="")
    (todo,) = todos_of(clerk())
    assert "지급할 시상 1건" in todo.title
    assert not Award.objects.late(award.due_on).exists()
    late = Award.objects.late(award.due_on + dt.timedelta(days=1))
    assert set(late) == {award, empty}
    handed(award)
    assert not todos_of(clerk())
    assert not list(differences())


# ----------------------------------------------------------------------------------------------------- revocation
def test_p13_revoked_by_a_second_person_what_was_set_aside_is_free_again() -> None:
    award = asked(given())
    with pytest.raises(Rejected, match="취소를 요청한"):
        handed(award)
    with pytest.raises(Refused):
        revoke(award, actor=make.planner())
    revoke(award, actor=second_planner())
    assert figures() == (0, 0, 2_000_000)
    found = again(award)
    assert (found.state, found.asked_back, found.asked_reason) == (AwardState.REVOKED, 0, "")
    assert public_notes(award.thing) == ["다른 곳의 제안과 같은 것으로 확인됨"]
    assert Notice.objects.get(kind="awards.revoked").recipient == award.user
    assert not list(verify_all())


def test_d9_neither_who_asked_nor_who_got_it_decides_nor_a_substitute() -> None:
    award = asked(given())
    deputy = make.UserFactory()
    make.away(second_planner(), deputy, DAY, DAY)
    own = asked(given(user=second_planner()))
    for one, who in ((award, make.planner()), (award, make.fresh(deputy)), (own, second_planner())):
        for step in (revoke, refuse_revocation):
            with pytest.raises(Refused):
                step(one, reason="사유", actor=who)
    with pytest.raises(Rejected, match="먼저 취소를 요청"):
        revoke(given(), actor=second_planner(), reason="사유")
    with pytest.raises(Refused, match="스스로"):
        revoke(given(), actor=second_planner(), reason="정정", asked_by=second_planner())
    assert revoke(given(), actor=second_planner(), reason="정정", asked_by=make.planner()).state == "revoked"


def test_p13_a_request_that_is_refused_leaves_all_as_it_was() -> None:
    award = asked(given())
    with pytest.raises(Rejected, match="이미"):
        asked(award)
    refuse_revocation(award, reason="다른 내용임", actor=second_planner())
    assert not again(award).asked_reason
    assert not todos_of(second_planner())[1:]
    handed(award)
    assert not list(differences())


def test_p13_what_was_handed_over_is_asked_back_until_it_is_returned() -> None:
    award = revoke(asked(handed()), actor=second_planner())
    assert (award.asked_back, figures()) == (200_000, (0, 200_000, 1_800_000))
    assert [str(todo.verb) for todo in todos_of(clerk())] == ["환수 기록하기"]
    with pytest.raises(Rejected, match="오늘 또는 이전"):
        give_back(award, returned_on=DAY + dt.timedelta(days=1), actor=clerk())
    give_back(award, returned_on=DAY, actor=clerk())
    assert figures() == (0, 0, 2_000_000)
    assert BudgetEntry.objects.of(award).latest("pk").kind == BudgetKind.REPAY
    with pytest.raises(Rejected, match="환수할 금액이 없습니다"):
        give_back(award, returned_on=DAY, actor=clerk())
    assert not todos_of(clerk())
    assert not list(verify_all())


def test_p13_after_its_years_nothing_is_revoked() -> None:
    award = given()
    with pretend(dt.date(2021, 1, 15)):
        asked(award)
    with pretend(dt.date(2021, 1, 16)):
        with pytest.raises(Rejected, match="5년"):
            revoke(award, actor=second_planner())
        refuse_revocation(award, reason="늦음", actor=second_planner())
    with pretend(dt.date(2021, 1, 16)), pytest.raises(Rejected, match="5년"):
        asked(award)


class _Points(Follower):
    """Takes back what the ledger gave for the thing."""

    model = Department

    def revoked(self, award: Award, *, reason: str, actor: Any) -> None:
        of = Entry.objects.standing().filter(event=f"test:{award.object_id}", account__user=award.user)
        points.reverse(list(of.select_related("account")), reason=reason, actor=actor)


@pytest.fixture
def followed() -> Iterator[None]:
    with FOLLOWING.only(_Points()):
        yield


def test_p13_points_are_taken_back_in_their_ledger_by_who_follows_the_thing(followed: None) -> None:
    award = given(points=200)
    event = f"test:{award.object_id}"
    points.award([points.Award(earn.GRADE_BEST, award.user, event, DAY, "최우수")], actor=make.planner())
    revoke(asked(award), actor=second_planner())
    assert [entry.amount for entry in Entry.objects.order_by("pk")] == [200, -200]
    assert Entry.objects.latest("pk").reason == "다른 곳의 제안을 옮김"
    assert not list(verify_all())


def test_p13_a_decision_that_goes_back_to_a_draft_takes_what_waits_with_it() -> None:
    one, other = given(), given(citizen(withheld="연락 안 됨"))
    withdraw([one, other], reason="정정", actor=make.planner())
    assert {again(one).state, again(other).state} == {AwardState.REVOKED}
    assert figures() == (0, 0, 2_000_000)
    with pytest.raises(Rejected):
        withdraw([handed()], reason="정정", actor=make.planner())


# ------------------------------------------------------------------------------------------------------ forgetting
def test_d3_citizens_names_go_five_years_after_the_year_in_which_they_were_handed_over() -> None:
    award, staff, waiting = given(citizen()), given(), given(citizen("박바다"))
    handed(award)
    handed(staff)
    assert forgetting.forget_past(dt.date(2021, 12, 31)) == 0
    with pretend(dt.date(2022, 1, 1)):
        assert forgetting.forget_past(dt.date(2022, 1, 1)) == 1
        assert forgetting.forget_past(dt.date(2022, 1, 1)) == 0
    found = again(award)
    assert (found.name, found.receipt, found.who) == ("", "", "(파기)")
    assert again(staff).name
    assert again(waiting).name == "박바다"
    assert Destruction.objects.get(log="awards_award").count == 1
    kept = [str(row.changes) for row in LogEntry.objects.all()]
    kept += [f"{row.data}{row.reason}" for row in TransitionLog.objects.all()]
    assert not [text for text in kept if "김하늘" in text]


def test_d3_with_their_thing_they_are_forgotten_unless_something_still_waits() -> None:
    thing = make.DepartmentFactory()
    done, waits = given(citizen(thing=thing)), given(citizen("박바다", thing=thing))
    handed(done)
    assert forgetting.forget(thing) == 1
    assert [again(one).name for one in (done, waits)] == ["", "박바다"]
    handed(waits)
    assert forgetting.forget(thing) == 1
    assert gift().key != gift().key
