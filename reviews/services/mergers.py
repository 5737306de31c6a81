"""What becomes of a department's reviews when it ends and another takes over (O1)."""

from typing import Any

from core import deadlines
from core.actors import SYSTEM
from core.now import today
from core.transition import perform, record
from organization.models import Department
from reviews import notifications
from reviews.kinds import KINDS, ReviewKind
from reviews.models import R


def department_merged(old: Department, new: Department, actor: Any) -> None:
    """Give open reviews of a department that is no more to its successor. Where that has been asked the same itself,
    its own review stands for both. Completed ones keep the department they had.

    Locks: subjects (with those that are `concerned`), then reviews. Called by: `organization` under the departments'
    locks.
    """
    for kind in KINDS:
        _hand_over(kind, old, new, actor)


def _hand_over(kind: ReviewKind[R], old: Department, new: Department, actor: Any) -> None:
    name, open_ = kind.model.SUBJECT, kind.model.objects.open().filter(department=old)
    keys = kind.lock_all({*open_.values_list(name, flat=True), *kind.concerned(old)})
    subjects = kind.model._meta.get_field(name).related_model.objects.in_bulk(keys)
    folded: dict[int, R] = {}
    rows = open_.filter(**{f"{name}__in": subjects}).select_for_update(of=("self",)).order_by(name)
    for review in rows.select_related("clock", "reviewer", *kind.beside):
        setattr(review, name, subjects[review.subject_id])
        standing = kind.twin(review, new)
        if standing is None:
            _move(review, old, new, actor)
        else:
            _fold(kind, review, standing, old, new)
            folded[review.pk] = standing
    kind.merged(old, new, folded, actor)


def _move(review: R, old: Department, new: Department, actor: Any) -> None:
    review.department, review.department_name = new, new.name
    review.version += 1
    review.save()
    record(review, "merged", actor=actor, data={"from": old.name, "to": new.name, "on": today().isoformat()})


def _fold(kind: ReviewKind[R], review: R, standing: R, old: Department, new: Department) -> None:
    """What had been written stays in the record, with the review that stands for it."""
    perform(review, "fold", actor=SYSTEM, data={"from": old.name, "to": new.name, "review": standing.pk})
    deadlines.close(review.clock, today())
    notifications.folded(review, standing)
    kind.folded(review)
