"""The steps of a club and of looking after its members, and what their states ask of whom (C1)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from clubs.enums import GONE
from clubs.enums import ClubState as C
from clubs.enums import UpkeepState as U
from clubs.models import Club, Upkeep
from clubs.policies import REMIND_UPKEEP, UPKEEP_DAYS
from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from meetings.enums import LASTING, Chair
from organization.enums import Role

PLAN, APPLY, APPROVE, RUN = "clubs.plan", "clubs.apply", "clubs.approve", "clubs.run"


def _applicant(club: Club) -> Iterable[str]:
    return [holders.person(club.applied_by_id)] if club.applied_by_id else []


def _approvers(club: Club) -> Iterable[str]:
    return holders.deciders(APPROVE, club, holders.role(Role.PLANNING))


def _keepers(upkeep: Upkeep) -> Iterable[str]:
    """Leaders and secretaries but for whom it is about; planning where there is none. By the state of the seats, which
    no day changes by itself."""
    panel = upkeep.club.panel
    assert panel is not None
    chairs = (Chair.LEADER, Chair.SECRETARY)
    found = [
        holders.person(seat.user_id)
        for seat in panel.seats.all()
        if seat.state in LASTING and seat.chair in chairs and seat.pk != upkeep.seat_id
    ]
    return dict.fromkeys(found) or [holders.role(Role.PLANNING)]


def upkeep_due(upkeep: Upkeep) -> date:
    return upkeep.since + timedelta(days=UPKEEP_DAYS.on(upkeep.since))


def _upkeep_title(upkeep: Upkeep) -> str:
    return f"{upkeep.seat.user.full_label}, {upkeep.get_cause_display()}"


def _may_go_on(club: Club) -> bool:
    """There is no application for the year after."""
    return not any(one.state not in GONE for one in club.after.all())


CLUB = Workflow(
    Club,
    C,
    [
        Transition("apply", (C.DRAFT,), C.APPLIED, APPLY, verb("동아리 신청")),
        Transition("take_back", (C.APPLIED,), C.DRAFT, APPLY, verb("신청 거두기")),
        Transition(
            "give_back",
            (C.APPLIED,),
            C.DRAFT,
            APPROVE,
            verb("신청 보완 요청"),
            needs_reason=True,
            returns=True,
        ),
        Transition("approve", (C.APPLIED,), C.ACTIVE, APPROVE, verb("동아리 승인")),
        Transition("refuse", (C.APPLIED,), C.REFUSED, APPROVE, verb("승인하지 않기"), needs_reason=True),
        Transition("withdraw", (C.DRAFT, C.APPLIED), C.WITHDRAWN, APPLY, verb("신청 취소")),
        Transition("end", (C.ACTIVE,), C.ENDED, PLAN, verb("동아리 활동 마치기"), needs_reason=True),
        Transition("close", (C.ACTIVE,), C.ENDED, None, done("활동 기간이 끝남")),
    ],
    _("학습동아리"),
    {
        "create": done("신청서 작성 시작"),
        "edit": done("신청서 수정"),
        "found": done("동아리 등록"),
        "take_in": done("지난 동아리 기록"),
        "renew": done("지난해 동아리에서 이어 씀"),
        "change": done("동아리 정보 수정"),
        "merged": done("부서 통합에 따른 이관"),
    },
    Work(
        lambda club: Face(club.name, club.get_absolute_url(), club.place),
        [
            Ask("write", [C.DRAFT], _("동아리 신청하기"), _applicant, begun=lambda club: club.applied_on),
            Ask("approve", [C.APPLIED], _("동아리 승인하기"), _approvers, begun=lambda club: club.applied_on),
        ],
        ("bureau",),
        ("founders",),
    ),
    prefix="clubs:club_",
    offers=[
        Button("apply", primary=True, post=True),
        Button("edit", verb("신청서 고치기"), (C.DRAFT,), APPLY, beside=True),
        Button("approve", primary=True),
        Button("give_back", beside=True),
        Button("take_back", post=True),
        Button("join", verb("회원 등록"), (C.ACTIVE,), RUN),
        Button("change", verb("동아리 정보 고치기"), (C.ACTIVE,), PLAN),
        Button("renew", verb("다음 해로 이어 쓰기"), (C.ACTIVE, C.ENDED), RUN, when=_may_go_on),
        Button("roll", _("회원 명부"), (C.ACTIVE, C.ENDED), "clubs.view"),
        Button("roll", _("회원 명부 한글(HWPX)"), (C.ACTIVE, C.ENDED), "clubs.view", query="?format=hwpx"),
        Button("roll", _("회원 명부 엑셀"), (C.ACTIVE, C.ENDED), "clubs.view", query="?format=xlsx"),
        Button("withdraw", danger=True),
        Button("refuse", danger=True),
        Button("end", danger=True),
    ],
)

UPKEEP = Workflow(
    Upkeep,
    U,
    [
        Transition("leave", (U.OPEN,), U.LEFT, RUN, verb("탈퇴로 정비")),
        Transition("keep", (U.OPEN,), U.KEPT, RUN, verb("계속 참여로 정비")),
        Transition("settle", (U.OPEN,), U.LEFT, None, done("동아리에서 나감")),
        Transition("lapse", (U.OPEN,), U.KEPT, None, done("정비할 사유가 없어짐")),
    ],
    _("회원 정비"),
    {"noted": done("회원 정비 대상이 됨")},
    Work(
        lambda upkeep: Face(_upkeep_title(upkeep), upkeep.get_absolute_url(), upkeep.club.name),
        [
            Ask(
                "look",
                [U.OPEN],
                _("회원 정비하기"),
                _keepers,
                due=upkeep_due,
                begun=lambda upkeep: upkeep.since,
                ladder=[Rung("before", REMIND_UPKEEP)],
            )
        ],
        ("club__panel", "seat__user__department"),
        ("club__panel__seats",),
    ),
    prefix="clubs:upkeep_",
    offers=[Button("leave", primary=True), Button("keep", beside=True)],
)
