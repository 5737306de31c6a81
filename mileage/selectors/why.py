"""How an entry came to its amount (M2, M4): the rule of the day, and what a cap had left."""

from dataclasses import dataclass

from django.db.models import Sum

from basis.periods import Period
from mileage import catalogue
from mileage.catalogue import Cap
from mileage.models import Entry
from mileage.rules import granted, hundredths
from mileage.selectors.amounts import Step, in_force, steps


@dataclass(frozen=True)
class CapUse:
    """In hundredths. `used`: what the lines before this one had taken of the cap in its period."""

    cap: Cap
    period: Period
    step: Step
    limit: int
    used: int

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)


@dataclass(frozen=True)
class Why:
    """`step`: the rule's value in force on the day; None where the rule has none."""

    rule: catalogue.Rule
    step: Step | None
    cap: CapUse | None

    def amount_of_rule(self) -> int | None:
        return hundredths(self.step.value) if self.step else None

    def agrees(self, entry: Entry) -> bool:
        """Whether reckoning it again today gives the same; a cap or amount changed afterwards may say otherwise."""
        return self.cap is None or granted(entry.asked, self.cap.used, self.cap.limit) == entry.amount


def why(entry: Entry) -> Why:
    """Two questions at most."""
    rule = catalogue.rule_of(entry.rule)
    found = steps([*([rule.amount] if rule.amount else []), *([rule.cap.limit] if rule.cap else [])])
    step = in_force(found[rule.amount.key], entry.day) if rule.amount else None
    cap = rule.cap_on(entry.day)
    if cap is None or entry.reverses_id is not None:
        return Why(rule, step, None)
    period = cap.period(entry.day)
    before = Entry.objects.filter(
        account=entry.account_id,
        rule__in=catalogue.sharing(cap),
        day__range=period.days,
        sequence__lt=entry.sequence,
    )
    used = before.aggregate(sum=Sum("amount"))["sum"] or 0
    return Why(
        rule, step, CapUse(cap, period, in_force(found[cap.limit.key], period.end), cap.on(entry.day), used)
    )
