"""What rules and caps gave when, and by which document (M2)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from policies.models import PolicyValue
from policies.registry import Policy


@dataclass(frozen=True)
class Step:
    """A value since a day (None: from the beginning) and the document it stands in."""

    since: dt.date | None
    value: Any
    document: str


def steps(policies: Iterable[Policy[Any]]) -> dict[str, list[Step]]:
    """Every value by policy, in order of their days, planned ones too; one question for all."""
    chosen = {policy.key: policy for policy in policies}
    found = {key: _declared(policy) for key, policy in chosen.items()}
    rows = PolicyValue.objects.filter(key__in=chosen, withdrawn_at=None).order_by("effective_from")
    for key, day, value, document in rows.values_list("key", "effective_from", "value", "document"):
        found[key].append(Step(day, value, document))
    return found


def in_force(found: list[Step], day: dt.date) -> Step:
    return [step for step in found if step.since is None or step.since <= day][-1]


def _declared(policy: Policy[Any]) -> list[Step]:
    """The default with its source, and what the sources say of the time before."""
    source = str(policy.source)
    days = [None, *(until for until, _value in policy.earlier)]
    values = [*(value for _until, value in policy.earlier), policy.default]
    before = _("%(source)s에 적힌 종전 기준") % {"source": source}
    documents = [*(before for _earlier in policy.earlier), source]
    return [Step(*one) for one in zip(days, values, documents, strict=True)]
