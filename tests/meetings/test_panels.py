"""Panels with dated terms, and whether they are composed as they should be (O4)."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basis.errors import Refused, Rejected
from core.editing import Conflict, Outdated
from core.models import OpenWork
from core.now import pretend
from core.permissions import can
from core.work.verify import differences
from meetings.enums import PanelState, SeatState
from meetings.models import Panel, Seat
from meetings.policies import OUTSIDE_LEAST
from meetings.selectors import Composition, _bound, composition, seated, voting
from meetings.services import panels, seats
from notifications.models import Mail, Notice
from organization.enums import Role
from organization.models import RoleAssignment, User
from organization.services import outsiders
from tests import factories as make
from tests.meetings import made
from tests.meetings.made import BEGUN, DAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day() -> Any:
    with pretend(DAY):
        yield


def test_o4_a_panel_that_decides_has_half_outsiders_and_no_more_than_six_tenths_of_one_sex() -> None:
    assert composition(made.filled(3, decides=True), DAY).faults == [
        "위촉직의 한 성별이 60%를 넘습니다(여성 2명, 남성 1명)."
    ]
    assert composition(made.filled(4, decides=True), DAY).faults == []
    (few,) = composition(made.filled(2, decides=True), DAY).faults
    assert "50%에 미치지 못합니다(5명 가운데 2명)" in few
    assert composition(made.filled(2), DAY).faults == []  # it decides on nothing


def test_o4_vacancies_and_size_are_faults_of_any_panel() -> None:
    panel = made.panel(size=3)
    made.seat(panel, chair="secretary")
    assert composition(panel, DAY).faults == [
        "위원장이 없습니다.",
        "부위원장이 없습니다.",
        "정원보다 3명 적습니다.",
    ]
    assert (len(voting(panel, DAY)), len(seated(panel, DAY))) == (0, 1)


def test_o4_without_the_sex_of_the_appointed_it_cannot_be_checked() -> None:
    panel = made.filled(4, decides=True)
    Seat.objects.filter(panel=panel, sex="female").update(sex="")
    assert "위촉직 2명의 성별이 입력되지 않았습니다." in composition(panel, DAY).faults


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_o4_the_bounds_are_exact(officials: int, women: int, men: int) -> None:
    appointed = women + men
    found = Composition(10, officials + appointed, appointed, appointed, women, men)
    faults = list(_bound(found, DAY))
    assert any("50%" in fault for fault in faults) == (2 * appointed < officials + appointed)
    assert any("60%" in fault for fault in faults) == (appointed > 1 and 10 * max(women, men) > 6 * appointed)


def test_o4_the_bound_is_a_policy_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    panel = made.filled(4, decides=True)
    monkeypatch.setattr(
        type(OUTSIDE_LEAST), "on", lambda policy, day: 90 if policy is OUTSIDE_LEAST else policy.default
    )
    assert "90%" in composition(panel, DAY).faults[0]


def test_o4_nobody_has_two_seats_at_once_and_there_is_one_chair() -> None:
    panel, user = made.panel(), make.UserFactory()
    made.seat(panel, user, chair="chair", ends_on=DAY)
    for chair, who, field in (("member", user, "user"), ("chair", make.UserFactory(), "chair")):
        with pytest.raises(Rejected) as refused:
            made.seat(panel, who, chair=chair, starts_on=DAY)
        assert refused.value.field == field
    after = DAY + dt.timedelta(days=1)
    assert made.seat(panel, user, chair="chair", starts_on=after).starts_on == after


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"starts_on": DAY, "ends_on": DAY - dt.timedelta(days=1)}, "ends_on"),
        ({"starts_on": BEGUN - dt.timedelta(days=1)}, "starts_on"),
        ({"basis": "appointed", "ends_on": None}, "ends_on"),
    ],
)
def test_o4_days_of_a_term_fit_each_other_and_the_panel(days: dict[str, Any], field: str) -> None:
    with pytest.raises(Rejected) as refused:
        made.seat(made.panel(), **days)
    assert refused.value.field == field


def test_o4_a_term_of_the_past_has_ended_and_tells_nobody() -> None:
    seat = made.seat(made.panel(), starts_on=BEGUN, ends_on=DAY - dt.timedelta(days=1))
    assert seat.state == SeatState.ENDED
    assert not Notice.objects.filter(recipient=seat.user).exists()


def test_o4_terms_that_end_soon_are_open_work_of_planning_and_many_are_renewed_at_once() -> None:
    panel = made.panel()
    end = DAY + dt.timedelta(days=31)
    chosen = [made.seat(panel, ends_on=end) for _n in range(3)]
    assert seats.mark_terms(DAY) == 0
    with pretend(DAY + dt.timedelta(days=1)):
        assert seats.mark_terms(DAY + dt.timedelta(days=1)) == 3
        assert OpenWork.objects.about(Seat).filter(ask="renew", due=end).count() == 3
        renewed = seats.renew(Seat.objects.all(), actor=make.planner())
    assert {(one.starts_on, one.ends_on) for one in renewed} == {
        (dt.date(2026, 10, 12), dt.date(2028, 10, 11))
    }
    assert set(Seat.objects.filter(pk__in=[one.pk for one in chosen]).values_list("state", flat=True)) == {
        "renewed"
    }
    assert not OpenWork.objects.about(Seat).exists()
    with pretend(end + dt.timedelta(days=1)):
        assert seats.mark_terms(end + dt.timedelta(days=1)) == 3
        assert len(seated(panel, end + dt.timedelta(days=1))) == 3
        assert not list(differences())


def test_o4_a_term_ends_early_with_a_reason() -> None:
    seat = made.seat(made.panel())
    with pytest.raises(Rejected):
        seats.end(seat, on=DAY, reason=" ", actor=make.planner())
    with pytest.raises(Rejected):
        seats.end(seat, on=DAY + dt.timedelta(days=1), reason="사임", actor=make.planner())
    ended = seats.end(seat, on=DAY, reason="사임", actor=make.planner())
    assert (ended.state, ended.ends_on, ended.end_reason) == (SeatState.ENDED, DAY, "사임")
    assert seated(ended.panel, DAY) == [ended]
    assert seated(ended.panel, DAY + dt.timedelta(days=1)) == []
    with pytest.raises(Rejected):
        seats.edit(ended, {"chair": "vice"}, actor=make.planner())


def test_o4_who_comes_from_outside_gets_an_account_by_invitation_and_judges_as_long_as_they_sit() -> None:
    panel, end = made.panel(), dt.date(2027, 12, 31)
    term = {"basis": "appointed", "official": False, "sex": "female", "starts_on": DAY, "ends_on": end}
    seat = seats.invite(panel, term, name="교수일", email="prof@example.org", actor=make.planner())
    person = seat.user
    assert (person.department, person.position, person.must_change_password) == (None, "external", True)
    role = RoleAssignment.objects.get(user=person)
    assert (role.role, role.valid_to) == (Role.JUDGE, end)
    assert Mail.objects.filter(recipient=person, kind="organization.invitation").count() == 1
    outsiders.invite(person, actor=make.planner())  # the first link opens nothing any more
    seats.end(seat, on=DAY, reason="사임", actor=make.planner())
    assert not make.fresh(person).has_role(Role.JUDGE)


def test_o3_planning_gives_no_rights_but_those_of_a_judge_from_outside() -> None:
    clerk, colleague = make.UserFactory(), make.UserFactory(roles=[Role.GENERAL_AFFAIRS])
    with pytest.raises(Rejected):
        outsiders.let_judge(clerk, until=None, reason="위촉", actor=make.planner())
    with pytest.raises(Rejected):
        outsiders.invite(clerk, actor=make.planner())
    with pytest.raises(Refused):
        outsiders.create(name="누구", email="a@example.org", actor=colleague)
    with pytest.raises(Rejected) as refused:
        outsiders.create(name="누구", email=clerk.email, actor=make.planner())
    assert refused.value.field == "email"
    assert not User.objects.filter(name="누구").exists()


def test_o4_appointing_staff_gives_them_no_role() -> None:
    seat = made.seat(made.panel())
    assert not RoleAssignment.objects.filter(user=seat.user).exists()
    assert Notice.objects.filter(recipient=seat.user, kind="meetings.appointed").count() == 1


def test_o4_a_panel_that_meets_each_quarter_is_due_until_a_session_is_planned() -> None:
    panel = made.panel(every="quarter")
    assert panel.state == PanelState.DUE
    work = OpenWork.objects.about(Panel).get()
    assert work.due == dt.date(2026, 9, 30)
    made.seat(panel)
    session = made.planned(Panel.objects.get(pk=panel.pk))
    assert Panel.objects.get(pk=panel.pk).state == PanelState.STANDING
    with pretend(dt.date(2026, 10, 1)):
        assert panels.mark_lacking(dt.date(2026, 10, 1)) == 1
        assert OpenWork.objects.about(Panel).get().due == dt.date(2026, 12, 31)
    with pretend(dt.date(2027, 1, 1)):
        panels.mark_lacking(dt.date(2027, 1, 1))
        assert OpenWork.objects.about(Panel).get().due == dt.date(2027, 3, 31)
        assert not [found for found in differences() if "panel" in str(found).lower()]
    assert session.number == 1


def test_o4_a_dissolved_panel_ends_its_terms_and_takes_nothing_more() -> None:
    panel = made.filled()
    with pytest.raises(Rejected):
        panels.end(panel, on=DAY + dt.timedelta(days=1), reason="조례 개정", actor=make.planner())
    made.planned(panel, on=DAY + dt.timedelta(days=3))
    with pytest.raises(Rejected):
        panels.end(panel, on=DAY, reason="조례 개정", actor=make.planner())
    panel.sessions.update(state="cancelled")
    ended = panels.end(panel, on=DAY, reason="조례 개정", actor=make.planner())
    assert ended.state == PanelState.ENDED
    assert not seated(ended, DAY + dt.timedelta(days=1))
    with pytest.raises(Rejected):
        made.seat(ended)
    with pytest.raises(Rejected):
        panels.edit(ended, {"size": 3}, actor=make.planner())


def test_d5_who_was_slower_is_shown_what_changed() -> None:
    panel, planner = made.panel(), make.planner()
    panels.edit(panel, {"size": 7}, actor=planner, version=panel.version)
    with pytest.raises(Conflict):
        panels.edit(panel, {"size": 8}, actor=planner, version=panel.version)
    with pytest.raises(Outdated):
        panels.end(panel, on=DAY, reason="사유", actor=planner, version=panel.version)


def test_o3_only_planning_sees_to_panels_and_members_from_outside_know_their_own_alone() -> None:
    panel, other, guest = made.panel(), made.panel(), made.outsider()
    made.seat(panel, guest)
    assert list(Panel.objects.visible_to(guest)) == [panel]
    assert set(Panel.objects.visible_to(make.UserFactory())) == {panel, other}
    assert can(make.fresh(guest), "meetings.view")
    assert not can(made.outsider(), "meetings.view")
    for person in (guest, make.UserFactory(), make.UserFactory(roles=[Role.EXECUTIVE])):
        with pytest.raises(Refused):
            panels.edit(panel, {"size": 9}, actor=person)
