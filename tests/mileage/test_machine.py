"""The ledger against a plain model (M2–M4): whatever is asked in whatever order, both say the same."""

import datetime as dt
from collections import defaultdict
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    rule,
    run_state_machine_as_test,
)

from basis.errors import Rejected
from core.actors import SYSTEM
from core.ledger.verify import verify_all
from mileage import catalogue as earn
from mileage.models import Account, Entry
from mileage.services.awards import Award, award, reverse
from tests import factories as make
from tests.effort import rounds

RULES = [earn.FINDING, earn.OPINION, earn.VIEWING, earn.MEETING_HOURS]
DAYS = [dt.date(2026, 6, 30), dt.date(2026, 7, 1), dt.date(2026, 7, 31)]
AMOUNTS = {"finding": 200, "opinion": 200, "viewing": 50}
LIMITS = {"opinion": 4000, "viewing": 2000, "meeting_hours": 1200}  # M4


def period(rule_key: str, day: dt.date) -> int:
    return (day.month + 5) // 6 if rule_key == "meeting_hours" else day.month


class Machine(RuleBasedStateMachine):
    """Knows only lists and sums."""

    standing = Bundle("standing")

    def __init__(self) -> None:
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.people = make.UserFactory.create_batch(3)
        self.events: dict[tuple[int, str, str], int] = {}  # what stands: its amount
        self.used: dict[tuple[int, str, int], int] = defaultdict(int)
        self.lines = 0

    def teardown(self) -> None:
        """Nothing is amiss, and what was amiss before would still be: chains do not mend themselves."""
        try:
            assert list(verify_all()) == []
        finally:
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    @rule(
        target=standing,
        who=st.integers(0, 2),
        what=st.sampled_from(RULES),
        event=st.integers(0, 30),
        day=st.sampled_from(DAYS),
        hours=st.integers(1, 16).map(lambda n: n * 50),
        often=st.integers(1, 2),
    )
    def earn(self, who: int, what: earn.Rule, event: int, day: dt.date, hours: int, often: int) -> Any:
        asked = AMOUNTS.get(what.key, hours)
        one = Award(what, self.people[who], f"e:{event}", day, "일", amount=None if what.amount else hours)
        made = award([one] * often, actor=SYSTEM)
        key = (who, what.key, f"e:{event}")
        if key in self.events:
            assert made == []
            return None
        limit = LIMITS.get(what.key)
        place = (who, what.key, period(what.key, day))
        amount = asked if limit is None else max(0, min(asked, limit - self.used[place]))
        self.events[key] = amount
        self.used[place] += amount
        self.lines += 1
        assert [(e.asked, e.amount) for e in made] == [(asked, amount)]
        return (made[0].pk, key, place)

    @rule(entry=consumes(standing))
    def take_back(self, entry: Any) -> None:
        if entry is None:
            return
        pk, key, place = entry
        found = Entry.objects.select_related("account").get(pk=pk)
        reverse([found], reason="취소", actor=SYSTEM)
        amount = self.events.pop(key)
        self.used[place] -= amount
        self.lines += 1
        with pytest.raises(Rejected):
            reverse([found], reason="취소", actor=SYSTEM)

    @invariant()
    def balances_are_sums(self) -> None:
        for number, person in enumerate(self.people):
            kept = sum(Account.objects.filter(user=person).values_list("balance", flat=True))
            assert kept == sum(amount for (who, *_), amount in self.events.items() if who == number)
        assert Entry.objects.count() == self.lines


@pytest.mark.slow
@pytest.mark.django_db
def test_m3_m4_the_ledger_does_what_a_plain_model_does() -> None:
    run_state_machine_as_test(
        Machine, settings=settings(max_examples=rounds(25, 100), stateful_step_count=25, deadline=None)
    )
