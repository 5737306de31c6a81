"""The steps of money that a club asks for: promised, accounted for, settled (C4)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from clubs.enums import SupportState as S
from clubs.holding import asker
from clubs.models import Support
from clubs.policies import REMIND_SETTLE, Weekly
from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from organization.enums import Role

WRITE, DECIDE = "clubs.write", "clubs.support_decide"


def _asker(support: Support) -> Iterable[str]:
    return asker(support)


def _deciders(support: Support) -> Iterable[str]:
    return holders.deciders(DECIDE, support, holders.role(Role.PLANNING))


SUPPORT = Workflow(
    Support,
    S,
    [
        Transition("approve", (S.ASKED,), S.APPROVED, DECIDE, verb("지원 승인")),
        Transition(
            "give_back",
            (S.ASKED,),
            S.RETURNED,
            DECIDE,
            verb("지원 보완 요청"),
            needs_reason=True,
            returns=True,
        ),
        Transition("again", (S.RETURNED,), S.ASKED, WRITE, verb("지원 다시 신청")),
        Transition("refuse", (S.ASKED,), S.REFUSED, DECIDE, verb("지원하지 않기"), needs_reason=True),
        Transition(
            "withdraw",
            (S.ASKED, S.RETURNED, S.APPROVED),
            S.WITHDRAWN,
            WRITE,
            verb("지원 신청 취소"),
            needs_reason=True,
        ),
        Transition("claim", (S.APPROVED,), S.CLAIMED, WRITE, verb("지원 정산 신청"), undo="unclaim"),
        Transition("unclaim", (S.CLAIMED,), S.APPROVED, WRITE, verb("정산 신청 거두기")),
        Transition(
            "reject_claim",
            (S.CLAIMED,),
            S.APPROVED,
            DECIDE,
            verb("정산 보완 요청"),
            needs_reason=True,
            returns=True,
        ),
        Transition("settle", (S.CLAIMED,), S.SETTLED, DECIDE, verb("지원 정산"), undo="unsettle"),
        Transition("unsettle", (S.SETTLED,), S.CLAIMED, DECIDE, verb("정산 되돌리기"), needs_reason=True),
    ],
    _("동아리 지원"),
    {"ask": done("지원 신청"), "edit": done("지원 신청 수정")},
    Work(
        lambda support: Face(support.title, support.get_absolute_url(), support.club_name, None, support.day),
        [
            Ask(
                "approve",
                [S.ASKED],
                _("동아리 지원 승인하기"),
                _deciders,
                due=lambda support: support.day,
                begun=lambda support: support.asked_on,
            ),
            Ask(
                "mend",
                [S.RETURNED],
                _("동아리 지원 신청 고치기"),
                _asker,
                due=lambda support: support.day,
                begun=lambda support: support.asked_on,
            ),
            Ask(
                "claim",
                [S.APPROVED],
                _("동아리 지원 정산하기"),
                _asker,
                due=lambda support: support.settle_by,
                begun=lambda support: support.decided_on,
                ladder=[Rung("before", REMIND_SETTLE), Rung("late", Weekly(), after=True)],
                due_label=_("정산 기한"),
            ),
            Ask("settle", [S.CLAIMED], _("동아리 지원 정산 확인하기"), _deciders),
        ],
        ["club__panel"],
        ["club__panel__seats"],
    ),
    prefix="clubs:support_",
    offers=[
        Button("approve", primary=True),
        Button("give_back", beside=True),
        Button("edit", _("지원 신청 고치기"), [S.RETURNED], WRITE, primary=True),
        Button("again", beside=True, post=True),
        Button("claim", primary=True),
        Button("settle", primary=True),
        Button("reject_claim", beside=True),
        Button("edit", _("지원 신청 고치기"), [S.ASKED], WRITE),
        Button("unclaim", post=True),
        Button("unsettle"),
        Button("refuse", danger=True),
        Button("withdraw", danger=True),
    ],
)
