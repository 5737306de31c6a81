"""The indicators of a division as a table to write in, and what that does to the score (I3)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from core.components import Action
from core.numbers import whole
from core.page import Crumbs, Request
from core.permissions import can, ensure
from core.views.forms import ConfirmPage
from core.views.seen import SeenPage
from incentives import sheet
from incentives.models import Division, Indicator
from incentives.selectors.indicators import Standing, standing_of
from incentives.selectors.wording import points
from incentives.services import indicators
from incentives.services.indicators import Faulty, Trouble, Typed
from incentives.views.find import find_division
from incentives.views.indicator_table import Row, answer, draw, rows_of, typed_of
from incentives.views.lists import HOME, SECTION
from incentives.views.sums import sums_of

WORK = "incentives.work"
VIEWS: Mapping[str, Sequence[sheet.Column]] = {"": sheet.COLUMNS, "path": sheet.PATHS}


class IndicatorTable(SeenPage):
    """Rows are saved one by one as somebody leaves them, or all together; `check` says first what would change."""

    permission = "incentives.view"
    section = SECTION
    template_name = "incentives/indicators.html"
    division: Division

    def prepare(self) -> None:
        self.division = find_division(self.request.user, self.kwargs["pk"])
        self.look = self.request.GET.get("table", "")
        if self.look not in VIEWS:
            raise Http404(self.look)
        self.columns = VIEWS[self.look]
        self.editable = can(self.actor, WORK, self.division) and indicators.is_editable(self.division)

    def get_crumbs(self) -> Crumbs:
        own = (str(self.division), self.division.get_absolute_url()) if hasattr(self, "division") else None
        return [HOME, *([own] if own else []), (_("지표"), None)]

    @property
    def url(self) -> str:
        here = reverse("incentives:indicators", args=[self.division.pk])
        return f"{here}?table={self.look}" if self.look else here

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.prepare()
        return self.page()

    def page(
        self,
        typed: Mapping[str, Typed] | None = None,
        troubles: Mapping[str, Trouble] | None = None,
        foreseen: Sequence[str] = (),
        status: int = 200,
    ) -> HttpResponse:
        found = standing_of([self.division])[0]
        shown = list(found.rows)
        if self.columns is sheet.PATHS:
            shown = [one for one in shown if one.shape]
        rows = rows_of(shown, self.columns, typed, troubles)
        return self.render(
            {
                "title": _("지표"),
                "lead": str(self.division),
                "division": self.division,
                "columns": self.columns,
                "rows": draw(rows, self.columns, self.url, editable=self.editable),
                "any": bool(shown),
                "moves": [one for one in shown if self.editable],
                "editable": self.editable,
                "look": self.look,
                "tabs": self.tabs(),
                "actions": self.actions(),
                "sums": sums_of(found),
                "foreseen": foreseen,
                "problems": problems(rows),
                "most": indicators.MOST,
                **self.carried(),
            },
            status=status,
        )

    def tabs(self) -> list[tuple[Any, str, bool]]:
        here = reverse("incentives:indicators", args=[self.division.pk])
        return [
            (_("지표와 목표"), here, not self.look),
            (_("월별 목표"), f"{here}?table=path", bool(self.look)),
        ]

    def actions(self) -> list[Action]:
        pk = [self.division.pk]
        found = [
            Action(_("점수 보기"), reverse("incentives:scores", args=pk)),
            Action(_("엑셀 내려받기"), reverse("incentives:indicators_excel", args=pk)),
        ]
        if self.editable:
            found.insert(0, Action(_("엑셀에서 가져오기"), reverse("incentives:indicators_paste", args=pk)))
        return found

    def post(self, request: Request, pk: int) -> HttpResponse:
        self.prepare()
        typed = typed_of(request.POST, self.columns)
        if key := request.POST.get("row", ""):
            return self.one(key, typed)
        if move := request.POST.get("move", ""):
            return self.move(move, typed)
        if "check" in request.POST:
            return self.check(typed)
        try:
            answered = self.once(lambda: self.save(typed))
        except Faulty as error:
            messages.error(request, error.message)
            return self.page(typed, error.troubles, status=422)
        except Rejected as error:
            messages.error(request, error.message)
            return self.page(typed, status=422)
        return answered

    def save(self, typed: Mapping[str, Typed]) -> str:
        saved = indicators.save_rows(self.division, list(typed.values()), actor=self.actor)
        if saved:
            messages.success(self.request, _("%(count)d줄을 저장했습니다.") % {"count": len(saved)})
        else:
            messages.info(self.request, _("바뀐 내용이 없습니다."))
        return self.url

    def check(self, typed: Mapping[str, Typed]) -> HttpResponse:
        try:
            lines = foresee(self.division, typed, self.actor)
        except Faulty as error:
            return self.page(typed, error.troubles, status=422)
        except Rejected as error:
            messages.error(self.request, error.message)
            return self.page(typed, status=422)
        return self.page(typed, foreseen=lines or [_("바뀐 내용이 없습니다.")])

    def move(self, asked: str, typed: Mapping[str, Typed]) -> HttpResponse:
        """Up or down by one place; what was typed elsewhere is saved before."""
        way, _sep, pk = asked.partition(":")
        one = get_object_or_404(self.division.indicators.standing(), pk=whole(pk) or 0)
        one.division = self.division
        try:
            with transaction.atomic():
                indicators.save_rows(self.division, list(typed.values()), actor=self.actor)
                indicators.move(one, down=way == "down", actor=self.actor)
        except Faulty as error:
            return self.page(typed, error.troubles, status=422)
        except Rejected as error:
            messages.error(self.request, error.message)
            return self.page(typed, status=422)
        return HttpResponseRedirect(f"{self.url}#r{one.pk}")

    def one(self, key: str, typed: Mapping[str, Typed]) -> HttpResponse:
        """A row saved for itself: answers with what stands beside it, and with the sums."""
        before = standing_of([self.division])[0]
        mine, trouble = typed.get(key), Trouble()
        try:
            if mine is not None:
                indicators.save_rows(self.division, [mine], actor=self.actor)
        except Faulty as error:
            trouble = error.troubles.get(key) or next(iter(error.troubles.values()))
        except Rejected as error:
            trouble = Trouble(conflict=error.message)
        found = standing_of([self.division])[0]
        one = next((row for row in found.rows if f"r{row.pk}" == key), None)
        if one is None:
            raise Http404(key)
        good = trouble == Trouble()
        row = rows_of([one], self.columns, {} if good else typed, {key: trouble})[0]
        context = {"answer": answer(row, self.columns, saved=good), "sums": sums_of(found, before)}
        return self.render(context, template="incentives/indicator_saved.html", status=200 if good else 422)


def problems(rows: Sequence[Row]) -> list[tuple[str, str, str]]:
    """Where somebody has to look: the field's id, row and column, what is wrong."""
    return [
        (f"{row.key}-{key}", f"{row.name} · {sheet.ALL[key].label}", text)
        for row in rows
        for key, text in row.trouble.cells.items()
    ]


