"""Cases of earlier years as the office's records have them (N1): decided, answered, followed, without clocks, to-dos
and notices, and without points unless they are wished."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Max

from basis.days import Day, Precision
from benchmarking.enums import CaseState, Decision, FollowUpState, Origin, RoundKind
from benchmarking.models import Case, FollowUp, Review, ReviewRound
from benchmarking.services import earning
from benchmarking.services.cases import BATCH, number_key
from benchmarking.services.outcome import combined
from benchmarking.similar import TITLES
from core.actors import SYSTEM, user_of
from core.editing import apply
from core.now import today
from core.once import give_back, next_numbers, numbers_taken
from core.permissions import ensure
from core.transition import record_many
from organization.naming import Named
from reviews.enums import ReviewState

FIELDS = (
    "title",
    "source_kind",
    "source_name",
    "channel",
    "field",
    "cost_class",
    "estimated_cost",
    "summary",
    "found_by",
    "finder_name",
)


@dataclass(frozen=True)
class Answer:
    """What a department decided, if that is known, and what is left of its reasons."""

    asked: Named
    decision: str
    reason: str = ""


@dataclass(frozen=True)
class Record:
    """A case of `year`, numbered as it was then or after the last. `values`: FIELDS. Without departments the decision
    stands alone. `followed`: it became part of the work, on `implemented` if that is known."""

    year: int
    number: int | None
    values: dict[str, Any]
    decision: str = ""
    answers: tuple[Answer, ...] = ()
    found: Day | None = None
    decided: Day | None = None
    document: str = ""
    followed: bool = False
    implemented: Day | None = None
    result: str = ""

    @property
    def outcome(self) -> str:
        """That of its departments, where they have any (B4)."""
        decisions = {answer.decision for answer in self.answers if answer.decision}
        return combined(decisions) if decisions else self.decision

    @property
    def registered(self) -> Day:
        return registered_day(self.year, self.found, self.decided)

    @property
    def state(self) -> CaseState:
        if not self.outcome:
            return CaseState.RECORDED
        return CaseState.IMPLEMENTED if self.followed else CaseState.DECIDED


def registered_day(year: int, *days: Day | None) -> Day:
    """The first of them that lies in the year, else the year itself: statistics count it there (B9)."""
    known = (day for day in days if day and day.date.year == year)
    return next(known, Day(date(year, 1, 1), Precision.YEAR))


@transaction.atomic
def take_in(records: Sequence[Record], *, actor: Any, points: bool = False) -> list[models.Model]:
    """Make them cases; gives all that was made, each after what it hangs on. `points`: who found one earns by it."""
    if actor is not SYSTEM:  # the command line
        ensure(actor, "benchmarking.plan")
    made: list[models.Model] = []
    numbers = _numbers(records)
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        numbered = zip(batch, numbers[start : start + BATCH], strict=True)
        cases = Case.objects.bulk_create(_case(one, number, actor) for one, number in numbered)
        TITLES.index(cases)
        pairs = list(zip(cases, batch, strict=True))
        reviews = _reviews(pairs)
        followed = FollowUp.objects.bulk_create(_followed(pairs, reviews))
        record_many(cases, "record", actor=actor, data={"excel": True})
        if points:
            earning.found_then(cases, actor=actor)
        made += [*cases, *(dict.fromkeys(review.round for review in reviews)), *reviews, *followed]
    return made


def _numbers(records: Sequence[Record]) -> list[int]:
    """The number of then, else the next of its year."""
    last: dict[int, int] = dict(
        Case.objects.filter(year__in={one.year for one in records})
        .order_by()
        .values_list("year")
        .annotate(last=Max("number"))
    )
    for one in records:
        last[one.year] = max(last.get(one.year, 0), one.number or 0)
    this = today().year
    if this in last:  # its numbers go on being given
        numbers_taken(number_key(this), last[this])
    found = []
    for one in records:
        if one.number is None and one.year == this:
            last[this] = next_numbers(number_key(this))[0]
        elif one.number is None:
            last[one.year] += 1
        found.append(one.number or last[one.year])
    return found


def _case(one: Record, number: int, actor: Any) -> Case:
    case = Case(year=one.year, number=number, origin=Origin.RECORD, created_by=user_of(actor))
    apply(case, one.values, FIELDS)
    case.state, case.outcome = one.state, one.outcome
    case.set_days(
        {
            "found_on": one.found,
            "registered_on": one.registered,
            "decided_on": one.decided,
            "implemented_on": one.implemented,
        }
    )
    if one.result and not one.answers:  # no department's follow-up to write it into
        case.summary = f"{case.summary}\n\n{one.result}".strip()
    case.round_number = 1 if one.answers else 0
    case.reviews_total = case.reviews_done = len(one.answers)
    case.set_cost_order()
    return case


def _reviews(pairs: Iterable[tuple[Case, Record]]) -> list[Review]:
    asked = [(case, one) for case, one in pairs if one.answers]
    rounds = ReviewRound.objects.bulk_create(
        ReviewRound(case=case, number=1, kind=RoundKind.FIRST, document=one.document, dispatched_at=None)
        for case, one in asked
    )
    reviews: list[Review] = []
    for round_, (case, one) in zip(rounds, asked, strict=True):
        reviews += [_review(round_, case, one, answer) for answer in one.answers]
    return Review.objects.bulk_create(reviews)


def _review(round_: ReviewRound, case: Case, one: Record, answer: Answer) -> Review:
    review = Review(
        round=round_,
        case=case,
        department=answer.asked.department,
        department_name=answer.asked.name,
        state=ReviewState.COMPLETED,
        decision=answer.decision,
        reason=answer.reason,
    )
    review.set_days({"completed_on": one.decided})
    return review


def _followed(pairs: Iterable[tuple[Case, Record]], reviews: Iterable[Review]) -> Iterable[FollowUp]:
    """Of each department that adopted what is said to have become part of the work (B7)."""
    records = {case.pk: one for case, one in pairs if one.followed}
    for review in reviews:
        one = records.get(review.case_id)
        if one and review.decision == Decision.ADOPT:
            follow_up = FollowUp(review=review, state=FollowUpState.CONFIRMED, result=one.result)
            follow_up.set_days({"implemented_on": one.implemented})
            yield follow_up


@transaction.atomic
def give_up(made: Sequence[models.Model], *, actor: Any) -> None:
    """All that `take_in` made is about to be deleted: numbers of this year are given again if none was given since.

    Called by: the undoing of an import.
    """
    ensure(actor, "benchmarking.plan")
    earning.not_taken_in([row for row in made if isinstance(row, Case)], actor=actor)
    year = today().year
    give_back(number_key(year), {row.number for row in made if isinstance(row, Case) and row.year == year})
