"""Who may do what with results (E4, E7, E8, D9): nobody decides on what they judged, ran, or gain by. These rights ask
the kinds of rounds whose the entries are, so they stand above the selectors."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from core.permissions import NOBODY, Own, permit
from evaluations.rules import judges
from evaluations.selectors import outcome
from organization.enums import Role
from organization.rules import has_role, heads_planning, is_planning, is_staff, reads_all

SECOND = _("심사를 진행하거나 심사하지 않은 기획예산과 담당자나 기획예산과장이 할 수 있습니다.")
may_second = is_planning | heads_planning


@predicate
def asked_for_it(user: Any, objection: Any) -> bool:
    return objection is None or objection.asked_by_id == user.pk


@predicate
def sits_in_session(user: Any, round: Any) -> bool:
    """Has the results before them as a member of the panel that resolves on them."""
    return round is None or outcome.in_session(user.pk, round)


def _thing(objection: Any) -> Any:
    return objection.entry.thing


permit(
    "evaluations.results",
    reads_all | heads_planning,
    _("심사 결과는 그 심사의 위원이 아닌 기획예산과와 간부, 감사 담당자가 볼 수 있습니다."),
    reveals=NOBODY,
    never=judges,
)
permit(
    "evaluations.session",
    (is_staff | has_role(Role.JUDGE)) & sits_in_session,
    _("심의할 자료는 그 회의의 위원이 볼 수 있습니다."),
    reveals=NOBODY,
    personal=True,
)
permit(
    "evaluations.confirm",
    may_second,
    _("심사 결과는 심사를 진행하지 않은 기획예산과 담당자나 기획예산과장이 확정할 수 있습니다."),
    personal=True,
    never=lambda round: [*judges(round), round.run_by_id, *outcome.gaining(round)],
    reveals="award",
)
permit("evaluations.take_back", may_second, SECOND, never=judges, reveals=NOBODY)
permit(
    "evaluations.own_objection",
    is_staff & asked_for_it,
    _("이의는 신청한 사람이 취하할 수 있습니다."),
    bearer=Own(through=_thing),
    reveals=NOBODY,
)
permit(
    "evaluations.objections",
    reads_all | heads_planning,
    _("심사 결과에 대한 이의는 기획예산과와 간부, 감사 담당자가 볼 수 있습니다."),
    reveals="result_objection",
    never=judges,
)
permit(
    "evaluations.answer",
    may_second,
    _(
        "이의는 그 심사를 진행하거나 심사하지 않고 출품하지 않은 기획예산과 담당자나 기획예산과장이 답할 수 있습니다."
    ),
    personal=True,
    never=lambda objection: [
        *judges(objection),
        objection.round.run_by_id,
        objection.asked_by_id,
        *outcome.entrants(objection.round),
    ],
    reveals="result_objection",
)
permit(
    "evaluations.ask_correction",
    is_planning,
    _("확정한 결과의 정정은 그 심사의 위원이 아닌 기획예산과 담당자가 요청할 수 있습니다."),
    never=judges,
    reveals=NOBODY,
)
permit(
    "evaluations.make_correction",
    may_second,
    _("정정은 요청하거나 심사하거나 출품하지 않은 기획예산과 담당자나 기획예산과장이 할 수 있습니다."),
    personal=True,
    never=lambda one: [*judges(one), one.asked_by_id, *outcome.entrants(one.result.entry.round)],
    reveals="award",
)
