"""All clubs of a year, bureau by bureau and month by month: which live (C1, C2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.clock.calendar import YEARS
from basis.documents.response import document_response
from basis.formats import number
from clubs.documents import months
from clubs.models import Club
from clubs.selectors.figures import Did, together
from clubs.selectors.months import (
    MEANINGS,
    MONTHS,
    SYMBOLS,
    Bureau,
    Line,
    Mark,
    grouped,
    lines_of,
)
from clubs.selectors.page import month_url
from clubs.views.club import HOME, SECTION
from core.components import Action, Figure
from core.now import today
from core.numbers import whole
from core.page import BaseView, Crumbs, Request
from mileage.enums import Scheme
from mileage.rules import amount_text


@dataclass(frozen=True)
class Row:
    """A club: its name with its address, and its fields as they stand in the table."""

    name: str
    url: str
    fields: SafeString


@dataclass(frozen=True)
class Part:
    label: str
    rows: Sequence[Row]
    sums: SafeString


class ClubMap(BaseView):
    permission = "clubs.map"
    section = SECTION
    template_name = "clubs/map.html"
    title = gettext_lazy("월별 현황")
    crumbs: ClassVar[Crumbs] = (HOME, (title, None))

    def get(self, request: Request) -> HttpResponse:
        self.day = day = today()
        asked = whole(request.GET.get("year", "")) or day.year
        self.year = year = asked if YEARS[0] < asked <= YEARS[1] else day.year
        lines = lines_of(Club.objects.filter(year__in=(year - 1, year)), day)
        own = [line for line in lines if line.year == year]
        bureaus = grouped(own)
        if (fmt := request.GET.get("format", "")) in ("xlsx", "hwpx", "html"):
            self.looked = name = f"학습동아리_현황_{year}"
            return document_response(months(year, bureaus, day), fmt, name, back=self.address(year))
        words = {mark: self.mark(mark) for mark in Mark}
        self.sessions, self.supports = reverse("clubs:sessions"), reverse("clubs:supports")
        return self.render(
            {
                "title": self.title,
                "year": year,
                "before": self.address(year - 1),
                "after": self.address(year + 1) if year <= day.year else "",
                "months": list(MONTHS),
                "parts": [self.part(bureau, words) for bureau in bureaus],
                "figures": figures(
                    together(own), together(line for line in lines if line.year != year), year
                ),
                "legend": [(SYMBOLS[one], Mark(one).label, text) for one, text in MEANINGS.items()],
                "actions": [
                    Action(_("엑셀"), f"{self.address(year)}&format=xlsx"),
                    Action(_("한글(HWPX)"), f"{self.address(year)}&format=hwpx"),
                    Action(_("인쇄"), f"{self.address(year)}&format=html"),
                ],
            }
        )

    def address(self, year: int) -> str:
        return f"{reverse('clubs:map')}?year={year}"

    @staticmethod
    def mark(mark: Mark) -> str:
        """Symbol and word of a field, without its link."""
        if mark == Mark.NONE:
            return '<span aria-hidden="true">–</span>'
        return (
            f'<span class="mark-symbol" aria-hidden="true">{SYMBOLS[mark]}</span> {escape(Mark(mark).label)}'
        )

    def part(self, bureau: Bureau, words: dict[Mark, str]) -> Part:
        return Part(bureau.label, [self.row(line, words) for line in bureau.lines], self.sums(bureau.lines))

    def row(self, line: Line, words: dict[Mark, str]) -> Row:
        """Written by hand: hundreds of clubs have thousands of fields."""
        listed = f"{self.sessions}?panel={line.panel}&show=all"
        fields = []
        for month in MONTHS:
            mark = line.mark(month, self.day)
            text, found = words[mark], line.months.get(month)
            if found is not None and (found.written or found.past or found.planned):
                text = f'<a href="{escape(month_url(listed, line.year, month))}">{text}</a>'
            fields.append(f'<td class="mark mark-{mark}">{text}</td>')
        page = reverse("clubs:club", args=[line.pk])
        year = f"&held_from={line.year}-01-01&held_to={line.year}-12-31"
        fields += [
            _number(line.did.members, f"{page}#members"),
            _number(line.did.meetings, escape(f"{listed}{year}")),
            _field(
                amount_text(line.did.worth, Scheme.LEARNING) if line.did.worth else "–", f"{page}#meetings"
            ),
            _field(number(line.did.left), f"{self.supports}?club={line.pk}&amp;show=all"),
        ]
        return Row(line.name, page, mark_safe("".join(fields)))  # noqa: S308  escaped above

    def sums(self, lines: Iterable[Line]) -> SafeString:
        found = together(lines)
        fields = [
            _number(found.members, ""),
            _number(found.meetings, ""),
            _field(amount_text(found.worth, Scheme.LEARNING) if found.worth else "–", ""),
            _field(number(found.left), ""),
        ]
        return mark_safe("".join(fields))  # noqa: S308  numbers alone


def _number(value: int, url: str) -> str:
    return _field(number(value) if value else "–", url if value else "")


def _field(text: str, url: str) -> str:
    shown = f'<a href="{url}">{escape(text)}</a>' if url else escape(text)
    return f'<td class="right">{shown}</td>'


def figures(now: Did, then: Did, year: int) -> list[Figure]:
    """Of all clubs, each beside the year before."""

    def beside(text: Any) -> str:
        return _("지난해 %(value)s") % {"value": text}

    listed = f"{reverse('clubs:list')}?year={year}&state=active&state=ended"
    hours = [amount_text(one.worth, Scheme.LEARNING) for one in (now, then)]
    rates = [f"{one.percent}%" if one.asked else "–" for one in (now, then)]
    return [
        Figure(_("동아리"), number(now.clubs), _("개"), listed, beside(number(then.clubs))),
        Figure(_("회원"), number(now.members), _("명"), listed, beside(number(then.members))),
        Figure(_("모임"), number(now.meetings), _("회"), listed, beside(number(then.meetings))),
        Figure(_("참석률"), rates[0], "", listed, beside(rates[1])),
        Figure(_("상시학습"), hours[0], "", listed, beside(hours[1])),
    ]
