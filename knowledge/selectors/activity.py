"""What readers have done with a post, for its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from basis.formats import number
from core.permissions import can
from knowledge.enums_activity import OpinionState
from knowledge.models import Flaw, Opinion, Post, Rating, Reading

PAGE = 20  # opinions of a page


def with_own(posts: QuerySet[Post], user: Any) -> QuerySet[Post]:
    """Each with `was_read` and `own_stars`: what this person has done with it."""
    of = {"post": OuterRef("pk"), "user": user}
    return posts.annotate(
        was_read=Exists(Reading.objects.filter(**of)),
        own_stars=Subquery(Rating.objects.filter(**of).values("stars")),
    )


def with_open_flaws(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Each with `open_flaws`: how many passages said to be wrong wait for an answer, None for none."""
    waiting = Flaw.objects.open().filter(post=OuterRef("pk")).order_by().values("post")
    return posts.annotate(open_flaws=Subquery(waiting.annotate(n=Count("pk")).values("n")))


@dataclass(frozen=True)
class Said:
    """An opinion as its page shows it, and what the reader may do with it."""

    opinion: Opinion
    can_withdraw: bool
    can_hide: bool
    can_show: bool


@dataclass(frozen=True)
class Opinions:
    rows: Sequence[Said]
    page: int
    older: bool

    @property
    def newer(self) -> bool:
        return self.page > 1


def opinions_of(post: Post, user: Any, page: int = 1) -> Opinions:
    """The newest first. One question, however many there are."""
    page, plans = max(1, page), can(user, "knowledge.hide")
    rows = _seen_by(post, user, plans=plans).select_related("writer__department")
    found = list(rows.order_by("-pk")[(page - 1) * PAGE : page * PAGE + 1])
    return Opinions([_said(one, user, plans=plans) for one in found[:PAGE]], page, len(found) > PAGE)


def page_of(opinion: Opinion, user: Any) -> int:
    """On which page of its post it stands."""
    rows = _seen_by(opinion.post, user, plans=can(user, "knowledge.hide"))
    return rows.filter(pk__gt=opinion.pk).count() // PAGE + 1


def _seen_by(post: Post, user: Any, *, plans: bool) -> QuerySet[Opinion]:
    rows = Opinion.objects.filter(post=post).exclude(state=OpinionState.WITHDRAWN)
    return rows if plans else rows.filter(Q(state=OpinionState.STANDING) | Q(writer=user))


def _said(one: Opinion, user: Any, *, plans: bool) -> Said:
    stands = one.state == OpinionState.STANDING
    return Said(
        one,
        can_withdraw=stands and one.writer_id == user.pk,
        can_hide=stands and plans,
        can_show=not stands and plans,
    )


def average(post: Post) -> str:
    """Stars in the mean, with one place; nothing where nobody has rated."""
    return f"{post.stars / post.raters:.1f}" if post.raters else ""


def rating_text(post: Post) -> str:
    said = _("%(average)s점(%(count)s명)") % {"average": average(post), "count": number(post.raters)}
    return said if post.raters else ""
