"""What benchmarking earns (B10), in the transaction of the event; undoing the event takes it back.

Called last in a service: accounts are locked after everything else.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from basis.official import office_text
from benchmarking.models import Case, FollowUp, Review
from mileage import catalogue as earn
from mileage.services.awards import Award, award, has_earned, reverse_source

CORRECTED = _("사례 내용 수정")
UNDONE = _("가져오기 되돌림")


def found(cases: Iterable[Case], *, actor: Any) -> None:
    """Finding a case: on the day it was found, for a member of staff; of records of earlier years only where it earned
    before, because the office wished it."""
    _credit([case for case in cases if not case.is_record or has_earned([case], earn.FINDING)], actor)


def found_then(cases: Iterable[Case], *, actor: Any) -> None:
    """Finding cases of earlier years, as the office wishes (N1): on the day of the case as far as it is known."""
    _credit(cases, actor)


def _credit(cases: Iterable[Case], actor: Any) -> None:
    award(
        [
            Award(
                earn.FINDING,
                case.found_by,
                f"benchmarking.case:{case.pk}",
                case.found_on or case.registered_on,
                case.title,
                case,
            )
            for case in cases
            if case.found_by is not None and case.found_by.department_id is not None
        ],
        actor=actor,
    )


def found_otherwise(case: Case, *, actor: Any) -> None:
    """Credit anew: who found the case, or when, has been corrected."""
    reverse_source(case, reason=office_text(CORRECTED), actor=actor, rules=[earn.FINDING])
    found([case], actor=actor)


def not_found(case: Case, *, reason: str, actor: Any) -> None:
    """Take back what finding the case earned."""
    reverse_source(case, reason=reason, actor=actor, rules=[earn.FINDING])


def reviewed(review: Review, *, actor: Any) -> None:
    """Reviewing a case: on the day the answer was complete, for who wrote it."""
    author = review.reviewer or review.submitted_by
    if author is None or review.completed_on is None:
        return
    event, title = f"benchmarking.review:{review.pk}", review.case.title
    award([Award(earn.REVIEWING, author, event, review.completed_on, title, review)], actor=actor)


def not_reviewed(review: Review, *, reason: str, actor: Any) -> None:
    """Take back what the review earned."""
    reverse_source(review, reason=reason, actor=actor, rules=[earn.REVIEWING])


def implemented(follow_up: FollowUp, *, actor: Any) -> None:
    """업무반영: on the day it became part of the work, for who reported it."""
    if follow_up.reported_by is None or follow_up.implemented_on is None:
        return
    event, title = f"benchmarking.follow_up:{follow_up.pk}", follow_up.review.case.title
    day = follow_up.implemented_on
    award([Award(earn.IMPLEMENTING, follow_up.reported_by, event, day, title, follow_up)], actor=actor)


def not_implemented(follow_up: FollowUp, *, reason: str, actor: Any) -> None:
    """Take back what 업무반영 earned."""
    reverse_source(follow_up, reason=reason, actor=actor, rules=[earn.IMPLEMENTING])


def not_taken_in(cases: Iterable[Case], *, actor: Any) -> None:
    """Take back what finding these records earned: their import is undone."""
    known = list(cases)
    earned = has_earned(known, earn.FINDING)
    for case in known:
        if case.pk in earned:
            not_found(case, reason=office_text(UNDONE), actor=actor)
