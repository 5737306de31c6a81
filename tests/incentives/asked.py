"""What somebody writes and hands in for a project, brought on by others."""

from incentives.models import Division
from incentives.services import plans
from incentives.services.projects import locked
from organization.models import User
from tests import factories as make
from tests.incentives import made

TEXTS = {"overview": "연 1회 평가", "goals": "우수구 진입", "measures": "매주 점검"}


def division(asker: User, member: User, state: str = "planned") -> Division:
    """Of the member's department; its plan is written and handed in by the asker."""
    assert member.department is not None
    found = made.notified(member.department)
    plans.write(found, TEXTS, actor=asker)
    found = plans.send(found, actor=asker)
    if state == "running":
        found = plans.approve(found, actor=make.planner())
    return locked(found)
