"""What divisions report of a week: the list, one report, its steps, all of a leader confirmed at once (I4)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.formats import counted, date_weekday
from core.attachments import files_of, link_of
from core.cells import Cell, Column, badge_cell, choice, due_cell
from core.cells import day as day_text
from core.components import Action, Badge
from core.editing import label_of
from core.now import now, today
from core.page import BaseView, Crumbs, Request
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.held import HoldsFiles
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from incentives.enums import WeeklyState
from incentives.filters_weekly import WeekReportFilter
from incentives.forms.weekly import ConfirmManyForm, ReportForm
from incentives.models import Division, WeekReport
from incentives.selectors.indicators import known_of
from incentives.selectors.known import Change, measured, told
from incentives.selectors.projects import first_owner, owners_of
from incentives.selectors.tones import WEEKLY_TONES
from incentives.selectors.weekly import changed_in, compiled, last_written, marks, with_all
from incentives.services import weekly
from incentives.views.lists import HOME, SECTION, _title
from incentives.views.weekly import LIST, _week
from incentives.workflow_weekly import REPORT
from notifications.bar import bar_of
from notifications.lists import NudgingList
from notifications.selectors import waiting_for
from organization.views.tables import table

REPORTS = (gettext_lazy("부문별 주간 보고"), reverse_lazy("incentives:reports"))
OPEN = (WeeklyState.DUE, WeeklyState.WRITTEN)


def get_report(user: Any, pk: int) -> WeekReport:
    """404 for what one may not know."""
    rows = with_all(WeekReport.objects.visible_to(user)).prefetch_related("division__parts__contacts")
    return get_object_or_404(rows, pk=pk)


def listed(rows: Any) -> Any:
    """With the department that answers for each."""
    return rows.annotate(owner=first_owner("division"))


def _due(due: Any, state: str) -> Cell | str:
    return due_cell(due) if state in OPEN else day_text(due)


def _yes(value: bool) -> str:
    return _("예") if value else ""


class ReportList(NudgingList):
    """Those not handed in too: planning sees what is missing, and asks for it."""

    permission = "incentives.view"
    section = SECTION
    title = gettext_lazy("부문별 주간 보고")
    file_name = gettext_lazy("공동협력사업_부문별_주간_보고")
    filter_class = WeekReportFilter
    open_states = OPEN
    urgent_order = ("week__due_on", "division__project__kind", "division__project__number", "division__order")
    default_order = (
        "-week__due_on",
        "division__project__kind",
        "division__project__number",
        "division__order",
    )
    crumbs = (HOME, LIST, REPORTS)
    empty_message = gettext_lazy("조건에 맞는 주간 보고가 없습니다.")
    columns = (
        Column("division", gettext_lazy("사업(부문)"), ("division__project__name", "division__name"), _title,
               sort=("division__project__name", "division__order"), primary=True, excel=_title, width=36),
        Column("owner", gettext_lazy("주관 부서"), ("owner",), sort=("owner",), width=18),
        Column("week", gettext_lazy("주"), ("week__year", "week__number"), _week, sort=("week__due_on",), excel=_week,
               width=16),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(WeeklyState, WEEKLY_TONES), sort=("state",),
               excel=choice(WeeklyState)),
        Column("unchanged", gettext_lazy("변동 없음"), ("unchanged",), _yes, sort=("unchanged",), excel=_yes),
        Column("due", gettext_lazy("보고일"), ("week__due_on", "state"), _due, sort=("week__due_on",), kind="date",
               excel=lambda due, state: due),
        Column("problems", gettext_lazy("문제점"), ("problems",), screen=False, width=40),
        Column("asked", gettext_lazy("협조를 구할 것"), ("asked_of_others",), screen=False, width=40),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return listed(WeekReport.objects.visible_to(user))

    def row_url(self, pk: Any) -> str:
        return reverse("incentives:report", args=[pk])

    def get_tools(self) -> list[Action]:
        if not waiting_for(self.actor).about(WeekReport).filter(ask="confirm").exists():
            return []
        return [Action(_("여러 보고 한 번에 확인"), reverse("incentives:reports_confirm"))]


def changes_table(changes: Any) -> dict[str, Any] | None:
    rows = [_change_row(one) for one in changes]
    heads = [_("지표"), _("지난주"), _("이번 주"), _("기준일"), _("출처"), _("비고")]
    return table(_("바뀐 실적"), heads, rows, right=[1, 2]) if rows else None


def _change_row(change: Change) -> list[Cell | str]:
    was, now_ = told(change)
    after = change.after
    sub = _("정정") if change.corrects else None
    return [
        change.indicator.name,
        was,
        Cell(now_, sub=sub),
        date_weekday(after.as_of) if after else "",
        after.source if after else "",
        after.note if after else "",
    ]


def texts_of(report: WeekReport) -> list[tuple[Any, str]]:
    found = [(label_of(report, name), getattr(report, name)) for name in weekly.TEXTS]
    return [(label, text) for label, text in found if text]


class ReportPage(BaseView):
    permission = "incentives.view"
    section = SECTION
    template_name = "incentives/report.html"

    def get_crumbs(self) -> Crumbs:
        week = self.report.week
        return [HOME, LIST, (str(week), week.get_absolute_url()), (str(self.report.division), None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.report = report = get_report(request.user, pk)
        return self.render(
            {
                **bar_of(request.user, report),
                "report": report,
                "title": str(report.division),
                "lead": f"{report.week} · {owners_of(report.division.parts.all())}",
                "badges": self.badges(),
                "facts": self.facts(),
                "changes": changes_table(changed_in(report)),
                "texts": texts_of(report),
                "files": [link_of(file) for file in files_of(report)],
                "marks": marks(report.division),
                "division": report.division,
                "events": [event_of(one) for one in latest_first(report)],
            }
        )

    def badges(self) -> list[Badge]:
        report = self.report
        found = [Badge(report.get_state_display(), WEEKLY_TONES[report.state])]
        return [*found, Badge(_("변동 없음"))] if report.unchanged else found

    def facts(self) -> list[tuple[Any, Any]]:
        report = self.report
        found = [
            (_("기간"), report.week.period.dates),
            (_("보고일"), date_weekday(report.week.due_on)),
            (_("작성한 직원"), str(report.written_by.full_label) if report.written_by else ""),
            (_("확인한 팀장"), str(report.confirmed_by.full_label) if report.confirmed_by else ""),
        ]
        return [(label, text) for label, text in found if text]


def marks_card(division: Division) -> dict[str, Any]:
    """For the division's page: its last weeks."""
    return {"marks": marks(division)}


