"""What becomes of a department's reviews when it ends and another takes over (O1)."""

from typing import Any

from benchmarking import notifications
from benchmarking.models import Case, Review
from benchmarking.services.cases import lock_all
from benchmarking.services.dispatch import after_recall
from benchmarking.sockets import MERGERS
from core import deadlines
from core.actors import SYSTEM
from core.now import today
from core.transition import perform, record
from organization.models import Department


def department_merged(old: Department, new: Department, actor: Any) -> None:
    """Give open reviews of a department that is no more to its successor. Where that has been asked itself in the
    same round, its own review stands for both. Completed ones keep the department they had.

    Locks: cases (with those that `cases_of` names), then reviews. Called by: `organization` under the departments'
    locks.
    """
    open_ = Review.objects.open().filter(department=old)
    concerned = {
        *open_.values_list("case", flat=True),
        *(pk for merger in MERGERS for pk in merger.cases(old)),
    }
    cases = Case.objects.in_bulk(lock_all(concerned))
    folded: dict[int, Review] = {}
    rows = open_.filter(case__in=cases).select_for_update(of=("self",)).order_by("case_id")
    for review in rows.select_related("round", "clock", "reviewer"):
        review.case = cases[review.case_id]
        standing = Review.objects.live().filter(round=review.round_id, department=new).first()
        if standing is None:
            _move(review, old, new, actor)
        else:
            _fold(review, standing, old, new)
            folded[review.pk] = standing
    for merger in MERGERS:
        merger.move(old, new, folded, actor)


def _move(review: Review, old: Department, new: Department, actor: Any) -> None:
    review.department, review.department_name = new, new.name
    review.version += 1
    review.save()
    record(review, "merged", actor=actor, data={"from": old.name, "to": new.name, "on": today().isoformat()})


def _fold(review: Review, standing: Review, old: Department, new: Department) -> None:
    """What had been written stays in the record, with the review that stands for it."""
    perform(review, "fold", actor=SYSTEM, data={"from": old.name, "to": new.name, "review": standing.pk})
    deadlines.close(review.clock, today())
    notifications.folded(review, standing)
    after_recall(review.case)
