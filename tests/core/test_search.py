"""Words of a search: folded on both sides, and never more than a search takes."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarking.models import Case
from core.forms import ReasonForm
from core.search import FIRST, MOST_WORDS, TOO_MANY, found, words_of
from organization.enums import Position, Role
from organization.models import User
from tests import factories as make
from tests.test_odd_parameters import pages
from tests.world import World

DOT_TITLE = "점자ㆍ음성 안내판 ＡＢＣ"
SIGNS = (
    "strpos(",
    "instr(",
    "LIKE",
    " IN (",
    " = ",
    " IS NULL",
)  # of a condition; what joins them is no work


@pytest.mark.dialect
@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["점자·음성", "점자ㆍ음성", "점자․음성", "점자・음성", "abc", "ABC ａｂｃ", "음성   안내"]
)
def test_a_word_is_found_however_it_is_spelled(client: Client, text: str) -> None:
    case = make.CaseFactory(title=DOT_TITLE)
    make.CaseFactory(title="점자 음성")
    assert list(found(Case.objects.all(), text, "title", "source_name")) == [case]
    client.force_login(make.planner())
    for url in ("/benchmarking/", "/search/"):
        page = client.get(url, {"q": text}).content.decode()
        assert (DOT_TITLE in page, "점자 음성<" in page) == (True, False)


@pytest.mark.django_db
def test_people_are_found_by_a_number_in_full_width() -> None:
    person = make.UserFactory(employee_number="AB12")
    assert list(found(User.objects.all(), "ａｂ１２", "name", whole=("employee_number",))) == [person]


@pytest.mark.django_db
def test_what_a_search_does_not_take_is_said_beside_the_field(client: Client) -> None:
    assert len(words_of("가 " * 1_900)) == MOST_WORDS
    client.force_login(make.planner())
    for text in ("가 " * 11, "가" * 101):
        page = client.get("/benchmarking/", {"q": text})
        assert page.context["list"].filter_form.errors["q"] == [str(TOO_MANY)]
        assert str(TOO_MANY) in page.content.decode()
        assert str(TOO_MANY) in client.get("/search/", {"q": text}).content.decode()
    assert str(TOO_MANY) not in client.get("/search/", {"q": "가 나"}).content.decode()


def cost(client: Client, url: str, params: dict[str, Any]) -> tuple[int, int]:
    """Questions, and conditions in them."""
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url, params)
        assert answer.status_code < 500
        if answer.streaming:
            list(answer.streaming_content)  # type: ignore[attr-defined]  # a file's answer is a stream
    return len(asked), sum(query["sql"].count(sign) for query in asked for sign in SIGNS)


def worst() -> Iterator[Any]:
    yield "가 " * MOST_WORDS
    yield "가 " * 1_900
    yield [str(n) for n in range(900)]


def test_the_worst_of_an_address_costs_ten_times_the_ordinary(world: World, client: Client) -> None:
    seen, dear, tried = set[str](), [], set[tuple[str, Any]]()
    for role in ("planner", "admin", "auditor"):
        user = world.people[role]
        assert user
        client.force_login(user)
        for url, names in pages(world, role, seen):
            new = [(name, code) for name, code in names.items() if (name, code) not in tried]
            if not new:  # the same code on another page
                continue
            tried.update(new)
            _cold, bare = cost(client, url, {}), cost(client, url, {})
            for name, _code in new:
                usual = ({name: "가"}, {name: world.ids["registered"]})
                queries, conditions = map(max, bare, *(cost(client, url, params) for params in usual))
                for value in worst():
                    asked, stated = cost(client, url, {name: value})
                    if asked > 10 * queries or stated > 10 * conditions:
                        dear.append((url, name))
    assert dear == []
    assert len(tried) > 50


def test_a_text_is_as_long_as_it_looks() -> None:
    """Line ends and emoji are one character each, as the counter beside the field says."""
    assert ReasonForm({"reason": "\r\n".join(["가"] * 500)}).is_valid()  # 999
    form = ReasonForm({"reason": "가\r\n나😀"})
    assert form.is_valid()
    assert form.cleaned_data["reason"] == "가\n나😀"
    assert ReasonForm({"reason": "😀" * 1000}).is_valid()
    assert not ReasonForm({"reason": "😀" * 1001}).is_valid()


@pytest.mark.dialect
@pytest.mark.django_db
def test_one_question_counts_the_hits_of_all_kinds(client: Client) -> None:
    client.force_login(make.planner())

    def asked(hits: int) -> int:
        with CaptureQueriesContext(connection) as found:
            groups = client.get("/search/", {"q": "점자"}).context["groups"]
        assert [(group.total, len(group.hits)) for group in groups] == (
            [(hits, min(hits, FIRST))] if hits else []
        )
        return len(found)

    asked(0)
    none = asked(0)
    make.CaseFactory(title="점자 안내판")
    assert asked(1) == none + 1, "the first of the one kind that has any"
    make.CaseFactory.create_batch(20, title="점자 안내판")
    assert asked(21) == none + 1
    assert none <= 4, "who asks, what every page shows, how many of each kind, the index of words"


@pytest.mark.django_db
def test_who_may_not_search_is_offered_no_field_for_it(client: Client) -> None:
    """A member from outside: the field would only lead to a refusal."""
    judge = make.UserFactory(department=None, position=Position.EXTERNAL, roles=[Role.JUDGE])
    for user, offered in ((judge, False), (make.UserFactory(), True)):
        client.force_login(user)
        page = client.get(reverse("me")).content.decode()
        assert (f'action="{reverse("search")}"' in page) == offered
        assert (f'href="{reverse("search")}"' in page) == offered
        assert (client.get(reverse("search")).status_code == 200) == offered
