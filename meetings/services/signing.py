"""Members sign in with the number on the screen of the room: whoever types it is there (C7)."""

import datetime as dt
from math import ceil
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core import roomcode, tries
from core.now import now
from core.permissions import ensure
from meetings.attending import closes, opens, room, seat_for
from meetings.enums import SessionState
from meetings.models import Session, SignIn
from meetings.policies import SIGN_TRIES, SIGN_WAIT

SALT = "meetings.sign"


class Slowed(Rejected):
    """No number of this person is looked at until then."""

    def __init__(self, wait: dt.timedelta) -> None:
        self.seconds = max(1, ceil(wait.total_seconds()))
        message = _("번호를 여러 번 틀려 잠시 제한되었습니다. %(seconds)d초 뒤에 다시 입력해 주세요.")
        super().__init__(message % {"seconds": self.seconds}, field="code")


def device_of(secret: str) -> str:
    """What is kept of a phone: the same for the same one, and nothing that leads to it."""
    return salted_hmac(SALT, secret, algorithm="sha256").hexdigest()[:32] if secret else ""


def sign(session: Session, code: str, *, user: Any, device: str = "") -> SignIn:
    """The person's own signature, or that of whom the person comes instead of; once, however often it is sent.

    Wrong tries are counted by person and session, in no transaction: thirty phones behind one address are thirty
    people. Raises: Refused, Slowed, Rejected: not open (it says when it opens), a number that stands there no more.
    """
    session = Session.objects.select_related("panel").get(pk=session.pk)
    ensure(user, "meetings.sign", session)
    if (found := _found(session, user)) is not None:
        return found
    need_open(session)
    attempt = _attempt(session, user)
    try:
        tries.count(attempt)
    except tries.Waiting as waiting:
        raise Slowed(waiting.until - now()) from None
    if not roomcode.accepts(room(session), code):
        raise Rejected(_("번호가 맞지 않거나 바뀌었습니다. 화면의 지금 번호를 입력해 주세요."), field="code")
    tries.succeed(attempt)
    return _signed(session, user, device)


def need_open(session: Session) -> None:
    """Raises: Rejected with the hours in which one can sign."""
    if session.state == SessionState.CANCELLED:
        raise Rejected(_("취소된 회의입니다."), field="code")
    first, last, moment = opens(session), closes(session), now()
    if moment < first:
        said = _("아직 서명할 수 없습니다. %(when)s부터 서명할 수 있습니다.")
        raise Rejected(said % {"when": _clock(first)}, field="code")
    if moment > last or session.state not in (SessionState.PLANNED, SessionState.PAST):
        said = _("서명이 끝났습니다(%(when)s까지). 참석했으면 총무에게 알려 주세요.")
        raise Rejected(said % {"when": _clock(last)}, field="code")


def _clock(moment: dt.datetime) -> str:
    """`9. 10. 13:30`; the day only where it is not today."""
    local = localtime(moment)
    day = "" if local.date() == localtime(now()).date() else f"{local.month}. {local.day}. "
    return f"{day}{local:%H:%M}"


def _attempt(session: Session, user: Any) -> tries.Attempt:
    longest = dt.timedelta(minutes=SIGN_WAIT.on(session.held_on))
    limit = SIGN_TRIES.on(session.held_on)
    return [tries.Counted(tries.digest(SALT, str(user.pk)), f"sign:{session.pk}", limit, longest=longest)]


def _found(session: Session, user: Any) -> SignIn | None:
    return session.signs.filter(user=user).first()


@transaction.atomic
def _signed(session: Session, user: Any, device: str) -> SignIn:
    seat = seat_for(session, user)
    if seat is None:
        raise Rejected(_("이 회의에 오기로 한 사람이 아닙니다. 총무에게 알려 주세요."), field="code")
    values = {"user": user, "device": device[:32], "signed_at": now()}
    made, created = SignIn.objects.get_or_create(session=session, seat=seat, defaults=values)
    if not created and made.user_id != user.pk:
        raise Rejected(
            _("%(who)s이(가) 같은 자리에 먼저 서명했습니다. 총무에게 알려 주세요.")
            % {"who": made.user.full_label},
            field="code",
        )
    return made
