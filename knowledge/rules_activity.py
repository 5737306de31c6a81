"""Who reads, comments on and rates a post so that it counts: all staff but who wrote or owns it (K2, K5)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from core.permissions import NOBODY, permit
from organization.rules import is_planning, is_staff


@predicate
def is_anothers(user: Any, post: Any = None) -> bool:
    return post is None or user.pk not in (post.writer_id, post.owner_id)


@predicate
def said_it(user: Any, opinion: Any = None) -> bool:
    return opinion is not None and user.pk == opinion.writer_id


# Personal: nobody reads, rates or takes back what was said in the name of another.
permit(
    "knowledge.read",
    is_staff & is_anothers,
    _("쓰거나 맡은 지식은 조회로 세지 않습니다."),
    personal=True,
    reveals=NOBODY,
)
permit(
    "knowledge.rate",
    is_staff & is_anothers,
    _("쓰거나 맡은 지식은 평가할 수 없습니다."),
    personal=True,
    reveals=NOBODY,
)
permit("knowledge.comment", is_staff, _("의견은 직원이 쓸 수 있습니다."), personal=True, reveals=NOBODY)
permit("knowledge.unsay", said_it, _("의견은 쓴 직원이 거둘 수 있습니다."), personal=True, reveals=NOBODY)
permit("knowledge.hide", is_planning, _("의견은 기획예산과 담당자가 숨길 수 있습니다."), reveals=NOBODY)
