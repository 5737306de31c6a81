"""Wrong passwords slow down whoever tries them, and nobody else (D4; core.tries; why so: docs/adr/0017)."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core import tries
from core.addresses import client_address, network_of
from core.now import now
from core.tries import HOUR, Attempt, Counted, succeed
from organization.models import User
from organization.policies import ACCOUNT_TRIES, DEVICE_DAYS, LONGEST_WAIT, NETWORK_TRIES, TRIES

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
        return _count([_counted(who, f"device:{device}", TRIES.current())])
    return _count(
        [
            _counted("", network, NETWORK_TRIES.current(), HOUR),
            _counted(who, "", ACCOUNT_TRIES.current()),
            _counted(who, network or "?", TRIES.current()),
        ]
    )


def is_own_password(user: User, password: str) -> bool:
    """Asked again within a session, and counted: whoever sits down at another's desk does not go on guessing.

    Raises: Locked."""
    attempt = _count([_counted(_digest(user.employee_number), "session", TRIES.current())])
    if right := user.check_password(password):
        succeed(attempt)
    return right


def forget(user: User) -> int:
    """Nobody waits any more for this account; of how many places."""
    return tries.forget(_digest(user.employee_number))


def _counted(who: str, place: str, limit: int, window: timedelta = tries.DAY) -> Counted:
    return Counted(who, place, limit, window, timedelta(minutes=LONGEST_WAIT.current()))


def _count(attempt: Attempt) -> Attempt:
    try:
        tries.count(attempt)
    except tries.Waiting as waiting:
        raise Locked(waiting.until - now()) from None
    return attempt


def _digest(number: str) -> str:
    return tries.digest("organization.tries", number)


def _device_of(request: HttpRequest, who: str) -> str:
    """The mark of a browser that this person has logged in with."""
    try:
        age = timedelta(days=DEVICE_DAYS.current())
        owner, mark = signing.loads(request.COOKIES.get(device_cookie(), ""), salt=SALT, max_age=age)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(mark) if owner == who else ""
