"""Statements as documents: chart, sums, lines (M6)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from basis.documents.model import Cell, Chart, Column, Document, KeyValues, Series, Table, row
from basis.documents.model import Entry as Box
from basis.formats import date_ko
from basis.periods import FIRST_YEAR, Period, PeriodKind, containing
from core.now import today
from core.office import office_name
from mileage.enums import Scheme
from mileage.models import Entry
from mileage.rules import HUNDREDTHS, amount_text
from mileage.selectors.notes import note, recorded_later, rule_label
from mileage.selectors.statement import RuleSum, Standing


def exact(amount: int) -> int | Decimal:
    whole, rest = divmod(amount, HUNDREDTHS)
    return (Decimal(amount) / HUNDREDTHS).normalize() if rest else whole


def chart_periods(period: Period | None, day: date) -> list[Period]:
    """The months of the period's year; of all time the years up to today."""
    if period is None:
        return [Period(PeriodKind.YEAR, year) for year in range(FIRST_YEAR, day.year + 1)]
    return [Period(PeriodKind.MONTH, period.year, month) for month in range(1, 13)]


def chart(standing: Standing, scheme: Scheme, period: Period | None, day: date) -> Chart:
    """One bar for each; years before the first entry are left out."""
    found = [(p, standing.total(scheme, p.key)) for p in chart_periods(period, day)]
    if period is None:
        while len(found) > 1 and not found[0][1]:
            found.pop(0)
    labels = [
        str(p.year) if period is None else _("%(month)d월") % {"month": p.number} for p, _total in found
    ]
    title = _("연도별 %(scheme)s") if period is None else _("%(year)s %(scheme)s")
    year = containing(period.start, PeriodKind.YEAR).label if period else ""
    return Chart(
        kind="bar",
        categories=tuple(labels),
        series=(Series(str(scheme.label), tuple(exact(total) for _p, total in found)),),
        unit=scheme.unit,
        caption=title % {"scheme": scheme.label, "year": year},
    )


def sums_table(
    sums: Sequence[RuleSum], scheme: Scheme, link: Callable[[str], str] | None = None, caption: str = ""
) -> Table:
    """By rule; each leads to its lines. What caps held back has a column where there is any."""
    held = any(one.held_back for one in sums)
    columns = [Column(_("기준"), width=3), Column(_("건수(건)"), "int"), Column(scheme.counted, "decimal")]
    if held:
        columns.append(Column(_("상한 초과"), "decimal"))

    def line(name: str, count: int, amount: int, held_back: int, url: str = "") -> tuple[Cell, ...]:
        values: list[Any] = [name, Cell(count, url=url), exact(amount)]
        return row(*values, *([exact(held_back)] if held else []))

    return Table(
        columns=tuple(columns),
        rows=tuple(
            line(rule_label(one.rule), one.count, one.amount, one.held_back, link(one.rule) if link else "")
            for one in sums
        ),
        totals=(
            line(
                _("합계"),
                sum(one.count for one in sums),
                sum(one.amount for one in sums),
                sum(one.held_back for one in sums),
            ),
        ),
        caption=caption,
        unit=scheme.unit,
    )


def statement(
    *,
    person: Any,
    scheme: Scheme,
    period: str,
    standing: Standing,
    sums: Sequence[RuleSum],
    entries: Iterable[Entry],
) -> Document:
    lines = tuple(
        row(
            _day(entry),
            "\n".join(filter(None, [entry.title, _note(entry)])),
            rule_label(entry.rule),
            exact(entry.amount),
            exact(entry.balance),
        )
        for entry in entries
    )
    return Document(
        title=_("%(scheme)s 내역") % {"scheme": scheme.label},
        subtitle=period,
        office=office_name(),
        made_on=today(),
        blocks=(
            KeyValues(
                (
                    (
                        Box(_("직원"), person.full_label),
                        Box(_("현재 잔액"), amount_text(standing.balance(scheme), scheme)),
                    ),
                )
            ),
            sums_table(sums, scheme, caption=_("기준별 합계")),
            Table(
                columns=(
                    Column(_("일자"), "date", width=1.8),
                    Column(_("내용"), width=4),
                    Column(_("기준"), width=2),
                    Column(scheme.counted, "decimal"),
                    Column(_("잔액"), "decimal"),
                ),
                rows=lines,
                caption=_("내역"),
                unit=scheme.unit,
                row_header=False,
            ),
        ),
    )


def _day(entry: Entry) -> Cell:
    recorded = recorded_later(entry.day, entry.recorded_at)
    return Cell(f"{date_ko(entry.day)}\n{recorded}", kind="text") if recorded else Cell(entry.day)


def _note(entry: Entry) -> str:
    back = getattr(entry, "reversal", None)
    return note(
        entry.rule,
        entry.day,
        entry.asked,
        entry.amount,
        entry.reverses_id,
        entry.reason,
        back.reason if back else None,
    )
