"""All points, for planning and audit: every line with filters, and their sums (M6, O2)."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.html import render_blocks
from basis.documents.model import Cell as DocumentCell
from basis.documents.model import Column as DocumentColumn
from basis.documents.model import Document, Table, row
from basis.documents.response import document_response
from basis.formats import counted, number
from basis.periods import Period, PeriodKind, containing
from core.cells import Cell, Column
from core.components import Action, Figure, taking_in
from core.now import today
from core.office import office_name
from core.page import Request
from core.permissions import can
from mileage.enums import Scheme
from mileage.filters import EntryFilter
from mileage.models import Entry
from mileage.rules import amount_text
from mileage.selectors import statement, summary
from mileage.selectors.notes import rule_label
from mileage.selectors.served import with_posting
from mileage.statements import exact
from mileage.views.periods import Periods, with_query
from mileage.views.statement import FILE_ONLY, HOME, TITLE, EntryLines, day_cell, decimal, signed, why

ENTRIES = reverse_lazy("mileage:entries")
LABELS = dict(Scheme.choices)


def scheme_label(value: str) -> str:
    return str(LABELS[value])


class EntryList(EntryLines):
    """Every line of everybody. The sums above are those of the conditions."""

    permission = "mileage.view_all"
    section = "mileage"
    title = gettext_lazy("점수 기록")
    file_name = gettext_lazy("점수_기록")
    filter_class = EntryFilter
    default_order = ("-day", "-pk")
    crumbs = (HOME, (gettext_lazy("점수 기록"), None))
    empty_message = gettext_lazy("조건에 맞는 기록이 없습니다. 기간이나 조건을 넓혀 주세요.")
    columns = (
        Column(
            "day",
            gettext_lazy("일자"),
            ("day", "recorded_at"),
            day_cell,
            sort=("day", "pk"),
            excel=lambda day, _recorded: day,
            kind="date",
            width=14,
        ),
        Column(
            "person",
            gettext_lazy("직원"),
            ("account__user__name", "served__department__name", "account__user_id", "account__scheme"),
            lambda name, place, pk, scheme: Cell(
                name, url=f"/mileage/people/{pk}/{scheme}/", sub=place or _("소속 없음")
            ),
            excel=lambda name, *_rest: name,
            width=12,
        ),
        Column(
            "number",
            gettext_lazy("직원번호"),
            ("account__user__employee_number",),
            screen=False,
            width=12,
        ),
        Column(
            "department", gettext_lazy("당시 부서"), ("served__department__name",), screen=False, width=18
        ),
        TITLE,
        Column(
            "scheme",
            gettext_lazy("구분"),
            ("account__scheme",),
            scheme_label,
            excel=scheme_label,
            width=16,
            hide_mobile=True,
        ),
        Column(
            "rule", gettext_lazy("기준"), ("rule",), rule_label, excel=rule_label, width=24, hide_mobile=True
        ),
        Column(
            "asked", gettext_lazy("기준 점수·시간"), ("asked",), excel=decimal, kind="decimal", screen=False
        ),
        Column(
            "amount",
            gettext_lazy("점수·시간"),
            ("amount", "account__scheme"),
            lambda amount, scheme: counted(signed(amount), Scheme(scheme).unit),
            sort=("amount",),
            align="right",
            excel=lambda amount, _scheme: decimal(amount),
            kind="decimal",
        ),
        *FILE_ONLY,
        Column("why", gettext_lazy("계산"), ("pk",), why, file=False, no_print=True),
    )

    def get_queryset(self, user: Any) -> QuerySet[Entry]:
        return with_posting(Entry.objects.visible_to(user))

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.sums: list[tuple[Scheme, int, int]] = []

    def count(self, queryset: QuerySet) -> int:
        """Of all lines the accounts know number and sum; otherwise they are added up."""
        self.sums = statement.by_scheme(queryset) if self.narrowed() else statement.all_by_scheme()
        return sum(count for _scheme, count, _amount in self.sums)

    def get_figures(self, queryset: QuerySet[Entry]) -> Sequence[Figure]:
        return [
            Figure(
                scheme.label,
                amount_text(amount),
                scheme.unit,
                self._url(scheme=scheme, page=None),
                delta=_("%(count)s건") % {"count": number(count)},
            )
            for scheme, count, amount in self.sums
        ]

    def get_context(self) -> dict[str, Any]:
        actions = [Action(_("부서·기준별 집계"), reverse("mileage:summary"))]
        if can(self.request.user, "mileage.manage"):
            actions += taking_in("mileage-past", past=True)
        return {"actions": actions}


class Summary(Periods):
    """Departments by rule, rules by month; every figure leads to its lines."""

    permission = "mileage.view_all"
    section = "mileage"
    template_name = "mileage/summary.html"
    title = gettext_lazy("부서·기준별 집계")
    default_kind = PeriodKind.QUARTER
    crumbs = (HOME, (title, None))

    @cached_property
    def scheme(self) -> Scheme:
        asked = self.request.GET.get("scheme", "")
        return Scheme(asked) if asked in Scheme.values else Scheme.CREATIVITY

    def opening(self) -> Period:
        """This quarter, or the last one before it in which anybody earned anything."""
        last = summary.latest_day(self.scheme, self.current.end)
        return containing(last, self.default_kind) if last else self.current

    @cached_property
    def days(self) -> tuple[date, date] | None:
        return self.period.days if self.period else None

    def get(self, request: Request) -> HttpResponse:
        tables = self.tables()
        if fmt := request.GET.get("format"):
            document = Document(
                title=_("%(scheme)s 집계") % {"scheme": self.scheme.label},
                subtitle=self.period_label,
                office=office_name(),
                made_on=today(),
                blocks=tuple(tables),
                orientation="landscape",
            )
            name = f"{document.title.replace(' ', '_')}_{today():%Y%m%d}"
            return document_response(document, fmt, name, back=self.url())
        return self.render(
            {
                "title": self.title,
                "lead": _("부서는 점수를 받은 날의 소속입니다."),
                "tabs": [
                    {
                        "label": scheme.label,
                        "url": self.url(scheme=scheme),
                        "count": None,
                        "current": scheme == self.scheme,
                    }
                    for scheme in Scheme
                ],
                "switch": self.switch(),
                "tools": [
                    Action(_("엑셀"), self.url(format="xlsx"), icon="down"),
                    Action(_("한글(HWPX)"), self.url(format="hwpx"), icon="down"),
                    Action(_("인쇄"), self.url(format="html"), icon="print"),
                ],
                "tables": [render_blocks([table]) for table in tables],
            }
        )

    def url(self, **changes: str) -> str:
        params = self.request.GET.copy()
        params.pop("format", None)
        for name, value in changes.items():
            params[name] = value
        return f"{self.request.path}?{params.urlencode()}"

    def tables(self) -> list[Table]:
        departments = summary.by_department(self.scheme, self.days)
        rules = sorted({rule for line in departments for rule in line.sums}, key=str)
        for line in departments:
            line.label = line.label or _("소속 없음")
        tables = [
            self.table(
                _("부서 × 기준 (%(period)s)") % {"period": self.period_label},
                _("당시 부서"),
                [(rule, rule_label(str(rule)), {"rule": rule}) for rule in rules],
                [(line, {"department": line.key or "null"}) for line in departments],
                self.days,
            )
        ]
        year = Period(PeriodKind.YEAR, (self.period.year if self.period else today().year))
        months = summary.by_month(self.scheme, year.days)
        for line in months:
            line.label = rule_label(str(line.key))
        shown = [Period(PeriodKind.MONTH, year.year, month) for month in range(1, 13)]
        tables.append(
            self.table(
                _("기준 × 월 (%(year)s)") % {"year": year.label},
                _("기준"),
                [(p.number, _("%(month)d월") % {"month": p.number}, _between(p.days)) for p in shown],
                [(line, {"rule": line.key}) for line in months],
                year.days,
            )
        )
        return tables

    def table(
        self,
        caption: str,
        first: str,
        columns: Sequence[tuple[Any, str, dict[str, Any]]],
        lines: Sequence[tuple[summary.Line, dict[str, Any]]],
        days: tuple[date, date] | None,
    ) -> Table:
        """Every figure with the address of exactly its lines."""
        base = {"scheme": self.scheme.value, **_between(days)}

        def cell(amount: int, **conditions: Any) -> DocumentCell:
            url = with_query(str(ENTRIES), **{**base, **conditions})
            return DocumentCell(exact(amount), url=url if amount else "")

        rows = tuple(
            row(
                line.label,
                *(cell(line.sums.get(key, 0), **where, **more) for key, _label, more in columns),
                cell(line.total, **where),
            )
            for line, where in lines
        )
        sums = [sum(line.sums.get(key, 0) for line, _where in lines) for key, _label, _more in columns]
        totals = row(
            _("합계"),
            *(cell(total, **more) for total, (_key, _label, more) in zip(sums, columns, strict=True)),
            cell(sum(sums)),
        )
        return Table(
            columns=(
                DocumentColumn(first, width=2.4),
                *(DocumentColumn(label, "decimal") for _key, label, _more in columns),
                DocumentColumn(_("합계"), "decimal"),
            ),
            rows=rows,
            totals=(totals,) if rows else (),
            caption=caption,
            unit=self.scheme.unit,
        )


def _between(days: tuple[date, date] | None) -> dict[str, str]:
    return {"day_from": days[0].isoformat(), "day_to": days[1].isoformat()} if days else {}
