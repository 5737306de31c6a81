"""Meetings of clubs: planned for a year, answered, written down, hours, undone (C2, C3, C7, C8)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import icalendar
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from calendars.selectors import events_of
from clubs.models import Club
from core import attachments
from core.models import OpenWork
from core.now import pretend
from core.work import verify
from evaluations.forms.rounds import StageForm
from evaluations.models import Stage
from meetings import sockets
from meetings.attending import coming, hours_of, pointed
from meetings.documents import attendance_sheet, minutes
from meetings.enums import DecisionState, Presence, SessionState, Sort
from meetings.models import Answer, Session
from meetings.selectors import is_lacking, seated
from meetings.services import decisions, seats, sessions
from meetings.services.answers import answer
from meetings.services.decisions import Given
from meetings.views.sessions import offers_for
from mileage.models import Entry
from notifications.models import Mail, Notice
from notifications.selectors import todos_of
from organization.models import User
from tests import factories as make
from tests.clubs import made
from tests.meetings import made as committees

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 10)
NEXT = DAY + dt.timedelta(days=7)
AT = {"begins_at": dt.time(16), "place": "3층 회의실"}


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


def seat_of(session: Session, user: User) -> Any:
    return next(seat for seat in seated(session.panel, session.held_on) if seat.user_id == user.pk)


def held(session: Session, by: User | None = None, **values: Any) -> Session:
    """All were there, unless said otherwise."""
    everybody = dict.fromkeys((one.pk for one in seated(session.panel, session.held_on)), Presence.PRESENT)
    usual = {"present": everybody, "ends_at": dt.time(18), "minutes": "과제를 나눔."}
    actor = by or made.secretary(session.panel.club)
    fresh = Session.objects.get(pk=session.pk)
    return sessions.hold(fresh, **{**usual, **values}, actor=actor, version=fresh.version)


def confirmed(session: Session, by: User | None = None) -> Session:
    fresh = Session.objects.get(pk=session.pk)
    actor = by or made.president(session.panel.club)
    return sessions.confirm(fresh, actor=actor, version=fresh.version)


def undone(session: Session, by: User | None = None) -> Session:
    fresh = Session.objects.get(pk=session.pk)
    return sessions.undo(
        fresh, reason="잘못 확정", actor=by or made.president(session.panel.club), version=fresh.version
    )


def files_of(mail: Mail) -> list[bytes]:
    found = []
    for one in mail.email.attachments.order_by("name"):
        with one.file.open() as file:
            found.append(file.read())
    return found


def hours(user: User) -> int:
    rows = Entry.objects.filter(account__user=user, rule="meeting_hours")
    return sum(rows.values_list("amount", flat=True))


def asked(user: User) -> list[str]:
    return [str(todo.verb) for todo in todos_of(make.fresh(user))]


def sent(client: Client, address: str, pk: int, **data: Any) -> Any:
    url = reverse(address, args=[pk])
    page = client.get(url).context or {}
    return client.post(url, {"version": page.get("seen_version", ""), **data})


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


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


# ----------------------------------------------------------------------------------------------------- minutes


def test_c7_attendance_is_a_word_each_worth_its_hours_and_a_stand_in_earns_himself() -> None:
    club = made.club(8)
    session = made.meeting(club)
    seats = seated(session.panel, DAY)
    other = make.UserFactory()
    here = dict(zip((s.pk for s in seats), Presence.values * 2, strict=False))
    instead = next(s for s in seats if here[s.pk] == Presence.ONLINE)
    held(session, present=here, stand_ins={instead.pk: other}, absent={seats[4].pk: "출장"})
    confirmed(session, by=make.planner())
    worth = {"present": 200, "late": 100, "left": 100, "online": 200, "absent": 0}
    for seat in seats:
        assert hours(seat.user) == (0 if seat == instead else worth[here[seat.pk]])
    assert hours(other) == 200
    assert session.attendances.get(seat=seats[4]).note == "출장"
    paper = minutes(Session.objects.get(pk=session.pk))
    text = str(paper)
    for said in ("지각", "조퇴", "온라인", "대신 참석", "출장", "2시간"):
        assert said in text
    assert "의사 정족수" not in text


@pytest.mark.parametrize("sort", [Sort.EXTRA, Sort.TRIP, Sort.EXPERT])
def test_c3_only_regular_meetings_earn(sort: str) -> None:
    session = made.meeting(made.club(), sort=sort)
    held(session)
    confirmed(session)
    assert not Entry.objects.exists()


def test_c3_hours_stop_at_twelve_in_a_half_year_and_begin_again_in_the_next() -> None:
    with pretend(dt.date(2026, 2, 2)):
        club = made.club()
    member = made.one_of(club, "member")
    for month in (2, 3, 4, 5, 6):
        for day in (4, 11):
            with pretend(dt.date(2026, month, day)):
                session = made.meeting(club)
                held(session)
                confirmed(session)
    assert hours(member) == 1200
    rows = Entry.objects.filter(account__user=member, rule="meeting_hours").order_by("pk")
    assert [row.asked for row in rows] == [200] * 10
    assert [row.amount for row in rows] == [200] * 6 + [0] * 4  # capped ones stand there, too (M4)
    with pretend(dt.date(2026, 7, 2)):
        session = made.meeting(club)
        held(session)
        confirmed(session)
    assert hours(member) == 1400


def test_c7_undoing_takes_hours_back_once_and_the_next_confirmation_gives_them_again() -> None:
    club = made.club()
    session, member = made.meeting(club), made.one_of(club, "member")
    held(session)
    confirmed(session)
    assert hours(member) == 200
    with pytest.raises(Refused):
        undone(session, by=made.secretary(club))
    undone(session)
    assert hours(member) == 0
    with pytest.raises(Rejected):
        undone(session)
    assert Session.objects.get(pk=session.pk).state == SessionState.HELD
    seat = seat_of(session, member)
    here = {one.pk: Presence.PRESENT for one in seated(session.panel, DAY)}
    held(session, present=here | {seat.pk: Presence.LATE})
    confirmed(session)
    assert hours(member) == 100
    assert hours_of(session)[member.pk] == 100
    assert Entry.objects.filter(account__user=member).count() == 3


def test_c7_a_committees_minutes_are_never_undone() -> None:
    session = committees.confirmed(committees.held(committees.planned(on=DAY)))
    for who in (make.planner(), committees.confirmer()):
        with pytest.raises(Refused):
            sessions.undo(session, reason="실수", actor=who, version=session.version)


def test_c8_decisions_of_undone_minutes_wait_and_what_was_done_stays() -> None:
    club = made.club()
    session = made.meeting(club)
    first, second = made.one_of(club, "member"), made.one_of(club, "member", 2)
    given = [Given("조사한다", person=first, until=NEXT), Given("정리한다", person=second, until=NEXT)]
    held(session, decided=given)
    confirmed(session)
    done = session.decisions.get(person=first)
    decisions.finish(done, "조사함", actor=first)
    undone(session)
    assert "회의 결정 처리하기" not in asked(second)
    states = dict(session.decisions.values_list("text", "state"))
    assert states == {"조사한다": DecisionState.DONE, "정리한다": DecisionState.DRAFT}
    client = logged_in(made.secretary(club))
    page = client.get(reverse("meetings:session_rewrite", args=[session.pk]))
    assert "이미 처리한 결정 사항" in page.content.decode()
    assert page.context["form"].initial["decision-0-text"] == "정리한다"
    held(session, decided=[Given("정리해 보고한다", person=second)])
    confirmed(session)
    assert list(session.decisions.values_list("text", "state")) == [
        ("조사한다", DecisionState.DONE),
        ("정리해 보고한다", DecisionState.OPEN),
    ]
    assert "회의 결정 처리하기" in asked(second)
    assert not verify.differences()


def test_c7_who_confirms_is_the_president_or_a_leader_and_not_who_wrote() -> None:
    club = made.club()
    session = made.meeting(club)
    leader, secretary = made.leader(club), made.secretary(club)
    held(session, by=leader)
    keys = set(OpenWork.objects.get(ask="confirm").holders.values_list("key", flat=True))
    others = {f"u:{made.president(club).pk}", f"u:{made.one_of(club, 'leader', 2).pk}"}
    assert {key for key in keys if not key.startswith("-")} == others
    for who in (leader, secretary):
        with pytest.raises(Refused):
            confirmed(session, by=who)
    confirmed(session, by=made.one_of(club, "leader", 2))


def test_c7_what_does_not_fit_is_pointed_out_and_not_refused() -> None:
    club = made.club()
    both = made.leader(club)
    other = made.club(people=[*made.people(made.bureau(), 4), made.Member(both)])
    there = made.meeting(other, begins_at=dt.time(17))
    held(there, by=made.secretary(other))
    session = made.meeting(club)
    held(session, ends_at=dt.time(17, 30))
    said = " ".join(pointed(Session.objects.get(pk=session.pk)))
    assert "인정 시간(2시간)이 모임 시간(1.5시간)보다" in said
    assert both.full_label in said
    assert str(there) in said
    client = logged_in(made.president(club))
    page = client.get(reverse("meetings:session_confirm", args=[session.pk]))
    assert any("상시학습 14시간" in line for line in page.context["foreseen"])
    assert any("같은 시간" in line for line in page.context["foreseen"])
    assert "같은 시간" in client.get(session.get_absolute_url()).content.decode()
    stranger = logged_in(made.one_of(club, "member"))
    assert "같은 시간" not in stranger.get(session.get_absolute_url()).content.decode()
    confirmed(session)


def test_c7_the_form_takes_a_word_for_each_and_leaves_no_outcome() -> None:
    club = made.club()
    session = made.meeting(club)
    member, other = made.one_of(club, "member"), make.UserFactory()
    answer_seat = seat_of(session, member)
    answer(session, answer_seat, "no", reason="휴가", actor=member)
    client = logged_in(made.secretary(club))
    page = client.get(reverse("meetings:session_hold", args=[session.pk]))
    initial = page.context["form"].initial
    assert initial[f"seat-{answer_seat.pk}-presence"] == Presence.ABSENT
    assert initial[f"seat-{answer_seat.pk}-note"] == "휴가"
    item = session.items.get()
    data = {key: value for key, value in initial.items() if key.startswith("seat-")}
    data |= {f"item-{item.pk}-resolution": "두 모둠으로 나눔", "minutes": "논의함.", "ends_at": "18:00"}
    wrong = sent(
        client, "meetings:session_hold", session.pk,
        **data | {f"seat-{answer_seat.pk}-stand_in": other.employee_number},
    )  # fmt: skip
    assert f"seat-{answer_seat.pk}-stand_in" in wrong.context["form"].errors
    assert sent(client, "meetings:session_hold", session.pk, **data).status_code == 302
    item.refresh_from_db()
    assert (item.outcome, item.resolution) == ("", "두 모둠으로 나눔")
    with pytest.raises(Rejected):
        held(session, outcomes={item.pk: ("passed", "", None, None, None)})


def test_c7_papers_of_a_meeting() -> None:
    club = made.club()
    session = made.meeting(club)
    attachments.attach(session, [ContentFile(b"%PDF-1.4 x", "자료.pdf")], actor=make.planner())
    client = logged_in(made.secretary(club))
    sheet = str(attendance_sheet(session))
    assert "서명" in sheet
    assert made.leader(club).full_label in sheet
    held(session)
    for name in ("session_sheet", "session_minutes"):
        for fmt in ("html", "hwpx", "xlsx"):
            assert (
                client.get(reverse(f"meetings:{name}", args=[session.pk]), {"format": fmt}).status_code == 200
            )


def test_c1_the_club_sees_to_its_seats_and_no_other_does() -> None:
    club, other = made.club(), made.club()
    values = {"basis": "ex_officio", "starts_on": DAY}
    with pytest.raises(Refused):
        seats.appoint(club.panel, make.UserFactory(), values, actor=made.secretary(other))
    seats.appoint(club.panel, make.UserFactory(), values, actor=made.secretary(club))
    client = logged_in(make.planner())
    assert client.get(reverse("meetings:panel", args=[club.panel_id])).headers["Location"] == (
        Club.objects.get(pk=club.pk).get_absolute_url()
    )
    assert client.get(reverse("meetings:panel_end", args=[club.panel_id])).status_code == 404
    assert client.get(reverse("meetings:panels")).context["list"].count == 0
    assert client.get(reverse("meetings:seats"), {"show": "all"}).context["list"].count == 0


def test_c2_a_club_need_not_meet_in_months_without_activity() -> None:
    club = made.club()
    assert is_lacking(club.panel, dt.date(2026, 11, 2))
    assert not is_lacking(club.panel, dt.date(2026, 12, 1))


def test_c2_what_waits_for_a_resolution_is_offered_to_no_club_but_its_own_decisions_are() -> None:
    club = made.club()
    session = made.meeting(club)
    held(session, decided=[Given("조사한다", person=made.leader(club))])
    confirmed(session)
    with sockets.AGENDA.only(lambda user, panel: [(session, "위원회 안건")]):
        offered = offers_for(make.planner(), club.panel)
    assert [words for _thing, words in offered] == ["지난 결정 점검: 조사한다"]


def test_o5_a_substitute_of_the_secretary_runs_a_meeting_but_one_of_the_president_confirms_none() -> None:
    club = made.club()
    session, deputy = made.meeting(club), make.UserFactory()
    for person in (made.secretary(club), made.president(club)):
        make.away(person, deputy, DAY, NEXT)
    deputy = make.fresh(deputy)
    held(session, by=deputy)
    for work in (confirmed, undone):
        with pytest.raises(Refused):
            work(session, by=make.fresh(deputy))
    other = make.UserFactory()
    make.away(made.one_of(club, "leader", 2), other, DAY, NEXT)
    with pytest.raises(Refused):
        confirmed(session, by=make.fresh(other))


def test_e1_no_club_judges() -> None:
    club, panel = made.club(), committees.panel()
    form = StageForm(instance=Stage(pk=1))
    assert set(form.fields["panel"].queryset) == {panel}
    assert club.panel not in form.fields["panel"].queryset
