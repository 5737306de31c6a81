"""My clubs: the next meeting of each, what I owe, my hours (C1, C3)."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday
from clubs.kinds import ClubPanel
from clubs.models import Club
from clubs.selectors import mine
from clubs.selectors.tones import CLUB_TONES
from clubs.views.club import HOME, SECTION
from core.components import Action, Badge, Figure
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from meetings.enums import Chair, Reply
from mileage.enums import Scheme
from mileage.rules import amount_text

TONES = {Reply.YES: "success", Reply.NO: "neutral", Reply.OTHER: "info"}


@dataclass(frozen=True)
class Own:
    """One of my clubs: what I am in it, its next meeting and what I said to it."""

    club: Club
    role: str
    next: Any
    when: str
    answer: Badge | None


class Home(BaseView):
    permission = "clubs.view"
    section = SECTION
    template_name = "clubs/home.html"
    title = gettext_lazy("내 동아리")

    def get_crumbs(self) -> Crumbs:
        return [(HOME[0], None)]

    def get(self, request: Request) -> HttpResponse:
        user = request.user
        seats = mine.seats_of(user)
        asked = Club.objects.visible_to(user).filter(panel=None, applied_by=user).select_related("bureau")
        return self.render(
            {
                "title": self.title,
                "figures": self.figures() if can(user, "mileage.own") else [],
                "owed": mine.owed_by(user),
                "clubs": self.own(seats),
                "browse": (_("동아리 둘러보기"), reverse("clubs:list")),
                "asked": [
                    (club, Badge(club.get_state_display(), CLUB_TONES[club.state]))
                    for club in asked.order_by("-year", "name")[:10]
                ],
                "actions": [Action(_("동아리 신청하기"), reverse("clubs:new"), "secondary")],
            }
        )

    def own(self, seats: list[Any]) -> list[Own]:
        coming = mine.next_of(self.request.user, [seat.panel_id for seat in seats]) if seats else {}
        found = []
        for seat in seats:
            session = coming.get(seat.panel_id)
            team = seat.team_name or (_("%(number)d분임") % {"number": seat.team} if seat.team else "")
            role = " ".join(filter(None, [team, str(ClubPanel.chairs[Chair(seat.chair)])]))
            when = (
                f"{date_weekday(session.held_on)} {session.begins_at:%H:%M}, {session.place}"
                if session
                else ""
            )
            found.append(Own(seat.panel.club, role, session, when, self.answer(session)))
        return found

    def answer(self, session: Any) -> Badge | None:
        if session is None:
            return None
        if not session.reply:
            return Badge(_("답 전"), "warning")
        return Badge(Reply(session.reply).label, TONES.get(Reply(session.reply), "neutral"))

    def figures(self) -> list[Figure]:
        period, earned, most = mine.hours_of(self.request.user)
        address = reverse("mileage:statement_of", args=[Scheme.LEARNING])
        return [
            Figure(
                _("%(period)s 동아리 상시학습") % {"period": period.label},
                amount_text(earned, Scheme.LEARNING),
                "",
                f"{address}?period={period.key}",
                _("반기 한도 %(most)s") % {"most": amount_text(most, Scheme.LEARNING)},
            )
        ]
