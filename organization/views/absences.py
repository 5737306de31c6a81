"""Absences and substitutes: one's own, and everybody's for who looks after them (O5)."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday, days_between
from core.access import Look
from core.cells import Cell, Column
from core.components import Action
from core.lists import ListView
from core.now import today
from core.numbers import whole
from core.page import Request
from core.permissions import ensure
from core.views.forms import ConfirmPage, FormPage
from core.views.seen import SeenPage
from organization import selectors
from organization.filters import AbsenceFilter, people
from organization.forms import AbsenceForm, PersonSearchForm
from organization.models import Absence, User
from organization.services import absences as services
from organization.views.staff import absence_table
from organization.views.tables import person_column

HOME = (gettext_lazy("부재·대직"), reverse_lazy("absences"))
MOST_FOUND = 20


def state_cell(start: date, end: date, cancelled: datetime | None, pk: int) -> Cell:
    day = today()
    if cancelled:
        return Cell(_("취소"))
    if end < day:
        return Cell(_("지남"))
    url = reverse("absence_change", args=[pk])
    if start > day:
        return Cell(_("예정"), url=url, tone="info")
    return Cell(_("부재 중"), url=url, tone="warning")


def _person(key: str, label: Any, primary: bool = False) -> Column:
    sort = (f"{key}__department__name", f"{key}__name")
    return person_column(key, label, key, sort=sort, width=30, primary=primary)


class AbsenceList(ListView):
    permission = "organization.manage_absences"
    section = "manage"
    title = gettext_lazy("부재·대직")
    file_name = gettext_lazy("부재_대직")
    filter_class = AbsenceFilter
    default_order = ("-start",)
    crumbs = ((gettext_lazy("부재·대직"), None),)
    empty_message = gettext_lazy(
        "조건에 맞는 부재가 없습니다. 직원은 내 정보에서 자신의 부재를 등록할 수 있습니다."
    )
    columns = (
        _person("user", gettext_lazy("부재자"), primary=True),
        Column("start", gettext_lazy("시작일"), ("start",), date_weekday, sort=("start",), kind="date"),
        Column("end", gettext_lazy("종료일"), ("end",), date_weekday, sort=("end",), kind="date"),
        _person("substitute", gettext_lazy("대직자")),
        Column("reason", gettext_lazy("사유"), ("reason",), width=30, hide_mobile=True),
        Column(
            "state",
            gettext_lazy("상태"),
            ("start", "end", "cancelled_at", "pk"),
            state_cell,
            excel=lambda *values: state_cell(*values).text,
        ),
    )

    def get_queryset(self, user: Any) -> QuerySet[Absence]:
        return Absence.objects.visible_to(user)

    def row_url(self, pk: Any) -> None:
        return None

    def get_context(self) -> dict[str, Any]:
        return {"primary": Action(_("부재 등록"), reverse("absence_new"), hotkey="n")}


class _OfPerson(SeenPage):
    """About somebody's absence; one's own is nobody's business."""

    person: User

    def get_look(self) -> Look | None:
        found = getattr(self, "person", None)
        return None if found in (None, self.request.user) else Look(found.full_label, found.pk, found)


class _AbsencePage(_OfPerson, FormPage):
    """Names a substitute for some days."""

    section = "manage"
    form_class = AbsenceForm
    submit = gettext_lazy("부재 등록")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.person}

    def get_initial(self) -> dict[str, Any]:
        return {"start": today(), "end": today()}

    def act(self, form: AbsenceForm) -> str:
        absence = services.create(actor=self.request.user, user=self.person, **form.cleaned_data)
        text = _("부재가 등록되었습니다. %(start)s ~ %(end)s, 대직자: %(substitute)s") % {
            "start": date_weekday(absence.start),
            "end": date_weekday(absence.end),
            "substitute": absence.substitute.full_label,
        }
        messages.success(self.request, text)
        if away := services.meanwhile(absence.substitute, absence.start, absence.end).first():
            note = _("대직자도 그 기간에 부재가 있어 그날은 %(next)s에게 이어집니다.")
            messages.warning(self.request, note % {"next": away.substitute.full_label})
        return self.get_cancel_url()


