"""Positions and ranks as personnel systems write them (pure)."""

import re

from basis.folding import fold
from organization.enums import DepartmentKind, Position

_ACTING = re.compile(r"직무(?:대리|대행)|권한대행|\((?:겸|겸임|대리)\)|겸임")
_ASIDE = re.compile(r"\([^()]*\)")
_GRADE = re.compile(r"([1-9])\s*급")
# What the titles of the general service say without a number, the longer first.
_TITLES = (
    ("서기보", "9급"),
    ("서기관", "4급"),
    ("서기", "8급"),
    ("주사보", "7급"),
    ("주사", "6급"),
    ("사무관", "5급"),
    ("부이사관", "3급"),
    ("이사관", "2급"),
    ("관리관", "1급"),
)
_LONGEST = 10  # characters of a rank

# What a position ends with; a chief of something else leads what the place is (`_CHIEF`).
_ENDINGS = (
    (("부구청장", "부시장", "부군수"), Position.VICE_MAYOR),
    (("구청장", "시장", "군수"), Position.MAYOR),
    (("국장", "보건소장", "본부장"), Position.BUREAU_HEAD),
    (("과장", "담당관", "동장", "면장", "읍장"), Position.HEAD),
    (("팀장", "계장", "담당", "파트장"), Position.TEAM_LEADER),
    (("외부위원", "심사위원"), Position.EXTERNAL),
)
_OFFICERS = re.compile(r"[관원사직급보기군호경임]$|경찰$|대리$")
_CHIEF = {DepartmentKind.BUREAU: Position.BUREAU_HEAD, DepartmentKind.TEAM: Position.TEAM_LEADER}


def position_of(text: str, kind: str = DepartmentKind.DIVISION) -> Position | None:
    """`팀장 직무대리` acts as a leader of a team; `소장` leads a bureau or a department, as `kind` of the place has it;
    who leads nothing is an officer, whatever the rank is called. None: no position at all."""
    title = re.sub(r"\s", "", _ASIDE.sub("", _ACTING.sub("", text)))
    if not title:
        return Position.OFFICER
    for endings, position in _ENDINGS:
        if title.endswith(endings) or fold(position.label) == fold(title):
            return position
    if title.endswith("장"):
        return _CHIEF.get(DepartmentKind(kind), Position.HEAD)
    return Position.OFFICER if _OFFICERS.search(title) else None


def rank_of(text: str) -> str:
    """`지방행정주사(6급)`, `행정6급` and `지방행정주사` are 6급; what has no grade stays as it is written."""
    plain = re.sub(r"\s", "", text)
    if found := _GRADE.search(plain):
        return f"{found[1]}급"
    bare = _ASIDE.sub("", plain)
    for title, rank in sorted(_TITLES, key=lambda one: -len(one[0])):
        if bare.endswith(title):
            return rank
    return plain[:_LONGEST]
