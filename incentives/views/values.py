"""An indicator's page: what is known of it, since when, from whom; telling and correcting a value (I3a, I3b)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.html import render_chart
from basis.documents.model import Chart, Series
from basis.errors import Rejected
from basis.formats import date_weekday, datetime_ko
from core.attachments import link_of
from core.components import Action, Badge
from core.now import now, today
from core.page import BaseView, Crumbs, Request
from core.permissions import can, ensure
from core.views.held import HoldsFiles
from incentives import sheet
from incentives.enums import Shape
from incentives.forms.indicators import CorrectForm, ValueForm
from incentives.models import Indicator, Value
from incentives.reckoning.forecast import MONTHS
from incentives.selectors.doubts import doubt
from incentives.selectors.gains import gain_of
from incentives.selectors.history import Line, course_of, lines_of
from incentives.selectors.indicators import Leaf, known_of, leaves_of
from incentives.selectors.wording import (
    amount,
    arithmetic,
    assumptions,
    measured,
    percent,
    points,
    rounded,
    standing_words,
)
from incentives.services import indicators, values
from incentives.views.indicators import WORK, get_indicator
from incentives.views.lists import HOME, SECTION
from incentives.workflow import LIVING

HELP = "incentives.help"


class IndicatorPage(BaseView):
    permission = "incentives.view"
    section = SECTION
    template_name = "incentives/indicator.html"
    indicator: Indicator

    def get_crumbs(self) -> Crumbs:
        division = self.indicator.division
        table = (_("지표"), reverse("incentives:indicators", args=[division.pk]))
        return [HOME, (str(division), division.get_absolute_url()), table, (self.indicator.name, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.indicator = one = get_indicator(request.user, pk)
        context: dict[str, Any] = {"title": one.name, "lead": str(one.division), "indicator": one}
        if one.shape:
            leaf = leaves_of([one], now())[one.pk]
            word, sign, tone = standing_words(leaf)
            context |= {
                "badges": [Badge(f"{sign} {word}", tone)],
                "arithmetic": arithmetic(leaf),
                "outlook": outlook(leaf),
                "assumptions": assumptions(leaf),
                "next": next_words(leaf),
                "chart": chart(one),
                "lines": [self.line(line) for line in lines_of(one)],
            }
        return self.render({**context, "facts": self.facts(), "actions": self.actions()})

    def facts(self) -> list[tuple[Any, Any]]:
        one = self.indicator
        texts = sheet.texts_of(one)
        before = one.before
        found = [
            (_("위 지표"), str(one.parent) if one.parent else ""),
            (_("산식"), one.get_shape_display() if one.shape else _("묶음")),
            (_("배점"), points(one.weight) if one.shape else ""),
            (_("목표"), f"{points(one.target, 6)}{one.unit}" if one.target is not None else ""),
            (_("조건"), texts["terms"]),
            (_("하한~상한(%)"), texts["bounds"]),
            (_("실적 구분"), sheet.shown("grows", texts["grows"]) if one.shape else ""),
            (_("담당자"), one.person.full_label if one.person else ""),
            (_("대응 방안"), one.response),
            (_("지난해 지표"), f"{before.division.project.year} {before}" if before else ""),
            (_("뺀 날"), date_weekday(one.ended_on) if one.ended_on else ""),
        ]
        return [(label, text) for label, text in found if text]

    def actions(self) -> list[Action]:
        one = self.indicator
        found = []
        tells = can(self.actor, HELP, one.division) and one.division.state in LIVING
        if one.shape and tells and one.ended_on is None:
            found.append(Action(_("실적 적기"), reverse("incentives:value_new", args=[one.pk]), "primary"))
        if can(self.actor, WORK, one.division) and indicators.is_editable(one.division):
            name, label = ("restore", _("다시 넣기")) if one.ended_on else ("end", _("지표 빼기"))
            found.append(Action(label, reverse(f"incentives:indicator_{name}", args=[one.pk])))
        return found

    def line(self, line: Line) -> dict[str, Any]:
        one, value = self.indicator, line.value
        may = (
            line.corrected_by is None and can(self.actor, HELP, one.division) and one.division.state in LIVING
        )
        return {
            "as_of": date_weekday(value.as_of),
            "value": _yes(one, value),
            "old": line.corrected_by is not None,
            "said": _("정정됨: %(reason)s") % {"reason": line.corrected_by.note} if line.corrected_by else "",
            "corrects": _("%(value)s을(를) 정정") % {"value": _yes(one, value.corrects)}
            if value.corrects
            else "",
            "source": value.source,
            "note": value.note,
            "who": str(value.recorded_by) if value.recorded_by else _("시스템"),
            "when": datetime_ko(timezone.localtime(value.recorded_at)),
            "files": [link_of(file) for file in line.files],
            "correct": reverse("incentives:value_correct", args=[value.pk]) if may else "",
        }


def _yes(one: Indicator, value: Value) -> str:
    if one.shape == Shape.YES:
        return _("이행") if value.value > 0 else _("미이행")
    return f"{points(value.value, 6)}{one.unit}"


def outlook(leaf: Leaf) -> list[tuple[str, str, str]]:
    """낙관, 보통, 비관: the value of the year's end and what it scores."""
    if leaf.outlook is None:
        return []
    look, values_ = leaf.outlook, leaf.outlook.values
    return [
        (_("낙관"), amount(leaf, rounded(values_.bright, 2)), points(look.bright.score)),
        (_("보통"), amount(leaf, rounded(values_.plain, 2)), points(look.plain.score)),
        (_("비관"), amount(leaf, rounded(values_.gloomy, 2)), points(look.gloomy.score)),
    ]


