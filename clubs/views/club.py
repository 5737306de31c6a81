"""A club: what it studies, who is in it (C1)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy

from clubs.models import Club
from core.page import BaseView, Crumbs, Request
from notifications.bar import bar_of

SECTION = "clubs"
HOME = (gettext_lazy("학습동아리"), reverse_lazy("clubs:home"))


def get_club(user: Any, pk: int) -> Club:
    """404 for what one may not know."""
    rows = Club.objects.visible_to(user).select_related("bureau", "panel").prefetch_related("founders")
    return get_object_or_404(rows, pk=pk)


class ClubPage(BaseView):
    permission = "clubs.view"
    section = SECTION
    template_name = "clubs/club.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.club.name, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.club = club = get_club(request.user, pk)
        return self.render(
            {"club": club, "title": club.name, "lead": club.place, **bar_of(request.user, club)}
        )
