"""The travel budget of a year, its change with preview, its entries (V5)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets import documents, selectors, services
from budgets.filters import EntryFilter
from budgets.forms import BudgetChangeForm, BudgetForm
from budgets.models import CODE_PATH, BudgetEntry, entry_label
from budgets.policies import BUDGET_WARNING_PERCENT, VISIT_AMOUNT, VISIT_TEAMS
from budgets.selectors import BudgetOverview, budget_bar
from core.components import Action
from core.documents.html import render_blocks
from core.documents.response import document_response
from core.errors import Rejected
from core.formats import date_weekday, number, won
from core.lists import Cell, Column, ListView, day
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.views.forms import PreviewPage
from organization.enums import person_text

HOME = (gettext_lazy("벤치마킹"), reverse_lazy("benchmarking:cases"))
BUDGET = (gettext_lazy("여비 예산"), reverse_lazy("budgets:current"))


class OfYear(BaseView):
    """What is about one year: those with a budget, this year, and the next for who prepares it."""

    section = "benchmarking"

    @cached_property
    def budgets(self) -> dict[int, BudgetOverview]:
        return selectors.overviews()

    @cached_property
    def years(self) -> list[int]:
        year = today().year
        ahead = [year + 1] if can(self.request.user, "budgets.change") else []
        return sorted({*self.budgets, year, *ahead}, reverse=True)

    @cached_property
    def year(self) -> int:
        year: int = self.kwargs.get("year") or today().year
        if year not in self.years:
            raise Http404
        return year

    @cached_property
    def found(self) -> BudgetOverview:
        return self.budgets.get(self.year) or BudgetOverview(self.year)


class BudgetPage(OfYear):
    permission = "budgets.view"
    template_name = "budgets/budget.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (BUDGET[0], None)]

    def get(self, request: Request, year: int = 0) -> HttpResponse:
        found = self.found
        entries, lines = selectors.lines_of(self.year) if found.exists else ([], [])
        percent = BUDGET_WARNING_PERCENT.on(today())
        urls = {entry.visit.pk: entry.visit.get_absolute_url() for entry in entries if entry.visit}
        return self.render(
            {
                "title": _("%(year)s년 여비 예산") % {"year": self.year},
                "lead": found.code,
                "primary": self.change(),
                "actions": self.entries() if found.exists else [],
                "tools": self.tools() if found.exists else [],
                "tabs": self.tabs(),
                "found": found,
                "empty": _(
                    "%(year)s년 여비 예산이 아직 없습니다. 예산을 편성하면 현장체험을 승인할 수 있습니다."
                )
                % {"year": self.year},
                "short": _(
                    "예산의 %(percent)s%% 이상을 집행했거나 집행할 예정입니다. 남은 예산은 %(free)s입니다."
                )
                % {"percent": percent, "free": won(found.free)}
                if selectors.is_short(found.allocated, found.free, percent)
                else "",
                "bar": budget_bar(found),
                "outlook": self.outlook(found, entries),
                "visits": render_blocks([documents.visits(entries, urls)]) if entries else "",
                "allocations": render_blocks([documents.allocations(lines)]) if found.exists else "",
            }
        )

    def outlook(self, found: BudgetOverview, entries: Sequence[BudgetEntry]) -> list[tuple[str, str]]:
        forecast = selectors.forecast(found, entries, today())
        average = won(forecast.average)
        more = _("%(count)s회") % {"count": number(forecast.visits)} if forecast.visits is not None else ""
        items = [
            (_("편성액"), won(found.allocated)),
            (
                _("한 번의 평균 여비"),
                average if entries else _("%(won)s (편성 기준)") % {"won": average},
            ),
            (_("더 갈 수 있는 횟수"), more),
        ]
        if self.year == today().year:
            pace = date_weekday(forecast.ends) if forecast.ends else _("지금처럼 쓰면 연말까지 남습니다")
            items.append((_("예산 소진 예상일"), pace if entries else ""))
        return items

    def change(self) -> Action | None:
        if not can(self.request.user, "budgets.change"):
            return None
        label = _("예산 변경") if self.found.exists else _("예산 편성")
        return Action(label, reverse("budgets:change", args=[self.year]))

    def entries(self) -> list[Action]:
        return [Action(_("예산 기록 보기"), f"{reverse('budgets:entries')}?year={self.year}")]

    def tools(self) -> list[Action]:
        report = reverse("budgets:report", args=[self.year])
        return [
            Action(_("엑셀"), f"{report}?format=xlsx", icon="down"),
            Action(_("한글(HWPX)"), f"{report}?format=hwpx", icon="down"),
            Action(_("인쇄"), report, icon="print"),
        ]

    def tabs(self) -> list[dict[str, Any]]:
        return [
            {
                "label": _("%(year)s년") % {"year": year},
                "url": reverse("budgets:year", args=[year]),
                "count": None,
                "current": year == self.year,
            }
            for year in self.years
        ]


class BudgetChange(OfYear, PreviewPage):
    """The first allocation, or more or less, by a decision document; first what is free afterwards."""

    permission = "budgets.change"

    def prepare(self) -> None:
        self.found  # noqa: B018  404 for a year that has none

    def get_title(self) -> str:
        text = _("%(year)s년 여비 예산 변경") if self.found.exists else _("%(year)s년 여비 예산 편성")
        return text % {"year": self.year}

    def get_crumbs(self) -> Crumbs:
        return [HOME, (BUDGET[0], self.get_cancel_url()), (self.get_title(), None)]

    def get_context(self) -> dict[str, Any]:
        found = self.found
        now = _("지금 편성액은 %(allocated)s이고 %(free)s이 남아 있습니다.") % {
            "allocated": won(found.allocated),
            "free": won(found.free),
        }
        submit = _("예산 변경") if found.exists else _("예산 편성")
        return {"lead": now if found.exists else "", "submit": submit}

    def get_form_class(self) -> Any:
        return BudgetChangeForm if self.found.exists else BudgetForm

    def get_initial(self) -> dict[str, Any]:
        if self.found.exists:
            return {"code": self.found.code}
        before = next((found.code for year, found in self.budgets.items() if year < self.year), "")
        plan = VISIT_TEAMS.current() * VISIT_AMOUNT.current()
        return {"amount": plan, "code": before or CODE_PATH}

    def get_cancel_url(self) -> str:
        return reverse("budgets:year", args=[self.year])

    def amount(self, form: Any) -> int:
        given: int = form.cleaned_data["amount"]
        return -given if form.cleaned_data.get("direction") == BudgetChangeForm.LESS else given

    def foresee(self, form: Any) -> Sequence[Any]:
        found, amount, data = self.found, self.amount(form), form.cleaned_data
        free = found.free if found.exists else None
        services.check_allocation(free, amount, document=data["document"], reason=data["reason"])
        return [
            _("편성액: %(before)s → %(after)s")
            % {"before": won(found.allocated), "after": won(found.allocated + amount)},
            _("남은 예산: %(before)s → %(after)s")
            % {"before": won(found.free), "after": won(found.free + amount)},
        ]

    def act(self, form: Any) -> str:
        data = form.cleaned_data
        try:
            services.allocate(
                self.year,
                self.amount(form),
                document=data["document"],
                reason=data["reason"],
                code=data["code"],
                length=self.found.length,
                actor=self.request.user,
            )
        except Rejected:
            del self.budgets, self.found  # the form comes back with the figures of now
            raise
        return self.get_cancel_url()

    success = gettext_lazy("예산이 등록되었습니다.")


class BudgetReport(OfYear):
    """The year on paper: page for printing, Excel, HWPX."""

    permission = "budgets.view"

    def get(self, request: Request, year: int) -> HttpResponse:
        if not self.found.exists:
            raise Http404
        document = documents.report(self.found, *selectors.lines_of(year))
        return document_response(document, request.GET.get("format", "html"), f"여비예산_{year}")


def _visit_cell(pk: int | None, visited_on: Any, host: str | None, department: str | None) -> Cell:
    if pk is None:
        return Cell("")
    return Cell(host or "", reverse("visits:visit", args=[pk]), sub=f"{day(visited_on)} · {department}")


def _person(department: str | None, position: str | None) -> str:
    return person_text(department, position) or _("시스템")


class EntryList(ListView):
    permission = "budgets.view"
    section = "benchmarking"
    title = gettext_lazy("여비 예산 기록")
    file_name = gettext_lazy("여비_예산_기록")
    filter_class = EntryFilter
    default_order = ("-pk",)
    crumbs = (HOME, BUDGET, (gettext_lazy("예산 기록"), None))
    empty_message = gettext_lazy("조건에 맞는 예산 기록이 없습니다.")
    columns = (
        Column("day", gettext_lazy("처리일"), ("day",), day, sort=("day",), kind="date", width=14),
        Column(
            "year",
            gettext_lazy("연도"),
            ("account__year",),
            lambda year: str(year),
            sort=("account__year",),
            kind="int",
            width=8,
            hide_mobile=True,
        ),
        Column(
            "kind",
            gettext_lazy("구분"),
            ("kind", "sequence", "amount"),
            entry_label,
            excel=entry_label,
            primary=True,
            width=12,
        ),
        Column(
            "visit",
            gettext_lazy("현장체험"),
            ("visit", "visit__visited_on", "visit__host", "visit__department_name"),
            _visit_cell,
            file=False,
        ),
        Column(
            "amount",
            gettext_lazy("금액(원)"),
            ("amount",),
            lambda amount: f"{amount:+,}" if amount else "0",
            sort=("amount",),
            align="right",
            kind="int",
        ),
        Column(
            "balance",
            gettext_lazy("남은 예산(원)"),
            ("balance",),
            lambda n: number(n),
            align="right",
            kind="int",
        ),
        Column("document", gettext_lazy("결정 문서번호"), ("document",), width=20, hide_mobile=True),
        Column("reason", gettext_lazy("사유"), ("reason",), width=30),
        Column(
            "actor",
            gettext_lazy("처리자"),
            ("actor__department__name", "actor__position"),
            _person,
            excel=_person,
            width=22,
            hide_mobile=True,
        ),
        Column(
            "visited_on",
            gettext_lazy("방문일"),
            ("visit__visited_on",),
            kind="date",
            screen=False,
            width=14,
        ),
        Column("host", gettext_lazy("방문 기관"), ("visit__host",), screen=False, width=24),
        Column("department", gettext_lazy("방문 부서"), ("visit__department_name",), screen=False, width=18),
        Column(
            "recorded", gettext_lazy("기록 일시"), ("recorded_at",), kind="datetime", screen=False, width=18
        ),
    )

    def get_queryset(self, user: Any) -> QuerySet[BudgetEntry]:
        return BudgetEntry.objects.visible_to(user)
