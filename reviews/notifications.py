"""What departments and planning are told of reviews (B3, B4, O9). Keys make repeats harmless."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from basis.formats import date_weekday
from basis.official import in_office_language
from core.models import ClockAdjustment
from notifications.services import Line, notify
from organization.enums import Role
from organization.models import User
from organization.selectors import department_readers, holders_of, leaders_of
from reviews.kinds import kind_of
from reviews.models import DepartmentReview


def people_of(review: DepartmentReview) -> list[User]:
    """The reviewer while still in the department, else the department's head."""
    return [review.reviewer] if review.reviewer_here else department_readers(review.department_id)


def line(review: DepartmentReview) -> Line:
    due = _("기한 %(due)s") % {"due": date_weekday(review.clock.due)}
    return Line(review.name, due, review.get_absolute_url())


def _tell(
    review: DepartmentReview,
    name: str,
    people: Iterable[User],
    title: str,
    *,
    turn: Any = "",
    body: str = "",
    url: str | None = None,
    lines: Sequence[Line] = (),
) -> None:
    """`turn`: what makes it another one than the last of this name; without, it is told once."""
    kind = f"{kind_of(review).prefix}.{name}"
    notify(
        kind,
        people,
        title=title,
        body=body,
        url=review.get_absolute_url() if url is None else url,
        key=f"{kind}:{review.pk}:{turn}",
        lines=lines,
    )


@in_office_language
def assigned(review: DepartmentReview, actor: Any) -> None:
    if review.reviewer is None or review.reviewer.pk == actor.pk:
        return
    title = _("검토자로 지정되었습니다: %(title)s") % {"title": review.subject.title}
    _tell(review, "assigned", [review.reviewer], title, turn=review.version, lines=[line(review)])


@in_office_language
def submitted(review: DepartmentReview) -> None:
    title = _("검토 결과 확인 요청: %(title)s") % {"title": review.subject.title}
    leaders = leaders_of(review.department_id)
    _tell(review, "submitted", leaders, title, turn=review.version, lines=[line(review)])


@in_office_language
def sent_back(review: DepartmentReview, reason: str) -> None:
    title = _("다시 검토해 주세요: %(title)s") % {"title": review.subject.title}
    _tell(review, "sent_back", people_of(review), title, turn=review.version, body=reason)


@in_office_language
def reopened(review: DepartmentReview, reason: str) -> None:
    """Only the one who must correct it hears of it."""
    title = _("검토 결과를 정정해 주세요: %(title)s") % {"title": review.subject.title}
    people = people_of(review)
    _tell(review, "reopened", people, title, turn=review.version, body=reason, lines=[line(review)])


@in_office_language
def recalled(review: DepartmentReview, reason: str) -> None:
    title = _("검토 요청이 회수되었습니다: %(title)s") % {"title": review.subject.title}
    _tell(review, "recalled", people_of(review), title, body=reason, url="")


@in_office_language
def dropped(review: DepartmentReview) -> None:
    title = _("검토하지 않아도 됩니다: %(title)s") % {"title": review.subject.title}
    body = _("다른 방법으로 처리되어 부서 검토를 마쳤습니다.")
    _tell(review, "dropped", people_of(review), title, body=body, url=review.subject.get_absolute_url())


@in_office_language
def folded(review: DepartmentReview, standing: DepartmentReview) -> None:
    """The reviewer hears that another review of the successor stands for this one."""
    title = _("부서 통합으로 검토를 합쳤습니다: %(title)s") % {"title": review.subject.title}
    body = _("%(department)s의 검토 한 건으로 진행합니다.") % {"department": standing.department_name}
    people = [review.reviewer] if review.reviewer else []
    _tell(review, "folded", people, title, body=body, url=standing.get_absolute_url())


@in_office_language
def clock_asked(review: DepartmentReview, adjustment: ClockAdjustment) -> None:
    title = _("%(kind)s 신청: %(department)s %(title)s") % {
        "kind": adjustment.get_kind_display(),
        "department": review.department_name,
        "title": review.subject.title,
    }
    planners = holders_of(Role.PLANNING)
    _tell(review, "clock_asked", planners, title, turn=adjustment.pk, body=adjustment.reason)


@in_office_language
def clock_decided(review: DepartmentReview, adjustment: ClockAdjustment, old: date) -> None:
    """The one letter about a decision, with the deadline it moved."""
    moved = old != review.clock.due and not review.clock.paused
    said = [_move(old, review.clock.due) if moved else "", adjustment.decision_note]
    asker = [adjustment.requested_by] if adjustment.requested_by else []
    title = _("%(kind)s 신청 결과(%(state)s): %(title)s") % {
        "kind": adjustment.get_kind_display(),
        "state": adjustment.get_state_display(),
        "title": review.subject.title,
    }
    _tell(
        review,
        "clock_decided",
        [*asker, *people_of(review), *(leaders_of(review.department_id) if moved else [])],
        title,
        turn=adjustment.pk,
        body="\n".join(filter(None, said)),
        lines=[line(review)],
    )


def _move(old: date, new: date) -> str:
    return f"{date_weekday(old)} → {date_weekday(new)}"


@in_office_language
def due_moved(review: DepartmentReview, old: date, cause: str) -> None:
    people = [*people_of(review), *leaders_of(review.department_id)]
    title = _("검토 기한이 바뀌었습니다: %(title)s") % {"title": review.subject.title}
    body = f"{_move(old, review.clock.due)} ({cause})"
    _tell(review, "due_moved", people, title, turn=review.clock.changes.latest("pk").pk, body=body)
