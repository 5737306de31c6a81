"""What prize money a year may bring: what came, and of what is still open what it brought last year (I6, R4)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from core.now import pretend
from incentives.enums import Kind
from incentives.models import Indicator, Project, Value
from incentives.selectors.projects import prizes
from reports import incentive_glance
from tests import factories as make
from tests.incentives import made, measured, won

pytestmark = pytest.mark.django_db
LAST, DAY = dt.date(2025, 11, 20), dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


def last_year(amount: int) -> Project:
    with pretend(LAST):
        one = won.division()
        won.result(one, "우수", won.money(amount))
        return one.project


def test_i6_what_has_its_result_brings_what_it_brought_the_rest_as_much_as_last_year() -> None:
    first, second = last_year(30_000_000), last_year(20_000_000)
    last_year(5_000_000)  # goes on no more
    one = won.division(before=first)
    won.division(before=second)
    assert prizes(2026) == (0, 50_000_000)
    won.result(one, "우수", won.money(12_000_000))
    assert prizes(2026) == (12_000_000, 20_000_000)
    won.result(won.division(kind=Kind.OUTSIDE), "우수", won.money(1_000_000, "prize"))
    assert prizes(2026) == (13_000_000, 20_000_000)
    money = {str(one.label): one for one in incentive_glance.figures(DAY)}["예상 수상금"]
    assert (money.value, money.delta) == ("33", "받은 13백만원에 지난해만큼")


def test_r4_the_numbers_of_the_first_page_and_the_dashboard_lead_to_what_they_count(client: Client) -> None:
    division = made.division(year=2026)
    weak, fine, _none = (
        measured.indicator(division, name=name) for name in ("부진한 것", "나은 것", "빈 것")
    )
    measured.known(weak, "1", DAY)
    measured.known(fine, "100", DAY)
    assert (Indicator.objects.count(), Value.objects.count()) == (3, 2)
    client.force_login(make.planner())
    home = client.get(reverse("incentives:home")).context["figures"]
    for figures in (home, incentive_glance.figures(DAY)):
        for figure in figures:
            if str(figure.label) in ("부진 지표", "실적 없는 지표"):
                page = client.get(figure.url)
                names = [name for name in ("부진한 것", "나은 것", "빈 것") if name in page.content.decode()]
                assert names == [{"부진 지표": "부진한 것", "실적 없는 지표": "빈 것"}[str(figure.label)]], (
                    figure
                )
