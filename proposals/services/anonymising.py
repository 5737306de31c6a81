"""Who made a proposal is forgotten when its time is over: name, contact, files, what the texts tell (D3, D8, P8).

The idea stays, so that a later one like it is found; the record of the destruction says how many people were forgotten.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core import attachments, passes
from core.actors import SYSTEM
from core.models import Destruction, Draft
from core.now import today
from core.permissions import ensure
from core.transition import record
from letters.services.writing import forget as forget_letters
from proposals.enums import OPEN, State
from proposals.models import Objection, Proposal, Proposer, Reply, Supplement, Voice
from proposals.policies import KEEP_ADOPTED, KEEP_OTHERS
from proposals.selectors.objections import is_waiting
from proposals.services.states import locked
from proposals.similar import TITLES

PERSONAL = ("name", "phone", "email", "address", "guardian_name", "guardian_phone")
TEXTS = ("title", "problem", "improvement", "effect", "difference", "awarded")
GONE = (State.CONVERTED, *OPEN)  # what is still being handled


def past(day: date) -> Any:
    """Proposals of citizens whose time is over: the years of the policy, from the first of January after they were
    closed (D8)."""

    def before(years: int) -> date:
        return date(day.year - years, 1, 1)

    return (
        Proposal.objects.exclude(state__in=GONE)
        .annotate(
            ended_on=Coalesce("closed_on", "received_on")
        )  # of a record nobody may know when it was closed
        .filter(
            Q(state=State.ADOPTED, ended_on__lt=before(KEEP_ADOPTED.on(day)))
            | ~Q(state=State.ADOPTED) & Q(ended_on__lt=before(KEEP_OTHERS.on(day)))
        )
        .filter(proposers__user=None, proposers__anonymised_on=None)
        .distinct()
    )


def forget_past(day: date) -> int:
    """Forget the proposers of all proposals whose time is over, with one record; the number of people.

    Locks: each proposal. Called by: the schedule.
    """
    return _recorded(past(day).order_by("pk"), day)


@transaction.atomic
def forget_asked(proposal: Proposal, *, reason: str, actor: Any, version: int | None = None) -> None:
    """Who made it has asked to be forgotten; nothing is handled any more.

    Locks: the proposal. Raises: Outdated, Rejected while it is being handled, or when there is nobody left.
    """
    ensure(actor, "proposals.forget", proposal)
    fresh = locked(proposal, version)
    if fresh.state in GONE or is_waiting(fresh):
        raise Rejected(_("처리가 끝난 뒤에 개인정보를 파기할 수 있습니다."))
    if not _recorded([fresh], today(), reason=reason, actor=actor):
        raise Rejected(_("이미 파기했거나 파기할 개인정보가 없습니다."))


def _recorded(proposals: Iterable[Proposal], day: date, reason: str = "", actor: Any = SYSTEM) -> int:
    people = sum(_forget(proposal, day, reason, actor) for proposal in proposals)
    if people:
        moment = timezone.make_aware(datetime.combine(day, time()))
        Destruction.objects.create(log=Proposer._meta.db_table, before=moment, count=people)
    return people


@transaction.atomic
def _forget(proposal: Proposal, day: date, reason: str, actor: Any) -> int:
    proposal = locked(proposal)
    people = proposal.proposers.filter(user=None, anonymised_on=None)
    count = people.update(**dict.fromkeys(PERSONAL, ""), anonymised_on=day)
    if not count:
        return 0
    files = _files(proposal)
    _links(proposal)
    _texts(proposal)
    letters = forget_letters(proposal)
    gone = {"people": count, "files": files, "letters": letters}
    record(proposal, "forget", actor=actor, reason=reason, data=gone)
    return count


def _files(proposal: Proposal) -> int:
    """What was put to it may show anybody: all of it goes."""
    found = list(attachments.files_of(proposal))
    for file in found:
        attachments.erase(file)
    return len(found)


def _links(proposal: Proposal) -> None:
    """No link and no code opens the own page any more; what was being typed there goes."""
    for held in passes.ever_for(proposal):
        for draft in Draft.objects.filter(user_pass=held):
            for file in attachments.files_of(draft):
                attachments.erase(file)
            draft.delete()
        passes.revoke(held)


def _texts(proposal: Proposal) -> None:
    """What the public never read of the texts does not stay behind either (P17)."""
    for name in TEXTS:
        setattr(proposal, name, proposal.cover(getattr(proposal, name)))
    for one in Supplement.objects.filter(proposal=proposal).exclude(answer=""):
        one.answer = proposal.cover(one.answer)
        one.save(update_fields=["answer"])
    proposal.code_seal, proposal.covered = "", []
    proposal.save(update_fields=[*TEXTS, "code_seal", "covered", "sought"])
    Voice.objects.filter(complaint__proposal=proposal).update(text="")
    Reply.objects.filter(undertaking__proposal=proposal).update(text="")
    Objection.objects.filter(proposal=proposal).update(reason="", work="")
    TITLES.index([proposal])
