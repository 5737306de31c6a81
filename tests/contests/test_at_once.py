"""Two at once: one practice a department, entered once (E5); one bonus a cause, paid once (E6)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from awards.models import Award
from basis.errors import Rejected
from contests.models import Bonus, Contest, Practice
from contests.services import bonuses, contests, practices
from core.models import TransitionLog
from core.now import pretend
from organization.models import User
from tests import factories as make
from tests.contests import made, savings
from tests.evaluations import results as outcomes
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def tried(work: Callable[[], Any]) -> Callable[[], bool]:
    def inner() -> bool:
        try:
            with pretend(made.DAY):
                work()
        except Rejected:
            return False
        return True

    return inner


def test_e5_a_department_enters_one_practice_however_many_press() -> None:
    place = make.DepartmentFactory()
    with pretend(made.DAY):
        one = made.written(made.practice(place))
        head = make.head_of(place)
    press = tried(lambda: practices.enter(one, actor=head))
    assert sorted(at_once(press, press)) == [False, True]
    assert TransitionLog.objects.filter(name="enter").count() == 1


def test_e5_the_database_keeps_a_second_practice_out() -> None:
    place = make.DepartmentFactory()
    with pretend(made.DAY):
        one = made.practice(place)
        late = make.DepartmentFactory()

        def ask() -> int:
            with pretend(made.DAY), transaction.atomic():
                return len(contests.ask_all(contests.locked(one.contest)))

        assert sorted(at_once(ask, ask)) == [0, 1]
    assert Practice.objects.filter(department=late).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.create(
            contest=one.contest, department=place, department_name="또", due_on=made.CLOSES
        )


def test_e5_of_two_contests_of_a_year_at_once_one_is_refused() -> None:
    planner = make.planner()
    press = tried(lambda: contests.prepare(made.values(), actor=planner))
    assert sorted(at_once(press, press)) == [False, True]
    assert Contest.objects.count() == 1


def test_e6_of_two_bonuses_for_one_cause_at_once_one_is_refused() -> None:
    with pretend(savings.DAY):
        writers = [make.UserFactory(), make.UserFactory()]

    def write(writer: User) -> Callable[[], Any]:
        people = [(writer, Decimal(100))]

        def work() -> None:
            bonuses.write(None, savings.VALUES, people, actor=writer)

        return tried(work)

    assert sorted(at_once(*map(write, writers))) == [False, True]
    assert Bonus.objects.count() == 1


def test_e6_a_bonus_is_paid_once_however_many_press() -> None:
    with pretend(savings.DAY):
        one, second = savings.decided(), outcomes.second()
    press = tried(lambda: bonuses.pay(one, actor=second))
    assert sorted(at_once(press, press)) == [False, True]
    assert Award.objects.count() == 1
