"""Past cases bring no points unless it is wished of the file (N1)."""

import datetime as dt

import pytest
from django.test import Client

from benchmarking.models import Case
from benchmarking.services import cases
from core.ledger.verify import verify_all
from imports.models import Intake
from imports.services import undo
from mileage.models import Account, Entry
from organization.models import User
from tests import factories as make
from tests.workbooks import book

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
HEADS = ["연도", "사례명", "발굴일", "발굴자"]
ROWS = (
    [2015, "공유주차 앱 도입", "2015-03-05", "200001"],
    [2015, "작은 도서관 연계", "2015-04", "200001"],
    [2014, "안심 귀갓길 조명", None, "200001"],
    [2014, "무인 민원 확대", "2014-03-05", "옛사람"],
)


@pytest.fixture
def planner(client: Client) -> User:
    found = make.planner()
    client.force_login(found, backend="organization.backends.Backend")
    make.UserFactory(employee_number="200001")
    return found


def saved(client: Client, *wishes: str) -> Intake:
    ready = client.post("/import/benchmarking-past/", {"file": book(HEADS, *ROWS)})["Location"]
    page = client.get(ready)
    assert "고르지 않으면 아무것도 하지 않습니다" in page.content.decode()
    assert not page.context["wishes"]["points"].value()
    client.post(ready, {"version": page.context["intake"].version, **dict.fromkeys(wishes, "on")})
    assert Case.objects.count() == 4
    return Intake.objects.get()


def test_n1_nobody_earns_where_nothing_was_wished(client: Client, planner: User) -> None:
    assert saved(client).answers["wishes"] == []
    other = make.UserFactory()
    cases.update(Case.objects.earliest("pk"), {"found_by": other}, actor=planner, version=None)
    assert not Entry.objects.exists()


def test_n1_finders_who_are_staff_earn_on_the_day_of_the_case(client: Client, planner: User) -> None:
    intake = saved(client, "points", "nonsense")
    assert intake.answers["wishes"] == ["points"]
    entries = Entry.objects.order_by("day")
    assert [entry.day for entry in entries] == [dt.date(2014, 1, 1), dt.date(2015, 3, 5), dt.date(2015, 4, 1)]
    assert {entry.account.user.employee_number for entry in entries} == {"200001"}
    assert client.get(f"/mileage/entries/{entries[0].pk}/").status_code == 200


def test_n1_a_corrected_finder_earns_instead(client: Client, planner: User) -> None:
    saved(client, "points")
    other = make.UserFactory()
    case = Case.objects.get(title="공유주차 앱 도입")
    cases.update(case, {"found_by": other}, actor=planner, version=None)
    standing = Entry.objects.standing().get(source_id=case.pk)
    assert (standing.account.user, standing.day) == (other, dt.date(2015, 3, 5))


def test_m3_undone_the_points_are_taken_back(client: Client, planner: User) -> None:
    intake = saved(client, "points")
    entry = Entry.objects.earliest("pk")
    undo.undo(intake, actor=planner)
    assert not Case.objects.exists()
    assert not Entry.objects.standing().exists()
    assert [account.balance for account in Account.objects.all()] == [0]
    assert list(verify_all()) == []
    assert client.get(f"/mileage/entries/{entry.pk}/").status_code == 200
