"""Who may do what with panels and sessions: planning sees to the panels, members see what is their own (O4, E7)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from core.actors import asked
from core.now import today
from core.permissions import NOBODY, permit
from meetings.enums import PRESIDING, WRITING, Chair
from organization.enums import Role
from organization.rules import has_role, heads_planning, is_anyone, is_planning, is_staff, reads_all
from organization.selectors import led_by

PLAN_ONLY = _("위원회와 위원은 기획예산과 담당자가 관리할 수 있습니다.")


@predicate
def sits(user: Any) -> bool:
    """Has or had a seat somewhere."""
    return bool(user.seats.exists())


def _seats(thing: Any, user: Any, day: Any) -> Any:
    panel = getattr(thing, "panel", thing)
    return panel.seats.on(day).filter(user=user)


def chairs_in(user: Any, panel: Any, day: date) -> set[str]:
    """What the person is in the panel; of seats that are at hand nothing is asked."""
    if "seats" in getattr(panel, "_prefetched_objects_cache", {}):
        return {one.chair for one in panel.seats.all() if one.user_id == user.pk and one.sits_on(day)}
    return set(panel.seats.on(day).filter(user=user).values_list("chair", flat=True))


@predicate
def is_secretary(user: Any, thing: Any) -> bool:
    """Of the panel (or the session's) today."""
    return thing is not None and Chair.SECRETARY in chairs_in(user, getattr(thing, "panel", thing), today())


def _is_group(thing: Any) -> bool:
    """Of a kind that votes on nothing: it looks after itself."""
    return thing is not None and not getattr(thing, "panel", thing).kind_of.resolves


@predicate
def leads_group(user: Any, thing: Any) -> bool:
    """Is president or leader of the group today."""
    if not _is_group(thing):
        return False
    return not chairs_in(user, getattr(thing, "panel", thing), today()).isdisjoint((Chair.CHAIR, *WRITING))


@predicate
def may_seat(user: Any, thing: Any) -> bool:
    """Its kind lets the person see to who is in it."""
    if thing is None:
        return False
    panel = getattr(thing, "panel", thing)
    return bool(panel.kind_of.may_seat(user, panel))


@predicate
def presided(user: Any, session: Any) -> bool:
    """Was the chair, vice-chair or a leader on the session's day."""
    if session is None:
        return False
    return bool(_seats(session, user, session.held_on).filter(chair__in=PRESIDING).exists())


@predicate
def is_asked(user: Any, session: Any) -> bool:
    """Has a seat on the session's day."""
    return session is None or _seats(session, user, session.held_on).exists()


@predicate
def comes_instead(user: Any, session: Any) -> bool:
    """Somebody who has a seat said so."""
    return session is not None and session.answers.filter(stand_in=user).exists()


is_group = predicate(lambda user, session=None: _is_group(session))


def wrote(session: Any) -> Iterable[int | None]:
    """Who wrote the minutes, or asked that they be corrected (D9)."""
    return [session.written_by_id, *asked(session, "hold", "rewrite", "ask_correction")]


@predicate
def has_to_do(user: Any, decision: Any) -> bool:
    """It was given to the person, or to a department the person leads."""
    if decision is None:
        return True
    return decision.person_id == user.pk or decision.department_id in led_by(user)


permit("meetings.view", is_staff | sits, reveals=NOBODY)
permit("meetings.plan", is_planning, PLAN_ONLY, reveals=NOBODY)
permit("meetings.seat", is_planning | may_seat, PLAN_ONLY, reveals="panel_seat")
permit("meetings.compose", reads_all)
permit(
    "meetings.fees",  # also of judging: what both are paid
    reads_all | has_role(Role.GENERAL_AFFAIRS),
    _("수당 목록은 기획예산과와 총무과 담당자, 간부, 감사 담당자가 볼 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "meetings.run",  # of a panel or of a session
    is_planning | is_secretary | leads_group,
    _("회의는 기획예산과 담당자와 그 위원회의 간사(모임은 회장·분임장·총무)가 준비하고 기록할 수 있습니다."),
    reveals=NOBODY,
)
permit(
    "meetings.answer",
    is_anyone & is_asked,
    _("참석 여부는 초대받은 사람이 직접 답합니다."),
    personal=True,
    reveals=NOBODY,
)
permit(
    "meetings.sign",
    is_anyone & (is_asked | comes_instead),
    _("출석 서명은 회원이나 회원 대신 온 사람이 직접 합니다."),
    personal=True,
    reveals=NOBODY,
)
permit(
    "meetings.undo",
    is_group & (is_planning | heads_planning | presided),
    _("모임의 회의록 확정은 그날의 회장·분임장과 기획예산과 담당자, 기획예산과장이 취소할 수 있습니다."),
    personal=True,
    reveals=NOBODY,
)
permit(
    "meetings.do",
    is_anyone & has_to_do,
    _("결정 사항은 맡은 사람이나 맡은 부서의 부서장이 처리합니다."),
    reveals=NOBODY,
)
permit("meetings.decision", is_anyone, reveals=NOBODY)
permit(
    "meetings.confirm",
    is_planning | heads_planning | presided,
    _(
        "회의록은 작성하지 않은 사람이 확정합니다. "
        "그 회의의 위원장·부위원장(모임은 회장·분임장)과 기획예산과 담당자, 기획예산과장이 할 수 있습니다."
    ),
    personal=True,
    never=wrote,
)
