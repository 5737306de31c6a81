"""Who may do what with incentive projects (I1–I9): all staff read, departments work on theirs, planning decides."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from core.actors import asked
from core.permissions import NOBODY, permit
from incentives.enums import ContactState, Post, Role
from organization.enums import Role as Right
from organization.rules import has_role, is_planning, is_staff, reads_all
from organization.selectors import led_by

OWNERS_ONLY = _("주관 부서의 담당자와 팀장, 기획예산과 담당자가 할 수 있습니다.")


def division_of(thing: Any) -> Any:
    """The division of a plan, an indicator, a week's report …"""
    part = getattr(thing, "part", None)
    return part.division if part is not None else getattr(thing, "division", thing)


def _served(user: Any, thing: Any, *roles: str) -> bool:
    return any(
        one.department_id == user.department_id and one.role in roles
        for one in division_of(thing).parts.all()
    )


@predicate
def owns(user: Any, thing: Any) -> bool:
    """Serves in a department that owns it."""
    return thing is not None and user.department_id is not None and _served(user, thing, Role.OWNER)


@predicate
def works_on(user: Any, thing: Any) -> bool:
    """Serves in a department that owns it, or helps."""
    served = user.department_id is not None and thing is not None
    return served and _served(user, thing, Role.OWNER, Role.HELPER)


@predicate
def leads_it(user: Any, thing: Any) -> bool:
    """Is the team leader named for an owner of it, or leads that department."""
    if thing is None:
        return False
    return any(
        part.role == Role.OWNER
        and (
            part.department_id in led_by(user)
            or any(
                one.user_id == user.pk and one.post == Post.LEADER and one.state != ContactState.ENDED
                for one in part.contacts.all()
            )
        )
        for part in division_of(thing).parts.all()
    )


def behind_plan(division: Any) -> Iterable[int | None]:
    """Who wrote the plan or sent it does not approve it (D9)."""
    plan = getattr(division, "plan", None)
    return [plan and plan.written_by_id, *asked(division, "send")]


@predicate
def owns_result(user: Any, payout: Any) -> bool:
    """Serves in a department that owns the result."""
    if payout is None or user.department_id is None:
        return False
    rows = payout.result.shares.all()
    return any(one.department_id == user.department_id and one.role == Role.OWNER for one in rows)


def behind_payout(payout: Any) -> Iterable[int | None]:
    """Who shared it out, had it approved or asked for it neither agrees nor pays (D9)."""
    return asked(payout, "plan", "approve", "ask")


def thanked(thanks: Any) -> Iterable[int | None]:
    """Whoever stands behind a result of the year does not confirm who is rewarded (D9)."""
    return [one.user_id for one in thanks.behind()]


def behind_week(report: Any) -> Iterable[int | None]:
    """Who wrote what is reported of a week does not confirm it: of a team leader's own the head does (D9)."""
    return [report.written_by_id, *asked(report, "write", "unchanged")]


permit("incentives.view", is_staff, reveals=NOBODY)
permit(
    "incentives.plan",
    is_planning,
    _("공동협력사업은 기획예산과 담당자가 등록하고 고칠 수 있습니다."),
    reveals=NOBODY,
)
permit("incentives.work", owns | is_planning, OWNERS_ONLY, reveals=NOBODY)
permit(
    "incentives.help",
    works_on | is_planning,
    _("주관 부서와 협조 부서의 직원, 기획예산과 담당자가 할 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "incentives.confirm",
    leads_it,
    _("주간 보고는 쓰지 않은 주관 부서의 팀장이나 부서장이 확인할 수 있습니다."),
    never=behind_week,
    reveals=NOBODY,
)
permit(
    "incentives.approve",
    is_planning,
    _("자체 추진계획은 쓰거나 내지 않은 기획예산과 담당자가 승인할 수 있습니다."),
    never=behind_plan,
    reveals=NOBODY,
)
permit(
    "incentives.payout_work",
    owns_result | is_planning,
    _("수상한 주관 부서의 직원과 기획예산과 담당자가 할 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "incentives.payout_decide",
    is_planning,
    _("배분하거나 결재를 받거나 지급을 요청하지 않은 기획예산과 담당자가 할 수 있습니다."),
    never=behind_payout,
    reveals=NOBODY,
)
permit("incentives.see_budget", reads_all | has_role(Right.GENERAL_AFFAIRS), reveals=NOBODY)
permit(
    "incentives.change_budget",
    is_planning,
    _("포상금 예산은 기획예산과 담당자가 편성할 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "incentives.thank",
    is_planning,
    _("표창과 특별휴가는 유공 직원이 아닌 기획예산과 담당자가 확정할 수 있습니다."),
    never=thanked,
    reveals="award",
)
permit(
    "incentives.personnel",
    reads_all | has_role(Right.GENERAL_AFFAIRS),
    _("유공 직원 명단은 기획예산과와 총무과 담당자, 간부, 감사 담당자가 볼 수 있습니다."),
    reveals="award",
)
