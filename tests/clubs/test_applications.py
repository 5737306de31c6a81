"""A club is asked for, decided on by planning, and begins (C1)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from clubs.enums import ClubState
from clubs.models import Club
from clubs.services import applications, clubs
from clubs.services.founding import Member, TeamPlan
from clubs.services.whole import remarks
from core.editing import Conflict, Outdated
from core.models import Draft, OpenWork
from core.now import pretend
from meetings.enums import Chair
from notifications.models import Notice
from organization.enums import Position, Role
from organization.models import User
from organization.services import departments
from tests import factories as make
from tests.asked import second_planner
from tests.clubs import made
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 2, 2)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


def applicant(club: Club) -> User:
    assert club.applied_by is not None
    return make.fresh(club.applied_by)


def work_of(club: Club) -> list[str]:
    return list(OpenWork.objects.about(Club).filter(object_id=club.pk).values_list("ask", flat=True))


def test_c1_a_club_is_asked_for_approved_and_everybody_has_a_seat() -> None:
    club = made.application()
    assert (club.state, work_of(club)) == (ClubState.DRAFT, ["write"])
    club = applications.apply(club, actor=applicant(club))
    assert (club.state, club.applied_on, work_of(club)) == (ClubState.APPLIED, DAY, ["approve"])
    club = applications.approve(club, allotment=400_000, actor=make.planner())
    assert (club.state, club.allotment, work_of(club)) == (ClubState.ACTIVE, 400_000, [])
    assert club.panel is not None
    assert club.panel.name == f"2026 {club.name}"
    listed = list(club.founders.values_list("user", "chair", "team"))
    assert list(club.panel.seats.order_by("pk").values_list("user", "chair", "team")) == listed
    assert set(club.panel.seats.values_list("starts_on", flat=True)) == {DAY}
    members = set(club.panel.seats.values_list("user", flat=True))
    told = set(Notice.objects.filter(kind="meetings.appointed").values_list("recipient", flat=True))
    assert members <= told
    assert Notice.objects.filter(kind="clubs.approved", recipient=club.applied_by).exists()


def test_c1_a_club_of_the_next_year_begins_with_it() -> None:
    club = applications.approve(made.applied(year=2027), actor=make.planner())
    assert club.panel is not None
    assert set(club.panel.seats.values_list("starts_on", flat=True)) == {dt.date(2027, 1, 1)}


def without(people: list[Member], chair: str, team: int) -> list[Member]:
    return [one for one in people if not (one.chair == chair and one.team == team)]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda p, t: (p[1:], t), "회장을 한 명"),
        (lambda p, t: ([Member(p[1].user, Chair.CHAIR), *p[2:]], t), "국·소의 장"),
        (lambda p, t: (without(p, Chair.LEADER, 1), t), "1분임의 분임장"),
        (lambda p, t: (without(p, Chair.SECRETARY, 2), t), "2분임의 총무"),
        (lambda p, t: ([*p[:-1], Member(p[-1].user, Chair.MEMBER, None)], t), "모든 회원의 분임"),
        (lambda p, t: (p, [t[0], TeamPlan(2)]), "분임마다 연구 과제"),
        (lambda p, t: ([one for one in p if one.team != 2], t[:1]), "분임을 2개"),
    ],
)
def test_c1_what_is_missing_is_said_when_it_is_sent(spoil: Any, words: str) -> None:
    """Until then it may be kept as it is."""
    bureau = made.bureau()
    topics = [TeamPlan(1, topic=made.topic()), TeamPlan(2, topic=made.topic())]
    people, teams = spoil(made.people(bureau, 8), topics)
    club = made.application(bureau=bureau, people=people, teams=teams, actor=people[-1].user)
    with pytest.raises(Rejected, match=words):
        applications.apply(club, actor=applicant(club))
    club.refresh_from_db()
    assert club.state == ClubState.DRAFT


def test_c1_without_a_head_of_the_bureau_another_presides() -> None:
    bureau = made.bureau()
    people = made.people(bureau, 8)
    people[0].user.is_active = False
    people[0].user.save()
    acting = Member(make.UserFactory(department=people[1].user.department), Chair.CHAIR)
    club = made.applied(bureau=bureau, people=[acting, *people[1:]])
    assert club.state == ClubState.APPLIED


def test_c6_groups_and_study_clubs_need_no_bureau_and_no_teams() -> None:
    staff = [make.UserFactory() for _n in range(5)]
    people = [Member(staff[0], Chair.CHAIR), *(Member(one) for one in staff[1:4])]
    club = made.application(kind="study", people=people, teams=[TeamPlan(1, "가")], bureau=made.bureau())
    assert club.bureau is None
    with pytest.raises(Rejected, match="총무"):
        applications.apply(club, actor=applicant(club))
    whole = [*people, Member(staff[4], Chair.SECRETARY)]
    club = applications.edit(club, {**made.VALUES, "kind": "study"}, whole, [], actor=applicant(club))
    assert applications.apply(club, actor=applicant(club)).state == ClubState.APPLIED


@pytest.mark.dialect
def test_c1_size_other_bureaus_and_second_clubs_are_pointed_out_and_refuse_nothing() -> None:
    first = applications.approve(made.applied(members=10), actor=make.planner())
    assert first.panel is not None
    assert not list(
        remarks(first, [one.user for one in first.panel.seats.select_related("user__department")])
    )
    busy = made.secretary(first)
    bureau = made.bureau()
    people = [*made.people(bureau, 4), Member(busy, Chair.MEMBER, 1)]
    club = made.applied(bureau=bureau, people=people, actor=people[1].user)
    said = "\n".join(remarks(club, [one.user for one in people]))
    assert "회원이 5명" in said
    assert f"다른 국·소의 직원이 있습니다: {busy.full_label}" in said
    assert f"다른 동아리에도 있습니다({first.name})" in said


def test_d9_who_asked_is_a_member_or_stands_in_for_one_never_approves() -> None:
    planner, other = make.planner(), second_planner()
    own = made.applied(actor=planner)
    with pytest.raises(Refused):
        applications.approve(own, actor=planner)
    bureau = made.bureau()
    people = [*made.people(bureau, 6), Member(other, Chair.MEMBER, 1)]
    theirs = made.applied(bureau=bureau, people=people, actor=people[1].user)
    with pytest.raises(Refused):
        applications.approve(theirs, actor=other)
    deputy = make.UserFactory(department=planner.department)
    make.away(other, deputy, DAY, DAY)
    with pytest.raises(Refused):  # with the right of whom it is about
        applications.approve(theirs, actor=make.fresh(deputy))
    member = people[2].user
    make.away(planner, member, DAY, DAY)
    with pytest.raises(Refused):  # a member in the place of one who may
        applications.approve(theirs, actor=make.fresh(member))
    assert applications.approve(theirs, actor=make.fresh(planner)).state == ClubState.ACTIVE


def test_c1_taken_back_given_back_refused_and_withdrawn() -> None:
    planner = make.planner()
    club = made.applied()
    club = applications.take_back(club, actor=applicant(club))
    assert (club.state, club.applied_on) == (ClubState.DRAFT, None)
    club = applications.apply(club, actor=applicant(club))
    with pytest.raises(Rejected, match="사유"):
        applications.give_back(club, reason=" ", actor=planner)
    club = applications.give_back(club, reason="과제를 좁혀 주세요.", actor=planner)
    assert club.state == ClubState.DRAFT
    assert Notice.objects.get(kind="clubs.given_back").body == "과제를 좁혀 주세요."
    club = applications.refuse(applications.apply(club, actor=applicant(club)), reason="겹침", actor=planner)
    assert club.state == ClubState.REFUSED
    again = made.applied(name=club.name)  # its name is free
    again = applications.withdraw(again, actor=applicant(again))
    assert again.state == ClubState.WITHDRAWN
    with pytest.raises(Refused):
        applications.withdraw(made.applied(), actor=make.UserFactory())


def test_c1_nobody_decides_on_what_they_have_not_seen() -> None:
    club = made.applied()
    seen = club.version
    club = applications.take_back(club, actor=applicant(club))
    club = applications.apply(club, actor=applicant(club))
    with pytest.raises(Outdated):
        applications.approve(club, version=seen, actor=make.planner())
    draft = made.application()
    applications.edit(draft, {**made.VALUES, "goal": "가"}, [], [], actor=applicant(draft))
    with pytest.raises(Conflict):
        applications.edit(
            draft, {**made.VALUES, "goal": "나"}, [], [], version=draft.version - 1, actor=applicant(draft)
        )


def test_c1_a_head_who_came_since_is_asked_for_before_the_club_begins() -> None:
    club = made.applied()
    head = club.founders.get(chair=Chair.CHAIR).user
    assert club.bureau is not None
    made.transferred(head, make.DepartmentFactory(), DAY)
    new = make.UserFactory(department=club.bureau, position=Position.BUREAU_HEAD)
    with pytest.raises(Rejected, match=new.name):
        applications.approve(club, actor=make.planner())


@pytest.mark.django_db(transaction=True)
def test_c1_approved_once_by_two_at_once() -> None:
    with pretend(DAY):
        club = made.applied()
        planners = [make.planner(), second_planner()]

        def approve(planner: User) -> str:
            with pretend(DAY):
                try:
                    applications.approve(club, actor=planner)
                except Rejected:
                    return "late"
                return "approved"

        done = at_once(*(lambda one=one: approve(one) for one in planners))
        assert sorted(done) == ["approved", "late"]
        club.refresh_from_db()
        assert club.panel is not None
        assert club.panel.seats.count() == club.founders.count()


# ----------------------------------------------------------------------------------------------- pages


def rows_of(people: list[Member]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for n, one in enumerate(people):
        found |= {
            f"member-{n}-user": one.user.employee_number,
            f"member-{n}-chair": one.chair,
            f"member-{n}-team": one.team or "",
        }
    return found


def test_c1_the_form_begins_with_the_head_and_loses_nothing(client: Client) -> None:
    bureau = made.bureau()
    people = made.people(bureau, 6)
    topics = [made.topic(), made.topic()]
    client.force_login(people[3].user)
    begun = client.get(reverse("clubs:new")).context["form"].initial
    assert begun["bureau"] == bureau.pk
    assert people[0].user.name in begun["member-0-user"]
    typed = {
        **made.VALUES,
        "bureau": bureau.pk,
        "team-1-topic": topics[0].pk,
        "team-2-topic": topics[1].pk,
        **rows_of(people[:5]),
        "more": f"{people[5].user.employee_number}\t회원\t1\n없는사람, 회원, 2",
    }
    answer = client.post(reverse("clubs:new"), typed)
    assert answer.status_code == 422
    assert "2행" in answer.content.decode()
    assert answer.context["form"]["member-4-user"].value() == people[4].user.employee_number
    typed["more"] = f"{people[5].user.name}, 회원, 1\n{people[6].user.employee_number};회원;2분임"
    answer = client.post(reverse("clubs:new"), typed)
    club = Club.objects.get()
    assert answer["Location"] == club.get_absolute_url()
    assert list(club.founders.values_list("user", "chair", "team")) == [
        (one.user.pk, one.chair, one.team) for one in people
    ]
    page = client.get(reverse("clubs:club_edit", args=[club.pk])).context["form"]
    kept = {name: page[name].value() for name in page.fields}
    answer = client.post(reverse("clubs:club_edit", args=[club.pk]), {k: v or "" for k, v in kept.items()})
    assert answer.status_code == 302
    club.refresh_from_db()
    assert club.founders.count() == len(people)
    seen = {"version": club.version}
    assert client.post(reverse("clubs:club_apply", args=[club.pk]), seen).status_code == 302
    club.refresh_from_db()
    assert club.state == ClubState.APPLIED
    assert not Draft.objects.exists()


def test_c1_planning_founds_a_club_itself_and_approves_many(client: Client) -> None:
    bureau = made.bureau()
    people = made.people(bureau, 6)
    client.force_login(make.planner())
    typed = {
        **made.VALUES,
        "bureau": bureau.pk,
        **rows_of(people),
        "begun_on": "2026-02-02",
        "allotment": "300,000",
    }
    assert client.post(reverse("clubs:found"), typed).status_code == 302
    club = Club.objects.get()
    assert (club.state, club.allotment) == (ClubState.ACTIVE, 300_000)
    two = [made.applied(), made.applied()]
    own = made.applied(actor=make.planner())
    chosen = [one.pk for one in (*two, own)]
    answer = client.post(reverse("clubs:bulk"), {"pk": chosen, "action": "approve"})
    page = client.get(answer["Location"])
    assert [line for line in page.context["foreseen"] if two[0].name in line]
    answer = client.post(answer["Location"], {"preview": page.context["preview"]}, follow=True)
    states = set(Club.objects.filter(pk__in=[one.pk for one in two]).values_list("state", flat=True))
    assert states == {ClubState.ACTIVE}
    own.refresh_from_db()
    assert own.state == ClubState.APPLIED
    assert any(own.name in str(message) for message in answer.context["messages"])


@pytest.mark.dialect
def test_c4_no_less_is_allotted_than_was_promised() -> None:
    club = made.club()
    planner = make.planner()
    with pytest.raises(Rejected, match="사유"):
        clubs.change(club, {"name": "새 이름"}, reason="", actor=planner)
    club = clubs.change(club, {"name": "새 이름", "allotment": 200_000}, reason="과제 변경", actor=planner)
    assert club.panel is not None
    assert (club.panel.name, club.allotment) == ("2026 새 이름", 200_000)
    club.supports.create(
        club_name=club.name, title="도서", purpose="books", day=DAY, amount=150_000, state="approved",
        asked_by=made.secretary(club), asked_on=DAY,
    )  # fmt: skip
    with pytest.raises(Rejected, match="150,000원"):
        clubs.set_allotment(club, 100_000, reason="줄임", actor=planner)


def test_o1_a_club_follows_its_bureau() -> None:
    admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
    old, new = made.bureau(name="도시국"), made.bureau(name="건설국")
    running, asked = made.club(bureau=old), made.application(bureau=old)
    assert clubs.open_of(old) == 2
    departments.rename(old, name="도시환경국", effective_on=DAY, actor=admin)
    running = Club.objects.select_related("bureau").get(pk=running.pk)
    assert running.place == "도시환경국"
    clubs.department_merged(old, new, admin)
    running.refresh_from_db()
    asked.refresh_from_db()
    assert (running.bureau, asked.bureau) == (new, new)
