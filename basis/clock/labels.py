"""A deadline as a badge: words first, the colour only repeats them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Tone = Literal["danger", "warning", "neutral", "info", "success"]


@dataclass(frozen=True)
class DeadlineBadge:
    text: str
    tone: Tone


def deadline_badge(
    due: date, today: date, paused: bool, done_on: date | None = None, warning_days: int = 3
) -> DeadlineBadge:
    """`D-3`, `오늘 마감`, `2일 지남`, `기한 정지`, or how it ended; warns from `warning_days` before on."""
    if done_on is not None:
        late = (done_on - due).days
        if late <= 0:
            return DeadlineBadge(_("기한 내 완료"), "success")
        text = ngettext("%(days)d일 늦게 완료", "%(days)d일 늦게 완료", late)
        return DeadlineBadge(text % {"days": late}, "neutral")
    if paused:
        return DeadlineBadge(_("기한 정지"), "info")
    left = (due - today).days
    if left < 0:
        text = ngettext("%(days)d일 지남", "%(days)d일 지남", -left)
        return DeadlineBadge(text % {"days": -left}, "danger")
    tone: Tone = "warning" if left <= warning_days else "neutral"
    if left == 0:
        return DeadlineBadge(_("오늘 마감"), tone)
    return DeadlineBadge(ngettext("D-%(days)d", "D-%(days)d", left) % {"days": left}, tone)
