"""Every list of benchmarking and notifications through the one mechanism: queries, order, pages, filters, Excel."""

import datetime as dt
import io
from collections.abc import Callable
from functools import cmp_to_key
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from post_office.models import Email

from benchmarking.enums import CaseState, Decision, FollowUpState
from benchmarking.models import Case, FollowUp, Review, ReviewRound
from benchmarking.views.lists import CaseList
from core import exports, jobs
from core.lists import PAGE_SIZES, ListView
from core.models import Attachment, Clock, Job
from notifications.models import Mail, Notice
from reviews.enums import ReviewState
from tests.factories import DepartmentFactory, UserFactory, planner
from tests.meetings import many as meetings
from tests.proposals.many import (
    DAY,
    calls,
    complaints,
    letters,
    objections,
    proposals,
    some,
    undertakings,
)
from visits.models import FieldVisit

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
LISTS = (
    "benchmarking:cases",
    "benchmarking:reviews",
    "benchmarking:follow_ups",
    "benchmarking:rereview",
    "visits:list",
    "notifications:list",
    "notifications:outbox",
    "proposals:desk",
    "proposals:desk_calls",
    "letters:list",
    "proposals:desk_complaints",
    "proposals:undertakings",
    "proposals:objections",
    "meetings:panels",
    "meetings:seats",
    "meetings:sessions",
)
FILES = tuple(name for name in LISTS if name not in ("notifications:list", "proposals:desk_complaints"))


# ---------------------------------------------------------------------------------- rows, many and varied


def cases(count: int, **values: Any) -> list[Case]:
    first = Case.objects.count()
    made = [
        Case(
            **{
                "year": some(n, 2025, 2026),
                "number": first + n + 1,
                "title": some(n, "공유주차", "옥상텃밭", "작은도서관"),
                "source_kind": "local",
                "source_name": some(n, "나시", "가시"),
                "channel": "press",
                "summary": "내용",
                "field": some(n, "welfare", "finance"),
                "cost_class": some(n, "low", "none", "budget"),
                "found_on": DAY,
                "registered_on": DAY,
                "state": CaseState.DECIDED,
                "outcome": some(n, *Decision.values, ""),
                "decided_on": some(n, DAY, None, DAY + dt.timedelta(days=n)),
                "next_due": some(n, None, DAY + dt.timedelta(days=n % 7)),
                **values,
            }
        )
        for n in range(count)
    ]
    for case in made:
        case.set_cost_order()
    return Case.objects.bulk_create(made)


def reviews(count: int) -> list[Review]:
    office = DepartmentFactory()
    clocks = Clock.objects.bulk_create(
        Clock(
            kind="benchmarking.review",
            start=DAY,
            length=14,
            original_due=DAY,
            due=DAY + dt.timedelta(days=n % 5),
            closed_on=some(n, None, DAY),
        )
        for n in range(count)
    )
    of = cases(count)
    rounds = ReviewRound.objects.bulk_create(ReviewRound(case=c, number=1, kind="first") for c in of)
    return Review.objects.bulk_create(
        Review(
            round=rounds[n],
            case=of[n],
            department=office,
            department_name=some(n, "다과", "가과", "나과"),
            clock=clocks[n],
            notified_on=DAY + dt.timedelta(days=n % 4),
            state=some(n, ReviewState.ASSIGNED, ReviewState.COMPLETED),
            decision=some(n, "", Decision.KEEP),
            completed_on=some(n, None, DAY),
            in_time=some(n, None, True, None, False),
            plan_budget=some(n, None, 1_250_000),
        )
        for n in range(count)
    )


def follow_ups(count: int) -> list[FollowUp]:
    return FollowUp.objects.bulk_create(
        FollowUp(
            review=review,
            state=some(n, *FollowUpState.values),
            planned_on=some(n, DAY, None, DAY + dt.timedelta(days=3)),
            first_planned_on=DAY,
            implemented_on=some(n, None, DAY),
        )
        for n, review in enumerate(reviews(count))
    )


def rereview(count: int) -> list[Case]:
    return cases(count, outcome=Decision.LONG_TERM)


