"""A panel: its page, made and changed, sessions planned from it, its end (O4)."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import counted, date_weekday
from core.cells import Cell
from core.components import Badge, Event
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.steps import offered
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import StepPage
from meetings.enums import RUNNING
from meetings.forms.panels import EndForm, PanelForm
from meetings.kinds import COMMITTEE
from meetings.models import Panel, Seat, Session
from meetings.selectors import PANEL_TONES, SEAT_TONES, SESSION_TONES, composition, seated
from meetings.services import panels
from meetings.views.lists import PANELS
from meetings.workflow import PANEL, SEATS
from notifications.bar import bar_of
from organization.views.tables import table

BY_THEMSELVES = ("appoint", "near", "expire")  # what the log says of terms anyhow
RECENT = 10  # sessions on the page of a panel


def get_panel(user: Any, pk: int) -> Panel:
    """404 for what one may not know."""
    return get_object_or_404(Panel.objects.visible_to(user), pk=pk)


def get_committee(user: Any, pk: int) -> Panel:
    """Groups are made, changed and ended where their kind says."""
    return get_object_or_404(Panel.objects.visible_to(user).committees(), pk=pk)


def ways_to(panel: Panel) -> list[tuple[Any, Any]]:
    """The first crumbs of what belongs to it."""
    kind = panel.kind_of
    if kind.key == COMMITTEE:
        return [PANELS, (panel.name, panel.get_absolute_url())]
    label, address = kind.home
    return [(label, reverse(address)), (panel.name, panel.get_absolute_url())]


class PanelPage(BaseView):
    permission = "meetings.view"
    section = "evaluations"
    template_name = "meetings/panel.html"

    def get_crumbs(self) -> Crumbs:
        return [PANELS, (self.panel.name, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        user = request.user
        self.panel = panel = get_panel(user, pk)
        if panel.kind != COMMITTEE:
            return HttpResponseRedirect(panel.get_absolute_url())
        seats = seated(panel, today())
        sessions = Session.objects.visible_to(user).filter(panel=panel).order_by("-held_on", "-pk")
        may_see = can(user, "meetings.compose", panel)
        return self.render(
            {
                "panel": panel,
                "title": panel.name,
                "badges": [Badge(panel.get_state_display(), PANEL_TONES[panel.state])],
                **bar_of(user, panel),
                "facts": self.facts(),
                "composition": composition(panel, today()) if may_see and panel.state in RUNNING else None,
                "now": self.members(seats),
                "others": self.members(self.others(seats)),
                "sessions": self.sessions(list(sessions[:RECENT])),
                "sessions_url": f"{reverse('meetings:sessions')}?panel={panel.pk}&show=all",
                "events": self.events() if may_see else [],
            }
        )

    def events(self) -> list[Event]:
        """Of terms, what people did with them; who was appointed stands in the tables above."""
        seats = {seat.pk: seat.label for seat in self.panel.seats.select_related("user__department")}
        kind = ContentType.objects.get_for_model(Seat)
        found = []
        for row in latest_first(self.panel, *self.panel.seats.all()):
            if row.content_type_id != kind.pk:
                found.append(event_of(row))
            elif row.name not in BY_THEMSELVES:
                found.append(event_of(row, seats[row.object_id]))
        return found

    def facts(self) -> list[tuple[Any, Any]]:
        panel = self.panel
        ended = [(_("해산일"), date_weekday(panel.ended_on))] if panel.ended_on else []
        return [
            (_("하는 일"), panel.purpose),
            (_("제안을 결정하는 위원회"), _("예") if panel.decides else _("아니오")),
            (_("정원"), counted(panel.size, _("명"))),
            (_("정기 회의"), panel.get_every_display() or _("필요할 때")),
            (_("구성일"), date_weekday(panel.begun_on)),
            *ended,
        ]

    def others(self, seats: Iterable[Seat]) -> list[Seat]:
        """Who sat before or will sit."""
        known = [seat.pk for seat in seats]
        rows = self.panel.seats.exclude(pk__in=known).select_related("user__department")
        return list(rows.order_by("-starts_on", "pk"))

    def members(self, seats: Iterable[Seat]) -> dict[str, Any] | None:
        rows = [self.member(seat) for seat in seats]
        heads = [_("직책"), _("위원"), _("위촉 구분"), _("임기"), _("상태"), _("처리")]
        return table(_("위원"), heads, rows) if rows else None

    def member(self, seat: Seat) -> list[Cell | str]:
        seat.panel = self.panel
        ends = date_weekday(seat.ends_on) if seat.ends_on else _("정하지 않음")
        may = next((button for button in offered(self.request.user, seat)), None)
        return [
            seat.chair_label,
            Cell(seat.label, sub="" if seat.user.is_active else _("중지된 계정")),
            str(seat.get_basis_display()),
            f"{date_weekday(seat.starts_on)} ~ {ends}",
            Cell(str(seat.get_state_display()), tone=SEAT_TONES[seat.state]),
            Cell(_("임기 관리"), url=reverse(SEATS.address_of("edit"), args=[seat.pk])) if may else "",
        ]

    def sessions(self, sessions: list[Session]) -> dict[str, Any] | None:
        rows = [
            (
                Cell(date_weekday(one.held_on), url=one.get_absolute_url()),
                one.title,
                one.place,
                Cell(str(one.get_state_display()), tone=SESSION_TONES[one.state]),
            )
            for one in sessions
        ]
        heads = [_("회의일"), _("회의 이름"), _("장소"), _("상태")]
        return table(_("회의"), heads, rows) if rows else None


class PanelNew(FormPage):
    permission = "meetings.plan"
    section = "evaluations"
    form_class = PanelForm
    title = gettext_lazy("위원회 만들기")
    submit = gettext_lazy("위원회 만들기")
    success = gettext_lazy("위원회를 만들었습니다. 이어서 위원을 위촉해 주세요.")
    crumbs = (PANELS, (title, None))

    def get_initial(self) -> dict[str, Any]:
        return {"begun_on": today()}

    def get_draft_key(self) -> str:
        return "meetings.panel.new"

    def get_cancel_url(self) -> str:
        return reverse("meetings:panels")

    def act(self, form: PanelForm) -> str:
        return panels.make(form.values(), actor=self.actor).get_absolute_url()


class PanelStep(StepPage):
    workflow = PANEL
    find = staticmethod(get_committee)
    section = "evaluations"
    permission = "meetings.view"
    above = (PANELS,)

    def get_name(self) -> str:
        return str(self.object.name)


class AnyPanelStep(PanelStep):
    """Of groups, too, in their own place."""

    find = staticmethod(get_panel)

    def prepare(self) -> None:
        super().prepare()
        self.request.section = self.object.kind_of.section

    def get_crumbs(self) -> Crumbs:
        return [*ways_to(self.object), (self.title, None)]


class PanelEdit(PanelStep, FormPage):
    step = "edit"
    form_class = PanelForm
    submit = gettext_lazy("저장")
    success = gettext_lazy("위원회 정보를 고쳤습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in (*panels.FIELDS, "version")}

    def act(self, form: PanelForm) -> str:
        version = form.cleaned_data["version"]
        return panels.edit(self.object, form.values(), actor=self.actor, version=version).get_absolute_url()


class PanelEnd(PanelStep, FormPage):
    step = "end"
    form_class = EndForm
    binds = True
    lead = gettext_lazy("해산하면 남은 위원의 임기도 그날 끝납니다. 회의와 회의록은 그대로 남습니다.")
    success = gettext_lazy("위원회를 해산했습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"on": today()}

    def act(self, form: EndForm) -> str:
        panels.end(self.object, **form.cleaned_data, actor=self.actor, version=self.seen)
        return self.get_success_url()
