"""Confirmed minutes corrected with a reason, by another than who asks; what they said before stays (D9)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.now import today
from core.transition import perform
from meetings import notifications
from meetings.models import Correction, Session
from meetings.services.sessions import locked


@transaction.atomic
def ask_correction(
    session: Session, *, minutes: str, reason: str, actor: Any, version: int | None = None
) -> Correction:
    """What was written is to read otherwise; until another has looked at it, it stands as it was. Outcomes and votes
    are never corrected: such an item goes before the panel again.

    Locks: panel, session. Raises: Outdated, Rejected where nothing would change.
    """
    session = locked(session, version)
    text = minutes.strip()
    if not text or text == session.minutes:
        raise Rejected(_("바뀌는 내용이 없습니다. 정정할 내용을 고쳐 적어 주세요."), field="minutes")
    perform(session, "ask_correction", actor=actor, reason=reason)
    return Correction.objects.create(
        session=session, before=session.minutes, after=text, reason=reason.strip(), asked_on=today()
    )


@transaction.atomic
def correct(session: Session, *, actor: Any, version: int | None = None) -> Session:
    """The minutes read as asked for; what they said before stays beside them. In person, never by who asked.

    Locks: panel, session. Raises: Outdated.
    """
    session = locked(session, version)
    asked = _decide(session, accepted=True)
    session.minutes = asked.after
    perform(session, "correct", actor=actor)
    notifications.corrected(session, asked.reason)
    return session


@transaction.atomic
def refuse_correction(session: Session, *, reason: str, actor: Any, version: int | None = None) -> Session:
    """Locks: panel, session. Raises: Outdated."""
    session = locked(session, version)
    _decide(session, accepted=False)
    perform(session, "refuse_correction", actor=actor, reason=reason)
    return session


def _decide(session: Session, *, accepted: bool) -> Correction:
    asked = session.corrections.filter(accepted=None).first()
    if asked is None:
        raise Rejected(_("확인할 정정 요청이 없습니다."))
    asked.accepted, asked.decided_on = accepted, today()
    asked.save()
    return asked