def visits(count: int) -> list[FieldVisit]:
    office = DepartmentFactory()
    of = cases(count)
    return FieldVisit.objects.bulk_create(
        FieldVisit(
            case=some(n, None, of[n]),
            department=office,
            department_name=some(n, "나과", "가과"),
            visited_on=DAY + dt.timedelta(days=n % 3),
            host=some(n, "나시", "가시"),
            purpose="견학",
            headcount=n % 5 + 1,
        )
        for n in range(count)
    )


def notices(count: int) -> list[Notice]:
    return Notice.objects.bulk_create(
        Notice(recipient=planner(), kind="test", title=f"알림 {n}", unique_key=f"{count}:{n}")
        for n in range(count)
    )


def mails(count: int) -> list[Mail]:
    emails = [
        Email(from_email="a@hanbit.example", to=[f"b{n}@hanbit.example"], subject=some(n, "둘", "하나"))
        for n in range(count)
    ]
    sent = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    return Mail.objects.bulk_create(
        Mail(
            email=email,
            recipient=planner(),
            kind="test",
            unique_key=f"{count}:{n}",
            state=some(n, *Mail.State.values),
            sent_at=some(n, None, sent),
        )
        for n, email in enumerate(Email.objects.bulk_create(emails))
    )


MAKE: dict[str, Callable[[int], Any]] = dict(
    zip(
        LISTS,
        (
            *(cases, reviews, follow_ups, rereview, visits, notices, mails),
            *(proposals, calls, letters, complaints, undertakings, objections),
            *(meetings.panels, meetings.seats, meetings.sessions),
        ),
        strict=True,
    )
)


def view_of(name: str, query: str = "") -> ListView:
    """The list as the planning officer sees it, with what is done."""
    request = RequestFactory().get(f"{reverse(name)}?show=all&{query}")
    request.user = planner()
    view: ListView = resolve(request.path).func.view_class()
    view.setup(request)
    return view


@pytest.fixture
def planning(client: Client) -> Client:
    client.force_login(planner())
    return client


# ------------------------------------------------------------------------------------------------ queries


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_often_for_one_row_as_for_a_hundred(planning: Client, name: str) -> None:
    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            answer = planning.get(reverse(name), {"size": 100})
        assert answer.status_code == 200
        assert len(answer.context["list"].rows) == min(100, answer.context["list"].count)
        return len(asked)

    MAKE[name](1)
    ask()  # fills the caches of content types and policies
    one = ask()
    MAKE[name](100)
    assert ask() == one


# -------------------------------------------------------------------------------------------- order, pages


def _in_order(view: ListView, column: Any, *, down: bool) -> list[int]:
    """As Python's own comparing has them; gaps come last either way, ties go by the row's number."""
    paths = [path.lstrip("-") for path in column.sort]
    backwards = [path.startswith("-") != down for path in column.sort]

    def compare(a: tuple[Any, ...], b: tuple[Any, ...]) -> int:
        for x, y, back in zip(a, b, [*backwards, backwards[-1]], strict=True):
            if x == y:
                continue
            if x is None or y is None:
                return 1 if x is None else -1
            return 1 if (x < y) == back else -1
        return 0

    rows = view.get_queryset(planner()).values_list(*paths, "pk")
    return [row[-1] for row in sorted(rows, key=cmp_to_key(compare))]


@pytest.mark.parametrize("name", LISTS)
def test_every_sortable_column_sorts_both_ways_with_gaps_last(name: str) -> None:
    MAKE[name](23)
    sortable = [column for column in resolve(reverse(name)).func.view_class.columns if column.sort]
    wrong = []
    for column in sortable:
        for down in (False, True):
            view = view_of(name, f"sort={'-' if down else ''}{column.key}")
            if [row.pk for row in view.build().rows] != _in_order(view, column, down=down):
                wrong.append((column.key, down))
    assert sortable
    assert not wrong


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


