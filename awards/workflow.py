"""The steps of an award, and what its states ask of whom (A5, P13)."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from awards.enums import STANDING, AwardState
from awards.enums import AwardState as S
from awards.models import Award
from awards.policies import OVERDUE, REMIND_BEFORE
from basis.formats import won
from basis.verbs import done, verb
from core.asks import Ask, Bundle, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from organization.enums import DepartmentRole, Role

HAND_OVER, MANAGE, REVOKE = "awards.hand_over", "awards.manage", "awards.revoke"


def _handles(award: Award) -> Iterable[str]:
    return [holders.role(Role.PLANNING), holders.role(Role.GENERAL_AFFAIRS)]


def _second(award: Award) -> Iterable[str]:
    """Planning and its head, but neither who asked nor who got it (D9)."""
    keys = holders.role(Role.PLANNING), holders.heads(DepartmentRole.PLANNING)
    return holders.deciders(REVOKE, award, *keys)


def _face(award: Award) -> Face:
    """No receiver is named: a citizen's name stands in the award alone."""
    return Face(str(award), award.get_absolute_url(), won(award.amount) if award.amount else "")


def is_asked(award: Award) -> bool:
    return bool(award.asked_reason)


def is_settled(award: Award) -> bool:
    return not award.asked_reason


AWARD = Workflow(
    Award,
    S,
    [
        Transition("hand_over", (S.GRANTED,), S.HANDED, HAND_OVER, verb("시상 기록")),
        Transition(
            "take_back", (S.HANDED,), S.GRANTED, HAND_OVER, verb("시상 기록 되돌리기"), needs_reason=True
        ),
        Transition("withhold", (S.GRANTED,), S.WITHHELD, MANAGE, verb("지급 보류"), needs_reason=True),
        Transition("release", (S.WITHHELD,), S.GRANTED, MANAGE, verb("보류 풀기")),
        Transition("ask_revocation", STANDING, None, MANAGE, verb("시상 취소 요청"), needs_reason=True),
        Transition("refuse_revocation", STANDING, None, REVOKE, verb("취소 요청 반려"), needs_reason=True),
        Transition("revoke", STANDING, S.REVOKED, REVOKE, verb("시상 취소"), needs_reason=True),
        Transition(
            "withdraw",
            (S.GRANTED, S.WITHHELD),
            S.REVOKED,
            None,
            done("결정을 거두어 취소"),
            needs_reason=True,
        ),
        Transition("give_back", (S.REVOKED,), None, HAND_OVER, verb("환수 기록")),
    ],
    _("시상"),
    {"grant": done("시상 결정"), "forget": done("성명 파기")},
    Work(
        _face,
        [
            Ask(
                "hand_over",
                [S.GRANTED],
                _("시상 기록하기"),
                _handles,
                due=lambda award: award.due_on,
                when=lambda award: award.gives,
                begun=lambda award: award.decided_on,
                ladder=[
                    Rung("before", REMIND_BEFORE),
                    Rung("late", OVERDUE, after=True),
                ],
                due_label=_("지급 기한"),
                bundle=Bundle(
                    lambda count: _now("지급할 시상 %(count)d건") % {"count": count},
                    lambda: f"{reverse('awards:list')}?state={AwardState.GRANTED}",
                ),
            ),
            Ask(
                "decide",
                [*STANDING],
                _("시상 취소 결정하기"),
                _second,
                when=is_asked,
                personal=True,
            ),
            Ask("give_back", [S.REVOKED], _("환수 기록하기"), _handles, when=lambda award: award.owes),
        ],
    ),
    prefix="awards:",
    offers=[
        Button("revoke", when=is_asked, primary=True, danger=True),
        Button("refuse_revocation", when=is_asked, beside=True),
        Button("hand_over", when=is_settled, primary=True),
        Button("give_back", when=lambda award: award.owes, primary=True),
        Button("release", when=is_settled, primary=True, post=True, confirm=lambda award: release_text()),
        Button("withhold", when=is_settled),
        Button("take_back", when=is_settled),
        Button("certificate", _("상장"), STANDING, "awards.see_all"),
        Button("certificate", _("상장 한글(HWPX)"), STANDING, "awards.see_all", query="?format=hwpx"),
        Button("ask_revocation", when=is_settled, danger=True),
    ],
)


def release_text() -> str:
    return _now("보류를 풀고 지급을 기다리는 시상으로 되돌릴까요?")
