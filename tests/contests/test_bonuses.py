"""The savings bonus (E6): nomination, own panel, committee, amount, payment; once for a cause, never to who decides."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from awards.enums import Receiver, Tax
from awards.models import Award
from awards.selectors.year import by_kind
from awards.services import handing, revoking
from basis.errors import Refused, Rejected
from contests import policies_bonus as policies
from contests.enums import BonusState
from contests.models import Bonus
from contests.services import bonuses
from core.calendar import clear_calendar_cache
from core.models import Holiday, OpenWork
from core.now import pretend
from core.work.verify import differences, mend
from meetings.sockets import AGENDA
from organization.enums import Position
from tests import factories as make
from tests.contests import made, savings
from tests.evaluations import results as outcomes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(savings.DAY):
        yield


def test_e6_from_nomination_to_awards_to_the_won() -> None:
    people = made.people("33.34", "33.33", "33.33")
    one = savings.decided(people=people, claimed=1_000_001)
    assert (one.state, one.amount) == (BonusState.DECIDED, 500_000)
    with pytest.raises(Refused, match="금액을 기록하지 않은"):
        bonuses.pay(one, actor=make.planner())
    bonuses.pay(one, actor=outcomes.second())
    awards = Award.objects.order_by("-share", "number")
    assert [(a.receiver, a.amount, a.tax) for a in awards] == [
        (Receiver.STAFF, 166_700, Tax.EARNED),
        (Receiver.STAFF, 166_650, Tax.EARNED),
        (Receiver.STAFF, 166_650, Tax.EARNED),
    ]
    assert sum(award.amount for award in awards) == 500_000
    with pytest.raises(Rejected):
        bonuses.pay(one, actor=outcomes.second())
    assert by_kind(savings.DAY.year)[0].kind == "예산성과금"  # awards-year has them without more


def test_e6_no_amount_without_panel_and_committee() -> None:
    one, planner = savings.nominated(), make.planner()
    with pytest.raises(Rejected, match="실무심사를 한 회의가 없습니다"):
        bonuses.review(one, recognised=1, actor=planner)
    panel = savings.panel()
    assert one in [thing for offer in AGENDA for thing, _words in offer(planner, panel)]
    savings.met(one, panel)
    with pytest.raises(Rejected, match="보다 많이 인정"):
        bonuses.review(one, recognised=one.claimed + 1, actor=planner)
    bonuses.review(one, recognised=30_000_000, actor=planner)
    with pytest.raises(Rejected, match="다른 위원회가 의결"):
        bonuses.decide(one, amount=1, wide=False, actor=planner)  # the panel itself is no committee
    savings.met(one, outcome="rejected")
    with pytest.raises(Rejected, match="다른 위원회가 의결"):
        bonuses.decide(one, amount=1, wide=False, actor=planner)
    savings.met(one)
    with pytest.raises(Rejected, match="한도 15,000,000원까지"):
        bonuses.decide(one, amount=15_000_001, wide=False, actor=planner)
    found = bonuses.decide(one, amount=15_000_000, wide=False, actor=planner)
    assert found.committee_session != found.panel_session
    with pytest.raises(IntegrityError), transaction.atomic():
        Bonus.objects.filter(pk=one.pk).update(committee_session=None)


def test_e6_wide_effect_raises_the_limits() -> None:
    one = savings.reviewed(claimed=80_000_000)
    savings.met(one)
    with pytest.raises(Rejected, match="한도 20,000,000원까지"):
        bonuses.decide(one, amount=26_000_000, wide=False, actor=make.planner())
    assert bonuses.decide(one, amount=26_000_000, wide=True, actor=make.planner()).amount == 26_000_000


def test_e6_nothing_is_paid_twice_for_one_cause_or_proposal() -> None:
    one = savings.nominated(proposal_number="2025-제안-0012")
    with pytest.raises(Rejected, match="두 번 지급하지 않습니다"):
        savings.written(cause="청사 전기 요금 – 일반운영비")  # the same, written otherwise
    with pytest.raises(Rejected, match="두 번 지급하지 않습니다"):
        savings.written(cause="다른 원인", proposal_number="2025 제안 0012")
    with pytest.raises(IntegrityError), transaction.atomic():
        Bonus.objects.create(
            **{**savings.VALUES, "cause_key": one.cause_key},
            department=one.department,
            department_name="또",
            written_by=one.written_by,
        )
    bonuses.reject(one, reason="요건 아님", actor=make.planner())
    assert savings.written().state == BonusState.DRAFT  # nothing was paid for it


def test_e6_not_to_who_is_elected_and_to_a_citizen_whose_proposal_was_adopted() -> None:
    mayor = make.UserFactory(position=Position.MAYOR)
    with pytest.raises(Rejected, match="선출직"):
        savings.written(people=[(mayor, Decimal(100))])
    staff = make.UserFactory()
    both = [(staff, Decimal(60)), (None, Decimal(40))]
    with pytest.raises(Rejected, match="제안이 채택된 경우"):
        savings.written(people=both)
    one = savings.decided(people=both, proposal_number="2025-제안-0012", amount=1_000_000)
    payer = outcomes.second()
    with pytest.raises(Rejected, match="구민의 이름"):
        bonuses.pay(one, actor=payer)
    bonuses.pay(one, citizen="홍길동", actor=payer)
    award = Award.objects.get(receiver=Receiver.CITIZEN)
    assert (award.name, award.amount, award.tax) == ("홍길동", 400_000, Tax.FREE)
    assert "홍길동" not in str(list(Bonus.objects.values()))  # the name stands with the award alone (D3)


def test_e6_shares_sum_to_100() -> None:
    for people in ([], made.people(50), made.people(60, 50)):
        with pytest.raises(Rejected, match="합이 100%"):
            savings.written(people=people)


def test_e6_evidence_is_attached() -> None:
    writer = make.UserFactory()
    one = bonuses.write(None, savings.VALUES, [(writer, Decimal(100))], actor=writer)
    with pytest.raises(Rejected, match="증빙"):
        bonuses.nominate(one, actor=make.head_of(one.department))


def test_d9_who_nominates_or_contributes_neither_judges_nor_decides() -> None:
    planner = make.planner()
    own = savings.nominated(actor=planner)
    for step in (
        lambda: bonuses.review(own, recognised=1, actor=planner),
        lambda: bonuses.give_back(own, reason="고침", actor=planner),
        lambda: bonuses.reject(own, reason="없음", actor=planner),
    ):
        with pytest.raises(Refused, match="신청하지도 기여하지도"):
            step()
    helper = make.UserFactory()
    one = savings.nominated(people=[(helper, Decimal(100))], cause="다른 원인")
    savings.met(one, savings.panel(helper))
    with pytest.raises(Rejected, match="제척되지 않고"):
        bonuses.review(one, recognised=1, actor=planner)
    savings.met(one)
    assert bonuses.review(one, recognised=1, actor=planner).state == BonusState.REVIEWED


def test_o6_each_step_has_its_day_of_the_following_year() -> None:
    one = savings.written()
    days = [
        one.due(by) for by in (policies.REQUEST_BY, policies.PANEL_BY, policies.COMMITTEE_BY, policies.PAY_BY)
    ]
    assert days == [
        dt.date(2026, 3, 10),
        dt.date(2026, 3, 31),
        dt.date(2026, 4, 30),
        dt.date(2026, 6, 1),  # 31 May is a Sunday
    ]
    assert OpenWork.objects.about(Bonus).get().due == dt.date(2026, 3, 10)
    Holiday.objects.create(date=dt.date(2026, 3, 10), name="임시공휴일", declared_by=make.planner())
    clear_calendar_cache()
    assert one.due(policies.REQUEST_BY) == dt.date(2026, 3, 11)
    mend()  # as every night
    assert OpenWork.objects.about(Bonus).get().due == dt.date(2026, 3, 11)
    assert differences() == []
    clear_calendar_cache()


def test_e6_revoked_as_any_award() -> None:
    one = savings.decided()
    bonuses.pay(one, actor=outcomes.second())
    award = Award.objects.get()
    handing.hand_over(award, handed_on=savings.DAY, receipt="1", actor=make.planner())
    revoking.ask_revocation(award, reason="거짓", note="거짓으로 받음", actor=make.planner())
    found = revoking.revoke(award, actor=outcomes.second())
    assert found.asked_back == one.amount
    with pytest.raises(Rejected, match="두 번"):
        savings.written()  # its cause stays taken


def test_e6_pages_show_the_arithmetic_and_foresee_the_payment() -> None:
    one, second = savings.reviewed(), outcomes.second()
    savings.met(one)
    browser = Client()
    browser.force_login(make.planner())
    page = browser.get(reverse("bonuses:bonus_decide", args=[one.pk])).content.decode()
    assert "40,000,000원 × 50%" in page
    assert "26,000,000원" in page
    bonuses.decide(one, amount=3_000_000, wide=False, actor=make.planner())
    browser.force_login(second)
    page = browser.post(reverse("bonuses:bonus_grant", args=[one.pk]), {}).content.decode()
    assert "3,000,000원" in page
    assert "비과세 한도" in page  # of 2,400,000 won a year (A2)
    assert not Award.objects.exists()
    browser.force_login(make.UserFactory())
    assert browser.get(one.get_absolute_url()).status_code == 404


def test_e6_the_form_takes_people_and_a_citizens_share() -> None:
    writer = make.UserFactory()
    browser = Client()
    browser.force_login(writer)
    url = reverse("bonuses:new")
    assert browser.get(url).status_code == 200
    sent = {**savings.VALUES, "person1": writer.employee_number, "share1": "70", "citizen_share": "30"}
    assert "제안 번호를 적어" in browser.post(url, sent).content.decode()
    made_ = browser.post(url, {**sent, "proposal_number": "2025-제안-0012", "attachments": [savings.proof()]})
    assert made_.status_code == 302
    one = Bonus.objects.get()
    assert [(s.user, s.share) for s in one.shares.all()] == [(writer, 70), (None, 30)]
    page = browser.get(reverse("bonuses:bonus_edit", args=[one.pk]))
    assert page.context["form"]["citizen_share"].value() == "30"


def test_e6_the_list_has_who_asks_and_how_much() -> None:
    one = savings.decided()
    browser = Client()
    browser.force_login(make.planner())
    page = browser.get(reverse("bonuses:list")).content.decode()
    assert one.title in page
    assert "40,000,000" in page
    assert "독촉하기" in page
    found = browser.get("/search/", {"q": "전기요금"}).content.decode()
    assert one.title in found


def test_o1_a_merger_hands_over_what_is_not_paid() -> None:
    one, into = savings.nominated(), make.DepartmentFactory(name="합친과")
    bonuses.department_merged(one.department, into, make.planner())
    one.refresh_from_db()
    assert (one.department, one.department_name, bonuses.open_of(into)) == (into, "합친과", 1)
    assert differences() == []


def test_e6_a_claim_written_anew_is_reviewed_anew() -> None:
    """What a panel resolved counts for no other amount or people than it had before it."""
    planner = make.planner()
    one = savings.nominated()
    head = make.head_of(one.department)
    savings.met(one)
    one = bonuses.take_back(one, actor=head)
    values = {**savings.VALUES, "claimed": 900_000_000}
    one = bonuses.write(one, values, [(one.written_by, Decimal(100))], actor=one.written_by)
    with pytest.raises(Rejected, match="내일부터"):
        bonuses.nominate(one, actor=head)
    with pretend(savings.DAY + dt.timedelta(1)):
        one = bonuses.nominate(one, actor=head)
        with pytest.raises(Rejected, match="실무심사를 한 회의가 없습니다"):
            bonuses.review(one, recognised=900_000_000, actor=planner)
        savings.met(one)
        assert bonuses.review(one, recognised=1, actor=planner).state == BonusState.REVIEWED


def test_d9_who_nominated_sits_in_no_session_that_resolves_on_it() -> None:
    one = savings.written()
    head = make.head_of(one.department)
    bonuses.nominate(one, actor=head)
    savings.met(one, savings.panel(head))
    with pytest.raises(Rejected, match="제척되지 않고"):
        bonuses.review(one, recognised=1, actor=make.planner())


def test_e6_nothing_is_paid_that_the_committee_has_since_resolved_against() -> None:
    one = savings.decided()
    committee = one.committee_session.panel
    with pretend(savings.DAY + dt.timedelta(1)):
        savings.met(one, committee, outcome="rejected")
        with pytest.raises(Rejected, match="의결이 바뀌었습니다"):
            bonuses.pay(one, actor=outcomes.second())
        assert not Award.objects.exists()
        one = bonuses.undo_decide(one, reason="부결", actor=make.planner())
    assert (one.wide, one.amount) == (False, None)


def test_e6_what_stands_twice_is_said_beside_its_field() -> None:
    savings.written(cause="하나", proposal_number="2025-7")
    with pytest.raises(Rejected) as refused:
        savings.written(cause="둘", proposal_number="2025-7")
    assert refused.value.field == "proposal_number"
    with pytest.raises(Rejected) as refused:
        savings.written(cause="하\u3164나")
    assert refused.value.field == "cause"


def test_e6_nobody_gets_more_than_the_most_of_a_person_by_splitting_one_saving() -> None:
    """Of one year; the next has its own."""
    person = make.UserFactory()
    alone = [(person, Decimal(100))]
    first = savings.decided(people=alone, claimed=40_000_000, amount=15_000_000, cause="하나")
    assert first.amount == 15_000_000
    second = savings.reviewed(people=alone, claimed=40_000_000, cause="둘")
    savings.met(second)
    with pytest.raises(Rejected, match="한 사람 한도") as refused:
        bonuses.decide(second, amount=5_000_001, wide=False, actor=make.planner())
    assert refused.value.field == "amount"
    assert bonuses.decide(second, amount=5_000_000, wide=False, actor=make.planner()).amount == 5_000_000
    other = savings.decided(people=alone, claimed=40_000_000, amount=20_000_000, cause="셋", year=2024)
    assert other.amount == 20_000_000
