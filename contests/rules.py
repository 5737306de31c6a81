"""Who may do what in the best-practice contest (E5): a department writes, its head enters, planning asks (D9)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.actors import asked
from core.permissions import NOBODY, permit
from organization.rules import is_planning, is_staff
from reviews.rules import is_in_department, leads_department

PLANNING_ONLY = _("경진대회는 기획예산과 담당자가 열고 거둘 수 있습니다.")


def behind(practice: Any) -> list[int | None]:
    """Who wrote, asked for or entered it, and who contributed: they give it neither more time nor another chance."""
    people = [one.user_id for one in practice.contributors.all()]
    return [practice.written_by_id, *people, *asked(practice, "begin", "edit", "ask", "enter")]


permit("contests.view", is_staff, reveals=NOBODY)
permit("contests.plan", is_planning, PLANNING_ONLY, reveals=NOBODY)
permit(
    "contests.write",
    is_in_department | leads_department,
    _("우수사례는 그 부서의 직원과 부서장이 쓸 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "contests.enter",
    leads_department,
    _(
        "우수사례는 부서장이 제출할 수 있습니다. 부서장이 없으면 국장, 국장도 없으면 기획예산과 담당자가 합니다."
    ),
    reveals=NOBODY,
)
permit(
    "contests.allow",
    is_planning,
    _("늦은 제출과 보완은 그 우수사례를 쓰거나 기여하지 않은 기획예산과 담당자가 정할 수 있습니다."),
    never=behind,
    reveals=NOBODY,
)
