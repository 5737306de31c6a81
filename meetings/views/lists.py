"""Lists: panels, terms, sessions."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Count, Q, QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.cells import Cell, Column, badge_cell, choice, day
from core.components import Action
from core.listed import BulkAction
from core.lists import ListView
from core.now import today
from core.permissions import can
from meetings.enums import (
    LASTING,
    OPEN_SESSIONS,
    VOTING,
    Basis,
    Chair,
    Every,
    PanelState,
    SeatState,
    SessionState,
    Sort,
)
from meetings.filters import PanelFilter, SeatFilter, SessionFilter
from meetings.models import Panel, Seat, Session
from meetings.selectors import PANEL_TONES, SEAT_TONES, SESSION_TONES
from organization.enums import person_text

PANELS = (gettext_lazy("위원회·평가단"), reverse_lazy("meetings:panels"))
SESSIONS = (gettext_lazy("회의"), reverse_lazy("meetings:sessions"))


def _as_it_is(value: Any) -> Any:
    return value


def _filled(sitting: int, size: int) -> str:
    return f"{sitting} / {size}"


class PanelList(ListView):
    permission = "meetings.view"
    section = "evaluations"
    title = gettext_lazy("위원회·평가단")
    unit = gettext_lazy("개")
    file_name = gettext_lazy("위원회")
    filter_class = PanelFilter
    default_order = ("name",)
    crumbs = ((PANELS[0], None),)
    empty_message = gettext_lazy("조건에 맞는 위원회나 평가단이 없습니다.")
    columns = (
        Column("name", gettext_lazy("이름"), ("name",), sort=("name",), primary=True, width=30),
        Column("decides", gettext_lazy("제안 결정"), ("decides",), lambda yes: _("결정") if yes else "", width=10),
        Column("filled", gettext_lazy("위원 / 정원"), ("sitting", "size"), _filled, align="right", width=12),
        Column("every", gettext_lazy("정기 회의"), ("every",), choice(Every), excel=choice(Every), width=10),
        Column("begun", gettext_lazy("구성일"), ("begun_on",), day, sort=("begun_on",), kind="date", excel=_as_it_is),
        Column("ended", gettext_lazy("해산일"), ("ended_on",), day, sort=("ended_on",), kind="date", excel=_as_it_is),
        Column(
            "state", gettext_lazy("상태"), ("state",), badge_cell(PanelState, PANEL_TONES), sort=("state",),
            excel=choice(PanelState),
        ),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Panel]:
        sitting = Q(seats__starts_on__lte=today(), seats__chair__in=VOTING) & (
            Q(seats__ends_on=None) | Q(seats__ends_on__gte=today())
        )
        return (
            Panel.objects.visible_to(user)
            .committees()
            .annotate(sitting=Count("seats", filter=sitting, distinct=True))
        )

    def row_url(self, pk: Any) -> str:
        return reverse("meetings:panel", args=[pk])

    def get_context(self) -> dict[str, Any]:
        if not can(self.actor, "meetings.plan"):
            return {}
        return {
            "primary": Action(_("위원회 만들기"), reverse("meetings:panel_new")),
            "actions": [Action(_("위원 임기"), reverse("meetings:seats"))],
        }

    def get_empty_action(self) -> tuple[Any, str] | None:
        if can(self.actor, "meetings.plan"):
            return _("위원회 만들기"), reverse("meetings:panel_new")
        return None


def _who(belongs: str, department: str | None, position: str, name: str) -> str:
    return f"{belongs} {name}" if belongs else person_text(department, position, name)


def _until(ends_on: Any) -> Cell | str:
    return day(ends_on) if ends_on else Cell(_("정하지 않음"))


class SeatList(ListView):
    """Terms of all panels, those first that end soonest."""

    permission = "meetings.plan"
    section = "evaluations"
    title = gettext_lazy("위원 임기")
    unit = gettext_lazy("명")
    file_name = gettext_lazy("위원_명단")
    filter_class = SeatFilter
    open_states = LASTING
    urgent_order = ("ends_on",)
    default_order = ("-starts_on",)
    crumbs = (PANELS, (gettext_lazy("위원 임기"), None))
    bulk_url_name = "meetings:renew"
    bulk_actions = (BulkAction("renew", gettext_lazy("연임")),)
    empty_message = gettext_lazy("조건에 맞는 위원이 없습니다. 위원회 화면에서 위촉합니다.")
    columns = (
        Column(
            "who", gettext_lazy("위원"),
            ("belongs", "user__department__name", "user__position", "user__name"), _who, sort=("user__name",),
            primary=True, excel=_who, width=30,
        ),
        Column("panel", gettext_lazy("위원회"), ("panel__name",), sort=("panel__name",), width=26),
        Column("chair", gettext_lazy("직책"), ("chair",), choice(Chair), excel=choice(Chair), width=10),
        Column("basis", gettext_lazy("위촉 구분"), ("basis",), choice(Basis), excel=choice(Basis), width=10),
        Column(
            "starts", gettext_lazy("임기 시작일"), ("starts_on",), day, sort=("starts_on",), kind="date",
            excel=_as_it_is,
        ),
        Column(
            "ends", gettext_lazy("임기 종료일"), ("ends_on",), _until, sort=("ends_on",), kind="date",
            excel=_as_it_is,
        ),
        Column(
            "state", gettext_lazy("상태"), ("state",), badge_cell(SeatState, SEAT_TONES), sort=("state",),
            excel=choice(SeatState),
        ),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Seat]:
        return Seat.objects.visible_to(user).committees()

    def row_url(self, pk: Any) -> str:
        return reverse("meetings:seat_edit", args=[pk])


class SessionList(ListView):
    """Of the committees' sessions those one may know of: members find their own."""

    permission = "meetings.view"
    section = "evaluations"
    title = gettext_lazy("회의")
    file_name = gettext_lazy("회의")
    filter_class = SessionFilter
    open_states = OPEN_SESSIONS
    urgent_order = ("held_on",)
    default_order = ("-held_on",)
    crumbs = ((SESSIONS[0], None),)
    empty_message = gettext_lazy("조건에 맞는 회의가 없습니다. 내가 위원인 위원회의 회의가 여기에 모입니다.")
    columns = (
        Column("held", gettext_lazy("회의일"), ("held_on",), day, sort=("held_on",), kind="date", excel=_as_it_is),
        Column("begins", gettext_lazy("시각"), ("begins_at",), lambda at: f"{at:%H:%M}", width=8),
        Column("title", gettext_lazy("회의 이름"), ("title",), sort=("title",), primary=True, width=30),
        Column("panel", gettext_lazy("위원회"), ("panel__name",), sort=("panel__name",), width=26),
        Column("place", gettext_lazy("장소"), ("place",), width=20, hide_mobile=True),
        Column(
            "came", gettext_lazy("출석(명)"), ("came",), lambda n: "" if n is None else str(n),
            align="right", kind="int",
            excel=_as_it_is, width=8,
        ),
        Column(
            "state", gettext_lazy("상태"), ("state",), badge_cell(SessionState, SESSION_TONES), sort=("state",),
            excel=choice(SessionState),
        ),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Session]:
        return Session.objects.visible_to(user).committees()

    def row_url(self, pk: Any) -> str:
        return reverse("meetings:session", args=[pk])

    def get_context(self) -> dict[str, Any]:
        if not can(self.actor, "meetings.plan"):
            return {}
        return {"actions": [Action(_("위원회에서 회의 잡기"), reverse("meetings:panels"))]}


