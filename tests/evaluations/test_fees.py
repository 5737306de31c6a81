"""A3: what outside members are to be paid for sessions and for scoring, for who pays it outside this system."""

import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from evaluations.models import Judge
from meetings.models import Attendance, Seat
from organization.enums import Role
from policies.models import PolicyValue
from policies.registry import cache_clear
from tests import factories as make
from tests.evaluations import made, results

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


@pytest.fixture
def clerk() -> Client:
    client = Client()
    client.force_login(make.UserFactory(roles=[Role.GENERAL_AFFAIRS]))
    return client


def fees(**amounts: int) -> None:
    """From a day of long ago on."""
    keys = {"judging": "evaluations.judging_fee", "session": "meetings.session_fee"}
    for name, amount in amounts.items():
        PolicyValue.objects.create(
            key=keys[name], value=amount, effective_from=dt.date(2020, 1, 1), document="기획예산과-1",
            reason="수당", author=make.planner(),
        )  # fmt: skip
    cache_clear()


def sheet(client: Client, name: str) -> list[tuple[Any, ...]]:
    answer = client.get(reverse(name), {"export": "xlsx"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file is sent in pieces
    return list(load_workbook(io.BytesIO(content)).active.values)


def test_a3_who_scored_is_listed_with_the_fee_of_that_day_and_no_resident_number(clerk: Client) -> None:
    people = [made.outsider(name=f"외부{n}") for n in range(1, 4)]
    round = results.drafted(members=people)
    official = Seat.objects.get(user=people[2])
    Seat.objects.exclude(pk=official.pk).update(official=False, belongs="한빛대학교")
    fees(judging=70_000)
    shown = clerk.get(reverse("evaluations:fees"))
    rows = [[cell.text for cell in row.cells] for row in shown.context["list"].rows]
    assert [row[0] for row in rows] == ["한빛대학교 외부1", "한빛대학교 외부2"]
    assert {row[-1] for row in rows} == {"70,000"}
    assert "140,000" in shown.content.decode()
    head, *lines = sheet(clerk, "evaluations:fees")
    assert head == ("위원", "심사", "단계", "채점 마감일", "수당(원)")
    assert [line[-1] for line in lines] == [70_000, 70_000]
    assert round.title in {line[1] for line in lines}


def test_a3_who_is_still_scoring_is_not_listed_nor_who_scored_nothing(clerk: Client) -> None:
    made.scoring([made.outsider(), made.outsider()])
    Seat.objects.update(official=False)
    assert clerk.get(reverse("evaluations:fees")).context["list"].count == 0
    assert Judge.objects.exists()


def test_a3_who_came_to_a_session_is_listed_with_the_fee_of_that_day(clerk: Client) -> None:
    people = [made.outsider(name=f"외부{n}") for n in range(1, 4)]
    round = results.drafted(members=people)
    results.session(round)
    Seat.objects.filter(user__in=people[:2]).update(official=False)
    Attendance.objects.filter(seat__user=people[1]).update(presence="absent")
    fees(session=100_000)
    shown = clerk.get(reverse("meetings:fees"))
    rows = [[cell.text for cell in row.cells] for row in shown.context["list"].rows]
    assert len(rows) == 1
    assert "외부1" in rows[0][0]
    assert rows[0][-1] == "100,000"
    assert sheet(clerk, "meetings:fees")[1][-1] == 100_000


def test_a3_a_judge_of_the_round_does_not_learn_there_who_else_scored() -> None:
    judge = make.UserFactory(roles=[Role.GENERAL_AFFAIRS])
    results.drafted([(9, 9), (5, 5)], [judge, made.outsider()], way="mean")
    Seat.objects.update(official=False)
    client = Client()
    client.force_login(judge)
    assert client.get(reverse("evaluations:fees")).context["list"].count == 0
