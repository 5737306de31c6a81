"""Who may do what on the knowledge board: all staff read and write, planning or a field's keeper approves (K2, D9)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from core.actors import asked
from core.permissions import NOBODY, permit
from organization.rules import is_planning, is_staff
from reviews.rules import leads_department


@predicate
def owns(user: Any, post: Any = None) -> bool:
    """Of the page without a thing: any staff may own something."""
    return post is None or user.pk == post.owner_id


@predicate
def keeps(user: Any, post: Any = None) -> bool:
    return post is not None and post.field is not None and post.field.keeper_id == user.pk


@predicate
def mine(user: Any, post: Any = None) -> bool:
    return post is not None and user.pk == post.owner_id


@predicate
def owns_reported(user: Any, flaw: Any = None) -> bool:
    return flaw is not None and user.pk == flaw.post.owner_id


@predicate
def reported(user: Any, flaw: Any = None) -> bool:
    return flaw is not None and user.pk == flaw.reporter_id


@predicate
def asks(user: Any, question: Any = None) -> bool:
    """Of the page without a question: any staff may ask."""
    return question is None or user.pk == question.asker_id


@predicate
def asks_it(user: Any, question: Any = None) -> bool:
    return question is not None and user.pk == question.asker_id


def behind(post: Any) -> list[int | None]:
    """Who wrote it, owns it or asked for its approval: they do not approve it (D9)."""
    return [post.writer_id, post.owner_id, *asked(post, "create", "edit", "submit", "from_answer")]


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
    (is_staff & owns) | is_planning | leads_department,
    _("유효 여부는 담당자와 부서장, 기획예산과 담당자가 정할 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "knowledge.report",
    is_staff & ~mine,
    _("자기가 맡은 지식은 알리지 말고 바로 고쳐 주세요."),
    reveals=NOBODY,
)
permit(
    "knowledge.answer",
    owns_reported | is_planning | leads_department,
    _("잘못 알림은 알린 사람이 아닌 담당자나 기획예산과 담당자가 답할 수 있습니다."),
    never=lambda flaw: [flaw.reporter_id],
    reveals=NOBODY,
)
permit(
    "knowledge.take_flaw_back",
    is_staff & reported,
    _("알린 사람이 거둘 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "knowledge.ask", is_staff & asks, _("질문은 물은 사람이 고치고 답을 고를 수 있습니다."), reveals=NOBODY
)
permit("knowledge.reply", is_staff & ~asks_it, _("자기 질문에는 답할 수 없습니다."), reveals=NOBODY)
permit("knowledge.plan", is_planning, _("지식나눔은 기획예산과 담당자가 관리합니다."), reveals=NOBODY)
