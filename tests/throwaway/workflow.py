from collections.abc import Iterable

from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from organization.enums import Role
from tests.throwaway import rules  # noqa: F401  declares the permissions
from tests.throwaway.models import Slip, SlipState
from tests.throwaway.policies import REMIND, WARN


def _planning(slip: Slip) -> Iterable[str]:
    return [holders.role(Role.PLANNING)]


SLIP = Workflow(
    Slip,
    SlipState,
    (
        Transition(
            "answer", (SlipState.SENT,), SlipState.ANSWERED, "throwaway.answer", "회신", needs_reason=True
        ),
        Transition("close", (SlipState.ANSWERED,), SlipState.CLOSED, "throwaway.close", "종결"),
        Transition("lapse", (SlipState.SENT,), SlipState.CLOSED, None, "기한 경과"),
    ),
    "회신표",
    {"send": "발송"},
    Work(
        lambda slip: Face(slip.title, slip.get_absolute_url(), "회신표"),
        [
            Ask(
                "chase",
                [SlipState.SENT],
                "회신 받기",
                _planning,
                due=lambda slip: slip.answer_by,
                begun=lambda slip: slip.sent_on,
                ladder=[Rung("before", REMIND), Rung("late", WARN, after=True, up=True)],
            ),
            Ask("close", [SlipState.ANSWERED], "회신 종결하기", _planning),
        ],
    ),
    prefix="throwaway:desk_",
    offers=[Button("answer", primary=True), Button("close", primary=True, post=True)],
)
