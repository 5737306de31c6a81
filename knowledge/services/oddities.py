"""What planning does about a pattern: takes points back with a reason, or records that nothing is wrong (K5)."""

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.official import in_office_language
from core.now import now
from core.permissions import ensure
from core.transition import perform
from knowledge import notifications_oddities as notifications
from knowledge.enums import PostState
from knowledge.models import Cleared, Opinion, Post
from knowledge.selectors.oddities import Finding, Pattern, rows_of
from knowledge.services.earning import RULES
from knowledge.services.posts import locked
from mileage import catalogue
from mileage.models import Entry
from mileage.services.awards import reverse, reverse_source


def entries_of(one: Finding) -> QuerySet[Entry]:
    """Points that stand for what is behind it: those of the opinions and posts, of readings those of the reader."""
    rows = rows_of(one)
    kind: type[Model] = Post
    if one.pattern == Pattern.BURST:
        keys, rules = rows.order_by().values("post"), [catalogue.VIEWING]
    elif one.pattern in (Pattern.PAIR, Pattern.PASTED):
        kind, keys, rules = Opinion, rows.order_by().values("pk"), [catalogue.OPINION]
    else:
        keys, rules = rows.order_by().values("pk"), list(RULES.values())
    found = Entry.objects.standing().filter(
        amount__gt=0,  # a cap left nothing of the others
        source_type=ContentType.objects.get_for_model(kind),
        source_id__in=keys,
        rule__in=[rule.key for rule in rules],
    )
    if one.pattern == Pattern.BURST:
        found = found.filter(account__user__in=one.who)
    return found.select_related("account__user").order_by("day", "pk")


@transaction.atomic
def take_back(one: Finding, entries: Collection[int], *, reason: str, actor: Any) -> int:
    """Reverse these of its entries. Gives how many.

    Locks: the accounts. Raises: Refused; Rejected without a reason, without any, or for one's own case.
    """
    ensure(actor, "knowledge.plan")
    _not_ones_own(one, actor)
    if not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
    found = list(entries_of(one).filter(pk__in=entries))
    if not found:
        raise Rejected(_("되돌릴 점수를 골라 주세요."), field="entries")
    reverse(found, reason=reason.strip(), actor=actor)
    notifications.taken_back(found, reason)
    return len(found)


@transaction.atomic
def clear(one: Finding, *, reason: str, actor: Any) -> Cleared:
    """Nothing is wrong: it is not shown again until something is added to it.

    Raises: Refused; Rejected without a reason, or for one's own case.
    """
    ensure(actor, "knowledge.plan")
    _not_ones_own(one, actor)
    if not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
    said = {"label": f"{one.pattern.label}: {one.names}"[:300], "newest": one.newest}
    cleared, _new = Cleared.objects.update_or_create(
        key=one.key, defaults={**said, "reason": reason.strip()[:500], "by": actor, "at": now()}
    )
    return cleared


@transaction.atomic
def look_again(cleared: Cleared, *, actor: Any) -> None:
    """It is shown again."""
    ensure(actor, "knowledge.plan")
    cleared.delete()


def _not_ones_own(one: Finding, actor: Any) -> None:
    if actor.pk in one.who:
        raise Rejected(_("자신이 든 것은 다른 담당자가 살펴봐야 합니다."))


@transaction.atomic
@in_office_language
def revoke(post: Post, *, reason: str, archive: bool = False, version: int | None = None, actor: Any) -> Post:
    """A post that should not have earned gives its points back; it stays, or goes to the archive.

    Locks: the post, the writer's account. Raises: Outdated; Rejected without a reason, or where nothing stands.
    """
    fresh = locked(post, version)
    perform(fresh, "revoke", actor=actor, reason=reason)
    _not_behind(fresh, actor)
    entries: Sequence[Entry] = reverse_source(fresh, reason=reason, rules=list(RULES.values()), actor=actor)
    if not entries:
        raise Rejected(_("이 지식으로 받은 점수가 없거나 이미 회수했습니다."))
    if archive and fresh.state != PostState.ARCHIVED:
        fresh.pinned = False
        perform(fresh, "archive", actor=actor, reason=reason)
    notifications.revoked(fresh, reason)
    return fresh


def _not_behind(post: Post, actor: Any) -> None:
    if actor.pk in (post.writer_id, post.owner_id):
        raise Rejected(_("쓰거나 맡은 지식의 점수는 다른 담당자가 회수해야 합니다."))
