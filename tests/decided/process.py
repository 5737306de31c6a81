from core.process import Process
from core.publishing.publisher import Publisher
from core.workflow import Transition, Workflow
from tests.decided.models import Decision, Handed, Score, Sheet
from tests.decided.models import DecisionState as D

MAY = "mileage.rank"
WORKFLOW = Workflow(
    Decision,
    D,
    [
        Transition("announce", (D.DRAFT,), D.ANNOUNCED, MAY, "예정"),
        Transition("confirm", (D.DRAFT, D.ANNOUNCED), D.CONFIRMED, MAY, "확정"),
        Transition("cancel", (D.ANNOUNCED, D.CONFIRMED), D.DRAFT, MAY, "취소", needs_reason=True),
        Transition("give", (D.CONFIRMED,), None, MAY, "시상"),
        Transition("take_back", (D.CONFIRMED,), None, MAY, "되돌리기", needs_reason=True),
    ],
    "시험 결정",
)
DECISIONS = Publisher(
    Decision,
    rows={Sheet: "decision", Score: "sheet__decision"},
    handed=(Handed, "sheet__decision"),
    held="시상이 남아 있습니다.",
    message="what is decided stays",
)

PROCESS = Process(workflows=(WORKFLOW,), publishers=(DECISIONS,))
