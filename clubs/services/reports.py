"""The papers that a club owes stand from the day on which they are owed; written, sent, taken back, waived (C2)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.periods import Period, PeriodKind
from clubs import notifications_papers as notifications
from clubs.enums import ReportKind, ReportState
from clubs.models import Club, Report
from clubs.models.papers import owed_from
from clubs.policies import FIRST_MONTH, HALF_DAYS, LAST_MONTH, REPORT_DAYS, RESULT_DUE
from core import attachments
from core.actors import SYSTEM
from core.deadlines import preview
from core.editing import apply, check_seen, check_version, label_of
from core.now import today
from core.permissions import ensure
from core.transition import history, perform, record, record_many
from evaluations.enums import RoundState
from evaluations.models import Entry

TEXTS = ("title", "done", "findings", "next")
NEEDED: Mapping[str, tuple[str, ...]] = {
    ReportKind.MONTH: ("title", "done"),
    ReportKind.HALF: ("title", "done"),
    ReportKind.RESULT: ("title", "done", "findings"),
}
BEGUN = ("found", "take_in", "approve")  # how a club comes to be in the log
ONE_DAY = timedelta(days=1)


def locked(report: Report, seen: int | None = None) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related("club__panel", "club__bureau")
    fresh = rows.get(pk=report.pk)
    check_seen(fresh, seen)
    return fresh


# -- what is owed
def owed(club: Club, day: date) -> Iterator[Report]:
    """The papers that the club owes by this day, those that stand already too."""
    year = club.year
    for month in range(FIRST_MONTH.on(day), LAST_MONTH.on(day) + 1):
        yield from _owed(club, ReportKind.MONTH, Period(PeriodKind.MONTH, year, month), day)
    for half in (1, 2):
        yield from _owed(club, ReportKind.HALF, Period(PeriodKind.HALF, year, half), day)
    yield from _owed(club, ReportKind.RESULT, Period(PeriodKind.YEAR, year), day)


def _owed(club: Club, kind: str, period: Period, day: date) -> Iterator[Report]:
    begun = owed_from(kind, period)
    if begun <= day and lived_in(club, period):
        yield Report(club=club, kind=kind, period=period.key, due_on=due_of(kind, period))


def lived_in(club: Club, period: Period) -> bool:
    """The club was active on a day of the period."""
    first, last = period.days
    begun, ended = club.approved_on, club.ended_on
    return begun is not None and begun <= last and (ended is None or ended >= first)


def due_of(kind: str, period: Period) -> date:
    """Through when it may be sent; a day that is none of work moves on (O6)."""
    day = period.start
    if kind == ReportKind.RESULT:
        month, number = map(int, RESULT_DUE.on(day).split("-"))
        return preview(date(period.year, month, number) - ONE_DAY, 1).due
    if kind == ReportKind.MONTH:
        return preview(period.end, REPORT_DAYS.on(day)).due
    last = Period(PeriodKind.MONTH, period.year, LAST_MONTH.on(period.end)).end  # of what there is to report
    return preview(min(period.end, last), HALF_DAYS.on(day)).due


@transaction.atomic
def ask_due(day: date) -> int:
    """Every active club owes the papers of the periods that have begun; how many are new (daily).

    Locks: the clubs. Called by: a duty.
    """
    clubs = list(Club.objects.active().filter(year=day.year).select_for_update(of=("self",)).order_by("pk"))
    had = set(Report.objects.filter(club__in=clubs).values_list("club", "kind", "period"))
    since = _known_since(clubs)
    made = [
        one
        for club in clubs
        for one in owed(club, day)
        if (club.pk, one.kind, one.period) not in had and one.due_on >= since.get(club.pk, one.due_on)
    ]
    Report.objects.bulk_create(made)
    record_many(made, "asked", actor=SYSTEM, data={})
    return len(made)


def _known_since(clubs: Sequence[Club]) -> dict[int, date]:
    """Since when each is known here: of a club taken in during its year nothing is asked that was due before (N1)."""
    found: dict[int, date] = {}
    for row in history(*clubs).filter(name__in=BEGUN).order_by("-at"):
        found[row.object_id] = localdate(row.at)
    return found


# -- writing
@transaction.atomic
def write(
    report: Report,
    values: Mapping[str, Any],
    *,
    files: Iterable[File] = (),
    version: int | None = None,
    actor: Any,
) -> Report:
    """Keep what is written so far.

    Locks: the report. Raises: Refused, Conflict; Rejected once it was sent.
    """
    fresh = locked(report)
    principal = ensure(actor, "clubs.write", fresh)
    if fresh.state != ReportState.DUE:
        raise Rejected(_("제출했거나 받지 않기로 한 보고서입니다. 제출한 보고서는 거둔 뒤 고칠 수 있습니다."))
    wanted = {name: values[name] for name in TEXTS if name in values}
    check_version(fresh, version, wanted)
    apply(fresh, wanted, TEXTS)
    fresh.written_by = actor
    fresh.version += 1
    fresh.save()
    record(fresh, "write", actor=actor, principal=principal)
    attachments.attach(fresh, files, actor=actor)
    return fresh


@transaction.atomic
def send(report: Report, *, version: int | None = None, actor: Any) -> Report:
    """It is handed in; all staff may read it.

    Locks: the report. Raises: Outdated; Rejected where something is missing.
    """
    fresh = locked(report, version)
    fresh.sent_on = today()
    perform(fresh, "send", actor=actor)
    for name in NEEDED[fresh.kind]:
        if not getattr(fresh, name).strip():
            label = label_of(fresh, name)
            raise Rejected(_("‘%(field)s’이(가) 비어 있습니다. 쓴 뒤 제출해 주세요.") % {"field": label})
    notifications.sent(fresh)
    return fresh


def being_judged(report: Report) -> bool:
    kind = ContentType.objects.get_for_model(Report)
    rows = Entry.objects.filter(content_type=kind, object_id=report.pk, out=False)
    return rows.exclude(round__state=RoundState.ABANDONED).exists()


def _need_unjudged(report: Report) -> None:
    if being_judged(report):
        raise Rejected(_("심사에 올린 보고서는 거두거나 고칠 수 없습니다."))


def taken_up(report: Report) -> Report | None:
    """The report of a longer period that was written from this one and sent after it."""
    rows = report.club.reports.filter(state=ReportState.SENT, sent_on__gte=report.sent_on)
    first, last = report.span.days
    for other in rows.exclude(pk=report.pk).exclude(kind=ReportKind.MONTH):
        start, end = other.span.days
        if report.kind == ReportKind.MONTH and start <= first and last <= end:
            return other
    return None


@transaction.atomic
def take_back(report: Report, *, version: int | None = None, actor: Any) -> Report:
    """It was sent by mistake, and nobody has acted on it yet.

    Locks: the report. Raises: Outdated; Rejected while it is judged, or once it stands in a later report.
    """
    fresh = locked(report, version)
    other = taken_up(fresh) if fresh.state == ReportState.SENT else None
    fresh.sent_on = None
    perform(fresh, "take_back", actor=actor)
    _need_unjudged(fresh)
    if other is not None:
        raise Rejected(
            _("이 보고서를 담은 %(other)s를 이미 제출했습니다. 그 보고서를 먼저 거두어 주세요.")
            % {"other": other}
        )
    return fresh


@transaction.atomic
def give_back(report: Report, *, reason: str, version: int | None = None, actor: Any) -> Report:
    """Planning asks for what is missing.

    Locks: the report. Raises: Refused to a member; Outdated; Rejected while it is judged.
    """
    fresh = locked(report, version)
    fresh.sent_on = None
    perform(fresh, "give_back", actor=actor, reason=reason)
    _need_unjudged(fresh)
    notifications.returned(fresh, reason)
    return fresh


@transaction.atomic
def waive(report: Report, *, reason: str, version: int | None = None, actor: Any) -> Report:
    """It is not asked for: the club did not live in that month.

    Locks: the report. Raises: Refused to a member; Outdated.
    """
    fresh = locked(report, version)
    perform(fresh, "waive", actor=actor, reason=reason)
    notifications.waived(fresh, reason)
    return fresh


def lapse(club: Club) -> None:
    """Of a club that is over nothing is asked any more; what it did not send is missing for good.

    Locks: the reports. Called by: clubs.end and close_past, under the club's lock.
    """
    rows = Report.objects.select_for_update(of=("self",)).filter(club=club, state=ReportState.DUE)
    for one in rows.select_related("club__panel", "club__bureau").order_by("pk"):
        perform(one, "lapse", actor=SYSTEM)


@transaction.atomic
def ask_again(report: Report, *, version: int | None = None, actor: Any) -> Report:
    """It is asked for after all.

    Locks: the report. Raises: Refused to a member; Outdated.
    """
    fresh = locked(report, version)
    perform(fresh, "ask_again", actor=actor)
    notifications.asked_again(fresh)
    return fresh
