"""What a citizen must be able to read of what is said of a proposal (P6)."""

from collections.abc import Mapping
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from basis.errors import Rejected
from proposals.enums import State


class Notice(TypedDict, total=False):
    """What the notice of a decision says (models.Decision)."""

    ground: str
    present: str
    feasibility: str
    effect: str
    cost: int | None
    budget_year: int | None
    taken: str
    reason: str
    department: Any
    carry_out_on: Any


def faults(outcome: str, notice: Mapping[str, Any], *, by_department: bool = False) -> dict[str, str]:
    """What is missing, by field, all at once. A department need not say that it is itself."""
    found = {}
    for name, message in _needed(outcome).items():
        value = notice.get(name)
        empty = value in (None, "") or (isinstance(value, str) and not value.strip())
        if empty and not (by_department and name == "department"):
            found[name] = message
    return found


def check(outcome: str, notice: Mapping[str, Any], *, by_department: bool = False) -> None:
    """Raises: Rejected beside the first field where something is missing."""
    for field, message in faults(outcome, notice, by_department=by_department).items():
        raise Rejected(message, field=field)


def _needed(outcome: str) -> dict[str, str]:
    present = {"present": _("근거와 지금의 상황을 입력해 주세요.")}
    return {
        State.ADOPTED: present
        | {
            "taken": _("받아들이는 내용을 입력해 주세요."),
            "department": _("담당 부서를 골라 주세요."),
            "carry_out_on": _("시행할 날을 입력해 주세요."),
        },
        State.REJECTED: present | {"reason": _("받아들이지 않는 까닭을 입력해 주세요.")},
        State.NO_PROPOSAL: {
            "ground": _("제안이 아닌 까닭을 골라 주세요."),
            "reason": _("까닭을 제안자가 알 수 있게 입력해 주세요."),
        },
    }[State(outcome)]
