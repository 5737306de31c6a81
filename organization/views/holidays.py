"""Temporary and local holidays; what declaring one does to open deadlines is shown before (O7)."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_short, date_weekday, datetime_ko
from core.cells import Cell, Column
from core.components import Action
from core.lists import ListView
from core.models import Holiday
from core.now import today
from core.numbers import whole
from core.page import Crumbs
from core.permissions import can
from core.views.forms import ConfirmPage, PreviewPage
from organization import foresight, selectors
from organization.filters import HolidayFilter
from organization.forms import HolidayForm
from organization.services import holidays as services

HOME = (gettext_lazy("공휴일"), reverse_lazy("holidays"))
MOST_NAMED = 50  # of the deadlines that go from one day to another


def kind_text(kind: str) -> str:
    return str(Holiday.Kind(kind).label)


def deadlines_text(moves: bool) -> str:
    return _("미룸") if moves else _("그대로")


def moves_text(moves: list[services.Move], user: Any) -> list[str]:
    """`2026. 12. 4.(금) → 2026. 12. 7.(월): 기한 3건` and what they are, or that nothing moves."""
    names = foresight.named_by_clock([pk for move in moves for pk in move.clocks], user)
    lines: list[str] = []
    for move in moves:
        days = {"old": date_weekday(move.old), "new": date_weekday(move.new), "count": move.count}
        lines.append(_("%(old)s → %(new)s: 기한 %(count)d건") % days)
        known = [names[pk] for pk in move.clocks if pk in names][:MOST_NAMED]
        lines += known
        if known and (rest := move.count - len(known)):
            lines.append(_("그 밖에 %(count)d건") % {"count": rest})
    return lines or [_("바뀌는 기한이 없습니다.")]


def moved_text(count: int) -> str:
    if count:
        return _("기한 %(count)d건을 다시 계산하여 담당자에게 알렸습니다.") % {"count": count}
    return _("바뀐 기한은 없습니다.")


class HolidayList(ListView):
    permission = "organization.view_directory"
    section = "manage"
    title = gettext_lazy("임시·지역 공휴일")
    unit = gettext_lazy("일")
    file_name = gettext_lazy("공휴일")
    filter_class = HolidayFilter
    template_name = "organization/holidays.html"
    default_order = ("-date",)
    crumbs = ((gettext_lazy("공휴일"), None),)
    empty_message = gettext_lazy(
        "등록된 임시·지역 공휴일이 없습니다. 법정 공휴일은 등록하지 않아도 계산됩니다."
    )
    columns = (
        Column("date", gettext_lazy("날짜"), ("date",), date_weekday, sort=("date",), kind="date"),
        Column("name", gettext_lazy("이름"), ("name",), sort=("name",), primary=True, width=30),
        Column("kind", gettext_lazy("구분"), ("kind",), kind_text, sort=("kind",), excel=kind_text),
        Column(
            "deadlines",
            gettext_lazy("기한"),
            ("moves_deadlines",),
            deadlines_text,
            excel=deadlines_text,
            hide_mobile=True,
        ),
        Column(
            "at", gettext_lazy("등록 일시"), ("declared_at",), datetime_ko, kind="datetime", hide_mobile=True
        ),
    )

    def get_queryset(self, user: Any) -> QuerySet[Holiday]:
        return Holiday.objects.all()

    def get_columns(self) -> Any:
        if not can(self.request.user, "organization.manage_holidays"):
            return self.columns

        def remove(pk: int, day: date) -> Cell:
            return Cell(_("지정 해제"), url=reverse("holiday_delete", args=[pk]))

        return (*self.columns, Column("remove", _("처리"), ("pk", "date"), remove, file=False))

    def get_context(self) -> dict[str, Any]:
        year = whole(self.request.GET.get("year", "")) or 0
        shown = year if 1948 <= year <= 2100 else today().year
        statutory = [(date_short(day), name) for day, name in selectors.statutory_holidays(shown)]
        context: dict[str, Any] = {"shown_year": shown, "statutory": statutory}
        if can(self.request.user, "organization.manage_holidays"):
            context["primary"] = Action(_("공휴일 등록"), reverse("holiday_new"), hotkey="n")
        return context


class HolidayNew(PreviewPage):
    """First the deadlines that will move, then the declaration."""

    permission = "organization.manage_holidays"
    section = "manage"
    form_class = HolidayForm
    title = gettext_lazy("공휴일 등록")
    lead = gettext_lazy("진행 중인 기한이 다시 계산됩니다. 등록하기 전에 바뀌는 기한을 먼저 보여 드립니다.")
    check = gettext_lazy("바뀌는 기한 확인")
    submit = gettext_lazy("공휴일 등록")
    crumbs = (HOME, (gettext_lazy("공휴일 등록"), None))

    def get_cancel_url(self) -> str:
        return reverse("holidays")

    def foresee(self, form: HolidayForm) -> list[str]:
        day = form.cleaned_data["date"]
        services.check(day)
        moves = services.preview(added=day) if form.moves() else []
        return moves_text(moves, self.request.user)

    def act(self, form: HolidayForm) -> str:
        data = form.cleaned_data
        _holiday, count = services.declare(
            actor=self.request.user,
            day=data["date"],
            name=data["name"],
            kind=data["kind"],
            moves_deadlines=form.moves(),
        )
        messages.success(self.request, _("공휴일이 등록되었습니다.") + " " + moved_text(count))
        return reverse("holidays")


class HolidayDelete(ConfirmPage):
    permission = "organization.manage_holidays"
    section = "manage"
    title = gettext_lazy("공휴일 지정 해제")
    submit = gettext_lazy("지정 해제")
    danger = True

    def prepare(self) -> None:
        self.holiday = get_object_or_404(Holiday, pk=self.kwargs["pk"])

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.title, None)]

    def get_text(self) -> str:
        day, name = date_weekday(self.holiday.date), self.holiday.name
        return _("%(day)s %(name)s의 공휴일 지정을 해제할까요?") % {"day": day, "name": name}

    def get_cancel_url(self) -> str:
        return reverse("holidays")

    def foresee(self) -> list[str]:
        return moves_text(services.preview(removed=self.holiday.date), self.request.user)

    def act(self) -> str:
        count = services.remove(self.holiday, actor=self.request.user)
        messages.success(self.request, _("공휴일 지정이 해제되었습니다.") + " " + moved_text(count))
        return reverse("holidays")
