"""What a field visit earns (V6), in the transaction of its settlement; undoing it takes it back.

Called last in a service: accounts are locked after everything else.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from basis.official import office_text
from mileage import catalogue as earn
from mileage.models import Entry
from mileage.services.awards import Award, award, reverse_source
from visits.models import FieldVisit

VISITED = _("현장체험: %(host)s")


def visited(visit: FieldVisit, *, actor: Any) -> list[Entry]:
    """Points and hours of each who took part, for the day of the visit (V6)."""
    event, title = f"visits.visit:{visit.pk}", office_text(VISITED) % {"host": visit.host}
    went = visit.members.filter(took_part=True).select_related("user")
    return award(
        [
            Award(rule, member.user, event, visit.visited_on, title, visit)
            for member in went
            for rule in (earn.VISITING, earn.VISIT_HOURS)
        ],
        actor=actor,
    )


def not_visited(visit: FieldVisit, *, reason: str, actor: Any) -> None:
    """Take back what the visit earned."""
    reverse_source(visit, reason=reason, actor=actor, rules=[earn.VISITING, earn.VISIT_HOURS])