@pytest.mark.parametrize("name", LISTS)
def test_the_pages_together_are_the_whole_list_in_order(name: str) -> None:
    MAKE[name](47)
    size = PAGE_SIZES[0]
    whole = [row.pk for row in view_of(name, "size=100").build().rows]
    pages = [[row.pk for row in view_of(name, f"size={size}&page={n}").build().rows] for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 7]
    assert [pk for page in pages for pk in page] == whole


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


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=99999999999999999999",
        "page=²",
        "page=٣",
        "page=x",
        "size=7",
        "sort=nothing",
        "sort=--code",
        "sort=pk",
        "q=%00",
        "q=²-1",
        "q=99999999999999999999-1",
        "state=nothing",
        "outcome=nothing",
        "year=99999",
        "year=0",
        "year=1.5",
        "year=1e99",
        "department=0",
        "department=99999999999999999999",
        "due_from=2026-13-45",
        "late=no",
    ],
)
def test_no_address_however_odd_breaks_a_list(planning: Client, name: str, query: str) -> None:
    MAKE[name](2)
    assert planning.get(f"{reverse(name)}?{query}").status_code == 200


def test_an_unknown_filter_value_shows_nothing_rather_than_everything() -> None:
    cases(3)
    assert view_of("benchmarking:cases", "state=nothing").build().count == 0


# -------------------------------------------------------------------------------------------------- chips


def filled(view: ListView) -> list[tuple[str, str]]:
    """A value for every filter, two where several are taken."""
    filter_class = view.get_filter_class()
    assert filter_class is not None
    pairs = []
    for name, bound in filter_class(QueryDict(), request=view.request).form.fields.items():
        kind = type(bound).__name__
        choices = [str(getattr(v, "value", v)) for v, _label in getattr(bound, "choices", ()) if str(v)]
        if kind == "MultipleChoiceField":
            pairs += [(name, value) for value in choices[:2]]
        elif "Date" in kind:
            pairs.append((name, "2026-03-02"))
        elif "Boolean" in kind:
            pairs.append((name, "false"))
        elif choices:
            pairs.append((name, choices[0]))
        else:
            pairs.append((name, "2026"))
    return pairs


@pytest.mark.parametrize("name", LISTS)
def test_each_chip_names_one_value_and_takes_exactly_that_away(name: str) -> None:
    MAKE[name](3)
    wanted = filled(view_of(name))
    query = "&".join(f"{key}={value}" for key, value in [*wanted, ("sort", "title"), ("page", "2")])
    chips = view_of(name, query).build().chips
    everything = sorted([*wanted, ("sort", "title"), ("show", "all")])
    taken = []
    for text, url in chips:
        assert not text.endswith((": True", ": False", ": None", ": true", ": false")), text
        left = sorted(parse_qsl(urlsplit(url).query))
        gone = [pair for pair in everything if pair not in left]
        assert len(gone) == 1, (text, gone)
        assert sorted([*left, *gone]) == everything
        taken += gone
    assert sorted(taken) == sorted(wanted)


# -------------------------------------------------------------------------------------------------- Excel


def sheet(content: bytes) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(content))
    return [list(row) for row in book.worksheets[0].iter_rows()]


def download(client: Client, name: str, query: str = "") -> list[list[Any]]:
    answer = client.get(f"{reverse(name)}?export=xlsx&reason=점검&{query}")
    assert answer.status_code == 200
    return sheet(b"".join(answer))


@pytest.mark.parametrize("name", FILES)
def test_the_excel_file_has_the_columns_and_all_rows_in_the_order_shown(planning: Client, name: str) -> None:
    MAKE[name](57)
    view = view_of(name, "size=100")
    labels = [str(c.label) for c in view.get_columns() if c.file]
    head, *rows = download(planning, name, "size=20&page=2")
    assert [cell.value for cell in head] == labels
    shown = view.build()
    assert len(rows) == shown.count == 57
    primary = next(i for i, c in enumerate(c for c in view.get_columns() if c.file) if c.primary)
    screen = next(i for i, c in enumerate(c for c in view.get_columns() if c.screen) if c.primary)
    assert [row[primary].value for row in rows] == [row.cells[screen].text for row in shown.rows]


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
