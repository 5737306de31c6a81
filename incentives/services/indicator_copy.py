"""Indicators of the year before go on in the new year's division (I3)."""

from incentives.models import Division, Indicator

CARRIED = (
    "level", "order", "name", "weight", "unit", "shape", "target", "base", "low", "high", "steps", "cap", "floor",
    "cumulative",
)  # fmt: skip


def carry_on(old: Division, new: Division) -> list[Indicator]:
    """Those that were not taken out, each linked with what it was; whoever has left the department is not named. Paths
    are not carried: the year before is the shape of the next.

    Called by: projects.copy_year, in its transaction."""
    made: dict[int, Indicator] = {}
    departments = {part.department_id for part in old.parts.all()}
    rows = old.indicators.standing().select_related("person").order_by("order", "pk")
    for one in rows:
        copy = Indicator(division=new, before=one, **{name: getattr(one, name) for name in CARRIED})
        copy.parent = made.get(one.parent_id) if one.parent_id else None
        if one.person and one.person.is_active and one.person.department_id in departments:
            copy.person = one.person
        copy.save()
        made[one.pk] = copy
    return list(made.values())
