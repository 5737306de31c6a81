"""나의 마일리지: when, for what, how much, and what there is now (M6)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import FilterSet

from basis.documents.html import render_blocks, render_chart
from basis.documents.response import document_response
from basis.formats import date_weekday
from basis.periods import Period, PeriodKind, containing
from core.access import Look
from core.cells import Cell, Column
from core.components import Action, Figure
from core.listed import ListPage
from core.lists import ListView
from core.now import today
from core.page import Crumbs, Request
from core.permissions import NOBODY, can
from mileage import statements
from mileage.enums import Scheme
from mileage.filters import StatementFilter
from mileage.models import Entry
from mileage.rules import HUNDREDTHS, amount_text
from mileage.selectors import sources
from mileage.selectors.handover import handed_text, with_handover
from mileage.selectors.notes import note, recorded_later, rule_label
from mileage.selectors.statement import RuleSum, Standing, by_rule, standing_in
from mileage.views.periods import Periods
from organization.models import User

HOME = (gettext_lazy("마일리지"), reverse_lazy("mileage:statement"))
NOTED = ("rule", "day", "asked", "amount", "reverses_id", "reason", "reversal__reason")


def decimal(amount: int) -> Decimal:
    return Decimal(amount) / HUNDREDTHS


def signed(amount: int) -> str:
    return f"+{amount_text(amount)}" if amount > 0 else amount_text(amount)


def noted(*values: Any) -> str:
    rule, day, asked, amount, reverses, reason, taken_back = values
    return note(rule, day, asked, amount, reverses, reason, taken_back)


def day_cell(day: date, recorded_at: datetime) -> Cell:
    """Lines stand in the order of recording: where that was on another day, it is said."""
    return Cell(date_weekday(day), sub=recorded_later(day, recorded_at) or None)


def why(pk: int) -> Cell:
    return Cell(_("왜?"), url=f"/mileage/entries/{pk}/")


class EntryLines(ListView):
    """A list of entries: `source_id` becomes the address of the source, where the reader may see it."""

    def enrich(self, rows: list[Any], paths: list[str]) -> list[Any]:
        if "source_id" not in paths:
            return rows
        kind, pk = paths.index("source_type_id"), paths.index("source_id")
        found = sources.links(self.request.user, {(row[kind], row[pk]) for row in rows})
        return [(*row[:pk], found.get((row[kind], row[pk])), *row[pk + 1 :]) for row in rows]


TITLE = Column(
    "title",
    gettext_lazy("내용"),
    ("title", "source_id", "source_type_id", *NOTED),
    lambda title, url, _kind, *values: Cell(title, url=url, sub=noted(*values) or None),
    excel=lambda title, *_values: title,
    primary=True,
    width=50,
)
FILE_ONLY = (
    Column(
        "note",
        gettext_lazy("비고"),
        NOTED,
        noted,
        excel=noted,
        screen=False,
        width=50,
    ),
    Column("recorded", gettext_lazy("기록 일시"), ("recorded_at",), kind="datetime", screen=False, width=18),
)


HANDED = Column(
    "handed",
    gettext_lazy("총무과 인계"),
    ("handed_number", "waiting", "amount"),
    handed_text,
    excel=handed_text,
    hide_mobile=True,
)


class Statement(Periods, EntryLines):
    """One's own points of one scheme: the line entered last stands first, so the balances run."""

    permission = "mileage.own"
    reveals = NOBODY
    section = "mileage"
    template_name = "mileage/statement.html"
    title = gettext_lazy("나의 마일리지")
    file_name = gettext_lazy("나의_마일리지")
    default_order = ("-sequence",)
    crumbs = ((gettext_lazy("마일리지"), None),)
    columns = (
        Column(
            "day",
            gettext_lazy("일자"),
            ("day", "recorded_at"),
            day_cell,
            sort=("day", "sequence"),
            excel=lambda day, _recorded: day,
            kind="date",
            width=14,
        ),
        TITLE,
        Column("rule", gettext_lazy("기준"), ("rule",), rule_label, excel=rule_label, width=24),
        Column("asked", "", ("asked",), excel=decimal, kind="decimal", screen=False),
        Column("amount", "", ("amount",), signed, align="right", excel=decimal, kind="decimal"),
        Column(
            "balance",
            gettext_lazy("잔액"),
            ("balance",),
            amount_text,
            align="right",
            excel=decimal,
            kind="decimal",
        ),
        *FILE_ONLY,
        Column("why", gettext_lazy("계산"), ("pk",), why, file=False, no_print=True),
    )

    # -- whose, and of what
    @property
    def person(self) -> Any:
        return self.request.user

    def get_look(self) -> Look | None:
        """The own are nobody's business, not even on the pages of planning (D3, M6)."""
        if self.person == self.request.user:
            return None
        words = {"person": self.person.full_label, "scheme": self.scheme.label}
        return Look(_("%(person)s %(scheme)s 내역") % words, self.person.pk, self.person)

    @cached_property
    def scheme(self) -> Scheme:
        """404 for what is no scheme."""
        try:
            return Scheme(self.kwargs.get("scheme", Scheme.CREATIVITY))
        except ValueError as error:
            raise Http404 from error

    def scheme_path(self, scheme: Scheme) -> str:
        if scheme == Scheme.CREATIVITY:
            return reverse("mileage:statement")
        return reverse("mileage:statement_of", args=[scheme])

    # -- the list
    def of_period(self) -> QuerySet[Entry]:
        rows: QuerySet[Entry] = Entry.objects.filter(account__user=self.person, account__scheme=self.scheme)
        return rows.filter(day__range=self.period.days) if self.period else rows

    def get_queryset(self, user: Any) -> QuerySet[Entry]:
        rows = self.of_period()
        return with_handover(rows) if self.scheme == Scheme.LEARNING else rows

    def count(self, queryset: QuerySet) -> int:
        if self.narrowed(but=("period",)):
            return super().count(queryset)
        return sum(one.lines for one in self.sums)

    def get_columns(self) -> Sequence[Column]:
        """Of learning hours also whether they were handed over to general affairs (M7)."""
        counted = self.scheme.counted
        named = {"amount": counted, "asked": _("기준 %(counted)s") % {"counted": counted}}
        columns = [replace(c, label=named.get(c.key, c.label)) for c in super().get_columns()]
        return [*columns[:-1], HANDED, columns[-1]] if self.scheme == Scheme.LEARNING else columns

    def filtered(self, user: Any, params: QueryDict) -> tuple[QuerySet, FilterSet | None]:
        queryset = self.get_queryset(user)
        found = StatementFilter(params, queryset=queryset, request=self.request, scheme=self.scheme)
        return (found.qs if found.is_valid() else queryset.none()), found

    filter_class = StatementFilter

    def build(self) -> ListPage:
        page = super().build()
        page.print_url = self._url(format="html", page=None, size=None)
        if not page.rows and not page.chips:
            page.empty_message, page.empty_action = self.nothing()
        return page

    def nothing(self) -> tuple[str, tuple[str, str] | None]:
        """What to say of an empty period, and where there is something."""
        opening = self.opening()
        if self.period in (None, opening):
            return _("아직 %(scheme)s 기록이 없습니다.") % {"scheme": self.scheme.label}, None
        message = _("%(period)s의 기록이 없습니다. 기간을 바꾸어 보세요.") % {"period": self.period_label}
        return message, (_("%(period)s 보기") % {"period": opening.label}, self.period_url(opening.key))

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if fmt := request.GET.get("format"):
            name = f"{self.file_name}_{self.scheme.label}_{today():%Y%m%d}"
            return document_response(self.document(), fmt, name, back=self._url(format=None))
        return super().get(request, *args, **kwargs)

    # -- beside the list
    @cached_property
    def standing(self) -> Standing:
        return standing_in(self.person, self.scheme)

    def opening(self) -> Period:
        """This year, or the last one before it with entries of the scheme."""
        last = self.standing.latest_year(self.scheme, self.current.year)
        return Period(PeriodKind.YEAR, last) if last else self.current

    @cached_property
    def sums(self) -> list[RuleSum]:
        """Of the whole period, whatever the list is narrowed to."""
        return by_rule(self.of_period())

    def figures(self) -> list[Figure]:
        day, unit = today(), self.scheme.unit
        figures = [Figure(_("현재 잔액"), amount_text(self.standing.balance(self.scheme)), unit)]
        for label, kind in (
            (_("이번 달"), PeriodKind.MONTH),
            (_("이번 분기"), PeriodKind.QUARTER),
            (_("올해"), PeriodKind.YEAR),
        ):
            key = containing(day, kind).key
            total = amount_text(self.standing.total(self.scheme, key))
            figures.append(Figure(label, total, unit, self.period_url(key)))
        return figures

    def get_context(self) -> dict[str, Any]:
        if self.request.headers.get("HX-Target") == "list":
            return {}
        return {
            "title": self.get_title(),
            "tabs": [
                {
                    "label": scheme.label,
                    "url": self.scheme_path(scheme),
                    "count": amount_text(self.standing.balance(scheme)),
                    "current": scheme == self.scheme,
                }
                for scheme in self.standing.schemes()
            ],
            "figures": self.figures(),
            "switch": self.switch(),
            "chart": render_chart(statements.chart(self.standing, self.scheme, self.period, today())),
            "sums": render_blocks(
                [statements.sums_table(self.sums, self.scheme, lambda rule: self._url(rule=rule, page=None))]
            ),
            "actions": [Action(_("점수 기준"), reverse("mileage:rules"))],
        }

    def document(self) -> Any:
        """What is on screen, all pages of it, to print or keep."""
        params = self.request.GET.copy()
        queryset, _filterset = self.filtered(self.request.user, params)
        _chosen, order = self.ordering(params)
        rows = queryset.select_related("reversal").order_by(*order)
        return statements.statement(
            person=self.person,
            scheme=self.scheme,
            period=self.period_label,
            standing=self.standing,
            sums=self.sums,
            entries=rows.iterator(chunk_size=2_000),
        )


