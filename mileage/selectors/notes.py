"""Why a line counts as it does, in words: capped, taken back, by hand."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from basis.formats import date_ko
from mileage import catalogue
from mileage.rules import amount_text


def rule_label(key: str) -> str:
    return str(catalogue.rule_of(key).label)


def cap_note(rule: str, day: date, asked: int, amount: int) -> str:
    """`추가의견 상한(2026년 11월 40점)을 넘어 2점 가운데 1점만 인정`; nothing where no cap held anything back."""
    found = catalogue.rule_of(rule)
    if asked <= amount or found.cap is None:
        return ""
    text = (
        _("%(cap)s(%(period)s %(limit)s)을 넘어 %(asked)s 가운데 %(amount)s만 인정")
        if amount
        else _("%(cap)s(%(period)s %(limit)s)을 채워 %(asked)s이 인정되지 않음")
    )
    return text % {
        "cap": found.cap.limit.label,
        "period": found.cap.period(day).label,
        "limit": amount_text(found.cap.on(day), found.scheme),
        "asked": amount_text(asked, found.scheme),
        "amount": amount_text(amount, found.scheme),
    }


def recorded_later(day: date, recorded_at: datetime) -> str:
    """`기록 2026. 11. 28.` of what was recorded on another day than it happened."""
    recorded = timezone.localdate(recorded_at)
    return "" if recorded == day else _("기록 %(day)s") % {"day": date_ko(recorded)}


def note(
    rule: str, day: date, asked: int, amount: int, reverses: int | None, reason: str, taken_back: str | None
) -> str:
    """`taken_back`: the reason of the reversal, None if the line stands."""
    if reverses is not None:
        return _("취소 기록 · 사유: %(reason)s") % {"reason": reason}
    parts = [cap_note(rule, day, asked, amount)]
    if taken_back is not None:
        parts.append(_("취소됨 · 사유: %(reason)s") % {"reason": taken_back})
    return " / ".join(filter(None, parts)) or reason
