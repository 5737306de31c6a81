"""What outside members are to be paid for sitting in a session: a list for who pays it outside this system, without a
resident number (A3)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import number
from core.cells import Column, day
from core.components import Figure
from core.lists import ListView
from meetings.enums import CAME, Chair
from meetings.filters import FeeFilter
from meetings.kinds import COMMITTEE
from meetings.models import Attendance
from meetings.policies import SESSION_FEE

TITLE = gettext_lazy("회의 참석수당")


def fee(held_on: date) -> int:
    return SESSION_FEE.on(held_on)


class SessionFees(ListView):
    """Who came to which session, of those who serve no office."""

    permission = "meetings.fees"
    section = "evaluations"
    title = TITLE
    file_name = gettext_lazy("회의_참석수당")
    filter_class = FeeFilter
    default_order = ("-session__held_on", "session", "label")
    crumbs = ((gettext_lazy("회의"), reverse_lazy("meetings:sessions")), (TITLE, None))
    empty_message = gettext_lazy("조건에 맞는 참석이 없습니다. 회의록에 출석을 적으면 여기에 모입니다.")
    columns = (
        Column("who", gettext_lazy("위원"), ("label",), sort=("label",), primary=True, width=36),
        Column("panel", gettext_lazy("위원회"), ("session__panel__name",), sort=("session__panel__name",), width=26),
        Column("session", gettext_lazy("회의"), ("session__title",), width=26),
        Column("chair", gettext_lazy("직책"), ("chair",), lambda one: str(Chair(one).label), width=10,
               excel=lambda one: str(Chair(one).label), hide_mobile=True),
        Column("held", gettext_lazy("회의일"), ("session__held_on",), day, sort=("session__held_on",), kind="date"),
        Column("fee", gettext_lazy("수당(원)"), ("session__held_on",), lambda held: number(fee(held)), align="right",
               kind="int", excel=fee, width=12),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Attendance]:
        return Attendance.objects.filter(
            presence__in=CAME, seat__official=False, session__panel__kind=COMMITTEE
        )

    def get_figures(self, queryset: QuerySet) -> Sequence[Figure]:
        days = list(queryset.order_by().values_list("session__held_on").annotate(n=Count("pk")))
        return [
            Figure(_("참석"), number(sum(n for _held, n in days)), _("건")),
            Figure(_("수당"), number(sum(n * fee(held) for held, n in days)), _("원")),
        ]
