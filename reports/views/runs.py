"""The archive: every report that was made, with its figures, its files and where it went (R2)."""

from dataclasses import replace
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from basis.documents.html import render_html
from basis.documents.response import FORMATS, document_response
from basis.formats import date_weekday, datetime_ko
from basis.official import in_office_language
from basis.periods import PeriodKind, containing, parse
from core.access import Look
from core.cells import Cell, Column
from core.components import Action, Badge, Event, Progress
from core.lists import ListView
from core.models import TransitionLog
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.steps import steps_for
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import ConfirmPage, FormPage
from notifications.models import Mail
from notifications.standing import sent_again
from reports import selectors
from reports.definitions import definition_of, label_of
from reports.enums import RunState
from reports.filters import RunFilter
from reports.forms import AgainForm, MakeForm
from reports.models import Delivery, ReportRun
from reports.plain import report_json
from reports.services import mailing, making

HOME = (pgettext_lazy("목록", "보고서"), reverse_lazy("reports:runs"))
STATE_TONES = {RunState.WAITING: "info", RunState.MADE: "success", RunState.FAILED: "danger"}
MAIL_TONES = {
    Mail.State.QUEUED: "info",
    Mail.State.SENDING: "info",
    Mail.State.SENT: "success",
    Mail.State.FAILED: "danger",
    Mail.State.HELD: "warning",
}


def get_run(user: Any, pk: int) -> ReportRun:
    """404 for what one may not know."""
    return get_object_or_404(ReportRun.objects.visible_to(user).select_related("asked_by__department"), pk=pk)


def title_of(slug: str, period: str, edition: int) -> str:
    """`2015년 벤치마킹 결과분석 (2판)`."""
    title = f"{parse(period).label} {label_of(slug)}"
    return title if edition == 1 else _("%(title)s (%(edition)d판)") % {"title": title, "edition": edition}


def state_cell(state: str) -> Cell:
    return Cell(str(RunState(state).label), tone=STATE_TONES[RunState(state)])


