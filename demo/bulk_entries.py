"""Many made-up points and hours for measuring, posted through the ledger itself: its chains must hold."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.db.models import Max

from basis.errors import Rejected
from core.actors import SYSTEM
from core.now import today
from mileage import catalogue as earn
from mileage.models import Entry
from mileage.services.awards import Award, award
from organization.enums import Position
from organization.models import Department, Posting, User

STAFF = 1_500
YEARS = 5
BATCH = 2_000
RULES = (
    (earn.FINDING, 3),
    (earn.REVIEWING, 6),
    (earn.IMPLEMENTING, 1),
    (earn.VISITING, 1),
    (earn.VISIT_HOURS, 1),
    (earn.OPINION, 20),
    (earn.VIEWING, 60),
    (earn.POST_WORK, 8),
)


def generate_entries(count: int, *, seed: int, progress: Callable[[int], None]) -> None:
    """`count` awards to at least 1,500 people over five years. Rejected without departments."""
    chance = random.Random(seed)  # noqa: S311  made-up data
    people, day = _staff(chance), today()
    begin = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    rules, weights = zip(*RULES, strict=True)
    written = 0
    while written < count:
        size = min(BATCH, count - written)
        chosen = chance.choices(rules, weights, k=size)
        award(
            (
                Award(
                    rule,
                    chance.choice(people),
                    f"load:{begin + written + number}",
                    _day(chance, day),
                    "성능을 재기 위한 기록",
                )
                for number, rule in enumerate(chosen)
            ),
            actor=SYSTEM,
        )
        written += size
        progress(written)


def _day(chance: random.Random, last: date) -> date:
    return last - timedelta(days=int(chance.triangular(0, 365 * YEARS, 0)))


def _staff(chance: random.Random) -> list[User]:
    """The district's people and as many made-up ones as are missing."""
    departments = list(Department.objects.open_on(today()).reviewing())
    if not departments:
        raise Rejected("부서가 없습니다. 먼저 load_demo를 실행해 주세요.")
    people = list(User.objects.filter(is_active=True).exclude(department=None))
    made = [_person(number, chance.choice(departments)) for number in _missing(len(people))]
    User.objects.bulk_create(made, batch_size=400)
    start = today() - timedelta(days=366 * YEARS)
    Posting.objects.bulk_create(
        [
            Posting(user=user, department=user.department, position=user.position, valid_from=start)
            for user in made
        ],
        batch_size=400,
    )
    return [*people, *made]


def _missing(there: int) -> Iterator[int]:
    yield from range(there, STAFF)


def _person(number: int, department: Department) -> User:
    user = User(
        employee_number=f"L{number:05d}",
        name=f"직원{number}",
        department=department,
        position=Position.OFFICER,
        is_demo=True,
    )
    user.set_unusable_password()
    return user
