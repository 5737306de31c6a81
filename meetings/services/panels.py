"""Panels are made, changed and dissolved by planning; those that meet regularly are watched over (O4)."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.actors import SYSTEM
from core.editing import apply, check_seen, check_version
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from core.work import keep
from meetings.enums import LASTING, RUNNING, TO_COME, PanelState, SessionState
from meetings.kinds import COMMITTEE
from meetings.models import Panel, Session
from meetings.selectors import is_lacking

FIELDS = ("name", "purpose", "decides", "size", "every", "begun_on")


def locked(panel: Panel | int, seen: int | None = None) -> Panel:
    pk = panel if isinstance(panel, int) else panel.pk
    fresh = Panel.objects.select_for_update(of=("self",)).get(pk=pk)
    check_seen(fresh, seen)
    return fresh


@transaction.atomic
def make(
    values: dict[str, Any],
    *,
    kind: str = COMMITTEE,
    attach: Callable[[Panel], None] | None = None,
    actor: Any,
) -> Panel:
    """A panel without anybody in it yet. `attach(panel)` saves what it is the panel of, before anybody is told where it
    is read.

    Raises: Rejected for a name that another standing one has, or days that do not fit.
    """
    principal = ensure(actor, "meetings.plan")
    panel = Panel(kind=kind, **{name: values[name] for name in FIELDS if name in values})
    _check(panel)
    panel.save()
    if attach is not None:
        attach(panel)
    record(panel, "make", actor=actor, principal=principal)
    settle(panel)
    return panel


@transaction.atomic
def edit(panel: Panel, values: dict[str, Any], *, actor: Any, version: int | None = None) -> Panel:
    """Locks: the panel. Raises: Conflict if somebody was quicker, Rejected as `make`, or for a dissolved one."""
    panel = locked(panel)
    principal = ensure(actor, "meetings.plan", panel)
    need_running(panel)
    check_version(panel, version, values)
    if apply(panel, values, FIELDS):
        _check(panel)
        panel.version += 1
        panel.save()
        record(panel, "edit", actor=actor, principal=principal)
        settle(panel)
    return panel


def need_running(panel: Panel) -> None:
    if panel.state not in RUNNING:
        raise Rejected(_("해산한 위원회입니다."))


def _check(panel: Panel) -> None:
    """Rejected beside the field that does not fit."""
    panel.name = panel.name.strip()
    same = Panel.objects.filter(name=panel.name, state__in=RUNNING).exclude(pk=panel.pk)
    if same.exists():
        raise Rejected(_("같은 이름의 위원회가 있습니다."), field="name")
    if panel.size < 1:
        raise Rejected(_("정원을 1명 이상으로 입력해 주세요."), field="size")
    if panel.begun_on > today():
        raise Rejected(_("구성일을 오늘 또는 지난 날로 입력해 주세요."), field="begun_on")
    if panel.pk:
        first = panel.seats.order_by("starts_on").values_list("starts_on", flat=True).first()
        if first is not None and first < panel.begun_on:
            raise Rejected(_("구성일보다 먼저 임기를 시작한 위원이 있습니다."), field="begun_on")


@transaction.atomic
def end(panel: Panel, *, on: date, reason: str, actor: Any, version: int | None = None) -> Panel:
    """Dissolve it: all terms that last beyond that day end with it. By the system where its time is over.

    Locks: panel, its seats. Raises: Outdated, Rejected for a day to come, while sessions are open, or
    where one was held later.
    """
    panel = locked(panel, version)
    if on > today():
        raise Rejected(_("해산일을 오늘 또는 지난 날로 입력해 주세요."), field="on")
    if on < panel.begun_on:
        raise Rejected(_("해산일을 구성일이나 그 뒤의 날로 입력해 주세요."), field="on")
    if panel.sessions.filter(state__in=TO_COME).exists():
        raise Rejected(_("예정된 회의가 있습니다. 먼저 회의를 취소하거나 회의록을 작성해 주세요."))
    if panel.sessions.exclude(state=SessionState.CANCELLED).filter(held_on__gt=on).exists():
        raise Rejected(_("그 뒤에 연 회의가 있습니다. 해산일을 다시 확인해 주세요."), field="on")
    panel.ended_on = on
    perform(panel, "close" if actor is SYSTEM else "end", actor=actor, reason=reason)
    for seat in panel.seats.select_for_update(of=("self",)).filter(state__in=LASTING).order_by("pk"):
        if seat.ends_on is None or seat.ends_on > on:
            seat.ends_on = max(on, seat.starts_on)
            seat.end_reason = _("위원회 해산")
        perform(seat, "expire", actor=SYSTEM)
    return panel


def settle(panel: Panel) -> int:
    """Whether a regular session is to be planned follows from those there are; how much changed. The caller holds the
    panel's lock."""
    lacking = is_lacking(panel, today())
    if panel.state == PanelState.STANDING and lacking:
        perform(panel, "lack", actor=SYSTEM)
    elif panel.state == PanelState.DUE and not lacking:
        perform(panel, "meet", actor=SYSTEM)
    else:
        return keep.refresh(panel)  # a new period has begun: until when moves with it
    return 1


def mark_lacking(day: date) -> int:
    """Panels in whose present period no session is held or planned become due; how many changed.

    Locks: each panel. Called by: the schedule.
    """
    rows = Panel.objects.filter(state__in=RUNNING).exclude(every="").order_by("pk")
    return sum(settle(panel) for panel in rows.select_for_update(of=("self",)))


def refresh_sessions(panel: Panel) -> None:
    """Who is asked for the sessions to come follows from the seats."""
    keep.refresh(panel, *open_sessions(panel))


def open_sessions(panel: Panel) -> Iterable[Session]:
    rows = panel.sessions.exclude(state__in=(SessionState.CANCELLED, SessionState.CONFIRMED))
    return rows.select_related("panel").prefetch_related("panel__seats")
