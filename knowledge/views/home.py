"""The first page of the board: search, what is new, what is asked (SCREENS)."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from basis.clock import deadline_badge
from core.components import Action, Badge, Figure
from core.now import today
from core.page import BaseView, Crumbs, Request
from knowledge.enums import BOARD
from knowledge.selectors.home import home
from knowledge.views.lists import HOME, SECTION


class HomePage(BaseView):
    permission = "knowledge.view"
    section = SECTION
    template_name = "knowledge/home.html"
    title = BOARD

    def get_crumbs(self) -> Crumbs:
        return [(HOME[0], None)]

    def get(self, request: Request) -> HttpResponse:
        found = home(request.user)
        board = reverse("knowledge:list")
        context = {
            "title": self.title,
            "actions": [Action(_("물어보기"), reverse("knowledge:ask"))],
            "primary": Action(_("지식 쓰기"), reverse("knowledge:new")),
            "figures": [
                Figure(area.label, str(count), _("건"), f"{board}?area={area.value}")
                for area, count in found.areas
            ],
            "home": found,
            "board": board,
            "mine_url": f"{board}?mine=1",
            "check_url": f"{board}?mine=1&validity=check",
        }
        if found.campaign:
            left = deadline_badge(found.campaign.ends_on, today(), False)
            context["left"] = Badge(left.text, left.tone)
        return self.render(context)
