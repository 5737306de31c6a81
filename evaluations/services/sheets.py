"""Sheets: marks are saved one by one as they are made, a sheet is done when each criterion has one (E2, E3).

A judge is locked first, then the sheet; whoever closes the stage locks all its judges, so that a mark is either in or
refused.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import date_weekday, number
from core.actors import SYSTEM
from core.now import now, today
from core.permissions import ensure
from core.transition import perform, record
from evaluations.enums import JudgeState, SheetState, StageState
from evaluations.models import Criterion, Mark, Sheet, Stage
from evaluations.services import locks

SCORE = "evaluations.score"
SMALLEST = Decimal("0.01")
Values = Mapping[int, Any]  # by the criterion's key; None or "" is no mark


def checked(criterion: Criterion, value: Any) -> Decimal:
    """Raises: Rejected beside the criterion for what is no mark from 0 to its most, or has more than two decimals."""
    try:
        mark = Decimal(str(value).strip())
    except InvalidOperation:
        mark = Decimal("NaN")
    if not mark.is_finite() or not 0 <= mark <= criterion.most or mark != mark.quantize(SMALLEST):
        raise Rejected(
            _("%(criterion)s: 0부터 %(most)d까지의 점수를 소수 둘째 자리까지 입력해 주세요.")
            % {"criterion": criterion.title, "most": criterion.most},
            field=f"c{criterion.pk}",
        )
    return mark.quantize(SMALLEST)


def check_window(stage: Stage) -> None:
    """Raises: Rejected outside the days of scoring."""
    if stage.takes_marks(today()):
        return
    if stage.state != StageState.SCORING or stage.opens_on is None or stage.closes_on is None:
        raise Rejected(_("채점하고 있는 심사가 아닙니다."))
    if today() < stage.opens_on:
        raise Rejected(_("채점은 %(day)s부터 할 수 있습니다.") % {"day": date_weekday(stage.opens_on)})
    raise Rejected(_("채점 기간이 %(day)s에 끝났습니다.") % {"day": date_weekday(stage.closes_on)})


def _locked(sheet: Sheet, actor: Any) -> Sheet:
    fresh = locks.sheet(sheet)
    ensure(actor, SCORE, fresh.judge)
    if fresh.judge.state != JudgeState.SIGNED:
        raise Rejected(_("서약한 위원만 채점할 수 있습니다."))
    check_window(fresh.judge.stage)
    if fresh.entry.out or fresh.state == SheetState.VOID:
        raise Rejected(_("심사하지 않는 대상입니다."))
    return fresh


def _criteria(sheet: Sheet) -> dict[int, Criterion]:
    return {one.pk: one for one in sheet.judge.stage.criteria.order_by("order")}


@transaction.atomic
def save_mark(sheet: Sheet, criterion: int, value: Any, *, actor: Any) -> Sheet:
    """One mark, as it is made; of a sheet that is done as well, until the stage is closed.

    Locks: the judge, the sheet. Raises: Refused, Rejected.
    """
    fresh = _locked(sheet, actor)
    if fresh.state == SheetState.ABSTAINED:
        raise Rejected(_("기권한 대상입니다. ‘다시 채점’을 누른 뒤 채점해 주세요."))
    one = _criteria(fresh).get(criterion)
    if one is None:
        raise Rejected(_("이 심사의 기준이 아닙니다."))
    Mark.objects.update_or_create(sheet=fresh, criterion=one, defaults={"value": checked(one, value)})
    fresh.version += 1
    fresh.save(update_fields=["version"])
    return fresh


def _write(sheet: Sheet, values: Values, seen: int | None) -> None:
    """All marks of a form. Where another window has saved others since, nothing is overwritten: what changed is said.

    Raises: Rejected."""
    criteria, kept = _criteria(sheet), dict(sheet.marks.values_list("criterion", "value"))
    wanted = {
        pk: checked(criteria[pk], value)
        for pk, value in values.items()
        if pk in criteria and value is not None and str(value).strip()
    }
    if seen is not None and seen != sheet.version:
        apart = [pk for pk in criteria if pk in kept and pk in values and wanted.get(pk) != kept[pk]]
        if apart:
            told = ", ".join(f"{criteria[pk].title} {number(kept[pk].normalize())}" for pk in apart)
            raise Rejected(
                _(
                    "다른 화면에서 먼저 저장한 점수가 있어 저장하지 않았습니다: %(marks)s. "
                    "확인한 뒤 다시 저장해 주세요."
                )
                % {"marks": told}
            )
    Mark.objects.bulk_create(
        Mark(sheet=sheet, criterion=criteria[pk], value=mark) for pk, mark in wanted.items() if pk not in kept
    )
    for pk, mark in wanted.items():
        if pk in kept and kept[pk] != mark:
            sheet.marks.filter(criterion=pk).update(value=mark)


@transaction.atomic
def save(
    sheet: Sheet, values: Values, *, comment: str | None = None, version: int | None = None, actor: Any
) -> Sheet:
    """What a form has, done or not.

    Locks: the judge, the sheet. Raises: Refused, Rejected (also with what another window has changed since `version`).
    """
    fresh = _locked(sheet, actor)
    if fresh.state == SheetState.ABSTAINED:
        raise Rejected(_("기권한 대상입니다. ‘다시 채점’을 누른 뒤 채점해 주세요."))
    _write(fresh, values, version)
    if comment is not None:
        fresh.comment = comment.strip()
    fresh.version += 1
    fresh.save(update_fields=["comment", "version"])
    if fresh.state == SheetState.DONE:
        _check_whole(fresh)
    return fresh


def _check_whole(sheet: Sheet) -> None:
    marked = set(sheet.marks.values_list("criterion", flat=True))
    missing = [str(one) for pk, one in _criteria(sheet).items() if pk not in marked]
    if missing:
        raise Rejected(_("점수를 주지 않은 기준이 있습니다: %(criteria)s") % {"criteria": ", ".join(missing)})


@transaction.atomic
def finish(
    sheet: Sheet, values: Values, *, comment: str | None = None, version: int | None = None, actor: Any
) -> Sheet:
    """채점 완료: saved with a mark for each criterion; it counts from now on.

    Locks: the judge, the sheet. Raises: Refused, Rejected.
    """
    fresh = save(sheet, values, comment=comment, version=version, actor=actor)
    _check_whole(fresh)
    if fresh.state != SheetState.DONE:
        fresh.done_at = now()
        perform(fresh, "finish", actor=actor)
        record(fresh.judge, "score", actor=SYSTEM)
    return fresh


@transaction.atomic
def abstain(sheet: Sheet, *, reason: str, actor: Any) -> Sheet:
    """The judge gives no mark on this one, and says why on the sheet alone.

    Locks: the judge, the sheet. Raises: Refused, Rejected.
    """
    fresh = _locked(sheet, actor)
    if not reason.strip():
        raise Rejected(_("기권하는 까닭을 적어 주세요."), field="reason")
    fresh.comment, fresh.done_at = reason.strip(), now()
    if fresh.state == SheetState.DONE:
        perform(fresh, "resume", actor=actor)
    perform(fresh, "abstain", actor=actor)
    fresh.marks.all().delete()
    record(fresh.judge, "score", actor=SYSTEM)
    return fresh


@transaction.atomic
def resume(sheet: Sheet, *, actor: Any) -> Sheet:
    """Open again: what was done or abstained from is scored anew.

    Locks: the judge, the sheet. Raises: Refused, Rejected.
    """
    fresh = _locked(sheet, actor)
    fresh.done_at = None
    perform(fresh, "resume", actor=actor)
    record(fresh.judge, "score", actor=SYSTEM)
    return fresh
