"""Things that wait for a decision, and requests of planning to enter points or take them back by hand."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.files.base import ContentFile

from core.actors import SYSTEM
from mileage import catalogue as earn
from mileage.models import Entry, Request
from mileage.services import requests as services
from mileage.services.awards import Award, award
from organization.enums import Role
from organization.models import User
from tests import factories as make

DAY = dt.date(2026, 11, 20)


class Asked(NamedTuple):
    """A thing that waits for a decision, who asked for it, and how it would be decided."""

    thing: Any
    asker: User
    decide: Callable[[User], Any]


def paper(name: str = "근거.pdf") -> ContentFile:
    return ContentFile(b"%PDF-1.4 test", name=name)


def second_planner() -> User:
    return make.UserFactory(department=make.planner().department, roles=[Role.PLANNING])


def grant(*people: User, **values: Any) -> Request:
    given = {
        "rule": earn.FINDING, "amount": None, "day": DAY, "title": "누락분 인정", "reason": "확인이 늦었습니다.",
        "files": [paper()], "actor": make.planner(), **values,
    }  # fmt: skip
    return services.request_grant(people=people, **given)


def earned(user: User, event: str = "a") -> Entry:
    (entry,) = award([Award(earn.FINDING, user, event, DAY, "공유주차")], actor=SYSTEM)
    return entry
