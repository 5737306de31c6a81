"""Deadlines as rows: opened, paused, extended, closed, and reckoned anew when a holiday is declared (O6–O9).

What is stored is only what the arithmetic gives; it can be reckoned again at any time. The caller's service checks
who may do it and holds the transaction.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.clock import (
    Extension,
    Pause,
    Reckoning,
    Rule,
    Unit,
    due_date,
    explain,
    one_line,
    validate_extension,
    validate_pause,
)
from basis.clock.calendar import Calendar
from basis.errors import Rejected
from basis.official import office_text
from basis.sockets import Socket
from core.actors import SYSTEM, columns
from core.calendar import system_calendar
from core.models import Clock, ClockAdjustment, ClockChange
from core.now import now, today
from core.work import keep

Kind, State = ClockAdjustment.Kind, ClockAdjustment.State
OnChange = Callable[[Clock, date, str, Any], None]
LockOpen = Callable[[], Collection[int]]


@dataclass(frozen=True)
class ClockKind:
    """What owns clocks of a kind. `on_change(clock, old_due, cause, actor)` is called in the transaction in which a
    deadline moved. `lock_open()` locks what open clocks belong to, before the clocks, in the order in which the
    owner's services lock it, and gives the ids of those clocks."""

    name: str
    on_change: OnChange
    lock_open: LockOpen


CLOCKS: Socket[ClockKind] = Socket("clocks", key=lambda kind: kind.name)


def open_clock(
    kind: str, start: date, length: int, *, rule: Rule = Rule.CIVIL, unit: Unit = Unit.DAYS
) -> Clock:
    found = due_date(start, rule, length, unit, system_calendar())
    return Clock.objects.create(
        kind=kind,
        start=start,
        rule=rule,
        length=length,
        unit=unit,
        due=found.due,
        original_due=found.original_due,
    )


def preview(start: date, length: int, *, rule: Rule = Rule.CIVIL, unit: Unit = Unit.DAYS) -> Reckoning:
    """What the deadline would be."""
    return due_date(start, rule, length, unit, system_calendar())


def reckon(
    clock: Clock, *, calendar: Calendar | None = None, extensions: Sequence[Extension] | None = None
) -> Reckoning:
    """The arithmetic of this clock as it stands today; by another calendar or with other extensions if given."""
    approved = [a for a in clock.adjustments.all() if a.state == State.APPROVED]
    if extensions is None:
        granted = (a for a in approved if a.kind == Kind.EXTENSION)
        extensions = [Extension(a.start, a.end, a.reason) for a in granted if a.end]
    return due_date(
        clock.start,
        clock.rule,
        clock.length,
        clock.unit,
        calendar or system_calendar(),
        [Pause(a.start, a.end, a.reason) for a in approved if a.kind == Kind.PAUSE],
        extensions,
        today=clock.closed_on or today(),
    )


def latest_extension(clock: Clock, cap_days: int) -> date:
    """The last day an extension may reach: where the clock would end had the whole cap, in days after the original
    deadline, been granted at the start. So every pause puts it off, and none eats up what may be granted (O9)."""
    whole = Extension(clock.start, clock.original_due + timedelta(days=cap_days))
    return reckon(clock, extensions=[whole]).raw


def steps(clock: Clock, start_label: str | None = None) -> list[str]:
    """The arithmetic in words, a line a step (O9)."""
    found = reckon(clock)
    return explain(found, start_label) if start_label else explain(found)


def summary(clock: Clock, start_label: str | None = None) -> str:
    found = reckon(clock)
    return one_line(found, start_label) if start_label else one_line(found)


def recompute(clock: Clock, cause: str, actor: Any = SYSTEM) -> bool:
    """Reckon again; a moved deadline is logged with old and new, and its owner is told. True if it moved."""
    old = clock.due
    if not _write(clock, cause, actor):
        return False
    if kind := CLOCKS.get(clock.kind):
        kind.on_change(clock, old, cause, actor)
    return True


