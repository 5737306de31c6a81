"""Who may do what: a department writes, its head enters, planning asks, records and pays (E5, E6, D9)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.actors import asked
from core.permissions import NOBODY, permit
from organization.rules import heads_planning, is_planning, is_staff
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


def behind_bonus(bonus: Any) -> list[int | None]:
    """Who wrote or asked for it, and who would be paid: they decide on none of it (D9)."""
    people = [one.user_id for one in bonus.shares.all()]
    return [bonus.written_by_id, *people, *asked(bonus, "create", "edit", "nominate")]


permit(
    "contests.bonus_write",
    is_in_department | leads_department,
    _("예산성과금은 그 부서의 직원과 부서장이 쓸 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "contests.nominate",
    leads_department,
    _(
        "예산성과금은 부서장이 신청할 수 있습니다. 부서장이 없으면 국장, 국장도 없으면 기획예산과 담당자가 합니다."
    ),
    reveals=NOBODY,
)
permit(
    "contests.bonus_record",
    is_planning,
    _("심사와 심의 결과는 신청하지도 기여하지도 않은 기획예산과 담당자가 기록할 수 있습니다."),
    never=behind_bonus,
    reveals=NOBODY,
)
permit(
    "contests.bonus_grant",
    is_planning | heads_planning,
    _(
        "지급은 신청하거나 기여하거나 금액을 기록하지 않은 기획예산과 담당자나 기획예산과장이 결정할 수 있습니다."
    ),
    never=lambda bonus: [*behind_bonus(bonus), *asked(bonus, "decide")],
    reveals=NOBODY,
)
