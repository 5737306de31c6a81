"""How something found becomes a case: entered by planning, or reported by staff and taken in (B1, B2)."""

from collections.abc import Sequence
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from benchmarking import notifications
from benchmarking.models import Case
from benchmarking.selectors.cases import similar_cases
from benchmarking.services import cases, earning
from core.editing import check_seen
from core.now import today
from core.once import next_numbers
from core.transition import perform


@transaction.atomic
def enter(values: dict[str, Any], *, actor: Any, files: Sequence[File] = ()) -> Case:
    """Register (planning) or report (others) what was found. What is like an earlier case needs a word on what is
    different."""
    _tell_apart(values.get("title", ""), values.get("difference", ""), actor)
    return cases.register(values, actor=actor, files=files)


@transaction.atomic
def take_in(case: Case, *, difference: str = "", actor: Any, version: int | None = None) -> Case:
    """Make a case of a report; its finder has the points from now on (B10).

    Locks: the case, the numbers of the year, accounts. Raises: Outdated; Rejected if it is like an earlier one and
    nobody says what is different.
    """
    case = cases.lock(case.pk)
    check_seen(case, version)
    case.difference = case.difference or difference
    _tell_apart(case.title, case.difference, actor, case.pk)
    day = today()
    if case.year != day.year:  # it is numbered in the year in which it becomes a case
        case.year, (case.number,) = day.year, next_numbers(cases.number_key(day.year))
    case.registered_on = day
    perform(case, "take_in", actor=actor, reason=difference)
    earning.found([case], actor=actor)
    notifications.taken_in(case)
    return case


@transaction.atomic
def return_report(case: Case, *, reason: str, actor: Any, version: int | None = None) -> None:
    """Not taken in as it is; who reported it may mend it and report it again.

    Locks: the case. Raises: Outdated.
    """
    case = cases.lock(case.pk)
    check_seen(case, version)
    perform(case, "return_report", actor=actor, reason=reason)
    notifications.report_returned(case, reason)


@transaction.atomic
def report_again(case: Case, values: dict[str, Any], *, actor: Any, version: int | None, **rest: Any) -> Case:
    """Mend a returned report and hand it in anew.

    Locks: the case. Raises: Conflict, as `cases.update`.
    """
    case = cases.update(case, values, actor=actor, version=version, **rest)
    _tell_apart(case.title, case.difference, actor, case.pk)
    perform(case, "report_again", actor=actor)
    notifications.reported(case)
    return case


def _tell_apart(title: str, difference: str, actor: Any, own: int | None = None) -> None:
    found = [] if difference.strip() else similar_cases(title, actor, own)
    if found:
        text = _("비슷한 사례가 있습니다: %(case)s. 무엇이 다른지 적어 주세요.")
        raise Rejected(text % {"case": found[0].case}, field="difference")