def next_words(leaf: Leaf) -> str:
    gain = gain_of(leaf)
    if gain is None:
        return ""
    told = {"gain": points(gain.gain), "missing": percent(gain.missing)}
    if gain.goal is not None:
        text = _("%(goal)s까지 가면 예상보다 %(gain)s점을 더 얻습니다(모자란 달성률 %(missing)s).")
        return text % {**told, "goal": amount(leaf, gain.goal)}
    return _("다 이루면 예상보다 %(gain)s점을 더 얻습니다(모자란 달성률 %(missing)s).") % told


def chart(one: Indicator) -> Any:
    """What was known at the end of each month beside the path."""
    course = course_of(one)
    if not any(value is not None for value in course.known):
        return ""
    series = [Series(_("실적"), tuple(None if v is None else rounded(v, 2) for v in course.known))]
    if course.due:
        series.append(Series(_("목표 경로"), tuple(None if v is None else rounded(v, 2) for v in course.due)))
    months = tuple(str(sheet.PATHS[n].label) for n in range(MONTHS))
    return render_chart(
        Chart("line", months, tuple(series), unit=one.unit, caption=_("월별 실적과 목표 경로"))
    )


class _Telling(HoldsFiles):
    permission = "incentives.view"
    section = SECTION
    indicator: Indicator

    def prepare(self) -> None:
        self.load()
        ensure(self.actor, HELP, self.indicator.division)

    def load(self) -> None:
        raise LookupError(f"{type(self).__name__} loads nothing")

    def get_crumbs(self) -> Crumbs:
        if not hasattr(self, "indicator"):
            return [HOME, (self.title, None)]
        division = self.indicator.division
        own = (self.indicator.name, self.indicator.get_absolute_url())
        return [HOME, (str(division), division.get_absolute_url()), own, (self.title, None)]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "indicator": self.indicator}

    def get_cancel_url(self) -> str:
        return self.indicator.get_absolute_url()

    def doubt(self, form: ValueForm, before: Value | None) -> None:
        """Rejected where a value deserves a second look that nobody has given it."""
        question = doubt(self.indicator, before, form.cleaned_data["value"])
        if question and not form.cleaned_data["sure"]:
            form.ask(question)
            raise Rejected(question, field="value")


class ValueNew(_Telling):
    title = gettext_lazy("실적 적기")
    submit = gettext_lazy("실적 저장")
    success = gettext_lazy("실적을 저장했습니다.")
    form_class = ValueForm

    def load(self) -> None:
        self.indicator = get_indicator(self.actor, self.kwargs["pk"])
        self.last = known_of([self.indicator.pk], now()).get(self.indicator.pk)

    def get_draft_key(self) -> str:
        return f"incentives.value.{self.kwargs['pk']}"

    def get_initial(self) -> dict[str, Any]:
        return {"as_of": today(), "source": self.last.source if self.last else ""}

    def get_context(self) -> dict[str, Any]:
        leaf = leaves_of([self.indicator], now())[self.indicator.pk] if self.indicator.shape else None
        told = {"name": self.indicator.name, "last": measured(leaf) if leaf else ""}
        return {"lead": _("%(name)s · 지금까지: %(last)s") % told}

    def act(self, form: ValueForm) -> str:
        data = form.cleaned_data
        before = self.last if self.last and self.last.as_of <= data["as_of"] else None
        self.doubt(form, before)
        with self.files(form) as files:
            values.record(
                self.indicator,
                as_of=data["as_of"],
                value=data["value"],
                source=data["source"],
                note=data["note"],
                files=files,
                actor=self.actor,
            )
        return self.get_cancel_url()


class ValueCorrect(_Telling):
    title = gettext_lazy("실적 정정")
    submit = gettext_lazy("정정 저장")
    success = gettext_lazy("정정했습니다. 먼저 적은 실적도 기록에 남습니다.")
    form_class = CorrectForm
    old: Value

    def load(self) -> None:
        self.old = get_object_or_404(Value.objects.visible_to(self.actor), pk=self.kwargs["pk"])
        self.indicator = self.old.indicator = get_indicator(self.actor, self.old.indicator_id)

    def get_draft_key(self) -> str:
        return f"incentives.correct.{self.kwargs['pk']}"

    def get_initial(self) -> dict[str, Any]:
        return CorrectForm.given(self.old)

    def get_context(self) -> dict[str, Any]:
        told = {"day": date_weekday(self.old.as_of), "value": _yes(self.indicator, self.old)}
        return {"lead": _("%(day)s 기준 %(value)s을(를) 정정합니다. 두 값이 모두 남습니다.") % told}

    def act(self, form: CorrectForm) -> str:
        data = form.cleaned_data
        with self.files(form) as files:
            values.correct(
                self.old,
                value=data["value"],
                as_of=data["as_of"],
                source=data["source"],
                reason=data["reason"],
                files=files,
                actor=self.actor,
            )
        return self.get_cancel_url()
