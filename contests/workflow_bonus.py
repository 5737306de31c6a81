"""The steps of a savings bonus: nomination, own panel, committee, amount, payment (E6)."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from contests.enums import BonusState as B
from contests.models import Bonus
from contests.policies_bonus import BONUS_REMIND
from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from organization.enums import DepartmentRole, Role

WRITE, NOMINATE, RECORD, GRANT = (
    f"contests.{name}" for name in ("bonus_write", "nominate", "bonus_record", "bonus_grant")
)


def _writer(bonus: Bonus) -> Iterable[str]:
    return [holders.person(bonus.written_by_id), holders.leaders(bonus.department_id)]


def _planning(bonus: Bonus) -> Iterable[str]:
    return holders.deciders(RECORD, bonus, holders.role(Role.PLANNING))


def _payers(bonus: Bonus) -> Iterable[str]:
    return holders.deciders(GRANT, bonus, holders.role(Role.PLANNING), holders.heads(DepartmentRole.PLANNING))


def _ask(name: str, state: str, label: Any, who: Callable[[Any], Iterable[str]]) -> Ask:
    return Ask(
        name,
        [state],
        label,
        who,
        due=lambda bonus: bonus.next_due,
        ladder=[Rung("before", BONUS_REMIND)],
    )


BONUS = Workflow(
    Bonus,
    B,
    [
        Transition("nominate", (B.DRAFT,), B.NOMINATED, NOMINATE, verb("성과금 신청"), undo="take_back"),
        Transition("take_back", (B.NOMINATED,), B.DRAFT, WRITE, verb("신청 거두기")),
        Transition("drop", (B.DRAFT,), B.DROPPED, WRITE, verb("신청하지 않음")),
        Transition(
            "give_back",
            (B.NOMINATED,),
            B.DRAFT,
            RECORD,
            verb("성과금 보완 요청"),
            needs_reason=True,
            returns=True,
        ),
        Transition("review", (B.NOMINATED,), B.REVIEWED, RECORD, verb("실무심사 기록")),
        Transition("decide", (B.REVIEWED,), B.DECIDED, RECORD, verb("심의 결과 기록"), undo="undo_decide"),
        Transition(
            "undo_decide", (B.DECIDED,), B.REVIEWED, RECORD, verb("심의 결과 다시 기록"), needs_reason=True
        ),
        Transition("grant", (B.DECIDED,), B.GRANTED, GRANT, verb("성과금 지급 결정")),
        Transition(
            "reject", (B.NOMINATED, B.REVIEWED), B.REJECTED, RECORD, verb("지급하지 않음"), needs_reason=True
        ),
    ],
    _("예산성과금"),
    {
        "create": done("성과금 신청서 작성"),
        "edit": done("성과금 신청서 고침"),
        "merged": done("부서 통합에 따른 이관"),
    },
    Work(
        lambda bonus: Face(bonus.title, bonus.get_absolute_url(), bonus.department_name, bonus.department_id),
        [
            _ask("nominate", B.DRAFT, _("예산성과금 신청하기"), _writer),
            _ask("review", B.NOMINATED, _("예산성과금 실무심사 기록하기"), _planning),
            _ask("decide", B.REVIEWED, _("예산성과금 심의 결과 기록하기"), _planning),
            _ask("grant", B.DECIDED, _("예산성과금 지급 결정하기"), _payers),
        ],
        [],
        ["shares"],
    ),
    prefix="bonuses:bonus_",
    offers=[
        Button("nominate", primary=True),
        Button("edit", verb("고치기"), (B.DRAFT,), WRITE, beside=True),
        Button("review", primary=True),
        Button("decide", primary=True),
        Button("grant", primary=True),
        Button("give_back", beside=True),
        Button("take_back", post=True),
        Button("undo_decide"),
        Button("reject", danger=True),
        Button("drop", danger=True),
    ],
)
