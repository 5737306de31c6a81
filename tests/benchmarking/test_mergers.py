"""What becomes of reviews when departments are merged (O1)."""

import datetime as dt

import pytest

from basis.errors import Rejected
from benchmarking.enums import CaseState, Decision
from benchmarking.models import Case, Review
from benchmarking.services import dispatch
from core.now import pretend
from core.transition import history
from notifications.models import Notice
from notifications.selectors import todos_of as todos
from organization.enums import Role
from organization.models import Department, User
from organization.services import departments
from reviews.enums import ReviewState
from reviews.services import reviews
from tests import factories as make
from tests.benchmarking.reviewing import again
from tests.shared import lived_on

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)
_today = lived_on(DAY)


def merge(old: Department, new: Department) -> None:
    admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
    departments.merge(old, actor=admin, successor=new, effective_on=DAY, document="조례")


def two_asked() -> tuple[Review, Review]:
    """The same case asked of two departments in one round."""
    first = make.ReviewFactory()
    return first, make.ReviewFactory(case=first.case)


def test_o1_where_the_successor_was_asked_too_one_review_stands_for_both() -> None:
    ours, theirs = two_asked()
    reviewer = make.UserFactory(department=ours.department)
    reviews.assign(ours, reviewer, actor=make.head(ours))
    merge(ours.department, theirs.department)
    folded, standing = again(ours), again(theirs)
    assert (folded.state, folded.department, folded.clock.closed_on) == (
        ReviewState.RECALLED, ours.department, DAY,
    )  # fmt: skip
    log = history(folded).last()
    assert log is not None
    assert (log.name, log.to_state, log.actor) == ("fold", "recalled", None)
    assert log.data == {"from": ours.department_name, "to": theirs.department_name, "review": theirs.pk}
    case = Case.objects.get()
    assert (case.state, case.reviews_total, case.reviews_done, case.next_due) == (
        CaseState.IN_REVIEW, 1, 0, standing.clock.due,
    )  # fmt: skip
    notice = Notice.objects.get(kind="benchmarking.folded")
    assert (notice.recipient, notice.url) == (reviewer, theirs.get_absolute_url())
    assert list(todos(make.fresh(reviewer))) == []
    assert not Review.objects.open().exclude(pk=theirs.pk).exists()


def test_o1_a_merger_that_leaves_no_open_review_decides_the_case() -> None:
    ours, theirs = two_asked()
    make.answered(theirs, Decision.ADOPT)
    merge(ours.department, theirs.department)
    case = Case.objects.get()
    assert (case.state, case.outcome, case.decided_on) == (CaseState.DECIDED, Decision.ADOPT, DAY)
    assert (case.reviews_total, case.reviews_done, case.next_due) == (1, 1, None)


def test_o1_what_the_merged_department_had_decided_stays_and_counts() -> None:
    ours, theirs = two_asked()
    make.answered(ours, Decision.ADOPT)
    merge(ours.department, theirs.department)
    assert (again(ours).state, again(ours).department) == (ReviewState.COMPLETED, ours.department)
    boss = User.objects.filter(department=theirs.department, position="head").first()
    reviews.submit(theirs, make.answer(Decision.KEEP), actor=boss)
    case = Case.objects.get()
    assert (case.outcome, case.reviews_total, case.reviews_done) == (Decision.ADOPT, 2, 2)


def test_o1_a_review_recalled_from_the_successor_does_not_stand_in_the_way() -> None:
    ours, theirs = two_asked()
    reviews.recall(theirs, reason="잘못 보냄", actor=make.planner())
    merge(ours.department, theirs.department)
    assert (again(ours).state, again(ours).department) == (ReviewState.WAITING, theirs.department)
    assert Case.objects.get().reviews_total == 1


def test_o1_nothing_is_sent_to_a_department_that_has_just_ended() -> None:
    old, new = make.DepartmentFactory(), make.DepartmentFactory()
    read_before = Department.objects.get(pk=old.pk)
    merge(old, new)
    with pretend(DAY + dt.timedelta(days=1)), pytest.raises(Rejected, match="폐지된 부서"):
        dispatch.dispatch([make.CaseFactory()], [read_before], actor=make.planner())
