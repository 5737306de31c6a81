"""What people and machines write into addresses: odd values are ignored or not found, never an error of ours."""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve, reverse
from django_filters.filters import Filter
from django_filters.utils import get_model_field

from core.lists import ListView
from core.numbers import whole, wholes
from tests.effort import rounds
from tests.test_permission_matrix import TABLE, address, addresses
from tests.world import ROLES, World
from visits.forms.reports import MOST_ROWS, SPARE_ROWS, ExpenseForm
from visits.models import FieldVisit
from visits.services.requests import draft_key

HUGE = "9" * 30
ODD = ("²", "٣", "-1", "9" * 5_000, "9" * 19, "\x00", "1e9", "1e999999999", "2026-13-45", "%")
NUMBERS = ("²", "-1", HUGE)  # each also alone: one wrong value may hide what another does
PAGES_EACH = rounds(2, 5)  # on which the same code is tried with several of them; on the others with one


@cache
def asked_for(module: Any) -> set[str]:
    """Names that a module of ours takes from an address."""
    source = Path(getattr(module, "__file__", ""))
    if not source.is_relative_to(settings.BASE_DIR) or ".venv" in source.parts:
        return set()
    return set(re.findall(r"GET\.get(?:list)?\(\"(\w+)\"", source.read_text(encoding="utf-8")))


def readers(view: Any) -> dict[str, Any]:
    """What a page takes from its address: the name, and which code reads it."""
    found: dict[str, Any] = {}
    for cls in view.__mro__:
        found |= dict.fromkeys(asked_for(sys.modules[cls.__module__]), cls.__module__)
    if issubclass(view, ListView):
        found |= dict.fromkeys(("page", "size", "sort"), ListView.__module__)
        if made := view.filter_class:
            found |= {name: making(made, one) for name, one in made.base_filters.items()}
    return found


def making(made: Any, one: Filter) -> tuple[Any, ...]:
    """Filters of one making, by the same code or over columns of one kind, read what they are given alike."""
    method = getattr(made, one.method, None) if isinstance(one.method, str) else one.method
    column = made._meta.model and get_model_field(made._meta.model, one.field_name)
    return type(one), getattr(method, "__qualname__", ""), one.lookup_expr, type(column)


