"""Transfers entered late: points count for the department that was held, whatever was known when they were recorded."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from basis.periods import parse
from core.actors import SYSTEM
from core.ledger.verify import verify_all
from core.now import pretend
from mileage import catalogue as earn
from mileage.enums import Scheme
from mileage.models import Entry, HandoverLine
from mileage.rules import hundredths
from mileage.selectors import rankings, summary
from mileage.services import handover
from mileage.services import rankings as services
from mileage.services.awards import Award, award
from mileage.views.handover import LearningList
from organization.enums import Role
from organization.models import Department, Posting, User
from organization.services import staff
from tests import factories as make
from tests.ranked import AFTER, DEPARTMENTS, give

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
EARLY, DAY, LATE = dt.date(2026, 8, 9), dt.date(2026, 8, 10), dt.date(2026, 8, 20)
AUGUST = parse("2026-M08")


@pytest.fixture(autouse=True)
def _after() -> Iterator[None]:
    with pretend(AFTER):
        yield


def transfer(user: User, day: dt.date = DAY) -> Department:
    new: Department = make.DepartmentFactory(name="새부서")
    admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
    staff.transfer(user, actor=admin, department=new, position=user.position, rank="", valid_from=day)
    return new


def sums() -> dict[object, int]:
    return {line.key: line.total for line in summary.by_department(Scheme.CREATIVITY, AUGUST.days)}


def earned(user: User) -> None:
    """3 points the day before the transfer, 5 on its day, 7 later."""
    for day, points in ((EARLY, 3), (DAY, 5), (LATE, 7)):
        give(user, points, day, earn.FINDING)


def test_o2_points_follow_a_transfer_that_was_entered_late() -> None:
    user = make.UserFactory()
    old = user.department
    earned(user)
    assert old
    assert sums() == {old.pk: 1500}
    new = transfer(user)
    assert sums() == {old.pk: 300, new.pk: 1200}
    assert set(Entry.objects.values_list("department", flat=True)) == {old.pk}  # what was known then
    assert not list(verify_all())


def test_o2_a_corrected_transfer_moves_them_once_more() -> None:
    user = make.UserFactory()
    earned(user)
    wrong = transfer(user)
    right = transfer(user)
    assert (sums()[right.pk], wrong.pk in sums()) == (1200, False)


def test_o2_who_served_nowhere_counts_for_no_department_until_a_posting_is_entered() -> None:
    user = make.UserFactory()
    Posting.objects.filter(user=user).delete()
    earned(user)
    assert sums() == {None: 1500}
    Posting.objects.create(user=user, department=user.department, position=user.position, valid_from=LATE)
    assert sums() == {None: 800, user.department_id: 700}


def test_o2_m5_the_department_of_the_month_follows_and_a_confirmed_one_says_what_changed() -> None:
    user, mate = make.UserFactory.create_batch(2)
    earned(user)
    give(mate, 8, LATE, earn.FINDING)
    ranking = services.draft(DEPARTMENTS, AUGUST, actor=make.planner())
    services.confirm(ranking, actor=make.planner())
    new = transfer(user)
    found = [(one.key, one.total) for one in rankings.standings(DEPARTMENTS, AUGUST)]
    assert found == [(new.pk, 1200), (mate.department_id, 800), (user.department_id, 300)]
    rows = rankings.rows_of(ranking)
    assert [(row.department_id, row.total) for row in rows] == [
        (user.department_id, 1500), (mate.department_id, 800),
    ]  # fmt: skip
    changed = {one.label: one for one in rankings.changes(ranking, rows)}
    assert set(changed) == {str(user.department), "새부서"}


def test_o2_m5_departments_that_tie_are_told_apart_by_the_events_of_the_day() -> None:
    user, mate = make.UserFactory.create_batch(2)
    for n in range(2):
        give(user, 1, LATE, earn.FINDING, event=f"u{n}")
    give(mate, 2, LATE, earn.FINDING)
    new = transfer(user)
    first, second = rankings.standings(DEPARTMENTS, AUGUST)
    assert [(one.key, one.events) for one in (first, second)] == [(new.pk, 2), (mate.department_id, 1)]


def test_o2_m6_lists_and_why_tell_the_department_of_the_day(client: Client) -> None:
    user = make.UserFactory()
    old = user.department
    earned(user)
    Posting.objects.create(  # one that ended long before
        user=user, department=make.DepartmentFactory(), position="officer",
        valid_from=dt.date(2019, 1, 1), valid_to=dt.date(2019, 12, 31),
    )  # fmt: skip
    new = transfer(user)
    client.force_login(make.planner())

    def lines(department: object) -> tuple[int, list[str]]:
        page = client.get(reverse("mileage:entries"), {"department": department}).context["list"]
        return page.count, [str(row.cells[1].sub) for row in page.rows]

    assert old
    assert lines("") == (3, ["새부서", "새부서", old.name])
    assert lines(new.pk) == (2, ["새부서"] * 2)
    assert lines(old.pk) == (1, [old.name])
    assert lines("null") == (0, [])
    entry = Entry.objects.get(day=LATE)
    said = client.get(entry.get_absolute_url()).content.decode()
    assert f"새부서 (기록할 때는 {old.name}, 발령이 나중에 등록됨)" in said
    before = client.get(Entry.objects.get(day=EARLY).get_absolute_url()).content.decode()
    assert "발령이 나중에" not in before


def test_o2_m7_hours_are_handed_over_with_the_department_of_the_day_and_stay_so() -> None:
    user, clerk = make.UserFactory(), make.UserFactory(roles=[Role.GENERAL_AFFAIRS])
    award([Award(earn.VISIT_HOURS, user, "v", LATE, "현장체험", amount=hundredths(4))], actor=SYSTEM)
    first = transfer(user)
    view = LearningList()
    found = view.filter_class(QueryDict(f"department={first.pk}"), queryset=view.get_queryset(clerk)).qs
    assert [row.place for row in found] == ["새부서"]
    handover.hand_over(found, document="총무과-1131", handed_on=AFTER, actor=clerk)
    line = HandoverLine.objects.get()
    assert (line.department, line.department_name, line.position) == (first, "새부서", "주무관")
    second = transfer(user)
    line.refresh_from_db()
    assert (line.department, second == first) == (first, False)
