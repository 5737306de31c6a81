"""What an approved post earns, once with its source, and nothing where it was said before (K2, K3, K5)."""

from typing import Any

from django.utils.translation import gettext as _

from basis.official import in_office_language
from knowledge.enums import Area
from knowledge.models import Post
from mileage import catalogue
from mileage.services.awards import Award, award, reverse_source

RULES = {
    Area.IDEA: catalogue.POST_IDEA,
    Area.CLUB: catalogue.POST_CLUB,
    Area.WORK: catalogue.POST_WORK,
    Area.FILE: catalogue.POST_FILE,
}


@in_office_language
def earn(post: Post, *, actor: Any) -> None:
    """Locks: the writer's account, last of all. Called by: `posts.approve` and `mirrors`."""
    if post.alike_id or post.is_past:
        return
    rule = RULES[Area(post.area)]
    assert post.approved_on is not None
    award([Award(rule, post.writer, post.event, post.approved_on, post.title, post)], actor=actor)


@in_office_language
def take_back(post: Post, *, reason: str = "", actor: Any) -> None:
    """Locks: the writer's account."""
    reverse_source(post, reason=reason or _("지식 승인 취소"), rules=list(RULES.values()), actor=actor)
