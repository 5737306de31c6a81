"""What pages read of that which follows a decision: the way of what was adopted, objections, who had the idea first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from basis import personal
from basis.formats import date_weekday, won
from core import beside, deadlines
from proposals.enums import Grade, MilestoneKind, State, UndertakingState
from proposals.models import Credit, Effect, Fingerprint, Milestone, Objection, Proposal, Undertaking
from proposals.policies import SIMILAR_PERCENT
from proposals.selectors import objections as until
from proposals.similar import FINGERPRINTS, TITLES

TONES = {
    UndertakingState.PLANNED: "info",
    UndertakingState.REPORTED: "warning",
    UndertakingState.CARRIED_OUT: "success",
    UndertakingState.DROPPED: "danger",
}
ORDER = list(MilestoneKind)


@dataclass(frozen=True)
class Step:
    """A milestone in words: `moves` are the earlier days, each with its reason."""

    name: str
    first: str
    planned: str
    done: str
    slipped: int
    late: bool
    moves: Sequence[tuple[str, str]]


def waits_for_answer(proposal: Proposal) -> bool:
    """The proposer was asked whether it was done, and has not said."""
    undertaking = getattr(proposal, "undertaking", None)
    return undertaking is not None and any(one.answered_on is None for one in undertaking.replies.all())


def steps_of(undertaking: Undertaking) -> list[Step]:
    """In the order in which they are gone, with all that moved them: two questions."""
    rows = sorted(undertaking.milestones.prefetch_related("slips"), key=lambda one: ORDER.index(_kind(one)))
    return [
        Step(
            name=str(one),
            first=date_weekday(one.first_on),
            planned=date_weekday(one.planned_on),
            done=date_weekday(one.done_on) if one.done_on else "",
            slipped=one.slipped,
            late=one.is_late,
            moves=[(str_of(slip), slip.reason) for slip in one.slips.all()],
        )
        for one in rows
    ]


def _kind(milestone: Milestone) -> MilestoneKind:
    return MilestoneKind(milestone.kind)


def str_of(slip: Any) -> str:
    return f"{date_weekday(slip.was_on)} → {date_weekday(slip.now_on)}"


def told_after(proposal: Proposal, *, own: bool) -> dict[str, Any]:
    """What everybody reads beside the decision; the proposer's words are covered where they look like a person's, and
    `own` is told until when one may ask for another look."""
    return {
        "undertaking": _undertaking(proposal, own) if proposal.state == State.ADOPTED else None,
        "objections": [objection(one, own=own) for one in objections_of(proposal)],
        "credits": credits_of(proposal),
        "may_ask_until": _may_ask_until(proposal) if own else "",
    }


def _shown(text: str, own: bool) -> str:
    return text if own else personal.mask(text)


def _repeated(text: str, own: bool) -> str:
    """What the office writes may repeat what the proposer has; its own telephones stay."""
    return text if own else personal.mask(text, personal.PRIVATE)


def _step_shown(step: Step, own: bool) -> Step:
    return replace(step, moves=[(days, _repeated(reason, own)) for days, reason in step.moves])


def _undertaking(proposal: Proposal, own: bool) -> dict[str, Any] | None:
    found = getattr(proposal, "undertaking", None)
    if found is None:
        return None
    replies = [
        (date_weekday(one.answered_on), str(one.get_verdict_display()), _shown(one.text, own))
        for one in found.replies.all()
        if one.answered_on
    ]
    done = found.carried_out_on and found.confirmed_by_id
    return {
        "state": found.get_state_display(),
        "tone": TONES.get(UndertakingState(found.state), "neutral"),
        "department": found.department_name,
        "steps": [_step_shown(step, own) for step in steps_of(found)],
        "result": _repeated(found.result, own) if done else "",
        "replies": replies,
        "effect": effect_facts(found),
    }


def effect_facts(undertaking: Undertaking) -> list[tuple[Any, Any]]:
    """Once it is graded."""
    found = effect(undertaking)
    if found is None or not found.grade:
        return []
    return [(_("등급"), found.get_grade_display()), *reckoning(undertaking)]


def effect(undertaking: Undertaking) -> Effect | None:
    return getattr(undertaking, "effect", None)


def reckoning(undertaking: Undertaking) -> list[tuple[Any, Any]]:
    """What was reported of the effect, and what is left when the cost is taken off."""
    found = effect(undertaking)
    if found is None:
        return []
    facts = [
        (_("한 해의 효과"), won(found.saving) if found.saving is not None else ""),
        (_("들어간 비용"), won(found.cost) if found.cost is not None else ""),
        (_("비용을 뺀 효과"), won(found.net) if found.net is not None else ""),
        (_("효과 설명"), found.words),
        (_("제출일"), date_weekday(found.reported_on) if found.reported_on else ""),
    ]
    return [(label, value) for label, value in facts if value]


def objections_of(proposal: Proposal) -> list[Objection]:
    if proposal.state in (State.HELD, State.SUPPLEMENT):
        return []
    return sorted(proposal.objections.all(), key=lambda one: (one.asked_on, one.pk))


def objection(one: Objection, *, own: bool) -> dict[str, Any]:
    facts: list[tuple[Any, Any]] = [(_("신청일"), date_weekday(one.asked_on))]
    if own:
        facts += [(_("신청 사유"), one.reason), (_("실시된 사업"), one.work)]
    if one.decided_on:
        session = one.session_on
        facts += [
            (_("위원회 개최일"), date_weekday(session) if session else ""),
            (_("출석 위원"), _("%(n)d명") % {"n": one.present} if one.present else ""),
            (_("회의록"), one.minutes),
            (_("결과"), one.get_state_display()),
            (_("이유"), _shown(one.answer, own)),
            (_("결정일"), date_weekday(one.decided_on)),
        ]
    elif one.withdrawn_on:
        facts += [(_("결과"), one.get_state_display()), (_("취하일"), date_weekday(one.withdrawn_on))]
    else:
        facts.append((_("결정 기한"), date_weekday(one.clock.due)))
    return {
        "name": one.get_kind_display(),
        "facts": [(label, value) for label, value in facts if value],
        "arithmetic": deadlines.steps(one.clock, _("신청")) if one.is_waiting else [],
    }


def _may_ask_until(proposal: Proposal) -> str:
    """Until when the proposer may ask for another look, in words."""
    if until.may_object(proposal):
        last = until.until(proposal, "objection")
        return _("이의 신청은 %(day)s까지 한 번 할 수 있습니다.") % {"day": _day(last)}
    if until.may_ask_review(proposal):
        last = until.until(proposal, "review")
        if proposal.state == State.ADOPTED:
            words = _("받아들이지 않은 내용의 재심사 신청은 %(day)s까지 한 번 할 수 있습니다.")
        else:
            words = _("재심사 신청은 %(day)s까지 한 번 할 수 있습니다.")
        return words % {"day": _day(last)}
    if until.may_ask_later(proposal):
        last = until.until(proposal, "later")
        words = _("같은 내용이 실시되었다면 %(day)s까지 재심사를 신청할 수 있습니다.")
        return words % {"day": _day(last)}
    return ""


def _day(day: date | None) -> str:
    return date_weekday(day) if day else ""


def credits_of(proposal: Proposal) -> dict[str, list[Any]]:
    """Both ways: whom it names, and who names it. Titles as everybody reads them."""
    found: dict[str, list[Any]] = {"earlier": [], "later": []}
    if not (beside.has(proposal, "credits") or beside.has(proposal, "credited")):
        return found
    rows = Credit.objects.filter(Q(proposal=proposal) | Q(earlier=proposal))
    for one in rows.select_related("proposal", "earlier", "fingerprint"):
        if one.proposal_id == proposal.pk:
            found["earlier"].append(one.earlier or one.fingerprint)
        else:
            found["later"].append(one.proposal)
    return found


def earlier_than(proposal: Proposal) -> tuple[list[Proposal], list[Fingerprint]]:
    """Like ideas that came before and were not taken: proposals, and of those that are gone their fingerprints."""
    least = SIMILAR_PERCENT.current() / 100
    before = Proposal.objects.public().filter(received_at__lt=proposal.received_at)
    near = [
        one.pk
        for one in TITLES.find(proposal.title, before.exclude(state=State.ADOPTED))
        if one.score >= least
    ]
    marks = [
        one.pk
        for one in FINGERPRINTS.find(proposal.title, Fingerprint.objects.filter(proposal=None))
        if one.score >= least
    ]
    found, left = Proposal.objects.in_bulk(near), Fingerprint.objects.in_bulk(marks)
    return [found[pk] for pk in near if pk in found], [left[pk] for pk in marks if pk in left]


@dataclass(frozen=True)
class YearOfEffects:
    """What the ministry asks of a year (P14): adopted and carried out in it, graded in it, and what that came to in
    won with the cost taken off."""

    adopted: int
    carried_out: int
    graded: dict[Grade, int]
    saving: int
    cost: int

    @property
    def net(self) -> int:
        return self.saving - self.cost


def effects_of_year(year: int) -> YearOfEffects:
    """Called by: the report for the ministry, due by 31 January of the next year."""
    effects = Effect.objects.filter(graded_on__year=year)
    by_grade = dict(effects.values_list("grade").annotate(n=Count("*")).order_by())
    sums = effects.filter(saving__isnull=False).aggregate(saving=Sum("saving"), cost=Sum("cost"))
    return YearOfEffects(
        adopted=Undertaking.objects.filter(begun_on__year=year).count(),
        carried_out=Undertaking.objects.filter(carried_out_on__year=year, confirmed_by__isnull=False).count(),
        graded={grade: by_grade.get(grade.value, 0) for grade in Grade},
        saving=sums["saving"] or 0,
        cost=sums["cost"] or 0,
    )


def favoured(proposal: Proposal) -> Any | None:
    """The main proposer, whom alone a personnel favour may go to, where that is staff (P16)."""
    main = proposal.proposers.select_related("user").filter(is_main=True).first()
    return main.user if main else None


def earlier_decisions(proposal: Proposal) -> Sequence[Any]:
    """Those that stand no longer, for the office."""
    return list(proposal.earlier_decisions.all())
