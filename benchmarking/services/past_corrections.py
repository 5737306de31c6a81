"""Cases of earlier years put right once the day of undoing their import is over (N1): corrected, or no longer counted.
Statistics follow, as they count what stands in the cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.days import Day
from basis.errors import Rejected
from basis.official import office_text
from benchmarking.enums import CaseState, Decision, FollowUpState, RoundKind
from benchmarking.models import Case, FollowUp, Review, ReviewRound
from benchmarking.services.cases import field_names, lock
from benchmarking.services.outcome import combined
from benchmarking.services.past import registered_day
from benchmarking.similar import TITLES
from core.actors import SYSTEM
from core.editing import apply, check_seen, check_version
from core.transition import perform
from organization.naming import Named
from reviews.enums import ReviewState

FIELDS = ("year", "number", "title", "source_kind", "source_name", "field")
# Which step leads from one state of a record towards another.
_WAY = {
    (CaseState.RECORDED, CaseState.DECIDED): "decide_record",
    (CaseState.RECORDED, CaseState.IMPLEMENTED): "decide_record",
    (CaseState.DECIDED, CaseState.IMPLEMENTED): "implement",
    (CaseState.IMPLEMENTED, CaseState.DECIDED): "undo_implement",
    (CaseState.IMPLEMENTED, CaseState.RECORDED): "undo_implement",
    (CaseState.DECIDED, CaseState.RECORDED): "undecide_record",
}


@dataclass(frozen=True)
class Told:
    """What a department decided, if that is known, and what is left of its reasons."""

    decision: str
    reason: str = ""


@dataclass(frozen=True)
class Correction:
    """The record as it should be. `values`: FIELDS. `told` by the key of each review that stays; the others go.
    `added` are departments that were asked as well; `decision` counts where none was."""

    values: Mapping[str, Any]
    found: Day | None = None
    decided: Day | None = None
    decision: str = ""
    told: Mapping[int, Told] = field(default_factory=dict)
    added: tuple[tuple[Named, Told], ...] = ()
    followed: bool = False
    implemented: Day | None = None
    result: str = ""


@transaction.atomic
def correct(case: Case, said: Correction, *, reason: str, actor: Any, version: int | None = None) -> Case:
    """Make the record what it should be; what it was stands in the log of changes.

    Locks: the case. Raises: Conflict if it was changed meanwhile, Rejected where nothing has changed or it has been
    sent to departments since.
    """
    case = lock(case.pk)
    check_version(case, version, dict(said.values))
    if Review.objects.filter(case=case).exclude(clock=None).exists():
        raise Rejected(_("다시 검토를 보낸 사례입니다. 부서 검토에서 고쳐 주세요."))
    changed = _of_case(case, said)
    changed += _of_reviews(case, said)
    reviews = list(Review.objects.filter(case=case))
    decisions = {review.decision for review in reviews if review.decision}
    outcome = (combined(decisions) if decisions else "") if reviews else said.decision
    if said.followed and outcome != Decision.ADOPT:
        raise Rejected(_("도입한 사례만 업무반영을 적을 수 있습니다."), field="followed")
    changed += _follow(case, reviews, said)
    if outcome != case.outcome:
        changed.append(office_text(Case._meta.get_field("outcome").verbose_name))
    wanted = _state(outcome, said.followed)
    if not changed and wanted == case.state:
        raise Rejected(_("바뀐 내용이 없습니다."))
    case.outcome = outcome
    case.reviews_total = case.reviews_done = len(reviews)
    case.round_number = 1 if reviews else 0
    perform(case, "correct_record", actor=actor, reason=reason, data={"fields": list(dict.fromkeys(changed))})
    _lead(case, wanted)
    TITLES.index([case])
    return case


@transaction.atomic
def withdraw(case: Case, *, reason: str, actor: Any, version: int | None = None) -> None:
    """Count the case no longer: it was brought in by mistake. It can be restored.

    Locks: the case. Raises: Outdated.
    """
    case = lock(case.pk)
    check_seen(case, version)
    case.kept_outcome, case.kept_state, case.outcome = case.outcome, case.state, ""
    perform(case, "withdraw_record", actor=actor, reason=reason)


@transaction.atomic
def restore(case: Case, *, actor: Any) -> None:
    """Count it again, as it was.

    Locks: the case.
    """
    case = lock(case.pk)
    case.outcome, wanted = case.kept_outcome, CaseState(case.kept_state or CaseState.RECORDED)
    case.kept_outcome = case.kept_state = ""
    perform(case, "restore_record", actor=actor)
    _lead(case, wanted)


def _state(outcome: str, followed: bool) -> CaseState:
    if not outcome:
        return CaseState.RECORDED
    return CaseState.IMPLEMENTED if followed else CaseState.DECIDED


def _lead(case: Case, wanted: CaseState) -> None:
    while case.state != wanted:
        perform(case, _WAY[CaseState(case.state), wanted], actor=SYSTEM)


def _of_case(case: Case, said: Correction) -> list[str]:
    """Set what stands in the case; the labels of what changed."""
    year, number = said.values["year"], said.values["number"]
    if Case.objects.filter(year=year, number=number).exclude(pk=case.pk).exists():
        raise Rejected(_("이 연도에 같은 번호의 사례가 이미 있습니다."), field="number")
    changed = apply(case, dict(said.values), FIELDS)
    days = {
        "found_on": said.found,
        "decided_on": said.decided,
        "implemented_on": said.implemented if said.followed else None,
    }
    changed += [name for name, day in days.items() if case.day(name) != day]
    case.set_days({**days, "registered_on": registered_day(year, said.found, said.decided)})
    return field_names(changed)


def _of_reviews(case: Case, said: Correction) -> list[str]:
    """Departments that stay, go and come; the names of those of which something changed."""
    changed = []
    for review in Review.objects.filter(case=case).select_related("round"):
        told = said.told.get(review.pk)
        if told is None:
            changed.append(review.department_name)
            _drop(review)
            continue
        differs = apply(review, {"decision": told.decision, "reason": told.reason}, ("decision", "reason"))
        if differs or review.day("completed_on") != said.decided:
            review.set_days({"completed_on": said.decided})
            review.version += 1
            review.save()
        if differs:
            changed.append(review.department_name)
    for named, told in said.added:
        changed.append(named.name)
        _add(case, named, told, said.decided)
    return changed


def _drop(review: Review) -> None:
    if review.visits.exists():
        raise Rejected(
            _("%(name)s에는 현장체험이 이어져 있어 뺄 수 없습니다.") % {"name": review.department_name}
        )
    FollowUp.objects.filter(review=review).delete()
    review.delete()


def _add(case: Case, named: Named, told: Told, decided: Day | None) -> None:
    if Review.objects.filter(case=case, department=named.department).exists():
        raise Rejected(_("%(name)s은(는) 이미 있는 부서입니다.") % {"name": named.name}, field="added")
    first = {"kind": RoundKind.FIRST, "dispatched_at": None}
    round_, _made = ReviewRound.objects.get_or_create(case=case, number=1, defaults=first)
    review = Review(
        round=round_,
        case=case,
        department=named.department,
        department_name=named.name,
        state=ReviewState.COMPLETED,
        decision=told.decision,
        reason=told.reason,
    )
    review.set_days({"completed_on": decided})
    review.save()


def _follow(case: Case, reviews: list[Review], said: Correction) -> list[str]:
    """Each department that adopted what became part of the work has its follow-up, no other (B7)."""
    label = [office_text(FollowUp._meta.verbose_name)]
    adopting = [r.pk for r in reviews if said.followed and r.decision == Decision.ADOPT]
    gone, _of = FollowUp.objects.filter(review__case=case).exclude(review__in=adopting).delete()
    changed = label if gone else []
    for pk in adopting:
        row = FollowUp.objects.filter(review=pk).first() or FollowUp(
            review_id=pk, state=FollowUpState.CONFIRMED
        )
        if row.pk and row.result == said.result and row.day("implemented_on") == said.implemented:
            continue
        row.result, changed = said.result, label
        row.set_days({"implemented_on": said.implemented})
        row.save()
    return changed
