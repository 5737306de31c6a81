"""Reviews: what is late, workload of departments, what waits for another look."""

from typing import Any

from django.utils.translation import gettext as _

from benchmarking.enums import CaseState, Decision, Origin
from benchmarking.models import Case, Review
from organization.models import Department


def open_of(department: Department) -> int:
    """Reviews that a department has still to see to an end."""
    return Review.objects.open().filter(department=department).count()


def folded(old: Department, new: Department) -> list[str]:
    """With a merger: those for which the successor's own of the same round will stand."""
    standing = Review.objects.live().filter(department=new).values("round")
    count = Review.objects.open().filter(department=old, round__in=standing).count()
    return (
        [_("그중 검토 %(count)d건은 승계 부서의 같은 검토와 합칩니다.") % {"count": count}] if count else []
    )


def rereview_candidates(user: Any) -> Any:
    """장기검토 cases that wait for another look (B6); those of earlier years stay as they were (N1)."""
    cases = Case.objects.visible_to(user).filter(state=CaseState.DECIDED, outcome=Decision.LONG_TERM)
    return cases.filter(origin=Origin.HERE)
