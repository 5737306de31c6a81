"""Several people at once (A5, P13)."""

from collections.abc import Callable
from typing import Any

import pytest

from awards.enums import AwardState
from awards.models import Award
from awards.services.granting import grant
from awards.services.handing import hand_over, take_back
from awards.services.revoking import ask_revocation, revoke
from basis.errors import Rejected
from budgets.models import BudgetEntry
from core.ledger.verify import verify_all
from core.now import pretend
from tests import factories as make
from tests.awards.made import DAY, again, clerk, figures, gift, given, second_planner
from tests.threads import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("money"),
]


def trying(act: Callable[..., Any], *args: Any, **values: Any) -> Callable[[], str]:
    """Act, and give what was refused."""

    def work() -> str:
        with pretend(DAY):
            try:
                act(*args, **values)
            except Rejected as rejected:
                return rejected.message
        return ""

    return work


def test_a5_granted_by_several_at_once_there_is_one_set() -> None:
    planner = make.planner()
    for _round in range(5):
        gifts = [gift(amount=10_000) for _n in range(4)]
        before = Award.objects.count()
        works = [trying(grant, part, actor=planner) for part in (gifts, gifts[::-1], gifts[:2], gifts[2:])]
        assert at_once(*works) == ["", "", "", ""]
        assert Award.objects.count() == before + 4
    numbers = list(Award.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 21))
    assert figures() == (200_000, 0, 1_800_000)
    assert not list(verify_all())


def test_a5_handed_over_by_several_at_once_it_is_spent_once() -> None:
    award, officer = given(), clerk()
    works = [trying(hand_over, award, handed_on=DAY, receipt=str(n), actor=officer) for n in range(4)]
    assert sorted(map(bool, at_once(*works))) == [False, True, True, True]
    assert figures() == (0, 200_000, 1_800_000)
    assert BudgetEntry.objects.of(award).count() == 3  # set aside, freed, spent


def test_p13_revoked_and_handed_over_or_taken_back_at_once_the_money_is_right() -> None:
    planner, second, officer = make.planner(), second_planner(), clerk()
    for _round in range(4):
        award = hand_over(given(amount=1_000), handed_on=DAY, receipt="1", actor=officer)
        ask_revocation(award, reason="복제", note="복제", actor=planner)
        works = [
            trying(revoke, award, actor=second),
            trying(revoke, award, actor=second),
            trying(take_back, award, reason="오기", actor=officer),
        ]
        assert sum(not said for said in at_once(*works)) == 1
        assert (again(award).state, again(award).asked_back) == (AwardState.REVOKED, 1_000)
    assert figures() == (0, 4_000, 1_996_000)
    assert not list(verify_all())
