"""Saved filters: one's own names above a list, without a query for who has none."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from basis.errors import Rejected
from core import saved
from core.models import SavedFilter
from organization.models import User
from tests.factories import UserFactory, planner

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
LIST = "/benchmarking/"
SHOWN = "sort=-code&state=in_review"


@pytest.fixture
def user(client: Client) -> User:
    person = planner()
    client.force_login(person)
    return person


def new_url(query: str = SHOWN, path: str = LIST) -> str:
    return f"{reverse('saved_filter_new')}?{urlencode({'next': f'{path}?{query}'})}"


def test_conditions_and_order_are_named_from_the_list_and_found_above_it(client: Client, user: User) -> None:
    page = client.get(f"{LIST}?state=in_review&q=&sort=-code&page=3&size=20")
    assert page.context["list"].saved_filters == saved.SavedLinks([], new_url())
    answer = client.post(new_url(), {"label": "검토 중"})
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?{SHOWN}")
    page = client.get(f"{LIST}?{SHOWN}&page=2")
    assert page.context["list"].saved_filters == saved.SavedLinks([("검토 중", f"{LIST}?{SHOWN}", True)], "")
    assert 'aria-current="true">검토 중</a>' in page.content.decode()
    other = client.get("/benchmarking/reviews/?late=1").context["list"].saved_filters
    assert (other.links, bool(other.save_url)) == ([], True)


def test_a_list_without_conditions_offers_nothing_to_save(client: Client, user: User) -> None:
    assert "지금 조건 저장" not in client.get(f"{LIST}?page=2").content.decode()
    assert client.get(new_url("page=2")).status_code == 404


@pytest.mark.parametrize("path", ["/", "/nowhere/", "https://example.com/", "//example.com/", ""])
def test_only_lists_of_this_system_are_saved(client: Client, user: User, path: str) -> None:
    assert client.post(new_url(path=path), {"label": "이름"}).status_code == 404
    assert not SavedFilter.objects.exists()


def test_the_same_name_stands_for_the_new_conditions(client: Client, user: User) -> None:
    client.post(new_url(), {"label": "내 것"})
    client.post(new_url("state=decided"), {"label": "내 것"})
    assert [row.query for row in SavedFilter.objects.all()] == ["state=decided"]


def test_it_is_renamed_and_deleted(client: Client, user: User) -> None:
    row = saved.save(user, path=LIST, label="처음", query=SHOWN)
    saved.save(user, path=LIST, label="다른", query="state=decided")
    page = client.post(reverse("saved_filter", args=[row.pk]), {"label": "다른"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["label"])
    client.post(reverse("saved_filter", args=[row.pk]), {"label": "나중"})
    row.refresh_from_db()
    assert row.label == "나중"
    assert "나중" in client.get(reverse("saved_filters")).content.decode()
    client.post(reverse("saved_filter_delete", args=[row.pk]))
    assert [r.label for r in SavedFilter.objects.all()] == ["다른"]


def test_everyone_sees_and_touches_only_their_own(client: Client, user: User) -> None:
    row = saved.save(UserFactory(), path=LIST, label="남의 것", query=SHOWN)
    assert client.get(LIST).context["list"].saved_filters.links == []
    assert "남의 것" not in client.get(reverse("saved_filters")).content.decode()
    for name in ("saved_filter", "saved_filter_delete"):
        assert client.post(reverse(name, args=[row.pk]), {"label": "내 것"}).status_code == 404
    assert SavedFilter.objects.get().label == "남의 것"


def test_no_more_than_the_limit_and_no_endless_conditions(user: User) -> None:
    for n in range(saved.MOST):
        saved.save(user, path=LIST, label=str(n), query="year=2026")
    saved.save(user, path=LIST, label="0", query="year=2025")  # one more of the same name is none more
    with pytest.raises(Rejected, match="10개까지"):
        saved.save(user, path=LIST, label="하나 더", query="year=2026")
    with pytest.raises(Rejected, match="너무 깁니다"):
        saved.save(user, path="/benchmarking/reviews/", label="긴 것", query="q=" + "x" * 1000)


def test_lists_of_who_has_none_take_no_query_more(client: Client, user: User) -> None:
    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return [q["sql"] for q in queries if 'FROM "core_savedfilter"' in q["sql"].partition("WHERE")[0]]

    client.get(LIST)
    before = [sql for sql in asked() if "organization_user" not in sql]
    saved.save(user, path=LIST, label="내 것", query=SHOWN)
    assert (before, len([sql for sql in asked() if "organization_user" not in sql])) == ([], 1)


def test_the_same_conditions_are_written_alike() -> None:
    one, other = QueryDict("b=2&a=1&a=0&page=4&c="), QueryDict("a=0&a=1&b=2&size=20")
    assert saved.query_of(one) == saved.query_of(other) == "a=0&a=1&b=2"
