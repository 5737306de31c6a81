"""A club begins with everybody's seat (C1)."""

import pytest

from basis.errors import Rejected
from clubs.services.founding import Member, found
from meetings.enums import Chair
from tests import factories as make
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
