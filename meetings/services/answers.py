"""What members say to an invitation: they come, they do not, another comes instead (C2)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.actors import user_of
from core.now import now
from core.permissions import ensure
from core.work import keep
from meetings import notifications
from meetings.attending import own_seat
from meetings.enums import Reply, SessionState
from meetings.models import Answer, Seat, Session
from meetings.selectors import seated
from meetings.services.sessions import locked
from organization.models import User


@transaction.atomic
def answer(
    session: Session, seat: Seat, reply: str, stand_in: User | None = None, reason: str = "", *, actor: Any
) -> Answer:
    """In person, as often as one likes until it begins. Who comes instead is told, and so is who does so no more.

    Locks: panel, session. Raises: Refused, Rejected beside the field: without a reason, for a stand-in who is a member
    or comes for another already, once it has begun.
    """
    session = locked(session)
    ensure(actor, "meetings.answer", session)
    own = own_seat(session, user_of(actor))
    if own is None or own != seat:
        raise Rejected(_("참석 여부는 본인이 답합니다."))
    if session.state != SessionState.PLANNED or session.has_begun:
        raise Rejected(_("회의가 시작되었거나 취소되어 참석 여부를 바꿀 수 없습니다."))
    before = session.answers.filter(seat=own).select_related("stand_in").first()
    made = Answer(session=session, seat=own, reply=reply, reason=reason.strip()[:200], answered_at=now())
    made.stand_in = stand_in if reply == Reply.OTHER else None
    _check(session, made)
    if before is not None:
        made.pk = before.pk
    made.save()
    keep.refresh(Session.objects.select_related("panel").get(pk=session.pk))
    _tell(made, before)
    return made


def _check(session: Session, made: Answer) -> None:
    if made.reply not in Reply.values:
        raise Rejected(_("참석 여부를 골라 주세요."), field="reply")
    if made.reply == Reply.NO and not made.reason:
        raise Rejected(_("참석하지 못하는 사유를 입력해 주세요."), field="reason")
    if made.reply != Reply.OTHER:
        return
    if not session.panel.kind_of.stand_ins:
        raise Rejected(_("이 회의에는 다른 사람이 대신 참석할 수 없습니다."), field="reply")
    instead = made.stand_in
    if instead is None or not instead.is_active or instead.department_id is None:
        raise Rejected(_("대신 참석할 직원을 골라 주세요."), field="stand_in")
    if instead.pk in {seat.user_id for seat in seated(session.panel, session.held_on)}:
        raise Rejected(_("그날 이미 참석할 사람입니다. 다른 직원을 골라 주세요."), field="stand_in")
    taken = session.answers.filter(stand_in=instead).exclude(seat=made.seat)
    if taken.exists():
        raise Rejected(
            _("다른 회원을 대신해 참석하는 직원입니다. 다른 직원을 골라 주세요."), field="stand_in"
        )


def _tell(made: Answer, before: Answer | None) -> None:
    was = before.stand_in if before else None
    if was is not None and was != made.stand_in:
        notifications.released(made, was)
    if made.stand_in is not None and made.stand_in != was:
        notifications.asked_instead(made)
