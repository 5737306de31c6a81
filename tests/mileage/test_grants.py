"""Granting to many by several at the same moment (M3, M4): real threads on PostgreSQL."""

import datetime as dt
from functools import partial

import pytest

from core.actors import SYSTEM
from core.ledger.verify import verify_all
from mileage import catalogue as earn
from mileage.models import Account, Entry
from mileage.services.awards import Award, award
from organization.models import User
from tests import factories as make
from tests.threads import at_once

DAY = dt.date(2026, 11, 20)
ROUNDS, PEOPLE, VIEWS = 8, 60, 9


def grant(turn: int, people: list[User]) -> int:
    asked = [Award(earn.VIEWING, who, f"{turn}:{n}", DAY, "조회") for who in people for n in range(VIEWS)]
    return len(award(asked, actor=SYSTEM))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_m3_m4_grants_to_the_same_people_in_any_order_neither_block_nor_double() -> None:
    """Accounts are opened and locked in one order, however the awards are listed."""
    people = list(make.UserFactory.create_batch(PEOPLE))
    for turn in range(ROUNDS):
        order = people[turn:] + people[:turn]
        made = at_once(*[partial(grant, turn, order[::step]) for step in (1, -1, 1, -1)])
        assert sorted(made) == [0, 0, 0, PEOPLE * VIEWS]
    assert Entry.objects.filter(rule=earn.VIEWING.key).count() == PEOPLE * ROUNDS * VIEWS
    cap = earn.VIEWS.on(DAY)
    given = min(cap, earn.VIEWING.on(DAY) * ROUNDS * VIEWS)
    assert set(Account.objects.values_list("balance", "length")) == {(given, ROUNDS * VIEWS)}
    assert given == cap
    assert list(verify_all()) == []
