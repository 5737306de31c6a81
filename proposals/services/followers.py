"""News of a proposal by mail, for whoever asks and confirms the address; no address outlives its use."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from basis.formats import date_weekday
from basis.official import in_office_language
from core import passes
from core.actors import SYSTEM
from core.models import TransitionLog
from core.now import now, today
from core.permissions import ensure
from core.workflow import workflow_of
from letters.services.writing import forget as forget_letters
from letters.services.writing import write
from letters.texts import Recipient
from proposals import letters
from proposals.enums import OPEN, State
from proposals.models import Follower, Proposal
from proposals.policies import FOLLOW_DAYS, FOLLOW_YEARS, WRITING_DAYS
from proposals.selectors.proposals import TOLD


@transaction.atomic
def ask(proposal: Proposal, email: str) -> None:
    """A link goes to the address; nothing comes before it was confirmed there. Who has confirmed gets no other.

    Called by: everybody.
    """
    found, _new = Follower.objects.get_or_create(proposal=proposal, email=email.strip().lower())
    if found.confirmed_at is None:
        _write(found, "follow")


@transaction.atomic
def confirm(follower: Follower, *, actor: Any) -> None:
    """From now on.

    Locks: the follower.
    """
    ensure(actor, "proposals.news", follower)
    fresh = Follower.objects.select_for_update(of=("self",)).get(pk=follower.pk)
    if fresh.confirmed_at is None:
        fresh.confirmed_at, fresh.told = now(), _latest(fresh.proposal)
        fresh.save(update_fields=["confirmed_at", "told"])


@transaction.atomic
def stop(follower: Follower, *, actor: Any) -> None:
    """The address goes, and what was written to it.

    Locks: the follower.
    """
    ensure(actor, "proposals.news", follower)
    _end(follower)


def _end(follower: Follower) -> None:
    fresh = Follower.objects.select_for_update(of=("self",)).get(pk=follower.pk)
    fresh.email, fresh.ended_on = "", today()
    fresh.save(update_fields=["email", "ended_on"])
    forget_letters(fresh)
    for held in passes.passes_for(fresh):
        passes.revoke(held)


def _log(proposal: Proposal) -> Any:
    kind = ContentType.objects.get_for_model(Proposal)
    rows = TransitionLog.objects.filter(content_type=kind, object_id=proposal.pk, name__in=TOLD)
    return rows.order_by("pk")


def _latest(proposal: Proposal) -> int:
    row = _log(proposal).last()
    return row.pk if row else 0


def send_news(day: date) -> int:
    """What has happened since the last time, in one mail; how many mails.

    Locks: each follower. Called by: the schedule.
    """
    rows = Follower.objects.filter(ended_on=None).exclude(confirmed_at=None)
    shown = rows.filter(proposal__in=Proposal.objects.shown()).select_related("proposal")
    return sum(_tell(follower) for follower in shown.order_by("pk"))


@in_office_language
@transaction.atomic
def _tell(follower: Follower) -> int:
    fresh = Follower.objects.select_for_update(of=("self",)).select_related("proposal").get(pk=follower.pk)
    news = list(_log(fresh.proposal).filter(pk__gt=fresh.told))
    if not news or fresh.ended_on:
        return 0
    fresh.told = news[-1].pk
    fresh.save(update_fields=["told"])
    label = workflow_of(Proposal).label_of
    lines = [f"{date_weekday(timezone.localdate(row.at))} {label(row.name)}" for row in news]
    page = f"{settings.SITE_URL.rstrip('/')}{fresh.proposal.public_url}"
    _write(fresh, "news", news="\n".join(lines), page=page)
    return 1


def _write(follower: Follower, kind: str, **values: str) -> None:
    proposal = follower.proposal
    filling = {"code": proposal.code, "title": proposal.public_title, **values}
    to = Recipient("", follower.email)
    write(letters.PREFIX + kind, follower, to, filling, actor=SYSTEM, about=proposal.code)


@transaction.atomic
def forget_past(day: date) -> int:
    """Addresses that were not confirmed in time, or to which nothing more will come; how many.

    Locks: each follower. Called by: the schedule.
    """
    unconfirmed = Q(confirmed_at=None, asked_at__lt=now() - timedelta(days=WRITING_DAYS.on(day)))
    closed = Q(proposal__closed_on__lt=day - timedelta(days=FOLLOW_DAYS.on(day)))
    over = Q(proposal__closed_on__lt=day - timedelta(days=366 * FOLLOW_YEARS.on(day)))
    ended = closed & ~Q(proposal__state__in=(*OPEN, State.ADOPTED)) | over & Q(proposal__state=State.ADOPTED)
    rows = list(Follower.objects.filter(unconfirmed | ended, ended_on=None).order_by("pk"))
    for row in rows:
        _end(row)
    return len(rows)
