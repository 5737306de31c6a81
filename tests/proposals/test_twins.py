"""What stays of an idea that was not taken, and who is named when a later one is (P8)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Rejected
from core.now import pretend
from notifications.models import Notice
from proposals.models import Fingerprint, Proposal
from proposals.selectors import following as selectors
from proposals.services import receiving, twins
from tests import factories as make
from tests.proposals.made import CONTENT, adopted, entered, notice, rejected

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def page_of(proposal: Proposal) -> str:
    address = reverse("proposals:public", args=[proposal.year, proposal.number])
    return Client().get(address).content.decode()


def test_p8_after_two_years_a_fingerprint_without_a_person_stays_and_finds_the_later_twin() -> None:
    first = rejected(entered(title="공원 화장실에 비상벨 설치 010-1234-5678"))
    with pretend(dt.date(2028, 12, 31)):
        assert twins.leave_marks(dt.date(2028, 12, 31)) == 0
    later = dt.date(2029, 1, 1)
    with pretend(later):
        assert twins.leave_marks(later) == 1
        assert twins.leave_marks(later) == 0
        mark = Fingerprint.objects.get()
        assert (mark.code, mark.kind, mark.state) == (first.code, first.kind, first.state)
        assert "1234" not in mark.title
        assert not any(field.is_relation and field.name != "proposal" for field in Fingerprint._meta.fields)
        second = entered(title="공원 화장실 비상벨 설치")
        assert selectors.earlier_than(second) == ([first], [])  # while it is there, it speaks for itself
        forget(first)
        assert selectors.earlier_than(second) == ([], [Fingerprint.objects.get()])
        undertaking = adopted(second)
        (named,) = twins.credit(undertaking.proposal, (), [mark], actor=make.planner())
        assert named.fingerprint == mark
        assert mark.title in page_of(second)


def forget(proposal: Proposal) -> None:
    """As when its time is over: the proposal goes with all that hangs on it."""
    proposal.decision.delete()
    proposal.proposers.all().delete()
    proposal.delete()


def test_p8_what_was_adopted_or_waits_leaves_no_mark() -> None:
    adopted()
    entered()
    with pretend(dt.date(2030, 1, 2)):
        assert twins.leave_marks(dt.date(2030, 1, 2)) == 0


def test_p8_a_later_adoption_names_the_earlier_idea_on_both_pages_and_tells_who_had_it() -> None:
    person = make.UserFactory()
    first = rejected(
        receiving.propose({**CONTENT, "title": "비상벨을 달자"}, [{"user": person}], actor=person)
    )
    with pretend(DAY + dt.timedelta(days=40)):
        second = entered(title="비상벨 달기")
        with pytest.raises(Rejected, match="채택된"):
            twins.credit(second, [first], actor=make.planner())
        undertaking = adopted(second)
        client = Client()
        client.force_login(make.planner())
        step = reverse("proposals:desk_credit", args=[second.pk])
        assert step in client.get(second.get_absolute_url()).content.decode()
        assert client.post(step, {}).status_code == 422
        assert client.post(step, {"number": first.code}).status_code == 302
        assert not twins.credit(undertaking.proposal, [first], actor=make.planner())  # once
        with pytest.raises(Rejected):
            twins.credit(undertaking.proposal, [second], actor=make.planner())
        later = entered(title="또 다른 제안")
        with pretend(DAY + dt.timedelta(days=41)), pytest.raises(Rejected):
            twins.credit(undertaking.proposal, [entered(title="더 나중")], actor=make.planner())
        assert later
        assert first.code in page_of(second)
        assert second.code in page_of(first)
        assert Notice.objects.filter(recipient=person, kind="proposals.credited").exists()


def test_p8_the_decision_to_adopt_offers_earlier_ones_and_names_those_chosen() -> None:
    first = rejected(entered(title="공원 화장실 비상벨 설치하기"))
    with pretend(DAY + dt.timedelta(days=1)):
        second = entered(title="공원 화장실 비상벨 설치", difference="다름")
        client = Client()
        client.force_login(make.planner())
        step = reverse("proposals:desk_adopt", args=[second.pk])
        assert first.code in client.get(step).content.decode()
        given = {
            **notice(),
            "department": make.DepartmentFactory().pk,
            "found": f"p{first.pk}",
            "version": second.version,
        }
        assert client.post(step, given).status_code == 302
    assert second.credits.get().earlier == first
