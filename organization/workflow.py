"""The steps of the check of the access log, and whose it is (D6)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from organization.enums import CheckState as S
from organization.enums import Role, StaffListState
from organization.models import AccessCheck, StaffList
from organization.policies import CHECK_DAYS, CHECK_LATE, CHECK_REMIND
from organization.unusual import last_day


def _owners(check: AccessCheck) -> Iterable[str]:
    return [holders.role(Role.AUDITOR)]


def due_of(check: AccessCheck) -> date:
    """So many days into the month after."""
    end = last_day(check.month)
    return end + timedelta(days=CHECK_DAYS.on(end))


ACCESS_CHECK = Workflow(
    AccessCheck,
    S,
    [
        Transition(
            "check", (S.OPEN,), S.DONE, "organization.check_looks", verb("점검 완료"), needs_reason=True
        )
    ],
    _("열람 기록 점검"),
    {"open": done("점검 준비")},
    Work(
        lambda check: Face(str(check), check.get_absolute_url()),
        [
            Ask(
                "check",
                [S.OPEN],
                _("열람 기록 점검하기"),
                _owners,
                due=due_of,
                personal=True,
                ladder=[Rung("before", CHECK_REMIND), Rung("late", CHECK_LATE, after=True)],
            )
        ],
    ),
    prefix="access_check_",
    offers=[Button("check", primary=True)],
)

L = StaffListState
STAFF_LIST = Workflow(
    StaffList,
    L,
    [
        Transition(
            "apply", (L.DRAFT, L.UNDONE), L.APPLIED, "organization.manage", verb("명단 적용"), undo="undo"
        ),
        Transition("undo", (L.APPLIED,), L.UNDONE, "organization.manage", verb("적용 되돌리기")),
    ],
    _("직원 명단"),
    {"take_in": done("명단 올리기")},
    prefix="staff_list_",
    offers=[
        Button("apply", primary=True),
        Button(
            "edit",
            _("발령일·명단에 없는 직원"),
            states=(L.DRAFT, L.UNDONE),
            permission="organization.manage",
        ),
        Button("undo", danger=True),
    ],
)