class PersonStatement(Statement):
    """The same of anyone, for planning and audit; that it was looked at is logged (M6, D3)."""

    permission = "mileage.view_all"
    reveals = "mileage"
    file_name = gettext_lazy("마일리지")

    @cached_property
    def person(self) -> Any:
        return get_object_or_404(User.objects.filter(department__isnull=False), pk=self.kwargs["pk"])

    def scheme_path(self, scheme: Scheme) -> str:
        return reverse("mileage:person_scheme", args=[self.person.pk, scheme])

    def get_title(self) -> str:
        return _("%(person)s의 마일리지") % {"person": self.person.full_label}

    def get_crumbs(self) -> Crumbs:
        return [
            HOME,
            (_("점수 기록"), reverse("mileage:entries")),
            (self.person.full_label, None),
        ]

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.GET.get("format", "html") != "html":
            raise Http404  # files of another's points are asked for with a reason: the Excel of the list
        return super().get(request, *args, **kwargs)


def statement_url(user: Any, person_id: int, scheme: str) -> str:
    """The statement that an entry stands in; nothing if the viewer may not see it."""
    if person_id == user.pk and can(user, "mileage.own"):
        path = reverse("mileage:statement_of", args=[scheme])
    elif can(user, "mileage.view_all"):
        path = reverse("mileage:person_scheme", args=[person_id, scheme])
    else:
        return ""
    return path
