"""The steps of reports of a public text, and what they ask of planning."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from organization.enums import DepartmentRole, Role
from proposals.enums import ComplaintState as S
from proposals.models import Complaint
from proposals.policies import OVERDUE, REMIND_BEFORE

DECIDE = "proposals.decide_complaint"


def _planning(complaint: Complaint) -> Iterable[str]:
    keys = holders.role(Role.PLANNING), holders.heads(DepartmentRole.PLANNING)
    return holders.deciders(DECIDE, complaint, *keys)


COMPLAINTS = Workflow(
    Complaint,
    S,
    [
        Transition(
            "show", (S.OPEN, S.HIDDEN, S.COVERED), S.SHOWN, DECIDE, verb("다시 공개"), needs_reason=True
        ),
        Transition(
            "cover", (S.OPEN, S.HIDDEN), S.COVERED, DECIDE, verb("일부 가리고 공개"), needs_reason=True
        ),
        Transition("hide", (S.OPEN,), S.HIDDEN, DECIDE, verb("계속 가림"), needs_reason=True),
    ],
    _("신고"),
    {"complain": done("신고 접수"), "complain_again": done("같은 글의 신고 접수")},
    Work(
        lambda complaint: Face(complaint.title, complaint.get_absolute_url()),
        [
            Ask(
                "decide",
                [S.OPEN],
                _("신고 처리하기"),
                _planning,
                due=lambda complaint: complaint.clock,
                begun=lambda complaint: complaint.opened_on,
                ladder=[Rung("before", REMIND_BEFORE), Rung("late", OVERDUE, after=True)],
            )
        ],
        ("clock", "proposal"),
    ),
    prefix="proposals:desk_complaint_",
    offers=[
        Button("show", primary=True),
        Button("cover", beside=True),
        Button("hide", beside=True),
    ],
)