class ReportStep(StepPage):
    workflow = REPORT
    find = staticmethod(get_report)
    section = SECTION
    permission = "incentives.view"
    above = (HOME, LIST)


class ReportWrite(ReportStep, HoldsFiles, FormPage):
    step = "write"
    title = gettext_lazy("주간 보고 쓰기")
    submit = gettext_lazy("팀장에게 확인 요청")
    success = gettext_lazy("보고했습니다. 팀장이 확인하면 끝납니다.")
    form_class = ReportForm
    template_name = "incentives/weekly_form.html"
    binds = True

    def get_draft_key(self) -> str:
        return f"incentives.report.{self.object.pk}"

    def get_form_kwargs(self) -> dict[str, Any]:
        indicators = list(measured([self.object.division_id]))
        known = known_of([one.pk for one in indicators], now())
        return {**super().get_form_kwargs(), "indicators": indicators, "known": known}

    def get_initial(self) -> dict[str, Any]:
        return {**weekly.begun_with(self.object), "as_of": today()}

    def get_context(self) -> dict[str, Any]:
        last = last_written(self.object)
        return {
            "lead": f"{self.object.week} · {date_weekday(self.object.week.due_on)}",
            "last": last,
            "changes": changes_table(changed_in(self.object)),
            "send": _("변동 없음"),
        }

    def act(self, form: ReportForm) -> str:
        if "send" in self.request.POST:
            return self.say_unchanged(form)
        with self.files(form) as files:
            weekly.write(
                self.object,
                form.texts(),
                form.new(),
                as_of=form.cleaned_data["as_of"],
                files=files,
                version=self.seen,
                actor=self.actor,
            )
        return self.get_success_url()

    def say_unchanged(self, form: ReportForm) -> str:
        """Only where nothing was typed: what was is never thrown away."""
        with self.files(form) as files:
            typed = form.new() or files or form.texts() != weekly.begun_with(self.object)
        if typed:
            raise Rejected(
                _("새로 적은 것이 있습니다. ‘팀장에게 확인 요청’을 누르거나 적은 것을 지워 주세요.")
            )
        weekly.unchanged(self.object, version=self.seen, actor=self.actor)
        return self.get_success_url()


