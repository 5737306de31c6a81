"""Sheets from paper: two people type each, the second without seeing the first; what both typed alike counts."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.actors import SYSTEM
from core.now import now
from core.permissions import ensure
from core.transition import perform, record
from evaluations import notifications
from evaluations.enums import JudgeState, SheetState, StageState
from evaluations.models import Mark, Sheet, Typing
from evaluations.services import locks
from evaluations.services.sheets import Values, checked

ONE, TWO = 1, 2


class Outcome:
    """What became of it: the other typing is still to come, both agree, or they differ."""

    FIRST, AGREED, APART = "first", "agreed", "apart"


@transaction.atomic
def type_in(sheet: Sheet, values: Values, *, actor: Any) -> tuple[str, list[str]]:
    """One of the two typings; gives an `Outcome`, and by which criteria they differ. Then both are typed again.

    Locks: the judge, the sheet. Raises: Refused (who judges types nothing), Rejected.
    """
    fresh = locks.sheet(sheet)
    ensure(actor, "evaluations.run", fresh)
    stage = fresh.judge.stage
    if stage.state != StageState.SCORING or fresh.judge.state != JudgeState.SIGNED or fresh.entry.out:
        raise Rejected(_("채점하고 있는 심사가 아니거나 서약하지 않은 위원입니다."))
    if fresh.state != SheetState.OPEN:
        raise Rejected(_("채점을 마친 대상입니다."))
    criteria = list(stage.criteria.order_by("order"))
    typed = {str(one.pk): str(checked(one, values.get(one.pk, ""))) for one in criteria}
    first = Typing.objects.select_related("typed_by").filter(sheet=fresh).first()
    if first is None:
        Typing.objects.create(sheet=fresh, turn=ONE, values=typed, typed_by=actor)
        return Outcome.FIRST, []
    if first.typed_by_id == actor.pk:
        raise Rejected(_("같은 채점표를 두 번 입력할 수 없습니다. 다른 직원이 입력해야 합니다."))
    apart = [str(one) for one in criteria if first.values.get(str(one.pk)) != typed[str(one.pk)]]
    if apart:
        fresh.typings.all().delete()
        fresh.version += 1
        fresh.save(update_fields=["version"])
        notifications.typed_apart(fresh, [first.typed_by, actor], apart)
        return Outcome.APART, apart
    Typing.objects.create(sheet=fresh, turn=TWO, values=typed, typed_by=actor)
    fresh.marks.all().delete()  # begun on the screen: whether it was is nobody's to know, and the signed paper counts
    for one in criteria:
        Mark.objects.create(sheet=fresh, criterion=one, value=typed[str(one.pk)])
    fresh.paper, fresh.done_at = True, now()
    perform(fresh, "type", actor=actor)
    record(fresh.judge, "score", actor=SYSTEM)
    return Outcome.AGREED, []


def turn_of(sheet: Sheet, actor: Any) -> int:
    """Which typing is due: 1 or 2; 0 for who has typed it already. Nothing of what the other typed."""
    first = Typing.objects.filter(sheet=sheet).values_list("typed_by", flat=True).first()
    if first is None:
        return ONE
    return 0 if first == actor.pk else TWO
