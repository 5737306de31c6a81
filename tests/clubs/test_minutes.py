"""Meetings of clubs written down: hours, decisions, undone, papers (C3, C7, C8)."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from basis.errors import Refused, Rejected
from clubs.models import Club
from clubs.policies import HOURS_OF
from core import attachments
from core.models import OpenWork
from core.now import pretend
from core.work import verify
from evaluations.forms.rounds import StageForm
from evaluations.models import Stage
from meetings import sockets
from meetings.attending import hours_of, pointed
from meetings.documents import attendance_sheet, minutes
from meetings.enums import DecisionState, Presence, SessionState, Sort
from meetings.models import Session
from meetings.selectors import is_lacking, seated
from meetings.services import decisions, seats, sessions
from meetings.services.answers import answer
from meetings.services.decisions import Given
from meetings.views.sessions import offers_for
from mileage.models import Entry
from policies.services import change
from tests import factories as make
from tests.clubs import made
from tests.clubs.held import DAY, asked, confirmed, held, hours, logged_in, seat_of, sent, undone
from tests.meetings import made as committees

pytestmark = pytest.mark.django_db
NEXT = DAY + dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


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


def test_c9_hours_are_the_offices_own_policy_of_the_day_and_never_counted_twice() -> None:
    """What was recognised before stays as it was."""
    club = made.club()
    member = make.fresh(made.one_of(club, "member"))
    first = made.meeting(club)
    held(first)
    confirmed(first)
    of = {"document": "총무과-7", "reason": "기준 변경", "author": make.planner()}
    change(HOURS_OF[Presence.PRESENT], value=Decimal(3), effective_from=NEXT, **of)
    with pretend(NEXT):
        second = made.meeting(club)
        held(second)
        confirmed(second)
        with pytest.raises(Rejected):
            confirmed(first)
    rows = Entry.objects.filter(account__user=member).order_by("pk")
    assert list(rows.values_list("amount", flat=True)) == [200, 300]
