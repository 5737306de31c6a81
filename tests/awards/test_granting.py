"""What a decision gives: once, numbered, taxed, paid from the purse (A1–A5, P13)."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from awards.enums import AwardState, Receiver, Tax
from awards.models import Award
from awards.policies import DEPARTMENT_TAXED, LEAVE_MOST
from awards.selectors import over_limit
from awards.selectors.tax import totals
from awards.services.granting import grant
from awards.services.handing import hand_over, release, withhold
from basis.errors import Rejected
from budgets.models import BudgetEntry
from core.ledger.verify import verify_all
from core.now import pretend, today
from notifications.models import Notice
from policies.models import PolicyValue
from policies.registry import Policy, cache_clear
from tests import factories as make
from tests.awards.made import DAY, again, citizen, clerk, figures, fund, gift, given

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("money")]


def change(policy: Policy[Any], value: Any) -> None:
    said = {"document": "시험", "reason": "시험", "author": make.planner()}
    PolicyValue.objects.create(key=policy.key, value=value, effective_from="2015-01-01", **said)
    cache_clear()


def test_a5_a_decision_gives_once_and_numbers_go_on_within_the_year() -> None:
    gifts = [gift(), gift(), citizen()]
    first = grant(gifts, actor=make.planner())
    assert grant(list(reversed(gifts)), actor=make.planner()) == first[::-1]
    assert [award.number for award in first] == [1, 2, 3]
    assert given().certificate == "제2016-4호"
    fund(year=2015)
    assert given(decided_on=dt.date(2015, 12, 30)).code == "2015-0001"
    assert Award.objects.count() == 5
    assert first[0].due_on == DAY + dt.timedelta(days=30)


def test_a5_the_same_key_twice_in_one_breath_is_one_award() -> None:
    one = gift()
    assert len(set(grant([one, one], actor=make.planner()))) == 1


def test_a1_citizens_are_taxed_in_no_way_and_no_resident_number_is_taken() -> None:
    award = given(citizen(amount=1_000_000))
    assert (award.tax, award.user) == (Tax.FREE, None)
    for bad in ("900101-1234568", "800101 1234564"):
        for name in ("name", "work", "decision", "other", "withheld"):
            with pytest.raises(Rejected, match="주민등록번호"):
                grant([citizen(**{name: f"김하늘 {bad}"})], actor=make.planner())
    with pytest.raises(Rejected, match="주민등록번호"):
        hand_over(award, handed_on=today(), receipt="900101-1234568", actor=clerk())
    assert again(award).state == AwardState.GRANTED
    names = {field.name for field in Award._meta.get_fields()}
    assert not {name for name in names if "resident" in name or "identity" in name or "withholding" in name}


def test_a2_staff_earn_departments_as_the_policy_says_and_what_has_no_money_is_not_taxed() -> None:
    place = make.DepartmentFactory()
    assert given().tax == Tax.EARNED
    assert given(amount=0).tax == Tax.NONE
    assert given(receiver=Receiver.DEPARTMENT, department=place).tax == Tax.NONE
    change(DEPARTMENT_TAXED, True)
    assert given(receiver=Receiver.DEPARTMENT, department=place).tax == Tax.EARNED


def test_a5_money_is_set_aside_in_the_year_of_the_decision_and_spent_when_handed_over() -> None:
    award = given()
    assert figures() == (200_000, 0, 1_800_000)
    hand_over(award, handed_on=today(), receipt="수령-1", actor=clerk())
    assert figures() == (0, 200_000, 1_800_000)
    given(from_purse=False)
    given(amount=0)
    assert figures() == (0, 200_000, 1_800_000)
    assert not list(verify_all())


def test_a5_without_a_budget_or_with_too_little_nothing_at_all_is_given() -> None:
    with pytest.raises(Rejected, match=r"2015년 시상 예산이 없습니다"):
        given(decided_on=dt.date(2015, 12, 30))
    with pytest.raises(Rejected, match=r"모두 2,400,000원인데 2,000,000원"):
        grant([gift(amount=1_200_000), citizen(amount=1_200_000)], actor=make.planner())
    assert not Award.objects.exists()
    assert not BudgetEntry.objects.exclude(kind="allocate").exists()


def test_p13_shares_are_paid_as_they_were_split_and_what_is_withheld_keeps_its_money() -> None:
    parts = [(33_334, "33.34"), (33_333, "33.33"), (33_333, "33.33")]
    awards = grant(
        [citizen(f"구민{n}", amount=won, share=Decimal(share)) for n, (won, share) in enumerate(parts)],
        actor=make.planner(),
    )
    assert sum(award.amount for award in awards) == 100_000
    held = given(citizen(withheld="다른 기관에서 같은 제안으로 시상함"))
    assert (held.state, held.reason) == (AwardState.WITHHELD, "다른 기관에서 같은 제안으로 시상함")
    assert figures()[0] == 300_000
    with pytest.raises(Rejected):
        hand_over(held, handed_on=today(), receipt="1", actor=clerk())
    release(held, actor=make.planner())
    withhold(held, reason="연락이 닿지 않음", actor=make.planner())
    release(held, actor=make.planner())
    hand_over(held, handed_on=today(), receipt="1", actor=clerk())
    assert again(held).state == AwardState.HANDED


def test_a2_who_comes_near_the_limit_or_over_it_is_known_before_and_told_after() -> None:
    fund(10_000_000)
    user, other = make.UserFactory(), make.UserFactory()
    given(user=user, amount=1_800_000)
    near, over = gift(user, amount=120_000), gift(user, amount=700_000)
    assert [(one.user, one.after, one.over) for one in over_limit([near])] == [(user, 1_920_000, 0)]
    assert over_limit([gift(user, amount=119_999), gift(other), citizen(amount=5_000_000)]) == []
    (found,) = over_limit([over])
    assert (found.before, found.after, found.over) == (1_800_000, 2_500_000, 100_000)
    assert not Notice.objects.filter(kind="awards.over_limit").exists()
    grant([over], actor=make.planner())
    assert {n.recipient for n in Notice.objects.filter(kind="awards.over_limit")} == {make.planner(), clerk()}
    assert over_limit([over]) == []  # it has been counted


def test_a2_the_year_is_that_of_the_day_of_payment() -> None:
    fund(year=2015)
    user = make.UserFactory()
    award = given(user=user, decided_on=dt.date(2015, 12, 30))
    assert [(one.paid, one.coming) for one in totals(2015)] == [(0, 200_000)]
    hand_over(award, handed_on=today(), receipt="1", actor=clerk())
    assert totals(2015) == []
    (total,) = totals(2016)
    assert (total.paid, total.free, total.taxable, total.over) == (200_000, 200_000, 0, 0)


def test_a2_what_is_over_the_limit_is_taxed() -> None:
    fund(10_000_000)
    user = make.UserFactory()
    hand_over(given(user=user, amount=2_500_000), handed_on=today(), receipt="1", actor=clerk())
    (total,) = totals(2016)
    assert (total.free, total.taxable, total.over, total.warns) == (2_400_000, 100_000, 100_000, True)


def test_a4_leave_beyond_the_year_is_recorded_as_capped_and_ends_by_its_day() -> None:
    user = make.UserFactory()
    change(LEAVE_MOST, 5)
    first, second = grant([gift(user, leave_days=3), gift(user, leave_days=3)], actor=make.planner())
    third = given(user=user, leave_days=2)
    assert [(one.leave_days, one.leave_over) for one in (first, second, third)] == [(3, 0), (3, 1), (2, 2)]
    assert first.leave_until == dt.date(2016, 7, 15)
    with pretend(dt.date(2016, 8, 31)):
        assert given(leave_days=1).leave_until == dt.date(2017, 2, 28)
    fund(year=2017)
    with pretend(dt.date(2017, 1, 2)):
        assert given(user=user, leave_days=5).leave_over == 0