def pages(world: World, role: str, seen: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every page this role may see and that takes something from its address, with what it takes."""
    for name, pattern in addresses():
        if name in seen or name not in TABLE or TABLE[name][ROLES.index(role)] != "200":
            continue  # that the table is whole, its own test sees to
        url = address(name, pattern, world.ids).partition("?")[0]
        view: Any = getattr(resolve(url).func, "view_class", None)
        if view is None or not hasattr(view, "permission"):
            continue
        if names := readers(view):
            seen.add(name)
            yield url, names


def test_odd_values_in_an_address_are_no_error(world: World, client: Client) -> None:
    seen = set[str]()
    client.raise_request_exception = False
    wrong, tried = [], Counter[tuple[str, Any]]()
    for role in ("planner", "admin", "auditor"):
        user = world.people[role]
        assert user
        client.force_login(user)
        for url, names in pages(world, role, seen):
            new = [name for name, reader in names.items() if tried[name, reader] < PAGES_EACH]
            tried.update((name, names[name]) for name in new)
            odd_ones = some_of(ODD, len(seen), 4) if new else NUMBERS[:1]
            together = [dict.fromkeys(names, odd) for odd in odd_ones]
            alone = [{name: odd} for name in new for odd in NUMBERS if len(names) > 1]
            for params in (*together, *alone):
                answer = client.get(url, params)
                if answer.streaming:
                    list(answer.streaming_content)
                if answer.status_code >= 500:
                    wrong.append((url, sorted(params), next(iter(params.values()))[:20]))
    assert not wrong
    assert {"staff", "holidays", "absence_new", "audit_log", "benchmarking:cases", "search"} <= seen


TYPED = ("²", HUGE, "\x00²", "1e999999999", "-1", "9999-12-31", "0001-01-01", "x" * 5_000)
ROLES_ASKED = ("planner", "admin", "general_affairs", "head", "reviewer")
_NAME = re.compile(r'<(?:input|select|textarea|button)[^>]* name="([^"]+)"')


def some_of(values: Sequence[str], place: int, few: int) -> list[str]:
    """A few of them, others at each place; at full length all."""
    return [values[(place * few + n) % len(values)] for n in range(rounds(few, len(values)))]


def answered(response: Any) -> int:
    """How it ended, read to its end."""
    if response.streaming:
        list(response.streaming_content)
    return int(response.status_code)


def forms_of(world: World, client: Client) -> Iterator[tuple[str, Any, set[str]]]:
    """Every page with a form that somebody may see, logged in as who may: address, its answer, the names it sends."""
    seen = {"logout", "password_change", "set_language"}
    for role in ROLES_ASKED:
        user = world.people[role]
        assert user
        client.force_login(user)
        for name, pattern in addresses():
            if name in seen or TABLE[name][ROLES.index(role)] != "200":
                continue
            seen.add(name)
            url = address(name, pattern, world.ids)
            answer = client.get(url)
            if answer.streaming or not answer.context or not answer.context.get("form"):
                answered(answer)
                continue
            names = set(_NAME.findall(answer.content.decode())) - {"csrfmiddlewaretoken", "once", "back"}
            yield url, answer, names | set(answer.context["form"].fields)


@pytest.mark.slow
def test_odd_values_in_a_form_or_its_draft_are_no_error(world: World, client: Client) -> None:
    client.raise_request_exception = False
    wrong, drafted = list[Any](), 0
    for place, (url, page, names) in enumerate(forms_of(world, client)):
        typed = some_of(TYPED, place, 2)
        for odd in typed:
            with rolled_back():
                if answered(client.post(url, dict.fromkeys(names, odd))) >= 500:
                    wrong.append((url, "sent", odd[:20]))
        draft_url = page.context.get("draft_url")
        for given in (*typed, TYPED[:2]) if draft_url else ():  # the last: several values of one field
            drafted += 1
            with rolled_back():
                sent = answered(client.post(draft_url, dict.fromkeys(names, given)))
                if sent >= 500 or answered(client.get(url)) >= 500:
                    wrong.append((url, "drafted", given[:20]))
    assert not wrong
    assert drafted > 10 * len(typed)


def test_hostile_drafts_cost_no_more_than_a_full_table(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the page cannot be sent nothing is made of the draft at all, and the office stays open."""
    made, rows = [0], ExpenseForm.__init__

    def counted(self: Any, *args: Any, **kwargs: Any) -> None:
        made[0] += 1
        rows(self, *args, **kwargs)

    monkeypatch.setattr(ExpenseForm, "__init__", counted)
    reviewer = world.people["reviewer"]
    assert reviewer
    client.force_login(reviewer)
    hostile = ("1000000000", "9" * 18, HUGE, "²", "-1", "1e9", "", "\x00")
    for name, most in (("travelled", MOST_ROWS + SPARE_ROWS + 1), ("settled", 0)):
        url = reverse("visits:report", args=[world.ids[name]])
        for total in hostile:
            made[0] = 0
            visit = FieldVisit.objects.get(pk=world.ids[name])
            typed = {"expense-TOTAL_FORMS": total} | {f"expense-{n}-note": "x" for n in range(300)}
            client.post(reverse("draft", args=[f"{draft_key(0, visit)}.report"]), typed)
            assert client.get(url).status_code == (200 if most else 302)
            assert made[0] <= most
    assert client.get("/healthz/pages").status_code == 200


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def routes(resolver: Any = None, before: str = "/") -> Iterator[str]:
    for found in (resolver or get_resolver()).url_patterns:
        route = before + str(found.pattern)
        yield from routes(found, route) if isinstance(found, URLResolver) else (route,)


@pytest.mark.parametrize("odd", ["²", HUGE, "0", "%00", "%ED%A0%80", "%FF"])
def test_odd_parts_of_an_address_are_not_found(world: World, client: Client, odd: str) -> None:
    client.raise_request_exception = False
    planner = world.people["planner"]
    assert planner
    client.force_login(planner)
    with_parts = {route for route in routes() if "<" in route}
    wrong = [route for route in with_parts if answered(client.get(re.sub("<[^>]+>", odd, route))) >= 500]
    assert not wrong
    assert len(with_parts) > 50


@pytest.mark.django_db  # by such a mark alone is a database made
@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "utf-16"])
def test_an_address_is_utf_8(client: Client, charset: str) -> None:
    """Other encodings spell halves of characters, which no database stores."""
    assert (
        client.get("/login/?next=%5Cud800", CONTENT_TYPE=f"text/plain; charset={charset}").status_code == 400
    )


@pytest.mark.parametrize(
    "name",
    [
        "staff_passwords_chosen",
        "jobs_retry",
        "notifications:outbox_bulk",
        "letters:bulk",
        "benchmarking:bulk",
        "knowledge:bulk",
    ],
)
def test_odd_keys_among_the_chosen_are_left_out(world: World, client: Client, name: str) -> None:
    for role in ("planner", "admin"):
        user = world.people[role]
        assert user
        client.force_login(user)
        assert client.post(reverse(name), {"pk": list(ODD), "action": "dispatch"}).status_code < 500


def test_numbers_of_an_address() -> None:
    assert [whole(text) for text in ("12", "9" * 18)] == [12, 10**18 - 1]
    assert [whole(text) for text in ("²", "٣", "-1", "", "9" * 19)] == [None] * 5
    assert wholes(["1", "x", "2"]) == [1, 2]
