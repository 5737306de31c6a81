"""The steps of a call, and what its states ask of whom (P4)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from organization.enums import DepartmentRole, Role
from proposals.enums import CallState as S
from proposals.models import Call

PREPARE, PUBLISH, PLAN = "proposals.prepare_call", "proposals.publish_call", "proposals.plan_call"


def _planning(call: Call) -> Iterable[str]:
    keys = holders.role(Role.PLANNING), holders.heads(DepartmentRole.PLANNING)
    return holders.deciders(PUBLISH, call, *keys)


def _preparer(call: Call) -> Iterable[str]:
    return [holders.person(call.prepared_by_id)]


CALLS = Workflow(
    Call,
    S,
    [
        Transition("ask", (S.DRAFT,), S.ASKED, PREPARE, verb("공개 요청")),
        Transition(
            "return", (S.ASKED,), S.DRAFT, PUBLISH, verb("돌려보내기"), needs_reason=True, returns=True
        ),
        Transition("publish", (S.ASKED,), S.PUBLISHED, PUBLISH, verb("공모 공개")),
        Transition("withdraw", (S.PUBLISHED,), S.WITHDRAWN, PLAN, verb("공모 거두기"), needs_reason=True),
    ],
    _("공모"),
    {"create": done("공모 작성"), "edit": done("공모 수정")},
    Work(
        lambda call: Face(call.title, call.get_absolute_url(), call.department.name, call.department_id),
        [
            Ask("prepare", [S.DRAFT], _("공모 준비하기"), _preparer),
            Ask("publish", [S.ASKED], _("공모 공개하기"), _planning, due=lambda call: call.opens_on),
        ],
        ("department",),
    ),
    prefix="proposals:desk_call_",
    offers=[
        Button("publish", primary=True),
        Button("ask", primary=True),
        Button("return", beside=True),
        Button("edit", verb("고치기"), (S.DRAFT,), PREPARE, beside=True),
        Button("edit", verb("고치기"), (S.PUBLISHED,), PLAN),
        Button("withdraw", danger=True),
    ],
)


def may_edit(call: Call) -> str:
    """The right that who changes it needs, as it stands; "" where nobody may."""
    rights: dict[Any, str] = {S.DRAFT: PREPARE, S.PUBLISHED: PLAN}
    return rights.get(call.state, "")
