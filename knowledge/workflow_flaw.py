"""A flaw that was reported, and who must answer until when (K6)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from core.asks import Ask, Face, Rung, Work
from core.work import holders
from core.workflow import Button, Transition, Workflow
from knowledge.enums import FlawState as S
from knowledge.models import Flaw
from knowledge.policies import REMIND

ANSWER = "knowledge.answer"


def _owner(flaw: Flaw) -> Iterable[str]:
    """Who reported it never answers, whoever owns the post by now."""
    post = flaw.post
    keys = [holders.person(post.owner_id)] if post.owner.is_active else [holders.leaders(post.department_id)]
    return [*holders.deciders(ANSWER, flaw, *keys), holders.concerns(post.owner_id)]


FLAW = Workflow(
    Flaw,
    S,
    [
        Transition("accept", (S.OPEN,), S.ACCEPTED, ANSWER, verb("잘못 인정"), needs_reason=True),
        Transition(
            "decline", (S.OPEN,), S.DECLINED, ANSWER, verb("맞는 내용이라고 답하기"), needs_reason=True
        ),
        Transition("take_back", (S.OPEN,), S.WITHDRAWN, "knowledge.take_flaw_back", verb("알림 거두기")),
    ],
    _("잘못 알림"),
    {"report": done("잘못 알림")},
    Work(
        lambda flaw: Face(
            flaw.post.title, flaw.get_absolute_url(), flaw.passage[:40], flaw.post.department_id
        ),
        [
            Ask(
                "answer",
                [S.OPEN],
                _("잘못 알림에 답하기"),
                _owner,
                due=lambda flaw: flaw.clock,
                begun=lambda flaw: flaw.reported_on,
                ladder=[Rung("before", REMIND)],
            )
        ],
        ["post__owner", "clock"],
    ),
    prefix="knowledge:flaw_",
    offers=[
        Button("accept", primary=True),
        Button("decline", beside=True),
        Button("take_back", post=True),
    ],
)
