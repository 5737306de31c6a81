"""Making reports: by schedule, by hand, again (R1, R2).

A run is a row; the work is a job with a lease. The job counts and draws first, then stores figures, files, notices
and mails in the one transaction that also ends the job: a worker killed at any moment leaves nothing half.
"""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from basis.documents.model import Document
from basis.documents.response import FORMATS, file_name
from basis.errors import Rejected
from basis.official import in_office_language
from basis.periods import Period
from core import attachments, jobs
from core.actors import SYSTEM, user_of
from core.models import Job
from core.now import now, today
from core.permissions import ensure
from core.transition import perform, record
from notifications.services import MailFile, notify
from organization.enums import Role
from organization.selectors import holders_of
from reports.definitions import Definition, definition_of
from reports.enums import RunState
from reports.models import ReportRun
from reports.schedule import Release, releases
from reports.services.mailing import deliver

JOB = "reports.make"
FILES = ("xlsx", "hwpx")


def make_due(day: date) -> int:
    """Begin every report whose day has come and that has not been made since; gives how many. A missed one is made
    with the figures of today.

    Called by: the schedule alone.
    """
    fail_abandoned()
    latest = _made()
    missing = [
        release
        for release in releases(date.min, day)
        if latest.get((release.definition.slug, release.period.key), date.min) < release.due_on
        and release.definition.worth(release.period)
    ]
    for release in missing:
        edition = _last_edition(release) + 1
        _begin(release.definition, release.period, edition=edition, due_on=release.due_on, as_of=day)
    return len(missing)


def _made() -> dict[tuple[str, str], date]:
    """As of which day each was made last: a run made by hand before its day does not stand for the release."""
    rows = ReportRun.objects.order_by().values_list("slug", "period").annotate(last=Max("as_of"))
    return {(slug, period): last for slug, period, last in rows}


def _last_edition(release: Release) -> int:
    runs = ReportRun.objects.filter(slug=release.definition.slug, period=release.period.key)
    return runs.aggregate(last=Max("edition"))["last"] or 0


@transaction.atomic
def make_now(definition: Definition, period: Period, *, by_mail: bool, actor: Any) -> ReportRun:
    """Planning asks for a report that does not exist yet: its first edition, so that of two who ask at once one is told
    so. Rejected beside the field."""
    ensure(actor, "reports.manage")
    definition.check(period)
    if period.start > today():
        raise Rejected(
            _("아직 시작되지 않은 기간입니다. 지난 기간이나 이번 기간을 골라 주세요."), field="period"
        )
    if ReportRun.objects.filter(slug=definition.slug, period=period.key).exists():
        raise Rejected(
            _("이미 만든 보고서입니다. 보고서 화면에서 ‘다시 만들기’를 눌러 주세요."), field="period"
        )
    return _begin(
        definition,
        period,
        edition=1,
        due_on=definition.due_on(period),
        as_of=today(),
        by_mail=by_mail,
        actor=actor,
    )


@transaction.atomic
def make_again(run: ReportRun, *, reason: str, by_mail: bool, actor: Any) -> ReportRun:
    """A new edition; the old one stays as it is."""
    ensure(actor, "reports.manage")
    if not reason.strip():
        raise Rejected(_("다시 만드는 사유를 입력해 주세요."), field="reason")
    last = ReportRun.objects.filter(slug=run.slug, period=run.period).latest("edition")
    if last.state == RunState.WAITING:
        raise Rejected(_("이 보고서를 만들고 있습니다. 끝난 뒤에 다시 시도해 주세요."))
    definition = definition_of(run.slug)
    return _begin(
        definition,
        run.span,
        edition=last.edition + 1,
        due_on=run.due_on,
        as_of=today(),
        by_mail=by_mail,
        actor=actor,
        reason=reason,
    )


def _begin(
    definition: Definition,
    period: Period,
    *,
    edition: int,
    due_on: date | None,
    as_of: date,
    by_mail: bool = True,
    actor: Any = SYSTEM,
    reason: str = "",
) -> ReportRun:
    run = ReportRun(
        slug=definition.slug, period=period.key, edition=edition, due_on=due_on, as_of=as_of,
        asked_by=user_of(actor), by_mail=by_mail,
    )  # fmt: skip
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:  # two at the same time: the other one is making it
        raise Rejected(_("이 보고서를 만들고 있습니다. 끝난 뒤에 다시 시도해 주세요.")) from None
    record(run, "begin", actor=actor, reason=reason)
    jobs.enqueue(JOB, in_office_language(definition.title)(period), {"run": run.pk}, unique_key=run.key)
    return run


def job_of(run: ReportRun) -> Job | None:
    return Job.objects.filter(unique_key=run.key).first()


def work(job: jobs.Run, payload: dict[str, Any]) -> None:
    """Draw the report, then store figures, files, notices and mails together with the job's end. Called by: the
    job."""
    run = ReportRun.objects.get(pk=payload["run"])
    definition = definition_of(run.slug)
    document = definition.document(run.span, run.as_of)
    job.progress(1, 1 + len(FILES))
    files = []
    for done, ending in enumerate(FILES, start=2):
        files.append(_file(document, ending))
        job.progress(done, 1 + len(FILES))
    with job.finishing():
        run = ReportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        run.figures, run.made_at = document.to_json(), now()
        perform(run, "make", actor=SYSTEM)
        for file in files:
            attachments.store(
                run, ContentFile(file.content), name=file.name, mime=file.mime, actor=run.asked_by or SYSTEM
            )
        deliver(run, document, files)


def _file(document: Document, ending: str) -> MailFile:
    kind = FORMATS[ending]
    return MailFile(file_name(document.title, ending), kind.render(document), kind.content_type)


def settle_failed(job: Job) -> None:
    """Say once that a report could not be made: its job has given up.

    Locks: the run. Called by: the job's end, and `fail_abandoned`.
    """
    if job.kind != JOB or job.state != Job.State.FAILED:
        return
    with transaction.atomic():
        run = ReportRun.objects.select_for_update(of=("self",)).get(pk=job.payload["run"])
        if run.state != RunState.WAITING:
            return
        perform(run, "fail", actor=SYSTEM, reason=job.error)
        notify(
            "reports.failed",
            holders_of(Role.PLANNING),
            title=_("보고서를 만들지 못했습니다: %(title)s") % {"title": job.label},
            body=job.error,
            url=run.get_absolute_url(),
            key=f"{run.key}:failed:{job.pk}:{job.finished_at}",
            mail=False,
        )


def fail_abandoned() -> None:
    """Say so of runs whose job gave up while nobody was left to say it.

    Called by: `make_due`.
    """
    waiting = ReportRun.objects.filter(state=RunState.WAITING)
    keys = [run.key for run in waiting]
    for job in Job.objects.filter(unique_key__in=keys, state=Job.State.FAILED):
        settle_failed(job)


@transaction.atomic
def retry(run: ReportRun, *, actor: Any) -> None:
    """Put a failed run back on the list.

    Locks: the run.
    """
    run = ReportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    perform(run, "retry", actor=actor)
    job = job_of(run)
    assert job is not None
    jobs.retry(job)
