"""What was awarded in the confirmed rounds of a period, by grade and division (P9, P10)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Sum

from awards.enums import STANDING
from evaluations.enums import RoundState
from evaluations.models import Awarded, Grade, Round


@dataclass
class GradeSums:
    """A grade as it is called: entries by division's title, and the won given for them."""

    name: str
    counts: dict[str, int] = field(default_factory=dict)
    prize: int = 0

    @property
    def count(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Of:
    """The divisions and grades of what was confirmed, in their order; those that stayed empty too."""

    divisions: Sequence[str]
    grades: Sequence[GradeSums]
    rounds: int


def awarded(kind: str, period: str) -> Of:
    """Awards that stand: what was corrected counts as it is now, what was revoked not at all."""
    rounds = Round.objects.filter(kind=kind, period=period, state=RoundState.CONFIRMED)
    plan = Grade.objects.filter(division__round__in=rounds).order_by("order", "division__order")
    found: dict[str, GradeSums] = {}
    divisions: dict[str, int] = {}
    for name, title, order in plan.values_list("name", "division__title", "division__order"):
        found.setdefault(name, GradeSums(name)).counts.setdefault(title, 0)
        divisions.setdefault(title, order)
    rows = Awarded.objects.filter(result__entry__round__in=rounds, award__state__in=STANDING)
    sums = rows.order_by().values_list("award__grade", "result__entry__division__title")
    for name, title, count, prize in sums.annotate(
        count=Count("result", distinct=True), prize=Sum("award__amount", default=0)
    ):
        grade = found.setdefault(name, GradeSums(name))
        grade.counts[title] = grade.counts.get(title, 0) + count
        grade.prize += prize
    return Of(sorted(divisions, key=lambda one: divisions[one]), list(found.values()), rounds.count())