def _write(clock: Clock, cause: str, actor: Any) -> bool:
    """Keep what the arithmetic gives today; True if that was something new."""
    found = reckon(clock)
    old, before = clock.due, (clock.due, clock.original_due, clock.paused)
    lasting = any(
        a.kind == Kind.PAUSE and a.state == State.APPROVED and a.end is None for a in clock.adjustments.all()
    )
    clock.due, clock.original_due, clock.paused = found.due, found.original_due, lasting
    if before == (clock.due, clock.original_due, clock.paused):
        return False
    _save(clock)
    if old != clock.due:
        ClockChange.objects.create(
            clock=clock, old_due=old, new_due=clock.due, cause=cause[:200], **columns(actor)
        )
    return True


def _save(clock: Clock) -> None:
    """Whatever goes by this clock stands in the table of open work with its deadline."""
    clock.save()
    keep.clock_moved(clock)


@transaction.atomic
def recompute_open(cause: str, actor: Any = SYSTEM) -> int:
    """Every open deadline, after the calendar changed (O7); the number that moved. Locks owners before clocks."""
    owned = [pk for kind in CLOCKS for pk in kind.lock_open()]
    clocks = Clock.objects.filter(Q(pk__in=owned) | ~Q(kind__in=CLOCKS.keys()), closed_on=None).order_by("pk")
    clocks = clocks.select_for_update(of=("self",)).prefetch_related("adjustments")
    return sum(recompute(clock, cause, actor) for clock in clocks)


def would_move(calendar: Calendar) -> list[tuple[Clock, date]]:
    """Open deadlines that this calendar would move, each with its new day: a preview of O7."""
    clocks = Clock.objects.filter(closed_on=None).prefetch_related("adjustments")
    reckoned = ((clock, reckon(clock, calendar=calendar).due) for clock in clocks)
    return [(clock, due) for clock, due in reckoned if due != clock.due]


@transaction.atomic
def refresh_paused() -> int:
    """Deadlines of clocks that stand still move with every day; told to nobody. It waits for no lock: a clock that
    somebody is just changing is reckoned by them."""
    standing = Clock.objects.select_for_update(of=("self",), skip_locked=True).filter(
        closed_on=None, paused=True
    )
    moved = 0
    for clock in standing.prefetch_related("adjustments"):
        due = reckon(clock).due
        if due != clock.due:
            clock.due = due
            _save(clock)
            moved += 1
    return moved


def request_pause(clock: Clock, *, start: date, end: date | None, reason: str, actor: Any) -> ClockAdjustment:
    """Ask for the clock to stand still. Rejected with what is wrong beside the field."""
    _need_open(clock, reason)
    _check_pause(clock, Pause(start, end))
    return _ask(clock, kind=Kind.PAUSE, start=start, end=end, reason=reason, actor=actor)


def request_extension(
    clock: Clock, *, until: date, reason: str, cap_days: int, actor: Any
) -> ClockAdjustment:
    """Ask for an exact later date, at most `cap_days` after the original deadline, not counting days of pauses."""
    _need_open(clock, reason)
    _check_extension(clock, until, cap_days)
    return _ask(clock, kind=Kind.EXTENSION, start=today(), end=until, reason=reason, actor=actor)


def decide(adjustment: ClockAdjustment, *, approve: bool, note: str, actor: Any, cap_days: int) -> None:
    """Approve or refuse what was asked for; what has become impossible meanwhile is Rejected. Who decides tells of it,
    the moved deadline included: the clock's owner is not told besides."""
    if adjustment.state != State.REQUESTED:
        raise Rejected(_("이미 처리된 신청입니다."))
    if not approve and not note.strip():
        raise Rejected(_("반려 사유를 입력해 주세요."), field="note")
    clock = adjustment.clock
    if approve:
        _need_open(clock, adjustment.reason)
        if adjustment.kind == Kind.PAUSE:
            _check_pause(clock, Pause(adjustment.start, adjustment.end))
        else:
            assert adjustment.end is not None
            _check_extension(clock, adjustment.end, cap_days)
            adjustment.start = today()
    adjustment.state = State.APPROVED if approve else State.REJECTED
    adjustment.decision_note = note
    _decided(adjustment, actor)
    if approve:
        _write(clock, office_text(Kind(adjustment.kind).label), actor)


def _decided(adjustment: ClockAdjustment, actor: Any) -> None:
    for name, value in columns(actor, "decided_by").items():
        setattr(adjustment, name, value)
    adjustment.decided_at = now()
    adjustment.save()


