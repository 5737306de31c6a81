"""The statistics of proposals as blocks: the same on the page, in Excel, in HWPX and on paper (P6, P10, R4)."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from basis.documents.model import Block, Chart, Document, Heading
from basis.formats import date_ko
from basis.periods import Period, PeriodKind, between
from organization.models import Department
from proposals.enums import Kind
from proposals.selectors import reviewing, statistics
from reports import proposal_blocks as blocks
from reports import proposal_following_blocks as following
from reports.definitions.base import office
from reports.statistics import SHOWN_YEARS


@dataclass
class ProposalStatistics:
    """Every period of `unit` in the years first..last, and one of them in detail; `kind` and `charge` (the department
    in charge of the decision) narrow all of it. Not `linked` are the figures whose rows the reader may not all see."""

    unit: PeriodKind
    last: int
    day: date
    first: int | None = None
    wanted: str = ""
    kind: str = ""
    charge: Department | None = None
    linked: bool = True
    answers_linked: bool = True  # to interim answers, which planning alone lists
    lines: list[blocks.Line] = field(init=False)

    def __post_init__(self) -> None:
        first = self.first or self.last - SHOWN_YEARS[self.unit] + 1
        periods = list(between(self.unit, date(first, 1, 1), date(self.last, 12, 31)))
        self.periods = [p for p in periods if p.start <= self.day] or periods[:1]
        self.before = self.periods[0].previous()
        span = (self.before.start, self.periods[-1].end)
        self.months = statistics.by_month(span, self.day, **self._narrow)
        self.lines = [self._line(p) for p in self.periods]
        if self.first is None:
            while len(self.lines) > 1 and not self.lines[0].counts.total:
                self.lines.pop(0)
                self.before = self.periods.pop(0)

    @property
    def _narrow(self) -> dict[str, Any]:
        return statistics.narrowed(kind=self.kind, department=self.charge.pk if self.charge else None)

    def _line(self, period: Period) -> blocks.Line:
        counts = statistics.within(self.months, period.days)
        narrow = (("charge", self.charge.pk),) if self.charge else ()
        return blocks.Line(period.label, counts, period.days, self.kind, narrow, self.linked)

    @cached_property
    def period(self) -> Period:
        """The one in detail; the latest unless another of those shown is wanted."""
        return next((p for p in self.periods if p.key == self.wanted), self.periods[-1])

    @property
    def title(self) -> str:
        return _("제안 통계")

    def chart(self) -> Chart:
        return blocks.month_chart(self.lines)

    def table(self) -> Block:
        first = _("연도") if self.unit == PeriodKind.YEAR else _("기간")
        return blocks.period_table(self.lines, first=first, caption=_("기간별 접수와 처리"))

    def details(self) -> list[Block]:
        """The chosen period: beside the one before it, by kind and channel, by outcome, days, field, department."""
        place, period = self.periods.index(self.period), self.period
        now, before = self.lines[place], self.lines[place - 1] if place else self._line(self.before)
        fields = statistics.by_field(period.days, **self._narrow)
        departments = statistics.by_department(period.days, self.day, **self._narrow)
        return [
            blocks.comparison_table(now, before),
            blocks.intake_table(now),
            blocks.outcome_table(now),
            blocks.handling_table(now),
            blocks.field_table(fields, now),
            blocks.department_table(departments, now),
            *self._asked(period),
        ]

    def _asked(self, period: Period) -> list[Block]:
        """What departments were asked; of them all, whatever kind of proposal it was about."""
        if self.kind or self.charge:
            return []
        asked = reviewing.asked_in(period.days, self.day)
        interims = reviewing.interims_in(period.days)
        found: list[Block] = []
        if asked:
            found.append(blocks.review_table(asked, period.days, linked=self.linked))
        if any(interims.values()):
            found.append(following.interim_table(interims, period.days, linked=self.answers_linked))
        return found

    def narrowed_to(self) -> str:
        """What is counted, in words."""
        parts = [str(Kind(self.kind).label) if self.kind else "", self.charge.name if self.charge else ""]
        return " · ".join(part for part in parts if part)

    def document(self) -> Document:
        first, last = self.periods[0], self.periods[-1]
        said = _("%(first)s ~ %(last)s (기준일 %(day)s)") % {
            "first": first.label, "last": last.label, "day": date_ko(self.day),
        }  # fmt: skip
        return Document(
            title=self.title,
            subtitle=" · ".join(part for part in (said, self.narrowed_to()) if part),
            office=office(),
            made_on=self.day,
            blocks=(
                self.table(),
                Heading(_("□ %(period)s 자세히") % {"period": self.period.label}, 2),
                *self.details(),
            ),
        )
