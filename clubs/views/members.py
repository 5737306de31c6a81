"""Members join, leave, become something else; the roll (C1)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.response import document_response
from clubs.documents import roll
from clubs.enums import LIVED
from clubs.forms.clubs import JoinForm, LeaveForm, PlaceForm
from clubs.kinds import ClubPanel
from clubs.models import Club
from clubs.services import members
from clubs.services.whole import others_of
from clubs.views.club import HOME, SECTION, ClubStep, get_club
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.permissions import ensure
from core.views.forms import FormPage
from meetings.models import Seat


def get_member(user: Any, pk: int) -> Seat:
    """404 for what one may not know; with its club."""
    rows = Seat.objects.filter(panel__kind=ClubPanel.key).select_related(
        "panel__club__bureau", "user__department"
    )
    seat: Any = get_object_or_404(rows, pk=pk)
    seat.club = get_object_or_404(Club.objects.visible_to(user), panel=seat.panel_id)
    seat.club.panel = seat.panel
    return seat


class ClubJoin(ClubStep, FormPage):
    step = "join"
    form_class = JoinForm
    success = gettext_lazy("회원으로 등록하고 알렸습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"club": self.object}

    def get_initial(self) -> dict[str, Any]:
        return {"since": today()}

    def act(self, form: JoinForm) -> str:
        seat = members.join(self.object, actor=self.actor, **form.cleaned_data)
        if clubs := others_of(self.object, [seat.user_id]).get(seat.user_id):
            messages.warning(
                self.request,
                _("%(who)s: 같은 해의 다른 동아리에도 있습니다(%(clubs)s).")
                % {"who": seat.user.full_label, "clubs": ", ".join(clubs)},
            )
        return self.get_success_url()


class MemberPage(FormPage):
    """Of one member; it leads back to the club."""

    permission = "clubs.view"
    section = SECTION
    leads_on = True

    def prepare(self) -> None:
        self.seat: Any = get_member(self.request.user, self.kwargs["pk"])
        ensure(self.actor, members.RUN, self.seat)

    def get_subject(self) -> Seat:
        return self.seat

    def get_crumbs(self) -> Crumbs:
        club = self.seat.club
        name = f"{self.seat.user.full_label}: {self.title}"
        return [HOME, (club.name, club.get_absolute_url()), (name, None)]

    def get_cancel_url(self) -> str:
        return str(self.seat.club.get_absolute_url())

    def get_context(self) -> dict[str, Any]:
        return {"lead": f"{self.seat.club.name} · {self.seat.user.full_label}"}


class MemberLeave(MemberPage):
    form_class = LeaveForm
    title = gettext_lazy("탈퇴")
    submit = gettext_lazy("탈퇴 처리")
    danger = True
    success = gettext_lazy("탈퇴를 처리하고 알렸습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"on": today()}

    def act(self, form: LeaveForm) -> str:
        members.leave(self.seat, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_cancel_url()


class MemberChange(MemberPage):
    form_class = PlaceForm
    title = gettext_lazy("직책과 분임 바꾸기")
    submit = gettext_lazy("바꾸고 알리기")
    success = gettext_lazy("직책과 분임을 바꾸고 알렸습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"club": self.seat.club}

    def get_initial(self) -> dict[str, Any]:
        return {"on": today(), "chair": self.seat.chair, "team": str(self.seat.team or "")}

    def act(self, form: PlaceForm) -> str:
        members.change(self.seat, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_cancel_url()


class ClubRoll(BaseView):
    """명부: page for printing, HWPX (`?format=hwpx`) and Excel."""

    permission = "clubs.view"

    def get(self, request: Request, pk: int) -> HttpResponse:
        club = get_club(request.user, pk)
        if club.state not in LIVED:
            raise Http404
        self.looked = name = f"회원명부_{club.year}_{club.name}"
        return document_response(
            roll(club, club.ended_on or today()),
            request.GET.get("format", "html"),
            name,
            back=club.get_absolute_url(),
        )
