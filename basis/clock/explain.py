"""The arithmetic of a deadline in words (O9)."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from basis.clock.rules import ClosedDay, Extension, Pause, Reckoning, Step, Unit
from basis.formats import date_short, date_weekday

NOTICE = gettext_lazy("통보")
Write = Callable[[date], str]


def explain(reckoning: Reckoning, start_label: str | Promise = NOTICE) -> list[str]:
    """One line per step: the period, each pause and extension, the closed days the end moved over."""
    write = _writer(reckoning)
    period = reckoning.steps[0]
    line = _period(period, reckoning, start_label, write)
    if period.closed:
        line += " · " + _("제외한 공휴일: %(days)s") % {"days": _closed(period.closed, write)}
    changes = pairwise(reckoning.steps)
    return [line, *(_change(step, before.day, reckoning, write) for before, step in changes)]


def one_line(reckoning: Reckoning, start_label: str | Promise = NOTICE) -> str:
    """`통보 9. 10.(목) + 14일 = 9. 24.(목) 추석 전날 → 9. 28.(월)`."""
    write = _writer(reckoning)
    period, *changes = reckoning.steps
    links = [_link(step, reckoning, write) for step in changes if step.applied]
    return " ".join([_period(period, reckoning, start_label, write), *links])


def _writer(reckoning: Reckoning) -> Write:
    """Dates carry the year only where the period runs over New Year."""
    return date_short if reckoning.start.year == reckoning.due.year else date_weekday


def _period(step: Step, reckoning: Reckoning, start_label: str | Promise, write: Write) -> str:
    if reckoning.unit is Unit.MONTHS:
        amount = ngettext("%(count)d개월", "%(count)d개월", step.added) % {"count": step.added}
    elif reckoning.unit is Unit.WEEKS:
        amount = ngettext("%(count)d주", "%(count)d주", step.added) % {"count": step.added}
    else:
        amount = _days(step.added, reckoning)
    if reckoning.counts_first_day:
        amount = _("%(amount)s(첫날 포함)") % {"amount": amount}
    return f"{start_label} {write(reckoning.start)} + {amount} = {write(step.day)}"


def _change(step: Step, before: date, reckoning: Reckoning, write: Write) -> str:
    """A later step as a line of its own; `before`: where the period ended until then."""
    if step.event is None:
        values = {"closed": _closed(step.closed, write), "day": write(step.day)}
        return _("마지막 날이 휴일: %(closed)s → %(day)s") % values
    if isinstance(step.event, Pause):
        line = _pause(step, step.event, before, reckoning, write)
    else:
        line = _extension(step, step.event, write)
    if step.event.reason:
        line += " · " + _("사유: %(reason)s") % {"reason": step.event.reason}
    return line


def _pause(step: Step, pause: Pause, before: date, reckoning: Reckoning, write: Write) -> str:
    values = {
        "period": f"{write(pause.start)}~{write(pause.end) if pause.end else ''}",
        "before": write(before),
        "days": _days(step.added, reckoning),
        "day": write(step.day),
    }
    if not step.applied:
        return _("기한 정지 %(period)s: 기한이 지난 뒤에 시작되어 계산에 넣지 않음") % values
    if pause.end is None:
        return _("기한 정지 %(period)s 계속: %(before)s + 오늘까지 %(days)s = %(day)s") % values
    return _("기한 정지 %(period)s: %(before)s + %(days)s = %(day)s") % values


def _extension(step: Step, extension: Extension, write: Write) -> str:
    values = {"granted": write(extension.granted_on), "to": write(extension.until)}
    if not step.applied:
        return _("기한 연장(%(granted)s 승인): 기한이 이미 %(to)s 이후여서 바뀌지 않음") % values
    return _("기한 연장(%(granted)s 승인): %(to)s까지") % values


def _link(step: Step, reckoning: Reckoning, write: Write) -> str:
    """A later step as the next link of the chain."""
    values = {"days": _days(step.added, reckoning), "day": write(step.day)}
    match step.event:
        case Pause():
            return _("+ 정지 %(days)s = %(day)s") % values
        case Extension():
            return _("→ 연장 %(day)s") % values
        case None:
            return f"{step.closed[0].name} → {write(step.day)}".strip()


def _days(count: int, reckoning: Reckoning) -> str:
    if reckoning.counts_workdays:
        return ngettext("근무일 %(count)d일", "근무일 %(count)d일", count) % {"count": count}
    return ngettext("%(count)d일", "%(count)d일", count) % {"count": count}


def _closed(days: tuple[ClosedDay, ...], write: Write) -> str:
    return ", ".join(f"{write(closed.day)} {closed.name}".strip() for closed in days)
