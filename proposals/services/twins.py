"""What stays of ideas that were not taken, and who is named when a later one is (P8)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.now import today
from core.permissions import ensure
from core.transition import record
from proposals.enums import State
from proposals.models import Credit, Fingerprint, Proposal
from proposals.policies import KEEP_OTHERS
from proposals.services import news
from proposals.services.states import locked
from proposals.similar import FINGERPRINTS

NOT_TAKEN = (State.REJECTED, State.NO_PROPOSAL, State.LAPSED, State.WITHDRAWN)
BATCH = 500


def leave_marks(day: date) -> int:
    """Of what was not taken and has been kept as long as the rule says, a fingerprint without a person stays.

    Called by: the schedule.
    """
    kept = date(day.year - KEEP_OTHERS.on(day), 1, 1)
    rows = Proposal.objects.filter(state__in=NOT_TAKEN, fingerprint=None, closed_on__lt=kept)
    made = [
        Fingerprint(
            proposal=one,
            year=one.year,
            number=one.number,
            kind=one.kind,
            field=one.field,
            title=one.public_title,
            state=one.state,
            closed_on=one.closed_on,
        )
        for one in rows.order_by("closed_on", "pk")[:BATCH]
        if one.closed_on
    ]
    Fingerprint.objects.bulk_create(made)
    FINGERPRINTS.index(made)
    return len(made)


@transaction.atomic
def credit(
    proposal: Proposal,
    earlier: Sequence[Proposal] = (),
    fingerprints: Sequence[Fingerprint] = (),
    *,
    actor: Any,
) -> list[Credit]:
    """Name those that had the idea of an adopted one before, each once; who can be reached is told.

    Locks: the proposal. Raises: Rejected for a proposal that is not adopted, itself, or a later one.
    """
    proposal = locked(proposal)
    ensure(actor, "proposals.decide", proposal)
    if proposal.state != State.ADOPTED:
        raise Rejected(_("채택된 제안에만 먼저 낸 제안을 밝힐 수 있습니다."))
    for one in earlier:
        if one.pk == proposal.pk or one.received_at > proposal.received_at:
            raise Rejected(_("먼저 접수된 다른 제안만 밝힐 수 있습니다."), field="earlier")
    proposals_known = set(proposal.credits.values_list("earlier", flat=True))
    marks_known = set(proposal.credits.values_list("fingerprint", flat=True))
    new = {"proposal": proposal, "made_by": actor, "made_on": today()}
    made = [Credit(earlier=one, **new) for one in earlier if one.pk not in proposals_known]
    made += [Credit(fingerprint=one, **new) for one in fingerprints if one.pk not in marks_known]
    for given in made:
        given.save()
        news.credited(given)
    if made:
        record(proposal, "credit", actor=actor, data={"text": ", ".join(map(_code, made))})
    return made


def _code(credit: Credit) -> str:
    found: Proposal | Fingerprint = credit.earlier or credit.fingerprint
    return found.code
