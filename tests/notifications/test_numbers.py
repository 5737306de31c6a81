"""The numbers beside the menus, counted by hand, against the same asked one by one."""

import datetime as dt

import pytest
from django.db.models import QuerySet

from core.models import OpenWork
from core.now import pretend, today
from notifications.numbers import NUMBERS, Counted, Number, numbers
from notifications.selectors import waiting_for
from organization.models import User
from organization.selectors import departments_of, reads_all
from tests import factories as make
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


def asked(number: Number, user: User) -> int:
    work: QuerySet[OpenWork] = OpenWork.objects.about(number.model)
    seen = work.filter(department__in=departments_of(user))
    match number.counted:
        case Counted.WAITING:
            found = work.filter(pk__in=waiting_for(user).values("pk"))
        case Counted.DEPARTMENT:
            found = seen
        case Counted.LATE:
            found = (work if reads_all(user) else seen).filter(due__lt=today(), paused=False)
    return found.values("object_id").distinct().count()


def test_o5_numbers_are_what_the_table_of_open_work_has_for_each_person(world: World) -> None:
    """In a year, when all is late, and while a reviewer stands in for the head."""
    day = today() + dt.timedelta(days=365)
    head, reviewer = world.people["head"], world.people["reviewer"]
    assert head
    assert reviewer
    make.away(head, reviewer, day, day)
    counted: dict[Counted, int] = dict.fromkeys(Counted, 0)
    with pretend(day):
        for user in User.objects.filter(is_active=True):
            for number in NUMBERS:
                found = numbers(make.fresh(user), number.section)[number.name]
                assert found == asked(number, user), (user, number)
                counted[number.counted] += found
    assert all(counted.values()), counted
