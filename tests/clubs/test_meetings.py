"""Meetings of clubs: planned for a year, answered, in the calendar (C2)."""

import datetime as dt
from collections.abc import Iterator

import icalendar
import pytest
from django.urls import reverse

from basis.errors import Refused, Rejected
from calendars.selectors import events_of
from core.models import OpenWork
from core.now import pretend
from core.work import verify
from meetings.attending import coming
from meetings.enums import Sort
from meetings.models import Answer, Session
from meetings.selectors import is_lacking, seated
from meetings.services import sessions
from meetings.services.answers import answer
from notifications.models import Mail, Notice
from tests import factories as make
from tests.clubs import made
from tests.clubs.held import DAY, asked, files_of, logged_in, seat_of, sent
from tests.meetings import made as committees

pytestmark = pytest.mark.django_db
NEXT = DAY + dt.timedelta(days=7)
AT = {"begins_at": dt.time(16), "place": "3층 회의실"}


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


# ----------------------------------------------------------------------------------------------------- planned


def test_c2_a_year_is_planned_at_once_and_told_in_one_mail_with_a_file_each() -> None:
    club = made.club()
    days = [dt.date(2026, month, 12) for month in (10, 11)] + [dt.date(2026, 12, 10)]
    planned = sessions.plan_many(
        club.panel, days, **AT, ends_at=dt.time(18), actor=make.fresh(made.secretary(club))
    )
    assert [one.title for one in planned] == ["제1회 정기모임", "제2회 정기모임", "제3회 정기모임"]
    mails = Mail.objects.filter(kind="meetings.invited", recipient=made.leader(club))
    assert mails.count() == 1
    files = files_of(mails.get())
    found = [icalendar.Calendar.from_ical(content).walk("VEVENT")[0] for content in files]
    assert [event["dtstart"].dt.date() for event in found] == days
    assert {event["dtend"].dt.hour for event in found} == {18}
    assert len({str(event["uid"]) for event in found}) == 3
    assert Notice.objects.filter(kind="meetings.invited", recipient=made.leader(club)).count() == 1
    with pytest.raises(Rejected, match="같은 날"):
        sessions.plan_many(club.panel, [dt.date(2026, 12, 24), days[0]], **AT, actor=made.secretary(club))
    assert club.panel.sessions.count() == 3  # all or none


def test_c2_the_page_shows_what_is_moved_and_what_clashes_before_it_plans() -> None:
    club = made.club()
    other = made.club(people=[*made.people(made.bureau(), 4), made.Member(made.leader(club))])
    made.meeting(other, on=dt.date(2026, 10, 8), begins_at=dt.time(17))
    made.meeting(club, on=dt.date(2026, 12, 3))
    client = logged_in(made.secretary(club))
    url = reverse("meetings:panel_plan_many", args=[club.panel_id])
    assert client.get(url).status_code == 200
    data = {
        "sort": "regular", "first": "2026-09", "last": "2026-12", "how": "day", "nth": "2", "weekday": "3",
        "day": "8", "begins_at": "16:00", "ends_at": "18:00", "place": "회의실",
    }  # fmt: skip
    preview = client.post(url, data)
    lines = preview.context["foreseen"]
    assert "지난 날" in lines[0]
    assert "1명이" in lines[1]
    assert "겹침" in lines[1]
    assert "2026. 11. 9.(월)" in lines[2]
    assert "11. 8.(일) 주말에서 옮김" in lines[2]
    assert "이미 잡은 제1회 정기모임" in lines[3]
    done = client.post(url, {**data, "preview": preview.context["preview"]})
    assert done.headers["Location"] == club.get_absolute_url()
    days = club.panel.sessions.order_by("held_on").values_list("held_on", flat=True)
    assert list(days) == [dt.date(2026, 10, 8), dt.date(2026, 11, 9), dt.date(2026, 12, 3)]
    refused = client.post(url, {**data, "last": "2026-09"})
    assert refused.status_code == 422


def test_c2_only_regular_meetings_fill_a_month() -> None:
    club = made.club()
    made.meeting(club, sort=Sort.TRIP)
    assert is_lacking(club.panel, DAY)
    work = OpenWork.objects.get(ask="meet")
    people = {made.one_of(club, chair, team).pk for chair in ("leader", "secretary") for team in (1, 2)}
    assert set(work.holders.values_list("key", flat=True)) == {f"u:{pk}" for pk in people}
    made.meeting(club, begins_at=dt.time(10))
    assert not is_lacking(club.panel, DAY)
    assert not OpenWork.objects.filter(ask="meet").exists()


def test_c2_an_expert_and_the_end_stand_on_the_page_and_in_the_calendar() -> None:
    club = made.club()
    client = logged_in(made.leader(club))
    at = {"held_on": "2026-09-17", "begins_at": "16:00", "ends_at": "17:30", "place": "구청", "title": ""}
    answer = sent(
        client,
        "meetings:panel_plan",
        club.panel_id,
        **at,
        sort="expert",
        guest="한빛대 교수 김하나",
        agenda="",
    )
    session = Session.objects.get()
    assert answer.headers["Location"] == session.get_absolute_url()
    page = client.get(session.get_absolute_url()).content.decode()
    for said in ("전문가 초빙", "한빛대 교수 김하나", "16:00 ~ 17:30", "총무", "내 참석 여부"):
        assert said in page
    (event,) = [one for one in events_of(make.fresh(made.secretary(club))) if "session" in one.uid]
    assert (event.last - event.first) == dt.timedelta(minutes=90)
    refused = sent(
        client, "meetings:session_change", session.pk, **{**at, "ends_at": "15:00"}, sort="extra", guest="",
        agenda="",
    )  # fmt: skip
    assert "ends_at" in refused.context["form"].errors
    listed = client.get(reverse("clubs:sessions")).context["list"]
    assert [row.pk for row in listed.rows] == [session.pk]
    assert client.get(reverse("meetings:sessions"), {"show": "all"}).context["list"].count == 0


