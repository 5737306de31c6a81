"""The lists: clubs, members' places to be looked at, topics (C1)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import number
from clubs.enums import Cause, ClubKind, ClubState, TopicSource, UpkeepState
from clubs.filters import ClubFilter, TopicFilter, UpkeepFilter
from clubs.models import Club, Topic, Upkeep
from clubs.selectors.figures import counting
from clubs.selectors.tones import CLUB_TONES, UPKEEP_TONES
from clubs.views.club import HOME, SECTION
from core.cells import Cell, Column, badge_cell, choice, day
from core.components import Action, taking_in
from core.listed import BulkAction
from core.lists import ListView
from core.now import today
from core.permissions import can
from mileage.enums import Scheme
from mileage.rules import amount_text
from organization.views.tables import person_column

LIST = (gettext_lazy("동아리 목록"), reverse_lazy("clubs:list"))
TOPICS = (gettext_lazy("연구 과제"), reverse_lazy("clubs:topics"))
UPKEEPS = (gettext_lazy("회원 정비"), reverse_lazy("clubs:upkeeps"))


def with_numbers(rows: QuerySet[Club]) -> QuerySet[Club]:
    """What the columns show of each, asked for the rows of the page alone."""
    return counting(rows, "members", "met", "others", "worth", "used", as_of=today())


def _count(value: int) -> str:
    return number(value) if value else ""


def _hours(value: int) -> str:
    return amount_text(value, Scheme.LEARNING) if value else ""


def _left(allotment: int, used: int) -> str:
    return number(allotment - used) if allotment or used else ""


class ClubList(ListView):
    permission = "clubs.view"
    section = SECTION
    title = gettext_lazy("동아리 목록")
    unit = gettext_lazy("개")
    file_name = gettext_lazy("학습동아리")
    filter_class = ClubFilter
    open_states = (ClubState.DRAFT, ClubState.APPLIED, ClubState.ACTIVE)
    urgent_order = ("-year", "bureau__order", "kind", "name")
    default_order = ("-year", "bureau__order", "kind", "name")
    bulk_url_name = "clubs:bulk"
    crumbs = (HOME, LIST)
    empty_message = gettext_lazy("조건에 맞는 동아리가 없습니다.")
    columns = (
        Column("name", gettext_lazy("동아리 이름"), ("name",), sort=("name",), primary=True, width=30),
        Column("year", gettext_lazy("연도"), ("year",), sort=("year",), kind="int", align="right",
               excel=lambda value: value, width=8),
        Column("kind", gettext_lazy("구분"), ("kind",), choice(ClubKind), sort=("kind",), excel=choice(ClubKind)),
        Column("bureau", gettext_lazy("국·소"), ("bureau__name",), lambda name: name or "",
               sort=("bureau__order",), excel=lambda name: name or "", width=18),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(ClubState, CLUB_TONES), sort=("state",),
               excel=choice(ClubState)),
        Column("members", gettext_lazy("회원(명)"), ("members",), _count, kind="int", align="right",
               excel=lambda value: value, width=10),
        Column("meetings", gettext_lazy("모임(회)"), ("met", "others"), lambda *met: _count(sum(met)), kind="int",
               align="right", excel=lambda *met: sum(met), width=10),
        Column("hours", gettext_lazy("상시학습"), ("worth",), _hours, kind="decimal", align="right",
               excel=lambda value: value / 100, width=12, hide_mobile=True),
        Column("left", gettext_lazy("남은 지원금(원)"), ("allotment", "used"), _left, kind="int", align="right",
               excel=lambda allotment, used: allotment - used, width=16, hide_mobile=True),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return with_numbers(Club.objects.visible_to(user))

    def row_url(self, pk: Any) -> str:
        return reverse("clubs:club", args=[pk])

    def get_bulk_actions(self) -> Sequence[BulkAction]:
        if not can(self.actor, "clubs.plan"):
            return ()
        return (
            BulkAction("approve", _("승인하기"), "secondary"),
            BulkAction("renew", _("다음 해로 이어 쓰기"), "secondary"),
        )

    def get_tools(self) -> list[Action]:
        found = [Action(_("동아리 신청하기"), reverse("clubs:new"), "primary")]
        if can(self.actor, "clubs.plan"):
            found.append(Action(_("동아리 바로 등록"), reverse("clubs:found")))
        return found

    def get_empty_action(self) -> tuple[Any, str]:
        return _("동아리 신청하기"), reverse("clubs:new")


class UpkeepList(ListView):
    permission = "clubs.view"
    section = SECTION
    title = gettext_lazy("회원 정비")
    file_name = gettext_lazy("동아리_회원_정비")
    filter_class = UpkeepFilter
    open_states = (UpkeepState.OPEN,)
    urgent_order = ("since", "club__name")
    default_order = ("-since", "club__name")
    crumbs = (HOME, UPKEEPS)
    empty_message = gettext_lazy("정비할 회원이 없습니다. 회원이 전보·퇴직·승진하면 여기에 생깁니다.")
    columns = (
        person_column("who", gettext_lazy("회원"), "seat__user", primary=True, width=30),
        Column("club", gettext_lazy("동아리"), ("club__name",), sort=("club__name",), width=26),
        Column("cause", gettext_lazy("사유"), ("cause",), choice(Cause), sort=("cause",), excel=choice(Cause)),
        Column("since", gettext_lazy("바뀐 날"), ("since",), day, sort=("since",), kind="date",
               excel=lambda value: value),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(UpkeepState, UPKEEP_TONES), sort=("state",),
               excel=choice(UpkeepState)),
        Column("note", gettext_lazy("비고"), ("note",), width=30, hide_mobile=True),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return Upkeep.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("clubs:upkeep", args=[pk])


class TopicList(ListView):
    permission = "clubs.view"
    section = SECTION
    title = gettext_lazy("연구 과제")
    file_name = gettext_lazy("동아리_연구_과제")
    filter_class = TopicFilter
    default_order = ("-year", "source", "number")
    crumbs = (HOME, TOPICS)
    empty_message = gettext_lazy("조건에 맞는 과제가 없습니다.")
    columns = (
        Column("title", gettext_lazy("과제"), ("title",), sort=("title",), primary=True, width=50),
        Column("year", gettext_lazy("연도"), ("year",), sort=("year",), kind="int", align="right",
               excel=lambda value: value, width=8),
        Column("source", gettext_lazy("과제 구분"), ("source",), choice(TopicSource), sort=("source",),
               excel=choice(TopicSource)),
        Column("number", gettext_lazy("번호"), ("number",), sort=("number",), kind="int", align="right",
               excel=lambda value: value, width=8),
        Column("department", gettext_lazy("주관 부서"), ("department__name",), lambda name: name or "",
               sort=("department__order",), excel=lambda name: name or "", width=20),
        Column("clubs", gettext_lazy("연구하는 동아리"), ("studying",), _count, kind="int", align="right",
               excel=lambda value: value, width=12),
        Column("open", gettext_lazy("고를 수 있음"), ("is_open",),
               lambda open_: Cell(_("예"), tone="success") if open_ else Cell(_("마감"), tone="neutral"),
               sort=("is_open",), excel=lambda open_: _("예") if open_ else _("아니오"), width=10),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        gone = (ClubState.REFUSED, ClubState.WITHDRAWN)
        rows = Topic.objects.visible_to(user)
        return rows.annotate(
            studying=Count("teams__club", filter=~Q(teams__club__state__in=gone), distinct=True)
        )

    def row_url(self, pk: Any) -> str | None:
        if can(self.actor, "clubs.plan"):
            return reverse("clubs:topic_edit", args=[pk])
        return None

    def get_tools(self) -> list[Action]:
        if not can(self.actor, "clubs.plan"):
            return []
        return [
            Action(_("과제 추가"), reverse("clubs:topic_new"), "primary"),
            Action(_("다른 해에서 가져오기"), reverse("clubs:topics_copy")),
            *taking_in("club-topics"),
        ]
