"""Calls for everybody: all of them, one with what came for it (P4)."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from core.numbers import whole
from proposals.enums import CallState, Kind
from proposals.models import Call
from proposals.selectors import calls as selectors
from proposals.views.public import PAGE, PublicPage, public_badge_of


class Calls(PublicPage):
    title = _("공모")
    template_name = "proposals/public/calls.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        groups = [
            (label, [(call, selectors.badge_of(call)) for call in rows])
            for label, rows in selectors.all_calls()
        ]
        return self.show({"groups": groups})


class OneCall(PublicPage):
    template_name = "proposals/public/call.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        told = Call.objects.filter(state__in=(CallState.PUBLISHED, CallState.WITHDRAWN))
        call = get_object_or_404(told.for_kind(Kind.CITIZEN).select_related("department"), pk=pk)
        pages = Paginator(selectors.answers_to(call), PAGE)
        page = pages.get_page(whole(request.GET.get("page", "")) or 1)
        return self.show(
            {
                "call": call,
                "title": call.title,
                "badges": [selectors.badge_of(call)],
                "now": selectors.where_now(call),
                "facts": selectors.facts_of(call),
                "page": page,
                "items": [(one, public_badge_of(one)) for one in page],
            }
        )
