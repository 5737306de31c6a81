"""Who may do what with awards (A5, P13, D9)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.actors import asked
from core.permissions import permit
from organization.enums import Role
from organization.rules import has_role, heads_planning, is_planning, is_staff, reads_all

handles = has_role(Role.PLANNING, Role.GENERAL_AFFAIRS)
PLANNING_ONLY = _("시상 보류와 취소 요청은 기획예산과 담당자가 할 수 있습니다.")


def concerned(award: Any) -> list[int | None]:
    """Who gets it, and who has asked to revoke it."""
    return [award.user_id, *(asked(award, "ask_revocation") if award.asked_reason else ())]


permit("awards.own", is_staff, reveals="award")
permit(
    "awards.see_all",
    reads_all | has_role(Role.GENERAL_AFFAIRS),
    _("시상 대장은 기획예산과와 총무과 담당자, 간부, 감사 담당자가 볼 수 있습니다."),
    reveals="award",
)
permit(
    "awards.hand_over",
    handles,
    _("시상 기록은 기획예산과와 총무과 담당자가 할 수 있습니다."),
    reveals="award",
)
permit(
    "awards.lists",
    handles | has_role(Role.AUDITOR),
    _("급여·휴가·실적가점 명단은 기획예산과와 총무과 담당자, 감사 담당자가 볼 수 있습니다."),
    reveals="award",
)
permit("awards.manage", is_planning, PLANNING_ONLY, reveals="award")
permit(
    "awards.revoke",
    is_planning | heads_planning,
    _("시상 취소는 요청한 사람도 받은 사람도 아닌 기획예산과 담당자나 기획예산과장이 결정할 수 있습니다."),
    personal=True,
    never=concerned,
    reveals="award",
)
permit(
    "awards.see_budget",
    reads_all | has_role(Role.GENERAL_AFFAIRS),
    _("시상 예산은 기획예산과와 총무과, 간부, 감사 담당자가 볼 수 있습니다."),
)
permit(
    "awards.change_budget", is_planning, _("시상 예산은 기획예산과 담당자가 바꿀 수 있습니다."), reveals=""
)
