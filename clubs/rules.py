"""Who may do what: bureaus ask for clubs, planning approves, clubs run themselves (C1–C5)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from core.actors import asked
from core.now import today
from core.permissions import NOBODY, permit
from meetings.enums import Chair
from meetings.rules import chairs_in
from organization.enums import Role
from organization.rules import has_role, is_planning, is_staff, reads_all

CLUB_ONLY = _("동아리의 회장·분임장·총무와 기획예산과 담당자가 할 수 있습니다.")


def _club(thing: Any) -> Any:
    return getattr(thing, "club", thing)


def lived_on(club: Any) -> date:
    """Today, or the last day of a club that has ended: who was in it then sees to what it left open."""
    return min(today(), club.ended_on) if club.ended_on else today()


def chairs_of(user: Any, thing: Any) -> set[str]:
    """What the person is in the club (or that of a report, a request …) today, or was on its last day."""
    club = _club(thing)
    if club is None or club.panel_id is None:
        return set()
    return chairs_in(user, club.panel, lived_on(club))


@predicate
def belongs(user: Any, thing: Any) -> bool:
    """Has a seat in the club today."""
    return bool(chairs_of(user, thing))


LEADING = (Chair.CHAIR, Chair.LEADER, Chair.SECRETARY)


@predicate
def leads(user: Any, thing: Any) -> bool:
    """Is its president, a leader or a secretary."""
    return not chairs_of(user, thing).isdisjoint(LEADING)


@predicate
def presides(user: Any, thing: Any) -> bool:
    return Chair.CHAIR in chairs_of(user, thing)


@predicate
def applied(user: Any, club: Any) -> bool:
    """Asked for it, or is to be its president."""
    if club is None:
        return True
    return club.applied_by_id == user.pk or any(
        one.user_id == user.pk and one.chair in (Chair.CHAIR, Chair.SECRETARY) for one in club.founders.all()
    )


def behind(club: Any) -> Iterable[int | None]:
    """Who asked for the club, and whom it is of: they do not approve it (D9)."""
    return [club.applied_by_id, *(one.user_id for one in club.founders.all()), *asked(club, "apply")]


def behind_support(support: Any) -> Iterable[int | None]:
    """Who asked for the money or gave account of it, and the members, who have it: they decide on none of it (D9)."""
    people = support.club.panel.seats.values_list("user", flat=True)
    return [support.asked_by_id, *people, *asked(support, "ask", "edit", "again", "claim")]


def behind_report(report: Any) -> Iterable[int | None]:
    """Who wrote or sent it, and the members: none of them waives what the own club owes, nor asks for it anew (D9)."""
    people = report.club.panel.seats.values_list("user", flat=True)
    return [report.written_by_id, *people, *asked(report, "write", "send")]


permit("clubs.view", is_staff, reveals=NOBODY)
permit("clubs.map", reads_all, reveals=NOBODY)
permit(
    "clubs.plan",
    is_planning,
    _("연구 과제와 동아리는 기획예산과 담당자가 관리할 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "clubs.apply",
    is_staff & (applied | is_planning),
    _("동아리 신청서는 신청한 직원과 회장·총무가 될 직원, 기획예산과 담당자가 쓸 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "clubs.approve",
    is_planning,
    _("동아리는 신청하지 않았고 회원도 아닌 기획예산과 담당자가 승인할 수 있습니다."),
    never=behind,
    reveals=NOBODY,
)
permit("clubs.run", is_planning | leads, CLUB_ONLY, reveals=NOBODY)
permit("clubs.write", leads, _("동아리의 회장·분임장·총무가 할 수 있습니다."), reveals=NOBODY)
permit(
    "clubs.report_decide",
    is_planning,
    _("보고서 보완 요청과 면제는 그 동아리 회원이 아닌 기획예산과 담당자가 할 수 있습니다."),
    never=behind_report,
    reveals=NOBODY,
)
permit("clubs.see_budget", reads_all | has_role(Role.GENERAL_AFFAIRS), reveals=NOBODY)
permit(
    "clubs.change_budget",
    is_planning,
    _("동아리 지원 예산은 기획예산과 담당자가 편성할 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "clubs.support_decide",
    is_planning,
    _("지원은 신청하지 않았고 그 동아리 회원이 아닌 기획예산과 담당자가 승인하고 정산할 수 있습니다."),
    never=behind_support,
    reveals=NOBODY,
)
permit(
    "clubs.name_best",
    presides,
    _("최고 기여자는 동아리 회장이 직접 추천합니다."),
    personal=True,
    reveals=NOBODY,
)
permit(
    "clubs.personnel",
    reads_all | has_role(Role.GENERAL_AFFAIRS),
    _("추천 명단은 기획예산과와 총무과 담당자, 간부, 감사 담당자가 볼 수 있습니다."),
    reveals="panel_seat",
)
