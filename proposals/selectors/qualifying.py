"""Who has submitted a staff proposal in a period: the others are left out of 창의왕 (M5)."""

from basis.periods import Period
from proposals.enums import Kind, State
from proposals.models import Proposer


def submitted(period: Period) -> set[int]:
    """Ids of staff, alone or with others. What was withdrawn counts for nobody: else one proposes anything, is chosen
    and takes it back. What was never sent has no day of receipt, and records of the past count by theirs."""
    rows = Proposer.objects.filter(proposal__kind=Kind.STAFF, proposal__received_on__range=period.days)
    rows = rows.exclude(user=None).exclude(proposal__state__in=(State.HELD, State.WITHDRAWN))
    return set(rows.values_list("user_id", flat=True))
