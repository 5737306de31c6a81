"""Who made a proposal is forgotten in time, in tables, files, lists and logs; the idea stays (D3, D8, P8)."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from basis.errors import Refused, Rejected
from core import drafts, passes
from core.models import Destruction, TransitionLog
from core.now import pretend
from letters.models import Letter
from proposals.enums import ObjectionKind, State
from proposals.models import Proposal, Proposer
from proposals.selectors import proposals as selectors
from proposals.services import anonymising, handling, objecting, receiving
from tests import factories as make
from tests.proposals.made import AGREED, CONTENT, browser_of, mine, proposer_of

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
D = dt.date
RECEIVED = D(2026, 11, 2)
NAME, PHONE, MAIL, HOME, GUARDIAN = (
    "한가온누리",
    "010-9182-7364",
    "gaon@example.org",
    "달빛로 918",
    "한보호자라",
)
INSIDE = "첨부한사연"
SECRETS = (NAME, PHONE, MAIL, HOME, GUARDIAN, INSIDE, PHONE.replace("-", ""))


def sent() -> tuple[Proposal, str]:
    """By a child with a guardian, who writes a telephone number everywhere and puts a file to it."""
    writing, token = receiving.begin()
    writer = passes.bearer_of(token)
    told = {**CONTENT, "title": f"놀이터 그늘막 {PHONE}", "effect": f"{PHONE}로 알려 주세요."}
    file = ContentFile(f"%PDF-1.4 {INSIDE}".encode(), name="사연.pdf")
    receiving.note_down(writing, told, actor=writer, files=[file])
    child: receiving.Person = {
        "name": NAME, "phone": PHONE, "email": MAIL, "address": HOME, "guardian_name": GUARDIAN,
        "guardian_phone": PHONE, "consents": AGREED,
    }  # fmt: skip
    return receiving.send(writing, [child], actor=writer)


def rejected() -> tuple[Proposal, str]:
    """After a supplement, with a draft of another left behind."""
    with pretend(RECEIVED):
        proposal, token = sent()
        for letter in Letter.objects.about(proposal):
            assert letter.to in SECRETS
        handling.ask_supplement(proposal, reason="어디입니까?", actor=make.planner())
        bearer = proposer_of(proposal)
        drafts.save(bearer, "proposals.supplement", QueryDict(urlencode({"answer": f"{NAME} {HOME}"})))
        handling.supplement(proposal, answer=f"햇빛놀이터입니다. {PHONE}", actor=bearer)
        notice: Any = {"present": "있음", "reason": "이미 있음"}
        handling.decide(proposal, State.REJECTED, notice, actor=make.planner())
    return proposal, token


def everything() -> str:
    """All rows of all tables, and what is in the files."""
    rows = "\n".join(
        serializers.serialize("json", model._base_manager.all(), ensure_ascii=False)
        for model in apps.get_models(include_auto_created=True)
    )
    files = (path for path in Path(default_storage.location).rglob("*") if path.is_file())
    return rows + "\n".join(path.read_bytes().decode(errors="replace") for path in files)


def found(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def forgotten(day: dt.date) -> int:
    with pretend(day):
        return anonymising.forget_past(day)


def test_d3_d8_after_the_time_nothing_in_the_whole_system_says_who_it_was(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    proposal, _token = rejected()
    assert found(everything()) == list(SECRETS[:6])
    assert forgotten(D(2028, 12, 31)) == 0
    with django_capture_on_commit_callbacks(execute=True):  # with them, files go
        assert forgotten(D(2029, 1, 1)) == 1
    assert found(everything()) == []
    assert forgotten(D(2029, 1, 2)) == 0

    proposal.refresh_from_db()
    assert proposal.state == State.REJECTED
    assert "그늘막" in proposal.title
    assert Proposer.objects.get().anonymised_on == D(2029, 1, 1)
    (row,) = Destruction.objects.all()
    assert (row.log, row.count) == (Proposer._meta.db_table, 1)
    log = TransitionLog.objects.get(name="forget")
    assert (log.data["people"], log.data["files"]) == (1, 1)
    assert log.data["letters"] >= 2
    client.force_login(make.planner())
    shown = reverse("proposals:desk_contact_shown", args=[proposal.pk]) + "?reason=확인"
    for url in (proposal.get_absolute_url(), reverse("proposals:desk") + "?show=all", shown):
        assert found(client.get(url).content.decode()) == []
    assert client.get(reverse("proposals:desk") + f"?show=all&q={NAME}").context["list"].rows == []


def test_d3_what_was_asked_to_be_looked_at_again_keeps_nobody_either(
    django_capture_on_commit_callbacks: Any,
) -> None:
    proposal, _token = rejected()
    with pretend(D(2026, 12, 1)):
        asked = objecting.ask(
            proposal,
            ObjectionKind.LATER,
            reason=f"{NAME}입니다. {PHONE}",
            work=f"{HOME} 그늘막 사업",
            actor=proposer_of(proposal),
        )
        session = objecting.Session(D(2026, 12, 1), 5, "기획예산과-7")
        objecting.keep(asked, session, reason="다른 사업입니다.", actor=make.planner())
    with django_capture_on_commit_callbacks(execute=True):
        forgotten(D(2029, 1, 1))
    assert found(everything()) == []


def test_p8_the_idea_is_found_again_by_a_later_one_like_it() -> None:
    rejected()
    forgotten(D(2029, 1, 1))
    assert [one.proposal.state for one in selectors.alike("놀이터 그늘막")] == [State.REJECTED]


def test_p3_the_link_and_the_code_open_nothing_any_more() -> None:
    with pretend(RECEIVED):
        proposal, token = rejected()
        assert browser_of(token).get(mine(proposal)).status_code == 200
    forgotten(D(2029, 1, 1))
    assert browser_of(token).get(mine(proposal)).status_code == 404
    assert receiving.of_receipt(f"{proposal.year}{proposal.number:05d}") is None


def test_d8_what_was_adopted_is_kept_five_years_and_what_is_handled_for_ever() -> None:
    with pretend(RECEIVED):
        adopted, _token = sent()
        open_one, _token = sent()
        notice: Any = {
            "present": "없음", "taken": "답니다.", "department": make.DepartmentFactory(),
            "carry_out_on": D(2027, 1, 4),
        }  # fmt: skip
        handling.decide(adopted, State.ADOPTED, notice, actor=make.planner())
    assert [forgotten(D(year, 1, 1)) for year in (2029, 2031, 2032)] == [0, 0, 1]
    assert Proposer.objects.get(anonymised_on=None).proposal == open_one


def test_d3_at_the_proposers_wish_it_is_done_at_once_but_not_while_it_is_handled(client: Client) -> None:
    with pretend(RECEIVED):
        open_one, _token = sent()
        with pytest.raises(Rejected):
            anonymising.forget_asked(open_one, reason="요청", actor=make.planner())
        proposal, _token = rejected()
        with pytest.raises(Refused):
            anonymising.forget_asked(proposal, reason="요청", actor=make.UserFactory())
        client.force_login(make.planner())
        page = client.get(proposal.get_absolute_url())
        url = reverse("proposals:desk_forget", args=[proposal.pk])
        assert url in page.content.decode()
        version = Proposal.objects.get(pk=proposal.pk).version
        client.post(url, {"reason": "제안자 요청", "version": version})
        assert proposal.proposers.get().name == ""
        assert url not in client.get(proposal.get_absolute_url()).content.decode()
        with pytest.raises(Rejected):
            anonymising.forget_asked(proposal, reason="요청", actor=make.planner())
    assert Destruction.objects.count() == 1


def test_d3_staff_who_proposed_stay_with_what_they_made() -> None:
    person = make.UserFactory()
    with pretend(RECEIVED):
        made = receiving.propose(CONTENT, [{"user": person}], actor=person)
        notice: Any = {"present": "있음", "reason": "이미 있음"}
        handling.decide(made, State.REJECTED, notice, actor=make.planner())
    assert forgotten(D(2040, 1, 1)) == 0
    assert made.proposers.get().user == person
