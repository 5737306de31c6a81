"""Changing policy values: dated, with the document and the reason; never overwriting."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.now import now, today
from core.permissions import ensure
from policies.models import PolicyValue
from policies.registry import Policy, cache_clear


@transaction.atomic
def change(
    policy: Policy[Any], *, value: Any, effective_from: date, document: str, reason: str, author: Any
) -> PolicyValue:
    """From `effective_from` on the value is this. Work begun earlier keeps what it copied.

    Only today or later: the past was done under the old value. Raises Rejected.
    """
    ensure(author, "policies.change", policy)
    value = check_change(policy, value=value, effective_from=effective_from)
    row = PolicyValue.objects.create(
        key=policy.key,
        effective_from=effective_from,
        value=value,
        document=document,
        reason=reason,
        author=author,
    )
    transaction.on_commit(cache_clear)
    cache_clear()
    return row


@transaction.atomic
def withdraw(row: PolicyValue, *, author: Any) -> None:
    """Take back a change that has not come into force, or that was entered today by mistake."""
    ensure(author, "policies.change", None)
    if row.effective_from < today():
        raise Rejected(_("이미 시행된 값은 취소할 수 없습니다. 새 시행일로 값을 바꿔 주세요."))
    row.withdrawn_at = now()
    row.save()
    transaction.on_commit(cache_clear)
    cache_clear()


def check_change(policy: Policy[Any], *, value: Any, effective_from: date) -> Any:
    """The value in its stored form; Rejected if it may not be changed so on that day."""
    if effective_from < today():
        raise Rejected(_("시행일은 오늘 또는 이후여야 합니다."), field="effective_from")
    value = check(policy, value)
    if PolicyValue.objects.filter(key=policy.key, effective_from=effective_from, withdrawn_at=None).exists():
        raise Rejected(
            _("같은 시행일의 값이 이미 있습니다. 기존 값을 취소한 뒤 다시 등록해 주세요."),
            field="effective_from",
        )
    if value == check(policy, policy.on(effective_from)):
        raise Rejected(_("그날의 값과 같습니다. 바뀔 값을 입력해 주세요."), field="value")
    return value


def check(policy: Policy[Any], value: Any) -> Any:
    """The value in its stored form, or Rejected with what is wrong."""
    if policy.kind == "date":
        return value.isoformat() if isinstance(value, date) else value
    if policy.kind == "month_day":
        if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", str(value)):
            raise Rejected(_("월-일 형식(예: 07-01)으로 입력해 주세요."), field="value")
        try:
            date.fromisoformat(f"2027-{value}")
        except ValueError:
            raise Rejected(_("없는 날짜입니다."), field="value") from None
        return value
    if policy.kind == "text":
        return _check_text(policy, str(value))
    if policy.kind in ("days", "months", "weeks"):
        if not value or any(n < 0 for n in value) or len(set(value)) != len(value):
            raise Rejected(_("0 이상의 서로 다른 수를 쉼표로 나누어 입력해 주세요."), field="value")
        for number in value:
            _check_range(policy, number)
        return sorted(value, reverse=policy.kind == "days")
    if policy.kind in ("int", "money", "points"):
        _check_range(policy, value)
    return str(value.normalize()) if policy.kind == "points" else value


def _check_text(policy: Policy[Any], text: str) -> str:
    text, longest = " ".join(text.split()), policy.maximum or 0
    if not text or len(text) > longest:
        raise Rejected(_("%(n)d자 이내로 입력해 주세요.") % {"n": longest}, field="value")
    return text


def _check_range(policy: Policy[Any], number: int | Decimal) -> None:
    low, high = policy.minimum, policy.maximum
    if low is not None and number < low:
        raise Rejected(_("%(low)s 이상으로 입력해 주세요.") % {"low": f"{low:,}"}, field="value")
    if high is not None and number > high:
        raise Rejected(_("%(high)s 이하로 입력해 주세요.") % {"high": f"{high:,}"}, field="value")
