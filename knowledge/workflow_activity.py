"""The steps of an opinion (K2)."""

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.workflow import Button, Transition, Workflow
from knowledge import rules_activity  # noqa: F401  declares the permissions that its steps name
from knowledge.enums_activity import OpinionState as S
from knowledge.models import Opinion

OPINION = Workflow(
    Opinion,
    S,
    [
        Transition("withdraw", (S.STANDING,), S.WITHDRAWN, "knowledge.unsay", verb("의견 거두기")),
        Transition(
            "hide",
            (S.STANDING,),
            S.HIDDEN,
            "knowledge.hide",
            verb("의견 숨기기"),
            needs_reason=True,
            undo="show",
        ),
        Transition("show", (S.HIDDEN,), S.STANDING, "knowledge.hide", verb("의견 다시 보이기")),
    ],
    _("추가의견"),
    {"create": done("의견 작성")},
    prefix="knowledge:opinion_",
    offers=[Button("withdraw"), Button("hide", danger=True), Button("show", post=True)],
)