def withdraw(adjustment: ClockAdjustment, *, actor: Any) -> None:
    """Take back what has not been decided."""
    if adjustment.state != State.REQUESTED:
        raise Rejected(_("이미 처리된 신청은 취하할 수 없습니다."))
    adjustment.state = State.WITHDRAWN
    _decided(adjustment, actor)


def resume(clock: Clock, *, actor: Any, on: date | None = None) -> None:
    """End the pause of today, whether its end is open or was set; yesterday was its last day."""
    on = on or today()
    lasting = standing(clock, on)
    if lasting is None:
        raise Rejected(_("정지 중인 기한이 아닙니다."))
    _end_pause(lasting, on)
    recompute(clock, office_text(gettext_lazy("기한 정지 종료")), actor)


def standing(clock: Clock, on: date) -> ClockAdjustment | None:
    """The pause of this day, whether its end is open or set."""
    pauses = clock.adjustments.filter(kind=Kind.PAUSE, state=State.APPROVED, start__lte=on)
    return pauses.filter(Q(end=None) | Q(end__gte=on)).first()


def _end_pause(pause: ClockAdjustment, on: date) -> None:
    """From `on` the clock runs again; begun and ended on one day, nothing was paused."""
    last = on - timedelta(days=1)
    if last < pause.start:
        pause.state, pause.end = State.WITHDRAWN, pause.start
    else:
        pause.end = last
    pause.save()


def close(clock: Clock, on: date) -> None:
    """The work is done: a pause ends with it, and the deadline no longer moves."""
    for pause in clock.adjustments.filter(kind=Kind.PAUSE, state=State.APPROVED):
        if pause.end is None or pause.end >= on:
            _end_pause(pause, on)
    clock.due, clock.paused, clock.closed_on = reckon(clock).due, False, on
    _save(clock)


def reopen(clock: Clock, *, actor: Any, given: bool = True) -> None:
    """The work is open again: what was left of its time on the day it was done is left today.

    The days from then until yesterday are a pause, so the rules of pauses hold: done on its last day it is due today,
    done n days before (days that count: working days where those are counted) n days from now, moved off closed days;
    pauses and extensions before stay. Done after the deadline nothing was left, and nothing is given: it stays late.
    The deadline is that of today's calendar: a holiday declared meanwhile counts, as for every open clock (O7).
    Not `given`: the time in between counts, it was ended by mistake.
    """
    done_on, reason = clock.closed_on, office_text(gettext_lazy("다시 검토"))
    assert done_on is not None
    if given and done_on <= reckon(clock).due and done_on < today():
        ClockAdjustment.objects.create(
            clock=clock, kind=Kind.PAUSE, state=State.APPROVED, start=done_on,
            end=today() - timedelta(days=1), reason=reason, decided_at=now(),
            **columns(actor, "requested_by"), **columns(actor, "decided_by"),
        )  # fmt: skip
    clock.closed_on = None
    clock.save()
    _write(clock, reason, actor)


def _need_open(clock: Clock, reason: str) -> None:
    if clock.closed_on is not None:
        raise Rejected(_("이미 완료된 건의 기한은 바꿀 수 없습니다."))
    if not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")


def _check_pause(clock: Clock, pause: Pause) -> None:
    others = [
        Pause(a.start, a.end)
        for a in clock.adjustments.all()
        if a.kind == Kind.PAUSE and a.state == State.APPROVED
    ]
    validate_pause(pause, clock_start=clock.start, due=clock.due, others=others, today=today())


def _check_extension(clock: Clock, until: date, cap_days: int) -> None:
    if system_calendar().is_closed(until):
        raise Rejected(_("토요일이나 공휴일로는 연장할 수 없습니다. 평일을 골라 주세요."), field="end")
    validate_extension(Extension(today(), until), due=clock.due, latest=latest_extension(clock, cap_days))


def _ask(clock: Clock, *, actor: Any, **fields: Any) -> ClockAdjustment:
    try:
        with transaction.atomic():
            return ClockAdjustment.objects.create(
                clock=clock, requested_at=now(), **columns(actor, "requested_by"), **fields
            )
    except IntegrityError:
        raise Rejected(_("처리를 기다리는 신청이 이미 있습니다.")) from None
