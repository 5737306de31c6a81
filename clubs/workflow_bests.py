"""The president names the best contributors of a club that was awarded, in person (C5)."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from basis.verbs import done, verb
from clubs.enums import BestState as B
from clubs.holding import presidents
from clubs.models import Best
from clubs.policies import REMIND_BEST
from core.asks import Ask, Face, Rung, Work
from core.workflow import Button, Transition, Workflow

NAME = "clubs.name_best"


def _president(best: Best) -> Iterable[str]:
    return presidents(best.club)


BEST = Workflow(
    Best,
    B,
    [
        Transition("name", (B.OPEN,), B.NAMED, NAME, verb("최고 기여자 추천")),
        Transition("none", (B.OPEN,), B.NONE, NAME, verb("추천하지 않음"), needs_reason=True, undo="again"),
        Transition("again", (B.NONE,), B.OPEN, NAME, verb("다시 추천하기")),
        Transition("lapse", (B.OPEN, B.NAMED, B.NONE), B.REVOKED, None, done("시상이 바뀌어 추천이 없어짐")),
        Transition("revoke", (B.NAMED,), B.REVOKED, None, done("최고 기여자 시상 취소")),
        Transition("reopen", (B.REVOKED,), B.OPEN, None, done("시상이 바뀌어 다시 추천")),
    ],
    _("최고 기여자"),
    {"asked": done("최고 기여자 추천 요청")},
    Work(
        lambda best: Face(str(best.club), best.get_absolute_url(), best.team_name or best.grade),
        [
            Ask(
                "name",
                [B.OPEN],
                _("최고 기여자 추천하기"),
                _president,
                due=lambda best: best.due_on,
                begun=lambda best: best.begun_on,
                ladder=[Rung("before", REMIND_BEST)],
                personal=True,
            )
        ],
        ["club__panel", "round", "seat__user"],
        ["club__panel__seats", "club__teams"],
    ),
    prefix="clubs:best_",
    offers=[
        Button("name", primary=True),
        Button("none", beside=True),
        Button("again"),
    ],
)
