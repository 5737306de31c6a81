"""Proposals of earlier years put right once the day of undoing their import is over (N1). Statistics follow, as they
count what stands in the proposals."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.official import office_text
from core.actors import SYSTEM
from core.editing import apply, check_version
from core.now import today
from core.transition import perform
from proposals.enums import State
from proposals.models import Decision, Proposal, Proposer
from proposals.services.intake import moment
from proposals.services.numbers import numbers_for
from proposals.services.past import CONTENT, Record, decision_of, is_told
from proposals.services.states import locked
from proposals.similar import TITLES

ITS = ("year", "number", *CONTENT)
DECIDED = ("outcome", "department", "department_name", "taken", "reason", "carry_out_on", "decided_on")


@transaction.atomic
def correct(
    proposal: Proposal, said: Record, *, reason: str, actor: Any, version: int | None = None
) -> Proposal:
    """Make the record what it should be; what it was stands in the log of changes, but for what citizens wrote (D3).
    Who made it stays, unless `said` names somebody.

    Locks: the proposal, the numbers of its year. Raises: Conflict if it was changed meanwhile, Rejected where nothing
    has changed or it cannot have been so.
    """
    proposal = locked(proposal)
    check_version(proposal, version, dict(said.values))
    _check(said)
    changed = apply(proposal, {"year": said.year, "number": said.number, **said.values}, ITS)
    if {"year", "number"} & set(changed):
        _take_number(proposal)
    days = {"received_on": said.received_day, "closed_on": said.decided}
    changed += [name for name, day in days.items() if proposal.day(name) != day]
    proposal.set_days(days)
    proposal.received_at = moment(said.received_day.date)
    names = [
        *_names(Proposal, changed),
        *_correct_decision(proposal, said),
        *_correct_proposer(proposal, said),
    ]
    if proposal.state != said.state:
        names += _names(Decision, ["outcome"])
    if not names:
        raise Rejected(_("바뀐 내용이 없습니다."))
    perform(
        proposal, "correct_record", actor=actor, reason=reason, data={"fields": list(dict.fromkeys(names))}
    )
    _lead(proposal, said.state)
    TITLES.index([proposal])
    return proposal


def _check(said: Record) -> None:
    """Raises: Rejected beside the field."""
    if said.year > today().year:
        raise Rejected(_("올해 또는 지난 연도를 입력해 주세요."), field="year")
    for name, day in (("received", said.received), ("decided", said.decided)):
        if day and day.date > today():
            raise Rejected(_("오늘 또는 이전의 날짜를 입력해 주세요."), field=name)
    if said.received and said.received.date.year != said.year:
        raise Rejected(_("접수일이 이 연도에 있지 않습니다. 한쪽을 고쳐 주세요."), field="received")
    if said.decided and said.received and said.decided.last < said.received.date:
        raise Rejected(_("결정일이 접수일보다 빠릅니다."), field="decided")
    if said.carry_out_on and said.outcome != State.ADOPTED:
        raise Rejected(
            _("채택한 제안만 시행할 날을 적을 수 있습니다. 결과를 확인해 주세요."), field="carry_out"
        )


def _take_number(proposal: Proposal) -> None:
    numbers_for([(proposal.year, proposal.number)])  # under the lock of the year's numbers
    same = Proposal.objects.filter(year=proposal.year, number=proposal.number)
    if same.exclude(pk=proposal.pk).exists():
        raise Rejected(_("이 연도에 같은 번호의 제안이 이미 있습니다."), field="number")


def _names(model: type[models.Model], changed: Iterable[str]) -> list[str]:
    """As the log calls them."""
    fields: list[Any] = [model._meta.get_field(name) for name in changed]
    return [office_text(field.verbose_name) for field in fields]


def _correct_decision(proposal: Proposal, said: Record) -> list[str]:
    found = Decision.objects.filter(proposal=proposal).first()
    if not is_told(said):
        if found:
            found.delete()
        return [office_text(Decision._meta.verbose_name)] if found else []
    wanted = decision_of(proposal, said)
    if found is None:
        wanted.save()
        return [office_text(Decision._meta.verbose_name)]
    if changed := apply(found, {name: getattr(wanted, name) for name in DECIDED}, DECIDED):
        found.save()
    return _names(Decision, changed)


def _correct_proposer(proposal: Proposal, said: Record) -> list[str]:
    """No log tells who that was or is."""
    if not (said.user or said.name):
        return []
    person = proposal.proposers.filter(is_main=True).first() or Proposer(proposal=proposal)
    if person.anonymised_on:
        raise Rejected(_("개인정보를 파기한 제안자는 고칠 수 없습니다."), field="proposer")
    if not apply(person, {"user": said.user, "name": said.name}, ("user", "name")):
        return []
    person.save()
    return [office_text(Proposer._meta.verbose_name)]


def _lead(proposal: Proposal, wanted: str) -> None:
    if proposal.state == wanted:
        return
    if proposal.state != State.RECORDED:
        perform(proposal, "undecide_record", actor=SYSTEM)
    if wanted != State.RECORDED:
        perform(proposal, f"record_{wanted}", actor=SYSTEM)
