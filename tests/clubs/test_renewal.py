"""A club goes on into the next year, and ends (C1)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from clubs.enums import ClubState
from clubs.models import Club, Topic
from clubs.services import applications, clubs, renewal, topics
from core.now import pretend
from meetings.enums import Chair, PanelState
from meetings.services import sessions
from notifications.models import Notice
from organization.enums import Position
from organization.models import User
from tests import factories as make
from tests.asked import second_planner
from tests.clubs import made
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


def test_c1_a_club_goes_on_with_the_members_who_still_fit() -> None:
    club = made.club(8)
    assert club.bureau is not None
    gone, moved = made.one_of(club, Chair.MEMBER, 1), made.one_of(club, Chair.MEMBER, 2)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    made.transferred(moved, make.DepartmentFactory(), DAY)
    old = made.president(club)
    made.transferred(old, make.DepartmentFactory(), DAY, Position.BUREAU_HEAD)
    head = make.UserFactory(department=club.bureau, position=Position.BUREAU_HEAD)
    same = club.teams.get(number=1).topic
    assert same is not None
    next_topic = made.topic(year=2027, title=same.title)
    secretary = made.secretary(club)
    new = renewal.renew(club, actor=secretary)
    assert (new.year, new.state, new.before, new.applied_by) == (2027, ClubState.DRAFT, club, secretary)
    assert [team.topic for team in new.teams.all()] == [next_topic, None]
    people = list(new.founders.values_list("user", "chair"))
    assert people[0] == (head.pk, Chair.CHAIR)
    assert {gone.pk, moved.pk, old.pk}.isdisjoint(pk for pk, _chair in people)
    assert len(people) == 1 + 8 - 2
    team = new.teams.get(number=2)
    team.topic = made.topic(year=2027)
    team.save()
    new = applications.apply(new, actor=secretary)
    assert applications.approve(new, actor=make.planner()).state == ClubState.ACTIVE


def test_c1_renewed_by_planning_it_waits_for_the_secretary_and_planning_may_approve() -> None:
    club = made.club(8)
    new = renewal.renew(club, actor=make.planner())
    assert new.applied_by is not None
    assert made.seat_of(club, new.applied_by).chair == Chair.SECRETARY
    assert Notice.objects.filter(kind="clubs.renewed", recipient=new.applied_by).exists()
    with pytest.raises(Rejected, match="이미 다음 해"):
        renewal.renew(club, actor=make.planner())
    applications.withdraw(new, actor=make.fresh(new.applied_by))
    assert renewal.renew(club, actor=make.planner()).pk != new.pk
    with pytest.raises(Refused):
        renewal.renew(made.club(8), actor=make.UserFactory())


@pytest.mark.django_db(transaction=True)
def test_c1_renewed_once_by_two_at_once() -> None:
    with pretend(DAY):
        club = made.club(8)
        planners = [make.planner(), second_planner()]

        def renew(planner: User) -> str:
            with pretend(DAY):
                try:
                    renewal.renew(club, actor=planner)
                except Rejected:
                    return "late"
                return "renewed"

        done = at_once(*(lambda one=one: renew(one) for one in planners))
        assert sorted(done) == ["late", "renewed"]
        assert Club.objects.filter(before=club).count() == 1


def test_c1_planning_renews_many_from_the_list(client: Client) -> None:
    both = [made.club(8), made.club(8)]
    renewal.renew(both[0], actor=make.planner())
    client.force_login(make.planner())
    listed = client.get(f"{reverse('clubs:list')}?again=1").context["list"]
    assert [row.pk for row in listed.rows] == [both[1].pk]
    answer = client.post(reverse("clubs:bulk"), {"pk": [one.pk for one in both], "action": "renew"})
    page = client.get(answer["Location"])
    answer = client.post(answer["Location"], {"preview": page.context["preview"]}, follow=True)
    assert Club.objects.filter(year=2027).count() == 2
    said = [str(message) for message in answer.context["messages"]]
    assert any(both[0].name in text for text in said)
    assert any("1개의 다음 해" in text for text in said)


def test_c1_planning_ends_a_club_with_a_reason() -> None:
    club, planner = made.club(8), make.planner()
    people = set(made.president(club).seats.values_list("panel", flat=True))
    coming = made.meeting(club, DAY + dt.timedelta(days=3))
    with pytest.raises(Rejected, match="예정된 회의"):
        clubs.end(club, on=DAY, reason="통합", actor=planner)
    sessions.cancel(coming, reason="통합", actor=planner)
    secretary = made.secretary(club)
    with pytest.raises(Refused):
        clubs.end(club, on=DAY, reason="통합", actor=secretary)
    club = clubs.end(club, on=DAY, reason="통합", actor=planner)
    assert club.panel is not None
    club.panel.refresh_from_db()
    assert (club.state, club.ended_on, club.panel.state) == (ClubState.ENDED, DAY, PanelState.ENDED)
    assert set(club.panel.seats.values_list("ends_on", flat=True)) == {DAY}
    assert Notice.objects.filter(kind="clubs.ended").count() == club.panel.seats.count()
    assert people
    assert renewal.renew(club, actor=secretary).year == 2027  # who led it on its last day


def test_c1_clubs_end_with_their_time_once_their_minutes_are_written() -> None:
    done, waiting = made.club(8), made.club(8)
    made.meeting(waiting, DAY)
    last = clubs.last_day_of(2026)
    assert last == dt.date(2026, 12, 31)
    assert clubs.close_past(last) == 0
    day = last + dt.timedelta(days=1)
    with pretend(day):
        sessions.pass_by(day)
        assert clubs.close_past(day) == 1
        done.refresh_from_db()
        waiting.refresh_from_db()
        assert (done.state, done.ended_on) == (ClubState.ENDED, last)
        assert waiting.state == ClubState.ACTIVE
        assert done.panel is not None
        assert set(done.panel.seats.values_list("ends_on", flat=True)) == {last}
        assert clubs.close_past(day) == 0


# ------------------------------------------------------------------------------------------- topics


def test_c1_topics_are_kept_closed_and_copied_once(client: Client) -> None:
    planner = make.planner()
    kept = made.topic(year=2025)
    closed = made.topic(year=2025, is_open=False)
    with pytest.raises(Refused):
        topics.add({"year": 2026, "source": "core", "number": 1, "title": "가"}, actor=make.UserFactory())
    with pytest.raises(Rejected, match="번호"):
        topics.add({"year": 2025, "source": "core", "number": kept.number, "title": "가"}, actor=planner)
    made_now = topics.copy(2025, into=2026, actor=planner)
    assert [(one.title, one.number) for one in made_now] == [(kept.title, kept.number)]
    assert closed.title not in {one.title for one in made_now}
    with pytest.raises(Rejected, match="가져올 과제가 없습니다"):
        topics.copy(2025, into=2026, actor=planner)
    client.force_login(planner)
    edit = reverse("clubs:topic_edit", args=[kept.pk])
    typed = {"year": 2025, "source": "core", "number": kept.number, "title": "고침", "version": kept.version}
    assert client.post(edit, typed).status_code == 302
    kept.refresh_from_db()
    assert (kept.title, kept.is_open) == ("고침", False)
    typed = {"year": 2026, "source": "pledge", "number": 7, "title": "빈집 활용", "is_open": "on"}
    assert client.post(reverse("clubs:topic_new"), typed).status_code == 302
    assert Topic.objects.filter(year=2026, source="pledge", number=7).exists()
    assert client.post(reverse("clubs:topics_copy"), {"year": 2026, "into": 2027}).status_code == 302
    assert Topic.objects.filter(year=2027).count() == 2


def test_c1_a_club_keeps_a_topic_whose_year_cannot_change() -> None:
    club = made.club(8)
    topic = club.teams.get(number=1).topic
    assert topic is not None
    with pytest.raises(Rejected, match="연도"):
        topics.edit(topic, {"year": 2030}, actor=make.planner())
