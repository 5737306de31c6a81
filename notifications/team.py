"""What a department has to do, for who leads it: how much of each kind, what is most urgent, and who has it (R5)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, Value, When

from basis.clock import DeadlineBadge, deadline_badge
from basis.formats import date_short
from core.models import OpenWork, WorkHolder
from core.models.work import OpenWorkQuerySet
from core.now import today
from core.workflow import verb_of
from notifications.bar import names_of, told
from notifications.selectors import keys_of
from organization.enums import Position
from organization.models import User
from organization.selectors import led_by, selves

MOST = 15  # rows; all of them stand in the lists


@dataclass(frozen=True)
class TeamRow:
    verb: Any
    title: str
    url: str
    who: str
    badge: DeadlineBadge | None
    due: str


@dataclass(frozen=True)
class Team:
    """`counts`: what is asked and of how many things, late ones first."""

    late: int
    counts: Sequence[tuple[Any, int]]
    rows: Sequence[TeamRow]


def team_of(user: User) -> Team | None:
    """None, without a question, for who is no head and stands in for none; else at most five questions."""
    heads = [one for one in selves(user) if one.is_head or one.position == Position.BUREAU_HEAD]
    departments = {pk for one in heads for pk in led_by(one)}
    if not departments:
        return None
    keys = {key for held in keys_of(user).values() for key in held}
    works = OpenWork.objects.filter(department__in=departments)
    late = Q(due__lt=today(), paused=False)
    counted = (
        works.order_by()
        .values_list("content_type", "ask")
        .annotate(n=Count("pk"), late=Count("pk", filter=late))
    )
    counts: dict[str, int] = {}
    overdue = 0
    for kind, ask, n, of_them in counted:
        counts[verb_of(kind, ask)] = counts.get(verb_of(kind, ask), 0) + n
        overdue += of_them
    return Team(overdue, sorted(counts.items(), key=lambda one: -one[1]), _rows(works, keys))


def _rows(works: OpenWorkQuerySet, mine: Collection[str]) -> list[TeamRow]:
    """The most urgent, but for what stands among the leader's own already."""
    works = works.exclude(pk__in=WorkHolder.objects.filter(key__in=mine).values("work"))
    rest = Case(
        When(Q(paused=False, due__isnull=False), Value(0)), default=Value(1), output_field=IntegerField()
    )
    found = list(works.order_by(rest, "due", "pk").prefetch_related("holders")[:MOST])
    names = names_of({holder.key for work in found for holder in work.holders.all()})
    return [_row(work, names, today()) for work in found]


def _row(work: OpenWork, names: Mapping[str, Sequence[str]], day: date) -> TeamRow:
    who = told([name for holder in work.holders.all() for name in names.get(holder.key, ())])
    badge = deadline_badge(work.due, day, work.paused) if work.due else None
    due = date_short(work.due) if work.due else ""
    return TeamRow(verb_of(work.content_type_id, work.ask), work.title, work.url, who, badge, due)
