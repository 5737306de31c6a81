"""Members join, leave, become something else; who was moved or promoted is looked at (C1)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from basis.errors import Refused, Rejected
from clubs.enums import Cause, UpkeepState
from clubs.models import Club, Upkeep
from clubs.services import members, upkeep
from core.models import OpenWork
from core.now import pretend
from core.work.verify import differences
from meetings.enums import Chair
from meetings.models import Answer
from meetings.services import sessions
from notifications.models import Notice
from notifications.selectors import todos_of
from organization.enums import Position, Role
from organization.models import Department, User
from organization.services import staff
from tests import factories as make
from tests.clubs import made

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 11)
WEEK = dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


@pytest.fixture
def club() -> Club:
    return made.club(8)


def office_of(club: Club) -> Department:
    return Department.objects.get(parent=club.bureau)


def sitting(club: Club, day: dt.date) -> list[tuple[int, str, int | None]]:
    assert club.panel is not None
    return list(club.panel.seats.on(day).order_by("user").values_list("user", "chair", "team"))


def test_c1_members_join_leave_and_change_with_their_days(club: Club) -> None:
    secretary, office = made.secretary(club), office_of(club)
    new = make.UserFactory(department=office)
    with pytest.raises(Refused):
        members.join(club, new, team=1, since=DAY, actor=make.UserFactory())
    with pytest.raises(Rejected, match="지난 날"):
        members.join(club, new, team=1, since=DAY + WEEK, actor=secretary)
    with pytest.raises(Rejected, match="없는 분임"):
        members.join(club, new, team=3, since=DAY, actor=secretary)
    with pytest.raises(Rejected, match="1분임에는 이미 총무"):
        members.join(club, new, chair=Chair.SECRETARY, team=1, since=DAY, actor=secretary)
    with pytest.raises(Rejected, match="국·소의 장"):
        members.join(club, new, chair=Chair.CHAIR, since=DAY, actor=secretary)
    seat = members.join(club, new, team=1, since=DAY - WEEK, actor=secretary)
    assert Notice.objects.filter(recipient=new, kind="meetings.appointed").exists()
    with pytest.raises(Rejected, match="이미"):
        members.join(club, new, team=2, since=DAY, actor=secretary)
    later = members.change(seat, chair=Chair.MEMBER, team=2, on=DAY, actor=secretary)
    assert (new.pk, "member", 1) in sitting(club, DAY - WEEK)
    assert (new.pk, "member", 2) in sitting(club, DAY)
    assert Notice.objects.filter(recipient=new, kind="clubs.seat_changed").count() == 1
    assert not Notice.objects.filter(recipient=new, kind="meetings.seat_ended").exists()
    with pytest.raises(Rejected, match="사유"):
        members.leave(later, on=DAY, reason=" ", actor=secretary)
    members.leave(later, on=DAY, reason="휴직", actor=secretary)
    assert new.pk in {row[0] for row in sitting(club, DAY)}
    assert new.pk not in {row[0] for row in sitting(club, DAY + WEEK)}
    assert differences() == []


def test_c1_an_answer_goes_along_when_somebody_becomes_something_else(club: Club) -> None:
    session = made.meeting(club, DAY + WEEK)
    member = made.one_of(club, Chair.MEMBER, 1)
    seat = made.seat_of(club, member)
    Answer.objects.create(session=session, seat=seat, reply="yes")
    new = members.change(seat, chair=Chair.MEMBER, team=2, on=DAY, actor=made.secretary(club))
    assert Answer.objects.get().seat == new


def test_c1_a_meeting_attended_keeps_its_member(club: Club) -> None:
    secretary, member = made.secretary(club), made.one_of(club, Chair.MEMBER, 1)
    seat = made.seat_of(club, member)
    session = made.meeting(club, DAY - WEEK)
    outcome = {session.items.get().pk: ("", "", None, None, None)}
    sessions.hold(session, present={seat.pk}, ends_at=None, minutes="논의", outcomes=outcome, actor=secretary)
    with pytest.raises(Rejected, match="출석부"):
        members.leave(seat, on=DAY - 2 * WEEK, reason="전보", actor=secretary)
    members.leave(seat, on=DAY - WEEK, reason="전보", actor=secretary)


# ------------------------------------------------------------------------------------- upkeep


def noted(club: Club) -> list[tuple[int, str, dt.date]]:
    rows = Upkeep.objects.filter(club=club, state=UpkeepState.OPEN).order_by("pk")
    return list(rows.values_list("seat__user", "cause", "since"))


def test_c1_a_transfer_leaves_the_club_and_its_roll_right(club: Club) -> None:
    member, secretary = made.one_of(club, Chair.MEMBER, 1), made.secretary(club)
    moved_on = DAY - WEEK
    made.transferred(member, make.DepartmentFactory(), moved_on)
    assert upkeep.note_changes(DAY) == 1
    assert upkeep.note_changes(DAY) == 0
    assert noted(club) == [(member.pk, Cause.MOVED, moved_on)]
    (one,) = Upkeep.objects.filter(club=club)
    holders = {
        user.pk
        for user in User.objects.filter(is_active=True)
        if any(todo.kind == "clubs.upkeep" for todo in todos_of(make.fresh(user)))
    }
    keeping = {made.leader(club).pk, made.one_of(club, Chair.LEADER, 2).pk, secretary.pk}
    assert holders == keeping | {made.one_of(club, Chair.SECRETARY, 2).pk}
    assert Notice.objects.filter(kind="clubs.upkeep").count() == len(holders)
    with pytest.raises(Refused):
        upkeep.leave(one, actor=make.fresh(member))
    upkeep.leave(one, actor=secretary)
    assert member.pk in {row[0] for row in sitting(club, moved_on)}
    assert member.pk not in {row[0] for row in sitting(club, moved_on + dt.timedelta(days=1))}
    assert made.seat_of(club, member).end_reason.startswith("다른 국·소로 전보(2026. 5. 4.")
    assert upkeep.note_changes(DAY + WEEK) == 0
    assert differences() == []


def test_c1_who_goes_on_says_why_and_is_not_asked_again(club: Club) -> None:
    member, leader = made.one_of(club, Chair.MEMBER, 1), made.leader(club)
    made.transferred(member, office_of(club), DAY, Position.TEAM_LEADER)
    upkeep.note_changes(DAY)
    assert noted(club) == [(member.pk, Cause.PROMOTED, DAY)]
    one = Upkeep.objects.get()
    with pytest.raises(Rejected, match="까닭"):
        upkeep.keep(one, note="", actor=leader)
    one = upkeep.keep(one, note="과제를 마칠 때까지 함께합니다.", actor=leader)
    assert (one.state, one.note) == (UpkeepState.KEPT, "과제를 마칠 때까지 함께합니다.")
    assert upkeep.note_changes(DAY + WEEK) == 0
    assert not OpenWork.objects.about(Upkeep).exists()


def test_c1_what_is_no_longer_so_is_closed(club: Club) -> None:
    member, other = made.one_of(club, Chair.MEMBER, 1), made.one_of(club, Chair.MEMBER, 2)
    for one in (member, other):
        made.transferred(one, make.DepartmentFactory(), DAY)
    upkeep.note_changes(DAY)
    members.leave(made.seat_of(club, other), on=DAY, reason="스스로", actor=made.secretary(club))
    with pretend(DAY + WEEK):
        made.transferred(make.fresh(member), office_of(club), DAY + WEEK)
        upkeep.note_changes(DAY + WEEK)
    found = dict(Upkeep.objects.values_list("seat__user", "state"))
    assert found == {member.pk: UpkeepState.KEPT, other.pk: UpkeepState.LEFT}


def test_c1_who_is_gone_can_only_leave(club: Club) -> None:
    member = made.one_of(club, Chair.MEMBER, 1)
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert upkeep.note_changes(DAY) == 1
    assert upkeep.note_changes(DAY + WEEK) == 0
    one = Upkeep.objects.get()
    assert (one.cause, one.since) == (Cause.GONE, DAY)
    with pytest.raises(Rejected, match="계속 참여할 수 없습니다"):
        upkeep.keep(one, note="계속", actor=made.secretary(club))
    upkeep.leave(one, actor=make.planner())
    assert made.seat_of(club, member).ends_on == DAY


def test_c6_clubs_of_no_bureau_mind_only_who_is_gone() -> None:
    club = made.club(8, kind="study")
    member = made.one_of(club, Chair.MEMBER, 1)
    made.transferred(member, make.DepartmentFactory(), DAY, Position.TEAM_LEADER)
    assert upkeep.note_changes(DAY) == 0
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert upkeep.note_changes(DAY) == 1


def test_c1_another_head_of_the_bureau_takes_over(club: Club) -> None:
    old, secretary = made.president(club), made.secretary(club)
    assert club.bureau is not None
    new = make.UserFactory(department=make.DepartmentFactory(), position=Position.HEAD)
    made.transferred(old, make.DepartmentFactory(), DAY, Position.BUREAU_HEAD)
    made.transferred(new, club.bureau, DAY, Position.BUREAU_HEAD)
    upkeep.note_changes(DAY)
    assert noted(club) == [(old.pk, Cause.HEAD, DAY)]
    upkeep.leave(Upkeep.objects.get(), actor=secretary)
    presidents = {row[0] for row in sitting(club, DAY) if row[1] == Chair.CHAIR}
    assert presidents == {new.pk}
    assert [row[0] for row in sitting(club, DAY - WEEK) if row[1] == Chair.CHAIR] == [old.pk]
    assert upkeep.note_changes(DAY + WEEK) == 0


def test_c1_a_club_without_a_president_waits_for_the_next_head(club: Club) -> None:
    old, secretary = made.president(club), made.secretary(club)
    assert club.bureau is not None
    made.transferred(old, make.DepartmentFactory(), DAY, Position.BUREAU_HEAD)
    upkeep.note_changes(DAY)
    assert noted(club) == [(old.pk, Cause.MOVED, DAY)]
    upkeep.leave(Upkeep.objects.get(), actor=secretary)
    later = DAY + WEEK
    with pretend(later):
        new = made.one_of(club, Chair.MEMBER, 1)  # who was in the club already
        made.transferred(new, club.bureau, later, Position.BUREAU_HEAD)
        upkeep.note_changes(later)
        one = Upkeep.objects.get(state=UpkeepState.OPEN, cause=Cause.HEAD)
        upkeep.leave(one, actor=secretary)
        assert [row[0] for row in sitting(club, later) if row[1] == Chair.CHAIR] == [new.pk]
        assert len([row for row in sitting(club, later) if row[0] == new.pk]) == 1


PLACES = st.sampled_from(["own", "sub", "out"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(1, 60), PLACES), max_size=6))
def test_c1_however_somebody_is_moved_only_the_last_place_counts(club: Club, moves: list[Any]) -> None:
    """Outside the bureau since a day after joining: asked for once, with the day on which the person left it."""
    member = make.UserFactory(department=office_of(club))
    with pretend(DAY):
        seat = members.join(club, member, team=1, since=DAY, actor=make.planner())
    assert club.bureau is not None
    places = {
        "own": office_of(club),
        "sub": make.DepartmentFactory(parent=office_of(club)),
        "out": make.DepartmentFactory(),
    }
    left: dt.date | None = None
    last: Department | None = member.department
    for days, where in sorted(dict(moves).items()):
        day = DAY + dt.timedelta(days=days)
        if places[where] == last:
            continue
        with pretend(day):
            made.transferred(make.fresh(member), places[where], day)
        last = places[where]
        left = None if where != "out" else day
    with pretend(DAY + dt.timedelta(days=61)):
        upkeep.note_changes(DAY + dt.timedelta(days=61))
    found = list(Upkeep.objects.filter(seat=seat, state=UpkeepState.OPEN).values_list("cause", "since"))
    assert found == ([(Cause.MOVED, left)] if left else [])


# --------------------------------------------------------------------------------------------- pages


def test_c1_the_secretary_sees_to_members_on_the_page(client: Client, club: Club) -> None:
    secretary = made.secretary(club)
    new = make.UserFactory(department=office_of(club))
    client.force_login(secretary)
    typed = {"user": new.name, "chair": "member", "team": "1", "since": "2026-05-11"}
    assert client.post(reverse("clubs:club_join", args=[club.pk]), typed).status_code == 302
    seat = made.seat_of(club, new)
    page = client.get(club.get_absolute_url()).content.decode()
    assert reverse("clubs:member_change", args=[seat.pk]) in page
    change = reverse("clubs:member_change", args=[seat.pk])
    typed = {"chair": "member", "team": "2", "on": "2026-05-11", "version": str(seat.version)}
    assert client.post(change, typed).status_code == 302
    leave = reverse("clubs:member_leave", args=[seat.pk])
    seat.refresh_from_db()
    typed = {"on": "2026-05-11", "reason": "휴직", "version": str(seat.version)}
    assert client.post(leave, typed).status_code == 302
    client.force_login(new)
    assert (
        reverse("clubs:member_change", args=[seat.pk])
        not in client.get(club.get_absolute_url()).content.decode()
    )
    assert client.get(leave).status_code == 403


@pytest.mark.parametrize(("fmt", "kind"), [("html", "text/html"), ("hwpx", "hwp"), ("xlsx", "spreadsheet")])
def test_c1_the_roll_is_a_paper(client: Client, club: Club, fmt: str, kind: str) -> None:
    client.force_login(make.UserFactory())
    answer = client.get(f"{reverse('clubs:club_roll', args=[club.pk])}?format={fmt}")
    assert (answer.status_code, kind in answer["Content-Type"]) == (200, True)
    if fmt == "html":
        assert made.president(club).name in answer.content.decode()


def test_c1_who_closes_an_account_finds_the_member_on_the_list(client: Client, club: Club) -> None:
    member = made.one_of(club, Chair.MEMBER, 1)
    admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
    made.transferred(member, make.DepartmentFactory(), DAY)
    upkeep.note_changes(DAY)
    assert admin
    assert staff
    client.force_login(made.secretary(club))
    listed = client.get(f"{reverse('clubs:upkeeps')}?waiting=1").context["list"]
    assert listed.count == 1
    one = Upkeep.objects.get()
    page = client.get(one.get_absolute_url())
    assert page.context["action_bar"].mine
    typed = {"on": "2026-05-11", "note": "", "version": str(one.version)}
    assert client.post(reverse("clubs:upkeep_leave", args=[one.pk]), typed).status_code == 302
    assert client.get(f"{reverse('clubs:upkeeps')}?waiting=1").context["list"].count == 0
