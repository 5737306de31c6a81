"""Leaks as they become known, for tests."""

import datetime as dt
from typing import Any

from core.models import AccessLog
from core.now import now
from leaks.models import Leak
from leaks.services import leaks
from organization.enums import Role
from organization.models import User
from tests import factories as make

SEOUL = dt.timezone(dt.timedelta(hours=9))
FRIDAY = dt.datetime(2026, 11, 27, 15, 20, tzinfo=SEOUL)  # the leak becomes known
HOUR = dt.timedelta(hours=1)


def officer(**values: Any) -> User:
    return make.UserFactory(roles=[Role.AUDITOR], **values)


def looked(
    actor: User | None, person: User | None = None, *, at: dt.datetime = FRIDAY - 2 * HOUR, **values: Any
) -> AccessLog:
    """A row of the log."""
    row = {"action": "view", "subject_kind": "staff", "subject_label": "직원", "person": person, **values}
    return AccessLog.objects.create(actor=actor, at=at, **row)


def facts(**values: Any) -> dict[str, Any]:
    return {
        "title": "명단을 다른 사람에게 보냄",
        "found_at": FRIDAY,
        "happened_from": FRIDAY - 3 * HOUR,
        "happened_to": FRIDAY - HOUR,
        "what": "담당자가 명단 파일을 잘못 보냈습니다.",
        "items": "이름, 전화번호",
        "sensitive": False,
        "intrusion": False,
        "account": None,
        "looks_from": None,
        "looks_to": None,
        "measures": "받은 사람이 파일을 지운 것을 확인했습니다.",
        "advice": "모르는 번호의 전화를 조심해 주세요.",
        "contact": "감사담당관 02-000-0000",
        **values,
    }


def by_account(account: User, **values: Any) -> dict[str, Any]:
    """From what somebody looked at in the day before it became known."""
    return facts(account=account, looks_from=FRIDAY - 24 * HOUR, looks_to=FRIDAY, **values)


def within_a_day() -> dict[str, Any]:
    """Known by now, from the looks of the last day."""
    moment = now()
    past = {"happened_from": None, "happened_to": None}
    return {**past, "found_at": moment, "looks_from": moment - 24 * HOUR, "looks_to": moment}


def leaked(actor: User | None = None, **values: Any) -> Leak:
    """The caller pretends a moment after Friday afternoon, or this is today."""
    return leaks.register(facts(**values), actor=actor or officer())
