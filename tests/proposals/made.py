"""Proposals as they come in, for tests."""

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse

from core import passes
from core.actors import Bearer
from core.now import today
from proposals.enums import Audience, CallKind, Channel, Field, Ground, Kind, State
from proposals.enums import Notice as Consent
from proposals.models import Call, Proposal, Undertaking
from proposals.services import calls, following, handling, past, receiving
from proposals.services.objecting import Session
from proposals.services.receiving import Person
from tests import factories as make
from tests.asked import second_planner

CONTENT: dict[str, Any] = {
    "title": "공원 화장실에 비상벨 설치",
    "field": Field.SAFETY,
    "problem": "밤에 공원 화장실을 쓰기 무섭습니다.",
    "improvement": "칸마다 비상벨을 달아 주세요.",
}
AGREED = dict.fromkeys(Consent.values, "2026-11-20")
CITIZEN: Person = {"name": "김구민", "phone": "010-0000-0000", "consents": AGREED}


def entered(actor: Any = None, **values: Any) -> Proposal:
    """By planning, from a letter."""
    actor = actor or make.planner()
    made, _token = receiving.enter({**CONTENT, **values}, [CITIZEN], channel=Channel.POST, actor=actor)
    return made


def sent(**values: Any) -> tuple[Proposal, str]:
    """By a citizen without an account; with the token of the private link."""
    writing, token = receiving.begin()
    writer = passes.bearer_of(token)
    receiving.note_down(writing, {**CONTENT, **values}, actor=writer)
    return receiving.send(writing, [CITIZEN], actor=writer)


def proposer_of(proposal: Proposal) -> Bearer:
    return Bearer(passes.passes_for(proposal).get())


def browser_of(token: str) -> Client:
    """A browser that has opened the private link."""
    client = Client()
    client.get(passes.path_of(token))
    return client


def mine(proposal: Proposal, step: str = "") -> str:
    return reverse("proposals:mine", args=[proposal.pk]) + (f"{step}/" if step else "")


def drafted(actor: Any = None, **values: Any) -> Call:
    """A call that is being prepared, open from today for ten days."""
    actor = actor or make.planner()
    given = {
        "kind": CallKind.THEME,
        "audience": Audience.EVERYBODY,
        "title": "걷고 싶은 길 만들기",
        "text": "걷기 좋은 동네를 만들 생각을 찾습니다.",
        "department": actor.department,
        "opens_on": today(),
        "closes_on": today() + dt.timedelta(days=10),
    }
    return calls.prepare(given | values, actor=actor)


def called(**values: Any) -> Call:
    """A call that is out."""
    call = drafted(**values)
    calls.ask(call, actor=call.prepared_by)
    calls.publish(call, actor=second_planner())
    return Call.objects.get(pk=call.pk)


def notice(department: Any = None, **more: Any) -> Any:
    """Of an adoption, to be carried out in four months."""
    adopted = {
        "present": "공원 조례 제5조. 지금은 벨이 없습니다.",
        "taken": "열 곳에 답니다.",
        "department": department or make.DepartmentFactory(),
        "carry_out_on": today() + dt.timedelta(days=120),
    }
    return {**adopted, **more}


def adopted(proposal: Proposal | None = None, department: Any = None, **more: Any) -> Undertaking:
    """An adopted proposal's undertaking."""
    proposal = fresh(proposal or entered())
    handling.decide(
        proposal,
        State.ADOPTED,
        notice(department, **more),
        actor=make.planner(),
        version=proposal.version,
    )
    return Undertaking.objects.select_related("proposal").get(proposal=proposal)


def rejected(proposal: Proposal | None = None) -> Proposal:
    proposal = fresh(proposal or entered())
    answer: Any = {"present": "있음", "reason": "예산이 없습니다."}
    handling.decide(proposal, State.REJECTED, answer, actor=make.planner(), version=proposal.version)
    return fresh(proposal)


def dismissed(proposal: Proposal | None = None) -> Proposal:
    proposal = fresh(proposal or entered())
    answer: Any = {"ground": Ground.COMPLAINT, "reason": "불편 신고입니다."}
    handling.decide(proposal, State.NO_PROPOSAL, answer, actor=make.planner(), version=proposal.version)
    return fresh(proposal)


def carried_out(undertaking: Undertaking, actor: Any = None) -> Undertaking:
    """Reported by the department today, and confirmed by planning."""
    actor = actor or make.UserFactory(department=undertaking.department)
    following.report(undertaking, day=today(), result="열 곳에 달았습니다.", actor=actor)
    following.confirm(undertaking, actor=make.planner())
    return Undertaking.objects.select_related("proposal").get(pk=undertaking.pk)


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("clock", "petition_clock").get(pk=proposal.pk)


def session(day: dt.date | None = None, **more: Any) -> Session:
    """Of the committee."""
    return Session(**{"day": day or today(), "present": 7, "minutes": "기획예산과-1131", **more})


def text_of(proposal: Proposal) -> str:
    """As everybody reads it."""
    address = reverse("proposals:public", args=[proposal.year, proposal.number])
    return Client().get(address).content.decode()


def recorded(actor: Any, **more: Any) -> Proposal:
    """Of an earlier year, as a list has it."""
    values = {"kind": Kind.CITIZEN, "title": "지난 보안등 늘리기", "hidden": False}
    return past.take_in([past.Record(**{"year": 2015, "number": 3, "values": values, **more})], actor=actor)[
        0
    ]
