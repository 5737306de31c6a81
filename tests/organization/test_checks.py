"""The access log is looked through each month; what is unusual is pointed out (D6)."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from core import duties
from core.models import AccessLog, Destruction, OpenWork
from core.now import pretend
from notifications.models import Notice
from organization.enums import CheckState, Role
from organization.models import AccessCheck, User
from organization.services import checks
from organization.unusual import unusual
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
SEOUL = dt.timezone(dt.timedelta(hours=9))
OCTOBER = dt.date(2026, 10, 1)


def look(actor: User, day: int, hour: int, person: User | None = None, *, month: int = 10) -> None:
    AccessLog.objects.create(
        actor=actor, at=dt.datetime(2026, month, day, hour, tzinfo=SEOUL), action="view",
        subject_kind="staff", subject_label="직원", person=person,
    )  # fmt: skip


@pytest.fixture
def auditor() -> User:
    return make.UserFactory(roles=[Role.AUDITOR])


def test_d6_many_looks_the_night_and_other_departments_are_pointed_out(
    monkeypatch: pytest.MonkeyPatch, auditor: User
) -> None:
    busy, late, curious = sorted((make.UserFactory() for _n in range(3)), key=lambda u: u.employee_number)
    monkeypatch.setattr("organization.unusual.MANY_LOOKS", SimpleNamespace(on=lambda day: 3))
    monkeypatch.setattr("organization.unusual.MANY_STRANGERS", SimpleNamespace(on=lambda day: 2))
    for _n in range(3):
        look(busy, 5, 10, make.UserFactory(department=busy.department))
    look(busy, 6, 10)
    for day, hour in ((7, 21), (7, 22), (8, 5), (8, 6)):
        look(late, day, hour)
    strangers = [make.UserFactory() for _n in range(2)]
    for person in (*strangers, strangers[0], make.UserFactory(department=curious.department)):
        look(curious, 9 + strangers.index(person) if person in strangers else 20, 11, person)
    look(late, 1, 0, month=11)
    look(late, 30, 23, month=9)
    found = [(one["who"], one["what"], one["count"]) for one in unusual(OCTOBER)]
    assert found == [
        (busy.full_label, "하루에 많이 봄: 2026. 10. 5.", 3),
        (late.full_label, "야간에 봄", 2),
        (curious.full_label, "다른 부서 직원을 많이 봄(명)", 2),
    ]


def test_d6_every_month_that_is_over_gets_its_check_once() -> None:
    assert checks.open_checks(dt.date(2026, 11, 1)) == 0
    look(make.UserFactory(), 20, 10, month=8)
    assert checks.open_checks(dt.date(2026, 10, 31)) == 2
    assert checks.open_checks(dt.date(2026, 11, 1)) == 1
    assert checks.open_checks(dt.date(2026, 11, 2)) == 0
    assert [row.month.month for row in AccessCheck.objects.order_by("month")] == [8, 9, 10]


def test_d6_who_checks_is_reminded_before_and_after_the_day(auditor: User) -> None:
    look(make.UserFactory(), 8, 23)
    checks.open_checks(dt.date(2026, 11, 1))
    told = []
    for day in (6, 9, 10, 12, 13, 14):  # the 7th is a Saturday
        before = Notice.objects.filter(recipient=auditor).count()
        with pretend(dt.date(2026, 11, day)):
            duties.run_due(dt.date(2026, 11, day))
        told.append(Notice.objects.filter(recipient=auditor).count() - before)
    assert told == [0, 1, 1, 0, 1, 0]


def test_d6_the_owner_checks_with_what_came_of_it_and_it_is_kept(client: Client, auditor: User) -> None:
    look(make.UserFactory(), 8, 23)
    with pretend(dt.date(2026, 11, 2)):
        checks.open_checks(dt.date(2026, 11, 2))
        found = AccessCheck.objects.get()
        (work,) = OpenWork.objects.about(AccessCheck)
        assert (work.due, [row.key for row in work.holders.all()]) == (dt.date(2026, 11, 10), ["r:auditor"])
        client.force_login(auditor)
        page = client.get(found.get_absolute_url()).content.decode()
        assert "야간에 봄" in page
        step = reverse("access_check_check", args=[found.pk])
        assert client.post(step, {"reason": "", "version": found.version}).status_code == 422
        client.post(step, {"reason": "당직 근무로 확인", "version": found.version})
        found.refresh_from_db()
        look(make.UserFactory(), 9, 23)  # found later; the check stays what it was
        assert (found.state, found.looks, len(found.unusual)) == (CheckState.DONE, 1, 1)
        assert (found.result, found.checked_by) == ("당직 근무로 확인", auditor)
        assert not OpenWork.objects.about(AccessCheck).exists()
        for fmt in ("html", "xlsx"):
            assert client.get(found.get_absolute_url(), {"format": fmt}).status_code == 200
        page = client.get(reverse("access_checks")).content.decode()
        assert "당직 근무로 확인" in page
        client.force_login(make.planner())
        assert client.get(found.get_absolute_url()).status_code == 403


def test_d6_what_was_destroyed_is_shown_in_words(client: Client, auditor: User) -> None:
    Destruction.objects.create(
        log=AccessLog._meta.db_table, before=dt.datetime(2024, 10, 1, tzinfo=SEOUL), count=1234
    )
    client.force_login(auditor)
    page = client.get(reverse("destruction_log")).content.decode()
    assert all(words in page for words in (str(AccessLog._meta.verbose_name), "1,234", "2024. 10. 1."))
