"""Who may see and change budgets (V5)."""

from django.utils.translation import gettext_lazy as _

from core.permissions import permit
from organization.enums import Role
from organization.rules import has_role, is_planning, reads_all

permit(
    "budgets.view",
    reads_all | has_role(Role.GENERAL_AFFAIRS),
    _("여비 예산은 기획예산과와 총무과, 간부, 감사 담당자가 볼 수 있습니다."),
)
permit("budgets.change", is_planning, _("여비 예산은 기획예산과 담당자가 바꿀 수 있습니다."))
