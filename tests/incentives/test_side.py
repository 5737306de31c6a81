"""Which entry of the side navigation a page marks."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from core.now import pretend
from tests import factories as make
from tests.incentives import made, measured, won

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


def test_i1_a_page_marks_the_entry_that_it_belongs_to(client: Client) -> None:
    client.force_login(make.planner())
    division = made.running()
    value = measured.known(measured.indicator(division), "1", DAY)
    result = won.result(won.division())
    session = made.briefed(make.planner())
    here = [division.pk]
    wanted = {
        reverse("incentives:home"): "한눈에 보기",
        reverse("incentives:list"): "사업 목록",
        division.get_absolute_url(): "사업 목록",
        reverse("incentives:division_edit", args=here): "사업 목록",
        reverse("incentives:indicators", args=here): "사업 목록",
        reverse("incentives:scores", args=here): "사업 목록",
        reverse("incentives:heat"): "지표 현황",
        value.indicator.get_absolute_url(): "지표 목록",
        reverse("incentives:value_correct", args=[value.pk]): "지표 목록",
        result.get_absolute_url(): "평가 결과",
        reverse("incentives:grades"): "평가 결과",
        session.get_absolute_url(): "보고회",
    }
    found = {}
    for url in wanted:
        text = client.get(url).content.decode()
        side = text.split("side-navigation", 1)[-1]
        marked = re.search(r'aria-current="page"[^>]*>\s*([^<]+?)\s*<', side)
        found[url] = marked.group(1) if marked else ""
    assert found == wanted
