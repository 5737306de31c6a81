"""Stars for a post, once a person (K2)."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.permissions import ensure
from knowledge.enums import PostState
from knowledge.models import Post, Rating
from knowledge.models.activity import MOST_STARS
from knowledge.services.readings import hold


@transaction.atomic
def rate(post: Post, stars: int, *, actor: Any) -> None:
    """Give it so many stars, or others than before.

    Locks: the post. Raises: Refused for who wrote or owns it; Rejected where it does
    not stand, or for another number of stars.
    """
    ensure(actor, "knowledge.rate", post)
    if not 1 <= stars <= MOST_STARS:
        raise Rejected(_("별점을 골라 주세요."), field="stars")
    if hold(post).state != PostState.STANDING:
        raise Rejected(_("게시된 지식만 평가할 수 있습니다."))
    kept = Rating.objects.filter(post=post, user=actor).first()
    before = kept.stars if kept else 0
    if kept is None:
        Rating.objects.create(post=post, user=actor, stars=stars)
    elif stars != before:
        kept.stars = stars
        kept.save(update_fields=["stars"])
    Post.objects.filter(pk=post.pk).update(
        stars=F("stars") + (stars - before), raters=F("raters") + (0 if kept else 1)
    )
