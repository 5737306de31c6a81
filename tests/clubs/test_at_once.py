"""Many at once: hours under their cap, an undoing, thirty phones in one minute (C3, C7, M4)."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Rejected
from core import roomcode
from core.now import pretend
from meetings.attending import room
from meetings.enums import Chair, Presence
from meetings.models import Session, SignIn
from meetings.selectors import seated
from meetings.services import sessions
from meetings.services.signing import sign
from mileage.models import Entry
from organization.models import User
from tests import factories as make
from tests.clubs import made
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
DAY = dt.date(2026, 9, 10)
AT = dt.datetime.fromisoformat("2026-09-10 15:50+09:00")


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


def pretending(work: Callable[[], Any], moment: Any = DAY) -> Callable[[], bool]:
    """Whether it was allowed; threads have a time of their own."""

    def inner() -> bool:
        with pretend(moment):
            try:
                work()
            except Rejected:
                return False
            return True

    return inner


def written(session: Session) -> Session:
    here = {seat.pk: Presence.PRESENT for seat in seated(session.panel, DAY)}
    values = {"ends_at": dt.time(18), "minutes": "논의함.", "actor": make.planner()}
    return sessions.hold(session, present=here, **values, version=session.version)


def earned(user: User) -> list[int]:
    rows = Entry.objects.filter(account__user=user, rule="meeting_hours").order_by("pk")
    return list(rows.values_list("amount", flat=True))


def test_m4_twenty_minutes_confirmed_at_once_give_one_person_twelve_hours_and_no_more() -> None:
    """A person in twenty clubs, whose minutes of one day are confirmed in the same breath."""
    person, of = make.UserFactory(), made.bureau()
    head = make.UserFactory(department=of)
    waiting = []
    for _n in range(20):
        people = [made.Member(head, Chair.CHAIR), made.Member(person, Chair.MEMBER)]
        club = made.club(people=people, bureau=of)
        waiting.append(
            written(made.sessions.plan(
                club.panel, held_on=DAY, begins_at=dt.time(16), place="회의실", actor=make.planner()
            ))
        )  # fmt: skip
    works = [
        pretending(lambda one=one: sessions.confirm(one, actor=head, version=one.version)) for one in waiting
    ]
    assert at_once(*works) == [True] * 20
    found = earned(person)
    assert sorted(found, reverse=True) == [200] * 6 + [0] * 14
    assert Entry.objects.filter(account__user=person, asked=200).count() == 20  # capped ones are recorded


def test_c7_minutes_undone_by_several_at_once_take_hours_back_once() -> None:
    club = made.club()
    member, president = made.one_of(club, "member"), made.president(club)
    session = written(made.meeting(club))
    session = sessions.confirm(session, actor=president, version=session.version)
    work = pretending(lambda: sessions.undo(session, reason="실수", actor=president, version=session.version))
    assert sorted(at_once(*[work] * 6)) == [False] * 5 + [True]
    assert earned(member) == [200, -200]
    fresh = Session.objects.select_related("panel").get(pk=session.pk)
    again = pretending(lambda: sessions.confirm(fresh, actor=president, version=fresh.version))
    assert sorted(at_once(*[again] * 6)) == [False] * 5 + [True]
    assert sum(earned(member)) == 200


def test_c7_thirty_phones_behind_one_address_all_get_in_within_a_minute() -> None:
    of = made.bureau()
    club = made.club(people=made.people(of, 30), bureau=of)
    session = made.meeting(club, ends_at=dt.time(18))
    people = list(User.objects.filter(seats__panel=club.panel).order_by("pk"))
    assert len(people) == 31
    phones = []
    for person in people:
        phone = Client(REMOTE_ADDR="203.0.113.9")
        phone.force_login(person)
        phones.append(phone)
    url = reverse("meetings:session_sign", args=[session.pk])
    said: list[int] = []

    def signs(phone: Client, second: int) -> Callable[[], None]:
        moment = AT + dt.timedelta(seconds=second)

        def inner() -> None:
            with pretend(moment):
                wrong = phone.post(url, {"code": "12"})  # each mistypes once
                right = phone.post(url, {"code": roomcode.shown(room(session), moment)})
            said.extend([wrong.status_code, right.status_code])

        return inner

    at_once(*[signs(phone, 2 * n % 60) for n, phone in enumerate(phones)])
    assert sorted(said) == [302] * 31 + [422] * 31
    assert SignIn.objects.count() == 31
    assert SignIn.objects.values("device").distinct().count() == 31


def test_c7_one_member_signing_on_two_phones_at_once_signs_once() -> None:
    club = made.club()
    session, member = made.meeting(club, ends_at=dt.time(18)), made.one_of(club, "member")
    code = roomcode.shown(room(session), AT)
    works = [
        pretending(lambda phone=phone: sign(session, code, user=member, device=phone), AT) for phone in "ab"
    ]
    assert at_once(*works) == [True, True]
    assert SignIn.objects.count() == 1
