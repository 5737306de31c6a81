"""What outside judges are to be paid for scoring a stage: a list for who pays it outside this system, without a
resident number (A3). Sessions have a list of their own (meetings.views.fees)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import number
from core.cells import Column, day
from core.components import Figure
from core.lists import ListView
from evaluations.enums import StageState
from evaluations.filters import FeeFilter
from evaluations.models import Judge, Sheet
from evaluations.policies import JUDGING_FEE
from evaluations.views.lists import HOME

TITLE = gettext_lazy("심사수당")


def fee(closed_on: date) -> int:
    return JUDGING_FEE.on(closed_on)


def _who(belongs: str | None, name: str) -> str:
    return f"{belongs or ''} {name}".strip()


class JudgingFees(ListView):
    """Who scored in which stage, of those who serve no office; not how much, nor what."""

    permission = "meetings.fees"
    section = "evaluations"
    title = TITLE
    file_name = gettext_lazy("심사수당")
    filter_class = FeeFilter
    default_order = ("-stage__closes_on", "stage", "number")
    crumbs = (HOME, (TITLE, None))
    empty_message = gettext_lazy("조건에 맞는 심사가 없습니다. 채점을 마감하면 여기에 모입니다.")
    columns = (
        Column("who", gettext_lazy("위원"), ("seat__belongs", "user__name"), _who, sort=("user__name",), primary=True,
               width=36, excel=_who),
        Column("round", gettext_lazy("심사"), ("stage__round__title",), sort=("stage__round__title",), width=36),
        Column("stage", gettext_lazy("단계"), ("stage__title",), width=16),
        Column("closed", gettext_lazy("채점 마감일"), ("stage__closes_on",), day, sort=("stage__closes_on",),
               kind="date"),
        Column("fee", gettext_lazy("수당(원)"), ("stage__closes_on",), lambda on: number(fee(on)), align="right",
               kind="int", excel=fee, width=12),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Judge]:
        scored = Exists(Sheet.objects.counted().filter(judge=OuterRef("pk")))
        rows = Judge.objects.filter(scored, stage__state=StageState.CLOSED, seat__official=False)
        return rows.exclude(stage__round__stages__judges__user=user)

    def get_figures(self, queryset: QuerySet) -> Sequence[Figure]:
        days = list(queryset.order_by().values_list("stage__closes_on").annotate(n=Count("pk")))
        return [
            Figure(_("심사"), number(sum(n for _on, n in days)), _("건")),
            Figure(_("수당"), number(sum(n * fee(on) for on, n in days)), _("원")),
        ]
