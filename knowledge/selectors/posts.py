"""Posts: like one being written, of one's own, the counts of a home page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from basis.folding import fold
from core.components import Badge
from core.now import today
from knowledge.enums import PostState, Validity
from knowledge.models import Post
from knowledge.policies import ALIKE, SIMILAR
from knowledge.similar import TITLES

TONES = {
    PostState.DRAFT: "neutral",
    PostState.WAITING: "info",
    PostState.STANDING: "success",
    PostState.REJECTED: "danger",
    PostState.ARCHIVED: "neutral",
    PostState.DROPPED: "neutral",
}
VALIDITY_TONES = {Validity.VALID: "success", Validity.CHECK: "warning", Validity.OLD: "neutral"}
COMPARED = 20  # posts whose whole text is compared with a new one's


@dataclass(frozen=True)
class SimilarPost:
    post: Post
    percent: int


def badges_of(post: Post) -> list[Badge]:
    state = Badge(post.get_state_display(), TONES[PostState(post.state)])
    valid = Badge(post.get_validity_display(), VALIDITY_TONES[Validity(post.validity)])
    found = [valid if post.state == PostState.STANDING else state]
    return [*found, Badge(post.grade, "success")] if post.grade else found


def similar_posts(title: str, user: Any, exclude: int | None = None) -> list[SimilarPost]:
    """Those standing with a title like this, best first."""
    rows = Post.objects.visible_to(user).standing()
    found = TITLES.find(title, rows.exclude(pk=exclude) if exclude else rows)
    least = SIMILAR.current()
    percents = {one.pk: round(one.score * 100) for one in found if one.score * 100 >= least}
    posts = Post.objects.in_bulk(percents)
    return [SimilarPost(posts[pk], percent) for pk, percent in percents.items()]


def same_as(post: Post) -> Post | None:
    """An earlier post that says the same, whatever it is called: the first by title, then by text (K2)."""
    least = ALIKE.on(post.submitted_on or today())
    rows = Post.objects.exclude(pk=post.pk).filter(
        state__in=(PostState.STANDING, PostState.ARCHIVED, PostState.WAITING)
    )
    near = [one.pk for one in TITLES.find(post.title, rows, COMPARED)]
    near += TITLES.related(post.text[:1_000], rows, COMPARED)
    own = _flat(post)
    for other in _earlier_first(Post.objects.in_bulk(near).values()):
        if fuzz.ratio(own, _flat(other), score_cutoff=least) and _first(other, post):
            return other
    return None


def _flat(post: Post) -> str:
    return "".join(fold(post.text).split())


def _earlier_first(posts: Iterable[Post]) -> list[Post]:
    return sorted(posts, key=lambda one: (one.submitted_on or one.approved_on or today(), one.pk))


def _first(other: Post, post: Post) -> bool:
    """Which of two is the earlier: by the day it was asked for, then by the number."""
    a, b = other.submitted_on or other.approved_on, post.submitted_on
    return a is None or b is None or (a, other.pk) <= (b, post.pk)
