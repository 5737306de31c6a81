"""How long the office has, and what does not count (P5, P6, O8)."""

import datetime as dt

import pytest

from basis.errors import Rejected
from core import deadlines
from core.models import Holiday
from core.now import pretend
from organization.enums import Role
from organization.services import holidays
from proposals.enums import Petition, State
from proposals.models import Proposal
from proposals.services import handling, receiving
from tests import factories as make
from tests.proposals.made import CONTENT, entered, proposer_of, sent

pytestmark = pytest.mark.django_db
D = dt.date


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("clock", "petition_clock").get(pk=proposal.pk)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (D(2026, 12, 31), D(2027, 2, 1)),  # thirty days end on a Saturday
        (D(2023, 8, 31), D(2023, 10, 4)),  # a month, into the long Chuseok
        (D(2023, 9, 1), D(2023, 10, 4)),  # thirty days, the same
        (D(2023, 7, 10), D(2023, 8, 10)),  # a month
        (D(2024, 7, 10), D(2024, 8, 9)),  # thirty days
    ],
)
def test_p6_a_citizen_is_answered_within_thirty_days_and_until_august_2023_a_month(
    received: D, due: D
) -> None:
    with pretend(received):
        assert entered().clock.due == due


def test_p6_staff_are_answered_within_thirty_days() -> None:
    with pretend(D(2023, 7, 10)):
        person = make.UserFactory()
        made = receiving.propose(CONTENT, [{"user": person}], actor=person)
    assert made.clock.due == D(2023, 8, 9)


def test_p5_the_clock_stands_still_from_the_request_until_the_answer() -> None:
    with pretend(D(2026, 11, 2)):
        proposal = entered()
    assert proposal.clock.due == D(2026, 12, 2)
    with pretend(D(2026, 11, 6)):
        handling.ask_supplement(
            proposal,
            reason="어느 공원인지 알려 주세요.",
            actor=make.planner(),
            version=fresh(proposal).version,
        )
    assert fresh(proposal).state == State.SUPPLEMENT
    assert fresh(proposal).clock.paused
    with pretend(D(2026, 11, 16)):
        handling.supplement(proposal, answer="햇빛공원입니다.", actor=proposer_of(proposal))
        found = fresh(proposal)
        assert found.state == State.RECEIVED
        assert not found.clock.paused
        assert found.clock.due == D(2026, 12, 14)  # ten days later, from a Saturday to Monday
        assert any("정지" in line for line in deadlines.steps(found.clock))


def test_p5_a_supplement_is_asked_for_within_seven_days() -> None:
    with pretend(D(2026, 11, 2)):
        proposal = entered()
    with pretend(D(2026, 11, 10)), pytest.raises(Rejected, match=r"11\. 9"):
        handling.ask_supplement(proposal, reason="더 적어 주세요.", actor=make.planner(), version=1)


def test_p5_what_is_not_supplemented_in_time_is_closed_and_not_before() -> None:
    with pretend(D(2026, 11, 2)):
        proposal = entered()
        handling.ask_supplement(proposal, reason="어디인가요?", actor=make.planner(), version=1)
    due = proposal.supplements.get().due
    with pretend(due), pytest.raises(Rejected):
        handling.lapse(
            proposal, reason="보완하지 않음", actor=make.planner(), version=fresh(proposal).version
        )
    with pretend(due + dt.timedelta(days=1)):
        handling.lapse(
            proposal, reason="보완하지 않음", actor=make.planner(), version=fresh(proposal).version
        )
    assert fresh(proposal).state == State.LAPSED


def test_o8_a_converted_one_counts_as_petitions_do() -> None:
    """건의 14 days: the first day in, Saturdays and holidays skipped."""
    with pretend(D(2026, 11, 2)):
        proposal = entered()
        handling.convert(proposal, Petition.SUGGESTION, reason="시설 건의", actor=make.planner(), version=1)
    found = fresh(proposal)
    assert (found.state, found.petition_clock.due) == (State.CONVERTED, D(2026, 11, 19))
    assert found.clock.closed_on == D(2026, 11, 2)
    assert found.in_time
    with pretend(D(2026, 11, 18)):
        handling.finish_petition(
            proposal, reason="설치하겠습니다.", actor=make.planner(), version=found.version
        )
    assert fresh(proposal).state == State.ANSWERED


def test_o7_a_holiday_declared_late_moves_the_day_of_the_decision() -> None:
    with pretend(D(2026, 11, 2)):
        proposal = entered()
        admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
        holidays.declare(actor=admin, day=D(2026, 12, 2), name="임시공휴일", kind=Holiday.Kind.TEMPORARY)
        assert fresh(proposal).clock.due == D(2026, 12, 3)


def test_p5_what_was_sorted_out_by_mistake_goes_on_with_its_first_deadline() -> None:
    with pretend(D(2026, 11, 2)):
        proposal, _token = sent()
    with pretend(D(2026, 11, 5)):
        handling.transfer(proposal, "한빛시", reason="시 업무", actor=make.planner(), version=1)
    with pretend(D(2026, 11, 12)):
        handling.take_back(
            proposal, reason="우리 구 업무", actor=make.planner(), version=fresh(proposal).version
        )
    found = fresh(proposal)
    assert (found.state, found.passed_to, found.clock.due) == (State.RECEIVED, "", D(2026, 12, 2))
    assert found.received_on == D(2026, 11, 2)
