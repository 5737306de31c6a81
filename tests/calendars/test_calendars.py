"""The own calendar: an address for programs, and files that mail programs understand (C2, R4a)."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from basis import ical
from calendars import services
from calendars.selectors import FEED, feed_of
from core.models import Pass
from core.now import pretend
from core.work import keep
from meetings.models import Session
from meetings.services import sessions
from meetings.workflow import minutes_due
from notifications.models import Mail
from organization.enums import Role
from organization.models import User
from organization.services import accounts
from tests import factories as make
from tests.calendars.read import Part, events, read
from tests.meetings.made import DAY, filled, outsider, planned, seat

SEOUL = ZoneInfo("Asia/Seoul")
NOW = dt.datetime(2026, 9, 1, 9, tzinfo=SEOUL)
TITLES = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=120)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(dt.date(2026, 9, 1)):
        yield


def mails_of(person: User) -> list[Part]:
    """The calendar files of the mails to this person, in their order."""
    rows = Mail.objects.filter(recipient=person).order_by("pk")
    found = []
    for row in rows:
        for file in row.email.attachments.all():
            assert file.mimetype.startswith("text/calendar; method=")
            with file.file.open("rb") as opened:
                found.append(read(opened.read()))
            assert found[-1].text("METHOD") in file.mimetype
    return found


def event(whole: Part) -> Part:
    (found,) = [one for one in whole.parts if one.name == "VEVENT"]
    return found


@pytest.mark.django_db
def test_c2_one_event_for_life_is_put_in_moved_and_taken_out() -> None:
    panel = filled()
    member, late = outsider(email="m@example.kr"), outsider(email="n@example.kr")
    seat(panel, member, ends_on=DAY)
    seat(panel, late, starts_on=DAY + dt.timedelta(1))
    session = planned(panel, on=DAY)
    moved = {
        "held_on": DAY + dt.timedelta(7),
        "begins_at": dt.time(10),
        "place": "1층; 회의실, 북쪽",
        "title": "확대 회의",
    }
    session = sessions.change(session, moved, actor=make.planner(), version=session.version)
    sessions.cancel(Session.objects.get(pk=session.pk), reason="불참자가 많음", actor=make.planner())

    first, off = mails_of(member)
    put_in, taken_out = mails_of(late)
    assert [one.text("METHOD") for one in (first, off, put_in, taken_out)] == [
        "REQUEST", "CANCEL", "REQUEST", "CANCEL",
    ]  # fmt: skip
    found = [event(one) for one in (first, off, put_in, taken_out)]
    assert len({one.text("UID") for one in found}) == 1
    assert int(found[0].text("SEQUENCE")) < int(found[1].text("SEQUENCE")) == int(found[2].text("SEQUENCE"))
    assert int(found[2].text("SEQUENCE")) < int(found[3].text("SEQUENCE"))
    assert found[0].moment("DTSTART") == dt.datetime(2026, 9, 10, 14, tzinfo=SEOUL)
    assert found[0].lines["DTSTART"][0]["TZID"] == "Asia/Seoul"
    assert found[2].moment("DTSTART") == dt.datetime(2026, 9, 17, 10, tzinfo=SEOUL)
    assert found[2].text("LOCATION") == "1층; 회의실, 북쪽"
    assert [one.text("STATUS") for one in found] == ["CONFIRMED", "CANCELLED", "CONFIRMED", "CANCELLED"]
    assert found[2].lines["ATTENDEE"][1] == "mailto:n@example.kr"


@pytest.mark.django_db
def test_c2_the_time_zone_comes_with_the_file() -> None:
    member = outsider(email="m@example.kr")
    panel = filled()
    seat(panel, member)
    planned(panel, on=DAY)
    (zone,) = [one for one in mails_of(member)[0].parts if one.name == "VTIMEZONE"]
    assert zone.text("TZID") == "Asia/Seoul"
    assert {one.lines["TZOFFSETTO"][1] for one in zone.parts} == {"+0900"}


@settings(deadline=None)
@given(TITLES, TITLES, st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)), st.integers(0, 30))
def test_c2_whatever_a_text_says_it_is_read_back(title: str, place: str, day: dt.date, length: int) -> None:
    last = day + dt.timedelta(length)
    one = ical.Event(uid="a@b", title=title, first=day, last=last, place=place, text=f"{place}\n{title}")
    found = events(ical.published([one], name=title, at=NOW))["a@b"]
    assert (found.text("SUMMARY"), found.text("LOCATION")) == (title, place)
    assert found.text("DESCRIPTION") == f"{place}\n{title}"
    assert found.moment("DTSTART") == day
    assert found.moment("DTEND") == last + dt.timedelta(1)


@pytest.mark.django_db
def test_r4a_the_private_address_shows_meetings_and_what_is_due_until_it_is_replaced(client: Client) -> None:
    panel, member = filled(), make.UserFactory()
    seat(panel, member)
    session = planned(panel, on=DAY)
    client.force_login(member)
    page = client.post(reverse("calendars:make"), {"once": ""}).content.decode()
    address = page.partition('value="http')[2].partition('"')[0]
    path = "/calendar/" + address.rpartition("/")[2]
    nobody = Client()
    answer = nobody.get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    found = list(events(answer.content).values())
    assert [one.text("SUMMARY") for one in found] == [str(session)], "once, though attending is a to-do, too"
    assert address.rpartition("/")[2] not in client.get(reverse("calendars:mine")).content.decode()

    client.post(reverse("calendars:make"), {"once": ""})
    assert nobody.get(path).status_code == 404
    assert feed_of(member) is not None
    client.post(reverse("calendars:stop"), {"once": ""})
    assert feed_of(member) is None


@pytest.mark.django_db
def test_r4a_called_off_meetings_stay_as_such_and_work_that_is_due_is_a_day() -> None:
    panel, secretary = filled(), make.planner()
    session = planned(panel, on=DAY)
    seat(panel, secretary)
    keep.refresh(Session.objects.get(pk=session.pk))
    sessions.cancel(Session.objects.get(pk=session.pk), reason="태풍", actor=secretary)
    held = planned(panel, on=DAY + dt.timedelta(1))
    with pretend(DAY + dt.timedelta(3)):
        sessions.pass_by(DAY + dt.timedelta(3))
        token = services.make(actor=secretary)
        found = {
            one.text("SUMMARY"): one
            for one in events(Client().get(f"/calendar/{token}.ics").content).values()
        }
    assert found[str(session)].text("STATUS") == "CANCELLED"
    assert found[str(held)].text("STATUS") == "CONFIRMED"
    (write,) = [one for name, one in found.items() if name.startswith("[회의록 작성하기]")]
    assert write.moment("DTSTART") == minutes_due(held)
    assert write.text("UID").startswith("work-")
    assert write.text("UID").partition("@")[0].endswith(f"-{held.pk}-write")
    assert (write.text("TRANSP"), write.text("URL")) == ("TRANSPARENT", found[str(held)].text("URL"))


@pytest.mark.django_db
def test_d4_a_closed_account_and_a_past_day_open_nothing() -> None:
    person = make.UserFactory()
    token = services.make(actor=person)
    assert services.owner_of(token) == person
    with pretend(dt.date(2027, 9, 2)):
        assert services.owner_of(token) is None
    token = services.make(actor=person)
    admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
    accounts.disable(person, actor=admin)
    assert services.owner_of(token) is None
    accounts.enable(person, actor=admin)
    assert services.owner_of(token) is None, "what was closed stays closed when the account is opened again"
    assert services.owner_of("") is services.owner_of("x") is None


@pytest.mark.django_db
def test_r4a_a_form_sent_twice_makes_one_address(client: Client) -> None:
    """The second time it cannot be told again."""
    person = make.UserFactory()
    client.force_login(person)
    page = client.get(reverse("calendars:make")).content.decode()
    once = page.partition('name="once" value="')[2].partition('"')[0]
    assert once
    first = client.post(reverse("calendars:make"), {"once": once})
    again = client.post(reverse("calendars:make"), {"once": once})
    assert (first.status_code, again.status_code) == (200, 302)
    assert Pass.objects.filter(kind=FEED).count() == 1
