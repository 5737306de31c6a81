"""Attendance by the number on the screen of the room (C7)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from clubs.models import Club
from core import roomcode
from core.now import now, pretend
from meetings.attending import closes, expected, opens, pointed, room
from meetings.enums import Presence
from meetings.models import Session, SignIn
from meetings.policies import SIGN_BEFORE, SIGN_TRIES
from meetings.selectors import seated
from meetings.services.answers import answer
from meetings.services.signing import Slowed, sign
from organization.models import User
from policies.services import change
from tests import factories as make
from tests.clubs import made
from tests.clubs.held import logged_in

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 10)


def at(time: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-09-10 {time}+09:00")


@pytest.fixture
def club() -> Iterator[Club]:
    """With a meeting at 16:00, which is ten minutes away."""
    with pretend(at("09:00:00")):
        found = made.club()
        made.meeting(found, ends_at=dt.time(18))
    with pretend(at("15:50:00")):
        yield found


@pytest.fixture
def session(club: Club) -> Session:
    return Session.objects.select_related("panel").get()


def shown(session: Session, back: int = 0) -> str:
    return roomcode.shown(room(session), now() - dt.timedelta(seconds=back))


def test_c7_a_number_works_for_sixty_seconds_at_most_and_is_refused_at_ninety(
    club: Club, session: Session
) -> None:
    member = made.one_of(club, "member")
    for back in (90, 60, 75):
        with pytest.raises(Rejected, match="바뀌었습니다"):
            sign(session, shown(session, back), user=member)
    with pytest.raises(Rejected):
        sign(session, "", user=member)
    assert sign(session, shown(session, 30), user=member).user == member
    with pretend(at("15:50:29")):
        other = made.leader(club)
        assert (
            sign(session, shown(session, 59), user=other).user == other
        )  # sent by message, still on its way


def test_c7_an_early_try_says_when_it_opens_and_a_late_one_that_it_is_over(
    club: Club, session: Session
) -> None:
    member = made.one_of(club, "member")
    client = logged_in(member)
    url = reverse("meetings:session_sign", args=[session.pk])
    with pretend(at("15:29:59")):
        with pytest.raises(Rejected, match="15:30부터"):
            sign(session, shown(session), user=member)
        assert "15:30부터 서명할 수 있습니다" in client.get(url).content.decode()
        assert client.post(url, {"code": shown(session)}).status_code == 422
    with pretend(dt.datetime.fromisoformat("2026-09-09 10:00+09:00")):
        assert "9. 10. 15:30부터" in client.get(url).content.decode()
    with pretend(at("18:10:01")), pytest.raises(Rejected, match="18:10까지"):
        sign(session, shown(session), user=member)
    assert (opens(session), closes(session)) == (at("15:30:00"), at("18:10:00"))
    assert not SignIn.objects.exists()


def test_c7_wrong_numbers_slow_the_person_down_and_nobody_else(club: Club, session: Session) -> None:
    member, other = made.one_of(club, "member"), made.leader(club)
    client = logged_in(member)
    url = reverse("meetings:session_sign", args=[session.pk])
    for _n in range(SIGN_TRIES.current()):
        assert client.post(url, {"code": "000000"}).status_code == 422
    answer = client.post(url, {"code": shown(session)})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) <= 60
    with pytest.raises(Slowed):
        sign(session, shown(session), user=member)
    assert sign(session, shown(session), user=other)
    with pretend(now() + dt.timedelta(seconds=61)):
        assert client.post(url, {"code": shown(session)}).status_code == 302
    assert "출석했습니다" in client.get(url).content.decode()


def test_c7_who_comes_instead_signs_for_himself_and_a_stranger_for_nobody(
    club: Club, session: Session
) -> None:
    member, other, stranger = made.one_of(club, "member"), make.UserFactory(), make.UserFactory()
    seat = session.panel.seats.get(user=member)
    answer(session, seat, "other", other, actor=member)
    made_by = sign(session, shown(session), user=other)
    assert (made_by.seat, made_by.user) == (seat, other)
    assert expected(session)[seat.pk].stand_in == other
    with pytest.raises(Rejected, match="먼저 서명했습니다"):
        sign(session, shown(session), user=member)
    with pytest.raises(Refused):
        sign(session, shown(session), user=stranger)
    deputy = make.UserFactory()
    make.away(made.leader(club), deputy, DAY, DAY)
    with pytest.raises(Refused):  # nobody signs for another
        sign(session, shown(session), user=make.fresh(deputy))
    assert logged_in(stranger).get(reverse("meetings:session_sign", args=[session.pk])).status_code == 404


def test_c7_signing_twice_is_once_and_the_minutes_begin_from_the_signatures(
    club: Club, session: Session
) -> None:
    early, late = made.one_of(club, "member"), made.leader(club)
    for _n in range(2):
        sign(session, shown(session), user=early)
    with pretend(at("16:10:01")):
        sign(session, shown(session), user=late)
    assert SignIn.objects.count() == 2
    page = logged_in(made.secretary(club)).get(reverse("meetings:session_hold", args=[session.pk]))
    initial = page.context["form"].initial
    seats = {seat.user_id: seat.pk for seat in seated(session.panel, DAY)}
    words = {pk: initial[f"seat-{seat}-presence"] for pk, seat in seats.items()}
    assert words.pop(early.pk) == Presence.PRESENT
    assert words.pop(late.pk) == Presence.LATE
    assert set(words.values()) == {Presence.ABSENT}
    assert "출석 서명으로 출석을 채워 두었습니다" in page.content.decode()


def test_c7_one_phone_for_several_is_shown_to_the_secretary_and_not_refused(
    club: Club, session: Session
) -> None:
    people = [made.one_of(club, "member"), made.one_of(club, "member", 2), made.leader(club)]
    phone, url = Client(), reverse("meetings:session_sign", args=[session.pk])
    for person in people[:2]:
        phone.force_login(person)
        assert phone.post(url, {"code": shown(session)}).status_code == 302
    assert logged_in(people[2]).post(url, {"code": shown(session)}).status_code == 302
    (said,) = pointed(session)
    assert all(person.full_label in said for person in people[:2])
    assert people[2].full_label not in said
    assert "한 대로" in logged_in(made.secretary(club)).get(session.get_absolute_url()).content.decode()
    devices = set(SignIn.objects.values_list("device", flat=True))
    assert len(devices) == 2
    assert (
        phone.cookies["room"].value.partition(":")[0] not in devices
    )  # the phone keeps another word than we do


def test_c7_the_screen_renews_itself_without_script_just_after_the_number_has_changed(
    club: Club, session: Session
) -> None:
    member, url = made.one_of(club, "member"), reverse("meetings:session_screen", args=[session.pk])
    assert logged_in(member).get(url).status_code == 403
    client = logged_in(made.secretary(club))
    sign(session, shown(session), user=member)
    for second in (0, 7, 29):
        with pretend(at(f"15:50:{second:02}")):
            answer = client.get(url)
            page, renews = answer.content.decode(), int(answer.headers["Refresh"])
            assert renews == 30 - second + 1
            code = shown(session)
            assert f"{code[:3]} {code[3:]}" in page
            assert "7명 가운데 <strong>1명</strong>" in page
            assert 'src="data:image/svg+xml' in page
            after = at(f"15:50:{second:02}") + dt.timedelta(seconds=renews)
            assert roomcode.shown(room(session), after) != code
    with pretend(at("12:00:00")):
        assert "15:30부터" in client.get(url).content.decode()


def test_c7_the_number_in_the_address_stands_in_the_field(club: Club, session: Session) -> None:
    client = logged_in(made.one_of(club, "member"))
    page = client.get(reverse("meetings:session_sign", args=[session.pk]), {"code": shown(session)})
    assert f'value="{shown(session)}"' in page.content.decode()
    assert User.objects.count()


def test_c7_when_it_opens_is_a_policy(club: Club, session: Session) -> None:
    of = {"document": "방침", "reason": "조정", "author": make.planner()}
    change(SIGN_BEFORE, value=5, effective_from=DAY, **of)
    with pytest.raises(Rejected, match="15:55부터"):
        sign(session, shown(session), user=made.leader(club))
