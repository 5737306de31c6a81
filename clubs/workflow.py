"""The steps of a club and of looking after its members, and what their states ask of whom (C1)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from clubs.enums import ClubState as C
from clubs.models import Club
from core.asks import Ask, Face, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from organization.enums import Role

PLAN, APPLY, APPROVE, RUN = "clubs.plan", "clubs.apply", "clubs.approve", "clubs.run"


def _applicant(club: Club) -> Iterable[str]:
    return [holders.person(club.applied_by_id)] if club.applied_by_id else []


def _approvers(club: Club) -> Iterable[str]:
    return holders.deciders(APPROVE, club, holders.role(Role.PLANNING))


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
    prefix="clubs:",
    offers=[
        Button("edit", verb("신청서 고치기"), (C.DRAFT,), APPLY),
        Button("apply", primary=True),
        Button("approve", primary=True),
        Button("give_back"),
        Button("take_back", post=True),
        Button("withdraw", danger=True),
        Button("refuse", danger=True),
        Button("end", danger=True),
    ],
)
