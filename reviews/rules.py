"""Who may do what with departments' reviews: the same for every kind of them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import Predicate, predicate

from core.actors import asked
from core.models import ClockAdjustment
from core.permissions import NOBODY, permit
from organization.rules import heads_planning, is_planning
from organization.selectors import led_by


@predicate
def is_reviewer(user: Any, review: Any) -> bool:
    return review is not None and review.reviewer_id == user.pk and review.department_id == user.department_id


@predicate
def is_department_head(user: Any, review: Any) -> bool:
    return review is not None and user.is_head and user.department_id == review.department_id


@predicate
def leads_department(user: Any, review: Any) -> bool:
    """The head; where there is none, the bureau's head or planning (organization.selectors.leaders_of)."""
    return review is not None and review.department_id in led_by(user)


@predicate
def is_in_department(user: Any, review: Any) -> bool:
    return (
        review is not None and user.department_id is not None and user.department_id == review.department_id
    )


@predicate
def submitted_it(user: Any, review: Any) -> bool:
    return review is not None and review.submitted_by_id == user.pk


def asked_clock(review: Any) -> Iterable[int | None]:
    """Who asked for the extension or pause that waits for a decision."""
    waiting = ClockAdjustment.State.REQUESTED
    rows = [one for one in review.clock.adjustments.all() if one.state == waiting]
    steps = [f"ask_{row.kind}" for row in rows]
    return [*(row.requested_by_id for row in rows), *(asked(review, *steps) if steps else ())]


def _unconcerned(never: Callable[[Any], Iterable[int | None]] | None) -> Predicate:
    """Whom it does not concern; a colleague in their place acts by a right of the own here."""

    def is_unconcerned(user: Any, review: Any) -> bool:
        return never is None or review is None or user.pk not in never(review)

    return predicate(is_unconcerned)


def permit_reviews(prefix: str, never: Callable[[Any], Iterable[int | None]] | None = None) -> None:
    """The rights of the steps of a kind of review. `{prefix}.view`, `.dispatch` (sending, recalling) and `.plan`
    (reopening) are the process's own. `never(review)`: who has no part in it (`ReviewKind.excluded` says the same)."""
    permit(
        f"{prefix}.assign",
        leads_department | is_planning,
        _("검토자 지정은 부서장이 할 수 있습니다."),
    )
    permit(
        f"{prefix}.take",
        is_in_department & _unconcerned(never),
        _("검토 부서의 직원이 맡을 수 있습니다."),
        personal=True,
    )
    permit(
        f"{prefix}.review",
        is_reviewer | is_department_head,
        _("검토 결과 작성은 지정된 검토자와 부서장이 할 수 있습니다."),
        never=never,
    )
    permit(f"{prefix}.withdraw", submitted_it, personal=True)  # beside that of reviewing
    permit(
        f"{prefix}.confirm",
        leads_department,
        _(
            "검토 결과 확인은 부서장이 할 수 있습니다. "
            "부서장이 없으면 국장, 국장도 없으면 기획예산과 담당자가 합니다."
        ),
        never=never,
    )
    permit(
        f"{prefix}.ask_clock",
        is_reviewer | is_department_head,
        _("기한 연장과 정지는 검토자와 부서장이 신청할 수 있습니다."),
    )
    permit(
        f"{prefix}.resume_clock",
        is_reviewer | is_department_head | is_planning,
        _("기한 정지는 검토자와 부서장, 기획예산과 담당자가 끝낼 수 있습니다."),
    )
    permit(
        f"{prefix}.decide_clock",
        is_planning | heads_planning,
        _("승인은 신청하지 않은 기획예산과 담당자나 기획예산과장이 할 수 있습니다."),
        never=asked_clock,
        reveals=NOBODY,
    )
