"""One case and everything shown beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from benchmarking.enums import REPORTS, CaseState, Decision
from benchmarking.models import Case, Review, ReviewRound
from benchmarking.policies import SIMILAR_PERCENT
from benchmarking.similar import TITLES
from core.components import Event
from core.models import TransitionLog
from core.timeline import detail_of, event_of
from core.transition import latest_first

CASE_TONES = {
    CaseState.REPORTED: "warning",
    CaseState.RETURNED: "neutral",
    CaseState.REGISTERED: "neutral",
    CaseState.IN_REVIEW: "info",
    CaseState.DECIDED: "primary",
    CaseState.IMPLEMENTED: "success",
    CaseState.CANCELLED: "neutral",
    CaseState.RECORDED: "neutral",
}
DECISION_TONES = {
    Decision.ADOPT: "success",
    Decision.LONG_TERM: "warning",
    Decision.IN_FORCE: "info",
    Decision.KEEP: "neutral",
    Decision.DECLINED: "neutral",
}
STEPS = (CaseState.REGISTERED, CaseState.IN_REVIEW, CaseState.DECIDED, CaseState.IMPLEMENTED)


LIKE = 35  # percent from which a title that is not similar enough to be pointed out is still worth a look
MOST_RELATED = 3


@dataclass(frozen=True)
class SimilarCase:
    case: Case
    percent: int


def similar_cases(title: str, user: Any, exclude: int | None = None) -> list[SimilarCase]:
    """Earlier cases alike enough to be shown before saving (B2), only those the user may see."""
    visible = Case.objects.visible_to(user)
    return similar_among(title, visible.exclude(pk=exclude) if exclude else visible)


def similar_among(title: str, cases: Any, *, rarity: Mapping[str, int] | None = None) -> list[SimilarCase]:
    """`rarity`: as counted for many titles together."""
    least, found = SIMILAR_PERCENT.current(), TITLES.find(title, cases, rarity=rarity)
    close = {pk: percent for pk, score in found if (percent := round(score * 100)) >= least}
    known = Case.objects.in_bulk(close) if close else {}
    return [SimilarCase(known[pk], percent) for pk, percent in close.items()]


def related_cases(title: str, user: Any, exclude: int | None = None) -> list[Case]:
    """Worth a look where none is similar enough: titles less alike, or summaries with the same words."""
    visible = Case.objects.visible_to(user).exclude(pk=exclude or 0)
    near = [pk for pk, score in TITLES.find(title, visible) if score * 100 >= LIKE]
    wanted = list(dict.fromkeys([*near, *TITLES.related(title, visible, MOST_RELATED)]))[:MOST_RELATED]
    cases = Case.objects.in_bulk(wanted) if wanted else {}
    return [cases[pk] for pk in wanted]


def planned_names(cases: Sequence[int]) -> dict[int, str]:
    """The departments thought of at intake, by case, as they are written in Excel."""
    found: dict[int, list[str]] = {}
    through = Case.suggested_departments.through.objects.filter(case_id__in=cases)
    for case, name in through.order_by("pk").values_list("case_id", "department__name"):
        found.setdefault(case, []).append(name)
    return {case: ", ".join(names) for case, names in found.items()}


def rounds_of(case: Case, user: Any) -> QuerySet[ReviewRound]:
    """Rounds, newest first, with the reviews this user may see: all of a decided case, else the own department's."""
    reviews = Review.objects.select_related("clock", "reviewer__department", "follow_up")
    reviews = reviews.prefetch_related("clock__adjustments")
    if case.state not in (CaseState.DECIDED, CaseState.IMPLEMENTED, CaseState.RECORDED):
        reviews = reviews.visible_to(user)
    rounds = case.rounds.select_related("dispatched_by__department").order_by("-number")
    return rounds.prefetch_related(Prefetch("reviews", reviews.order_by("department__order", "pk")))


def steps_of(case: Case) -> list[tuple[Any, str]]:
    """The step indicator."""
    if case.state == CaseState.CANCELLED:
        begun = CaseState.RECORDED if case.is_record else CaseState.REGISTERED
        return [(begun.label, "done"), (CaseState.CANCELLED.label, "current")]
    if case.state == CaseState.RECORDED:
        return [(CaseState.RECORDED.label, "current")]
    if case.state in REPORTS:
        return [(CaseState(case.state).label, "current"), *((state.label, "") for state in STEPS)]
    place = STEPS.index(CaseState(case.state))
    final = case.state == CaseState.IMPLEMENTED
    return [
        (state.label, "done" if i < place or final else "current" if i == place else "")
        for i, state in enumerate(STEPS)
    ]


def timeline(case: Case, reviews: Sequence[Review]) -> list[Event]:
    """What happened to the case and to the reviews shown, newest first."""
    follow_ups = {r.follow_up: r.department_name for r in reviews if hasattr(r, "follow_up")}
    department = {("review", r.pk): r.department_name for r in reviews}
    department |= {("followup", f.pk): name for f, name in follow_ups.items()}
    rows = latest_first(case, *reviews, *follow_ups)
    return [step_of(row, department.get((row.kind.model, row.object_id), "")) for row in rows]


def step_of(row: TransitionLog, place: str) -> Event:
    """A log row in words; `place` names whose step it was."""
    return event_of(row, place, _detail(row))


def _detail(row: TransitionLog) -> str:
    if outcome := row.data.get("outcome") or row.data.get("decision"):
        return str(Decision(outcome).label)
    if departments := row.data.get("departments"):
        return ", ".join(departments)
    return detail_of(row)


def recorded_reviews(case: Case) -> list[Review]:
    """What departments answered in a case of earlier years."""
    return list(Review.objects.filter(case=case, clock=None).select_related("follow_up").order_by("pk"))
