"""Points entered or taken back by hand: never by one person alone (M3, D5, O5)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from basis.errors import Refused, Rejected
from core.actors import SYSTEM
from core.ledger.verify import verify_all
from core.models import TransitionLog
from core.now import pretend
from mileage import catalogue as earn
from mileage.enums import RequestState, Scheme
from mileage.models import Account, Entry, Request
from mileage.rules import hundredths
from mileage.selectors.requests import others
from mileage.services import requests as services
from mileage.services.awards import Award, award
from notifications.models import Notice
from notifications.selectors import todos_of as todos
from organization.enums import Role
from organization.models import User
from tests import factories as make
from tests.asked import DAY, earned, grant, paper, second_planner
from tests.threads import at_once, in_hand

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with pretend(DAY):
        yield


def test_m3_a_grant_is_posted_only_when_a_second_person_has_confirmed() -> None:
    people = make.UserFactory.create_batch(3)
    request = grant(*people)
    assert not Entry.objects.exists()
    second = second_planner()
    assert len(services.confirm(request, actor=second)) == 3
    for entry in Entry.objects.select_related("account__user"):
        assert (entry.amount, entry.actor, entry.reason) == (200, second, "확인이 늦었습니다.")
        assert (entry.source_id, entry.department) == (request.pk, entry.account.user.department)
    with pytest.raises(Rejected, match="지금 상태"):
        services.confirm(request, actor=second)
    assert Entry.objects.count() == 3
    assert list(verify_all()) == []


def test_m3_neither_requester_nor_receiver_nor_audit_nor_a_substitute_confirms() -> None:
    second = second_planner()
    request = grant(second)
    head = make.head_of(make.planner().department)
    auditor = make.UserFactory(roles=[Role.AUDITOR])
    substitute = make.UserFactory()
    make.away(head, substitute, DAY, DAY)
    for person in (make.planner(), second, auditor, substitute, make.UserFactory()):
        with pytest.raises(Refused, match="기획예산과장"):
            services.confirm(request, actor=make.fresh(person))
    assert others(request) == [head]
    services.confirm(request, actor=head)
    assert Account.objects.get(user=second).balance == 200


def test_m3_an_entry_is_taken_back_only_when_a_second_person_has_confirmed() -> None:
    entry, second = earned(make.UserFactory()), second_planner()
    request = services.request_reversal(entry, reason="두 번 등록", files=[paper()], actor=make.planner())
    with pytest.raises(Rejected, match="이미 확인을 기다리고"):
        services.request_reversal(entry, reason="또", files=[paper()], actor=second)
    (back,) = services.confirm(request, actor=second)
    assert (back.reverses_id, back.amount, back.reason) == (entry.pk, -200, "두 번 등록")
    for one in (entry, back):
        with pytest.raises(Rejected, match="이미 취소된"):
            services.request_reversal(one, reason="또", files=[paper()], actor=second)
    assert list(verify_all()) == []


def test_m3_an_entry_whose_event_was_undone_meanwhile_is_not_taken_back_twice() -> None:
    entry, second = earned(make.UserFactory()), second_planner()
    request = services.request_reversal(entry, reason="두 번 등록", files=[paper()], actor=make.planner())
    services.awards.reverse([entry], reason="사례 취소", actor=SYSTEM)
    with pytest.raises(Rejected, match="이미 취소된"):
        services.confirm(request, actor=second)
    assert Request.objects.get().state == RequestState.REQUESTED
    services.withdraw(request, actor=make.planner())


def test_m3_what_was_taken_back_by_hand_comes_back_by_hand_alone() -> None:
    user, second = make.UserFactory(), second_planner()
    services.awards.reverse([earned(user)], reason="사례 취소", actor=SYSTEM)
    entry = earned(user)  # the event again: turn 2
    asked = services.request_reversal(entry, reason="오류", files=[paper()], actor=make.planner())
    services.confirm(asked, actor=second)
    assert award([Award(earn.FINDING, user, "a", DAY, "공유주차")], actor=SYSTEM) == []
    (by_hand,) = services.confirm(grant(user), actor=second)
    assert (by_hand.amount, Account.objects.get(user=user).balance) == (200, 200)
    assert list(verify_all()) == []


def test_m3_a_reversal_that_was_refused_or_never_decided_leaves_the_event_as_it_was() -> None:
    user, second = make.UserFactory(), second_planner()
    entry = earned(user)
    refused = services.request_reversal(entry, reason="오류", files=[paper()], actor=make.planner())
    services.reject(refused, reason="맞음", actor=second)
    services.request_reversal(entry, reason="오류", files=[paper()], actor=make.planner())
    services.awards.reverse([entry], reason="사례 취소", actor=SYSTEM)
    assert earned(user).turn == 2


def test_m3_the_receiver_of_an_entry_does_not_decide_on_its_reversal() -> None:
    second = second_planner()
    request = services.request_reversal(
        earned(second), reason="두 번 등록", files=[paper()], actor=make.planner()
    )
    with pytest.raises(Refused):
        services.confirm(request, actor=second)


def test_m3_the_same_is_not_asked_twice_while_it_waits() -> None:
    one, two = make.UserFactory.create_batch(2)
    first = grant(one, two)
    with pytest.raises(services.AlreadyAsked) as error:
        grant(two, one, title=" 누락분 인정 ", reason="다른 사유")
    assert error.value.request == first
    day = DAY - dt.timedelta(days=1)
    for other in (grant(one), grant(one, two, day=day), grant(one, two, title="다른 일")):
        assert other.pk != first.pk
    grant(one, two, rule=earn.REVIEWING)
    grant(one, two, actor=second_planner())
    services.withdraw(first, actor=make.planner())
    assert grant(one, two).pk != first.pk


def test_m3_a_second_click_at_the_same_moment_asks_once(transactional_db: None) -> None:
    user, planner = make.UserFactory(), make.planner()

    def ask() -> bool:
        with pretend(DAY):
            try:
                grant(user, actor=make.fresh(planner))
            except services.AlreadyAsked:
                return False
            return True

    assert sorted(at_once(*[ask] * 4)) == [False, False, False, True]
    assert Request.objects.count() == 1


def test_m3_rejecting_needs_a_reason_and_posts_nothing() -> None:
    request, second = grant(make.UserFactory()), second_planner()
    with pytest.raises(Rejected, match="사유"):
        services.reject(request, reason=" ", actor=second)
    services.reject(request, reason="근거가 부족합니다.", actor=second)
    assert not Entry.objects.exists()
    assert Request.objects.get().state == RequestState.REJECTED
    assert Notice.objects.get(recipient=make.planner(), kind="mileage.decided").body == "근거가 부족합니다."


def test_m3_only_the_requester_withdraws_and_only_before_the_decision() -> None:
    request, second = grant(make.UserFactory()), second_planner()
    with pytest.raises(Refused, match="요청한 사람"):
        services.withdraw(request, actor=second)
    services.withdraw(request, actor=make.planner())
    with pytest.raises(Rejected):
        services.confirm(request, actor=second)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"files": []}, "attachments"),
        ({"reason": "  "}, "reason"),
        ({"day": DAY + dt.timedelta(days=1)}, "day"),
        ({"rule": earn.MEETING_HOURS}, "amount"),
        ({"rule": earn.BY_HAND[Scheme.CREATIVITY]}, "amount"),
        ({"rule": earn.REVIEWING, "day": dt.date(2015, 5, 1)}, "amount"),
        ({"amount": -100}, "amount"),
    ],
)
def test_m3_a_grant_needs_reason_evidence_a_past_day_and_an_amount(values: Any, field: str) -> None:
    with pytest.raises(Rejected) as error:
        grant(make.UserFactory(), **values)
    assert error.value.field == field
    assert not Request.objects.exists()


def test_m3_a_grant_to_nobody_is_refused() -> None:
    with pytest.raises(Rejected) as error:
        grant()
    assert error.value.field == "people"


def test_m4_a_grant_by_hand_keeps_the_cap_of_its_rule() -> None:
    user = make.UserFactory()
    award([Award(earn.OPINION, user, "a", DAY, "의견", amount=hundredths(39))], actor=SYSTEM)
    (entry,) = services.confirm(grant(user, rule=earn.OPINION), actor=second_planner())
    assert (entry.asked, entry.amount) == (200, 100)


def test_o2_a_grant_counts_for_the_department_held_on_its_day() -> None:
    user = make.UserFactory()
    held = user.department
    user.postings.update(valid_to=dt.date(2026, 5, 31))
    new = make.DepartmentFactory()
    user.postings.create(user=user, department=new, position=user.position, valid_from=dt.date(2026, 6, 1))
    (entry,) = services.confirm(grant(user, day=dt.date(2026, 5, 31)), actor=second_planner())
    assert entry.department == held


def test_r5_the_request_waits_with_the_other_planners_and_the_head_alone() -> None:
    second, head = second_planner(), make.head_of(make.planner().department)
    receiver = make.UserFactory(department=make.planner().department, roles=[Role.PLANNING])
    substitute = make.UserFactory()
    make.away(second, substitute, DAY, DAY)
    request = grant(receiver)
    assert {person.pk for person in others(request)} == {second.pk, head.pk}
    for person, count in ((second, 1), (head, 1), (make.planner(), 0), (receiver, 0), (substitute, 0)):
        assert len(list(todos(make.fresh(person)))) == count, person
    told = set(Notice.objects.filter(kind="mileage.requested").values_list("recipient", flat=True))
    assert told == {second.pk, head.pk}
    services.confirm(request, actor=second)
    assert not list(todos(make.fresh(head)))


def test_m6_the_receiver_is_told_what_and_why_and_no_substitute_is() -> None:
    user = make.UserFactory()
    substitute = make.UserFactory(department=user.department)
    make.away(user, substitute, DAY, DAY)
    (entry,) = services.confirm(grant(user), actor=second_planner())
    notice = Notice.objects.get(kind="mileage.posted")
    assert (notice.recipient, notice.url) == (user, entry.get_absolute_url())
    assert notice.title == "창의마일리지 2점 등록: 누락분 인정"
    assert "확인이 늦었습니다." in notice.body


def test_d5_every_step_is_logged_with_who_and_why() -> None:
    request, second = grant(make.UserFactory()), second_planner()
    services.confirm(request, actor=second)
    rows = TransitionLog.objects.filter(object_id=request.pk, name__in=["request", "confirm"]).order_by("pk")
    assert [(row.name, row.actor, row.reason) for row in rows] == [
        ("request", make.planner(), "확인이 늦었습니다."), ("confirm", second, ""),
    ]  # fmt: skip


def test_m3_two_confirm_at_the_same_moment_and_it_is_posted_once(transactional_db: None) -> None:
    user = make.UserFactory()
    planners = [second_planner() for _n in range(4)]
    request = grant(user)

    def confirm(person: User) -> Any:
        def work() -> str:
            with pretend(DAY):
                try:
                    services.confirm(Request.objects.get(pk=request.pk), actor=make.fresh(person))
                except Rejected:
                    return "refused"
                return "posted"

        return work

    assert sorted(at_once(*map(confirm, planners))) == ["posted", "refused", "refused", "refused"]
    assert Account.objects.get(user=user).balance == 200
    assert list(verify_all()) == []


def test_m3_confirming_and_withdrawing_at_the_same_moment_ends_in_one_of_them(transactional_db: None) -> None:
    user, second = make.UserFactory(), second_planner()
    request = grant(user)

    def doing(work: Any, person: User) -> Any:
        def run() -> bool:
            with pretend(DAY):
                try:
                    work(Request.objects.get(pk=request.pk), actor=make.fresh(person))
                except Rejected:
                    return False
                return True

        return run

    ended = at_once(doing(services.confirm, second), doing(services.withdraw, make.planner()))
    assert sorted(ended) == [False, True]
    assert Entry.objects.exists() == (Request.objects.get().state == RequestState.CONFIRMED)


def test_m3_two_ask_for_the_same_reversal_at_the_same_moment(transactional_db: None) -> None:
    entry, second = earned(make.UserFactory()), second_planner()

    def ask(person: User) -> Any:
        def work() -> bool:
            with pretend(DAY):
                try:
                    services.request_reversal(
                        entry, reason="두 번", files=[paper()], actor=make.fresh(person)
                    )
                except Rejected:
                    return False
                return True

        return work

    assert sorted(at_once(ask(make.planner()), ask(second))) == [False, True]


@pytest.mark.postgres
def test_m3_a_reversal_is_asked_for_when_nobody_else_has_the_entry_in_hand(transactional_db: None) -> None:
    entry, planner = earned(make.UserFactory()), make.planner()

    def ask() -> None:
        with pretend(DAY):
            services.request_reversal(entry, reason="중복", files=[paper()], actor=planner)

    with in_hand(Entry.objects.filter(pk=entry.pk), ask) as waits:
        assert waits
    assert Request.objects.get().entry == entry
