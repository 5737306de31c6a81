"""Which period a page opens on when none is chosen (M6)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.now import pretend
from mileage import catalogue as earn
from mileage import policies
from tests import factories as make
from tests.earned import DAY, as_, change, give, rows, text, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with pretend(DAY):
        yield


def test_m6_the_statement_opens_on_the_last_year_with_entries_and_says_so(client: Client) -> None:
    user = make.UserFactory()
    give(earn.FINDING, user, "a", dt.date(2019, 5, 1))
    give(earn.FINDING, user, "b", dt.date(2023, 5, 1))
    give(earn.VISIT_HOURS, user, "c", dt.date(2026, 5, 1))  # of another scheme
    as_(client, user).get(reverse("mileage:statement"))  # what is kept from one request to the next
    with CaptureQueriesContext(connection) as plain:
        client.get(reverse("mileage:statement"), {"period": "2023"})
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("mileage:statement"))
    assert len(asked) == len(plain)
    switch = page.context["switch"]
    assert (switch["label"], [row[1] for row in rows(page)]) == ("2023년", ["일 b"])
    assert "2026년에는 기록이 없어" in text(page)
    assert switch["after"].endswith("period=2024")
    assert "2023년" in text(client.get(reverse("mileage:statement"), {"format": "html"}))
    _head, line = workbook(client.get(reverse("mileage:statement"), {"export": "xlsx"}))
    assert line[1] == "일 b"

    now = client.get(switch["current_url"])
    assert (now.context["switch"]["label"], rows(now)) == ("2026년", [])
    assert "2026년에는 기록이 없어" not in text(now)
    label, url = now.context["list"].empty_action
    assert (label, [row[1] for row in rows(client.get(url))]) == ("2023년 보기", ["일 b"])

    hours = client.get(reverse("mileage:statement_of", args=["learning"]))
    assert (hours.context["switch"]["label"], hours.context["switch"]["note"]) == ("2026년", "")
    fresh = client.get(reverse("mileage:statement_of", args=["knowledge"]))
    assert (fresh.context["switch"]["label"], fresh.context["switch"]["note"]) == ("2026년", "")
    assert fresh.context["list"].empty_message == "아직 지식활동 점수 기록이 없습니다."

    planner = make.planner()
    other = as_(client, planner).get(reverse("mileage:person", args=[user.pk]))
    assert other.context["switch"]["label"] == "2023년"


def test_m6_a_year_in_which_a_cap_left_nothing_is_not_taken_for_empty(client: Client) -> None:
    user = make.UserFactory()
    give(earn.OPINION, user, "before", dt.date(2025, 3, 1))
    change(policies.OPINION_CAP, "0", dt.date(2026, 1, 1))
    give(earn.OPINION, user, "nothing of it")
    page = as_(client, user).get(reverse("mileage:statement_of", args=["knowledge"]))
    assert page.context["switch"]["label"] == "2026년"
    assert [row[1] for row in rows(page)] == ["일 nothing of it"]


def test_m6_the_summary_opens_on_the_last_quarter_in_which_anything_was_earned(client: Client) -> None:
    user = make.UserFactory()
    give(earn.FINDING, user, "a", dt.date(2026, 6, 30))
    give(earn.VISIT_HOURS, user, "b")
    as_(client, make.planner())
    page = client.get(reverse("mileage:summary"))
    assert page.context["switch"]["label"] == "2026년 2분기"
    assert "2026년 4분기에는 기록이 없어" in text(page)
    assert client.get(page.context["switch"]["current_url"]).context["switch"]["label"] == "2026년 4분기"
    hours = client.get(reverse("mileage:summary"), {"scheme": "learning"})
    assert (hours.context["switch"]["label"], hours.context["switch"]["note"]) == ("2026년 4분기", "")
