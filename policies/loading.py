"""Loading the values of an office as its own documents have them, each from its own day (N5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import SYSTEM, user_of
from core.models import TransitionLog
from core.now import now, today
from core.permissions import ensure
from policies.models import PolicyValue
from policies.registry import Policy, cache_clear, get_policy
from policies.services import check


@dataclass(frozen=True)
class Dated:
    """A value with the document that set it, from a day on."""

    since: date
    value: Any
    document: str
    reason: str


@dataclass(frozen=True)
class Change:
    """What loading does to one policy: rows that go, values that come."""

    policy: Policy[Any]
    withdrawn: Sequence[PolicyValue]
    added: Sequence[Dated]
    before: Any  # in force today, as it stands now
    after: Any  # in force today, once it is done


def plan(wanted: Mapping[str, Sequence[Dated]]) -> list[Change]:
    """Per policy what is to be changed so that it goes by these values; by the declared ones where there are none.

    In an office where nothing has been done yet, each value counts from its own day. Later the past stays as it was,
    and what differs counts from today."""
    live: dict[str, list[PolicyValue]] = {}
    for row in PolicyValue.objects.filter(key__in=wanted, withdrawn_at=None).order_by("effective_from"):
        live.setdefault(row.key, []).append(row)
    cut = today() if TransitionLog.objects.exists() else date.min
    changes = [_planned(_policy(key), live.get(key, []), rows, cut) for key, rows in wanted.items()]
    return [change for change in changes if change.withdrawn or change.added]


@transaction.atomic
def load(wanted: Mapping[str, Sequence[Dated]], *, author: Any) -> list[Change]:
    """Do what `plan` says. Raises: Rejected where a value is none of its policy.

    Called by: profiles of offices.
    """
    if author is not SYSTEM:
        ensure(author, "policies.load")
    changes = plan(wanted)
    for change in changes:
        for row in change.withdrawn:
            row.withdrawn_at = now()
            row.save()
        for dated in change.added:
            PolicyValue.objects.create(
                key=change.policy.key,
                effective_from=dated.since,
                value=dated.value,
                document=dated.document,
                reason=dated.reason,
                author=user_of(author),
            )
    transaction.on_commit(cache_clear)
    cache_clear()
    return changes


def _policy(key: str) -> Policy[Any]:
    policy = get_policy(key)
    assert policy, key
    return policy


def _planned(policy: Policy[Any], live: list[PolicyValue], wanted: Sequence[Dated], cut: date) -> Change:
    day = today()
    kept = [(row.effective_from, row.value) for row in live if row.effective_from < cut]
    added: list[Dated] = []
    for dated in _from(cut, wanted) or [_declared(policy, max(cut, day))]:
        value = check(policy, dated.value)
        rows = [*kept, *((one.since, one.value) for one in added)]
        # A row holds on where the declared value goes on to another.
        moves = not rows and any(step > dated.since for step, _value_before in policy.earlier)
        if moves or value != _value(policy, rows, dated.since):
            added.append(Dated(dated.since, value, dated.document, dated.reason))
    new = {(dated.since, str(dated.value)): dated for dated in added}
    old = {(row.effective_from, str(row.value)): row for row in live if row.effective_from >= cut}
    return Change(
        policy,
        [row for key, row in old.items() if key not in new],
        [dated for key, dated in new.items() if key not in old],
        _value(policy, [(row.effective_from, row.value) for row in live], day),
        _value(policy, [*kept, *((one.since, one.value) for one in added)], day),
    )


def _from(cut: date, wanted: Sequence[Dated]) -> list[Dated]:
    """From that day on alone: what is in force on it counts from it."""
    past = [dated for dated in wanted if dated.since <= cut]
    first = [Dated(cut, past[-1].value, past[-1].document, past[-1].reason)] if past else []
    return first + [dated for dated in wanted if dated.since > cut]


def _declared(policy: Policy[Any], day: date) -> Dated:
    return Dated(day, policy.declared(day), str(policy.source), _("이 구청의 문서에 없는 값"))


def _value(policy: Policy[Any], rows: Sequence[tuple[date, Any]], day: date) -> Any:
    """In the stored form."""
    found = [value for since, value in rows if since <= day]
    return found[-1] if found else check(policy, policy.declared(day))
