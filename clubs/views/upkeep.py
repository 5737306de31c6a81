"""A member's place that is to be looked at (C1)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday
from clubs.enums import Cause
from clubs.forms.clubs import UpkeepKeepForm, UpkeepLeaveForm
from clubs.models import Upkeep
from clubs.selectors.tones import UPKEEP_TONES
from clubs.services import upkeep
from clubs.views.club import HOME, SECTION
from clubs.views.lists import UPKEEPS
from clubs.workflow import UPKEEP
from core.components import Badge, Way
from core.page import BaseView, Crumbs, Request
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import StepPage
from notifications.bar import bar_of
from organization.bureaus import head_of

WORDS = {
    Cause.MOVED: gettext_lazy(
        "다른 국·소로 전보되었습니다. 탈퇴로 정비하거나, 계속 함께하면 그 까닭을 남겨 주세요."
    ),
    Cause.GONE: gettext_lazy("퇴직했거나 계정이 중지되었습니다. 탈퇴로 정비해 주세요."),
    Cause.PROMOTED: gettext_lazy("직위가 바뀌었습니다. 계속 함께할지 정해 주세요."),
    Cause.HEAD: gettext_lazy(
        "국·소장이 바뀌었습니다. 탈퇴로 정비하면 새 국·소장이 다음 날부터 회장을 맡습니다."
    ),
}


def get_upkeep(user: Any, pk: int) -> Upkeep:
    """404 for what one may not know."""
    rows = Upkeep.objects.visible_to(user).select_related(
        "club__bureau", "club__panel", "seat__user__department"
    )
    return get_object_or_404(rows.prefetch_related("club__panel__seats"), pk=pk)


class UpkeepPage(BaseView):
    permission = "clubs.view"
    section = SECTION
    template_name = "clubs/upkeep.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, UPKEEPS, (self.upkeep.seat.user.full_label, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.upkeep = one = get_upkeep(request.user, pk)
        return self.render(
            {
                **bar_of(request.user, one),
                "title": one.seat.user.full_label,
                "lead": f"{one.club.name} · {one.get_cause_display()}",
                "badges": [Badge(one.get_state_display(), UPKEEP_TONES[one.state])],
                "ways": [Way(_("동아리"), f"{one.club.year} {one.club.name}", one.club.get_absolute_url())],
                "words": WORDS[Cause(one.cause)],
                "facts": self.facts(),
                "events": [event_of(row) for row in latest_first(one)],
            }
        )

    def facts(self) -> list[tuple[Any, Any]]:
        one, seat = self.upkeep, self.upkeep.seat
        assert one.club.panel is not None
        seat.panel = one.club.panel
        head = head_of(one.club.bureau) if one.cause == Cause.HEAD else None
        found = [
            (_("지금 소속"), seat.user.label),
            (_("동아리 직책"), seat.chair_label),
            (_("활동 시작일"), date_weekday(seat.starts_on)),
            (_("마지막 날"), date_weekday(seat.ends_on) if seat.ends_on else ""),
            (_("바뀐 날"), date_weekday(one.since)),
            (_("새 국·소장"), head.full_label if head else ""),
            (_("비고"), one.note),
        ]
        return [(label, text) for label, text in found if text]


class UpkeepStep(StepPage):
    workflow = UPKEEP
    find = staticmethod(get_upkeep)
    section = SECTION
    permission = "clubs.view"
    above = (HOME, UPKEEPS)
    binds = True

    def get_name(self) -> str:
        return str(self.object.seat.user.full_label)


class UpkeepLeave(UpkeepStep, FormPage):
    step = "leave"
    form_class = UpkeepLeaveForm
    success = gettext_lazy("회원 명단을 정비했습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"on": upkeep.last_day(self.object)}

    def act(self, form: UpkeepLeaveForm) -> str:
        upkeep.leave(self.object, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_success_url()


class UpkeepKeep(UpkeepStep, FormPage):
    step = "keep"
    form_class = UpkeepKeepForm
    success = gettext_lazy("계속 참여하는 것으로 정비했습니다.")

    def act(self, form: UpkeepKeepForm) -> str:
        upkeep.keep(self.object, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_success_url()
