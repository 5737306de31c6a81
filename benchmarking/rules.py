"""Who may do what with cases and reviews."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from benchmarking.enums import REPORTS, CaseState
from core.actors import asked
from core.permissions import NOBODY, permit
from organization.rules import heads_planning, is_planning, is_staff, reads_all
from reviews.rules import is_in_department, leads_department, permit_reviews

PLANNING_ONLY = _("기획예산과 담당자가 할 수 있습니다.")


@predicate
def follow_up_in_department(user: Any, follow_up: Any) -> bool:
    return follow_up is not None and is_in_department(user, follow_up.review)


@predicate
def leads_follow_up(user: Any, follow_up: Any) -> bool:
    return follow_up is not None and leads_department(user, follow_up.review)


@predicate
def found_it(user: Any, case: Any) -> bool:
    """The finder may mend what departments have not been asked about; who reported it, what is not taken in."""
    if case is None:
        return False
    return (case.state == CaseState.REGISTERED and case.found_by_id == user.pk) or reported_it(user, case)


@predicate
def reported_it(user: Any, case: Any) -> bool:
    return case is not None and case.state in REPORTS and user.pk in reporters(case)


@predicate
def of_record(user: Any, case: Any) -> bool:
    """A case of earlier years (N1)."""
    return case is not None and case.is_record


def reporters(case: Any) -> Iterable[int | None]:
    """Who found and who reported it."""
    return [case.found_by_id, case.created_by_id]


permit("benchmarking.view", is_staff, reveals=NOBODY)
permit("benchmarking.register", is_staff, _("사례 등록은 구청 직원이 할 수 있습니다."), reveals=NOBODY)
permit("benchmarking.edit_case", is_planning | found_it, PLANNING_ONLY)
permit(
    "benchmarking.correct_record",
    is_planning & of_record,
    _("지난 자료의 사례는 기획예산과 담당자가 정정하거나 거둘 수 있습니다."),
)
permit("benchmarking.restore", is_planning & ~of_record, PLANNING_ONLY)
permit("benchmarking.plan", is_planning, PLANNING_ONLY, reveals=NOBODY)
permit(
    "benchmarking.dispatch",
    is_planning,
    _("부서에 보내기는 기획예산과 담당자가 할 수 있습니다."),
    reveals=NOBODY,
)
permit("benchmarking.statistics", is_staff, reveals=NOBODY)
permit(
    "benchmarking.dashboard",
    reads_all,
    _("현황판은 기획예산과와 간부, 감사 담당자가 볼 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "benchmarking.take_in",
    is_planning | heads_planning,
    _("제보 접수는 발굴하거나 제보하지 않은 기획예산과 담당자나 기획예산과장이 할 수 있습니다."),
    never=reporters,
)
permit("benchmarking.report_again", reported_it, _("다시 제보하기는 제보한 직원이 할 수 있습니다."))
permit_reviews("benchmarking")
permit(
    "benchmarking.follow_up",
    follow_up_in_department | leads_follow_up | is_planning,
    _("업무반영 보고는 검토 부서가 할 수 있습니다."),
)
permit(
    "benchmarking.confirm_follow_up",
    is_planning | heads_planning,
    _("업무반영 확인은 보고하지 않은 기획예산과 담당자나 기획예산과장이 할 수 있습니다."),
    never=lambda follow_up: [follow_up.reported_by_id, *asked(follow_up, "report")],
)
