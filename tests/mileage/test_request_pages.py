"""The pages by which points are entered and taken back by hand (M3)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import attachments
from core.actors import SYSTEM
from core.models import Attachment, Draft
from core.now import pretend
from mileage.forms import people_choices
from mileage.models import Entry, Request
from mileage.services import requests as services
from organization.enums import Position, Role
from organization.models import User
from tests import factories as make
from tests.asked import DAY, earned, grant, paper, second_planner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with pretend(DAY):
        yield


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
    (file,) = attachments.files_of(request)
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


def test_m3_why_says_that_a_line_taken_back_by_hand_does_not_come_back(client: Client) -> None:
    entry = earned(make.UserFactory())
    asked = services.request_reversal(entry, reason="오류", files=[paper()], actor=make.planner())
    (back,) = services.confirm(asked, actor=second_planner())
    (other,) = services.awards.reverse([earned(make.UserFactory())], reason="사례 취소", actor=SYSTEM)
    words = "직접 취소했으므로 같은 일로 다시 드리지 않습니다."
    as_(client, make.planner())
    assert words in client.get(back.get_absolute_url()).content.decode()
    assert words not in client.get(other.get_absolute_url()).content.decode()


def typed(user: User, **values: Any) -> dict[str, Any]:
    return {
        "people": [user.pk], "rule": "finding", "amount": "", "day": "2026-11-10", "title": "누락분",
        "reason": "늦음", "document": "", **values,
    }  # fmt: skip


def held(page: Any) -> list[str]:
    """Ids of the files that are offered again and ticked."""
    boxes = re.findall(r"<input[^>]*name=\"held\"[^>]*>", page.content.decode())
    return [found[1] for box in boxes if " checked" in box and (found := re.search(r'value="([^"]*)"', box))]


def test_m3_evidence_of_a_refused_grant_need_not_be_chosen_again(client: Client) -> None:
    user, url = make.UserFactory(), reverse("mileage:request_new")
    as_(client, make.planner())
    page = client.post(url, typed(user, amount="많이", attachments=[paper()]))
    assert list(page.context["form"].errors) == ["amount"]
    assert "근거.pdf" in page.content.decode()
    again = client.post(url, typed(user, title="", held=held(page)))
    assert list(again.context["form"].errors) == ["title"]
    assert held(client.get(url)) == held(again)  # left and opened again
    sent = client.post(url, typed(user, held=held(again), attachments=[paper("회의록.pdf")]))
    assert sent.status_code == 302
    names = [file.name for file in attachments.files_of(Request.objects.get())]
    assert sorted(names) == ["근거.pdf", "회의록.pdf"]
    assert (Draft.objects.exists(), Attachment.objects.count()) == (False, 2)


def test_m3_evidence_taken_out_again_is_missed(client: Client) -> None:
    user, url = make.UserFactory(), reverse("mileage:request_new")
    as_(client, make.planner()).post(url, typed(user, title="", attachments=[paper()]))
    page = client.post(url, typed(user))
    assert page.context["form"].errors == {"attachments": ["근거 자료를 한 개 이상 첨부해 주세요."]}
    assert not Request.objects.exists()


def test_m3_a_file_that_will_not_do_is_named_and_not_kept(client: Client) -> None:
    user, url = make.UserFactory(), reverse("mileage:request_new")
    page = as_(client, make.planner()).post(url, typed(user, title="", attachments=[paper("근거.exe")]))
    assert sorted(page.context["form"].errors) == ["attachments", "title"]
    assert held(page) == []


def test_m3_evidence_of_a_refused_reversal_need_not_be_chosen_again(client: Client) -> None:
    entry = earned(make.UserFactory())
    url = reverse("mileage:entry_reverse", args=[entry.pk])
    page = as_(client, make.planner()).post(url, {"reason": "", "attachments": [paper()]})
    assert list(page.context["form"].errors) == ["reason"]
    assert client.post(url, {"reason": "두 번 등록", "held": held(page)}).status_code == 302
    assert [file.name for file in attachments.files_of(Request.objects.get())] == ["근거.pdf"]


def test_m3_the_same_grant_sent_twice_leads_to_the_one_that_waits(client: Client) -> None:
    user, url = make.UserFactory(), reverse("mileage:request_new")
    as_(client, make.planner()).post(url, typed(user, attachments=[paper()]))
    asked = Request.objects.get()
    page = client.post(url, typed(user, attachments=[paper()]))
    assert page.status_code == 422
    link = f'<a href="{asked.get_absolute_url()}">그 요청 보기</a>'
    assert f"같은 내용의 요청이 이미 확인을 기다리고 있습니다. {link}" in page.content.decode()
    assert Request.objects.get() == asked
