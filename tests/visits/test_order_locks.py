"""Many travel orders at once (V2): cases are locked before visits and in their order, so nobody waits in a circle."""

import pytest

from benchmarking.models import Case
from core.now import pretend
from tests import factories as make
from tests import visiting as v
from tests.threads import in_hand
from tests.visiting import DAY
from visits.enums import VisitState
from visits.services import orders

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_v2_many_orders_hold_no_case_while_they_wait_for_one_before_it(money: None) -> None:
    early, late = make.ReviewFactory(), make.ReviewFactory()
    assert early.case_id < late.case_id
    first = v.visit(VisitState.APPROVED, review=late)  # the earlier visit belongs to the later case
    second = v.visit(VisitState.APPROVED, review=early)
    actor = v.orderer()

    def order() -> None:
        with pretend(DAY):
            results = orders.order_many([(first, "총무과-1"), (second, "총무과-2")], actor=actor)
            assert [result.error for result in results] == ["", ""]

    with in_hand(Case.objects.filter(pk=early.case_id), order) as waits:
        assert waits
        Case.objects.select_for_update(nowait=True, of=("self",)).get(pk=late.case_id)
    assert {v.again(one).state for one in (first, second)} == {VisitState.ORDERED}
