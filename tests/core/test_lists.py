"""The one mechanism of lists: slices, links of pages, filters, files. Each list: test_each_list."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarking.enums import CaseState
from benchmarking.models import Case
from benchmarking.views.lists import CaseList
from core import exports, jobs
from core.models import Attachment, Job
from tests.factories import UserFactory, planner
from tests.many import DAY, MAKE, cases, download, reviews, sheet, view_of

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


@pytest.fixture
def planning(client: Client) -> Client:
    client.force_login(planner())
    return client


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_slice_is_that_part_of_the_whole_also_when_read_backwards(data: Any) -> None:
    if not Case.objects.exists():
        cases(31)
    key = data.draw(st.sampled_from(["", *(c.key for c in CaseList.columns if c.sort)]))
    down, size = data.draw(st.booleans()), data.draw(st.integers(1, 40))
    view = view_of("benchmarking:cases", f"sort={'-' if down else ''}{key}" if key else "")
    queryset = view.get_queryset(planner())
    _chosen, order = view.ordering(view.request.GET)
    whole = list(queryset.order_by(*order).values_list("pk"))
    start = data.draw(st.integers(0, len(whole)))
    assert view.slice(queryset, order, start, size, len(whole), ["pk"]) == whole[start : start + size]


def test_page_links_lead_around_and_keep_the_filter() -> None:
    cases(47)
    pages = view_of("benchmarking:cases", "size=20&page=2&field=welfare&sort=title").build().pages
    assert (pages.number, pages.num_pages, pages.next_url) == (2, 2, None)
    assert pages.prev_url is not None
    assert dict(parse_qsl(urlsplit(pages.prev_url).query)) == {
        "show": "all", "size": "20", "page": "1", "field": "welfare", "sort": "title",
    }  # fmt: skip
    assert [link and link[0] for link in pages.links] == [1, 2]


def test_far_pages_are_left_out_of_the_links() -> None:
    links = view_of("benchmarking:cases")._pages(50, 100).links
    assert [link and link[0] for link in links] == [1, None, *range(46, 55), None, 100]


def test_an_unknown_filter_value_shows_nothing_rather_than_everything() -> None:
    cases(3)
    assert view_of("benchmarking:cases", "state=nothing").build().count == 0


# -------------------------------------------------------------------------------------------------- Excel


@pytest.mark.parametrize(
    ("name", "query", "count"),
    [
        ("benchmarking:cases", "field=welfare", 8),
        ("benchmarking:cases", "outcome=undecided", 2),
        ("benchmarking:reviews", "state=completed&decision=keep", 7),
        ("benchmarking:reviews", "in_time=false", 3),
        ("benchmarking:follow_ups", "state=dropped", 3),
        ("notifications:outbox", "state=sent", 3),
    ],
)
def test_the_excel_file_has_exactly_the_filtered_rows(
    planning: Client, name: str, query: str, count: int
) -> None:
    MAKE[name](15)
    assert view_of(name, query).build().count == count
    assert len(download(planning, name, query)) == count + 1


def test_dates_and_numbers_are_typed_and_text_is_never_a_formula(planning: Client) -> None:
    cases(1, title='=HYPERLINK("http://x","y")', source_name="+82-2", next_due=DAY, reviews_total=3)
    head, row = download(planning, "benchmarking:cases")
    cell = {str(label.value): value for label, value in zip(head, row, strict=True)}
    assert (cell["사례명"].value, cell["사례명"].data_type) == ('=HYPERLINK("http://x","y")', "s")
    assert (cell["기관"].value, cell["기관"].data_type) == ("+82-2", "s")
    assert (cell["가장 이른 기한"].value.date(), cell["가장 이른 기한"].is_date) == (DAY, True)
    assert (cell["검토 부서"].value, cell["검토 부서"].data_type) == (3, "n")
    assert cell["상태"].value == "결정"


def test_the_money_of_reviews_is_a_number(planning: Client) -> None:
    reviews(2)
    head, *rows = download(planning, "benchmarking:reviews")
    place = [cell.value for cell in head].index("소요 예산(원)")
    assert {(row[place].value, row[place].data_type) for row in rows} == {(1_250_000, "n"), (None, "n")}


def test_what_one_may_not_see_is_neither_listed_nor_exported(client: Client) -> None:
    reviews(5)
    Case.objects.update(state=CaseState.REGISTERED, outcome="")
    client.force_login(UserFactory())
    for name in ("benchmarking:cases", "benchmarking:reviews"):
        assert client.get(reverse(name)).context["list"].count == 0
        assert len(download(client, name)) == 1


def test_a_long_list_is_made_in_the_background_for_whom_it_was_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 3)
    cases(9)
    client.force_login(planner())
    answer = client.get(f"{reverse('benchmarking:cases')}?export=xlsx&field=welfare&sort=-code")
    job = Job.objects.get()
    assert answer["Location"] == reverse("job", args=[job.pk])
    assert jobs.run_pending() == 1
    job.refresh_from_db()
    assert (job.state, job.total_units) == ("done", 5)
    file = Attachment.objects.get(pk=job.result["attachment"])
    address = reverse("attachment", args=[file.pk])
    _head, *rows = sheet(b"".join(client.get(address)))
    shown = view_of("benchmarking:cases", "field=welfare&sort=-code").build().rows
    assert [row[0].value for row in rows] == [row.cells[0].text for row in shown]
    client.force_login(UserFactory())
    assert client.get(address).status_code == client.get(answer["Location"]).status_code == 404


def test_a_list_and_its_rows_alone_are_kept_apart(client: Client) -> None:
    """The same address answers htmx with a part: what a browser has kept of one is no answer for the other."""
    client.force_login(planner())
    for headers in ({}, {"HX-Request": "true", "HX-Target": "list"}):
        kept_by = client.get(reverse("benchmarking:cases"), headers=headers)["Vary"]
        assert {"HX-Request", "HX-Target"} <= set(kept_by.split(", "))
