"""What the first page of the board shows: what runs, what is new, what is asked, what waits for oneself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from knowledge.enums import Area, QuestionState, Validity
from knowledge.models import Campaign, Post, Question
from knowledge.selectors.campaigns import running

NEW, ASKED = 6, 5


@dataclass(frozen=True)
class Home:
    """`areas`: each with how many posts stand in it. `own`: posts in one's care, and how many of them are to be
    checked."""

    areas: Sequence[tuple[Area, int]]
    newest: Sequence[Post]
    questions: Sequence[Question]
    campaign: Campaign | None
    own: int
    to_check: int


def home(user: Any) -> Home:
    """Six questions, however much there is."""
    standing = Post.objects.standing()
    counts = dict(standing.order_by().values_list("area").annotate(n=Count("pk")))
    newest = standing.order_by("-pinned", "-approved_on", "-pk").only(
        "pk", "title", "area", "department_name", "pinned"
    )
    mine = dict(
        standing.filter(owner=user, source_mark="").order_by().values_list("validity").annotate(n=Count("pk"))
    )
    asked = Question.objects.visible_to(user).filter(state=QuestionState.OPEN)
    return Home(
        [(area, counts.get(area, 0)) for area in Area],
        list(newest[:NEW]),
        list(asked.order_by("answers_count", "-asked_on", "-pk")[:ASKED]),
        running(),
        sum(mine.values()),
        mine.get(Validity.CHECK, 0),
    )
