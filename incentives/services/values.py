"""What is known of an indicator as of a day: recorded once, corrected beside the old, never overwritten (I3b)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core import attachments
from core.actors import user_of
from core.now import now, today
from core.permissions import ensure
from incentives.enums import Shape
from incentives.models import Division, Indicator, Value
from incentives.services.projects import locked
from incentives.workflow import LIVING

HELP = "incentives.help"
MOST = Decimal(10) ** 12


@dataclass(frozen=True)
class Entry:
    """A value of one indicator, by its key."""

    indicator: int
    as_of: date
    value: Decimal
    source: str = ""
    note: str = ""


@transaction.atomic
def record(
    indicator: Indicator,
    *,
    as_of: date,
    value: Decimal,
    source: str = "",
    note: str = "",
    files: Iterable[File] = (),
    actor: Any,
) -> Value:
    """Something new is known. Who owns the division or helps may tell, and planning.

    Locks: the division, the indicator. Raises: Refused; Rejected for a day to come, a day of which another value is
    known (that is corrected), a group, or a division that is evaluated no more.
    """
    entry = Entry(indicator.pk, as_of, value, source, note)
    try:
        (made,) = record_many(indicator.division, [entry], actor=actor)
    except Rejected as error:
        raise Rejected(error.message, field=(error.field or "").partition("-")[0] or None) from None
    attachments.attach(made, files, actor=actor)
    return made


@transaction.atomic
def record_many(division: Division, entries: Sequence[Entry], *, actor: Any) -> list[Value]:
    """Of several indicators of a division at once, all or none; what is known already as it is given is not doubled.

    Locks: the division, its indicators. Raises: as `record`; the Rejected's `field` ends with the indicator's key.
    """
    fresh = _ready(division, actor)
    wanted = [one.indicator for one in entries]
    rows = Indicator.objects.select_for_update().filter(division=fresh, pk__in=wanted, ended_on=None)
    known = {one.pk: one for one in rows.order_by("pk")}
    for one in known.values():
        one.division = fresh
    held = {
        (one.indicator_id, one.as_of): one
        for one in Value.objects.filter(indicator__in=known).known(now()).order_by("pk")
    }
    for entry in entries:
        place = entry.indicator, entry.as_of
        try:
            held[place] = _told(known.get(entry.indicator), entry, held.get(place), actor)
        except Rejected as error:
            field = f"{error.field or 'value'}-{entry.indicator}"
            raise Rejected(error.message, field=field) from None
    return [held[entry.indicator, entry.as_of] for entry in entries]


def _told(indicator: Indicator | None, entry: Entry, there: Value | None, actor: Any) -> Value:
    if indicator is None:
        raise Rejected(_("이 부문에 없거나 뺀 지표입니다."))
    _check(indicator, entry.as_of, entry.value)
    if there is None:
        return _store(indicator, entry, None, actor)
    if there.value != entry.value:
        raise Rejected(
            _("같은 기준일의 실적(%(value)s)이 이미 있습니다. 틀렸다면 그 실적을 정정해 주세요.")
            % {"value": f"{there.value.normalize():f}"},
            field="as_of",
        )
    return there


@transaction.atomic
def correct(
    old: Value,
    *,
    value: Decimal,
    reason: str,
    as_of: date | None = None,
    source: str = "",
    files: Iterable[File] = (),
    actor: Any,
) -> Value:
    """It was something else: both stay, and what held when still shows.

    Locks: the division, the indicator. Raises: Refused; Rejected as `record`, without a reason, for one that was
    corrected before, or where nothing would change.
    """
    fresh = _ready(old.indicator.division, actor)
    indicator = Indicator.objects.select_for_update().get(pk=old.indicator_id)
    indicator.division = fresh
    on = as_of or old.as_of
    if not reason.strip():
        raise Rejected(_("정정한 까닭을 적어 주세요."), field="reason")
    if Value.objects.filter(corrects=old).exists():
        raise Rejected(_("이미 정정한 실적입니다. 정정한 뒤의 실적을 다시 정정해 주세요."))
    _check(indicator, on, value)
    if (on, value) == (old.as_of, old.value):
        raise Rejected(_("바뀐 것이 없습니다. 기준일이나 실적을 고쳐 주세요."), field="value")
    if on != old.as_of and Value.objects.known(now()).filter(indicator=indicator, as_of=on).exists():
        raise Rejected(_("그 기준일의 실적이 이미 있습니다."), field="as_of")
    made = _store(indicator, Entry(indicator.pk, on, value, source or old.source, reason.strip()), old, actor)
    attachments.attach(made, files, actor=actor)
    return made


def _ready(division: Division, actor: Any) -> Division:
    fresh = locked(division)
    ensure(actor, HELP, fresh)
    if fresh.state not in LIVING:
        raise Rejected(_("결과가 나왔거나 대상에서 빠진 사업의 실적은 적을 수 없습니다."))
    return fresh


def _check(indicator: Indicator, as_of: date, value: Decimal) -> None:
    if not indicator.shape:
        raise Rejected(_("아래 지표가 있는 묶음에는 실적을 적지 않습니다."))
    if as_of > today():
        raise Rejected(_("기준일은 오늘까지의 날입니다."), field="as_of")
    year = indicator.division.project.year
    if not year - 1 <= as_of.year <= year + 1:
        raise Rejected(_("사업 연도에 맞는 기준일을 적어 주세요."), field="as_of")
    if abs(value) >= MOST:
        raise Rejected(_("값이 너무 큽니다. 다시 확인해 주세요."), field="value")
    if indicator.shape == Shape.YES and value not in (0, 1):
        text = _("이행했으면 1, 아직이면 0을 적어 주세요.")
        raise Rejected(text, field="value")


def _store(indicator: Indicator, entry: Entry, old: Value | None, actor: Any) -> Value:
    return Value.objects.create(
        indicator=indicator,
        as_of=entry.as_of,
        value=entry.value,
        source=entry.source.strip(),
        note=entry.note.strip(),
        corrects=old,
        recorded_at=now(),
        recorded_by=user_of(actor),
    )
