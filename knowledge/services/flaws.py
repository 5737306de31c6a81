"""A passage said to be wrong: reported, answered in time, and what is right earns (K6)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.folding import fold
from basis.official import in_office_language
from core import deadlines
from core.editing import check_seen
from core.models import Clock
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from knowledge import notifications_flaw as notifications
from knowledge.enums import FlawState, PostState, Validity
from knowledge.finding import weigh
from knowledge.models import Flaw, Post
from knowledge.policies import FLAW_DAYS, LOOK_DAYS
from knowledge.services import posts
from mileage.catalogue import FLAW
from mileage.services.awards import Award, award

CLOCK = "knowledge.flaw"


def locked(flaw: Flaw, seen: int | None = None) -> Flaw:
    """Locks: its post, then itself."""
    posts.locked(flaw.post)
    rows = Flaw.objects.select_for_update(of=("self",)).select_related("post__owner", "clock", "reporter")
    fresh = rows.get(pk=flaw.pk)
    check_seen(fresh, seen)
    return fresh


@transaction.atomic
def report(post: Post, *, passage: str, remark: str, actor: Any) -> Flaw:
    """Somebody reads something that is wrong.

    Locks: the post. Raises: Refused for one's own; Rejected for a passage that does not stand in it, what is reported
    already, or a post that is the result of other work.
    """
    fresh = posts.locked(post)
    ensure(actor, "knowledge.report", fresh)
    if fresh.state != PostState.STANDING:
        raise Rejected(_("게시된 지식의 잘못만 알릴 수 있습니다."))
    quoted = fold(passage)
    if quoted not in fold(fresh.text) and quoted not in fold(fresh.title):
        raise Rejected(_("이 글에 없는 대목입니다. 글에서 그대로 옮겨 적어 주세요."), field="passage")
    if any(fold(one.passage) == quoted for one in Flaw.objects.open().filter(post=fresh)):
        raise Rejected(_("이 대목은 이미 다른 직원이 알렸습니다."), field="passage")
    flaw = Flaw(
        post=fresh,
        edition=fresh.edition,
        passage=passage.strip(),
        remark=remark.strip(),
        reporter=actor,
        reported_on=today(),
        clock=deadlines.open_clock(CLOCK, today(), FLAW_DAYS.on(today())),
    )
    flaw.save()
    record(flaw, "report", actor=actor)
    notifications.reported(flaw)
    return flaw


def _answered(flaw: Flaw, answer: str, actor: Any) -> None:
    flaw.answer, flaw.answered_by, flaw.answered_on = answer.strip(), actor, today()
    deadlines.close(flaw.clock, today())


@transaction.atomic
def accept(flaw: Flaw, *, reason: str, version: int | None = None, actor: Any) -> Flaw:
    """It is wrong: who reported it earns, and until its owner has mended it, the post is to be checked.

    Locks: the post, the flaw, the reporter's account. Raises: Outdated, Rejected without an answer, Refused for who
    reported it.
    """
    fresh = locked(flaw, version)
    _answered(fresh, reason, actor)
    perform(fresh, "accept", actor=actor, reason=reason)
    post = posts.locked(fresh.post)
    if post.state == PostState.STANDING and post.validity == Validity.VALID and not post.is_mirror:
        post.validity, post.due_on = Validity.CHECK, posts.within(LOOK_DAYS.on(today()))
        post.version += 1
        post.save()
        record(post, "flawed", actor=actor)
        weigh([post])
    _earn(fresh, actor)
    notifications.answered(fresh)
    return fresh


@in_office_language
def _earn(flaw: Flaw, actor: Any) -> None:
    title = _("잘못 알림: %(title)s") % {"title": flaw.post.title}
    event = f"knowledge.flaw:{flaw.post_id}:{flaw.pk}"
    award([Award(FLAW, flaw.reporter, event, today(), title, flaw)], actor=actor)


@transaction.atomic
def decline(flaw: Flaw, *, reason: str, version: int | None = None, actor: Any) -> Flaw:
    """It is right as it stands, and why.

    Locks: the post, the flaw. Raises: Outdated, Rejected without an answer, Refused for who reported it.
    """
    fresh = locked(flaw, version)
    _answered(fresh, reason, actor)
    perform(fresh, "decline", actor=actor, reason=reason)
    notifications.answered(fresh)
    return fresh


@transaction.atomic
def take_back(flaw: Flaw, *, version: int | None = None, actor: Any) -> Flaw:
    """Locks: the post, the flaw. Raises: Outdated."""
    fresh = locked(flaw, version)
    deadlines.close(fresh.clock, today())
    perform(fresh, "take_back", actor=actor)
    return fresh


def due_moved(clock: Clock, old: date, cause: str, actor: Any) -> None:
    """Who is to answer is told of the other day."""
    notifications.due_moved(
        Flaw.objects.select_related("post__owner").get(clock=clock), old, clock.due, cause
    )


def lock_open() -> list[int]:
    """Locks: the posts, then the flaws."""
    rows = Flaw.objects.filter(state=FlawState.OPEN)
    list(Post.objects.select_for_update().filter(pk__in=rows.values("post")).order_by("pk"))
    return [flaw.clock_id for flaw in rows.select_for_update(of=("self",)).order_by("pk")]
