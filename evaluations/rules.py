"""Who may do what with rounds: planning runs them and never judges, judges score in person (E3, D9)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from core.beside import keys
from core.permissions import NOBODY, Own, permit
from organization.enums import Role
from organization.rules import has_role, heads_planning, is_planning, is_staff, reads_all

RUN_ONLY = _("심사는 심사위원이 아닌 기획예산과 담당자가 진행할 수 있습니다.")
JUDGE_ONLY = _("채점은 배정된 심사위원 본인이 할 수 있습니다.")


def _round(thing: Any) -> Any:
    """The round of whatever belongs to one."""
    for name in ("round", "stage", "judge", "entry", "sheet", "result"):
        if thing is not None and hasattr(thing, name) and not hasattr(thing, "verification_days"):
            return _round(getattr(thing, name))
    return thing


def judges(thing: Any) -> Iterable[int | None]:
    """Who judges in the round: none of them runs it (E3)."""
    found = thing if hasattr(thing, "judging") else _round(thing)
    if found is None:
        return []
    return keys(found.judging) if hasattr(found, "judging") else list(_judging(found))  # selectors.parts


def _judging(round: Any) -> Iterable[int | None]:
    return [judge.user_id for stage in round.stages.all() for judge in stage.judges.all()]


@predicate
def is_this_judge(user: Any, judge: Any) -> bool:
    """The judge in person; of no one's in particular: whoever sits in any panel."""
    return judge is None or _judge(judge).user_id == user.pk


def _judge(thing: Any) -> Any:
    return getattr(thing, "judge", thing)


@predicate
def decides(user: Any, conflict: Any) -> bool:
    """The panel's chair, the vice-chair where the chair is concerned, planning's head where both are."""
    return conflict is None or user.pk in conflict.deciders()


BALLOT = "evaluations.ballot"
permit("evaluations.view", is_staff | has_role(Role.JUDGE), reveals=NOBODY)
permit("evaluations.judge", is_staff | has_role(Role.JUDGE), JUDGE_ONLY, reveals=NOBODY, personal=True)
permit(
    "evaluations.score",
    (is_staff | has_role(Role.JUDGE)) & is_this_judge,
    JUDGE_ONLY,
    reveals=NOBODY,
    personal=True,
    bearer=Own(BALLOT, through=_judge),
)
permit(
    "evaluations.decide_challenge",
    (is_staff | has_role(Role.JUDGE)) & decides,
    _("기피 신청은 위원장이, 위원장이 관련되면 부위원장이, 둘 다 관련되면 기획예산과장이 결정합니다."),
    reveals=NOBODY,
    personal=True,
    never=lambda conflict: [conflict.judge.user_id, conflict.asked_by_id],
)
permit(
    "evaluations.see",
    reads_all | heads_planning,
    _("심사 현황은 그 심사의 위원이 아닌 기획예산과와 간부, 감사 담당자가 볼 수 있습니다."),
    reveals=NOBODY,
    never=judges,
)
permit("evaluations.run", is_planning, RUN_ONLY, reveals=NOBODY, never=judges)
