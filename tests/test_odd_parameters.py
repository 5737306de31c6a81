"""What people and machines write into addresses: odd values are ignored or not found, never an error of ours."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse

from core.lists import ListView
from core.numbers import whole, wholes
from tests.effort import rounds
from tests.test_permission_matrix import TABLE, address, addresses
from tests.world import ROLES, World

ODD = ("²", "٣", "-1", "9" * 5_000, "9" * 19, "\x00", "1e9", "2026-13-45", "%")
NUMBERS = ("²", "-1", "9" * 19)  # each also alone: one wrong value may hide what another does
PAGES_EACH = rounds(2, 5)  # on which the same code is tried with all of them; on the others with one


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
        if view.filter_class:
            found |= dict.fromkeys(view.filter_class.base_filters, view.filter_class)
    return found


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
            together = [dict.fromkeys(names, odd) for odd in (ODD if new else NUMBERS[:1])]
            alone = [{name: odd} for name in new for odd in NUMBERS if len(names) > 1]
            for params in (*together, *alone):
                answer = client.get(url, params)
                if answer.streaming:
                    list(answer.streaming_content)
                if answer.status_code >= 500:
                    wrong.append((url, sorted(params), next(iter(params.values()))[:20]))
    assert not wrong
    assert {"staff", "holidays", "absence_new", "audit_log", "benchmarking:cases", "search"} <= seen


@pytest.mark.parametrize(
    "name", ["staff_passwords", "jobs_retry", "notifications:outbox_bulk", "benchmarking:bulk"]
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
