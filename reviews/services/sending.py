"""Asking departments: who can be asked about what, and the review that begins (B3, O9)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core import deadlines
from core.now import today
from organization.models import Department
from reviews.kinds import ReviewKind
from reviews.models import R


@dataclass(frozen=True)
class Outcome:
    """What became of one subject of those sent together: `error` empty means sent."""

    subject: Any
    reviews: Sequence[Any]
    error: str = ""


@dataclass(frozen=True)
class Order:
    """What, whom to ask, and within how many days (None: as the policy says)."""

    subject: Any
    departments: Sequence[Department]
    days: int | None = None


def send(
    kind: ReviewKind[R],
    orders: Sequence[Order],
    one: Callable[[Any, Sequence[Department], int | None], Sequence[R]],
) -> list[Outcome]:
    """Send each subject to its departments: `one(subject, departments, days)` opens the reviews of one. Where that is
    refused, the Outcome says why, and the others go all the same.

    Locks: departments, then subjects. Raises: Rejected where no department is named at all or one has ended. Called by:
    the process, in a transaction.
    """
    locked = lock_departments(department for order in orders for department in order.departments)
    kind.lock_all([order.subject.pk for order in orders])
    results = []
    for order in orders:
        departments = [locked[department.pk] for department in order.departments]
        try:
            with transaction.atomic():
                reviews = one(kind.lock(order.subject.pk), departments, order.days)
                results.append(Outcome(order.subject, reviews))
        except Rejected as error:
            results.append(Outcome(order.subject, [], error.message))
    return results


def lock_departments(departments: Iterable[Department]) -> dict[int, Department]:
    """Those to be asked, by their keys, locked before the subjects as a merger does: it either finds the new reviews or
    is found here.

    Raises: Rejected where none is named at all or one has ended. Called by: `send`.
    """
    keys = {department.pk for department in departments}
    if not keys:
        raise Rejected(_("검토할 부서를 하나 이상 골라 주세요."), field="departments")
    rows = Department.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    locked = {department.pk: department for department in rows.order_by("pk")}
    for department in locked.values():
        if department.valid_to is not None and department.valid_to < today():
            raise Rejected(
                _("폐지된 부서(%(name)s)에는 보낼 수 없습니다.") % {"name": department.name},
                field="departments",
            )
    return locked


def open_review(kind: ReviewKind[R], department: Department, days: int | None = None, **of: Any) -> R:
    """A department's review begins today; `days`: other than the policy says, `of`: what is reviewed. The caller
    refreshes its open work (`keep.refresh`) and the subject.

    Called by: whoever sends, under the locks of department and subject.
    """
    day, figures = today(), kind.figures
    review: R = kind.model.objects.create(
        department=department,
        department_name=department.name,
        clock=deadlines.open_clock(kind.clock, day, days or figures.days.on(day)),
        notified_on=day,
        needs_confirmation=figures.confirmation.on(day),
        **of,
    )
    return review
