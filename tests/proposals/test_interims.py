"""What is due although nothing is decided: an interim answer on the last day and every fourteen days after (P6)."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from basis.errors import Refused, Rejected
from core.calendar import system_calendar
from core.now import pretend
from notifications.selectors import todos_of
from proposals.enums import InterimState, State
from proposals.models import Interim, Proposal
from proposals.selectors import proposals as selectors
from proposals.services import handling, interims, receiving
from tests import factories as make
from tests.asked import second_planner
from tests.proposals.asked import asked
from tests.proposals.made import CONTENT, entered, sent

pytestmark = pytest.mark.django_db
D = dt.date
RECEIVED, LAST = D(2026, 11, 2), D(2026, 12, 2)
LATER = D(2026, 12, 16)


def late() -> Proposal:
    with pretend(RECEIVED):
        return entered()


def on(day: dt.date) -> int:
    with pretend(day):
        return interims.draft_due(day)


def test_p6_one_is_drafted_on_the_last_day_and_every_fourteen_after_and_none_twice() -> None:
    late()
    assert [on(day) for day in (D(2026, 12, 1), LAST, LAST, D(2026, 12, 15), LATER)] == [0, 1, 0, 0, 1]
    first, second = Interim.objects.all()
    assert (first.due_on, first.state, first.answer_on) == (LAST, InterimState.MISSED, LATER)
    assert (second.number, second.due_on, second.state) == (2, LATER, InterimState.DRAFT)
    with pretend(LATER):
        verbs = {str(todo.verb) for todo in todos_of(make.planner())}
        assert verbs - {"안내 문자 보내기"} == {"제안 처리하기", "중간 답변 보내기"}


def test_p6_a_day_of_schedule_missed_loses_nothing() -> None:
    late()
    assert on(D(2026, 12, 20)) == 1
    assert Interim.objects.get().due_on == LAST


def test_p6_while_the_clock_stands_still_or_after_the_decision_none_is_due() -> None:
    with pretend(RECEIVED):
        proposal, _token = sent()
    with pretend(D(2026, 11, 5)):
        handling.ask_supplement(proposal, reason="어디입니까?", actor=make.planner())
    assert on(LATER) == 0
    other = late()
    on(LAST)
    with pretend(LAST):
        notice = {"present": "있음", "reason": "이미 있음"}
        handling.decide(other, State.REJECTED, notice, actor=make.planner())  # type: ignore[arg-type]  # as the test needs it
    assert Interim.objects.get(proposal=other).state == InterimState.NEEDLESS
    assert on(LATER) == 0


def test_p6_it_says_who_has_it_and_is_read_by_everybody_and_is_no_decision(client: Client) -> None:
    with pretend(RECEIVED):
        (review,) = asked(make.DepartmentFactory(name="공원녹지과"))
    on(LAST)
    draft, proposal = Interim.objects.get(), review.proposal
    assert draft.reason.startswith("공원녹지과에서")
    public = reverse("proposals:public", args=[proposal.year, proposal.number])
    with pretend(LAST):
        assert "더 살펴보고" not in client.get(public).content.decode()
        client.force_login(make.planner())
        page = client.get(draft.get_absolute_url())
        assert page.context["form"]["reason"].value() == draft.reason
        typed = {"reason": "예산을 알아보고 있습니다.", "answer_on": "2026-12-18", "version": draft.version}
        client.post(draft.get_absolute_url(), {**page.context["form"].initial, **typed})
    with pretend(D(2026, 12, 4)):
        text = Client().get(public).content.decode()
        assert "예산을 알아보고 있습니다." in text
        assert "답할 날인 2026. 12. 2.(수)이 지났습니다. 새로 답할 날은 2026. 12. 18.(금)입니다." in text
    assert Proposal.objects.get(pk=proposal.pk).state == State.REVIEW
    assert Interim.objects.get().state == InterimState.SENT


def test_p6_neither_an_empty_reason_nor_a_day_gone_by_is_sent() -> None:
    late()
    on(LAST)
    draft = Interim.objects.get()
    with pretend(LAST):
        for reason, day in ((" ", LATER), ("바쁨", LAST)):
            with pytest.raises(Rejected):
                interims.send(draft, reason=reason, answer_on=day, actor=make.planner())


def test_p6_many_are_sent_together_as_they_were_drafted(client: Client) -> None:
    with pretend(RECEIVED):
        made = [entered(title=f"제안 {n}") for n in range(3)]
    on(LAST)
    with pretend(LAST):
        client.force_login(make.planner())
        assert client.get(reverse("proposals:interims")).status_code == 200
        chosen = [draft.pk for draft in Interim.objects.all()[:2]]
        client.post(reverse("proposals:interims_bulk"), {"pk": [*chosen, 999]})
        client.post(reverse("proposals:interims_bulk"), {"pk": chosen})
    states = [selectors.interims_of(one) for one in made]
    assert sorted(map(len, states)) == [0, 1, 1]


def test_d9_a_planner_sends_no_interim_answer_about_the_own_proposal() -> None:
    planner = make.planner()
    with pretend(RECEIVED):
        receiving.propose(CONTENT, [{"user": planner}], actor=planner)
    on(LAST)
    draft = Interim.objects.get()
    said = {"reason": draft.reason, "answer_on": LATER}
    with pretend(LAST):
        with pytest.raises(Refused):
            interims.send(draft, actor=make.planner(), **said)  # type: ignore[arg-type]  # of many kinds, on purpose
        interims.send(draft, actor=second_planner(), **said)  # type: ignore[arg-type]  # of many kinds, on purpose


@given(last=st.dates(D(2024, 1, 1), D(2028, 12, 1)), days=st.integers(1, 60))
def test_p6_the_next_is_never_due_on_a_closed_day_nor_before_its_days_are_over(last: D, days: int) -> None:
    found = interims.next_due(last, last, days)
    assert found - last >= dt.timedelta(days=days)
    assert not system_calendar().is_closed(found)
    assert interims.next_due(last, None, days) == last
    assert interims.next_due(found, last, days) == found
