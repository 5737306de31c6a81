"""Points entered or taken back by hand: never by one person alone (M3, D5, O5)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import attachments
from core.errors import Refused, Rejected
from core.ledger.verify import verify_all
from core.models import TransitionLog
from core.now import pretend
from mileage import catalogue as earn
from mileage.enums import RequestState, Scheme
from mileage.forms import people_choices
from mileage.models import Account, Entry, Request
from mileage.rules import hundredths
from mileage.selectors.requests import others, todos
from mileage.services import requests as services
from mileage.services.awards import Award, award
from notifications.models import Notice
from organization.enums import Position, Role
from organization.models import User
from tests import factories as make
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with pretend(DAY):
        yield


def paper(name: str = "근거.pdf") -> ContentFile:
    return ContentFile(b"%PDF-1.4 test", name=name)


def second_planner() -> User:
    return make.UserFactory(department=make.planner().department, roles=[Role.PLANNING])


def grant(*people: User, **values: Any) -> Request:
    given = {
        "rule": earn.FINDING, "amount": None, "day": DAY, "title": "누락분 인정", "reason": "확인이 늦었습니다.",
        "files": [paper()], "actor": make.planner(), **values,
    }  # fmt: skip
    return services.request_grant(people=people, **given)


def earned(user: User, event: str = "a") -> Entry:
    (entry,) = award([Award(earn.FINDING, user, event, DAY, "공유주차")], actor=None)
    return entry


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
    services.awards.reverse([entry], reason="사례 취소", actor=None)
    with pytest.raises(Rejected, match="이미 취소된"):
        services.confirm(request, actor=second)
    assert Request.objects.get().state == RequestState.REQUESTED
    services.withdraw(request, actor=make.planner())


def test_m3_what_was_taken_back_by_hand_comes_back_by_hand_alone() -> None:
    user, second = make.UserFactory(), second_planner()
    services.awards.reverse([earned(user)], reason="사례 취소", actor=None)
    entry = earned(user)  # the event again: turn 2
    asked = services.request_reversal(entry, reason="오류", files=[paper()], actor=make.planner())
    services.confirm(asked, actor=second)
    assert award([Award(earn.FINDING, user, "a", DAY, "공유주차")], actor=None) == []
    (by_hand,) = services.confirm(grant(user), actor=second)
    assert (by_hand.amount, Account.objects.get(user=user).balance) == (200, 200)
    assert list(verify_all()) == []


def test_m3_a_reversal_that_was_refused_or_never_decided_leaves_the_event_as_it_was() -> None:
    user, second = make.UserFactory(), second_planner()
    entry = earned(user)
    refused = services.request_reversal(entry, reason="오류", files=[paper()], actor=make.planner())
    services.reject(refused, reason="맞음", actor=second)
    services.request_reversal(entry, reason="오류", files=[paper()], actor=make.planner())
    services.awards.reverse([entry], reason="사례 취소", actor=None)
    assert earned(user).turn == 2


def test_m3_why_says_that_a_line_taken_back_by_hand_does_not_come_back(client: Client) -> None:
    entry = earned(make.UserFactory())
    asked = services.request_reversal(entry, reason="오류", files=[paper()], actor=make.planner())
    (back,) = services.confirm(asked, actor=second_planner())
    (other,) = services.awards.reverse([earned(make.UserFactory())], reason="사례 취소", actor=None)
    words = "직접 취소했으므로 같은 일로 다시 드리지 않습니다."
    as_(client, make.planner())
    assert words in client.get(back.get_absolute_url()).content.decode()
    assert words not in client.get(other.get_absolute_url()).content.decode()


def test_m3_the_receiver_of_an_entry_does_not_decide_on_its_reversal() -> None:
    second = second_planner()
    request = services.request_reversal(
        earned(second), reason="두 번 등록", files=[paper()], actor=make.planner()
    )
    with pytest.raises(Refused):
        services.confirm(request, actor=second)


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
    award([Award(earn.OPINION, user, "a", DAY, "의견", amount=hundredths(39))], actor=None)
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


# ------------------------------------------------------------------------------------------------ pages


def as_(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def test_m3_the_way_through_the_pages(client: Client) -> None:
    one, two = make.UserFactory.create_batch(2)
    second = second_planner()
    as_(client, make.planner())
    typed = {
        "people": [one.pk, two.pk], "rule": "by_hand_creativity", "amount": "1.5", "day": "2026-11-10",
        "title": "누락분", "reason": "늦음", "document": "기획예산과-1131",
    }  # fmt: skip
    without = client.post(reverse("mileage:request_new"), typed)
    assert without.status_code == 422
    assert "근거 자료를 한 개 이상" in without.content.decode()
    made = client.post(reverse("mileage:request_new"), {**typed, "attachments": [paper()]})
    request = Request.objects.get()
    assert (made.status_code, made["Location"]) == (302, request.get_absolute_url())
    page = client.get(request.get_absolute_url()).content.decode()
    assert second.full_label in page  # who can
    assert "확인하고 기록" not in page
    assert client.post(reverse("mileage:request_confirm", args=[request.pk])).status_code == 403
    as_(client, second)
    assert "확인하고 기록" in client.get(request.get_absolute_url()).content.decode()
    assert client.post(reverse("mileage:request_confirm", args=[request.pk])).status_code == 302
    assert sorted(Entry.objects.values_list("amount", "account__user")) == sorted(
        [(150, one.pk), (150, two.pk)]
    )
    entry = Entry.objects.get(account__user=one)
    as_(client, one)
    shown = client.get(entry.get_absolute_url()).content.decode()
    assert all(words in shown for words in ("늦음", "요청자", "기획예산과-1131", str(make.planner())))
    assert client.get(request.get_absolute_url()).status_code == 403
    (file,) = attachments.of(request)
    assert client.get(reverse("attachment", args=[file.pk])).status_code == 404


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("amount", "0.001"), ("amount", "0"), ("amount", "5000"), ("amount", "많이"), ("rule", "gold"),
        ("day", "어제"), ("day", "2026-11-21"), ("people", "999999"), ("title", ""), ("document", "1131"),
    ],
)  # fmt: skip
def test_m3_wrong_input_is_said_beside_its_field(client: Client, name: str, value: str) -> None:
    typed = {
        "people": [make.UserFactory().pk], "rule": "finding", "amount": "", "day": "2026-11-10",
        "title": "누락분", "reason": "늦음", "attachments": [paper()],
    }  # fmt: skip
    page = as_(client, make.planner()).post(reverse("mileage:request_new"), {**typed, name: value})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [name]
    assert not Request.objects.exists()


def test_m3_people_are_counted_as_people_and_the_chosen_ones_stand_on_top(client: Client) -> None:
    user, other = make.UserFactory(name="김한빛"), make.UserFactory(name="이다른")
    typed = {"people": [user.pk], "rule": "finding", "amount": "0", "day": "2026-11-10", "title": "누락분"}
    page = as_(client, make.planner()).post(reverse("mileage:request_new"), typed)
    said = page.content.decode()
    assert 'data-chosen="%s명 선택"' in said
    chosen = said.partition("data-tree-chosen")[2].partition("</ul>")[0]
    assert user.name in chosen
    assert other.name not in chosen
    assert page.context["form"].errors["amount"] == ["0보다 큰 점수를 입력해 주세요. 예: 0.5"]


def test_m3_where_nobody_else_can_confirm_the_page_says_what_to_do(client: Client) -> None:
    request = grant(make.UserFactory())
    make.UserFactory(roles=[Role.AUDITOR])
    page = as_(client, make.planner()).get(request.get_absolute_url()).content.decode()
    assert "지금 확인할 수 있는 사람이 없습니다." in page
    head = make.head_of(make.planner().department, name="기획과장")
    assert "기획과장" in client.get(request.get_absolute_url()).content.decode()
    as_(client, head)
    assert client.get(reverse("mileage:request_confirm", args=[request.pk])).status_code == 200
    assert client.get(reverse("mileage:request_new")).status_code == 403


def test_m3_reversal_and_rejection_through_the_pages(client: Client) -> None:
    entry, second = earned(make.UserFactory()), second_planner()
    as_(client, make.planner())
    assert "기록 취소 요청" in client.get(entry.get_absolute_url()).content.decode()
    client.post(
        reverse("mileage:entry_reverse", args=[entry.pk]), {"reason": "두 번 등록", "attachments": [paper()]}
    )
    request = Request.objects.get()
    for person in (make.planner(), second):
        page = as_(client, person).get(entry.get_absolute_url())
        assert (page.context["asked"], page.context["actions"]) == (request, [])
        assert request.get_absolute_url() in page.content.decode()
        form = client.get(reverse("mileage:entry_reverse", args=[entry.pk]))
        assert form["Location"] == request.get_absolute_url()
    assert as_(client, entry.account.user).get(entry.get_absolute_url()).context["asked"] is None
    as_(client, make.planner())
    again = client.post(
        reverse("mileage:entry_reverse", args=[entry.pk]), {"reason": "또", "attachments": [paper()]}
    )
    assert again.status_code == 422
    as_(client, second)
    url = reverse("mileage:request_reject", args=[request.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "근거 부족"}).status_code == 302
    assert not Entry.objects.filter(reverses=entry).exists()
    assert client.get(reverse("mileage:request_reject", args=[999_999])).status_code == 404
    listed = client.get(reverse("mileage:requests"), {"state": "rejected"}).context["list"]
    assert [row.pk for row in listed.rows] == [request.pk]


def test_m3_an_external_judge_receives_no_points() -> None:
    outsider = make.UserFactory(department=None, position=Position.EXTERNAL)
    offered = {int(pk) for _place, people in people_choices() for pk, _name in people}
    assert outsider.pk not in offered


def test_m3_a_request_asks_as_often_for_one_receiver_as_for_many(client: Client) -> None:
    as_(client, make.planner())

    def ask(request: Request) -> int:
        client.get(request.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            assert client.get(request.get_absolute_url()).status_code == 200
        return len(asked)

    few = ask(grant(make.UserFactory()))
    for _n in range(4):
        second_planner()
    assert ask(grant(*make.UserFactory.create_batch(30))) == few
