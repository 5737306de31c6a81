"""Wrong passwords slow down whoever tries them, and nobody else (D4; why so: docs/adr/0017).

A try is counted before the password is looked at, so that many at once are not more than one after another; a right one
takes its own back. While a place must wait, tries there change nothing: the wait ends when it was said to end.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.addresses import client_address, network_of
from core.now import now
from organization.models import LoginTries, User
from organization.policies import ACCOUNT_TRIES, DEVICE_DAYS, LONGEST_WAIT, NETWORK_TRIES, TRIES

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIRST_WAIT = timedelta(minutes=1)  # doubled by each further wrong try, up to the policy's longest
SALT = "organization.device"


class Locked(Rejected):
    """No password is looked at until then."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = max(1, int(wait.total_seconds()))
        self.minutes = -(-self.seconds // 60)
        message = _(
            "비밀번호가 여러 번 맞지 않아 잠시 제한되었습니다. %(minutes)d분 뒤에 다시 시도해 주세요."
        )
        super().__init__(message % {"minutes": self.minutes}, field="password")


@dataclass(frozen=True)
class _Counted:
    """So many wrong ones within the window; then one waits."""

    who: str
    place: str
    limit: int
    window: timedelta = DAY


Attempt = Sequence[_Counted]


def device_cookie() -> str:
    return ("__Host-" if settings.SESSION_COOKIE_SECURE else "") + "device"


def remember(request: HttpRequest, response: HttpResponse, number: str) -> None:
    """This browser has logged this person in: what strangers try from elsewhere does not concern it."""
    if _device_of(request, _digest(number)):
        return
    value = signing.dumps([_digest(number), secrets.token_hex(8)], salt=SALT)
    response.set_cookie(
        device_cookie(),
        value,
        max_age=DEVICE_DAYS.current() * 86400,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def begin(request: HttpRequest, number: str) -> Attempt:
    """Count a log-in. Raises: Locked."""
    who, network = _digest(number), network_of(client_address(request))
    if device := _device_of(request, who):
        return _count([_Counted(who, f"device:{device}", TRIES.current())])
    return _count(
        [
            _Counted("", network, NETWORK_TRIES.current(), HOUR),
            _Counted(who, "", ACCOUNT_TRIES.current()),
            _Counted(who, network or "?", TRIES.current()),
        ]
    )


def succeed(attempt: Attempt) -> None:
    """It was the right one: the last of what was counted is forgotten, what is wider loses this try."""
    *wider, own = attempt
    LoginTries.objects.filter(who=own.who, place=own.place).delete()
    for one in wider:
        rows = LoginTries.objects.filter(who=one.who, place=one.place, count__gt=0)
        rows.update(count=F("count") - 1, until=None)


def is_own_password(user: User, password: str) -> bool:
    """Asked again within a session, and counted: whoever sits down at another's desk does not go on guessing.

    Raises: Locked."""
    attempt = _count([_Counted(_digest(user.employee_number), "session", TRIES.current())])
    if right := user.check_password(password):
        succeed(attempt)
    return right


def forget(user: User) -> int:
    """Nobody waits any more for this account; of how many places."""
    return LoginTries.objects.filter(who=_digest(user.employee_number)).delete()[0]


def clear_old() -> int:
    """What no window reaches any more."""
    return LoginTries.objects.filter(since__lt=now() - 2 * DAY).delete()[0]


@transaction.atomic
def _count(counted: Attempt) -> Attempt:
    moment = now()
    LoginTries.objects.bulk_create(
        [LoginTries(who=one.who, place=one.place, since=moment) for one in counted], ignore_conflicts=True
    )
    # One after the other in the order of `counted`: whoever waits for a row holds only narrower ones.
    rows = [LoginTries.objects.select_for_update().get(who=one.who, place=one.place) for one in counted]
    waits = [row.until - moment for row in rows if row.until and row.until > moment]
    if waits:
        raise Locked(max(waits))
    for row, one in zip(rows, counted, strict=True):
        if moment - row.since > one.window:
            row.count, row.since = 0, moment
        row.count += 1
        if row.count >= one.limit:
            longest = timedelta(minutes=LONGEST_WAIT.current())
            row.until = moment + min(longest, FIRST_WAIT * 2 ** min(row.count - one.limit, 20))
        row.save()
    return counted


def _digest(number: str) -> str:
    return salted_hmac("organization.tries", number.strip().lower(), algorithm="sha256").hexdigest()[:32]


def _device_of(request: HttpRequest, who: str) -> str:
    """The mark of a browser that this person has logged in with."""
    try:
        age = timedelta(days=DEVICE_DAYS.current())
        owner, mark = signing.loads(request.COOKIES.get(device_cookie(), ""), salt=SALT, max_age=age)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(mark) if owner == who else ""
