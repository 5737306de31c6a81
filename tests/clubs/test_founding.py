"""A club begins with everybody's seat (C1)."""

import pytest

from basis.errors import Rejected
from clubs.services import clubs
from clubs.services.founding import Member, found
from meetings.enums import Chair
from tests import factories as make
from tests.asked import second_planner
from tests.clubs import made

pytestmark = pytest.mark.django_db


def test_c1_a_club_is_a_panel_with_two_teams_under_the_head_of_the_bureau() -> None:
    club = made.club()
    assert club.panel is not None
    assert club.panel.kind == "club"
    seats = list(club.panel.seats.order_by("pk").values_list("chair", "team"))
    assert seats == [
        ("chair", None),
        ("leader", 1),
        ("leader", 2),
        ("secretary", 1),
        ("secretary", 2),
        ("member", 1),
        ("member", 2),
    ]
    assert [str(team) for team in club.teams.all()] == ["1분임", "2분임"]


def test_c1_one_president_and_nobody_twice() -> None:
    bureau = made.bureau()
    people = made.people(bureau)
    values = {"year": 2026, "kind": "bureau", "name": "주차연구회", "bureau": bureau, "goal": "연구"}
    with pytest.raises(Rejected, match="회장"):
        found(values, people[1:], actor=make.planner())
    with pytest.raises(Rejected, match="두 번"):
        found(values, [*people, Member(people[1].user, Chair.MEMBER, 2)], actor=make.planner())
    found(values, people, actor=make.planner())
    with pytest.raises(Rejected, match="같은 이름"):
        found(values, made.people(bureau), actor=make.planner())


def test_d9_no_member_founds_the_own_club_or_gives_it_more_money() -> None:
    planner, of = make.planner(), made.bureau()
    people = made.people(of)
    values = {"year": 2026, "kind": "bureau", "name": "주차연구회", "bureau": of, "goal": "연구"}
    with pytest.raises(Rejected, match="자신이 회원"):
        found(values, [*people, Member(planner, Chair.MEMBER, 1)], actor=planner)
    other = second_planner()
    club = found(values, [*people, Member(other, Chair.MEMBER, 1)], actor=planner)
    with pytest.raises(Rejected, match="회원이 아닌 담당자"):
        clubs.set_allotment(club, 900_000, reason="늘림", actor=other)
    assert clubs.set_allotment(club, 900_000, reason="늘림", actor=planner).allotment == 900_000
