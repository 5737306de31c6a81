"""Declaring holidays: every open deadline is reckoned anew in the same transaction (O7)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.clock.calendar import SATURDAY, KoreanCalendar
from basis.errors import Rejected
from basis.official import in_office_language
from core import deadlines
from core.actors import user_of
from core.calendar import clear_calendar_cache
from core.models import Holiday
from core.now import now
from organization.services import authorise


@dataclass(frozen=True)
class Move:
    """So many open deadlines, those of `clocks`, go from one day to another."""

    old: date
    new: date
    count: int
    clocks: tuple[int, ...] = field(default=(), compare=False)


@transaction.atomic
def declare(
    *, actor: Any, day: date, name: str, kind: str, moves_deadlines: bool = True
) -> tuple[Holiday, int]:
    """Declare a holiday and reckon every open deadline anew; gives it, and how many deadlines moved. Those
    concerned are told by their processes. A local one may leave deadlines as they are (O7a).

    Locks: what open clocks belong to, then the clocks. Raises: Rejected as `check`.
    """
    authorise(actor, "organization.manage_holidays")
    check(day)
    holiday = Holiday.objects.create(
        date=day,
        name=name.strip(),
        kind=kind,
        moves_deadlines=moves_deadlines or kind != Holiday.Kind.LOCAL,
        declared_by=user_of(actor),
        declared_at=now(),
    )
    return holiday, _recompute(_cause(holiday, declared=True), actor)


@transaction.atomic
def remove(holiday: Holiday, *, actor: Any) -> int:
    """Take a holiday back; gives how many deadlines moved back.

    Locks: as `declare`.
    """
    authorise(actor, "organization.manage_holidays")
    cause = _cause(holiday, declared=False)
    holiday.delete()
    return _recompute(cause, actor)


def check(day: date) -> None:
    """Rejected if offices are closed on that day anyway."""
    if Holiday.objects.filter(date=day).exists():
        raise Rejected(_("이미 등록된 날짜입니다."), field="date")
    if day.weekday() >= SATURDAY:
        raise Rejected(_("토요일과 일요일은 이미 휴무일입니다. 평일을 선택해 주세요."), field="date")
    if name := KoreanCalendar().closed_name(day):
        raise Rejected(_("이미 법정 공휴일입니다: %(name)s") % {"name": name}, field="date")


def preview(*, added: date | None = None, removed: date | None = None) -> list[Move]:
    """Which open deadlines would move, by old and new day."""
    extra = Holiday.objects.counted()
    if added:
        extra[added] = "+"
    if removed:
        extra.pop(removed, None)
    moves: dict[tuple[date, date], list[int]] = {}
    for clock, new in deadlines.would_move(KoreanCalendar(extra)):
        moves.setdefault((clock.due, new), []).append(clock.pk)
    return [Move(old, new, len(pks), tuple(sorted(pks))) for (old, new), pks in sorted(moves.items())]


@in_office_language
def _cause(holiday: Holiday, *, declared: bool) -> str:
    text = _("공휴일 지정: %(name)s") if declared else _("공휴일 해제: %(name)s")
    return text % {"name": holiday.name}


def _recompute(cause: str, actor: Any) -> int:
    clear_calendar_cache()
    return deadlines.recompute_open(cause, actor)
