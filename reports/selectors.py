"""Reading the archive."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from basis.documents.model import Document
from basis.periods import PeriodKind
from core import attachments
from core.models import Attachment
from core.now import today
from notifications.models import Mail
from reports.compare import Difference, differences
from reports.definitions import definition_of
from reports.models import Delivery, Recipient, ReportRun
from reports.schedule import Release, releases

AHEAD_DAYS = 400  # a year and a month: every report comes at least once


def document_of(run: ReportRun) -> Document:
    """The document as it was made."""
    return Document.from_json(run.figures)


def changes_since(run: ReportRun) -> list[Difference]:
    """What the figures of today differ in (R2). Nothing is stored."""
    return differences(document_of(run), definition_of(run.slug).document(run.span, today()))


def files_of(run: ReportRun) -> list[Attachment]:
    return list(attachments.files_of(run))


def deliveries_of(run: ReportRun) -> QuerySet[Delivery]:
    return run.deliveries.select_related("person__department", "mail")


def has_failed_mail(deliveries: Any) -> bool:
    return any(d.mail and d.mail.state == Mail.State.FAILED for d in deliveries)


def editions_with(user: Any, pk: int) -> list[ReportRun]:
    """The run and all other makings of the same report that the user may know, newest first."""
    this = ReportRun.objects.filter(pk=pk)
    same = ReportRun.objects.visible_to(user).filter(
        slug__in=this.values("slug"), period__in=this.values("period")
    )
    return list(same.select_related("asked_by__department").order_by("-edition"))


def coming_releases(day: date, limit: int | None = None) -> list[Release]:
    """What the schedule will make after this day, of what comes each week the next alone."""
    found: list[Release] = []
    weekly: set[str] = set()
    for release in releases(day + timedelta(days=1), day + timedelta(days=AHEAD_DAYS)):
        slug = release.definition.slug
        if slug not in weekly:
            found.append(release)
        if release.period.kind == PeriodKind.WEEK:
            weekly.add(slug)
    return found[:limit]


def recipients_by_report() -> dict[str, list[Recipient]]:
    found: dict[str, list[Recipient]] = {}
    for row in Recipient.objects.select_related("person__department", "added_by__department"):
        found.setdefault(row.slug, []).append(row)
    return found
