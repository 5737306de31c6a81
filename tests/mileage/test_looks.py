"""Whoever looks at another's points is written down, the own are nobody's business (D3, M6)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.models import AccessLog
from core.now import pretend
from mileage import catalogue as earn
from mileage.enums import Scheme
from mileage.services import rankings, requests
from organization.enums import Role
from organization.models import User
from tests import factories as make
from tests.earned import DAY, as_, give, workbook
from tests.ranked import KING, Q3

pytestmark = pytest.mark.django_db
LIST = {"HX-Request": "true", "HX-Target": "list"}


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with pretend(DAY):
        yield


@pytest.fixture
def user() -> User:
    found: User = make.UserFactory(name="가람")
    give(earn.FINDING, found, "a", title="공유주차")
    return found


class Logged:
    """What was written down since the last time."""

    last = 0

    def __call__(self) -> list[tuple[str, str, str]]:
        rows = list(AccessLog.objects.filter(pk__gt=self.last).order_by("pk"))
        self.last = rows[-1].pk if rows else self.last
        return [(row.action, row.subject_kind, row.subject_label) for row in rows]


@pytest.fixture
def logged() -> Logged:
    return Logged()


def evidence() -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile("근거.txt", "근거".encode())]


def test_d3_looking_at_one_line_of_another_is_logged_and_of_the_own_is_not(
    client: Client, user: User, logged: Logged
) -> None:
    entry = user.mileage_accounts.get().lines.get()
    planner, auditor = make.planner(), make.UserFactory(roles=[Role.AUDITOR])
    for reader in (planner, auditor):
        assert as_(client, reader).get(entry.get_absolute_url()).status_code == 200
        row = AccessLog.objects.latest("pk")
        assert (row.actor, row.subject_id, row.address) == (reader, str(user.pk), "127.0.0.1")
        label = f"{user.full_label} 창의마일리지 기록: 공유주차"
        assert logged() == [("view", "mileage", label)]
    as_(client, planner).get(reverse("mileage:entry_reverse", args=[entry.pk]))
    assert logged() == [("view", "mileage", label)]
    as_(client, user).get(entry.get_absolute_url())
    client.get(reverse("mileage:statement"))
    assert as_(client, make.UserFactory()).get(entry.get_absolute_url()).status_code == 404
    assert logged() == []


def test_d3_a_planners_own_points_are_not_logged_on_the_pages_of_planning_either(
    client: Client, logged: Logged
) -> None:
    planner = make.planner()
    entry = give(earn.FINDING, planner, "own")
    as_(client, planner).get(reverse("mileage:person", args=[planner.pk]))
    client.get(entry.get_absolute_url())
    assert logged() == []


def test_d3_the_log_stays_korean_whatever_language_the_reader_has_chosen(
    client: Client, user: User, english_words: None, settings: Any, logged: Logged
) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    as_(client, make.planner()).get(reverse("mileage:person", args=[user.pk]))
    client.get(reverse("mileage:entries"))
    client.get(reverse("mileage:learning"))
    assert [label for _action, _kind, label in logged()] == [
        f"{user.full_label} 창의마일리지 내역", "점수 기록", "상시학습 명단",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind", "title"),
    [("mileage:entries", "mileage", "점수 기록"), ("mileage:learning", "learning", "상시학습 명단")],
)
def test_d3_opening_a_list_of_all_is_logged_and_whom_somebody_looks_for_in_it(
    client: Client, user: User, name: str, kind: str, title: str, logged: Logged
) -> None:
    as_(client, make.planner()).get(reverse(name))
    assert logged() == [("view", kind, title)]
    client.get(reverse(name), {"page": 2}, headers=LIST)
    assert logged() == [("view", kind, title)]
    client.get(reverse(name), {"q": "가람"}, headers=LIST)
    assert logged() == [("view", kind, f"{title}: 가람")]
    client.get(reverse(name), {"export": "xlsx"})  # asks for the reason first
    assert logged() == []
    assert len(workbook(client.get(reverse(name), {"export": "xlsx", "reason": "분기 점검"}))) > 0
    assert logged() == [("export", kind, title)]


def test_d3_the_amounts_of_a_request_are_logged_for_who_does_not_get_them(
    client: Client, user: User, logged: Logged
) -> None:
    planner, second = make.planner(), make.planner()
    asked = requests.request_grant(
        rule=earn.FINDING, people=[user], amount=None, day=DAY, title="빠진 점수", reason="누락",
        document="", files=evidence(), actor=planner,
    )  # fmt: skip
    as_(client, second).get(asked.get_absolute_url())
    assert logged() == [("view", "mileage", "빠진 점수")]


def test_d3_a_ranking_is_logged_where_it_shows_who_was_not_chosen(client: Client, logged: Logged) -> None:
    for n in range(5):
        give(earn.POST_WORK, make.UserFactory(), f"{n}", dt.date(2026, 8, 20))
    planner = make.planner()
    ranking = rankings.confirm(rankings.draft(KING, Q3, actor=planner), actor=planner)
    assert ranking.schemes == [Scheme.KNOWLEDGE]
    page, report = ranking.get_absolute_url(), reverse("mileage:ranking_report", args=[ranking.pk])
    as_(client, planner).get(page)
    client.get(report, {"format": "hwpx"})
    assert logged() == [("view", "ranking", str(ranking)), ("download", "ranking", str(ranking))]
    as_(client, make.UserFactory()).get(page)
    client.get(report)
    assert logged() == []
