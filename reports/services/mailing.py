"""Sending reports to their recipients, and who these are (R2, R3)."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from basis.documents.html import render_mail_html
from basis.documents.model import Document
from basis.documents.text import render_text
from basis.errors import Rejected
from core.permissions import ensure
from notifications import outbox
from notifications.models import Mail
from notifications.services import Line, MailFile, audience, notify, queue_mail
from organization.enums import Role
from organization.models import User
from organization.selectors import holders_of
from reports.models import Delivery, Recipient, ReportRun


def recipients_of(slug: str) -> list[User]:
    """Those chosen by planning; where nobody was chosen, planning itself, so that no report reaches nobody."""
    chosen = [row.person for row in Recipient.objects.filter(slug=slug).select_related("person__department")]
    return chosen or holders_of(Role.PLANNING)


def deliver(run: ReportRun, document: Document, files: Sequence[MailFile]) -> None:
    """Send a mail with both files to each recipient (and who stands in), and a notice on screen.

    Called by: `making.work`, in the transaction that ends the job.
    """
    people = audience(recipients_of(run.slug)) if run.by_mail else []
    title = document.title if run.edition == 1 else f"{document.title} ({_edition(run)})"
    html, text = render_mail_html(document, settings.SITE_URL.rstrip("/")), render_text(document)
    for person in people:
        mail = queue_mail(
            "reports.run",
            person,
            subject=title,
            key=f"{run.key}:{person.pk}",
            lines=[Line(_("시스템에서 보고서 보기"), "", run.get_absolute_url())],
            html=html,
            text=text,
            files=files,
        )
        Delivery.objects.create(run=run, person=person, mail=mail)
    told = [*people, *([run.asked_by] if run.asked_by else [])]
    notify(
        "reports.run",
        told,
        title=_("보고서가 만들어졌습니다: %(title)s") % {"title": title},
        url=run.get_absolute_url(),
        key=run.key,
        mail=False,
    )


def _edition(run: ReportRun) -> str:
    return _("%(edition)d판") % {"edition": run.edition}


@transaction.atomic
def resend(run: ReportRun, *, actor: Any) -> list[Mail]:
    """Put the run's failed mails to the front of the outbox; gives them."""
    ensure(actor, "reports.manage")
    failed = run.deliveries.filter(mail__state=Mail.State.FAILED)
    return outbox.retry(list(failed.values_list("mail_id", flat=True)), actor=actor)


@transaction.atomic
def add_recipients(slug: str, people: Sequence[User], *, actor: Any) -> int:
    """The number newly added. Rejected when nobody is named."""
    ensure(actor, "reports.manage")
    if not people:
        raise Rejected(_("받는 사람을 골라 주세요."), field="people")
    added = 0
    for person in people:
        _row, new = Recipient.objects.get_or_create(slug=slug, person=person, defaults={"added_by": actor})
        added += new
    return added


@transaction.atomic
def remove_recipient(recipient: Recipient, *, actor: Any) -> None:
    ensure(actor, "reports.manage")
    recipient.delete()
