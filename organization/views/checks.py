"""The monthly checks of the access log (D6)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.response import document_response
from basis.formats import date_weekday, datetime_ko, number
from core.access import Look
from core.cells import Cell, Column
from core.components import Action, Badge
from core.lists import ListView
from core.page import BaseView, Crumbs, Request
from core.steps import steps_for
from core.timeline import event_of
from core.transition import latest_first
from core.views.steps import ReasonStep
from organization.documents import check_report
from organization.enums import CheckState
from organization.models import AccessCheck
from organization.services import checks as services
from organization.unusual import looks_of, unusual
from organization.views.tables import table
from organization.workflow import ACCESS_CHECK, due_of

LIST = (gettext_lazy("열람 기록 점검"), reverse_lazy("access_checks"))
TONES = {CheckState.OPEN: "warning", CheckState.DONE: "success"}


def month_text(month: Any) -> str:
    return _("%(year)d년 %(month)d월") % {"year": month.year, "month": month.month}


def found_text(count: int, state: str) -> str:
    """Nothing has been counted before the check."""
    return number(count) if state == CheckState.DONE else ""


class CheckList(ListView):
    permission = "organization.check_looks"
    section = "manage"
    title = gettext_lazy("열람 기록 점검")
    file_name = gettext_lazy("열람_기록_점검")
    default_order = ("-month",)
    crumbs = ((LIST[0], None),)
    empty_message = gettext_lazy("아직 점검할 달이 없습니다. 한 달이 지나면 점검이 만들어집니다.")
    columns = (
        Column("month", gettext_lazy("대상 월"), ("month",), month_text, excel=month_text, primary=True, width=16),
        Column(
            "state", gettext_lazy("상태"), ("state",),
            lambda state: Cell(str(CheckState(state).label), tone=TONES[CheckState(state)]),
            excel=lambda state: str(CheckState(state).label), width=12,
        ),
        Column(
            "looks", gettext_lazy("열람 건수"), ("looks", "state"), lambda looks, state: found_text(looks, state),
            align="right", excel=lambda looks, state: looks if state == CheckState.DONE else None, kind="int", width=12,
        ),
        Column(
            "unusual", gettext_lazy("특이 사항"), ("unusual", "state"),
            lambda rows, state: found_text(len(rows), state), align="right",
            excel=lambda rows, state: len(rows) if state == CheckState.DONE else None, kind="int", width=12,
        ),
        Column("result", gettext_lazy("점검 결과"), ("result",), width=50, hide_mobile=True),
        Column("by", gettext_lazy("점검자"), ("checked_by__name",), lambda name: name or "", width=12),
        Column(
            "at", gettext_lazy("점검 일시"), ("checked_at",), lambda at: datetime_ko(at) if at else "",
            kind="datetime", width=20, hide_mobile=True,
        ),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[AccessCheck]:
        return AccessCheck.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("access_check", args=[pk])


def get_check(user: Any, pk: int) -> AccessCheck:
    """As it was checked; until then as it looks now."""
    found = get_object_or_404(
        AccessCheck.objects.visible_to(user).select_related("checked_by__department"), pk=pk
    )
    if found.state == CheckState.OPEN:
        found.looks, found.unusual = looks_of(found.month).count(), unusual(found.month)
    return found


class CheckPage(BaseView):
    """What was unusual in the month, each line with its looks."""

    permission = "organization.check_looks"
    section = "manage"
    template_name = "organization/access_check.html"

    def get_crumbs(self) -> Crumbs:
        return [LIST, (str(self.check), None)]

    def get_look(self) -> Look:
        return Look(self.check, self.check.pk)

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.check = check = get_check(request.user, pk)
        if fmt := request.GET.get("format"):
            return document_response(check_report(check), fmt, str(check), back=check.get_absolute_url())
        primary, actions = steps_for(request.user, check)
        rows = [
            [one["who"], Cell(one["what"], url=one["url"]), number(one["count"])] for one in check.unusual
        ]
        return self.render(
            {
                "title": str(check),
                "badges": [Badge(check.get_state_display(), TONES[CheckState(check.state)])],
                "primary": primary,
                "actions": [
                    *actions,
                    Action(_("인쇄"), "?format=html", icon="print"),
                    Action(_("엑셀"), "?format=xlsx", icon="down"),
                ],
                "facts": [
                    (_("열람 건수"), _("%(count)s건") % {"count": number(check.looks)}),
                    (_("점검 기한"), date_weekday(due_of(check))),
                    (_("점검자"), str(check.checked_by or "")),
                    (_("점검 결과"), check.result),
                ],
                "unusual": table(_("특이 사항"), [_("열람자"), _("내용"), _("건수")], rows, right=(2,)),
                "events": [event_of(row) for row in latest_first(check)],
            }
        )


class CheckDone(ReasonStep):
    workflow = ACCESS_CHECK
    step = "check"
    find = staticmethod(get_check)
    permission = "organization.check_looks"
    section = "manage"
    above = (LIST,)
    lead = gettext_lazy("특이 사항을 확인한 내용과 조치를 적습니다. 지금 보이는 특이 사항이 함께 남습니다.")
    success = gettext_lazy("점검을 기록했습니다.")
    service = staticmethod(services.check)