class RunList(ListView):
    permission = "reports.view"
    section = "reports"
    title = pgettext_lazy("목록", "보고서")
    file_name = gettext_lazy("보고서_목록")
    filter_class = RunFilter
    default_order = ("-created_at",)
    crumbs = ((gettext_lazy("보고·통계"), None), (title, None))
    empty_message = gettext_lazy(
        "아직 보고서가 없습니다. 예정일이 되면 자동으로 만들어져 받는 사람에게 여기에 보입니다."
    )
    columns = (
        Column(
            "title", gettext_lazy("보고서"), ("slug", "period", "edition"), title_of, sort=("slug", "period"),
            primary=True, excel=title_of, width=40,
        ),
        Column("state", gettext_lazy("상태"), ("state",), state_cell, sort=("state",),
               excel=lambda state: str(RunState(state).label), width=12),
        Column("as_of", gettext_lazy("기준일"), ("as_of",), date_weekday, sort=("as_of",), kind="date", width=14),
        Column(
            "made", gettext_lazy("작성 일시"), ("made_at",),
            lambda at: datetime_ko(timezone.localtime(at)) if at else "", sort=("made_at",),
            excel=lambda at: datetime_ko(timezone.localtime(at)) if at else "", width=20, hide_mobile=True,
        ),
        Column(
            "due", gettext_lazy("예정일"), ("due_on",), lambda day: date_weekday(day) if day else "",
            sort=("due_on",), kind="date", width=14, hide_mobile=True,
        ),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[ReportRun]:
        return ReportRun.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("reports:run", args=[pk])

    def get_context(self) -> dict[str, Any]:
        if not can(self.request.user, "reports.manage"):
            return {}
        return {"primary": Action(_("지금 만들기"), reverse("reports:make"), hotkey="n")}


class RunPage(BaseView):
    permission = "reports.view"
    reveals = "report"  # with the names that stand in it
    section = "reports"
    template_name = "reports/run.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.title, None)]

    @in_office_language
    def content(self) -> str:
        """The report as it was made, to the word."""
        return render_html(selectors.document_of(self.run), 1) if self.run.state == RunState.MADE else ""

    def get(self, request: Request, pk: int) -> HttpResponse:
        editions = selectors.editions_with(request.user, pk)
        found = [edition for edition in editions if edition.pk == pk]
        if not found:
            raise Http404
        self.run = run = found[0]
        self.title = title_of(run.slug, run.period, run.edition)
        primary, actions = steps_for(request.user, run)
        deliveries = list(selectors.deliveries_of(run)) if run.state == RunState.MADE else []
        return self.render(
            {
                "title": self.title,
                "badges": [Badge(run.get_state_display(), STATE_TONES[RunState(run.state)])],
                "primary": primary,
                "actions": actions,
                "facts": self.facts(),
                "tools": self.tools(),
                "progress": progress_of(run),
                "failed": run.state == RunState.FAILED,
                "files": [
                    {"name": a.name, "url": reverse("attachment", args=[a.pk]), "size": a.size}
                    for a in selectors.files_of(run)
                ],
                "content": self.content(),
                "deliveries": [self.delivery(d) for d in deliveries],
                "resend_url": reverse("reports:resend", args=[run.pk])
                if can(request.user, "reports.manage") and selectors.has_failed_mail(deliveries)
                else "",
                "editions": [
                    (title_of(r.slug, r.period, r.edition), date_weekday(r.as_of), r.get_absolute_url())
                    for r in editions
                    if r.pk != run.pk
                ],
                "events": [_event(row) for row in latest_first(run)],
            }
        )

    def tools(self) -> list[Action]:
        """The frozen report in other forms."""

        def to(label: str, fmt: str, icon: str) -> Action:
            return Action(label, reverse("reports:document", args=[self.run.pk, fmt]), icon=icon)

        return [to(_("인쇄"), "html", "print"), to(_("원자료(JSON)"), "json", "down")]

    def facts(self) -> list[tuple[Any, Any]]:
        run = self.run
        made = datetime_ko(timezone.localtime(run.made_at)) if run.made_at else ""
        return [
            (_("대상 기간"), f"{run.span.label} ({run.span.dates})"),
            (_("기준일"), date_weekday(run.as_of)),
            (_("작성"), " · ".join(filter(None, [made, str(run.asked_by or _("예정에 따라 자동"))]))),
            (_("예정일"), date_weekday(run.due_on) if run.due_on else ""),
        ]

    def delivery(self, row: Delivery) -> dict[str, Any]:
        """To whom, and whether it arrived."""
        mail = row.mail
        if mail is None:
            badge = (
                Badge(_("화면으로만 알림")) if row.person.email else Badge(_("전자우편 주소 없음"), "warning")
            )
            return {"person": row.person, "badge": badge, "when": "", "error": ""}
        return {
            "person": row.person,
            "badge": Badge(mail.get_state_display(), MAIL_TONES[Mail.State(mail.state)]),
            "when": datetime_ko(timezone.localtime(mail.sent_at)) if mail.sent_at else "",
            "error": mail.error,
        }


def _event(row: TransitionLog) -> Event:
    return replace(event_of(row), tone="danger" if row.name == "fail" else "neutral")


def progress_of(run: ReportRun) -> Progress | None:
    """How far the making is; None when nothing is being made."""
    job = making.job_of(run) if run.state == RunState.WAITING else None
    if job is None:
        return None
    url = reverse("reports:progress", args=[run.pk])
    return Progress(
        _("보고서를 만들고 있습니다"), job.done_units, job.total_units, job.get_state_display(), url
    )


class RunProgress(BaseView):
    """Asked again and again while the report is being made; then the page is loaded anew."""

    permission = "reports.view"

    def get(self, request: Request, pk: int) -> HttpResponse:
        progress = progress_of(get_run(request.user, pk))
        if progress is not None:
            return self.render({"progress": progress}, template="components/progress.html")
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response


class RunDocument(BaseView):
    """The frozen document, for paper (html) or for programs (json). Excel and HWPX are the files of the run."""

    permission = "reports.view"
    reveals = "report"

    def get_look(self) -> Look:
        return Look(title_of(self.run.slug, self.run.period, self.run.edition), self.run.pk)

    def get(self, request: Request, pk: int, fmt: str) -> HttpResponse:
        self.run = run = get_run(request.user, pk)
        if fmt not in ("html", "json") or run.state != RunState.MADE:
            raise Http404
        document = selectors.document_of(run)
        if fmt == "html":
            return document_response(document, fmt, document.title, back=run.get_absolute_url())
        content = report_json(run.slug, run.span, run.as_of, document)
        return HttpResponse(content, content_type=FORMATS["json"].content_type)


class ComparePage(BaseView):
    """The figures of today beside the frozen ones; nothing is overwritten."""

    permission = "reports.view"
    section = "reports"
    template_name = "reports/compare.html"

    def get_crumbs(self) -> Crumbs:
        title = title_of(self.run.slug, self.run.period, self.run.edition)
        return [HOME, (title, self.run.get_absolute_url()), (_("지금 다시 계산"), None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.run = run = get_run(request.user, pk)
        if run.state != RunState.MADE:
            raise Http404
        again = reverse("reports:again", args=[run.pk])
        return self.render(
            {
                "title": _("지금 다시 계산"),
                "lead": title_of(run.slug, run.period, run.edition),
                "made": date_weekday(run.as_of),
                "now": date_weekday(today()),
                "differences": selectors.changes_since(run),
                "primary": Action(_("다시 만들기"), again) if can(request.user, "reports.manage") else None,
                "actions": [Action(_("보고서로 돌아가기"), run.get_absolute_url())],
            }
        )


class MakeNow(FormPage):
    """Any report for any period, before or outside its schedule."""

    permission = "reports.manage"
    section = "reports"
    form_class = MakeForm
    title = gettext_lazy("보고서 만들기")
    lead = gettext_lazy(
        "예정일을 기다리지 않고 지금 자료로 만듭니다. 예정일이 되면 그날 자료로 다시 만들어집니다."
    )
    submit = gettext_lazy("보고서 만들기")
    crumbs = (HOME, (title, None))

    def get_initial(self) -> dict[str, Any]:
        half = containing(today(), PeriodKind.HALF).previous()
        return {"year": half.year, "period": f"H{half.number}"}

    def get_cancel_url(self) -> str:
        return reverse("reports:runs")

    def act(self, form: MakeForm) -> str:
        values = form.cleaned_data
        run = making.make_now(
            definition_of(values["slug"]),
            form.chosen(),
            by_mail=values["by_mail"],
            actor=self.request.user,
        )
        return run.get_absolute_url()


class MakeAgain(FormPage):
    permission = "reports.manage"
    section = "reports"
    form_class = AgainForm
    title = gettext_lazy("다시 만들기")
    lead = gettext_lazy("오늘 자료로 새 판을 만듭니다. 지금 판은 그대로 남습니다.")
    submit = gettext_lazy("새 판 만들기")

    def prepare(self) -> None:
        self.run = get_run(self.request.user, self.kwargs["pk"])
        if self.run.state != RunState.MADE:
            raise Http404

    def get_crumbs(self) -> Crumbs:
        name = title_of(self.run.slug, self.run.period, self.run.edition)
        return [HOME, (name, self.run.get_absolute_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return self.run.get_absolute_url()

    def act(self, form: AgainForm) -> str:
        values = form.cleaned_data
        run = making.make_again(
            self.run, reason=values["reason"], by_mail=values["by_mail"], actor=self.request.user
        )
        return run.get_absolute_url()


class Retry(ConfirmPage):
    permission = "reports.manage"
    section = "reports"
    title: ClassVar[Any] = gettext_lazy("다시 시도")
    success: ClassVar[Any] = gettext_lazy("보고서를 다시 만들고 있습니다.")

    def prepare(self) -> None:
        self.run = get_run(self.request.user, self.kwargs["pk"])

    def get_crumbs(self) -> Crumbs:
        name = title_of(self.run.slug, self.run.period, self.run.edition)
        return [HOME, (name, self.run.get_absolute_url()), (self.title, None)]

    def get_text(self) -> str:
        return _("만들지 못한 보고서를 다시 만들까요?")

    def get_cancel_url(self) -> str:
        return self.run.get_absolute_url()

    def act(self) -> str:
        making.retry(self.run, actor=self.request.user)
        return self.run.get_absolute_url()


class Resend(Retry):
    title = gettext_lazy("다시 보내기")
    success = ""

    def get_text(self) -> str:
        return _("보내지 못한 메일을 다시 보낼까요?")

    def act(self) -> str:
        messages.success(self.request, sent_again(mailing.resend(self.run, actor=self.request.user)))
        return self.run.get_absolute_url()
