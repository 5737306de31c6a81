from core.workflow import Transition, Workflow
from tests.throwaway import rules  # noqa: F401  declares the permissions
from tests.throwaway.models import Slip, SlipState

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
)
