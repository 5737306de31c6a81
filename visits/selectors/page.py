"""A field visit and everything shown beside it; the visits of a case."""

from collections.abc import Sequence
from copy import copy
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from basis.formats import date_weekday, days_between
from benchmarking.models import Case
from core import attachments
from core.calendar import system_calendar
from core.components import Badge, Event
from core.models import Attachment, TransitionLog
from core.now import today
from core.permissions import can
from core.timeline import event_of
from core.transition import latest_first
from organization.models import Absence, Department, User
from visits.enums import ENDED_STATES, OPEN_STATES, VisitState
from visits.models import FieldVisit, VisitDay, VisitExpense, VisitReport

VISIT_TONES = {
    VisitState.DRAFT: "neutral",
    VisitState.SUBMITTED: "warning",
    VisitState.RETURNED: "warning",
    VisitState.REJECTED: "danger",
    VisitState.APPROVED: "info",
    VisitState.ORDERED: "info",
    VisitState.TRAVELLED: "warning",
    VisitState.REPORTED: "info",
    VisitState.SETTLED: "success",
    VisitState.CANCELLED: "neutral",
    VisitState.RECORDED: "neutral",
}
STEPS = (
    (gettext_lazy("신청"), (VisitState.DRAFT, VisitState.RETURNED)),
    (pgettext_lazy("단계", "승인"), (VisitState.SUBMITTED,)),
    (gettext_lazy("출장명령"), (VisitState.APPROVED,)),
    (gettext_lazy("현장체험"), (VisitState.ORDERED,)),
    (gettext_lazy("결과보고"), (VisitState.TRAVELLED,)),
    (gettext_lazy("정산"), (VisitState.REPORTED, VisitState.SETTLED)),
)


def steps_of(visit: FieldVisit) -> list[tuple[Any, str]]:
    """The step indicator; one that ended early or stands outside the process has none."""
    if visit.state in ENDED_STATES or visit.state == VisitState.RECORDED:
        return []
    place = next(n for n, (_label, states) in enumerate(STEPS) if visit.state in states)
    done = visit.state == VisitState.SETTLED
    return [
        (label, "done" if n < place or done else "current" if n == place else "")
        for n, (label, _states) in enumerate(STEPS)
    ]


def log_of(visit: FieldVisit) -> list[TransitionLog]:
    """What happened to a visit, the latest first."""
    return latest_first(visit)


def timeline(log: Sequence[TransitionLog], *, costs: bool) -> list[Event]:
    """The log in words; without the amounts for whoever may not see them."""
    return [event_of(row if costs else _without_amounts(row)) for row in log]


def _without_amounts(row: TransitionLog) -> TransitionLog:
    shown = copy(row)
    shown.data = {name: value for name, value in row.data.items() if name != "amount"}
    if "text" in shown.data:  # day · people · amount
        shown.data["text"] = shown.data["text"].rpartition(" · ")[0]
    return shown


def may_fetch(user: Any, part: Any) -> bool:
    """Files of the report go to whoever may see the visit, receipts to whoever may see its costs."""
    visit = FieldVisit.objects.visible_to(user).prefetch_related("members").filter(pk=part.visit_id).first()
    if visit is None:
        return False
    return part._meta.model_name == "visitreport" or can(user, "visits.costs", visit)


def files_of_report(
    report: VisitReport | None, expenses: Sequence[VisitExpense]
) -> tuple[list[Attachment], dict[int, list[Attachment]]]:
    """Those of the report and the receipts by expense, in one question."""
    found = attachments.files_of_each([*([report] if report else []), *expenses])
    return found.get(report, []) if report else [], {row.pk: found[row] for row in expenses if row in found}


def cautions(team: Sequence[User], start: date, days: int, *, visit: FieldVisit | None = None) -> list[str]:
    """What whoever plans or approves should know: who is away, who is on another visit, closed days."""
    span = [start + timedelta(days=n) for n in range(days)]
    found = []
    away = Absence.objects.filter(user__in=team, start__lte=span[-1], end__gte=start, cancelled_at=None)
    for absence in away.select_related("user__department").order_by("user", "start"):
        period = days_between(absence.start, absence.end)
        found.append(
            _("%(person)s: 부재(%(period)s)") % {"person": absence.user.full_label, "period": period}
        )
    busy = VisitDay.objects.filter(user__in=team, day__in=span).select_related("user__department", "visit")
    for taken in busy.exclude(visit=visit) if visit is not None and visit.pk else busy:
        found.append(
            _("%(person)s: %(day)s에 다른 현장체험(%(host)s)")
            % {
                "person": taken.user.full_label,
                "day": date_weekday(taken.day),
                "host": taken.visit.host,
            }
        )
    if span[-1] < today():
        found.append(_("방문일이 지났습니다. 실제로 다녀온 날짜와 명단인지 확인해 주세요."))
    calendar = system_calendar()
    found += [
        _("%(day)s: 토요일이나 공휴일") % {"day": date_weekday(day)}
        for day in span
        if calendar.is_closed(day)
    ]
    return found


def same_order(visit: FieldVisit) -> list[FieldVisit]:
    """Other visits under the same travel order: an order is known by department and number (`총무과-1131`) in its
    year (D1), which is that of the journey."""
    same = FieldVisit.objects.filter(
        order_number=visit.order_number, visited_on__year=visit.visited_on.year
    ).exclude(pk=visit.pk)
    return list(same.order_by("visited_on", "pk")) if visit.order_number else []


def visits_of(case: Case, user: Any) -> list[tuple[FieldVisit, Badge]]:
    """Visits made or planned for a case, as far as this user may know of them; the latest first."""
    known = FieldVisit.objects.visible_to(user).filter(case=case).exclude(state=VisitState.CANCELLED)
    return [
        (visit, Badge(visit.get_state_display(), VISIT_TONES[VisitState(visit.state)]))
        for visit in known.order_by("-visited_on", "-pk")
    ]


def open_of(department: Department) -> int:
    """Visits that a department has still to see to an end."""
    return FieldVisit.objects.filter(department=department, state__in=OPEN_STATES).count()


def ended() -> list[date]:
    """The last days of visits whose report is awaited: it keeps the rules of that day."""
    return [visit.ends_on for visit in FieldVisit.objects.filter(state=VisitState.TRAVELLED)]
