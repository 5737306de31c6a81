"""Weeks: the list, one put together, frozen, compared with another (I4, I3b)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.html import render_blocks
from basis.documents.response import document_response
from basis.formats import date_weekday, datetime_ko, number
from core.cells import Cell, Column, badge_cell, choice, day
from core.components import Action, Badge, Figure
from core.lists import ListView
from core.numbers import whole
from core.page import BaseView, Crumbs, Request
from core.timeline import event_of
from core.transition import latest_first
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from incentives import documents_weekly as papers
from incentives.enums import WeeklyState, WeekState
from incentives.filters_weekly import WeekFilter
from incentives.forms.weekly import CompareForm
from incentives.models import Value, Week
from incentives.models.weekly import WeekQuerySet
from incentives.selectors.known import amount, told
from incentives.selectors.projects import owners_of
from incentives.selectors.tones import WEEK_TONES
from incentives.selectors.weekly import Compared, Compiled, compare, compiled
from incentives.selectors.wording import points
from incentives.services import weeks
from incentives.views.lists import HOME, SECTION
from incentives.workflow_weekly import WEEK
from notifications.bar import bar_of
from organization.views.tables import table

LIST = (gettext_lazy("주간 보고"), reverse_lazy("incentives:weeks"))


def get_week(user: Any, pk: int) -> Week:
    return get_object_or_404(Week.objects.visible_to(user), pk=pk)


def with_numbers(rows: WeekQuerySet) -> Any:
    confirmed = Q(reports__state=WeeklyState.CONFIRMED)
    return rows.annotate(
        owed=Count("reports"),
        told=Count("reports", confirmed & Q(reports__unchanged=False)),
        same=Count("reports", confirmed & Q(reports__unchanged=True)),
        lacking=Count("reports", ~confirmed),
    )


def _week(year: int, week: int) -> str:
    return str(Week(year=year, number=week))


def _moment(value: Any) -> str:
    return datetime_ko(value) if value else ""


class WeekList(ListView):
    permission = "incentives.view"
    section = SECTION
    title = gettext_lazy("주간 보고")
    unit = gettext_lazy("주")
    file_name = gettext_lazy("공동협력사업_주간_보고")
    filter_class = WeekFilter
    default_order = ("-due_on",)
    crumbs = (HOME, LIST)
    empty_message = gettext_lazy(
        "아직 주간 보고가 없습니다. 평가계획을 통보한 사업이 있으면 매주 월요일에 그 주의 보고가 생깁니다."
    )
    columns = (
        Column("week", gettext_lazy("주"), ("year", "number"), _week, sort=("due_on",), primary=True, excel=_week,
               width=16),
        Column("due", gettext_lazy("보고일"), ("due_on",), day, sort=("due_on",), kind="date",
               excel=lambda value: value),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(WeekState, WEEK_TONES), sort=("state",),
               excel=choice(WeekState)),
        *(
            Column(name, label, (name,), number, kind="int", align="right", excel=lambda value: value, width=10)
            for name, label in (
                ("owed", gettext_lazy("대상")),
                ("told", gettext_lazy("보고")),
                ("same", gettext_lazy("변동 없음")),
                ("lacking", gettext_lazy("빠짐")),
            )
        ),
        Column("frozen", gettext_lazy("마감 일시"), ("frozen_at",), _moment, sort=("frozen_at",), excel=_moment,
               width=20, hide_mobile=True),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return with_numbers(Week.objects.visible_to(user))

    def row_url(self, pk: Any) -> str:
        return reverse("incentives:week", args=[pk])

    def get_tools(self) -> list[Action]:
        return [Action(_("부문별 주간 보고"), reverse("incentives:reports"))]


class WeekPage(BaseView):
    permission = "incentives.view"
    section = SECTION
    template_name = "incentives/week.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (str(self.week), None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.week = week = get_week(request.user, pk)
        found = compiled(week)
        return self.render(
            {
                **bar_of(request.user, week),
                "week": week,
                "title": _("%(week)s 주간 보고") % {"week": week},
                "lead": f"{week.period.dates} · {papers.standing(week)}",
                "badges": [Badge(week.get_state_display(), WEEK_TONES[week.state])],
                "figures": figures(found),
                "tables": render_blocks(papers.blocks(found)),
                "closes_on": weeks.closes_on(week) if week.state == WeekState.OPEN else None,
                "events": [event_of(one) for one in latest_first(week)],
            }
        )


def figures(found: Compiled) -> list[Figure]:
    """Each leads to its reports."""
    week, lacking = found.week, len(found.lacking)
    rows = f"{reverse('incentives:reports')}?year={week.year}&number={week.number}"
    done, unit = f"{rows}&state={WeeklyState.CONFIRMED}", _("개")
    not_done = "".join(
        f"&state={state}" for state in (WeeklyState.DUE, WeeklyState.WRITTEN, WeeklyState.MISSED)
    )
    return [
        Figure(_("대상"), number(len(found.lines)), unit, rows),
        Figure(_("보고"), number(found.count(unchanged=False)), unit, done),
        Figure(_("변동 없음"), number(found.count(unchanged=True)), unit, f"{done}&unchanged=1"),
        Figure(
            papers.lacking(week), number(lacking), unit, rows + not_done, tone="danger" if lacking else ""
        ),
        Figure(_("바뀐 실적"), number(found.changed), _("건")),
    ]


class WeekPaper(BaseView):
    """For printing, as HWPX (`?format=hwpx`) and Excel."""

    permission = "incentives.view"

    def get(self, request: Request, pk: int) -> HttpResponse:
        week = get_week(request.user, pk)
        name = (_("공동협력사업 %(week)s 보고") % {"week": week}).replace(" ", "_")
        return document_response(
            papers.week_paper(week), request.GET.get("format", "html"), name, back=week.get_absolute_url()
        )


class WeekStep(StepPage):
    workflow = WEEK
    find = staticmethod(get_week)
    section = SECTION
    permission = "incentives.view"
    above = (HOME, LIST)


class WeekFreeze(WeekStep, ConfirmStep):
    step = "freeze"
    success = gettext_lazy("주간 보고를 마감했습니다.")
    service = staticmethod(weeks.freeze)

    def get_text(self) -> str:
        return _("지금 알려진 실적으로 이 주를 마감할까요? 그 뒤의 실적과 정정은 다음 주 보고에 나옵니다.")

    def foresee(self) -> Sequence[Any]:
        lacking = compiled(self.object).lacking
        if not lacking:
            return [_("빠진 보고가 없습니다.")]
        text = _("보고하지 않은 것으로 남습니다: %(division)s (%(departments)s, %(state)s)")
        return [
            text
            % {
                "division": one.report.division,
                "departments": owners_of(one.report.division.parts.all()),
                "state": one.report.get_state_display(),
            }
            for one in lacking
        ]


class WeekUnfreeze(WeekStep, ReasonStep):
    step = "unfreeze"
    lead = gettext_lazy(
        "잘못 마감했을 때 마감한 날에만 취소할 수 있습니다. 빠진 것으로 남은 보고를 다시 받습니다."
    )
    success = gettext_lazy("마감을 취소했습니다.")
    service = staticmethod(weeks.unfreeze)


class WeekCompare(BaseView):
    """What was known in a week, against another week or what is known now."""

    permission = "incentives.view"
    section = SECTION
    template_name = "incentives/week_compare.html"
    title = gettext_lazy("다른 주와 비교")

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (str(self.week), self.week.get_absolute_url()), (self.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.week = get_week(request.user, pk)
        first, last = (self.chosen(name) for name in ("first", "last"))
        first = first or self.week
        if last is not None and last.due_on < first.due_on:
            first, last = last, first
        found = compare(first, last)
        until = str(last) if last else _("지금")
        return self.render(
            {
                "title": self.title,
                "lead": _("%(first)s에 알려졌던 실적과 %(last)s 알려진 실적")
                % {"first": first, "last": until},
                "form": CompareForm(initial={"first": first.pk, "last": last.pk if last else None}),
                "changes": changes_table(found, str(first), until),
                "corrections": corrections_table(found.corrections),
                "terms": terms_table(found, str(first), until),
                "scores": scores_table(found, str(first), until),
                "cancel_url": self.week.get_absolute_url(),
            }
        )

    def chosen(self, name: str) -> Week | None:
        key = whole(self.request.GET.get(name, ""))
        return Week.objects.visible_to(self.actor).filter(pk=key).first() if key else None


def changes_table(found: Compared, was: str, now: str) -> dict[str, Any] | None:
    rows: list[list[Cell | str]] = []
    for division, change in found.changes:
        before, after = told(change)
        rows.append(
            [
                Cell(str(division), url=division.get_absolute_url()),
                change.indicator.name,
                before,
                after,
                _("정정") if change.corrects else _("새 실적"),
            ]
        )
    heads = [_("사업(부문)"), _("지표"), was, now, _("구분")]
    return table(_("달라진 실적"), heads, rows, right=[2, 3]) if rows else None


def terms_table(found: Compared, was: str, now: str) -> dict[str, Any] | None:
    rows: list[list[Cell | str]] = [
        [
            Cell(line.indicator.name, sub=str(division), url=line.indicator.get_absolute_url()),
            line.label,
            line.before,
            line.after,
            Cell(datetime_ko(line.at) if line.at else "", sub=line.by.full_label if line.by else None),
        ]
        for division, line in found.terms
    ]
    heads = [_("지표"), _("항목"), was, now, _("고친 때")]
    return table(_("바뀐 목표와 배점"), heads, rows, right=[2, 3]) if rows else None


def scores_table(found: Compared, was: str, now: str) -> dict[str, Any] | None:
    """Only where something moved."""
    rows: list[list[Cell | str]] = [
        [
            Cell(str(one.division), url=reverse("incentives:scores", args=[one.division.pk])),
            *(points(each.total.score) for each in (one, other)),
            *(points(each.expected.plain) for each in (one, other)),
        ]
        for one, other in found.scores
        if (one.total.score, one.expected.plain) != (other.total.score, other.expected.plain)
    ]
    heads = [_("사업(부문)")]
    for title in (_("점수"), _("연말 예상")):
        heads += [f"{title}({was})", f"{title}({now})"]
    return table(_("달라진 점수"), heads, rows, right=[1, 2, 3, 4]) if rows else None


def corrections_table(rows: Sequence[Value]) -> dict[str, Any] | None:
    made: list[list[Cell | str]] = []
    for one in rows:
        old = one.corrects
        assert old is not None
        who = one.recorded_by.full_label if one.recorded_by else ""
        made.append(
            [
                Cell(one.indicator.name, sub=str(one.indicator.division)),
                date_weekday(old.as_of),
                amount(one.indicator, old.value),
                Cell(
                    amount(one.indicator, one.value),
                    sub=date_weekday(one.as_of) if one.as_of != old.as_of else None,
                ),
                one.note,
                Cell(datetime_ko(one.recorded_at), sub=who),
            ]
        )
    heads = [_("지표"), _("기준일"), _("정정 전"), _("정정 뒤"), _("까닭"), _("정정한 때")]
    return table(_("그 뒤의 정정"), heads, made, right=[2, 3]) if made else None
