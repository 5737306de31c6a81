"""Who may do what on the knowledge board: all staff read and write, planning or a field's keeper approves (K2, D9)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from core.actors import asked
from core.permissions import NOBODY, permit
from organization.rules import is_planning, is_staff


@predicate
def owns(user: Any, post: Any = None) -> bool:
    """Of the page without a thing: any staff may own something."""
    return post is None or user.pk == post.owner_id


@predicate
def keeps(user: Any, post: Any = None) -> bool:
    return post is not None and post.field is not None and post.field.keeper_id == user.pk


def behind(post: Any) -> list[int | None]:
    """Who wrote it, owns it or asked for its approval: they do not approve it (D9)."""
    return [post.writer_id, post.owner_id, *asked(post, "create", "edit", "submit")]


permit("knowledge.view", is_staff, reveals=NOBODY)
permit("knowledge.write", is_staff & owns, _("이 지식은 담당자가 고칠 수 있습니다."), reveals=NOBODY)
permit(
    "knowledge.approve",
    is_planning | keeps,
    _("지식은 쓰지도 맡지도 않은 기획예산과 담당자나 그 분야 담당이 승인할 수 있습니다."),
    never=behind,
    reveals=NOBODY,
)
permit(
    "knowledge.look",
    (is_staff & owns) | is_planning,
    _("유효 여부는 담당자나 기획예산과 담당자가 정할 수 있습니다."),
    reveals=NOBODY,
)
permit("knowledge.plan", is_planning, _("지식나눔은 기획예산과 담당자가 관리합니다."), reveals=NOBODY)
