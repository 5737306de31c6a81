"""Papers of clubs: the list with what is missing, one with its meetings, writing and sending it (C2)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.response import document_response
from basis.formats import counted, date_weekday
from basis.periods import parse
from clubs.documents_reports import BEFORE_CAP, report_paper
from clubs.enums import REPORT_TONES, ReportKind, ReportState
from clubs.filters_papers import ReportFilter
from clubs.forms.papers import ReportForm
from clubs.models import Report
from clubs.selectors.drafting import drafted
from clubs.selectors.meeting import Held, of_report
from clubs.services import reports
from clubs.views.cards import meeting_table, people_table
from clubs.views.club import HOME, SECTION
from clubs.workflow_reports import REPORT
from core.attachments import files_of, link_of
from core.cells import Cell, Column, badge_cell, choice, day, due_cell
from core.components import Badge
from core.editing import label_of
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.held import HoldsFiles
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from evaluations.selectors import why
from evaluations.services.conflicts import being_judged
from mileage.rules import amount_text
from notifications.bar import bar_of
from notifications.lists import NudgingList

LIST = (gettext_lazy("동아리 보고서"), reverse_lazy("clubs:reports"))


def get_report(user: Any, pk: int) -> Report:
    """404 for what one may not know."""
    rows = Report.objects.visible_to(user).select_related(
        "club__bureau", "club__panel", "written_by__department"
    )
    return get_object_or_404(rows, pk=pk)


def _period(key: str) -> str:
    return parse(key).label


def _due(due: Any, state: str) -> Cell | str:
    return due_cell(due) if state == ReportState.DUE else day(due)


class ReportList(NudgingList):
    """With those not begun: planning sees what is missing, and asks for it."""

    permission = "clubs.view"
    section = SECTION
    title = gettext_lazy("동아리 보고서")
    file_name = gettext_lazy("동아리_보고서")
    filter_class = ReportFilter
    open_states = (ReportState.DUE,)
    urgent_order = ("due_on", "club__name")
    default_order = ("-due_on", "club__name")
    crumbs = (HOME, LIST)
    empty_message = gettext_lazy(
        "조건에 맞는 보고서가 없습니다. 기간이 끝나면 총무가 낼 보고서가 여기에 생깁니다."
    )
    columns = (
        Column("club", gettext_lazy("동아리"), ("club__name",), sort=("club__name",), primary=True, width=26),
        Column("bureau", gettext_lazy("국·소"), ("club__bureau__name",), lambda name: name or "–",
               sort=("club__bureau__order",), width=18, hide_mobile=True),
        Column("kind", gettext_lazy("보고서"), ("kind",), choice(ReportKind), sort=("kind",), excel=choice(ReportKind),
               width=18),
        Column("period", gettext_lazy("기간"), ("period",), _period, sort=("period",), excel=_period, width=16),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(ReportState, REPORT_TONES), sort=("state",),
               excel=choice(ReportState), width=12),
        Column("due", gettext_lazy("제출 기한"), ("due_on", "state"), _due, sort=("due_on",), kind="date",
               excel=lambda due, state: due),
        Column("sent", gettext_lazy("제출일"), ("sent_on",), day, sort=("sent_on",), kind="date",
               excel=lambda value: value, hide_mobile=True),
        Column("grade", gettext_lazy("시상"), ("grade",), sort=("grade",), width=10, hide_mobile=True),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return Report.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("clubs:report", args=[pk])


class ReportPage(BaseView):
    permission = "clubs.view"
    section = SECTION
    template_name = "clubs/report.html"

    def get_crumbs(self) -> Crumbs:
        club = self.report.club
        return [HOME, (club.name, club.get_absolute_url()), (self.name, None)]

    @property
    def name(self) -> str:
        return f"{self.report.period_label} {self.report.get_kind_display()}"

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.report = report = get_report(request.user, pk)
        held = of_report(report)
        texts = [(label_of(report, name), getattr(report, name)) for name in reports.TEXTS[1:]]
        return self.render(
            {
                **bar_of(request.user, report),
                "report": report,
                "title": report.title or self.name,
                "lead": " · ".join(
                    [*([self.name] if report.title else []), str(report.club), report.club.place]
                ),
                "badges": self.badges(),
                "facts": self.facts(held),
                "texts": [(label, text) for label, text in texts if text],
                "met": meeting_table(held),
                "people": people_table(held),
                "before_cap": BEFORE_CAP,
                "files": [link_of(file) for file in files_of(report)],
                "judged": why.own(report, request.user),
                "challenges": [
                    (entry.round.title, reverse("evaluations:entry_challenge", args=[entry.pk]))
                    for entry in (being_judged(report) if can(request.user, "clubs.write", report) else ())
                ],
                "events": [event_of(row) for row in latest_first(report)],
            }
        )

    def badges(self) -> list[Badge]:
        report = self.report
        state = Badge(report.get_state_display(), REPORT_TONES[report.state])
        return [state, *([Badge(report.grade, "success")] if report.grade else [])]

    def facts(self, held: Held) -> list[tuple[Any, Any]]:
        report = self.report
        found = [
            (_("기간"), report.span.dates),
            (_("제출 기한"), date_weekday(report.due_on)),
            (_("제출일"), date_weekday(report.sent_on) if report.sent_on else ""),
            (_("작성한 직원"), str(report.written_by.full_label) if report.written_by else ""),
            (_("모임"), counted(len(held.met), _("회"))),
            (_("인정 시간"), counted(amount_text(held.hours), _("시간"))),
        ]
        return [(label, text) for label, text in found if text]


class ReportPaper(BaseView):
    """For printing, as HWPX (`?format=hwpx`) and Excel."""

    permission = "clubs.view"

    def get(self, request: Request, pk: int) -> HttpResponse:
        report = get_report(request.user, pk)
        if report.written_by_id is None:
            raise Http404
        name = f"{report.club}_{report.period_label}_{report.get_kind_display()}"
        return document_response(
            report_paper(report),
            request.GET.get("format", "html"),
            name.replace(" ", "_"),
            back=report.get_absolute_url(),
        )


class ReportStep(StepPage):
    workflow = REPORT
    find = staticmethod(get_report)
    section = SECTION
    permission = "clubs.view"
    above = (HOME, LIST)


class ReportEdit(ReportStep, HoldsFiles, FormPage):
    step = "edit"
    title = gettext_lazy("보고서 쓰기")
    submit = gettext_lazy("보고서 저장")
    success = gettext_lazy("저장했습니다. 다 쓰면 제출해 주세요.")
    form_class = ReportForm

    def get_draft_key(self) -> str:
        return f"clubs.report.{self.object.pk}"

    def get_initial(self) -> dict[str, Any]:
        report = self.object
        if report.written_by_id is None:
            return {**drafted(report), "version": report.version}
        return {name: getattr(report, name) for name in (*reports.TEXTS, "version")}

    def get_context(self) -> dict[str, Any]:
        if self.object.written_by_id is not None:
            return {}
        if not drafted(self.object)["done"]:
            return {"lead": _("옮겨 적을 모임의 기록이나 월별 보고서가 없습니다. 활동한 내용을 적어 주세요.")}
        return {"lead": _("기록에서 옮겨 적어 두었습니다. 고치고 더한 뒤 저장하고 제출해 주세요.")}

    def act(self, form: ReportForm) -> str:
        with self.files(form) as files:
            reports.write(
                self.object,
                form.values(),
                files=files,
                version=form.cleaned_data["version"],
                actor=self.actor,
            )
        return self.get_success_url()


class ReportSend(ReportStep, ConfirmStep):
    step = "send"
    success = gettext_lazy("보고서를 제출했습니다.")
    service = staticmethod(reports.send)


class ReportTakeBack(ReportStep, ConfirmStep):
    step = "take_back"
    success = gettext_lazy("거두었습니다. 고친 뒤 다시 제출해 주세요.")
    service = staticmethod(reports.take_back)


class ReportGiveBack(ReportStep, ReasonStep):
    step = "give_back"
    success = gettext_lazy("보완을 요청했습니다.")
    service = staticmethod(reports.give_back)


class ReportWaive(ReportStep, ReasonStep):
    step = "waive"
    lead = gettext_lazy("동아리가 이 기간에 활동하지 않았을 때 사유를 적어 받지 않습니다.")
    success = gettext_lazy("이 보고서는 받지 않습니다. 동아리에 알렸습니다.")
    service = staticmethod(reports.waive)


class ReportAskAgain(ReportStep, ConfirmStep):
    step = "ask_again"
    success = gettext_lazy("보고서를 다시 받습니다. 동아리에 알렸습니다.")
    service = staticmethod(reports.ask_again)
