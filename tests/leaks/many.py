"""Leaks, many and varied, for tests of lists; whoever asks for them checks the access log."""

import datetime as dt

from leaks.enums import State
from leaks.models import Leak
from organization.enums import Role
from organization.models import RoleAssignment
from tests.factories import SINCE, planner
from tests.proposals.many import DAY, some

NOON = dt.datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=dt.UTC)


def leaks(count: int) -> list[Leak]:
    RoleAssignment.objects.get_or_create(user=planner(), role=Role.AUDITOR, valid_from=SINCE)
    first = Leak.objects.count()
    return Leak.objects.bulk_create(
        Leak(
            year=DAY.year,
            number=first + n + 1,
            title=some(n, "명단을 보냄", "노트북을 잃음"),
            found_at=NOON + dt.timedelta(hours=n % 9),
            hours=72,
            what="경위",
            state=some(n, *State.values),
            from_log=n % 6,
            told_at=some(n, None, NOON + dt.timedelta(days=1)),
        )
        for n in range(count)
    )
