"""The private link cannot be guessed, listed or used after it was replaced; looking changes nothing (P3)."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import passes
from core.models import AccessLog
from core.now import now, pretend
from core.views.bearer import COOKIE
from proposals.services import receiving
from tests.everything import changed, rows_of_all_tables
from tests.proposals.made import browser_of, mine, sent
from tests.test_permission_matrix import (
    BEARER,
    COLUMNS,
    PROPOSER,
    TABLE,
    WRITER,
    address,
    addresses,
    client_of,
)
from tests.world import World

pytestmark = pytest.mark.django_db
METHODS = ("get", "head", "options")
# Tables that looking may touch. Every file that leaves stands in the log of looks (D3): the proposer's own, too.
LOGS = {AccessLog._meta.db_table}
OF_BEARERS = {
    "bearer": BEARER,
    "writer": WRITER,
    "proposer": PROPOSER,
    "other_bearer": PROPOSER | WRITER | BEARER,
}
# What public pages take from their address, and values that do something there.
ASKED = {
    "proposals:find": (
        {"q": "공원"},
        {"state": "adopted"},
        {"page": "2", "sort": "support"},
        {"q": "2026-00001"},
    ),
    "proposals:alike": ({"title": "공원 화장실에 비상벨"},),
    "proposals:start": ({"call": "1"},),
    "proposals:mine": ({"receipt": "1"}, {"renewed": "1"}),
}


def tries_of(world: World, role: str) -> Iterator[tuple[str, str, dict[str, str], str]]:
    """Name, address, parameters and method of all that this one may try; what answers everybody with the log-in, once
    and by GET."""
    if token := world.tokens.get(role):
        yield from (("pass", passes.path_of(token), {}, method) for method in METHODS)
    for name, pattern in addresses():
        url = address(name, pattern, world.ids)
        if is_open(name, role):
            for params in ({}, *ASKED.get(name, ())):
                yield from ((name, url, params, method) for method in METHODS)
        elif role == "anonymous":
            yield name, url, {}, "get"


def read(response: Any) -> int:
    if response.streaming:
        list(response.streaming_content)
    return int(response.status_code)


def is_open(name: str, role: str) -> bool:
    """Whether it answers more than a log-in or nothing; of bearers, where they are more than anybody."""
    own = OF_BEARERS.get(role, TABLE)
    return name == "pass" or (name in own and TABLE[name][COLUMNS.index(role)] in ("200", "405"))


@pytest.mark.parametrize("role", ["anonymous", *OF_BEARERS])
def test_p3_looking_at_any_address_changes_nothing(world: World, role: str) -> None:
    """Programs that look at links before people do them no harm, whatever they ask with."""
    client, found, opened = client_of(world, role), {}, 0
    before = rows_of_all_tables(without=LOGS)
    for name, url, params, method in tries_of(world, role):
        opened += read(getattr(client, method)(url, params)) == 200
        if is_open(name, role):
            after = rows_of_all_tables(without=LOGS)
            if other := changed(before, after):
                found[f"{method} {url}"] = other
            before = after
    assert not found
    assert not changed(before, rows_of_all_tables(without=LOGS))
    assert opened >= {"anonymous": 20, "other_bearer": 0}.get(role, 6)  # it was no log-in that it looked at


def test_what_changes_is_seen(world: World) -> None:
    """That comparison above would see a row that is made, changed or gone."""
    before = rows_of_all_tables(without=LOGS)
    receiving.begin()
    assert {"proposals_writing", "core_pass"} <= set(changed(before, rows_of_all_tables(without=LOGS)))


# ------------------------------------------------------------------------------------------------ not guessed


def test_p3_a_link_is_256_random_bits_kept_as_a_hash() -> None:
    _proposal, token = sent()
    assert len(token) == 43  # 32 bytes in base64
    assert token not in repr(rows_of_all_tables())
    made = [receiving.begin()[1] for _n in range(50)]
    signs = {tuple(token[place] for token in made) for place in range(40)}
    assert len(set(made)) == 50
    assert all(len(set(column)) > 10 for column in signs)  # no part of it stands still


def test_p3_nothing_near_a_link_opens_anything() -> None:
    proposal, token = sent()
    tampered = (
        token[:-4] + "AAAA",
        token[:-1],
        token + "A",
        token.lower(),
        token.swapcase(),
        "a" * 43,
        "%00",
    )
    for guess in tampered:
        browser = Client()
        assert browser.get(f"/p/{guess}/").status_code == 404
        browser.cookies[COOKIE] = guess
        assert browser.get(mine(proposal)).status_code == 404
    hashed = passes.passes_for(proposal).get().token_hash
    assert browser_of(hashed).get(mine(proposal)).status_code == 404


def test_p3_a_wrong_link_says_no_more_than_an_old_one() -> None:
    """Neither the page nor its headers tell that there was one."""
    proposal, token = sent()
    held = passes.passes_for(proposal).get()
    passes.revoke(held)
    answers = [Client().get(passes.path_of(one)) for one in (token, "A" * 43)]
    first, second = (
        re.sub(r'value="[^"]*"|CSRFToken": "[^"]*|/p/[^/]*/', "", one.content.decode()) for one in answers
    )
    assert first == second
    assert dict(answers[0].headers) == dict(answers[1].headers)


# ------------------------------------------------------------------------------------------------ not listed


@pytest.mark.parametrize(
    ("role", "pages"), [("writer", WRITER), ("proposer", PROPOSER), ("anonymous", PROPOSER)]
)
def test_p3_no_page_of_a_bearer_is_kept_or_listed(world: World, role: str, pages: dict[str, str]) -> None:
    client = client_of(world, role)
    for name, pattern in addresses():
        if name not in pages:
            continue
        for answer in (
            client.get(address(name, pattern, world.ids)),
            client.post(address(name, pattern, world.ids)),
        ):
            read(answer)
            assert "noindex" in answer["X-Robots-Tag"], name
            assert answer["Cache-Control"] == "private, no-store", name
            # Not `no-referrer`: a form sent from such a page would come without origin, and be refused as forged.
            assert answer["Referrer-Policy"] == "same-origin", name


def test_p3_what_hands_a_pass_over_is_kept_by_nobody_and_tells_no_other_site() -> None:
    _proposal, token = sent()
    opened, begun = Client().get(passes.path_of(token)), Client().post(reverse("proposals:start"))
    for answer in (opened, begun):
        assert COOKIE in answer.cookies
        assert answer["Cache-Control"] == "private, no-store"
        assert "noindex" in answer["X-Robots-Tag"]
    assert opened["Referrer-Policy"] == "no-referrer"
    assert token not in opened["Location"]


def test_p3_search_engines_go_through_public_pages_alone(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == "Disallow: /"
    assert {"Allow: /proposals/", "Allow: /p/"} < set(lines)
    assert not any("desk" in line or "login" in line for line in lines)


def test_p11_pages_for_everybody_may_be_listed_and_name_no_private_address(world: World) -> None:
    client = client_of(world, "anonymous")
    for name in ("home", "guide", "find", "start", "calls", "lookup"):
        answer = client.get(reverse(f"proposals:{name}"))
        assert "X-Robots-Tag" not in answer
        assert not re.search(r"/p/|/mine/\d|/write/\d|/desk/", answer.content.decode()), name


# ------------------------------------------------------------------------------------------------ not after


def test_p3_a_pass_that_was_revoked_or_is_over_ends_every_visit_with_it() -> None:
    proposal, token = sent()
    browser, other = browser_of(token), browser_of(token)
    assert browser.get(mine(proposal)).status_code == other.get(mine(proposal)).status_code == 200
    held = passes.passes_for(proposal).get()
    with pretend(held.expires_at + dt.timedelta(seconds=1)):
        assert browser.get(mine(proposal)).status_code == 404
    passes.revoke(held)
    for page in ("", "withdraw", "supplement", "drafts/x", "files/00000000-0000-0000-0000-000000000000"):
        assert browser.get(mine(proposal, page)).status_code == 404
        assert other.post(mine(proposal, page)).status_code == 404
    assert browser_of(token).get(mine(proposal)).status_code == 404
    proposal.refresh_from_db()
    assert proposal.state == "received"
    assert held.revoked_at <= now()


def test_p3_the_cookie_goes_to_the_own_pages_alone() -> None:
    proposal, token = sent()
    cookie = Client().get(passes.path_of(token)).cookies[COOKIE]
    assert (cookie["path"], bool(cookie["httponly"]), cookie["samesite"]) == (mine(proposal), True, "Lax")
    assert cookie["max-age"] == 30 * 24 * 3600