class MyAbsence(_AbsencePage):
    permission = "organization.absence_self"
    template_name = "organization/absence_form.html"
    section = ""
    title = gettext_lazy("부재·대직 설정")
    lead = gettext_lazy(
        "부재 기간에는 할 일과 알림, 처리 권한이 대직자에게 갑니다. 대직자가 처리한 것은 대결로 기록됩니다."
    )
    crumbs = ((gettext_lazy("내 정보"), reverse_lazy("me")), (gettext_lazy("부재·대직 설정"), None))

    def prepare(self) -> None:
        self.person = self.request.user

    def get_cancel_url(self) -> str:
        return reverse("me")

    def get_context(self) -> dict[str, Any]:
        return {"absences": absence_table(selectors.coming_absences(self.person), own=True)}


class AbsenceNew(_AbsencePage):
    """For somebody else: first who, then when and by whom."""

    permission = "organization.manage_absences"
    title = gettext_lazy("부재 등록")
    crumbs = (HOME, (gettext_lazy("부재 등록"), None))

    def prepare(self) -> None:
        asked = self.request.GET.get("user", "")
        staff = User.objects.filter(is_active=True).exclude(department=None)
        self.person = get_object_or_404(staff, pk=whole(asked) or 0)

    def get_title(self) -> str:
        return _("%(person)s 부재 등록") % {"person": self.person.full_label}

    def get_cancel_url(self) -> str:
        return reverse("absences")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if "user" in request.GET:
            return super().get(request, *args, **kwargs)
        asked = "q" in request.GET
        form = PersonSearchForm(request.GET if asked else None)
        found: list[User] = []
        if form.is_valid():
            staff = User.objects.get_queryset().filter(is_active=True).exclude(department=None)
            found = list(people(staff, form.cleaned_data["q"], "").in_order()[:MOST_FOUND])
        context = {"title": self.title, "form": form, "found": found, "asked": asked and form.is_valid()}
        return self.render(context, template="organization/absence_person.html")


class AbsenceChange(_AbsencePage):
    """Other days, or another substitute."""

    permission = "organization.absence_self"
    title = gettext_lazy("부재 변경")
    submit = gettext_lazy("부재 변경")
    crumbs = ((gettext_lazy("부재 변경"), None),)

    def prepare(self) -> None:
        self.absence = get_absence(self.request.user, self.kwargs["pk"])
        self.person = self.absence.user

    def get_title(self) -> str:
        return _("%(person)s 부재 변경") % {"person": self.person.full_label}

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.absence, name) for name in ("start", "end", "substitute", "reason")}

    def get_cancel_url(self) -> str:
        return back_from(self.absence, self.request.user)

    def act(self, form: AbsenceForm) -> str:
        services.change(self.absence, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("부재가 변경되었습니다."))
        return self.get_cancel_url()


def get_absence(user: Any, pk: int) -> Absence:
    """404 for another's, unless one looks after everybody's."""
    rows = Absence.objects.visible_to(user).select_related("user__department", "substitute__department")
    absence = get_object_or_404(rows, pk=pk)
    if absence.user_id != user.pk:
        ensure(user, "organization.manage_absences")
    return absence


def back_from(absence: Absence, user: Any) -> str:
    return reverse("me" if absence.user_id == user.pk else "absences")


class AbsenceCancel(_OfPerson, ConfirmPage):
    """Not going, or back early."""

    permission = "organization.absence_self"
    section = "manage"
    title = gettext_lazy("부재 취소")
    success = gettext_lazy("부재가 취소되었습니다. 할 일과 권한이 본인에게 돌아왔습니다.")
    crumbs = ((gettext_lazy("부재 취소"), None),)

    def prepare(self) -> None:
        self.absence = get_absence(self.request.user, self.kwargs["pk"])
        self.person = self.absence.user

    def get_text(self) -> str:
        period = days_between(self.absence.start, self.absence.end)
        name = self.absence.user.full_label
        if self.absence.start < today():
            return _("%(name)s의 부재(%(period)s)를 오늘부터 끝낼까요?") % {"name": name, "period": period}
        return _("%(name)s의 부재(%(period)s)를 취소할까요?") % {"name": name, "period": period}

    def get_cancel_url(self) -> str:
        return back_from(self.absence, self.request.user)

    def act(self) -> str:
        services.cancel(self.absence, actor=self.request.user)
        return self.get_cancel_url()
