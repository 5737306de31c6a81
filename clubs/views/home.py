"""My clubs (C1)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clubs.models import Club
from clubs.views.club import HOME, SECTION
from core.page import BaseView, Crumbs, Request


class Home(BaseView):
    permission = "clubs.view"
    section = SECTION
    template_name = "clubs/home.html"

    def get_crumbs(self) -> Crumbs:
        return [(HOME[0], None)]

    def get(self, request: Request) -> HttpResponse:
        clubs = Club.objects.visible_to(request.user).of_member(request.user).select_related("bureau")
        return self.render({"title": _("내 동아리"), "clubs": list(clubs)})
