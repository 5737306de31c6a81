"""Contests and awards at a glance: the panel of the dashboard (R4)."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from awards.enums import AwardState
from awards.models import Award
from basis.formats import number
from core.components import Figure
from evaluations.enums import ObjectionState, RoundState
from evaluations.models import Objection, Round
from reports.behind import Counts, counted
from reports.links import to_list

ROUNDS, OBJECTIONS, AWARDS = "rounds", "objections", "awards"


def rows(day: date) -> list[QuerySet]:
    return [
        counted(
            ROUNDS,
            Round.objects.filter(state=RoundState.RUNNING),
            Q(pk__in=Round.objects.missing_sheets().values("pk")),
        ),
        counted(OBJECTIONS, Objection.objects.filter(state=ObjectionState.ASKED), Q(due__lt=day)),
        counted(AWARDS, Award.objects.filter(state=AwardState.GRANTED), Q(due_on__lt=day)),
    ]


def figures(found: Counts) -> list[Figure]:
    """Each leads to exactly the rows it counts; who judges in a round does not find it in the list (E3)."""
    (rounds, missing), (waiting, overdue) = found.get(ROUNDS, (0, 0)), found.get(OBJECTIONS, (0, 0))
    owed, late = found.get(AWARDS, (0, 0))
    asked, granted = {"state": ObjectionState.ASKED}, {"state": AwardState.GRANTED}
    return [
        Figure(
            _("진행 중인 심사"), number(rounds), _("건"), to_list("evaluations:list", {"state": RoundState.RUNNING})
        ),
        Figure(
            _("채점이 남은 심사"), number(missing), _("건"), to_list("evaluations:list", {"missing": 1}),
            tone="warning" if missing else "",
        ),
        Figure(
            _("결과 이의 답변"), number(waiting), _("건"), to_list("evaluations:objections", asked),
            delta=_("기한 지남 %(count)s건") % {"count": number(overdue)} if overdue else "",
            tone="danger" if overdue else "",
        ),
        Figure(_("지급할 시상"), number(owed), _("건"), to_list("awards:list", granted)),
        Figure(
            _("지급 기한 지난 시상"), number(late), _("건"), to_list("awards:list", {"late": 1}),
            tone="danger" if late else "",
        ),
    ]  # fmt: skip
