"""Contests and awards on the dashboard (R4): each figure leads to exactly its rows."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from awards.models import Award
from core.now import today
from evaluations.models import Objection, Sheet
from evaluations.services import objections
from reports import judging_glance
from reports.behind import count
from tests import factories as make
from tests.awards.made import fund, given
from tests.evaluations import made, results

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


def rows(url: str) -> int:
    client = Client()
    client.force_login(make.planner())
    return int(client.get(url).context["list"].count)


def shown() -> dict[str, Any]:
    return {str(one.label): one for one in judging_glance.figures(count(judging_glance.rows(today())))}


def test_r4_nothing_is_nought_everywhere() -> None:
    assert [one.value for one in shown().values()] == ["0"] * 5


def test_r4_contests_with_sheets_missing_are_told_and_led_to() -> None:
    made.scoring([made.outsider(), made.outsider()])
    found = shown()
    assert (found["진행 중인 심사"].value, found["채점이 남은 심사"].value) == ("1", "1")
    assert rows(found["진행 중인 심사"].url) == rows(found["채점이 남은 심사"].url) == 1
    Sheet.objects.update(state="done")
    found = shown()
    assert (found["진행 중인 심사"].value, found["채점이 남은 심사"].value) == ("1", "0")
    assert rows(found["채점이 남은 심사"].url) == 0


def test_r4_objections_that_wait_are_told_and_those_behind() -> None:
    keeper = make.UserFactory()
    made.stalls(4, keeper=keeper)
    round = results.announced()
    objections.ask(round.entries.get(number=1), reason="이의", actor=keeper)
    found = shown()["결과 이의 답변"]
    assert (found.value, found.delta, rows(found.url)) == ("1", "", 1)
    Objection.objects.update(due=today() - dt.timedelta(days=1))
    assert "1" in str(shown()["결과 이의 답변"].delta)


def test_r4_awards_not_handed_over_and_those_past_their_day() -> None:
    fund()
    for _number in range(3):
        given()
    Award.objects.filter(pk=Award.objects.latest("pk").pk).update(due_on=today() - dt.timedelta(days=1))
    found = shown()
    waiting, late = found["지급할 시상"], found["지급 기한 지난 시상"]
    assert int(waiting.value) == Award.objects.filter(state="granted").count() == rows(waiting.url)
    assert (late.value, rows(late.url)) == ("1", 1)