def foresee(division: Division, typed: Mapping[str, Typed], actor: Any) -> list[str]:
    """What would change, cell by cell, and what that does to the expected score; nothing is kept.

    Raises: as indicators.save_rows."""
    before = standing_of([division])[0]
    texts = {f"r{one.pk}": sheet.texts_of(one) for one in before.rows}
    with transaction.atomic():
        saved = indicators.save_rows(division, list(typed.values()), actor=actor)
        after = standing_of([division])[0]
        transaction.set_rollback(True)
    lines = []
    for one in saved:
        old, new = texts.get(f"r{one.pk}", {}), sheet.texts_of(one)
        for key, column in sheet.ALL.items():
            if old.get(key, "") != new[key]:
                change = sheet.Change(
                    one.name,
                    column,
                    sheet.shown(key, old.get(key, "")) if old else "",
                    sheet.shown(key, new[key]),
                )
                lines.append(str(change))
    return [*lines, *(text for text in effect(before, after) if lines)]


def effect(before: Standing, after: Standing) -> list[str]:
    """What a change does to weights and score."""
    told = {
        "old": points(before.expected.plain),
        "new": points(after.expected.plain),
        "old_sum": points(before.total.weight),
        "sum": points(after.total.weight),
        "full": points(after.full_marks),
    }
    return [
        _("연말 예상 점수: %(old)s점 → %(new)s점") % told,
        _("배점의 합: %(old_sum)s → %(sum)s (만점 %(full)s)") % told,
    ]


def get_indicator(user: Any, pk: int) -> Indicator:
    """404 for what one may not know."""
    rows = Indicator.objects.visible_to(user).select_related(
        "person__department", "parent", "before__division__project"
    )
    one = get_object_or_404(rows, pk=pk)
    one.division = find_division(user, one.division_id)
    return one


class _IndicatorConfirm(ConfirmPage):
    permission = "incentives.view"
    section = SECTION
    indicator: Indicator

    def prepare(self) -> None:
        self.indicator = get_indicator(self.actor, self.kwargs["pk"])
        ensure(self.actor, WORK, self.indicator.division)

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.title, None)]

    def get_cancel_url(self) -> str:
        return self.indicator.get_absolute_url()


class IndicatorEnd(_IndicatorConfirm):
    title = gettext_lazy("지표 빼기")
    danger = True
    success = gettext_lazy("지표를 뺐습니다. 지난 실적은 남아 있습니다.")

    def get_text(self) -> str:
        text = _("‘%(name)s’ 지표를 올해 평가에서 뺍니다. 지난 실적은 남고, 다시 넣을 수 있습니다.")
        return text % {"name": self.indicator}

    def act(self) -> str:
        indicators.end(self.indicator, actor=self.actor)
        return reverse("incentives:indicators", args=[self.indicator.division_id])


class IndicatorRestore(_IndicatorConfirm):
    title = gettext_lazy("지표 다시 넣기")
    success = gettext_lazy("지표를 다시 넣었습니다. 표의 끝에 있습니다.")

    def get_text(self) -> str:
        return _("‘%(name)s’ 지표를 다시 평가에 넣을까요?") % {"name": self.indicator}

    def act(self) -> str:
        indicators.restore(self.indicator, actor=self.actor)
        return reverse("incentives:indicators", args=[self.indicator.division_id])
