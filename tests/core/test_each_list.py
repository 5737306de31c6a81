"""Every list on the same rows, a good hundred made once: queries, order, pages, odd addresses, chips, Excel."""

from collections.abc import Iterator
from functools import cmp_to_key
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from core.lists import PAGE_SIZES, ListView, Row
from tests.factories import planner
from tests.many import LISTS, MAKE, download, view_of
from tests.shared import caches_last, rows_of_a_module

pytestmark = pytest.mark.dialect
MANY = 107  # the last page of twenty is not full
FILES = tuple(name for name in LISTS if name not in ("notifications:list", "proposals:desk_complaints"))


def ask(planning: Client, name: str) -> int:
    """How many questions a page of a hundred takes."""
    with CaptureQueriesContext(connection) as asked:
        answer = planning.get(reverse(name), {"size": 100})
    assert answer.status_code == 200
    assert len(answer.context["list"].rows) == min(100, answer.context["list"].count)
    return len(asked)


@pytest.fixture(scope="module", params=LISTS)
def filled(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The list's name with MANY rows, and how many questions its page took while there was one."""
    name: str = request.param
    with rows_of_a_module(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        caches_last(patch)
        MAKE[name](1)
        client = Client()
        client.force_login(planner())
        ask(client, name)  # fills the caches of content types and policies
        one = ask(client, name)
        MAKE[name](MANY - 1)
        yield name, one


@pytest.fixture
def name(filled: Any) -> Iterator[str]:
    """What a test changes is taken back."""
    with transaction.atomic():
        yield filled[0]
        transaction.set_rollback(True)


@pytest.fixture
def planning(name: str, client: Client) -> Client:
    client.force_login(planner())
    return client


def all_rows(name: str, query: str = "") -> list[Row]:
    """Of both pages of a hundred."""
    return [row for n in (1, 2) for row in view_of(name, f"size=100&page={n}&{query}").build().rows]


def test_a_list_asks_as_often_for_one_row_as_for_a_hundred(planning: Client, name: str, filled: Any) -> None:
    ask(planning, name)  # fills the caches
    assert ask(planning, name) == filled[1]


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


def test_every_sortable_column_sorts_both_ways_with_gaps_last(name: str) -> None:
    sortable = [column for column in resolve(reverse(name)).func.view_class.columns if column.sort]
    wrong = []
    for column in sortable:
        for down in (False, True):
            view = view_of(name, f"sort={'-' if down else ''}{column.key}")
            found = all_rows(name, f"sort={'-' if down else ''}{column.key}")
            if [row.pk for row in found] != _in_order(view, column, down=down):
                wrong.append((column.key, down))
    assert sortable
    assert not wrong


def test_the_pages_together_are_the_whole_list_in_order(name: str) -> None:
    size, last = PAGE_SIZES[0], MANY // PAGE_SIZES[0] + 1
    whole = [row.pk for row in all_rows(name)]
    pages = [
        [row.pk for row in view_of(name, f"size={size}&page={n}").build().rows] for n in range(1, last + 1)
    ]
    assert [len(page) for page in pages] == [20] * 5 + [7]
    assert len(set(whole)) == MANY
    assert [pk for page in pages for pk in page] == whole


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
    assert planning.get(f"{reverse(name)}?{query}").status_code == 200


def a_value_of_each(view: ListView) -> list[tuple[str, str]]:
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


def test_each_chip_names_one_value_and_takes_exactly_that_away(name: str) -> None:
    wanted = a_value_of_each(view_of(name))
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


def test_the_excel_file_has_the_columns_and_all_rows_in_the_order_shown(planning: Client, name: str) -> None:
    if name not in FILES:
        return
    view = view_of(name, "size=100")
    labels = [str(c.label) for c in view.get_columns() if c.file]
    head, *rows = download(planning, name, "size=20&page=2")
    assert [cell.value for cell in head] == labels
    shown = all_rows(name)
    assert len(rows) == len(shown) == MANY
    primary = next(i for i, c in enumerate(c for c in view.get_columns() if c.file) if c.primary)
    screen = next(i for i, c in enumerate(c for c in view.get_columns() if c.screen) if c.primary)
    assert [row[primary].value for row in rows] == [row.cells[screen].text for row in shown]


@pytest.mark.django_db  # by such a mark alone is a database made
@pytest.mark.parametrize("kind", sorted(set(LISTS) - set(FILES)))
def test_the_others_have_no_file(kind: str) -> None:
    assert not view_of(kind).get_file_name()
