"""The city's plan is told, the owner's own plan written, sent and approved, the evaluator's papers handed in (I2)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from benchmarking.models import Case
from core import attachments, deadlines
from core.actors import user_of
from core.editing import apply, check_version, label_of
from core.models import Clock
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from incentives import notifications
from incentives.enums import DivisionState
from incentives.models import Division, Plan
from incentives.policies import PLAN_DAYS
from incentives.services.indicators import check_ready
from incentives.services.projects import locked

WORK = "incentives.work"
CLOCK = "incentives.plan"
TEXTS = ("overview", "trend", "goals", "weak", "measures", "compared")
NEEDED = ("overview", "goals", "measures")


@transaction.atomic
def notify(
    division: Division,
    *,
    on: date,
    files: Iterable[File] = (),
    version: int | None = None,
    actor: Any,
) -> Division:
    """The owner tells planning that the city's evaluation plan has come; the own plan is due some days after (I2).

    Locks: the division. Raises: Outdated; Rejected for a day to come, or another year's.
    """
    fresh = locked(division, version)
    if on > today():
        raise Rejected(_("통보일은 오늘까지의 날입니다."), field="on")
    if on.year not in (fresh.project.year - 1, fresh.project.year):
        raise Rejected(_("사업 연도에 맞는 날을 적어 주세요."), field="on")
    fresh.notified_on = on
    fresh.clock = deadlines.open_clock(CLOCK, on, PLAN_DAYS.on(on))
    perform(fresh, "notify", actor=actor, data={"due": fresh.clock.due.isoformat()})
    attachments.attach(fresh, files, actor=actor)
    Plan.objects.get_or_create(division=fresh)
    notifications.notified(fresh)
    return fresh


@transaction.atomic
def take_notice_back(division: Division, *, reason: str, version: int | None = None, actor: Any) -> Division:
    """It was told by mistake. Locks: the division. Raises: Outdated."""
    fresh = locked(division, version)
    if fresh.clock is not None:
        deadlines.close(fresh.clock, today())
    fresh.notified_on, fresh.clock = None, None
    perform(fresh, "take_notice_back", actor=actor, reason=reason)
    return fresh


@transaction.atomic
def write(
    division: Division,
    values: Mapping[str, Any],
    cases: Iterable[Case] = (),
    *,
    files: Iterable[File] = (),
    version: int | None = None,
    actor: Any,
) -> Plan:
    """Keep what is written of the own plan so far.

    Locks: the division. Raises: Refused, Conflict; Rejected before the notification and once it was sent.
    """
    fresh = locked(division)
    principal = ensure(actor, WORK, fresh)
    if fresh.state != DivisionState.NOTIFIED:
        raise Rejected(_("평가계획을 통보한 뒤 제출하기 전까지 쓸 수 있습니다."))
    plan = Plan.objects.select_for_update().get(division=fresh)
    wanted = {name: values[name] for name in TEXTS if name in values}
    check_version(plan, version, wanted)
    apply(plan, wanted, TEXTS)
    plan.written_by = user_of(actor)
    plan.version += 1
    plan.save()
    plan.cases.set(cases)
    record(fresh, "write", actor=actor, principal=principal)
    attachments.attach(plan, files, actor=actor)
    return plan


def missing(plan: Plan) -> list[str]:
    """Names of the parts that are needed and not written."""
    return [name for name in NEEDED if not getattr(plan, name).strip()]


@transaction.atomic
def send(division: Division, *, version: int | None = None, actor: Any) -> Division:
    """Hand the own plan in. Locks: the division. Raises: Outdated; Rejected for a plan with a part missing,
    and for indicators whose weights do not sum to the full marks (I3)."""
    fresh = locked(division, version)
    perform(fresh, "send", actor=actor)
    if lacking := missing(fresh.plan):
        labels = ", ".join(str(label_of(fresh.plan, name)) for name in lacking)
        raise Rejected(_("자체 추진계획의 빈 곳을 채워 주세요: %(parts)s") % {"parts": labels})
    check_ready(fresh)
    if fresh.clock is not None:
        deadlines.close(fresh.clock, today())
    notifications.sent(fresh)
    return fresh


def _reopen(fresh: Division, step: str, reason: str, actor: Any) -> Division:
    if fresh.clock is not None:
        deadlines.reopen(fresh.clock, actor=actor)
    perform(fresh, step, actor=actor, reason=reason)
    return fresh


@transaction.atomic
def take_back(division: Division, *, version: int | None = None, actor: Any) -> Division:
    """Locks: the division. Raises: Outdated."""
    return _reopen(locked(division, version), "take_back", "", actor)


@transaction.atomic
def give_back(division: Division, *, reason: str, version: int | None = None, actor: Any) -> Division:
    """Planning wants it mended. Locks: the division. Raises: Outdated."""
    fresh = _reopen(locked(division, version), "give_back", reason, actor)
    notifications.returned(fresh, reason)
    return fresh


@transaction.atomic
def reopen(division: Division, *, reason: str, version: int | None = None, actor: Any) -> Division:
    """An approved one is written anew, as when the city changes its own. Locks: the division. Raises: Outdated."""
    fresh = _reopen(locked(division, version), "reopen", reason, actor)
    notifications.returned(fresh, reason)
    return fresh


@transaction.atomic
def approve(
    division: Division, *, submit_on: date | None = None, version: int | None = None, actor: Any
) -> Division:
    """The own plan holds; the evaluator's papers are due on the day given.

    Locks: the division. Raises: Outdated; Rejected for a day in another year.
    """
    fresh = locked(division, version)
    if submit_on is not None:
        if submit_on.year not in (fresh.project.year, fresh.project.year + 1):
            raise Rejected(_("사업 연도에 맞는 날을 적어 주세요."), field="submit_on")
        fresh.submit_on = submit_on
    perform(fresh, "approve", actor=actor)
    notifications.approved(fresh)
    return fresh


@transaction.atomic
def submit(
    division: Division,
    *,
    on: date,
    director_on: date,
    deputy_on: date,
    files: Iterable[File] = (),
    version: int | None = None,
    actor: Any,
) -> Division:
    """The papers have gone to the evaluator, after the director's look and the report to the deputy mayor.

    Locks: the division. Raises: Outdated; Rejected for days to come or in another order.
    """
    fresh = locked(division, version)
    if on > today():
        raise Rejected(_("제출일은 오늘까지의 날입니다."), field="on")
    if director_on > deputy_on:
        raise Rejected(_("국장 검토는 부구청장 보고보다 먼저입니다."), field="director_on")
    if deputy_on > on:
        raise Rejected(_("부구청장 보고는 제출보다 먼저입니다."), field="deputy_on")
    fresh.submitted_on, fresh.director_on, fresh.deputy_on = on, director_on, deputy_on
    perform(fresh, "submit", actor=actor)
    attachments.attach(fresh, files, actor=actor)
    notifications.submitted(fresh)
    return fresh


@transaction.atomic
def undo_submit(division: Division, *, reason: str, version: int | None = None, actor: Any) -> Division:
    """It was recorded by mistake. Locks: the division. Raises: Outdated."""
    fresh = locked(division, version)
    fresh.submitted_on = fresh.director_on = fresh.deputy_on = None
    perform(fresh, "undo_submit", actor=actor, reason=reason)
    return fresh


# -- the clock
def due_moved(clock: Clock, old: date, cause: str, actor: Any) -> None:
    """The people in charge are told that their plan is due on another day."""
    division = Division.objects.select_related("project").get(clock=clock)
    notifications.due_moved(division, old, clock.due, cause)


def lock_open() -> list[int]:
    rows = Division.objects.select_for_update(of=("self",)).filter(clock__closed_on=None).exclude(clock=None)
    return [one.clock_id for one in rows.order_by("pk") if one.clock_id]
