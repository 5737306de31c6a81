"""The knowledge board at a glance: the panel of the dashboard (R4)."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from basis.formats import number
from core.components import Figure
from core.now import today
from knowledge.enums import PostState, Validity
from knowledge.models import Post
from reports.behind import Counts, counted
from reports.links import to_list

WAITING, CHECK, NEW = "posts_waiting", "posts_check", "posts_new"


def rows(day: date) -> list[QuerySet]:
    late, standing = Q(due_on__lt=day), Post.objects.standing()
    return [
        counted(WAITING, Post.objects.filter(state=PostState.WAITING), late),
        counted(CHECK, standing.filter(validity=Validity.CHECK), late),
        counted(NEW, standing.filter(approved_on__gte=day.replace(day=1), approved_on__lte=day)),
    ]


def _this_month() -> dict[str, date]:
    day = today()
    return {"approved_from": day.replace(day=1), "approved_to": day}


def figures(found: Counts) -> list[Figure]:
    """Each leads to its rows."""
    (waiting, late), (check, overdue), (new, _none) = (
        found.get(key, (0, 0)) for key in (WAITING, CHECK, NEW)
    )
    return [
        Figure(
            _("승인할 지식"), number(waiting), _("건"), to_list("knowledge:list", {"state": PostState.WAITING}),
            delta=_("기한 지남 %(count)s건") % {"count": number(late)} if late else "",
            tone="danger" if late else "",
        ),
        Figure(
            _("다시 확인할 지식"), number(check), _("건"), to_list("knowledge:list", {"validity": Validity.CHECK}),
            delta=_("기한 지남 %(count)s건") % {"count": number(overdue)} if overdue else "",
            tone="warning" if overdue else "",
        ),
        Figure(_("이번 달 새 지식"), number(new), _("건"), to_list("knowledge:list", _this_month())),
    ]  # fmt: skip
