"""Whether the result hangs on one sheet or judge is reckoned once: at once, or in the background (E8)."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import jobs
from core.models import Job
from evaluations.models import Round, Stability
from evaluations.reckoning.swings import swings
from evaluations.selectors import scores
from evaluations.selectors import stability as reading
from evaluations.services import drafts, stability
from tests import factories as make
from tests.evaluations import made, results
from tests.fairs.models import Stall

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
SHAKEN = [(9, 9), (8, 2), (6, 6), (5, 5)]


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were more sheets than a page takes."""
    monkeypatch.setattr(stability, "AT_ONCE", 0)


def ask(round: Round, **headers: str) -> Any:
    client = Client()
    client.force_login(make.planner())
    return client.get(reverse("evaluations:stability", args=[round.pk]), headers=headers)


def test_e8_what_was_found_is_kept_for_the_sheets_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    round = results.drafted(SHAKEN, way="mean")
    looks = list(Stability.objects.values_list("pk", "found"))
    assert any(found["swings"] for _pk, found in looks)

    def never(*_args: Any) -> None:
        raise AssertionError("reckoned in a request")

    monkeypatch.setattr(reading, "swings", never)
    shown = ask(round).content.decode()
    assert "심사자 2이(가) 2번에 한 채점을 빼면" in shown
    monkeypatch.undo()
    drafts.reckon_again(round, actor=make.planner())
    assert set(Stability.objects.values_list("pk", flat=True)).isdisjoint(pk for pk, _found in looks)


@pytest.mark.usefixtures("many")
def test_e8_many_sheets_are_reckoned_in_the_background_and_the_page_says_so() -> None:
    round = results.drafted(SHAKEN, way="mean")
    job = Job.objects.get(kind=stability.KIND)
    shown = ask(round).content.decode()
    assert "계산하고 있습니다" in shown
    assert "채점을 빼면" not in shown
    assert 'hx-trigger="every 2s"' in ask(round, **{"HX-Request": "true"}).content.decode()
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
    look = Stability.objects.select_related("stage", "division").first()
    assert look is not None
    assert f"{look.stage.title} · {look.division.title}" in ask(round).content.decode()
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
    assert jobs.run_pending() == 1
    assert "심사자 2이(가) 2번에 한 채점을 빼면" in ask(round).content.decode()
    assert ask(round, **{"HX-Request": "true"})["HX-Refresh"] == "true"


@pytest.mark.usefixtures("many")
def test_e8_a_job_of_earlier_sheets_writes_nothing() -> None:
    round = results.drafted(SHAKEN, way="mean")
    first = Job.objects.get(kind=stability.KIND)
    drafts.change_way(round.stages.get(), "median", reason="다시", actor=make.planner())
    jobs.run(first.pk)
    assert not Stability.objects.filter(found__isnull=False).exists()
    assert jobs.run_pending() == 1
    assert not Stability.objects.filter(found=None).exists()


@pytest.mark.usefixtures("many")
def test_e8_a_job_that_failed_is_told_with_what_to_do() -> None:
    round = results.drafted(SHAKEN, way="mean")
    Job.objects.update(state=Job.State.FAILED, error="처리 중 오류")
    shown = ask(round).content.decode()
    assert "처리 중 오류" in shown
    assert "작업 현황에서 이 작업을 다시 시도" in shown


def test_e8_what_was_drafted_before_it_was_kept_is_looked_at_when_asked_for() -> None:
    round = results.drafted(SHAKEN, way="mean")
    Stability.objects.all().delete()
    assert "심사자 2이(가) 2번에 한 채점을 빼면" in ask(round).content.decode()


def test_e8_what_is_kept_is_what_the_arithmetic_says() -> None:
    round = results.drafted([(9, 8, 9), (7, 9, 8), (5, 6, 5), (3, 3, 2), (6, 7, 7), (4, 4, 9)], way="mean")
    found = scores.read(round)
    for one in Stability.objects.select_related("stage", "division"):
        terms = reading._terms(found, one.division, one.stage)
        sheets = found.marked[one.stage_id].all()
        wanted = swings(terms, sheets) if sheets else []
        assert one.found is not None
        assert [each[0] for each in one.found["swings"]] == [found.judges[each.judge] for each in wanted]


@pytest.mark.parametrize("name", ["sheet", "judge", "coverage"])
def test_e3_a_page_of_scoring_asks_as_often_for_many_entries_as_for_few(name: str) -> None:
    """Eight questions at most."""
    asked = []
    for period, count in (("2026-H1", 2), ("2026-H2", 60)):
        people = [made.outsider() for _number in range(3)]
        Stall.objects.all().delete()
        stage = made.scoring(people, entries=count, period=period, closes_on=dt.date(2030, 1, 1))
        judge = stage.judges.first()
        assert judge is not None
        one = {"sheet": judge.sheets.first(), "judge": judge, "coverage": stage}[name]
        client = Client()
        client.force_login(make.planner() if name == "coverage" else people[0])
        url = reverse(f"evaluations:{name}", args=[one.pk])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert asked[0] <= 8