class ReportUnchanged(ReportStep, ConfirmStep):
    step = "unchanged"
    success = gettext_lazy("변동 없음으로 보고했습니다. 팀장이 확인하면 끝납니다.")
    service = staticmethod(weekly.unchanged)

    def get_text(self) -> str:
        return _("바뀐 실적과 새로 생긴 문제가 없다고 보고할까요? 지난 보고의 내용이 그대로 이어집니다.")


class ReportTakeBack(ReportStep, ConfirmStep):
    step = "take_back"
    success = gettext_lazy("거두었습니다. 고친 뒤 다시 제출해 주세요.")
    service = staticmethod(weekly.take_back)


class ReportGiveBack(ReportStep, ReasonStep):
    step = "give_back"
    success = gettext_lazy("보완을 요청했습니다.")
    service = staticmethod(weekly.give_back)


class ReportConfirm(ReportStep, ConfirmStep):
    step = "confirm"
    success = gettext_lazy("주간 보고를 확인했습니다.")
    service = staticmethod(weekly.confirm)


class ReportUnconfirm(ReportStep, ConfirmStep):
    step = "unconfirm"
    success = gettext_lazy("확인을 취소했습니다.")
    service = staticmethod(weekly.unconfirm)


class ConfirmMany(FormPage):
    """All that waits for the leader, to be read and confirmed with one press."""

    permission = "incentives.view"
    section = SECTION
    form_class = ConfirmManyForm
    template_name = "incentives/weekly_confirm.html"
    title = gettext_lazy("여러 보고 한 번에 확인")
    submit = gettext_lazy("고른 보고 모두 확인")
    leads_on = True
    crumbs = (HOME, LIST, (title, None))

    def prepare(self) -> None:
        mine = waiting_for(self.actor).about(WeekReport).filter(ask="confirm").values("object_id")
        rows = with_all(WeekReport.objects.visible_to(self.actor)).filter(pk__in=mine)
        self.reports = list(rows.order_by("week__due_on", "division__project__number", "pk"))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"reports": self.reports}

    def get_cancel_url(self) -> str:
        return reverse("incentives:reports")

    def page(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        weeks: dict[Any, list[int]] = {}
        for one in self.reports:
            weeks.setdefault(one.week, []).append(one.division_id)
        rows = [
            {
                "report": line.report,
                "box": form[f"chosen-{line.report.pk}"],
                "seen": form[f"seen-{line.report.pk}"],
                "owners": owners_of(line.report.division.parts.all()),
                "changes": [(change.indicator.name, *told(change)) for change in line.changes],
                "texts": texts_of(line.report),
            }
            for week, divisions in weeks.items()
            for line in compiled(week, divisions).lines
        ]
        return super().page(form, status, rows=rows, **extra)

    def act(self, form: ConfirmManyForm) -> str:
        done, left = weekly.confirm_many(form.chosen(), actor=self.actor)
        if done:
            said = _("주간 보고를 확인했습니다: %(count)s") % {"count": counted(len(done), _("건"))}
            messages.success(self.request, said)
        for report, why in left:
            messages.warning(self.request, f"{report.division}: {why}")
        return reverse("incentives:reports_confirm") if left else reverse("incentives:reports")
