"""Reviews: to-dos, counts of the side navigation, workload of departments."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from benchmarking.enums import CaseState, Decision, FollowUpState, ReviewState
from benchmarking.models import Case, FollowUp, Review
from core.models import ClockAdjustment
from core.now import today
from notifications.todo import Todo
from organization.enums import Role
from organization.models import Department
from organization.selectors import departments_of, leading, roles_of, selves


def is_late() -> Q:
    """Of open reviews those whose deadline has passed."""
    return Q(clock__due__lt=today(), clock__paused=False)


def open_load() -> dict[int, tuple[int, int]]:
    """Department id → (open reviews, of them late): shown where departments are chosen."""
    rows = (
        Review.objects.open().values("department").annotate(n=Count("pk"), late=Count("pk", filter=is_late()))
    )
    return {row["department"]: (row["n"], row["late"]) for row in rows}


def open_of(department: Department) -> int:
    """Reviews that a department has still to see to an end."""
    return Review.objects.open().filter(department=department).count()


def todos(user: Any) -> Iterable[Todo]:
    """What reviewing asks of this person and of those the person stands in for (R5)."""
    if not user.department_id:
        return
    yield from _review_todos(user)
    yield from _follow_up_todos(user)
    if Role.PLANNING in roles_of(user):
        yield from _planning_todos()


def _review_todos(user: Any) -> Iterable[Todo]:
    mine = {u.pk: u for u in selves(user)}
    headed = leading(user)
    rows = (
        Review.objects.open()
        .filter(Q(reviewer__in=mine) | Q(department__in=headed))
        .select_related("case", "clock", "reviewer")
    )
    for review in rows:
        reviewer = review.reviewer
        gone = reviewer is not None and (
            not reviewer.is_active or reviewer.department_id != review.department_id
        )
        head = headed.get(review.department_id)
        own = mine.get(reviewer.pk) if reviewer and not gone else None
        if review.state == ReviewState.SUBMITTED and head:
            verb, principal = _("확인하기"), head
        elif review.state == ReviewState.WAITING and head:
            verb, principal = _("검토자 지정하기"), head
        elif review.state == ReviewState.ASSIGNED and gone and head:
            verb, principal = _("검토자 다시 지정하기"), head
        elif review.state == ReviewState.ASSIGNED and own:
            verb, principal = _("검토하기"), own
        else:
            continue
        yield Todo(
            verb=verb,
            title=f"{review.case.title} ({review.case.source_name})",
            url=review.get_absolute_url(),
            due=review.clock.due,
            paused=review.clock.paused,
            detail=review.department_name,
            principal=str(principal) if principal.pk != user.pk else "",
            kind="benchmarking.review",
        )


def _follow_up_todos(user: Any) -> Iterable[Todo]:
    mine = [u.pk for u in selves(user)]
    rows = FollowUp.objects.filter(
        Q(review__reviewer__in=mine, review__department__in=departments_of(user))
        | Q(review__department__in=leading(user)),
        state=FollowUpState.PLANNED,
    ).select_related("review__case")
    for follow_up in rows:
        yield Todo(
            verb=_("업무반영 보고하기"),
            title=follow_up.review.case.title,
            url=follow_up.get_absolute_url(),
            due=follow_up.planned_on,
            detail=follow_up.review.department_name,
            kind="benchmarking.follow_up",
        )


def _planning_todos() -> Iterable[Todo]:
    asked = ClockAdjustment.objects.filter(
        state=ClockAdjustment.State.REQUESTED, clock__kind="benchmarking.review", clock__closed_on=None
    ).select_related("clock__review__case")
    for adjustment in asked:
        review = adjustment.clock.review
        yield Todo(
            verb=_("%(kind)s 승인하기") % {"kind": adjustment.get_kind_display()},
            title=f"{review.department_name} · {review.case.title}",
            url=review.get_absolute_url(),
            due=adjustment.clock.due,
            kind="benchmarking.clock",
        )
    reported = FollowUp.objects.filter(state=FollowUpState.REPORTED).select_related("review__case")
    for follow_up in reported:
        yield Todo(
            verb=_("업무반영 확인하기"),
            title=f"{follow_up.review.department_name} · {follow_up.review.case.title}",
            url=follow_up.get_absolute_url(),
            due=None,
            kind="benchmarking.follow_up",
        )
    waiting = Case.objects.filter(state=CaseState.REGISTERED).count()
    if waiting:
        yield Todo(
            verb=_("부서에 보내기"),
            title=_("아직 보내지 않은 사례 %(count)d건") % {"count": waiting},
            url=reverse("benchmarking:cases") + "?state=registered",
            due=None,
            kind="benchmarking.dispatch",
        )


def rereview_candidates(user: Any) -> Any:
    """장기검토 cases that wait for another look (B6)."""
    return Case.objects.visible_to(user).filter(state=CaseState.DECIDED, outcome=Decision.LONG_TERM)
