"""Two at once: the purse is not overdrawn, a bonus is paid once, a year is confirmed once (I7, I8)."""

from collections.abc import Callable
from typing import Any

import pytest

from awards.models import Award
from basis.errors import Rejected
from budgets.selectors import budget_overview
from core.now import today
from incentives.models import Payout, Thanks
from incentives.purse import BONUS
from incentives.services import payouts, rewards
from tests import factories as make
from tests.incentives import won
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def tried(work: Callable[[], Any]) -> Callable[[], bool]:
    def inner() -> bool:
        try:
            work()
        except Rejected:
            return False
        return True

    return inner


def test_i7_of_two_agreed_at_once_only_what_the_purse_has() -> None:
    won.funded(12_000_000)
    two = [won.approved(won.result(None, "우수", won.money())) for _number in range(2)]
    planner = make.planner()
    both = [tried(lambda one=one: payouts.agree(one, actor=planner)) for one in two]
    assert sorted(at_once(*both)) == [False, True]
    assert budget_overview(BONUS, today().year).reserved == 8_000_000
    assert sorted(Payout.objects.values_list("state", flat=True)) == ["agreed", "approved"]


def test_i7_paid_once_however_many_press() -> None:
    won.funded()
    one, planner = won.requested(won.result(None, "우수", won.money())), make.planner()
    press = tried(lambda: payouts.pay(one, on=today(), actor=planner))
    assert sorted(at_once(press, press)) == [False, True]
    assert budget_overview(BONUS, today().year).spent == 8_000_000


def test_i8_confirmed_once_however_many_press() -> None:
    of = won.division()
    won.named(of)
    won.result(of, "최우수")
    thanks, planner = Thanks.objects.get(), make.planner()
    press = tried(lambda: rewards.confirm(thanks, document="기획예산과-90", actor=planner))
    assert sorted(at_once(press, press)) == [False, True]
    assert Award.objects.count() == 2
