"""추가의견: said under a post, withdrawn by who said it, hidden by planning; earns once it has stood (K3, K5)."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.official import in_office_language
from core.actors import SYSTEM
from core.editing import check_seen
from core.now import now
from core.permissions import ensure
from core.transition import perform, record
from knowledge import notifications_activity as notifications
from knowledge.enums import Area, PostState
from knowledge.models import Opinion, Post
from knowledge.policies import EARNS
from knowledge.policies_activity import OPINION_HOURS, OPINION_LETTERS
from knowledge.services.readings import hold
from knowledge.weighing import digest, weight
from mileage import catalogue
from mileage.services.awards import Award, award, reverse_source

BATCH = 500  # opinions settled in one run; the next goes on


@transaction.atomic
def say(post: Post, text: str, *, actor: Any) -> Opinion:
    """Locks: the post. Raises: Refused; Rejected where it does not stand, or without a word."""
    principal = ensure(actor, "knowledge.comment", post)
    if not weight(text):
        raise Rejected(_("의견을 적어 주세요."), field="text")
    if hold(post).state != PostState.STANDING:
        raise Rejected(_("게시된 지식에만 의견을 쓸 수 있습니다."))
    text = text.strip()
    opinion = Opinion.objects.create(
        post=post, writer=actor, text=text, at=now(), weight=weight(text), digest=digest(text)
    )
    record(opinion, "create", actor=actor, principal=principal)
    _count(opinion, 1)
    notifications.said(opinion)
    return opinion


def locked(opinion: Opinion, seen: int | None = None) -> Opinion:
    rows = Opinion.objects.select_for_update(of=("self",)).select_related("post", "writer")
    fresh = rows.get(pk=opinion.pk)
    check_seen(fresh, seen)
    return fresh


@transaction.atomic
def withdraw(opinion: Opinion, *, version: int | None = None, actor: Any) -> Opinion:
    """Who said it takes it back, and what it earned with it.

    Locks: the opinion, the post, the writer's account. Raises: Outdated.
    """
    fresh = locked(opinion, version)
    perform(fresh, "withdraw", actor=actor)
    _count(fresh, -1)
    _give_back(fresh, _("쓴 직원이 의견을 거둠"), actor)
    return fresh


@transaction.atomic
def hide(opinion: Opinion, *, reason: str, version: int | None = None, actor: Any) -> Opinion:
    """Out of sight, with the reason for who said it; what it earned is taken back.

    Locks: the opinion, the post, the writer's account. Raises: Outdated, Rejected without a reason.
    """
    fresh = locked(opinion, version)
    fresh.reason = reason.strip()[:500]
    perform(fresh, "hide", actor=actor, reason=reason)
    _count(fresh, -1)
    _give_back(fresh, reason, actor)
    notifications.hidden(fresh, reason)
    return fresh


@transaction.atomic
def show(opinion: Opinion, *, version: int | None = None, actor: Any) -> Opinion:
    """In sight again; the schedule settles anew what it earns.

    Locks: the opinion, the post. Raises: Outdated.
    """
    fresh = locked(opinion, version)
    fresh.reason, fresh.settled_on = "", None
    perform(fresh, "show", actor=actor)
    _count(fresh, 1)
    notifications.shown(fresh)
    return fresh


def _count(opinion: Opinion, more: int) -> None:
    Post.objects.filter(pk=opinion.post_id).update(opinions=F("opinions") + more)


@in_office_language
def _give_back(opinion: Opinion, reason: str, actor: Any) -> None:
    reverse_source(opinion, reason=reason, rules=[catalogue.OPINION], actor=actor)


@in_office_language
def settle(day: date) -> int:
    """Points for what still stands after a while; what is too short, or said to one's own, gets none. Gives how many
    were looked at.

    Locks: the opinions, the writers' accounts. Called by: the schedule alone.
    """
    until = now() - timedelta(hours=OPINION_HOURS.on(day))
    due = Opinion.objects.standing().filter(Q(settled_on=None), at__lte=until)
    with transaction.atomic():
        found = list(
            due.select_for_update(of=("self",), skip_locked=True)
            .select_related("post", "writer")
            .order_by("at")[:BATCH]
        )
        award([_award(one) for one in found if _earns(one)], actor=SYSTEM)
        Opinion.objects.filter(pk__in=[one.pk for one in found]).update(settled_on=day)
    return len(found)


def _earns(opinion: Opinion) -> bool:
    post, said_on = opinion.post, _day(opinion)
    own = opinion.writer_id in (post.writer_id, post.owner_id)
    return (
        not own and bool(EARNS[Area(post.area)].on(said_on)) and opinion.weight >= OPINION_LETTERS.on(said_on)
    )


def _award(opinion: Opinion) -> Award:
    return Award(catalogue.OPINION, opinion.writer, opinion.event, _day(opinion), opinion.post.title, opinion)


def _day(opinion: Opinion) -> date:
    return timezone.localdate(opinion.at)
