"""The steps of a bonus: reckoned, shared out, approved, agreed, asked for, paid (I7)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from incentives.enums import PayoutState as P
from incentives.enums import Post, Role
from incentives.models import Payout
from incentives.policies import PLAN_PAYOUT_DAYS, REMIND_PAYOUT
from incentives.workflow import people_of
from organization.enums import Role as Right

PLAN, WORK, DECIDE = "incentives.plan", "incentives.payout_work", "incentives.payout_decide"
BEFORE = (P.UNSETTLED, P.NOTHING, P.RECKONED)  # nothing has been shared out
OPEN = (P.UNSETTLED, P.RECKONED, P.PLANNED, P.APPROVED, P.AGREED, P.REQUESTED)


def charged(payout: Payout) -> Iterable[str]:
    """Those in charge of the division who serve in a department that owns the result; else who leads it."""
    places = [one.department_id for one in payout.result.shares.all() if one.role == Role.OWNER]
    named = people_of(payout.result.division, Post.CHARGE)
    found = [holders.person(pk) for pk in named]
    return found or [holders.leaders(pk) for pk in places] or [holders.role(Right.PLANNING)]


def deciders(payout: Payout) -> Iterable[str]:
    return holders.deciders(DECIDE, payout, holders.role(Right.PLANNING))


def planners(payout: Payout) -> Iterable[str]:
    return [holders.role(Right.PLANNING)]


def plan_by(payout: Payout) -> date:
    day = payout.result.decided_on
    return day + timedelta(days=PLAN_PAYOUT_DAYS.on(day))


PAYOUT = Workflow(
    Payout,
    P,
    [
        Transition("reckoned", BEFORE, P.RECKONED, None, done("포상금 산정")),
        Transition("nothing", BEFORE, P.NOTHING, None, done("포상금 없음으로 산정")),
        Transition("unsettled", BEFORE, P.UNSETTLED, None, done("포상금 기준이 정해지지 않음")),
        Transition("choose", (P.UNSETTLED, P.NOTHING, P.RECKONED), None, PLAN, verb("포상금 기준 정하기")),
        Transition("begin", (P.PAST,), P.RECKONED, PLAN, verb("지급 절차 시작"), needs_reason=True),
        Transition("plan", (P.RECKONED,), P.PLANNED, WORK, verb("포상금 배분"), undo="take_back"),
        Transition("take_back", (P.PLANNED,), P.RECKONED, WORK, verb("배분 거두기")),
        Transition("approve", (P.PLANNED,), P.APPROVED, WORK, verb("부구청장 결재 기록")),
        Transition(
            "give_back",
            (P.APPROVED,),
            P.RECKONED,
            DECIDE,
            verb("지급계획 보완 요청"),
            needs_reason=True,
            returns=True,
        ),
        Transition("agree", (P.APPROVED,), P.AGREED, DECIDE, verb("지급계획 협조"), undo="disagree"),
        Transition("disagree", (P.AGREED,), P.APPROVED, DECIDE, verb("협조 취소"), needs_reason=True),
        Transition("ask", (P.AGREED,), P.REQUESTED, WORK, verb("포상금 지급 요청")),
        Transition("unask", (P.REQUESTED,), P.AGREED, WORK, verb("지급 요청 거두기")),
        Transition("pay", (P.REQUESTED,), P.PAID, DECIDE, verb("포상금 지급"), undo="unpay"),
        Transition("unpay", (P.PAID,), P.REQUESTED, DECIDE, verb("지급 기록 취소"), needs_reason=True),
        Transition("repay", (P.PAID,), None, DECIDE, verb("포상금 환수"), needs_reason=True),
    ],
    _("포상금"),
    {
        "reckon": done("포상금 산정"),
        "take_in": done("지난 결과 기록"),
        "correct": done("평가 결과 정정"),
        "prize": done("수상금 기록"),
        "merged": done("부서 통합에 따른 이관"),
    },
    Work(
        lambda payout: Face(payout.title, payout.get_absolute_url(), payout.place),
        [
            Ask("choose", [P.UNSETTLED], _("포상금 기준 정하기"), planners),
            Ask(
                "plan",
                [P.RECKONED],
                _("포상금 배분하기"),
                charged,
                due=plan_by,
                begun=lambda payout: payout.result.decided_on,
                ladder=[Rung("before", REMIND_PAYOUT)],
                due_label=_("지급계획 기한"),
            ),
            Ask("approve", [P.PLANNED], _("부구청장 결재 기록하기"), charged),
            Ask("agree", [P.APPROVED], _("포상금 지급계획에 협조하기"), deciders),
            Ask("ask", [P.AGREED], _("포상금 지급 요청하기"), charged),
            Ask("pay", [P.REQUESTED], _("포상금 지급하기"), deciders),
        ],
        ("result__division__project",),
        ("result__shares", "result__division__parts__contacts"),
    ),
    prefix="incentives:payout_",
    offers=[
        Button("choose", states=(P.UNSETTLED,), primary=True),
        Button("plan", primary=True),
        Button("approve", primary=True),
        Button("take_back", beside=True, post=True),
        Button("agree", primary=True),
        Button("give_back", beside=True),
        Button("ask", primary=True),
        Button("pay", primary=True),
        Button("unask", post=True),
        Button(
            "paper",
            _("자체 지급계획서"),
            states=(P.PLANNED, P.APPROVED, P.AGREED, P.REQUESTED, P.PAID),
            permission="incentives.view",
        ),
        Button(
            "request_paper",
            _("지급요청서"),
            states=(P.AGREED, P.REQUESTED, P.PAID),
            permission="incentives.view",
        ),
        Button(
            "choose",
            verb("포상금 기준 다시 정하기"),
            (P.NOTHING, P.RECKONED),
            when=lambda one: bool(one.choice),
        ),
        Button("begin"),
        Button("disagree"),
        Button("unpay"),
        Button("repay", danger=True),
    ],
)
