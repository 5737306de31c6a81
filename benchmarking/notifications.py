"""Who is told what, and when (B3–B7). Keys make repeats harmless."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from basis.formats import date_weekday
from basis.official import in_office_language
from benchmarking.models import Case, FollowUp, Review
from notifications.services import Line, notify
from organization.enums import Role
from organization.models import User
from organization.selectors import department_readers, holders_of
from reviews.notifications import line, people_of


def _due_line(case: Case, due: date) -> Line:
    return Line(
        f"{case.code} {case.title}", _("기한 %(due)s") % {"due": date_weekday(due)}, case.get_absolute_url()
    )


def _request_title(cases: Sequence[Case]) -> str:
    if len(cases) == 1:
        return _("벤치마킹 검토 요청: %(title)s") % {"title": cases[0].title}
    return _("벤치마킹 검토 요청 %(count)d건") % {"count": len(cases)}


@in_office_language
def request_letter(cases: Sequence[tuple[Case, date]]) -> dict[str, Any]:
    """Title and lines of what a department gets that is asked about all of these."""
    return {
        "title": _request_title([case for case, _due in cases]),
        "lines": [_due_line(case, due) for case, due in cases],
    }


@in_office_language
def dispatched(reviews: Sequence[Review], note: str) -> None:
    """One notice a department for all cases sent together."""
    by_department: dict[int, list[Review]] = {}
    for review in reviews:
        by_department.setdefault(review.department_id, []).append(review)
    for department_id, group in by_department.items():
        first = group[0]
        notify(
            "benchmarking.dispatched",
            department_readers(department_id),
            title=_request_title([review.case for review in group]),
            body=note,
            url=first.get_absolute_url() if len(group) == 1 else reverse("benchmarking:reviews"),
            key=f"dispatched:{first.pk}",
            lines=[line(r) for r in group],
        )


@in_office_language
def decided(case: Case, planners: Iterable[User] | None = None) -> None:
    """Planning sees it on screen; no mail for what is no work."""
    notify(
        "benchmarking.decided",
        planners or holders_of(Role.PLANNING),
        title=_("검토 완료(%(outcome)s): %(title)s")
        % {"outcome": case.get_outcome_display(), "title": case.title},
        url=case.get_absolute_url(),
        key=f"decided:{case.pk}:{case.version}",
        mail=False,
    )


@in_office_language
def follow_up_reported(follow_up: FollowUp) -> None:
    notify(
        "benchmarking.follow_up_reported",
        holders_of(Role.PLANNING),
        title=_("업무반영 확인 요청: %(title)s") % {"title": follow_up.review.case.title},
        url=follow_up.get_absolute_url(),
        key=f"follow_up_reported:{follow_up.pk}:{follow_up.version}",
        mail=False,
    )


@in_office_language
def follow_up_answered(follow_up: FollowUp, reason: str) -> None:
    confirmed = follow_up.state == "confirmed"
    notify(
        "benchmarking.follow_up_answered",
        people_of(follow_up.review),
        title=(_("업무반영이 확인되었습니다: %(title)s") if confirmed else _("업무반영 보완 요청: %(title)s"))
        % {"title": follow_up.review.case.title},
        body=reason,
        url=follow_up.get_absolute_url(),
        key=f"follow_up_answered:{follow_up.pk}:{follow_up.version}",
        mail=not confirmed,
    )


def _reporters(case: Case) -> list[User]:
    return [person for person in {case.created_by, case.found_by} if person is not None]


@in_office_language
def reported(case: Case) -> None:
    notify(
        "benchmarking.reported",
        holders_of(Role.PLANNING),
        title=_("사례 제보: %(title)s") % {"title": case.title},
        url=case.get_absolute_url(),
        key=f"reported:{case.pk}:{case.version}",
        mail=False,
    )


@in_office_language
def taken_in(case: Case) -> None:
    notify(
        "benchmarking.taken_in",
        _reporters(case),
        title=_("제보가 사례로 접수되었습니다: %(title)s") % {"title": case.title},
        url=case.get_absolute_url(),
        key=f"taken_in:{case.pk}",
        mail=False,
    )


@in_office_language
def report_returned(case: Case, reason: str) -> None:
    notify(
        "benchmarking.report_returned",
        _reporters(case),
        title=_("제보가 반려되었습니다: %(title)s") % {"title": case.title},
        body=reason,
        url=case.get_absolute_url(),
        key=f"report_returned:{case.pk}:{case.version}",
    )
