"""What a division reports of a week: written, or said to be unchanged, confirmed by the team leader (I4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Refused, Rejected
from core import attachments
from core.actors import user_of
from core.editing import Outdated, apply, check_seen
from core.now import now
from core.transition import perform
from incentives import notifications_weekly as notifications
from incentives.models import Indicator, Value, WeekReport
from incentives.selectors.doubts import doubt
from incentives.selectors.indicators import known_of
from incentives.selectors.weekly import changed_in, last_written
from incentives.services import values

TEXTS = ("problems", "plans", "asked_of_others")


@dataclass(frozen=True)
class New:
    """A new value of an indicator; `sure`: it was looked at again, and is right."""

    indicator: Indicator
    value: Decimal
    source: str = ""
    note: str = ""
    sure: bool = False


def locked(report: WeekReport, seen: int | None = None) -> WeekReport:
    rows = WeekReport.objects.select_for_update(of=("self",)).select_related("week", "division__project")
    fresh = rows.prefetch_related("division__parts__contacts").get(pk=report.pk)
    check_seen(fresh, seen)
    return fresh


def begun_with(report: WeekReport) -> dict[str, str]:
    """The texts that the form begins with: its own once it was handed in, those of the last report before."""
    source = report if report.version > 1 else last_written(report)
    return {name: getattr(source, name) if source else "" for name in TEXTS}


@transaction.atomic
def write(
    report: WeekReport,
    texts: Mapping[str, str],
    new: Sequence[New] = (),
    *,
    as_of: date,
    files: Iterable[File] = (),
    version: int | None = None,
    actor: Any,
) -> WeekReport:
    """It is handed in, for the team leader to confirm; new values are known from now on. One of the same day as the
    last corrects that.

    Locks: the report, its division, the indicators. Raises: Outdated; Rejected where nothing has changed, which is said
    with `unchanged`, and for a value that is doubted (`field`: `sure-` with the indicator's key).
    """
    fresh, files = locked(report, version), list(files)
    said = {name: texts.get(name, "").strip() for name in TEXTS}
    same = not new and not files and said == begun_with(fresh)
    if same and fresh.version == 1 and not changed_in(fresh):
        raise Rejected(_("바뀐 것이 없습니다. 그대로라면 ‘변동 없음’을 눌러 주세요."))
    apply(fresh, said, TEXTS)
    fresh.unchanged, fresh.written_by = False, user_of(actor)
    perform(fresh, "write", actor=actor, data={"values": len(new)})
    if new:
        _record(fresh, new, as_of, actor)
    attachments.attach(fresh, files, actor=actor)
    return fresh


def _record(report: WeekReport, new: Sequence[New], as_of: date, actor: Any) -> None:
    known = known_of([one.indicator.pk for one in new], now())
    for one in new:
        question = "" if one.sure else doubt(one.indicator, known.get(one.indicator.pk), one.value)
        if question:
            raise Rejected(question, field=f"sure-{one.indicator.pk}")
    later = [one for one in new if not _corrected(one, known.get(one.indicator.pk), as_of, actor)]
    entries = [values.Entry(one.indicator.pk, as_of, one.value, one.source, one.note) for one in later]
    try:
        values.record_many(report.division, entries, actor=actor)
    except Rejected as error:
        field = "as_of" if (error.field or "").startswith("as_of") else error.field
        raise Rejected(error.message, field=field) from None


def _corrected(one: New, last: Value | None, as_of: date, actor: Any) -> bool:
    """Whether something is known of this day already; what is not as it is told now, is corrected."""
    if last is None or last.as_of != as_of:
        return False
    if last.value != one.value:
        reason = one.note or _("주간 보고에서 고침")
        try:
            values.correct(last, value=one.value, reason=reason, source=one.source, actor=actor)
        except Rejected as error:
            field = "as_of" if error.field == "as_of" else f"value-{one.indicator.pk}"
            raise Rejected(error.message, field=field) from None
    return True


@transaction.atomic
def unchanged(report: WeekReport, *, version: int | None = None, actor: Any) -> WeekReport:
    """Nothing has changed since the last report, whose words hold on: said by pressing, never assumed.

    Locks: the report. Raises: Outdated; Rejected where another value is known than at the last report.
    """
    fresh = locked(report, version)
    apply(fresh, begun_with(fresh), TEXTS)
    fresh.unchanged, fresh.written_by = True, user_of(actor)
    perform(fresh, "unchanged", actor=actor)
    if changed_in(fresh):
        raise Rejected(_("이번 주에 새로 적은 실적이 있습니다. ‘주간 보고 쓰기’로 보고해 주세요."))
    return fresh


@transaction.atomic
def take_back(report: WeekReport, *, version: int | None = None, actor: Any) -> WeekReport:
    """Before it is confirmed; the values stay known. Locks: the report. Raises: Outdated."""
    return _reopened(report, "take_back", "", version, actor)


@transaction.atomic
def give_back(report: WeekReport, *, reason: str, version: int | None = None, actor: Any) -> WeekReport:
    """The leader wants it mended.

    Locks: the report. Raises: Refused to who wrote it; Outdated.
    """
    fresh = _reopened(report, "give_back", reason, version, actor)
    notifications.returned(fresh, reason)
    return fresh


def _reopened(report: WeekReport, step: str, reason: str, version: int | None, actor: Any) -> WeekReport:
    fresh = locked(report, version)
    fresh.written_by, fresh.unchanged = None, False
    perform(fresh, step, actor=actor, reason=reason)
    return fresh


@transaction.atomic
def confirm(report: WeekReport, *, version: int | None = None, actor: Any) -> WeekReport:
    """The team leader answers for it; where the leader wrote it, the head of the department (D9).

    Locks: the report. Raises: Refused to who wrote it; Outdated.
    """
    fresh = locked(report, version)
    fresh.confirmed_by = user_of(actor)
    perform(fresh, "confirm", actor=actor)
    return fresh


@transaction.atomic
def unconfirm(report: WeekReport, *, version: int | None = None, actor: Any) -> WeekReport:
    """It was confirmed by mistake, and the week is still open.

    Locks: the report. Raises: Outdated; Rejected once the week is frozen.
    """
    fresh = locked(report, version)
    if fresh.week.frozen_at is not None:
        raise Rejected(_("마감한 주의 보고는 확인을 취소할 수 없습니다."))
    fresh.confirmed_by = None
    perform(fresh, "unconfirm", actor=actor)
    return fresh


def confirm_many(
    reports: Sequence[tuple[WeekReport, int]], *, actor: Any
) -> tuple[list[WeekReport], list[tuple[WeekReport, str]]]:
    """Each as it was seen (its version): those confirmed, and those that were not, with the reason."""
    done: list[WeekReport] = []
    left: list[tuple[WeekReport, str]] = []
    for report, version in sorted(reports, key=lambda pair: pair[0].pk):
        try:
            done.append(confirm(report, version=version, actor=actor))
        except (Outdated, Rejected, Refused) as error:
            left.append((report, error.message))
    return done, left
