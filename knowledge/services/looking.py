"""Whether a post may still be gone by: the day to look again, confirmed, old, archived; who answers for it now (K6)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.actors import SYSTEM
from core.models import OpenWork
from core.permissions import ensure
from core.transition import perform, record
from core.work import keep
from knowledge import notifications
from knowledge.enums import OPEN, PostState, Validity
from knowledge.finding import weigh
from knowledge.models import Post
from knowledge.policies import LOOK_DAYS
from knowledge.services.posts import locked, look_done, within
from organization.models import Department, User

BATCH = 500  # posts that come due in one transaction


def come_due(day: date) -> int:
    """Standing posts whose day to look again has come. Gives how many.

    Called by: the schedule alone.
    """
    rows = Post.objects.standing().filter(review_on__lte=day, validity=Validity.VALID)
    with transaction.atomic():
        found = list(
            rows.select_for_update(of=("self",), skip_locked=True).select_related("owner", "field")[:BATCH]
        )
        for post in found:
            post.validity, post.due_on = Validity.CHECK, within(LOOK_DAYS.on(day))
            perform(post, "come_due", actor=SYSTEM)
        weigh(found)
    return len(found)


@transaction.atomic
def confirm(post: Post, *, version: int | None = None, actor: Any) -> Post:
    """It is right today; the next day to look is counted from now.

    Locks: the post. Raises: Outdated.
    """
    fresh = locked(post, version)
    look_done(fresh)
    perform(fresh, "confirm", actor=actor)
    weigh([fresh])
    return fresh


@transaction.atomic
def outdate(post: Post, *, reason: str, version: int | None = None, actor: Any) -> Post:
    """One may not go by it any more; it stays readable under a band.

    Locks: the post. Raises: Outdated, Rejected without a reason.
    """
    fresh = locked(post, version)
    fresh.validity, fresh.old_reason = Validity.OLD, reason.strip()[:500]
    fresh.review_on = fresh.due_on = None
    perform(fresh, "outdate", actor=actor, reason=reason)
    weigh([fresh])
    if fresh.owner_id != getattr(actor, "pk", None):
        notifications.outdated(fresh, reason)
    return fresh


@transaction.atomic
def archive(post: Post, *, reason: str, version: int | None = None, actor: Any) -> Post:
    """Out of the lists; whoever has its address reads it still.

    Locks: the post. Raises: Outdated, Rejected without a reason.
    """
    fresh = locked(post, version)
    fresh.pinned = False
    perform(fresh, "archive", actor=actor, reason=reason)
    return fresh


@transaction.atomic
def restore(post: Post, *, version: int | None = None, actor: Any) -> Post:
    """Locks: the post. Raises: Outdated."""
    fresh = locked(post, version)
    look_done(fresh)
    perform(fresh, "restore", actor=actor)
    weigh([fresh])
    return fresh


def note_moves(day: date) -> int:
    """Posts whose owner serves elsewhere by now, or has left, are to be handed over. Gives how many were found anew.

    Called by: the schedule alone.
    """
    moved = Post.objects.standing().filter(source_mark="")
    moved = moved.exclude(owner__is_active=True, owner__department=F("department"))
    kind = ContentType.objects.get_for_model(Post)
    known = OpenWork.objects.filter(content_type=kind, object_id=OuterRef("pk"), ask="hand_over")
    found = list(moved.exclude(Exists(known)).select_related("owner", "field")[:BATCH])
    if found:
        with transaction.atomic():
            keep.refresh(*found)
    return len(found)


@transaction.atomic
def hand_over(posts: Sequence[Post], to: User, *, actor: Any) -> int:
    """Give these posts of one's own to somebody else of the staff, as one does who moves. Gives how many.

    Whoever has moved takes theirs along by handing them to oneself.

    Locks: the posts. Raises: Rejected for who has them already, for somebody without a department; Refused for what is
    another's.
    """
    if to.department is None or not to.is_active:
        raise Rejected(_("소속 부서가 있는 직원에게 인계해 주세요."), field="to")
    rows = Post.objects.select_for_update(of=("self",)).select_related("owner", "field")
    found = list(rows.filter(pk__in=[post.pk for post in posts], state__in=OPEN).order_by("pk"))
    if any((post.owner_id, post.department_id) == (to.pk, to.department_id) for post in found):
        raise Rejected(_("이미 그 직원이 맡은 지식이 들어 있습니다."), field="to")
    for post in found:
        principal = ensure(actor, "knowledge.look", post)
        post.owner, post.department, post.department_name = to, to.department, to.department.name
        post.version += 1
        post.save()
        record(post, "hand_over", actor=actor, principal=principal, data={"to": to.full_label})
        notifications.handed_over(post)
    return len(found)


def department_merged(old: Department, new: Department, actor: Any) -> None:
    """Posts go with the department they stand for."""
    rows = Post.objects.filter(department=old, state__in=OPEN).select_related("owner", "field")
    for post in rows.select_for_update(of=("self",)).order_by("pk"):
        post.department, post.department_name = new, new.name
        post.version += 1
        post.save()
        record(post, "merged", actor=actor)


def open_of(department: Department) -> int:
    """Posts that are being written or wait."""
    return Post.objects.filter(department=department, state__in=(PostState.DRAFT, PostState.WAITING)).count()