# ----------------------------------------------------------------------------------------------------- answers


def test_c2_who_does_not_come_has_no_work_and_says_why_to_the_secretary_alone() -> None:
    club = made.club()
    session = made.meeting(club, on=NEXT)
    member, secretary = made.one_of(club, "member"), made.secretary(club)
    assert "모임 참석하기" in asked(member)
    with pytest.raises(Rejected) as refused:
        answer(session, seat_of(session, member), "no", actor=member)
    assert refused.value.field == "reason"
    answer(session, seat_of(session, member), "no", reason="병원 진료", actor=member)
    assert "모임 참석하기" not in asked(member)
    assert not verify.differences()
    (shown,) = [e for e in events_of(make.fresh(member)) if "session" in e.uid]
    assert not shown.busy
    page = logged_in(secretary).get(session.get_absolute_url()).content.decode()
    assert "병원 진료" in page
    assert "불참 1명" in page
    assert "답하지 않음" in page
    colleague = made.one_of(club, "member", 2)
    assert "병원 진료" not in logged_in(colleague).get(session.get_absolute_url()).content.decode()
    client = logged_in(member)
    assert sent(client, "meetings:session_answer", session.pk, reply="yes").status_code == 302
    assert "모임 참석하기" in asked(member)


def test_c2_who_comes_instead_is_told_and_has_it_in_the_calendar_until_it_is_taken_back() -> None:
    club = made.club()
    session = made.meeting(club, on=NEXT)
    member, other = made.one_of(club, "member"), make.UserFactory()
    client = logged_in(member)
    taken = sent(
        client, "meetings:session_answer", session.pk, reply="other",
        stand_in=made.leader(club).employee_number,
    )  # fmt: skip
    assert "stand_in" in taken.context["form"].errors  # a member already
    assert logged_in(other).get(session.get_absolute_url()).status_code == 404
    done = sent(client, "meetings:session_answer", session.pk, reply="other", stand_in=other.employee_number)
    assert done.status_code == 302
    assert Notice.objects.get(recipient=other).kind == "meetings.stand_in"
    (file,) = files_of(Mail.objects.get(recipient=other))
    assert b"METHOD:REQUEST" in file
    assert "모임 참석하기" in asked(other)
    assert "모임 참석하기" not in asked(member)
    assert [e for e in events_of(make.fresh(other)) if "session" in e.uid]
    assert logged_in(other).get(session.get_absolute_url()).status_code == 200
    second = made.one_of(club, "member", 2)
    with pytest.raises(Rejected, match="다른 회원을 대신해"):
        answer(session, seat_of(session, second), "other", other, actor=second)
    answer(session, seat_of(session, member), "yes", actor=member)
    assert Notice.objects.filter(recipient=other, kind="meetings.stand_in_off").count() == 1
    assert not [e for e in events_of(make.fresh(other)) if "session" in e.uid]
    assert "모임 참석하기" not in asked(other)


def test_c2_answers_fall_when_the_day_moves_and_stay_when_only_the_place_does() -> None:
    club = made.club()
    session = made.meeting(club, on=NEXT)
    member, other = made.one_of(club, "member"), make.UserFactory()
    answer(session, seat_of(session, member), "other", other, actor=member)
    planner = make.planner()
    changed = sessions.change(session, {"place": "강당"}, actor=planner, version=session.version)
    assert Answer.objects.count() == 1
    later = NEXT + dt.timedelta(days=1)
    sessions.change(changed, {"held_on": later}, actor=planner, version=changed.version)
    assert not Answer.objects.exists()
    assert "모임 참석하기" in asked(member)
    assert "모임 참석하기" not in asked(other)
    assert Notice.objects.filter(recipient=other, kind="meetings.moved_away").count() == 1
    assert not verify.differences()


def test_c2_one_answers_in_person_until_it_begins() -> None:
    club = made.club()
    session = made.meeting(club, on=NEXT)
    member, deputy = made.one_of(club, "member"), make.UserFactory()
    seat = seat_of(session, member)
    make.away(member, deputy, DAY, NEXT)
    for who in (make.fresh(deputy), make.planner()):
        with pytest.raises(Refused):
            answer(session, seat, "yes", actor=who)
    with pytest.raises(Rejected, match="본인"):
        answer(session, seat, "yes", actor=made.leader(club))
    with pretend(dt.datetime.fromisoformat("2026-09-17 15:59+09:00")):
        answer(session, seat, "yes", actor=member)
    with pretend(dt.datetime.fromisoformat("2026-09-17 16:00+09:00")), pytest.raises(Rejected, match="시작"):
        answer(session, seat, "no", reason="늦음", actor=member)


def test_c2_committees_answer_too_but_nobody_comes_instead() -> None:
    session = committees.planned(on=NEXT)
    member = seated(session.panel, NEXT)[0].user
    assert "회의 참석하기" in asked(member)
    with pytest.raises(Rejected) as refused:
        answer(session, seat_of(session, member), "other", make.UserFactory(), actor=member)
    assert refused.value.field == "reply"
    answer(session, seat_of(session, member), "no", reason="출장", actor=member)
    assert "회의 참석하기" not in asked(member)
    assert [one.reply for one in coming(session)].count("no") == 1
