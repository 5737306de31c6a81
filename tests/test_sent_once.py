"""D7: every form that makes something carries a one-time key, and the same key leads to the first."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from benchmarking.models import Case
from core import gate
from core.forms import Form
from core.views.forms import ConfirmPage, FormPage, PreviewPage
from mileage.models import Entry
from tests import factories as make
from tests.test_permission_matrix import COLUMNS, TABLE, address, addresses, client_of
from tests.threads import at_once
from tests.world import World

KEY = re.compile(r'<input type="hidden" name="once" value="([\w-]{22})">')
ROLES = ("planner", "admin", "reviewer", "head", "general_affairs")

# A first password and recovery codes stand in the answer and nowhere else; a number that is taken is refused, another
# password harmless, and a second step that is on leads to turning it off.
# A look-up by code makes nothing, and its wrong tries are counted whatever becomes of the form.
# Slips of the residents' panel and a calendar address are told once as well; whoever enters with a slip again takes the
# same ballot over.
PASSWORD = {
    "proposals:lookup",
    "staff_new",
    "staff_reset_password",
    "me_code",
    "evaluations:stage_slips",
    "calendars:make",
    "evaluations:ballot_enter",
}


class Anything(Form):
    """Takes whatever the form of any page takes, and asks for nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial=kwargs.get("initial"))


def form_pages(world: World) -> Iterator[tuple[str, Client, str, Any]]:
    """Every page that is a form or asks before doing, by the first of the roles that may open it."""
    clients = {role: client_of(world, role) for role in ROLES}
    for name, pattern in addresses():
        url = address(name, pattern, world.ids)
        view: Any = getattr(resolve(url.partition("?")[0]).func, "view_class", None)
        role = next((role for role in ROLES if TABLE[name][COLUMNS.index(role)] == "200"), None)
        if role and view and issubclass(view, FormPage | ConfirmPage):
            yield name, clients[role], url, view


def test_d7_every_form_sent_again_leads_to_the_first(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    walked, wrong = set(), {}
    for name, client, url, view in form_pages(world):
        page = client.get(url)
        main = page.content.decode().partition("<main")[2].partition("</main>")[0]
        # Whom it is for is to be found first; or the form is another's, and only buttons of the bar are there.
        nothing = 'method="post"' not in main or (issubclass(view, FormPage) and not page.context.get("form"))
        if name in PASSWORD or nothing:
            continue
        keys = set(KEY.findall(main))
        if len(keys) != 1:
            wrong[name] = f"{len(keys)} keys"
            continue
        with monkeypatch.context() as patch:
            patch.setattr(
                gate, "judge", lambda *_sent: gate.Verdict(gate.Answer.ALLOWED)
            )  # it asks for patience
            patch.setattr(view, "act", lambda self, *form: done.append(self.request.path) or "/first/")
            sent = {"once": keys.pop(), "preview": page.context.get("preview", ""), **dict(_seen(page))}
            if issubclass(view, FormPage):
                patch.setattr(view, "get_form_class", lambda self: Anything)
                patch.setattr(view, "hold_sent", lambda self, form: None, raising=False)
            if issubclass(view, PreviewPage):
                patch.setattr(view, "foresee", lambda self, form: [])
                patch.setattr(view, "hold", lambda self, form: self.request.POST)
                sent["preview"] = client.post(url, sent).context["preview"]
            done.clear()
            answers = [client.post(url, sent) for _twice in range(2)]
        if len(done) != 1 or {answer.get("Location") for answer in answers} != {"/first/"}:
            wrong[name] = f"done {len(done)} times, {[answer.status_code for answer in answers]}"
        walked.add(name)
    assert not wrong
    assert {
        "benchmarking:case_new",
        "me_absence",
        "department_new",
        "policy_change",
        "mileage:request_new",
    } <= walked
    assert len(walked) > 40, walked


def _seen(page: Any) -> list[tuple[str, str]]:
    version = page.context.get("seen_version")
    return [("version", version)] if version else []


VALUES = {
    "title": "빈 주차면을 나누어 쓰는 공유주차 앱",
    "source_kind": "local",
    "source_name": "○○시",
    "channel": "press",
    "found_on": "2026-11-02",
    "summary": "빈 시간을 나눕니다.",
    "field": "construction",
    "cost_class": "low",
}


@pytest.mark.django_db
def test_d7_a_case_sent_twice_is_one_case_with_its_points_once() -> None:
    client, url = Client(), reverse("benchmarking:case_new")
    client.force_login(planner := make.planner())
    sent = {**VALUES, "once": client.get(url).context["once"]}
    assert client.post(url, {**sent, "title": ""}).status_code == 422  # what was refused may be sent again
    first, again = client.post(url, sent), client.post(url, sent)
    case = Case.objects.get()
    assert first["Location"] == again["Location"] == case.get_absolute_url()
    assert Entry.objects.filter(account__user=planner).count() == 1
    said = client.get(again["Location"]).content.decode()
    assert "처음 결과를 보여 드립니다" in said
    other = Client()
    other.force_login(make.UserFactory())
    assert other.post(url, {**sent, "title": "다른 직원이 같은 키로 보낸 전혀 다른 일"}).status_code == 302
    assert Case.objects.count() == 2  # a key is its owner's


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_d7_a_double_post_makes_one() -> None:
    user, url = make.planner(), reverse("benchmarking:case_new")
    clients = [Client() for _n in range(3)]
    for client in clients:
        client.force_login(user)
    sent = {**VALUES, "once": clients[0].get(url).context["once"]}
    answers = at_once(*(lambda client=client: client.post(url, sent)["Location"] for client in clients))
    assert set(answers) == {Case.objects.get().get_absolute_url()}
