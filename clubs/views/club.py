"""A club: what it studies, who is in it, its meetings, what planning changes of it (C1)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import counted, date_weekday, won
from clubs.documents import in_order
from clubs.enums import GONE, LIVED, WRITTEN, ClubState
from clubs.forms.applications import topics_for
from clubs.forms.clubs import ChangeForm, EndForm
from clubs.kinds import ClubPanel
from clubs.models import Club, Founder
from clubs.models.club import ClubQuerySet
from clubs.selectors import page
from clubs.selectors.months import MEANINGS, SYMBOLS, Mark
from clubs.selectors.tones import CLUB_TONES
from clubs.services import clubs
from clubs.services.whole import remarks
from clubs.views.cards import papers_of
from clubs.workflow import CLUB
from core import beside
from core.cells import Cell
from core.components import Action, Badge, Way
from core.models import OpenWork
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.steps import step_action
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import StepPage
from meetings.enums import Chair, SessionState
from meetings.models import Seat, Session
from meetings.selectors import SESSION_TONES
from mileage.enums import Scheme
from mileage.rules import amount_text
from notifications.bar import bar_of
from organization.views.tables import table

SECTION = "clubs"
HOME = (gettext_lazy("학습동아리"), reverse_lazy("clubs:home"))
WHOLE = ("after", "teams", "teams__topic")
RECENT = 6  # meetings shown of those that were


def get_club(user: Any, pk: int, rows: ClubQuerySet | None = None) -> Club:
    """404 for what one may not know. With all that permissions and buttons ask; `rows` with more."""
    rows = (
        (Club.objects.all() if rows is None else rows)
        .visible_to(user)
        .select_related("bureau", "panel", "before__panel", "applied_by__department")
    )
    rows = beside.asking(beside.gathering(rows, *WHOLE), "supports", work=OpenWork.objects.all())
    club: Club = get_object_or_404(rows, pk=pk)
    beside.gather(club, *WHOLE)
    lists: list[Any] = []
    if club.panel is not None:
        lists.append(Prefetch("panel__seats", Seat.objects.select_related("user__department")))
    if club.state in WRITTEN:
        lists.append(Prefetch("founders", Founder.objects.select_related("user__department")))
    prefetch_related_objects([club], *lists)
    return club


class ClubPage(BaseView):
    permission = "clubs.view"
    section = SECTION
    template_name = "clubs/club.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.club.name, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        user = request.user
        self.club = club = get_club(user, pk, page.whole(user))
        lives, log = club.state in LIVED, latest_first(club)
        self.runs = can(user, "clubs.run", club)
        self.sessions = page.sessions_of(club) if lives else []
        listed = f"{reverse('clubs:sessions')}?panel={club.panel_id}&show=all"
        return self.render(
            {
                **bar_of(user, club, log=log),
                "club": club,
                "title": club.name,
                "lead": f"{club.year} · {club.place}",
                "badges": [Badge(club.get_state_display(), CLUB_TONES[club.state])],
                "ways": self.ways(),
                "remarks": self.remarks(),
                "facts": self.facts(),
                "teams": self.teams(),
                "members": self.members() if lives else self.founders(),
                "gone": self.gone() if lives else None,
                "calendar": self.calendar(listed) if lives else [],
                "legend": [(SYMBOLS[one], Mark(one).label, text) for one, text in MEANINGS.items()],
                "coming": self.meetings(self.coming()),
                "past": self.meetings(self.past()),
                "sessions_url": listed,
                "meeting_actions": self.meeting_actions(),
                "compared": self.compared() if lives else None,
                **(papers_of(user, club) if lives else {}),
                "events": [event_of(row) for row in log],
            }
        )

    def ways(self) -> list[Way]:
        """The years it goes on from and into."""
        club, found = self.club, []
        if club.before is not None:
            found.append(
                Way(
                    _("지난해 동아리"),
                    f"{club.before.year} {club.before.name}",
                    club.before.get_absolute_url(),
                )
            )
        for one in club.after.all():
            if one.state not in GONE:
                found.append(Way(_("다음 해 동아리"), f"{one.year} {one.name}", one.get_absolute_url()))
        return found

    def remarks(self) -> list[str]:
        """For who writes it and who decides on it."""
        club = self.club
        if club.state not in WRITTEN:
            return []
        return remarks(club, [one.user for one in club.founders.all()])

    def facts(self) -> list[tuple[Any, Any]]:
        club = self.club
        found = [
            (_("구분"), str(club.get_kind_display())),
            (_("국·소"), club.bureau.name if club.bureau else ""),
            (_("연구 목적"), club.goal),
            (_("활동 계획"), club.plan),
            (_("신청한 직원"), club.applied_by.full_label if club.applied_by else ""),
            (_("신청일"), date_weekday(club.applied_on) if club.applied_on else ""),
            (_("승인일"), date_weekday(club.approved_on) if club.approved_on else ""),
            (_("한 해 지원 한도"), won(club.allotment) if club.state in LIVED else ""),
            (_("활동 마친 날"), date_weekday(club.ended_on) if club.ended_on else ""),
        ]
        return [(label, text) for label, text in found if text]

    def teams(self) -> list[tuple[str, str, str]]:
        """Each with its topic, and who leads it."""
        people: Sequence[Any] = self.now() if self.club.state in LIVED else list(self.club.founders.all())
        found = []
        for team in self.club.teams.all():
            lead = [
                one.user.full_label for one in people if one.team == team.number and one.chair == Chair.LEADER
            ]
            found.append((str(team), str(team.topic or _("연구 과제를 정하지 않았습니다.")), ", ".join(lead)))
        return found

    # -- people
    def now(self) -> list[Seat]:
        """Those of today, or of its last day; the president first, then team by team."""
        assert self.club.panel is not None
        day = self.club.ended_on or today()
        rows = [one for one in self.club.panel.seats.all() if one.sits_on(day)]
        return sorted(rows, key=in_order)

    def members(self) -> dict[str, Any] | None:
        """Ordered by team; who may change them gets the links."""
        may = self.runs and self.club.state == ClubState.ACTIVE
        rows = [
            [
                Cell(one.user.full_label, sub="" if one.user.is_active else _("중지된 계정")),
                self.chair(one.chair),
                self.team(one.team),
                date_weekday(one.starts_on),
                Cell(_("바꾸기"), url=reverse("clubs:member_change", args=[one.pk])) if may else "",
                Cell(_("탈퇴"), url=reverse("clubs:member_leave", args=[one.pk])) if may else "",
            ]
            for one in self.now()
        ]
        heads = [_("회원"), _("직책"), _("분임"), _("활동 시작일"), _("직책·분임"), _("처리")]
        return table(_("회원"), heads, rows) if rows else None

    def founders(self) -> dict[str, Any] | None:
        rows = [
            [one.user.full_label, self.chair(one.chair), self.team(one.team)]
            for one in self.club.founders.all()
        ]
        return table(_("회원"), [_("회원"), _("직책"), _("분임")], rows) if rows else None

    def gone(self) -> dict[str, Any] | None:
        """Who was in it before, or was something else in it."""
        assert self.club.panel is not None
        here = {one.pk for one in self.now()}
        rows = [
            [
                one.user.full_label,
                self.chair(one.chair),
                self.team(one.team),
                f"{date_weekday(one.starts_on)} ~ {date_weekday(one.ends_on) if one.ends_on else ''}",
                one.end_reason,
            ]
            for one in sorted(
                self.club.panel.seats.all(), key=lambda one: (one.starts_on, one.pk), reverse=True
            )
            if one.pk not in here
        ]
        heads = [_("회원"), _("직책"), _("분임"), _("기간"), _("사유")]
        return table(_("지난 회원과 활동 시작 전 회원"), heads, rows) if rows else None

    def chair(self, chair: str) -> str:
        return str(ClubPanel.chairs.get(Chair(chair), ""))

    def team(self, number: int | None) -> str:
        return next((str(one) for one in self.club.teams.all() if one.number == number), "")

    # -- meetings
    def coming(self) -> list[Session]:
        day = today()
        return [
            one for one in reversed(self.sessions) if one.state == SessionState.PLANNED and one.held_on >= day
        ]

    def past(self) -> list[Session]:
        coming = {one.pk for one in self.coming()}
        return [one for one in self.sessions if one.pk not in coming][:RECENT]

    def meetings(self, sessions: Sequence[Any]) -> dict[str, Any] | None:
        rows: list[list[Cell | str]] = [
            [
                Cell(
                    date_weekday(one.held_on),
                    url=one.get_absolute_url(),
                    sub=f"{one.begins_at:%H:%M} {one.place}",
                ),
                one.title,
                str(one.get_sort_display()),
                counted(one.there, _("명")) if one.asked else "",
                Cell(str(one.get_state_display()), tone=SESSION_TONES[one.state]),
            ]
            for one in sessions
        ]
        heads = [_("날짜"), _("모임"), _("구분"), _("참석"), _("상태")]
        return table(_("모임"), heads, rows, right=[3]) if rows else None

    def meeting_actions(self) -> list[Action]:
        """Where meetings are planned, one or those of the year."""
        panel = self.club.panel
        if panel is None or self.club.state != ClubState.ACTIVE or not self.runs:
            return []
        found = [
            replace(action, label=label, style="secondary")
            for step, label in (("plan", panel.kind_of.words["plan"]), ("plan_many", _("한 해 모임 잡기")))
            if (action := step_action(self.actor, panel, step))
        ]
        return found

    def calendar(self, listed: str) -> list[page.MonthCell]:
        return page.calendar_of(self.club, self.sessions, page.months_told(self.club), today(), listed)

    def compared(self) -> dict[str, Any] | None:
        """With the club of the year before."""
        club = self.club
        if club.before is None or club.before.panel is None:
            return None
        now, then = page.compared(club)
        heads = [_("항목"), f"{club.before.year}", f"{club.year}"]
        rows: list[list[Cell | str]] = [[str(label), text(then), text(now)] for label, text in COMPARED]
        return table(_("지난해와 비교"), heads, rows, right=[1, 2])


COMPARED = (
    (gettext_lazy("모임"), lambda did: counted(did.meetings, _("회"))),
    (gettext_lazy("참석률"), lambda did: f"{did.percent}%" if did.asked else "–"),
    (gettext_lazy("상시학습"), lambda did: amount_text(did.worth, Scheme.LEARNING)),
)


class ClubStep(StepPage):
    workflow = CLUB
    find = staticmethod(get_club)
    section = SECTION
    permission = "clubs.view"
    above = (HOME,)


class ClubChange(ClubStep, FormPage):
    step = "change"
    form_class = ChangeForm
    submit = gettext_lazy("저장하고 알리기")
    success = gettext_lazy("동아리 정보를 고치고 회원에게 알렸습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        club = self.object
        return {"club": club, "topics": topics_for(club.year, club=club)}

    def get_initial(self) -> dict[str, Any]:
        club = self.object
        teams = {f"team-{one.number}-name": one.name for one in club.teams.all()}
        topics = {f"team-{one.number}-topic": one.topic_id for one in club.teams.all()}
        return {**{name: getattr(club, name) for name in (*clubs.CHANGED, "version")}, **teams, **topics}

    def act(self, form: ChangeForm) -> str:
        clubs.change(
            self.object,
            form.values(),
            teams=form.teams(),
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            actor=self.actor,
        )
        return self.get_success_url()


class ClubEnd(ClubStep, FormPage):
    step = "end"
    form_class = EndForm
    binds = True
    lead = gettext_lazy("그날 모든 회원의 활동이 끝납니다. 모임과 보고서, 지원 내역은 그대로 남습니다.")
    success = gettext_lazy("동아리 활동을 마치고 회원에게 알렸습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"on": today()}

    def act(self, form: EndForm) -> str:
        clubs.end(self.object, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_success_url()
