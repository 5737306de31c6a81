"""Best contributors and who is put forward for the study trip: the president's page, lists for personnel (C5)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday
from clubs.enums import BEST_TONES, BestState
from clubs.filters_papers import BestFilter, TravellerFilter
from clubs.forms.papers import BestForm
from clubs.models import Best, Traveller
from clubs.policies import BEST_LEAVE
from clubs.selectors.members import nominees
from clubs.services import bests
from clubs.views.club import HOME, SECTION
from clubs.workflow_bests import BEST
from core.cells import Column, badge_cell, choice, day
from core.components import Badge
from core.lists import ListView
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from notifications.bar import bar_of

LIST = (gettext_lazy("최고 기여자"), reverse_lazy("clubs:bests"))
TRAVELLERS = gettext_lazy("해외연수 추천 명단")


def get_best(user: Any, pk: int) -> Best:
    """404 for what one may not know."""
    rows = Best.objects.visible_to(user).select_related(
        "club__panel", "club__bureau", "round", "seat__user__department", "award"
    )
    return get_object_or_404(rows.prefetch_related("club__teams"), pk=pk)


def _team(number: int) -> str:
    return _("%(number)d분임") % {"number": number} if number else "–"


def _name(name: str | None) -> str:
    return name or "–"


class BestList(ListView):
    """Whom presidents named, with what they wish: for personnel."""

    permission = "clubs.personnel"
    section = SECTION
    title = gettext_lazy("최고 기여자")
    unit = gettext_lazy("명")
    file_name = gettext_lazy("학습동아리_최고_기여자")
    filter_class = BestFilter
    default_order = ("-club__year", "club__name", "team", "place")
    crumbs = (HOME, LIST)
    empty_message = gettext_lazy(
        "조건에 맞는 최고 기여자가 없습니다. 심사 결과를 확정하면 동아리 회장이 추천합니다."
    )
    columns = (
        Column("person", gettext_lazy("최고 기여자"), ("seat__user__name",), _name, sort=("seat__user__name",),
               primary=True, width=16, excel=_name),
        Column("department", gettext_lazy("부서"), ("seat__user__department__name",), lambda name: name or "–",
               width=18),
        Column("club", gettext_lazy("동아리"), ("club__name",), sort=("club__name",), width=26),
        Column("team", gettext_lazy("분임"), ("team",), _team, sort=("team",), excel=_team, width=10),
        Column("grade", gettext_lazy("등급"), ("grade",), sort=("grade",), width=10),
        Column("wish", gettext_lazy("희망 부서"), ("wish",), lambda wish: wish or "–", sort=("wish",),
               excel=lambda wish: wish, width=20),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(BestState, BEST_TONES), sort=("state",),
               excel=choice(BestState), width=12),
        Column("named", gettext_lazy("추천일"), ("named_on",), day, sort=("named_on",), kind="date",
               excel=lambda value: value, hide_mobile=True),
        Column("due", gettext_lazy("추천 기한"), ("due_on",), day, sort=("due_on",), kind="date",
               excel=lambda value: value, hide_mobile=True),
        Column("reason", gettext_lazy("추천 사유"), ("reason",), screen=False, width=50),
        Column("year", gettext_lazy("연도"), ("club__year",), kind="int", excel=lambda year: year, screen=False),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Best]:
        return Best.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("clubs:best", args=[pk])


class TravellerList(ListView):
    """All members of clubs that came first: for who plans the study trip."""

    permission = "clubs.personnel"
    section = SECTION
    title = TRAVELLERS
    unit = gettext_lazy("명")
    file_name = gettext_lazy("해외연수_추천_명단")
    filter_class = TravellerFilter
    default_order = ("-listed_on", "club__name", "pk")
    crumbs = (HOME, (TRAVELLERS, None))
    empty_message = gettext_lazy(
        "조건에 맞는 직원이 없습니다. 결과를 확정하면 최우수 동아리의 회원이 오릅니다."
    )
    columns = (
        Column("label", gettext_lazy("소속·직위·성명"), ("label",), sort=("label",), primary=True, width=36),
        Column("club", gettext_lazy("동아리"), ("club__name",), sort=("club__name",), width=26),
        Column("round", gettext_lazy("심사"), ("round__title",), width=36, hide_mobile=True),
        Column("listed", gettext_lazy("추천일"), ("listed_on",), day, sort=("listed_on",), kind="date",
               excel=lambda value: value),
        Column("revoked", gettext_lazy("추천을 거둔 날"), ("revoked_on",), lambda on: day(on) or "–",
               sort=("revoked_on",), kind="date", excel=lambda value: value),
        Column("number", gettext_lazy("직원번호"), ("user__employee_number",), screen=False, width=12),
        Column("year", gettext_lazy("연도"), ("club__year",), kind="int", excel=lambda year: year, screen=False),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Traveller]:
        return Traveller.objects.visible_to(user)


class BestPage(BaseView):
    permission = "clubs.view"
    section = SECTION
    template_name = "clubs/best.html"

    def get_crumbs(self) -> Crumbs:
        club = self.best.club
        return [HOME, (club.name, club.get_absolute_url()), (LIST[0], None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.best = best = get_best(request.user, pk)
        return self.render(
            {
                **bar_of(request.user, best),
                "best": best,
                "title": _("%(club)s 최고 기여자") % {"club": best.club},
                "lead": " · ".join(part for part in (best.team_name, best.grade) if part),
                "badges": [Badge(best.get_state_display(), BEST_TONES[best.state])],
                "facts": self.facts(),
                "leave": BEST_LEAVE.on(best.begun_on),
                "award_url": self.award_url(),
                "events": [event_of(row) for row in latest_first(best)],
            }
        )

    def award_url(self) -> str:
        """Of the award, for who sees that of others, or got it."""
        award, user = self.best.award, self.request.user
        if award is None or not (award.user_id == user.pk or can(user, "awards.see_all")):
            return ""
        return str(award.get_absolute_url())

    def facts(self) -> list[tuple[Any, Any]]:
        one = self.best
        found = [
            (_("최고 기여자"), one.seat.user.full_label if one.seat else ""),
            (_("추천일"), date_weekday(one.named_on) if one.named_on else ""),
            (_("희망 부서"), one.wish),
            (_("추천 사유"), one.reason),
            (_("심사"), one.round.title),
            (_("추천 기한"), date_weekday(one.due_on)),
        ]
        return [(label, text) for label, text in found if text]


class BestStep(StepPage):
    workflow = BEST
    find = staticmethod(get_best)
    section = SECTION
    permission = "clubs.view"

    def get_crumbs(self) -> Crumbs:
        club = self.object.club
        name = self.object.team_name or LIST[0]
        return [
            HOME,
            (club.name, club.get_absolute_url()),
            (name, self.object.get_absolute_url()),
            (self.title, None),
        ]


class BestName(BestStep, FormPage):
    step = "name"
    binds = True
    form_class = BestForm
    success = gettext_lazy("추천했습니다. 특별휴가와 희망부서 전보 추천을 함께 기록했습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"seats": nominees(self.object)}

    def get_context(self) -> dict[str, Any]:
        said = {"day": date_weekday(self.object.begun_on), "leave": BEST_LEAVE.on(self.object.begun_on)}
        return {
            "lead": _(
                "결과가 확정된 %(day)s의 회원 가운데 한 명을 고릅니다. 특별휴가 %(leave)d일과 희망부서 추천을 받습니다."
            )
            % said
        }

    def act(self, form: BestForm) -> str:
        bests.name(self.object, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_success_url()


class BestNone(BestStep, ReasonStep):
    step = "none"
    success = gettext_lazy("추천하지 않기로 했습니다.")
    service = staticmethod(bests.none)


class BestAgain(BestStep, ConfirmStep):
    step = "again"
    success = gettext_lazy("다시 추천할 수 있습니다.")
    service = staticmethod(bests.again)
