"""Absences and who stands in (O5)."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import date_ko
from core.actors import user_of
from core.now import now, today
from organization.models import Absence, User
from organization.policies import ABSENCE_DAYS
from organization.services import authorise
from organization.sockets import ON_ABSENCE


@transaction.atomic
def create(*, actor: Any, user: User, substitute: User, start: date, end: date, reason: str) -> Absence:
    """Record an absence from `start` to `end`, both inclusive: the substitute has the to-dos and may act meanwhile.

    Locks: the person and the substitute. Raises: Rejected for days that touch another absence, a substitute who comes
    back to the person, and, for somebody else, too many days or oneself as the substitute (D9).
    """
    _authorise(actor, user)
    user = _locked_with(user, substitute)
    _check_period(user, start, end)
    _check_substitute(user, substitute, start, end)
    _check_foreign(actor, user, substitute, start, end)
    absence = Absence.objects.create(
        user=user,
        substitute=substitute,
        start=start,
        end=end,
        reason=reason.strip(),
        made_by=user_of(actor),
        made_at=now(),
    )
    _tell(absence, actor)
    return absence


@transaction.atomic
def change(absence: Absence, *, actor: Any, substitute: User, start: date, end: date, reason: str) -> Absence:
    """Another substitute, or other days. Another substitute from today on is an absence of its own, so that what has
    passed stays on record; of one that has begun the first day stays.

    Locks: the person and the substitute, the absence. Raises: Rejected as `create` does, and once it is over.
    """
    _authorise(actor, absence.user)
    user = _locked_with(absence.user, substitute)
    absence = _standing(absence)
    if absence.start < today():
        if substitute != absence.substitute:
            cancel(absence, actor=actor)
            return create(
                actor=actor, user=user, substitute=substitute, start=today(), end=end, reason=reason
            )
        start = absence.start
    _check_period(user, start, end, absence)
    _check_substitute(user, substitute, start, end)
    _check_foreign(actor, user, substitute, start, end)
    old, absence.substitute = absence.substitute, substitute
    absence.start, absence.end, absence.reason = start, end, reason.strip()
    absence.save()
    if old != substitute:
        _tell(
            Absence(pk=absence.pk, user=user, substitute=old, start=start, end=end, cancelled_at=now()), actor
        )
    _tell(absence, actor)
    return absence


@transaction.atomic
def cancel(absence: Absence, *, actor: Any) -> None:
    """Take an absence back, or end it early: what has passed stays on record.

    Locks: the absence. Raises: Rejected once it is over.
    """
    _authorise(actor, absence.user)
    absence = _standing(absence)
    if absence.start < today():
        absence.end = today() - timedelta(days=1)
    else:
        absence.cancelled_at = now()
    absence.save()
    _tell(absence, actor)


def _locked_with(user: User, substitute: User) -> User:
    """The person. With the substitute, so that two who name each other at once see one another."""
    both = User.objects.select_for_update(of=("self",)).filter(pk__in=(user.pk, substitute.pk)).order_by("pk")
    return next(one for one in both if one.pk == user.pk)


def _standing(absence: Absence) -> Absence:
    """The absence under its lock, unless it is over."""
    rows = Absence.objects.select_for_update(of=("self",)).select_related("user", "substitute")
    absence = rows.get(pk=absence.pk)
    if absence.cancelled_at is not None or absence.end < today():
        raise Rejected(_("이미 끝났거나 취소된 부재입니다."))
    return absence


def _tell(absence: Absence, actor: Any) -> None:
    for tell in ON_ABSENCE:
        tell(absence, actor)


def meanwhile(user: User, start: date, end: date) -> QuerySet[Absence]:
    """The person's absences that touch the period."""
    return Absence.objects.filter(user=user, cancelled_at=None, start__lte=end, end__gte=start)


def _authorise(actor: Any, user: User) -> None:
    own = actor == user
    authorise(actor, "organization.absence_self" if own else "organization.manage_absences")


def _check_foreign(actor: Any, user: User, substitute: User, start: date, end: date) -> None:
    """Who sets up another's absence gets none of their rights by it, nor for long for anybody (D9)."""
    if actor == user:
        return
    if substitute == actor:
        raise Rejected(
            _("다른 직원의 부재에 자신을 대직자로 정할 수 없습니다. 본인이나 다른 담당자가 등록해 주세요."),
            field="substitute",
        )
    most = ABSENCE_DAYS.on(today())
    if (end - start).days >= most:
        raise Rejected(
            _("다른 직원의 부재는 한 번에 %(days)d일까지 등록할 수 있습니다.") % {"days": most}, field="end"
        )


def _check_period(user: User, start: date, end: date, but: Absence | None = None) -> None:
    if end < start:
        raise Rejected(_("종료일은 시작일 또는 이후여야 합니다."), field="end")
    if end < today():
        raise Rejected(_("이미 지난 기간입니다. 종료일을 오늘 또는 이후로 입력해 주세요."), field="end")
    others = meanwhile(user, start, end)
    if other := (others.exclude(pk=but.pk) if but else others).first():
        raise Rejected(
            _("이미 등록된 부재(%(start)s ~ %(end)s)와 겹칩니다.")
            % {"start": date_ko(other.start), "end": date_ko(other.end)},
            field="start",
        )


def _check_substitute(user: User, substitute: User, start: date, end: date) -> None:
    if substitute.pk == user.pk:
        raise Rejected(_("본인이 아닌 다른 직원을 대직자로 선택해 주세요."), field="substitute")
    if not substitute.is_active or substitute.department_id is None:
        raise Rejected(_("지금 근무 중인 직원을 대직자로 선택해 주세요."), field="substitute")
    if _comes_back(user, substitute, start, end):
        raise Rejected(
            _(
                "대직자도 그 기간에 부재이고 그 대직이 다시 부재자에게 돌아옵니다. 다른 대직자를 선택해 주세요."
            ),
            field="substitute",
        )


def _comes_back(user: User, substitute: User, start: date, end: date) -> bool:
    """Whether on some day of the period the chain of substitutes ends where it began."""
    ways, seen = [(substitute.pk, start, end)], set()
    while ways:
        person, first, last = way = ways.pop()
        if person == user.pk:
            return True
        if way in seen:
            continue
        seen.add(way)
        away = Absence.objects.filter(user=person, cancelled_at=None, start__lte=last, end__gte=first)
        ways += [(a.substitute_id, max(first, a.start), min(last, a.end)) for a in away]
    return False
