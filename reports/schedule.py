"""Which reports are due when (R1, R2)."""

from dataclasses import dataclass
from datetime import date

from basis.periods import Period, between
from core.office import office
from reports.definitions import DEFINITIONS, Definition
from reports.policies import START_ON


@dataclass(frozen=True)
class Release:
    definition: Definition
    period: Period
    due_on: date


def releases(first: date, last: date) -> list[Release]:
    """What the schedule makes in first..last, in order. Nothing before the policy's first day, nor before the office
    was set up."""
    first = max(first, START_ON.on(last), office().begun_on or first)
    found = []
    for definition in DEFINITIONS:
        for kind in definition.kinds:
            # A release falls into its period's second half or, at the latest, into the year after.
            for period in between(kind, date(first.year - 2, 1, 1), last):
                due = definition.due_on(period)
                if due is not None and first <= due <= last:
                    found.append(Release(definition, period, due))
    return sorted(found, key=lambda release: (release.due_on, release.definition.slug, release.period.key))
