"""Registration days: which there are, how long one lasts still, what each department brought (K4)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.clock import deadline_badge
from core.cells import Column, badge_cell, choice, day
from core.components import Badge, Figure
from core.lists import ListView
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import ReasonStep, StepPage
from knowledge.enums import CampaignState
from knowledge.filters_talk import CampaignFilter
from knowledge.forms.talk import CampaignForm
from knowledge.models import Campaign
from knowledge.selectors.campaigns import brought
from knowledge.services import campaigns
from knowledge.views.lists import HOME, SECTION
from knowledge.workflow_campaign import CAMPAIGN
from notifications.bar import bar_of

TONES = {
    CampaignState.PLANNED: "neutral",
    CampaignState.OPEN: "info",
    CampaignState.CLOSED: "success",
    CampaignState.WITHDRAWN: "neutral",
}
LIST = (gettext_lazy("지식등록의 날"), reverse_lazy("knowledge:campaigns"))


def get_campaign(user: Any, pk: int) -> Campaign:
    """404 for what one may not know."""
    return get_object_or_404(Campaign.objects.visible_to(user), pk=pk)


class CampaignList(ListView):
    permission = "knowledge.view"
    section = SECTION
    title = gettext_lazy("지식등록의 날")
    file_name = gettext_lazy("지식등록의_날")
    filter_class = CampaignFilter
    default_order = ("-begins_on", "-pk")
    crumbs = (HOME, (gettext_lazy("지식등록의 날"), None))
    empty_message = gettext_lazy("지식등록의 날이 아직 없습니다. 방침의 달이 되면 저절로 만들어집니다.")
    columns = (
        Column("title", gettext_lazy("이름"), ("title",), sort=("title",), primary=True, width=40),
        Column("begins", gettext_lazy("시작일"), ("begins_on",), day, sort=("begins_on",), kind="date",
               excel=lambda value: value),
        Column("ends", gettext_lazy("마감일"), ("ends_on",), day, sort=("ends_on",), kind="date",
               excel=lambda value: value),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(CampaignState, TONES), sort=("state",),
               excel=choice(CampaignState)),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return Campaign.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("knowledge:campaign", args=[pk])


class CampaignPage(BaseView):
    permission = "knowledge.view"
    section = SECTION
    template_name = "knowledge/campaign.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.campaign.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.campaign = campaign = get_campaign(request.user, pk)
        rows = brought(campaign)
        own = next((one for one in rows if one.department.pk == request.user.department_id), None)
        return self.render(
            {
                **bar_of(request.user, campaign),
                "campaign": campaign,
                "title": campaign.title,
                "lead": campaign.days,
                "badges": self.badges(),
                "figures": [
                    Figure(_("올린 지식"), str(sum(one.asked for one in rows)), _("건"), self.listed()),
                    Figure(_("승인된 지식"), str(sum(one.standing for one in rows)), _("건"), self.listed()),
                    Figure(_("올린 부서"), str(sum(1 for one in rows if one.asked)), _("곳")),
                ],
                "own": own,
                "rows": [(one, self.listed(one.department.pk)) for one in rows],
                "events": [event_of(row) for row in latest_first(campaign)],
            }
        )

    def badges(self) -> list[Badge]:
        campaign = self.campaign
        found = [Badge(campaign.get_state_display(), TONES[CampaignState(campaign.state)])]
        if campaign.state == CampaignState.OPEN:
            left = deadline_badge(campaign.ends_on, today(), False)
            found.append(Badge(left.text, left.tone))
        return found

    def listed(self, department: int | None = None) -> str:
        place = f"&department={department}" if department else ""
        return f"{reverse('knowledge:list')}?campaign={self.campaign.pk}{place}"


class CampaignStep(StepPage):
    workflow = CAMPAIGN
    find = staticmethod(get_campaign)
    section = SECTION
    permission = "knowledge.view"
    above = (HOME, LIST)


class CampaignEdit(CampaignStep, FormPage):
    step = "edit"
    form_class = CampaignForm
    submit = gettext_lazy("저장")
    success = gettext_lazy("저장했습니다.")

    def get_initial(self) -> dict[str, Any]:
        names = ("title", "text", "begins_on", "ends_on", "version")
        return {name: getattr(self.object, name) for name in names}

    def act(self, form: CampaignForm) -> str:
        campaigns.edit(self.object, form.values(), version=form.cleaned_data["version"], actor=self.actor)
        return self.get_success_url()


class CampaignWithdraw(CampaignStep, ReasonStep):
    step = "withdraw"
    success = gettext_lazy("열지 않기로 했습니다.")
    service = staticmethod(campaigns.withdraw)
