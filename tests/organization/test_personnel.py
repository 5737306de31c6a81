"""Positions and ranks as personnel systems write them."""

import pytest

from organization.enums import DepartmentKind, Position
from organization.personnel import position_of, rank_of


@pytest.mark.parametrize(
    ("text", "kind", "position"),
    [
        ("과장", "division", Position.HEAD),
        ("기획담당관", "division", Position.HEAD),
        ("○○동장", "dong", Position.HEAD),
        ("팀장", "division", Position.TEAM_LEADER),
        ("팀장 직무대리", "division", Position.TEAM_LEADER),
        ("과장직무대리", "division", Position.HEAD),
        ("예산팀장(겸임)", "division", Position.TEAM_LEADER),
        ("행정국장", "bureau", Position.BUREAU_HEAD),
        ("보건소장", "bureau", Position.BUREAU_HEAD),
        ("소장", "bureau", Position.BUREAU_HEAD),
        ("소장", "division", Position.HEAD),
        ("부구청장", "office", Position.VICE_MAYOR),
        ("구청장", "office", Position.MAYOR),
        ("주무관", "division", Position.OFFICER),
        ("실무관", "division", Position.OFFICER),
        ("지방행정주사보", "division", Position.OFFICER),
        ("공무직", "division", Position.OFFICER),
        ("", "division", Position.OFFICER),
        ("외부위원", "division", Position.EXTERNAL),
        ("우주선", "division", None),
    ],
)
def test_n4_positions(text: str, kind: str, position: Position | None) -> None:
    assert position_of(text, DepartmentKind(kind)) == position


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("지방행정주사(6급)", "6급"),
        ("행정7급", "7급"),
        ("지방행정주사", "6급"),
        ("지방행정주사보", "7급"),
        ("지방행정서기보", "9급"),
        ("지방서기관", "4급"),
        ("일반임기제 7급", "7급"),
        ("전문경력관 나군", "전문경력관나군"),
        ("", ""),
    ],
)
def test_n4_ranks(text: str, rank: str) -> None:
    assert rank_of(text) == rank
