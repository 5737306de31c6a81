"""A round whose scoring is over: reckoned again, resolved by the committee, announced, taken back (E4, E7)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.permissions import ensure
from core.transition import perform
from evaluations.enums import Body, RoundState, Way
from evaluations.kinds import kind_of
from evaluations.models import Grade, Result, Round, Stage
from evaluations.publication import ROUNDS
from evaluations.selectors import outcome
from evaluations.selectors.scores import grades_of
from evaluations.services import results, stages

RUN = "evaluations.run"
Choices = Mapping[int, tuple[int | None, str]]  # by the result's key: grade and reason


@transaction.atomic
def reckon_again(round: Round, *, version: int | None = None, actor: Any) -> Round:
    """Reckon a draft from its sheets as they are; what was resolved on it is gone.

    Locks: the round. Raises: Refused, Rejected, Outdated.
    """
    round = ROUNDS.locked(round, version)
    _need_draft(round, actor)
    perform(round, "reckon", actor=actor, data={"changes": results.reckon(round)})
    return round


@transaction.atomic
def change_way(stage: Stage, way: str, *, reason: str, version: int | None = None, actor: Any) -> Round:
    """Another way after all is scored: the reason and both results stand beside each other, in public too (E2).

    Locks: round, stage. Raises: Refused, Rejected, Outdated (`version`: of the round).
    """
    round = ROUNDS.locked(stage.round, version)
    _need_draft(round, actor)
    stage = Stage.objects.select_for_update(of=("self",)).get(pk=stage.pk)
    if way not in Way.values or way == stage.way:
        raise Rejected(_("지금과 다른 계산 방식을 골라 주세요."), field="way")
    if way == Way.CORRECTED and not stage.is_split:
        raise Rejected(_("위원 성향 보정은 나누어 심사할 때만 쓸 수 있습니다."), field="way")
    if way == Way.CORRECTED:
        stages.check_correction(stage)
    stage.way_before = stage.way_before or stage.way
    stage.way, stage.way_reason = way, reason.strip()[:200]
    stage.version += 1
    stage.save()
    data = {"text": f"{stage.title}: {Way(way).label}", "changes": results.reckon(round)}
    perform(round, "change_way", actor=actor, reason=reason, data=data)
    return round


def _need_draft(round: Round, actor: Any) -> None:
    """Before anything is reckoned: the steps themselves are logged with what came of it."""
    ensure(actor, RUN, round)
    if round.state != RoundState.DRAFT:
        raise Rejected(_("결과 초안에서만 할 수 있습니다. 화면을 새로 고쳐 주세요."))


@transaction.atomic
def judge_again(round: Round, *, reason: str, version: int | None = None, actor: Any) -> Round:
    """Something is wrong with the sheets themselves: the last stage of a panel is scored again, its results are gone.
    Residents came for one day.

    Locks: round, stage, judges. Raises: Refused, Rejected, Outdated.
    """
    round = ROUNDS.locked(round, version)
    perform(round, "judge_again", actor=actor, reason=reason)
    Result.objects.filter(entry__round=round).delete()
    last = max(round.stages.all(), key=lambda one: (one.body == Body.PANEL, one.order))
    stages.reopen(last)
    return round


@transaction.atomic
def resolve(round: Round, choices: Choices, *, version: int | None = None, actor: Any) -> Round:
    """Write down what the committee resolved: grades as the order gives them, but for `choices`, each with its reason.
    Every tie over a grade's line is decided, and no grade is given more often than there are (E7).

    Locks: the round. Raises: Refused, Outdated, Rejected where no session with a quorum has confirmed minutes on it.
    """
    round = ROUNDS.locked(round, version)
    item = outcome.session_item(round)
    if item is None and kind_of(round).needs_session:
        raise Rejected(
            _("이 심사를 의결한 회의가 없습니다. 회의를 열어 의결하고 회의록을 확정한 뒤 기록해 주세요.")
        )
    changes = _choose(round, choices)
    round.session = item.session if item else None
    perform(round, "resolve", actor=actor, data={"changes": changes} if changes else None)
    return round


def _choose(round: Round, choices: Choices) -> list[str]:
    """Set the grades; what differs from the order, in words for the log."""
    divisions = outcome.divisions_of(round)
    grades = {grade.pk: grade for one in divisions for grade in grades_of(one)}
    tied = {one.pk for tie in outcome.open_ties(round, divisions) for one in tie.results}
    rows = Result.objects.filter(entry__round=round).select_related("entry", "by_order", "grade")
    concerned = (
        rows.filter(pk__in={*choices, *tied})
        | rows.filter(by_order__isnull=False)
        | rows.filter(grade__isnull=False)
        | rows.exclude(reason="")
    )
    found, said = {one.pk: one for one in concerned.distinct()}, []
    if set(choices) - set(found):
        raise Rejected(_("이 심사의 대상이 아닌 것이 있습니다. 화면을 새로 고쳐 주세요."))
    for one in sorted(found.values(), key=lambda one: one.entry.number):
        grade, reason = _chosen(one, choices, tied, grades)
        if (grade, reason) != (one.grade_id, one.reason):
            one.grade, one.reason = grades[grade] if grade else None, reason
            one.save(update_fields=["grade", "reason"])
        if reason:
            said.append(f"{one.entry.number}: {one.by_order or '-'} → {one.grade or '-'}")
    _check_counts(grades, found.values())
    return said


def _chosen(
    one: Result, choices: Choices, tied: set[int], grades: Mapping[int, Grade]
) -> tuple[int | None, str]:
    """A result's grade and, where that is not simply by the order, why."""
    number = {"number": one.entry.number}
    if one.pk not in choices:
        if one.pk in tied:
            raise Rejected(
                _("%(number)d번: 동점이라 위원회가 등급을 정해야 합니다.") % number, field=f"grade_{one.pk}"
            )
        return one.by_order_id, ""
    grade, reason = choices[one.pk]
    reason = reason.strip()[:500]
    if grade is not None and (grade not in grades or grades[grade].division_id != one.entry.division_id):
        raise Rejected(_("%(number)d번: 이 부문의 등급을 골라 주세요.") % number, field=f"grade_{one.pk}")
    if grade is not None and one.entry.out:
        raise Rejected(_("%(number)d번: 심사에서 뺀 대상입니다.") % number, field=f"grade_{one.pk}")
    if grade == one.by_order_id and one.pk not in tied:
        return grade, ""
    if not reason:
        raise Rejected(
            _("%(number)d번: 점수 순서와 다르거나 동점인 대상은 사유를 입력해 주세요.") % number,
            field=f"reason_{one.pk}",
        )
    return grade, reason


