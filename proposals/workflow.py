"""The steps of a proposal, and what its states ask of whom (P3, P5, P6)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from organization.enums import Role
from proposals.enums import OPEN
from proposals.enums import State as S
from proposals.models import Proposal
from proposals.policies import OVERDUE, REMIND_BEFORE

DECIDE = "proposals.decide"
TAKEN = (S.RECEIVED, S.SUPPLEMENT)
SORTED = (S.NO_PROPOSAL, S.CONVERTED, S.TRANSFERRED, S.LINKED, S.LAPSED)  # what may have been a mistake


def _planning(proposal: Proposal) -> Iterable[str]:
    return holders.deciders(DECIDE, proposal, holders.role(Role.PLANNING))


def _staff_proposer(proposal: Proposal) -> Iterable[str]:
    """A citizen is told otherwise and reads it on the own page."""
    main = next((one for one in proposal.proposers.all() if one.is_main), None)
    return [holders.person(main.user_id)] if main and main.user_id else []


def _open_supplement_due(proposal: Proposal) -> Any:
    return next((one.due for one in proposal.supplements.all() if one.answered_on is None), None)


LADDER = [Rung("before", REMIND_BEFORE), Rung("late", OVERDUE, after=True)]

PROPOSAL = Workflow(
    Proposal,
    S,
    [
        Transition("let_in", (S.HELD,), S.RECEIVED, DECIDE, verb("접수 확인")),
        Transition(
            "ask_supplement", (S.RECEIVED,), S.SUPPLEMENT, DECIDE, verb("보완 요청"), needs_reason=True
        ),
        Transition("supplement", (S.SUPPLEMENT,), S.RECEIVED, "proposals.own", verb("보완하기")),
        Transition("lapse", (S.SUPPLEMENT,), S.LAPSED, DECIDE, verb("보완 없이 종결"), needs_reason=True),
        Transition("adopt", (S.RECEIVED,), S.ADOPTED, DECIDE, verb("채택")),
        Transition("reject", (S.RECEIVED,), S.REJECTED, DECIDE, verb("불채택")),
        Transition("dismiss", (S.RECEIVED, S.HELD), S.NO_PROPOSAL, DECIDE, verb("제안 아님으로 결정")),
        Transition("convert", TAKEN, S.CONVERTED, DECIDE, verb("민원으로 전환"), needs_reason=True),
        Transition(
            "finish_petition", (S.CONVERTED,), S.ANSWERED, DECIDE, verb("민원 답변 완료"), needs_reason=True
        ),
        Transition("transfer", TAKEN, S.TRANSFERRED, DECIDE, verb("다른 기관으로 이송"), needs_reason=True),
        Transition("link", TAKEN, S.LINKED, DECIDE, verb("같은 제안에 연결"), needs_reason=True),
        Transition("take_back", SORTED, S.RECEIVED, DECIDE, verb("처리 되돌리기"), needs_reason=True),
        Transition("withdraw", OPEN, S.WITHDRAWN, "proposals.own", verb("제안 취하")),
    ],
    _("제안"),
    {"receive": done("제안 접수"), "record": done("지난 제안 등록"), "edit": done("내용 수정")},
    Work(
        lambda proposal: Face(proposal.title, proposal.get_absolute_url()),
        [
            Ask(
                "let_in",
                [S.HELD],
                _("사람이 보낸 제안인지 확인하기"),
                _planning,
                due=lambda proposal: proposal.clock,
            ),
            Ask(
                "decide",
                [S.RECEIVED],
                _("제안 처리하기"),
                _planning,
                due=lambda proposal: proposal.clock,
                begun=lambda proposal: proposal.received_on,
                ladder=LADDER,
            ),
            Ask(
                "supplement",
                [S.SUPPLEMENT],
                _("제안 보완하기"),
                _staff_proposer,
                due=_open_supplement_due,
                personal=True,
            ),
            Ask(
                "finish_petition",
                [S.CONVERTED],
                _("전환한 민원에 답하기"),
                _planning,
                due=lambda proposal: proposal.petition_clock,
                ladder=LADDER,
                begun=lambda proposal: proposal.petition_clock.start,
            ),
        ],
        ("clock", "petition_clock"),
        ("proposers", "supplements"),
    ),
    prefix="proposals:desk_",
    offers=[
        Button("let_in", primary=True, post=True),
        Button("adopt", primary=True),
        Button("reject", beside=True),
        Button("ask_supplement"),
        Button("dismiss"),
        Button("convert"),
        Button("transfer"),
        Button("link"),
        Button("lapse"),
        Button("finish_petition", primary=True),
        Button("take_back"),
        Button("supplement", primary=True),
        Button("withdraw"),
        Button("contact", _("제안자 연락처 보기"), permission="proposals.contact"),
    ],
)
