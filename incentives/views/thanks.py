"""Leave and commendations of a year: everybody with what they get and why not, lists for personnel (I8)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.response import document_response
from basis.formats import counted, date_weekday
from core.cells import Cell, Column, choice
from core.components import Badge, Figure
from core.lists import ListView
from core.page import BaseView, Crumbs, Request
from core.permissions import ensure
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import StepPage
from incentives.documents_results import commendation_paper, merit_paper
from incentives.enums import Behind, YearState
from incentives.filters_results import RewardFilter
from incentives.forms.results import ConfirmForm, PeopleForm
from incentives.models import Reward, Thanks
from incentives.selectors.thanks import Line, lines_of, people_of
from incentives.selectors.tones import YEAR_TONES
from incentives.services import rewards
from incentives.views.lists import HOME, SECTION
from incentives.views.result_forms import OfResult
from incentives.workflow_thanks import THANKS
from notifications.bar import bar_of
from organization.views.tables import table

PERSONNEL = gettext_lazy("유공 직원 명단")
NONE = "–"


def get_thanks(user: Any, pk: int) -> Thanks:
    """By its year: what people know it by."""
    return get_object_or_404(Thanks, pk=pk)


def shown(thanks: Thanks) -> list[Line]:
    """As confirmed; before that as it would be now."""
    if thanks.state != YearState.CONFIRMED:
        return lines_of(thanks.year)
    return [
        Line(one, one.days, one.commended, one.why, one.why_not_commended, one.instead_of)
        for one in people_of(thanks.year)
    ]


class ThanksPage(BaseView):
    permission = "incentives.personnel"
    section = SECTION
    template_name = "incentives/thanks.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.get_title(), None)]

    def get_title(self) -> str:
        return _("%(year)d년 유공 직원 격려") % {"year": self.kwargs["pk"]}

    def get(self, request: Request, pk: int) -> HttpResponse:
        thanks = get_thanks(request.user, pk)
        lines = shown(thanks)
        return self.render(
            {
                **bar_of(request.user, thanks),
                "thanks": thanks,
                "title": self.get_title(),
                "badges": [Badge(thanks.get_state_display(), YEAR_TONES[thanks.state])],
                "figures": figures(lines),
                "facts": self.facts(thanks),
                "lines": people_table(lines),
                "events": [event_of(row) for row in latest_first(thanks)],
            }
        )

    def facts(self, thanks: Thanks) -> list[tuple[Any, Any]]:
        found = [
            (_("확정 기한"), date_weekday(thanks.due_on)),
            (_("확정일"), date_weekday(thanks.confirmed_on) if thanks.confirmed_on else ""),
            (_("결정 문서번호"), thanks.document),
        ]
        return [(label, text) for label, text in found if text]


def figures(lines: list[Line]) -> list[Figure]:
    people = len({one.reward.user_id for one in lines})
    return [
        Figure(_("유공 직원"), str(people), _("명")),
        Figure(_("특별휴가"), str(sum(one.days for one in lines)), _("일")),
        Figure(_("표창 추천"), str(sum(one.commended for one in lines)), _("명")),
    ]


def people_table(lines: list[Line]) -> dict[str, Any] | None:
    rows: list[list[Cell | str]] = [
        [
            one.reward.label,
            Cell(one.reward.result.title, url=one.reward.result.get_absolute_url()),
            one.reward.result.grade,
            str(Behind(one.reward.part).label),
            _days(one),
            _put_forward(one),
        ]
        for one in lines
    ]
    heads = [_("직원"), _("평가 이름"), _("평가 결과"), _("구분"), _("특별휴가"), _("표창 추천")]
    return table(_("유공 직원"), heads, rows) if rows else None


def _days(one: Line) -> Cell:
    if one.days:
        return Cell(counted(one.days, _("일")), tone="success")
    return Cell(NONE, sub=one.why or None)


def _put_forward(one: Line) -> Cell:
    if one.commended:
        instead = _("%(person)s 대신") % {"person": one.instead_of} if one.instead_of else None
        return Cell(_("추천"), tone="success", sub=instead)
    return Cell(NONE, sub=one.why_not_commended or None)


class _ThanksPaper(BaseView):
    permission = "incentives.personnel"
    name: Any = ""

    def document(self, thanks: Thanks) -> Any:
        raise LookupError(f"{type(self).__name__} has no paper")

    def get(self, request: Request, pk: int) -> HttpResponse:
        thanks = get_thanks(request.user, pk)
        self.looked = str(self.name)
        name = f"{pk}_{self.name}".replace(" ", "_")
        fmt = request.GET.get("format", "html")
        return document_response(self.document(thanks), fmt, name, back=thanks.get_absolute_url())


class MeritPaper(_ThanksPaper):
    """근무평정 반영 명단, A4."""

    name = gettext_lazy("근무평정 반영 명단")

    def document(self, thanks: Thanks) -> Any:
        return merit_paper(thanks, shown(thanks))


class CommendationPaper(_ThanksPaper):
    name = gettext_lazy("표창 추천 명단")

    def document(self, thanks: Thanks) -> Any:
        return commendation_paper(thanks, shown(thanks))


class ThanksStep(StepPage):
    workflow = THANKS
    section = SECTION
    permission = "incentives.personnel"
    above = (HOME,)
    find = staticmethod(get_thanks)

    def get_name(self) -> str:
        return _("%(year)d년 유공 직원 격려") % {"year": self.object.year}


class ThanksConfirm(ThanksStep, FormPage):
    step = "confirm"
    form_class = ConfirmForm
    binds = True
    lead = gettext_lazy(
        "모든 결과를 모아 한 번 확정합니다. 특별휴가를 부여하고 표창을 추천하며 본인과 총무과에 알립니다."
    )
    success = gettext_lazy("표창과 특별휴가를 확정했습니다.")

    def act(self, form: ConfirmForm) -> str:
        rewards.confirm(self.object, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_success_url()


class ResultPeople(OfResult):
    """Who stands behind a result."""

    permission = "incentives.view"
    form_class = PeopleForm
    title = gettext_lazy("유공 직원 적기")
    submit = gettext_lazy("유공 직원 저장")
    lead = gettext_lazy(
        "총괄 팀장과 담당자, 협조부서 담당자, 그 밖의 기여자를 기여한 순서로 적습니다. 평가기관에서 표창을 받았거나 "
        "받을 직원은 표시해 주세요. 다음 기여자를 표창에 추천합니다."
    )
    success = gettext_lazy("유공 직원을 저장했습니다.")

    def prepare(self) -> None:
        super().prepare()
        self.result.payout.result = self.result
        ensure(self.actor, rewards.WORK, self.result.payout)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"people": self.result.rewards.count()}

    def get_initial(self) -> dict[str, Any]:
        return PeopleForm.given(self.result)

    def act(self, form: PeopleForm) -> str:
        rewards.set_people(self.result, form.people(), actor=self.actor)
        return self.get_cancel_url()


class RewardList(ListView):
    """Whom leave was granted and who is put forward, of confirmed years: for general affairs."""

    permission = "incentives.personnel"
    section = SECTION
    title = PERSONNEL
    unit = gettext_lazy("명")
    file_name = gettext_lazy("공동협력사업_유공_직원_명단")
    filter_class = RewardFilter
    default_order = ("-result__division__project__year", "label", "pk")
    crumbs = (HOME, (PERSONNEL, None))
    empty_message = gettext_lazy("조건에 맞는 직원이 없습니다. 표창과 특별휴가를 확정하면 여기에 모입니다.")
    columns = (
        Column("person", gettext_lazy("직원"), ("label",), sort=("label",), primary=True, width=30),
        Column("year", gettext_lazy("연도"), ("result__division__project__year",),
               sort=("result__division__project__year",), kind="int", align="right", excel=lambda value: value,
               width=8),
        Column("result", gettext_lazy("평가 이름"), ("result__title",), sort=("result__title",), width=40),
        Column("grade", gettext_lazy("평가 결과"), ("result__grade",), sort=("result__grade",), width=16,
               hide_mobile=True),
        Column("part", gettext_lazy("구분"), ("part",), choice(Behind), sort=("part",), excel=choice(Behind), width=18),
        Column("days", gettext_lazy("특별휴가(일)"), ("days",), lambda value: str(value) if value else NONE,
               sort=("days",), kind="int", align="right", excel=lambda value: value, width=12),
        Column("commended", gettext_lazy("표창 추천"), ("commended",), lambda value: _("추천") if value else NONE,
               sort=("commended",), excel=lambda value: _("추천") if value else "", width=12),
        Column("until", gettext_lazy("휴가 사용 기한"), ("award__leave_until",),
               lambda value: date_weekday(value) if value else NONE, kind="date", excel=lambda value: value,
               hide_mobile=True),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Reward]:
        return Reward.objects.exclude(award=None)

    def row_url(self, pk: Any) -> str:
        return reverse("incentives:reward", args=[pk])


class RewardPage(BaseView):
    """Of a line of the list: the page of its result."""

    permission = "incentives.personnel"
    section = SECTION

    def get(self, request: Request, pk: int) -> HttpResponse:
        one = get_object_or_404(Reward.objects.select_related("result"), pk=pk)
        return HttpResponseRedirect(one.result.get_absolute_url())
