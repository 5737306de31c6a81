"""Periods in hours of the clock that run on at night, at weekends and on holidays (D7: 개인정보 보호법 시행령 39·40).
Nothing pauses, extends or moves them, so they are no rows: start and length say all (docs/adr/0022)."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from basis.clock.labels import DeadlineBadge, Tone
from basis.formats import date_weekday

HOUR = timedelta(hours=1)


def due_hour(start: datetime, hours: int) -> datetime:
    """The moment at which the period ends."""
    return start + hours * HOUR


def hour_text(moment: datetime) -> str:
    """`2026. 11. 27.(금) 15:20`, local time."""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{date_weekday(local)} {local:%H:%M}"


def explain_hours(start: datetime, hours: int, label: str | Promise) -> str:
    """`안 때 2026. 11. 27.(금) 15:20 + 72시간(밤과 휴일 포함) = 2026. 11. 30.(월) 15:20`."""
    words = {
        "label": label,
        "start": hour_text(start),
        "hours": hours,
        "due": hour_text(due_hour(start, hours)),
    }
    return _("%(label)s %(start)s + %(hours)d시간(밤과 휴일 포함) = %(due)s") % words


def span_text(span: timedelta) -> str:
    """`31시간 5분`; whole minutes, begun ones left out."""
    minutes = int(span.total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)d시간", "%(count)d시간", hours) % {"count": hours})
    if rest or not hours:
        parts.append(ngettext("%(count)d분", "%(count)d분", rest) % {"count": rest})
    return " ".join(parts)


def hour_badge(
    due: datetime, moment: datetime, done_at: datetime | None = None, warning_hours: int = 24
) -> DeadlineBadge:
    """`31시간 5분 남음`, `2시간 지남`, or how it ended. What is done at the hour itself is in time."""
    if done_at is not None:
        if done_at <= due:
            return DeadlineBadge(_("기한 내 완료"), "success")
        return DeadlineBadge(_("%(span)s 늦게 완료") % {"span": span_text(done_at - due)}, "neutral")
    if moment > due:
        return DeadlineBadge(_("%(span)s 지남") % {"span": span_text(moment - due)}, "danger")
    tone: Tone = "warning" if due - moment <= warning_hours * HOUR else "info"
    return DeadlineBadge(_("%(span)s 남음") % {"span": span_text(due - moment)}, tone)
