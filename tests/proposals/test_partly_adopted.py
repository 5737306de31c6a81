"""Of what was adopted in part, the rest is reviewed again (P7)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Rejected
from core.now import pretend
from core.work.verify import differences
from letters.models import Letter
from proposals.enums import ObjectionKind, State, UndertakingState
from proposals.models import Objection, Slip, Undertaking
from proposals.selectors import objections as until
from proposals.selectors.following import waits_for_answer
from proposals.services import objecting, watching
from tests import factories as make
from tests.proposals.made import (
    adopted,
    browser_of,
    carried_out,
    entered,
    fresh,
    mine,
    notice,
    proposer_of,
    sent,
    session,
    text_of,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 2)
D = dt.date


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def partly(proposal: Any) -> Any:
    adopted(proposal, reason="칸 안의 벨은 예산이 없습니다.")
    return fresh(proposal)


def test_p7_of_what_was_adopted_in_part_the_rest_is_reviewed_and_the_undertaking_goes_on() -> None:
    made, token = sent()
    proposal = partly(made)
    undertaking = Undertaking.objects.get(proposal=proposal)
    citizen, page = browser_of(token), mine(proposal, "ask_review")
    text = citizen.get(mine(proposal)).content.decode()
    assert page in text
    assert "받아들이지 않은 내용의 재심사 신청은 2026. 11. 17.(화)까지" in text
    assert "15일 안에 재심사를" in Letter.objects.about(proposal).get(kind="proposals.adopted").body
    assert citizen.post(page, {"reason": "칸 안에도 달아 주세요."}).status_code == 302
    with pretend(D(2026, 11, 9)):
        undertaking = carried_out(undertaking)
    with pretend(D(2026, 11, 16)):
        objection, department = Objection.objects.get(), make.DepartmentFactory()
        client = Client()
        client.force_login(make.planner())
        form = client.get(reverse("proposals:objection_adopt", args=[objection.pk])).content.decode()
        assert "열 곳에 답니다." in form  # what is taken over already
        given = notice(department, taken="열 곳과 칸마다 답니다.", carry_out_on=D(2027, 6, 1))
        objecting.adopt(objection, given, session(D(2026, 11, 16)), actor=make.planner())
    proposal = fresh(proposal)
    assert (proposal.state, proposal.decision.taken) == (State.ADOPTED, "열 곳과 칸마다 답니다.")
    assert [one.taken for one in proposal.earlier_decisions.all()] == ["열 곳에 답니다."]
    undertaking = Undertaking.objects.get(proposal=proposal)  # one, not two
    assert (undertaking.state, undertaking.department) == (UndertakingState.PLANNED, department)
    assert (undertaking.first_on, undertaking.planned_on) == (DAY + dt.timedelta(days=120), D(2027, 6, 1))
    assert (undertaking.begun_on, undertaking.until) == (DAY, D(2029, 11, 16))
    assert (undertaking.carried_out_on, undertaking.ask_on, undertaking.confirmed_by) == (None, None, None)
    (slip,) = Slip.objects.filter(milestone__undertaking=undertaking)
    assert (slip.now_on, slip.reason) == (D(2027, 6, 1), "재심사로 이행할 내용이 늘었습니다.")
    assert "재심사로 채택" in text_of(proposal)
    assert "칸마다 답니다" in text_of(proposal)
    assert not differences()


def test_p7_what_was_adopted_whole_is_not_asked_for_and_the_rest_only_in_time_and_once() -> None:
    whole = entered()
    adopted(whole)
    assert until.until(fresh(whole), ObjectionKind.REVIEW) is None
    letter = Letter.objects.about(whole).filter(kind="proposals.adopted").first()
    assert letter is None or "재심사를" not in letter.body
    proposal = partly(sent()[0])
    bearer = proposer_of(proposal)
    assert until.until(proposal, ObjectionKind.REVIEW) == D(2026, 11, 17)
    assert until.until(proposal, ObjectionKind.LATER) is None
    with pretend(D(2026, 11, 18)), pytest.raises(Rejected, match=r"11\. 17"):
        objecting.ask(proposal, ObjectionKind.REVIEW, reason="왜", actor=bearer)
    objection = objecting.ask(proposal, ObjectionKind.REVIEW, reason="나머지도", actor=bearer)
    objecting.keep(objection, session(), reason="예산", actor=make.planner())
    assert fresh(proposal).decision.is_partly
    assert Undertaking.objects.get(proposal=proposal).state == UndertakingState.PLANNED
    with pytest.raises(Rejected, match="한 번만"):
        objecting.ask(proposal, ObjectionKind.REVIEW, reason="또", actor=bearer)


def test_p7_the_proposer_is_asked_anew_once_the_rest_is_there_too() -> None:
    proposal = partly(sent()[0])
    objection = objecting.ask(proposal, ObjectionKind.REVIEW, reason="나머지도", actor=proposer_of(proposal))
    carried_out(Undertaking.objects.get(proposal=proposal))
    with pretend(D(2026, 12, 1)):
        watching.ask_proposers(D(2026, 12, 1))
        assert waits_for_answer(fresh(proposal))
        objecting.adopt(objection, notice(), session(D(2026, 12, 1)), actor=make.planner())
        assert not waits_for_answer(fresh(proposal))
        carried_out(Undertaking.objects.get(proposal=proposal))
    with pretend(D(2026, 12, 30)):
        watching.ask_proposers(D(2026, 12, 30))
        assert waits_for_answer(fresh(proposal))
    assert not differences()
