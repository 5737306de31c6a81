"""The transition table of field visits (V2), and what their states ask of whom (R5)."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Rung, Work
from core.now import today
from core.work import holders
from core.workflow import Button, Transition, Workflow
from organization.enums import Role
from reviews.enums import OPEN_REVIEW_STATES
from visits.enums import VisitState as V
from visits.models import FieldVisit
from visits.policies import OVERDUE_HEAD, OVERDUE_TEAM, REMIND

ASK, DECIDE, ORDER = "visits.request", "visits.decide", "visits.order"
REPORT = "visits.report"
BESIDE_REVIEW = Button("request_visit", _("현장체험 신청"), OPEN_REVIEW_STATES, ASK, address="visits:request")


def asker_here(visit: FieldVisit) -> bool:
    """Who asked for it still serves in the department."""
    asker = visit.recorded_by
    return asker is not None and asker.is_active and asker.department_id == visit.department_id


def _asker(visit: FieldVisit) -> Iterable[str]:
    if visit.recorded_by_id is None:
        return []
    key = holders.person if asker_here(visit) else holders.concerns
    return [key(visit.recorded_by_id)]


def _team(visit: FieldVisit) -> list[int]:
    return [member.user_id for member in visit.members.all()]


def _reporters(visit: FieldVisit) -> Iterable[str]:
    return [*_asker(visit), holders.leaders(visit.department_id), *map(holders.person, _team(visit))]


def _told(visit: FieldVisit) -> Iterable[str]:
    """Who went, and who asked for it; where they are gone, who reads what is sent to the department."""
    asker = _asker(visit) if asker_here(visit) else [holders.readers(visit.department_id)]
    return [*asker, *map(holders.person, _team(visit))]


def _deciders(visit: FieldVisit) -> Iterable[str]:
    """Planning, but nobody who asked or goes (D9)."""
    return holders.deciders(DECIDE, visit, holders.role(Role.PLANNING))


def _orderers(visit: FieldVisit) -> Iterable[str]:
    return [holders.role(Role.GENERAL_AFFAIRS)]


def _papers(step: str, label: Any, hwpx: Any, permission: str, when: Callable[[Any], bool]) -> list[Button]:
    page = Button(step, label, permission=permission, when=when)
    return [page, replace(page, label=hwpx, query="?format=hwpx")]


VISIT = Workflow(
    FieldVisit,
    V,
    [
        Transition("submit", (V.DRAFT, V.RETURNED), V.SUBMITTED, ASK, verb("현장체험 신청"), undo="withdraw"),
        Transition("withdraw", (V.SUBMITTED,), V.DRAFT, ASK, verb("신청 거두기")),
        Transition("approve", (V.SUBMITTED,), V.APPROVED, DECIDE, verb("승인"), undo="undo_approve"),
        Transition("undo_approve", (V.APPROVED,), V.SUBMITTED, DECIDE, verb("승인 취소"), needs_reason=True),
        Transition(
            "send_back",
            (V.SUBMITTED,),
            V.RETURNED,
            DECIDE,
            verb("보완 요청"),
            needs_reason=True,
            returns=True,
        ),
        Transition(
            "reject", (V.SUBMITTED,), V.REJECTED, DECIDE, verb("불승인"), needs_reason=True, undo="restore"
        ),
        Transition(
            "amend",
            (V.APPROVED, V.ORDERED, V.TRAVELLED),
            V.SUBMITTED,
            ASK,
            verb("계획 변경 신청"),
            needs_reason=True,
        ),
        Transition("order", (V.APPROVED,), V.ORDERED, ORDER, verb("출장명령 기록")),
        Transition(
            "correct_order",
            (V.ORDERED, V.TRAVELLED, V.REPORTED, V.SETTLED),
            None,
            ORDER,
            verb("출장명령 번호 정정"),
            needs_reason=True,
        ),
        Transition("void_order", (V.CANCELLED, V.REJECTED), None, ORDER, verb("출장명령 취소")),
        Transition("travel", (V.ORDERED,), V.TRAVELLED, REPORT, verb("다녀옴")),
        Transition(
            "travel_by_schedule", (V.ORDERED,), V.TRAVELLED, None, done("방문일이 지나 다녀온 것으로 처리")
        ),
        Transition("report", (V.TRAVELLED,), V.REPORTED, REPORT, verb("결과보고"), undo="withdraw_report"),
        Transition("withdraw_report", (V.REPORTED,), V.TRAVELLED, REPORT, verb("결과보고 거두기")),
        Transition(
            "return_report",
            (V.REPORTED,),
            V.TRAVELLED,
            DECIDE,
            verb("결과보고 보완 요청"),
            needs_reason=True,
            returns=True,
        ),
        Transition("settle", (V.REPORTED,), V.SETTLED, DECIDE, verb("정산"), undo="undo_settle"),
        Transition("repay", (V.SETTLED,), None, DECIDE, verb("여비 환수"), needs_reason=True),
        Transition("undo_settle", (V.SETTLED,), V.REPORTED, DECIDE, verb("정산 되돌리기"), needs_reason=True),
        Transition(
            "cancel",
            (V.DRAFT, V.SUBMITTED, V.RETURNED, V.APPROVED, V.ORDERED, V.TRAVELLED),
            V.CANCELLED,
            "visits.cancel",
            verb("현장체험 취소"),
            needs_reason=True,
            undo="restore",
        ),
        Transition(
            "restore",
            (V.CANCELLED, V.REJECTED),
            V.SUBMITTED,
            DECIDE,
            verb("취소·불승인 되돌리기"),
            needs_reason=True,
        ),
        Transition("correct_record", (V.RECORDED,), None, DECIDE, verb("기록 정정"), needs_reason=True),
        Transition("drop_record", (V.RECORDED,), V.CANCELLED, DECIDE, verb("기록 삭제"), needs_reason=True),
    ],
    _("현장체험"),
    {
        "write": done("신청서 작성"),
        "edit": done("신청서 수정"),
        "record": done("지난 현장체험 기록"),
        "review_recalled": done("검토 요청이 회수됨"),
        "merged": done("부서 통합에 따른 이관"),
    },
    Work(
        lambda visit: Face(
            visit.host,
            visit.get_absolute_url(),
            visit.department_name,
            visit.department_id,
            visit.visited_on,
        ),
        [
            Ask("submit", [V.DRAFT], _("현장체험 신청 마치기"), _asker, due=lambda visit: visit.visited_on),
            Ask("mend", [V.RETURNED], _("현장체험 신청 고치기"), _asker, due=lambda visit: visit.visited_on),
            Ask(
                "decide", [V.SUBMITTED], _("현장체험 승인하기"), _deciders, due=lambda visit: visit.visited_on
            ),
            Ask("order", [V.APPROVED], _("출장명령 기록하기"), _orderers, due=lambda visit: visit.visited_on),
            Ask(
                "report",
                [V.TRAVELLED],
                _("현장체험 결과보고"),
                _reporters,
                due=lambda visit: visit.clock,
                begun=lambda visit: visit.ends_on,
                ladder=[
                    Rung("before", REMIND, to=_told),
                    Rung("team", OVERDUE_TEAM, after=True, to=_told),
                    Rung(
                        "head",
                        OVERDUE_HEAD,
                        after=True,
                        to=lambda visit: [holders.readers(visit.department_id)],
                        up=True,
                    ),
                ],
                title=lambda visit: _now("현장체험 결과보고: %(host)s") % {"host": visit.host},
            ),
            Ask(
                "claim",  # by the same page as the report, but by its own day (V4b)
                [V.TRAVELLED],
                _("현장체험 여비 정산 신청"),
                _reporters,
                due=lambda visit: visit.claim,
                when=lambda visit: visit.claim_id is not None,
                begun=lambda visit: visit.ends_on,
                ladder=[
                    Rung("claim_before", REMIND, to=_told),
                    Rung("claim_team", OVERDUE_TEAM, after=True, to=_told),
                    Rung(
                        "claim_head",
                        OVERDUE_HEAD,
                        after=True,
                        to=lambda visit: [holders.readers(visit.department_id)],
                        up=True,
                    ),
                ],
                title=lambda visit: _now("현장체험 여비 정산 신청: %(host)s") % {"host": visit.host},
                due_label=_("여비 정산 신청 기한"),
            ),
            Ask("settle", [V.REPORTED], _("현장체험 정산하기"), _deciders),
            Ask(
                "void",
                [V.CANCELLED, V.REJECTED],
                _("출장명령 취소하기"),
                _orderers,
                when=lambda visit: bool(visit.void_order),
            ),
        ],
        ["clock", "claim", "recorded_by"],
        ["members"],
    ),
    prefix="visits:",
    offers=[
        Button("submit", states=[V.DRAFT], primary=True, post=True),
        Button("edit", _("신청서 고치기"), [V.DRAFT, V.RETURNED], ASK, primary=True),
        Button("submit", _("그대로 다시 신청"), [V.RETURNED], post=True, beside=True),
        Button("approve", primary=True, post=True),
        Button("send_back", beside=True),
        Button("reject", danger=True, beside=True),
        Button("withdraw", post=True),
        Button("order", primary=True),
        Button("undo_approve"),
        Button("travel", _("다녀왔습니다"), when=lambda v: v.ends_on <= today(), primary=True, post=True),
        Button("report", _("결과보고 작성"), primary=True),
        Button("amend", _("날짜·단원 변경")),
        Button("settle", primary=True),
        Button("return_report", _("보완 요청"), beside=True),
        Button("withdraw_report", post=True),
        Button("undo_settle"),
        Button("repay", _("거짓 청구 환수"), danger=True),
        Button("correct_record"),
        Button("drop_record", danger=True),
        Button("void_order", _("출장명령 취소 확인"), when=lambda v: v.void_order, primary=True),
        Button("restore", _("취소 되돌리기"), [V.CANCELLED], when=lambda v: not v.is_record),
        Button("restore", _("불승인 되돌리기"), [V.REJECTED], when=lambda v: not v.is_record),
        Button("correct_order", when=lambda v: v.order_number),
        *_papers("plan", _("계획서"), _("계획서 한글(HWPX)"), "visits.costs", lambda v: not v.is_record),
        *_papers(
            "result", _("결과보고서"), _("결과보고서 한글(HWPX)"), "visits.view", lambda v: v.is_reported
        ),
        Button("cancel", danger=True),
    ],
)
