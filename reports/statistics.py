"""The statistics of benchmarking as blocks: the same on the page, in Excel, in HWPX and on paper (B9, R4)."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from basis.documents.model import Block, Chart, Document, Heading
from basis.formats import date_ko
from basis.periods import Period, PeriodKind, between
from benchmarking.selectors import statistics
from reports import blocks
from reports.counts import outcomes_by_year, outcomes_of
from reports.definitions.base import office

SHOWN_YEARS = {PeriodKind.YEAR: 15, PeriodKind.HALF: 3, PeriodKind.QUARTER: 2}


@dataclass
class Statistics:
    """Every period of `unit` in the years first..last, and one of them in detail beside the one before it.

    Without `first` it begins where cases begin, at most the years of SHOWN_YEARS back. Not `linked` are the figures
    whose rows the reader may not all see.
    """

    unit: PeriodKind
    last: int
    day: date
    first: int | None = None
    wanted: str = ""
    linked: bool = True
    lines: list[blocks.Line] = field(init=False)

    def __post_init__(self) -> None:
        first = self.first or self.last - SHOWN_YEARS[self.unit] + 1
        periods = list(between(self.unit, date(first, 1, 1), date(self.last, 12, 31)))
        self.periods = [p for p in periods if p.start <= self.day] or periods[:1]
        before = self.periods[0].previous()
        spans = [p.days for p in (before, *self.periods)]
        if self.unit == PeriodKind.YEAR:
            counts = list(outcomes_by_year(before.year, self.periods[-1].year).values())
        else:
            counts = outcomes_of(spans)
        lines = [
            blocks.Line(p.label, c, p.days) for p, c in zip((before, *self.periods), counts, strict=True)
        ]
        self.before, self.lines = lines[0], lines[1:]
        if self.first is None:
            self._begin_with_data()

    def _begin_with_data(self) -> None:
        empty = statistics.Outcomes()
        while len(self.lines) > 1 and self.lines[0].counts == empty:
            self.before = self.lines.pop(0)
            self.periods.pop(0)

    @cached_property
    def period(self) -> Period:
        """The one in detail; the latest unless another of those shown is wanted."""
        return next((p for p in self.periods if p.key == self.wanted), self.periods[-1])

    @property
    def title(self) -> str:
        return _("벤치마킹 통계")

    def chart(self) -> Chart:
        return blocks.outcome_chart(self.lines, caption="")

    def table(self) -> Block:
        first = _("연도") if self.unit == PeriodKind.YEAR else _("기간")
        return blocks.outcome_table(
            self.lines, caption=_("검토 결과"), first=first, beside=True, linked=self.linked
        )

    def details(self) -> list[Block]:
        """The chosen period: beside the one before it, by field, by department."""
        place, period = self.periods.index(self.period), self.period
        now, before = self.lines[place], self.lines[place - 1] if place else self.before
        fields = blocks.field_lines(statistics.outcomes_by_field(period.days), period.days)
        handled = statistics.handling(period.days, self.day)
        return [
            blocks.comparison_table(now, before),
            blocks.outcome_table(fields, caption=_("분야별 검토 결과"), first=_("분야")),
            blocks.department_table(
                handled,
                statistics.together(handled),
                period.days,
                caption=_("부서별 처리 현황"),
                linked=self.linked,
            ),
        ]

    def document(self) -> Document:
        first, last = self.periods[0], self.periods[-1]
        return Document(
            title=self.title,
            subtitle=_("%(first)s ~ %(last)s (기준일 %(day)s)")
            % {"first": first.label, "last": last.label, "day": date_ko(self.day)},
            office=office(),
            made_on=self.day,
            blocks=(
                self.table(),
                Heading(_("□ %(period)s 자세히") % {"period": self.period.label}, 2),
                *self.details(),
            ),
        )
