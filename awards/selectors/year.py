"""What was awarded in a year, for those who report on it (A1–A5)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from awards.enums import AwardState, Receiver
from awards.models import Award, AwardQuerySet


@dataclass(frozen=True)
class KindSums:
    """Awards of one kind that stand: how many by receiver, won in all and handed over."""

    kind: str
    staff: int
    departments: int
    citizens: int
    given: int
    handed: int

    @property
    def count(self) -> int:
        return self.staff + self.departments + self.citizens


def of_year(year: int) -> AwardQuerySet:
    """Those decided on in the year that were not revoked."""
    return Award.objects.standing().filter(year=year)


def by_kind(year: int) -> Sequence[KindSums]:
    """One query."""
    rows = (
        of_year(year)
        .order_by()
        .values("kind")
        .annotate(
            staff=Count("pk", filter=Q(receiver=Receiver.STAFF)),
            departments=Count("pk", filter=Q(receiver=Receiver.DEPARTMENT)),
            citizens=Count("pk", filter=Q(receiver=Receiver.CITIZEN)),
            given=Sum("amount", default=0),
            handed=Sum("amount", filter=Q(state=AwardState.HANDED), default=0),
        )
        .order_by("kind")
    )
    return [
        KindSums(one["kind"], one["staff"], one["departments"], one["citizens"], one["given"], one["handed"])
        for one in rows
    ]