def _check_counts(grades: Mapping[int, Grade], rows: Any) -> None:
    counts: dict[int, int] = {}
    for one in rows:
        if one.grade_id:
            counts[one.grade_id] = counts.get(one.grade_id, 0) + 1
    for pk, count in sorted(counts.items()):
        if count > grades[pk].at_most:
            raise Rejected(
                _("%(grade)s은(는) %(most)d건까지 줄 수 있는데 %(count)d건입니다.")
                % {"grade": grades[pk].name, "most": grades[pk].at_most, "count": count}
            )


@transaction.atomic
def announce(round: Round, *, version: int | None = None, actor: Any) -> Round:
    """예정: everybody reads it, entrants are told and may object through the last day.

    Locks: the round. Raises: Refused, Outdated, Rejected before the committee has resolved, or where there is no such
    time.
    """
    round = ROUNDS.locked(round, version)
    if round.state == RoundState.DRAFT:
        if not outcome.may_announce(round):
            raise Rejected(_("공개 검증을 하지 않는 심사입니다. 바로 확정해 주세요."))
        need_resolved(round)
    ROUNDS.announce(round, until=outcome.until(round), actor=actor)
    kind_of(round).announced(round, outcome.awarded_of(round))
    return round


def need_resolved(round: Round) -> None:
    if not outcome.is_resolved(round):
        raise Rejected(_("위원회의 의결을 먼저 기록해 주세요. 동점인 대상도 모두 정해야 합니다."))


@transaction.atomic
def cancel(round: Round, *, reason: str, version: int | None = None, actor: Any) -> Round:
    """Take back what was announced: a draft again, of which nobody knows, to be resolved on anew.

    Locks: the round. Raises: Refused, Rejected, Outdated.
    """
    round = ROUNDS.locked(round, version)
    back_to_draft(round, reason=reason, actor=actor)
    return round


def back_to_draft(round: Round, *, reason: str, actor: Any) -> None:
    """Called by: cancel, and objections that are upheld, under the round's lock."""
    ROUNDS.cancel(round, reason=reason, actor=actor)
    round.session = None
    round.save(update_fields=["session"])
