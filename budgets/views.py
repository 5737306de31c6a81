"""The budget of a year, its change with preview, its entries: the same pages for every purse (V5)."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.html import render_blocks
from basis.documents.response import document_response
from basis.errors import Rejected
from basis.formats import counted, date_weekday, number, won
from budgets import documents, selectors, services
from budgets.filters import EntryFilter
from budgets.forms import BudgetChangeForm, BudgetForm
from budgets.models import BudgetEntry, entry_label
from budgets.purses import PURSES, Purse
from budgets.selectors import BudgetOverview, budget_bar
from core.cells import Cell, Column, day
from core.components import Action, taking_in
from core.lists import ListView
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.permissions import can, ensure
from core.views.forms import PreviewPage
from organization.enums import person_text


class OfPurse(BaseView):
    """What is about one purse, named in the address; who may see or change it the purse says."""

    permission = "budgets.view"
    changes = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["kind"] not in PURSES:
            raise Http404
        self.purse: Purse = PURSES[kwargs["kind"]]
        self.request.section = self.purse.section

    def admit(self) -> None:
        ensure(self.actor, self.purse.change if self.changes else self.purse.view)

    def to(self, name: str, *args: Any) -> str:
        return reverse(f"budgets:{name}", args=[self.purse.key, *args])


class OfYear(OfPurse):
    """What is about one year: those with a budget, this year, and the next for who prepares it."""

    @cached_property
    def budgets(self) -> dict[int, BudgetOverview]:
        return selectors.overviews(self.purse)

    @cached_property
    def years(self) -> list[int]:
        year = today().year
        ahead = [year + 1] if can(self.request.user, self.purse.change) else []
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

    def names(self) -> dict[str, Any]:
        return {"year": self.year, "purse": self.purse.label}


class BudgetPage(OfYear):
    template_name = "budgets/budget.html"

    def get_crumbs(self) -> Crumbs:
        return [self.purse.home, (self.purse.label, None)]

    def get(self, request: Request, kind: str, year: int = 0) -> HttpResponse:
        purse, words, found = self.purse, self.purse.words, self.found
        entries, lines = selectors.lines_of(purse, self.year) if found.exists else ([], [])
        percent = purse.warning.on(today())
        return self.render(
            {
                "title": _("%(year)s년 %(purse)s") % self.names(),
                "lead": found.code,
                "primary": self.change(),
                "actions": [*(self.entries() if found.exists else []), *self.past()],
                "tools": self.tools() if found.exists else [],
                "tabs": self.tabs(),
                "found": found,
                "empty": " ".join(
                    (_("%(year)s년 %(purse)s이 아직 없습니다.") % self.names(), str(words.unfunded))
                ),
                "short": _(
                    "예산의 %(percent)s%% 이상을 집행했거나 집행할 예정입니다. 남은 예산은 %(free)s입니다."
                )
                % {"percent": percent, "free": won(found.free)}
                if self.year >= today().year and selectors.is_short(found.allocated, found.free, percent)
                else "",
                "bar": budget_bar(found),
                "outlook": self.outlook(found, entries),
                "each": words.each,
                "nothing": f"{words.nothing} {words.begin}",
                "causes": render_blocks([documents.causes(purse, entries, linked=True)]) if entries else "",
                "allocations": render_blocks([documents.allocations(lines)]) if found.exists else "",
            }
        )

    def outlook(self, found: BudgetOverview, entries: Sequence[BudgetEntry]) -> list[tuple[str, str]]:
        forecast = selectors.forecast(self.purse, found, entries, today())
        average = won(forecast.average)
        more = counted(forecast.more, _("회")) if forecast.more is not None else ""
        items = [
            (_("편성액"), won(found.allocated)),
            (
                self.purse.words.average,
                average if entries else _("%(won)s (편성 기준)") % {"won": average},
            ),
            (self.purse.words.more, more),
        ]
        if self.year == today().year:
            pace = date_weekday(forecast.ends) if forecast.ends else _("지금처럼 쓰면 연말까지 남습니다")
            items.append((_("예산 소진 예상일"), pace if entries else ""))
        return items

    def change(self) -> Action | None:
        if not can(self.request.user, self.purse.change):
            return None
        label = _("예산 변경") if self.found.exists else _("예산 편성")
        return Action(label, self.to("change", self.year))

    def entries(self) -> list[Action]:
        return [Action(_("예산 기록 보기"), f"{self.to('entries')}?year={self.year}")]

    def past(self) -> list[Action]:
        """Where earlier years are taken in."""
        if not (self.purse.past and can(self.request.user, self.purse.change)):
            return []
        return taking_in(self.purse.past, past=True)

    def tools(self) -> list[Action]:
        report = self.to("report", self.year)
        return [
            Action(_("엑셀"), f"{report}?format=xlsx", icon="down"),
            Action(_("한글(HWPX)"), f"{report}?format=hwpx", icon="down"),
            Action(_("인쇄"), report, icon="print"),
        ]

    def tabs(self) -> list[dict[str, Any]]:
        return [
            {
                "label": _("%(year)s년") % {"year": year},
                "url": self.to("year", year),
                "count": None,
                "current": year == self.year,
            }
            for year in self.years
        ]


class BudgetChange(OfYear, PreviewPage):
    """The first allocation, or more or less, by a decision document; first what is free afterwards."""

    changes = True

    def prepare(self) -> None:
        self.found  # noqa: B018  404 for a year that has none

    def get_title(self) -> str:
        text = _("%(year)s년 %(purse)s 변경") if self.found.exists else _("%(year)s년 %(purse)s 편성")
        return text % self.names()

    def get_crumbs(self) -> Crumbs:
        return [self.purse.home, (self.purse.label, self.get_cancel_url()), (self.get_title(), None)]

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

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"purse": self.purse}

    def get_initial(self) -> dict[str, Any]:
        if self.found.exists:
            return {"code": self.found.code}
        before = next((found.code for year, found in self.budgets.items() if year < self.year), "")
        return {"amount": self.purse.plan(), "code": before or self.purse.code}

    def get_cancel_url(self) -> str:
        return self.to("year", self.year)

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
                self.purse,
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

    def get(self, request: Request, kind: str, year: int) -> HttpResponse:
        if not self.found.exists:
            raise Http404
        document = documents.report(self.purse, self.found, *selectors.lines_of(self.purse, year))
        self.looked = name = f"{self.purse.label}_{year}".replace(" ", "")
        back = reverse("budgets:year", args=[kind, year])
        return document_response(document, request.GET.get("format", "html"), name, back=back)


def _cause_cell(purse: Purse) -> Callable[..., Cell]:
    def cell(pk: int | None, on: Any, title: str | None, place: str | None) -> Cell:
        if pk is None or title is None:
            return Cell("")
        return Cell(title or "", purse.causes.url(pk), sub=f"{day(on)} · {place}")

    return cell


def _person(department: str | None, position: str | None) -> str:
    return person_text(department, position) or _("시스템")


class EntryList(OfPurse, ListView):
    filter_class = EntryFilter
    default_order = ("-pk",)
    empty_message = gettext_lazy("조건에 맞는 예산 기록이 없습니다.")

    def get_title(self) -> str:
        return _("%(purse)s 기록") % {"purse": self.purse.label}

    def get_file_name(self) -> str:
        return self.get_title().replace(" ", "_")

    def get_crumbs(self) -> Crumbs:
        return [self.purse.home, (self.purse.label, self.to("current")), (_("예산 기록"), None)]

    def get_queryset(self, user: Any) -> QuerySet[BudgetEntry]:
        return BudgetEntry.objects.visible_to(user).filter(account__kind=self.purse.key).described(self.purse)

    def get_columns(self) -> Sequence[Column]:
        named = self.purse.causes
        return (
            *LINE,
            Column(
                "cause",
                named.label,
                ("cause_id", "cause_day", "cause_title", "cause_place"),
                _cause_cell(self.purse),
                file=False,
            ),
            *MONEY,
            Column("cause_day", named.day_label, ("cause_day",), kind="date", screen=False, width=14),
            Column("title", named.title_label, ("cause_title",), screen=False, width=24),
            Column("place", named.place_label, ("cause_place",), screen=False, width=18),
            RECORDED,
        )


LINE = (
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
)
MONEY = (
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
)
RECORDED = Column(
    "recorded", gettext_lazy("기록 일시"), ("recorded_at",), kind="datetime", screen=False, width=18
)