class GroupSessions(ListView):
    """The sessions of a kind of groups, for the section where these stand: `kind`, and the words of the list."""

    kind: ClassVar[str]
    permission = "meetings.view"
    open_states = OPEN_SESSIONS
    urgent_order = ("held_on",)
    default_order = ("-held_on",)
    columns: ClassVar[Sequence[Column]] = (
        Column("held", gettext_lazy("모임일"), ("held_on",), day, sort=("held_on",), kind="date", excel=_as_it_is),
        Column("begins", gettext_lazy("시각"), ("begins_at",), lambda at: f"{at:%H:%M}", width=8),
        Column("title", gettext_lazy("모임 이름"), ("title",), sort=("title",), primary=True, width=30),
        Column("panel", gettext_lazy("모임"), ("panel__name",), sort=("panel__name",), width=26),
        Column("sort", gettext_lazy("구분"), ("sort",), choice(Sort), sort=("sort",), excel=choice(Sort), width=12),
        Column("place", gettext_lazy("장소"), ("place",), width=20, hide_mobile=True),
        Column(
            "came", gettext_lazy("출석(명)"), ("came",), lambda n: "" if n is None else str(n),
            align="right", kind="int", excel=_as_it_is, width=8,
        ),
        Column(
            "state", gettext_lazy("상태"), ("state",), badge_cell(SessionState, SESSION_TONES), sort=("state",),
            excel=choice(SessionState),
        ),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Session]:
        return Session.objects.visible_to(user).filter(panel__kind=self.kind)

    def row_url(self, pk: Any) -> str:
        return reverse("meetings:session", args=[pk])
